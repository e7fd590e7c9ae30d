//! The record keeps what was typed, rows in order, and goes through a dossier file and back.

use super::*;
use crate::form;
use proptest::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};

fn record(answers: &[(&str, &str)]) -> Record {
    Record::from_fields(answers.iter().map(|(p, t)| (p.to_string(), t.to_string())).collect())
}

#[test]
fn a_text_is_kept_as_typed_and_an_empty_one_is_no_text() {
    let mut r = Record::new();
    assert!(r.set("birth_date", "20-9-2008"));
    assert!(!r.set("birth_date", "20-9-2008"));
    assert_eq!(r.text("birth_date"), "20-9-2008");
    assert!(r.set("birth_date", ""));
    assert!(r.fields().is_empty());
    assert!(
        Record::from_fields(Fields::from([("a".into(), String::new())]))
            .fields()
            .is_empty()
    );
}

#[test]
fn blank_looks_into_parts_and_rows() {
    let r = record(&[
        ("permanent_residence.commune", "xã A"),
        ("training/a/#", "i"),
        ("family/a/history/b/text", "x"),
    ]);
    assert!(!r.is_blank("permanent_residence"));
    assert!(r.is_blank("training"), "an order key is not an answer");
    assert!(!r.is_blank("family"));
    assert!(r.is_blank("permanent"));
}

#[test]
fn rows_come_in_the_persons_order() {
    let mut r = Record::new();
    for row in ["c", "a", "b"] {
        r.add_row("training", row, None);
    }
    assert_eq!(r.rows("training"), ["c", "a", "b"]);
    r.add_row("training", "x", Some("c"));
    assert_eq!(r.rows("training"), ["c", "x", "a", "b"]);
    assert!(r.move_row("training", "b", Move::Up));
    assert_eq!(r.rows("training"), ["c", "x", "b", "a"]);
    assert!(!r.move_row("training", "c", Move::Up));
    assert!(!r.move_row("training", "nobody", Move::Down));
    assert!(r.move_row("training", "c", Move::Down));
    assert_eq!(r.rows("training"), ["x", "c", "b", "a"]);
}

#[test]
fn rows_with_the_same_key_can_still_be_moved() {
    let mut r = record(&[
        ("training/a/#", "i"),
        ("training/b/#", "i"),
        ("training/c/#", "i"),
        ("training/d/subject", "no key"),
    ]);
    assert_eq!(r.rows("training"), ["a", "b", "c", "d"]);
    assert!(r.move_row("training", "d", Move::Up));
    assert!(r.move_row("training", "b", Move::Up));
    assert_eq!(r.rows("training"), ["b", "a", "d", "c"]);
}

#[test]
fn a_row_at_the_end_stays_when_it_is_moved_further() {
    let names = |r: &Record| r.rows("family").join(" ");
    let mut r = record(&[]);
    for row in ["a", "b", "c"] {
        r.add_row("family", row, None);
    }
    assert_eq!(names(&r), "a b c");
    assert!(!r.move_row("family", "a", Move::Up));
    assert!(!r.move_row("family", "c", Move::Down));
    assert!(!r.move_row("family", "x", Move::Down));
    assert_eq!(names(&r), "a b c");
    assert!(r.move_row("family", "a", Move::Down));
    assert_eq!(names(&r), "b a c");
    assert!(r.move_row("family", "c", Move::Up));
    assert_eq!(names(&r), "b c a");
    r.add_row("family", "d", Some("b"));
    assert_eq!(names(&r), "b d c a");
}

#[test]
fn keys_made_at_the_end_grow_by_steps_and_stay_short() {
    let mut key = String::new();
    let mut keys = Vec::new();
    for _ in 0..300 {
        key = order::between(&key, None);
        keys.push(key.clone());
    }
    assert!(keys.is_sorted() && keys.iter().all(|key| key.len() == 4 && !key.ends_with('0')));
    assert_eq!(keys[..3], ["001s", "003k", "005c"].map(String::from));
    // at the very end of the digits a key grows longer instead
    assert_eq!(order::between("zzzz", None), "zzzzi");
    assert_eq!(order::between("zz00", None), "zz1s");
    assert_eq!(
        (order::between("a", Some("c")), order::between("a", Some("b"))),
        ("b".into(), "ai".into())
    );
    assert_eq!(order::between("b", Some("b")), "bi");
}

