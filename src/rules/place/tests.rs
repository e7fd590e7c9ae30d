//! The lists as they are shipped: the checked examples, the divided units, the changes of 2026, and finding by any spelling.

use super::*;
use proptest::prelude::*;
use serde_json::Value;

fn places() -> Places {
    Places::read(
        include_bytes!("../../../public/data/places-now.txt"),
        include_bytes!("../../../public/data/places-old.txt"),
    )
    .unwrap()
}

fn day(iso: &str) -> Date {
    Date::from_iso(iso).unwrap()
}

fn today() -> Date {
    day("2026-11-21")
}

#[test]
fn there_are_34_provinces_and_3321_communes() {
    let p = places();
    assert_eq!((p.provinces.len(), p.communes.len()), (34, 3321));
    let formats: Value = serde_json::from_str(include_str!("../vectors/formats.json")).unwrap();
    for province in formats["provinces_34"].as_array().unwrap() {
        let (code, name) = (province["code"].as_str().unwrap(), province["name"].as_str().unwrap());
        assert!(p.provinces(today()).any(|own| own == (code, name)), "{code} {name}");
        if let Some(n) = province["communes"].as_u64() {
            assert_eq!(p.communes(code, today()).len() as u64, n, "{name}");
        }
    }
}

#[test]
fn the_same_unit_is_known_by_other_spellings_and_another_is_not() {
    let same = |a: (&str, &str), b: (&str, &str)| same_unit(a, b) && same_unit(b, a);
    assert!(same(("xã Si Pa Phìn", "tỉnh Điện Biên"), ("Si Pa Phìn", "Điện Biên")));
    assert!(same(
        ("X. Si Pa Phìn", "Điện Biên"),
        ("xã Si Pa Phìn", "tỉnh Điện Biên")
    ));
    assert!(!same(
        ("xã Si Pa Phìn", "tỉnh Điện Biên"),
        ("phường Si Pa Phìn", "tỉnh Điện Biên")
    ));
    assert!(!same(
        ("xã Si Pa Phìn", "tỉnh Điện Biên"),
        ("xã Si Pa Phìn", "tỉnh Lai Châu")
    ));
    assert!(!same(
        ("xã Si Pa Phìn", "tỉnh Điện Biên"),
        ("xã Mường Nhé", "tỉnh Điện Biên")
    ));
}

#[test]
fn every_old_unit_of_the_list_became_something() {
    let p = places();
    let mut known: Vec<u64> = p.old.iter().map(|(hash, _)| *hash).collect();
    known.dedup();
    assert_eq!(known.len(), 10_040);
    let divided = known.iter().filter(|h| hits(&p.old, **h).len() > 1).count();
    assert_eq!(divided, 471);
}

#[test]
fn the_checked_examples_go_where_they_went() {
    let p = places();
    let formats: Value = serde_json::from_str(include_str!("../vectors/formats.json")).unwrap();
    let examples = formats["old_to_new_examples"].as_array().unwrap();
    assert!(examples.len() >= 15);
    for example in examples {
        let name = |part: &str| example["old"][part].as_str().unwrap().to_string();
        let (commune, district, province) = (name("commune"), name("district"), name("province"));
        let got = p.candidates(&commune, &district, &province, today());
        assert!(p.is_old(&commune, &district, &province), "{example}");
        let pair = |v: &Value| (v[0].as_str().unwrap().to_string(), v[1].as_str().unwrap().to_string());
        let mut want: Vec<(String, String)> = example["new"].as_array().unwrap().iter().map(pair).collect();
        let mut got = got;
        want.sort();
        got.sort();
        assert_eq!(got, want, "{example}");
    }
}

#[test]
fn a_divided_unit_is_a_choice() {
    let names: Vec<String> = places()
        .candidates("xã Trà Bùi", "huyện Trà Bồng", "tỉnh Quảng Ngãi", today())
        .into_iter()
        .map(|(c, _)| c)
        .collect();
    assert_eq!(names.len(), 2);
    assert!(names.contains(&"Xã Cà Đam".to_string()) && names.contains(&"Xã Tây Trà Bồng".to_string()));
}

#[test]
fn a_name_that_lives_on_elsewhere_is_not_mixed_up() {
    let p = places();
    assert!(p.is_current("xã Sam Mứn", "tỉnh Điện Biên", today()));
    assert_eq!(
        p.candidates("xã Sam Mứn", "huyện Điện Biên", "tỉnh Điện Biên", today())[0].0,
        "Xã Thanh An"
    );
    assert_eq!(
        p.candidates("xã Pom Lót", "huyện Điện Biên", "tỉnh Điện Biên", today())[0].0,
        "Xã Sam Mứn"
    );
}

#[test]
fn marks_count_and_placement_of_the_tone_does_not() {
    let p = places();
    assert!(p.is_current("xã Sơn Hà", "tỉnh Quảng Ngãi", today()));
    assert!(!p.is_current("xã Sơn Hả", "tỉnh Quảng Ngãi", today()));
    assert!(p.is_old("xã Hoà Bình", "huyện Vũ Thư", "tỉnh Thái Bình"));
    assert!(!p.is_current("xã Bờ I", "tỉnh Quảng Ngãi", today()));
    assert!(p.is_current("XÃ BỜ Y", "Tỉnh Quảng Ngãi", today()));
}

