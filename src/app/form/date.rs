//! Dates as numeric boxes: day, month, year; month and year; and the tick "đến nay".
//!
//! A whole spelling ("ngày 26 tháng 3 năm 2001") typed or pasted into one box is spread over the boxes when the box is left; what
//! cannot be read stays as typed and is shown as it is stored. A row of kind `event` is a single day, so its boxes ask for the day.
//! Splitting and joining is in `boxes`, reading in `rules::date`.

use leptos::prelude::*;
use rules::{
    date::{Typed, read},
    form::{Field, Kind},
};

use super::{
    boxes::{self, Boxes},
    frame, live, spot,
};
use crate::{
    desk::desk,
    el::{Piece, View, el, input_box, pieces},
    held::{Held, derived},
    text::form as words,
};

const PARTS: [(usize, &str, &str); 3] = [
    (0, "day", words::DAY),
    (1, "month", words::MONTH),
    (2, "year", words::YEAR),
];

/// The control of a date field.
pub fn view(field: &'static Field, path: String) -> View {
    let with_day = asks_day(field, &path);
    if field.kind != Kind::MonthYearOrNay {
        return el("div")
            .class("date")
            .child(live::live(move || parts(field, &path, with_day.get())))
            .piece();
    }
    let (now, tick) = now_tick(field, &path);
    el("div")
        .class("date")
        .child(live::live_if(move || {
            (!now.get()).then(|| parts(field, &path, with_day.get()))
        }))
        .child(tick)
        .piece()
}

/// Whether a box for the day is shown.
fn asks_day(field: &'static Field, path: &str) -> Held<bool> {
    let (desk, path) = (desk(), path.to_owned());
    let kind = frame::row_of(field, &path).map(|row| format!("{row}/kind"));
    derived(move || {
        let day_is_there = || matches!(read(&desk.text(&path)), Some(Typed::Full(_)));
        field.kind == Kind::FullDate || kind.as_ref().is_some_and(|kind| desk.text(kind) == "event") || day_is_there()
    })
}

fn parts(field: &'static Field, path: &str, with_day: bool) -> View {
    let desk = desk();
    let shown = Held::new(Boxes::default());
    let watched = path.to_owned();
    live::whenever(Box::new(move || {
        shown.set(boxes::split(&desk.text(&watched), with_day))
    }));
    let first = usize::from(!with_day);
    pieces![
        PARTS
            .into_iter()
            .skip(first)
            .map(|part| one(field, path, part, shown, with_day))
            .collect::<Vec<_>>(),
        live::live_if(move || {
            shown.with(boxes::has_words).then(|| {
                el("p")
                    .class("date__raw")
                    .child(words::AS_TYPED)
                    .child(" ")
                    .child(el("q").child(boxes::join(&shown.get(), with_day)))
                    .piece()
            })
        })
    ]
}

fn one(
    field: &'static Field,
    path: &str,
    part: (usize, &'static str, &'static str),
    shown: Held<Boxes>,
    with_day: bool,
) -> View {
    let desk = desk();
    let (at, name, label) = part;
    let id = spot::part_id(path, name);
    let (typed, gone) = (path.to_owned(), path.to_owned());
    el("div")
        .class(if at == 2 {
            "date__part date__part--year"
        } else {
            "date__part"
        })
        .child(el("label").class("part__label").attr("for", id.clone()).child(label))
        .child(
            input_box("text")
                .id(id)
                .attr("inputmode", "numeric")
                .uncorrected()
                .attr("aria-describedby", frame::described_by(field, path))
                .is("readOnly", live::read_only())
                .value(live::text(move || {
                    shown.with(|boxes| boxes.get(at).cloned().unwrap_or_default())
                }))
                .on_text("input", move |text| {
                    shown.update_untracked(|boxes| {
                        if let Some(own) = boxes.get_mut(at) {
                            *own = text
                        }
                    });
                    desk.type_in(&typed, boxes::join(&shown.get_untracked(), with_day));
                })
                .on("blur", move |_| settle(&gone, shown, with_day)),
        )
        .piece()
}

/// A box was left: a whole spelling in it is spread, "nay" becomes the tick, anything else is shown as it is kept.
fn settle(path: &str, shown: Held<Boxes>, with_day: bool) {
    let desk = desk();
    let Some(mut spread) = shown.with_untracked(|typed| boxes::has_words(typed).then(|| boxes::pasted(typed))) else {
        return shown.notify();
    };
    if read(&desk.peek(path)) == Some(Typed::Present) {
        desk.type_in(path, String::new());
        return desk.put(path, "nay".to_owned());
    }
    if let Some(boxes) = spread.take() {
        desk.type_in(path, boxes::join(&boxes, with_day));
        shown.set(boxes);
    } else {
        shown.notify();
    }
}

/// The tick "đến nay" and whether it is set. What stood in the boxes comes back when it is taken away.
pub fn now_tick(field: &'static Field, path: &str) -> (Held<bool>, View) {
    let (desk, path) = (desk(), path.to_owned());
    let watched = path.clone();
    let now = derived(move || read(&desk.text(&watched)) == Some(Typed::Present));
    let before = StoredValue::new(String::new());
    let described_by = frame::described_by(field, &path);
    let tick = el("label")
        .class("tick")
        .child(
            input_box("checkbox")
                .attr("aria-describedby", described_by)
                .is("checked", live::flag(move || now.get()))
                .is("disabled", live::read_only())
                .on_tick(move |ticked| {
                    if ticked {
                        before.set_value(desk.peek(&path));
                        desk.put(&path, "nay".to_owned());
                    } else {
                        desk.put(&path, before.get_value());
                    }
                }),
        )
        .child(el("span").child(words::TO_NOW));
    (now, tick.piece())
}
