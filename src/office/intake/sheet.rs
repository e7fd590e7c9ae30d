//! Rows of the sheets of an XLSX workbook: shared and inline texts, numbers as they stand.
//!
//! Invariant: no more is held than the limits of [`super`] and of [`crate::zip`] allow, whatever the file claims. A number keeps its spelling; that it is a day
//! is known by its column only (see `super::heading`). Formulas count as what they gave when the file was saved.

use super::{BadRow, MOST_COLUMNS, MOST_ROWS, Row, refused, tidy};
use crate::zip::{Archive, ZipFault};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// The most shared texts that are kept.
const MOST_TEXTS: usize = 200_000;

/// The most sheets that are looked at.
const MOST_SHEETS: usize = 10;

/// Of each sheet that has any, the rows that are not blank, with their numbers.
pub(super) fn sheets(file: &[u8]) -> Result<Vec<Vec<Row>>, BadRow> {
    match workbook(file) {
        Ok(sheets) => Ok(sheets),
        Err(ZipFault::TooLarge) => {
            refused("Bảng tính quá lớn khi mở ra. Hãy chép riêng danh sách sang một tệp mới rồi nhập lại.")
        }
        Err(ZipFault::Unread) => refused("Bảng tính có mật khẩu. Hãy lưu lại không mật khẩu rồi nhập."),
        Err(ZipFault::Broken) => {
            refused("Tệp .xlsx này chưa mở được: có thể tải thiếu. Hãy mở bằng Excel rồi lưu lại.")
        }
    }
}

fn workbook(file: &[u8]) -> Result<Vec<Vec<Row>>, ZipFault> {
    let archive = Archive::open(file)?;
    let book = archive.part("xl/workbook.xml")?.ok_or(ZipFault::Broken)?;
    let links = archive.part("xl/_rels/workbook.xml.rels")?.unwrap_or_default();
    let texts = match archive.part("xl/sharedStrings.xml")? {
        Some(part) => shared(&part)?,
        None => Vec::new(),
    };
    let (names, from_1904) = parts(&book, &links)?;
    let mut all = Vec::new();
    for name in names.iter().take(MOST_SHEETS) {
        if let Some(part) = archive.part(name)? {
            let rows = sheet(&part, &texts, from_1904)?;
            if !rows.is_empty() {
                all.push(rows);
            }
        }
    }
    Ok(all)
}

/// Parts of the sheets in the order of the book, and whether its days are counted from 1904.
fn parts(book: &[u8], links: &[u8]) -> Result<(Vec<String>, bool), ZipFault> {
    let mut targets = Vec::new();
    each(links, |tag, event| {
        if let ("Relationship", Event::Start(e)) = (tag, event) {
            let target = attribute(e, "Target");
            let path = match target.strip_prefix('/') {
                Some(whole) => whole.to_string(),
                None => format!("xl/{target}"),
            };
            targets.push((attribute(e, "Id"), path));
        }
        Ok(())
    })?;
    let mut names = Vec::new();
    let mut from_1904 = false;
    each(book, |tag, event| {
        match (tag, event) {
            ("sheet", Event::Start(e)) => {
                let id = attribute(e, "id");
                names.extend(targets.iter().find(|(own, _)| *own == id).map(|(_, path)| path.clone()));
            }
            ("workbookPr", Event::Start(e)) => from_1904 = matches!(attribute(e, "date1904").as_str(), "1" | "true"),
            _ => {}
        }
        Ok(())
    })?;
    Ok((names, from_1904))
}

/// The shared texts.
fn shared(part: &[u8]) -> Result<Vec<String>, ZipFault> {
    let mut texts: Vec<String> = Vec::new();
    let mut inside = Inside::default();
    each(part, |tag, event| {
        match (tag, event) {
            ("si", Event::Start(_)) => {
                if texts.len() >= MOST_TEXTS {
                    return Err(ZipFault::TooLarge);
                }
                texts.push(String::new());
            }
            _ => {
                if let (Some(text), Some(last)) = (inside.text(tag, event), texts.last_mut()) {
                    last.push_str(&text);
                }
            }
        }
        Ok(())
    })?;
    Ok(texts)
}

