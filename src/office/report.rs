//! Reports: how many people reached what in a period, split as reports ask it, laid out by a file that a school can edit.
//!
//! Everything is counted on the secretary's device. Invariants: a count never depends on the order of the people; an event counts once, in the period of its own
//! day, with the group and age of that day; no name ever stands in a report. What cannot be counted, because something is not written, is said
//! beside it ([`Gap`]). Not here: targets and reasons for delay, which the school types ([`Typed`]).

pub mod count;
pub mod layout;
pub mod mask;
pub mod period;

use crate::person::Person;
use crate::table::{Cell, Table};
use count::{COUNTERS, Counter, Split, Tally};
use layout::{Ask, Layout, Line, What, When};
use mask::Shown;
use period::Period;
use rules::{Date, Settings, text};
use std::collections::BTreeMap;

/// What the school types: by key of the layout (`chi_tieu_giao`, `nhập …`), or by key and group (`chi_tieu_giao/pupil`).
pub type Typed = BTreeMap<String, String>;

/// Everything a report is made of.
#[derive(Clone, Copy)]
pub struct Sources<'a> {
    /// The people of the chi bộ, in any order, those who left among them.
    pub people: &'a [Person<'a>],
    /// What the school typed for the period.
    pub typed: &'a Typed,
    /// What it typed for the same period a year before.
    pub typed_before: &'a Typed,
    /// Settings of the chi bộ.
    pub settings: &'a Settings,
    /// Today: what is planned for a later day has not happened yet.
    pub today: Date,
}

/// Whom a report is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Within the Party line: every count is shown.
    Inside,
    /// Outside of it: small counts are masked (see [`mask`]).
    Outside,
}

/// A report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The table, ready for the screen, for print, for CSV and XLSX.
    pub table: Table,
    /// What could not be counted; for the secretary's screen only, never part of the table.
    pub gaps: Vec<Gap>,
}

/// Something that is not written and that a count needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// Place of the person among [`Sources::people`].
    pub person: usize,
    /// What to write, in words.
    pub missing: String,
}

/// Makes a report.
pub fn make(layout: &Layout, sources: &Sources<'_>, period: Period, reach: Reach) -> Report {
    let tally = |period| Tally::of(sources.people, period, sources.today, sources.settings);
    let (now, before) = (tally(period), tally(period.before()));
    let desk = Desk {
        layout,
        sources,
        reach,
        now: &now,
        before: &before,
    };
    let mut table = Table {
        name: layout.name.clone(),
        ..Table::default()
    };
    let titled = |text: &str| {
        let text = text.replace("{kỳ}", &period.to_string());
        Cell::from(text.replace("{cùng kỳ}", &period.before().to_string()))
    };
    for title in &layout.titles {
        table.bold.push(table.rows.len());
        table.rows.push(vec![titled(title)]);
    }
    table.rows.push(Vec::new());
    table.bold.push(table.rows.len());
    let head = layout.columns.iter().map(|column| titled(&column.label));
    table
        .rows
        .push(std::iter::once(titled(&layout.first)).chain(head).collect());
    for line in &layout.lines {
        match line {
            Line::Heading(text) => {
                table.bold.push(table.rows.len());
                table.rows.push(vec![titled(text)]);
            }
            Line::Counted { label, cells } => {
                let cells = cells.iter().map(|ask| desk.cell(ask));
                table.rows.push(std::iter::once(titled(label)).chain(cells).collect());
            }
            Line::Written { label, key } => table.rows.push(vec![titled(label), Cell::from(desk.written(key))]),
        }
    }
    for remark in &layout.remarks {
        table.rows.push(vec![titled(remark)]);
    }
    if reach == Reach::Outside {
        table.rows.push(vec![Cell::from(LEGEND)]);
    }
    Report {
        table,
        gaps: now.gaps(sources.people),
    }
}

/// What is at hand while the cells are filled.
struct Desk<'a> {
    layout: &'a Layout,
    sources: &'a Sources<'a>,
    reach: Reach,
    now: &'a Tally,
    before: &'a Tally,
}

/// What stands below a report whose small counts are masked.
const LEGEND: &str =
    "Số nhỏ được che: “<3” là dưới 3; “từ N” là ít nhất N; “•” là không nêu, để không suy ra ô đã che.";
/// What stands in place of a share or mean that is not told.
const HELD_BACK: &str = "•";

