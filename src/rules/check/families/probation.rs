//! The probationary year and the recognition as a full member.

use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: Family = Family {
    text: include_str!("probation.txt"),
    checks: &[
        ("PRB-01", twelve_months),
        ("PRB-02", considered_in_time),
        ("PRB-03", full_member_from_the_end),
        ("PRB-04", certificate_of_the_class),
        ("PRB-05", papers_for_recognition),
        ("PRB-06", three_failed_votes),
        ("PRB-08", moved_during_probation),
        ("PRB-09", party_age),
        ("PRB-10", records_made_in_time),
        ("PRB-11", card_number),
    ],
};

const CEREMONY: &str = "procedure.ceremony_date";
const REVIEWED: &str = "probation.self_review_date";
const CONSIDERED: &str = "probation.branch_meeting_date";

/// Working days in which the chi bộ considers recognition once the twelve months are over.
pub(crate) const CONSIDER: u32 = 30;
/// Working days in which the member's records are made after the ceremony.
pub(crate) const RECORDS: u32 = 30;

/// Day on which the twelve months end.
pub(crate) fn end(p: &Facts<'_>) -> Option<Date> {
    Some(add_months(p.date(CEREMONY)?, 12))
}

/// PRB-01.
fn twelve_months(p: &mut Probe<'_, '_>) {
    let (Some(end), Some(reviewed)) = (end(p), p.date(REVIEWED)) else {
        return;
    };
    if reviewed < end {
        p.block(REVIEWED).with("end", end);
    } else if reviewed == end {
        p.explain(REVIEWED).case("same_day").with("end", end);
    }
}

/// PRB-02.
fn considered_in_time(p: &mut Probe<'_, '_>) {
    let Some(end) = end(p) else { return };
    let limit = p.working_days(end, CONSIDER);
    p.late(Explain, CONSIDERED, "limit", limit, p.date(CONSIDERED));
}

/// PRB-03.
fn full_member_from_the_end(p: &mut Probe<'_, '_>) {
    let (Some(expected), Some(from)) = (end(p), p.date("probation.official_from_date")) else {
        return;
    };
    if from != expected {
        p.explain("probation.official_from_date").with("expected", expected);
    }
}

/// PRB-04.
fn certificate_of_the_class(p: &mut Probe<'_, '_>) {
    if p.date(CONSIDERED).is_some() && p.blank("probation.class_certificate_date") {
        p.block("probation.class_certificate_date");
    }
}

/// PRB-05.
fn papers_for_recognition(p: &mut Probe<'_, '_>) {
    if p.date(CONSIDERED).is_none() {
        return;
    }
    let papers = [
        ("10-KNĐ", REVIEWED),
        ("11-KNĐ", "probation.helper_review_date"),
        ("12-KNĐ", "probation.opinions_date"),
    ];
    let lacks: Vec<&'static str> = papers
        .into_iter()
        .filter(|(_, slug)| p.blank(slug))
        .map(|(paper, _)| paper)
        .collect();
    if !lacks.is_empty() {
        p.block(CONSIDERED).with("missing", lacks);
    }
}

/// PRB-06.
fn three_failed_votes(p: &mut Probe<'_, '_>) {
    if p.number("probation.failed_votes").is_some_and(|votes| votes >= 3.0) {
        p.approve("probation.failed_votes");
    }
}

/// PRB-08.
fn moved_during_probation(p: &mut Probe<'_, '_>) {
    const MOVED: &str = "transfer.party_activity_decision_date";
    let (Some(moved), Some(start), Some(end)) = (p.date(MOVED), p.date(CEREMONY), end(p)) else {
        return;
    };
    if start <= moved && moved <= end && p.blank("probation.former_helper_review_date") {
        p.explain("probation.former_helper_review_date");
    }
}

/// PRB-09.
fn party_age(p: &mut Probe<'_, '_>) {
    let (Some(from), Some(decided)) = (p.date("probation.party_age_from"), p.date("procedure.decision_date")) else {
        return;
    };
    if from != decided {
        p.explain("probation.party_age_from").with("expected", decided);
    }
}

/// PRB-10.
fn records_made_in_time(p: &mut Probe<'_, '_>) {
    let Some(start) = p.date(CEREMONY) else { return };
    let limit = p.working_days(start, RECORDS);
    p.late(
        Explain,
        "probation.records_created_date",
        "limit",
        limit,
        p.date("probation.records_created_date"),
    );
}

/// PRB-11.
fn card_number(p: &mut Probe<'_, '_>) {
    let card = digits(p.text("probation.card_number"));
    if !card.is_empty() && !p.blank("id_number") && card != digits(p.text("id_number")) {
        p.style("probation.card_number");
    }
}
