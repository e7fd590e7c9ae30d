//! What changed between two hand-ins, in the order and the words of the form; and which rules differ between two versions of them.
//!
//! Rows are matched by their names, which are never reused, so that a row that only moved is not shown as taken away and added. Invariant: every answer that
//! differs is shown once, also one that the form does not know; spellings that differ only in how a letter is composed do not differ.

mod versions;

pub use versions::{Differ, rules_between};

use rules::form::{self, Field, Form, Kind};
use rules::sorted::sort;
use rules::text::nfc;
use rules::{Record, law};
use std::collections::BTreeSet;

/// What happened to an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// It was blank before, or the row is new.
    Added,
    /// It says something else.
    Changed,
    /// It is blank now, or the row is gone.
    Taken,
    /// The same rows stand in another order.
    Moved,
}

impl What {
    /// For people.
    pub fn label(self) -> &'static str {
        match self {
            What::Added => "thêm",
            What::Changed => "sửa",
            What::Taken => "bỏ",
            What::Moved => "đổi thứ tự",
        }
    }
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Record path: an answer, a row, or a group whose order changed.
    pub path: String,
    /// Number of the item on paper; empty for questions that are not printed.
    pub item: &'static str,
    /// What it is called, from the field down to the column: `Lịch sử bản thân › 9-2015 – 8-2020 › Nơi`.
    pub label: String,
    /// What happened.
    pub what: What,
    /// What it said, as people read it; of a row, its answers.
    pub before: String,
    /// What it says.
    pub after: String,
    /// Whether the screen hides it until it is tapped.
    pub masked: bool,
}

/// The differences, in the order of the form.
pub fn hand_ins(form: &'static Form, before: &Record, after: &Record) -> Vec<Change> {
    let mut walk = Walk {
        before,
        after,
        changes: Vec::new(),
        seen: BTreeSet::new(),
        item: "",
        masked: false,
    };
    for item in form.sections.iter().flat_map(|section| section.items) {
        walk.item = item.number;
        for field in item.fields {
            walk.masked = field.masked;
            walk.field(field, "", &[]);
        }
    }
    walk.item = "";
    walk.unknown();
    walk.changes
}

struct Walk<'r> {
    before: &'r Record,
    after: &'r Record,
    changes: Vec<Change>,
    /// Paths that were looked at.
    seen: BTreeSet<String>,
    item: &'static str,
    masked: bool,
}

impl Walk<'_> {
    /// A field at a prefix (`family/f01/`), named by what stands above it.
    fn field(&mut self, field: &'static Field, prefix: &str, above: &[String]) {
        let slug = format!("{prefix}{}", field.slug);
        let named = |own: &str| [above, &[own.to_string()]].concat();
        match field.kind {
            Kind::Object => field
                .columns
                .iter()
                .for_each(|member| self.field(member, prefix, above)),
            kind if kind.has_rows() => self.rows(field, &slug, &named(field.label)),
            _ => {
                self.answer(&slug, Some(field), &named(field.label));
                for part in field.parts {
                    let label = [named(field.label), vec![part.label.to_string()]].concat();
                    self.answer(&format!("{slug}.{}", part.slug), Some(part), &label);
                }
            }
        }
    }

    fn rows(&mut self, field: &'static Field, group: &str, above: &[String]) {
        let (old, new) = (self.before.rows(group), self.after.rows(group));
        let (old, new): (Vec<String>, Vec<String>) = (owned(&old), owned(&new));
        for (at, row) in new.iter().enumerate() {
            let prefix = format!("{group}/{row}/");
            if !old.contains(row) {
                self.row(field, &prefix, above, What::Added);
                continue;
            }
            let name = title(field, self.after, &prefix).unwrap_or_else(|| format!("hàng {}", at + 1));
            let named = [above, &[name]].concat();
            if field.columns.is_empty() {
                self.answer(&format!("{prefix}_"), None, above);
            }
            field
                .columns
                .iter()
                .for_each(|column| self.field(column, &prefix, &named));
            self.rest(&prefix, &named);
        }
        for row in old.iter().filter(|row| !new.contains(row)) {
            self.row(field, &format!("{group}/{row}/"), above, What::Taken);
        }
        let (kept, stay): (Vec<&String>, Vec<&String>) = (
            old.iter().filter(|row| new.contains(row)).collect(),
            new.iter().filter(|row| old.contains(row)).collect(),
        );
        if kept != stay {
            self.put(group, above, What::Moved, String::new(), String::new());
        }
    }

    /// A whole row that came or went.
    fn row(&mut self, field: &'static Field, prefix: &str, above: &[String], what: What) {
        let record = if what == What::Added { self.after } else { self.before };
        let cells: Vec<(String, String)> = record
            .fields()
            .range(prefix.to_string()..)
            .take_while(|(path, _)| path.starts_with(prefix))
            .map(|(path, text)| (path.clone(), text.clone()))
            .collect();
        let mut said = Vec::new();
        for (path, text) in &cells {
            self.seen.insert(path.clone());
            if !path.ends_with("/#") {
                let rest = path.get(prefix.len()..).unwrap_or("");
                let column = column_of(field, rest);
                let label = column.map_or("", |column| column.label);
                let shown = shown(column, text);
                said.push((
                    place_of(field, rest),
                    if label.is_empty() {
                        shown
                    } else {
                        format!("{label}: {shown}")
                    },
                ));
            }
        }
        sort(&mut said, |(a, _), (b, _)| a < b);
        let said = said.into_iter().map(|(_, said)| said).collect::<Vec<_>>().join("; ");
        // a row in which nothing is written yet is no news
        if said.is_empty() {
            return;
        }
        let name = title(field, record, prefix).into_iter().collect::<Vec<_>>();
        let named = [above, &name].concat();
        let path = prefix.trim_end_matches('/');
        match what {
            What::Added => self.put(path, &named, what, String::new(), said),
            _ => self.put(path, &named, what, said, String::new()),
        }
    }

    /// Answers of a row that no column owns.
    fn rest(&mut self, prefix: &str, above: &[String]) {
        let of = |record: &Record| -> Vec<String> {
            let cells = record.fields().range(prefix.to_string()..).map(|(path, _)| path);
            cells.take_while(|path| path.starts_with(prefix)).cloned().collect()
        };
        let mut both = BTreeSet::new();
        both.extend(of(self.before).into_iter().chain(of(self.after)));
        for path in both {
            let rest = path.get(prefix.len()..).unwrap_or("").to_string();
            self.answer(&path, None, &[above, &[rest]].concat());
        }
    }

    /// What the form does not know, and the answers of the former edition.
    fn unknown(&mut self) {
        let mut both = BTreeSet::new();
        both.extend(self.before.fields().keys().chain(self.after.fields().keys()).cloned());
        for path in both {
            let former = form::field_and_part(form::lylich_2022(), &path);
            self.masked = former.is_some_and(|(field, _)| field.masked);
            let label = former.map_or(path.as_str(), |(field, part)| {
                part.map_or(field.label, |part| part.label)
            });
            self.answer(
                &path,
                former.map(|(field, part)| part.unwrap_or(field)),
                &[label.to_string()],
            );
        }
    }

    fn answer(&mut self, path: &str, field: Option<&Field>, label: &[String]) {
        if path.ends_with("/#") || !self.seen.insert(path.to_string()) {
            return;
        }
        let (before, after) = (self.before.text(path), self.after.text(path));
        if nfc(before) != nfc(after) {
            let what = match (before, after) {
                ("", _) => What::Added,
                (_, "") => What::Taken,
                _ => What::Changed,
            };
            self.put(path, label, what, shown(field, before), shown(field, after));
        }
    }

    fn put(&mut self, path: &str, label: &[String], what: What, before: String, after: String) {
        self.changes.push(Change {
            path: path.to_string(),
            item: self.item,
            label: label.join(" › "),
            what,
            before,
            after,
            masked: self.masked,
        });
    }
}

