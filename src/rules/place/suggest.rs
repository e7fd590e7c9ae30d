//! Looking a unit up by whatever a person types: without marks, old name, huyện or tỉnh beside it, Telex left-overs.
//!
//! The answer is a list to choose from, best first; nothing is chosen for anybody. Every word typed must begin a word of the unit's names.

use super::name::{Level, Name};
use super::{Places, read};
use crate::date::Date;
use crate::text::{plain, untelex, weak};

/// A unit that may be meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Full name of the present commune.
    pub commune: String,
    /// Full name of the present province.
    pub province: String,
    /// The old name that was found, when it was an old one.
    pub old: Option<OldName>,
}

/// A unit as it was called before 1-7-2025.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OldName {
    /// Full name of the commune.
    pub commune: String,
    /// Full name of the district.
    pub district: String,
    /// Full name of the province.
    pub province: String,
}

impl Suggestion {
    /// As written on paper: the new name, the old one in brackets.
    pub fn written(&self) -> String {
        match &self.old {
            None => format!("{}, {}", self.commune, self.province),
            Some(old) => format!(
                "{}, {} (trước đây là {}, {}, {})",
                self.commune, self.province, old.commune, old.district, old.province
            ),
        }
    }
}

/// The names without marks, made once.
pub(super) struct Index {
    /// Words of each name, each behind a space.
    text: String,
    units: Vec<Unit>,
    /// District and province words that several units share.
    areas: Vec<(String, String)>,
}

struct Unit {
    from: u32,
    /// End of the kind, begin of the bare name.
    bare: u32,
    to: u32,
    area: u16,
    now: u16,
    old: Option<Level>,
}

/// Words of a folded name, each behind a space.
fn spaced(folded: &str) -> String {
    let mut out = String::with_capacity(folded.len() + 1);
    for word in plain(folded)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
    {
        out.push(' ');
        out.push_str(word);
    }
    out
}

impl Index {
    fn build(places: &Places) -> Index {
        let mut index = Index {
            text: String::with_capacity(200_000),
            units: Vec::with_capacity(14_000),
            areas: Vec::new(),
        };
        let mut last = u8::MAX;
        for (now, commune) in places.communes.iter().enumerate() {
            if commune.province != last {
                last = commune.province;
                let name = places.provinces.get(usize::from(last)).map_or("", |p| p.name.as_str());
                index.areas.push((spaced(&weak(name)), String::new()));
            }
            index.add(commune.kind, &commune.name, now, None);
        }
        let names: Vec<&str> = places.communes.iter().map(|c| c.name.as_str()).collect();
        let mut last = ("", "");
        // the list was read once already, so it can be walked again
        let _ = read::each_old(&places.old_text, &names, |unit| {
            if (unit.province, unit.district) != last {
                last = (unit.province, unit.district);
                let words = spaced(&weak(&format!("{} {}", unit.district, unit.province)));
                index
                    .areas
                    .push((words, format!("{}\n{}", unit.district, unit.province)));
            }
            index.add(unit.kind, unit.commune, unit.now, Some(unit.kind));
        });
        index
    }

    fn add(&mut self, kind: Level, name: &str, now: usize, old: Option<Level>) {
        let at = |text: &String| u32::try_from(text.len()).unwrap_or(u32::MAX);
        let from = at(&self.text);
        self.text.push_str(&spaced(&weak(kind.word())));
        let bare = at(&self.text);
        self.text.push_str(&spaced(&weak(name)));
        let area = u16::try_from(self.areas.len().saturating_sub(1)).unwrap_or(u16::MAX);
        let now = u16::try_from(now).unwrap_or(u16::MAX);
        self.units.push(Unit {
            from,
            bare,
            to: at(&self.text),
            area,
            now,
            old,
        });
    }

    fn words(&self, from: u32, to: u32) -> &str {
        self.text.get(from as usize..to as usize).unwrap_or_default()
    }
}

/// A word of the query with the other words it may be: itself, and what it is when the Telex keys were not taken.
type Word = Vec<String>;

