//! Taking back what was handed in, or the consent with it.
//!
//! Invariant: what is taken back stays on this phone. Not here: what the acts do (`session::rights`).

use leptos::task::spawn_local;
use sync::client::Identity;

use crate::{
    el::{View, button, el, pieces},
    held::Held,
    live,
    session::session,
    text::{desk as words, heard as said},
};

/// The two rights, each behind its name.
pub fn take_back() -> View {
    let session = session();
    let said = Held::new(String::new());
    let act = move |label: &'static str, erase: bool, unsay: bool| {
        let act = move |_| {
            spawn_local(async move {
                let Some(work) = session.work_now() else { return };
                said.try_set(
                    session
                        .withdraw(work.record_id, erase, unsay)
                        .await
                        .err()
                        .unwrap_or_default(),
                );
            });
        };
        button("btn btn--danger").on("click", act).child(label)
    };
    let part = |title: &'static str, ask: &'static str| {
        let summary = el("summary").child(title);
        el("details").child(summary).child(el("p").child(ask))
    };
    live::live_if(move || {
        let agreed = |identity: &Option<Identity>| identity.as_ref().is_some_and(|one| !one.consent().withdrawn);
        session.identity.with(agreed).then(|| {
            pieces![
                part(words::WITHDRAW, said::WITHDRAW_ASK).child(act(words::WITHDRAW, true, false)),
                part(words::UNSAY, said::UNSAY_ASK)
                    .child(act(said::UNSAY_ERASE, true, true))
                    .child(act(said::UNSAY_KEEP, false, true)),
                el("p").attr("role", "alert").child(live::value(said))
            ]
        })
    })
}
