//! The book is whole, and what is looked for is found.

use super::*;

fn book() -> Book {
    Book::read(include_str!("../../../public/data/rules.txt").to_string()).unwrap()
}

fn found(wanted: Wanted<'_>) -> Vec<&'static str> {
    book().search(&wanted).iter().map(|entry| entry.rule.id).collect()
}

#[test]
fn every_rule_of_the_reference_stands_in_the_book_also_without_the_checks_of_the_procedure() {
    let reference: serde_json::Value = serde_json::from_str(include_str!("../vectors/rules.json")).unwrap();
    let mut ids: Vec<&str> = reference["rules"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| r["id"].as_str().unwrap())
        .collect();
    let book = book();
    let mut own: Vec<&str> = book.entries.iter().map(|entry| entry.rule.id).collect();
    ids.sort_unstable();
    own.sort_unstable();
    assert_eq!(own, ids);
    for entry in &book.entries {
        let says_why = !entry.rule.nothing_to_compute.is_empty();
        assert_eq!(
            says_why,
            entry.example.is_empty(),
            "{} has an example or a reason",
            entry.rule.id
        );
    }
}

#[test]
fn a_rule_is_found_by_words_with_and_without_marks() {
    for words in ["liên tục theo tháng", "lien tuc theo thang", "  THÁNG   liên ", "ll-15"] {
        assert!(
            found(Wanted {
                words,
                ..Wanted::default()
            })
            .contains(&"LL-15"),
            "{words}"
        );
    }
    assert!(
        found(Wanted {
            words: "không có từ này xyz",
            ..Wanted::default()
        })
        .is_empty()
    );
}

#[test]
fn a_rule_is_found_by_its_item() {
    let fifteen = found(Wanted {
        item: "15",
        ..Wanted::default()
    });
    assert!(fifteen.contains(&"LL-15") && fifteen.contains(&"LL-15j"), "{fifteen:?}");
    assert!(!fifteen.contains(&"AGE-01"));
    assert!(
        found(Wanted {
            item: "99",
            ..Wanted::default()
        })
        .is_empty()
    );
}

#[test]
fn a_rule_is_found_by_its_instrument_and_day() {
    let by = |instrument, day: &str| {
        found(Wanted {
            instrument,
            day: Date::from_iso(day),
            ..Wanted::default()
        })
    };
    assert!(by("294", "2025-08-01").contains(&"AGE-01"));
    assert!(
        !by("294-QĐ/TW", "2026-09-01").contains(&"AGE-01"),
        "another text holds on that day"
    );
    assert!(by("Q208", "2026-09-01").contains(&"AGE-01"));
}

#[test]
fn a_rule_not_yet_in_force_is_not_found_on_that_day() {
    let day = Date::from_iso("2016-01-01");
    assert!(
        !found(Wanted {
            day,
            ..Wanted::default()
        })
        .contains(&"AGE-01")
    );
    assert_eq!(found(Wanted::default()).len(), 210);
}

#[test]
#[cfg(feature = "procedure")]
fn the_file_of_the_page_is_the_families_it_lacks_and_the_order_of_all_rules() {
    let book = book();
    let example = |rule: &'static Rule| {
        let entry = book.entries.iter().find(|entry| entry.rule.id == rule.id);
        entry.unwrap().example.to_string()
    };
    assert!(file(example) == include_str!("../../../public/data/rules.txt"));
}

#[test]
fn the_items_of_a_rule_are_those_it_reads() {
    let items = |id: &str| {
        let book = book();
        let entry = book.entries.iter().find(|entry| entry.rule.id == id);
        entry.unwrap().items().join(" ")
    };
    assert_eq!(items("AGE-01"), "3");
    assert_eq!(items("LL-15"), "14 15");
    assert_eq!(items("MON-03"), "");
    assert_eq!(items("LL-12b"), "12 14");
    assert!(items("FMT-07").starts_with("cover 1 2 3"), "{}", items("FMT-07"));
}

#[test]
fn the_grounds_of_an_entry_are_those_of_the_day() {
    let book = book();
    let age = book.entries.iter().find(|entry| entry.rule.id == "AGE-01").unwrap();
    let on = |day: &str| age.grounds(Date::from_iso(day)).len();
    assert_eq!((on("2026-11-10"), on("2016-01-01")), (1, 0));
    assert!(age.grounds(None).len() > 3);
}

#[test]
fn a_file_of_another_release_says_which_rule_is_missing() {
    let fault = Book::read("\n=\nXX-1 a\n".to_string()).err().unwrap();
    assert_eq!(
        fault.to_string(),
        "sổ quy tắc thuộc bản khác của ứng dụng: chưa có XX-1"
    );
    assert_eq!(Book::read("=\nXX-1 a".to_string()).err().unwrap().rule, "=");
    assert_eq!(Book::read("\n=\nXX-1 a\n".to_string()).err().unwrap().rule, "XX-1");
}
