//! What one crate weighs inside the page: the bytes that the compressed program would be shorter without its functions and its texts.
//!
//! A crate built alone is no measure: it brings an allocator and formatting that the page has anyway. So the page's own program is weighed
//! with and without what belongs to the crate: functions by their names, texts by the literals and text files of its sources. What cannot be
//! told apart is not counted: numbers in tables, and copies of library code made for it.

use std::{fs, path::Path};

use wasmparser::{KnownCustom, Name, Parser, Payload};

use crate::{
    finish::compress::brotli,
    run::{Doing, Stop, program, run},
    tree::Tree,
};

/// Shorter texts stand in other crates too.
const A_TEXT: usize = 12;

/// Bytes, brotli, that `src/<name>` adds to the program of the page, its module `apart` not counted.
pub fn of(tree: &Tree, name: &str, apart: &str) -> Result<u64, Stop> {
    let built = tree.target.join("wasm32-unknown-unknown/wasm/lylich-app.wasm");
    let named = tree.target.join("page-with-names.wasm");
    run(
        program(tree, "wasm-opt")
            .args(["-Oz", "--all-features", "-g"])
            .arg(&built)
            .arg("-o")
            .arg(&named),
        "wasm-opt failed; the lines above say why.",
    )?;
    let program = fs::read(&named).doing("the named program cannot be read")?;
    let (functions, texts) = parts(&program)?;
    let mut own_texts = Vec::new();
    literals(&tree.root.join("src").join(name), &mut own_texts)?;
    // The longest first: a short text may stand inside a long one.
    own_texts.sort_by_key(|text| std::cmp::Reverse(text.len()));
    own_texts.dedup();
    let rest = own_texts.iter().fold(texts.clone(), |texts, own| without(&texts, own));
    let (of_crate, other) = (format!("{name}::"), format!("{name}::{apart}::"));
    let is_own = |function: &str| {
        !function.contains(&other)
            && function
                .match_indices(&of_crate)
                .any(|(at, _)| !function[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':'))
    };
    let (mut whole, mut others) = (Vec::new(), Vec::new());
    for (function, body) in functions {
        whole.extend_from_slice(body);
        if !is_own(&function) {
            others.extend_from_slice(body);
        }
    }
    whole.extend(texts);
    others.extend(rest);
    let weight = |bytes: &[u8]| brotli(bytes).map(|bytes| bytes.len() as u64);
    Ok(weight(&whole)?.saturating_sub(weight(&others)?))
}

type Functions<'p> = Vec<(String, &'p [u8])>;

/// The functions of a program with their names, and its data.
fn parts(program: &[u8]) -> Result<(Functions<'_>, Vec<u8>), Stop> {
    let unread = "the named program is not understood";
    let (mut bodies, mut names, mut data, mut imported) = (Vec::new(), Vec::new(), Vec::new(), 0);
    for payload in Parser::new(0).parse_all(program) {
        match payload.doing(unread)? {
            Payload::ImportSection(imports) => {
                let imports = imports.into_imports().filter_map(Result::ok);
                imported = imports
                    .filter(|import| matches!(import.ty, wasmparser::TypeRef::Func(_)))
                    .count();
            }
            Payload::CodeSectionEntry(body) => bodies.push(body.as_bytes()),
            Payload::DataSection(section) => {
                for piece in section {
                    data.extend_from_slice(piece.doing(unread)?.data);
                }
            }
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(subsections) = section.as_known() {
                    for names_of in subsections.into_iter().filter_map(Result::ok) {
                        if let Name::Function(map) = names_of {
                            names.extend(
                                map.into_iter()
                                    .filter_map(Result::ok)
                                    .map(|name| (name.index as usize, name.name)),
                            );
                        }
                    }
                }
            }
            _ => {}
        }
    }
    let mut functions: Functions<'_> = bodies.into_iter().map(|body| (String::new(), body)).collect();
    for (index, name) in names {
        if let Some(own) = index.checked_sub(imported).and_then(|at| functions.get_mut(at)) {
            own.0 = format!("{:#}", rustc_demangle::demangle(name));
        }
    }
    Ok((functions, data))
}

/// The texts in the sources of a crate, tests apart.
fn literals(place: &Path, out: &mut Vec<Vec<u8>>) -> Result<(), Stop> {
    for entry in fs::read_dir(place).doing(place.display())?.filter_map(Result::ok) {
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        if path.is_dir() {
            literals(&path, out)?;
        } else if name.starts_with("tests") {
            continue;
        } else if name.ends_with(".txt") {
            out.push(fs::read(&path).doing(&name)?);
        } else if name.ends_with(".rs") {
            let source = fs::read_to_string(&path).doing(&name)?;
            let source = source.replace("\\\n", "").replace("'\"'", "").replace("\\\"", "\u{1}");
            let texts = source
                .split('"')
                .skip(1)
                .step_by(2)
                .map(|text| text.replace('\u{1}', "\"").into_bytes());
            out.extend(texts.filter(|text| text.len() >= A_TEXT));
        }
    }
    Ok(())
}

/// The bytes without each place where `text` stands.
fn without(bytes: &[u8], text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at..].starts_with(text) {
            at += text.len();
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_taken_out_wherever_it_stands() {
        assert_eq!(without(b"abcXabcabcY", b"abc"), b"XY");
        assert_eq!(without(b"abc", b"abcd"), b"abc");
    }
}
