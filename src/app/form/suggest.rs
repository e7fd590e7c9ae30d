//! A text box that suggests: type a few letters with or without marks, pick, or write something else.
//!
//! Follows the combobox pattern of the ARIA practices: arrow keys move through the list, Enter takes, Escape closes. What is typed
//! stays as typed; only a name that equals an offer but for spelling is replaced by it, and only when the box is left. The list stands
//! in the flow of the page and closes a moment after the box was left, so that it neither covers what one wants to tap next nor
//! slides it away under the finger. Where the offers come from: the choices of a field here, the administrative units in `place`.

use std::{rc::Rc, time::Duration};

use leptos::{ev::KeyboardEvent, prelude::*};
use rules::{
    form::{Choice, Field},
    text::{fold, weak},
};
use wasm_bindgen::JsCast;

use super::{frame, live, spot};
use crate::{
    desk::{Desk, desk},
    el::{Piece, View, el, input_box},
    held::Held,
    pointer,
};

/// Something to pick: what the list says, and the answers it puts, by record path.
#[derive(Clone)]
pub struct Offer {
    pub label: String,
    pub answers: Vec<(String, String)>,
}

/// Finds offers for what is typed.
pub type Find = Rc<dyn Fn(&str) -> Vec<Offer>>;

/// Where offers come from.
#[derive(Clone)]
pub struct Source {
    pub find: Find,
    /// A long search waits for a pause in the typing, and a name typed in full is left alone.
    pub long: bool,
}

const PAUSE: Duration = Duration::from_millis(250);

#[derive(Clone, Copy)]
struct Open {
    desk: Desk,
    path: StoredValue<String>,
    source: StoredValue<Source, LocalStorage>,
    /// What is offered; empty while the list is closed.
    found: Held<Vec<Offer>>,
    /// Which of them the arrow keys are on.
    at: Held<Option<usize>>,
    /// Counts what was typed, so that only the last search is shown.
    typed: StoredValue<u32>,
}

/// The control of a field with suggestions.
pub fn view(field: &'static Field, path: String) -> View {
    let (choices, target) = (field.choices, path.clone());
    let find = Rc::new(move |typed: &str| among(choices, typed, &target));
    input(
        &path,
        field.label,
        frame::described_by(field, &path),
        Source { find, long: false },
    )
}

/// The choices whose label holds what is typed; those that begin with it first.
fn among(choices: &'static [Choice], typed: &str, path: &str) -> Vec<Offer> {
    let key = weak(typed);
    let held = choices
        .iter()
        .filter(|choice| !choice.value.is_empty() && weak(choice.label).contains(&key));
    let (mut first, then): (Vec<_>, Vec<_>) = held.partition(|choice| weak(choice.label).starts_with(&key));
    first.extend(then);
    let offer = |choice: &Choice| Offer {
        label: choice.label.to_owned(),
        answers: vec![(path.to_owned(), choice.value.to_owned())],
    };
    first.into_iter().map(offer).collect()
}

/// A box with suggestions for a record path.
pub fn input(path: &str, label: &'static str, described_by: String, source: Source) -> View {
    let desk = desk();
    let open = Open {
        desk,
        path: StoredValue::new(path.to_owned()),
        source: StoredValue::new_local(source),
        found: Held::new(Vec::new()),
        at: Held::new(None),
        typed: StoredValue::new(0),
    };
    let (id, list_id, shown, active) = (
        spot::id(path),
        spot::part_id(path, "list"),
        path.to_owned(),
        path.to_owned(),
    );
    el("div")
        .class("suggest")
        .child(
            input_box("text")
                .attr("role", "combobox")
                .id(id)
                .uncorrected()
                .attr("aria-autocomplete", "list")
                .attr("aria-controls", list_id)
                .attr("aria-describedby", described_by)
                .attr(
                    "aria-expanded",
                    live::state(move || open.found.with(|found| !found.is_empty())),
                )
                .attr(
                    "aria-activedescendant",
                    live::text(move || open.at.get().map_or_else(String::new, |at| option_id(&active, at))),
                )
                .is("readOnly", live::read_only())
                .value(live::text(move || desk.text(&shown)))
                .on_text("input", move |text| open.type_in(text))
                .on("click", move |_| open.look())
                .on("keydown", move |event| open.key(event.unchecked_ref()))
                .on("blur", move |_| open.leave())
                .on_still("focusout", live::leaving(path)),
        )
        .child(live::live_if(move || list(label, open)))
        .piece()
}

