//! Item 21: the relations, what each group is asked, who is expected, and the fields of a person.
//!
//! Groups follow the paper: A grandparents, B parents, spouse and parents-in-law (or who raised the person), C siblings and children,
//! D the former spouse and others added on demand. A relation is expected whether or not the person is alive. The form never limits
//! the number of persons: `max` only says how many of a kind there can sensibly be, nothing refuses more.

use super::relation::{Group, Relation, relation};
use super::{Field, Kind, look, lylich};
use crate::date::{self, Date};
use crate::record::Record;

/// What a group is asked about a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// Not asked.
    No,
    /// Kept by the app.
    Auto,
    /// Must be there.
    Required,
    /// Must be there while the person lives; not asked of the dead.
    IfAlive,
    /// As [`Ask::IfAlive`], from the age of six.
    IfAliveFrom6,
    /// As [`Ask::IfAlive`], from the age of eighteen.
    IfAdult,
    /// Some printed booklets ask it.
    Local,
    /// Advised.
    Advised,
    /// Advised for adults.
    AdvisedAdult,
    /// Asked when a question opens it.
    IfYes,
    /// Of the dead: the year is advised.
    DeathYear,
    /// Of the dead: year, cause and place must be there.
    DeathAll,
    /// May be left blank.
    Optional,
    /// May be left blank, and blank is right for most.
    BlankIsRight,
    /// Only of the former spouse.
    FormerSpouse,
}

impl Ask {
    /// The phrase of the reference catalogue.
    pub fn phrase(self) -> &'static str {
        match self {
            Ask::No => "-",
            Ask::Auto => "auto",
            Ask::Required => "required",
            Ask::IfAlive => "required if alive",
            Ask::IfAliveFrom6 => "required if alive and 6 or older",
            Ask::IfAdult => "required if 18 or older",
            Ask::Local => "asked (local)",
            Ask::Advised => "advised",
            Ask::AdvisedAdult => "advised for adults",
            Ask::IfYes => "if yes",
            Ask::DeathYear => "if dead: year advised",
            Ask::DeathAll => "if dead: year, cause and place required",
            Ask::Optional => "optional",
            Ask::BlankIsRight => "optional: blank is correct",
            Ask::FormerSpouse => "former_spouse only",
        }
    }

    /// By its phrase.
    pub(super) fn named(phrase: &str) -> Ask {
        use Ask::*;
        let all = [
            Auto,
            Required,
            IfAlive,
            IfAliveFrom6,
            IfAdult,
            Local,
            Advised,
            AdvisedAdult,
            IfYes,
            DeathYear,
            DeathAll,
            Optional,
            BlankIsRight,
            FormerSpouse,
        ];
        all.into_iter().find(|ask| ask.phrase() == phrase).unwrap_or(No)
    }
}

/// Relations that the answers to the general questions make expected and that no person has yet: what the app offers and LL-21f,
/// LL-21e and LL-21n report. A sibling or child is offered as one relation of its kind.
pub fn expected(r: &Record) -> Vec<&'static Relation> {
    let present: Vec<&str> = r
        .rows("family")
        .iter()
        .map(|row| r.text(&format!("family/{row}/relation")).trim())
        .collect();
    let has = |slugs: &[&str]| present.iter().any(|p| slugs.contains(p));
    let mut want: Vec<&str> = expected_singles(|slug| r.text(slug))
        .into_iter()
        .filter(|slug| !has(&[slug]))
        .collect();
    let status = r.text("profile.marital_status");
    if matches!(status, "married" | "widowed") && !has(&["husband", "wife"]) {
        want.push(if is_woman(r) { "husband" } else { "wife" });
    }
    if status == "divorced" && !has(&["former_spouse"]) {
        want.push("former_spouse");
    }
    if r.text("profile.siblings_answer") == "có" && !has(&SIBLINGS) {
        want.push("elder_brother");
    }
    if r.text("profile.children_answer") == "có" && !has(&["biological_child", "adopted_child"]) {
        want.push("biological_child");
    }
    if status == "married" && r.text("profile.spouse_siblings_answer") == "có" && !has(&SPOUSE_SIBLINGS) {
        want.push("spouse_elder_brother");
    }
    want.into_iter().filter_map(relation).collect()
}

/// Relations of which exactly one is expected, in the order of the paper; spouse, siblings and children follow rules of their own.
pub(crate) fn expected_singles<'r>(text: impl Fn(&str) -> &'r str) -> Vec<&'static str> {
    let mut want = Vec::new();
    if text("profile.parents_known") == "không" {
        want.push("guardian");
    } else {
        want.extend_from_slice(&[
            "paternal_grandfather",
            "paternal_grandmother",
            "maternal_grandfather",
            "maternal_grandmother",
            "father",
            "mother",
        ]);
    }
    if text("profile.marital_status") == "married" && text("profile.spouse_parents_known") != "không" {
        want.extend_from_slice(&[
            "spouse_father",
            "spouse_mother",
            "spouse_paternal_grandfather",
            "spouse_paternal_grandmother",
            "spouse_maternal_grandfather",
            "spouse_maternal_grandmother",
        ]);
    }
    want
}

