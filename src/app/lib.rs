//! The installable page as a library: what both programs share, the candidate's (`main.rs`) and the one that also has the pages of mentor
//! and secretary (crate `branch`). Starts over the static first screen of index.html.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing))]
// Shared with one other program of ours, not published: sentences and handles explain themselves, what is not plain is said.
#![allow(missing_docs)]

pub mod app;
pub mod backup;
pub mod chosen;
pub mod clock;
pub mod desk;
pub mod el;
pub mod form;
pub mod held;
pub mod ids;
pub mod live;
pub mod lock;
pub mod net;
pub mod places;
pub mod pointer;
pub mod program;
pub mod route;
pub mod save_file;
pub mod screen;
pub mod sending;
pub mod session;
pub mod status;
pub mod tabs;
pub mod text;
pub mod update;

/// Starts the program, with what it has more than the candidate's.
pub fn start(more: Option<&'static program::More>) {
    console_error_panic_hook::set_once();
    program::is(more);
    // The same program stretches passphrases in a worker.
    if store::serve_kdf() {
        return;
    }
    if let Some(first) = leptos::prelude::document().get_element_by_id("first") {
        first.remove();
    }
    let Some(body) = leptos::prelude::document().body() else {
        return;
    };
    leptos::mount::mount_to_body(move || app::app().end_of(&body));
}
