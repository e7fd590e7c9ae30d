//! The answers of one person: record path → text as typed.
//!
//! A path is `slug` (dotted), `group/ROW/field` (nestable), `group/ROW/#` for the order of a row, `group/ROW/_` for an element of a list of
//! texts. ROW is a name that is never reused, so two phones adding rows never clash. A missing path and an empty text both mean blank;
//! unknown paths are kept. Invariant: no empty text is stored. Not here: what a text means ([`crate::date`], [`crate::check`]).

mod dossier;
mod filed;
mod order;
mod place;
mod sheet;
mod tree;

pub use dossier::{Dossier, DossierFault};
pub use filed::Filed;
pub use place::Place;
pub use sheet::Sheet;
pub use tree::{Members, Tree};

use crate::sorted::sort;
use std::collections::BTreeMap;

/// Record path → text as typed.
pub type Fields = BTreeMap<String, String>;

/// Where a moved row goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// One place towards the start.
    Up,
    /// One place towards the end.
    Down,
}

/// The answers of one person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record(Fields);

impl Record {
    /// An empty record.
    pub fn new() -> Record {
        Record::default()
    }

    /// A record of these answers; empty texts are left out.
    pub fn from_fields(mut fields: Fields) -> Record {
        fields.retain(|_, text| !text.is_empty());
        Record(fields)
    }

    /// The answers.
    pub fn fields(&self) -> &Fields {
        &self.0
    }

    /// The answers, by value.
    pub fn into_fields(self) -> Fields {
        self.0
    }

    /// The text at this path; `""` when there is none.
    pub fn text(&self, path: &str) -> &str {
        self.0.get(path).map_or("", String::as_str)
    }

    /// Writes a text as typed; an empty one removes the path. Says whether anything changed.
    pub fn set(&mut self, path: &str, text: &str) -> bool {
        if text.is_empty() {
            return self.0.remove(path).is_some();
        }
        if let Some(held) = self.0.get_mut(path) {
            let changed = held != text;
            if changed {
                held.clear();
                held.push_str(text);
            }
            return changed;
        }
        self.0.insert(path.to_string(), text.to_string());
        true
    }

    /// Whether nothing but spaces is written at the path, in its parts (`path.…`) and in its rows (`path/…`).
    pub fn is_blank(&self, path: &str) -> bool {
        self.text(path).trim().is_empty()
            && self.under(path, '.').all(|(_, t)| t.trim().is_empty())
            && self
                .under(path, '/')
                .all(|(p, t)| p.ends_with("/#") || t.trim().is_empty())
    }

    /// Paths that begin with `path` and then the separator, in order.
    pub fn under<'r>(&'r self, path: &str, separator: char) -> impl Iterator<Item = (&'r str, &'r str)> {
        let prefix = format!("{path}{separator}");
        self.0
            .range(prefix.clone()..)
            .take_while(move |(p, _)| p.starts_with(&prefix))
            .map(|(p, t)| (p.as_str(), t.as_str()))
    }

    /// Names of the rows of a group (`life_history`, `family/3fa2c1d0/history`), in the person's order.
    pub fn rows(&self, group: &str) -> Vec<&str> {
        let skip = group.len() + 1;
        let mut rows: Vec<(&str, &str)> = Vec::new();
        for (path, text) in self.under(group, '/') {
            let Some(rest) = path.get(skip..) else { continue };
            // most cells stand in the row of the cell before
            let same = rows
                .last()
                .and_then(|(last, _)| rest.strip_prefix(last)?.strip_prefix('/'));
            let field = match same {
                Some(field) => field,
                None => {
                    let Some((row, field)) = rest.split_once('/') else {
                        continue;
                    };
                    rows.push((row, "\u{10ffff}"));
                    field
                }
            };
            if field == "#"
                && let Some(last) = rows.last_mut()
            {
                last.1 = text;
            }
        }
        sort(&mut rows, |a, b| (a.1, a.0) < (b.1, b.0));
        rows.into_iter().map(|(row, _)| row).collect()
    }

    /// Adds an empty row behind `after`, at the end when that is `None` or unknown. Returns the order key that was stored.
    pub fn add_row(&mut self, group: &str, row: &str, after: Option<&str>) -> String {
        let (before, behind) = {
            let rows = self.rows(group);
            let at = after
                .and_then(|after| rows.iter().position(|r| *r == after))
                .map_or(rows.len(), |at| at + 1);
            let key = |at: Option<usize>| {
                at.and_then(|at| rows.get(at))
                    .map(|r| self.text(&order::path(group, r)).to_string())
            };
            (key(at.checked_sub(1)), key(Some(at)))
        };
        let key = order::between(before.as_deref().unwrap_or(""), behind.as_deref());
        self.set(&order::path(group, row), &key);
        key
    }

    /// Adds a mentor's note behind the others.
    pub(crate) fn add_note(&mut self, row: &str, note: &Fields) {
        self.add_row("notes", row, None);
        for (path, text) in note {
            self.set(&format!("notes/{row}/{path}"), text);
        }
    }

    /// Removes a row with everything in it. Returns what was removed, so that it can be put back with [`Record::restore`].
    pub fn remove_row(&mut self, group: &str, row: &str) -> Fields {
        let prefix = format!("{group}/{row}/");
        let paths: Vec<String> = self
            .0
            .range(prefix.clone()..)
            .map(|(p, _)| p.clone())
            .take_while(|p| p.starts_with(&prefix))
            .collect();
        let mut removed = Fields::new();
        for path in paths {
            if let Some((path, text)) = self.0.remove_entry(&path) {
                removed.insert(path, text);
            }
        }
        removed
    }

    /// Puts removed answers back.
    pub fn restore(&mut self, removed: Fields) {
        self.0.extend(removed);
    }

    /// Moves a row one place. Says whether it moved.
    pub fn move_row(&mut self, group: &str, row: &str, to: Move) -> bool {
        let mut rows: Vec<String> = self.rows(group).into_iter().map(str::to_string).collect();
        let Some(at) = rows.iter().position(|r| r == row) else {
            return false;
        };
        let target = match to {
            Move::Up => at.checked_sub(1),
            Move::Down => Some(at + 1).filter(|t| *t < rows.len()),
        };
        let Some(target) = target else { return false };
        rows.swap(at, target);
        let key = |rows: &[String], at: Option<usize>| {
            at.and_then(|at| rows.get(at))
                .map(|r| self.text(&order::path(group, r)).to_string())
        };
        let before = key(&rows, target.checked_sub(1)).unwrap_or_default();
        let behind = key(&rows, Some(target + 1));
        if behind.as_deref().is_none_or(|b| before.as_str() < b) {
            let key = order::between(&before, behind.as_deref());
            self.set(&order::path(group, row), &key);
        } else {
            // neighbours share a key (two phones added at the same place, or rows without keys): number them all anew
            let mut last = String::new();
            for row in &rows {
                last = order::between(&last, None);
                self.set(&order::path(group, row), &last);
            }
        }
        true
    }
}

#[cfg(test)]
mod tests;
