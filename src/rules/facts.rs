//! The record laid out for the checks: one pass over it, then cheap look-ups by slug and by row.
//!
//! Borrowed from the record; nothing is copied. Typed reading (dates, persons, periods) is done once, here or when first needed. Not here: any judgement.

use crate::check::{Context, Gazetteer};
use crate::date::{self, Date, Typed};
use crate::form::{Group, Relation, relation};
use crate::record::{Place, Record};
use crate::settings::Settings;
use crate::sorted::sort;
use std::cell::OnceCell;

/// What the checks look at.
pub(crate) struct Facts<'a> {
    pub record: &'a Record,
    pub act: Date,
    pub settings: &'a Settings,
    pub places: Option<&'a dyn Gazetteer>,
    pub other_texts: &'a [&'a str],
    /// Paths without rows, sorted.
    pub flat: Vec<(&'a str, &'a str)>,
    /// Cells of rows: path inside the row, text; sorted within a row.
    cells: Vec<(&'a str, &'a str)>,
    spans: Vec<Span<'a>>,
    people: OnceCell<Vec<PersonFacts<'a>>>,
    periods: [OnceCell<Vec<PeriodFacts>>; 4],
    units: OnceCell<Units<'a>>,
}

/// The places of the record: where each stands, and each different one once.
pub(crate) struct Units<'a> {
    /// Where a place stands, and its number among the different ones.
    pub spots: Vec<(Spot<'a>, usize)>,
    /// The different places; hamlets and house numbers are left out.
    pub places: Vec<Place<'a>>,
}

/// Where a place stands.
#[derive(Clone, Copy)]
pub(crate) enum Spot<'a> {
    Slug(&'static str),
    Cell { row: &'a str, cell: &'static str },
}

impl Spot<'_> {
    /// Record path of the place.
    pub fn path(&self) -> String {
        match self {
            Spot::Slug(slug) => (*slug).to_string(),
            Spot::Cell { row, cell } => format!("family/{row}/{cell}"),
        }
    }
}

/// Slugs that hold a place.
const PLACES: [&str; 8] = [
    "birth_registration_place",
    "ancestral_home",
    "permanent_residence",
    "temporary_residence",
    "papers.birth_certificate.registration_place",
    "papers.birth_certificate.ancestral_home",
    "papers.application.ancestral_home",
    "papers.application.residence",
];

struct Span<'a> {
    group: &'a str,
    name: &'a str,
    order: &'a str,
    from: usize,
    to: usize,
}

/// A row of a group.
#[derive(Clone, Copy)]
pub(crate) struct Row<'f> {
    pub group: &'f str,
    pub name: &'f str,
    /// Place in the person's order, from 0.
    pub index: usize,
    /// Cells with their texts; of a row inside a row the names still have what leads to it, `skip` bytes long.
    pub cells: &'f [(&'f str, &'f str)],
    skip: usize,
}

/// A relative, read once.
struct PersonFacts<'a> {
    span: usize,
    name: &'a str,
    index: usize,
    relation: Option<&'static Relation>,
    born: Option<i32>,
    dead: bool,
}

/// A row of items 14, 15, 17 or 18, its dates read.
struct PeriodFacts {
    span: usize,
    index: usize,
    from: Option<Typed>,
    to: Option<Typed>,
    is_event: bool,
    kind: PeriodKind,
}

/// What a period was, as far as the checks tell it apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PeriodKind {
    Blank,
    Study,
    Work,
    Other(u8),
}

impl PeriodKind {
    fn read(text: &str) -> PeriodKind {
        match text {
            "" => PeriodKind::Blank,
            "study" => PeriodKind::Study,
            "work" => PeriodKind::Work,
            other => PeriodKind::Other(other.bytes().fold(0, u8::wrapping_add)),
        }
    }
}

/// A relative.
#[derive(Clone, Copy)]
pub(crate) struct Person<'f> {
    pub row: Row<'f>,
    pub relation: Option<&'static Relation>,
    pub born: Option<i32>,
    pub dead: bool,
    pub name: &'f str,
}

/// A row with its dates.
#[derive(Clone, Copy)]
pub(crate) struct Period<'f> {
    pub row: Row<'f>,
    pub from: Option<Typed>,
    pub to: Option<Typed>,
    pub is_event: bool,
    pub kind: PeriodKind,
}

/// The groups whose rows are periods, with the number of their item.
pub(crate) const PERIOD_GROUPS: [(&str, i32); 4] = [
    ("life_history", 14),
    ("work_history", 15),
    ("training", 17),
    ("foreign_trips", 18),
];

