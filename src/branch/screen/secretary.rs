//! What a secretary sees today: whether the branch has confirmed the phone, and how hand-ins are opened.

use app::{
    el::{Piece, View, el, main},
    route::Route,
    screen::{enrol::connection, quiet_link},
    text::{book, desk as words},
};

/// The first page of a secretary's vault.
pub fn secretary() -> View {
    main("page stack")
        .child(el("h1").child(words::SECRETARY_TITLE))
        .child(el("p").child(words::SECRETARY_LEAD))
        .child(connection())
        .child(quiet_link(&Route::Settings, words::DATA))
        .child(quiet_link(&Route::RuleBook, book::TITLE))
        .child(quiet_link(&Route::About, words::ABOUT))
        .piece()
}
