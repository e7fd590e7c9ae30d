//! What a fresh machine lacks: the wasm target, trunk, the bindgen tool, wasm-opt, axe-core, and Debian's Chromium with its driver,
//! PostgreSQL and strace; schemathesis from PyPI.
//!
//! Invariant: a tool is looked for first, at exactly the version that the build is known to work with; another version that is
//! installed for the whole machine is left alone and ours goes to `target/tools`. Nothing but this file installs anything.

use std::{fs, path::PathBuf};

use crate::{
    run::{Doing, Stop, cargo, output, program, run, step, stop},
    tree::{Tree, cargo_home},
};

/// The oldest Rust that compiles this workspace (the same figure as in Cargo.toml).
const RUST: (u32, u32) = (1, 95);
const TRUNK: CargoTool = CargoTool {
    package: "trunk",
    program: "trunk",
    version: "0.21.14",
    how_long: "5 to 12 minutes where it must be compiled",
};
/// Must equal the library's version in Cargo.toml.
const BINDGEN: CargoTool = CargoTool {
    package: "wasm-bindgen-cli",
    program: "wasm-bindgen",
    version: "0.2.128",
    how_long: "2 to 5 minutes where it must be compiled",
};
/// Exact versions with their checksums.
const NPM_PACKAGE: &str = include_str!("tools/package.json");
const NPM_LOCK: &str = include_str!("tools/package-lock.json");

/// Asks the endpoint's routes what their description allows.
const SCHEMATHESIS: &str = "4.32.5";

/// Debian's packages for the tests, by the program that each is wanted for.
const DEBIAN: [(&str, &str); 4] = [
    ("chromium", "chromium"),
    ("chromedriver", "chromium-driver"),
    ("strace", "strace"),
    ("initdb", "postgresql"),
];

struct CargoTool {
    package: &'static str,
    program: &'static str,
    version: &'static str,
    how_long: &'static str,
}

/// Everything that building the page needs.
pub fn for_page(tree: &Tree) -> Result<(), Stop> {
    rust(tree)?;
    wasm_target(tree)?;
    npm_tools(tree)?;
    cargo_tool(tree, &BINDGEN)?;
    cargo_tool(tree, &TRUNK)
}

/// Everything that the tests need besides.
pub fn for_tests(tree: &Tree) -> Result<(), Stop> {
    for_page(tree)?;
    component(tree, "rustfmt", "cargo-fmt")?;
    component(tree, "clippy", "cargo-clippy")?;
    debian(tree)?;
    schemathesis(tree)
}

/// Fetches the packages of Cargo.lock, so that the build itself needs no network.
pub fn packages(tree: &Tree) -> Result<(), Stop> {
    let offline = cargo(tree)
        .args(["fetch", "--locked", "--offline", "--quiet"])
        .stderr(std::process::Stdio::null())
        .status();
    if offline.is_ok_and(|status| status.success()) {
        return Ok(());
    }
    step(
        "Fetching the Rust packages named in Cargo.lock",
        "about a minute, once",
        || {
            run(
                cargo(tree).args(["fetch", "--locked"]),
                "the Rust packages could not be fetched; check the network connection (or cargo's registry settings) and run this again.",
            )
        },
    )
}

fn rust(tree: &Tree) -> Result<(), Stop> {
    let Some(said) = output(program(tree, "rustc").arg("--version")) else {
        return stop("rustc was not found; install Rust with rustup (https://rustup.rs) and run this again.");
    };
    if version(&said).is_some_and(|found| found >= RUST) {
        return Ok(());
    }
    stop(format!(
        "Rust {}.{} or newer is needed and this is `{said}`; run `rustup update stable` and try again.",
        RUST.0, RUST.1
    ))
}

