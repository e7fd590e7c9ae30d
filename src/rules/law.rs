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
#[derive(Debug)]
pub struct Instrument {
    /// Short identifier.
    pub id: &'static str,
    /// Number as cited.
    pub number: &'static str,
    /// Day of signing, as far as known.
    pub date: Date,
    /// Title.
    pub title: &'static str,
    /// Who issued it.
    pub issuer: &'static str,
    /// Kind of text.
    pub kind: &'static str,
    /// First day in force.
    pub since: Date,
    /// Last day in force; `None` while in force as far as known.
    pub until: Option<Date>,
    /// What it replaced.
    pub replaces: Option<Id>,
    /// How far its text was seen.
    pub seen: Seen,
    /// Province of a local text; empty for a national one.
    pub province: &'static str,
}

/// Names the instruments of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Id {
    /// Điều lệ Đảng (2011-01-19).
    DL,
    /// 29-QĐ/TW (2016-07-25).
    Q29,
    /// 24-QĐ/TW (2021-07-30).
    Q24,
    /// 232-QĐ/TW (2025-01-20).
    Q232,
    /// 294-QĐ/TW (2025-05-26).
    Q294,
    /// 20-QĐ/TW (2026-04-08).
    Q20,
    /// 208-QĐ/TW (2026-07-26).
    Q208,
    /// 01-HD/TW (2016) (2016-09-20).
    H16,
    /// 01-HD/TW (2021) (2021-09-28).
    H21,
    /// 06-HD/TW (2025-06-09).
    H25,
    /// 01-HD/TW (2026) (2026-05-19).
    H26,
    /// 12-HD/BTCTW (2012) (2012-05-17).
    B12,
    /// 09-HD/BTCTW (2017-06-05).
    B17,
    /// 12-HD/BTCTW (2022) (2022-01-18).
    B22,
    /// 38-HD/BTCTW (2025-09-29).
    B25,
    /// 57-QĐ/TW (2007-05-03).
    P57,
    /// 126-QĐ/TW (2018-02-28).
    P126,
    /// 58-QĐ/TW (2022-02-08).
    P58,
    /// 367-QĐ/TW (2025-09-04).
    P367,
    /// 123-QĐ/TW (2004-09-28).
    R123,
    /// 06-QĐi/TW (2018-08-28).
    R06,
    /// 20-HD/BTCTW (2019-09-26).
    R20,
    /// 127-QĐ/TW (2004-11-03).
    M127,
    /// 41-HD/BTCTW (2005-04-13).
    M41,
    /// 06-TT/TW (2004-11-02).
    HO06,
    /// 42-HD/BTCTW (2005-04-13).
    HO42,
    /// 173-QĐ/TW (2013-03-11).
    PO173,
    /// 05-QĐi/TW (2018-08-28).
    PO05,
    /// 13421-CV/VPTW (2025-02-17).
    PO13421,
    /// 15-HD/UBKTTW (2025-03-20).
    PO15,
    /// 07/2025/UBTVQH15 (2025-06-03).
    PL07,
    /// 08-HD/BTCTW (2021-09-27).
    OW08,
    /// 347-QĐ/TW (2025-08-08).
    C347,
    /// 51-CT/TW (2025-08-08).
    C51,
    /// 339-QĐ/TW (2025-07-10).
    S339,
    /// 1361-CV/BTCTW (2026-06-30).
    S1361,
    /// 40-HD/BTCTW (2025-10-10).
    ST40,
    /// 36-HD/VPTW (2018-04-03).
    VP36,
    /// 02-HD/BTCTU (Hà Nội) (2025-11-21).
    LHN02,
    /// 25-TB/BTCHU (Bảo Lâm) (2024-02-21).
    LBL25,
    /// (chú thích nghiệp vụ) (2026-04-01).
    LHCM,
    /// (quy định của một trường THPT) (2019-01-01).
    LDN19,
    /// (hướng dẫn in trong quyển lý lịch) (2026-01-01).
    LDN26,
    /// 09-ĐA/TU (Điện Biên) (2023-06-09).
    LDB09,
    /// 1276-CV/TU (Điện Biên) (2023-07-20).
    LDB1276,
    /// 1590-CV/TU (Điện Biên) (2024-02-15).
    LDB1590,
    /// 97-KH/TU (Lâm Đồng) (2023-11-08).
    LLD97,
    /// 14-HD/BTCTU (Lâm Đồng) (2023-11-10).
    LLD14,
    /// Mẫu 1-KNĐ đến 16-KNĐ (2017-06-05).
    FRM,
    /// 91/2015/QH13 (2015-11-24).
    BLDS,
    /// 45/2019/QH14 (2019-11-20).
    BLLD,
    /// 102/2016/QH13 (2016-04-05).
    LTE,
    /// 137/2015/NĐ-CP (2015-12-31).
    ND137,
    /// 07/2016/TT-BCA (2016-02-01).
    TT07,
    /// 59/2021/TT-BCA (2021-05-15).
    TT59,
    /// 16/2024/TT-BCA (2024-05-15).
    TT16,
    /// 202/2025/QH15 (2025-06-12).
    NQ202,
    /// 19/2025/QĐ-TTg (2025-06-30).
    QD19,
    /// 121-TCTK/PPCĐ (1979-03-02).
    DT121,
    /// 1019/QĐ-TCTK (2008-11-12).
    TG1019,
    /// 1989/QĐ-BGDĐT (2018-05-25).
    CT1989,
    /// 30/2020/NĐ-CP (2020-03-05).
    ND30,
    /// 13/2023/NĐ-CP (2023-04-17).
    ND13,
    /// 91/2025/QH15 (2025-06-26).
    LBVDL,
    /// 356/2025/NĐ-CP (2025-12-31).
    ND356,
}

