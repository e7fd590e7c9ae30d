//! The examples of the reference list, then anything.

use super::*;
use proptest::prelude::*;
use serde_json::Value;

#[test]
fn the_reference_examples_are_read() {
    let formats: Value = serde_json::from_str(include_str!("../vectors/formats.json")).unwrap();
    let examples = formats["qr_examples"].as_array().unwrap();
    assert!(examples.len() >= 4);
    for example in examples {
        let card = read(example["input"].as_str().unwrap());
        if example["error"].is_string() {
            assert_eq!(card, None, "{example}");
            continue;
        }
        let card = card.unwrap();
        let text = |key: &str| example[key].as_str().map(str::to_string).filter(|t| !t.is_empty());
        assert_eq!(card.number, text("number"), "{example}");
        assert_eq!(card.name, text("name"), "{example}");
        assert_eq!(card.birth_date.map(Date::iso), text("birth_date"), "{example}");
        assert_eq!(card.gender, text("gender"), "{example}");
        assert_eq!(card.old_number, text("cmnd"), "{example}");
        assert_eq!(card.issued.map(Date::iso), text("issued"), "{example}");
    }
}

#[test]
fn what_is_missing_is_left_for_the_person() {
    let card = read("011308000000|||31022008|Nữ").unwrap();
    assert_eq!((card.number.is_some(), card.name, card.birth_date), (true, None, None));
    assert_eq!(read("a|b"), None);
    assert_eq!(read("||||||"), None);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_code_is_read_without_a_panic(code in "\\PC*|([0-9]{8,12}|[a-zđ ]{0,9}|\\|){0,9}") {
        if let Some(card) = read(&code) {
            prop_assert!(card.number.is_none_or(|n| n.len() == 12));
        }
    }
}
