//! Folding and composing: the reference examples, then properties against the reference implementation of Unicode.

use super::*;
use proptest::prelude::*;
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

#[test]
fn the_reference_examples_fold_as_they_should() {
    let formats: Value = serde_json::from_str(include_str!("../vectors/formats.json")).unwrap();
    let examples = formats["fold_examples"].as_array().unwrap();
    assert!(examples.len() > 15);
    for example in examples {
        let input = example["input"].as_str().unwrap();
        assert_eq!(fold(input), example["fold"].as_str().unwrap(), "fold of {input}");
        assert_eq!(weak(input), example["weak"].as_str().unwrap(), "weak of {input}");
    }
}

#[test]
fn decomposed_text_equals_composed_text() {
    assert_eq!(nfc("Nguye\u{302}\u{303}n"), "Nguyễn");
    assert_eq!(
        nfc("Nguy\u{1ebd}\u{302}n"),
        "Nguy\u{1ebd}\u{302}n".nfc().collect::<String>()
    );
    assert!(same("LÒ THỊ THUỶ", "Lo\u{300} Thi\u{323} Thủy"));
    assert!(same("H’Leo", "h'leo"));
    assert!(!same("Lĩn", "Lìn"));
}

#[test]
fn invisible_characters_do_not_count() {
    assert!(same("Lò\u{200b} Thị\u{feff}", "Lò Thị"));
    assert_eq!(nfc("a\u{7}b"), "ab");
}

#[test]
fn every_latin_letter_becomes_small_in_the_middle_of_a_word() {
    for c in ('\u{c0}'..='\u{24f}').chain('\u{1e00}'..='\u{1eff}') {
        if c.is_alphabetic() {
            let small: String = c.to_lowercase().collect();
            assert_eq!(fold(&format!("b{c}B")), format!("b{small}b"), "U+{:04X}", u32::from(c));
        }
    }
}

#[test]
fn capitals_are_unicode_capitals() {
    assert_eq!(upper("hạng a nếnh"), "HẠNG A NẾNH");
    assert_eq!(upper("đỗ ưu"), "ĐỖ ƯU");
}

#[test]
fn whole_words_are_found_and_parts_of_words_are_not() {
    assert!(has_words("bố là lò văn mẫu cha hay", "lò văn mẫu cha"));
    assert!(!has_words("lò văn mẫu chanh", "lò văn mẫu cha"));
    assert!(!has_words("abc", ""));
}

#[test]
fn copied_texts_are_alike_and_own_texts_are_not() {
    let own = "Tôi tham gia đủ các buổi sinh hoạt của chi đoàn; năm học này tôi kể chuyện về Bác Hồ bằng tiếng Mông.";
    let copy = "Tôi tham gia đủ các buổi sinh hoạt của chi đoàn, năm học này tôi kể chuyện về Bác Hồ bằng tiếng Mông";
    let other = "Em thường giúp mẹ làm nương, cuối tuần trông em và dạy các em nhỏ trong bản đọc chữ mỗi tối.";
    assert!(similarity(own, copy) > 0.99 && similarity(own, other) < 0.01);
    assert!(similarity(own, "bốn chữ mà thôi").abs() < f64::EPSILON);
}

#[test]
fn telex_keys_that_were_not_taken_are_recognised() {
    for (typed, meant) in [
        ("Nguyeenx", "Nguyễn"),
        ("ddieenj", "điện"),
        ("hoaf", "hòa"),
        ("thuyr", "thủy"),
        ("tuowngf", "tường"),
    ] {
        assert_eq!(untelex(typed).as_deref(), Some(meant), "{typed}");
    }
    assert_eq!(untelex("Minh"), None);
    assert_eq!(untelex("Điện"), None);
}

#[test]
fn names_stand_in_the_order_of_the_alphabet() {
    let formats: Value = serde_json::from_str(include_str!("../vectors/formats.json")).unwrap();
    let sorted: Vec<&str> = formats["collation"]["sorted_names"]
        .as_array()
        .unwrap()
        .iter()
        .map(|n| n.as_str().unwrap())
        .collect();
    let mut names = sorted.clone();
    names.reverse();
    names.sort_by(|a, b| {
        name_key(a).cmp(&name_key(b)).then(
            sorted
                .iter()
                .position(|n| n == a)
                .cmp(&sorted.iter().position(|n| n == b)),
        )
    });
    assert_eq!(names, sorted);
    assert_eq!(
        name_key("Lường Thị Hoà").cmp(&name_key("Lường Thị Hòa")),
        std::cmp::Ordering::Equal
    );
    assert_eq!(
        name_key("Lò Thị Ơn").cmp(&name_key("Lò Thị Ôn")),
        std::cmp::Ordering::Greater
    );
    assert_eq!(
        name_key("Lò Thị Tư").cmp(&name_key("Lò Thị Tú")),
        std::cmp::Ordering::Greater
    );
}

fn vietnamese() -> impl Strategy<Value = String> {
    "[a-zA-ZàáảãạăằắẳẵặâầấẩẫậđĐèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ '’-]{0,40}"
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn composing_is_what_unicode_says(text in "[a-zA-ZÀ-ɏḀ-ỿ\u{300}-\u{33f}\u{323}\u{31b} ]{0,30}") {
        let expected: String = text.nfc().collect();
        prop_assert_eq!(nfc(&text).into_owned(), expected);
    }

    #[test]
    fn folding_is_the_same_for_composed_and_decomposed_text(text in vietnamese()) {
        let decomposed: String = text.nfd().collect();
        prop_assert_eq!(fold(&text), fold(&decomposed));
        prop_assert_eq!(weak(&text), weak(&decomposed));
        prop_assert_eq!(fold(&text), fold(&upper(&text)));
    }

    #[test]
    fn folding_twice_changes_nothing(text in "\\PC{0,40}") {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once.clone());
        prop_assert_eq!(weak(&once), weak(&text));
    }

    #[test]
    fn weak_vietnamese_has_no_mark_left(text in vietnamese()) {
        prop_assert!(weak(&text).is_ascii());
    }
}

#[test]
fn spaces_around_a_text_are_cut_whatever_it_begins_and_ends_with() {
    for text in [
        "", " ", "a", " a", "a ", " a ", "đ", " đ", "đ ", "\u{a0}a", "a\u{a0}", "a b", "\ta\n", "1 đ", "đ 1 ",
    ] {
        assert_eq!(trim(text), text.trim(), "{text:?}");
    }
}
