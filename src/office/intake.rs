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
use rules::{Fields, date};

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

/// Reads a class list. `known` are the people the chi bộ follows already.
///
/// # Errors
/// A [`BadRow`] of line 0 when the file as a whole cannot be read; its reason says how to save it so that it can be.
pub fn read(file: &[u8], known: &[Person<'_>]) -> Result<Roll, BadRow> {
    if file.len() > MOST_BYTES {
        return refused("Tệp quá lớn (trên 4 MB). Hãy chỉ để lại bảng danh sách rồi lưu lại.");
    }
    let rows = match file {
        [b'P', b'K', 3, 4, ..] => sheet::rows(file)?,
        [0xd0, 0xcf, 0x11, 0xe0, ..] => {
            return refused(
                "Tệp Excel đời cũ (.xls) hoặc có mật khẩu. Hãy mở bằng Excel, lưu lại dạng .xlsx không mật khẩu.",
            );
        }
        _ => csv::rows(&letters::read(file)?),
    };
    if rows.len() > MOST_ROWS {
        return refused("Danh sách dài quá 2.000 dòng. Hãy tách theo lớp rồi nhập từng tệp.");
    }
    listed(&rows, known)
}

fn listed(rows: &[Row], known: &[Person<'_>]) -> Result<Roll, BadRow> {
    let Some((columns, below)) = heading::find(rows) else {
        return refused("Chưa thấy cột họ tên. Dòng tiêu đề cần có “Họ và tên” (hoặc “Họ đệm” và “Tên”).");
    };
    let mut roll = Roll {
        taken: columns.taken(),
        left: columns.left.clone(),
        ..Roll::default()
    };
    let mut seen: Vec<Listed> = Vec::new();
    for (line, cells) in rows.get(below..).unwrap_or_default() {
        let name = columns.name(cells);
        // the lines under a list: sums, places, dates, signatures
        if name.is_empty() && !cells.iter().any(|cell| day_of(cell).is_some()) {
            continue;
        }
        let read = answers(&columns, cells, &name).and_then(|answers| match twin(&answers, &seen, known) {
            Some(reason) => Err(reason),
            None => Ok(answers),
        });
        match read {
            Ok(answers) => seen.push(Listed { line: *line, answers }),
            Err(reason) => roll.bad.push(BadRow {
                line: *line,
                name,
                reason,
            }),
        }
    }
    roll.listed = seen;
    Ok(roll)
}

/// The answers of one row, or why there are none.
fn answers(columns: &Columns, cells: &[String], name: &str) -> Result<Fields, String> {
    let problem = match name {
        "" => "chưa có họ tên.",
        name if letters::is_old_font(name) => {
            "chữ thuộc phông cũ (TCVN3, VNI). Hãy chuyển sang Unicode trong Excel rồi nhập lại."
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
    for (what, path) in [
        (What::Ethnicity, "person.ethnicity"),
        (What::Religion, "person.religion"),
        (What::Unit, "person.unit"),
    ] {
        put(path, &columns.cell(cells, what));
    }
    put("person.union_member", columns.union_member(cells));
    Ok(answers)
}

/// Whether the person stands in the list above, or is followed already: the same name and no other day of birth, or, where a day is missing, no other class.
fn twin(answers: &Fields, seen: &[Listed], known: &[Person<'_>]) -> Option<String> {
    let own = |path: &str| answers.get(path).map_or("", String::as_str);
    let is_twin = |name: &str, born: &str, unit: &str| {
        let both_born = day_of(own("person.born")).zip(day_of(born));
        let both_in = !unit.is_empty() && !own("person.unit").is_empty();
        same(own("person.name"), name)
            && match both_born {
                Some((one, other)) => one == other,
                None => !both_in || same(own("person.unit"), unit),
            }
    };
    let above = seen.iter().find(|above| {
        let cell = |path: &str| above.answers.get(path).map_or("", String::as_str);
        is_twin(cell("person.name"), cell("person.born"), cell("person.unit"))
    });
    if let Some(above) = above {
        return Some(format!(
            "trùng với dòng {}. Nếu là hai người, hãy ghi đủ ngày sinh.",
            above.line
        ));
    }
    let known = known
        .iter()
        .any(|one| is_twin(one.name(), one.text("person.born"), one.text("person.unit")));
    known.then(|| "đã có trong danh sách của chi bộ.".to_string())
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
