//! The whole lý lịch in one piece, to be printed and copied by hand into the booklet.
//!
//! Invariant: what stands here is what was typed, in the order of the paper; items 24 to 26 are left to the cấp ủy. Not here: the style of
//! the print (`app.css`, `@media print`).

use leptos::prelude::window;
use rules::form::{Field, Kind};

use super::bar;
use crate::{
    desk::Desk,
    el::{Piece, View, button, el, main, pieces},
    form,
    session::session,
    text::{desk as words, form as text},
};

/// The page "Bản nháp để chép tay".
pub fn paper() -> View {
    let session = session();
    pieces![
        bar(words::PAPER),
        main("page paper")
            .child(el("h1").child(words::PAPER))
            .child(
                button("btn btn--primary")
                    .on("click", |_| drop(window().print()))
                    .child(words::PRINT)
            )
            .child(form::live_if(move || session.work().map(|work| whole(work.desk))))
    ]
}

fn whole(desk: Desk) -> View {
    let items = desk.form().sections.iter().flat_map(|section| section.items);
    let drawn = items.map(|item| {
        let mut lines = Vec::new();
        for field in item.fields {
            lay(desk, field, field.slug, &mut lines);
        }
        el("section")
            .child(
                el("h2")
                    .child((!item.number.is_empty()).then(|| format!("{}. ", text::item(item.number))))
                    .child(item.label),
            )
            .child(lines)
    });
    drawn.collect::<Vec<_>>().piece()
}

/// A field, with everything below it.
fn lay(desk: Desk, field: &Field, path: &str, lines: &mut Vec<View>) {
    if field.kind == Kind::Locked {
        return lines.push(line(field.label, words::STATE_LOCKED));
    }
    let rows = desk.with(|record| record.rows(path).into_iter().map(str::to_owned).collect::<Vec<_>>());
    for row in rows {
        let row = format!("{path}/{row}");
        if field.columns.is_empty() {
            lines.push(line(field.label, &desk.peek(&format!("{row}/_"))));
            continue;
        }
        lines.push(el("h3").child(form::place_name(desk, &row)).piece());
        for column in field.columns {
            lay(desk, column, &format!("{row}/{}", column.slug), lines);
        }
    }
    if field.kind == Kind::Object {
        let above = path
            .rsplit_once('/')
            .map_or(String::new(), |(row, _)| format!("{row}/"));
        for member in field.columns {
            lay(desk, member, &format!("{above}{}", member.slug), lines);
        }
    }
    let mut said = vec![desk.peek(path)];
    for part in field.parts {
        said.push(desk.peek(&format!("{path}.{}", part.slug)));
    }
    said.retain(|text| !text.is_empty());
    if !said.is_empty() {
        lines.push(line(field.label, &said.join(", ")));
    }
}

fn line(label: &str, text: &str) -> View {
    el("p").child(el("b").child(label).child(": ")).child(text).piece()
}
