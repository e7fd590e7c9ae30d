//! Runs a file of test vectors: one rule, an input, a day, and what is expected.
//!
//! The file is `{"schema": "ly-lich-vectors/1", "vectors": [{id, rule, act_date, input, settings?, expected, expected_count?, expected_params?}]}`.
//! A vector of a rule that is not known or computes nothing does not pass, so that nothing can be forgotten by being skipped.

use crate::check::{self, Context, Gazetteer};
use crate::date::Date;
use crate::finding::{Finding, Param};
use crate::place::Listed;
use crate::record::{Members, Record, Tree};
use crate::settings::Settings;

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
pub fn run(file: &Tree<'_>, places: Option<&dyn Gazetteer>) -> Result<Vec<Outcome>, String> {
    let Some(vectors) = file.member("vectors").and_then(Tree::rows) else {
        return Err("vectors: cần một danh sách [ … ]".to_string());
    };
    let outcome = |v: &Tree<'_>| {
        let text = |key: &str| v.member(key).and_then(Tree::text).unwrap_or("?").to_string();
        Outcome {
            id: text("id"),
            rule: text("rule"),
            problem: run_one(v, places).err(),
        }
    };
    Ok(vectors.iter().map(outcome).collect())
}

fn run_one(v: &Tree<'_>, places: Option<&dyn Gazetteer>) -> Result<(), String> {
    let rule = v.member("rule").and_then(Tree::text).ok_or("chưa ghi rule")?;
    if check::rule(rule).is_none_or(|r| !r.nothing_to_compute.is_empty()) {
        return Err("chưa có kiểm tra cho quy tắc này".to_string());
    }
    let act = v
        .member("act_date")
        .and_then(Tree::text)
        .and_then(Date::from_iso)
        .ok_or("act_date chưa phải một ngày")?;
    let input = v
        .member("input")
        .filter(|input| input.members().is_some())
        .ok_or("input cần một đối tượng")?;
    let record = Record::from_entries(input).map_err(|fault| fault.to_string())?;
    let given = v.member("settings").unwrap_or(&Tree::Blank);
    let settings = Settings::read(given);
    let listed = given.member("gazetteer").and_then(Listed::read);
    let mut cx = Context::new(act, &settings);
    cx.places = listed.as_ref().map(|l| l as &dyn Gazetteer).or(places);
    compare(v, &check::run_one(&record, &cx, rule))
}

fn compare(v: &Tree<'_>, found: &[Finding]) -> Result<(), String> {
    let worst = found.iter().map(|f| f.severity).min().map_or("none", |s| s.name());
    let expected = v.member("expected").and_then(Tree::text).unwrap_or("none");
    if worst != expected {
        return Err(format!("cần {expected}, có {worst}"));
    }
    if let Some(count) = v.member("expected_count").and_then(Tree::number)
        && usize::try_from(count) != Ok(found.len())
    {
        return Err(format!("cần {count} nhắc nhở, có {}", found.len()));
    }
    let Some(params) = v.member("expected_params").and_then(Tree::members) else {
        return Ok(());
    };
    let has_all = |f: &Finding| {
        let own = params_tree(f);
        params.iter().all(|(name, value)| own.member(name) == Some(value))
    };
    if found.iter().any(has_all) {
        return Ok(());
    }
    let own: Vec<Tree> = found.iter().map(params_tree).collect();
    Err(format!("cần {params:?}, có {own:?}"))
}

/// The params of a finding as files hold them: dates in their stored form, codes, names of rows.
pub fn params_tree(f: &Finding) -> Tree<'_> {
    let mut out = Members::new();
    if !f.case.is_empty() {
        out.push(("case".into(), f.case.into()));
    }
    for (name, param) in &f.params {
        out.push(((*name).into(), tree_of(param)));
    }
    Tree::Group(out)
}

fn tree_of(param: &Param) -> Tree<'_> {
    match param {
        Param::Int(n) | Param::Item(n) => Tree::Number(i64::from(*n)),
        Param::Bool(yes) => Tree::Flag(*yes),
        Param::Date(day) => day.iso().into(),
        Param::Text(text) => text.as_str().into(),
        Param::Texts(texts) => Tree::Rows(texts.iter().map(|text| text.as_str().into()).collect()),
        Param::Code(code) => (*code).into(),
        Param::Codes(codes) => {
            let last = |code: &&'static str| code.rsplit('.').next().unwrap_or(code).into();
            Tree::Rows(codes.iter().map(last).collect())
        }
        Param::Shown { file, .. } => file.as_str().into(),
    }
}
