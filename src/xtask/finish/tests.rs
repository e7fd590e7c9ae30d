//! A page as trunk leaves it goes in; what a browser under the policy accepts comes out.

use super::*;

const PAGE: &str = r#"<!DOCTYPE html>
<html lang="vi"><head>
  <meta charset="utf-8">
  <link rel="stylesheet" href="app.css">
<script type="module">
import init, * as bindings from './lylich-app.js';
const wasm = await init({ module_or_path: './lylich-app_bg.wasm' });
</script>
<link rel="modulepreload" href="./lylich-app.js" crossorigin="anonymous" integrity="sha384-AA">
<!-- <script>a comment may say what it likes</script> -->
</head><body><main id="first">Đang mở…</main></body></html>"#;

fn made_by_trunk() -> Files {
    [
        ("index.html", PAGE),
        ("sw.js", include_str!("../../../public/sw.js")),
        ("config.json", r#"{"endpoint": ""}"#),
        ("app.css", "body{}"),
        ("lylich-app.js", "export default 1"),
        ("lylich-app_bg.wasm", "\0asm\u{1}\0\0\0"),
        ("lylich-branch.js", "export default 2"),
        ("lylich-branch_bg.wasm", "\0asm\u{1}\0\0\0\0\x01\0"),
        ("branch.css", ".way{}"),
        ("start.js", include_str!("../../../public/start.js")),
        ("kdf.js", include_str!("../../../public/kdf.js")),
        ("icons/icon.svg", "<svg/>"),
        ("data/places-now.txt", "01Thành phố Hà Nội\n*Ba Đình\n"),
        ("data/places-old.txt", ">Thành phố Hà Nội;@Quận Ba Đình;*Kim Mã\n"),
        ("screens/home-360.png", "a picture"),
    ]
    .into_iter()
    .map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()))
    .collect()
}

fn text<'a>(files: &'a Files, name: &str) -> &'a str {
    std::str::from_utf8(&files[name]).unwrap()
}

fn hashed<'a>(files: &'a Files, stem: &str, end: &str) -> &'a str {
    let of = |name: &str| {
        name.strip_prefix(stem)
            .and_then(|rest| rest.strip_prefix('-')?.strip_suffix(end))
            .is_some_and(|hash| hash.len() == 16)
    };
    files.keys().find(|name| of(name)).unwrap()
}

#[test]
fn nothing_inline_is_left_and_the_policy_stands_before_anything_is_loaded() {
    let mut files = made_by_trunk();
    shape(&mut files).unwrap();
    let page = text(&files, "index.html");
    assert!(page.find("Content-Security-Policy").unwrap() < page.find("<link").unwrap());
    assert!(!page.contains("frame-ancestors"));
    let start = hashed(&files, "start", ".js");
    assert!(page.contains(&format!(
        "<script type=\"module\" src=\"./{start}\" integrity=\"sha384-"
    )));
    assert!(
        text(&files, start).contains("import(script)"),
        "our own script, not trunk's"
    );
}

#[test]
fn every_use_of_a_file_carries_its_hash_and_the_preload_the_integrity_of_the_final_bytes() {
    let mut files = made_by_trunk();
    shape(&mut files).unwrap();
    let (glue, wasm) = (
        hashed(&files, "lylich-app", ".js"),
        hashed(&files, "lylich-app_bg", ".wasm"),
    );
    let start = text(&files, hashed(&files, "start", ".js"));
    assert!(start.contains(&format!("\"./{glue}\"")) && start.contains(&format!("\"./{wasm}\"")));
    let page = text(&files, "index.html");
    let sum = html::integrity(&files[glue]);
    assert!(page.contains(&format!(
        "href=\"./{glue}\" crossorigin=\"anonymous\" integrity=\"{sum}\""
    )));
    assert!(!page.contains("sha384-AA"));
    assert!(page.contains(&format!(
        "href=\"./{}\" integrity=\"sha384-",
        hashed(&files, "app", ".css")
    )));
    let worker = text(&files, "kdf.js");
    for glue in [glue, hashed(&files, "lylich-branch", ".js")] {
        assert!(worker.contains(&format!("\"./{glue}\"")) && start.contains(&format!("\"./{glue}\"")));
    }
}

