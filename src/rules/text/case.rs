//! Small letters and capitals: the part of Unicode's table that the scripts of the country and its neighbours need.
//!
//! Whole are the blocks Latin-1, Latin Extended-A, -B and Additional, Greek and Coptic, Cyrillic with its supplement, and full-width Latin: a test holds
//! every character there against the standard library, whose two tables weigh twenty-four kilobytes in the page. Everything else is left as it
//! is written: scripts without cases, and a few with cases that no people of the country uses (Armenian, Georgian, Cherokee, …).

/// First and last capital, distance to the small letter. A distance of one: capitals and small letters take turns. Sorted.
static PAIRS: [(u16, u16, i16); 92] = [
    (0x0041, 0x005a, 32),    // A to Z
    (0x00c0, 0x00d6, 32),    // À to Ö
    (0x00d8, 0x00de, 32),    // Ø to Þ
    (0x0100, 0x012e, 1),     // Ā to Į, every second
    (0x0130, 0x0130, -199),  // İ, and a dot above
    (0x0132, 0x0136, 1),     // Ĳ to Ķ, every second
    (0x0139, 0x0147, 1),     // Ĺ to Ň, every second
    (0x014a, 0x0176, 1),     // Ŋ to Ŷ, every second
    (0x0178, 0x0178, -121),  // Ÿ
    (0x0179, 0x017d, 1),     // Ź to Ž, every second
    (0x0181, 0x0181, 210),   // Ɓ
    (0x0182, 0x0184, 1),     // Ƃ to Ƅ, every second
    (0x0186, 0x0186, 206),   // Ɔ
    (0x0187, 0x0187, 1),     // Ƈ
    (0x0189, 0x018a, 205),   // Ɖ to Ɗ
    (0x018b, 0x018b, 1),     // Ƌ
    (0x018e, 0x018e, 79),    // Ǝ
    (0x018f, 0x018f, 202),   // Ə
    (0x0190, 0x0190, 203),   // Ɛ
    (0x0191, 0x0191, 1),     // Ƒ
    (0x0193, 0x0193, 205),   // Ɠ
    (0x0194, 0x0194, 207),   // Ɣ
    (0x0196, 0x0196, 211),   // Ɩ
    (0x0197, 0x0197, 209),   // Ɨ
    (0x0198, 0x0198, 1),     // Ƙ
    (0x019c, 0x019c, 211),   // Ɯ
    (0x019d, 0x019d, 213),   // Ɲ
    (0x019f, 0x019f, 214),   // Ɵ
    (0x01a0, 0x01a4, 1),     // Ơ to Ƥ, every second
    (0x01a6, 0x01a6, 218),   // Ʀ
    (0x01a7, 0x01a7, 1),     // Ƨ
    (0x01a9, 0x01a9, 218),   // Ʃ
    (0x01ac, 0x01ac, 1),     // Ƭ
    (0x01ae, 0x01ae, 218),   // Ʈ
    (0x01af, 0x01af, 1),     // Ư
    (0x01b1, 0x01b2, 217),   // Ʊ to Ʋ
    (0x01b3, 0x01b5, 1),     // Ƴ to Ƶ, every second
    (0x01b7, 0x01b7, 219),   // Ʒ
    (0x01b8, 0x01b8, 1),     // Ƹ
    (0x01bc, 0x01bc, 1),     // Ƽ
    (0x01c4, 0x01c4, 2),     // Ǆ
    (0x01c5, 0x01c5, 1),     // ǅ
    (0x01c7, 0x01c7, 2),     // Ǉ
    (0x01c8, 0x01c8, 1),     // ǈ
    (0x01ca, 0x01ca, 2),     // Ǌ
    (0x01cb, 0x01cb, 1),     // ǋ
    (0x01cd, 0x01db, 1),     // Ǎ to Ǜ, every second
    (0x01de, 0x01ee, 1),     // Ǟ to Ǯ, every second
    (0x01f1, 0x01f1, 2),     // Ǳ
    (0x01f2, 0x01f2, 1),     // ǲ
    (0x01f4, 0x01f4, 1),     // Ǵ
    (0x01f6, 0x01f6, -97),   // Ƕ
    (0x01f7, 0x01f7, -56),   // Ƿ
    (0x01f8, 0x021e, 1),     // Ǹ to Ȟ, every second
    (0x0220, 0x0220, -130),  // Ƞ
    (0x0222, 0x0232, 1),     // Ȣ to Ȳ, every second
    (0x023a, 0x023a, 10795), // Ⱥ
    (0x023b, 0x023b, 1),     // Ȼ
    (0x023d, 0x023d, -163),  // Ƚ
    (0x023e, 0x023e, 10792), // Ⱦ
    (0x0241, 0x0241, 1),     // Ɂ
    (0x0243, 0x0243, -195),  // Ƀ
    (0x0244, 0x0244, 69),    // Ʉ
    (0x0245, 0x0245, 71),    // Ʌ
    (0x0246, 0x024e, 1),     // Ɇ to Ɏ, every second
    (0x0370, 0x0372, 1),     // Ͱ to Ͳ, every second
    (0x0376, 0x0376, 1),     // Ͷ
    (0x037f, 0x037f, 116),   // Ϳ
    (0x0386, 0x0386, 38),    // Ά
    (0x0388, 0x038a, 37),    // Έ to Ί
    (0x038c, 0x038c, 64),    // Ό
    (0x038e, 0x038f, 63),    // Ύ to Ώ
    (0x0391, 0x03a1, 32),    // Α to Ρ
    (0x03a3, 0x03ab, 32),    // Σ to Ϋ
    (0x03cf, 0x03cf, 8),     // Ϗ
    (0x03d8, 0x03ee, 1),     // Ϙ to Ϯ, every second
    (0x03f4, 0x03f4, -60),   // ϴ
    (0x03f7, 0x03f7, 1),     // Ϸ
    (0x03f9, 0x03f9, -7),    // Ϲ
    (0x03fa, 0x03fa, 1),     // Ϻ
    (0x03fd, 0x03ff, -130),  // Ͻ to Ͽ
    (0x0400, 0x040f, 80),    // Ѐ to Џ
    (0x0410, 0x042f, 32),    // А to Я
    (0x0460, 0x0480, 1),     // Ѡ to Ҁ, every second
    (0x048a, 0x04be, 1),     // Ҋ to Ҿ, every second
    (0x04c0, 0x04c0, 15),    // Ӏ
    (0x04c1, 0x04cd, 1),     // Ӂ to Ӎ, every second
    (0x04d0, 0x052e, 1),     // Ӑ to Ԯ, every second
    (0x1e00, 0x1e94, 1),     // Ḁ to Ẕ, every second
    (0x1e9e, 0x1e9e, -7615), // ẞ
    (0x1ea0, 0x1efe, 1),     // Ạ to Ỿ, every second
    (0xff21, 0xff3a, 32),    // Ａ to Ｚ
];

