//! Which program runs: the candidate's, or the bigger one that also has the pages of mentor and secretary, and what a candidate needs only
//! when somebody has answered or a second phone comes in: remarks, merging, recovery (crate `branch`).
//!
//! `public/start.js` starts the one that the setting names. Invariant: the second program does everything the first one does, so a device on
//! which a mentor works once stays with it; both open the same vaults. Not here: the pages themselves.

use std::{cell::Cell, pin::Pin, rc::Rc};

use leptos::prelude::window;
use rules::{Record, check::Context, finding::Finding, form::Form};
use store::settings;
use sync::{
    client::{Change, Identity},
    draft::Draft,
    link::Link,
};

use crate::{
    el::{El, Piece, View, button, el, main},
    form::Beside,
    held::Held,
    route::Route,
    screen::{enrol::connection, quiet_link},
    session::{Role, Session, Work},
    text::desk as words,
};

/// What the second program has more.
pub struct More {
    /// The first page of a mentor's or a secretary's vault.
    pub home: fn(Role) -> View,
    /// The page behind a fragment that is none of the common ones.
    pub page: fn(String) -> View,
    /// A record that is not the lý lịch.
    pub paper: fn(Session, &Draft) -> Option<Paper>,
    /// Rows came from the endpoint and are about to be stored: what is to be read is opened.
    pub open: fn(&Identity, &mut Change),
    /// New rows came from the endpoint and are stored, or a session began.
    pub arrived: fn(Session),
    /// What is below each field of the lý lịch besides the findings.
    pub beside: fn(&Work) -> Beside,
    /// What was said about the lý lịch, and what two phones wrote in the same places, as a list.
    pub said: fn(&Work) -> View,
    /// As chips, how much of that is in a section.
    pub chips: fn(&Work, &str) -> View,
    /// The ways to take back what was handed in, and the consent.
    pub take_back: fn() -> View,
    /// Where the code of another phone's recovery sheet is typed.
    pub sheet: fn(Held<String>) -> View,
    /// Goes on here as the account of that phone.
    pub recover: fn(Session, Link, bool, String) -> Told,
    /// The vault was locked: nothing of it stays in memory.
    pub closed: fn(),
}

/// What came of an act, or the words that say why nothing.
pub type Told = Pin<Box<dyn Future<Output = Result<(), String>>>>;

/// How a record is drawn and checked.
pub struct Paper {
    /// What is asked.
    pub form: &'static Form,
    /// What the rules say of it.
    pub checks: Checks,
}

/// The checks of a record.
pub type Checks = Rc<dyn Fn(&Record, &Context<'_>) -> Vec<Finding>>;

thread_local! {
    static MORE: Cell<Option<&'static More>> = const { Cell::new(None) };
}

/// Says once which program this is.
pub fn is(more: Option<&'static More>) {
    MORE.set(more);
    if more.is_some() {
        store::set_program("branch");
    }
}

/// What this program has more than the candidate's.
pub fn more() -> Option<&'static More> {
    MORE.get()
}

/// Starts the second program from now on, and at once.
pub fn change() {
    settings::want_branch();
    drop(window().location().reload());
}

/// A part that only the second program has, behind its name.
pub fn later(part: &'static str) -> View {
    el("details")
        .child(el("summary").child(part))
        .child(el("p").child(words::PART_MORE).child(open_button()))
        .piece()
}

/// "Tải và mở".
pub fn open_button() -> El {
    button("btn btn--primary")
        .on("click", |_| change())
        .child(words::OTHER_PROGRAM_OPEN)
}

/// First page of a role whose pages this program does not have: they were not wanted here before, or could not be fetched.
pub fn not_here() -> View {
    main("page stack")
        .child(el("h1").child(words::OTHER_PROGRAM))
        .child(el("p").class("lead").child(words::OTHER_PROGRAM_MORE))
        .child(open_button())
        .child(connection())
        .child(quiet_link(&Route::Settings, words::DATA))
        .piece()
}
