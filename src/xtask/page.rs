//! Builds the release page: trunk compiles, `finish` makes it servable. Skipped when nothing that goes into it has changed.
//!
//! Invariant: the stamp is a hash over the content of every input and is written last, so that a build that was cut off is done again.

use std::{fs, path::Path};

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::{
    finish,
    run::{Doing, Stop, output, program, run, step},
    setup,
    tree::{Tree, cargo_home},
};

/// Everything the page is made of, and what makes it.
const INPUTS: [&str; 14] = [
    "Cargo.toml",
    "Cargo.lock",
    "Trunk.toml",
    ".cargo",
    "index.html",
    "public",
    "src/app",
    "src/branch",
    "src/store",
    "src/sync",
    "src/rules",
    "src/xtask/finish",
    "src/xtask/finish.rs",
    "src/xtask/page.rs",
];

/// Builds `dist/` unless it is up to date; gives the release id back.
pub fn build(tree: &Tree) -> Result<String, Stop> {
    let inputs = inputs(tree)?;
    let stamp = tree.target.join("page.stamp");
    let dist = tree.dist();
    if let (Ok(made), Some(release)) = (fs::read_to_string(&stamp), finish::release_of(&dist))
        && made == format!("{inputs} {release}\n")
    {
        println!("· The page is up to date (release {release})");
        return Ok(release);
    }
    setup::for_page(tree)?;
    setup::packages(tree)?;
    let raw = tree.target.join("page");
    step(
        "Building the page with trunk: WebAssembly, smallest size",
        "3 to 8 minutes the first time, under 3 after a change",
        || {
            // Snippets of an earlier build would be copied along.
            let _ = fs::remove_dir_all(tree.target.join("wasm-bindgen"));
            run(
                program(tree, "trunk")
                    .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", compiler_flags())
                    .env_remove("NO_COLOR")
                    .args(["build", "--dist"])
                    .arg(&raw),
                "the page was not built; the lines above say why.",
            )
        },
    )?;
    let release = step(
        "Finishing the page: hashes, security policy, service worker, brotli and gzip copies",
        "about 10 s",
        || finish::finish(&raw, &dist),
    )?;
    fs::write(&stamp, format!("{inputs} {release}\n")).doing("the build stamp cannot be written")?;
    println!("  release {release} in dist/");
    Ok(release)
}

/// How far the compiler writes small functions out where they are called. Built for size it hardly does, and calls are much of what a check
/// of a dossier costs: at twelve a check takes a tenth less time for nine hundred bytes of the page; at twenty-five it would be four thousand.
const WRITTEN_OUT: &str = "-Cllvm-args=-inline-threshold=12";

/// Compiler flags of everything that runs in a browser. They keep this machine's directories out of the program: the same sources give the
/// same bytes everywhere, and the release says nothing about who built it.
pub fn compiler_flags() -> String {
    let sources = cargo_home().map(|home| home.join("registry/src"));
    let places = sources
        .and_then(|place| fs::read_dir(place).ok())
        .into_iter()
        .flatten()
        .filter_map(Result::ok);
    let flags = places.map(|place| format!("--remap-path-prefix={}=crates", place.path().display()));
    // The variable is split at blanks.
    let flags = flags.filter(|flag| !flag.contains(' '));
    flags.chain([WRITTEN_OUT.to_owned()]).collect::<Vec<_>>().join(" ")
}

fn inputs(tree: &Tree) -> Result<String, Stop> {
    let mut all = Sha256::new();
    all.update(output(program(tree, "rustc").arg("--version")).unwrap_or_default());
    for input in INPUTS {
        add(&mut all, &tree.root.join(input), input)?;
    }
    Ok(HEXLOWER.encode(&all.finalize()))
}

fn add(all: &mut Sha256, path: &Path, name: &str) -> Result<(), Stop> {
    if path.is_dir() {
        let mut entries: Vec<_> = fs::read_dir(path)
            .doing(format_args!("{name} cannot be read"))?
            .filter_map(Result::ok)
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect();
        entries.sort();
        for entry in entries {
            add(all, &path.join(&entry), &format!("{name}/{entry}"))?;
        }
    } else if path.exists() {
        let bytes = fs::read(path).doing(format_args!("{name} cannot be read"))?;
        all.update(format!("{name} {}\n", bytes.len()));
        all.update(bytes);
    }
    Ok(())
}
