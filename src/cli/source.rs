//! Reading the files this tool is given, and the administrative units it carries.

use crate::fault::Fault;
use rules::Date;
use rules::place::Places;
use rules::record::Filed;
use std::fs::File;
use std::io::{BufReader, Read};

/// Reads a whole file.
pub fn text(file: &str) -> Result<String, Fault> {
    let mut text = String::new();
    let unreadable = |cause| Fault::Unreadable {
        file: file.to_string(),
        cause,
    };
    BufReader::new(File::open(file).map_err(unreadable)?)
        .read_to_string(&mut text)
        .map_err(unreadable)?;
    if text.starts_with('\u{feff}') {
        text.remove(0);
    }
    Ok(text)
}

/// Reads a text as JSON; `above` lines stand before it in the file.
pub fn parse<'t, T: serde::Deserialize<'t>>(file: &str, above: usize, text: &'t str) -> Result<T, Fault> {
    serde_json::from_str(text).map_err(|e| not_json(file, above, &e))
}

fn not_json(file: &str, above: usize, e: &serde_json::Error) -> Fault {
    let whole = e.to_string();
    let problem = whole.split(" at line ").next().unwrap_or(&whole).to_string();
    Fault::NotJson {
        file: file.to_string(),
        line: above + e.line(),
        column: e.column(),
        problem,
    }
}

/// Reads a dossier; `above` lines stand before it in the file.
pub fn dossier<'t>(file: &str, above: usize, text: &'t str) -> Result<Filed<'t>, Fault> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let read = Filed::read(&mut reader).and_then(|filed| reader.end().map(|()| filed));
    read.map_err(|e| not_json(file, above, &e))?.map_err(|f| Fault::Shape {
        file: file.to_string(),
        place: f.path,
        problem: f.problem,
    })
}

/// The administrative units this program carries.
pub fn places() -> Result<Places, Fault> {
    Places::read(
        include_bytes!("../../public/data/places-now.txt"),
        include_bytes!("../../public/data/places-old.txt"),
    )
    .map_err(|f| Fault::Shape {
        file: "lylich".to_string(),
        place: format!("{}", f.line),
        problem: f.to_string(),
    })
}

/// The day given on the command line, else the one of the file, else the day of the declaration.
pub fn act(given: Option<&str>, dossier: &Filed<'_>, file: &str) -> Result<Date, Fault> {
    if let Some(text) = given {
        return Date::from_iso(text).ok_or_else(|| Fault::Date(text.to_string()));
    }
    let declared = || rules::date::read(dossier.answers.text("declaration.date")).and_then(rules::date::Typed::full);
    dossier.act_date.or_else(declared).ok_or_else(|| Fault::Shape {
        file: file.to_string(),
        place: "act_date".to_string(),
        problem: "chưa có ngày để đối chiếu; hãy thêm act_date vào tệp hoặc dùng --date YYYY-MM-DD".to_string(),
    })
}
