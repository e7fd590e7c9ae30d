//! Items 19 and 20: commendations and disciplines.

use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: Family = Family {
    text: include_str!("award.txt"),
    checks: &[
        ("LL-19", highest_only),
        ("LL-19b", columns_of_an_award),
        ("LL-20", disciplines_declared),
        ("LL-20b", considered_declared),
    ],
};

const AWARDS: &str = "commendations";
const AWARDS_ANSWER: &str = "commendations_answer";
const CASES: &str = "disciplines";
const CASES_ANSWER: &str = "disciplines_answer";
const CONSIDERED_ANSWER: &str = "disciplines_considered_answer";

/// Level of a commendation by its words: below bằng khen, bằng khen, state award; `None` when the words do not say.
fn level(row: &Row<'_>) -> Option<u8> {
    let text = weak(row.text("reason_form"));
    let any = |words: &[&str]| words.iter().any(|w| text.contains(w));
    if any(&[
        "huan chuong",
        "huy chuong",
        "danh hieu vinh du",
        "chien si thi dua toan quoc",
    ]) {
        Some(2)
    } else if any(&["bang khen"]) {
        Some(1)
    } else if any(&["giay khen"]) {
        Some(0)
    } else {
        None
    }
}

/// LL-19.
fn highest_only(p: &mut Probe<'_, '_>) {
    let mut high = false;
    let mut low: Vec<&Row<'_>> = Vec::new();
    for row in p.facts.rows(AWARDS) {
        match level(row) {
            Some(0) => low.push(row),
            level => high = high || level.is_some(),
        }
    }
    let many = low.len() >= 2;
    for row in low {
        if high || (many && !row.is("is_highest", "có")) {
            p.style_in(row, "reason_form").numbered(row);
        }
    }
}

/// Columns that must be filled; a year without month counts as missing.
fn lacks(row: &Row<'_>) -> Vec<&'static str> {
    let mut lacks = Vec::new();
    if !date::read(row.text("date")).is_some_and(Typed::has_month) {
        lacks.push("date");
    }
    lacks.extend(missing(row, &["reason_form", "decided_by"]));
    lacks
}

/// LL-19b.
fn columns_of_an_award(p: &mut Probe<'_, '_>) {
    for row in p.facts.rows(AWARDS) {
        lacking(p, row, "", lacks(row));
    }
    if p.blank(AWARDS_ANSWER) {
        p.explain(AWARDS_ANSWER).case("unanswered");
    }
}

/// LL-20.
fn disciplines_declared(p: &mut Probe<'_, '_>) {
    match p.text(CASES_ANSWER) {
        "" => drop(p.explain(CASES_ANSWER).case("unanswered")),
        "có" if !p.rows(CASES).any(|row| row.is("outcome", "penalised")) => drop(p.explain(CASES_ANSWER).case("none")),
        _ => {}
    }
    for row in p.facts.rows(CASES) {
        lacking(p, row, "row", lacks(row));
    }
}

/// LL-20b.
fn considered_declared(p: &mut Probe<'_, '_>) {
    match p.text(CONSIDERED_ANSWER) {
        "" => drop(p.explain(CONSIDERED_ANSWER).case("unanswered")),
        "có" if !p
            .rows(CASES)
            .any(|row| matches!(row.text("outcome"), "considered" | "time_barred")) =>
        {
            p.explain(CONSIDERED_ANSWER).case("none");
        }
        _ => {}
    }
}
