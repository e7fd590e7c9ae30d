//! When a question is asked and when a blank answer is a gap, as data.
//!
//! A slug that begins with a dot is read in the row at hand (`.death.answer`), any other in the record. A missing answer makes
//! `Is` false and `Not` true. No closures: the catalogue stays `static` and can be printed.

use super::{Ask, Field, Group, Kind, family};
use crate::date::Date;
use crate::record::Record;

/// A condition over the record and, for rows, over the row at hand.
#[derive(Debug, Clone, Copy)]
pub enum When {
    /// Holds always.
    Always,
    /// Holds never: the app asks it nowhere by itself.
    Never,
    /// The answer equals the value.
    Is(&'static str, &'static str),
    /// The answer differs from the value (blank included).
    Not(&'static str, &'static str),
    /// Something is written there, in a part of it or in one of its rows.
    Filled(&'static str),
    /// Nothing is written there.
    Blank(&'static str),
    /// One of them holds.
    Any(&'static [When]),
    /// All of them hold.
    All(&'static [When]),
    /// The relation of the person at hand is in this group.
    InGroup(Group),
    /// What groups A, B and C are asked about the person at hand.
    Person(Ask, Ask, Ask),
}

/// Whether a blank answer is a gap.
#[derive(Debug, Clone, Copy)]
pub enum Required {
    /// May always be blank.
    Never,
    /// Must not be blank.
    Always,
    /// Must not be blank when the condition holds; the phrase is that of the reference catalogue.
    If(When, &'static str),
    /// Only the person knows whether there is something to write; the phrase says when.
    IfHeld(&'static str),
    /// As [`When::Person`] of the same field says.
    Person,
}

impl Required {
    /// The phrase of the reference catalogue.
    #[cfg(feature = "procedure")]
    pub fn phrase(&self) -> &'static str {
        match self {
            Required::Never => "never",
            Required::Always => "always",
            Required::If(_, phrase) | Required::IfHeld(phrase) => phrase,
            Required::Person => "per group",
        }
    }
}

impl When {
    /// Whether the condition holds. `row` is the prefix of the row at hand (`family/ab12`), `act` the day the form refers to.
    pub fn holds(&self, r: &Record, row: Option<&str>, act: Option<Date>) -> bool {
        match self {
            When::Always => true,
            When::Never => false,
            When::Is(slug, value) => text(r, row, slug) == *value,
            When::Not(slug, value) => text(r, row, slug) != *value,
            When::Filled(slug) => filled(r, row, slug),
            When::Blank(slug) => !filled(r, row, slug),
            When::Any(all) => all.iter().any(|w| w.holds(r, row, act)),
            When::All(all) => all.iter().all(|w| w.holds(r, row, act)),
            When::InGroup(group) => row.is_some_and(|row| family::group_of(r, row) == Some(*group)),
            When::Person(a, b, c) => row.is_some_and(|row| family::is_asked(r, row, [*a, *b, *c], act)),
        }
    }
}

impl Field {
    /// Whether the question is shown. `row` is the prefix of the row (`family/ab12`) for columns, `None` otherwise.
    pub fn is_asked(&self, r: &Record, row: Option<&str>) -> bool {
        self.asked.holds(r, row, super::declared(r))
    }

    /// Whether a blank answer is a gap. A field that is not asked is never required.
    pub fn is_required(&self, r: &Record, row: Option<&str>) -> bool {
        if !self.kind.is_written() || !self.is_asked(r, row) {
            return false;
        }
        let act = super::declared(r);
        match (&self.required, &self.asked) {
            (Required::Always, _) => true,
            (Required::Never | Required::IfHeld(_), _) => false,
            (Required::If(when, _), _) => when.holds(r, row, act),
            (Required::Person, When::Person(a, b, c)) => {
                row.is_some_and(|row| family::is_required(r, row, [*a, *b, *c], act))
            }
            (Required::Person, _) => false,
        }
    }

    /// Whether an answer is there: for yes/no questions the answer, for places a commune, a province or a text abroad.
    pub fn is_filled(&self, r: &Record, row: Option<&str>) -> bool {
        let path = match row {
            Some(row) => format!("{row}/{}", self.slug),
            None => self.slug.to_string(),
        };
        match self.kind {
            Kind::YesNoDetail => {
                let answer = r.text(&format!("{path}.answer"));
                answer == "không" || (answer == "có" && !r.is_blank(&format!("{path}.detail")))
            }
            _ => !r.is_blank(&path),
        }
    }
}

fn text<'r>(r: &'r Record, row: Option<&str>, slug: &str) -> &'r str {
    match (slug.strip_prefix('.'), row) {
        (Some(own), Some(row)) => r.text(&format!("{row}/{own}")).trim(),
        (Some(_), None) => "",
        (None, _) => r.text(slug).trim(),
    }
}

fn filled(r: &Record, row: Option<&str>, slug: &str) -> bool {
    match (slug.strip_prefix('.'), row) {
        (Some(own), Some(row)) => !r.is_blank(&format!("{row}/{own}")),
        (Some(_), None) => false,
        (None, _) => !r.is_blank(slug),
    }
}
