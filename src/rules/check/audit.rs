//! The procedure, held against the checks: every field, guard and term of the reference file is computed by a rule, or stands here with the reason why not.
//!
//! A field counts as computed when some vector's findings change with what stands in it, so a slug that is only named in a rule's text does not pass.

use super::tests::{VECTOR_FILES, tree};
use super::*;
use crate::date::Date;
use crate::record::Tree;
use serde_json::Value;
use std::collections::BTreeSet;

/// Fields with nothing to compute.
const NOTHING: [(&str, &str); 5] = [
    (
        "procedure.listed_resolution_no",
        "a number on paper; no other paper repeats it",
    ),
    (
        "procedure.certificate_no",
        "a number on paper; no other paper repeats it",
    ),
    (
        "procedure.class_end",
        "what the class taught only the holder of the certificate can compare (CLS-05)",
    ),
    ("procedure.dropped_date", "ends the case (X1); no text sets a term"),
    ("procedure.closed_date", "ends the case (X3); no text sets a term"),
];

/// Paths of a record that belong to a field of the procedure.
fn belongs(path: &str, slug: &str) -> bool {
    path.strip_prefix(slug)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '/']))
}

fn reference() -> Value {
    serde_json::from_str(include_str!("../vectors/procedure.json")).unwrap()
}

/// What a vector's rule says, as far as a reader could tell the difference.
fn told(record: &Record, act: Date, settings: &Settings, rule: &str) -> Vec<String> {
    let found = run_one(record, &Context::new(act, settings), rule);
    found.iter().map(|f| format!("{f:?} {}", f.message())).collect()
}

#[test]
fn every_field_of_the_procedure_is_computed_or_has_a_reason() {
    let reference = reference();
    let slugs: Vec<&str> = reference["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["slug"].as_str().unwrap())
        .collect();
    let mut computed: BTreeSet<&str> = BTreeSet::new();
    for vector in VECTOR_FILES
        .map(tree)
        .iter()
        .flat_map(|file| file.member("vectors").unwrap().rows().unwrap())
    {
        let text = |key: &str| vector.member(key).unwrap().text().unwrap();
        let record = Record::from_entries(vector.member("input").unwrap()).unwrap();
        let settings = Settings::read(vector.member("settings").unwrap_or(&Tree::Blank));
        let act = Date::from_iso(text("act_date")).unwrap();
        let before = told(&record, act, &settings, text("rule"));
        for slug in &slugs {
            let mut without = record.clone();
            for path in record.fields().keys().filter(|path| belongs(path, slug)) {
                without.set(path, "");
            }
            if without != record && told(&without, act, &settings, text("rule")) != before {
                computed.insert(slug);
            }
        }
    }
    let with_reason: BTreeSet<&str> = NOTHING.iter().map(|(slug, _)| *slug).collect();
    let left: Vec<&&str> = slugs
        .iter()
        .filter(|slug| !computed.contains(**slug) && !with_reason.contains(**slug))
        .collect();
    assert!(left.is_empty(), "neither computed nor explained: {left:?}");
    let both: Vec<&&str> = computed.intersection(&with_reason).collect();
    assert!(both.is_empty(), "computed after all: {both:?}");
}

#[test]
fn every_guard_and_return_of_the_procedure_is_a_rule() {
    let reference = reference();
    let states = reference["states"].as_array().unwrap().iter();
    let guards = states.flat_map(|state| state["guards"].as_array().unwrap());
    let returns = reference["returns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|back| &back["rule"]);
    for id in guards.chain(returns).map(|id| id.as_str().unwrap()) {
        let rule = rule(id).unwrap_or_else(|| panic!("{id} is no rule"));
        assert!(
            rule.check.is_some() == rule.nothing_to_compute.is_empty(),
            "{id} is neither computed nor explained"
        );
    }
}
