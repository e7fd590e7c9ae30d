//! The items of a section: printed number, title, fields.

use rules::form::{Item, Section};

use super::field_if_asked;
use crate::{
    el::{Piece, View, el},
    text::form as words,
};

/// All items of a section, in the order of the paper.
pub fn items(section: &'static Section) -> View {
    section.items.iter().map(item).collect::<Vec<_>>().piece()
}

/// The fields of a section without the heads of its items: for a form whose items have no number and one item a section.
pub fn fields(section: &'static Section) -> View {
    let fields = section.items.iter().flat_map(|item| item.fields);
    el("div")
        .class("fields")
        .child(
            fields
                .map(|field| field_if_asked(field, field.slug.to_owned()))
                .collect::<Vec<_>>(),
        )
        .piece()
}

fn item(item: &'static Item) -> View {
    // A title that only repeats the label of the first field is for those who jump from heading to heading.
    let repeated = item.fields.first().is_some_and(|field| field.label == item.label);
    let number = (!item.number.is_empty()).then(|| words::item(item.number));
    let spoken = number.clone().map(|number| format!("{number}. "));
    el("section")
        .class("item")
        .child(
            el("div")
                .class("item__head")
                .child(number.map(|number| {
                    el("span")
                        .class("item__number")
                        .attr("aria-hidden", "true")
                        .child(number)
                }))
                .child(
                    el("h2")
                        .class(if repeated {
                            "item__title visually-hidden"
                        } else {
                            "item__title"
                        })
                        .child(el("span").class("visually-hidden").child(spoken))
                        .child(item.label),
                ),
        )
        .child(
            el("div").class("fields").child(
                item.fields
                    .iter()
                    .map(|field| field_if_asked(field, field.slug.to_owned()))
                    .collect::<Vec<_>>(),
            ),
        )
        .piece()
}
