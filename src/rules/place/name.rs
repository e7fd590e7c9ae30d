//! The name of a unit as people type it: kind and bare name.
//!
//! `TP. Điện Biên Phủ`, `TX Mường Lay`, `xã Si Pa Phìn` and `Si Pa Phìn` are read; the bare name is folded. A kind that is not said stands for any.

use crate::text::fold;

/// Kind of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    Unsaid,
    Xa,
    Phuong,
    ThiTran,
    DacKhu,
    Huyen,
    Quan,
    ThiXa,
    ThanhPho,
    Tinh,
}

impl Level {
    /// Kinds of communes before 1-7-2025.
    pub const OLD_COMMUNES: [Level; 4] = [Level::Xa, Level::Phuong, Level::ThiTran, Level::Unsaid];
    /// Kinds of districts.
    pub const DISTRICTS: [Level; 4] = [Level::Huyen, Level::Quan, Level::ThiXa, Level::ThanhPho];

    /// The word, as it begins a full name.
    pub fn word(self) -> &'static str {
        match self {
            Level::Unsaid => "",
            Level::Xa => "Xã",
            Level::Phuong => "Phường",
            Level::ThiTran => "Thị trấn",
            Level::DacKhu => "Đặc khu",
            Level::Huyen => "Huyện",
            Level::Quan => "Quận",
            Level::ThiXa => "Thị xã",
            Level::ThanhPho => "Thành phố",
            Level::Tinh => "Tỉnh",
        }
    }
}

/// Words and abbreviations, folded, longest first where one begins another.
static WORDS: [(&str, Level); 25] = [
    ("thị trấn ", Level::ThiTran),
    ("thị xã ", Level::ThiXa),
    ("thành phố ", Level::ThanhPho),
    ("đặc khu ", Level::DacKhu),
    ("phường ", Level::Phuong),
    ("huyện ", Level::Huyen),
    ("quận ", Level::Quan),
    ("tỉnh ", Level::Tinh),
    ("xã ", Level::Xa),
    ("t.p. ", Level::ThanhPho),
    ("t.p ", Level::ThanhPho),
    ("tp. ", Level::ThanhPho),
    ("tp.", Level::ThanhPho),
    ("tp ", Level::ThanhPho),
    ("tt. ", Level::ThiTran),
    ("tt.", Level::ThiTran),
    ("tt ", Level::ThiTran),
    ("tx. ", Level::ThiXa),
    ("tx.", Level::ThiXa),
    ("tx ", Level::ThiXa),
    ("p. ", Level::Phuong),
    ("p.", Level::Phuong),
    ("x. ", Level::Xa),
    ("h. ", Level::Huyen),
    ("q. ", Level::Quan),
];

/// Kind and bare name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    pub level: Level,
    /// Folded, without the kind.
    pub bare: String,
}

impl Name {
    pub fn read(typed: &str) -> Name {
        let mut bare = fold(typed);
        for (word, level) in WORDS {
            let may_begin = word.as_bytes().first() == bare.as_bytes().first();
            if may_begin && bare.starts_with(word) && bare.len() > word.len() {
                bare.drain(..word.len());
                return Name { level, bare };
            }
        }
        Name {
            level: Level::Unsaid,
            bare,
        }
    }

    /// The kinds to look for: the own one, or all when it is not said.
    pub fn kinds<'l>(&'l self, all: &'l [Level]) -> &'l [Level] {
        if self.level == Level::Unsaid || self.bare.is_empty() {
            all
        } else {
            std::slice::from_ref(&self.level)
        }
    }
}

/// 64-bit FNV-1a over the parts.
pub(super) fn hash(parts: &[&str]) -> u64 {
    let mut h: u64 = 0xcbf2_9ce4_8422_2325;
    for part in parts {
        for b in part.bytes().chain([0xff]) {
            h = (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    h
}
