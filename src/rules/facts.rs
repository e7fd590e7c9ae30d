//! The record laid out for the checks: one pass over it, then cheap look-ups by slug and by row.
//!
//! Borrowed from the record; nothing is copied. Typed reading (dates, persons, periods) is done once, here or when first needed. Not here: any judgement.

use crate::check::{Context, Gazetteer};
use crate::date::{self, Date, Typed};
use crate::form::{Group, Relation, relation};
use crate::record::{Place, Record};
use crate::settings::Settings;
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
    people: OnceCell<Vec<PersonFacts>>,
    periods: [OnceCell<Vec<PeriodFacts>>; 4],
}

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
    pub cells: &'f [(&'f str, &'f str)],
}

/// A relative, read once.
struct PersonFacts {
    span: usize,
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
        for (path, text) in fields {
            let text = text.trim();
            let Some((group, rest)) = path.split_once('/') else {
                if !text.is_empty() {
                    flat.push((path.as_str(), text));
                }
                continue;
            };
            let Some((name, cell)) = rest.split_once('/') else {
                continue;
            };
            let at = cells.len();
            if spans.last().is_none_or(|s| s.name != name || s.group != group) {
                spans.push(Span {
                    group,
                    name,
                    order: "\u{10ffff}",
                    from: at,
                    to: at,
                });
            }
            let Some(span) = spans.last_mut() else { continue };
            if cell == "#" {
                span.order = text;
            } else if !text.is_empty() {
                cells.push((cell, text));
                span.to = cells.len();
            }
        }
        spans.sort_by(|a, b| (a.group, a.order, a.name).cmp(&(b.group, b.order, b.name)));
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
        let from = self.flat.partition_point(|(s, _)| *s < slug);
        let mut place = Place::default();
        for (path, text) in self.flat.get(from..).unwrap_or_default() {
            let Some(rest) = path.strip_prefix(slug) else { break };
            if let Some(part) = rest.strip_prefix('.') {
                set_part(&mut place, part, text);
            }
        }
        place
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
        })
    }

    /// Every row of every group.
    pub fn all_rows(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.spans.len()).filter_map(|at| self.row_at(at, 0))
    }

    /// The relatives.
    pub fn people(&self) -> impl Iterator<Item = Person<'_>> {
        let read = self.people.get_or_init(|| {
            let range = self.span_range("family");
            let first = range.start;
            let read = |at: usize| {
                let row = self.row_at(at, at - first)?;
                Some(PersonFacts {
                    span: at,
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
                name: row.text("name"),
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
            })
        })
    }
}

impl<'f> Row<'f> {
    /// Text of a cell, `""` when blank.
    pub fn text(&self, cell: &str) -> &'f str {
        match self.cells.binary_search_by(|(c, _)| (*c).cmp(cell)) {
            Ok(at) => self.cells.get(at).map_or("", |(_, t)| t),
            Err(_) => "",
        }
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
    pub fn number(&self, cell: &str) -> Option<f64> {
        number(self.text(cell))
    }

    /// The place in a cell.
    pub fn place(&self, cell: &str) -> Place<'f> {
        let from = self.cells.partition_point(|(c, _)| *c < cell);
        let mut place = Place::default();
        for (path, text) in self.cells.get(from..).unwrap_or_default() {
            let Some(rest) = path.strip_prefix(cell) else { break };
            if let Some(part) = rest.strip_prefix('.') {
                set_part(&mut place, part, text);
            }
        }
        place
    }

    /// Rows inside this row (`history`), in the person's order.
    pub fn rows(&self, group: &str) -> Vec<Row<'f>> {
        let mut found: Vec<(&'f str, &'f str, Row<'f>)> = Vec::new();
        let mut from = self.cells.partition_point(|(c, _)| *c < group);
        while let Some((path, text)) = self.cells.get(from) {
            let Some(rest) = path.strip_prefix(group).and_then(|r| r.strip_prefix('/')) else {
                if path.starts_with(group) {
                    from += 1;
                    continue;
                }
                break;
            };
            if let Some((name, cell)) = rest.split_once('/') {
                if found.last().is_none_or(|(_, last, _)| *last != name) {
                    found.push((
                        "\u{10ffff}",
                        name,
                        Row {
                            group: self.group,
                            name,
                            index: 0,
                            cells: &[],
                        },
                    ));
                }
                if let (Some(last), "#") = (found.last_mut(), cell) {
                    last.0 = text;
                }
            }
            from += 1;
        }
        found.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)));
        found
            .into_iter()
            .enumerate()
            .map(|(index, (_, _, row))| Row { index, ..row })
            .collect()
    }

    /// Text of a cell of a row inside this row.
    pub fn inner(&self, group: &str, row: &str, cell: &str) -> &'f str {
        self.cells
            .iter()
            .find(|(path, _)| {
                path.strip_prefix(group)
                    .and_then(|r| r.strip_prefix('/'))
                    .and_then(|r| r.strip_prefix(row))
                    .and_then(|r| r.strip_prefix('/'))
                    == Some(cell)
            })
            .map_or("", |(_, t)| t)
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

/// A number as people type it: decimal comma or point, a trailing percent sign.
fn number(text: &str) -> Option<f64> {
    let text = text.trim_end_matches('%').trim();
    if text.is_empty()
        || !text
            .bytes()
            .all(|b| b.is_ascii_digit() || b == b'.' || b == b',' || b == b'-')
    {
        return None;
    }
    text.replace(',', ".").parse().ok()
}
