//! The command as a person runs it: the real program on real files.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn lylich(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_lylich"))
        .args(args)
        .current_dir(root())
        .output()
        .unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn file(content: &str, name: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, content).unwrap();
    (folder, path.to_string_lossy().into_owned())
}

const PEOPLE: [&str; 4] = [
    "1-pupil-mong",
    "2-teacher-rotation",
    "3-kitchen-worker",
    "4-readmission",
];

/// Whether one `where` is the other or a part of it.
fn is_same_place(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    long.strip_prefix(short)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

#[test]
fn the_four_dossiers_give_exactly_their_findings() {
    for name in PEOPLE {
        let run = lylich(&["check", &format!("tests/people/{name}.json"), "--json"]);
        assert!(run.status.success());
        let mut found = serde_json::from_str::<Value>(&out(&run)).unwrap()["findings"]
            .as_array()
            .unwrap()
            .clone();
        let expected = std::fs::read_to_string(root().join(format!("tests/people/{name}.findings.json"))).unwrap();
        for want in serde_json::from_str::<Value>(&expected).unwrap()["findings"]
            .as_array()
            .unwrap()
        {
            let at = found.iter().position(|f| {
                f["rule"] == want["rule"]
                    && f["severity"] == want["severity"]
                    && is_same_place(f["where"].as_str().unwrap(), want["where"].as_str().unwrap())
                    && want["params"]
                        .as_object()
                        .unwrap()
                        .iter()
                        .all(|(k, v)| &f["params"][k] == v)
            });
            found.remove(at.unwrap_or_else(|| panic!("{name} lacks {want}")));
        }
        assert!(found.is_empty(), "{name} has more: {found:?}");
    }
}

#[test]
fn a_finding_has_exactly_six_members() {
    let run = lylich(&["check", "tests/people/4-readmission.json", "--json"]);
    let json: Value = serde_json::from_str(&out(&run)).unwrap();
    assert_eq!(json.as_object().unwrap().len(), 1);
    for f in json["findings"].as_array().unwrap() {
        let keys: Vec<&str> = f.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, ["rule", "severity", "where", "params", "message", "citation"]);
    }
}

