//! What a chi bộ sets for itself: province, interval of notes, holidays, rules switched off.
//!
//! Local rules and readings of this library may be switched off; anything seen in a text may not (the setting is then without effect).

use crate::date::Date;
use serde_json::Value;

/// Settings of the chi bộ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Code of the present province (`11` = Điện Biên); empty when not set. Switches local rules.
    pub province: String,
    /// Rules the chi bộ switched off.
    pub rules_off: Vec<String>,
    /// Items in which the draft writes "không" instead of leaving a blank.
    pub write_khong_in: Vec<String>,
    /// Months between two notes of the mentor; no text fixes it.
    pub note_interval_months: u16,
    /// Public holidays, from the yearly notice. Empty: deadlines say that holidays are not counted yet.
    pub holidays: Vec<Date>,
    /// Whether the question on population policy is asked (POP-02).
    pub ask_population: bool,
    /// Printed lines of an item that differ from the central booklet: item number, lines.
    pub booklet: Vec<(String, u16)>,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            province: String::new(),
            rules_off: Vec::new(),
            write_khong_in: ["16", "18", "19", "20"].map(str::to_string).to_vec(),
            note_interval_months: 3,
            holidays: Vec::new(),
            ask_population: false,
            booklet: Vec::new(),
        }
    }
}

impl Settings {
    /// Reads the `settings` of a dossier file; what is missing or of another shape keeps its default.
    pub fn from_json(json: &Value) -> Settings {
        let mut s = Settings::default();
        let list = |key: &str| json.get(key).and_then(Value::as_array);
        let texts = |key: &str| {
            list(key).map(|a| {
                a.iter()
                    .filter_map(Value::as_str)
                    .map(str::to_string)
                    .collect::<Vec<_>>()
            })
        };
        if let Some(code) = json.get("province").and_then(Value::as_str) {
            s.province = code.to_string();
        }
        if let Some(rules) = texts("rules_off") {
            s.rules_off = rules;
        }
        match json.get("write_khong_in") {
            Some(Value::Bool(false)) => s.write_khong_in.clear(),
            _ => {
                if let Some(items) = texts("write_khong_in") {
                    s.write_khong_in = items;
                }
            }
        }
        if let Some(n) = json
            .get("note_interval_months")
            .and_then(Value::as_u64)
            .and_then(|n| u16::try_from(n).ok())
            .filter(|n| *n > 0)
        {
            s.note_interval_months = n;
        }
        if let Some(days) = list("holidays") {
            s.holidays = days.iter().filter_map(|d| Date::from_iso(d.as_str()?)).collect();
        }
        s.ask_population = matches!(json.get("ask_population"), Some(Value::Bool(true)))
            || json.get("ask_population").and_then(Value::as_str) == Some("có");
        if let Some(lines) = json.get("booklet").and_then(Value::as_object) {
            s.booklet = lines
                .iter()
                .filter_map(|(item, n)| Some((item.clone(), u16::try_from(n.as_u64()?).ok()?)))
                .collect();
        }
        s
    }
}
