//! Closures of one type each: what a page redraws, an attribute that changes, a handler, a keyed list.
//!
//! Every closure has a type of its own, and for each the compiler writes the whole machinery of drawing and redrawing anew. Put into
//! a box they share one: that is what keeps the page small enough for a slow network. Not here: the closures of the form that know the desk (`form::live`).

use std::sync::Arc;

use leptos::{
    ev::{Event, SubmitEvent},
    prelude::*,
};

/// A piece of the page that is drawn anew when what it reads changes.
pub fn live(draw: impl FnMut() -> AnyView + Send + 'static) -> AnyView {
    let draw: Box<dyn FnMut() -> AnyView + Send> = Box::new(draw);
    draw.into_any()
}

/// As [`live`], for a piece that may be absent.
pub fn live_if(mut draw: impl FnMut() -> Option<AnyView> + Send + 'static) -> AnyView {
    live(move || draw().into_any())
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

/// What happens on an event, as long as the piece of the page it belongs to is there: taking away a box that has the focus makes the
/// browser say "blur" once more, when the signals of the box are gone.
pub fn on<E: 'static>(mut act: impl FnMut(E) + 'static) -> Box<dyn FnMut(E)> {
    let there = Trigger::new();
    Box::new(move |event| {
        if !there.is_disposed() {
            act(event);
        }
    })
}

/// What a form does when it is sent: nothing leaves the page by itself.
pub fn submit(mut act: impl FnMut() + 'static) -> Box<dyn FnMut(SubmitEvent)> {
    on(move |event: SubmitEvent| {
        event.prevent_default();
        act();
    })
}

/// The text of an input that is kept in a signal.
pub fn value(of: RwSignal<String>) -> LiveText {
    text(move || of.get())
}

/// Keeps in a signal what is typed.
pub fn typing(into: RwSignal<String>) -> Box<dyn FnMut(Event)> {
    on(move |event: Event| into.set(event_target_value(&event)))
}

/// Keeps in a signal whether a box is ticked.
pub fn ticking(into: RwSignal<bool>) -> Box<dyn FnMut(Event)> {
    on(move |event: Event| into.set(event_target_checked(&event)))
}

/// What a signal says.
pub fn is(so: RwSignal<bool>) -> LiveFlag {
    flag(move || so.get())
}

/// One of two texts.
pub fn either(so: RwSignal<bool>, yes: &'static str, no: &'static str) -> LiveText {
    text(move || if so.get() { yes } else { no }.to_owned())
}

/// That something is under way.
pub fn progress(busy: RwSignal<bool>, what: &'static str) -> AnyView {
    live_if(move || {
        busy.get()
            .then(|| view! { <progress aria-label=what></progress> }.into_any())
    })
}

/// Something drawn for each key, kept as long as the key is there.
pub fn each(keys: Signal<Vec<String>>, draw: impl Fn(String) -> AnyView + Send + Sync + 'static) -> AnyView {
    let draw: Arc<dyn Fn(String) -> AnyView + Send + Sync> = Arc::new(draw);
    view! { <For each=move || keys.get() key=String::clone children=move |key| draw(key) /> }.into_any()
}
