//! Reads the answers of a file in one pass, whatever the format: the command line brings JSON, the vectors a [`Tree`](crate::record::Tree).
//!
//! Objects flatten to dotted paths, arrays to rows; a person's `id` names the row, other rows become `r0001`, `r0002`, …. `death.answer` exists only in
//! the record: in the file a person is dead when `death` is present. What is wrong with the shape does not stop the reading, so that a file that is
//! no JSON at all is told so first; the first such fault stands beside the answers.

use super::super::{DossierFault, order};
use super::{Answer, Row, Sheet};
use crate::form::{self, Field, Kind};
use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;

impl<'t> Sheet<'t> {
    /// Reads the entries of a file, and what is wrong with their shape.
    pub(in crate::record) fn read<D: Deserializer<'t>>(from: D) -> Result<(Sheet<'t>, Option<DossierFault>), D::Error> {
        let mut reader = Reader {
            sheet: Sheet {
                paths: String::with_capacity(1 << 14),
                flat: Vec::with_capacity(160),
                cells: Vec::with_capacity(1024),
                rows: Vec::with_capacity(96),
            },
            path: String::new(),
            start: 0,
            row: None,
            groups: Vec::new(),
            sorting: Sorting::default(),
            fault: None,
        };
        let top = At {
            above: None,
            step: Step::Key("entries"),
        };
        Value::of(&mut reader, &top, Shape::Entries).deserialize(from)?;
        let Reader {
            mut sheet,
            fault,
            mut sorting,
            ..
        } = reader;
        sorting.sort(&sheet.paths, &mut sheet.flat, 0);
        Ok((sheet, fault))
    }
}

/// Puts answers in the order of their paths. Most paths differ in their first sixteen bytes, which are compared as one number.
#[derive(Default)]
struct Sorting<'t> {
    /// First bytes of a path, number of the answer.
    keys: Vec<(u128, usize)>,
    held: Vec<Answer<'t>>,
}

impl<'t> Sorting<'t> {
    /// Sorts the answers from a place on; of those with the same path the later one stays.
    fn sort(&mut self, paths: &str, answers: &mut Vec<Answer<'t>>, from: usize) {
        self.held.extend(answers.drain(from..));
        let path = |at: usize| {
            self.held
                .get(at)
                .and_then(|own| paths.get(own.path.clone()))
                .unwrap_or("")
        };
        self.keys
            .extend((0..self.held.len()).map(|at| (beginning(path(at)), at)));
        let compare = |a: &(u128, usize), b: &(u128, usize)| a.0.cmp(&b.0).then_with(|| path(a.1).cmp(path(b.1)));
        self.keys.sort_by(compare);
        // the later one stands behind: it takes the place of the one before
        self.keys.dedup_by(|later, earlier| {
            let same = compare(later, earlier).is_eq();
            if same {
                *earlier = *later;
            }
            same
        });
        let sorted = self.keys.drain(..);
        answers.extend(sorted.filter_map(|(_, at)| self.held.get_mut(at).map(std::mem::take)));
        self.held.clear();
    }
}

/// The first sixteen bytes as a number of the same order.
fn beginning(path: &str) -> u128 {
    let mut first = [0; 16];
    for (to, from) in first.iter_mut().zip(path.bytes()) {
        *to = from;
    }
    u128::from_be_bytes(first)
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

impl<'a> At<'a> {
    fn below(&'a self, step: Step<'a>) -> At<'a> {
        let above = Some(self);
        At { above, step }
    }

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

struct Reader<'t> {
    sheet: Sheet<'t>,
    /// Where the reader stands.
    path: String,
    /// Where the path of the row begins in it; 0 outside rows.
    start: usize,
    /// The person that is being read, or another row.
    row: Option<Person<'t>>,
    /// Groups that were read.
    groups: Vec<Range<usize>>,
    sorting: Sorting<'t>,
    /// The first thing that is wrong.
    fault: Option<DossierFault>,
}

/// What a row says about the person, if it is one.
#[derive(Default)]
struct Person<'t> {
    is_person: bool,
    id: Cow<'t, str>,
    is_dead: bool,
}

impl<'t> Reader<'t> {
    fn fail(&mut self, at: &At<'_>, problem: &str) {
        self.fault.get_or_insert_with(|| DossierFault {
            path: at.path(),
            problem: problem.to_string(),
        });
    }