impl Id {
    /// The instrument.
    pub fn instrument(self) -> &'static Instrument {
        // every variant has an entry (tested); the first one stands in for the impossible
        instruments::INSTRUMENTS
            .get(self as usize)
            .unwrap_or(&instruments::INSTRUMENTS[0])
    }
}

/// Every instrument.
pub fn instruments() -> &'static [Instrument] {
    &instruments::INSTRUMENTS
}

/// A point of an instrument, for as long as it held.
#[derive(Debug, Clone, Copy)]
pub struct Cited {
    /// The instrument.
    pub instrument: Id,
    /// Point, clause or item; empty when not known or when the whole text is meant.
    pub point: &'static str,
    since: Option<Date>,
    until: Option<Date>,
    seen: Option<Seen>,
}

/// A citation that holds as long as its instrument and was seen as far.
pub(crate) const fn at(instrument: Id, point: &'static str) -> Cited {
    Cited {
        instrument,
        point,
        since: None,
        until: None,
        seen: None,
    }
}

impl Cited {
    /// The point was seen otherwise than the instrument as a whole.
    pub(crate) const fn seen_as(mut self, seen: Seen) -> Cited {
        self.seen = Some(seen);
        self
    }

    /// The point holds from another day than the instrument.
    pub(crate) const fn from(mut self, since: Date) -> Cited {
        self.since = Some(since);
        self
    }

    /// The point ended before the instrument.
    pub(crate) const fn to(mut self, until: Date) -> Cited {
        self.until = Some(until);
        self
    }

    /// First day on which it holds.
    pub fn since(&self) -> Date {
        self.since.unwrap_or(self.instrument.instrument().since)
    }

    /// Last day on which it holds; `None` while in force.
    pub fn until(&self) -> Option<Date> {
        self.until.or(self.instrument.instrument().until)
    }

    /// How far the point was seen.
    pub fn seen(&self) -> Seen {
        self.seen.unwrap_or(self.instrument.instrument().seen)
    }

    /// Whether it holds on this day.
    pub fn holds(&self, day: Date) -> bool {
        self.since() <= day && self.until().is_none_or(|until| day <= until)
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
    /// On what it rests.
    pub cited: Cited,
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
