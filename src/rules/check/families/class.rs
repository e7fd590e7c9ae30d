//! The awareness class and its certificate.

use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: Family = Family {
    text: include_str!("class.txt"),
    checks: &[
        ("CLS-01", certificate_before_the_meeting),
        ("CLS-02", certificate_lives_sixty_months),
        ("CLS-03", issuer_fits_the_day),
        ("CLS-04", sent_to_class_after_listing),
    ],
};

const CERTIFICATE: &str = "procedure.certificate_date";
const LISTED: &str = "procedure.listed_date";
const START: &str = "procedure.class_start";

/// Months a certificate lives.
const LIFE: i32 = 60;

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

/// Day on which the district level ended.
const NO_DISTRICTS: Date = on(2025, 7, 1);

/// CLS-03.
fn issuer_fits_the_day(p: &mut Probe<'_, '_>) {
    let Some(issued) = p.date(CERTIFICATE) else { return };
    let level = p.text("procedure.certificate_issuer_level");
    if (issued >= NO_DISTRICTS && level == "district") || (issued < NO_DISTRICTS && level == "commune") {
        p.explain("procedure.certificate_issuer_level").with("issued", issued);
    }
}

/// CLS-04.
fn sent_to_class_after_listing(p: &mut Probe<'_, '_>) {
    let Some(start) = p.date(START) else { return };
    match p.date(LISTED) {
        Some(listed) if start < listed => drop(p.explain(START).with("class_start", start).with("listed_date", listed)),
        None if p.blank(LISTED) => drop(p.explain(LISTED).case("not_listed")),
        _ => {}
    }
}
