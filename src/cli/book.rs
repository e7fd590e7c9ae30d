//! `lylich rules`: the rule book, as text, Markdown or JSON, whole or as it holds on a day.
//!
//! Each rule with what it asks, of whom, since when, on what ground, how far the text was seen, and a case that breaks it.

use crate::fault::Fault;
use crate::report;
use rules::check;
use rules::law::{self, Cited, Seen};
use rules::record::Tree;
use rules::rule::{Resolve, Rule};
use rules::{Date, Record};
use rules::{date, form};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::io::{self, Write};
use std::process::ExitCode;

/// Which rules, how printed.
#[derive(clap::Args)]
pub struct Args {
    /// In dạng Markdown, để đọc hoặc in ra giấy.
    #[arg(long, conflicts_with = "json")]
    pub markdown: bool,
    /// In dạng JSON.
    #[arg(long)]
    pub json: bool,
    /// In tệp public/data/rules.txt của ứng dụng.
    #[arg(long, conflicts_with_all = ["json", "markdown", "date"])]
    pub page: bool,
    /// Chỉ các quy tắc có hiệu lực vào ngày này, với căn cứ của ngày ấy.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub date: Option<String>,
}

/// Runs the command.
pub fn run(args: &Args) -> Result<ExitCode, Fault> {
    let read = |text: &String| Date::from_iso(text).ok_or_else(|| Fault::Date(text.clone()));
    let day = args.date.as_ref().map(read).transpose()?;
    let rules: Vec<&Rule> = check::rules().filter(|r| day.is_none_or(|day| r.holds(day))).collect();
    let examples = Examples::read()?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    if args.page {
        write!(out, "{}", rules::book::file(|rule| examples.sentence(rule.id)))?;
    } else if args.json {
        let list: Vec<Value> = rules.iter().map(|r| rule_json(r, day, &examples)).collect();
        let instruments: Vec<Value> = law::instruments().iter().map(instrument_json).collect();
        let whole = json!({ "date": day.map(Date::iso), "rules": list, "instruments": instruments });
        serde_json::to_writer_pretty(&mut out, &whole).map_err(io::Error::from)?;
        writeln!(out)?;
    } else if args.markdown {
        markdown(&mut out, &rules, day, &examples)?;
    } else {
        for r in &rules {
            writeln!(out, "{:8} {:8} {}", r.id, r.severity.name(), r.title)?;
        }
        writeln!(out, "{} quy tắc", rules.len())?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// Cases that break a rule, from the vectors of the library.
struct Examples(Vec<Value>);

impl Examples {
    fn read() -> Result<Examples, Fault> {
        let files = [
            ("test-vectors.json", include_str!("../rules/vectors/test-vectors.json")),
            ("more-vectors.json", include_str!("../rules/vectors/more-vectors.json")),
        ];
        let mut all = Vec::new();
        for (name, text) in files {
            let json: Value = crate::source::parse(name, 0, text)?;
            all.extend(
                json.get("vectors")
                    .and_then(Value::as_array)
                    .cloned()
                    .unwrap_or_default(),
            );
        }
        Ok(Examples(all))
    }

    /// A case that breaks the rule, the shortest one.
    fn of(&self, id: &str) -> Option<&Value> {
        let breaks = |v: &&Value| {
            v.get("rule").and_then(Value::as_str) == Some(id)
                && v.get("expected").and_then(Value::as_str) != Some("none")
        };
        self.0
            .iter()
            .filter(breaks)
            .min_by_key(|v| v.get("input").map_or(0, |i| i.to_string().len()))
    }
}

impl Examples {
    /// The case as people read it: labels and answers, rows by number. Empty when nothing breaks the rule.
    fn sentence(&self, id: &str) -> String {
        let Some(case) = self.of(id) else { return String::new() };
        let input = case.get("input").and_then(|input| Tree::deserialize(input).ok());
        let record = input
            .and_then(|input| Record::from_entries(&input).ok())
            .unwrap_or_default();
        let mut said: Vec<String> = Vec::new();
        if let Some(act) = case.get("act_date").and_then(Value::as_str).and_then(Date::from_iso) {
            said.push(format!("ngày đối chiếu: {act}"));
        }
        for (path, text) in record.fields().iter().filter(|(path, _)| !path.ends_with("/#")) {
            let (label, text) = shown(&record, path, text);
            said.push(format!("{label}: {text}"));
        }
        said.join("; ")
    }
}

/// An answer as people read it, with its label and the number of its row.
fn shown(record: &Record, path: &str, text: &str) -> (String, String) {
    let forms = form::ids().into_iter().filter_map(form::by_id);
    let own = forms.filter_map(|form| form::field_and_part(form, path)).next();
    let (label, asked) = match own {
        Some((field, Some(part))) => (format!("{}, {}", field.label, part.label), Some(part)),
        Some((field, None)) => (field.label.replace(" ...", ""), Some(field)),
        None => (path.rsplit('/').next().unwrap_or(path).to_string(), None),
    };
    let choice = asked.and_then(|field| field.choices.iter().find(|choice| choice.value == text));
    let day = asked
        .filter(|field| field.kind.is_date())
        .and_then(|_| date::read(text)?.show());
    let text = choice.map(|choice| choice.label.to_string()).or(day);
    let text = text.unwrap_or_else(|| record.text(path).replace('\n', " "));
    let mut steps = path.split('/');
    match (steps.next(), steps.next()) {
        (Some(group), Some(row)) => {
            let at = record.rows(group).iter().position(|name| *name == row).unwrap_or(0);
            (format!("hàng {}, {label}", at + 1), text)
        }
        _ => (label, text),
    }
}

fn grounds(r: &Rule, day: Option<Date>) -> Vec<Cited> {
    r.grounds().filter(|c| day.is_none_or(|day| c.holds(day))).collect()
}

const GROUPS: [(u8, &str); 4] = [(1, "pupil"), (2, "teacher"), (4, "manager"), (8, "staff")];

fn rule_json(r: &Rule, day: Option<Date>, examples: &Examples) -> Value {
    let variants: Map<String, Value> = r
        .variants
        .iter()
        .map(|(case, text)| ((*case).to_string(), (*text).into()))
        .collect();
    let applies: Vec<&str> = GROUPS
        .iter()
        .filter(|(bit, _)| r.applies & bit != 0)
        .map(|(_, name)| *name)
        .collect();
    json!({
        "id": r.id,
        "title": r.title,
        "message": r.message,
        "variants": variants,
        "severity": r.severity.name(),
        "also": r.also.iter().map(|s| s.name()).collect::<Vec<_>>(),
        "resolve": r.resolve.name(),
        "applies_to": applies,
        "actor": r.actor(),
        "stage": r.stage(),
        "date_by": if r.date_by.is_empty() { Value::Null } else { r.date_by.into() },
        "valid_from": r.since.map(Date::iso),
        "valid_to": r.until.map(Date::iso),
        "confidence": r.seen.name(),
        "province": if r.province.is_empty() { Value::Null } else { r.province.into() },
        "slugs": r.slugs().collect::<Vec<_>>(),
        "citations": grounds(r, day).iter().map(|c| report::cited(c, None)).collect::<Vec<_>>(),
        "nothing_to_compute": if r.nothing_to_compute.is_empty() { Value::Null } else { r.nothing_to_compute.into() },
        "example": examples.of(r.id),
    })
}

fn instrument_json(i: &law::Instrument) -> Value {
    json!({
        "id": i.id(),
        "number": i.number(),
        "date": i.date.iso(),
        "title": i.title(),
        "issuer": i.issuer(),
        "kind": i.kind(),
        "valid_from": i.since.iso(),
        "valid_to": i.until.map(Date::iso),
        "replaces": i.replaces().map(law::Instrument::id),
        "confidence": i.seen.name(),
        "province": if i.province().is_empty() { Value::Null } else { i.province().into() },
    })
}

fn markdown(out: &mut impl Write, rules: &[&Rule], day: Option<Date>, examples: &Examples) -> io::Result<()> {
    writeln!(out, "# Sổ quy tắc kiểm tra lý lịch\n")?;
    match day {
        Some(day) => writeln!(out, "{} quy tắc có hiệu lực ngày {day}.\n", rules.len())?,
        None => writeln!(out, "{} quy tắc, mọi thời kỳ.\n", rules.len())?,
    }
    writeln!(
        out,
        "Ứng dụng chỉ nhắc điều còn thiếu hoặc cần xem lại và nói rõ căn cứ; không đánh giá con người. \
         Việc thuộc tiêu chuẩn chính trị chỉ do cấp ủy có thẩm quyền xem xét, kết luận.\n"
    )?;
    for r in rules {
        writeln!(out, "## {} — {}\n", r.id, r.title)?;
        for wording in r.wordings() {
            writeln!(out, "{wording}\n")?;
        }
        writeln!(out, "- Mức: {}; {}", r.severity.label(), resolve(r.resolve))?;
        writeln!(out, "- Dành cho: {}", r.whom())?;
        writeln!(out, "- Hiệu lực: {}", date::period(r.since, r.until))?;
        if !r.province.is_empty() {
            writeln!(out, "- Hướng dẫn (thực hành) của {}", r.province)?;
        }
        let cited = grounds(r, day);
        for c in &cited {
            let point = if c.point.is_empty() {
                String::new()
            } else {
                format!(", {}", c.point)
            };
            let i = c.instrument;
            writeln!(
                out,
                "- Căn cứ: {} ngày {}{point} ({}). {}",
                i.number(),
                i.date,
                date::period(Some(c.since), c.until),
                c.seen.sentence()
            )?;
        }
        let newer = cited.iter().filter(|c| c.seen == Seen::Presumed);
        for (c, basis) in newer.filter_map(|c| Some((c, r.basis_of(c)?))) {
            let (i, n) = (basis.instrument, c.instrument);
            let point = if basis.point.is_empty() {
                String::new()
            } else {
                format!(", {}", basis.point)
            };
            writeln!(
                out,
                "- Căn cứ bản năm 2025 ({}{point}); chưa đối chiếu được với {}.",
                i.number(),
                n.number()
            )?;
        }
        if cited.is_empty() {
            let none = if r.seen == Seen::Interpretation {
                Seen::Interpretation.sentence()
            } else {
                "Không có văn bản riêng."
            };
            writeln!(out, "- Căn cứ: {none}")?;
        }
        if !r.nothing_to_compute.is_empty() {
            writeln!(out, "- Không có gì để tính: {}.", r.nothing_to_compute)?;
        }
        if let Some(v) = examples.of(r.id) {
            let act = v.get("act_date").and_then(Value::as_str).and_then(Date::from_iso);
            let act = act.map_or_else(String::new, |d| format!(" (đối chiếu ngày {d})"));
            let input = v.get("input").map(Value::to_string).unwrap_or_default();
            writeln!(out, "- Ví dụ bị nhắc{act}: `{input}`")?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn resolve(r: Resolve) -> &'static str {
    match r {
        Resolve::Correct => "hết nhắc khi đã sửa",
        Resolve::CorrectOrNote => "hết nhắc khi đã sửa hoặc đã ghi chú gửi chi bộ",
        Resolve::Authority => "hết nhắc khi có số, ngày văn bản của cấp có thẩm quyền",
        Resolve::Info => "chỉ để biết",
    }
}
