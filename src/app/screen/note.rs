//! The mentor's notes: the list, and one note. A sent note is only for reading; a correction is a new note that names the old one.

use leptos::{prelude::*, task::spawn_local};
use sync::{draft::Draft, id::RecordId};

use super::{bar, enrol::connection, hand_in::sent, note_form::note_form, quiet_link};
use crate::{
    el::{Piece, View, button, el, link, main, pieces},
    held::Held,
    live,
    route::{Route, go, href},
    session::{NOTE, Work, session},
    text::{book, desk as words},
};

/// The list, first page of a mentor's vault.
pub fn notes() -> View {
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
    main("page stack")
        .child(el("h1").child(words::NOTES_TITLE))
        .child(el("p").class("lead").child(words::NOTES_LEAD))
        .child(button("btn btn--primary").on("click", new).child(words::NOTE_NEW))
        .child(live::live_if(move || {
            notes()
                .is_empty()
                .then(|| el("p").class("hint").child(words::NONE_YET).piece())
        }))
        .child(el("ul").class("list list--sections").child(live::live(move || {
            notes()
                .into_iter()
                .map(|draft| untrack(move || line(draft)))
                .collect::<Vec<_>>()
                .piece()
        })))
        .child(connection())
        .child(sent())
        .child(quiet_link(&Route::Settings, words::DATA))
        .child(quiet_link(&Route::RuleBook, book::TITLE))
        .child(quiet_link(&Route::About, words::ABOUT))
        .piece()
}

fn line(draft: Draft) -> View {
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
    el("li")
        .child(
            link("section-link", href(&Route::Note(record.to_string())))
                .child(
                    el("span")
                        .class("section-link__title")
                        .child(who)
                        .child(", ")
                        .child(day),
                )
                .child(
                    el("span").class("section-link__state").child(
                        el("span")
                            .class("chip")
                            .child(live::text(move || session.note_state(record))),
                    ),
                ),
        )
        .piece()
}

/// One note.
pub fn note_screen(record: String) -> View {
    let session = session();
    match record.parse::<RecordId>() {
        Ok(record) => session.lay_note(record),
        Err(_) => go(&Route::Home),
    }
    pieces![
        bar(words::KIND_NOTE),
        main("page stack").child(live::live_if(move || {
            session.work().map(|work| untrack(move || note(work)))
        }))
    ]
}

fn note(work: Work) -> View {
    let session = session();
    let record = work.record_id;
    let desk = work.desk;
    provide_context(desk);
    let complaint = Held::new(String::new());
    let sure = Held::new(false);
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
    pieces![
        corrects.then(|| el("p").class("notice").child(words::NOTE_CORRECTS)),
        live::live_if(move || {
            session
                .is_handed_in(record)
                .then(|| el("p").class("notice").child(words::NOTE_SENT_READ_ONLY).piece())
        }),
        note_form(),
        el("p")
            .class("message")
            .attr("role", "alert")
            .child(live::value(complaint)),
        live::live(move || {
            if session.is_handed_in(record) {
                button("btn").on("click", correct).child(words::NOTE_CORRECT).piece()
            } else {
                el("div")
                    .class("row")
                    .child(button("btn btn--primary").on("click", send).child(words::NOTE_SEND))
                    .child(button("btn btn--danger").on("click", remove).child(live::either(
                        sure,
                        words::NOTE_REMOVE_ASK,
                        words::NOTE_REMOVE,
                    )))
                    .piece()
            }
        })
    ]
}
