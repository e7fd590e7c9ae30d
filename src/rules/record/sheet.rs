//! The answers of a file as they stand in it: laid out by rows, texts borrowed where the file has them as they are.
//!
//! A file of ten thousand dossiers is checked from this; a [`Record`] is made of it only where somebody goes on writing. Invariant: the sheet and its
//! record say the same. Of two values with one path the later one counts. Reading it is `read.rs`'s matter.

mod read;

pub(super) use read::Name;

use super::{Fields, Record};
use std::borrow::Cow;
use std::ops::Range;

/// The answers of a file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sheet<'t> {
    /// Every path, one behind the other.
    paths: String,
    /// Answers outside rows, sorted by path.
    flat: Vec<Answer<'t>>,
    /// Answers of rows, their paths from the row on; sorted within a row.
    cells: Vec<Answer<'t>>,
    /// The rows, group by group in the file's order.
    rows: Vec<Row>,
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Answer<'t> {
    path: Range<usize>,
    text: Cow<'t, str>,
}

#[derive(Debug, Clone, PartialEq)]
struct Row {
    group: Range<usize>,
    name: Range<usize>,
    order: Cow<'static, str>,
    cells: Range<usize>,
}

/// A row of a sheet.
pub(crate) struct SheetRow<'s> {
    pub group: &'s str,
    pub name: &'s str,
    /// Order key.
    pub order: &'s str,
    cells: &'s [Answer<'s>],
}

impl Sheet<'_> {
    fn path(&self, at: &Range<usize>) -> &str {
        self.paths.get(at.clone()).unwrap_or("")
    }

    fn answers<'s>(&'s self, list: &'s [Answer<'s>]) -> impl Iterator<Item = (&'s str, &'s str)> {
        list.iter().map(|answer| (self.path(&answer.path), &*answer.text))
    }

    /// Answers outside rows, sorted by path.
    pub(crate) fn flat(&self) -> impl Iterator<Item = (&str, &str)> {
        self.answers(&self.flat)
    }

    /// The rows, group by group in the file's order.
    pub(crate) fn rows(&self) -> impl Iterator<Item = SheetRow<'_>> {
        self.rows.iter().map(|row| SheetRow {
            group: self.path(&row.group),
            name: self.path(&row.name),
            order: &row.order,
            cells: self.cells.get(row.cells.clone()).unwrap_or_default(),
        })
    }

    /// The answers of a row, sorted by path.
    pub(crate) fn cells<'s>(&'s self, row: &SheetRow<'s>) -> impl Iterator<Item = (&'s str, &'s str)> {
        self.answers(row.cells)
    }

    /// The text at a path outside rows; `""` when there is none.
    pub fn text(&self, path: &str) -> &str {
        self.flat().find(|(own, _)| *own == path).map_or("", |(_, text)| text)
    }

    /// The record of these answers.
    pub fn record(&self) -> Record {
        let mut fields: Fields = self
            .flat()
            .map(|(path, text)| (path.to_string(), text.to_string()))
            .collect();
        for row in self.rows() {
            let lead = format!("{}/{}", row.group, row.name);
            fields.insert(format!("{lead}/#"), row.order.to_string());
            fields.extend(
                self.cells(&row)
                    .map(|(path, text)| (format!("{lead}/{path}"), text.to_string())),
            );
        }
        Record::from_fields(fields)
    }
}

#[cfg(test)]
mod tests;
