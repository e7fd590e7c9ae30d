//! One file a page.

pub mod about;
pub mod carried;
pub mod choose;
pub mod enrol;
pub mod hand_in;
pub mod heard;
pub mod home;
pub mod loss;
pub mod new_vault;
pub mod paper;
pub mod phrase;
pub mod review;
pub mod rulebook;
pub mod section;
pub mod settings;
pub mod start;
pub mod take_back;
pub mod word;

use leptos::prelude::*;

use crate::{
    el::{El, Piece, View, el, link},
    route::{Route, href},
    session::{Role, Session},
    text::desk as words,
};

/// The bar on top of every page of an open vault: back to the list, and where one is.
pub fn bar(title: impl Piece) -> View {
    let follows = use_context::<Session>().is_some_and(|session| session.role.get_untracked() != Role::Candidate);
    el("header")
        .class("bar")
        .child(link("btn btn--quiet", href(&Route::Home)).child(if follows { words::PEOPLE } else { words::HOME }))
        .child(el("span").class("bar__title").child(title))
        .piece()
}

/// A way to a page that matters less.
pub fn quiet_link(to: &Route, label: &'static str) -> El {
    link("btn btn--quiet", href(to)).child(label)
}