fn query(typed: &str) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    for word in weak(typed)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
    {
        let full: &[&str] = match word {
            "tp" => &["thanh", "pho"],
            "tx" => &["thi", "xa"],
            "tt" => &["thi", "tran"],
            other => &[other],
        };
        for word in full {
            let mut alike = vec![format!(" {word}")];
            if let Some(other) = untelex(word) {
                alike.push(format!(" {}", weak(&other)));
            }
            out.push(alike);
        }
    }
    out
}

/// The text as it would be if the keyboard had taken the keys of Telex.
fn keys_taken(text: &str) -> String {
    let words: Vec<String> = text
        .split(' ')
        .map(|word| untelex(word).unwrap_or_else(|| word.to_string()))
        .collect();
    words.join(" ")
}

impl Places {
    /// Up to `limit` units that may be meant by what was typed, best first, with their names on that day.
    pub fn suggest(&self, typed: &str, limit: usize, day: Date) -> Vec<Suggestion> {
        let words = query(typed);
        if words.is_empty() {
            return Vec::new();
        }
        let index = self.index.get_or_init(|| Index::build(self));
        let head = Name::read(typed.split(',').next().unwrap_or(typed)).bare;
        let firsts = [spaced(&weak(&head)), spaced(&weak(&keys_taken(&head)))];
        // units by how well they fit, each list in the order of the lists
        let mut found: [Vec<usize>; 6] = Default::default();
        for (at, unit) in index.units.iter().enumerate() {
            let own = index.words(unit.from, unit.to);
            let area = index
                .areas
                .get(usize::from(unit.area))
                .map_or("", |(words, _)| words.as_str());
            let said = |word: &Word| {
                word.iter()
                    .any(|w| own.contains(w.as_str()) || area.contains(w.as_str()))
            };
            if !words.iter().all(said) {
                continue;
            }
            let bare = index.words(unit.bare, unit.to);
            let is_first = firsts.iter().any(|first| bare == first);
            let begins = firsts.iter().any(|first| bare.starts_with(first.as_str()));
            let rank = match (is_first, begins, unit.old.is_some()) {
                (true, _, false) => 0,
                (true, _, true) => 1,
                (_, true, false) => 2,
                (_, true, true) => 3,
                (_, _, false) => 4,
                _ => 5,
            };
            if let Some(list) = found.get_mut(rank) {
                list.push(at);
            }
        }
        let mut out: Vec<Suggestion> = Vec::new();
        for at in found.into_iter().flatten() {
            if out.len() >= limit {
                break;
            }
            if let Some(suggestion) = index.units.get(at).and_then(|unit| self.suggestion(index, unit, day))
                && !out.contains(&suggestion)
            {
                out.push(suggestion);
            }
        }
        out
    }

    fn suggestion(&self, index: &Index, unit: &Unit, day: Date) -> Option<Suggestion> {
        let (commune, province) = self.shown(unit.now, day)?;
        let old = match unit.old {
            None => None,
            Some(kind) => {
                let (_, area) = index.areas.get(usize::from(unit.area))?;
                let (district, old_province) = area.split_once('\n')?;
                let name = self.old_name(index, unit)?;
                Some(OldName {
                    commune: format!("{} {name}", kind.word()).trim_start().to_string(),
                    district: district.to_string(),
                    province: old_province.to_string(),
                })
            }
        };
        Some(Suggestion { commune, province, old })
    }

    /// The old name as the list writes it.
    fn old_name(&self, index: &Index, wanted: &Unit) -> Option<String> {
        let names: Vec<&str> = self.communes.iter().map(|c| c.name.as_str()).collect();
        let words = index.words(wanted.bare, wanted.to);
        let line = self.old_text.lines().nth(usize::from(wanted.now))?;
        let own = names.get(usize::from(wanted.now)).copied()?;
        line.split(';')
            .filter(|word| !word.starts_with(['>', '@', '-']))
            .map(|word| word.trim_start_matches(['*', '#']))
            .map(|name| if name == "=" { own } else { name })
            .find(|name| spaced(&weak(name)) == words)
            .map(str::to_string)
    }
}
