//! What is shipped: the service worker's list is `dist/` to the byte, the page keeps the policy, the manifest names what is there.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::PathBuf,
};

use data_encoding::HEXLOWER;
use harness::place;
use sha2::{Digest, Sha256};

/// Every file of `dist/` by name.
fn shipped() -> BTreeMap<String, Vec<u8>> {
    let dist = place::dist();
    let mut files = BTreeMap::new();
    let mut open: Vec<PathBuf> = vec![dist.clone()];
    while let Some(place) = open.pop() {
        for entry in fs::read_dir(&place).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                files.insert(
                    path.strip_prefix(&dist).unwrap().to_string_lossy().into_owned(),
                    fs::read(&path).unwrap(),
                );
            }
        }
    }
    files
}

fn is_copy(name: &str) -> bool {
    name.ends_with(".br") || name.ends_with(".gz")
}

fn text(files: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    String::from_utf8(files.get(name).unwrap_or_else(|| panic!("dist has no {name}")).clone()).unwrap()
}

/// The list in the service worker.
fn listed(worker: &str) -> BTreeMap<String, String> {
    let (_, rest) = worker.split_once("const FILES = ").unwrap();
    let (list, _) = rest.split_once("};").unwrap();
    serde_json::from_str(&format!("{}}}", list.trim_end().trim_end_matches(','))).unwrap()
}

#[test]
fn the_workers_list_is_what_is_shipped_to_the_byte() {
    let files = shipped();
    let found: BTreeMap<String, String> = files
        .iter()
        .filter(|(name, _)| !is_copy(name) && *name != "sw.js" && !name.starts_with("screens/"))
        .map(|(name, bytes)| (name.clone(), HEXLOWER.encode(&Sha256::digest(bytes))))
        .collect();
    assert_eq!(listed(&text(&files, "sw.js")), found);
}

#[test]
fn a_hash_in_a_name_is_the_hash_of_the_file() {
    let files = shipped();
    let mut hashed = 0;
    for (name, bytes) in files.iter().filter(|(name, _)| !is_copy(name)) {
        let Some((_, hash)) = name.rsplit_once('.').and_then(|(stem, _)| stem.rsplit_once('-')) else {
            continue;
        };
        if hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            assert!(HEXLOWER.encode(&Sha256::digest(bytes)).starts_with(hash), "{name}");
            hashed += 1;
        }
    }
    // Program, glue, start script, style, worker's program and glue.
    assert!(hashed >= 6, "{hashed} files have a hash in their name");
}

#[test]
fn the_page_carries_its_policy_before_anything_is_loaded_and_nothing_inline() {
    let page = text(&shipped(), "index.html");
    let policy = page.find("http-equiv=\"Content-Security-Policy\"").unwrap();
    assert!(policy < page.find("<link").unwrap() && policy < page.find("<script").unwrap());
    assert_eq!(
        page.matches("<script").count(),
        page.matches("<script type=\"module\" src=\"./").count()
    );
    assert!(!page.contains(" style="));
    for tag in page
        .split('<')
        .filter(|tag| tag.starts_with("script") || tag.contains("rel=\"stylesheet\"") || tag.contains("preload\""))
    {
        assert!(tag.contains("integrity=\"sha384-"), "<{tag}");
    }
}

#[test]
fn the_manifest_speaks_vietnamese_and_names_icons_that_are_there() {
    let files = shipped();
    let manifest: serde_json::Value = serde_json::from_str(&text(&files, "manifest.webmanifest")).unwrap();
    assert_eq!(manifest["lang"], "vi");
    assert_eq!(
        (&manifest["start_url"], &manifest["display"]),
        (&"./".into(), &"standalone".into())
    );
    let icons = manifest["icons"].as_array().unwrap();
    let kinds: BTreeSet<(String, String)> = icons
        .iter()
        .map(|icon| {
            (
                icon["sizes"].as_str().unwrap().to_owned(),
                icon["purpose"].as_str().unwrap().to_owned(),
            )
        })
        .collect();
    for size in ["192x192", "512x512"] {
        for purpose in ["any", "maskable"] {
            assert!(
                kinds.contains(&(size.to_owned(), purpose.to_owned())),
                "{size} {purpose}"
            );
        }
    }
    let shortcuts = manifest["shortcuts"].as_array().unwrap();
    let shortcut_icons = shortcuts
        .iter()
        .flat_map(|shortcut| shortcut["icons"].as_array().unwrap());
    for icon in icons.iter().chain(shortcut_icons) {
        let name = icon["src"].as_str().unwrap();
        let bytes = files.get(name).unwrap_or_else(|| panic!("{name} is missing"));
        if let Some((width, _)) = icon["sizes"].as_str().unwrap().split_once('x') {
            assert_eq!(
                u32::from_be_bytes(bytes[16..20].try_into().unwrap()).to_string(),
                width,
                "{name}"
            );
        }
    }
    let routes: Vec<&str> = shortcuts
        .iter()
        .map(|shortcut| shortcut["url"].as_str().unwrap())
        .collect();
    assert_eq!(routes, ["./#/khai", "./#/soat"]);
}

#[test]
fn what_shrinks_has_a_brotli_and_a_gzip_copy() {
    let files = shipped();
    for (name, bytes) in files
        .iter()
        .filter(|(name, _)| !is_copy(name) && !name.ends_with(".png"))
    {
        if bytes.len() > 1_000 {
            let smaller = |end: &str| {
                files
                    .get(&format!("{name}.{end}"))
                    .is_some_and(|copy| copy.len() < bytes.len())
            };
            assert!(smaller("br") && smaller("gz"), "{name}");
        }
    }
}
