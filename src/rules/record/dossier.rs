//! A record as an interchange file (`ly-lich-dossier/1`), nested as a [`Tree`], in both directions.
//!
//! How a file is flattened stands with [`Sheet`]. On the way out readable dates of date fields become `YYYY-MM-DD`, unreadable ones stay as typed;
//! slugs that the catalogue does not know are carried along both ways.

use super::tree::{Members, Tree, member, put};
use super::{Fields, Filed, Record, Sheet};
use crate::date::{self, Date};
use crate::form::{self, Field, Form, Kind};

/// A dossier for who goes on writing.
#[derive(Debug, Clone, PartialEq)]
pub struct Dossier<'a> {
    /// Name of the dossier.
    pub id: String,
    /// Title, for people.
    pub title: String,
    /// Day to which the checks refer; `None` when the file does not say.
    pub act_date: Option<Date>,
    /// Settings of the chi bộ, as in the file ([`crate::Settings::read`] reads them).
    pub settings: Tree<'a>,
    /// The answers.
    pub record: Record,
}

/// What is wrong with a dossier file, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DossierFault {
    /// Path inside the file, for example `entries.family[2].name`.
    pub path: String,
    /// The problem, in words for the person who made the file.
    pub problem: String,
}

impl std::fmt::Display for DossierFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.path, self.problem)
    }
}

impl std::error::Error for DossierFault {}

pub(super) fn fault<T>(path: &str, problem: &str) -> Result<T, DossierFault> {
    Err(DossierFault {
        path: path.to_string(),
        problem: problem.to_string(),
    })
}