impl<'a> Facts<'a> {
    pub fn new(record: &'a Record, cx: &Context<'a>) -> Facts<'a> {
        let fields = record.fields();
        let mut flat = Vec::with_capacity(160);
        let mut cells = Vec::with_capacity(fields.len());
        let mut spans: Vec<Span<'a>> = Vec::with_capacity(96);
        // paths are sorted, so the cells of a row follow each other and share what leads to the row
        let mut lead = "";
        for (path, text) in fields {
            let text = trim(text);
            let cell = match path.strip_prefix(lead).filter(|_| !lead.is_empty()) {
                Some(cell) => cell,
                None => {
                    let Some((group, name, cell)) = split(path) else {
                        if !text.is_empty() && !path.contains('/') {
                            flat.push((path.as_str(), text));
                        }
                        continue;
                    };
                    lead = path.get(..path.len() - cell.len()).unwrap_or("");
                    let at = cells.len();
                    spans.push(Span {
                        group,
                        name,
                        order: "\u{10ffff}",
                        from: at,
                        to: at,
                    });
                    cell
                }
            };
            let Some(span) = spans.last_mut() else { continue };
            if cell == "#" {
                span.order = text;
            } else if !text.is_empty() {
                cells.push((cell, text));
                span.to = cells.len();
            }
        }
        sort(&mut spans, |a, b| {
            (a.group, a.order, a.name) < (b.group, b.order, b.name)
        });
        Facts {
            record,
            act: cx.act,
            settings: cx.settings,
            places: cx.places,
            other_texts: cx.other_texts,
            flat,
            cells,
            spans,
            people: OnceCell::new(),
            periods: Default::default(),
            units: OnceCell::new(),
        }
    }

    /// Text at a slug, without surrounding spaces; `""` when blank.
    pub fn text(&self, slug: &str) -> &'a str {
        match self.flat.binary_search_by(|(s, _)| (*s).cmp(slug)) {
            Ok(at) => self.flat.get(at).map_or("", |(_, t)| t),
            Err(_) => "",
        }
    }

    /// Whether the text at the slug is exactly this.
    pub fn is(&self, slug: &str, value: &str) -> bool {
        self.text(slug) == value
    }

    /// Whether nothing is written at the slug itself.
    pub fn blank(&self, slug: &str) -> bool {
        self.text(slug).is_empty()
    }

    /// The full date at a slug.
    pub fn date(&self, slug: &str) -> Option<Date> {
        date::read(self.text(slug))?.full()
    }

    /// The number at a slug.
    pub fn number(&self, slug: &str) -> Option<f64> {
        number(self.text(slug))
    }

    /// The place at a slug.
    pub fn place(&self, slug: &str) -> Place<'a> {
        place_in(&self.flat, slug)
    }

    fn span_range(&self, group: &str) -> std::ops::Range<usize> {
        let from = self.spans.partition_point(|s| s.group < group);
        let to = self.spans.partition_point(|s| s.group <= group);
        from..to
    }

    /// The rows of a group, in the person's order.
    pub fn rows<'f>(&'f self, group: &str) -> impl Iterator<Item = Row<'f>> + use<'f, 'a> {
        let range = self.span_range(group);
        let first = range.start;
        range.filter_map(move |at| self.row_at(at, at - first))
    }

    fn row_at(&self, at: usize, index: usize) -> Option<Row<'_>> {
        let span = self.spans.get(at)?;
        let cells = self.cells.get(span.from..span.to)?;
        Some(Row {
            group: span.group,
            name: span.name,
            index,
            cells,
            skip: 0,
        })
    }

    /// Every row of every group.
    pub fn all_rows(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.spans.len()).filter_map(|at| self.row_at(at, 0))
    }

    /// The places of the record.
    pub fn units(&self) -> &Units<'a> {
        self.units.get_or_init(|| {
            let mut units = Units {
                spots: Vec::with_capacity(96),
                places: Vec::new(),
            };
            let mut known: Vec<u64> = Vec::new();
            let mut add = |spot: Spot<'a>, place: Place<'a>| {
                if place.is_blank() {
                    return;
                }
                let place = Place { detail: "", ..place };
                let hash = crate::place::hash(&place);
                let at = known.iter().position(|k| *k == hash).unwrap_or(known.len());
                if at == known.len() {
                    known.push(hash);
                    units.places.push(place);
                }
                units.spots.push((spot, at));
            };
            for slug in PLACES {
                add(Spot::Slug(slug), self.place(slug));
            }
            for span in self.spans.get(self.span_range("family")).unwrap_or_default() {
                for cell in ["birth_place", "ancestral_home", "residence"] {
                    add(
                        Spot::Cell { row: span.name, cell },
                        place_in(self.cells.get(span.from..span.to).unwrap_or_default(), cell),
                    );
                }
            }
            units
        })
    }

    /// The relatives.
    pub fn people(&self) -> impl Iterator<Item = Person<'_>> {
        let read = self.people.get_or_init(|| {
            let range = self.span_range("family");
            let first = range.start;
            let read = |at: usize| {
                let row = self.row_at(at, at - first)?;
                let span = self.spans.get(at)?;
                let cells = self.cells.get(span.from..span.to)?;
                let name = cells
                    .binary_search_by(|(c, _)| (*c).cmp("name"))
                    .ok()
                    .and_then(|at| cells.get(at));
                Some(PersonFacts {
                    span: at,
                    name: name.map_or("", |(_, text)| text),
                    index: row.index,
                    relation: relation(row.text("relation")),
                    born: date::read(row.text("birth_year")).and_then(Typed::year),
                    dead: row.is("death.answer", "có")
                        || ["death.year", "death.cause", "death.place"]
                            .iter()
                            .any(|m| !row.blank(m)),
                })
            };
            range.filter_map(read).collect()
        });
        read.iter().filter_map(|p| {
            let row = self.row_at(p.span, p.index)?;
            Some(Person {
                row,
                relation: p.relation,
                born: p.born,
                dead: p.dead,
                name: p.name,
            })
        })
    }

    /// The first relative with this relation.
    pub fn relative(&self, slug: &str) -> Option<Person<'_>> {
        self.people().find(|p| p.is(slug))
    }

    /// The rows of a group of periods, their dates read.
    pub fn periods(&self, group: &str) -> impl Iterator<Item = Period<'_>> {
        let at = PERIOD_GROUPS.iter().position(|(g, _)| *g == group).unwrap_or(0);
        let empty: &[PeriodFacts] = &[];
        let read = self.periods.get(at).map_or(empty, |cell| {
            cell.get_or_init(|| {
                let range = self.span_range(group);
                let first = range.start;
                let read = |at: usize| {
                    let row = self.row_at(at, at - first)?;
                    Some(PeriodFacts {
                        span: at,
                        index: row.index,
                        from: date::read(row.text("from")),
                        to: date::read(row.text("to")),
                        is_event: row.is("kind", "event"),
                        kind: PeriodKind::read(row.text("kind")),
                    })
                };
                range.filter_map(read).collect()
            })
        });
        read.iter().filter_map(|p| {
            Some(Period {
                row: self.row_at(p.span, p.index)?,
                from: p.from,
                to: p.to,
                is_event: p.is_event,
                kind: p.kind,
            })
        })
    }
}

