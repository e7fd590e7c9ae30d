//! Vietnamese text: one spelling for comparing, another for key words, capitals, and the composed form.
//!
//! [`nfc`] is Unicode NFC for the Latin script (a property test holds it against the reference implementation), done here with a small
//! table because the general one is too many bytes for a phone. [`fold`] is the key for equality, [`weak`] only for key words and
//! suggestions. Nothing here rewrites what a person typed; callers compare keys.

mod case;
mod collate;
mod compose;
mod telex;

pub use collate::{NameKey, name_key};
pub use telex::untelex;

use crate::sorted::sort;
use std::borrow::Cow;

/// [`str::trim`], quick for the many texts that begin and end with a letter or digit. In place: every cell of a record goes through it.
#[inline(always)]
pub(crate) fn trim(text: &str) -> &str {
    match text.as_bytes() {
        [] => text,
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}

/// `a == b`, the lengths compared in place: in the page, built for size, comparing texts is a call, and most slugs differ in length.
#[inline(always)]
pub(crate) fn equal(a: &str, b: &str) -> bool {
    a.len() == b.len() && a == b
}

/// [`str::starts_with`] by bytes: in the page one call less.
#[inline(always)]
pub(crate) fn begins(text: &str, lead: &str) -> bool {
    text.as_bytes().starts_with(lead.as_bytes())
}

/// [`str::strip_prefix`] in the same way.
#[inline(always)]
pub(crate) fn after<'t>(text: &'t str, lead: &str) -> Option<&'t str> {
    if begins(text, lead) {
        text.get(lead.len()..)
    } else {
        None
    }
}

/// Whether this is a combining mark.
pub fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// The composed form (NFC for the Latin script), without zero-width and control characters.
pub fn nfc(text: &str) -> Cow<'_, str> {
    // with one of these begin all marks and invisible characters
    let may_begin = |b: u8| matches!(b, ..b' ' | 0x7f | 0xc2 | 0xcc | 0xcd | 0xe2 | 0xef);
    if !text.bytes().any(may_begin) || !text.chars().any(|c| is_mark(c) || is_invisible(c)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut marks: Vec<char> = Vec::new();
    let mut base: Option<char> = None;
    for c in text.chars().filter(|c| !is_invisible(*c)) {
        if is_mark(c) {
            marks.push(c);
            continue;
        }
        compose_into(&mut out, base.take(), &mut marks);
        base = Some(decompose_into(c, &mut marks));
    }
    compose_into(&mut out, base, &mut marks);
    Cow::Owned(out)
}

/// Soft hyphen, zero-width and direction marks, byte order mark, control characters other than line feed and tab.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
        || (c.is_control() && c != '\n' && c != '\t')
}

/// Takes a letter apart: its marks are appended in canonical order, the base letter is returned.
fn decompose_into(c: char, marks: &mut Vec<char>) -> char {
    let mut base = c;
    let at = marks.len();
    while let Some((b, m)) = parts_of(base) {
        base = b;
        marks.insert(at, m);
    }
    base
}

fn compose_into(out: &mut String, base: Option<char>, marks: &mut Vec<char>) {
    sort(marks, |a, b| class_of(*a) < class_of(*b));
    let Some(mut base) = base else {
        out.extend(marks.drain(..));
        return;
    };
    let mut left: Vec<char> = Vec::new();
    for mark in marks.drain(..) {
        let blocked = left.last().is_some_and(|l| class_of(*l) >= class_of(mark));
        match if blocked { None } else { composed(base, mark) } {
            Some(c) => base = c,
            None => left.push(mark),
        }
    }
    out.push(base);
    out.extend(left);
}

fn parts_of(c: char) -> Option<(char, char)> {
    let code = u16::try_from(u32::from(c)).ok().filter(|c| *c >= 0xc0)?;
    let at = compose::COMPOSED.binary_search_by_key(&code, |row| row.0).ok()?;
    let (_, base, mark) = compose::COMPOSED.get(at)?;
    Some((char::from_u32(u32::from(*base))?, char::from_u32(u32::from(*mark))?))
}

fn composed(base: char, mark: char) -> Option<char> {
    let row = compose::COMPOSED
        .iter()
        .find(|(_, b, m)| u32::from(*b) == u32::from(base) && u32::from(*m) == u32::from(mark))?;
    char::from_u32(u32::from(row.0))
}