impl Record {
    /// Reads a dossier file.
    ///
    /// # Errors
    /// [`DossierFault`] with the path when the file is not a dossier or a known entry has the wrong shape. The maker of the file mends it.
    pub fn from_dossier<'a>(file: &Tree<'a>) -> Result<Dossier<'a>, DossierFault> {
        let filed = Filed::read(file).unwrap_or_else(|never| fault("", &never.to_string()))?;
        Ok(Dossier {
            record: filed.answers.record(),
            id: filed.id,
            title: filed.title,
            act_date: filed.act_date,
            settings: file.member("settings").cloned().unwrap_or_default(),
        })
    }

    /// Reads the `entries` of a dossier file or the `input` of a test vector.
    ///
    /// # Errors
    /// As [`Record::from_dossier`].
    pub fn from_entries(entries: &Tree<'_>) -> Result<Record, DossierFault> {
        match Sheet::read(entries) {
            Ok((sheet, None)) => Ok(sheet.record()),
            Ok((_, Some(fault))) => Err(fault),
            Err(never) => fault("", &never.to_string()),
        }
    }

    /// The answers as the `entries` of a dossier file: first what the catalogue knows, in its order, then everything else.
    pub fn to_dossier_entries(&self, form: &'static Form) -> Tree<'static> {
        let mut out = Members::new();
        let mut left = self.fields().clone();
        for f in form::fields(form) {
            self.write_field(f, &mut out, &mut left);
        }
        for path in left.keys() {
            match path.split_once('/') {
                None => put(&mut out, path, text_of(self.text(path))),
                Some((group, _)) if member(&out, group).is_none() => put(&mut out, group, self.write_rows(group, &[])),
                Some(_) => {}
            }
        }
        Tree::Group(out)
    }

    /// Writes a field of the catalogue and takes its answers out of what is left to write.
    fn write_field(&self, f: &'static Field, out: &mut Members<'static>, left: &mut Fields) {
        if f.kind.has_rows() {
            if !self.rows(f.slug).is_empty() {
                put(out, f.slug, self.write_rows(f.slug, f.columns));
                for (path, _) in self.under(f.slug, '/') {
                    left.remove(path);
                }
            }
            return;
        }
        if matches!(f.kind, Kind::Place | Kind::PlaceWithOldName) {
            let mut place = Members::new();
            let skip = f.slug.len() + 1;
            for (path, text) in self.under(f.slug, '.').filter(|(p, _)| !p.contains('/')) {
                nest(&mut place, path.get(skip..).unwrap_or(path), text_of(text));
                left.remove(path);
            }
            if !place.is_empty() {
                put(out, f.slug, Tree::Group(place));
            }
            return;
        }
        let parts = f.parts.iter().map(|p| format!("{}.{}", f.slug, p.slug));
        for path in std::iter::once(f.slug.to_string()).chain(parts) {
            if let Some(text) = left.remove(&path) {
                put(out, &path, value(f.kind, &text));
            }
        }
    }

    fn write_rows(&self, group: &str, columns: &'static [Field]) -> Tree<'static> {
        let mut list = Vec::new();
        for row in self.rows(group) {
            let prefix = format!("{group}/{row}");
            let mut members = Members::new();
            if group == "family" && self.text(&format!("{prefix}/id")).is_empty() {
                put(&mut members, "id", text_of(row));
            }
            for column in columns {
                self.write_member(&prefix, column, &mut members);
            }
            self.write_others(&prefix, columns, &mut members);
            let dead = group == "family" && self.text(&format!("{prefix}/death.answer")) == "có";
            if dead && member(&members, "death").is_none() {
                put(&mut members, "death", Tree::Group(Members::new()));
            }
            match member(&members, "_") {
                Some(text) if members.len() == 1 => list.push(text.clone()),
                _ => list.push(Tree::Group(members)),
            }
        }
        Tree::Rows(list)
    }

    fn write_member(&self, prefix: &str, column: &'static Field, members: &mut Members<'static>) {
        let path = format!("{prefix}/{}", column.slug);
        if column.kind == Kind::Object {
            for member in column.columns {
                self.write_member(prefix, member, members);
            }
        } else if column.kind.has_rows() {
            if !self.rows(&path).is_empty() {
                put(members, column.slug, self.write_rows(&path, column.columns));
            }
        } else if column.slug != "death.answer" {
            let text = self.text(&path);
            if !text.is_empty() {
                nest(members, column.slug, value(column.kind, text));
            }
        }
    }

    /// Members of a row that no column names: parts of places and of yes/no questions, and what a newer edition added.
    fn write_others(&self, prefix: &str, columns: &'static [Field], members: &mut Members<'static>) {
        let known = |slug: &str| {
            columns
                .iter()
                .any(|c| c.slug == slug || c.columns.iter().any(|m| m.slug == slug))
        };
        let skip = prefix.len() + 1;
        for (path, text) in self.under(prefix, '/') {
            let rest = path.get(skip..).unwrap_or(path);
            if rest == "#" || rest == "death.answer" {
                continue;
            }
            match rest.split_once('/') {
                None if known(rest) => {}
                None => nest(members, rest, text_of(text)),
                Some((group, _)) if member(members, group).is_none() => {
                    put(members, group, self.write_rows(&format!("{prefix}/{group}"), &[]));
                }
                Some(_) => {}
            }
        }
    }
}

/// A text as the file holds it: dates in their stored form, integers as numbers.
fn value(kind: Kind, text: &str) -> Tree<'static> {
    if kind.is_date()
        && let Some(iso) = date::read(text).and_then(date::Typed::iso)
    {
        return iso.into();
    }
    if kind == Kind::Number
        && let Ok(n) = text.trim().parse::<i64>()
    {
        return Tree::Number(n);
    }
    text_of(text)
}

/// A text of the record, for the file.
fn text_of(text: &str) -> Tree<'static> {
    text.to_string().into()
}

/// Puts a value at a dotted name, opening objects on the way; where a text stands in the way the dotted name itself is used.
fn nest(members: &mut Members<'static>, dotted: &str, value: Tree<'static>) {
    if let Some((head, rest)) = dotted.split_once('.') {
        if member(members, head).is_none() {
            put(members, head, Tree::Group(Members::new()));
        }
        if let Some((_, Tree::Group(inner))) = members.iter_mut().find(|(name, _)| name == head) {
            nest(inner, rest, value);
            return;
        }
    }
    put(members, dotted, value);
}
