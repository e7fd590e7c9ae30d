//! The part of CDDL (RFC 8610) that `protocol.cddl` uses: reads it, says whether bytes match a rule, makes bytes from a rule.
//!
//! Invariant: a rule that is not understood is a panic, never a match. What it knows: maps with numbers for keys, arrays, `?` and
//! `n*m`, `/`, ranges, `.size`, `.cbor`, uint, bytes, tstr, bool, null.

use minicbor::{Decoder, Encoder};
use std::collections::BTreeMap;

/// A type.
#[derive(Clone, Debug)]
enum Kind {
    Uint(u64, u64),
    Bytes(Option<usize>),
    Wrapped(String),
    Text,
    Bool,
    Null,
    Named(String),
    Map(Vec<(u64, bool, Kind)>),
    Array(Vec<(usize, usize, Kind)>),
    Either(Vec<Kind>),
}

/// The rules of a file.
pub struct Rules(BTreeMap<String, Kind>);

/// A small generator of numbers (SplitMix64); its seed is printed by whoever uses it.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, end: usize) -> usize {
        (self.roll() % end as u64) as usize
    }

    pub fn bytes(&mut self, count: usize) -> Vec<u8> {
        (0..count).map(|_| self.roll() as u8).collect()
    }
}

struct Words<'t> {
    words: Vec<&'t str>,
    at: usize,
}

impl<'t> Words<'t> {
    fn of(text: &'t str) -> Self {
        let mut words = Vec::new();
        for line in text.lines() {
            let mut rest = line.split(';').next().unwrap().trim_start();
            while let Some(first) = rest.chars().next() {
                let length = if rest.starts_with("=>") {
                    2
                } else if "{}[],?=/".contains(first) {
                    1
                } else {
                    rest.find(|c: char| c.is_whitespace() || "{}[],?=/".contains(c))
                        .unwrap_or(rest.len())
                };
                words.push(&rest[..length]);
                rest = rest[length..].trim_start();
            }
        }
        Self { words, at: 0 }
    }

    fn peek(&self) -> &'t str {
        self.words.get(self.at).copied().unwrap_or("")
    }

    fn next(&mut self) -> &'t str {
        let word = self.peek();
        self.at += 1;
        word
    }

    fn take(&mut self, word: &str) -> bool {
        let is = self.peek() == word;
        self.at += usize::from(is);
        is
    }

    fn kind(&mut self) -> Kind {
        let mut all = vec![self.one()];
        while self.take("/") {
            all.push(self.one());
        }
        if all.len() == 1 {
            all.remove(0)
        } else {
            Kind::Either(all)
        }
    }

    fn one(&mut self) -> Kind {
        let word = self.next();
        match word {
            "{" => {
                let mut entries = Vec::new();
                while !self.take("}") {
                    let optional = self.take("?");
                    let key = self.next().parse().unwrap();
                    assert!(self.take("=>"), "=> after key {key}");
                    entries.push((key, optional, self.kind()));
                    self.take(",");
                }
                Kind::Map(entries)
            }
            "[" => {
                let mut items = Vec::new();
                while !self.take("]") {
                    let (least, most) = match self.peek().split_once('*') {
                        Some((least, most)) => {
                            self.next();
                            (least.parse().unwrap_or(0), most.parse().unwrap_or(6))
                        }
                        None => (1, 1),
                    };
                    items.push((least, most, self.kind()));
                    self.take(",");
                }
                Kind::Array(items)
            }
            "bytes" if self.take(".size") => Kind::Bytes(Some(self.next().parse().unwrap())),
            "bytes" if self.take(".cbor") => Kind::Wrapped(self.next().to_owned()),
            "bytes" => Kind::Bytes(None),
            "uint" => Kind::Uint(0, u64::MAX),
            "tstr" => Kind::Text,
            "bool" => Kind::Bool,
            "null" => Kind::Null,
            number if number.starts_with(|c: char| c.is_ascii_digit()) => {
                let (from, to) = number.split_once("..").unwrap_or((number, number));
                Kind::Uint(from.parse().unwrap(), to.parse().unwrap())
            }
            name => Kind::Named(name.to_owned()),
        }
    }
}

impl Rules {
    pub fn read(text: &str) -> Self {
        let mut words = Words::of(text);
        let mut rules = BTreeMap::new();
        while !words.peek().is_empty() {
            let name = words.next().to_owned();
            assert!(words.take("="), "= after {name}");
            let kind = words.kind();
            assert!(rules.insert(name.clone(), kind).is_none(), "{name} twice");
        }
        Self(rules)
    }

    fn rule(&self, name: &str) -> &Kind {
        self.0.get(name).unwrap_or_else(|| panic!("no rule {name}"))
    }

