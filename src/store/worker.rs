//! Where the passphrase is stretched: in a worker, so that the page stays alive, or in the page itself for tests.
//!
//! The worker runs the page's own program, which the page hands over compiled: a phone downloads and compiles it once. Invariant: only
//! the program, folded phrase, salt and cost cross over, a worker lives for one answer, and one that does not start is a
//! [`Fault::NoWorker`] within [`PATIENCE_MS`]. Deliberately not here: the computation (`stretch`), the worker's side (`kdf`).

use crate::browser;
use crate::fault::Fault;
use crate::stretch::Cost;
use js_sys::{Array, Function, Promise, Uint8Array};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};
use zeroize::Zeroizing;

/// What the page starts, beside `index.html`.
pub const SCRIPT: &str = "kdf.js";

/// How long a slow phone may take to load the worker's program and to answer: a hundred times the usual.
const PATIENCE_MS: u32 = 60_000;

thread_local! {
    static PROGRAM: Cell<&'static str> = const { Cell::new("app") };
}

/// Says which of the two programs this page is: the worker's script has to fit the program that is handed over.
pub fn set_program(name: &'static str) {
    PROGRAM.set(name);
}

/// Who does the stretching.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kdf {
    /// A worker of its own: what the app uses.
    #[default]
    Worker,
    /// The page itself, which stands still meanwhile: for tests, where no worker file is served.
    #[cfg(test)]
    Page,
}

impl Kdf {
    /// The key under a folded passphrase.
    pub(crate) async fn key(self, folded: &str, salt: &[u8], cost: Cost) -> Result<Zeroizing<[u8; 32]>, Fault> {
        match self {
            #[cfg(test)]
            Self::Page => crate::stretch::argon2id(folded.as_bytes(), salt, cost).ok_or(Fault::NoWorker),
            Self::Worker => ask(SCRIPT, folded, salt, cost).await,
        }
    }
}

/// Starts a worker, waits for `ready`, asks, waits for the answer, ends it.
pub(crate) async fn ask(script: &str, folded: &str, salt: &[u8], cost: Cost) -> Result<Zeroizing<[u8; 32]>, Fault> {
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    options.set_name(PROGRAM.get());
    let worker = Worker::new_with_options(script, &options).map_err(|_| Fault::NoWorker)?;
    let answer = converse(&worker, folded, salt, cost).await;
    worker.terminate();
    let bytes = answer?.dyn_into::<Uint8Array>().map_err(|_| Fault::NoWorker)?;
    let key = Zeroizing::new(bytes.to_vec());
    bytes.fill(0, 0, bytes.length());
    key.as_slice()
        .try_into()
        .map(Zeroizing::new)
        .map_err(|_| Fault::NoWorker)
}

async fn converse(worker: &Worker, folded: &str, salt: &[u8], cost: Cost) -> Result<JsValue, Fault> {
    let question = Array::of5(
        &Uint8Array::from(folded.as_bytes()),
        &Uint8Array::from(salt),
        &cost.memory.into(),
        &cost.passes.into(),
        &cost.lanes.into(),
    );
    let ends: Rc<RefCell<Option<(Function, Function)>>> = Rc::default();
    let promise = Promise::new(&mut |resolve, reject| *ends.borrow_mut() = Some((resolve, reject)));
    let Some((resolve, reject)) = ends.borrow_mut().take() else {
        return Err(Fault::NoWorker);
    };

    let (asked, fail) = (worker.clone(), reject.clone());
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
        let data = message.data();
        if data.as_string().as_deref() != Some("ready") {
            let _ = resolve.call1(&JsValue::UNDEFINED, &data);
        } else if asked.post_message(&question).is_err() {
            let _ = fail.call0(&JsValue::UNDEFINED);
        }
    });
    // A script that is missing, blocked or broken says so here.
    let fail = reject.clone();
    let on_error = Closure::<dyn FnMut(JsValue)>::new(move |_| {
        let _ = fail.call0(&JsValue::UNDEFINED);
    });
    worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    // Waits in the worker until its script listens.
    worker
        .post_message(&wasm_bindgen::module())
        .map_err(|_| Fault::NoWorker)?;
    spawn_local(async move {
        browser::pause(PATIENCE_MS).await;
        let _ = reject.call0(&JsValue::UNDEFINED);
    });
    let answer = JsFuture::from(promise).await.map_err(|_| Fault::NoWorker);
    worker.set_onmessage(None);
    worker.set_onerror(None);
    answer
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    async fn ask_script(script: &str) -> Result<Zeroizing<[u8; 32]>, Fault> {
        let address = format!("data:text/javascript,{}", js_sys::encode_uri_component(script));
        ask(&address, "bo trau ngua", b"sixteen bytes ok", Cost::FIXED).await
    }

    #[wasm_bindgen_test]
    async fn a_worker_that_is_not_there_or_breaks_is_a_fault_at_once() {
        assert_eq!(
            ask("no-such-worker.js", "a", b"b", Cost::FIXED).await.err(),
            Some(Fault::NoWorker)
        );
        for script in [
            "throw 1",
            "postMessage('ready'); onmessage = ({data}) => { if (Array.isArray(data)) throw 1 }",
            "postMessage(null)",
        ] {
            assert_eq!(ask_script(script).await.err(), Some(Fault::NoWorker), "{script}");
        }
    }

    #[wasm_bindgen_test]
    async fn phrase_salt_and_cost_cross_over_and_a_key_comes_back() {
        let script = "onmessage = ({data}) => {
            if (!Array.isArray(data)) return;
            const ok = new TextDecoder().decode(data[0]) === 'bo trau ngua' && data[1].length === 16
                && data[2] === 19456 && data[3] === 2 && data[4] === 1;
            postMessage(new Uint8Array(ok ? 32 : 3).fill(7));
        };
        setTimeout(() => postMessage('ready'), 30);";
        assert_eq!(ask_script(script).await.unwrap().as_slice(), [7; 32]);
    }
}