#[test]
fn the_workers_list_names_every_file_but_itself_with_its_hash() {
    let mut files = made_by_trunk();
    let id = shape(&mut files).unwrap();
    let worker = text(&files, "sw.js").to_owned();
    assert_eq!(release::read(&worker), Some(id.clone()));
    for name in files
        .keys()
        .filter(|name| *name != "sw.js" && !name.starts_with("screens/"))
    {
        assert!(worker.contains(&format!("\n{name:?}: \"")), "{name}");
    }
    assert!(!worker.contains("\"sw.js\":") && !worker.contains("screens/"));
    let (_, more) = worker.split_once("const MORE").unwrap();
    let (more, _) = more.split_once("};").unwrap();
    assert_eq!(
        more.matches("lylich-branch").count(),
        2,
        "what only some devices keep: {more}"
    );
    assert_eq!(worker.matches("lylich-branch").count(), 2);
    assert!(files.contains_key("screens/home-360.png"));
    assert!(text(&files, "index.html").contains(&format!("<meta name=\"release\" content=\"{id}\">")));
}

#[test]
fn the_release_changes_with_any_file_and_only_then() {
    let id_with = |change: &dyn Fn(&mut Files)| {
        let mut files = made_by_trunk();
        change(&mut files);
        shape(&mut files).unwrap()
    };
    let same = id_with(&|_| {});
    assert_eq!(same, id_with(&|_| {}));
    for name in [
        "icons/icon.svg",
        "lylich-app_bg.wasm",
        "lylich-branch_bg.wasm",
        "sw.js",
        "kdf.js",
    ] {
        // An empty section in a program; one more statement in a script.
        let more: &[u8] = if name.ends_with(".wasm") { b"\0\x01\0" } else { b"\n0;" };
        assert_ne!(
            same,
            id_with(&|files| files.get_mut(name).unwrap().extend(more)),
            "{name}"
        );
    }
    assert_ne!(
        same,
        id_with(&|files| *files.get_mut("index.html").unwrap() = PAGE.replace("Đang", "Sắp").into_bytes())
    );
}

#[test]
fn both_lists_of_places_travel_as_one_packed_file() {
    let mut files = made_by_trunk();
    shape(&mut files).unwrap();
    let mut unpacking = rules::place::Unpacking::of(files["data/places.pack"].clone());
    let places = unpacking.go_on(1_000).unwrap().unwrap();
    let day = rules::Date::from_iso("2026-11-21").unwrap();
    assert_eq!(places.communes("01", day), ["Phường Ba Đình"]);
    assert!(!files.contains_key("data/places-now.txt") && !files.contains_key("data/places-old.txt"));
}

#[test]
fn an_inline_script_handler_or_style_stops_the_build() {
    for bad in [
        "<script>1</script>",
        "<p style=\"color:red\">",
        "<p onclick=\"x()\">",
        "<style>p{}</style>",
    ] {
        let mut files = made_by_trunk();
        files.insert(
            "index.html".to_owned(),
            PAGE.replace("<main", &format!("{bad}<main")).into_bytes(),
        );
        assert!(shape(&mut files).is_err(), "{bad}");
    }
}

#[test]
fn a_file_that_nothing_names_stops_the_build() {
    let mut files = made_by_trunk();
    files.insert("old.js".to_owned(), b"1".to_vec());
    assert!(shape(&mut files).is_err_and(|stop| stop.0.contains("old.js")));
}

#[test]
fn the_copies_open_to_the_same_bytes() {
    let long = "Đang mở… ".repeat(500).into_bytes();
    let mut files = Files::from([
        ("a.txt".to_owned(), long.clone()),
        ("b.png".to_owned(), vec![0; 500]),
        ("c.txt".to_owned(), b"x".to_vec()),
    ]);
    compress::add(&mut files).unwrap();
    assert_eq!(
        files.keys().map(String::as_str).collect::<Vec<_>>(),
        ["a.txt", "a.txt.br", "a.txt.gz", "b.png", "c.txt"]
    );
    let mut open = Vec::new();
    brotli::BrotliDecompress(&mut &*files["a.txt.br"], &mut open).unwrap();
    assert_eq!(open, long);
    open.clear();
    std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(&*files["a.txt.gz"]), &mut open).unwrap();
    assert_eq!(open, long);
}
