//! Nothing is lost on the way to the new form, and everything that changed is said.

use super::*;
use crate::{Date, Fields};
use proptest::prelude::*;

fn record(answers: &[(&str, &str)]) -> Record {
    Record::from_fields(answers.iter().map(|(p, t)| (p.to_string(), t.to_string())).collect())
}

fn carried(old: &Record) -> Record {
    let mut new = old.clone();
    over(&mut new);
    new
}

fn said(r: &Record) -> Vec<&'static str> {
    changes(r).iter().map(|c| c.slug).collect()
}

/// The answers of the old record that the new one no longer holds under any path.
fn lost(old: &Record, new: &Record) -> Vec<String> {
    let held: Vec<&String> = new.fields().values().collect();
    let gone = old.fields().iter().filter(|(_, text)| !held.contains(text));
    gone.map(|(path, _)| path.clone()).collect()
}

#[test]
fn a_sheet_of_2022_is_carried_over_with_everything_said() {
    let old = record(&[
        ("form.version", "2022"),
        ("current_name", "LÒ THỊ MẨY"),
        ("birth_name", "LÒ THỊ MẪU"),
        ("birth_place.commune", "xã Phìn Hồ"),
        ("birth_place.district", "huyện Nậm Pồ"),
        ("ancestral_home.commune", "xã Phìn Hồ"),
        ("ancestral_home_source", "id_card"),
        ("education.vocational", "Trung cấp thiết bị"),
        ("education.higher", "Cử nhân Toán"),
        ("declaration.text", "câu cũ"),
        ("declaration.date", "1-9-2025"),
        ("life_history/a/from", "2000-01"),
    ]);
    let new = carried(&old);
    for (path, text) in [
        ("form.version", "2025"),
        ("other_names/form2022/_", "LÒ THỊ MẨY"),
        ("birth_registration_place.commune", "xã Phìn Hồ"),
        ("education.professional", "Trung cấp thiết bị"),
        ("education.highest_degree", "Cử nhân Toán"),
        ("declaration.text", ""),
        ("form2022.declaration.text", "câu cũ"),
        ("ancestral_home_source", ""),
        ("life_history/a/from", "2000-01"),
    ] {
        assert_eq!(new.text(path), text, "{path}");
    }
    assert_eq!(
        said(&new),
        [
            "form.version",
            "birth_name",
            "birth_registration_place",
            "ancestral_home",
            "permanent_residence",
            "education.professional",
            "education.highest_degree",
            "disciplines_considered_answer",
            "family",
            "declaration.text",
            "declaration.date",
        ]
    );
    assert_eq!(lost(&old, &new), [""; 0]);
}

#[test]
fn an_answer_without_a_place_is_shown_in_the_words_of_its_question() {
    let old = record(&[
        ("form.version", "2022"),
        ("current_name", "LÒ THỊ MẨY"),
        ("birth_place.commune", "xã Phìn Hồ"),
        ("birth_place.district", "huyện Nậm Pồ"),
        ("ancestral_home.commune", "xã Phìn Hồ"),
        ("ancestral_home_source", "id_card"),
        ("declaration.date", "1-9-2025"),
        ("cũ", "không rõ"),
    ]);
    let shown = kept(&carried(&old));
    let shown: Vec<(&str, &str)> = shown.iter().map(|(asked, text)| (*asked, text.as_str())).collect();
    assert_eq!(
        shown,
        [
            ("Nơi sinh", "xã Phìn Hồ"),
            ("Nơi sinh", "huyện Nậm Pồ"),
            ("Họ và tên đang dùng", "LÒ THỊ MẨY"),
            ("Câu trả lời khác", "không rõ"),
            ("Quê quán lấy từ giấy tờ nào", "thẻ căn cước"),
            ("Ngày, tháng, năm", "1-9-2025"),
            ("Mẫu đang dùng", "Mẫu 2-KNĐ theo 12-HD/BTCTW (18-01-2022)"),
        ]
    );
}

