//! What the library says, word for word, about every vector, every dossier and records that differ from them in a few answers.
//!
//! A vector says what one rule must say; here everything else is held too: the wording, the place, the ground, the notices, the order. Two files:
//! `vectors/messages.txt` has each wording once, as a person reads it, to be read aloud; `vectors/said.txt` has a digest for each record. When a rule
//! changes on purpose, both are written anew and the change of the first is read:
//! `RECORD_SAID=1 cargo test -p lylich-rules --lib everything_is_said`. To see what differs, `SAID=<file>` writes all texts into a file.

use super::fuzz::Dice;
use super::tests::{DOSSIERS, VECTOR_FILES, places, tree};
use super::*;
use crate::date::{self, Typed};
use crate::form;
use crate::place::{Listed, Places};
use crate::progress;
use crate::record::Tree;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Records asked about beside each vector and dossier.
const NEAR: u64 = 2;

struct Asked {
    name: String,
    record: Record,
    settings: Settings,
    act: Date,
    listed: Option<Listed>,
}

/// Every vector and every dossier.
fn all() -> Vec<Asked> {
    let vectors = VECTOR_FILES.map(tree);
    let vectors = vectors
        .iter()
        .flat_map(|file| file.member("vectors").unwrap().rows().unwrap());
    let vectors = vectors.map(|vector| {
        let text = |key: &str| vector.member(key).unwrap().text().unwrap();
        let given = vector.member("settings").unwrap_or(&Tree::Blank);
        Asked {
            name: text("id").to_string(),
            record: Record::from_entries(vector.member("input").unwrap()).unwrap(),
            settings: Settings::read(given),
            act: Date::from_iso(text("act_date")).unwrap(),
            listed: given.member("gazetteer").and_then(Listed::read),
        }
    });
    let dossiers = DOSSIERS.iter().map(|(name, dossier, _)| {
        let dossier = Record::from_dossier(&tree(dossier)).unwrap();
        Asked {
            name: (*name).to_string(),
            settings: Settings::read(&dossier.settings),
            act: dossier.act_date.unwrap(),
            record: dossier.record,
            listed: None,
        }
    });
    vectors.chain(dossiers).collect()
}

/// An answer as somebody might have written it instead.
fn otherwise(path: &str, text: &str, dice: &mut Dice) -> String {
    let by = *dice.one(&[-12, -1, 1, 12]);
    let field = form::field(form::lylich(), path);
    let choices: Vec<&str> = field
        .into_iter()
        .flat_map(|field| field.choices)
        .map(|choice| choice.value)
        .collect();
    match date::read(text).filter(|_| text.len() > 3) {
        Some(Typed::Full(day)) if dice.below(3) == 0 => day.next().iso(),
        Some(Typed::Full(day)) => date::add_months(day, by).iso(),
        Some(Typed::Month { y, m }) => {
            let at = Date::new(y, m, 1).map(|day| date::add_months(day, by));
            at.map_or_else(String::new, |day| day.iso().get(..7).unwrap_or_default().to_string())
        }
        Some(Typed::Year(y)) => (y + by.signum()).to_string(),
        _ if !choices.is_empty() => (*dice.one(&choices)).to_string(),
        _ => match (text.parse::<i64>(), dice.below(4)) {
            (Ok(number), _) => (number + i64::from(by.signum())).to_string(),
            (_, 0) => String::new(),
            (_, 1) => text.to_uppercase(),
            (_, 2) => text.chars().skip(1).collect(),
            _ => format!("{text} {text}"),
        },
    }
}

/// The record with one to three answers written otherwise, blanked, or taken from another place.
fn near(asked: &Asked, dice: &mut Dice) -> Record {
    let mut record = asked.record.clone();
    let mut paths: Vec<String> = asked.record.fields().keys().cloned().collect();
    paths.push("birth_name".to_string());
    for _ in 0..=dice.below(3) {
        let path = dice.one(&paths);
        let text = match dice.below(6) {
            0 => String::new(),
            1 => record.text(dice.one::<String>(&paths)).to_string(),
            _ => otherwise(path, record.text(path), dice),
        };
        record.set(path, &text);
    }
    record
}

