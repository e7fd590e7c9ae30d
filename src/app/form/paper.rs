//! What is not typed: a sentence to be copied exactly, what Party bodies write, what exists on paper only.

use leptos::prelude::*;
use rules::form::{Field, Kind};

use super::live;
use crate::{desk::desk, text::form as words};

/// A part that the app never fills, or the sentence to be copied with a button that puts it into the record.
pub fn view(field: &'static Field, path: String) -> AnyView {
    match field.kind {
        Kind::FixedText => sentence(field, path),
        Kind::Locked => view! { <p class="locked">{words::LOCKED}</p> }.into_any(),
        _ => ().into_any(),
    }
}

fn sentence(field: &'static Field, path: String) -> AnyView {
    let desk = desk();
    let state = live::live(move || {
        let held = desk.text(&path);
        if held == field.fixed {
            return view! { <p class="chip chip--done">{words::SENTENCE_COPIED}</p> }.into_any();
        }
        let (differs, path) = (!held.is_empty(), path.clone());
        let button = if differs {
            words::SENTENCE_REPLACE
        } else {
            words::COPY_SENTENCE
        };
        view! {
            {differs.then(|| view! { <p>{words::SENTENCE_DIFFERS}" "<q>{held}</q></p> })}
            <button type="button" class="btn btn--primary" prop:disabled=live::read_only()
                on:click=live::on(move |_| desk.put(&path, field.fixed.to_owned()))>{button}</button>
        }
        .into_any()
    });
    view! { <blockquote class="fixed">{field.fixed}</blockquote> <div class="after" role="status">{state}</div> }
        .into_any()
}
