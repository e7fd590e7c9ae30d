//! Elements of the page, made and filled in one go: `el("p").class("soft").child(words)`.
//!
//! The macro of the framework gives every element, attribute and handler a type of its own, and the compiler writes the machinery of
//! drawing, comparing and taking away for each of them anew. Here an element is a node of the browser from its first word, and the
//! framework's effects are what changes it later (`live`). So the program that a phone downloads stays small.

use std::borrow::Cow;

use js_sys::Reflect;
use leptos::prelude::{IsDisposed, Owner, Trigger, document, event_target_checked, event_target_value};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Element, Event, Node};

use crate::{
    held::Held,
    live::{LiveFlag, LiveText, whenever},
};

/// A piece of the page: an element, a text, or several side by side.
#[must_use]
pub struct View(Node);

impl View {
    /// Nothing.
    pub fn none() -> Self {
        Self(document().create_document_fragment().unchecked_into())
    }

    /// Puts something in, after what is there.
    pub fn and(self, piece: impl Piece) -> Self {
        piece.piece().end_of(&self.0);
        self
    }

    /// Puts itself at the end of a node of the page.
    pub fn end_of(self, parent: &Node) {
        drop(parent.append_child(&self.0));
    }

    /// Puts itself before another node.
    pub fn before(self, other: &Node) {
        if let Some(parent) = other.parent_node() {
            drop(parent.insert_before(&self.0, Some(other)));
        }
    }
}

impl From<Node> for View {
    fn from(node: Node) -> Self {
        Self(node)
    }
}

/// An element that is being filled.
#[must_use]
pub struct El(Element);

/// An element with nothing in it yet. The names in this program are all good ones, so the browser makes each.
#[inline(never)]
pub fn el(tag: &'static str) -> El {
    El(document()
        .create_element(tag)
        .unwrap_or_else(|_| unreachable!("the name of an element")))
}

/// The part of a page below the bar: where the link "Tới nội dung chính" leads.
pub fn main(class: &'static str) -> El {
    el("main").id("main").class(class).attr("tabindex", "-1")
}

/// A button that sends no form.
pub fn button(class: &'static str) -> El {
    el("button").attr("type", "button").class(class)
}

/// The button that sends the form it stands in.
pub fn submit(class: &'static str) -> El {
    el("button").attr("type", "submit").class(class)
}

/// A way to another page.
pub fn link(class: &'static str, to: impl Into<Words>) -> El {
    el("a").class(class).attr("href", to)
}

/// A box to type in, or to tick.
pub fn input_box(kind: &'static str) -> El {
    el("input").attr("type", kind).attr("autocomplete", "off")
}

/// A question: its label, tied to the box with this identifier. Hint, box and message follow as children.
pub fn question(id: impl Into<Words>, label: impl Piece) -> El {
    let label = el("label").class("field__label").attr("for", id).child(label);
    el("div").class("field").child(label)
}

/// A plain word of advice to a question.
pub fn hint(id: impl Into<Words>, text: impl Piece) -> El {
    el("p").class("hint").id(id).child(text)
}

/// Pieces side by side.
#[macro_export]
macro_rules! pieces {
    ($($piece:expr),+ $(,)?) => {
        $crate::el::View::none()$(.and($piece))+
    };
}
pub use pieces;

/// The text of an attribute.
pub enum Words {
    /// The attribute is left away.
    Absent,
    /// A text that stays.
    Fixed(Cow<'static, str>),
    /// A text that changes.
    Live(LiveText),
}

/// Whether something is so.
pub enum Flag {
    /// Once and for all.
    Fixed(bool),
    /// As long as what it reads says so.
    Live(LiveFlag),
}

impl El {
    /// An attribute; with an absent text, none.
    pub fn attr(self, name: &'static str, words: impl Into<Words>) -> Self {
        self.with_words(name, words.into())
    }

    /// The classes.
    pub fn class(self, words: impl Into<Words>) -> Self {
        self.with_words("class", words.into())
    }

    /// The identifier.
    pub fn id(self, words: impl Into<Words>) -> Self {
        self.with_words("id", words.into())
    }

    /// The text that stands in an input. Set as a property, and only when it is another than what stands there: nothing may touch a text
    /// that an input method is just composing.
    #[inline(never)]
    pub fn value(self, mut words: LiveText) -> Self {
        let element = self.0.clone();
        whenever(Box::new(move || {
            let (name, text) = (JsValue::from_str("value"), JsValue::from_str(&words()));
            if Reflect::get(&element, &name).as_ref() != Ok(&text) {
                drop(Reflect::set(&element, &name, &text));
            }
        }));
        self
    }

    /// A property that is true or false: `checked`, `disabled`, `hidden`, `open`, `readOnly`, `selected`.
    pub fn is(self, name: &'static str, flag: impl Into<Flag>) -> Self {
        self.with_flag(name, flag.into())
    }

    /// Switches off what browsers "correct" in Vietnamese names. `autocorrect` is Safari's own word for it.
    pub fn uncorrected(self) -> Self {
        self.attr("autocorrect", "off").attr("spellcheck", "false")
    }

