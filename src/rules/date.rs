//! Dates as people type them, and the arithmetic of months and working days.
//!
//! Reading accepts what phone keyboards and older papers produce (`26-3-2001`, `tháng 9/1991`, `năm 1991`, `đến nay`) and the stored
//! form `2001-03-26`. Order is always day, month, year; a two-digit year is never guessed; years before 1900 are not read.
//! Invariant: a [`Date`] is an existing day of the Gregorian calendar. No clock here: today is always a parameter.

use crate::text::{equal, trim};
use std::fmt;

/// An existing calendar day from 1900 on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// Year, 1900 to 9999.
    pub y: i32,
    /// Month, 1 to 12.
    pub m: u8,
    /// Day, 1 to 31.
    pub d: u8,
}

/// What a typed date says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed {
    /// Day, month and year.
    Full(Date),
    /// Month and year.
    Month {
        /// Year.
        y: i32,
        /// Month, 1 to 12.
        m: u8,
    },
    /// Year alone.
    Year(i32),
    /// `nay`: the open end of a period.
    Present,
    /// Something is written that is not a date we read.
    Unreadable,
}

const FIRST_YEAR: i32 = 1900;
const LAST_YEAR: i32 = 9999;

impl Date {
    /// The day, if it exists and lies between 1900 and 9999.
    pub fn new(y: i32, m: u8, d: u8) -> Option<Date> {
        let ok = (FIRST_YEAR..=LAST_YEAR).contains(&y) && (1..=12).contains(&m) && d >= 1 && d <= days_in(y, m);
        ok.then_some(Date { y, m, d })
    }

    /// Reads `YYYY-MM-DD` only.
    pub fn from_iso(text: &str) -> Option<Date> {
        match read(text)? {
            Typed::Full(d) if text.len() == 10 && text.as_bytes().get(4) == Some(&b'-') => Some(d),
            _ => None,
        }
    }

    /// As written on Party papers: `20-9-2008`.
    pub fn show(self) -> String {
        format!("{}-{}-{}", self.d, self.m, self.y)
    }

    /// As stored in interchange files: `2008-09-20`.
    pub fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.y, self.m, self.d)
    }

    /// Month index: `12 * year + month - 1`.
    pub fn month_index(self) -> i32 {
        12 * self.y + i32::from(self.m) - 1
    }

    /// Days since 1-1-0001, day 1 being 0; a Monday is a multiple of seven.
    pub fn ordinal(self) -> i32 {
        let y = self.y - 1;
        let before = y * 365 + y / 4 - y / 100 + y / 400;
        let months: i32 = (1..self.m).map(|m| i32::from(days_in(self.y, m))).sum();
        before + months + i32::from(self.d) - 1
    }

    /// The day after.
    pub fn next(self) -> Date {
        if self.d < days_in(self.y, self.m) {
            Date { d: self.d + 1, ..self }
        } else if self.m < 12 {
            Date {
                m: self.m + 1,
                d: 1,
                ..self
            }
        } else {
            Date {
                y: self.y + 1,
                m: 1,
                d: 1,
            }
        }
    }

    /// Some days before.
    #[cfg(feature = "procedure")]
    pub(crate) fn back(self, days: u8) -> Date {
        if let Some(d) = self.d.checked_sub(days).filter(|d| *d > 0) {
            return Date { d, ..self };
        }
        let last = add_months(Date { d: 1, ..self }, -1);
        let last = Date {
            d: days_in(last.y, last.m),
            ..last
        };
        last.back(days - self.d)
    }

    /// Saturday or Sunday.
    pub fn is_weekend(self) -> bool {
        self.ordinal() % 7 >= 5
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.show())
    }
}

impl Typed {
    /// The day, when day, month and year are there.
    pub fn full(self) -> Option<Date> {
        match self {
            Typed::Full(d) => Some(d),
            _ => None,
        }
    }

    /// The year, when there is one.
    pub fn year(self) -> Option<i32> {
        match self {
            Typed::Full(d) => Some(d.y),
            Typed::Month { y, .. } | Typed::Year(y) => Some(y),
            Typed::Present | Typed::Unreadable => None,
        }
    }

    /// Whether a month is given (`nay` counts: it is the month of the act).
    pub fn has_month(self) -> bool {
        matches!(self, Typed::Full(_) | Typed::Month { .. } | Typed::Present)
    }

    /// Earliest month index it can mean; `nay` is the month of the act.
    pub fn first_month(self, act: Date) -> Option<i32> {
        match self {
            Typed::Full(d) => Some(d.month_index()),
            Typed::Month { y, m } => Some(12 * y + i32::from(m) - 1),
            Typed::Year(y) => Some(12 * y),
            Typed::Present => Some(act.month_index()),
            Typed::Unreadable => None,
        }
    }

    /// Latest month index it can mean; `nay` is the month of the act.
    pub fn last_month(self, act: Date) -> Option<i32> {
        match self {
            Typed::Year(y) => Some(12 * y + 11),
            other => other.first_month(act),
        }
    }

    /// As stored in interchange files (`2008-09-20`, `2024-09`, `2024`, `nay`); `None` for what could not be read.
    pub fn iso(self) -> Option<String> {
        match self {
            Typed::Full(d) => Some(d.iso()),
            Typed::Month { y, m } => Some(format!("{y:04}-{m:02}")),
            Typed::Year(y) => Some(format!("{y:04}")),
            Typed::Present => Some("nay".to_string()),
            Typed::Unreadable => None,
        }
    }

