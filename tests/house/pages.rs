//! The pages for people: what they name exists.

use std::{collections::BTreeSet, fs};

use harness::place;

const PAGES: [&str; 2] = ["README.md", "ARCHITECTURE.md"];
/// Where a path inside the repository begins.
const ROOTS: [&str; 4] = ["src/", "tests/", "public/", ".ci/"];

/// Paths in back quotes and in links.
fn paths(page: &str) -> BTreeSet<String> {
    let quoted = page.split('`').skip(1).step_by(2).filter(|text| {
        ROOTS.iter().any(|root| text.starts_with(root))
            || text.trim_end_matches('/') == "tests"
            || (text.ends_with(".toml") && !text.contains(' '))
    });
    let linked = page
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split([')', ' ', '#']).next());
    let linked = linked.filter(|text| !text.is_empty() && !text.contains("://") && !text.starts_with("mailto:"));
    quoted.chain(linked).map(str::to_owned).collect()
}

#[test]
fn every_path_that_a_page_names_exists() {
    for name in PAGES {
        let page = fs::read_to_string(place::root().join(name)).unwrap();
        let named = paths(&page);
        assert!(!named.is_empty(), "{name} names no path");
        let missing: Vec<&String> = named
            .iter()
            .filter(|path| {
                !path.contains(['*', '<', '…'])
                    && !place::root()
                        .join(path.split_whitespace().next().unwrap_or_default())
                        .exists()
            })
            .collect();
        assert!(missing.is_empty(), "{name} names what is not there: {missing:?}");
    }
}

#[test]
fn paths_are_read_from_quotes_and_links() {
    let page = "see `src/app/desk.rs`, `Cargo.toml`, `lylich check`, ![a](pictures/a.png) and [b](https://b.example) or [c](#c)";
    assert_eq!(
        paths(page).into_iter().collect::<Vec<_>>(),
        ["Cargo.toml", "pictures/a.png", "src/app/desk.rs"]
    );
}
