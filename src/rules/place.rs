//! Administrative units: what exists now, what existed before 1-7-2025, and what became of it.
//!
//! Names are compared by [`crate::text::fold`], never without marks: inside one province units differ in marks alone. Nothing here rewrites a
//! name; a divided unit has several successors and the person chooses. The lists come from `public/data/`, travel packed (`pack`) and are read when first needed.

mod listed;
mod name;
mod pack;
mod read;
mod suggest;

pub use listed::Listed;
pub use pack::{Unpacking, pack};
pub use suggest::{OldName, Suggestion};

use crate::check::Gazetteer;
use crate::date::Date;
use crate::text::equal;
use name::{Level, Name};
use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

/// The present units and what the old ones became.
pub struct Places {
    provinces: Vec<Province>,
    communes: Vec<Commune>,
    /// Hash of a present name (commune, province), number of the commune; sorted.
    current: Vec<(u64, u16)>,
    /// Hash of an old name (commune, district, province), number of a successor; sorted.
    old: Vec<(u64, u16)>,
    /// Hash of an old name without its district, number of a successor; sorted.
    old_anywhere: Vec<(u64, u16)>,
    /// The old list, as read: names for suggestions.
    old_text: String,
    index: OnceCell<suggest::Index>,
    /// Names read lately: a dossier has the same few units in many places.
    read: RefCell<Vec<(String, Rc<Name>)>>,
}

struct Province {
    code: [u8; 2],
    /// Full name today.
    name: String,
    /// Full name before, and the day on which that ended.
    was: Option<(String, Date)>,
    /// Folded name without its kind.
    key: String,
    /// Kind today, and before.
    levels: (Level, Level),
}

struct Commune {
    /// Name without its kind.
    name: String,
    kind: Level,
    province: u8,
    /// When it became a phường; before, it was a xã.
    since: Option<Date>,
}

/// Why a list could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacesFault {
    /// Line of the list, from 1.
    pub line: usize,
}

impl std::fmt::Display for PlacesFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "danh sách đơn vị hành chính: dòng {} chưa đúng", self.line)
    }
}

impl std::error::Error for PlacesFault {}

impl Commune {
    fn kind_on(&self, day: Date) -> Level {
        match self.since {
            Some(since) if day < since => Level::Xa,
            _ => self.kind,
        }
    }
}

impl Province {
    fn level_on(&self, day: Date) -> Level {
        match &self.was {
            Some((_, until)) if day < *until => self.levels.1,
            _ => self.levels.0,
        }
    }

    fn name_on(&self, day: Date) -> &str {
        match &self.was {
            Some((was, until)) if day < *until => was,
            _ => &self.name,
        }
    }
}

impl Places {
    /// Reads the two lists. The old one may be empty: then only present names are known.
    ///
    /// # Errors
    /// [`PlacesFault`] with the line that has not the form of the lists; they are fetched again then.
    pub fn read(now: &[u8], old: &[u8]) -> Result<Places, PlacesFault> {
        read::read(now, old)
    }

    /// Codes and full names of the provinces on a day.
    pub fn provinces(&self, day: Date) -> impl Iterator<Item = (&str, &str)> {
        self.provinces
            .iter()
            .map(move |p| (std::str::from_utf8(&p.code).unwrap_or("00"), p.name_on(day)))
    }

    /// Full names of the communes of a province, by its code, on a day.
    pub fn communes(&self, code: &str, day: Date) -> Vec<String> {
        let Some(at) = self.provinces.iter().position(|p| p.code == code.as_bytes()) else {
            return Vec::new();
        };
        let mut names = Vec::new();
        for c in &self.communes {
            if usize::from(c.province) == at {
                names.push(format!("{} {}", c.kind_on(day).word(), c.name));
            }
        }
        names
    }

    fn shown(&self, at: u16, day: Date) -> Option<(String, String)> {
        let commune = self.communes.get(usize::from(at))?;
        let province = self.provinces.get(usize::from(commune.province))?;
        Some((
            format!("{} {}", commune.kind_on(day).word(), commune.name),
            province.name_on(day).to_string(),
        ))
    }
}

