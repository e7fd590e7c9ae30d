//! The instruments at hand: those of the rules, those the chi bộ adds, and those that are known to exist without a number.
//!
//! What an instrument is about stands here in our own words (`about.txt`), never its text. Invariants: each says how far it was seen; what is local is marked
//! wherever it shows. Not here: which instrument holds on which day, and its points ([`rules::law`]); the chi bộ's thresholds ([`local`]).

pub mod local;

use crate::person::day_of;
use rules::law::{self, Instrument, Seen};
use rules::text::{fold, plain, same};
use rules::{Date, Record};

/// One line an instrument: identifier, a space, what it is about.
static ABOUT: &str = include_str!("library/about.txt");
/// One line an instrument without a number: province, `|`, what is known.
static AWAITED: &str = include_str!("library/awaited.txt");

/// An instrument in the library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Number as cited; empty while it is not known.
    pub number: String,
    /// Day of signing, as far as known.
    pub date: Option<Date>,
    /// Its title; empty for what the chi bộ added.
    pub title: &'static str,
    /// What it is about, in our or the chi bộ's words.
    pub about: String,
    /// Who issued it.
    pub issuer: String,
    /// Last day in force, if it ended.
    pub until: Option<Date>,
    /// Whose it is.
    pub origin: Origin,
    /// How far it was seen, as a sentence.
    pub seen: &'static str,
    words: String,
}

/// Whose an instrument is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// For the whole country.
    Central,
    /// Of this province; nowhere else does it bind.
    Province(&'static str),
    /// Added by the chi bộ.
    Branch,
}

impl Origin {
    /// The mark that stands beside it wherever it shows; empty for a central one.
    pub fn mark(&self) -> String {
        match self {
            Origin::Central => String::new(),
            Origin::Province(province) => format!("văn bản địa phương: {province}"),
            Origin::Branch => "do chi bộ thêm".to_string(),
        }
    }
}

/// The whole library: central, provincial, awaited, then the chi bộ's own.
pub fn all(own: Vec<Entry>) -> Vec<Entry> {
    let mut central = Vec::new();
    let mut provincial = Vec::new();
    for instrument in law::instruments() {
        let entry = of_law(instrument);
        if entry.origin == Origin::Central {
            central.push(entry);
        } else {
            provincial.push(entry);
        }
    }
    let awaited = AWAITED.lines().filter_map(|line| {
        let (province, about) = line.split_once('|')?;
        Some(Entry {
            about: about.to_string(),
            origin: Origin::Province(province),
            seen: "Chưa có số; chi bộ có văn bản thì thêm vào thư viện.",
            ..Entry::blank()
        })
    });
    central.extend(provincial);
    central.extend(awaited);
    central.extend(own);
    central.into_iter().map(Entry::indexed).collect()
}

/// What is looked for; what is blank asks nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted<'a> {
    /// Number or words, with or without marks.
    pub words: &'a str,
    /// A province: its own instruments and no central ones.
    pub province: &'a str,
}

/// The entries that fit, in the order of the library.
pub fn search<'e>(library: &'e [Entry], wanted: &Wanted<'_>) -> Vec<&'e Entry> {
    let words = plain(&fold(wanted.words));
    let fits = |entry: &&Entry| {
        words.split_whitespace().all(|word| entry.words.contains(word))
            && (wanted.province.is_empty()
                || matches!(&entry.origin, Origin::Province(province) if is_of(province, wanted.province)))
    };
    library.iter().filter(fits).collect()
}

/// Whether a province is meant, with or without the word `tỉnh`.
fn is_of(province: &str, wanted: &str) -> bool {
    let bare = |name: &str| {
        let folded = fold(name);
        let name = folded
            .strip_prefix("tỉnh ")
            .or(folded.strip_prefix("thành phố "))
            .unwrap_or(&folded);
        name.to_string()
    };
    bare(province) == bare(wanted)
}

