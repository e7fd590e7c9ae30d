//! Age beyond sixty, and what is open to those under eighteen.

use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: Family = Family {
    text: include_str!("sixty.txt"),
    checks: &[("AGE-03", over_sixty), ("AGE-04", consent_over_sixty)],
};

const SIXTY: i32 = 720;

/// AGE-03.
fn over_sixty(p: &mut Probe<'_, '_>) {
    let Some((born, meeting)) = birth_and_meeting(p) else {
        return;
    };
    let months = months_completed(born, meeting);
    if months > SIXTY {
        p.approve(MEETING).with("meeting_date", meeting);
    } else if months == SIXTY && meeting > add_months(born, SIXTY) {
        p.explain(MEETING).case("same_month").with("meeting_date", meeting);
    }
}

/// AGE-04.
fn consent_over_sixty(p: &mut Probe<'_, '_>) {
    let Some((born, meeting)) = birth_and_meeting(p) else {
        return;
    };
    if months_completed(born, meeting) > SIXTY && !decided_before(p, "AGE60", true) {
        p.approve("procedure.authority_decisions");
    }
}