impl Desk<'_> {
    fn cell(&self, ask: &Ask) -> Cell {
        match ask.when {
            When::Now | When::Before => self.one(&ask.what, ask.split, ask.when),
            When::Compared => {
                let now = self.one(&ask.what, ask.split, When::Now);
                let before = self.one(&ask.what, ask.split, When::Before);
                self.share(&now, &before)
            }
        }
    }

    fn one(&self, what: &What, split: Split, when: When) -> Cell {
        match what {
            What::Counted(counter) if counter.is_typed() => self.typed(counter.slug, split, when),
            What::Counted(counter) => self.counted(counter, split, when),
            What::Typed(key) => self.typed(key, split, when),
            What::Share(part, whole) => {
                let of = |counter: &'static Counter| self.one(&What::Counted(counter), split, when);
                self.share(&of(part), &of(whole))
            }
            What::MeanAge(counter) => match (
                self.counted(counter, split, when),
                self.tally(when).mean_age(counter, split),
            ) {
                (Cell::Count(_), Some(tenths)) => Cell::Text(format!("{},{}", tenths / 10, tenths % 10)),
                (Cell::Count(_), None) => Cell::Blank,
                _ => Cell::from(HELD_BACK),
            },
        }
    }

    /// A share of two counts; held back when one of them is masked, blank when the whole is nothing or one is no count.
    fn share(&self, part: &Cell, whole: &Cell) -> Cell {
        match (part, whole) {
            (Cell::Count(_), Cell::Count(0)) | (Cell::Blank, _) | (_, Cell::Blank) => Cell::Blank,
            (Cell::Count(part), Cell::Count(whole)) => Cell::Share((2000 * part + whole) / (2 * whole)),
            _ if self.reach == Reach::Outside => Cell::from(HELD_BACK),
            _ => Cell::Blank,
        }
    }

    fn tally(&self, when: When) -> &Tally {
        match when {
            When::Before => self.before,
            When::Now | When::Compared => self.now,
        }
    }

    fn counted(&self, counter: &'static Counter, split: Split, when: When) -> Cell {
        let tally = self.tally(when);
        let count = |split: Split| tally.count(counter, split);
        match self.reach {
            Reach::Inside => Cell::Count(count(split)),
            Reach::Outside => match mask::shown(split, &self.layout.splits_of(counter), &count) {
                Shown::Plain(n) => Cell::Count(n),
                Shown::Under => Cell::from(format!("<{}", mask::LEAST)),
                Shown::AtLeast(n) => Cell::from(format!("từ {n}")),
            },
        }
    }

    /// What was typed for a group, or for all: the sum of the groups when these are numbers and nothing was typed for all.
    fn typed(&self, key: &str, split: Split, when: When) -> Cell {
        if split.part.is_some() || split.ages.is_some() {
            return Cell::Blank;
        }
        let typed = match when {
            When::Before => self.sources.typed_before,
            When::Now | When::Compared => self.sources.typed,
        };
        let read = |key: &str| typed.get(key).map(|text| text.trim()).filter(|text| !text.is_empty());
        let text = match split.group {
            Some(group) => read(&format!("{key}/{}", group.id())),
            None => read(key),
        };
        if let Some(text) = text {
            return number(text).map_or_else(|| Cell::from(text), Cell::Count);
        }
        if split.group.is_none() {
            // a whole of parts that were typed: given and added, or group by group
            let prefix = format!("{key}/");
            let parts: Vec<i64> = typed
                .iter()
                .filter(|(own, _)| own.starts_with(&prefix))
                .filter_map(|(_, text)| number(text.trim()))
                .collect();
            if !parts.is_empty() {
                return Cell::Count(parts.iter().sum());
            }
        }
        if key == count::TARGETS {
            let parts = count::TARGET_PARTS.iter().map(|part| self.typed(part, split, when));
            let known: Vec<i64> = parts
                .filter_map(|cell| if let Cell::Count(n) = cell { Some(n) } else { None })
                .collect();
            if !known.is_empty() {
                return Cell::Count(known.iter().sum());
            }
        }
        Cell::Blank
    }

    /// A text of the school. Reasons for delay of those who are not admitted yet follow it within the Party line, each once with how many it concerns.
    fn written(&self, key: &str) -> String {
        let mut out = self.sources.typed.get(key).map_or("", |text| text.trim()).to_string();
        if key == count::DELAY && self.reach == Reach::Inside {
            let mut reasons: BTreeMap<String, (String, usize)> = BTreeMap::new();
            for person in self.sources.people {
                let reason = person.text("person.delay_reason");
                let admitted = person
                    .day("procedure.ceremony_date")
                    .is_some_and(|day| day <= self.sources.today);
                if !reason.is_empty() && !admitted {
                    let tidy = reason.split_whitespace().collect::<Vec<_>>().join(" ");
                    reasons.entry(text::fold(reason)).or_insert((tidy, 0)).1 += 1;
                }
            }
            for (reason, n) in reasons.values() {
                if !out.is_empty() {
                    out.push_str("; ");
                }
                out.push_str(&format!("{reason} ({n})"));
            }
        }
        out
    }
}

/// A number that was typed; what does not fit into 32 bits is no count of people.
fn number(text: &str) -> Option<i64> {
    text.parse::<u32>().ok().map(i64::from)
}

/// The counter with this key (`c1`) or name (`cu_di_hoc`).
pub fn counter(name: &str) -> Option<&'static Counter> {
    COUNTERS
        .iter()
        .find(|counter| counter.key == name || counter.slug == name)
}

#[cfg(test)]
mod tests;
