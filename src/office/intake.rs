//! A class list that a school has anyway, as CSV or XLSX, becomes cases: rows that can be read stand, the others are named with line and reason.
//!
//! Invariant: nothing is guessed. A day that cannot be read, a letter of an old font, a person who stands twice: the row is named and left to the secretary.
//! Columns that are not asked for (numbers of cards, addresses, telephones) are never taken over. Not here: enrolment, which the pages do with the cases.

mod csv;
mod heading;
mod letters;
mod sheet;

use crate::person::{Person, day_of};
use heading::{Columns, What};
use rules::text::{fold, nfc, same};
use rules::{Date, Fields, date, form, people};
use std::collections::BTreeMap;

/// The largest file that is read, in bytes.
pub const MOST_BYTES: usize = 4 << 20;
/// The most rows that are read.
pub const MOST_ROWS: usize = 2_000;
/// The most columns of a row that are looked at.
const MOST_COLUMNS: usize = 64;

/// What a list gave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roll {
    /// Rows that stand, in the order of the list.
    pub listed: Vec<Listed>,
    /// Rows that do not, and why.
    pub bad: Vec<BadRow>,
    /// Headings that were found, as written, with what they were taken for.
    pub taken: Vec<(String, &'static str)>,
    /// Headings that were not taken over.
    pub left: Vec<String>,
}

/// A row that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Line of the file, from 1.
    pub line: usize,
    /// Answers of a new case (`case/1`): `person.name`, `person.born`, …
    pub answers: Fields,
}

/// A row that does not stand, or a file that is not read (line 0).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRow {
    /// Line of the file, from 1; 0 when the whole file is meant.
    pub line: usize,
    /// Whom it names, if it names anybody.
    pub name: String,
    /// What to do, in words.
    pub reason: String,
}

impl std::fmt::Display for BadRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            0 => f.write_str(&self.reason),
            line if self.name.is_empty() => write!(f, "Dòng {line}: {}", self.reason),
            line => write!(f, "Dòng {line} ({}): {}", self.name, self.reason),
        }
    }
}

impl std::error::Error for BadRow {}

/// A row of cells and its line in the file.
type Row = (usize, Vec<String>);

fn refused<T>(reason: &str) -> Result<T, BadRow> {
    Err(BadRow {
        line: 0,
        name: String::new(),
        reason: reason.to_string(),
    })
}

/// Whether a file of so many bytes is read at all; to be asked before it is taken into memory.
///
/// # Errors
/// A [`BadRow`] of line 0 when it is larger than [`MOST_BYTES`].
pub fn fits(bytes: usize) -> Result<(), BadRow> {
    if bytes <= MOST_BYTES {
        return Ok(());
    }
    refused("Tệp quá lớn (trên 4 MB). Hãy chỉ để lại bảng danh sách rồi lưu lại.")
}

