//! The QR code of an identity card: number, name, day of birth, gender. Nothing else is kept, and never the code itself.
//!
//! Cards of 2021 to 2024 have seven fields parted by `|`; newer ones may have others in another order. So fields are told apart by their
//! shape, and what cannot be told apart is left for the person to type. The old card's address is never taken over: it may name units that
//! are no more.

use crate::date::Date;
use crate::text::{fold, nfc, words};

/// What a card says about its holder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Card {
    /// Twelve digits.
    pub number: Option<String>,
    /// Nine digits of the former card.
    pub old_number: Option<String>,
    /// Name as on the card.
    pub name: Option<String>,
    /// Day of birth: the earliest date of the code.
    pub birth_date: Option<Date>,
    /// `Nam` or `Nữ`.
    pub gender: Option<String>,
    /// Day of issue: the latest date, when there are two.
    pub issued: Option<Date>,
}

/// Fields a card code has at least.
const FIELDS: usize = 5;

/// Reads the content of a code; `None` when it is not that of a card. Parts that are missing are `None` in the card.
pub fn read(code: &str) -> Option<Card> {
    let code = nfc(code);
    let fields: Vec<&str> = code.split('|').map(str::trim).collect();
    if fields.len() < FIELDS {
        return None;
    }
    let of_digits = |n: usize| fields.iter().find(|f| is_digits(f, n)).map(|f| (*f).to_string());
    let is_gender = |f: &str| matches!(fold(f).as_str(), "nam" | "nữ");
    let dates: Vec<Date> = fields.iter().filter_map(|f| date(f)).collect();
    let (birth_date, last) = (dates.iter().min().copied(), dates.iter().max().copied());
    let card = Card {
        number: of_digits(12),
        old_number: of_digits(9),
        name: fields
            .iter()
            .find(|f| is_name(f) && !is_gender(f))
            .map(|f| (*f).to_string()),
        birth_date,
        gender: fields.iter().find(|f| is_gender(f)).map(|f| (*f).to_string()),
        issued: last.filter(|last| Some(*last) != birth_date),
    };
    (card.number.is_some() || card.name.is_some()).then_some(card)
}

fn is_digits(field: &str, n: usize) -> bool {
    field.len() == n && field.bytes().all(|b| b.is_ascii_digit())
}

/// Two to eight words of letters, hyphens and apostrophes.
fn is_name(field: &str) -> bool {
    let letters = field
        .chars()
        .all(|c| c.is_alphabetic() || crate::text::is_mark(c) || " -'’ʼ".contains(c));
    letters && (2..=8).contains(&words(field).count())
}

/// `ddmmyyyy`.
fn date(field: &str) -> Option<Date> {
    if !is_digits(field, 8) {
        return None;
    }
    let part = |range: std::ops::Range<usize>| field.get(range)?.parse::<u16>().ok();
    Date::new(
        i32::from(part(4..8)?),
        u8::try_from(part(2..4)?).ok()?,
        u8::try_from(part(0..2)?).ok()?,
    )
}

#[cfg(test)]
mod tests;
