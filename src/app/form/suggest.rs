//! A text box that suggests from a list: type a few letters with or without marks, pick, or write something else.
//!
//! Follows the combobox pattern of the ARIA practices: arrow keys move through the list, Enter takes, Escape closes. What is typed
//! stays as typed; only a name that equals a suggestion but for spelling is replaced by it, and only when the box is left.

use leptos::{ev::KeyboardEvent, prelude::*};
use rules::{
    form::{Choice, Field},
    text::{fold, weak},
};

use super::{entry, frame, live, spot};
use crate::desk::{Desk, desk};

/// Which suggestions are shown, and which of them the arrow keys are on.
#[derive(Clone, Copy)]
struct Open {
    desk: Desk,
    choices: &'static [Choice],
    path: StoredValue<String>,
    typed: RwSignal<Option<String>>,
    at: RwSignal<Option<usize>>,
}

/// The control of a field with suggestions.
pub fn view(field: &'static Field, path: String) -> AnyView {
    let desk = desk();
    let open = Open { desk, choices: field.choices, path: StoredValue::new(path.clone()), typed: RwSignal::new(None), at: RwSignal::new(None) };
    let (id, list_id, shown) = (spot::id(&path), spot::part_id(&path, "list"), path.clone());
    let active_id = path.clone();
    view! {
        <div class="suggest">
            <input type="text" role="combobox" id=id autocomplete="off" {..entry::uncorrected()} spellcheck="false"
                aria-autocomplete="list" aria-controls=list_id
                aria-expanded=live::state(move || !open.shown().is_empty())
                aria-activedescendant=move || open.at.get().map(|at| spot::part_id(&active_id, &format!("o{at}")))
                aria-describedby=frame::described_by(field, &path)
                prop:readOnly=live::read_only()
                prop:value=live::text(move || desk.text(&shown))
                on:input:target=move |event| open.type_in(event.target().value())
                on:click=live::on(move |_| open.look())
                on:keydown=move |event| open.key(&event)
                on:blur=live::on(move |_| open.leave()) on:focusout=live::leaving(&path) />
            {live::live_if(move || list(field, open))}
        </div>
    }
    .into_any()
}

fn list(field: &'static Field, open: Open) -> Option<AnyView> {
    let found = open.shown();
    let path = open.path.get_value();
    let options = found.iter().enumerate().map(|(at, choice)| {
        let value = choice.value;
        view! {
            <li class="suggest__option" role="option" id=spot::part_id(&path, &format!("o{at}"))
                aria-selected=live::state(move || open.at.get() == Some(at))
                on:mousedown=|event| event.prevent_default()
                on:click=live::on(move |_| open.take(value))>
                {choice.label}
            </li>
        }
    });
    let options: Vec<_> = options.collect();
    (!options.is_empty()).then(|| {
        view! { <ul class="suggest__list" role="listbox" id=spot::part_id(&path, "list") aria-label=field.label>{options}</ul> }.into_any()
    })
}

impl Open {
    /// The suggestions for what is typed; none while the box is closed.
    fn shown(self) -> Vec<&'static Choice> {
        let Some(typed) = self.typed.get() else { return Vec::new() };
        let key = weak(&typed);
        let offered = self.choices.iter().filter(|choice| !choice.value.is_empty());
        let (mut found, inside): (Vec<_>, Vec<_>) =
            offered.filter(|choice| weak(choice.label).contains(&key)).partition(|choice| weak(choice.label).starts_with(&key));
        found.extend(inside);
        found
    }

    /// Opens the whole list, as a tap on a closed list does.
    fn look(self) {
        if !self.desk.read_only().get_untracked() && self.typed.with_untracked(Option::is_none) {
            self.typed.set(Some(String::new()));
        }
    }

    fn type_in(self, text: String) {
        self.at.set(None);
        self.typed.set(Some(text.clone()));
        self.path.with_value(|path| self.desk.type_in(path, text));
    }

    fn take(self, value: &'static str) {
        self.close();
        self.path.with_value(|path| self.desk.put(path, value.to_owned()));
    }

    fn close(self) {
        self.typed.set(None);
        self.at.set(None);
    }

    fn leave(self) {
        self.close();
        self.path.with_value(|path| {
            let key = fold(&self.desk.peek(path));
            if let Some(same) = self.choices.iter().find(|choice| !key.is_empty() && fold(choice.label) == key) {
                self.desk.put(path, same.value.to_owned());
            }
        });
    }

    fn key(self, event: &KeyboardEvent) {
        let found = untrack(|| self.shown());
        let last = found.len().checked_sub(1);
        match (event.key().as_str(), self.at.get_untracked()) {
            ("ArrowDown", _) if found.is_empty() => self.look(),
            ("ArrowDown", at) => self.at.set(last.map(|last| at.map_or(0, |at| if at < last { at + 1 } else { 0 }))),
            ("ArrowUp", at) => self.at.set(last.map(|last| at.and_then(|at| at.checked_sub(1)).unwrap_or(last))),
            ("Enter", Some(at)) => {
                if let Some(choice) = found.get(at) {
                    self.take(choice.value);
                }
            }
            ("Escape", _) if !found.is_empty() => return self.close(),
            _ => return,
        }
        event.prevent_default();
        if let Some(at) = self.at.get_untracked() {
            spot::nearest(&spot::part_id(&self.path.get_value(), &format!("o{at}")));
        }
    }
}
