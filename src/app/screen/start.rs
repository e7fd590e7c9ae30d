//! The first visit: what this is, what it promises, one button.

use super::choose::link_waiting;
use crate::{
    app::{Gate, root},
    backup,
    el::{Piece, View, button, el, main},
    session,
    text::gate as words,
};

/// Nobody has a vault on this phone yet.
pub fn start() -> View {
    let root = root();
    main("page stack")
        .child(el("h1").child(words::NAME))
        .child(el("p").class("lead").child(words::START_LEAD))
        .child(link_waiting(root))
        .child(
            el("ul").class("ticks").child(
                words::START_POINTS
                    .into_iter()
                    .map(|point| el("li").child(point))
                    .collect::<Vec<_>>(),
            ),
        )
        .child(
            button("btn btn--primary")
                .on("click", move |_| root.gate.set(Gate::New))
                .child(words::START_BUTTON),
        )
        .child(
            el("div")
                .class("stack stack--tight")
                .child(
                    button("btn btn--quiet")
                        .on("click", move |_| session::try_out(root))
                        .child(words::TRY_BUTTON),
                )
                .child(el("p").class("hint").child(words::TRY_HINT)),
        )
        .child(backup::open_file())
        .piece()
}
