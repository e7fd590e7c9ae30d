//! What this is, which release runs, what it promises and what it does not.

use leptos::prelude::*;

use super::Bar;
use crate::text::{desk as words, gate};

/// The page "Giới thiệu".
#[component]
pub fn About() -> impl IntoView {
    let release = document()
        .query_selector("meta[name=release]")
        .ok()
        .flatten()
        .and_then(|meta| meta.get_attribute("content"))
        .unwrap_or_default();
    view! {
        <Bar title=words::ABOUT_TITLE />
        <main id="main" class="page stack" tabindex="-1">
            <h1>{words::ABOUT_TITLE}</h1>
            <p class="lead">{gate::START_LEAD}</p>
            {words::PROMISES.into_iter().map(|promise| view! { <p>{promise}</p> }).collect_view()}
            <p class="hint">{words::ABOUT_SAME_HOST}</p>
            <p class="hint">{words::ABOUT_RELEASE}" "<code>{release}</code></p>
        </main>
    }
}
