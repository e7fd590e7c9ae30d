//! The order of Vietnamese names: by given name, then family name, then what stands between; letters first, tones second.
//!
//! Letters: a ă â b c d đ e ê g h i k l m n o ô ơ p q r s t u ư v x y (with f j w z in their places); tones: ngang, huyền, hỏi, ngã, sắc, nặng.

use super::{fold, parts_of, words};

/// Letters of a word, then its tones: tones count only when the letters are equal.
type Word = (Vec<u32>, Vec<u8>);

/// What orders a name: given name, family name, what stands between.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct NameKey([Word; 3]);

/// The place of a name in a list.
pub fn name_key(name: &str) -> NameKey {
    let folded = fold(name);
    let all: Vec<&str> = words(&folded).collect();
    let inner = all.get(1..all.len().saturating_sub(1)).unwrap_or_default().join(" ");
    let word = |word: &str| word.chars().map(letter).unzip();
    let end = |end: Option<&&str>| word(end.copied().unwrap_or(""));
    NameKey([end(all.last()), end(all.first()), word(&inner)])
}

/// Place of a letter in the alphabet, and of its tone.
fn letter(c: char) -> (u32, u8) {
    let mut base = c;
    let mut tone = 0;
    let mut shape = 0;
    while let Some((b, mark)) = parts_of(base) {
        match mark {
            '\u{300}' => tone = 1,
            '\u{309}' => tone = 2,
            '\u{303}' => tone = 3,
            '\u{301}' => tone = 4,
            '\u{323}' => tone = 5,
            '\u{306}' => shape = 1,
            '\u{302}' => shape = if b == 'a' { 2 } else { 1 },
            '\u{31b}' => shape = 2,
            _ => {}
        }
        base = b;
    }
    if base == 'đ' {
        (base, shape) = ('d', 1);
    }
    (u32::from(base) * 4 + shape, tone)
}
