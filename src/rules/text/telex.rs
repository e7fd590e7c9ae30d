//! Words typed while the keyboard did not take the keys of Telex.
//!
//! Only for suggestions and for finding: nothing that a person typed is changed by it.

use super::{is_mark, nfc};

/// The combining horn of ơ and ư.
const HORN: char = '\u{31b}';

/// What a word is when the keys of Telex were not taken by the keyboard (`Nguyeenx` is `Nguyễn`); `None` when the word holds no such key.
/// A suggestion only: names of several peoples look like Telex.
pub fn untelex(word: &str) -> Option<String> {
    if !word.is_ascii() || word.len() < 2 {
        return None;
    }
    let mut letters: Vec<char> = Vec::new();
    let mut tone = None;
    let mut changed = false;
    for c in word.chars() {
        let low = c.to_ascii_lowercase();
        let vowel = letters.iter().any(is_vowel);
        let before = letters.last().copied();
        let shape = match (before.map(|b| b.to_ascii_lowercase()), low) {
            (Some('a'), 'a') => Some('\u{302}'),
            (Some('e'), 'e') | (Some('o'), 'o') => Some('\u{302}'),
            (Some('a'), 'w') => Some('\u{306}'),
            (Some('o' | 'u'), 'w') => Some(HORN),
            _ => None,
        };
        if let Some(mark) = shape {
            // `uow` is ươ: one key marks both letters
            let at = letters.len() - 1;
            if mark == HORN && matches!(letters.as_slice(), [.., 'u' | 'U', _]) {
                letters.insert(at, HORN);
            }
            letters.push(mark);
            changed = true;
        } else if before.is_some_and(|b| b.eq_ignore_ascii_case(&'d')) && low == 'd' {
            let capital = letters.pop().is_some_and(|b| b.is_ascii_uppercase());
            letters.push(if capital { 'Đ' } else { 'đ' });
            changed = true;
        } else if let (Some(mark), true) = (tone_key(low), vowel) {
            tone = Some(mark);
            changed = true;
        } else {
            letters.push(c);
        }
    }
    if let (Some(mark), Some(at)) = (tone, tone_place(&letters)) {
        letters.insert(at + 1, mark);
    }
    changed.then(|| nfc(&letters.into_iter().collect::<String>()).into_owned())
}

fn tone_key(c: char) -> Option<char> {
    Some(match c {
        's' => '\u{301}',
        'f' => '\u{300}',
        'r' => '\u{309}',
        'x' => '\u{303}',
        'j' => '\u{323}',
        _ => return None,
    })
}

/// Where a tone is written: on the vowel with a mark of its own, else on the first of a final pair, else on the last but one.
fn tone_place(letters: &[char]) -> Option<usize> {
    let marked = letters.iter().rposition(|c| is_mark(*c));
    if let Some(at) = marked {
        return Some(at);
    }
    let last = letters.iter().rposition(is_vowel)?;
    let before = letters.iter().take(last).rposition(is_vowel);
    before.filter(|_| last + 1 == letters.len()).or(Some(last))
}

fn is_vowel(letter: &char) -> bool {
    matches!(letter.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}