/// Reads a class list. `known` are the people the chi bộ follows already.
///
/// # Errors
/// A [`BadRow`] of line 0 when the file as a whole cannot be read; its reason says how to save it so that it can be.
pub fn read(file: &[u8], known: &[Person<'_>]) -> Result<Roll, BadRow> {
    fits(file.len())?;
    let sheets = match file {
        [b'P', b'K', 3, 4, ..] => sheet::sheets(file)?,
        [0xd0, 0xcf, 0x11, 0xe0, ..] => {
            return refused(
                "Tệp Excel đời cũ (.xls) hoặc có mật khẩu. Hãy mở bằng Excel, lưu lại dạng .xlsx không mật khẩu.",
            );
        }
        _ => vec![csv::rows(&letters::read(file)?)],
    };
    // the first sheet that has a list
    let found = sheets.iter().find_map(|rows| Some((rows, heading::find(rows)?)));
    let Some((rows, (columns, below))) = found else {
        return refused("Chưa thấy cột họ tên. Dòng tiêu đề cần có “Họ và tên” (hoặc “Họ đệm” và “Tên”).");
    };
    if rows.len() > MOST_ROWS {
        return refused("Danh sách dài quá 2.000 dòng. Hãy tách theo lớp rồi nhập từng tệp.");
    }
    Ok(listed(rows.get(below..).unwrap_or_default(), columns, known))
}

fn listed(rows: &[Row], columns: Columns, known: &[Person<'_>]) -> Roll {
    let mut roll = Roll {
        taken: columns.taken(),
        ..Roll::default()
    };
    let mut met = Met::default();
    for one in known {
        // two of one name and day are the secretary's matter, not the list's
        let _ = met.take(None, one.name(), one.text("person.born"), one.text("person.unit"));
    }
    for (line, cells) in rows {
        let name = columns.name(cells);
        // the lines under a list: sums, places, dates, signatures
        if name.is_empty() && !cells.iter().any(|cell| day_of(cell).is_some()) {
            continue;
        }
        let read = answers(&columns, cells, &name).and_then(|answers| {
            let cell = |path: &str| answers.get(path).map_or("", String::as_str);
            met.take(Some(*line), &name, cell("person.born"), cell("person.unit"))?;
            Ok(answers)
        });
        match read {
            Ok(answers) => roll.listed.push(Listed { line: *line, answers }),
            Err(reason) => roll.bad.push(BadRow {
                line: *line,
                name,
                reason,
            }),
        }
    }
    roll.left = columns.left;
    roll
}

/// The answers of one row, or why there are none.
fn answers(columns: &Columns, cells: &[String], name: &str) -> Result<Fields, String> {
    let problem = match name {
        "" => "chưa có họ tên.",
        name if letters::is_old_font(name) => {
            "chữ thuộc phông cũ (TCVN3). Hãy chuyển sang Unicode trong Excel rồi nhập lại."
        }
        name if name.chars().any(|c| c.is_ascii_digit() || c == '@' || c == '\u{fffd}') => {
            "họ tên có chữ số hoặc ký hiệu lạ. Xin xem lại."
        }
        name if !name.contains(' ') => "họ tên chỉ có một từ. Hãy ghi đủ họ và tên.",
        _ => "",
    };
    if !problem.is_empty() {
        return Err(problem.to_string());
    }
    let mut answers = Fields::new();
    answers.insert("person.name".to_string(), name.to_string());
    let mut put = |path: &str, text: &str| {
        if !text.is_empty() {
            answers.insert(path.to_string(), text.to_string());
        }
    };
    let born = columns.cell(cells, What::Born);
    if !born.is_empty() {
        match date::read(&born) {
            Some(date::Typed::Full(day)) => put("person.born", &day.show()),
            Some(date::Typed::Year(_) | date::Typed::Month { .. }) => {
                return Err(format!("ngày sinh “{born}” chưa đủ ngày, tháng, năm."));
            }
            _ => {
                return Err(format!(
                    "ngày sinh “{born}” chưa đọc được. Hãy ghi ngày-tháng-năm, ví dụ 15-3-2008."
                ));
            }
        }
    }
    put("person.gender", columns.gender(cells)?);
    for (what, path, named) in [
        (What::Ethnicity, "person.ethnicity", "dân tộc"),
        (What::Religion, "person.religion", "tôn giáo"),
        (What::Unit, "person.unit", ""),
    ] {
        let cell = columns.cell(cells, what);
        if !named.is_empty() && cell.contains(|c: char| c.is_ascii_digit()) {
            return Err(format!("{named} “{cell}” có chữ số. Xin xem lại cột này."));
        }
        put(path, &chosen(path, &cell));
    }
    put("person.union_member", columns.union_member(cells));
    Ok(answers)
}

/// The choice of the form that is meant, however it is spelt (`KINH`, `H'Mông`, `Không`); what is none stays as it is written.
fn chosen(path: &str, text: &str) -> String {
    let choices = form::field(form::case(), path).map_or(&[][..], |field| field.choices);
    let code = |name: &str| match path {
        "person.ethnicity" => people::ethnicity_code(name),
        "person.religion" => people::religion_code(name),
        _ => None,
    };
    let own = code(text);
    let meant = |choice: &&form::Choice| same(choice.value, text) || (own.is_some() && code(choice.value) == own);
    choices
        .iter()
        .find(meant)
        .map_or(text, |choice| choice.value)
        .to_string()
}

/// Who was met so far, by folded name: line of the list (`None`: followed already), day of birth, class.
#[derive(Default)]
struct Met(BTreeMap<String, Vec<Namesake>>);

type Namesake = (Option<usize>, Option<Date>, String);

impl Met {
    /// Takes a person in, unless they were met: the same name and no other day of birth, or, where a day is missing, no other class.
    fn take(&mut self, line: Option<usize>, name: &str, born: &str, unit: &str) -> Result<(), String> {
        let born = day_of(born);
        let namesakes = self.0.entry(fold(name)).or_default();
        let is_twin = |(_, other, class): &&Namesake| match born.zip(*other) {
            Some((born, other)) => born == other,
            None => unit.is_empty() || class.is_empty() || same(unit, class),
        };
        match namesakes.iter().find(is_twin) {
            Some((Some(above), _, _)) => Err(format!(
                "trùng với dòng {above}. Nếu là hai người, hãy ghi đủ ngày sinh."
            )),
            Some((None, _, _)) => Err("đã có trong danh sách của chi bộ.".to_string()),
            None => {
                namesakes.push((line, born, unit.to_string()));
                Ok(())
            }
        }
    }
}

/// A cell as it is compared: composed, on one line.
fn tidy(cell: &str) -> String {
    nfc(cell).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a cell ticks something.
fn is_tick(cell: &str) -> bool {
    matches!(
        fold(cell).as_str(),
        "x" | "×" | "✓" | "✔" | "v" | "1" | "có" | "yes" | "*"
    )
}

#[cfg(test)]
mod tests;