#[test]
fn a_removed_row_comes_back_whole() {
    let mut r = record(&[
        ("family/a/name", "x"),
        ("family/a/history/b/text", "y"),
        ("family/ab/name", "z"),
    ]);
    let before = r.clone();
    let removed = r.remove_row("family", "a");
    assert_eq!(removed.len(), 2);
    assert_eq!(r.rows("family"), ["ab"]);
    r.restore(removed);
    assert_eq!(r, before);
}

fn tree(json: &Value) -> Tree<'_> {
    Tree::deserialize(json).unwrap()
}

fn json_of(tree: &Tree<'_>) -> Value {
    serde_json::to_value(tree).unwrap()
}

fn dossiers() -> [Value; 4] {
    [
        include_str!("../../../tests/people/1-pupil-mong.json"),
        include_str!("../../../tests/people/2-teacher-rotation.json"),
        include_str!("../../../tests/people/3-kitchen-worker.json"),
        include_str!("../../../tests/people/4-readmission.json"),
    ]
    .map(|text| serde_json::from_str(text).unwrap())
}

/// Drops what a dossier file may say in several ways: blanks of every kind.
fn without_blanks(v: &Value) -> Option<Value> {
    match v {
        Value::Null => None,
        Value::String(s) if s.is_empty() => None,
        Value::Array(a) => Some(a.iter().filter_map(without_blanks).collect::<Vec<_>>())
            .filter(|a| !a.is_empty())
            .map(Value::Array),
        Value::Object(o) => {
            let kept: serde_json::Map<_, _> = o
                .iter()
                .filter_map(|(k, v)| Some((k.clone(), without_blanks(v)?)))
                .collect();
            (!kept.is_empty()).then_some(Value::Object(kept))
        }
        Value::Bool(yes) => Some(json!(if *yes { "có" } else { "không" })),
        v => Some(v.clone()),
    }
}

#[test]
fn every_dossier_comes_back_field_for_field() {
    for dossier in dossiers() {
        let read = Record::from_dossier(&tree(&dossier)).unwrap();
        let written = json_of(&read.record.to_dossier_entries(form::lylich()));
        let want = without_blanks(&dossier["entries"]).unwrap();
        for (slug, want) in want.as_object().unwrap() {
            assert_eq!(&written[slug], want, "{slug} of {}", read.id);
        }
        assert_eq!(written.as_object().unwrap().len(), want.as_object().unwrap().len());
        let again = Record::from_entries(&tree(&written)).unwrap();
        assert_eq!(again, read.record);
    }
}

#[test]
fn a_typed_date_leaves_as_a_stored_date_and_an_unreadable_one_as_typed() {
    let r = record(&[
        ("birth_date", "20-9-2008"),
        ("declaration.date", "hôm qua"),
        ("life_history/a/from", "9/2015"),
        ("life_history/a/to", "đến nay"),
    ]);
    let out = json_of(&r.to_dossier_entries(form::lylich()));
    assert_eq!(out["birth_date"], json!("2008-09-20"));
    assert_eq!(out["declaration.date"], json!("hôm qua"));
    assert_eq!(out["life_history"], json!([{ "from": "2015-09", "to": "nay" }]));
}

#[test]
fn unknown_slugs_are_carried_along() {
    let entries = json!({ "a.new.field": "x", "new_rows": [{ "n": "1", "deep": [{ "m": "2" }] }, "text"], "family": [{ "id": "f1", "new": { "part": "y" } }] });
    let r = Record::from_entries(&tree(&entries)).unwrap();
    let out = json_of(&r.to_dossier_entries(form::lylich()));
    assert_eq!(out, entries);
}

