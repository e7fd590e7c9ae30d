//! Moves during the procedure: transfer, full-time study, contract, secondment. Which organisation considers, and by when.

use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: Family = Family {
    text: include_str!("transfer.txt"),
    checks: &[
        ("TRF-01", certificate_of_the_old_unit),
        ("TRF-02", letter_with_the_dossier),
        ("TRF-03", dossier_forwarded),
        ("TRF-05", ceremony_at_the_new_place),
        ("TRF-06", decision_too_late),
        ("TRF-07", full_time_study),
        ("TRF-09", after_graduation),
        ("TRF-10", fixed_term_contract),
        ("TRF-11", contract_by_school_year),
        ("TRF-12", secondment),
        ("TRF-14", party_activity_moved),
    ],
};

const MOVED: &str = "transfer.decision_date";
const DECIDED: &str = "procedure.decision_date";

/// Working days to send a dossier on after a move.
pub(crate) const FORWARD: u32 = 15;
/// Working days in which the new place considers the dossier it received.
pub(crate) const CONSIDER: u32 = 30;
/// Working days after a move in which the old place's decision still stands.
pub(crate) const DECIDE: u32 = 30;
/// Working days to move the Party activity.
pub(crate) const ACTIVITY: u32 = 60;
/// Working days to present the paper of introduction.
pub(crate) const PRESENT: u32 = 30;

/// TRF-01.
fn certificate_of_the_old_unit(p: &mut Probe<'_, '_>) {
    if p.date(MOVED).is_some() && p.blank(MEETING) && p.blank("transfer.certificate_date") {
        p.explain("transfer.certificate_date");
    }
}

/// TRF-02.
fn letter_with_the_dossier(p: &mut Probe<'_, '_>) {
    let (Some(moved), Some(meeting)) = (p.date(MOVED), p.date(MEETING)) else {
        return;
    };
    if moved >= meeting && p.is("transfer.dossier_sent_up.answer", "không") && p.blank(DECIDED) {
        p.approve(MOVED);
    }
}

/// TRF-03.
fn dossier_forwarded(p: &mut Probe<'_, '_>) {
    let Some(moved) = p.date(MOVED) else { return };
    let decided = p.date(DECIDED);
    if !p.is("transfer.dossier_sent_up.answer", "có") || decided.is_some_and(|d| d <= moved) {
        return;
    }
    let limit = p.working_days(moved, FORWARD);
    p.late(
        Explain,
        "transfer.forwarded_date",
        "deadline",
        limit,
        p.date("transfer.forwarded_date"),
    );
    if let Some(received) = p.date("transfer.dossier_received_date") {
        let limit = p.working_days(received, CONSIDER);
        p.late(Explain, DECIDED, "deadline", limit, decided);
    }
}

/// Decision and transfer between two committees, with the last of the thirty working days after the transfer.
fn between_committees(p: &Probe<'_, '_>) -> Option<(Date, Date, Deadline)> {
    let (decided, moved) = (p.date(DECIDED)?, p.date(MOVED)?);
    p.is("transfer.same_committee.answer", "không")
        .then(|| (decided, moved, p.working_days(moved, DECIDE)))
}

/// TRF-05.
fn ceremony_at_the_new_place(p: &mut Probe<'_, '_>) {
    let Some((decided, moved, limit)) = between_committees(p) else {
        return;
    };
    if moved <= decided && decided <= limit.day && p.is("procedure.ceremony_place", "origin") {
        p.counted(Block, "procedure.ceremony_place", limit);
    }
}

/// TRF-06.
fn decision_too_late(p: &mut Probe<'_, '_>) {
    let Some((decided, _, limit)) = between_committees(p) else {
        return;
    };
    p.late(Block, DECIDED, "limit", limit, Some(decided));
}

/// TRF-07.
fn full_time_study(p: &mut Probe<'_, '_>) {
    let long = p.number("study.full_time_months").is_some_and(|months| months >= 12.0);
    if long && p.date(MEETING).is_some() && p.blank("study.home_comment_date") {
        p.block("study.home_comment_date");
    }
}

/// TRF-09.
fn after_graduation(p: &mut Probe<'_, '_>) {
    if !p.is("profile.group", "pupil") {
        return;
    }
    let Some(graduated) = p.date("study.graduation_recognised_date") else {
        return;
    };
    let Some(day) = p.date("procedure.ceremony_date").or(p.date(MEETING)) else {
        return;
    };
    let at_school = p.blank("procedure.ceremony_place") || p.is("procedure.ceremony_place", "origin");
    if day > graduated && at_school {
        p.block("study.graduation_recognised_date").with("graduated", graduated);
    }
}

/// TRF-10.
fn fixed_term_contract(p: &mut Probe<'_, '_>) {
    let Some(months) = p.number("contract.months_worked") else {
        return;
    };
    let at = p.text("procedure.considered_at");
    let wrong = (months < 12.0 && at == "school") || (months >= 12.0 && at == "residence");
    if p.is("contract.kind", "fixed_term") && wrong {
        p.explain("procedure.considered_at").with("months", whole(months));
    }
}

/// TRF-11.
fn contract_by_school_year(p: &mut Probe<'_, '_>) {
    if !p.in_province("01") || !p.is("contract.kind", "by_school_year") || !p.is("procedure.considered_at", "school") {
        return;
    }
    let few = p.number("contract.school_years").is_some_and(|years| years < 2.0);
    if few || !p.is("contract.summer_activity.answer", "có") {
        p.explain("contract.school_years");
    }
}

/// TRF-12.
fn secondment(p: &mut Probe<'_, '_>) {
    let long = p.number("secondment.months").is_some_and(|months| months >= 12.0);
    let there = p.is("procedure.considered_at", "secondment_place");
    if long && (!there || p.blank("secondment.home_comment_date")) {
        p.explain("procedure.considered_at");
    }
}

/// TRF-14.
fn party_activity_moved(p: &mut Probe<'_, '_>) {
    if let Some(decided) = p.date("transfer.party_activity_decision_date") {
        let limit = p.working_days(decided, ACTIVITY);
        let done = p.date("transfer.party_activity_done_date");
        p.late(Explain, "transfer.party_activity_done_date", "deadline", limit, done);
    }
    if let Some(issued) = p.date("transfer.paper_issued_date") {
        let limit = p.working_days(issued, PRESENT);
        let done = p.date("transfer.paper_presented_date");
        p.late(Explain, "transfer.paper_presented_date", "deadline", limit, done);
    }
}
