//! The one place that draws a field: label or legend, hint, example, control, messages, tied by `for`, `id` and `aria-describedby`.
//!
//! Invariant: every control that can have the focus has the identifier `spot::id(path)` and `described_by(field, path)`; a group
//! carries both on its fieldset. A message appears only after the place was left, never while one types.

use std::rc::Rc;

use leptos::prelude::{GetValue, LocalStorage, StoredValue, use_context};
use rules::{
    finding::Severity,
    form::{Field, Kind},
};

use super::{live, spot};
use crate::{
    desk::desk,
    el::{Piece, View, button, el, pieces},
    held::{Held, derived},
    text::form as words,
};

/// What stands below each field besides the findings (remarks of the branch, a way to write one), by its record path. A page provides it.
#[derive(Clone, Copy)]
pub struct Beside(StoredValue<Draw, LocalStorage>);

type Draw = Rc<dyn Fn(&str) -> View>;

impl Beside {
    /// Below each field, what this draws for its path.
    pub fn each(draw: impl Fn(&str) -> View + 'static) -> Self {
        Self(StoredValue::new_local(Rc::new(draw)))
    }
}

/// How label and control belong together.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One control: a label.
    Single,
    /// Several controls: a fieldset with a legend.
    Group,
    /// Cards or lines that carry their own messages: a caption.
    Rows,
    /// No control, or buttons only: a caption.
    Plain,
}

/// A whole field around its control.
pub fn draw(field: &'static Field, path: &str, shape: Shape, control: View) -> View {
    let (place, id, label_id) = (path.to_owned(), spot::id(path), spot::part_id(path, "label"));
    let named = label_id.clone();
    let reach = if shape == Shape::Rows {
        Reach::Exact
    } else {
        Reach::Below
    };
    let beside = use_context::<Beside>().map(|beside| beside.0.get_value()(path));
    let body = pieces![help(field, path), control, said(path, reach), beside];
    let leave = live::leaving(path);
    match shape {
        Shape::Single => el("div")
            .class("field")
            .attr("data-place", place)
            .child(
                el("label")
                    .class("field__label")
                    .id(label_id)
                    .attr("for", id)
                    .child(field.label),
            )
            .child(body)
            .piece(),
        Shape::Group => el("fieldset")
            .class("field")
            .id(id)
            .attr("data-place", place)
            .attr("aria-describedby", described_by(field, path))
            .on_still("focusout", leave)
            .child(el("legend").class("field__label").id(label_id).child(field.label))
            .child(body)
            .piece(),
        Shape::Rows | Shape::Plain => el("div")
            .class("field")
            .id(id)
            .attr("data-place", place)
            .attr("role", "group")
            .attr("tabindex", "-1")
            .attr("aria-labelledby", named)
            .attr("aria-describedby", described_by(field, path))
            .on_still("focusout", leave)
            .child(el("p").class("field__label").id(label_id).child(field.label))
            .child(body)
            .piece(),
    }
}

/// A hidden answer that is kept.
pub fn kept(field: &'static Field, path: &str, show: Held<bool>) -> View {
    let (id, label_id) = (spot::id(path), spot::part_id(path, "label"));
    let named = label_id.clone();
    el("div")
        .class("field field__kept")
        .id(id)
        .attr("role", "group")
        .attr("aria-labelledby", named)
        .child(el("p").id(label_id).child(el("b").child(field.label)))
        .child(el("p").child(words::KEPT))
        .child(
            button("btn btn--quiet")
                .on("click", move |_| show.set(true))
                .child(words::KEPT_SHOW),
        )
        .piece()
}

/// The identifiers of everything that describes the control of a field.
pub fn described_by(field: &Field, path: &str) -> String {
    let there = [
        (!field.hint.is_empty(), "hint"),
        (example(field).is_some(), "example"),
        (true, "said"),
    ];
    let ids: Vec<String> = there
        .into_iter()
        .filter(|(there, _)| *there)
        .map(|(_, part)| spot::part_id(path, part))
        .collect();
    ids.join(" ")
}

fn help(field: &'static Field, path: &str) -> View {
    let (hint_id, example_id) = (spot::part_id(path, "hint"), spot::part_id(path, "example"));
    pieces![
        (!field.hint.is_empty()).then(|| el("p").class("field__hint").id(hint_id).child(field.hint)),
        example(field).map(|example| {
            el("p")
                .class("field__example")
                .id(example_id)
                .child(words::EXAMPLE)
                .child(el("i").child(example))
        })
    ]
}

/// The example, where one helps: answers that are chosen or copied need none.
fn example(field: &Field) -> Option<&'static str> {
    let chosen = matches!(
        field.kind,
        Kind::Choice | Kind::YesNoDetail | Kind::FixedText | Kind::Persons | Kind::Object
    );
    Some(field.example).filter(|example| !example.is_empty() && !chosen)
}

/// Which findings stand at a place.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Those of the place and of everything below it.
    Below,
    /// Those of the very place: for a group or a row, whose fields show their own.
    Exact,
}

/// The messages of a place, once it was left.
pub fn said(path: &str, reach: Reach) -> View {
    let (desk, place) = (desk(), path.to_owned());
    let lines = derived(move || {
        if !desk.visited(&place) {
            return Vec::new();
        }
        let here = desk.findings_at(&place).into_iter();
        here.filter(|finding| reach == Reach::Below || finding.place == place)
            .map(|finding| (finding.severity, finding.message()))
            .collect::<Vec<_>>()
    });
    el("div")
        .class("said")
        .id(spot::part_id(path, "said"))
        .attr("aria-live", "polite")
        .child(live::live(move || {
            lines
                .get()
                .into_iter()
                .map(|(severity, message)| said_line(severity, message))
                .collect::<Vec<_>>()
                .piece()
        }))
        .piece()
}

fn said_line(severity: Severity, message: String) -> View {
    el("p")
        .class(format!("said__line {}", tone("said__line", severity)))
        .child(el("b").child(severity.label()).child(": "))
        .child(message)
        .piece()
}

/// The class that colours a finding.
pub fn tone(base: &str, severity: Severity) -> String {
    match severity {
        Severity::Block => format!("{base}--stop"),
        Severity::Style => format!("{base}--style"),
        Severity::Approve | Severity::Explain => format!("{base}--look"),
    }
}

/// The prefix of the row that a column's path stands in; `None` for a field of the record itself.
pub fn row_of<'p>(field: &Field, path: &'p str) -> Option<&'p str> {
    path.strip_suffix(field.slug)?.strip_suffix('/')
}
