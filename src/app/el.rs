//! Elements whose types are forgotten at once: `el("p").class("soft").child(words)`.
//!
//! The macro of the framework gives every element, attribute and handler a type of its own, and the compiler writes the machinery of
//! drawing, redrawing and taking away for each of them anew. Here there is one type of element, four of attributes and one of handlers, so the
//! program a phone downloads stays small. What a piece of the page redraws is in [`crate::live`].

use std::borrow::Cow;

use leptos::{
    attr::{
        any_attribute::{AnyAttribute, IntoAnyAttribute},
        custom::custom_attribute,
    },
    ev,
    html::custom,
    prelude::*,
    tachys::{html::property::prop, view::iterators::StaticVec},
};
use web_sys::Event;

use crate::{
    held::Held,
    live::{LiveFlag, LiveText},
};

/// An element being put together. Behind a pointer, so that handing it on from step to step costs the program nothing.
#[must_use]
pub struct El(Box<Parts>);

struct Parts {
    tag: &'static str,
    attrs: Vec<AnyAttribute>,
    children: Vec<AnyView>,
}

/// An element with nothing in it yet.
#[inline(never)]
pub fn el(tag: &'static str) -> El {
    El(Box::new(Parts {
        tag,
        attrs: Vec::new(),
        children: Vec::new(),
    }))
}

/// Pieces side by side.
macro_rules! pieces {
    ($($piece:expr),+ $(,)?) => {
        $crate::el::Piece::piece(vec![$($crate::el::Piece::piece($piece)),+])
    };
}
pub(crate) use pieces;

/// The text of an attribute or a property.
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

    /// The text that stands in an input. It is set as a property: the attribute is only what a form would be reset to.
    pub fn value(self, words: LiveText) -> Self {
        self.with(prop("value", words).into_any_attr())
    }

    /// A property that is true or false: `checked`, `disabled`, `hidden`, `open`, `readOnly`, `selected`.
    pub fn is(self, name: &'static str, flag: impl Into<Flag>) -> Self {
        let flag = match flag.into() {
            Flag::Fixed(so) => Box::new(move || so),
            Flag::Live(flag) => flag,
        };
        self.with(prop(name, flag).into_any_attr())
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

    /// As [`El::on`], also when the piece of the page is being taken away: nothing that belongs to it may be used.
    pub fn on_still(self, event: &'static str, act: Box<dyn FnMut(Event)>) -> Self {
        self.with(ev::on(ev::Custom::new(event), act).into_any_attr())
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
    pub fn child(mut self, piece: impl Piece) -> Self {
        self.0.children.push(piece.piece());
        self
    }

    fn with_words(self, name: &'static str, words: Words) -> Self {
        match words {
            Words::Absent => self,
            Words::Fixed(text) => self.with(custom_attribute(name, text).into_any_attr()),
            Words::Live(text) => self.with(custom_attribute(name, text).into_any_attr()),
        }
    }

    fn with(mut self, attr: AnyAttribute) -> Self {
        self.0.attrs.push(attr);
        self
    }
}

fn guarded(mut act: Box<dyn FnMut(Event)>) -> Box<dyn FnMut(Event)> {
    let there = Trigger::new();
    Box::new(move |event| {
        if !there.is_disposed() {
            act(event);
        }
    })
}

/// Something that can stand on the page.
pub trait Piece {
    /// The same with its type forgotten.
    fn piece(self) -> AnyView;
}

impl Piece for AnyView {
    fn piece(self) -> AnyView {
        self
    }
}

impl Piece for El {
    fn piece(self) -> AnyView {
        let Parts { tag, attrs, children } = *self.0;
        custom(tag)
            .child(StaticVec::from(children))
            .add_any_attr(attrs)
            .into_any()
    }
}

impl Piece for Cow<'static, str> {
    fn piece(self) -> AnyView {
        self.into_any()
    }
}

impl Piece for &'static str {
    fn piece(self) -> AnyView {
        Cow::Borrowed(self).piece()
    }
}

impl Piece for String {
    fn piece(self) -> AnyView {
        Cow::<'static, str>::Owned(self).piece()
    }
}

impl Piece for LiveText {
    fn piece(self) -> AnyView {
        self.into_any()
    }
}

impl Piece for Vec<AnyView> {
    fn piece(self) -> AnyView {
        StaticVec::from(self).into_any()
    }
}

impl Piece for Vec<El> {
    fn piece(self) -> AnyView {
        self.into_iter().map(El::piece).collect::<Vec<_>>().piece()
    }
}

impl<P: Piece> Piece for Option<P> {
    fn piece(self) -> AnyView {
        self.map_or_else(|| Vec::<AnyView>::new().piece(), P::piece)
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