/// Canonical combining class of a mark.
fn class_of(mark: char) -> u8 {
    let code = u32::from(mark);
    compose::CLASSES
        .iter()
        .rev()
        .find(|(first, _)| u32::from(*first) <= code)
        .map_or(0, |(_, class)| *class)
}

/// The key for equality: composed, lower case, one tone placement, one apostrophe, hyphens as spaces, single spaces.
pub fn fold(text: &str) -> String {
    let text = nfc(text);
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    let mut rest = text.as_ref();
    while !rest.is_empty() {
        // most of a text are plain letters: taken together, in one piece
        let plain = plain_letters(rest);
        if plain > 0 {
            if gap {
                out.push(' ');
                gap = false;
            }
            let (letters, others) = rest.split_at(plain);
            let from = out.len();
            out.push_str(letters);
            if let Some(letters) = out.get_mut(from..) {
                letters.make_ascii_lowercase();
            }
            rest = others;
            continue;
        }
        let mut chars = rest.chars();
        let Some(c) = chars.next() else { break };
        rest = chars.as_str();
        if c.is_ascii_digit() {
            if gap {
                out.push(' ');
                gap = false;
            } else {
                fold_tone(&mut out);
            }
            out.push(c);
            continue;
        }
        let c = match c {
            '’' | 'ʼ' | '´' | '‘' | '`' => '\'',
            '-' | '‐' | '‑' | '–' => ' ',
            c => c,
        };
        if c.is_whitespace() {
            if !gap && !out.is_empty() {
                fold_tone(&mut out);
                gap = true;
            }
            continue;
        }
        if gap {
            out.push(' ');
            gap = false;
        } else if !is_letter(c) {
            fold_tone(&mut out);
        }
        if c.is_ascii() {
            out.push(c)
        } else {
            case::push_lower(&mut out, c)
        }
    }
    if !gap {
        fold_tone(&mut out);
    }
    out
}

/// Length of what a text begins with that [`fold`] at most makes small: ASCII letters, small Vietnamese letters.
fn plain_letters(text: &str) -> usize {
    let mut bytes = text.bytes();
    let mut len = 0;
    loop {
        len += match bytes.next() {
            Some(b'a'..=b'z' | b'A'..=b'Z') => 1,
            // à to ö
            Some(0xc3) if matches!(bytes.next(), Some(0xa0..=0xb6)) => 2,
            // ă, đ
            Some(0xc4) if matches!(bytes.next(), Some(0x83 | 0x91)) => 2,
            // ơ, ư
            Some(0xc6) if matches!(bytes.next(), Some(0xa1 | 0xb0)) => 2,
            // ạ to ỹ: capitals and small letters take turns
            Some(0xe1)
                if matches!(bytes.next(), Some(0xba | 0xbb)) && matches!(bytes.next(), Some(b) if b % 2 == 1) =>
            {
                3
            }
            _ => return len,
        };
    }
}

/// Whether a sign that is no ASCII letter or digit belongs to a syllable.
fn is_letter(c: char) -> bool {
    match c {
        '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => !matches!(c, '×' | '÷'),
        c if c.is_ascii() || is_mark(c) => false,
        c => c.is_alphabetic(),
    }
}

/// Old placement of the tone, on the second vowel, and the new one, on the first.
static TONES: [(&str, &str); 15] = [
    ("oà", "òa"),
    ("oá", "óa"),
    ("oả", "ỏa"),
    ("oã", "õa"),
    ("oạ", "ọa"),
    ("oè", "òe"),
    ("oé", "óe"),
    ("oẻ", "ỏe"),
    ("oẽ", "õe"),
    ("oẹ", "ọe"),
    ("uỳ", "ùy"),
    ("uý", "úy"),
    ("uỷ", "ủy"),
    ("uỹ", "ũy"),
    ("uỵ", "ụy"),
];

