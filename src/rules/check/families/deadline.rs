//! Deadlines in working days: decision, sending, ceremony, recognition.
//!
//! Days and extensions are dated values with the citation inside. Every finding says by which calendar it was counted (`src/rules/holiday.rs`).

use super::prelude::*;
use crate::law::{Dated, Version};

/// The rules of this family.
pub(super) static RULES: Family = Family {
    text: include_str!("deadline.txt"),
    checks: &[
        ("DL-01", decision_in_sixty),
        ("DL-01b", decision_in_forty_five),
        ("DL-02", recognition),
        ("DL-03", internal_deadlines),
        ("DL-04", ceremony_from_receipt),
        ("DL-04b", ceremony_from_decision),
    ],
};

/// Working days to decide on an admission, and the extension, by the day of the chi bộ's resolution.
static DECIDE: Dated<(u32, u32)> = Dated {
    versions: &[
        Version {
            since: on(2016, 7, 25),
            value: (60, 30),
            cited: "Q29 4.3.1 ~seen",
        },
        Version {
            since: on(2021, 7, 30),
            value: (60, 30),
            cited: "Q24 4.3.1",
        },
        Version {
            since: on(2025, 1, 20),
            value: (60, 30),
            cited: "Q232 4.3.1 ~seen",
        },
        Version {
            since: on(2025, 7, 1),
            value: (45, 15),
            cited: "Q294 4.3.1",
        },
        Version {
            since: on(2026, 4, 8),
            value: (45, 15),
            cited: "Q20",
        },
        Version {
            since: on(2026, 7, 26),
            value: (45, 15),
            cited: "Q208",
        },
    ],
};

/// Working days to decide on recognition as a full member; the extension is that of [`DECIDE`].
const RECOGNISE: u32 = 30;
/// Working days for the ceremony.
pub(crate) const CEREMONY: u32 = 30;
/// Working days of Hà Nội after the chi bộ's meeting: to send the dossier, and to the meeting of the grassroots committee.
pub(crate) const HANOI: [(&str, u32); 2] = [
    ("procedure.branch_sent_date", 5),
    ("procedure.grassroots_meeting_date", 25),
];

/// Working days to decide on an admission that a meeting on this day proposed.
pub(crate) fn to_decide(meeting: Date, extended: bool) -> Option<u32> {
    let (days, more) = DECIDE.on(meeting)?.value;
    Some(if extended { days + more } else { days })
}

/// Working days to decide on a recognition that a meeting on this day proposed.
pub(crate) fn to_recognise(meeting: Date, extended: bool) -> u32 {
    let more = DECIDE.on(meeting).map_or(0, |v| v.value.1);
    if extended { RECOGNISE + more } else { RECOGNISE }
}

const DECIDED: &str = "procedure.decision_date";

/// DL-01 and DL-01b differ in their days, not in what they do: the version is chosen by the day of the resolution.
fn decision(p: &mut Probe<'_, '_>) {
    let Some(meeting) = p.date(MEETING) else { return };
    let Some(days) = to_decide(meeting, p.is("procedure.extension.answer", "có")) else {
        return;
    };
    let limit = p.working_days(meeting, days);
    p.late(Explain, DECIDED, "limit", limit, p.date(DECIDED));
}

/// DL-01.
fn decision_in_sixty(p: &mut Probe<'_, '_>) {
    decision(p);
}

/// DL-01b.
fn decision_in_forty_five(p: &mut Probe<'_, '_>) {
    decision(p);
}

/// DL-02.
fn recognition(p: &mut Probe<'_, '_>) {
    let Some(meeting) = p.date("probation.branch_meeting_date") else {
        return;
    };
    let days = to_recognise(meeting, p.is("probation.extension.answer", "có"));
    let limit = p.working_days(meeting, days);
    p.late(
        Explain,
        "probation.decision_date",
        "limit",
        limit,
        p.date("probation.decision_date"),
    );
}

/// DL-03.
fn internal_deadlines(p: &mut Probe<'_, '_>) {
    let Some(meeting) = p.date(MEETING).filter(|_| p.in_province("01")) else {
        return;
    };
    for (slug, days) in HANOI {
        let limit = p.working_days(meeting, days);
        p.late(Explain, slug, "limit", limit, p.date(slug));
    }
}

fn ceremony(p: &mut Probe<'_, '_>, from: Option<Date>) {
    let Some(from) = from.filter(|_| p.blank("procedure.late_ceremony_consent_date")) else {
        return;
    };
    let limit = p.working_days(from, CEREMONY);
    p.late(
        Approve,
        "procedure.ceremony_date",
        "limit",
        limit,
        p.date("procedure.ceremony_date"),
    );
}

/// DL-04.
fn ceremony_from_receipt(p: &mut Probe<'_, '_>) {
    if p.date(DECIDED).is_some() {
        ceremony(p, p.date("procedure.decision_received_date"));
    }
}

/// DL-04b.
fn ceremony_from_decision(p: &mut Probe<'_, '_>) {
    ceremony(p, p.date(DECIDED));
}
