//! Nothing is lost on the way to the new form, and everything that changed is said.

use super::*;
use crate::form;
use proptest::prelude::*;

fn record(answers: &[(&str, &str)]) -> Record {
    Record::from_fields(answers.iter().map(|(p, t)| (p.to_string(), t.to_string())).collect())
}

fn said(carried: &Carried) -> Vec<&'static str> {
    carried.changes.iter().map(|c| c.slug).collect()
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
    let new = over(&old);
    let text = |path: &str| new.record.text(path).to_string();
    assert_eq!(text("form.version"), "2025");
    assert_eq!(text("other_names/form2022/_"), "LÒ THỊ MẨY");
    assert_eq!(text("birth_registration_place.commune"), "xã Phìn Hồ");
    assert_eq!(text("education.professional"), "Trung cấp thiết bị; Cử nhân Toán");
    assert_eq!(text("education.highest_degree"), "Cử nhân Toán");
    assert_eq!(
        (text("declaration.text"), text("form2022.declaration.text")),
        (String::new(), "câu cũ".to_string())
    );
    assert_eq!(text("ancestral_home_source"), "");
    assert_eq!(text("life_history/a/from"), "2000-01");
    let all = said(&new);
    for slug in [
        "form.version",
        "other_names",
        "birth_registration_place",
        "ancestral_home",
        "declaration.text",
    ] {
        assert!(all.contains(&slug), "{slug} is not said");
    }
    assert!(all.contains(&"disciplines_considered_answer") && all.contains(&"family"));
    assert!(
        new.changes
            .iter()
            .all(|c| form::field(form::lylich(), c.slug).is_some())
    );
    let lost: Vec<String> = lost(&old, &new.record).into_keys().collect();
    assert_eq!(lost, ["form.version"], "only the edition itself is answered anew");
}

#[test]
fn a_record_of_2025_comes_back_as_it_is() {
    let r = record(&[("form.version", "2025"), ("birth_name", "LÒ THỊ MẪU")]);
    assert_eq!(
        over(&r),
        Carried {
            record: r.clone(),
            changes: Vec::new()
        }
    );
    assert!(
        said(&over(&over(&record(&[("form.version", "2022")])).record)).is_empty(),
        "carried over once"
    );
}

#[test]
fn the_day_of_the_declaration_chooses_the_edition() {
    let day = |iso: &str| crate::Date::from_iso(iso).unwrap();
    assert_eq!(form::edition(day("2025-09-28")).id, "2-KNĐ/2022");
    assert_eq!(form::edition(day("2025-09-29")).id, "2-KNĐ/2025");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_answer_is_ever_lost(texts in proptest::collection::btree_map(
        "current_name|birth_name|birth_place(\\.[a-z]{1,4})?|ancestral_home\\.commune|education\\.(vocational|higher|professional)|declaration\\.(text|date)|[a-z]{1,6}",
        "[a-zđ]{1,8}", 0..12)) {
        let mut old = Record::from_fields(texts.into_iter().collect());
        old.set("form.version", "2022");
        let lost: Vec<String> = lost(&old, &over(&old).record).into_keys().filter(|p| p != "form.version").collect();
        prop_assert!(lost.is_empty(), "{:?}", lost);
    }
}
