//! The installable page. Starts the app over the static first screen of index.html.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing))]

mod app;
mod backup;
mod clock;
mod desk;
mod el;
mod form;
mod held;
mod ids;
mod live;
mod lock;
mod net;
mod places;
mod pointer;
mod route;
mod save_file;
mod screen;
mod sending;
mod session;
mod status;
mod tabs;
mod text;
mod update;

fn main() {
    console_error_panic_hook::set_once();
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
