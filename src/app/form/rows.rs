//! Repeated rows: a list of cards, and the shorter list of plain lines.

use leptos::{ev::Event, prelude::*};
use rules::{
    date,
    form::{Field, Kind, field},
};

use super::{
    deck::{Card, Deck},
    entry,
    entry::Look,
    field_if_asked, frame, live, spot,
    undo::Undo,
};
use crate::{
    desk::desk,
    el::{El, Piece, View, button, el, pieces},
    held::{Held, derived},
    text::form as words,
};

/// The control of a group of rows.
pub fn view(field: &'static Field, path: String) -> View {
    let deck = Deck::new(&path);
    let group = path.clone();
    let rows = derived(move || deck.desk.rows(&group));
    let full = move || field.max_rows > 0 && rows.with(Vec::len) >= usize::from(field.max_rows);
    pieces![
        el("ol")
            .class("rows")
            .child(live::each(rows, move |row| card(deck, field, rows, row))),
        deck.undo_bar(),
        el("div").class("group__acts").child(live::live_if(move || {
            (!full() && !deck.desk.read_only().get()).then(|| {
                button("btn")
                    .on("click", move |_| deck.add(&[], ""))
                    .child(words::ADD_ROW)
                    .piece()
            })
        }))
    ]
}

fn card(deck: Deck, field: &'static Field, rows: Held<Vec<String>>, row: String) -> El {
    let (place, own) = (deck.place(&row), row.clone());
    let name = derived(move || {
        words::row(
            rows.with(|all| all.iter().position(|each| *each == own))
                .map_or(1, |at| at + 1),
        )
    });
    let gist = derived(move || gist(field, &place));
    Card {
        row,
        name,
        gist,
        peers: rows,
        body: columns,
    }
    .view(deck)
}

/// The fields of a row, found in the catalogue by the path of the row.
fn columns(place: String) -> View {
    let group = place.rsplit_once('/').map_or("", |(group, _)| group);
    let columns = field(desk().form(), group).map_or(&[][..], |field| field.columns);
    columns
        .iter()
        .map(|column| field_if_asked(column, format!("{place}/{}", column.slug)))
        .collect::<Vec<_>>()
        .piece()
}

/// Period and first words of a row; only the period where the rest is covered.
fn gist(field: &'static Field, place: &str) -> String {
    let desk = desk();
    desk.conditions().track();
    let shown = |slug: &str| {
        let text = desk.peek(&format!("{place}/{slug}"));
        date::read(&text).and_then(date::Typed::show).unwrap_or(text)
    };
    let period = match field.kind {
        Kind::PeriodRows | Kind::YearRows => words::period(&shown("from"), &shown("to")),
        _ => field
            .columns
            .iter()
            .find(|column| column.kind.is_date())
            .map(|column| shown(column.slug))
            .unwrap_or_default(),
    };
    let texts = field
        .columns
        .iter()
        .filter(|column| matches!(column.kind, Kind::Text | Kind::LongText));
    let text = texts
        .map(|column| shown(column.slug))
        .find(|text| !text.is_empty())
        .filter(|_| !field.masked)
        .unwrap_or_default();
    match (period.is_empty(), text.is_empty()) {
        (true, true) => words::EMPTY_ROW.to_owned(),
        (false, false) => format!("{period}: {text}"),
        _ => period + &text,
    }
}

/// The control of a list of short texts.
pub fn lines(field: &'static Field, path: String) -> View {
    let (desk, undo) = (desk(), Undo::begun());
    let described_by = frame::described_by(field, &path);
    let (watched, added) = (path.clone(), path.clone());
    let group = StoredValue::new(path.clone());
    let undo_bar = undo.view(desk, &path, move |row| {
        spot::focus(spot::id(&format!("{}/{row}/_", group.get_value())))
    });
    let rows = derived(move || desk.rows(&watched));
    pieces![
        el("ul")
            .class("lines")
            .child(live::each(rows, move |row| line(&path, row, rows, &described_by, undo))),
        undo_bar,
        el("div").class("group__acts").child(live::live_if(move || {
            (!desk.read_only().get()).then(|| {
                let group = added.clone();
                let add = move |_: Event| {
                    let row = desk.add_row(&group);
                    spot::focus(spot::id(&format!("{group}/{row}/_")));
                };
                button("btn").on("click", add).child(words::ADD_LINE).piece()
            })
        }))
    ]
}

fn line(group: &str, row: String, rows: Held<Vec<String>>, described_by: &str, undo: Undo) -> El {
    let (desk, group, own) = (desk(), group.to_owned(), row.clone());
    let place = format!("{group}/{row}/_");
    let id = spot::id(&place);
    let name = derived(move || {
        words::line(
            rows.with(|all| all.iter().position(|each| *each == own))
                .map_or(1, |at| at + 1),
        )
    });
    el("li")
        .class("line")
        .child(
            el("div")
                .class("part")
                .child(
                    el("label")
                        .class("part__label")
                        .attr("for", id.clone())
                        .child(live::text(move || name.get())),
                )
                .child(entry::entry(&place, id, described_by.to_owned(), Look::default())),
        )
        .child(
            button("btn btn--quiet")
                .attr(
                    "aria-label",
                    live::text(move || words::act_on(words::REMOVE, &name.get())),
                )
                .on("click", move |_| undo.remove(desk, &group, &row, name.get_untracked()))
                .child(words::REMOVE),
        )
}
