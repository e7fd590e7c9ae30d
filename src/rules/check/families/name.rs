//! Items 1 to 4 (name, other names, birth, gender), and the required slugs that no rule of their own reports.

use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: Family = Family {
    text: include_str!("name.txt"),
    checks: &[
        ("LL-00", nothing_left_blank),
        ("LL-01", birth_name_in_capitals),
        ("LL-02", other_names_not_in_capitals),
        ("LL-03", full_date_of_birth),
        ("LL-03b", date_of_the_certificate),
        ("LL-04", gender_is_nam_or_nu),
    ],
};

/// LL-00.
fn nothing_left_blank(p: &mut Probe<'_, '_>) {
    let slugs = [
        "permanent_residence",
        "ethnicity",
        "occupation",
        "education.general",
        "self_assessment.trust",
        "declaration.date",
    ];
    for slug in slugs {
        let blank = match slug {
            "permanent_residence" => p.place(slug).is_blank() && p.place("temporary_residence").is_blank(),
            _ => p.blank(slug),
        };
        if blank {
            p.explain(slug).with("label", field_label(slug));
        }
    }
}

const NAME: &str = "birth_name";

/// LL-01.
fn birth_name_in_capitals(p: &mut Probe<'_, '_>) {
    let name = p.text(NAME);
    if name.is_empty() {
        p.explain(NAME).case("blank");
        return;
    }
    let capitals = upper(name);
    if nfc(name) != capitals.as_str() {
        p.style(NAME).with("suggestion", capitals);
    }
    let certificate = p.text("papers.birth_certificate.name");
    if !certificate.is_empty() && !same(name, certificate) {
        p.explain(NAME).case("certificate");
    }
}

/// LL-02.
fn other_names_not_in_capitals(p: &mut Probe<'_, '_>) {
    for row in p.facts.rows("other_names") {
        let name = nfc(row.text("_"));
        if name.chars().filter(|c| c.is_alphabetic()).count() >= 2 && upper(&name) == name.as_ref() {
            p.style_in(row, "_").with("index", row.number_shown());
        }
    }
}

const BORN: &str = "birth_date";

/// LL-03.
fn full_date_of_birth(p: &mut Probe<'_, '_>) {
    if p.date(BORN).is_none() {
        p.explain(BORN);
    }
}

/// LL-03b.
fn date_of_the_certificate(p: &mut Probe<'_, '_>) {
    let (Some(own), Some(paper)) = (p.date(BORN), p.date("papers.birth_certificate.birth_date")) else {
        return;
    };
    if own != paper {
        p.explain(BORN);
    }
}

/// LL-04.
fn gender_is_nam_or_nu(p: &mut Probe<'_, '_>) {
    if !matches!(fold(p.text("gender")).as_str(), "nam" | "nữ") {
        p.explain("gender");
    }
}