fn option_id(path: &str, at: usize) -> String {
    spot::part_id(path, &format!("o{at}"))
}

fn list(label: &'static str, open: Open) -> Option<View> {
    let path = open.path.get_value();
    let offers = open.found.get();
    let options = offers.into_iter().enumerate().map(|(at, offer)| {
        el("li")
            .class("suggest__option")
            .attr("role", "option")
            .id(option_id(&path, at))
            .attr("aria-selected", live::state(move || open.at.get() == Some(at)))
            .on("mousedown", |event| event.prevent_default())
            .on("click", move |_| open.take(at))
            .child(offer.label)
    });
    let options: Vec<_> = options.collect();
    (!options.is_empty()).then(|| {
        el("ul")
            .class("suggest__list")
            .attr("role", "listbox")
            .id(spot::part_id(&path, "list"))
            .attr("aria-label", label)
            .child(options)
            .piece()
    })
}

impl Open {
    fn search(self, typed: &str) -> Vec<Offer> {
        let find = self.source.with_value(|source| source.find.clone());
        let own = |offer: &Offer| matches!(offer.answers.as_slice(), [(_, text)] if text == typed);
        find(typed).into_iter().filter(|offer| !own(offer)).collect()
    }

    /// A tap on the closed box shows the whole list, where that is short enough to read.
    fn look(self) {
        let wanted = !self.desk.read_only().get_untracked() && self.found.with_untracked(Vec::is_empty);
        if wanted && !self.source.with_value(|source| source.long) {
            self.show("");
        }
    }

    /// Shows what is found, and brings it above the status line and the phone's keyboard.
    fn show(self, typed: &str) {
        self.found.set(self.search(typed));
        let list = self.path.with_value(|path| spot::part_id(path, "list"));
        request_animation_frame(move || spot::nearest(&list));
    }

    fn type_in(self, text: String) {
        self.at.set(None);
        self.path.with_value(|path| self.desk.type_in(path, text.clone()));
        self.typed.update_value(|count| *count += 1);
        if !self.source.with_value(|source| source.long) {
            return self.show(&text);
        }
        let now = self.typed.get_value();
        set_timeout(
            move || {
                if self.typed.try_get_value() == Some(now) {
                    self.show(&text);
                }
            },
            PAUSE,
        );
    }

    fn take(self, at: usize) {
        let offer = self.found.with_untracked(|found| found.get(at).cloned());
        self.close();
        for (path, text) in offer.into_iter().flat_map(|offer| offer.answers) {
            self.desk.put(&path, text);
        }
    }

    fn close(self) {
        self.typed.update_value(|count| *count += 1);
        self.found.set(Vec::new());
        self.at.set(None);
    }

    fn leave(self) {
        // A search that still waits for a pause would open a list under a box that nobody is in any more.
        self.typed.update_value(|count| *count += 1);
        if !self.found.with_untracked(Vec::is_empty) {
            let now = self.typed.get_value();
            let close = move || {
                if self.typed.try_get_value() == Some(now) {
                    self.close();
                }
            };
            set_timeout(move || pointer::when_lifted(close), PAUSE);
        }
        if self.source.with_value(|source| source.long) {
            return;
        }
        let typed = fold(&self.path.with_value(|path| self.desk.peek(path)));
        let same = |offer: &Offer| !typed.is_empty() && fold(&offer.label) == typed;
        if let Some(offer) = self.search("").into_iter().find(same) {
            for (path, text) in offer.answers {
                self.desk.put(&path, text);
            }
        }
    }

    fn key(self, event: &KeyboardEvent) {
        let count = self.found.with_untracked(Vec::len);
        match (event.key().as_str(), self.at.get_untracked()) {
            ("ArrowDown", _) if count == 0 => self.look(),
            ("ArrowDown", at) => self
                .at
                .set(Some(at.map_or(0, |at| if at + 1 < count { at + 1 } else { 0 }))),
            ("ArrowUp", at) if count > 0 => self
                .at
                .set(Some(at.and_then(|at| at.checked_sub(1)).unwrap_or(count - 1))),
            ("Enter", Some(at)) => self.take(at),
            ("Escape", _) if count > 0 => self.close(),
            _ => return,
        }
        event.prevent_default();
        if let Some(at) = self.at.get_untracked() {
            spot::nearest(&self.path.with_value(|path| option_id(path, at)));
        }
    }
}