impl<'f> Row<'f> {
    /// Text of a cell, `""` when blank.
    pub fn text(&self, cell: &str) -> &'f str {
        // rows are short: comparing lengths one by one is quicker than a binary search over long common beginnings
        let wanted = self.skip + cell.len();
        let is = |c: &str| c.len() == wanted && c.as_bytes().get(self.skip..) == Some(cell.as_bytes());
        self.cells.iter().find(|(c, _)| is(c)).map_or("", |(_, t)| t)
    }

    /// Whether the cell holds exactly this.
    pub fn is(&self, cell: &str, value: &str) -> bool {
        self.text(cell) == value
    }

    /// Whether nothing is written in the cell itself.
    pub fn blank(&self, cell: &str) -> bool {
        self.text(cell).is_empty()
    }

    /// Whether nothing is written in the cell, its parts and its rows.
    pub fn nothing(&self, cell: &str) -> bool {
        let from = self.cells.partition_point(|(c, _)| *c < cell);
        self.cells
            .get(from..)
            .unwrap_or_default()
            .iter()
            .take_while(|(c, _)| c.starts_with(cell))
            .all(|(c, _)| !matches!(c.as_bytes().get(cell.len()), None | Some(b'.' | b'/')) || c.ends_with("/#"))
    }

    /// The full date in a cell.
    pub fn date(&self, cell: &str) -> Option<Date> {
        date::read(self.text(cell))?.full()
    }

    /// The number in a cell.
    #[cfg(feature = "procedure")]
    pub fn number(&self, cell: &str) -> Option<f64> {
        number(self.text(cell))
    }

    /// The place in a cell.
    pub fn place(&self, cell: &str) -> Place<'f> {
        place_in(self.cells, cell)
    }

    /// Rows inside this row (`history`), in the person's order. Their paths begin with this row's.
    pub fn rows(&self, group: &str) -> Vec<Row<'f>> {
        let mut found: Vec<(&'f str, Row<'f>)> = Vec::new();
        let mut at = self.cells.partition_point(|(c, _)| *c < group);
        while let Some((path, _)) = self.cells.get(at) {
            let Some(rest) = path.strip_prefix(group) else { break };
            let Some((name, _)) = rest.strip_prefix('/').and_then(|rest| rest.split_once('/')) else {
                at += 1;
                continue;
            };
            let skip = group.len() + name.len() + 2;
            let head = path.get(..skip).unwrap_or(path);
            let rest = self.cells.get(at..).unwrap_or_default();
            let many = rest.iter().take_while(|(c, _)| c.starts_with(head)).count();
            let cells = rest.get(..many).unwrap_or_default();
            let order = cells
                .first()
                .filter(|(c, _)| c.ends_with("/#"))
                .map_or("\u{10ffff}", |(_, text)| text);
            found.push((
                order,
                Row {
                    group: self.group,
                    name,
                    index: 0,
                    cells,
                    skip,
                },
            ));
            at += many;
        }
        sort(&mut found, |a, b| (a.0, a.1.name) < (b.0, b.1.name));
        found
            .into_iter()
            .enumerate()
            .map(|(index, (_, row))| Row { index, ..row })
            .collect()
    }

    /// Record path of a cell.
    pub fn path(&self, cell: &str) -> String {
        if cell.is_empty() {
            format!("{}/{}", self.group, self.name)
        } else {
            format!("{}/{}/{cell}", self.group, self.name)
        }
    }

    /// Number shown to people, from 1.
    pub fn number_shown(&self) -> i32 {
        i32::try_from(self.index).unwrap_or(i32::MAX - 1) + 1
    }
}

