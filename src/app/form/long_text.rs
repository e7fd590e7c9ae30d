//! Several sentences: a box that grows with the text.

use leptos::prelude::*;
use rules::form::Field;
use web_sys::HtmlTextAreaElement;

use super::{entry, frame, live, spot};
use crate::desk::desk;

/// The box grows up to this many lines, then it scrolls.
const MOST_LINES: u32 = 24;

/// The control of a long text.
pub fn view(field: &'static Field, path: String) -> AnyView {
    area(&path, frame::described_by(field, &path))
}

/// A growing box for a record path.
pub fn area(path: &str, described_by: String) -> AnyView {
    grown(path, described_by, 4)
}

/// A box of one line that grows when the line is full; Enter starts no new one.
pub fn line(path: &str, described_by: String) -> AnyView {
    grown(path, described_by, 1)
}

fn grown(path: &str, described_by: String, lines: u8) -> AnyView {
    let desk = desk();
    let [shown, typed] = [path, path].map(str::to_owned);
    let node = NodeRef::<leptos::html::Textarea>::new();
    node.on_load(|area| request_animation_frame(move || grow(&area)));
    view! {
        <textarea node_ref=node id=spot::id(path) class="long" rows=lines.to_string() aria-describedby=described_by
            autocomplete="off" {..entry::uncorrected()} spellcheck="false"
            prop:readOnly=live::read_only()
            prop:value=live::text(move || desk.text(&shown))
            on:input:target=move |event| {
                let area = event.target();
                desk.type_in(&typed, area.value());
                grow(&area);
            }
            on:keydown=move |event| if lines == 1 && event.key() == "Enter" && !event.is_composing() { event.prevent_default() }
            on:focusout=live::leaving(path)></textarea>
    }
    .into_any()
}

/// Adds lines until the text fits; `rows` instead of a height, because the page allows no inline style.
fn grow(area: &HtmlTextAreaElement) {
    while area.scroll_height() > area.client_height() && area.rows() < MOST_LINES {
        area.set_rows(area.rows() + 1);
    }
}
