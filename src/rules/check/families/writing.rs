//! How things are written, whatever the field: letters, dates, names, placeholders, lists of peoples and religions.

use super::prelude::*;
use crate::facts::PERIOD_GROUPS;

/// The rules of this family.
pub(super) static RULES: Family = Family {
    text: include_str!("writing.txt"),
    checks: &[
        ("FMT-07", letters),
        ("FMT-08", possible_dates),
        ("FMT-09", names),
        ("FMT-10", peoples_of_relatives),
        ("FMT-11", religions),
        ("FMT-12", no_placeholders),
    ],
};

/// A first look at the bytes, for all rules here that look at every text: whether one of them may find something.
#[allow(clippy::indexing_slicing)] // there is a pair of bits for every byte
fn may_be_odd(text: &str) -> bool {
    let begins = match text.as_bytes() {
        [b'?' | b'-', ..] => true,
        // a placeholder goes on as `nt` or `nh`; names and trades with another letter are many
        [b'n' | b'N', second, ..] => !second.is_ascii_alphabetic() || matches!(second | 0x20, b't' | b'h'),
        _ => false,
    };
    let (mut odd, mut before) = (0, 0);
    for b in text.bytes() {
        let pair = PAIRS[usize::from(b)];
        if pair != 0 {
            odd |= (before | ANY) & pair;
        }
        before = pair >> 8;
    }
    begins || odd != 0
}

/// The bit of what is odd after any byte.
const ANY: u16 = 1;

/// For each byte the bits of the odd pairs that it ends, and in the upper half of those that it begins.
#[allow(clippy::indexing_slicing)] // evaluated by the compiler
static PAIRS: [u16; 256] = {
    let mut pairs = [0; 256];
    // µ ¸ ® ¹ ¶ begin with C2, ɖ with C9
    pairs[0xc2] = ANY;
    pairs[0xc9] = ANY;
    // two dots, two x; ð, Ɖ, the end of an ellipsis
    let odd = [
        (b'.', b'.'),
        (b'x', b'x'),
        (b'X', b'X'),
        (0xc3, 0xb0),
        (0xc6, 0x89),
        (0x80, 0xa6),
    ];
    let mut at = 0;
    while at < odd.len() {
        let (first, second) = odd[at];
        pairs[second as usize] |= 2 << at;
        pairs[first as usize] |= 0x200 << at;
        at += 1;
    }
    pairs
};

/// Reports each text in which the rule finds something: its path as `slug`, the label of its field as `label`.
fn report_each(p: &mut Probe<'_, '_>, found: fn(&str) -> bool) {
    for spelt in p.facts.odd(may_be_odd) {
        if !found(spelt.text) {
            continue;
        }
        let (place, value) = (spelt.path(), spelt.text);
        let file = p.where_of(&place);
        let label = Param::Shown {
            file: file.clone(),
            people: field_label(&place),
        };
        p.explain(&place)
            .with("slug", file)
            .with("label", label)
            .with("value", value);
    }
}

/// Letters that old fonts leave where Vietnamese letters were, and look-alikes of đ.
fn has_strange_letters(text: &str) -> bool {
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let mut beside = || before.is_alphabetic() || chars.peek().is_some_and(|next| next.is_alphabetic());
        if matches!(c, 'ð' | 'Ɖ' | 'ɖ') || (matches!(c, 'µ' | '¸' | '®' | '¹' | '¶') && beside()) {
            return true;
        }
        before = c;
    }
    false
}

/// FMT-07.
fn letters(p: &mut Probe<'_, '_>) {
    report_each(p, has_strange_letters);
}

/// Steps that are planned ahead: their dates may lie in the future.
static PLANNED: [&str; 6] = [
    "procedure.",
    "probation.",
    "transfer.",
    "study.",
    "contract.",
    "secondment.",
];

/// Cells of rows that hold dates, beside periods and the histories of relatives.
static DATED_CELLS: [(&str, &[&str]); 11] = [
    ("training", &["certificate_date"]),
    ("commendations", &["date"]),
    ("disciplines", &["date"]),
    (
        "family",
        &[
            "birth_year",
            "death.year",
            "marriage_year",
            "divorce.year",
            "party_member.admitted",
            "party_member.confirmed_date",
        ],
    ),
    ("notes", &["date", "period_from", "period_to"]),
    (
        "procedure.mentors",
        &[
            "admitted_date",
            "official_date",
            "at_unit_from",
            "assigned_date",
            "ended_date",
        ],
    ),
    ("procedure.tasks", &["assigned_date"]),
    (
        "procedure.verifications",
        &["sent_date", "received_date", "replied_date", "current_politics_date"],
    ),
    ("procedure.authority_decisions", &["date"]),
    (
        "procedure.introductions",
        &["date", "admitted_date", "official_date", "assigned_date"],
    ),
    ("procedure.opinions.organisations", &["date"]),
];

/// Whether a typed date cannot be, or lies behind the day of the act.
fn is_wrong(typed: Option<Typed>, act: Date, full: bool, planned: bool) -> bool {
    match typed {
        None => false,
        Some(Typed::Unreadable) => true,
        Some(Typed::Present) => full,
        Some(Typed::Full(day)) => !planned && day > act,
        Some(typed) => !planned && typed.first_month(act).is_some_and(|m| m > act.month_index()),
    }
}

