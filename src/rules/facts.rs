//! The record laid out for the checks: one pass over it, then cheap look-ups by slug and by row.
//!
//! First the record is [`Cut`] into cells, borrowed from it; the facts lay the rows over them. Typed reading (dates, persons, periods) is done
//! once, when first needed, so that every check walks over plain slices. Not here: any judgement.

use crate::check::{Context, Gazetteer};
use crate::date::{self, Date, Typed};
use crate::finding::where_among;
use crate::form::{Group, Relation, relation};
#[cfg(feature = "procedure")]
use crate::record::Sheet;
use crate::record::{Place, Record};
use crate::settings::Settings;
use crate::sorted::sort;
use crate::text::{after, equal, trim};
use std::cell::OnceCell;
use std::slice::Iter;

mod row;

use row::{number, place_in};

/// A record cut into cells: what [`Facts`] stand on.
pub(crate) struct Cut<'a> {
    /// Paths without rows, sorted.
    flat: Vec<(&'a str, &'a str)>,
    /// Cells of rows: path inside the row, text; sorted within a row.
    cells: Vec<(&'a str, &'a str)>,
    /// The rows, by group and in the person's order.
    spans: Vec<Span<'a>>,
}

/// What the checks look at.
pub(crate) struct Facts<'a> {
    pub act: Date,
    pub settings: &'a Settings,
    pub places: Option<&'a dyn Gazetteer>,
    pub other_texts: &'a [&'a str],
    /// Paths without rows, sorted.
    pub flat: &'a [(&'a str, &'a str)],
    /// Number of a path in that list, from 1, at the place that [`slot`] gives or behind it; 0 where there is none.
    slots: Vec<u32>,
    /// Every row, by group and in the person's order.
    pub all_rows: Vec<Row<'a>>,
    /// The groups, with the place of their first row.
    groups: Vec<(&'a str, usize)>,
    people: OnceCell<Vec<Person<'a>>>,
    periods: [OnceCell<Vec<Period<'a>>>; 4],
    units: OnceCell<Units<'a>>,
    odd: OnceCell<Vec<Spelt<'a>>>,
}

/// A text and where it stands.
#[derive(Clone, Copy)]
pub(crate) struct Spelt<'a> {
    pub text: &'a str,
    row: Option<Row<'a>>,
    name: &'a str,
}

impl Spelt<'_> {
    /// Record path of the text.
    pub fn path(&self) -> String {
        self.row
            .map_or_else(|| self.name.to_string(), |row| row.path(self.name))
    }
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
    /// First and last month that `from` can mean.
    pub start: Option<(i32, i32)>,
    /// First and last month that `to` can mean.
    pub end: Option<(i32, i32)>,
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

