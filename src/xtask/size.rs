//! What a phone downloads, and the budget it must keep: the one place where budgets stand.

use std::fs;

use crate::{
    finish, page,
    run::{Doing, Stop, stop},
    share,
    tree::Tree,
};

/// Everything precached together, brotli, in bytes. On a 2G link of 100 kbit/s that is 36 s, once.
const PRECACHED_BROTLI: u64 = 450_000;

/// What a mentor's or a secretary's device keeps besides, brotli, in bytes: they work in schools, on computers too.
const BRANCH_BROTLI: u64 = 700_000;

/// What the rules with all their text add to the program of the page ([`share`]), brotli, in bytes. What reads and unpacks the
/// lists of places is a part of those lists: it saves three times its weight there, and they have budgets of their own.
const RULES_BROTLI: u64 = 60_000;

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
    for (what, of_branch) in [("a candidate's phone", false), ("mentor and secretary besides", true)] {
        let total = together(&rows, of_branch);
        println!("{what:<44} {:>10} {:>10} {:>10}", total.0, total.1, total.2);
    }
    let verdicts = [
        verdict("the page", together(&rows, false).2, PRECACHED_BROTLI),
        verdict("mentor and secretary besides", together(&rows, true).2, BRANCH_BROTLI),
        verdict(
            "the rules within the page",
            share::of(tree, "rules", "place")?,
            RULES_BROTLI,
        ),
    ];
    for line in verdicts.iter().flatten() {
        println!("{line}");
    }
    verdicts.into_iter().try_for_each(|verdict| verdict.map(drop))
}

/// Whether the page that was built keeps its budget.
pub fn fits(tree: &Tree) -> Result<(), Stop> {
    let rows = rows(tree)?;
    for (what, of_branch, budget) in [
        ("the page", false, PRECACHED_BROTLI),
        ("mentor and secretary besides", true, BRANCH_BROTLI),
    ] {
        println!("  {}", verdict(what, together(&rows, of_branch).2, budget)?);
    }
    Ok(())
}

/// Raw, gzip and brotli bytes of what everybody keeps, or of what mentor and secretary keep besides.
fn together(rows: &[Row], of_branch: bool) -> (u64, u64, u64) {
    rows.iter()
        .filter(|row| finish::is_of_branch(&row.name) == of_branch)
        .fold((0, 0, 0), |sum, row| {
            (sum.0 + row.raw, sum.1 + row.gzip, sum.2 + row.brotli)
        })
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
            if name.ends_with(".br") || name.ends_with(".gz") || !finish::is_precached(&name) {
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
