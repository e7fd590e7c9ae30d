//! What is shipped: the service worker's list is `dist/` to the byte, the page keeps the policy, the manifest names what is there.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::PathBuf,
};

use data_encoding::{BASE64, HEXLOWER};
use harness::{Endpoint, place};
use sha2::{Digest, Sha256, Sha384};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

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

/// A list in the service worker: `FILES` of every device, `MORE` of mentor and secretary.
fn listed(worker: &str, name: &str) -> BTreeMap<String, String> {
    let (_, rest) = worker.split_once(&format!("const {name}")).unwrap();
    let (list, _) = rest.split_once("};").unwrap();
    let list = list.trim_start_matches([' ', '=']).trim_end().trim_end_matches(',');
    serde_json::from_str(&format!("{list}}}")).unwrap()
}

#[test]
fn the_workers_list_is_what_is_shipped_to_the_byte() {
    let files = shipped();
    let (more, found): (BTreeMap<String, String>, BTreeMap<String, String>) = files
        .iter()
        .filter(|(name, _)| !is_copy(name) && *name != "sw.js" && !is_beside(name))
        .map(|(name, bytes)| (name.clone(), HEXLOWER.encode(&Sha256::digest(bytes))))
        .partition(|(name, _)| name.contains("branch"));
    let worker = text(&files, "sw.js");
    assert_eq!(listed(&worker, "FILES"), found);
    assert_eq!(listed(&worker, "MORE"), more);
    assert_eq!(more.len(), 3, "program, glue and style of mentor and secretary");
}

/// Shipped, and not kept for use without a network: what a browser fetches itself while it installs the app, and licences.
fn is_beside(name: &str) -> bool {
    let pictures = name.starts_with("screens/") || (name.starts_with("icons/") && name != "icons/icon.svg");
    pictures || name == "data/PLACES-LICENSES.txt"
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
    assert_eq!(hashed, 7, "two programs, their glue, start script, two styles");
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
    let loads = |tag: &&str| tag.starts_with("script") || tag.contains("stylesheet\"") || tag.contains("preload\"");
    let files = shipped();
    for tag in page.split('<').filter(loads) {
        let (_, name) = tag.split_once("=\"./").unwrap();
        let (_, sum) = tag
            .split_once("integrity=\"sha384-")
            .unwrap_or_else(|| panic!("<{tag} has no integrity"));
        let bytes = &files[name.split('"').next().unwrap()];
        assert_eq!(
            sum.split('"').next().unwrap(),
            BASE64.encode(&Sha384::digest(bytes)),
            "<{tag}"
        );
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
        .filter(|(name, _)| !is_copy(name) && !name.ends_with(".png") && !name.ends_with(".pack"))
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

/// Status and headers of a plain GET, and the length of its body.
async fn head(endpoint: &Endpoint, path: &str) -> (String, BTreeMap<String, String>, usize) {
    let mut stream = TcpStream::connect(endpoint.address()).await.unwrap();
    let ask = format!(
        "GET {path} HTTP/1.1\r\nhost: {}\r\naccept-encoding: gzip, br\r\nconnection: close\r\n\r\n",
        endpoint.address()
    );
    stream.write_all(ask.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    let text = String::from_utf8(answer[..end].to_vec()).unwrap();
    let (status, lines) = text.split_once("\r\n").unwrap();
    let headers = lines
        .lines()
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()));
    (status.to_owned(), headers.collect(), answer.len() - end - 4)
}

#[tokio::test(flavor = "multi_thread")]
async fn header_and_page_say_the_same_policy_on_every_answer() {
    let endpoint = Endpoint::start().await;
    let page = text(&shipped(), "index.html");
    let (_, rest) = page
        .split_once("http-equiv=\"Content-Security-Policy\" content=\"")
        .unwrap();
    let (meta, _) = rest.split_once('"').unwrap();
    for path in ["/", "/sw.js", "/icons/icon.svg", "/no-such-page"] {
        let (status, headers, _) = head(&endpoint, path).await;
        assert_eq!(status.contains("404"), path == "/no-such-page", "{path}: {status}");
        let header = headers
            .get("content-security-policy")
            .unwrap_or_else(|| panic!("{path} has no policy"));
        // A page cannot say who may frame it.
        assert_eq!(header.replace("frame-ancestors 'none'; ", ""), meta, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn files_go_out_compressed_and_are_cached_by_their_names() {
    let endpoint = Endpoint::start().await;
    let files = shipped();
    let program = files
        .keys()
        .find(|name| name.starts_with("lylich-app_bg-") && name.ends_with(".wasm"))
        .unwrap();
    let (status, headers, length) = head(&endpoint, &format!("/{program}")).await;
    assert!(status.contains("200"), "{status}");
    assert_eq!(headers["content-encoding"], "br");
    assert_eq!(headers["content-type"], "application/wasm");
    assert_eq!(length, files[&format!("{program}.br")].len());
    assert!(headers["cache-control"].contains("immutable"));
    for path in ["/", "/sw.js", "/config.json", "/manifest.webmanifest"] {
        assert_eq!(head(&endpoint, path).await.1["cache-control"], "no-cache", "{path}");
    }
}

#[test]
fn nothing_shipped_says_where_it_was_built() {
    let home = std::env::var("HOME").unwrap_or_default();
    let places = [
        format!("{home}/"),
        format!("{}/", place::root().display()),
        format!("{}/", place::target().display()),
    ];
    for (name, bytes) in shipped().iter().filter(|(name, _)| !is_copy(name)) {
        for place in places.iter().filter(|place| place.len() > 2) {
            let found = bytes.windows(place.len()).any(|window| window == place.as_bytes());
            assert!(!found, "{name} names {place}");
        }
    }
}
