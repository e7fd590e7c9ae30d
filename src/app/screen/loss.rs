//! Something that was stored is no longer there: said plainly, by counts and dates, before any form is shown.

use crate::{
    backup,
    el::{Piece, View, button, el, main},
    session::session,
    text::{desk, gate as words},
};

/// Shown until the person has read it.
pub fn loss_screen() -> View {
    let session = session();
    main("page stack")
        .child(el("h1").child(words::LOSS_TITLE))
        .child(
            el("ul").class("list").child(
                session
                    .losses()
                    .into_iter()
                    .map(|loss| el("li").class("notice notice--warn").child(loss))
                    .collect::<Vec<_>>(),
            ),
        )
        .child(el("p").child(desk::CLEARING))
        .child(backup::open_file())
        .child(
            button("btn btn--primary")
                .on("click", move |_| session.losses_read())
                .child(words::GO_ON),
        )
        .piece()
}