    fn store(&mut self, text: &str) -> Range<usize> {
        let from = self.sheet.paths.len();
        self.sheet.paths.push_str(text);
        from..self.sheet.paths.len()
    }

    /// A text at the present path.
    fn text(&mut self, text: Cow<'t, str>) {
        if text.is_empty() {
            return;
        }
        let from = self.sheet.paths.len();
        self.sheet.paths.push_str(self.path.get(self.start..).unwrap_or(""));
        let path = from..self.sheet.paths.len();
        let list = if self.row.is_some() {
            &mut self.sheet.cells
        } else {
            &mut self.sheet.flat
        };
        list.push(Answer { path, text });
    }

    /// A text of a row that is not nested in another.
    fn cell(&mut self, name: &str, text: Cow<'t, str>) {
        let path = self.store(name);
        self.sheet.cells.push(Answer { path, text });
    }

    /// Goes below the present path; says where it has to be cut back to.
    fn go(&mut self, separator: char, name: &str) -> usize {
        let keep = self.path.len();
        if keep > self.start && !self.path.ends_with('/') {
            self.path.push(separator);
        }
        self.path.push_str(name);
        keep
    }

    /// Begins a group of rows outside others. Of two with one name the later one counts.
    fn group(&mut self) -> Range<usize> {
        let group = self.path.clone();
        let paths = &self.sheet.paths;
        let same = |at: &Range<usize>| paths.get(at.clone()) == Some(group.as_str());
        if self.groups.iter().any(same) {
            self.sheet.rows.retain(|row| !same(&row.group));
        }
        let at = self.store(&group);
        self.groups.push(at.clone());
        at
    }
}

/// What a value has to be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Any,
    /// The whole of the entries.
    Entries,
    /// Rows.
    Rows,
    /// The parts of a place, or an answer with its details.
    Parts,
    /// A text.
    Line,
}

impl Shape {
    fn asks(self) -> &'static str {
        match self {
            Shape::Any => "",
            Shape::Entries => "cần một đối tượng { … }",
            Shape::Rows => "cần một danh sách [ … ]",
            Shape::Parts => "cần một đối tượng { … } có các phần của nơi chốn hoặc câu trả lời",
            Shape::Line => "cần một dòng chữ, không phải danh sách hay đối tượng",
        }
    }

    /// What the catalogue prescribes for a slug, or for a part of one. A file of many dossiers asks it for each of them in every line.
    fn of(key: &str) -> Shape {
        static SHAPES: OnceLock<HashMap<String, Shape>> = OnceLock::new();
        let read = || {
            let mut shapes = HashMap::new();
            for field in form::fields(form::lylich()) {
                let members = field.columns.iter().filter(|_| field.kind == Kind::Object);
                shapes.extend(members.map(|member| (member.slug.to_string(), Shape::of_kind(member.kind))));
                let part = |part: &Field| (format!("{}.{}", field.slug, part.slug), Shape::Line);
                shapes.extend(field.parts.iter().map(part));
            }
            shapes
                .extend(form::fields(form::lylich()).map(|field| (field.slug.to_string(), Shape::of_kind(field.kind))));
            shapes
        };
        SHAPES.get_or_init(read).get(key).copied().unwrap_or(Shape::Any)
    }

    fn of_kind(kind: Kind) -> Shape {
        match kind {
            kind if kind.has_rows() => Shape::Rows,
            Kind::Place | Kind::PlaceWithOldName | Kind::PartyPlace | Kind::YesNoDetail => Shape::Parts,
            _ => Shape::Line,
        }
    }
}

/// A value of the file.
struct Value<'r, 'a, 't> {
    reader: &'r mut Reader<'t>,
    at: &'a At<'a>,
    stands: Stands<'r>,
}

/// Where a value stands.
enum Stands<'r> {
    /// Under a name.
    Named(Shape),
    /// In a list, at this place.
    Listed(&'r mut Rows, usize),
}

/// The rows of one list.
struct Rows {
    /// The group, when the list stands outside other rows.
    group: Option<Range<usize>>,
    is_family: bool,
    /// Names that are taken; only persons have names of their own.
    used: HashSet<String>,
    /// How many there are, and the order key of the last one.
    made: usize,
    order: Cow<'static, str>,
}