impl<'a> Cut<'a> {
    pub fn new(record: &'a Record) -> Cut<'a> {
        let fields = record.fields();
        let mut flat = Vec::with_capacity(160);
        let mut cells = Vec::with_capacity(fields.len());
        let mut spans: Vec<Span<'a>> = Vec::with_capacity(96);
        // paths are sorted, so the cells of a row follow each other and share what leads to the row
        let mut lead = "";
        for (path, text) in fields {
            let text = trim(text);
            let cell = match after(path, lead).filter(|_| !lead.is_empty()) {
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
        Cut { flat, cells, spans }
    }

    /// Cuts the answers of a file.
    #[cfg(feature = "procedure")]
    pub fn of_sheet(sheet: &'a Sheet<'_>) -> Cut<'a> {
        let mut cut = Cut {
            flat: Vec::with_capacity(160),
            cells: Vec::with_capacity(1024),
            spans: Vec::with_capacity(96),
        };
        let filled = |(path, text): (&'a str, &'a str)| {
            let text = trim(text);
            (!text.is_empty()).then_some((path, text))
        };
        cut.flat.extend(sheet.flat().filter_map(filled));
        for row in sheet.rows() {
            let from = cut.cells.len();
            cut.cells.extend(sheet.cells(&row).filter_map(filled));
            cut.spans.push(Span {
                group: row.group,
                name: row.name,
                order: row.order,
                from,
                to: cut.cells.len(),
            });
        }
        cut.spans
            .sort_by(|a, b| (a.group, a.order, a.name).cmp(&(b.group, b.order, b.name)));
        cut
    }

    /// Only what stands beside a place: the parts of its field, the cells of its row.
    pub fn around(&self, place: &str) -> Cut<'a> {
        let mut segments = place.split('/');
        let (head, row) = (segments.next().unwrap_or(place), segments.next());
        let head = head.split('.').next().unwrap_or(head);
        let same = |path: &str| {
            path.strip_prefix(head)
                .is_some_and(|r| r.is_empty() || r.starts_with('.'))
        };
        let mut near = Cut {
            flat: Vec::new(),
            cells: Vec::new(),
            spans: Vec::new(),
        };
        for entry in &self.flat {
            if same(entry.0) {
                near.flat.push(*entry);
            }
        }
        for span in &self.spans {
            if same(span.group) && row.is_none_or(|row| row == span.name) {
                let from = near.cells.len();
                near.cells
                    .extend_from_slice(self.cells.get(span.from..span.to).unwrap_or_default());
                let to = near.cells.len();
                near.spans.push(Span { from, to, ..*span });
            }
        }
        near
    }
}

impl<'a> Facts<'a> {
    pub fn new(cut: &'a Cut<'a>, cx: &Context<'a>) -> Facts<'a> {
        let mut all_rows: Vec<Row<'a>> = Vec::with_capacity(cut.spans.len());
        let mut groups: Vec<(&'a str, usize)> = Vec::with_capacity(24);
        for span in &cut.spans {
            let index = match all_rows.last() {
                Some(last) if last.group == span.group => last.index + 1,
                _ => {
                    groups.push((span.group, all_rows.len()));
                    0
                }
            };
            all_rows.push(Row {
                group: span.group,
                name: span.name,
                index,
                cells: cut.cells.get(span.from..span.to).unwrap_or_default(),
                skip: 0,
            });
        }
        Facts {
            act: cx.act,
            settings: cx.settings,
            places: cx.places,
            other_texts: cx.other_texts,
            flat: &cut.flat,
            slots: slots(&cut.flat),
            all_rows,
            groups,
            people: OnceCell::new(),
            periods: Default::default(),
            units: OnceCell::new(),
            odd: OnceCell::new(),
        }
    }

    /// Text at a slug, without surrounding spaces; `""` when blank.
    pub fn text(&self, slug: &str) -> &'a str {
        let last = self.slots.len() - 1;
        let mut at = slot(slug, last);
        loop {
            let number = self.slots.get(at).map_or(0, |number| *number as usize);
            match self.flat.get(number.wrapping_sub(1)) {
                None => return "",
                Some((own, text)) if equal(own, slug) => return text,
                Some(_) => at = (at + 1) & last,
            }
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

    /// The year at a slug, of a date that may lack day and month.
    pub fn year(&self, slug: &str) -> Option<i32> {
        date::read(self.text(slug))?.year()
    }

    /// The number at a slug.
    pub fn number(&self, slug: &str) -> Option<f64> {
        number(self.text(slug))
    }

    /// The place at a slug.
    pub fn place(&self, slug: &str) -> Place<'a> {
        place_in(self.flat, slug)
    }

    /// The rows of a group, in the person's order.
    pub fn rows(&self, group: &str) -> Iter<'_, Row<'a>> {
        let mut groups = self.groups.iter().skip_while(|(own, _)| !equal(own, group));
        let from = groups.next().map_or(self.all_rows.len(), |(_, from)| *from);
        let to = groups.next().map_or(self.all_rows.len(), |(_, to)| *to);
        self.all_rows.get(from..to).unwrap_or_default().iter()
    }

    /// A record path as files name it.
    pub fn where_of(&self, place: &str) -> String {
        where_among(place, &|group, row| match group.split_once('/') {
            None => self.rows(group).position(|own| own.name == row),
            Some((outer, inner)) => {
                let (own, inner) = inner.split_once('/')?;
                let own = self.rows(outer).find(|outer| outer.name == own)?;
                own.rows(inner).iter().position(|nested| nested.name == row)
            }
        })
    }

    /// The texts that a first look at their bytes finds odd; every rule on letters looks only at these. `is_odd` is always the same.
    pub fn odd(&self, is_odd: fn(&str) -> bool) -> &[Spelt<'a>] {
        self.odd.get_or_init(|| {
            let mut odd = Vec::new();
            let mut look = |row: Option<Row<'a>>, cells: &[(&'a str, &'a str)]| {
                for (name, text) in cells {
                    if is_odd(text) && !name.ends_with("/#") {
                        odd.push(Spelt { text, row, name });
                    }
                }
            };
            look(None, self.flat);
            for row in &self.all_rows {
                look(Some(*row), row.cells);
            }
            odd
        })
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
            for row in self.rows("family") {
                for cell in ["birth_place", "ancestral_home", "residence"] {
                    add(Spot::Cell { row: row.name, cell }, row.place(cell));
                }
            }
            units
        })
    }