/// Capitals of letters that are no half of a pair: the letter, then what it becomes.
static CAPITALS: &str = "ƛꟜ µΜ ßSS ıI ŉʼN ſS ǅǄ ǈǇ ǋǊ ǰJ\u{30c} ǲǱ ȿⱾ ɀⱿ ẖH\u{331} ẗT\u{308} ẘW\u{30a} ẙY\u{30a} ẚAʾ ẛṠ ΐΙ\u{308}\u{301} ΰΥ\u{308}\u{301} ςΣ ϐΒ ϑΘ ϕΦ ϖΠ ϰΚ ϱΡ ϵΕ";

/// Appends the small letter.
pub(super) fn push_lower(out: &mut String, c: char) {
    // most of what is typed: letters of Vietnamese that are small already, or half of a pair of neighbours
    if matches!(c, 'à'..='ÿ') {
        return out.push(c);
    }
    let code = u32::from(c).cast_signed();
    if matches!(c, 'Ạ'..='ỿ') {
        return out.push(char::from_u32((code | 1).cast_unsigned()).unwrap_or(c));
    }
    let row = PAIRS.partition_point(|row| i32::from(row.0) <= code);
    let row = row.checked_sub(1).and_then(|row| PAIRS.get(row));
    out.push(row.and_then(|row| letter(row, code, i32::from(row.2))).unwrap_or(c));
    if c == 'İ' {
        out.push('\u{307}');
    }
}

