//! When the vault locks by itself, and the cover over the page while it is hidden.
//!
//! Hidden for more than 3 minutes or idle for more than 10: locked (storage and vault §9.6). Timers sleep with the page, so the
//! time that passed is looked at when the page comes back, before anything is drawn.

use std::{cell::Cell, rc::Rc, time::Duration};

use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast, closure::Closure};

use crate::{
    app::{Gate, Root},
    clock, sending, session,
};

const HIDDEN_MS: f64 = 3.0 * 60_000.0;
const IDLE_MS: f64 = 10.0 * 60_000.0;

/// Starts watching; once, for the whole life of the page.
pub fn watch(root: Root) {
    let active = Rc::new(Cell::new(clock::wall_ms()));
    let hidden_since = Rc::new(Cell::new(None::<f64>));
    for event in ["pointerdown", "keydown", "input"] {
        let active = active.clone();
        listen(event, move || active.set(clock::wall_ms()));
    }
    {
        let active = active.clone();
        listen("visibilitychange", move || {
            if document().hidden() {
                hidden_since.set(Some(clock::wall_ms()));
                cover(true);
                spawn_local(session::flush_open());
                return;
            }
            let away = hidden_since.take().map_or(0.0, |since| clock::wall_ms() - since);
            if away > HIDDEN_MS || clock::wall_ms() - active.get() > IDLE_MS {
                lock(root);
            } else {
                session::wake_open();
                sending::wake();
            }
            cover(false);
        });
    }
    let idle = move || {
        if clock::wall_ms() - active.get() > IDLE_MS {
            lock(root);
        }
    };
    set_interval(idle, Duration::from_secs(15));
}

/// Locks now: the last letters are written first, then the keys are dropped and the door is shown.
pub fn lock(root: Root) {
    let open = root.gate.with_untracked(|gate| match gate {
        Gate::Open(session) => Some(*session),
        _ => None,
    });
    let Some(session) = open else { return };
    spawn_local(async move {
        session.close().await;
        root.gate.set(Gate::Looking);
        crate::route::replace(&crate::route::Route::Home);
        root.route.set(crate::route::Route::Home);
        root.look();
    });
}

fn cover(on: bool) {
    if let Some(body) = document().body() {
        drop(body.class_list().toggle_with_force("covered", on));
    }
}

fn listen(event: &str, act: impl Fn() + 'static) {
    let act = Closure::<dyn Fn()>::new(act);
    drop(document().add_event_listener_with_callback(event, act.as_ref().unchecked_ref()));
    act.forget();
}