/// Everything that is said about a record.
fn said(record: &Record, cx: &Context<'_>, dice: &mut Dice) -> (String, Vec<Finding>) {
    let mut out = String::new();
    let found = run(record, cx);
    for f in &found {
        let _ = writeln!(
            out,
            "{} {} {} {} {}",
            f.rule,
            f.severity.name(),
            f.place,
            f.where_(record),
            f.noted
        );
        let _ = writeln!(out, "  {} {:?}", f.message(), f.notices());
        for ground in f.grounds() {
            let _ = writeln!(
                out,
                "  {} {} {} {:?}",
                ground.number,
                ground.point,
                ground.since.show(),
                ground.until
            );
        }
    }
    let form = form::lylich();
    for section in form.sections {
        let state = progress::of_section(record, form, section, &found);
        let _ = writeln!(out, "{} {state:?}", section.slug);
    }
    let paths: Vec<String> = record.fields().keys().cloned().collect();
    if !paths.is_empty() {
        let place: &str = dice.one::<String>(&paths);
        let near: Vec<String> = run_near(record, cx, place).iter().map(|f| format!("{f:?}")).collect();
        let _ = writeln!(out, "near {place}: {near:?}");
    }
    let noted: Vec<String> = run_note(record, &[], Some(record), cx)
        .iter()
        .map(Finding::message)
        .collect();
    let carried = carried(record);
    let _ = writeln!(
        out,
        "note {noted:?}\ncarried {:?} {:?}",
        crate::carry::changes(&carried),
        carried.fields()
    );
    let _ = writeln!(
        out,
        "file {}",
        serde_json::to_string(&record.to_dossier_entries(form)).unwrap()
    );
    (out, found)
}

/// The record as a file, and carried over to the newer form.
fn written(record: &Record) -> String {
    let carried = carried(record);
    let file = serde_json::to_string(&record.to_dossier_entries(form::lylich())).unwrap();
    format!("{:?} {:?}\n{file}\n", crate::carry::changes(&carried), carried.fields())
}

fn carried(record: &Record) -> Record {
    let mut carried = record.clone();
    crate::carry::over(&mut carried);
    carried
}

/// FNV-1a.
fn digest(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn with_context<T>(asked: &Asked, places: &Places, act: impl FnOnce(&Context<'_>) -> T) -> T {
    let mut cx = Context::new(asked.act, &asked.settings);
    cx.places = Some(asked.listed.as_ref().map_or(places as &dyn Gazetteer, |listed| listed));
    act(&cx)
}

#[test]
fn everything_is_said_as_it_was() {
    let places = places();
    let (mut lines, mut texts) = (String::new(), String::new());
    let mut messages: BTreeMap<(usize, &str), String> = BTreeMap::new();
    for (at, asked) in all().iter().enumerate() {
        let mut dice = Dice(at as u64);
        let _ = write!(lines, "{}", asked.name);
        for number in 0..=NEAR {
            let record = if number == 0 {
                asked.record.clone()
            } else {
                near(asked, &mut dice)
            };
            let (mut text, found) = with_context(asked, &places, |cx| said(&record, cx, &mut dice));
            if number == 0 {
                text.push_str(&written(&record));
            }
            let _ = write!(lines, " {:016x}", digest(&text));
            let _ = writeln!(texts, "== {} {number}\n{text}", asked.name);
            for f in found {
                let rule = rules().position(|rule| rule.id == f.rule).unwrap();
                messages.entry((rule, f.case)).or_insert_with(|| {
                    let case = if f.case.is_empty() {
                        String::new()
                    } else {
                        format!(" ({})", f.case)
                    };
                    format!("{}{case}\n{}\n", f.rule, f.message())
                });
            }
        }
        lines.push('\n');
    }
    if let Ok(path) = std::env::var("SAID") {
        std::fs::write(path, texts).unwrap();
    }
    let messages: String = messages.into_values().collect();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/vectors");
    if std::env::var("RECORD_SAID").is_ok() {
        std::fs::write(format!("{folder}/said.txt"), &lines).unwrap();
        std::fs::write(format!("{folder}/messages.txt"), &messages).unwrap();
    }
    let stored = |name: &str| std::fs::read_to_string(format!("{folder}/{name}")).unwrap();
    for (now, then) in messages.lines().zip(stored("messages.txt").lines()) {
        assert_eq!(now, then, "a message reads otherwise now");
    }
    for (now, then) in lines.lines().zip(stored("said.txt").lines()) {
        assert_eq!(now, then, "what is said about this record, or one near it, differs");
    }
    assert!(stored("messages.txt") == messages && stored("said.txt") == lines);
}