    /// What happens on an event, as long as the piece of the page it belongs to is there: taking away a box that has the focus makes the
    /// browser say "blur" once more, when the signals of the box are gone.
    pub fn on(self, event: &'static str, act: impl FnMut(Event) + 'static) -> Self {
        self.on_still(event, guarded(Box::new(act)))
    }

    /// As [`El::on`], also when the piece of the page is being taken away: nothing that belongs to it may be used. The browser frees the
    /// handler together with the element.
    #[inline(never)]
    pub fn on_still(self, event: &'static str, act: Box<dyn FnMut(Event)>) -> Self {
        let act = Closure::wrap(act).into_js_value();
        drop(self.0.add_event_listener_with_callback(event, act.unchecked_ref()));
        self
    }

    /// What a form does when it is sent: nothing leaves the page by itself.
    pub fn on_submit(self, mut act: impl FnMut() + 'static) -> Self {
        self.on("submit", move |event| {
            event.prevent_default();
            act();
        })
    }

    /// What happens with the text of an input, a text area or a list, on `input` or `change`.
    pub fn on_text(self, event: &'static str, mut act: impl FnMut(String) + 'static) -> Self {
        self.on(event, move |event| act(event_target_value(&event)))
    }

    /// What happens when a box is ticked or not any more.
    pub fn on_tick(self, mut act: impl FnMut(bool) + 'static) -> Self {
        self.on("change", move |event| act(event_target_checked(&event)))
    }

    /// Keeps in a signal what is typed.
    pub fn typing(self, into: Held<String>) -> Self {
        self.on_text("input", move |text| into.set(text))
    }

    /// Keeps in a signal whether a box is ticked.
    pub fn ticking(self, into: Held<bool>) -> Self {
        self.on_tick(move |ticked| into.set(ticked))
    }

    /// Puts something in, after what is there.
    pub fn child(self, piece: impl Piece) -> Self {
        piece.piece().end_of(&self.0);
        self
    }

    #[inline(never)]
    fn with_words(self, name: &'static str, words: Words) -> Self {
        match words {
            Words::Absent => {}
            Words::Fixed(text) => drop(self.0.set_attribute(name, &text)),
            Words::Live(mut text) => {
                let element = self.0.clone();
                whenever(Box::new(move || drop(element.set_attribute(name, &text()))));
            }
        }
        self
    }

    #[inline(never)]
    fn with_flag(self, name: &'static str, flag: Flag) -> Self {
        let element = self.0.clone();
        let set = move |so: bool| drop(Reflect::set(&element, &name.into(), &so.into()));
        match flag {
            Flag::Fixed(so) => set(so),
            Flag::Live(mut flag) => whenever(Box::new(move || set(flag()))),
        }
        self
    }
}

#[inline(never)]
fn guarded(mut act: Box<dyn FnMut(Event)>) -> Box<dyn FnMut(Event)> {
    let (there, owner) = (Trigger::new(), Owner::current().unwrap_or_default());
    Box::new(move |event| {
        if !there.is_disposed() {
            owner.with(|| act(event));
        }
    })
}

/// Something that can stand on the page.
pub trait Piece {
    /// The same as a piece of the page.
    fn piece(self) -> View;
}

impl Piece for View {
    fn piece(self) -> View {
        self
    }
}

impl Piece for El {
    fn piece(self) -> View {
        View(self.0.unchecked_into())
    }
}

impl Piece for &str {
    #[inline(never)]
    fn piece(self) -> View {
        View(document().create_text_node(self).unchecked_into())
    }
}

impl Piece for String {
    fn piece(self) -> View {
        self.as_str().piece()
    }
}

impl Piece for LiveText {
    #[inline(never)]
    fn piece(mut self) -> View {
        let node = document().create_text_node("");
        let text = node.clone();
        whenever(Box::new(move || text.set_data(&self())));
        View(node.unchecked_into())
    }
}

impl<P: Piece> Piece for Vec<P> {
    fn piece(self) -> View {
        self.into_iter().fold(View::none(), View::and)
    }
}

impl<P: Piece> Piece for Option<P> {
    fn piece(self) -> View {
        self.map_or_else(View::none, P::piece)
    }
}

impl From<&'static str> for Words {
    fn from(text: &'static str) -> Self {
        Self::Fixed(Cow::Borrowed(text))
    }
}

impl From<String> for Words {
    fn from(text: String) -> Self {
        Self::Fixed(Cow::Owned(text))
    }
}

impl From<LiveText> for Words {
    fn from(text: LiveText) -> Self {
        Self::Live(text)
    }
}

impl<T: Into<Words>> From<Option<T>> for Words {
    fn from(text: Option<T>) -> Self {
        text.map_or(Self::Absent, T::into)
    }
}

impl From<bool> for Flag {
    fn from(so: bool) -> Self {
        Self::Fixed(so)
    }
}

impl From<LiveFlag> for Flag {
    fn from(flag: LiveFlag) -> Self {
        Self::Live(flag)
    }
}
