//! The worker's side of the stretching: waits for one folded passphrase, answers with one key, and is ended by the page.
//!
//! It is the page's own program, started a second time in a worker (`public/kdf.js`), so that a phone downloads it once. Invariant: it
//! knows nothing but phrase, salt and cost, and keeps nothing. It says `ready` first, because a message sent before the program
//! runs would be lost. Deliberately not here: the page's side (`worker`).

use js_sys::{Array, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// Serves, if this is a worker; `false` in a page.
pub fn serve() -> bool {
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else {
        return false;
    };
    let answering = scope.clone();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
        let _ = answering.post_message(&answer(&message.data()).unwrap_or(JsValue::NULL));
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // Lives as long as the worker, which answers once.
    on_message.forget();
    let _ = scope.post_message(&JsValue::from_str("ready"));
    true
}

/// `[phrase, salt, memory KiB, passes, lanes]` to 32 bytes; null when it cannot be done.
fn answer(question: &JsValue) -> Option<JsValue> {
    let question = question.dyn_ref::<Array>()?;
    let bytes = |at| Some(question.get(at).dyn_into::<Uint8Array>().ok()?.to_vec());
    let number = |at| question.get(at).as_f64().map(|n| n as u32);
    let cost = crate::stretch::Cost {
        memory: number(2)?,
        passes: number(3)?,
        lanes: number(4)?,
    };
    let phrase = zeroize::Zeroizing::new(bytes(0)?);
    let key = crate::stretch::argon2id(&phrase, &bytes(1)?, cost)?;
    Some(Uint8Array::from(key.as_slice()).into())
}
