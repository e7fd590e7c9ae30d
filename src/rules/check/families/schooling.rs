//! Schooling on the day of the chi bộ meeting: diploma, completed programme, exceptions, and the tables of one province.

use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: Family = Family {
    text: include_str!("schooling.txt"),
    checks: &[
        ("EDU-01", diploma),
        ("EDU-01b", programme),
        ("EDU-02", primary_in_a_special_area),
        ("EDU-03", elder_who_reads),
        ("EDU-04", pupil_results),
        ("EDU-05", staff_ratings),
    ],
};

const HELD: &str = "education.certificate_held";
const PAPER: &str = "education.certificate_paper";

/// Schooling, lowest first.
const RANKS: [&str; 5] = ["none", "literate", "primary", "lower_secondary", "upper_secondary"];
const LOWER_SECONDARY: usize = 3;

fn rank(p: &Probe<'_, '_>) -> Option<usize> {
    let held = p.text(HELD);
    RANKS.iter().position(|r| *r == held)
}

fn excepted(p: &Probe<'_, '_>) -> bool {
    let area = p.is("profile.special_area.answer", "có");
    area && (p.is(HELD, "primary") || (p.is(HELD, "literate") && p.is("profile.reputable_person.answer", "có")))
}

fn too_low(p: &mut Probe<'_, '_>) {
    let severity = if p.date(MEETING).is_some() { Block } else { Explain };
    p.find(severity, HELD.to_string()).case("level");
}

/// EDU-01.
fn diploma(p: &mut Probe<'_, '_>) {
    match rank(p) {
        Some(rank) if rank < LOWER_SECONDARY && !excepted(p) => too_low(p),
        Some(rank) if rank < LOWER_SECONDARY => {}
        Some(_) if !p.is(PAPER, "diploma") => drop(p.explain(PAPER).case("paper")),
        _ => {}
    }
}

/// EDU-01b.
fn programme(p: &mut Probe<'_, '_>) {
    match rank(p) {
        Some(rank) if rank < LOWER_SECONDARY && !excepted(p) => too_low(p),
        Some(rank) if rank < LOWER_SECONDARY => {}
        Some(_) if p.blank(PAPER) || p.is(PAPER, "none") => drop(p.explain(PAPER).case("paper")),
        _ => {}
    }
}

/// EDU-02.
fn primary_in_a_special_area(p: &mut Probe<'_, '_>) {
    if p.is(HELD, "primary") && p.is("profile.special_area.answer", "có") {
        let area = or_unknown(p.text("profile.special_area.kind"));
        let decision = or_unknown(p.text("profile.special_area.decision_no"));
        p.explain(HELD).with("area", area).with("decision", decision);
    }
}

/// EDU-03.
fn elder_who_reads(p: &mut Probe<'_, '_>) {
    if p.is(HELD, "literate")
        && p.is("profile.special_area.answer", "có")
        && p.is("profile.reputable_person.answer", "có")
        && !decided_before(p, "EDU03", true)
    {
        p.approve(HELD);
    }
}

/// Ratings, lowest first.
const RATINGS: [&[&str]; 5] = [
    &["yếu", "kém", "chưa đạt"],
    &["trung bình", "đạt"],
    &["khá"],
    &["giỏi", "tốt"],
    &["xuất sắc"],
];
const KHA: usize = 2;

fn rating(text: &str) -> Option<usize> {
    let text = fold(text);
    RATINGS.iter().position(|words| words.contains(&text.as_str()))
}

/// EDU-04.
fn pupil_results(p: &mut Probe<'_, '_>) {
    if !p.in_province("01") {
        return;
    }
    for row in p.facts.rows("profile.school_results") {
        let low = rating(row.text("academic")).is_some_and(|r| r < KHA);
        let conduct = !row.blank("conduct") && fold(row.text("conduct")) != "tốt";
        if low || conduct {
            p.explain_in(row, "academic").with("year", row.text("year"));
        }
    }
}

/// EDU-05.
fn staff_ratings(p: &mut Probe<'_, '_>) {
    if !p.in_province("01") {
        return;
    }
    let before = p.date(MEETING).map_or(p.act.y, |m| m.y);
    let mut rows: Vec<(i32, &Row<'_>)> = Vec::new();
    for row in p.facts.rows("profile.staff_ratings") {
        if let Some(year) = row.year("year").filter(|year| *year <= before) {
            rows.push((year, row));
        }
    }
    sort(&mut rows, |(a, _), (b, _)| a > b);
    for (year, row) in rows.into_iter().take(2) {
        let rating = fold(row.text("rating"));
        let good = rating.contains("hoàn thành tốt") || rating.contains("xuất sắc");
        if !rating.is_empty() && !good {
            p.explain_in(row, "rating").with("year", year);
        }
    }
}
