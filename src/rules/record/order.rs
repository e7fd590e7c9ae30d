//! Order keys of rows: texts that sort as the person put the rows, with room between any two.
//!
//! A key is a fraction written in digits `0`–`9`, `a`–`z` without a trailing `0`. Keys made at the end grow by steps, so that appending never
//! makes them long. Equal keys (two phones at the same place) are told apart by the row's name.

use std::borrow::Cow;
use std::sync::OnceLock;

const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
/// Digits of a key made at the end.
const WIDTH: usize = 4;
/// Distance between two keys made at the end.
const STEP: u32 = 64;

/// Path of a row's order key.
pub(super) fn path(group: &str, row: &str) -> String {
    format!("{group}/{row}/#")
}

/// A key behind `a` (empty: the very start) and before `b` (`None`: the very end).
pub(super) fn between(a: &str, b: Option<&str>) -> String {
    match b {
        None => made_behind(a),
        Some(b) if a < b => midpoint(a, b),
        // cannot be told apart: directly behind `a`
        Some(_) => format!("{a}i"),
    }
}

/// The key of a row that is made behind `number` others, the last of which has the key `last`; those of the first rows are made once.
pub(super) fn behind(last: &str, number: usize) -> Cow<'static, str> {
    static FIRST: OnceLock<Vec<String>> = OnceLock::new();
    let first = FIRST.get_or_init(|| {
        let mut keys = vec![made_behind("")];
        for _ in 1..256 {
            keys.push(made_behind(keys.last().map_or("", String::as_str)));
        }
        keys
    });
    let made = first.get(number);
    made.map_or_else(|| made_behind(last).into(), |key| key.as_str().into())
}

fn made_behind(a: &str) -> String {
    let head: u32 = (0..WIDTH).fold(0, |n, i| n * 36 + a.as_bytes().get(i).map_or(0, |b| digit(*b)));
    let limit = 36u32.pow(u32::try_from(WIDTH).unwrap_or(4));
    let mut next = head + STEP;
    if next.is_multiple_of(36) {
        next += 1;
    }
    if next >= limit {
        return format!("{a}i");
    }
    let mut key = vec![b'0'; WIDTH];
    for slot in key.iter_mut().rev() {
        *slot = glyph(next % 36);
        next /= 36;
    }
    String::from_utf8(key).unwrap_or_default()
}

/// A fraction strictly between, shortest first.
fn midpoint(a: &str, b: &str) -> String {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut out = Vec::new();
    let mut open = false; // the rest of `b` no longer limits
    for i in 0..=a.len().max(b.len()) {
        let low = a.get(i).map_or(0, |d| digit(*d));
        let high = if open { 36 } else { b.get(i).map_or(0, |d| digit(*d)) };
        if high > low + 1 {
            out.push(glyph(low.midpoint(high)));
            return String::from_utf8(out).unwrap_or_default();
        }
        out.push(glyph(low));
        open = open || high > low;
    }
    out.push(b'i');
    String::from_utf8(out).unwrap_or_default()
}

fn digit(b: u8) -> u32 {
    match b {
        b'0'..=b'9' => u32::from(b - b'0'),
        b'a'..=b'z' => u32::from(b - b'a') + 10,
        _ => 35,
    }
}

fn glyph(n: u32) -> u8 {
    usize::try_from(n)
        .ok()
        .and_then(|n| DIGITS.get(n))
        .copied()
        .unwrap_or(b'z')
}
