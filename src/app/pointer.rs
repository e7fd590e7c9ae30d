//! What must wait until a finger or a mouse button is lifted.
//!
//! Pressing a button takes the focus from the box before; leaving a box runs the checks, a message appears, the page moves, and the
//! press would land beside its button. So whatever redraws the page on leaving waits until the press has become a click.

use std::{
    cell::{Cell, RefCell},
    time::Duration,
};

use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};

use crate::clock;

/// On a touch screen the focus moves just after the finger was lifted, before the click.
const JUST_NOW_MS: f64 = 100.0;

thread_local! {
    static DOWN: Cell<bool> = const { Cell::new(false) };
    static LIFTED_AT: Cell<f64> = const { Cell::new(f64::NEG_INFINITY) };
    static WAITING: RefCell<Vec<Box<dyn FnOnce()>>> = const { RefCell::new(Vec::new()) };
}

/// Starts watching; once, for the whole life of the page.
pub fn watch() {
    listen("pointerdown", || DOWN.set(true));
    for event in ["pointerup", "pointercancel"] {
        listen(event, || {
            DOWN.set(false);
            LIFTED_AT.set(clock::wall_ms());
            set_timeout(act, Duration::ZERO);
        });
    }
}

/// Acts at once, or after the click that is under way.
pub fn when_lifted(then: impl FnOnce() + 'static) {
    if DOWN.get() {
        WAITING.with_borrow_mut(|waiting| waiting.push(Box::new(then)));
    } else if (clock::wall_ms() - LIFTED_AT.get()).abs() < JUST_NOW_MS {
        WAITING.with_borrow_mut(|waiting| waiting.push(Box::new(then)));
        set_timeout(act, Duration::ZERO);
    } else {
        then();
    }
}

fn act() {
    for then in WAITING.take() {
        then();
    }
}

fn listen(event: &str, act: impl Fn() + 'static) {
    let act = Closure::<dyn Fn()>::new(act);
    drop(document().add_event_listener_with_callback_and_bool(event, act.as_ref().unchecked_ref(), true));
    act.forget();
}
