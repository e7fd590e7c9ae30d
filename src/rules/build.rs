//! Lays the texts of the forms ready: whole for tools, without remarks for the page.
//!
//! A phone has no use for the remarks to maintainers, the sources of lists and the phrases of the reference catalogue, half a kilobyte together. They stand
//! in the texts all the same, where they are read beside what they speak of.

use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let whole = env::var_os("CARGO_FEATURE_PROCEDURE").is_some();
    let to = env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?;
    for name in ["lylich.txt", "lylich_2022.txt"] {
        let from = Path::new("form").join(name);
        println!("cargo::rerun-if-changed={}", from.display());
        let text = fs::read_to_string(from)?;
        let laid = if whole { text } else { without_remarks(&text) };
        fs::write(Path::new(&to).join(name), laid)?;
    }
    Ok(())
}

/// The lines of a form (`form/read.rs`) without remarks, sources and phrases.
fn without_remarks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let kept = match line.split_once(' ') {
            Some(("note" | "source", _)) => continue,
            Some(("held", _)) => "held",
            Some(("must" | "only", _)) => line.split_inclusive("; ").next().unwrap_or(line),
            _ => line,
        };
        out.push_str(kept);
        out.push('\n');
    }
    out
}
