//! A sheet says what its record says, whatever stands twice, out of order or in other letters.

use crate::date::Date;
use crate::record::{DossierFault, Filed};

fn filed(json: &str) -> Result<Filed<'_>, DossierFault> {
    let mut reader = serde_json::Deserializer::from_str(json);
    Filed::read(&mut reader).unwrap()
}

fn answers(entries: &str) -> Vec<(String, String)> {
    let json = format!("{{\"entries\": {entries}}}");
    filed(&json)
        .unwrap()
        .answers
        .record()
        .into_fields()
        .into_iter()
        .collect()
}

/// What is found: rule, place, message.
#[cfg(feature = "procedure")]
fn told(found: Vec<crate::finding::Finding>) -> Vec<String> {
    found.iter().map(|f| format!("{f:?} {}", f.message())).collect()
}

#[cfg(feature = "procedure")]
#[test]
fn a_sheet_and_its_record_are_checked_alike() {
    use crate::check::{self, Context};
    use crate::record::Tree;
    use crate::settings::Settings;

    let files = [
        include_str!("../../vectors/test-vectors.json"),
        include_str!("../../vectors/more-vectors.json"),
    ];
    let settings = Settings::default();
    let mut any = 0;
    for vector in files.map(|file| serde_json::from_str::<Tree>(file).unwrap()).iter() {
        for vector in vector.member("vectors").unwrap().rows().unwrap() {
            let act = Date::from_iso(vector.member("act_date").unwrap().text().unwrap()).unwrap();
            let file = Tree::Group(vec![("entries".into(), vector.member("input").unwrap().clone())]);
            let sheet = Filed::read(&file).unwrap().unwrap().answers;
            let cx = Context::new(act, &settings);
            let found = told(check::run_sheet(&sheet, &cx));
            any += found.len();
            assert_eq!(found, told(check::run(&sheet.record(), &cx)), "{vector:?}");
        }
    }
    assert!(any > 1000, "{any}");
}

#[test]
fn of_what_stands_twice_the_later_counts() {
    let got = answers(
        r#"{"b": "1", "a": "1", "b": "2", "c": {"d": "1", "d": "2"}, "c.d": "3",
            "g": [{"x": "1"}, {"x": "2"}], "g": [{"y": "3", "x": "4", "y": "5"}],
            "family": [{"id": "f", "id": "k", "name": "A", "name": "B"}, {"name": "C", "id": "k"}]}"#,
    );
    let want = [
        ("a", "1"),
        ("b", "2"),
        ("c.d", "3"),
        ("family/k/#", "001s"),
        ("family/k/name", "B"),
        ("family/r0002/#", "003k"),
        ("family/r0002/id", "k"),
        ("family/r0002/name", "C"),
        ("g/r0001/#", "001s"),
        ("g/r0001/x", "4"),
        ("g/r0001/y", "5"),
    ];
    assert_eq!(got, want.map(|(path, text)| (path.to_string(), text.to_string())));
}

