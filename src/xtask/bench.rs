//! Runs every bench target of the workspace and prints its command beside its figures. A bench is a cargo target of kind `bench`.

use crate::{
    endpoint, page,
    run::{Stop, cargo, output, run, stop},
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
    for (package, name) in &benches {
        println!("\n$ cargo bench -p {package} --bench {name}");
        let mut command = cargo(tree);
        command.args(["bench", "--quiet", "--locked", "-p", package, "--bench", name]);
        surroundings(tree, &programs, &mut command);
        run(
            &mut command,
            &format!("the bench {name} failed; the lines above say why."),
        )?;
    }
    Ok(())
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