/// Appends the capital.
pub(super) fn push_upper(out: &mut String, c: char) {
    if c.is_ascii() {
        return out.push(c.to_ascii_uppercase());
    }
    if let Some(becomes) = CAPITALS.split(' ').find_map(|one| one.strip_prefix(c)) {
        return out.push_str(becomes);
    }
    let code = u32::from(c).cast_signed();
    let capital = |row: &(u16, u16, i16)| letter(row, code - i32::from(row.2), 0);
    out.push(PAIRS.iter().find_map(capital).unwrap_or(c));
}

/// The letter so far from a capital of the row; `None` when the row has no such capital.
fn letter((first, last, step): &(u16, u16, i16), capital: i32, distance: i32) -> Option<char> {
    let from = capital - i32::from(*first);
    let is_capital = from >= 0 && capital <= i32::from(*last) && (*step != 1 || from % 2 == 0);
    char::from_u32((capital + distance).cast_unsigned()).filter(|_| is_capital)
}

#[cfg(test)]
mod tests {
    use super::{push_lower, push_upper};

    /// Blocks of which every character is held against the standard library.
    const WHOLE: [std::ops::RangeInclusive<char>; 5] = [
        '\0'..='\u{24f}',
        '\u{370}'..='\u{3ff}',
        '\u{400}'..='\u{52f}',
        '\u{1e00}'..='\u{1eff}',
        '\u{ff00}'..='\u{ff5e}',
    ];

    fn by(push: fn(&mut String, char), c: char) -> String {
        let mut out = String::new();
        push(&mut out, c);
        out
    }

    #[test]
    fn every_character_is_what_unicode_says_or_left_as_it_is() {
        let mut left = Vec::new();
        // cased scripts end far below the last plane
        for c in '\0'..='\u{1ffff}' {
            let (lower, upper): (String, String) = (c.to_lowercase().collect(), c.to_uppercase().collect());
            let own = (by(push_lower, c), by(push_upper, c));
            if WHOLE.iter().any(|block| block.contains(&c)) {
                assert_eq!(own, (lower, upper), "U+{:04X}", u32::from(c));
                continue;
            }
            assert!(own.0 == lower || own.0 == c.to_string(), "U+{:04X}", u32::from(c));
            assert!(own.1 == upper || own.1 == c.to_string(), "U+{:04X}", u32::from(c));
            if own != (lower, upper) {
                left.push(c);
            }
        }
        // what is left out lies in these blocks and nowhere else: IPA, Greek with breathings, letters like signs and numerals, scripts of other countries
        let far = |c: &char| {
            matches!(c, '\u{250}'..='\u{2af}' | '\u{345}' | '\u{531}'..='\u{587}' | '\u{10a0}'..='\u{10ff}' | '\u{13a0}'..='\u{13fd}'
                | '\u{1c80}'..='\u{1cbf}' | '\u{1d79}'..='\u{1d8e}' | '\u{1f00}'..='\u{1ffc}' | '\u{2126}'..='\u{2188}' | '\u{24b6}'..='\u{24e9}'
                | '\u{2c00}'..='\u{2d2d}' | '\u{a640}'..='\u{a7ff}' | '\u{ab53}'..='\u{abbf}' | '\u{fb00}'..='\u{fb17}' | '\u{10400}'..)
        };
        assert!(!left.is_empty());
        let near: Vec<&char> = left.iter().filter(|c| !far(c)).collect();
        assert!(near.is_empty(), "{near:?}");
    }

    #[test]
    fn scripts_without_cases_stay_as_they_are() {
        for c in "ꪀꨀកจ黎あא".chars() {
            assert_eq!((by(push_lower, c), by(push_upper, c)), (c.to_string(), c.to_string()));
        }
    }
}
