//! Folding a passphrase before it becomes a key (storage and vault §9.4): one form for every Vietnamese keyboard.
//!
//! Invariant: NFC, NFD, old and new tone placement, case and spacing all fold to the same bytes; the result holds only a–z, 0–9 and
//! single spaces. The table is all there is: no Unicode crate, so a restored vault folds the same for ever. Changing the table
//! would lock people out.

use zeroize::Zeroizing;

/// Each plain letter and the letters that fold to it.
const FOLDS: [(char, &str); 7] = [
    ('a', "àáảãạăằắẳẵặâầấẩẫậÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬ"),
    ('d', "đĐðÐ"),
    ('e', "èéẻẽẹêềếểễệÈÉẺẼẸÊỀẾỂỄỆ"),
    ('i', "ìíỉĩịÌÍỈĨỊ"),
    ('o', "òóỏõọôồốổỗộơờớởỡợÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢ"),
    ('u', "ùúủũụưừứửữựÙÚỦŨỤƯỪỨỬỮỰ"),
    ('y', "ỳýỷỹỵỲÝỶỸỴ"),
];

/// A combining mark, as NFD text and some keyboards leave it behind its letter.
fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

fn letter(c: char) -> Option<char> {
    if c.is_ascii_alphanumeric() {
        return Some(c.to_ascii_lowercase());
    }
    FOLDS
        .iter()
        .find(|(_, marked)| marked.contains(c))
        .map(|(plain, _)| *plain)
}

/// Folds a passphrase.
pub fn fold(text: &str) -> Zeroizing<String> {
    let mut out = Zeroizing::new(String::with_capacity(text.len()));
    let mut gap = false;
    for c in text.chars().filter(|c| !is_mark(*c)) {
        match letter(c) {
            Some(plain) => {
                if gap && !out.is_empty() {
                    out.push(' ');
                }
                gap = false;
                out.push(plain);
            }
            None => gap = true,
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spellings_of_one_phrase_fold_to_one_form() {
        let spellings = [
            ("NFC", "Hoà bình, Đường Thuỷ 1945"),
            ("new tone placement", "Hòa bình, Đường Thủy 1945"),
            (
                "NFD",
                "Hoa\u{300} bi\u{300}nh, \u{110}u\u{31b}o\u{31b}\u{300}ng Thu\u{309}y 1945",
            ),
            (
                "other order of marks",
                "Hoa\u{300} bi\u{300}nh, \u{110}\u{1b0}\u{1a1}\u{300}ng Thuy\u{309} 1945",
            ),
            ("capitals", "HOÀ BÌNH, ĐƯỜNG THUỶ 1945"),
            ("blanks", "  hoà   bình\u{a0}đường\tthuỷ – 1945 ! "),
            ("without marks", "hoa binh duong thuy 1945"),
        ];
        for (name, text) in spellings {
            assert_eq!(fold(text).as_str(), "hoa binh duong thuy 1945", "{name}");
        }
    }

    #[test]
    fn every_vietnamese_letter_folds_to_one_plain_letter() {
        let (mut lower, mut upper) = (0, 0);
        for (plain, marked) in FOLDS {
            for c in marked.chars() {
                assert_eq!(fold(&c.to_string()).as_str(), plain.to_string());
                let other: String = if c.is_lowercase() {
                    c.to_uppercase().collect()
                } else {
                    c.to_lowercase().collect()
                };
                assert_eq!(
                    fold(&other).as_str(),
                    plain.to_string(),
                    "{c} has its other case in the table"
                );
                if c.is_lowercase() { lower += 1 } else { upper += 1 }
            }
        }
        assert_eq!((lower, upper), (68, 68));
    }

    proptest! {
        #![proptest_config(crate::seal::tests::cases(256))]

        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,60}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once.clone());
            prop_assert!(once.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == ' '));
            prop_assert!(!once.starts_with(' ') && !once.ends_with(' ') && !once.contains("  "));
        }
    }
}
