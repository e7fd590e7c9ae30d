//! CSV (RFC 4180) with a byte order mark, guarded against formulas.

use super::{Cell, Table};

pub(super) fn write(table: &Table) -> Vec<u8> {
    let mut out = String::from("\u{feff}");
    for row in &table.rows {
        for (at, cell) in row.iter().enumerate() {
            if at > 0 {
                out.push(',');
            }
            let text = match cell {
                Cell::Text(text) => guarded(text),
                other => other.shown(),
            };
            if text.contains(['"', ',', ';', '\t', '\r', '\n']) {
                out.push('"');
                out.push_str(&text.replace('"', "\"\""));
                out.push('"');
            } else {
                out.push_str(&text);
            }
        }
        out.push_str("\r\n");
    }
    out.into_bytes()
}

/// A text that a spreadsheet would read as a formula, also behind spaces or in full width, gets an apostrophe before it.
fn guarded(text: &str) -> String {
    let first = text
        .trim_start_matches(|c: char| c.is_whitespace() || c.is_control())
        .chars()
        .next();
    let formula = matches!(first, Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠'));
    if formula || text.starts_with(['\t', '\r', '\n']) {
        format!("'{text}")
    } else {
        text.to_string()
    }
}
