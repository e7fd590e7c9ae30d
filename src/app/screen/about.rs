//! What this is, which release runs, what it promises and what it does not.

use leptos::prelude::*;

use super::bar;
use crate::{
    el::{View, el, main, pieces},
    text::{desk as words, gate},
};

/// The page "Giới thiệu".
pub fn about() -> View {
    let release = document()
        .query_selector("meta[name=release]")
        .ok()
        .flatten()
        .and_then(|meta| meta.get_attribute("content"))
        .unwrap_or_default();
    pieces![
        bar(words::ABOUT_TITLE),
        main("page stack")
            .child(el("h1").child(words::ABOUT_TITLE))
            .child(el("p").class("lead").child(gate::START_LEAD))
            .child(
                words::PROMISES
                    .into_iter()
                    .map(|promise| el("p").child(promise))
                    .collect::<Vec<_>>(),
            )
            .child(el("p").class("hint").child(words::ABOUT_SAME_HOST))
            .child(
                el("p")
                    .class("hint")
                    .child(words::ABOUT_RELEASE)
                    .child(" ")
                    .child(el("code").child(release)),
            )
    ]
}
