//! The mentor's notes, and how the chi bộ follows the person.

use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: Family = Family {
    text: include_str!("note.txt"),
    checks: &[
        ("MON-06", notes_before_the_introduction),
        ("MON-07", four_headings),
        ("MON-08", no_family_matters),
        ("MON-10", facts_not_adjectives),
    ],
};

const NOTES: &str = "notes";
const ASPECTS: [(&str, &str); 4] = [
    ("aspects.policy_law", "policy_law"),
    ("aspects.political_ethics", "political_ethics"),
    ("aspects.capacity", "capacity"),
    ("aspects.mass_relations", "mass_relations"),
];

/// What a note may say when nothing happened; never canned, never a copy.
const NOTHING_NEW: &str = "không có việc mới trong kỳ";

/// Notes before admission; a note without a phase counts as one.
pub(crate) fn before<'f>(facts: &'f Facts<'_>) -> Vec<&'f Row<'f>> {
    let mut notes = Vec::new();
    for note in facts.rows(NOTES) {
        if matches!(note.text("phase"), "" | "before") {
            notes.push(note);
        }
    }
    notes
}

/// Day of the first letter of introduction.
pub(crate) fn first_introduction(p: &Facts<'_>) -> Option<Date> {
    p.rows("procedure.introductions").next()?.date("date")
}

/// MON-06.
fn notes_before_the_introduction(p: &mut Probe<'_, '_>) {
    let introduced = first_introduction(p);
    for n in before(p.facts) {
        let Some(day) = n.date("date") else { continue };
        if day > p.act || introduced.is_some_and(|introduced| day > introduced) {
            p.explain_in(n, "date").with("date", day);
        }
    }
}

/// Day of a note for the message.
fn day_of(n: &Row<'_>) -> Param {
    n.date("date")
        .map_or_else(|| Param::from(or_unknown(n.text("date"))), Param::from)
}

/// MON-07.
fn four_headings(p: &mut Probe<'_, '_>) {
    for n in p.facts.rows(NOTES) {
        if let Some((first, lacks)) = blanks(&ASPECTS, |cell| n.blank(cell)) {
            p.style_in(n, first).with("date", day_of(n)).with("missing", lacks);
        }
    }
}

/// MON-08.
fn no_family_matters(p: &mut Probe<'_, '_>) {
    if p.rows(NOTES).next().is_none() {
        return;
    }
    let mut names: Vec<String> = Vec::new();
    for q in p.facts.people() {
        let name = fold(q.name);
        if words(&name).nth(1).is_some() {
            names.push(name);
        }
    }
    let matters = [
        "tien an",
        "che do cu",
        "lich su chinh tri",
        "nguy quan",
        "lich su gia dinh",
    ];
    for n in p.facts.rows(NOTES) {
        let found = n.cells.iter().find(|(cell, text)| {
            if matches!(*cell, "id" | "date" | "author" | "candidate") {
                return false;
            }
            let text = fold(text);
            let plain = crate::text::plain(&text);
            names.iter().any(|name| has_words(&text, name)) || matters.iter().any(|m| has_words(&plain, m))
        });
        if let Some((cell, _)) = found {
            p.explain_in(n, cell).with("date", day_of(n));
        }
    }
}

/// MON-10.
fn facts_not_adjectives(p: &mut Probe<'_, '_>) {
    let mut earlier: Vec<(&str, String)> = Vec::new();
    for n in p.facts.rows(NOTES) {
        let old = earlier.len();
        let mut worn: Option<&str> = None;
        for (cell, text) in n.cells {
            if !cell.starts_with("aspects.") {
                continue;
            }
            let text = fold(text);
            let text = text.trim_end_matches('.');
            if text == NOTHING_NEW {
                continue;
            }
            let copied = || {
                earlier
                    .iter()
                    .take(old)
                    .any(|aspect| aspect.0 == *cell && aspect.1 == text)
            };
            if worn.is_none() && (is_canned(text) || copied()) {
                worn = Some(cell);
            }
            earlier.push((cell, text.to_string()));
        }
        if let Some(cell) = worn {
            p.style_in(n, cell).with("date", day_of(n));
        }
    }
}