#[test]
fn another_day_selects_another_version_of_the_law() {
    let dossier = json!({ "schema": "ly-lich-dossier/1", "act_date": "2026-11-10", "entries": {
        "education.certificate_held": "lower_secondary", "education.certificate_paper": "confirmation" } });
    let (_folder, path) = file(&dossier.to_string(), "d.json");
    let rules = |date: &str| {
        let run = lylich(&["check", &path, "--json", "--date", date]);
        let json: Value = serde_json::from_str(&out(&run)).unwrap();
        json["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|f| f["rule"].as_str().unwrap().to_string())
            .collect::<Vec<_>>()
    };
    assert!(rules("2026-03-20").contains(&"EDU-01".to_string()));
    let now = rules("2026-11-10");
    assert!(!now.contains(&"EDU-01".to_string()) && !now.contains(&"EDU-01b".to_string()));
}

#[test]
fn people_read_the_findings_by_severity_with_their_ground() {
    let run = lylich(&["check", "tests/people/3-kitchen-worker.json"]);
    let text = out(&run);
    assert!(
        text.contains("Cần bổ sung hoặc giải thích (10)") && text.contains("Nên sửa cách ghi (3)"),
        "{text}"
    );
    assert!(text.contains("Căn cứ: 38-HD/BTCTW ngày 29-9-2025"));
    assert!(out(&lylich(&["check", "tests/people/1-pupil-mong.json"])).contains("Không có nhắc nhở nào."));
}

#[test]
fn the_vectors_pass_and_a_wrong_one_is_counted() {
    let run = lylich(&["check", "--vectors", "src/rules/vectors/test-vectors.json"]);
    assert!(run.status.success());
    assert_eq!(out(&run).lines().last().unwrap(), "223 passed, 0 failed");
    let vectors = json!({ "vectors": [
        { "id": "a", "rule": "LL-04", "act_date": "2026-11-10", "input": { "gender": "gái" }, "expected": "explain", "expected_count": 1 },
        { "id": "b", "rule": "LL-04", "act_date": "2026-11-10", "input": { "gender": "gái" }, "expected": "none" },
        { "id": "c", "rule": "XX-99", "act_date": "2026-11-10", "input": {}, "expected": "none" },
        { "id": "d", "rule": "CER-01", "act_date": "2026-11-10", "input": {}, "expected": "none" },
        { "id": "e", "rule": "LL-01", "act_date": "2026-11-10", "input": { "birth_name": "Lò" }, "expected": "style",
          "expected_params": { "suggestion": "khác" } }
    ]});
    let (_folder, path) = file(&vectors.to_string(), "v.json");
    let run = lylich(&["check", "--vectors", &path]);
    assert_eq!(run.status.code(), Some(1));
    let text = out(&run);
    assert_eq!(text.lines().last().unwrap(), "1 passed, 4 failed");
    assert!(text.contains("b LL-04: cần none, có explain"), "{text}");
}

#[test]
fn a_bad_file_is_told_what_is_wrong_and_where() {
    let told = |content: &str| {
        let (_folder, path) = file(content, "bad.json");
        let run = lylich(&["check", &path]);
        assert_eq!(run.status.code(), Some(2), "{content}");
        assert!(out(&run).is_empty());
        err(&run)
    };
    assert!(told("{\n  \"entries\": {\n    \"gender\" \"nam\"\n}}").contains("dòng 3, cột 14"));
    assert!(told("").contains("dòng 1, cột 0"));
    assert!(told("[1]").contains("(gốc)"));
    assert!(told("{\"act_date\": \"2026-02-30\", \"entries\": {}}").contains("act_date"));
    assert!(told("{\"entries\": {}}").contains("act_date"));
    assert!(told("{\"act_date\": \"2026-11-10\", \"entries\": {\"family\": {}}}").contains("entries.family"));
    assert!(told("{\"schema\": \"x\", \"entries\": {}}").contains("schema"));
    let nowhere = lylich(&["check", "/nowhere/x.json"]);
    assert_eq!(nowhere.status.code(), Some(2));
    assert!(err(&nowhere).contains("không đọc được tệp"));
    let date = lylich(&["check", "tests/people/1-pupil-mong.json", "--date", "30-2-2026"]);
    assert_eq!(date.status.code(), Some(2));
    assert!(err(&date).contains("--date 30-2-2026"));
    let vectors = lylich(&["check", "--vectors", "tests/people/1-pupil-mong.json"]);
    assert_eq!(vectors.status.code(), Some(2));
}

#[test]
fn the_catalogue_is_printed_as_the_reference_catalogue() {
    let run = lylich(&["form", "--json"]);
    let ours: Value = serde_json::from_str(&out(&run)).unwrap();
    let text = std::fs::read_to_string(root().join("src/rules/vectors/form-2-knd-2025.json")).unwrap();
    let want: Value = serde_json::from_str(&text).unwrap();
    for key in ["form", "version", "title", "instrument", "number", "date", "valid_from"] {
        assert_eq!(ours[key], want[key], "{key}");
    }
    let members = ["slug", "label", "kind", "hint", "required", "printed"];
    let compare = |ours: &Value, want: &Value| {
        for key in members {
            assert_eq!(ours[key], want[key], "{key} of {}", want["slug"]);
        }
        for key in ["choices", "max_rows", "fixed", "filled_by"] {
            if !want[key].is_null() {
                assert_eq!(ours[key], want[key], "{key} of {}", want["slug"]);
            }
        }
    };
    for (ours, want) in ours["items"]
        .as_array()
        .unwrap()
        .iter()
        .zip(want["items"].as_array().unwrap())
    {
        for key in ["item", "label", "page", "lines_estimate", "filled_by"] {
            assert_eq!(ours[key], want[key]);
        }
        for (ours, want) in ours["fields"]
            .as_array()
            .unwrap()
            .iter()
            .zip(want["fields"].as_array().unwrap())
        {
            compare(ours, want);
        }
    }
    for want in want["aux_fields"].as_array().unwrap() {
        let ours = ours["aux_fields"]
            .as_array()
            .unwrap()
            .iter()
            .find(|f| f["slug"] == want["slug"])
            .unwrap();
        compare(ours, want);
    }
    for (ours, want) in ours["family"]["fields"]
        .as_array()
        .unwrap()
        .iter()
        .zip(want["family"]["fields"].as_array().unwrap())
    {
        for key in ["slug", "key", "label", "kind", "hint", "groups"] {
            assert_eq!(ours[key], want[key], "{key} of {}", want["slug"]);
        }
    }
    assert_eq!(ours["family"]["relations"], want["family"]["relations"]);
    assert!(out(&lylich(&["form"])).contains("21. Hoàn cảnh gia đình"));
    assert_eq!(lylich(&["form", "--id", "nope"]).status.code(), Some(2));
}

#[test]
fn many_dossiers_are_checked_line_by_line() {
    let one = |name: &str| {
        let text = std::fs::read_to_string(root().join(format!("tests/people/{name}.json"))).unwrap();
        serde_json::from_str::<Value>(&text).unwrap().to_string()
    };
    let content = format!("{}\n\n{}\nnot json\n", one(PEOPLE[0]), one(PEOPLE[1]));
    let (_folder, path) = file(&content, "many.jsonl");
    let run = lylich(&["check", &path]);
    assert_eq!(run.status.code(), Some(2), "one line could not be read");
    assert_eq!(out(&run).lines().count(), 2);
    assert!(
        err(&run).contains("dòng 4") && err(&run).contains("2 lý lịch đã kiểm tra, 1 dòng không đọc được"),
        "{}",
        err(&run)
    );
    let run = lylich(&["check", &path, "--json"]);
    let lines: Vec<Value> = out(&run).lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(lines[0]["id"], "example-1-pupil");
    assert_eq!(lines[0]["findings"].as_array().unwrap().len(), 0);
    assert_eq!(lines[1]["findings"].as_array().unwrap().len(), 11);
}

#[test]
fn the_rule_book_is_whole_and_knows_the_day() {
    let json = |args: &[&str]| serde_json::from_str::<Value>(&out(&lylich(args))).unwrap();
    let whole = json(&["rules", "--json"]);
    let rules = whole["rules"].as_array().unwrap();
    assert_eq!(rules.len(), 210);
    assert_eq!(whole["instruments"].as_array().unwrap().len(), 65);
    for r in rules {
        let computed = r["nothing_to_compute"].is_null();
        assert_eq!(
            computed,
            !r["example"].is_null(),
            "{} shows a case that breaks it",
            r["id"]
        );
    }
    let day = json(&["rules", "--json", "--date", "2024-01-01"]);
    let ids: Vec<&str> = day["rules"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| r["id"].as_str().unwrap())
        .collect();
    assert!(ids.contains(&"DL-01") && !ids.contains(&"DL-01b") && !ids.contains(&"LL-09"));
    let age = day["rules"]
        .as_array()
        .unwrap()
        .iter()
        .find(|r| r["id"] == "AGE-01")
        .unwrap();
    assert_eq!(age["citations"].as_array().unwrap().len(), 1);
    assert_eq!(age["citations"][0]["instrument"], "Q24");
    let text = out(&lylich(&["rules", "--markdown", "--date", "2026-11-21"]));
    assert!(text.contains("## LL-15b — Các giai đoạn chồng lên nhau") && text.contains("Ví dụ bị nhắc"));
    assert!(text.contains("Không có gì để tính"));
    assert!(out(&lylich(&["rules"])).contains("210 quy tắc"));
    assert_eq!(lylich(&["rules", "--date", "x"]).status.code(), Some(2));
}

#[test]
fn the_book_of_the_page_is_not_stale() {
    let run = lylich(&["rules", "--page"]);
    let kept = include_str!("../../../public/data/rules.txt");
    assert!(out(&run) == kept, "cargo xtask book makes public/data/rules.txt anew");
}
