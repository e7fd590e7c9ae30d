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

fn places() -> crate::place::Places {
    crate::place::Places::read(
        include_bytes!("../../../public/data/places-now.txt"),
        include_bytes!("../../../public/data/places-old.txt"),
    )
    .unwrap()
}

/// Whether one `where` is the other or a part of it.
fn is_same_place(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    long.strip_prefix(short)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

#[test]
fn every_dossier_gives_its_findings_and_no_others() {
    let places = places();
    for (name, dossier, expected) in DOSSIERS {
        let dossier = Record::from_dossier(&json(dossier)).unwrap();
        let settings = Settings::from_json(&dossier.settings);
        let cx = Context::new(dossier.act_date.unwrap(), &settings).with_places(&places);
        let mut found = run(&dossier.record, &cx);
        for want in json(expected)["findings"].as_array().unwrap() {
            let text = |key: &str| want[key].as_str().unwrap();
            let fits = |f: &Finding| {
                let own = vectors::params_json(f);
                f.rule == text("rule")
                    && f.severity.name() == text("severity")
                    && is_same_place(&f.where_(&dossier.record), text("where"))
                    && want["params"]
                        .as_object()
                        .unwrap()
                        .iter()
                        .all(|(k, v)| own.get(k) == Some(v))
            };
            let at = found.iter().position(fits);
            assert!(at.is_some(), "{name} lacks {want}; left are {found:#?}");
            found.remove(at.unwrap());
        }
        assert!(found.is_empty(), "{name} has more: {found:#?}");
    }
}
