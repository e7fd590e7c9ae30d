//! One file a page.

pub mod about;
pub mod choose;
pub mod enrol;
pub mod hand_in;
pub mod home;
pub mod loss;
pub mod new_vault;
pub mod note;
pub mod note_form;
pub mod phrase;
pub mod review;
pub mod secretary;
pub mod section;
pub mod settings;
pub mod start;

use leptos::prelude::*;

use crate::{
    route::{Route, href},
    text::desk as words,
};

/// The bar on top of every page of an open vault: back to the list, and where one is.
#[component]
pub fn Bar(#[prop(into)] title: String) -> impl IntoView {
    view! {
        <header class="bar">
            <a class="btn btn--quiet" href=href(&Route::Home)>{words::HOME}</a>
            <span class="bar__title">{title}</span>
        </header>
    }
}
