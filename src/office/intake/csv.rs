//! Rows of a CSV file (RFC 4180), whatever separates its cells: comma, semicolon or tab.
//!
//! Invariant: every sign of a cell is kept; a quote that is never closed ends with the file. Blank rows keep their lines counted.

use super::{MOST_COLUMNS, MOST_ROWS, Row, tidy};

/// The rows that are not blank, with their lines.
pub(super) fn rows(text: &str) -> Vec<Row> {
    let comma = separator(text);
    let mut rows: Vec<Row> = Vec::new();
    let mut line = 1;
    let mut begin = 1;
    let mut cells = Vec::new();
    let mut cell = String::new();
    let mut quoted = false;
    let mut signs = text.chars().chain(['\n']).peekable();
    while let Some(c) = signs.next() {
        if c == '\n' || (c == '\r' && signs.peek() != Some(&'\n')) {
            line += 1;
        }
        match c {
            '"' if quoted && signs.peek() == Some(&'"') => {
                signs.next();
                cell.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if cell.trim().is_empty() => {
                cell.clear();
                quoted = true;
            }
            c if quoted && signs.peek().is_some() => cell.push(c),
            c if c == comma => put(&mut cells, &mut cell),
            '\r' if signs.peek() == Some(&'\n') => {}
            '\n' | '\r' => {
                quoted = false;
                put(&mut cells, &mut cell);
                if cells.iter().any(|cell| !cell.is_empty()) {
                    rows.push((begin, std::mem::take(&mut cells)));
                }
                cells.clear();
                begin = line;
                if rows.len() > MOST_ROWS {
                    break;
                }
            }
            c => cell.push(c),
        }
    }
    rows
}

fn put(cells: &mut Vec<String>, cell: &mut String) {
    if cells.len() < MOST_COLUMNS {
        cells.push(tidy(cell));
    }
    cell.clear();
}

/// What most of the first lines are cut by; a line `sep=;` says it itself.
fn separator(text: &str) -> char {
    let head = text.lines().next().unwrap_or("");
    if let Some(said) = head.strip_prefix("sep=").and_then(|said| said.chars().next()) {
        return said;
    }
    let count = |sign: char| {
        text.lines()
            .take(20)
            .map(|line| line.matches(sign).count())
            .sum::<usize>()
    };
    let mut best = (',', count(','));
    for sign in [';', '\t'] {
        if count(sign) > best.1 {
            best = (sign, count(sign));
        }
    }
    best.0
}
