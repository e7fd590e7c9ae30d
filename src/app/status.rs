//! The line under every page: what is stored and what was received, and "Khoá ngay" in the thumb's reach.

use leptos::prelude::*;

use crate::{app::root, lock, save_file, session::session, text::desk as words};

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
            {move || failed().map(|fault| view! {
                <p class="notice notice--warn" role="alert">{fault.words()}" "
                    <button class="btn" on:click=move |_| session.save_again()>{words::RETRY_SAVE}</button>" "
                    <button class="btn btn--quiet" on:click=move |_| save_file::readable(session)>{words::EXPORT}</button>
                </p>
            })}
            <p class="status__text" role="status" data-status>{text}</p>
            <button class="btn btn--quiet" on:click=move |_| lock::lock(root)>{words::LOCK}</button>
        </footer>
    }
}
