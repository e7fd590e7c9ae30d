//! Short names for what the program calls.
//!
//! wasm-bindgen names each function it brings from the browser in the script and again in the program, with sixteen digits of a hash behind.
//! Invariant: program and script keep the same names for the same functions; a script that looks otherwise than expected stops the build.
//! Not here: the names of files (`names`), blanks and comments (`bare`).

use std::fmt::Write as _;

use super::{Files, bare};
use crate::run::{Stop, stop};

/// Shortens each script that has a program beside it (`page.js` and `page_bg.wasm`), and both.
pub fn shorten(files: &mut Files) -> Result<(), Stop> {
    let programs: Vec<String> = files
        .keys()
        .filter_map(|name| name.strip_suffix("_bg.wasm").map(str::to_owned))
        .collect();
    for name in programs {
        let (script, program) = (format!("{name}.js"), format!("{name}_bg.wasm"));
        let (Some(mut text), Some(bytes)) = (
            files
                .get(&script)
                .map(|text| String::from_utf8_lossy(text).into_owned()),
            files.get(&program),
        ) else {
            continue;
        };
        let Some((bytes, names)) = renamed(bytes) else {
            return stop(format!(
                "{program} has no list of imports that can be read; has wasm-bindgen changed?"
            ));
        };
        for (old, new) in names {
            let (wanted, short) = (format!(" {old}: function("), format!(" {new}: function("));
            if text.matches(&wanted).count() != 1 {
                return stop(format!(
                    "{script} does not bring `{old}` once; has wasm-bindgen changed?"
                ));
            }
            text = text.replace(&wanted, &short);
        }
        files.insert(script, bare::script(&returning(&text)).into_bytes());
        files.insert(program, bytes);
    }
    Ok(())
}

/// `a`, `b` … `aa`, `ba` …
fn short(mut number: usize) -> String {
    let mut name = String::new();
    loop {
        name.push(char::from(b'a' + (number % 26) as u8));
        number /= 26;
        if number == 0 {
            return name;
        }
        number -= 1;
    }
}

/// Names of imports, old and new.
type Names = Vec<(String, String)>;

/// The program with short names for its imports, and these names. WebAssembly core specification, 5.5.5.
fn renamed(program: &[u8]) -> Option<(Vec<u8>, Names)> {
    const IMPORTS: u8 = 2;
    const HEADER: usize = 8;
    let mut rest = program.get(HEADER..)?;
    let mut out = program.get(..HEADER)?.to_vec();
    let mut names = Names::new();
    while let Some((&id, mut after)) = rest.split_first() {
        let length = number(&mut after)?;
        let (section, next) = after.split_at_checked(length)?;
        let mut section = section.to_vec();
        if id == IMPORTS {
            section = imports(&section, &mut names)?;
        }
        out.push(id);
        put_number(&mut out, section.len());
        out.extend(section);
        rest = next;
    }
    Some((out, names))
}

fn imports(mut section: &[u8], names: &mut Names) -> Option<Vec<u8>> {
    const FUNCTION: u8 = 0;
    let many = number(&mut section)?;
    let mut out = Vec::new();
    put_number(&mut out, many);
    for at in 0..many {
        let module = name(&mut section)?;
        put_number(&mut out, module.len());
        out.extend(module);
        let old = String::from_utf8(name(&mut section)?.to_vec()).ok()?;
        let new = short(at);
        put_number(&mut out, new.len());
        out.extend(new.bytes());
        names.push((old, new));
        let (&kind, after) = section.split_first()?;
        section = after;
        // Other kinds than functions would have to be told apart; a page has none.
        if kind != FUNCTION {
            return None;
        }
        out.push(kind);
        put_number(&mut out, number(&mut section)?);
    }
    section.is_empty().then_some(out)
}

fn name<'a>(section: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = number(section)?;
    let (name, after) = section.split_at_checked(length)?;
    *section = after;
    Some(name)
}

/// Seven bits a byte, the lowest first.
fn number(bytes: &mut &[u8]) -> Option<usize> {
    let mut value = 0;
    for shift in (0..32).step_by(7) {
        let (&byte, after) = bytes.split_first()?;
        *bytes = after;
        value |= usize::from(byte & 127) << shift;
        if byte < 128 {
            return Some(value);
        }
    }
    None
}

