//! What every family uses: types, severities, instruments, and a few questions that several families ask.

pub(super) use crate::check::{Person, Probe, missing, month, person, same_place};
pub(super) use crate::date::{self, Date, Typed, add_months, months_calendar, months_completed};
pub(super) use crate::facts::{Facts, Period, Row};
pub(super) use crate::finding::Param;
#[cfg(feature = "procedure")]
pub(super) use crate::finding::Severity::Approve;
pub(super) use crate::finding::Severity::{Block, Explain};
pub(super) use crate::form::{Group, Kind, SPOUSE_SIBLINGS, Side};
#[cfg(feature = "procedure")]
pub(super) use crate::holiday::Deadline;
pub(super) use crate::law::on;
pub(super) use crate::people;
pub(super) use crate::record::Place;
pub(super) use crate::rule::Family;
pub(super) use crate::sorted::sort;
pub(super) use crate::text::whole as whole_number;
pub(super) use crate::text::{bare_words, fold, has_words, nfc, pieces, same, similarity, upper, weak, words};

/// Day on which the chi bộ considers admission.
pub(super) const MEETING: &str = "procedure.branch_meeting_date";

/// Day of birth and day of the chi bộ meeting, once both are known.
pub(super) fn birth_and_meeting(p: &Probe<'_, '_>) -> Option<(Date, Date)> {
    Some((p.date("birth_date")?, p.date(MEETING)?))
}

/// The four questions of item 16: slug and code.
pub(super) const POLITICAL: [(&str, &str); 4] = [
    (
        "political_history.party_activity_interrupted",
        "party_activity_interrupted",
    ),
    ("political_history.arrested_or_imprisoned", "arrested_or_imprisoned"),
    ("political_history.foreign_organisations", "foreign_organisations"),
    ("political_history.religious_roles", "religious_roles"),
];

/// Whether a decision of the competent level on this matter is recorded, dated before the decision on admission if there is one.
pub(super) fn decided_before(p: &Probe<'_, '_>, matter: &str, with_number: bool) -> bool {
    let decision = p.date("procedure.decision_date");
    p.rows("procedure.authority_decisions").any(|a| {
        a.is("matter", matter)
            && (!with_number || !a.blank("number"))
            && a.date("date")
                .is_some_and(|date| decision.is_none_or(|decision| date < decision))
    })
}

/// Whether the text says that the person follows no religion.
pub(super) fn is_no_religion(text: &str) -> bool {
    matches!(
        fold(text).as_str(),
        "không" | "không có" | "ko" | "lương" | "không theo tôn giáo nào" | "không theo đạo nào"
    )
}

/// Sentences of ready-made templates, folded.
const CANNED: [&str; 4] = [
    "không có khuyết điểm gì lớn",
    "luôn chấp hành tốt chủ trương, đường lối của đảng, chính sách pháp luật của nhà nước",
    "có lối sống trong sáng, lành mạnh",
    "hòa đồng với mọi người",
];

/// Whether a sentence is one of ready-made templates.
pub(super) fn is_canned(sentence: &str) -> bool {
    let begins = sentence
        .bytes()
        .next()
        .is_some_and(|b| matches!(b | 0x20, b'k' | b'l' | b'c' | b'h'));
    begins && CANNED.contains(&fold(sentence).trim_end_matches('.'))
}

/// Whether a relative's nationality is given and is not Vietnamese.
pub(super) fn is_foreign(q: &Person<'_>) -> bool {
    let nationality = q.row.text("nationality");
    !nationality.is_empty() && nationality != "Việt Nam" && fold(nationality) != "việt nam"
}

/// The text, or dots for people to see that nothing is written.
pub(super) fn or_unknown(text: &str) -> &str {
    if text.is_empty() { "…" } else { text }
}

/// Digits of a number as typed: without spaces, dots and hyphens.
pub(super) fn digits(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-'))
        .collect()
}

/// Of slugs and codes: the first slug that is blank, and the codes of all that are.
pub(super) fn blanks(
    of: &[(&'static str, &'static str)],
    is_blank: impl Fn(&str) -> bool,
) -> Option<(&'static str, Vec<&'static str>)> {
    let mut first = None;
    let mut codes = Vec::new();
    for (slug, code) in of {
        if is_blank(slug) {
            first = first.or(Some(*slug));
            codes.push(*code);
        }
    }
    Some((first?, codes))
}

/// The case of a general answer (`có`, `không`) that is missing or does not go with what is written elsewhere.
pub(super) fn answer_against(answer: &str, some: bool) -> Option<&'static str> {
    match (answer, some) {
        ("", _) => Some("unanswered"),
        ("có", false) => Some("none"),
        ("không", true) => Some("some"),
        _ => None,
    }
}

#[cfg(feature = "procedure")]
/// How many there are.
pub(super) fn count<T>(of: impl Iterator<Item = T>) -> i32 {
    i32::try_from(of.count()).unwrap_or(i32::MAX)
}

/// A typed number as a whole number.
#[cfg(feature = "procedure")]
pub(super) fn whole(number: f64) -> i32 {
    // a float cast saturates, and a vote has no fractions
    number.round() as i32
}

/// Asks for what a row lacks, with the focus on the first of it; silent when it lacks nothing.
pub(super) fn lacking(p: &mut Probe<'_, '_>, row: &Row<'_>, case: &'static str, lacks: Vec<&'static str>) {
    if let Some(first) = lacks.first() {
        p.explain_in(row, first).case(case).numbered(row).with("missing", lacks);
    }
}

/// Label of the field at a path; the path itself for what the catalogue does not know.
pub(super) fn field_label(path: &str) -> String {
    crate::form::field(crate::form::lylich(), path).map_or_else(|| path.to_string(), |f| f.label.to_string())
}
