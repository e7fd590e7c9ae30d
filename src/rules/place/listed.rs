//! A small list of units given in a file of settings: for test vectors and for a chi bộ that knows only its own units.

use crate::check::Gazetteer;
use crate::date::Date;
use crate::record::Tree;
use crate::text::fold;

/// Units named one by one; every present unit is valid at all times.
#[derive(Debug, Clone, Default)]
pub struct Listed {
    current: Vec<[String; 2]>,
    old: Vec<OldUnit>,
}

#[derive(Debug, Clone)]
struct OldUnit {
    name: [String; 3],
    now: Vec<(String, String)>,
}

impl Listed {
    /// Reads `{"current": [[commune, province]…], "old": [{commune, district, province, new: [[commune, province]…]}…]}`; `None` for another shape.
    pub fn read(file: &Tree<'_>) -> Option<Listed> {
        let text = |unit: &Tree<'_>, key: &str| unit.member(key).and_then(Tree::text).map(fold).unwrap_or_default();
        let pair = |unit: &Tree<'_>| match unit.rows()? {
            [commune, province, ..] => Some((commune.text()?.to_string(), province.text()?.to_string())),
            _ => None,
        };
        let list = |key: &str| file.member(key).and_then(Tree::rows);
        let current = list("current")?
            .iter()
            .filter_map(pair)
            .map(|(c, p)| [fold(&c), fold(&p)])
            .collect();
        let old = list("old")?
            .iter()
            .map(|unit| OldUnit {
                name: [text(unit, "commune"), text(unit, "district"), text(unit, "province")],
                now: unit
                    .member("new")
                    .and_then(Tree::rows)
                    .map(|rows| rows.iter().filter_map(pair).collect())
                    .unwrap_or_default(),
            })
            .collect();
        Some(Listed { current, old })
    }

    fn named(&self, commune: &str, district: &str, province: &str) -> impl Iterator<Item = &OldUnit> {
        let name = [fold(commune), fold(district), fold(province)];
        self.old.iter().filter(move |unit| {
            let [c, d, p] = &unit.name;
            let [commune, district, province] = &name;
            c == commune && p == province && (district.is_empty() || d == district)
        })
    }
}

impl Gazetteer for Listed {
    fn is_current(&self, commune: &str, province: &str, _day: Date) -> bool {
        self.current.contains(&[fold(commune), fold(province)])
    }

    fn is_old(&self, commune: &str, district: &str, province: &str) -> bool {
        self.named(commune, district, province).next().is_some()
    }

    fn candidates(&self, commune: &str, district: &str, province: &str, _day: Date) -> Vec<(String, String)> {
        let mut out: Vec<(String, String)> = Vec::new();
        for unit in self.named(commune, district, province) {
            for now in &unit.now {
                if !out.contains(now) {
                    out.push(now.clone());
                }
            }
        }
        out
    }
}
