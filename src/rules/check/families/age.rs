//! Age on the day of the chi bộ meeting. Before a meeting is set, age is never tested.

use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: Family = Family {
    text: include_str!("age.txt"),
    checks: &[("AGE-01", eighteen), ("AGE-02", month_reached_day_not)],
};

const EIGHTEEN: i32 = 216;

/// AGE-01.
fn eighteen(p: &mut Probe<'_, '_>) {
    let Some((born, meeting)) = birth_and_meeting(p) else {
        return;
    };
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
    let Some((born, meeting)) = birth_and_meeting(p) else {
        return;
    };
    if months_completed(born, meeting) == EIGHTEEN - 1 && months_calendar(born, meeting) == EIGHTEEN {
        p.explain(MEETING)
            .with("meeting_date", meeting)
            .with("earliest_date", add_months(born, EIGHTEEN));
    }
}