/// Own siblings.
pub(crate) const SIBLINGS: [&str; 4] = ["elder_brother", "elder_sister", "younger_brother", "younger_sister"];
/// The spouse's siblings.
pub(crate) const SPOUSE_SIBLINGS: [&str; 4] = [
    "spouse_elder_brother",
    "spouse_elder_sister",
    "spouse_younger_brother",
    "spouse_younger_sister",
];

fn is_woman(r: &Record) -> bool {
    crate::text::fold(r.text("gender")) == "nữ"
}

/// The fields asked about the person in `row` (`family/ab12`), in screen order, members of objects one by one.
pub fn person_fields(r: &Record, row: &str) -> Vec<&'static Field> {
    let mut out = Vec::new();
    for f in person() {
        if f.kind == Kind::Object {
            if f.is_asked(r, Some(row)) {
                out.extend(f.columns.iter().filter(|m| m.is_asked(r, Some(row))));
            }
        } else if f.is_asked(r, Some(row)) {
            out.push(f);
        }
    }
    out
}

/// Group of the person in this row, once a relation is chosen.
pub(super) fn group_of(r: &Record, row: &str) -> Option<Group> {
    relation(r.text(&format!("{row}/relation")).trim()).map(|rel| rel.group)
}

/// Whether the person in this row is declared dead.
pub(crate) fn is_dead(r: &Record, row: &str) -> bool {
    r.text(&format!("{row}/death.answer")) == "có"
        || ["death.year", "death.cause", "death.place"]
            .iter()
            .any(|m| !r.is_blank(&format!("{row}/{m}")))
}

/// Age in years on the day the form refers to, when both are known.
fn age(r: &Record, row: &str, act: Option<Date>) -> Option<i32> {
    let born = date::read(r.text(&format!("{row}/birth_year")))?.year()?;
    Some(act?.y - born)
}

fn ask_of(r: &Record, row: &str, asks: [Ask; 3]) -> Ask {
    let [a, b, c] = asks;
    let slug = r.text(&format!("{row}/relation"));
    match relation(slug.trim()) {
        None => match (a, c) {
            (Ask::Required, Ask::Required) => Ask::Required,
            _ => Ask::No,
        },
        Some(rel) => match rel.group {
            Group::A => a,
            Group::B => b,
            Group::C => c,
            Group::D if rel.slug == "former_spouse" => match b {
                Ask::FormerSpouse | Ask::Advised => Ask::Required,
                Ask::Required if a == Ask::Required && c == Ask::Required => Ask::Required,
                Ask::Optional | Ask::Auto => b,
                _ => Ask::No,
            },
            // someone added on demand: as a sibling, nothing but name and year is a gap
            Group::D => match c {
                Ask::Required if a == Ask::Required && b == Ask::Required => Ask::Required,
                Ask::IfAlive | Ask::IfAliveFrom6 => Ask::Optional,
                Ask::IfYes | Ask::DeathYear | Ask::Optional | Ask::Auto => c,
                _ => Ask::No,
            },
        },
    }
}

pub(super) fn is_asked(r: &Record, row: &str, asks: [Ask; 3], act: Option<Date>) -> bool {
    let grown = |years: i32| age(r, row, act).is_none_or(|a| a >= years);
    match ask_of(r, row, asks) {
        Ask::No | Ask::Auto | Ask::FormerSpouse => false,
        Ask::IfAlive => !is_dead(r, row),
        Ask::IfAliveFrom6 => !is_dead(r, row) && grown(6),
        Ask::IfAdult => !is_dead(r, row) && grown(18),
        Ask::AdvisedAdult => grown(18),
        _ => true,
    }
}

pub(super) fn is_required(r: &Record, row: &str, asks: [Ask; 3], act: Option<Date>) -> bool {
    let grown = |years: i32| age(r, row, act).is_some_and(|a| a >= years);
    match ask_of(r, row, asks) {
        Ask::Required => true,
        Ask::IfAlive => !is_dead(r, row),
        Ask::IfAliveFrom6 => !is_dead(r, row) && grown(6),
        Ask::IfAdult => !is_dead(r, row) && grown(18),
        _ => false,
    }
}

/// What is asked about a person, in the order of the reference catalogue: the columns of item 21. Slugs are relative to the person's row.
pub fn person() -> &'static [Field] {
    look::field(lylich(), "family").map_or(&[], |field| field.columns)
}

#[cfg(test)]
mod tests;
