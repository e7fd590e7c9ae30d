//! Which page a fragment means, and the first page of each role.

use app::{
    el::View,
    route::Route,
    screen::home,
    session::{Role, Session, versions},
};
use sync::{draft::Draft, id::RecordId};

use crate::{
    cases, known, notes, parcels, rotation,
    screen::{
        accesses, bulk, case, courier, draft, invite, keys, library, members, note, people, person, report, retention,
        review, special,
    },
};

/// A page of this program by its fragment.
pub fn other(fragment: impl Into<String>) -> Route {
    Route::Other(fragment.into())
}

/// The page of a note.
pub fn note_page(record: RecordId) -> Route {
    other(format!("nhan-xet/{record}"))
}

/// The page of a person.
pub fn person_page(key: &str) -> Route {
    other(format!("nguoi/{key}"))
}

/// The page of a person's case, or of one of its sections.
pub fn case_page(key: &str, section: Option<&str>) -> Route {
    other(match section {
        Some(section) => format!("so/{key}/{section}"),
        None => format!("so/{key}"),
    })
}

/// The page of a hand-in.
pub fn review_page(key: &str, op: &str) -> Route {
    other(format!("nguoi/{key}/{op}"))
}

/// The first page of a mentor's or a secretary's vault.
pub fn home(_: Role) -> View {
    people::people()
}

/// The page behind a fragment; what is not known leads home.
pub fn page(fragment: String) -> View {
    let mut parts = fragment.splitn(3, '/').map(str::to_owned);
    match (parts.next().as_deref(), parts.next(), parts.next()) {
        (Some("nhan-xet"), Some(record), None) => note::note_screen(record),
        (Some("nguoi"), Some(key), None) => person::person_screen(key),
        (Some("nguoi"), Some(key), Some(op)) => review::review_screen(key, op),
        (Some("so"), Some(key), section) => match key.parse::<RecordId>() {
            Ok(record) => case::case_screen(record, section, "so", person_page(&key)),
            Err(_) => home::home(),
        },
        (Some("dang-vien"), None, _) => members::members(),
        (Some("dang-vien"), Some(key), _) => match key.parse::<RecordId>() {
            Ok(record) => case::case_screen(record, None, "dang-vien", other("dang-vien")),
            Err(_) => home::home(),
        },
        (Some("quy-uoc"), Some(key), section) => match key.parse::<RecordId>() {
            Ok(record) => case::case_screen(record, section, "quy-uoc", other("thu-vien")),
            Err(_) => home::home(),
        },
        (Some("soan-3"), Some(key), _) => draft::draft_screen(key, false),
        (Some("soan-11"), Some(key), _) => draft::draft_screen(key, true),
        (Some("thu-vien"), ..) => library::library_screen(),
        (Some("bao-cao"), ..) => report::report_screen(),
        (Some(accesses::PAGE), ..) => accesses::accesses(),
        (Some(special::SHEET), Some(key), _) => special::sheet(key),
        (Some(retention::PAGE), ..) => retention::kept(),
        (Some(courier::PAGE), ..) => courier::courier(),
        (Some("khoa"), ..) => keys::keys(),
        (Some("to-moi"), ..) => invite::invites(),
        (Some("nhap"), ..) => bulk::bulk(),
        _ => home::home(),
    }
}

/// How a record that is not the lý lịch is drawn and checked.
pub fn paper(session: Session, draft: &Draft) -> Option<app::program::Paper> {
    notes::paper(session, draft).or_else(|| cases::drawn(draft))
}

/// New rows are stored, or a session began.
pub fn arrived(session: Session) {
    known::arrived(session);
    versions::arrived(session);
    crate::accesses::begun(session);
    rotation::go_on(session);
    parcels::arrived(session);
}

/// The vault was locked.
pub fn closed() {
    known::closed();
    crate::accesses::closed();
    parcels::closed();
}
