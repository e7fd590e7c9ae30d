//! Locks between the tabs of one browser (storage design §8, rules T1 and T2).
//!
//! Find here: [`EditLock`], [`SendLock`] and the turn in which a tab writes. Invariant: a lock is released when it is dropped or
//! its tab dies, and is never stolen. Deliberately not here: asking another tab to let go (the app's channel), words for the
//! read-only tab (`sync::label`).

use crate::browser::{navigator, object, property};
use crate::fault::Fault;
use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The right to edit one record, in one tab. The second tab shows the form read-only.
#[derive(Debug)]
pub struct EditLock(#[expect(dead_code, reason = "held until dropped")] pub(crate) Held);

/// The right to send for one vault, in one tab.
#[derive(Debug)]
pub struct SendLock(#[expect(dead_code, reason = "held until dropped")] pub(crate) Held);

/// A lock that this tab holds.
#[derive(Debug)]
pub(crate) struct Held {
    release: Function,
}

impl Drop for Held {
    fn drop(&mut self) {
        let _ = self.release.call0(&JsValue::UNDEFINED);
    }
}

/// Waits for the lock, in the order of asking.
pub(crate) async fn hold(name: &str) -> Result<Held, Fault> {
    request(name, false).await?.ok_or(Fault::NoLocks)
}

/// The lock, unless somebody holds it.
pub(crate) async fn try_hold(name: &str) -> Result<Option<Held>, Fault> {
    request(name, true).await
}

async fn request(name: &str, if_available: bool) -> Result<Option<Held>, Fault> {
    let locks = navigator()
        .and_then(|navigator| property(&navigator, "locks"))
        .ok_or(Fault::NoLocks)?;
    let ask: Function = property(&locks, "request")
        .and_then(|f| f.dyn_into().ok())
        .ok_or(Fault::NoLocks)?;
    let options = object(&[("ifAvailable", if_available.into())]);
    let granted = Promise::new(&mut |resolve, reject| {
        // The browser keeps the lock until the promise that this callback returns is resolved; we hand out its resolver.
        let callback = Closure::once_into_js(move |lock: JsValue| -> JsValue {
            let mut released = JsValue::UNDEFINED;
            let mut release = JsValue::NULL;
            if !lock.is_null() {
                released = Promise::new(&mut |resolve, _| release = resolve.into()).into();
            }
            let _ = resolve.call1(&JsValue::UNDEFINED, &release);
            released
        });
        let asked = Reflect::apply(&ask, &locks, &Array::of3(&name.into(), &options, &callback));
        // A page that may have no locks is told by a rejected promise.
        let catch = asked
            .ok()
            .and_then(|asked| Some((property(&asked, "catch")?.dyn_into::<Function>().ok()?, asked)));
        if catch
            .and_then(|(catch, asked)| catch.call1(&asked, &reject).ok())
            .is_none()
        {
            let _ = reject.call0(&JsValue::UNDEFINED);
        }
    });
    let release = JsFuture::from(granted).await.map_err(|_| Fault::NoLocks)?;
    Ok(release.dyn_into().ok().map(|release| Held { release }))
}
