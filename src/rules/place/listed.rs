//! A small list of units given in a file of settings: for test vectors and for a chi bộ that knows only its own units.

use crate::check::Gazetteer;
use crate::date::Date;
use crate::text::fold;
use serde_json::Value;

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
    pub fn from_json(json: &Value) -> Option<Listed> {
        let text = |v: &Value, key: &str| v.get(key).and_then(Value::as_str).map(fold).unwrap_or_default();
        let pair = |v: &Value| Some((v.get(0)?.as_str()?.to_string(), v.get(1)?.as_str()?.to_string()));
        let list = |key: &str| json.get(key).and_then(Value::as_array);
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
                    .get("new")
                    .and_then(Value::as_array)
                    .map(|a| a.iter().filter_map(pair).collect())
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