/// What was read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    Nothing,
    Text,
    More,
}

impl<'r, 'a, 't> Value<'r, 'a, 't> {
    fn of(reader: &'r mut Reader<'t>, at: &'a At<'a>, shape: Shape) -> Self {
        let stands = Stands::Named(shape);
        Value { reader, at, stands }
    }

    fn shape(&self) -> Shape {
        match self.stands {
            Stands::Named(shape) => shape,
            Stands::Listed(..) => Shape::Any,
        }
    }

    /// Takes note of a value that is none of these shapes.
    fn has_to_be(&mut self, shapes: &[Shape]) {
        let shape = self.shape();
        if shape != Shape::Any && !shapes.contains(&shape) {
            self.reader.fail(self.at, shape.asks());
        }
    }

    fn scalar(mut self, text: Cow<'t, str>, said: Said) -> Said {
        let said = if text.is_empty() { Said::Nothing } else { said };
        if said != Said::Nothing || self.shape() == Shape::Entries {
            self.has_to_be(&[Shape::Line]);
        }
        match self.stands {
            Stands::Named(_) => self.reader.text(text),
            Stands::Listed(rows, index) => {
                let begun = self.reader.begin(rows, index);
                let keep = self.reader.go('/', "_");
                self.reader.text(text);
                self.reader.path.truncate(keep);
                self.reader.end(rows, index, begun);
            }
        }
        said
    }
}

/// What a row began with: where its path is to be cut back to, the number of its first cell.
struct Begun {
    cut: usize,
    from: usize,
}

impl<'t> Reader<'t> {
    /// Begins a row.
    fn begin(&mut self, rows: &mut Rows, index: usize) -> Begun {
        rows.order = order::behind(&rows.order, rows.made);
        rows.made += 1;
        let begun = Begun {
            cut: self.path.len(),
            from: self.sheet.cells.len(),
        };
        if rows.group.is_some() {
            self.start = begun.cut;
            self.row = Some(Person {
                is_person: rows.is_family,
                ..Person::default()
            });
        } else {
            // a row inside a row: its answers are cells of the outer one
            self.path.push('/');
            push_name(&mut self.path, index + 1);
            self.path.push('/');
            let cut = self.path.len();
            self.path.push('#');
            self.text(rows.order.clone());
            self.path.truncate(cut);
        }
        begun
    }

    /// Ends a row: it gets its name, its cells their order.
    fn end(&mut self, rows: &mut Rows, index: usize, begun: Begun) {
        self.path.truncate(begun.cut);
        let Some(group) = &rows.group else { return };
        self.start = 0;
        let person = self.row.take().unwrap_or_default();
        if person.is_dead {
            self.cell("death.answer", Cow::Borrowed("có"));
        }
        let mut own = String::new();
        if is_row_name(&person.id) && !rows.used.contains(&*person.id) {
            own = person.id.into_owned();
        } else {
            for number in index + 1.. {
                own.clear();
                push_name(&mut own, number);
                if !rows.used.contains(&own) {
                    break;
                }
            }
            if !person.id.is_empty() {
                self.cell("id", person.id);
            }
        }
        let name = self.store(&own);
        if rows.is_family {
            rows.used.insert(own);
        }
        self.sorting.sort(&self.sheet.paths, &mut self.sheet.cells, begun.from);
        let cells = begun.from..self.sheet.cells.len();
        let (group, order) = (group.clone(), rows.order.clone());
        self.sheet.rows.push(Row {
            group,
            name,
            order,
            cells,
        });
    }

    /// Reads named values. Those of the entries have a shape; those of a person may say who it is and whether the person is dead.
    fn members<A: MapAccess<'t>>(&mut self, mut from: A, at: &At<'_>, of: Shape) -> Result<(), A::Error> {
        let is_person = self.path.len() == self.start && self.row.as_ref().is_some_and(|row| row.is_person);
        while let Some(Name(key)) = from.next_key()? {
            if key.is_empty() || key == "#" || key.bytes().any(|b| b == b'/') {
                self.fail(at, "có tên trường trống hoặc chứa dấu “/”, “#”");
            }
            let keep = self.go('.', &key);
            let at = at.below(Step::Key(&key));
            let shape = if of == Shape::Entries {
                Shape::of(&key)
            } else {
                Shape::Any
            };
            let said = from.next_value_seed(Value::of(self, &at, shape))?;
            self.path.truncate(keep);
            if let Some(person) = self.row.as_mut().filter(|_| is_person) {
                match &*key {
                    "id" if said == Said::Text => {
                        person.id = self.sheet.cells.pop().map(|id| id.text).unwrap_or_default()
                    }
                    "death" => person.is_dead = said != Said::Nothing,
                    _ => {}
                }
            }
        }
        Ok(())
    }
}

