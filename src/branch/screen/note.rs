//! The mentor's notes: the list, and one note. A sent note is only for reading; a correction is a new note that names the old one.

use app::{
    el::{Piece, View, button, el, link, main, pieces},
    held::Held,
    live,
    route::{Route, go, href},
    screen::bar,
    session::{Work, session},
    text::desk,
};
use leptos::{prelude::*, task::spawn_local};
use sync::{draft::Draft, id::RecordId};

use super::note_form::note_form;
use crate::{
    notes::{self, NOTE},
    pages::note_page,
    text::note as words,
};

/// The mentor's own notes, the newest first, and the way to a new one.
pub fn own() -> View {
    let session = session();
    let written = move || {
        session.drafts.with(|drafts| {
            drafts
                .iter()
                .filter(|draft| draft.form == NOTE)
                .rev()
                .cloned()
                .collect::<Vec<_>>()
        })
    };
    let new = move |_| go(&note_page(notes::new(session, None)));
    el("section")
        .class("stack")
        .child(el("h2").child(words::LIST_TITLE))
        .child(el("p").child(words::LIST_LEAD))
        .child(button("btn").on("click", new).child(words::NEW))
        .child(live::live_if(move || {
            written()
                .is_empty()
                .then(|| el("p").class("hint").child(desk::NONE_YET).piece())
        }))
        .child(el("ul").class("list list--sections").child(live::live(move || {
            written()
                .into_iter()
                .map(|draft| untrack(move || line(draft)))
                .collect::<Vec<_>>()
                .piece()
        })))
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
    let who = text("candidate", words::NAMELESS);
    let day = text("date", words::UNDATED);
    let record = draft.record_id;
    el("li")
        .child(
            link("section-link", href(&note_page(record)))
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
                            .child(live::text(move || notes::state(session, record))),
                    ),
                ),
        )
        .piece()
}

/// One note.
pub fn note_screen(record: String) -> View {
    let session = session();
    match record.parse::<RecordId>() {
        Ok(record) => notes::lay(session, record),
        Err(_) => go(&Route::Home),
    }
    pieces![
        bar(desk::KIND_NOTE),
        main("page stack").child(live::live_if(move || {
            session.work().map(|work| untrack(move || note(work)))
        }))
    ]
}

fn note(work: Work) -> View {
    let session = session();
    let record = work.record_id;
    provide_context(work.desk);
    let complaint = Held::new(String::new());
    let sure = Held::new(false);
    let corrects = session.draft(record).is_some_and(|draft| draft.corrects.is_some());
    let send = move |_| {
        spawn_local(async move {
            complaint.set(notes::send(session, record).await.err().unwrap_or_default());
        });
    };
    let remove = move |_| {
        if !sure.get_untracked() {
            return sure.set(true);
        }
        spawn_local(async move {
            match notes::remove(session, record).await {
                Ok(()) => go(&Route::Home),
                Err(words) => complaint.set(words),
            }
        });
    };
    let correct = move |_| go(&note_page(notes::new(session, Some(record))));
    pieces![
        corrects.then(|| el("p").class("notice").child(words::CORRECTS)),
        live::live_if(move || {
            session
                .is_handed_in(record)
                .then(|| el("p").class("notice").child(words::SENT_READ_ONLY).piece())
        }),
        note_form(),
        el("p")
            .class("message")
            .attr("role", "alert")
            .child(live::value(complaint)),
        live::live(move || {
            if session.is_handed_in(record) {
                button("btn").on("click", correct).child(words::CORRECT).piece()
            } else {
                el("div")
                    .class("row")
                    .child(button("btn btn--primary").on("click", send).child(words::SEND))
                    .child(button("btn btn--danger").on("click", remove).child(live::either(
                        sure,
                        words::REMOVE_ASK,
                        words::REMOVE,
                    )))
                    .piece()
            }
        })
    ]
}
