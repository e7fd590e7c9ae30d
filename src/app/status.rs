//! The line under every page: what is stored and what was received, and "Khoá ngay" in the thumb's reach.

use crate::{
    app::root,
    backup,
    el::{Piece, View, button, el},
    live, lock,
    route::{Route, href},
    save_file,
    session::session,
    text::desk as words,
};

/// The line at the bottom.
pub fn status_bar() -> View {
    let session = session();
    let root = root();
    let failed = move || session.work().and_then(|work| work.saved.get().failed);
    let text = move || {
        if session.is_trial() {
            return words::TRYING.to_owned();
        }
        // A page without a record claims nothing.
        session
            .label()
            .map_or_else(|| words::DATA.to_owned(), |label| label.words())
    };
    el("footer")
        .class("status")
        .child(live::live_if(move || {
            failed().map(|fault| {
                el("p")
                    .class("notice notice--warn")
                    .attr("role", "alert")
                    .child(fault.words())
                    .child(" ")
                    .child(
                        button("btn")
                            .on("click", move |_| session.save_again())
                            .child(words::RETRY_SAVE),
                    )
                    .child(" ")
                    .child(
                        button("btn btn--quiet")
                            .on("click", move |_| save_file::readable(session))
                            .child(words::EXPORT),
                    )
                    .child(" ")
                    .child(backup::save_button(session))
                    .piece()
            })
        }))
        .child(
            el("p")
                .class("status__text")
                .attr("role", "status")
                .attr("data-status", "")
                .child(el("a").attr("href", href(&Route::Settings)).child(live::text(text))),
        )
        .child(
            button("btn btn--quiet")
                .on("click", move |_| lock::lock(root))
                .child(words::LOCK),
        )
        .piece()
}
