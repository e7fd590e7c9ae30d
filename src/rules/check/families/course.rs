//! Items 17 and 18: courses, and stays abroad.

use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: Family = Family {
    text: include_str!("course.txt"),
    checks: &[
        ("LL-17", columns_of_a_course),
        ("LL-17b", day_of_the_certificate),
        ("LL-18", short_stays_are_left_out),
        ("LL-18b", stays_are_in_the_history),
        ("LL-18c", answer_about_stays),
        ("LL-18d", columns_of_a_stay),
    ],
};

const TRAINING: &str = "training";
const TRIPS: &str = "foreign_trips";
const TRIPS_ANSWER: &str = "foreign_trips_answer";

/// Months a stay must have to be declared.
const LONG: i32 = 3;

/// LL-17.
fn columns_of_a_course(p: &mut Probe<'_, '_>) {
    for period in p.facts.periods(TRAINING) {
        let mut lacks = missing(&period.row, &["subject", "school", "mode"]);
        if period.to != Some(Typed::Present) {
            lacks.extend(missing(&period.row, &["certificate"]));
        }
        lacking(p, &period.row, "", lacks);
    }
}

/// LL-17b.
fn day_of_the_certificate(p: &mut Probe<'_, '_>) {
    let Some(paper) = p.date("procedure.certificate_date") else {
        return;
    };
    for row in p.facts.rows(TRAINING) {
        if row.is("is_awareness_class", "có") && row.date("certificate_date").is_some_and(|date| date != paper) {
            p.explain_in(row, "certificate_date");
        }
    }
}

/// First and last month of a stay, read generously, and whether it is long enough to be declared.
fn stay(period: &Period<'_>, act: Date) -> Option<(i32, i32)> {
    Some((period.from?.first_month(act)?, period.to?.last_month(act)?))
}

/// LL-18.
fn short_stays_are_left_out(p: &mut Probe<'_, '_>) {
    for period in p.facts.periods(TRIPS) {
        if stay(period, p.act).is_some_and(|(from, to)| to >= from && to - from + 1 < LONG) {
            p.style_in(&period.row, "to").numbered(&period.row);
        }
    }
}

/// LL-18b.
fn stays_are_in_the_history(p: &mut Probe<'_, '_>) {
    let act = p.act;
    for trip in p.facts.periods(TRIPS) {
        let Some((from, to)) = stay(trip, act).filter(|(from, to)| to - from + 1 >= LONG) else {
            continue;
        };
        let country = trip.row.text("country");
        let plain = weak(country);
        let tells = |h: &Period<'_>| {
            let Some((a, b)) = stay(h, act) else { return false };
            let named = || {
                let text = weak(&format!("{} {}", h.row.text("activity"), h.row.text("place")));
                !plain.is_empty() && has_words(&text, &plain)
            };
            a <= to && from <= b && (h.row.is("abroad", "có") || named())
        };
        let told = |group: &str| p.facts.periods(group).any(tells);
        if !told("life_history") && !told("work_history") {
            p.explain_in(&trip.row, "country")
                .numbered(&trip.row)
                .with("country", or_unknown(country));
        }
    }
}

/// LL-18c.
fn answer_about_stays(p: &mut Probe<'_, '_>) {
    let any = p.rows(TRIPS).next().is_some();
    if let Some(case) = answer_against(p.text(TRIPS_ANSWER), any) {
        p.explain(TRIPS_ANSWER).case(case);
    }
}

/// LL-18d.
fn columns_of_a_stay(p: &mut Probe<'_, '_>) {
    for row in p.facts.rows(TRIPS) {
        lacking(p, row, "", missing(row, &["purpose", "country", "decided_by"]));
    }
}