impl Gazetteer for Places {
    fn is_current(&self, commune: &str, province: &str, day: Date) -> bool {
        let (commune, province) = (self.name(commune), self.name(province));
        let Some(known) = self.provinces.iter().find(|p| p.key == province.bare) else {
            return false;
        };
        if province.level != Level::Unsaid && province.level != known.level_on(day) {
            return false;
        }
        let hits = hits(&self.current, name::hash(&["", &commune.bare, &province.bare]));
        hits.iter()
            .filter_map(|(_, at)| self.communes.get(usize::from(*at)))
            .any(|c| commune.level == Level::Unsaid || commune.level == c.kind_on(day))
    }

    fn is_old(&self, commune: &str, district: &str, province: &str) -> bool {
        !self.successors(commune, district, province).is_empty()
    }

    fn candidates(&self, commune: &str, district: &str, province: &str, day: Date) -> Vec<(String, String)> {
        let mut units = Vec::new();
        for at in self.successors(commune, district, province) {
            units.extend(self.shown(at, day));
        }
        units
    }
}

/// Names that are kept; more begin anew.
const READ: usize = 128;

impl Places {
    /// A name as it was typed, read once.
    fn name(&self, typed: &str) -> Rc<Name> {
        let mut read = self.read.borrow_mut();
        if let Some((_, name)) = read.iter().find(|(known, _)| equal(known, typed)) {
            return Rc::clone(name);
        }
        let name = Rc::new(Name::read(typed));
        if read.len() == READ {
            read.clear();
        }
        read.push((typed.to_string(), Rc::clone(&name)));
        name
    }

    /// Numbers of the successors of an old unit, without repetition. Kinds that are not said stand for any.
    fn successors(&self, commune: &str, district: &str, province: &str) -> Vec<u16> {
        let (commune, district, province) = (self.name(commune), self.name(district), self.name(province));
        let mut out: Vec<u16> = Vec::new();
        for kind in commune.kinds(&Level::OLD_COMMUNES) {
            if district.bare.is_empty() {
                let hash = name::hash(&[kind.word(), &commune.bare, &province.bare]);
                take(&mut out, hits(&self.old_anywhere, hash));
                continue;
            }
            for level in district.kinds(&Level::DISTRICTS) {
                let hash = name::hash(&[kind.word(), &commune.bare, level.word(), &district.bare, &province.bare]);
                take(&mut out, hits(&self.old, hash));
            }
        }
        crate::sorted::sort(&mut out, |a, b| a < b);
        out.dedup();
        out
    }
}

/// Takes the numbers of communes out of entries.
fn take(out: &mut Vec<u16>, entries: &[(u64, u16)]) {
    for (_, at) in entries {
        out.push(*at);
    }
}

/// The entries with this hash.
fn hits(list: &[(u64, u16)], hash: u64) -> &[(u64, u16)] {
    let from = list.partition_point(|(h, _)| *h < hash);
    let rest = list.get(from..).unwrap_or_default();
    let many = rest.partition_point(|(h, _)| *h == hash);
    rest.get(..many).unwrap_or_default()
}

/// Whether two typed units (commune, province) name the same, abbreviations and unsaid kinds aside.
pub(crate) fn same_unit(a: (&str, &str), b: (&str, &str)) -> bool {
    let same = |a: &str, b: &str| {
        if a == b {
            return true;
        }
        let (a, b) = (Name::read(a), Name::read(b));
        a.bare == b.bare && (a.level == b.level || a.level == Level::Unsaid || b.level == Level::Unsaid)
    };
    same(a.0, b.0) && same(a.1, b.1)
}

/// A number for some words in their order.
pub(crate) fn hash_of(words: &[&str]) -> u64 {
    name::hash(words)
}

/// A number for the names of a place, to tell different places apart quickly.
pub(crate) fn hash(place: &crate::record::Place<'_>) -> u64 {
    let p = place;
    name::hash(&[
        p.commune,
        p.district,
        p.province,
        p.old_commune,
        p.old_district,
        p.old_province,
        p.text,
    ])
}

#[cfg(test)]
mod tests;