#[test]
fn the_dead_of_a_file_are_dead_in_the_record_and_back() {
    let entries = json!({ "family": [{ "id": "f1", "death": { "year": "2015" } }, { "id": "f2", "death": {} }, { "id": "f3", "death": null }] });
    let r = Record::from_entries(&tree(&entries)).unwrap();
    assert_eq!(r.text("family/f1/death.answer"), "có");
    assert_eq!(r.text("family/f2/death.answer"), "có");
    assert_eq!(r.text("family/f3/death.answer"), "");
    let out = json_of(&r.to_dossier_entries(form::lylich()));
    assert_eq!(
        out["family"],
        json!([{ "id": "f1", "death": { "year": "2015" } }, { "id": "f2", "death": {} }, { "id": "f3" }])
    );
}

#[test]
fn two_persons_with_one_id_do_not_become_one() {
    let entries =
        json!({ "family": [{ "id": "f1", "name": "A" }, { "id": "f1", "name": "B" }, { "id": "lạ /", "name": "C" }] });
    let r = Record::from_entries(&tree(&entries)).unwrap();
    assert_eq!(r.rows("family").len(), 3);
    assert_eq!(
        json_of(&r.to_dossier_entries(form::lylich()))["family"],
        entries["family"]
    );
}

#[test]
fn a_bad_file_is_told_where_it_is_bad() {
    let path = |v: Value| Record::from_dossier(&tree(&v)).unwrap_err().path;
    assert_eq!(path(json!([])), "(gốc)");
    assert_eq!(path(json!({ "schema": "other/1", "entries": {} })), "schema");
    assert_eq!(path(json!({ "schema": "ly-lich-dossier/1" })), "entries");
    assert_eq!(path(json!({ "entries": [] })), "entries");
    assert_eq!(path(json!({ "act_date": "30-2-2026", "entries": {} })), "act_date");
    assert_eq!(
        path(json!({ "entries": { "birth_name": ["A"] } })),
        "entries.birth_name"
    );
    assert_eq!(path(json!({ "entries": { "family": "nobody" } })), "entries.family");
    assert_eq!(
        path(json!({ "entries": { "ancestral_home": "xã A" } })),
        "entries.ancestral_home"
    );
    assert_eq!(path(json!({ "entries": { "x": [[1]] } })), "entries.x[0]");
    assert_eq!(path(json!({ "entries": { "a/b": "x" } })), "entries");
    assert!(Record::from_dossier(&tree(&json!({ "entries": {} }))).is_ok());
}

#[test]
fn a_place_is_written_by_hand_with_its_old_name() {
    let r = record(&[
        ("p.commune", "xã Si Pa Phìn"),
        ("p.province", "tỉnh Điện Biên"),
        ("p.old.commune", "xã Phìn Hồ"),
        ("p.old.district", "huyện Nậm Pồ"),
        ("p.old.province", "tỉnh Điện Biên"),
    ]);
    assert_eq!(
        r.place("p").written(),
        "xã Si Pa Phìn, tỉnh Điện Biên (trước đây là xã Phìn Hồ, huyện Nậm Pồ, tỉnh Điện Biên)"
    );
    assert!(r.place("q").is_blank());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn order_keys_keep_any_order_of_inserting(places in proptest::collection::vec(0..40usize, 1..60)) {
        let mut r = Record::new();
        let mut want: Vec<String> = Vec::new();
        for (n, place) in places.iter().enumerate() {
            let row = format!("{:08x}", n * 7919 % 65536);
            let at = place % (want.len() + 1);
            let after = at.checked_sub(1).map(|at| want[at].clone());
            if at == 0 && !want.is_empty() {
                r.add_row("g", &row, None);
                while r.move_row("g", &row, Move::Up) {}
            } else {
                r.add_row("g", &row, after.as_deref());
            }
            want.insert(at, row);
            prop_assert_eq!(r.rows("g"), want.iter().map(String::as_str).collect::<Vec<_>>());
        }
    }

    #[test]
    fn any_record_of_texts_survives_the_file(texts in proptest::collection::btree_map("[a-z_]{1,8}(\\.[a-z]{1,6})?", "[^\u{0}-\u{1f}]{1,20}", 0..12),
        rows in proptest::collection::vec(proptest::collection::btree_map("[a-z]{1,6}", "[a-zđ ]{1,12}", 1..4), 0..5)) {
        let mut r = Record::new();
        for (path, text) in &texts {
            r.set(path, text);
        }
        for (n, row) in rows.iter().enumerate() {
            let name = format!("r{:04}", n + 1);
            r.add_row("zz_rows", &name, None);
            for (field, text) in row {
                r.set(&format!("zz_rows/{name}/{field}"), text);
            }
        }
        let out = r.to_dossier_entries(form::lylich());
        let back = Record::from_entries(&out).unwrap();
        prop_assert_eq!(back, r);
    }
}