/// "rustc 1.95.0 (59807616e 2026-04-14)" → (1, 95)
fn version(said: &str) -> Option<(u32, u32)> {
    let mut numbers = said.split_whitespace().nth(1)?.split('.');
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

fn wasm_target(tree: &Tree) -> Result<(), Stop> {
    let sysroot = output(program(tree, "rustc").args(["--print", "sysroot"])).unwrap_or_default();
    if PathBuf::from(sysroot)
        .join("lib/rustlib/wasm32-unknown-unknown/lib")
        .is_dir()
    {
        return Ok(());
    }
    step(
        "Adding Rust's wasm32-unknown-unknown target",
        "under a minute, once",
        || {
            run(
                program(tree, "rustup").args(["target", "add", "wasm32-unknown-unknown"]),
                "the wasm32-unknown-unknown target could not be added; check the network connection and that Rust came from rustup, then run this again.",
            )
        },
    )
}

fn component(tree: &Tree, name: &str, program_name: &str) -> Result<(), Stop> {
    if output(program(tree, program_name).arg("--version")).is_some() {
        return Ok(());
    }
    step(&format!("Adding Rust's {name}"), "under a minute, once", || {
        run(
            program(tree, "rustup").args(["component", "add", name]),
            &format!(
                "{name} could not be added; check the network connection and that Rust came from rustup, then run this again."
            ),
        )
    })
}

fn cargo_tool(tree: &Tree, tool: &CargoTool) -> Result<(), Stop> {
    let CargoTool { package, version, .. } = *tool;
    if is_there(tree, tool) {
        return Ok(());
    }
    step(
        &format!("Installing {package} {version}"),
        &format!("{}; once", tool.how_long),
        || {
            let fetched = program(tree, "cargo-binstall")
                .args(["binstall", "--no-confirm", "--disable-strategies", "compile", "--root"])
                .arg(&tree.tools)
                .arg(format!("{package}@{version}"))
                .status()
                .is_ok_and(|status| status.success());
            if fetched && is_there(tree, tool) {
                return Ok(());
            }
            let mut install = cargo(tree);
            install.args(["install", "--locked", "--version", version, package]);
            // A directory of its own for the compiler's leftovers: this one is thrown away afterwards.
            let leftovers = tree.target.join("tools-build");
            install.env("CARGO_TARGET_DIR", &leftovers);
            if another_version(tool) {
                install.arg("--root").arg(&tree.tools);
            }
            run(
                &mut install,
                &format!(
                    "{package} {version} could not be installed; check the network connection and that a C compiler is there (`apt-get install build-essential`), then run this again."
                ),
            )?;
            let _ = fs::remove_dir_all(&leftovers);
            if is_there(tree, tool) {
                return Ok(());
            }
            stop(format!(
                "{package} {version} was installed but does not run; `{} --version` in a terminal shows why.",
                tool.program
            ))
        },
    )
}

fn is_there(tree: &Tree, tool: &CargoTool) -> bool {
    output(program(tree, tool.program).arg("--version"))
        .is_some_and(|said| said.split_whitespace().any(|word| word == tool.version))
}

/// Whether the machine has this program at another version, which is somebody else's and stays.
fn another_version(tool: &CargoTool) -> bool {
    cargo_home().is_some_and(|home| home.join("bin").join(tool.program).exists())
}

fn npm_tools(tree: &Tree) -> Result<(), Stop> {
    let marker = tree.tools.join("node_modules/.lylich-lock");
    if fs::read_to_string(&marker).is_ok_and(|lock| lock == NPM_LOCK) {
        return Ok(());
    }
    if output(program(tree, "npm").arg("--version")).is_none() {
        return stop(
            "npm was not found and brings wasm-opt; install Node.js 18 or newer (`apt-get install nodejs npm`) and run this again.",
        );
    }
    step(
        "Installing wasm-opt (npm binaryen) and axe-core into target/tools",
        "under a minute, once",
        || {
            fs::create_dir_all(&tree.tools).doing("target/tools cannot be made")?;
            fs::write(tree.tools.join("package.json"), NPM_PACKAGE).doing("target/tools cannot be written")?;
            fs::write(tree.tools.join("package-lock.json"), NPM_LOCK).doing("target/tools cannot be written")?;
            run(
                program(tree, "npm").current_dir(&tree.tools).args([
                    "ci",
                    "--no-audit",
                    "--no-fund",
                    "--ignore-scripts",
                    "--loglevel=error",
                ]),
                "the npm packages binaryen and axe-core could not be installed; check the network connection and run this again.",
            )?;
            fs::write(&marker, NPM_LOCK).doing("target/tools cannot be written")
        },
    )
}

fn debian(tree: &Tree) -> Result<(), Stop> {
    let mut missing: Vec<&str> = DEBIAN
        .iter()
        .filter(|(name, _)| tree.program(name).is_none() && !is_servers_own(name))
        .map(|(_, package)| *package)
        .collect();
    if output(program(tree, "python3").args(["-c", "import ensurepip, venv"])).is_none() {
        missing.push("python3-venv");
    }
    if missing.is_empty() {
        return Ok(());
    }
    let by_hand = format!("`apt-get update && apt-get install {}`", missing.join(" "));
    if tree.program("apt-get").is_none() {
        return stop(format!(
            "the tests need {} and this machine has no apt-get; install them by its own means.",
            missing.join(" and ")
        ));
    }
    if output(program(tree, "id").arg("-u")).as_deref() != Some("0") {
        return stop(format!(
            "the tests need {} and installing it needs root; run {by_hand} as root, then this again.",
            missing.join(" and ")
        ));
    }
    step(
        &format!("Installing {} with apt", missing.join(" and ")),
        "one to three minutes, once",
        || {
            let remedy = format!(
                "Debian's packages could not be installed; check the network connection, try {by_hand}, then run this again."
            );
            let apt = |words: &[&str]| {
                let mut command = program(tree, "apt-get");
                command
                    .env("DEBIAN_FRONTEND", "noninteractive")
                    .args(["-q", "-o", "DPkg::Lock::Timeout=600"])
                    .args(words);
                command
            };
            run(&mut apt(&["update"]), &remedy)?;
            run(
                apt(&["install", "-y", "--no-install-recommends", "fonts-dejavu-core"]).args(&missing),
                &remedy,
            )
        },
    )
}

/// Where schemathesis is, once installed.
pub fn schemathesis_program(tree: &Tree) -> PathBuf {
    tree.tools.join("schemathesis/bin/schemathesis")
}

fn schemathesis(tree: &Tree) -> Result<(), Stop> {
    let there = output(std::process::Command::new(schemathesis_program(tree)).arg("--version"));
    if there.is_some_and(|said| said.contains(SCHEMATHESIS)) {
        return Ok(());
    }
    step(
        &format!("Installing schemathesis {SCHEMATHESIS} (PyPI) into target/tools"),
        "a minute, once",
        || {
            let folder = tree.tools.join("schemathesis");
            let remedy = "schemathesis could not be installed; check the network connection (or pip's settings) and run this again.";
            run(program(tree, "python3").args(["-m", "venv"]).arg(&folder), remedy)?;
            let mut pip = std::process::Command::new(folder.join("bin/pip"));
            let wanted = format!("schemathesis=={SCHEMATHESIS}");
            run(
                pip.args(["install", "--quiet", "--disable-pip-version-check", &wanted]),
                remedy,
            )
        },
    )
}

/// Debian keeps the programs of a PostgreSQL server off the search path, in a folder of each version.
fn is_servers_own(name: &str) -> bool {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    versions
        .filter_map(Result::ok)
        .any(|version| version.path().join("bin").join(name).is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_read_from_what_rustc_says() {
        assert_eq!(version("rustc 1.95.0 (59807616e 2026-04-14)"), Some((1, 95)));
        assert_eq!(version("rustc 2.0.1-nightly"), Some((2, 0)));
        assert_eq!(version("something else"), None);
    }

    #[test]
    fn the_bindgen_tool_is_the_librarys_version() {
        let manifest = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../Cargo.toml")).unwrap();
        assert!(manifest.contains(&format!("wasm-bindgen = \"={}\"", BINDGEN.version)));
    }
}
