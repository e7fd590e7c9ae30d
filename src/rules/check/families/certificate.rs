//! Who gave the certificate of the awareness class, and in which order one came to it.

use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: Family = Family {
    text: include_str!("certificate.txt"),
    checks: &[("CLS-03", issuer_fits_the_day), ("CLS-04", sent_to_class_after_listing)],
};

const CERTIFICATE: &str = "procedure.certificate_date";
const LISTED: &str = "procedure.listed_date";
const START: &str = "procedure.class_start";

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
