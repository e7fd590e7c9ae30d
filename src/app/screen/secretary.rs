//! What a secretary sees today: whether the branch has confirmed the phone, and how hand-ins are opened.

use super::enrol::connection;
use crate::{
    el::{Piece, View, el},
    route::{Route, href},
    text::desk as words,
};

/// The first page of a secretary's vault.
pub fn secretary() -> View {
    el("main")
        .id("main")
        .class("page stack")
        .attr("tabindex", "-1")
        .child(el("h1").child(words::SECRETARY_TITLE))
        .child(el("p").child(words::SECRETARY_LEAD))
        .child(connection())
        .child(
            el("a")
                .class("btn btn--quiet")
                .attr("href", href(&Route::Settings))
                .child(words::DATA),
        )
        .child(
            el("a")
                .class("btn btn--quiet")
                .attr("href", href(&Route::About))
                .child(words::ABOUT),
        )
        .piece()
}
