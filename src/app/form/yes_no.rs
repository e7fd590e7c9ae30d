//! A question with "có" or "không", and room for the details of a "có".

use rules::form::Field;

use super::{choice, frame, live, long_text, spot};
use crate::{
    desk::desk,
    el::{Piece, View, el, pieces},
    text::form as words,
};

/// The control of a yes/no question.
pub fn view(field: &'static Field, path: String) -> View {
    let desk = desk();
    let (answer, detail) = (format!("{path}.answer"), format!("{path}.detail"));
    let choices = field
        .parts
        .iter()
        .find(|part| part.slug == "answer")
        .map_or(&[][..], |part| part.choices);
    let label = field
        .parts
        .iter()
        .find(|part| part.slug == "detail")
        .map_or("", |part| part.label);
    let radios = choice::radios(choices, &answer);
    let more = live::live_if(move || {
        let id = spot::id(&detail);
        if desk.text(&answer) == "có" {
            let area = long_text::area(&detail, frame::described_by(field, &path));
            Some(
                el("div")
                    .class("part after")
                    .child(el("label").class("part__label").attr("for", id).child(label))
                    .child(area)
                    .piece(),
            )
        } else {
            let kept = !desk.peek(&detail).is_empty();
            kept.then(|| el("p").class("field__kept after").child(words::KEPT).piece())
        }
    });
    pieces![radios, more]
}
