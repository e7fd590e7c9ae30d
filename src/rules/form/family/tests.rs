//! Who is asked what, and whose blank is a gap: lists read against the reference catalogue, so that no group slips into another.

use super::*;

const DAY: &str = "10-11-2026";

fn person_of(answers: &[(&str, &str)]) -> Record {
    let mut r = Record::new();
    r.set("declaration.date", DAY);
    for (slug, text) in answers {
        r.set(&format!("family/p/{slug}"), text);
    }
    r
}

/// What is asked, and of that what must not stay blank (`*`).
fn asked(answers: &[(&str, &str)]) -> String {
    let r = person_of(answers);
    let fields = person_fields(&r, "family/p").into_iter();
    let named = |f: &Field| match f.is_required(&r, Some("family/p")) {
        true => format!("{}*", f.slug),
        false => f.slug.to_string(),
    };
    fields.map(named).collect::<Vec<_>>().join(" ")
}

#[test]
fn each_group_is_asked_its_own_questions() {
    for (answers, want) in [
        (&[("relation", "")] as &[(&str, &str)], "relation* name* birth_year*"),
        (&[("death.answer", "có")], "relation* name* birth_year*"),
        (
            &[("relation", "paternal_grandfather")],
            "relation* name* birth_year* ancestral_home* nationality ethnicity religion residence* occupation* history political_note* \
             death.answer party_member.answer abroad.answer matters_to_report note",
        ),
        (
            &[("relation", "paternal_grandfather"), ("death.answer", "có")],
            "relation* name* birth_year* ancestral_home* nationality ethnicity religion history political_note* death.answer death.year \
             death.cause death.place party_member.answer abroad.answer matters_to_report note",
        ),
        (
            &[("relation", "father")],
            "relation* name* birth_year* birth_place* ancestral_home* nationality ethnicity religion residence* occupation* class_background \
             history* political_note* compliance* death.answer party_member.answer left_party.answer abroad.answer marriage_year \
             matters_to_report note",
        ),
        (
            &[("relation", "father"), ("death.answer", "có")],
            "relation* name* birth_year* birth_place* ancestral_home* nationality ethnicity religion class_background history* \
             political_note* death.answer death.year* death.cause* death.place* party_member.answer left_party.answer abroad.answer \
             marriage_year matters_to_report note",
        ),
        (
            &[("relation", "elder_brother"), ("death.answer", "có")],
            "relation* name* birth_year* nationality* history death.answer death.year death.cause death.place party_member.answer \
             abroad.answer matters_to_report note",
        ),
        (
            &[("relation", "former_spouse"), ("death.answer", "có")],
            "relation* name* birth_year* marriage_year* divorce.year* divorce.decision* matters_to_report note",
        ),
        (
            &[("relation", "other_relative")],
            "relation* name* birth_year* residence occupation death.answer party_member.answer abroad.answer matters_to_report note",
        ),
        (
            &[("relation", "other_relative"), ("death.answer", "có")],
            "relation* name* birth_year* residence occupation death.answer death.year death.cause death.place party_member.answer \
             abroad.answer matters_to_report note",
        ),
    ] {
        assert_eq!(asked(answers), want, "{answers:?}");
    }
}

#[test]
fn a_sibling_is_asked_by_age() {
    for (born, want) in [
        (
            "",
            "nationality* residence* occupation history compliance economic criminal_record",
        ),
        (
            "2008",
            "nationality* residence* occupation* history compliance* economic* criminal_record*",
        ),
        ("2009", "nationality* residence* occupation*"),
        ("2020", "nationality* residence* occupation*"),
        ("2021", "nationality* residence*"),
    ] {
        let want = format!(
            "relation* name* birth_year* {want} death.answer party_member.answer abroad.answer matters_to_report note"
        );
        assert_eq!(
            asked(&[("relation", "elder_brother"), ("birth_year", born)]),
            want,
            "{born}"
        );
    }
}
