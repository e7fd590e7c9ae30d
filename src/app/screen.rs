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
    session::{Role, Session},
    text::desk as words,
};

/// The bar on top of every page of an open vault: back to the list, and where one is.
#[component]
pub fn Bar(#[prop(into)] title: String) -> impl IntoView {
    let mentor = use_context::<Session>().is_some_and(|session| session.role.get_untracked() == Role::Mentor);
    view! {
        <header class="bar">
            <a class="btn btn--quiet" href=href(&Route::Home)>{if mentor { words::KIND_NOTE } else { words::HOME }}</a>
            <span class="bar__title">{title}</span>
        </header>
    }
}
