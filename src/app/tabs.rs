//! What the tabs of one vault say to each other: "locked", and "please let me edit" (storage design §8, T2 to T4).
//!
//! Invariant: nothing that is said holds content, and nothing is believed but what the locks and the disk show afterwards; a lock
//! is asked for, never stolen. Not here: the locks (`store`), who may edit (`session`).

use std::cell::RefCell;

use leptos::task::spawn_local;
use store::Vault;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{BroadcastChannel, MessageEvent};

use crate::{
    app::Root,
    el::{View, button, el},
    held::Held,
    live, lock,
    session::session,
    text::desk as words,
};

const LOCKED: &str = "locked";

thread_local! {
    /// Of the vault that is open in this page.
    static CHANNEL: RefCell<Option<Channel>> = const { RefCell::new(None) };
}

struct Channel {
    channel: BroadcastChannel,
    _hear: Closure<dyn FnMut(MessageEvent)>,
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.channel.close();
    }
}

/// Listens to the other tabs of this vault, until [`leave`].
pub fn join(root: Root, vault: &Vault) {
    let Ok(channel) = BroadcastChannel::new(&format!("lylich:{}", vault.vault_id())) else {
        return;
    };
    let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let said = event.data().as_string().unwrap_or_default();
        if said == LOCKED {
            lock::lock(root);
        } else if let Some(session) = crate::session::open_session() {
            spawn_local(async move { session.let_go(&said).await });
        }
    });
    channel.set_onmessage(Some(hear.as_ref().unchecked_ref()));
    CHANNEL.set(Some(Channel { channel, _hear: hear }));
}

/// Says that this tab locks, and listens no more. What is said and not heard is no harm: each tab locks by itself.
pub fn leave() {
    say(LOCKED);
    // Not inside the handler that may have called.
    let channel = CHANNEL.take();
    spawn_local(async move { drop(channel) });
}

/// Asks the tab that has this right (`Vault::edit_name`) to let go.
pub fn ask_for(right: &str) {
    say(right);
}

fn say(words: &str) {
    CHANNEL.with_borrow(|channel| {
        if let Some(it) = channel {
            drop(it.channel.post_message(&words.into()));
        }
    });
}

/// That another tab edits, and "Sửa ở đây".
pub fn bar() -> View {
    let session = session();
    let said = Held::new(words::OTHER_TAB);
    let ask = move |_| {
        spawn_local(async move {
            let taken = session.edit_here().await;
            said.try_set(if taken {
                words::OTHER_TAB
            } else {
                words::OTHER_TAB_SILENT
            });
        });
    };
    live::live_if(move || {
        session.work().is_some_and(|work| work.elsewhere).then(|| {
            let state = el("span")
                .attr("role", "status")
                .child(live::text(move || said.get().to_owned()));
            el("section")
                .class("update")
                .attr("aria-label", words::EDIT_HERE)
                .child(
                    el("p")
                        .child(state)
                        .child(button("btn").on("click", ask).child(words::EDIT_HERE)),
                )
        })
    })
}
