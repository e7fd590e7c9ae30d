//! `cargo xtask book`: makes the rule book of the page, `public/data/rules.txt`, from the rules and their vectors.
//!
//! The command line knows every rule and writes the file; the page reads it when the book is opened. A test fails when the file is stale.

use std::fs;

use crate::{
    run::{Doing, Stop, cargo, output, stop},
    tree::Tree,
};

/// Writes the file.
pub fn book(tree: &Tree) -> Result<(), Stop> {
    let mut lylich = cargo(tree);
    lylich.args([
        "run",
        "--quiet",
        "--locked",
        "-p",
        "lylich-cli",
        "--",
        "rules",
        "--page",
    ]);
    let Some(text) = output(&mut lylich) else {
        return stop("the rule book was not written; `cargo run -p lylich-cli -- rules --page` says why.");
    };
    let path = tree.root.join("public/data/rules.txt");
    fs::write(&path, text.clone() + "\n").doing("public/data/rules.txt cannot be written")?;
    println!("public/data/rules.txt: {} bytes", text.len());
    Ok(())
}
