//! Handing a file to the person; the record as readable JSON. Nothing is sent anywhere.

use js_sys::{JSON, Reflect};
use leptos::prelude::*;
use rules::record::{Record, Tree};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

use crate::{clock, session::Session};

/// Saves the open record in the shape of a dossier file. The file's name holds the date only.
pub fn readable(session: Session) {
    let Some(work) = session.work_now() else { return };
    let form = work.desk.form();
    let entries = work.desk.with(|record: &Record| record.to_dossier_entries(form));
    let dossier = js_sys::Object::new();
    drop(Reflect::set(&dossier, &"schema".into(), &"ly-lich-dossier/1".into()));
    drop(Reflect::set(&dossier, &"entries".into(), &value(&entries)));
    let text = JSON::stringify_with_replacer_and_space(&dossier, &JsValue::NULL, &2.into())
        .map(String::from)
        .unwrap_or_default();
    save(
        &format!("ban-khai-{}.json", clock::today().iso()),
        "application/json",
        text.as_bytes(),
    );
}

/// The browser's own value: it has a program that writes JSON, so the page brings none.
fn value(tree: &Tree<'_>) -> JsValue {
    match tree {
        Tree::Blank => JsValue::NULL,
        Tree::Flag(yes) => (*yes).into(),
        Tree::Number(number) => (*number as f64).into(),
        Tree::Text(text) => (&**text).into(),
        Tree::Rows(rows) => rows.iter().map(value).collect::<js_sys::Array>().into(),
        Tree::Group(members) => {
            let object = js_sys::Object::new();
            for (name, member) in members {
                drop(Reflect::set(&object, &(&**name).into(), &value(member)));
            }
            object.into()
        }
    }
}

/// Gives the browser a file to download.
pub fn save(name: &str, kind: &str, bytes: &[u8]) {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let Ok(blob) = Blob::new_with_u8_array_sequence_and_options(&parts, &options) else {
        return;
    };
    let Ok(url) = Url::create_object_url_with_blob(&blob) else {
        return;
    };
    let link = document()
        .create_element("a")
        .ok()
        .and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok());
    if let Some(link) = link {
        link.set_href(&url);
        link.set_download(name);
        link.click();
    }
    drop(Url::revoke_object_url(&url));
}
