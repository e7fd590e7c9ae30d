//! What is not typed: a sentence to be copied exactly, what Party bodies write, what exists on paper only.

use rules::form::{Field, Kind};

use super::live;
use crate::{
    desk::desk,
    el::{Piece, View, button, el, pieces},
    text::form as words,
};

/// A part that the app never fills, or the sentence to be copied with a button that puts it into the record.
pub fn view(field: &'static Field, path: String) -> View {
    match field.kind {
        Kind::FixedText => sentence(field, path),
        Kind::Locked => el("p").class("locked").child(words::LOCKED).piece(),
        _ => View::none(),
    }
}

fn sentence(field: &'static Field, path: String) -> View {
    let desk = desk();
    let state = live::live(move || {
        let held = desk.text(&path);
        if held == field.fixed {
            return el("p").class("chip chip--done").child(words::SENTENCE_COPIED).piece();
        }
        let (differs, path) = (!held.is_empty(), path.clone());
        let label = if differs {
            words::SENTENCE_REPLACE
        } else {
            words::COPY_SENTENCE
        };
        pieces![
            differs.then(|| {
                el("p")
                    .child(words::SENTENCE_DIFFERS)
                    .child(" ")
                    .child(el("q").child(held))
            }),
            button("btn btn--primary")
                .is("disabled", live::read_only())
                .on("click", move |_| desk.put(&path, field.fixed.to_owned()))
                .child(label)
        ]
    });
    pieces![
        el("blockquote").class("fixed").child(field.fixed),
        el("div").class("after").attr("role", "status").child(state)
    ]
}
