//! The interchange file of a dossier (`ly-lich-dossier/1`): the record nested as a [`Tree`], in both directions.
//!
//! Objects flatten to dotted paths, arrays to rows; a person's `id` names the row, other rows become `r0001`, `r0002`, …. On the way out
//! readable dates of date fields become `YYYY-MM-DD`, unreadable ones stay as typed; slugs that the catalogue does not know are carried
//! along both ways. `death.answer` exists only in the record: in the file a person is dead when `death` is present.

use super::tree::{Members, Tree, member, put};
use super::{Fields, Record, order};
use crate::date::{self, Date};
use crate::form::{self, Field, Form, Kind};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// A dossier file as read.
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

fn fault<T>(path: &str, problem: &str) -> Result<T, DossierFault> {
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
        if file.members().is_none() {
            return fault("(gốc)", "cần một đối tượng JSON { … }");
        }
        match file.member("schema").map(Tree::text) {
            None | Some(Some("ly-lich-dossier/1")) => {}
            _ => return fault("schema", "cần “ly-lich-dossier/1”"),
        }
        let act_date = match file.member("act_date") {
            None | Some(Tree::Blank) => None,
            Some(value) => match value.text().and_then(Date::from_iso) {
                Some(date) => Some(date),
                None => return fault("act_date", "cần một ngày có thật dạng YYYY-MM-DD"),
            },
        };
        let Some(entries) = file.member("entries") else {
            return fault("entries", "chưa có phần này");
        };
        let text = |key: &str| file.member(key).and_then(Tree::text).unwrap_or_default().to_string();
        Ok(Dossier {
            id: text("id"),
            title: text("title"),
            act_date,
            settings: file.member("settings").cloned().unwrap_or_default(),
            record: Record::from_entries(entries)?,
        })
    }

    /// Reads the `entries` of a dossier file or the `input` of a test vector.
    ///
    /// # Errors
    /// As [`Record::from_dossier`].
    pub fn from_entries(entries: &Tree<'_>) -> Result<Record, DossierFault> {
        let Some(entries) = entries.members() else {
            return fault("entries", "cần một đối tượng { … }");
        };
        let mut reader = Reader {
            path: String::new(),
            fields: Vec::with_capacity(1024),
        };
        let top = At {
            above: None,
            step: Step::Key("entries"),
        };
        for (key, value) in in_order(entries) {
            check_key(key, &top)?;
            let at = At {
                above: Some(&top),
                step: Step::Key(key),
            };
            check_shape(key, value, &at)?;
            reader.path.clear();
            reader.path.push_str(key);
            reader.value(value, &at)?;
        }
        Ok(Record::from_fields(reader.fields.into_iter().collect()))
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

/// Where in a file the reader is; only written out when something is wrong there.
struct At<'a> {
    above: Option<&'a At<'a>>,
    step: Step<'a>,
}

enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

impl At<'_> {
    fn path(&self) -> String {
        let mut out = self.above.map(At::path).unwrap_or_default();
        match self.step {
            Step::Key(key) if out.is_empty() => out.push_str(key),
            Step::Key(key) => {
                out.push('.');
                out.push_str(key);
            }
            Step::Index(at) => out.push_str(&format!("[{at}]")),
        }
        out
    }
}

/// Flattens a file into record paths; `path` is the one being read.
struct Reader {
    path: String,
    fields: Vec<(String, String)>,
}

