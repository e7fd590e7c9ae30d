//! What a secretary sees today: whether the branch has confirmed the phone, and how hand-ins are opened.

use leptos::prelude::*;

use super::enrol::Connection;
use crate::{
    route::{Route, href},
    text::desk as words,
};

/// The first page of a secretary's vault.
#[component]
pub fn Secretary() -> impl IntoView {
    view! {
        <main id="main" class="page stack" tabindex="-1">
            <h1>{words::SECRETARY_TITLE}</h1>
            <p>{words::SECRETARY_LEAD}</p>
            <Connection />
            <a class="btn btn--quiet" href=href(&Route::Settings)>{words::DATA}</a>
            <a class="btn btn--quiet" href=href(&Route::About)>{words::ABOUT}</a>
        </main>
    }
}
