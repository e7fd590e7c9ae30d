//! The two lists as they stand in `public/data/`.
//!
//! `places-now.txt`: a line `11Tỉnh Điện Biên` opens a province (code, full name); `<Tỉnh Bắc Ninh 2026-08-24` behind it is the name until the day
//! before. Each further line is a commune: `Si Pa Phìn` (xã), `*Mường Lay` (phường), `!Côn Đảo` (đặc khu); `<2026-08-24` behind it is the day on
//! which a xã became a phường. `places-old.txt` has one line for each of these communes, in the same order: the old units that went into it,
//! separated by `;`. `>Tỉnh Kon Tum` and `@Huyện Ngọc Hồi` switch province and district for what follows, also over lines; `#` marks a thị trấn, `*` a
//! phường; `=` stands for the name of the present commune, `-` for a district without communes. A divided unit stands in several lines.

use super::name::{self, Level, Name};
use super::{Commune, Places, PlacesFault, Province};
use crate::date::Date;
use crate::sorted::sort_hashes;
use crate::text::fold;
use std::cell::{OnceCell, RefCell};

pub(super) fn read(now: &[u8], old: &[u8]) -> Result<Places, PlacesFault> {
    let fault = |line: usize| PlacesFault { line: line + 1 };
    let now = std::str::from_utf8(now).map_err(|_| fault(0))?;
    let old_text = std::str::from_utf8(old).map_err(|_| fault(0))?.to_string();
    let mut provinces: Vec<Province> = Vec::with_capacity(34);
    let mut communes: Vec<Commune> = Vec::with_capacity(3400);
    let mut current: Vec<(u64, u16)> = Vec::with_capacity(3400);
    for (line, text) in now.lines().enumerate() {
        if text.starts_with(|c: char| c.is_ascii_digit()) {
            provinces.push(province(text).ok_or_else(|| fault(line))?);
            continue;
        }
        let last = provinces.len().checked_sub(1).and_then(|at| u8::try_from(at).ok());
        let (at, home) = last
            .and_then(|at| Some((at, provinces.last()?)))
            .ok_or_else(|| fault(line))?;
        let commune = commune(text, at).ok_or_else(|| fault(line))?;
        let number = u16::try_from(communes.len()).map_err(|_| fault(line))?;
        current.push((name::hash(&["", &fold(&commune.name), &home.key]), number));
        communes.push(commune);
    }
    let mut places = Places {
        provinces,
        communes,
        current,
        old: Vec::new(),
        old_anywhere: Vec::new(),
        old_text,
        index: OnceCell::new(),
        read: RefCell::default(),
    };
    read_old(&mut places)?;
    sort_hashes(&mut places.current);
    sort_hashes(&mut places.old);
    sort_hashes(&mut places.old_anywhere);
    places.old_anywhere.dedup();
    Ok(places)
}

fn province(text: &str) -> Option<Province> {
    let code: [u8; 2] = text.as_bytes().get(..2)?.try_into().ok()?;
    let rest = text.get(2..)?;
    let (name, was) = match rest.split_once('<') {
        None => (rest, None),
        Some((name, was)) => {
            let (was, day) = was.rsplit_once(' ')?;
            (name, Some((was.to_string(), Date::from_iso(day)?)))
        }
    };
    let read = Name::read(name);
    let before = was.as_ref().map_or(read.level, |(was, _)| Name::read(was).level);
    (!name.is_empty()).then(|| Province {
        code,
        name: name.to_string(),
        was,
        key: read.bare,
        levels: (read.level, before),
    })
}

fn commune(text: &str, province: u8) -> Option<Commune> {
    let (text, since) = match text.split_once('<') {
        None => (text, None),
        Some((text, day)) => (text, Some(Date::from_iso(day)?)),
    };
    let (kind, name) = kind(text)?;
    Some(Commune {
        name: name.to_string(),
        kind,
        province,
        since,
    })
}

/// Kind and bare name of a unit of the lists.
fn kind(text: &str) -> Option<(Level, &str)> {
    let (kind, name) = match text.as_bytes().first()? {
        b'*' => (Level::Phuong, text.get(1..)?),
        b'#' => (Level::ThiTran, text.get(1..)?),
        b'!' => (Level::DacKhu, text.get(1..)?),
        _ => (Level::Xa, text),
    };
    (!name.is_empty()).then_some((kind, name))
}

/// An old unit as the list has it.
pub(super) struct Old<'t> {
    pub province: &'t str,
    pub district: &'t str,
    pub kind: Level,
    /// Bare name; empty for a district without communes.
    pub commune: &'t str,
    /// Number of the present commune of this line.
    pub now: usize,
}

/// Walks over the old list. `names` are the bare names of the present communes.
pub(super) fn each_old<'t>(text: &'t str, names: &[&'t str], mut see: impl FnMut(Old<'t>)) -> Result<(), PlacesFault> {
    let (mut province, mut district) = ("", "");
    for (now, line) in text.lines().enumerate() {
        let fault = || PlacesFault { line: now + 1 };
        let own = names.get(now).copied().ok_or_else(fault)?;
        for word in line.split(';') {
            match word.as_bytes().first() {
                Some(b'>') => {
                    province = word.get(1..).unwrap_or_default();
                    district = "";
                }
                Some(b'@') => district = word.get(1..).unwrap_or_default(),
                Some(b'-') => see(Old {
                    province,
                    district,
                    kind: Level::Unsaid,
                    commune: "",
                    now,
                }),
                _ => {
                    let (kind, name) = kind(word).ok_or_else(fault)?;
                    see(Old {
                        province,
                        district,
                        kind,
                        commune: if name == "=" { own } else { name },
                        now,
                    });
                }
            }
        }
    }
    Ok(())
}

fn read_old(places: &mut Places) -> Result<(), PlacesFault> {
    if places.old_text.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = places.communes.iter().map(|c| c.name.as_str()).collect();
    let (mut old, mut anywhere) = (Vec::with_capacity(10_600), Vec::with_capacity(10_600));
    let (mut province, mut district) = (("", String::new()), ("", Name::read("")));
    each_old(&places.old_text, &names, |unit| {
        if province.0 != unit.province {
            province = (unit.province, Name::read(unit.province).bare);
        }
        if district.0 != unit.district {
            district = (unit.district, Name::read(unit.district));
        }
        let Ok(now) = u16::try_from(unit.now) else { return };
        let commune = fold(unit.commune);
        let parts = [
            unit.kind.word(),
            &commune,
            district.1.level.word(),
            &district.1.bare,
            &province.1,
        ];
        old.push((name::hash(&parts), now));
        if !commune.is_empty() {
            anywhere.push((name::hash(&[unit.kind.word(), &commune, &province.1]), now));
        }
    })?;
    places.old = old;
    places.old_anywhere = anywhere;
    Ok(())
}