#[test]
fn a_file_is_read_and_written_in_its_order_and_shape() {
    let text = r#"{"z":null,"a":[true,-3,"đ"],"m":{},"z2":{"b":"","a":1}}"#;
    let read: Tree = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_string(&read).unwrap(), text);
    assert_eq!(read.member("z"), Some(&Tree::Blank));
    assert!(read.member("z").unwrap().is_blank());
    assert_eq!(read.member("a").unwrap().rows().unwrap()[1].number(), Some(-3));
    assert_eq!(read.member("absent"), None);
    assert_eq!(Tree::from("x").member("x"), None);
}

#[test]
fn a_number_no_answer_is_stays_the_text_it_was() {
    let read = |text: &'static str| serde_json::from_str::<Tree>(text).unwrap();
    assert_eq!(read("7.5"), Tree::from("7.5"));
    assert_eq!(read("10.0"), Tree::from("10.0"));
    assert_eq!(read("18446744073709551615"), Tree::from("18446744073709551615"));
}

#[test]
fn of_two_values_with_one_name_the_later_counts() {
    let read: Tree = serde_json::from_str(r#"{"religion":"a","religion":"b"}"#).unwrap();
    assert_eq!(read.member("religion"), Some(&Tree::from("b")));
    assert_eq!(Record::from_entries(&read).unwrap().text("religion"), "b");
}

#[test]
fn a_fault_is_said_with_its_place() {
    let fault = Record::from_entries(&tree(&json!({ "x": [[1]] }))).unwrap_err();
    assert_eq!(
        fault.to_string(),
        "entries.x[0]: không thể là danh sách trong danh sách"
    );
}

/// What the entries of a file say, path by path.
fn filed(entries: Value) -> Vec<(String, String)> {
    Record::from_entries(&tree(&entries))
        .unwrap()
        .into_fields()
        .into_iter()
        .collect()
}

#[test]
fn a_file_is_laid_out_by_paths_and_rows() {
    let answers = filed(json!({
        "a": { "b": "1" },
        "z": 5, "y": true, "x": false, "w": 1.5, "v": "", "u": null,
        "list": ["p", null, 7],
        "rows": [{ "c": { "d": "2" }, "inner": [{ "e": "3" }, "q"] }],
        "deep": { "rows": [{ "f": "4" }] },
    }));
    let want = [
        ("a.b", "1"),
        ("deep.rows/r0001/#", "001s"),
        ("deep.rows/r0001/f", "4"),
        ("list/r0001/#", "001s"),
        ("list/r0001/_", "p"),
        ("list/r0003/#", "003k"),
        ("list/r0003/_", "7"),
        ("rows/r0001/#", "001s"),
        ("rows/r0001/c.d", "2"),
        ("rows/r0001/inner/r0001/#", "001s"),
        ("rows/r0001/inner/r0001/e", "3"),
        ("rows/r0001/inner/r0002/#", "003k"),
        ("rows/r0001/inner/r0002/_", "q"),
        ("w", "1.5"),
        ("x", "không"),
        ("y", "có"),
        ("z", "5"),
    ];
    assert_eq!(answers, want.map(|(path, text)| (path.to_string(), text.to_string())));
}
