//! The texts the checks rest on, by date: instruments, citations, values that the law changed.
//!
//! A citation names an instrument and a point, never its words. Which version holds is decided by the day of the act, never by today.
//! How far a text was seen ([`Seen`]) is part of every citation, so that a finding resting on an unseen newer text can say so.

mod instruments;

use crate::date::Date;

/// How far the text was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// The wording was seen in full or in a verbatim quotation.
    Full,
    /// Known from other texts, not the instrument itself.
    Secondary,
    /// A text in force exists but its wording was not seen; the 2025 wording is carried over.
    Presumed,
    /// No text decides the point; this library's reading.
    Interpretation,
    /// A provincial or local rule or practice.
    Local,
}

impl Seen {
    /// Name in the reference files.
    pub fn name(self) -> &'static str {
        match self {
            Seen::Full => "seen",
            Seen::Secondary => "secondary",
            Seen::Presumed => "presumed",
            Seen::Interpretation => "interpretation",
            Seen::Local => "local",
        }
    }

    /// By its name in the reference files.
    pub(crate) fn named(name: &str) -> Option<Seen> {
        let all = [
            Seen::Full,
            Seen::Secondary,
            Seen::Presumed,
            Seen::Interpretation,
            Seen::Local,
        ];
        all.into_iter().find(|s| s.name() == name)
    }

    /// A sentence for the person who unfolds the ground of a finding.
    pub fn sentence(self) -> &'static str {
        match self {
            Seen::Full => "Đã đọc nguyên văn điểm này.",
            Seen::Secondary => "Biết qua văn bản khác dẫn lại, chưa đọc nguyên văn.",
            Seen::Presumed => "Văn bản mới đã có nhưng chưa đọc được nguyên văn.",
            Seen::Interpretation => "Cách hiểu của thư viện; văn bản chưa nói rõ.",
            Seen::Local => "Hướng dẫn hoặc thực hành của địa phương, không phải quy định chung.",
        }
    }
}

/// A regulation, guidance, law or local practice.
#[derive(Debug, PartialEq, Eq)]
pub struct Instrument {
    words: &'static str,
    /// Day of signing, as far as known.
    pub date: Date,
    /// First day in force.
    pub since: Date,
    /// Last day in force; `None` while in force as far as known.
    pub until: Option<Date>,
    /// How far its text was seen.
    pub seen: Seen,
}

impl Instrument {
    fn word(&self, at: usize) -> &'static str {
        self.words.split('|').nth(at).unwrap_or("")
    }

    /// Short identifier.
    pub fn id(&self) -> &'static str {
        self.word(0)
    }

    /// Number as cited.
    pub fn number(&self) -> &'static str {
        self.word(1)
    }

    /// Title.
    pub fn title(&self) -> &'static str {
        self.word(2)
    }

    /// Who issued it.
    pub fn issuer(&self) -> &'static str {
        self.word(3)
    }

    /// Kind of text.
    pub fn kind(&self) -> &'static str {
        self.word(4)
    }

    /// Province of a local text; empty for a national one.
    pub fn province(&self) -> &'static str {
        self.word(5)
    }

    /// What it replaced.
    pub fn replaces(&self) -> Option<&'static Instrument> {
        instrument(self.word(6))
    }
}

/// Every instrument.
pub fn instruments() -> &'static [Instrument] {
    &instruments::INSTRUMENTS
}

/// The instrument with this identifier.
pub fn instrument(id: &str) -> Option<&'static Instrument> {
    instruments().iter().find(|i| i.id() == id)
}

/// A point of an instrument, for as long as it held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cited {
    /// The instrument.
    pub instrument: &'static Instrument,
    /// Point, clause or item; empty when not known or when the whole text is meant.
    pub point: &'static str,
    /// First day on which it holds.
    pub since: Date,
    /// Last day on which it holds; `None` while in force.
    pub until: Option<Date>,
    /// How far the point was seen.
    pub seen: Seen,
}

/// Reads citations parted by `; `, as the rules write them: `Q24 1.1.1; Q208 điểm chưa rõ ~secondary`. Identifier and point, then what differs from
/// the instrument as a whole: `~` how far it was seen, `>` from which day, `<` until which day. The tests read every one of them.
pub(crate) fn cited(list: &'static str) -> impl Iterator<Item = Cited> {
    list.split("; ").filter_map(one)
}

fn one(text: &'static str) -> Option<Cited> {
    let (id, rest) = text.split_once(' ').unwrap_or((text, ""));
    let instrument = instrument(id)?;
    let mut cited = Cited {
        instrument,
        point: rest,
        since: instrument.since,
        until: instrument.until,
        seen: instrument.seen,
    };
    while let Some((head, mark)) = cited.point.rsplit_once(' ').or(Some(("", cited.point))) {
        match mark.as_bytes().first() {
            Some(b'~') => cited.seen = Seen::named(mark.get(1..)?)?,
            Some(b'>') => cited.since = Date::from_iso(mark.get(1..)?)?,
            Some(b'<') => cited.until = Date::from_iso(mark.get(1..)?),
            _ => break,
        }
        cited.point = head;
    }
    Some(cited)
}

impl Cited {
    /// Whether it holds on this day.
    pub fn holds(&self, day: Date) -> bool {
        self.since <= day && self.until.is_none_or(|until| day <= until)
    }
}

/// A value that the law changed, with the citation inside each version.
#[derive(Debug)]
pub struct Dated<T: 'static> {
    /// Versions, oldest first, without gaps.
    pub versions: &'static [Version<T>],
}

/// One version of a value.
#[derive(Debug)]
pub struct Version<T> {
    /// First day.
    pub since: Date,
    /// The value.
    pub value: T,
    /// On what it rests, as in [`cited`].
    pub cited: &'static str,
}

impl<T> Dated<T> {
    /// The version that holds on this day.
    pub fn on(&self, day: Date) -> Option<&'static Version<T>> {
        self.versions.iter().rev().find(|v| v.since <= day)
    }
}

/// A day written in the source; the tests check that it exists.
pub(crate) const fn on(y: i32, m: u8, d: u8) -> Date {
    Date { y, m, d }
}