    /// Whether these bytes are exactly one item of this rule.
    pub fn matches(&self, name: &str, bytes: &[u8]) -> bool {
        let mut d = Decoder::new(bytes);
        self.fits(self.rule(name), &mut d).is_some() && d.position() == bytes.len()
    }

    fn fits(&self, kind: &Kind, d: &mut Decoder<'_>) -> Option<()> {
        match kind {
            Kind::Uint(from, to) => d.u64().ok().filter(|value| (from..=to).contains(&value)).map(drop),
            Kind::Bytes(size) => d
                .bytes()
                .ok()
                .filter(|bytes| size.is_none_or(|size| size == bytes.len()))
                .map(drop),
            Kind::Wrapped(name) => d.bytes().ok().filter(|bytes| self.matches(name, bytes)).map(drop),
            Kind::Text => d.str().ok().map(drop),
            Kind::Bool => d.bool().ok().map(drop),
            Kind::Null => d.null().ok(),
            Kind::Named(name) => self.fits(self.rule(name), d),
            Kind::Either(kinds) => kinds.iter().find_map(|kind| {
                let mut trial = d.clone();
                self.fits(kind, &mut trial)?;
                *d = trial;
                Some(())
            }),
            Kind::Map(entries) => {
                // Keys come in any order.
                let mut found = BTreeMap::new();
                for _ in 0..d.map().ok()?? {
                    found.insert(d.u64().ok()?, d.clone());
                    d.skip().ok()?;
                }
                for (key, optional, kind) in entries {
                    match found.remove(key) {
                        Some(mut part) => self.fits(kind, &mut part)?,
                        None if *optional => {}
                        None => return None,
                    }
                }
                found.is_empty().then_some(())
            }
            Kind::Array(items) => {
                let mut left = usize::try_from(d.array().ok()??).ok()?;
                for (n, (least, most, kind)) in items.iter().enumerate() {
                    let others: usize = items[n + 1..].iter().map(|(least, ..)| least).sum();
                    // `*` alone has no end; the generator only makes short ones of it.
                    let unbounded = *least == 0 && *most == 6;
                    let count = left
                        .checked_sub(others)?
                        .min(if unbounded { usize::MAX } else { *most });
                    if count < *least {
                        return None;
                    }
                    for _ in 0..count {
                        self.fits(kind, d)?;
                    }
                    left -= count;
                }
                (left == 0).then_some(())
            }
        }
    }

    /// Bytes of this rule.
    pub fn make(&self, name: &str, dice: &mut Dice) -> Vec<u8> {
        let mut e = Encoder::new(Vec::new());
        self.put(self.rule(name), dice, &mut e);
        e.into_writer()
    }

    fn put(&self, kind: &Kind, dice: &mut Dice, e: &mut Encoder<Vec<u8>>) {
        match kind {
            Kind::Uint(from, to) => {
                // Small numbers and the ends more often than their share.
                let span = (to - from).saturating_add(1);
                let value = match dice.below(4) {
                    0 => *from,
                    1 => *to,
                    2 => from + dice.roll() % span.min(24),
                    _ => from + dice.roll() % span,
                };
                e.u64(value).unwrap();
            }
            Kind::Bytes(size) => {
                let count = size.unwrap_or_else(|| dice.below(300));
                e.bytes(&dice.bytes(count)).unwrap();
            }
            Kind::Wrapped(name) => {
                e.bytes(&self.make(name, dice)).unwrap();
            }
            Kind::Text => {
                let words = ["", "Chi bộ thử", "\u{0}", "a\u{301}\u{202e}", "x".repeat(70).leak()];
                e.str(words[dice.below(words.len())]).unwrap();
            }
            Kind::Bool => {
                e.bool(dice.below(2) == 0).unwrap();
            }
            Kind::Null => {
                e.null().unwrap();
            }
            Kind::Named(name) => self.put(self.rule(name), dice, e),
            Kind::Either(kinds) => self.put(&kinds[dice.below(kinds.len())], dice, e),
            Kind::Map(entries) => {
                let chosen: Vec<_> = entries
                    .iter()
                    .filter(|(_, optional, _)| !optional || dice.below(2) == 0)
                    .collect();
                e.map(chosen.len() as u64).unwrap();
                for (key, _, kind) in chosen {
                    e.u64(*key).unwrap();
                    self.put(kind, dice, e);
                }
            }
            Kind::Array(items) => {
                let counts: Vec<usize> = items
                    .iter()
                    .map(|(least, most, _)| least + dice.below((most - least).min(5) + 1))
                    .collect();
                e.array(counts.iter().sum::<usize>() as u64).unwrap();
                for ((_, _, kind), count) in items.iter().zip(counts) {
                    (0..count).for_each(|_| self.put(kind, dice, e));
                }
            }
        }
    }
}