#[test]
fn each_change_leads_to_a_field_and_is_said_once() {
    let slugs: Vec<&str> = CHANGES.lines().filter_map(|line| line.split(' ').next()).collect();
    for (at, slug) in slugs.iter().enumerate() {
        assert!(form::field(form::lylich(), slug).is_some(), "{slug}");
        assert!(!slugs[..at].contains(slug), "{slug} twice");
    }
    let order = |slug: &&str| form::fields(form::lylich()).position(|f| f.slug == *slug);
    assert!(slugs.iter().map(order).is_sorted(), "in the order of the new form");
}

#[test]
fn a_record_of_2025_stays_as_it_is() {
    let mut r = record(&[
        ("form.version", "2025"),
        ("birth_name", "LÒ THỊ MẪU"),
        ("current_name", "Mẩy"),
    ]);
    let before = r.clone();
    assert!(!over(&mut r) && r == before && changes(&r).is_empty());
    let mut r = record(&[("form.version", "2022")]);
    assert!(over(&mut r), "carried over");
    let before = r.clone();
    assert!(!over(&mut r) && r == before, "once");
}

#[test]
fn the_day_of_the_declaration_chooses_the_edition() {
    let day = |iso: &str| Date::from_iso(iso).unwrap();
    assert_eq!(form::edition(day("2025-09-28")).id, "2-KNĐ/2022");
    assert_eq!(form::edition(day("2025-09-29")).id, "2-KNĐ/2025");
    for (answers, edition, due) in [
        (&[][..], "2025", false),
        (&[("form.version", "2022")], "2022", true),
        (
            &[("form.version", "2022"), ("declaration.date", "28-9-2025")],
            "2022",
            false,
        ),
        (
            &[("form.version", "2022"), ("declaration.date", "29-9-2025")],
            "2022",
            true,
        ),
        (
            &[("form.version", "2022"), ("declaration.date", "9-2025")],
            "2022",
            true,
        ),
        (
            &[("form.version", "2025"), ("declaration.date", "28-9-2025")],
            "2025",
            false,
        ),
        (&[("declaration.date", "28-9-2025")], "2022", false),
        (&[("declaration.date", "29-9-2025")], "2025", false),
        (&[("birth_place.commune", "xã Phìn Hồ")], "2022", true),
        (
            &[("birth_place.commune", "xã Phìn Hồ"), ("form.version", "2025")],
            "2025",
            false,
        ),
    ] {
        let r = record(answers);
        assert_eq!(
            (form::edition_of(&r).edition, is_due(&r)),
            (edition, due),
            "{answers:?}"
        );
    }
}

/// Answers on the form of 2022: texts under its own fields, under paths that stay, and under paths of no form.
fn sheet() -> impl Strategy<Value = Fields> {
    proptest::collection::btree_map(
        "current_name|birth_name|birth_place(\\.[a-z]{1,4})?|ancestral_home\\.(commune|district)|ancestral_home_source\
         |education\\.(vocational|higher|professional|highest_degree)|declaration\\.(text|date)|other_names/(a|form2022x?)/_|[a-z]{1,6}",
        "[a-zđ]{1,8}",
        0..14,
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_answer_is_ever_lost(first in sheet(), again in sheet()) {
        let mut old = Record::from_fields(first);
        old.set("form.version", "2022");
        let mut new = carried(&old);
        prop_assert_eq!(lost(&old, &new), [""; 0]);
        // back to the old form by the question itself, written on, and carried over again
        for (path, text) in &again {
            new.set(path, text);
        }
        new.set("form.version", "2022");
        prop_assert_eq!(lost(&new, &carried(&new)), [""; 0]);
    }

    #[test]
    fn every_answer_is_on_the_new_form_or_shown_beside_it(answers in sheet()) {
        let mut old = Record::from_fields(answers);
        old.set("form.version", "2022");
        let new = carried(&old);
        let beside = kept(&new);
        for (path, text) in new.fields().iter().filter(|(path, _)| !path.ends_with("/#") && !path.starts_with("form2022.form.")) {
            prop_assert!(
                form::field(form::lylich(), path).is_some() || beside.iter().any(|(_, shown)| shown == text),
                "{} is nowhere", path
            );
        }
    }
}
