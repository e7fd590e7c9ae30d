//! `lylich form`: the catalogue of the form, as text or as JSON in the shape of the reference catalogue.

use crate::fault::Fault;
use rules::form::{self, Choice, Field, Form, Item, Required, Side, When};
use serde_json::{Map, Value, json};
use std::io::{self, Write};
use std::process::ExitCode;

/// Which form, how printed.
#[derive(clap::Args)]
pub struct Args {
    /// In dạng JSON, đủ để so với bảng tham chiếu.
    #[arg(long)]
    pub json: bool,
    /// Mẫu cần in.
    #[arg(long, default_value = "2-KNĐ/2025")]
    pub id: String,
}

/// Runs the command.
pub fn run(args: &Args) -> Result<ExitCode, Fault> {
    let mut out = io::stdout().lock();
    let Some(form) = form::by_id(&args.id) else {
        writeln!(
            io::stderr().lock(),
            "Chưa có mẫu “{}”. Các mẫu: {}.",
            args.id,
            form::ids().join(", ")
        )?;
        return Ok(ExitCode::from(2));
    };
    if args.json {
        serde_json::to_writer_pretty(&mut out, &json_of(form)).map_err(io::Error::from)?;
        writeln!(out)?;
    } else {
        text_of(&mut out, form)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn text_of(out: &mut impl Write, form: &Form) -> io::Result<()> {
    writeln!(out, "{} ({}, {})", form.title, form.code, form.edition)?;
    for item in form.sections.iter().flat_map(|s| s.items) {
        let number = if item.number.is_empty() {
            String::new()
        } else {
            format!("{}. ", item.number)
        };
        writeln!(out, "\n{number}{}", item.label)?;
        for f in item.fields {
            writeln!(out, "  {} — {}", f.label, f.slug)?;
            if !f.hint.is_empty() {
                writeln!(out, "      {}", f.hint)?;
            }
        }
    }
    Ok(())
}

/// The catalogue in the shape of the reference file, with the sections of this project beside it.
fn json_of(form: &'static Form) -> Value {
    let items = || form.sections.iter().flat_map(|s| s.items);
    let instrument = rules::law::instruments().iter().find(|i| i.id() == form.instrument);
    let section = |s: &rules::form::Section| {
        let slugs: Vec<&str> = s.items.iter().flat_map(|i| i.fields).map(|f| f.slug).collect();
        json!({ "slug": s.slug, "title": s.title, "intro": s.intro, "fields": slugs })
    };
    let mut out = json!({
        "schema": "ly-lich-form/1",
        "form": form.code,
        "version": form.edition,
        "title": form.title,
        "instrument": instrument.map(|i| i.id()),
        "number": instrument.map(|i| i.number()),
        "date": instrument.map(|i| i.date.iso()),
        "valid_from": instrument.map(|i| i.since.iso()),
        "valid_to": instrument.and_then(|i| i.until).map(|d| d.iso()),
        "sections": form.sections.iter().map(section).collect::<Vec<_>>(),
        "items": items().filter(|i| !i.number.is_empty()).map(item).collect::<Vec<_>>(),
        "aux_fields": items().filter(|i| i.number.is_empty()).flat_map(|i| i.fields).map(|f| field(f, "")).collect::<Vec<_>>(),
    });
    let has_family = items().flat_map(|i| i.fields).any(|f| f.kind == form::Kind::Persons);
    if let Some(members) = out.as_object_mut().filter(|_| has_family) {
        members.insert("family".to_string(), family());
    }
    out
}

fn item(i: &Item) -> Value {
    let page = i.page.parse::<u16>().map_or_else(|_| i.page.into(), Value::from);
    let mut out = json!({
        "item": i.number,
        "label": i.label,
        "page": page,
        "lines_estimate": i.lines,
        "filled_by": i.filled_by,
        "fields": i.fields.iter().map(|f| field(f, i.filled_by)).collect::<Vec<_>>(),
    });
    put(&mut out, "note", i.note);
    out
}

fn field(f: &Field, filled_by: &str) -> Value {
    let mut out = json!({
        "slug": f.slug,
        "label": f.label,
        "kind": f.kind.name(),
        "hint": f.hint,
        "example": f.example,
        "required": f.required.phrase(),
        "repeatable": f.kind.has_rows(),
        "printed": if f.local { "local".into() } else { Value::Bool(f.printed) },
        "rules": rules_of(f.slug),
    });
    // a locked box among the candidate's items (the number of the dossier) is the organisation's
    let other = f.kind == form::Kind::Locked && filled_by == "candidate";
    put(
        &mut out,
        "filled_by",
        if other { "party_organisation" } else { filled_by },
    );
    put(&mut out, "fixed", f.fixed);
    put(&mut out, "source", f.source);
    let Some(members) = out.as_object_mut() else { return out };
    if !f.choices.is_empty() {
        let list = |of: fn(&Choice) -> &'static str| f.choices.iter().map(of).collect::<Vec<_>>();
        members.insert("choices".to_string(), list(|c| c.value).into());
        members.insert("choice_labels".to_string(), list(|c| c.label).into());
    }
    if f.max_rows > 0 {
        members.insert("max_rows".to_string(), f.max_rows.into());
    }
    if f.kind == form::Kind::Locked {
        members.insert("locked".to_string(), true.into());
    }
    if !f.parts.is_empty() {
        members.insert(
            "parts".to_string(),
            f.parts.iter().map(|p| p.slug).collect::<Vec<_>>().into(),
        );
    }
    if !f.columns.is_empty() && f.kind != form::Kind::Persons {
        members.insert(
            "columns".to_string(),
            f.columns.iter().map(column).collect::<Vec<_>>().into(),
        );
    }
    out
}

fn column(f: &Field) -> Value {
    let mut out = json!({ "key": f.slug, "label": f.label, "kind": f.kind.name() });
    if let Some(members) = out.as_object_mut().filter(|_| !f.choices.is_empty()) {
        members.insert(
            "choices".to_string(),
            f.choices.iter().map(|c| c.value).collect::<Vec<_>>().into(),
        );
    }
    out
}

/// The relations and what is asked about a person of each group.
fn family() -> Value {
    let relation = |r: &form::Relation| {
        json!({
            "slug": r.slug,
            "label": r.label,
            "group": format!("{:?}", r.group),
            "side": if r.side == Side::Own { "self" } else { "spouse" },
            "max": if r.max == 0 { Value::Null } else { r.max.into() },
        })
    };
    let person = |f: &Field| {
        let mut out = field(f, "");
        let slug = format!("family[].{}", f.slug);
        let mut groups = Map::new();
        if let When::Person(a, b, c) = f.asked {
            for (group, ask) in [("A", a), ("B", b), ("C", c)] {
                groups.insert(group.to_string(), ask.phrase().into());
            }
        }
        if let Some(members) = out.as_object_mut() {
            members.insert("key".to_string(), f.slug.into());
            members.insert("rules".to_string(), rules_of(&slug).into());
            members.insert("slug".to_string(), slug.into());
            members.insert("groups".to_string(), groups.into());
            if matches!(f.required, Required::Person) {
                members.remove("required");
            }
        }
        out
    };
    json!({
        "relations": form::relations().iter().map(relation).collect::<Vec<_>>(),
        "fields": form::person().iter().map(person).collect::<Vec<_>>(),
    })
}

/// The rules that look at a slug.
fn rules_of(slug: &str) -> Vec<&'static str> {
    let looks = |read: &str| {
        let plain = read.trim_end_matches("[]");
        plain == slug
            || slug.strip_prefix(plain).is_some_and(|rest| rest.starts_with('.'))
            || plain
                .strip_prefix(slug)
                .is_some_and(|rest| rest.starts_with(['.', '[']))
    };
    rules::check::rules()
        .filter(|r| r.slugs().any(looks))
        .map(|r| r.id)
        .collect()
}

fn put(out: &mut Value, name: &str, text: &str) {
    if let Some(members) = out.as_object_mut().filter(|_| !text.is_empty()) {
        members.insert(name.to_string(), text.into());
    }
}
