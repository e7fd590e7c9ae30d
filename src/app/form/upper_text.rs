//! A line in capitals. The text is never changed while one types: a button offers the capitals.

use leptos::prelude::*;
use rules::{form::Field, text::upper};

use super::{entry, entry::Look, frame, live, spot};
use crate::{
    desk::desk,
    el::{Piece, View, button, el},
    text::form as words,
};

/// The control of a field in capitals. The button is there as soon as it would change something, so that Tab finds it.
pub fn view(field: &'static Field, path: String) -> View {
    let desk = desk();
    let input = entry::whole(
        path.clone(),
        frame::described_by(field, &path),
        Look {
            numeric: false,
            class: "upper",
        },
    );
    let typed = Trigger::new();
    let offer = live::live_if(move || {
        typed.track();
        let text = desk.text(&path);
        let capitals = upper(&text);
        let path = path.clone();
        (capitals != text && !desk.read_only().get()).then(|| {
            button("btn after")
                .on("click", move |_| {
                    desk.put(&path, capitals.clone());
                    spot::focus(spot::id(&path));
                })
                .child(words::TO_CAPITALS)
                .piece()
        })
    });
    el("div")
        .on("input", move |_| typed.notify())
        .child(input)
        .child(offer)
        .piece()
}
