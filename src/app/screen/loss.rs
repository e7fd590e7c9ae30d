//! Something that was stored is no longer there: said plainly, by counts and dates, before any form is shown.

use leptos::prelude::*;

use crate::{
    live,
    session::session,
    text::{desk, gate as words},
};

/// Shown until the person has read it.
#[component]
pub fn LossScreen() -> impl IntoView {
    let session = session();
    view! {
        <main id="main" class="page stack" tabindex="-1">
            <h1>{words::LOSS_TITLE}</h1>
            <ul class="list">
                {session.losses().into_iter().map(|loss| view! { <li class="notice notice--warn">{loss}</li> }).collect_view()}
            </ul>
            <p>{desk::CLEARING}</p>
            <button class="btn btn--primary" on:click=live::on(move |_| session.losses_read())>{words::GO_ON}</button>
        </main>
    }
}
