//! The one text input of the form.
//!
//! Invariant: what an input method writes is never rewritten on `input`; the text goes to the desk as it stands, and letters are
//! composed (NFC) only when the place is left. Nothing of the browser or the keyboard completes, corrects or remembers it.

use super::{live, spot};
use crate::{
    desk::desk,
    el::{Piece, View, el, input_box},
};

/// What differs from one text input to the next.
#[derive(Clone, Copy, Default)]
pub struct Look {
    /// A keyboard of digits.
    pub numeric: bool,
    /// An additional class.
    pub class: &'static str,
}

/// An input of one line for a record path.
pub fn entry(path: &str, id: String, described_by: String, look: Look) -> View {
    let desk = desk();
    let [shown, typed] = [path, path].map(str::to_owned);
    input_box("text")
        .class(look.class)
        .id(id)
        .attr("aria-describedby", described_by)
        .attr("inputmode", look.numeric.then_some("numeric"))
        .uncorrected()
        .is("readOnly", live::read_only())
        .value(live::text(move || desk.text(&shown)))
        .on_text("input", move |text| desk.type_in(&typed, text))
        .on_still("focusout", live::leaving(path))
        .piece()
}

/// A labelled input for a part of a field: a part of a place, a line of a list.
pub fn part(label: String, path: &str, id: String, described_by: String, look: Look) -> View {
    el("div")
        .class("part")
        .child(el("label").class("part__label").attr("for", id.clone()).child(label))
        .child(entry(path, id, described_by, look))
        .piece()
}

/// The control of a whole field that is one line.
pub fn whole(path: String, described_by: String, look: Look) -> View {
    entry(&path, spot::id(&path), described_by, look)
}
