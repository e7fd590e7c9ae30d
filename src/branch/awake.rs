//! The screen stays on while codes are shown or read: nobody touches it, and most phones go dark after half a minute.
//!
//! Invariant: as soon as the guard is gone the phone may sleep again. A browser without screen wake locks goes dark as it always did.

use std::{cell::OnceCell, rc::Rc};

use js_sys::{Promise, Reflect};
use leptos::{prelude::window, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// As long as it is there.
pub struct Awake(Rc<OnceCell<JsValue>>);

impl Awake {
    /// Asks for it.
    pub fn new() -> Self {
        let held: Rc<OnceCell<JsValue>> = Rc::default();
        let there = Rc::downgrade(&held);
        let lock = Reflect::get(&window().navigator(), &"wakeLock".into());
        let asked = lock.ok().and_then(|lock| call(&lock, "request", &"screen".into()));
        if let Some(asked) = asked.and_then(|asked| asked.dyn_into::<Promise>().ok()) {
            spawn_local(async move {
                let Ok(sentinel) = JsFuture::from(asked).await else {
                    return;
                };
                match there.upgrade() {
                    Some(held) => drop(held.set(sentinel)),
                    None => release(&sentinel),
                }
            });
        }
        Self(held)
    }
}

impl Drop for Awake {
    fn drop(&mut self) {
        if let Some(sentinel) = self.0.get() {
            release(sentinel);
        }
    }
}

fn release(sentinel: &JsValue) {
    drop(call(sentinel, "release", &JsValue::UNDEFINED));
}

/// Calls a method that not every browser has.
pub fn call(of: &JsValue, name: &str, with: &JsValue) -> Option<JsValue> {
    let method = Reflect::get(of, &name.into()).ok()?;
    method.dyn_ref::<js_sys::Function>()?.call1(of, with).ok()
}
