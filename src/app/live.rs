//! What changes by itself: a piece of the page that is redrawn, a text, a flag, a keyed list.
//!
//! All of it is the framework's effects: what an effect reads it follows, and what is made within it ends with its next run. The
//! closures stand in boxes, so that the machinery around them is written once. Not here: the closures of the form that know the desk
//! (`form::live`).

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Node;

use crate::{
    el::{Piece, View, el},
    held::Held,
};

/// Acts now, and again whenever something changes that the act has read, as long as the piece of the page is there.
#[inline(never)]
pub fn whenever(mut act: Box<dyn FnMut()>) {
    StoredValue::new_local(RenderEffect::new(move |_| act()));
}

/// A piece of the page that is drawn anew when what it reads changes. Two comments in the page mark where it stands.
pub fn live(draw: impl FnMut() -> View + 'static) -> View {
    between(Box::new(draw))
}

/// As [`live`], for a piece that may be absent.
pub fn live_if<P: Piece>(mut draw: impl FnMut() -> Option<P> + 'static) -> View {
    between(Box::new(move || draw().piece()))
}

fn between(mut draw: Box<dyn FnMut() -> View>) -> View {
    let (begin, end) = (mark(), mark());
    let whole = View::none().and(View::from(begin.clone())).and(View::from(end.clone()));
    whenever(Box::new(move || {
        let new = draw();
        while let Some(old) = begin.next_sibling().filter(|next| *next != end) {
            take_away(old);
        }
        new.before(&end);
    }));
    whole
}

/// A place in the page that shows nothing.
fn mark() -> Node {
    document().create_comment("").unchecked_into()
}

fn take_away(node: Node) {
    drop(node.parent_node().map(|parent| parent.remove_child(&node)));
}

/// A text or the value of an attribute that changes.
pub type LiveText = Box<dyn FnMut() -> String>;

/// A text that changes.
pub fn text(read: impl FnMut() -> String + 'static) -> LiveText {
    Box::new(read)
}

/// Something that is so or not.
pub type LiveFlag = Box<dyn FnMut() -> bool>;

/// A property that is set or not.
pub fn flag(read: impl FnMut() -> bool + 'static) -> LiveFlag {
    Box::new(read)
}

/// The same for attributes that want the words `true` and `false` (ARIA states).
pub fn state(mut read: impl FnMut() -> bool + 'static) -> LiveText {
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
pub fn progress(busy: Held<bool>, what: &'static str) -> View {
    live_if(move || busy.get().then(|| el("progress").attr("aria-label", what)))
}

/// A piece of a list between its two marks, and the owner of what belongs to it.
struct Row {
    key: String,
    owner: Owner,
    begin: Node,
    end: Node,
}

impl Row {
    fn nodes(&self) -> Vec<Node> {
        let mut nodes = vec![self.begin.clone()];
        while let Some(next) = nodes
            .last()
            .filter(|last| **last != self.end)
            .and_then(Node::next_sibling)
        {
            nodes.push(next);
        }
        nodes
    }

    fn put_before(&self, next: &Node) {
        if self.end.next_sibling().as_ref() != Some(next) {
            for node in self.nodes() {
                View::from(node).before(next);
            }
        }
    }
}

/// A piece for each key, kept as long as the key is there: its text, its focus and what it follows.
pub fn each<P: Piece>(keys: Held<Vec<String>>, draw: impl Fn(String) -> P + 'static) -> View {
    each_of(keys, Box::new(move |key| draw(key).piece()))
}

fn each_of(keys: Held<Vec<String>>, draw: Box<dyn Fn(String) -> View>) -> View {
    let end = mark();
    let whole = View::none().and(View::from(end.clone()));
    let home = Owner::current().unwrap_or_default();
    let mut rows: Vec<Row> = Vec::new();
    whenever(Box::new(move || {
        let keys = keys.get();
        rows.retain(|row| {
            let stays = keys.contains(&row.key);
            if !stays {
                row.owner.cleanup();
                row.nodes().into_iter().for_each(take_away);
            }
            stays
        });
        rows = keys
            .into_iter()
            .map(|key| match rows.iter().position(|row| row.key == key) {
                Some(at) => rows.swap_remove(at),
                None => {
                    let (owner, begin, after) = (home.with(Owner::new), mark(), mark());
                    let piece = owner.with(|| untrack(|| draw(key.clone())));
                    for part in [View::from(begin.clone()), piece, View::from(after.clone())] {
                        part.before(&end);
                    }
                    Row {
                        key,
                        owner,
                        begin,
                        end: after,
                    }
                }
            })
            .collect();
        // From the end, so that a row that goes up stays in its place and keeps the focus, and the one above it moves.
        let mut next = end.clone();
        for row in rows.iter().rev() {
            row.put_before(&next);
            next = row.begin.clone();
        }
    }));
    whole
}