/// The rows of one sheet.
fn sheet(part: &[u8], texts: &[String], from_1904: bool) -> Result<Vec<Row>, ZipFault> {
    let mut rows: Vec<Row> = Vec::new();
    let mut inside = Inside::default();
    let (mut line, mut column) = (0, 0);
    let mut kind = String::new();
    let mut cell = String::new();
    let mut in_value = false;
    each(part, |tag, event| {
        match (tag, event) {
            ("row", Event::Start(e)) => {
                line = attribute(e, "r").parse().unwrap_or(line + 1);
                column = 0;
                if rows.last().is_some_and(|(_, cells)| cells.iter().all(String::is_empty)) {
                    rows.pop();
                }
                if rows.len() > MOST_ROWS {
                    return Err(ZipFault::TooLarge);
                }
                rows.push((line, Vec::new()));
            }
            ("c", Event::Start(e)) => {
                column = column_of(&attribute(e, "r")).unwrap_or(column + 1);
                kind = attribute(e, "t");
                cell.clear();
            }
            ("v", Event::Start(_)) => in_value = true,
            ("v", Event::End(_)) => in_value = false,
            ("c", Event::End(_)) => {
                let text = match kind.as_str() {
                    "s" => {
                        let nth: Option<usize> = cell.trim().parse().ok();
                        nth.and_then(|nth| texts.get(nth)).map_or("", String::as_str)
                    }
                    "e" => "",
                    _ => cell.as_str(),
                };
                let text = match kind.as_str() {
                    "" | "n" if from_1904 => since_1900(text),
                    _ => tidy(text),
                };
                if let Some((_, cells)) = rows.last_mut().filter(|_| column <= MOST_COLUMNS && !text.is_empty()) {
                    cells.resize(cells.len().max(column), String::new());
                    if let Some(place) = cells.get_mut(column - 1) {
                        *place = text;
                    }
                }
            }
            (_, Event::Text(_) | Event::GeneralRef(_) | Event::CData(_)) if in_value => cell.push_str(&said(event)),
            _ => {
                if let Some(text) = inside.text(tag, event) {
                    cell.push_str(&text);
                }
            }
        }
        Ok(())
    })?;
    rows.retain(|(_, cells)| cells.iter().any(|cell| !cell.is_empty()));
    Ok(rows)
}

/// A number of a book that counts from 1904, as other books count it; small ones are no days.
fn since_1900(text: &str) -> String {
    let whole = text.trim().split('.').next().unwrap_or("");
    match whole.parse::<u32>() {
        Ok(days) if days > 10_000 => (days + 1462).to_string(),
        _ => tidy(text),
    }
}

/// Whether the reader stands in a text that is shown (`t`), not in one that says how a word is read (`rPh`).
#[derive(Default)]
struct Inside {
    text: bool,
    phonetic: bool,
}

impl Inside {
    /// What is said here, if it belongs to the text.
    fn text(&mut self, tag: &str, event: &Event<'_>) -> Option<String> {
        match (tag, event) {
            ("t", Event::Start(_)) => self.text = true,
            ("t", Event::End(_)) => self.text = false,
            ("rPh", Event::Start(_)) => self.phonetic = true,
            ("rPh", Event::End(_)) => self.phonetic = false,
            (_, Event::Text(_) | Event::GeneralRef(_) | Event::CData(_)) if self.text && !self.phonetic => {
                return Some(said(event));
            }
            _ => {}
        }
        None
    }
}

/// The letters of a text, a CDATA section or one reference (`&amp;`, `&#7841;`).
fn said(event: &Event<'_>) -> String {
    match event {
        Event::Text(text) => text.to_string(),
        Event::CData(text) => text.to_string(),
        Event::GeneralRef(name) => match name.resolve_char_ref() {
            Ok(Some(c)) => c.to_string(),
            _ => quick_xml::escape::resolve_predefined_entity(name)
                .unwrap_or("")
                .to_string(),
        },
        _ => String::new(),
    }
}

/// Goes through a part; tags come without their prefix, and an empty element as its start and end.
fn each(part: &[u8], mut see: impl FnMut(&str, &Event<'_>) -> Result<(), ZipFault>) -> Result<(), ZipFault> {
    let text = std::str::from_utf8(part).map_err(|_| ZipFault::Broken)?;
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    reader.config_mut().expand_empty_elements = true;
    loop {
        let event = reader.read_event().map_err(|_| ZipFault::Broken)?;
        match &event {
            Event::Eof => return Ok(()),
            Event::Start(e) => see(e.local_name().as_ref(), &event)?,
            Event::End(e) => see(e.local_name().as_ref(), &event)?,
            _ => see("", &event)?,
        }
    }
}

/// An attribute by its name without prefix; empty when there is none.
fn attribute(e: &BytesStart<'_>, name: &str) -> String {
    let found = e.attributes().flatten().find(|a| a.key.local_name().as_ref() == name);
    let value = found.and_then(|a| Some(a.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned()));
    value.unwrap_or_default()
}

/// The column of a cell's place (`C7` is 3).
fn column_of(place: &str) -> Option<usize> {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic);
    let column = letters.fold(0_usize, |n, b| {
        n.saturating_mul(26)
            .saturating_add(usize::from(b.to_ascii_uppercase() - b'A') + 1)
    });
    Some(column).filter(|column| *column > 0)
}
