//! The one text input of the form.
//!
//! Invariant: what an input method writes is never rewritten on `input`; the text goes to the desk as it stands, and letters are
//! composed (NFC) only when the place is left. Nothing of the browser or the keyboard completes, corrects or remembers it.

use leptos::{
    attr::custom::{CustomAttr, custom_attribute},
    prelude::*,
};

use super::{live, spot};
use crate::desk::desk;

/// What differs from one text input to the next.
#[derive(Clone, Copy, Default)]
pub struct Look {
    /// A keyboard of digits.
    pub numeric: bool,
    /// An additional class.
    pub class: &'static str,
}

/// An input of one line for a record path.
pub fn entry(path: &str, id: String, described_by: String, look: Look) -> AnyView {
    let desk = desk();
    let [shown, typed] = [path, path].map(str::to_owned);
    view! {
        <input type="text" class=look.class id=id aria-describedby=described_by inputmode=look.numeric.then_some("numeric")
            autocomplete="off" {..uncorrected()} spellcheck="false"
            prop:readOnly=live::read_only()
            prop:value=live::text(move || desk.text(&shown))
            on:input:target=move |event| desk.type_in(&typed, event.target().value())
            on:focusout=live::leaving(path) />
    }
    .into_any()
}

/// A labelled input for a part of a field: a part of a place, a line of a list.
pub fn part(label: String, path: &str, id: String, described_by: String, look: Look) -> AnyView {
    view! {
        <div class="part">
            <label class="part__label" for=id.clone()>{label}</label>
            {entry(path, id, described_by, look)}
        </div>
    }
    .into_any()
}

/// The control of a whole field that is one line.
pub fn whole(path: String, described_by: String, look: Look) -> AnyView {
    entry(&path, spot::id(&path), described_by, look)
}

/// Safari's own attribute, without which an iPhone "corrects" Vietnamese names.
pub fn uncorrected() -> CustomAttr<&'static str, &'static str> {
    custom_attribute("autocorrect", "off")
}
