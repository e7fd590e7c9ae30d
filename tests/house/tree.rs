//! The repository's own text files, without what is built, fetched or kept by git.

use std::{
    fs,
    path::{Path, PathBuf},
};

use harness::place;

/// A file: its path inside the repository with `/`, and its text.
pub struct Text {
    pub path: String,
    pub text: String,
}

const NOT_OURS: [&str; 7] = [
    "target",
    "dist",
    "dist.next",
    "dist.last",
    "data",
    "node_modules",
    ".git",
];

/// All files that are UTF-8.
pub fn texts() -> Vec<Text> {
    let root = place::root();
    let mut found = Vec::new();
    let mut open: Vec<PathBuf> = vec![root.clone()];
    while let Some(place) = open.pop() {
        for entry in fs::read_dir(&place).unwrap() {
            let path = entry.unwrap().path();
            let inside = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
            if NOT_OURS.contains(&inside.as_str()) {
                continue;
            }
            if path.is_dir() {
                open.push(path);
            } else if let Ok(text) = fs::read_to_string(&path) {
                found.push(Text { path: inside, text });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(found.len() > 50, "the tree was read");
    found
}

/// Those of them that are Rust.
pub fn sources() -> Vec<Text> {
    texts().into_iter().filter(|file| file.path.ends_with(".rs")).collect()
}

/// Rust code without comments and without the text of its strings, so that prose may name what code may not.
pub fn code(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let skip = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(length) = raw_string(rest) {
            length
        } else if first == '"' {
            string(rest)
        } else if rest.starts_with("'\"'") || rest.starts_with("'\\\"'") {
            rest[1..].find('\'').map_or(1, |end| end + 2)
        } else {
            out.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        };
        out.push(' ');
        rest = &rest[skip..];
    }
    out
}

fn raw_string(rest: &str) -> Option<usize> {
    let marks = rest.strip_prefix('r')?;
    let hashes = marks.len() - marks.trim_start_matches('#').len();
    let inside = marks[hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    Some(
        inside
            .find(&end)
            .map_or(rest.len(), |at| 1 + hashes + 1 + at + end.len()),
    )
}

fn string(rest: &str) -> usize {
    let mut escaped = false;
    for (at, letter) in rest.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// Whether the code names this crate: as a path or in a `use`.
pub fn names(source: &str, krate: &str) -> bool {
    let code = code(source);
    let bounds = |at: usize| {
        let before = code[..at].chars().next_back();
        let after = &code[at + krate.len()..];
        let word = |it: Option<char>| it.is_some_and(|it| it.is_alphanumeric() || it == '_');
        let starts_a_path = after.starts_with("::") && !code[..at].ends_with("::");
        let imported = code[..at].trim_end().ends_with("use") && after.trim_start().starts_with([';', ' ']);
        !word(before) && !word(after.chars().next()) && (starts_a_path || imported)
    };
    code.match_indices(krate).any(|(at, _)| bounds(at))
}

#[test]
fn prose_and_texts_are_not_code() {
    let source = r##"//! age::seal is told here
use age::x25519; let a = "leptos::prelude"; let b = r#"reqwest::get("x")"#; /* aes::Aes */ let c = '"'; let d = tokio::spawn;"##;
    assert!(names(source, "age") && names(source, "tokio"));
    assert!(!names(source, "leptos") && !names(source, "reqwest") && !names(source, "aes") && !names(source, "x25519"));
    assert!(!names("let page::x = message::y", "age"));
}

/// Whether a path lies in this directory or is this file.
pub fn lies_in(path: &str, place: &str) -> bool {
    Path::new(path).starts_with(place)
}
