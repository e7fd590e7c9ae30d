//! Age on the day of the chi bộ meeting. Before a meeting is set, age is never tested.

use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: Family = Family {
    text: include_str!("age.txt"),
    checks: &[
        ("AGE-01", eighteen),
        ("AGE-02", month_reached_day_not),
        ("AGE-03", over_sixty),
        ("AGE-04", consent_over_sixty),
    ],
};

const EIGHTEEN: i32 = 216;
const SIXTY: i32 = 720;

fn both(p: &Probe<'_, '_>) -> Option<(Date, Date)> {
    Some((p.date("birth_date")?, p.date(MEETING)?))
}

/// AGE-01.
fn eighteen(p: &mut Probe<'_, '_>) {
    let Some((born, meeting)) = both(p) else { return };
    let months = months_completed(born, meeting);
    if months < EIGHTEEN && months_calendar(born, meeting) < EIGHTEEN {
        p.block(MEETING)
            .with("meeting_date", meeting)
            .with("months", months)
            .with("earliest_date", add_months(born, EIGHTEEN));
    }
}

/// AGE-02.
fn month_reached_day_not(p: &mut Probe<'_, '_>) {
    let Some((born, meeting)) = both(p) else { return };
    if months_completed(born, meeting) == EIGHTEEN - 1 && months_calendar(born, meeting) == EIGHTEEN {
        p.explain(MEETING)
            .with("meeting_date", meeting)
            .with("earliest_date", add_months(born, EIGHTEEN));
    }
}

/// AGE-03.
fn over_sixty(p: &mut Probe<'_, '_>) {
    let Some((born, meeting)) = both(p) else { return };
    let months = months_completed(born, meeting);
    if months > SIXTY {
        p.approve(MEETING).with("meeting_date", meeting);
    } else if months == SIXTY && meeting > add_months(born, SIXTY) {
        p.explain(MEETING).case("same_month").with("meeting_date", meeting);
    }
}

/// AGE-04.
fn consent_over_sixty(p: &mut Probe<'_, '_>) {
    let Some((born, meeting)) = both(p) else { return };
    if months_completed(born, meeting) > SIXTY && !decided_before(p, "AGE60", true) {
        p.approve("procedure.authority_decisions");
    }
}