#[test]
fn paths_that_begin_alike_keep_their_order() {
    let long = "abcdefghijklmnop";
    let json = format!(r#"{{"{long}.z": "1", "{long}": "2", "{long}.a": "3", "abc": "4", "abcdefghijklmno": "5"}}"#);
    let file = format!("{{\"entries\": {json}}}");
    let sheet = filed(&file).unwrap().answers;
    let texts: Vec<&str> = sheet.flat().map(|(_, text)| text).collect();
    assert_eq!(texts, ["4", "5", "2", "3", "1"]);
    assert_eq!((sheet.text("abc"), sheet.text("nowhere")), ("4", ""));
}

#[test]
fn letters_written_as_numbers_are_read_as_letters() {
    assert_eq!(
        answers(r#"{"religion": "kh\u00f4ng", "\u0061": "1"}"#),
        [("a", "1"), ("religion", "không")].map(|(path, text)| (path.to_string(), text.to_string()))
    );
}

#[test]
fn a_person_is_dead_as_the_last_word_says() {
    let dead = |person: &str| {
        let all = answers(&format!(r#"{{"family": [{{"id": "f", {person}}}]}}"#));
        all.iter()
            .any(|(path, text)| path == "family/f/death.answer" && text == "có")
    };
    assert!(dead(r#""death": {}"#) && dead(r#""death": {"year": "2015"}"#) && dead(r#""death": "2015""#));
    assert!(!dead(r#""death": null"#) && !dead(r#""death": """#) && !dead(r#""name": "A""#));
    assert!(
        dead(r#""death": {"answer": "không"}"#),
        "that it is written down counts"
    );
    let other = answers(r#"{"rows": [{"death": {"year": "2015"}, "id": "x"}]}"#);
    assert!(
        other.iter().all(|(path, _)| path != "rows/r0001/death.answer"),
        "only relatives"
    );
    assert!(other.contains(&("rows/r0001/id".to_string(), "x".to_string())));
}

#[test]
fn many_rows_keep_their_order_and_their_names() {
    let rows: Vec<String> = (0..300).map(|n| format!("\"{n}\"")).collect();
    let json = format!("{{\"entries\": {{\"list\": [{}]}}}}", rows.join(","));
    let record = filed(&json).unwrap().answers.record();
    let names = record.rows("list");
    assert_eq!(
        (names.len(), names[0], names[9], names[99], names[299]),
        (300, "r0001", "r0010", "r0100", "r0300")
    );
    for (at, name) in names.iter().enumerate() {
        assert_eq!(record.text(&format!("list/{name}/_")), at.to_string());
    }
}

#[test]
fn what_is_no_file_of_the_format_is_told_before_what_is_no_dossier() {
    let mut broken = serde_json::Deserializer::from_str(r#"{"schema": 7, "entries": {"family": "nobody"}, "#);
    assert!(Filed::read(&mut broken).is_err());
    let place = |json: &str| filed(json).unwrap_err().path;
    for root in ["null", "true", "-1", "1", "1.5", "\"a\"", "[1, [2]]"] {
        assert_eq!(place(root), "(gốc)", "{root}");
    }
    assert_eq!(place(r#"{"entries": {"family": "nobody"}, "schema": null}"#), "schema");
    assert_eq!(place(r#"{"entries": {"family": "nobody"}, "act_date": 7}"#), "act_date");
    assert_eq!(
        place(r#"{"entries": {"family": "nobody", "birth_name": []}}"#),
        "entries.family"
    );
    assert_eq!(place(r#"{"entries": {"family": [{"": 1}]}}"#), "entries.family[0]");
    for entries in ["null", "\"\"", "\"a\"", "7", "[]"] {
        assert_eq!(place(&format!("{{\"entries\": {entries}}}")), "entries", "{entries}");
    }
    for (key, value) in [
        ("birth_name", "{}"),
        ("family", "{}"),
        ("ancestral_home", "[]"),
        ("ancestral_home", "\"xã\""),
        ("ancestral_home.commune", "[]"),
        ("political_history.arrested_or_imprisoned", "true"),
        ("political_history.arrested_or_imprisoned.answer", "{}"),
    ] {
        assert_eq!(
            place(&format!("{{\"entries\": {{\"{key}\": {value}}}}}")),
            format!("entries.{key}")
        );
        assert!(
            filed(&format!("{{\"entries\": {{\"{key}\": null}}}}")).is_ok(),
            "nothing is written there"
        );
        assert!(
            filed(&format!("{{\"entries\": {{\"{key}\": \"\"}}}}")).is_ok(),
            "nothing is written there"
        );
    }
}

#[test]
fn name_and_title_are_texts_or_nothing() {
    let named =
        filed(r#"{"id": "d\u0031", "title": 7, "entries": {}, "act_date": "2026-11-10", "more": {"a": [1]}}"#).unwrap();
    assert_eq!((named.id.as_str(), named.title.as_str()), ("d1", ""));
    assert_eq!(named.act_date, Date::new(2026, 11, 10));
}
