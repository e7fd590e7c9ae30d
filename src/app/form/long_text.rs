//! Several sentences: a box that grows with the text.

use leptos::prelude::*;
use rules::form::Field;
use wasm_bindgen::JsCast;
use web_sys::{HtmlTextAreaElement, KeyboardEvent};

use super::{frame, live, spot};
use crate::{
    desk::desk,
    el::{Piece, View, el},
};

/// The box grows up to this many lines, then it scrolls.
const MOST_LINES: u32 = 24;

/// The control of a long text.
pub fn view(field: &'static Field, path: String) -> View {
    area(&path, frame::described_by(field, &path))
}

/// A growing box for a record path.
pub fn area(path: &str, described_by: String) -> View {
    grown(path, described_by, 4)
}

/// A box of one line that grows when the line is full; Enter starts no new one.
pub fn line(path: &str, described_by: String) -> View {
    grown(path, described_by, 1)
}

fn grown(path: &str, described_by: String, lines: u8) -> View {
    let desk = desk();
    let [shown, typed] = [path, path].map(str::to_owned);
    let id = spot::id(path);
    let drawn = id.clone();
    request_animation_frame(move || {
        if let Some(area) = document().get_element_by_id(&drawn) {
            grow(area.unchecked_ref());
        }
    });
    el("textarea")
        .id(id)
        .class("long")
        .attr("rows", lines.to_string())
        .attr("aria-describedby", described_by)
        .attr("autocomplete", "off")
        .uncorrected()
        .is("readOnly", live::read_only())
        .value(live::text(move || desk.text(&shown)))
        .on("input", move |event| {
            desk.type_in(&typed, event_target_value(&event));
            if let Some(area) = event.target() {
                grow(area.unchecked_ref());
            }
        })
        .on("keydown", move |event| {
            let event: &KeyboardEvent = event.unchecked_ref();
            if lines == 1 && event.key() == "Enter" && !event.is_composing() {
                event.prevent_default()
            }
        })
        .on_still("focusout", live::leaving(path))
        .piece()
}

/// Adds lines until the text fits; `rows` instead of a height, because the page allows no inline style.
fn grow(area: &HtmlTextAreaElement) {
    while area.scroll_height() > area.client_height() && area.rows() < MOST_LINES {
        area.set_rows(area.rows() + 1);
    }
}
