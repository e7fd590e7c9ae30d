//! Runs every bench target of the workspace and prints its command beside its figures. A bench is a cargo target of kind `bench`.

use std::path::PathBuf;

use crate::{
    endpoint, page,
    run::{Stop, cargo, output, program, run, stop},
    setup,
    test::surroundings,
    tree::Tree,
};

/// Runs them all; a bench that fails fails the command.
pub fn bench(tree: &Tree) -> Result<(), Stop> {
    let benches = benches(tree)?;
    setup::for_tests(tree)?;
    page::build(tree)?;
    let programs = endpoint::build(tree)?;
    let timed = timed(tree)?;
    for (package, name) in &benches {
        println!("\n$ cargo bench -p {package} --bench {name}");
        let mut command = cargo(tree);
        command.args(["bench", "--quiet", "--locked", "-p", package, "--bench", name]);
        surroundings(tree, &programs, &mut command);
        command.env("LYLICH_TIMED", &timed);
        run(
            &mut command,
            &format!("the bench {name} failed; the lines above say why."),
        )?;
    }
    Ok(())
}

/// Builds the program that `tests/bench/checks.rs` times in a browser, as the page is built; gives its file.
fn timed(tree: &Tree) -> Result<PathBuf, Stop> {
    let mut build = cargo(tree);
    build.args(["build", "--quiet", "--locked", "--profile", "wasm"]);
    build.args(["--target", "wasm32-unknown-unknown", "-p", "lylich-rules"]);
    build.args(["--no-default-features", "--example", "timed"]);
    build.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", page::compiler_flags());
    run(
        &mut build,
        "the timed program of the rules was not built; the lines above say why.",
    )?;
    let built = tree.target.join("wasm32-unknown-unknown/wasm/examples/timed.wasm");
    let small = tree.target.join("timed.wasm");
    let mut shrink = program(tree, "wasm-opt");
    // as index.html says it for the page
    shrink.args(["-Oz", "--low-memory-unused", "--zero-filled-memory", "--flatten"]);
    shrink.args([
        "--rereloop",
        "-Oz",
        "-Oz",
        "--strip-producers",
        "--strip-target-features",
    ]);
    shrink.arg(&built).arg("-o").arg(&small);
    run(&mut shrink, "wasm-opt failed; the lines above say why.")?;
    Ok(small)
}

fn benches(tree: &Tree) -> Result<Vec<(String, String)>, Stop> {
    let Some(said) = output(cargo(tree).args(["metadata", "--no-deps", "--format-version", "1", "--offline"])) else {
        return stop("cargo metadata failed; run `cargo metadata` to see why.");
    };
    let workspace: serde_json::Value =
        serde_json::from_str(&said).map_err(|fault| Stop(format!("cargo metadata is not JSON: {fault}.")))?;
    let list = |value: &serde_json::Value| value.as_array().cloned().unwrap_or_default();
    let mut found = Vec::new();
    for package in list(&workspace["packages"]) {
        for target in list(&package["targets"]) {
            if list(&target["kind"]).iter().any(|kind| kind == "bench") {
                found.push((
                    package["name"].as_str().unwrap_or_default().to_owned(),
                    target["name"].as_str().unwrap_or_default().to_owned(),
                ));
            }
        }
    }
    Ok(found)
}
