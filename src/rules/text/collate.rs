//! The order of Vietnamese names: by given name, then family name, then what stands between; letters first, tones second.
//!
//! Letters: a ă â b c d đ e ê g h i k l m n o ô ơ p q r s t u ư v x y (with f j w z in their places); tones: ngang, huyền, hỏi, ngã, sắc, nặng.

use super::{fold, parts_of, words};
use std::cmp::Ordering;

/// Compares two names of people.
pub fn compare_names(a: &str, b: &str) -> Ordering {
    let (a, b) = (fold(a), fold(b));
    let (a, b): (Vec<&str>, Vec<&str>) = (words(&a).collect(), words(&b).collect());
    given(&a, &b).then_with(|| family(&a, &b)).then_with(|| middle(&a, &b))
}

fn given(a: &[&str], b: &[&str]) -> Ordering {
    compare(a.last(), b.last())
}

fn family(a: &[&str], b: &[&str]) -> Ordering {
    compare(a.first(), b.first())
}

fn middle(a: &[&str], b: &[&str]) -> Ordering {
    let inner = |words: &[&str]| {
        words
            .get(1..words.len().saturating_sub(1))
            .unwrap_or_default()
            .join(" ")
    };
    compare(Some(&inner(a).as_str()), Some(&inner(b).as_str()))
}

/// Letters of the whole word first, its tones only when the letters are equal.
fn compare(a: Option<&&str>, b: Option<&&str>) -> Ordering {
    let (a, b) = (a.copied().unwrap_or(""), b.copied().unwrap_or(""));
    let letters = |word: &str| word.chars().map(|c| letter(c).0).collect::<Vec<_>>();
    let tones = |word: &str| word.chars().map(|c| letter(c).1).collect::<Vec<_>>();
    letters(a).cmp(&letters(b)).then_with(|| tones(a).cmp(&tones(b)))
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