impl Person<'_> {
    /// Whether the person has this relation.
    pub fn is(&self, slug: &str) -> bool {
        self.relation.is_some_and(|r| r.slug == slug)
    }

    /// Whether the person has one of these relations.
    pub fn is_one_of(&self, slugs: &[&str]) -> bool {
        self.relation.is_some_and(|r| slugs.contains(&r.slug))
    }

    /// Group of the relation.
    pub fn group(&self) -> Option<Group> {
        self.relation.map(|r| r.group)
    }
}

/// The place whose parts stand at `slug.…` in a sorted list.
fn place_in<'a>(list: &[(&'a str, &'a str)], slug: &str) -> Place<'a> {
    let from = list.partition_point(|(s, _)| *s < slug);
    let mut place = Place::default();
    for (path, text) in list.get(from..).unwrap_or_default() {
        let Some(rest) = path.strip_prefix(slug) else { break };
        if let Some(part) = rest.strip_prefix('.') {
            set_part(&mut place, part, text);
        }
    }
    place
}

fn set_part<'a>(place: &mut Place<'a>, part: &str, text: &'a str) {
    match part {
        "detail" => place.detail = text,
        "commune" => place.commune = text,
        "district" => place.district = text,
        "province" => place.province = text,
        "old.commune" => place.old_commune = text,
        "old.district" => place.old_district = text,
        "old.province" => place.old_province = text,
        "text" => place.text = text,
        _ => {}
    }
}

/// Group, row and cell of a path; `None` for a path without a row.
fn split(path: &str) -> Option<(&str, &str, &str)> {
    let slash = |from: usize| path.bytes().skip(from).position(|b| b == b'/').map(|at| from + at);
    let first = slash(0)?;
    let second = slash(first + 1)?;
    Some((
        path.get(..first)?,
        path.get(first + 1..second)?,
        path.get(second + 1..)?,
    ))
}

/// [`str::trim`], quick for the many texts that begin and end with a letter or digit.
fn trim(text: &str) -> &str {
    let inside = |b: Option<&u8>| b.is_some_and(|b| b.is_ascii_graphic());
    let bytes = text.as_bytes();
    if inside(bytes.first()) && inside(bytes.last()) {
        text
    } else {
        text.trim()
    }
}

/// A number as people type it: decimal comma or point, a trailing percent sign. Fifteen digits at most: beyond them nobody counts, and so far
/// one division gives the nearest number without the tables of the general way.
fn number(text: &str) -> Option<f64> {
    let text = text.trim_end_matches('%').trim();
    let (sign, text) = text.strip_prefix('-').map_or((1.0, text), |rest| (-1.0, rest));
    let (mut all, mut digits, mut scale) = (0_u64, 0, None);
    for b in text.bytes() {
        match b {
            b'0'..=b'9' if digits < 15 => {
                all = all * 10 + u64::from(b - b'0');
                digits += 1;
                scale = scale.map(|scale: u64| scale * 10);
            }
            b'.' | b',' if scale.is_none() => scale = Some(1),
            _ => return None,
        }
    }
    (digits > 0).then(|| sign * all as f64 / scale.unwrap_or(1) as f64)
}
