//! Every line of the form is understood: written anew from what was read, the form is the same to the letter.

use super::*;
use crate::form::{Form, lylich};

fn condition(when: &When) -> String {
    let all = |list: &[When], sign: &str| list.iter().map(condition).collect::<Vec<_>>().join(sign);
    match when {
        When::Always => String::new(),
        When::Never => "never".to_string(),
        When::Is(slug, value) => format!("{slug}={value}"),
        When::Not(slug, value) => format!("{slug}!={value}"),
        When::Filled(slug) => format!("+{slug}"),
        When::Blank(slug) => format!("-{slug}"),
        When::Any(list) => all(list, "|"),
        When::All(list) => all(list, "&"),
        When::InGroup(group) => format!("@{group:?}"),
        When::Person(a, b, c) => [a, b, c].map(|ask| ask.phrase()).join(" / "),
    }
}

fn line(out: &mut String, word: &str, rest: &str) {
    if !rest.is_empty() {
        out.push_str(&format!("{word} {rest}\n"));
    }
}

/// `must`, `only`, `held`, `ask` or `per`.
fn demands(field: &Field, out: &mut String) {
    let asked = condition(&field.asked);
    match &field.required {
        Required::Person => return line(out, "per", &asked),
        Required::If(when, phrase) if condition(when) == asked => {
            return line(out, "only", &format!("{asked}; {phrase}"));
        }
        Required::If(when, phrase) => line(out, "must", &format!("{}; {phrase}", condition(when))),
        Required::Always => out.push_str("must\n"),
        Required::IfHeld(phrase) => line(out, "held", phrase),
        Required::Never => {}
    }
    line(out, "ask", &asked);
}

fn written(field: &Field, depth: usize, out: &mut String) {
    let mark = "-".repeat(depth);
    line(
        out,
        &mark,
        &format!("{} {} {}", field.slug, field.kind.name(), field.label),
    );
    line(out, "hint", field.hint);
    line(out, "example", field.example);
    demands(field, out);
    let marks = [
        (!field.printed, "unprinted"),
        (field.local, "local"),
        (field.masked, "masked"),
    ];
    let marks: Vec<&str> = marks
        .iter()
        .filter(|(holds, _)| *holds)
        .map(|(_, mark)| *mark)
        .collect();
    line(out, "is", &marks.join(" "));
    let choices = field.choices.iter().map(|c| {
        if c.value == c.label {
            c.value.to_string()
        } else {
            format!("{}={}", c.value, c.label)
        }
    });
    let choices = choices.collect::<Vec<_>>().join("|");
    let relations = std::ptr::eq(field.choices, relation::CHOICES);
    line(out, "choose", if relations { "@relations" } else { &choices });
    line(out, "fixed", field.fixed);
    line(
        out,
        "rows",
        &if field.max_rows > 0 {
            field.max_rows.to_string()
        } else {
            String::new()
        },
    );
    line(out, "source", field.source);
    if field.parts.iter().any(|part| part.slug == "district") {
        line(out, "parts", "paper");
    }
    field.columns.iter().for_each(|column| written(column, depth + 1, out));
}

fn anew(form: &Form) -> String {
    let mut out = String::new();
    let dot = |text: &'static str| if text.is_empty() { "." } else { text };
    for section in form.sections {
        line(&mut out, "==", &format!("{} {}", section.slug, section.title));
        line(&mut out, "intro", section.intro);
        for item in section.items {
            line(
                &mut out,
                "=",
                &format!("{} {} {} {}", dot(item.number), dot(item.page), item.lines, item.label),
            );
            line(&mut out, "by", item.filled_by.trim_start_matches("candidate"));
            line(&mut out, "note", item.note);
            item.fields.iter().for_each(|field| written(field, 1, &mut out));
        }
    }
    out
}

#[test]
fn every_line_of_the_form_is_understood() {
    let anew = anew(lylich());
    let text = crate::form::lylich::TEXT;
    for (ours, line) in anew.lines().zip(text.lines()) {
        assert_eq!(ours, line);
    }
    assert_eq!(anew.len(), text.len());
}
