//! A file that the person chose: taken out of its box, and read whole.
//!
//! Invariant: the box is empty again, so that the same file, put right meanwhile, can be chosen once more. Not here: how large a file may
//! be and what must stand in it (whoever asked for it).

use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, File, HtmlInputElement};

/// What a file's box does when it changes: `take` gets the file.
pub fn chosen<T: Future<Output = ()> + 'static>(take: impl Fn(File) -> T + 'static) -> impl Fn(Event) + 'static {
    move |event| {
        let input = event.target().and_then(|it| it.dyn_into::<HtmlInputElement>().ok());
        let Some(input) = input else { return };
        let Some(file) = input.files().and_then(|files| files.get(0)) else {
            return;
        };
        input.set_value("");
        spawn_local(take(file));
    }
}

/// The bytes; `None` when the browser cannot read it any more.
pub async fn read(file: &File) -> Option<Vec<u8>> {
    let read = JsFuture::from(file.array_buffer()).await.ok()?;
    Some(js_sys::Uint8Array::new(&read).to_vec())
}