#[test]
fn the_changes_of_2026_hold_from_their_day() {
    let p = places();
    for (commune, province, on, want) in [
        ("xã Bố Hạ", "tỉnh Bắc Ninh", "2026-08-23", true),
        ("phường Bố Hạ", "tỉnh Bắc Ninh", "2026-08-23", false),
        ("phường Bố Hạ", "thành phố Bắc Ninh", "2026-08-24", true),
        ("xã Bố Hạ", "thành phố Bắc Ninh", "2026-08-24", false),
        ("phường Long Thành", "thành phố Đồng Nai", "2026-04-24", true),
        ("xã Long Thành", "tỉnh Đồng Nai", "2026-04-23", true),
        ("phường Hạ Long", "tỉnh Quảng Ninh", "2026-11-21", false),
        ("phường Hạ Long", "Quảng Ninh", "2026-11-21", true),
    ] {
        assert_eq!(
            p.is_current(commune, province, day(on)),
            want,
            "{commune}, {province} on {on}"
        );
    }
}

#[test]
fn abbreviations_and_unsaid_kinds_are_understood() {
    let p = places();
    assert!(p.is_current("P. Điện Biên Phủ", "Điện Biên", today()));
    assert!(p.is_current("Si Pa Phìn", "tỉnh Điện Biên", today()));
    assert!(p.is_old("TT. Mường Chà", "H. Mường Chà", "Điện Biên"));
    assert!(p.is_old("xã Phìn Hồ", "Nậm Pồ", "tỉnh Điện Biên"));
    assert!(p.is_old("xã Phìn Hồ", "", "tỉnh Điện Biên"));
    assert!(!p.is_old("xã Phìn Hồ", "huyện Mường Nhé", "tỉnh Điện Biên"));
    assert_eq!(
        p.candidates("", "huyện Côn Đảo", "tỉnh Bà Rịa - Vũng Tàu", today())
            .len(),
        1
    );
}

#[test]
fn a_unit_is_found_by_any_spelling() {
    let p = places();
    let first = |typed: &str| {
        p.suggest(typed, 3, today())
            .first()
            .map(Suggestion::written)
            .unwrap_or_default()
    };
    assert_eq!(first("si pa phin"), "Xã Si Pa Phìn, Tỉnh Điện Biên");
    assert_eq!(first("Xã Si Pa Phìn, tỉnh Điện Biên"), "Xã Si Pa Phìn, Tỉnh Điện Biên");
    assert_eq!(
        first("phin ho"),
        "Xã Si Pa Phìn, Tỉnh Điện Biên (trước đây là Xã Phìn Hồ, Huyện Nậm Pồ, Tỉnh Điện Biên)"
    );
    assert_eq!(
        first("xa hoa binh, huyen vu thu"),
        "Xã Vũ Thư, Tỉnh Hưng Yên (trước đây là Xã Hòa Bình, Huyện Vũ Thư, Tỉnh Thái Bình)"
    );
    assert!(first("Phinf Hoof").contains("Phìn Hồ"));
    assert!(
        p.suggest("trà bùi", 5, today()).len() >= 2,
        "a divided unit gives every successor"
    );
    assert_eq!(p.suggest("", 5, today()), []);
    assert_eq!(p.suggest("không có xã nào như vậy", 5, today()), []);
}

#[test]
fn a_broken_list_names_its_line() {
    assert_eq!(
        Places::read("Si Pa Phìn\n".as_bytes(), b"").err(),
        Some(PlacesFault { line: 1 })
    );
    assert_eq!(
        Places::read("11Tỉnh Điện Biên\n*\n".as_bytes(), b"").err(),
        Some(PlacesFault { line: 2 })
    );
    assert_eq!(
        Places::read("11Tỉnh A<x 2026-02-30\n".as_bytes(), b"").err(),
        Some(PlacesFault { line: 1 })
    );
    assert_eq!(
        Places::read(b"11X\nA\n", b"B\nC\n").err(),
        Some(PlacesFault { line: 2 })
    );
    assert!(Places::read(&[0xff], b"").is_err());
    assert!(Places::read(b"", b"").is_ok());
    let said = PlacesFault { line: 7 }.to_string();
    assert!(said.contains("dòng 7"), "{said}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_looked_up_without_a_panic(typed in "\\PC{0,30}", district in "\\PC{0,10}") {
        thread_local!(static P: Places = places());
        P.with(|p| {
            let _ = p.suggest(&typed, 5, today());
            let _ = p.candidates(&typed, &district, &typed, today());
            let _ = p.is_current(&typed, &district, today());
        });
    }
}

#[test]
fn a_present_name_that_begins_with_the_words_comes_before_one_that_has_them_inside() {
    let p = places();
    for typed in ["tân", "phú"] {
        let found = p.suggest(typed, 2000, today());
        let bare = |s: &Suggestion| crate::text::weak(&name::Name::read(&s.commune).bare);
        let present: Vec<bool> = found
            .iter()
            .filter(|s| s.old.is_none())
            .map(|s| bare(s).starts_with(&crate::text::weak(typed)))
            .collect();
        assert!(present.contains(&true) && present.contains(&false), "{typed}");
        assert!(present.is_sorted_by(|a, b| a >= b), "{typed}: {present:?}");
    }
}