/// Provinces that have instruments here.
pub fn provinces(library: &[Entry]) -> Vec<&'static str> {
    let mut provinces = Vec::new();
    for entry in library {
        if let Origin::Province(province) = entry.origin
            && !provinces.contains(&province)
        {
            provinces.push(province);
        }
    }
    provinces
}

fn of_law(instrument: &'static Instrument) -> Entry {
    let about = ABOUT
        .lines()
        .find_map(|line| line.strip_prefix(instrument.id())?.strip_prefix(' '));
    Entry {
        number: instrument.number().to_string(),
        date: Some(instrument.date),
        title: instrument.title(),
        about: about.unwrap_or("").to_string(),
        issuer: instrument.issuer().to_string(),
        until: instrument.until,
        origin: match instrument.province() {
            "" => Origin::Central,
            province => Origin::Province(province),
        },
        seen: instrument.seen.sentence(),
        words: String::new(),
    }
}

impl Entry {
    fn blank() -> Entry {
        Entry {
            number: String::new(),
            date: None,
            title: "",
            about: String::new(),
            issuer: String::new(),
            until: None,
            origin: Origin::Central,
            seen: "",
            words: String::new(),
        }
    }

    fn indexed(mut self) -> Entry {
        let all = [&self.number, self.title, &self.about, &self.issuer, &self.origin.mark()].join(" ");
        self.words = plain(&fold(&all));
        self
    }
}

/// The group in which the chi bộ's own instruments are kept as rows.
pub const OWN: &str = "library";
/// Columns of a row: slug, label, hint.
pub const OWN_COLUMNS: [(&str, &str, &str); 5] = [
    ("number", "Số, ký hiệu", "Ví dụ 25-HD/ĐU."),
    ("date", "Ngày ký", "Ghi đủ ngày, tháng, năm."),
    ("issuer", "Nơi ban hành", "Ví dụ Đảng ủy xã."),
    ("about", "Nói về việc gì", "Vài lời của bạn, không chép nguyên văn."),
    ("seen", "Đã đọc nguyên văn", "có hoặc không"),
];
/// The most letters of what an instrument is about: more would be its text.
pub const LONGEST_ABOUT: usize = 400;

/// The chi bộ's own instruments, and what is to be mended: row and reason. A row with something to mend is shown all the same.
pub fn own(record: &Record) -> (Vec<Entry>, Vec<(String, String)>) {
    let mut entries: Vec<Entry> = Vec::new();
    let mut mend = Vec::new();
    for row in record.rows(OWN) {
        let cell = |column: &str| record.text(&format!("{OWN}/{row}/{column}")).trim();
        let entry = Entry {
            number: cell("number").to_string(),
            date: day_of(cell("date")),
            about: cell("about").to_string(),
            issuer: cell("issuer").to_string(),
            origin: Origin::Branch,
            seen: if same(cell("seen"), "có") {
                Seen::Full
            } else {
                Seen::Secondary
            }
            .sentence(),
            ..Entry::blank()
        };
        let known = law::instruments().iter().any(|one| same(one.number(), &entry.number));
        let twice = entries
            .iter()
            .any(|other| same(&other.number, &entry.number) && other.date == entry.date);
        for (is_wrong, reason) in [
            (entry.number.is_empty(), "Hãy ghi số, ký hiệu của văn bản."),
            (entry.date.is_none(), "Hãy ghi đủ ngày, tháng, năm ký."),
            (entry.about.is_empty(), "Hãy ghi vài lời văn bản nói về việc gì."),
            (
                entry.about.chars().count() > LONGEST_ABOUT,
                "Chỉ ghi vài lời của bạn; không chép nguyên văn văn bản vào đây.",
            ),
            (
                known && !entry.number.is_empty(),
                "Văn bản này đã có sẵn trong thư viện.",
            ),
            (twice && !entry.number.is_empty(), "Văn bản này đã ghi ở hàng trên."),
        ] {
            if is_wrong {
                mend.push((row.to_string(), reason.to_string()));
            }
        }
        entries.push(entry);
    }
    (entries, mend)
}

#[cfg(test)]
mod tests;
