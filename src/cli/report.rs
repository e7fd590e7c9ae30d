//! Findings as JSON for programs and as text for people.

use rules::Record;
use rules::finding::{Finding, Severity};
use rules::law::{Cited, Seen};
use serde_json::{Value, json};
use std::io::{self, Write};

/// The findings as `{"findings": [{rule, severity, where, params, message, citation}]}`.
pub fn findings(r: &Record, found: &[Finding]) -> Value {
    json!({ "findings": found.iter().map(|f| finding(r, f)).collect::<Vec<_>>() })
}

fn finding(r: &Record, f: &Finding) -> Value {
    let mut message = f.message();
    for notice in f.notices() {
        message.push(' ');
        message.push_str(&notice);
    }
    json!({
        "rule": f.rule,
        "severity": f.severity.name(),
        "where": f.where_(r),
        "params": rules::vectors::params_tree(f),
        "message": message,
        "citation": citation(f),
    })
}

/// The citation in force on the day of the act; further ones under `also`; `null` for a rule without one.
fn citation(f: &Finding) -> Value {
    let mut all: Vec<Value> = f
        .citations()
        .map(|c| cited(&c, f.basis_of(&c).filter(|_| c.seen == Seen::Presumed).as_ref()))
        .collect();
    if all.is_empty() {
        return Value::Null;
    }
    let mut first = all.remove(0);
    if let Some(members) = first.as_object_mut().filter(|_| !all.is_empty()) {
        members.insert("also".to_string(), Value::Array(all));
    }
    first
}

/// A citation; for a text not seen, with the version on which the check rests.
pub fn cited(c: &Cited, basis: Option<&Cited>) -> Value {
    let i = c.instrument;
    let point = |p: &'static str| if p.is_empty() { Value::Null } else { p.into() };
    let mut out = json!({
        "instrument": i.id(),
        "number": i.number(),
        "date": i.date.iso(),
        "point": point(c.point),
        "valid_from": c.since.iso(),
        "valid_to": c.until.map(|d| d.iso()),
        "confidence": c.seen.name(),
    });
    if let (Some(basis), Some(members)) = (basis, out.as_object_mut()) {
        members.insert("based_on".to_string(), cited(basis, None));
    }
    out
}

/// The findings for people, the most serious first.
pub fn text(out: &mut impl Write, r: &Record, found: &[Finding]) -> io::Result<()> {
    if found.is_empty() {
        return writeln!(out, "Không có nhắc nhở nào.");
    }
    for severity in [Severity::Block, Severity::Approve, Severity::Explain, Severity::Style] {
        let group: Vec<&Finding> = found.iter().filter(|f| f.severity == severity).collect();
        if group.is_empty() {
            continue;
        }
        writeln!(out, "\n{} ({})", severity.label(), group.len())?;
        for f in group {
            writeln!(out, "\n  {}  {}", f.rule, f.where_(r))?;
            writeln!(out, "    {}", f.message())?;
            for notice in f.notices() {
                writeln!(out, "    {notice}")?;
            }
            for g in f.grounds() {
                let point = if g.point.is_empty() {
                    String::new()
                } else {
                    format!(", {}", g.point)
                };
                let until = g.until.map_or_else(String::new, |d| format!(" đến {d}"));
                writeln!(
                    out,
                    "    Căn cứ: {} ngày {}{point}; hiệu lực từ {}{until}. {}",
                    g.number, g.date, g.since, g.seen
                )?;
            }
        }
    }
    Ok(())
}
