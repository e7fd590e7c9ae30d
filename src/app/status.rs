//! The line under every page: what is stored and what was received, and "Khoá ngay" in the thumb's reach.

use leptos::prelude::*;

use crate::{app::root, live, lock, save_file, session::session, text::desk as words};

/// The line at the bottom.
#[component]
pub fn StatusBar() -> impl IntoView {
    let session = session();
    let root = root();
    let failed = move || session.work().and_then(|work| work.saved.get().failed);
    let text = move || {
        if session.is_trial() {
            return words::TRYING.to_owned();
        }
        session.label().map(|label| label.words()).unwrap_or_default()
    };
    view! {
        <footer class="status">
            {live::live_if(move || failed().map(|fault| view! {
                <p class="notice notice--warn" role="alert">{fault.words()}" "
                    <button class="btn" on:click=live::on(move |_| session.save_again())>{words::RETRY_SAVE}</button>" "
                    <button class="btn btn--quiet" on:click=live::on(move |_| save_file::readable(session))>{words::EXPORT}</button>
                </p>
            }.into_any()))}
            <p class="status__text" role="status" data-status>{live::text(text)}</p>
            <button class="btn btn--quiet" on:click=live::on(move |_| lock::lock(root))>{words::LOCK}</button>
        </footer>
    }
}
