//! Admission for a second time.

use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: Family = Family {
    text: include_str!("readmission.txt"),
    checks: &[
        ("RE-01", months_since_leaving),
        ("RE-02", written_consent),
        ("RE-03", not_considered_again),
        ("RE-04", only_once),
    ],
};

const APPLIES: &str = "readmission.applies.answer";
const LEFT: &str = "readmission.left_date";
const CLEARED: &str = "readmission.record_cleared_date";
const REASON: &str = "readmission.left_reason";

fn applies(p: &Probe<'_, '_>) -> bool {
    p.is(APPLIES, "có")
}

/// RE-01.
fn months_since_leaving(p: &mut Probe<'_, '_>) {
    if !applies(p) {
        return;
    }
    let day = p.date(MEETING).unwrap_or(p.act);
    if p.is(REASON, "minor_crime") {
        match p.date(CLEARED) {
            Some(cleared) if months_completed(cleared, day) >= 60 => {}
            Some(cleared) => drop(
                p.block(CLEARED)
                    .case("minor_crime")
                    .with("earliest_date", add_months(cleared, 60)),
            ),
            None => drop(p.block(CLEARED).case("minor_crime")),
        }
    } else if let Some(left) = p.date(LEFT) {
        let months = months_completed(left, day);
        if months < 36 {
            p.block(LEFT)
                .with("months", months)
                .with("earliest_date", add_months(left, 36));
        }
    }
    if p.blank(LEFT) {
        p.explain(LEFT).case("unknown");
    }
}

/// RE-02.
fn written_consent(p: &mut Probe<'_, '_>) {
    if applies(p) && !decided_before(p, "RE", false) {
        p.approve(APPLIES);
    }
}

/// RE-03.
fn not_considered_again(p: &mut Probe<'_, '_>) {
    let reasons = [
        "stopped_activity",
        "asked_to_leave",
        "disunity",
        "corruption_crime",
        "serious_crime",
    ];
    if applies(p) && reasons.contains(&p.text(REASON)) {
        p.block(REASON);
    }
}

/// RE-04.
fn only_once(p: &mut Probe<'_, '_>) {
    if applies(p) && p.number("readmission.times_before").is_some_and(|times| times >= 1.0) {
        p.block("readmission.times_before");
    }
}