impl Reader {
    fn value(&mut self, value: &Tree<'_>, at: &At<'_>) -> Result<(), DossierFault> {
        match value {
            Tree::Blank => {}
            Tree::Text(text) => self.text(text),
            Tree::Number(n) => self.text(&n.to_string()),
            Tree::Flag(yes) => self.text(if *yes { "có" } else { "không" }),
            Tree::Group(members) => {
                for (key, value) in in_order(members) {
                    check_key(key, at)?;
                    self.under('.', key, |r| {
                        r.value(
                            value,
                            &At {
                                above: Some(at),
                                step: Step::Key(key),
                            },
                        )
                    })?;
                }
            }
            Tree::Rows(rows) => self.rows(rows, at)?,
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if !text.is_empty() {
            self.fields.push((self.path.clone(), text.to_string()));
        }
    }

    /// Reads something below the present path.
    fn under<T>(&mut self, separator: char, name: &str, read: impl FnOnce(&mut Reader) -> T) -> T {
        let keep = self.path.len();
        self.path.push(separator);
        self.path.push_str(name);
        let done = read(self);
        self.path.truncate(keep);
        done
    }

    fn rows(&mut self, rows: &[Tree<'_>], at: &At<'_>) -> Result<(), DossierFault> {
        let family = self.path == "family";
        let mut used: BTreeSet<String> = BTreeSet::new();
        let mut key = String::new();
        for (index, value) in rows.iter().enumerate() {
            let at = At {
                above: Some(at),
                step: Step::Index(index),
            };
            let own = value.member("id").and_then(Tree::text).filter(|_| family);
            let id = own.filter(|id| is_row_name(id) && !used.contains(*id));
            let row = id.map_or_else(|| free_name(&used, index), str::to_string);
            if family {
                used.insert(row.clone());
            }
            if *value == Tree::Blank {
                continue;
            }
            key = order::between(&key, None);
            self.under('/', &row, |r| {
                r.under('/', "#", |r| r.text(&key));
                r.row(value, id.is_some(), family, &at)
            })?;
        }
        Ok(())
    }

    fn row(&mut self, value: &Tree<'_>, named: bool, family: bool, at: &At<'_>) -> Result<(), DossierFault> {
        let members = match value {
            Tree::Group(members) => members,
            Tree::Rows(_) => return fault(&at.path(), "không thể là danh sách trong danh sách"),
            scalar => return self.under('/', "_", |r| r.value(scalar, at)),
        };
        for (name, value) in in_order(members) {
            check_key(name, at)?;
            if name != "id" || !named {
                self.under('/', name, |r| {
                    r.value(
                        value,
                        &At {
                            above: Some(at),
                            step: Step::Key(name),
                        },
                    )
                })?;
            }
        }
        if family && member(members, "death").is_some_and(|death| !death.is_blank()) {
            self.under('/', "death.answer", |r| r.text("có"));
        }
        Ok(())
    }
}

/// Named values in the order of their names, equal ones as they stand: so the answers come nearly in the order of their paths, and putting
/// them there costs little.
fn in_order<'m, 'a>(members: &'m [(Cow<'a, str>, Tree<'a>)]) -> Vec<&'m (Cow<'a, str>, Tree<'a>)> {
    let mut ordered: Vec<_> = members.iter().collect();
    ordered.sort_by(|(a, _), (b, _)| a.cmp(b));
    ordered
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

fn check_key(key: &str, at: &At<'_>) -> Result<(), DossierFault> {
    if key.is_empty() || key == "#" || key.contains('/') {
        return fault(&at.path(), "có tên trường trống hoặc chứa dấu “/”, “#”");
    }
    Ok(())
}

/// A known slug must have the shape that its kind prescribes.
fn check_shape(key: &str, value: &Tree<'_>, at: &At<'_>) -> Result<(), DossierFault> {
    if value.is_blank() {
        return Ok(());
    }
    let Some((field, part)) = known(key) else { return Ok(()) };
    let has_parts = matches!(
        field.kind,
        Kind::Place | Kind::PlaceWithOldName | Kind::PartyPlace | Kind::YesNoDetail
    ) && part.is_none();
    let (ok, problem) = if field.kind.has_rows() {
        (value.rows().is_some(), "cần một danh sách [ … ]")
    } else if has_parts {
        (
            value.members().is_some(),
            "cần một đối tượng { … } có các phần của nơi chốn hoặc câu trả lời",
        )
    } else {
        (
            value.members().is_none() && value.rows().is_none(),
            "cần một dòng chữ, không phải danh sách hay đối tượng",
        )
    };
    if ok { Ok(()) } else { fault(&at.path(), problem) }
}

/// The field of the catalogue with this slug, or with this part. A file of many dossiers asks for each of them in every line: most are found
/// in a list of the slugs.
fn known(key: &str) -> Option<(&'static Field, Option<&'static Field>)> {
    static SLUGS: OnceLock<BTreeMap<&str, &Field>> = OnceLock::new();
    let slugs = SLUGS.get_or_init(|| form::fields(form::lylich()).map(|f| (f.slug, f)).collect());
    let field = slugs.get(key).map(|field| (*field, None));
    field.or_else(|| form::field_and_part(form::lylich(), key))
}

fn is_row_name(id: &str) -> bool {
    (1..=32).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_') && id != "_"
}

fn free_name(used: &BTreeSet<String>, at: usize) -> String {
    let mut n = at + 1;
    loop {
        let name = format!("r{n:04}");
        if !used.contains(&name) {
            return name;
        }
        n += 1;
    }
}
