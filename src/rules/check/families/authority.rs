//! Matters that only a competent committee decides. The checks say so and judge nothing; number and date of its decision clear them.

use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: Family = Family {
    text: include_str!("authority.txt"),
    checks: &[
        ("POL-01", political_matters),
        ("POL-02", parent_left_the_party),
        ("REL-01", follower_of_a_religion),
        ("MAR-01", foreign_spouse),
        ("HOA-01", ethnic_hoa),
        ("FOR-01", foreign_origin),
        ("OWN-01", owner_of_a_business),
    ],
};

/// POL-01.
fn political_matters(p: &mut Probe<'_, '_>) {
    if p.rows("procedure.authority_decisions").any(|a| a.is("matter", "POL")) {
        return;
    }
    for (slug, code) in POLITICAL {
        if p.is(&format!("{slug}.answer"), "có") {
            let people = format!("mục 16 ({})", crate::finding::label(code));
            p.approve(slug).with(
                "where",
                Param::Shown {
                    file: slug.to_string(),
                    people,
                },
            );
        }
    }
    for q in p.facts.people() {
        if q.row.is("matters_to_report.answer", "có") {
            let people = format!("mục 21 ({})", person(&q.row).shown());
            let file = format!("family[{}].matters_to_report", q.row.name);
            p.approve_in(&q.row, "matters_to_report.answer")
                .with("where", Param::Shown { file, people });
        }
    }
}

/// POL-02.
fn parent_left_the_party(p: &mut Probe<'_, '_>) {
    for q in p.facts.people() {
        if q.is_one_of(&["father", "mother"]) && q.row.is("left_party.answer", "có") {
            p.approve_in(&q.row, "left_party.answer").about(&q.row);
        }
    }
}

/// REL-01.
fn follower_of_a_religion(p: &mut Probe<'_, '_>) {
    let religion = p.text("religion");
    let decided = p.rows("procedure.authority_decisions").any(|a| a.is("matter", "REL"));
    if !religion.is_empty() && !is_no_religion(religion) && !decided {
        p.approve("religion");
    }
}

/// MAR-01.
fn foreign_spouse(p: &mut Probe<'_, '_>) {
    if decided_before(p, "MAR", true) {
        return;
    }
    for q in p.facts.people() {
        if q.is_one_of(&["husband", "wife"]) && is_foreign(q) {
            p.approve_in(&q.row, "nationality");
        }
    }
}

/// HOA-01.
fn ethnic_hoa(p: &mut Probe<'_, '_>) {
    if people::ethnicity_code(p.text("ethnicity")) == Some(4) && !decided_before(p, "HOA", true) {
        p.approve("ethnicity");
    }
}

/// FOR-01.
fn foreign_origin(p: &mut Probe<'_, '_>) {
    if p.is("profile.foreign_origin.answer", "có") && !decided_before(p, "FOR", true) {
        p.approve("profile.foreign_origin.answer");
    }
}

/// OWN-01.
fn owner_of_a_business(p: &mut Probe<'_, '_>) {
    if p.is("profile.private_business_owner.answer", "có") && !decided_before(p, "OWN", true) {
        p.approve("profile.private_business_owner.answer");
    }
}
