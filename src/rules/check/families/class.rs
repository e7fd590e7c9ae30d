//! The awareness class and its certificate.

use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: Family = Family {
    text: include_str!("class.txt"),
    checks: &[
        ("CLS-01", certificate_before_the_meeting),
        ("CLS-02", certificate_lives_sixty_months),
    ],
};

const CERTIFICATE: &str = "procedure.certificate_date";

/// Months a certificate lives.
pub(crate) const LIFE: i32 = 60;

/// CLS-01.
fn certificate_before_the_meeting(p: &mut Probe<'_, '_>) {
    if p.date(MEETING).is_some() && p.blank(CERTIFICATE) {
        p.block(CERTIFICATE);
    }
}

/// CLS-02.
fn certificate_lives_sixty_months(p: &mut Probe<'_, '_>) {
    let (Some(issued), Some(meeting)) = (p.date(CERTIFICATE), p.date(MEETING)) else {
        return;
    };
    let expires = add_months(issued, LIFE);
    if meeting > expires {
        p.block(CERTIFICATE)
            .with("issued", issued)
            .with("expires", expires)
            .with("meeting_date", meeting);
    }
}
