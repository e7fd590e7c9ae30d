//! When the vault locks by itself, and the cover over the page while it is hidden.
//!
//! Hidden for more than 3 minutes or idle for more than 10: locked (storage and vault §9.6). Timers sleep with the page, so the
//! time that passed is looked at when the page comes back, before anything is drawn, and when a key or a finger wakes it. Invariant:
//! the cover goes only when there is nothing under it that must be locked.

use std::{cell::Cell, rc::Rc, time::Duration};

use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast, closure::Closure};

use crate::{
    app::{Gate, Root},
    clock::Moment,
    session,
};

const HIDDEN_MS: f64 = 3.0 * 60_000.0;
const IDLE_MS: f64 = 10.0 * 60_000.0;

/// Since when nobody touched the page, and since when nobody saw it.
struct Away {
    idle: Cell<Moment>,
    hidden: Cell<Option<Moment>>,
}

impl Away {
    fn too_long(&self) -> bool {
        let hidden = self.hidden.get().is_some_and(|since| since.elapsed_ms() > HIDDEN_MS);
        hidden || self.idle.get().elapsed_ms() > IDLE_MS
    }
}

/// Starts watching; once, for the whole life of the page.
pub fn watch(root: Root) {
    let away = Rc::new(Away {
        idle: Cell::new(Moment::now()),
        hidden: Cell::default(),
    });
    let check = {
        let away = away.clone();
        move || {
            if away.too_long() {
                lock(root);
            }
        }
    };
    for event in ["pointerdown", "keydown", "input"] {
        let (away, check) = (away.clone(), check.clone());
        listen(event, move || {
            // A phone that slept with the page open: the touch that wakes it is no sign that its owner was there.
            check();
            away.idle.set(Moment::now());
        });
    }
    set_interval(check.clone(), Duration::from_secs(15));
    listen("visibilitychange", move || {
        if document().hidden() {
            away.hidden.set(Some(Moment::now()));
            cover(true);
            spawn_local(session::flush_open());
            return;
        }
        cover(false);
        check();
        away.hidden.set(None);
        away.idle.set(Moment::now());
        session::wake_open();
    });
}

/// Locks now: the page is covered, the last letters are written, then the keys are dropped and the door is shown.
pub fn lock(root: Root) {
    let open = root.gate.with_untracked(|gate| match gate {
        Gate::Open(session) => Some(*session),
        _ => None,
    });
    let Some(session) = open else { return };
    cover(true);
    spawn_local(async move {
        session.close().await;
        root.gate.set(Gate::Looking);
        crate::route::replace(&crate::route::Route::Home);
        root.route.set(crate::route::Route::Home);
        root.look();
        cover(document().hidden());
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
