//! The arrows between our crates: a line in a Cargo.toml, and there are no others.

use std::{collections::BTreeSet, fs};

use harness::place;

/// Who may depend on whom. `xtask` and `tests` may use what they test.
const ARROWS: [(&str, &[&str]); 8] = [
    ("rules", &[]),
    ("office", &["rules"]),
    ("sync", &[]),
    ("store", &["sync"]),
    ("app", &["rules", "store", "sync"]),
    ("branch", &["app", "office", "rules", "store", "sync"]),
    ("endpoint", &["sync"]),
    ("cli", &["rules", "sync"]),
];

/// Names of the packages that a manifest depends on, in any section, renamed or not.
fn dependencies(manifest: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut inside = false;
    for line in manifest.lines().map(str::trim).filter(|line| !line.starts_with('#')) {
        if let Some(section) = line.strip_prefix('[') {
            let section = section.trim_end_matches(']');
            inside = section.ends_with("dependencies");
            if let Some((_, name)) = section.split_once("dependencies.") {
                found.insert(name.to_owned());
            }
        } else if inside && let Some((name, value)) = line.split_once('=') {
            found.insert(
                name.trim()
                    .split('.')
                    .next()
                    .unwrap_or_default()
                    .trim_matches('"')
                    .to_owned(),
            );
            if let Some((_, package)) = value.split_once("package") {
                found.insert(package.split('"').nth(1).unwrap_or_default().to_owned());
            }
        }
    }
    found
}

fn manifest(krate: &str) -> String {
    fs::read_to_string(place::root().join("src").join(krate).join("Cargo.toml")).unwrap()
}

#[test]
fn there_are_no_other_arrows_between_our_crates() {
    for (krate, allowed) in ARROWS {
        let ours: BTreeSet<String> = dependencies(&manifest(krate))
            .into_iter()
            .filter_map(|name| name.strip_prefix("lylich-").map(str::to_owned))
            .collect();
        let allowed: BTreeSet<String> = allowed.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(ours, allowed, "{krate}");
    }
}

#[test]
fn every_directory_in_src_is_a_crate_of_the_map() {
    let known: BTreeSet<String> = ARROWS
        .iter()
        .map(|(krate, _)| (*krate).to_owned())
        .chain(["xtask".to_owned()])
        .collect();
    let found: BTreeSet<String> = fs::read_dir(place::root().join("src"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(found, known);
}

#[test]
fn only_the_named_crates_hold_these_packages() {
    for (package, holders) in [
        ("leptos", &["app", "branch"][..]),
        ("reqwest", &["app"]),
        ("indexed_db_futures", &["store"]),
        ("age", &["sync"]),
        ("chacha20poly1305", &["store", "sync"]),
        ("x25519-dalek", &["sync"]),
        ("sqlx", &["endpoint"]),
        ("axum", &["endpoint"]),
    ] {
        for (krate, _) in ARROWS {
            let holds = dependencies(&manifest(krate)).contains(package);
            assert!(!holds || holders.contains(&krate), "{krate} depends on {package}");
        }
    }
}

#[test]
fn the_pure_crates_depend_on_nothing_that_reaches_outside() {
    for krate in ["rules", "sync", "office"] {
        for package in [
            "tokio",
            "reqwest",
            "ureq",
            "web-sys",
            "js-sys",
            "gloo-storage",
            "sqlx",
            "axum",
            "chrono",
            "futures",
        ] {
            assert!(
                !dependencies(&manifest(krate)).contains(package),
                "{krate} depends on {package}"
            );
        }
    }
}

#[test]
fn every_product_crate_takes_the_lints_of_the_workspace() {
    for (krate, _) in ARROWS {
        assert!(manifest(krate).contains("[lints]\nworkspace = true"), "{krate}");
    }
}

#[test]
fn a_dependency_is_read_however_it_is_written() {
    let manifest = "[package]\nname = \"x\"\n[dependencies]\na.workspace = true\nb = { version = \"1\", package = \"c\" }\n[target.'cfg(unix)'.dev-dependencies]\n\"d\" = \"1\"\n[dependencies.e]\nversion = \"1\"\n[lints]\nf = 1";
    assert_eq!(
        dependencies(manifest).into_iter().collect::<Vec<_>>(),
        ["a", "b", "c", "d", "e",]
    );
}