    /// The relatives.
    pub fn people(&self) -> Iter<'_, Person<'a>> {
        let read = || {
            let mut people = Vec::with_capacity(32);
            for row in self.rows("family") {
                people.push(Person::read(row));
            }
            people
        };
        self.people.get_or_init(read).iter()
    }

    /// The first relative with this relation.
    pub fn relative(&self, slug: &str) -> Option<&Person<'a>> {
        self.people().find(|p| p.is(slug))
    }

    /// The rows of a group of periods, their dates read.
    pub fn periods(&self, group: &str) -> Iter<'_, Period<'a>> {
        let at = PERIOD_GROUPS.iter().position(|(own, _)| equal(own, group)).unwrap_or(0);
        let read = || {
            let mut periods = Vec::with_capacity(16);
            for row in self.rows(group) {
                periods.push(Period::read(row, self.act));
            }
            periods
        };
        let periods: &[Period<'a>] = self.periods.get(at).map_or(&[], |cell| cell.get_or_init(read));
        periods.iter()
    }
}

impl<'a> Period<'a> {
    fn read(row: &Row<'a>, act: Date) -> Period<'a> {
        let kind = row.text("kind");
        let (from, to) = (date::read(row.text("from")), date::read(row.text("to")));
        let months = |typed: Option<Typed>| Some((typed?.first_month(act)?, typed?.last_month(act)?));
        Period {
            row: *row,
            from,
            to,
            start: months(from),
            end: months(to),
            is_event: kind == "event",
            kind: PeriodKind::read(kind),
        }
    }
}

impl<'a> Person<'a> {
    fn read(row: &Row<'a>) -> Person<'a> {
        Person {
            row: *row,
            relation: relation(row.text("relation")),
            born: row.year("birth_year"),
            dead: row.is("death.answer", "có") || {
                let signs = ["death.year", "death.cause", "death.place"];
                signs.iter().any(|sign| !row.blank(sign))
            },
            name: row.text("name"),
        }
    }

    /// Whether the person has this relation.
    pub fn is(&self, slug: &str) -> bool {
        self.relation.is_some_and(|r| equal(r.slug, slug))
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

/// Where a path is looked for first: by its length and a few of its last letters. `last` is the number of the last place, all bits set.
fn slot(path: &str, last: usize) -> usize {
    let letters = path.bytes().rev().step_by(3).take(6);
    // Wrapping: on a phone such a number has 32 bits.
    letters.fold(path.len(), |sum, b| sum.wrapping_mul(31) ^ usize::from(b)) & last
}

/// The places of a list of paths; at least every second one stays free.
fn slots(list: &[(&str, &str)]) -> Vec<u32> {
    let last = (2 * list.len()).next_power_of_two().max(64) - 1;
    let mut slots = vec![0; last + 1];
    for (number, (path, _)) in (1..).zip(list) {
        let mut at = slot(path, last);
        while slots.get(at).is_some_and(|held| *held != 0) {
            at = (at + 1) & last;
        }
        if let Some(free) = slots.get_mut(at) {
            *free = number;
        }
    }
    slots
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
