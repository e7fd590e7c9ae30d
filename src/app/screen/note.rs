//! The mentor's notes: the list, and one note. A sent note is only for reading; a correction is a new note that names the old one.

use leptos::{prelude::*, task::spawn_local};
use sync::{draft::Draft, id::RecordId};

use super::{Bar, enrol::Connection, hand_in::Sent, note_form::NoteForm};
use crate::{
    live,
    route::{Route, go, href},
    session::{NOTE, Work, session},
    text::desk as words,
};

/// The list, first page of a mentor's vault.
#[component]
pub fn Notes() -> impl IntoView {
    let session = session();
    session.put_down_note();
    let notes = move || {
        session.drafts.with(|drafts| {
            drafts
                .iter()
                .filter(|draft| draft.form == NOTE)
                .rev()
                .cloned()
                .collect::<Vec<_>>()
        })
    };
    let new = move |_| go(&Route::Note(session.new_note(None).to_string()));
    view! {
        <main id="main" class="page stack" tabindex="-1">
            <h1>{words::NOTES_TITLE}</h1>
            <p class="lead">{words::NOTES_LEAD}</p>
            <button class="btn btn--primary" on:click=live::on(new)>{words::NOTE_NEW}</button>
            {live::live_if(move || notes().is_empty().then(|| view! { <p class="hint">{words::NONE_YET}</p> }.into_any()))}
            <ul class="list list--sections">
                {live::live(move || notes().into_iter().map(|draft| view! { <Line draft /> }).collect_view().into_any())}
            </ul>
            <Connection />
            <Sent />
            <a class="btn btn--quiet" href=href(&Route::Settings)>{words::DATA}</a>
            <a class="btn btn--quiet" href=href(&Route::About)>{words::ABOUT}</a>
        </main>
    }
}

#[component]
fn Line(draft: Draft) -> impl IntoView {
    let session = session();
    let text = |path: &str, blank: &str| {
        draft
            .fields
            .get(path)
            .filter(|text| !text.trim().is_empty())
            .cloned()
            .unwrap_or_else(|| blank.to_owned())
    };
    let who = text("candidate", words::NOTE_NAMELESS);
    let day = text("date", words::NOTE_UNDATED);
    let record = draft.record_id;
    view! {
        <li>
            <a class="section-link" href=href(&Route::Note(record.to_string()))>
                <span class="section-link__title">{who}", "{day}</span>
                <span class="section-link__state"><span class="chip">{live::text(move || session.note_state(record))}</span></span>
            </a>
        </li>
    }
}

/// One note.
#[component]
pub fn NoteScreen(record: String) -> impl IntoView {
    let session = session();
    match record.parse::<RecordId>() {
        Ok(record) => session.lay_note(record),
        Err(_) => go(&Route::Home),
    }
    view! {
        <Bar title=words::KIND_NOTE />
        <main id="main" class="page stack" tabindex="-1">
            {live::live_if(move || session.work().map(|work| view! { <Note work /> }.into_any()))}
        </main>
    }
}

#[component]
fn Note(work: Work) -> impl IntoView {
    let session = session();
    let record = work.record_id;
    let desk = work.desk;
    provide_context(desk);
    let complaint = RwSignal::new(String::new());
    let sure = RwSignal::new(false);
    let corrects = session.draft(record).is_some_and(|draft| draft.corrects.is_some());
    let send = move |_| {
        spawn_local(async move {
            complaint.set(session.send_note(record).await.err().unwrap_or_default());
        });
    };
    let remove = move |_| {
        if !sure.get_untracked() {
            return sure.set(true);
        }
        spawn_local(async move {
            match session.drop_note(record).await {
                Ok(()) => go(&Route::Home),
                Err(words) => complaint.set(words),
            }
        });
    };
    let correct = move |_| go(&Route::Note(session.new_note(Some(record)).to_string()));
    view! {
        {corrects.then(|| view! { <p class="notice">{words::NOTE_CORRECTS}</p> })}
        {work.elsewhere.then(|| view! { <p class="notice notice--warn">{words::OTHER_TAB}</p> })}
        {live::live_if(move || session.is_handed_in(record).then(|| view! { <p class="notice">{words::NOTE_SENT_READ_ONLY}</p> }.into_any()))}
        <NoteForm />
        <p class="message" role="alert">{live::value(complaint)}</p>
        {live::live(move || if session.is_handed_in(record) {
            view! { <button class="btn" on:click=live::on(correct)>{words::NOTE_CORRECT}</button> }.into_any()
        } else {
            view! {
                <div class="row">
                    <button class="btn btn--primary" on:click=live::on(send)>{words::NOTE_SEND}</button>
                    <button class="btn btn--danger" on:click=live::on(remove)>{live::either(sure, words::NOTE_REMOVE_ASK, words::NOTE_REMOVE)}</button>
                </div>
            }.into_any()
        })}
    }
}
