//! Runs a file of test vectors: one rule, an input, a day, and what is expected.
//!
//! The file is `{"schema": "ly-lich-vectors/1", "vectors": [{id, rule, act_date, input, settings?, expected, expected_count?, expected_params?}]}`.
//! A vector of a rule that is not known or computes nothing does not pass, so that nothing can be forgotten by being skipped.

use crate::check::{self, Context, Gazetteer};
use crate::date::Date;
use crate::finding::{Finding, Param};
use crate::place::Listed;
use crate::record::Record;
use crate::settings::Settings;
use serde_json::{Map, Value};

/// What became of a vector.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Name of the vector.
    pub id: String,
    /// The rule.
    pub rule: String,
    /// `None` when it passed, otherwise what differs.
    pub problem: Option<String>,
}

/// Runs every vector of a file.
///
/// # Errors
/// When the file has no list of vectors.
pub fn run(file: &Value, places: Option<&dyn Gazetteer>) -> Result<Vec<Outcome>, String> {
    let Some(vectors) = file.get("vectors").and_then(Value::as_array) else {
        return Err("vectors: cần một danh sách [ … ]".to_string());
    };
    let outcome = |v: &Value| {
        let text = |key: &str| v.get(key).and_then(Value::as_str).unwrap_or("?").to_string();
        Outcome {
            id: text("id"),
            rule: text("rule"),
            problem: run_one(v, places).err(),
        }
    };
    Ok(vectors.iter().map(outcome).collect())
}

fn run_one(v: &Value, places: Option<&dyn Gazetteer>) -> Result<(), String> {
    let rule = v.get("rule").and_then(Value::as_str).ok_or("chưa ghi rule")?;
    if check::rule(rule).is_none_or(|r| !r.nothing_to_compute.is_empty()) {
        return Err("chưa có kiểm tra cho quy tắc này".to_string());
    }
    let act = v
        .get("act_date")
        .and_then(Value::as_str)
        .and_then(Date::from_iso)
        .ok_or("act_date chưa phải một ngày")?;
    let input = v
        .get("input")
        .and_then(Value::as_object)
        .ok_or("input cần một đối tượng")?;
    let record = Record::from_entries(input).map_err(|fault| fault.to_string())?;
    let json = v.get("settings").cloned().unwrap_or(Value::Null);
    let settings = Settings::from_json(&json);
    let listed = json.get("gazetteer").and_then(Listed::from_json);
    let mut cx = Context::new(act, &settings);
    cx.places = listed.as_ref().map(|l| l as &dyn Gazetteer).or(places);
    compare(v, &check::run_one(&record, &cx, rule))
}

fn compare(v: &Value, found: &[Finding]) -> Result<(), String> {
    let worst = found.iter().map(|f| f.severity).min().map_or("none", |s| s.name());
    let expected = v.get("expected").and_then(Value::as_str).unwrap_or("none");
    if worst != expected {
        return Err(format!("cần {expected}, có {worst}"));
    }
    if let Some(count) = v.get("expected_count").and_then(Value::as_u64)
        && count != found.len() as u64
    {
        return Err(format!("cần {count} nhắc nhở, có {}", found.len()));
    }
    let Some(params) = v.get("expected_params").and_then(Value::as_object) else {
        return Ok(());
    };
    let has_all = |f: &Finding| {
        let own = params_json(f);
        params.iter().all(|(name, value)| own.get(name) == Some(value))
    };
    if found.iter().any(has_all) {
        return Ok(());
    }
    let own: Vec<String> = found
        .iter()
        .map(|f| Value::Object(params_json(f)).to_string())
        .collect();
    Err(format!("cần {}, có {}", Value::Object(params.clone()), own.join(" ")))
}

/// The params of a finding as files hold them: dates in their stored form, codes, names of rows.
pub fn params_json(f: &Finding) -> Map<String, Value> {
    let mut out = Map::new();
    if !f.case.is_empty() {
        out.insert("case".to_string(), f.case.into());
    }
    for (name, param) in &f.params {
        out.insert((*name).to_string(), param_json(param));
    }
    out
}

fn param_json(param: &Param) -> Value {
    match param {
        Param::Int(n) | Param::Item(n) => (*n).into(),
        Param::Bool(b) => (*b).into(),
        Param::Date(d) => d.iso().into(),
        Param::Text(s) => s.as_str().into(),
        Param::Texts(list) => list.iter().map(String::as_str).collect::<Vec<_>>().into(),
        Param::Code(code) => (*code).into(),
        Param::Codes(codes) => codes
            .iter()
            .map(|code| code.rsplit('.').next().unwrap_or(code))
            .collect::<Vec<_>>()
            .into(),
        Param::Shown { file, .. } => file.as_str().into(),
    }
}