impl<'t> DeserializeSeed<'t> for Value<'_, '_, 't> {
    type Value = Said;

    fn deserialize<D: Deserializer<'t>>(self, from: D) -> Result<Said, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'t> Visitor<'t> for Value<'_, '_, 't> {
    type Value = Said;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of a dossier file")
    }

    fn visit_unit<E>(mut self) -> Result<Said, E> {
        if self.shape() == Shape::Entries {
            self.has_to_be(&[]);
        }
        Ok(Said::Nothing)
    }

    fn visit_bool<E>(self, yes: bool) -> Result<Said, E> {
        Ok(self.scalar(if yes { "có" } else { "không" }.into(), Said::More))
    }

    fn visit_i64<E>(self, n: i64) -> Result<Said, E> {
        Ok(self.scalar(n.to_string().into(), Said::More))
    }

    fn visit_u64<E>(self, n: u64) -> Result<Said, E> {
        Ok(self.scalar(n.to_string().into(), Said::More))
    }

    fn visit_f64<E>(self, n: f64) -> Result<Said, E> {
        Ok(self.scalar(format!("{n:?}").into(), Said::More))
    }

    fn visit_borrowed_str<E>(self, text: &'t str) -> Result<Said, E> {
        Ok(self.scalar(text.into(), Said::Text))
    }

    fn visit_str<E>(self, text: &str) -> Result<Said, E> {
        Ok(self.scalar(text.to_string().into(), Said::Text))
    }

    fn visit_map<A: MapAccess<'t>>(mut self, from: A) -> Result<Said, A::Error> {
        self.has_to_be(&[Shape::Parts, Shape::Entries]);
        let shape = self.shape();
        match self.stands {
            Stands::Named(_) => self.reader.members(from, self.at, shape)?,
            Stands::Listed(rows, index) => {
                let begun = self.reader.begin(rows, index);
                self.reader.members(from, self.at, shape)?;
                self.reader.end(rows, index, begun);
            }
        }
        Ok(Said::More)
    }

    fn visit_seq<A: SeqAccess<'t>>(mut self, mut from: A) -> Result<Said, A::Error> {
        self.has_to_be(&[Shape::Rows]);
        if let Stands::Listed(..) = self.stands {
            self.reader.fail(self.at, "không thể là danh sách trong danh sách");
        }
        let outside = self.reader.row.is_none();
        let mut rows = Rows {
            group: outside.then(|| self.reader.group()),
            is_family: outside && self.reader.path == "family",
            used: HashSet::new(),
            made: 0,
            order: Cow::Borrowed(""),
        };
        for index in 0.. {
            let at = self.at.below(Step::Index(index));
            let element = Value {
                reader: &mut *self.reader,
                at: &at,
                stands: Stands::Listed(&mut rows, index),
            };
            if from.next_element_seed(element)?.is_none() {
                break;
            }
        }
        Ok(Said::More)
    }
}

/// A name in an object, borrowed where it can be.
pub(in crate::record) struct Name<'t>(pub Cow<'t, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Reads;
        impl<'de> Visitor<'de> for Reads {
            type Value = Name<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Name<'de>, E> {
                Ok(Name(text.into()))
            }

            fn visit_str<E>(self, text: &str) -> Result<Name<'de>, E> {
                Ok(Name(text.to_string().into()))
            }
        }
        from.deserialize_str(Reads)
    }
}

/// The name of a row that brings none: `r0001`.
fn push_name(out: &mut String, number: usize) {
    out.push('r');
    for unit in [1000, 100, 10] {
        if number < unit {
            out.push('0');
        }
    }
    out.push_str(&number.to_string());
}

fn is_row_name(id: &str) -> bool {
    (1..=32).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_') && id != "_"
}
