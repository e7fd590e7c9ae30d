//! One of several answers: radio buttons for a few, the phone's own list for more, a box with suggestions for a long list of names.
//!
//! Invariant: a stored value that is none of the choices is shown and kept, never replaced.

use rules::form::{Choice, Field};

use super::{frame, frame::Shape, live, spot, suggest};
use crate::{
    desk::desk,
    el::{Piece, View, el, input_box},
    text::form as words,
};

enum Way {
    Radios,
    List,
    Suggestions,
}

/// Few choices are radio buttons; inside a row, where space is dear, very few. Names that are their own value can be typed.
fn way(field: &Field, path: &str) -> Way {
    let few = if path.contains('/') { 3 } else { 6 };
    match field.choices.len() {
        n if n <= few => Way::Radios,
        n if n > 20 && field.choices.iter().all(|choice| choice.value == choice.label) => Way::Suggestions,
        _ => Way::List,
    }
}

/// How the label belongs to the control that [`view`] draws.
pub fn shape(field: &Field, path: &str) -> Shape {
    if matches!(way(field, path), Way::Radios) {
        Shape::Group
    } else {
        Shape::Single
    }
}

/// The control of a choice.
pub fn view(field: &'static Field, path: String) -> View {
    match way(field, &path) {
        Way::Radios => radios(field.choices, &path),
        Way::List => list(field, path),
        Way::Suggestions => suggest::view(field, path),
    }
}

/// Radio buttons for a record path; the fieldset around them carries the label.
pub fn radios(choices: &'static [Choice], path: &str) -> View {
    let short = choices.iter().all(|choice| choice.label.chars().count() <= 12);
    let mut offered: Vec<(String, String)> = choices
        .iter()
        .map(|choice| (choice.value.to_owned(), choice.label.to_owned()))
        .collect();
    offered.extend(stranger(choices, path));
    let radios: Vec<_> = offered
        .into_iter()
        .enumerate()
        .map(|(at, (value, label))| radio(path, at, value, label))
        .collect();
    el("div")
        .class(if short { "choices choices--short" } else { "choices" })
        .child(radios)
        .piece()
}

fn radio(path: &str, at: usize, value: String, label: String) -> View {
    let desk = desk();
    let (shown, chosen, own) = (path.to_owned(), path.to_owned(), value.clone());
    el("label")
        .class("choice")
        .child(
            input_box("radio")
                .id(spot::part_id(path, &at.to_string()))
                .attr("name", spot::id(path))
                .attr("value", value.clone())
                .is("checked", live::flag(move || desk.text(&shown) == own))
                .is("disabled", live::read_only())
                .on("change", move |_| desk.put(&chosen, value.clone())),
        )
        .child(el("span").child(label))
        .piece()
}

fn list(field: &'static Field, path: String) -> View {
    let desk = desk();
    let mut offered = vec![(String::new(), words::NOT_CHOSEN.to_owned())];
    offered.extend(
        field
            .choices
            .iter()
            .filter(|choice| !choice.value.is_empty())
            .map(|choice| (choice.value.to_owned(), choice.label.to_owned())),
    );
    offered.extend(stranger(field.choices, &path));
    let options: Vec<_> = offered
        .into_iter()
        .map(|(value, label)| {
            let (shown, own) = (path.clone(), value.clone());
            el("option")
                .attr("value", value)
                .is("selected", live::flag(move || desk.text(&shown) == own))
                .child(label)
        })
        .collect();
    let id = spot::id(&path);
    el("select")
        .id(id.clone())
        .attr("aria-describedby", frame::described_by(field, &path))
        .is("disabled", live::read_only())
        .on_text("change", move |text| {
            desk.put(&path, text);
            spot::keep_focus(id.clone());
        })
        .child(options)
        .piece()
}

/// A stored value that is none of the choices.
fn stranger(choices: &[Choice], path: &str) -> Option<(String, String)> {
    let held = desk().peek(path);
    (!held.is_empty() && choices.iter().all(|choice| choice.value != held)).then(|| (held.clone(), held))
}