/// Reports a date that is wrong, at the place.
fn look_at(p: &mut Probe<'_, '_>, place: &dyn Fn() -> String, text: &str, full: bool, planned: bool) {
    if is_wrong(date::read(text), p.act, full, planned) {
        p.find(Explain, place()).with("value", text);
    }
}

/// FMT-08.
fn possible_dates(p: &mut Probe<'_, '_>) {
    let facts = p.facts;
    for f in crate::form::fields(crate::form::lylich()) {
        if f.kind.is_date() {
            let full = f.kind == Kind::FullDate;
            look_at(p, &|| f.slug.to_string(), facts.text(f.slug), full, false);
        }
    }
    for (slug, text) in facts.flat {
        // the end first: it settles nearly all
        let dated = matches!(
            slug.as_bytes(),
            [.., b'_' | b'.', b'd', b'a', b't', b'e'] | [.., b'_', b'f', b'r', b'o', b'm']
        );
        if dated && PLANNED.iter().any(|step| slug.starts_with(step)) {
            look_at(p, &|| slug.to_string(), text, true, true);
        }
    }
    for (group, _) in PERIOD_GROUPS {
        for period in facts.periods(group) {
            for (cell, typed) in [("from", period.from), ("to", period.to)] {
                if is_wrong(typed, p.act, cell == "from", false) {
                    p.explain_in(&period.row, cell).with("value", period.row.text(cell));
                }
            }
        }
    }
    for (group, cells) in &DATED_CELLS {
        let planned = group.starts_with("procedure.");
        for row in facts.rows(group) {
            for cell in *cells {
                look_at(p, &|| row.path(cell), row.text(cell), true, planned);
            }
        }
    }
    for q in facts.people() {
        for row in q.row.rows("history") {
            for cell in ["from", "to"] {
                let place = || q.row.path(&format!("history/{}/{cell}", row.name));
                look_at(p, &place, row.text(cell), cell == "from", false);
            }
        }
    }
}

fn is_odd_name(name: &str, may_be_short: bool) -> bool {
    let count = words(name).count();
    name.bytes().any(|b| b.is_ascii_digit()) || count > 8 || (count < 2 && !may_be_short)
}

/// FMT-09.
fn names(p: &mut Probe<'_, '_>) {
    let own = p.text("birth_name");
    if !own.is_empty() && is_odd_name(own, false) {
        p.explain("birth_name").with("value", own);
    }
    for row in p.facts.rows("other_names") {
        let name = row.text("_");
        if !name.is_empty() && is_odd_name(name, true) {
            p.explain_in(row, "_").with("value", name);
        }
    }
    for q in p.facts.people() {
        if !q.name.is_empty() && is_odd_name(q.name, false) {
            p.explain_in(&q.row, "name").with("value", q.name);
        }
    }
}

/// FMT-10.
fn peoples_of_relatives(p: &mut Probe<'_, '_>) {
    let mut known = "";
    for q in p.facts.people() {
        let value = q.row.text("ethnicity");
        if value == known {
            continue;
        }
        if people::ethnicity_code(value).is_some() {
            known = value;
        } else if !value.is_empty() {
            p.explain_in(&q.row, "ethnicity").about(&q.row).with("value", value);
        }
    }
}

fn is_unknown_religion(value: &str) -> bool {
    !value.is_empty() && !is_no_religion(value) && people::religion_code(value).is_none()
}

/// FMT-11.
fn religions(p: &mut Probe<'_, '_>) {
    let value = p.text("religion");
    if is_unknown_religion(value) {
        p.explain("religion").with("value", value);
    }
    let mut known = "";
    for q in p.facts.people() {
        let value = q.row.text("religion");
        if value == known {
            continue;
        }
        if !is_unknown_religion(value) {
            known = value;
        } else {
            p.explain_in(&q.row, "religion").with("value", value);
        }
    }
}

fn is_placeholder(text: &str) -> bool {
    let mut threes = text.as_bytes().windows(3);
    if threes.any(|three| matches!(three, b"..." | b"xxx" | b"XXX" | [0xe2, 0x80, 0xa6])) {
        return true;
    }
    text.len() <= 24 && matches!(fold(text).as_str(), "nt" | "như trên" | "như vậy" | "?" | "??")
}

/// FMT-12.
fn no_placeholders(p: &mut Probe<'_, '_>) {
    report_each(p, is_placeholder);
}

#[cfg(test)]
mod tests {
    use super::{is_placeholder, may_be_odd};

    #[test]
    fn every_placeholder_passes_the_first_look() {
        let texts = [
            "nt",
            "NT",
            "n\u{200b}t",
            "Như trên",
            "NHƯ VẬY",
            "nhu\u{31b} trên",
            "nhu\u{31b} va\u{323}\u{302}y",
            "?",
            "??",
            "xxx",
            "Nam XXX",
            "Lan...",
            "Lan…",
        ];
        for text in texts {
            assert!(is_placeholder(text) && may_be_odd(text), "{text:?}");
        }
        assert!(!may_be_odd("Nguyễn Văn Nam"));
    }
}