fn owned(rows: &[&str]) -> Vec<String> {
    rows.iter().map(|row| (*row).to_string()).collect()
}

/// An answer as people read it: choices by their labels.
fn shown(field: Option<&Field>, text: &str) -> String {
    let choice = field.and_then(|field| field.choices.iter().find(|choice| choice.value == text));
    if let Some(choice) = choice {
        return choice.label.to_string();
    }
    let relation = form::relation(text).filter(|_| field.is_some_and(|field| field.slug == "relation"));
    relation.map_or(text, |relation| relation.label).to_string()
}

/// What a row is called: the relation and name of a relative, the time of a period, else the first answer of its columns.
fn title(field: &'static Field, record: &Record, prefix: &str) -> Option<String> {
    let cell = |column: &str| record.text(&format!("{prefix}{column}")).trim();
    let (from, to) = (cell("from"), cell("to"));
    let title = if field.kind == Kind::Persons {
        let relation = form::relation(cell("relation")).map_or("", |relation| relation.label);
        format!("{relation} {}", cell("name"))
    } else if !from.is_empty() || !to.is_empty() {
        format!("{from} – {to}")
    } else {
        let first = field
            .columns
            .iter()
            .map(|column| shown(Some(column), cell(column.slug)));
        first.into_iter().find(|text| !text.is_empty()).unwrap_or_default()
    };
    Some(title.trim().to_string()).filter(|title| !title.is_empty())
}

/// The column a path inside a row belongs to (`from`, `residence.commune`, `history/r1/from`).
fn column_of(field: &'static Field, rest: &str) -> Option<&'static Field> {
    let mut columns = field.columns;
    let mut found = None;
    for name in rest.split('/').step_by(2) {
        let own = columns.iter().find(|column| {
            name.strip_prefix(column.slug)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })?;
        columns = own.columns;
        let part = name.get(own.slug.len() + 1..).unwrap_or("");
        found = own.parts.iter().find(|own| own.slug == part).or(Some(own));
    }
    found
}

/// Where the column of a path stands among the columns.
fn place_of(field: &'static Field, rest: &str) -> usize {
    let name = rest.split('/').next().unwrap_or(rest);
    let own = |column: &Field| {
        name.strip_prefix(column.slug)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    field.columns.iter().position(own).unwrap_or(usize::MAX)
}

/// The instrument that prescribes the form two hand-ins are written on; a hint when the edition changed between them.
pub fn edition_changed(before: &Record, after: &Record) -> Option<(&'static str, &'static str)> {
    let (old, new) = (form::edition_of(before), form::edition_of(after));
    let number = |form: &Form| law::instrument(form.instrument).map_or("", |instrument| instrument.number());
    (old.id != new.id).then(|| (number(old), number(new)))
}

#[cfg(test)]
mod tests;
