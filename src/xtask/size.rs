//! What a phone downloads, and the budget it must keep: the one place where budgets stand.

use std::fs;

use crate::{
    finish, page,
    run::{Doing, Stop, stop},
    tree::Tree,
};

/// Everything precached together, brotli, in bytes. On a 2G link of 100 kbit/s that is 36 s, once.
const PRECACHED_BROTLI: u64 = 450_000;

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
    verdict(total.2).map(|line| println!("{line}"))
}

fn verdict(brotli: u64) -> Result<String, Stop> {
    if brotli <= PRECACHED_BROTLI {
        return Ok(format!(
            "budget: {PRECACHED_BROTLI} bytes brotli, {} left",
            PRECACHED_BROTLI - brotli
        ));
    }
    stop(format!(
        "the page is {} bytes brotli over its budget of {PRECACHED_BROTLI}; make it smaller, or raise the budget in src/xtask/size.rs and say why.",
        brotli - PRECACHED_BROTLI
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
        assert!(verdict(PRECACHED_BROTLI).is_ok());
        assert!(verdict(PRECACHED_BROTLI + 1).is_err());
    }
}
