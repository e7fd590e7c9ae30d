//! The first visit: what this is, what it promises, one button.

use leptos::prelude::*;

use super::choose::link_waiting;
use crate::{
    app::{Gate, root},
    live, session,
    text::gate as words,
};

/// Nobody has a vault on this phone yet.
#[component]
pub fn Start() -> impl IntoView {
    let root = root();
    view! {
        <main id="main" class="page stack" tabindex="-1">
            <h1>{words::NAME}</h1>
            <p class="lead">{words::START_LEAD}</p>
            {link_waiting(root)}
            <ul class="ticks">
                {words::START_POINTS.into_iter().map(|point| view! { <li>{point}</li> }).collect_view()}
            </ul>
            <button class="btn btn--primary" on:click=live::on(move |_| root.gate.set(Gate::New))>{words::START_BUTTON}</button>
            <div class="stack stack--tight">
                <button class="btn btn--quiet" on:click=live::on(move |_| session::try_out(root))>{words::TRY_BUTTON}</button>
                <p class="hint">{words::TRY_HINT}</p>
            </div>
        </main>
    }
}
