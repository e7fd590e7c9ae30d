//! The closures of one type each that know the desk: whether it may be written on, and that a place was left.
//!
//! The others are handed on from [`crate::live`], so that the form has them all under one name.

use leptos::{ev::Event, prelude::*};
use wasm_bindgen::JsCast;

pub use crate::live::*;

use super::spot;
use crate::desk::desk;

/// Whether the open record may not be changed now.
pub fn read_only() -> LiveFlag {
    let desk = desk();
    flag(move || desk.read_only().get())
}

/// A place of the record was left. This must also happen when the page goes away under the cursor, so it asks only for the desk.
pub fn leaving(path: &str) -> Box<dyn FnMut(Event)> {
    let (desk, path) = (desk(), path.to_owned());
    Box::new(move |event| {
        if !desk.conditions().is_disposed() && spot::left(event.unchecked_ref()) {
            desk.leave(&path);
        }
    })
}
