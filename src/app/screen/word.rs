//! What the branch says of the version that was handed in last, and what to do now.
//!
//! Invariant: a word is shown only for the version that it is about, in the words of `sync::label`. Not here: remarks (`heard`).

use sync::{body::Word, id::RecordId, label, label::Sending};

use crate::{
    el::{View, button, el, pieces},
    live, program,
    route::{Route, go},
    session::session,
    text::desk as words,
};

/// The word with its day, a way to write again when the papers were handed back, and a way to read more.
pub fn word(record: RecordId) -> View {
    let session = session();
    let spoken = live::live_if(move || {
        let draft = session.draft(record)?;
        let (word, server_time) = session
            .line
            .with(|line| label::word_about(&draft, line.word.as_ref()))?;
        let spoken = Sending::Spoken { word, server_time }.to_string();
        let back = word == Word::HandedBack;
        let closed = back && session.is_handed_in(record);
        let open = move |_| {
            session.reopen(record);
            go(&Route::Review);
        };
        Some(
            el("div")
                .class("notice")
                .child(el("p").child(el("b").child(spoken)))
                .child(back.then(|| el("p").child(words::BACK)))
                .child(closed.then(|| button("btn btn--primary").on("click", open).child(words::REOPEN))),
        )
    });
    let more = live::live_if(move || {
        let waits = program::more().is_none() && session.line.with(|line| line.unread);
        waits.then(|| {
            el("div")
                .class("notice")
                .child(el("p").child(words::MORE_TO_READ))
                .child(program::open_button())
        })
    });
    pieces![spoken, more]
}
