//! A table of cells, and the two files it leaves as: CSV and XLSX.
//!
//! Invariant: what a person typed is text in both files and never a formula. Not here: what stands in the cells ([`crate::report`]).

mod csv;
mod xlsx;

use rules::Date;

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Cell {
    /// Nothing.
    #[default]
    Blank,
    /// A text.
    Text(String),
    /// A count.
    Count(i64),
    /// A share, in tenths of a percent (`333` is 33,3 %).
    Share(i64),
    /// A day.
    Day(Date),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::Text(text.to_string())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell::Text(text)
    }
}

impl Cell {
    /// As a person reads it: `12`, `33,3%`, `20-9-2008`.
    pub fn shown(&self) -> String {
        match self {
            Cell::Blank => String::new(),
            Cell::Text(text) => text.clone(),
            Cell::Count(n) => n.to_string(),
            Cell::Share(tenths) => {
                let sign = if *tenths < 0 { "-" } else { "" };
                format!("{sign}{},{}%", (tenths / 10).abs(), (tenths % 10).abs())
            }
            Cell::Day(day) => day.show(),
        }
    }
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// Name of the sheet.
    pub name: String,
    /// Rows of cells; rows may have different lengths.
    pub rows: Vec<Vec<Cell>>,
    /// Numbers (from 0) of rows that are printed bold.
    pub bold: Vec<usize>,
}

impl Table {
    /// CSV as RFC 4180 has it: commas, CRLF, UTF-8; a byte order mark before it, so that Excel reads the letters. A text that a spreadsheet could take for
    /// a formula gets an apostrophe before it.
    pub fn csv(&self) -> Vec<u8> {
        csv::write(self)
    }

    /// A workbook (ECMA-376, transitional) of one sheet, for Excel and LibreOffice.
    pub fn xlsx(&self) -> Vec<u8> {
        xlsx::write(self)
    }
}

#[cfg(test)]
mod tests;
