//! The list of sections with what is done, what is open and what wants another look; for a mentor, the list of notes.

use leptos::prelude::*;
use rules::progress::{self, State};

use super::{note::Notes, secretary::Secretary};
use crate::{
    desk::Desk,
    live,
    route::{Route, href},
    session::{Role, session},
    text::desk as words,
};

/// The first page of an open vault.
#[component]
pub fn Home() -> impl IntoView {
    let session = session();
    live::live(move || match session.role.get() {
        Role::Mentor => view! { <Notes /> }.into_any(),
        Role::Secretary => view! { <Secretary /> }.into_any(),
        Role::Candidate => match session.work() {
            Some(work) => view! { <Sections desk=work.desk /> }.into_any(),
            None => ().into_any(),
        },
    })
}

#[component]
fn Sections(desk: Desk) -> impl IntoView {
    let session = session();
    let findings = move || desk.findings();
    let rows = move || {
        let findings = findings();
        desk.conditions().track();
        desk.with(|record| {
            desk.form()
                .sections
                .iter()
                .map(|section| (section, progress::of_section(record, desk.form(), section, &findings)))
                .collect::<Vec<_>>()
        })
    };
    let next = move || {
        rows()
            .into_iter()
            .find(|(_, state)| matches!(state.state, State::Empty | State::Open))
            .map(|(section, state)| (section.slug, state.state))
    };
    let begun = move || rows().iter().any(|(_, state)| state.filled > 0);
    view! {
        <main id="main" class="page stack" tabindex="-1">
            <h1>{words::HOME_TITLE}</h1>
            <p class="lead">{words::HOME_LEAD}</p>
            {live::live_if(move || desk.read_only().get().then(|| view! { <p class="notice">{words::HANDED_IN}" "<a href=href(&Route::HandIn)>{words::HAND_IN}</a></p> }.into_any()))}
            {live::live_if(move || next().map(|(slug, _)| view! {
                <a class="btn btn--primary" href=href(&Route::Section(slug.into(), None))>{if begun() { words::CONTINUE } else { words::BEGIN }}</a>
            }.into_any()))}
            <h2>{words::SECTIONS}</h2>
            <ol class="list list--sections">
                {live::live(move || rows().into_iter().map(|(section, state)| {
                    let (class, text) = if state.asked == 0 && state.filled == 0 && state.state == State::Done { ("chip", words::STATE_IF_ANY) } else { chip(state.state) };
                    view! {
                        <li>
                            <a class="section-link" href=href(&Route::Section(section.slug.into(), None))>
                                <span class="section-link__title">{section.title}</span>
                                <span class="section-link__state">
                                    <span class=class>{text}</span>
                                    {(state.asked > 0).then(|| view! { <span class="hint">{words::filled(state.filled, state.asked)}</span> })}
                                </span>
                            </a>
                        </li>
                    }
                }).collect_view().into_any())}
            </ol>
            <nav class="stack stack--tight" aria-label=words::DATA>
                <a class="btn btn--wide" href=href(&Route::Review)>{words::REVIEW}{live::text(move || if begun() { format!(": {}", words::to_look_at(findings().len())) } else { String::new() })}</a>
                <a class="btn btn--wide" href=href(&Route::HandIn)>{words::HAND_IN}</a>
                {live::live_if(move || session.identity.with(Option::is_none).then(|| view! {
                    <div class="card stack stack--tight">
                        <p><strong>{words::ONLY_HERE}</strong></p>
                        <p class="hint">{words::ONLY_HERE_MORE}</p>
                        <a class="btn" href=href(&Route::Enrol)>{words::CONNECT}</a>
                    </div>
                }.into_any()))}
                <a class="btn btn--quiet" href=href(&Route::Settings)>{words::DATA}</a>
                <a class="btn btn--quiet" href=href(&Route::About)>{words::ABOUT}</a>
            </nav>
        </main>
    }
}

fn chip(state: State) -> (&'static str, &'static str) {
    match state {
        State::Empty => ("chip", words::STATE_EMPTY),
        State::Open => ("chip chip--open", words::STATE_OPEN),
        State::Look => ("chip chip--look", words::STATE_LOOK),
        State::Done => ("chip chip--done", words::STATE_DONE),
        State::Locked => ("chip", words::STATE_LOCKED),
    }
}
