//! Which page a fragment means, and the first page of each role.

use app::{
    el::View,
    route::Route,
    screen::home,
    session::{Role, Session},
};
use sync::id::RecordId;

use crate::screen::{note, secretary::secretary};

const NOTE: &str = "nhan-xet/";

/// The page of a note.
pub fn note_page(record: RecordId) -> Route {
    Route::Other(format!("{NOTE}{record}"))
}

/// The first page of a mentor's or a secretary's vault.
pub fn home(role: Role) -> View {
    match role {
        Role::Secretary => secretary(),
        _ => note::list(),
    }
}

/// The page behind a fragment; what is not known leads home.
pub fn page(fragment: String) -> View {
    match fragment.strip_prefix(NOTE) {
        Some(record) => note::note_screen(record.to_owned()),
        None => home::home(),
    }
}

/// New rows are stored, or a session began.
pub fn arrived(_: Session) {}
