//! Every name and other name of the reference list is found, however it is spelt.

use super::*;
use serde_json::Value;

fn reference() -> Value {
    serde_json::from_str(include_str!("../vectors/formats.json")).unwrap()
}

fn code(v: &Value) -> u8 {
    match &v["code"] {
        Value::String(s) => s.parse().unwrap(),
        n => u8::try_from(n.as_u64().unwrap()).unwrap(),
    }
}

#[test]
fn every_people_is_found_by_each_of_its_names() {
    for e in reference()["ethnicities"].as_array().unwrap() {
        assert_eq!(ethnicity_code(e["name"].as_str().unwrap()), Some(code(e)));
        for alias in e["aliases"].as_array().unwrap() {
            let alias = alias.as_str().unwrap();
            assert!(ethnicity_code(alias).is_some(), "{alias}");
            assert!(
                ethnicity_code(&crate::text::upper(alias)).is_some(),
                "{alias} in capitals"
            );
        }
    }
    assert_eq!(ethnicity_code("H’MÔNG"), Some(8));
    assert_eq!(ethnicity_code("Thái Lan"), None);
}

#[test]
fn every_religion_is_found_by_each_of_its_names() {
    for r in reference()["religions"].as_array().unwrap() {
        assert_eq!(religion_code(r["name"].as_str().unwrap()), Some(code(r)));
        for alias in r["aliases"].as_array().unwrap() {
            assert_eq!(religion_code(alias.as_str().unwrap()), Some(code(r)));
        }
    }
    assert_eq!(religion_code("Đạo Ánh Sáng Mới"), None);
}

#[test]
fn the_63_province_codes_are_the_reference_codes() {
    let codes: Vec<u8> = reference()["provinces_63"]
        .as_array()
        .unwrap()
        .iter()
        .map(code)
        .collect();
    assert_eq!(PROVINCE_CODES.to_vec(), codes);
}

#[test]
fn the_lists_are_sorted_for_searching() {
    for list in [PEOPLES, RELIGIONS] {
        assert!(
            list.lines()
                .map(|line| line.split_once(' ').unwrap().1)
                .is_sorted_by(|a, b| a < b)
        );
    }
}
