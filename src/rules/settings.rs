//! What a chi bộ sets for itself: province, interval of notes, holidays, rules switched off.
//!
//! Local rules and readings of this library may be switched off; anything seen in a text may not (the setting is then without effect).

use crate::date::Date;
use crate::record::Tree;

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
    /// Public holidays of the years the chi bộ has listed itself, from the yearly notice; they stand instead of the built-in table for these years.
    pub holidays: Vec<Date>,
    /// Days off beside the built-in table; in a file they stand in `holidays` with a plus before them (`+2026-11-24`).
    pub more_holidays: Vec<Date>,
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
            more_holidays: Vec::new(),
            ask_population: false,
            booklet: Vec::new(),
        }
    }
}

impl Settings {
    /// Reads the `settings` of a dossier file; what is missing or of another shape keeps its default.
    pub fn read(file: &Tree<'_>) -> Settings {
        let mut s = Settings::default();
        let list = |key: &str| file.member(key).and_then(Tree::rows);
        let texts = |key: &str| {
            list(key).map(|rows| {
                rows.iter()
                    .filter_map(Tree::text)
                    .map(str::to_string)
                    .collect::<Vec<_>>()
            })
        };
        if let Some(code) = file.member("province").and_then(Tree::text) {
            s.province = code.to_string();
        }
        if let Some(rules) = texts("rules_off") {
            s.rules_off = rules;
        }
        match file.member("write_khong_in") {
            Some(Tree::Flag(false)) => s.write_khong_in.clear(),
            _ => {
                if let Some(items) = texts("write_khong_in") {
                    s.write_khong_in = items;
                }
            }
        }
        let small = |n: &Tree<'_>| u16::try_from(n.number()?).ok();
        if let Some(n) = file.member("note_interval_months").and_then(small).filter(|n| *n > 0) {
            s.note_interval_months = n;
        }
        if let Some(days) = list("holidays") {
            for day in days.iter().filter_map(Tree::text) {
                let (list, day) = match day.strip_prefix('+') {
                    Some(more) => (&mut s.more_holidays, more),
                    None => (&mut s.holidays, day),
                };
                list.extend(Date::from_iso(day));
            }
        }
        s.ask_population = match file.member("ask_population") {
            Some(Tree::Flag(yes)) => *yes,
            Some(other) => other.text() == Some("có"),
            None => false,
        };
        if let Some(lines) = file.member("booklet").and_then(Tree::members) {
            s.booklet = lines
                .iter()
                .filter_map(|(item, n)| Some((item.to_string(), small(n)?)))
                .collect();
        }
        s
    }
}
