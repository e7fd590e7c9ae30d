//! The app's files: types, compression, cache rules, and nothing outside the folder.

use crate::kit::{Place, get, request};
use std::path::PathBuf;

/// A built site in small.
pub fn site(place: &Place) -> PathBuf {
    let site = place.file("site");
    std::fs::create_dir(&site).unwrap();
    for (name, content) in [
        ("index.html", "<!doctype html>"),
        ("sw.js", "// worker"),
        ("config.json", "{}"),
        ("manifest.webmanifest", "{}"),
        ("app-0123456789abcdef.js", "plain script"),
        ("app-0123456789abcdef.js.br", "brotli script"),
        ("app-0123456789abcdef.js.gz", "gzip script"),
        ("app-0123456789abcdef_bg.wasm", "\0asm"),
        ("app-0123456789abcdef_bg.wasm.gz", "gzip wasm"),
        ("app-0123456789abcdef.css", "body {}"),
    ] {
        std::fs::write(site.join(name), content).unwrap();
    }
    std::fs::write(place.file("outside"), "outside").unwrap();
    site
}

#[test]
fn files_have_their_type_and_their_cache_rule() {
    let place = Place::new();
    let site = site(&place);
    let running = place.serve(&["--app", site.to_str().unwrap()]);
    let forever = "public, max-age=31536000, immutable";
    for (path, kind, cache) in [
        ("/", "text/html", "no-cache"),
        ("/index.html", "text/html", "no-cache"),
        ("/sw.js", "text/javascript", "no-cache"),
        ("/config.json", "application/json", "no-cache"),
        ("/manifest.webmanifest", "application/manifest+json", "no-cache"),
        ("/app-0123456789abcdef.js", "text/javascript", forever),
        ("/app-0123456789abcdef_bg.wasm", "application/wasm", forever),
        ("/app-0123456789abcdef.css", "text/css", forever),
    ] {
        let answer = get(running.address, path);
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("content-type"), Some(kind), "{path}");
        assert_eq!(answer.header("cache-control"), Some(cache), "{path}");
        assert_eq!(answer.header("vary"), Some("accept-encoding"), "{path}");
    }
    let missing = get(running.address, "/app-fedcba9876543210.js");
    assert_eq!(
        (missing.status, missing.header("cache-control")),
        (404, Some("no-cache")),
        "absence is never cached"
    );
}

#[test]
fn the_smallest_form_that_the_browser_takes_is_sent() {
    let place = Place::new();
    let site = site(&place);
    let running = place.serve(&["--app", site.to_str().unwrap()]);
    let with = |path: &str, accepted: &str| {
        let head = format!("GET {path} HTTP/1.1\r\naccept-encoding: {accepted}");
        let answer = request(running.address, &head, b"").unwrap();
        let encoding = answer.header("content-encoding").map(str::to_owned);
        (encoding, String::from_utf8(answer.body.clone()).unwrap(), answer)
    };
    let script = "/app-0123456789abcdef.js";
    for (accepted, encoding, body) in [
        ("gzip, deflate, br", Some("br"), "brotli script"),
        ("gzip", Some("gzip"), "gzip script"),
        ("identity", None, "plain script"),
        ("br;q=0, gzip", Some("gzip"), "gzip script"),
    ] {
        let (found, text, answer) = with(script, accepted);
        assert_eq!((found.as_deref(), text.as_str()), (encoding, body), "{accepted}");
        assert_eq!(answer.header("content-type"), Some("text/javascript"), "{accepted}");
    }
    let (encoding, _, answer) = with("/app-0123456789abcdef_bg.wasm", "br, gzip");
    assert_eq!(
        (encoding.as_deref(), answer.header("content-type")),
        (Some("gzip"), Some("application/wasm"))
    );
}

#[test]
fn nothing_outside_the_folder_is_served() {
    let place = Place::new();
    let site = site(&place);
    let running = place.serve(&["--app", site.to_str().unwrap()]);
    for path in [
        "/../outside",
        "/%2e%2e/outside",
        "/..%2foutside",
        "//outside",
        "/./../outside",
        "/data/endpoint.keys",
    ] {
        let answer = get(running.address, path);
        assert!(answer.status >= 400, "{path}: {}", answer.status);
        assert!(!answer.body.windows(7).any(|seven| seven == b"outside"), "{path}");
    }
}

#[test]
fn the_page_that_clears_the_site_says_so_to_the_browser() {
    let place = Place::new();
    let site = site(&place);
    let running = place.serve(&["--app", site.to_str().unwrap()]);
    assert_eq!(
        get(running.address, "/xoa-sach").header("clear-site-data"),
        Some("\"*\"")
    );
    assert_eq!(get(running.address, "/").header("clear-site-data"), None);
}

#[test]
fn a_folder_without_an_app_is_refused_with_the_remedy() {
    let place = Place::new();
    let out = place.command(&["serve", "--app", "/nowhere"]).output().unwrap();
    assert!(!out.status.success());
    assert!(String::from_utf8_lossy(&out.stderr).contains("build the app first"));
}