    /// As shown to people (`20-9-2008`, `9-2024`, `2024`, `nay`); `None` for what could not be read.
    pub fn show(self) -> Option<String> {
        match self {
            Typed::Full(d) => Some(d.show()),
            Typed::Month { y, m } => Some(format!("{m}-{y}")),
            Typed::Year(y) => Some(format!("{y}")),
            Typed::Present => Some("nay".to_string()),
            Typed::Unreadable => None,
        }
    }
}

/// Number of days of a month.
pub fn days_in(y: i32, m: u8) -> u8 {
    match m {
        2 if y % 4 == 0 && (y % 100 != 0 || y % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// What a typed text says as a date; `None` for a blank.
pub fn read(text: &str) -> Option<Typed> {
    let text = trim(text);
    if text.is_empty() {
        return None;
    }
    if equal(text, "nay") {
        return Some(Typed::Present);
    }
    Some(scan(text).unwrap_or(Typed::Unreadable))
}

/// Words that may stand around the numbers, without marks.
const WORDS: [&str; 7] = ["ngay", "mung", "mong", "thang", "nam", "tu", "den"];

fn scan(text: &str) -> Option<Typed> {
    let mut numbers: [(usize, i32); 3] = [(0, 0); 3];
    let mut count = 0;
    let mut at = 0;
    let mut words = false;
    // digits, and the signs that most people put between them
    while let Some(b) = text.as_bytes().get(at) {
        if b.is_ascii_digit() {
            let (mut len, mut number) = (0, 0);
            while let Some(b @ b'0'..=b'9') = text.as_bytes().get(at + len) {
                if len == 4 {
                    return None;
                }
                len += 1;
                number = 10 * number + i32::from(b - b'0');
            }
            *numbers.get_mut(count)? = (len, number);
            count += 1;
            at += len;
            continue;
        }
        if matches!(b, b'-' | b'/' | b'.' | b',' | b' ') {
            at += 1;
            continue;
        }
        let rest = text.get(at..)?;
        let c = rest.chars().next()?;
        if c.is_alphabetic() {
            let len = rest
                .find(|c: char| !c.is_alphabetic() && !crate::text::is_mark(c))
                .unwrap_or(rest.len());
            let (word, tail) = rest.split_at(len);
            let plain = crate::text::weak(word);
            if plain == "nay" {
                return (count == 0 && only_words_before(text, word)).then_some(Typed::Present);
            }
            let now = plain == "hien" && crate::text::weak(tail).trim() == "nay";
            if !now && !WORDS.contains(&plain.as_str()) {
                return None;
            }
            words = true;
            at += len;
        } else if matches!(c, '\u{a0}' | '‐' | '‑' | '–' | '—') {
            at += c.len_utf8();
        } else {
            return None;
        }
    }
    let year = |(len, n): (usize, i32)| (len == 4 && (FIRST_YEAR..=LAST_YEAR).contains(&n)).then_some(n);
    let small = |(len, n): (usize, i32)| if len <= 2 { u8::try_from(n).ok() } else { None };
    // the year stands last, or first when there are no words; a day that is missing counts as the first
    let (y, m, d) = match (count, numbers) {
        (1, [y, ..]) => return year(y).map(Typed::Year),
        (2, [m, y, _]) if y.0 == 4 => (y, m, (1, 1)),
        (2, [y, m, _]) if !words => (y, m, (1, 1)),
        (3, [d, m, y]) if y.0 == 4 => (y, m, d),
        (3, [y, m, d]) if !words => (y, m, d),
        _ => return None,
    };
    let day = Date::new(year(y)?, small(m)?, small(d)?)?;
    Some(match count {
        2 => Typed::Month { y: day.y, m: day.m },
        _ => Typed::Full(day),
    })
}

/// Whether nothing but `đến`, `tới`, `hiện` stands before the word `nay`, and nothing after it.
fn only_words_before(text: &str, nay: &str) -> bool {
    let plain = crate::text::weak(text);
    let nay = crate::text::weak(nay);
    let before = plain
        .trim_end_matches(['.', ' '])
        .strip_suffix(nay.as_str())
        .unwrap_or("x")
        .trim();
    matches!(before, "" | "den" | "toi" | "hien" | "den hien")
}

/// The time something holds, in words: "từ 29-9-2025 đến 19-5-2026".
pub fn period(since: Option<Date>, until: Option<Date>) -> String {
    match (since, until) {
        (None, None) => "luôn luôn".to_string(),
        (Some(since), None) => format!("từ {since}"),
        (None, Some(until)) => format!("đến {until}"),
        (Some(since), Some(until)) => format!("từ {since} đến {until}"),
    }
}

/// The same day `n` months later (or earlier); when that day does not exist, the last day of the month.
pub fn add_months(date: Date, n: i32) -> Date {
    let index = date.month_index() + n;
    let y = index.div_euclid(12).clamp(FIRST_YEAR, LAST_YEAR);
    let m = u8::try_from(index.rem_euclid(12) + 1).unwrap_or(1);
    Date {
        y,
        m,
        d: date.d.min(days_in(y, m)),
    }
}

/// Months completed from `a` to `b`: counted in whole months, the last one only when its day has come.
pub fn months_completed(a: Date, b: Date) -> i32 {
    months_calendar(a, b) - i32::from(b.d < a.d)
}

/// Difference of the calendar months, days left aside.
pub fn months_calendar(a: Date, b: Date) -> i32 {
    b.month_index() - a.month_index()
}

/// The `n`-th working day after `date`, which itself is not counted. Saturdays, Sundays and the given holidays do not count.
pub fn add_working_days(date: Date, n: u32, holidays: &[Date]) -> Date {
    let mut day = date;
    let mut left = n;
    while left > 0 && day.y < LAST_YEAR {
        day = day.next();
        if !day.is_weekend() && !holidays.contains(&day) {
            left -= 1;
        }
    }
    day
}

#[cfg(test)]
mod tests;
