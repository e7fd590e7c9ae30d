//! What changes by itself: a piece of the page that is redrawn, a text, a flag, a keyed list.
//!
//! Every closure has a type of its own, and for each the compiler writes the whole machinery of drawing and redrawing anew. Put into
//! a box they share one, as the elements of [`crate::el`] do. Not here: the closures of the form that know the desk (`form::live`).

use std::sync::Arc;

use leptos::{
    control_flow::{For, ForProps},
    prelude::*,
};

use crate::{
    el::{Piece, el},
    held::Held,
};

/// A piece of the page that is drawn anew when what it reads changes.
pub fn live(draw: impl FnMut() -> AnyView + Send + 'static) -> AnyView {
    let draw: Box<dyn FnMut() -> AnyView + Send> = Box::new(draw);
    draw.into_any()
}

/// As [`live`], for a piece that may be absent.
pub fn live_if<P: Piece>(mut draw: impl FnMut() -> Option<P> + Send + 'static) -> AnyView {
    live(move || draw().piece())
}

/// A text or the value of an attribute that changes.
pub type LiveText = Box<dyn FnMut() -> String + Send>;

/// A text that changes.
pub fn text(read: impl FnMut() -> String + Send + 'static) -> LiveText {
    Box::new(read)
}

/// Something that is so or not.
pub type LiveFlag = Box<dyn FnMut() -> bool + Send>;

/// A property that is set or not.
pub fn flag(read: impl FnMut() -> bool + Send + 'static) -> LiveFlag {
    Box::new(read)
}

/// The same for attributes that want the words `true` and `false` (ARIA states).
pub fn state(mut read: impl FnMut() -> bool + Send + 'static) -> LiveText {
    text(move || if read() { "true".to_owned() } else { "false".to_owned() })
}

/// The text of an input that is kept in a signal.
pub fn value(of: Held<String>) -> LiveText {
    text(move || of.get())
}

/// What a signal says.
pub fn is(so: Held<bool>) -> LiveFlag {
    flag(move || so.get())
}

/// One of two texts.
pub fn either(so: Held<bool>, yes: &'static str, no: &'static str) -> LiveText {
    text(move || if so.get() { yes } else { no }.to_owned())
}

/// That something is under way.
pub fn progress(busy: Held<bool>, what: &'static str) -> AnyView {
    live_if(move || busy.get().then(|| el("progress").attr("aria-label", what)))
}
/// Something drawn for each key, kept as long as the key is there.
pub fn each(keys: Signal<Vec<String>>, draw: impl Fn(String) -> AnyView + Send + Sync + 'static) -> AnyView {
    let draw: Arc<dyn Fn(String) -> AnyView + Send + Sync> = Arc::new(draw);
    let list = ForProps::builder().each(move || keys.get()).key(String::clone);
    For(list.children(move |key| draw(key)).build()).into_any()
}
