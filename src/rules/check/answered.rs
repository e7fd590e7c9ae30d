//! A note to the chi bộ answers what a note may answer, wherever it says the question stands.

use super::tests::{DOSSIERS, findings_of, tree};
use super::*;

#[test]
fn a_note_to_the_chi_bo_answers_what_a_note_may_answer() {
    let settings = Settings::default();
    let mut answers = vec![("ethnicity", "Mông Trắng Xanh"), ("gender", "gái")];
    let count = |answers: &[(&str, &str)], rule: &str| {
        findings_of(answers, &settings, false)
            .iter()
            .filter(|f| f.rule == rule)
            .count()
    };
    assert_eq!((count(&answers, "LL-08"), count(&answers, "LL-04")), (1, 1));
    answers.extend([
        ("explanations/a/rule", "LL-08"),
        ("explanations/a/where", "ethnicity"),
        ("explanations/a/text", "Giấy khai sinh ghi như vậy"),
        ("explanations/b/rule", "LL-04"),
        ("explanations/b/where", "gender"),
        ("explanations/b/text", "x"),
    ]);
    assert_eq!(
        (count(&answers, "LL-08"), count(&answers, "LL-04")),
        (0, 1),
        "a wrong gender is only corrected"
    );
    let kept = findings_of(&answers, &settings, true);
    assert!(kept.iter().any(|f| f.rule == "LL-08" && f.noted));
}

#[test]
fn a_note_names_its_place_as_the_record_or_as_the_file_does() {
    let mut tried = 0;
    for (_, dossier, _) in DOSSIERS {
        let dossier = Record::from_dossier(&tree(dossier)).unwrap();
        let settings = Settings::read(&dossier.settings);
        let cx = Context::new(dossier.act_date.unwrap(), &settings);
        for finding in run(&dossier.record, &cx) {
            let file = finding.where_(&dossier.record);
            if finding.resolve() != Resolve::CorrectOrNote || file == finding.place || finding.noted {
                continue;
            }
            for (named, answered) in [
                (finding.place.as_str(), true),
                (file.as_str(), true),
                ("nowhere", false),
            ] {
                let mut fields = dossier.record.clone().into_fields();
                for (cell, text) in [
                    ("rule", finding.rule),
                    ("where", named),
                    ("text", "Giấy tờ ghi như vậy"),
                ] {
                    fields.insert(format!("explanations/zz/{cell}"), text.to_string());
                }
                let found = run(&Record::from_fields(fields), &cx);
                let asked = found.iter().any(|f| f.rule == finding.rule && f.place == finding.place);
                assert_eq!(!asked, answered, "{} at {named}", finding.rule);
                tried += 1;
            }
        }
    }
    assert!(tried > 0);
}
