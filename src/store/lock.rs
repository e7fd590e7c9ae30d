//! Locks between the tabs of one browser (storage design §8, rules T1 and T2).
//!
//! Find here: [`EditLock`], [`SendLock`] and the turn in which a tab writes. Invariant: a lock is released when it is dropped or
//! its tab dies, and is never stolen. Deliberately not here: asking another tab to let go (the app's channel says it), words for the
//! read-only tab (`sync::label`).

use crate::browser::{navigator, object, pause, property};
use crate::fault::Fault;
use crate::wait::unless;
use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortController;

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

/// How long a lock may take to be let go by its last holder in this very moment: a release travels through the browser.
pub(crate) const GRACE_MS: u32 = 300;
/// How long a tab that was asked to let go may take: its last letters are written first.
pub(crate) const ASKED_MS: u32 = 5_000;

/// Waits for the lock, in the order of asking.
pub(crate) async fn hold(name: &str) -> Result<Held, Fault> {
    request(name, &object(&[])).await
}

/// The lock, unless somebody holds it and keeps it for so many milliseconds. It is waited for, never stolen.
pub(crate) async fn try_hold(name: &str, patience_ms: u32) -> Option<Held> {
    let stop = AbortController::new().ok()?;
    let options = object(&[("signal", stop.signal().into())]);
    let late = async {
        pause(patience_ms).await;
        // Takes a request that still waits out of the queue.
        stop.abort();
    };
    unless(request(name, &options), late).await?.ok()
}

async fn request(name: &str, options: &Object) -> Result<Held, Fault> {
    let locks = navigator()
        .and_then(|navigator| property(&navigator, "locks"))
        .ok_or(Fault::NoLocks)?;
    let ask: Function = property(&locks, "request")
        .and_then(|f| f.dyn_into().ok())
        .ok_or(Fault::NoLocks)?;
    let granted = Promise::new(&mut |resolve, reject| {
        // The browser keeps the lock until the promise that this callback returns is resolved; its resolver is handed out.
        let callback = Closure::once_into_js(move || -> Promise {
            Promise::new(&mut |release, _| {
                let _ = resolve.call1(&JsValue::UNDEFINED, &release);
            })
        });
        let asked = Reflect::apply(&ask, &locks, &Array::of3(&name.into(), options, &callback));
        // A page that may have no locks, or a request that was withdrawn, is told by a rejected promise.
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
    release
        .dyn_into()
        .map(|release| Held { release })
        .map_err(|_| Fault::NoLocks)
}