fn put_number(out: &mut Vec<u8>, mut value: usize) {
    while value > 127 {
        out.push((value & 127) as u8 | 128);
        value >>= 7;
    }
    out.push(value as u8);
}

/// `const ret = x; return ret;` as `return x;`.
fn returning(script: &str) -> String {
    let lines: Vec<&str> = script.lines().collect();
    let mut out = String::with_capacity(script.len());
    let mut skip = false;
    for (at, line) in lines.iter().enumerate() {
        if std::mem::take(&mut skip) {
            continue;
        }
        let next = lines.get(at + 1).map_or("", |line| line.trim());
        let value = line
            .trim()
            .strip_prefix("const ret = ")
            .filter(|value| value.ends_with(';'));
        let _ = match value.filter(|_| next == "return ret;") {
            Some(value) => {
                skip = true;
                writeln!(out, "return {value}")
            }
            None => writeln!(out, "{line}"),
        };
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A program that imports two functions from `./page_bg.js` and has one custom section.
    fn program() -> Vec<u8> {
        let mut imports = vec![2];
        for (name, kind) in [("__wbg_set_70131fc0c91e4b3c", 0), ("__wbg_get_601c48015b8cc78e", 200)] {
            for text in ["./page_bg.js", name] {
                put_number(&mut imports, text.len());
                imports.extend(text.bytes());
            }
            imports.push(0);
            put_number(&mut imports, kind);
        }
        let mut program = b"\0asm\x01\0\0\0\x02".to_vec();
        put_number(&mut program, imports.len());
        program.extend(imports);
        program.extend(b"\0\x05\x04name");
        program
    }

    const SCRIPT: &str = "/**\n * @returns {any}\n */\nfunction imports() {\n    return {\n        __wbg_set_70131fc0c91e4b3c: function(arg0) {\n            // why\n            const ret = arg0 === undefined;\n            return ret;\n        },\n        __wbg_get_601c48015b8cc78e: function() { return \"a // b\"; },\n    };\n}\n";

    #[test]
    fn script_and_program_get_the_same_short_names() {
        let mut files = Files::from([
            ("page.js".to_owned(), SCRIPT.into()),
            ("page_bg.wasm".to_owned(), program()),
            ("other.js".to_owned(), SCRIPT.into()),
        ]);
        shorten(&mut files).unwrap();
        assert_eq!(
            std::str::from_utf8(&files["page.js"]).unwrap(),
            "function imports(){\nreturn{\na:function(arg0){\nreturn arg0===undefined;\n},\nb: function() { return \"a // b\"; },\n};\n}\n"
        );
        assert_eq!(files["other.js"], SCRIPT.as_bytes());
        assert_eq!(
            files["page_bg.wasm"],
            b"\0asm\x01\0\0\0\x02\x24\x02\x0c./page_bg.js\x01a\0\0\x0c./page_bg.js\x01b\0\xc8\x01\0\x05\x04name"
        );
    }

    #[test]
    fn a_script_without_one_of_the_functions_stops_the_build() {
        let mut files = Files::from([
            ("page.js".to_owned(), SCRIPT.replace("_get_", "_got_").into()),
            ("page_bg.wasm".to_owned(), program()),
        ]);
        assert!(shorten(&mut files).is_err_and(|stop| stop.0.contains("__wbg_get_601c48015b8cc78e")));
    }

    #[test]
    fn a_program_that_is_cut_off_or_imports_a_memory_stops_the_build() {
        let whole = program();
        let mut memory = whole.clone();
        let kind = memory.iter().rposition(|byte| *byte == 0xc8).unwrap() - 1;
        memory[kind] = 2;
        for bad in [&whole[..40], &memory] {
            let mut files = Files::from([
                ("page.js".to_owned(), SCRIPT.into()),
                ("page_bg.wasm".to_owned(), bad.to_vec()),
            ]);
            assert!(shorten(&mut files).is_err());
        }
    }

    #[test]
    fn short_names_are_never_the_same() {
        let names: std::collections::BTreeSet<String> = (0..2_000).map(short).collect();
        assert_eq!(names.len(), 2_000);
        assert_eq!([short(0), short(25), short(26), short(702)], ["a", "z", "aa", "aaa"]);
    }
}
