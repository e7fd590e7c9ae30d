//! What a phone downloads, and the budget it must keep: the one place where budgets stand.

use std::fs;

use crate::{
    finish::{
        self,
        compress::{brotli, gzip},
    },
    page,
    run::{Doing, Stop, cargo, program, run, stop},
    tree::Tree,
};

/// Everything precached together, brotli, in bytes. On a 2G link of 100 kbit/s that is 36 s, once.
const PRECACHED_BROTLI: u64 = 450_000;

/// The rules with all their text, as one program with nothing else in it ([`RULES`]), brotli, in bytes. The aim is 60,000 for what they
/// add to the page; this is what they weigh alone today, and they may only get lighter.
const RULES_BROTLI: u64 = 115_000;

/// Uses all of the rules that the page uses. Allocator and formatting, which the page has anyway, are weighed too.
const RULES: &str = "page";

struct Row {
    name: String,
    raw: u64,
    gzip: u64,
    brotli: u64,
}

/// Prints the table; fails over budget.
pub fn size(tree: &Tree) -> Result<(), Stop> {
    page::build(tree)?;
    let rows = rows(tree)?;
    println!("\n{:<44} {:>10} {:>10} {:>10}", "file", "raw", "gzip", "brotli");
    for row in &rows {
        println!("{:<44} {:>10} {:>10} {:>10}", row.name, row.raw, row.gzip, row.brotli);
    }
    let total = rows.iter().fold((0, 0, 0), |sum, row| {
        (sum.0 + row.raw, sum.1 + row.gzip, sum.2 + row.brotli)
    });
    println!("{:<44} {:>10} {:>10} {:>10}", "together", total.0, total.1, total.2);
    let alone = rules_alone(tree)?;
    println!(
        "{:<44} {:>10} {:>10} {:>10}",
        "rules alone", alone.raw, alone.gzip, alone.brotli
    );
    let verdicts = [
        verdict("the page", total.2, PRECACHED_BROTLI),
        verdict("the program of the rules alone", alone.brotli, RULES_BROTLI),
    ];
    for line in verdicts.iter().flatten() {
        println!("{line}");
    }
    verdicts.into_iter().try_for_each(|verdict| verdict.map(drop))
}

/// Whether the page that was built keeps its budget.
pub fn fits(tree: &Tree) -> Result<(), Stop> {
    let together = rows(tree)?.iter().map(|row| row.brotli).sum();
    verdict("the page", together, PRECACHED_BROTLI).map(|line| println!("  {line}"))
}

fn verdict(what: &str, brotli: u64, budget: u64) -> Result<String, Stop> {
    if brotli <= budget {
        return Ok(format!(
            "{what}: budget {budget} bytes brotli, {} left",
            budget - brotli
        ));
    }
    stop(format!(
        "{what} is {} bytes brotli over its budget of {budget}; make it smaller, or raise the budget in src/xtask/size.rs and say why.",
        brotli - budget
    ))
}

/// Builds the library with what of it the page uses, as the page is built, and weighs the program.
fn rules_alone(tree: &Tree) -> Result<Row, Stop> {
    let mut build = cargo(tree);
    build.args([
        "build",
        "--quiet",
        "--locked",
        "--profile",
        "wasm",
        "--target",
        "wasm32-unknown-unknown",
    ]);
    build.args(["-p", "lylich-rules", "--no-default-features", "--example", RULES]);
    run(
        &mut build,
        "the program of the rules alone was not built; the lines above say why.",
    )?;
    let built = tree.target.join("wasm32-unknown-unknown/wasm/examples/page.wasm");
    let small = tree.target.join("rules-alone.wasm");
    let mut shrink = program(tree, "wasm-opt");
    // as index.html says it for the page
    shrink.args([
        "-Oz",
        "--low-memory-unused",
        "--zero-filled-memory",
        "--flatten",
        "--rereloop",
        "-Oz",
        "-Oz",
    ]);
    shrink.args(["--all-features", "--strip-debug", "--strip-producers"]);
    shrink.arg(&built).arg("-o").arg(&small);
    run(&mut shrink, "wasm-opt failed; the lines above say why.")?;
    let bytes = fs::read(&small).doing("the program of the rules alone cannot be read")?;
    let length = |bytes: Vec<u8>| u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    Ok(Row {
        name: String::new(),
        gzip: length(gzip(&bytes)?),
        brotli: length(brotli(&bytes)?),
        raw: length(bytes),
    })
}

/// One row for each file of the release, the service worker included, biggest first.
fn rows(tree: &Tree) -> Result<Vec<Row>, Stop> {
    let dist = tree.dist();
    let mut rows = Vec::new();
    let mut open = vec![dist.clone()];
    while let Some(place) = open.pop() {
        for entry in fs::read_dir(&place)
            .doing("dist cannot be read")?
            .filter_map(Result::ok)
        {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let name = path.strip_prefix(&dist).unwrap_or(&path).to_string_lossy().into_owned();
            if name.ends_with(".br") || name.ends_with(".gz") || name.starts_with(finish::NOT_PRECACHED) {
                continue;
            }
            let raw = fs::metadata(&path).map_or(0, |it| it.len());
            let copy = |end: &str| fs::metadata(dist.join(format!("{name}.{end}"))).map_or(raw, |it| it.len());
            rows.push(Row {
                raw,
                gzip: copy("gz"),
                brotli: copy("br"),
                name,
            });
        }
    }
    rows.sort_by_key(|row| (std::cmp::Reverse(row.brotli), row.name.clone()));
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_byte_over_the_budget_fails() {
        assert!(verdict("it", PRECACHED_BROTLI, PRECACHED_BROTLI).is_ok());
        assert!(verdict("it", PRECACHED_BROTLI + 1, PRECACHED_BROTLI).is_err());
    }
}