/// Moves the tone of the syllable that `out` ends with, unless the vowel `u` belongs to `qu`.
fn fold_tone(out: &mut String) {
    // most syllables have no tone on their last letter, or nothing before it that could bear it
    let mut letters = out.chars().rev();
    let tone = |c| {
        matches!(
            c,
            'à' | 'á' | 'ả' | 'ã' | 'ạ' | 'è' | 'é' | 'ẻ' | 'ẽ' | 'ẹ' | 'ỳ' | 'ý' | 'ỷ' | 'ỹ' | 'ỵ'
        )
    };
    if !letters.next().is_some_and(tone) || !matches!(letters.next(), Some('o' | 'u')) {
        return;
    }
    for (old, new) in TONES {
        if let Some(stem) = out.strip_suffix(old) {
            if !(old.starts_with('u') && stem.ends_with('q')) {
                let keep = stem.len();
                out.truncate(keep);
                out.push_str(new);
            }
            return;
        }
    }
}

/// [`fold`] without any mark, `đ` as `d`: for key words and suggestions, never for equality.
pub fn weak(text: &str) -> String {
    plain(&fold(text))
}

/// Drops every mark of an already folded text, `đ` as `d`.
pub fn plain(folded: &str) -> String {
    let mut out = String::with_capacity(folded.len());
    for mut c in folded.chars() {
        if c == 'đ' {
            c = 'd';
        } else if !c.is_ascii() {
            while let Some((base, _)) = parts_of(c) {
                c = base;
            }
        }
        if !is_mark(c) {
            out.push(c);
        }
    }
    out
}

/// Capitals, by Unicode (`đ` to `Đ`, `ư` to `Ư`), of the composed text.
pub fn upper(text: &str) -> String {
    let text = nfc(text);
    let mut out = String::with_capacity(text.len());
    text.chars().for_each(|c| case::push_upper(&mut out, c));
    out
}

/// Whether two texts are equal for people: the same [`fold`].
pub fn same(a: &str, b: &str) -> bool {
    a == b || fold(a) == fold(b)
}

/// Whether the folded words of `phrase` stand in the folded `text` as whole words.
pub fn has_words(text: &str, phrase: &str) -> bool {
    let Some(first) = phrase.as_bytes().first() else {
        return false;
    };
    let is_end = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    let begins = |at: usize| {
        let rest = text.get(at..)?.strip_prefix(phrase)?;
        Some(is_end(rest.chars().next()) && is_end(text.get(..at)?.chars().next_back()))
    };
    // most letters of a text begin no phrase: a look at one byte settles them
    let mut bytes = text.bytes().enumerate();
    bytes.any(|(at, b)| b == *first && begins(at) == Some(true))
}

/// The number that a few ASCII digits write; signs that are none count as nothing.
pub(crate) fn whole(digits: &str) -> i32 {
    let mut number = 0;
    for digit in digits.bytes().filter(u8::is_ascii_digit) {
        number = 10 * number + i32::from(digit - b'0');
    }
    number
}

/// Words without punctuation: what stands between signs that are neither letter nor digit.
pub fn bare_words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        if !word.is_empty() {
            words.push(word);
        }
    }
    words
}

/// The pieces of a text between ASCII signs; [`str::split`] would decode every letter to look for them.
pub(crate) fn pieces(text: &str, is_sign: impl Fn(u8) -> bool) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let whole = rest?;
        let end = whole.bytes().position(&is_sign);
        rest = end.and_then(|end| whole.get(end + 1..));
        whole.get(..end.unwrap_or(whole.len()))
    })
}

/// Splits into syllables at white space.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace()
}

/// How much of the shorter text stands in the other: shared runs of five words divided by the smaller number of runs, 0 to 1.
/// Texts of fewer than five words are not compared.
pub fn similarity(a: &str, b: &str) -> f64 {
    let (a, b) = (runs(a), runs(b));
    let least = a.len().min(b.len());
    if least == 0 {
        return 0.0;
    }
    a.iter().filter(|run| b.contains(run)).count() as f64 / least as f64
}

/// Runs of five words, without punctuation, each once, as hashes.
fn runs(text: &str) -> Vec<u64> {
    let folded = fold(text);
    let mut out: Vec<u64> = Vec::new();
    for run in bare_words(&folded).windows(5) {
        let hash = crate::place::hash_of(run);
        if !out.contains(&hash) {
            out.push(hash);
        }
    }
    out
}

#[cfg(test)]
mod tests;
