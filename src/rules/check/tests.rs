//! Every vector passes, every dossier gives exactly its findings, the table of rules is the reference table.

use super::*;
use crate::vectors;
use serde_json::Value;

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn every_vector_passes() {
    let outcomes = vectors::run(&json(include_str!("../vectors/test-vectors.json")), None).unwrap();
    assert!(outcomes.len() >= 223);
    let failed: Vec<String> = outcomes
        .iter()
        .filter_map(|o| Some(format!("{} {}: {}", o.id, o.rule, o.problem.as_ref()?)))
        .collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

const DOSSIERS: [(&str, &str, &str); 4] = [
    (
        "1-pupil-mong",
        include_str!("../../../tests/people/1-pupil-mong.json"),
        include_str!("../../../tests/people/1-pupil-mong.findings.json"),
    ),
    (
        "2-teacher-rotation",
        include_str!("../../../tests/people/2-teacher-rotation.json"),
        include_str!("../../../tests/people/2-teacher-rotation.findings.json"),
    ),
    (
        "3-kitchen-worker",
        include_str!("../../../tests/people/3-kitchen-worker.json"),
        include_str!("../../../tests/people/3-kitchen-worker.findings.json"),
    ),
    (
        "4-readmission",
        include_str!("../../../tests/people/4-readmission.json"),
        include_str!("../../../tests/people/4-readmission.findings.json"),
    ),
];

/// A finding as both sides are compared: rule, severity, where.
fn key(rule: &str, severity: &str, place: &str) -> String {
    format!(
        "{rule} {severity} {}",
        place.split(['.', '[']).next().unwrap_or_default()
    )
}

#[test]
fn every_dossier_gives_its_findings_and_no_others() {
    for (name, dossier, expected) in DOSSIERS {
        let dossier = crate::record::Record::from_dossier(&json(dossier)).unwrap();
        let expected = json(expected);
        let settings = crate::Settings::from_json(&dossier.settings);
        let cx = Context::new(dossier.act_date.unwrap(), &settings);
        let found = run(&dossier.record, &cx);
        let mut ours: Vec<String> = found
            .iter()
            .map(|f| key(f.rule, f.severity.name(), &f.where_(&dossier.record)))
            .collect();
        let text = |f: &Value, key: &str| f[key].as_str().unwrap().to_string();
        let mut want: Vec<String> = expected["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|f| key(&text(f, "rule"), &text(f, "severity"), &text(f, "where")))
            .collect();
        ours.sort();
        want.sort();
        assert_eq!(ours, want, "{name}: {found:#?}");
    }
}
