//! The items of a section: printed number, title, fields.

use leptos::prelude::*;
use rules::form::{Item, Section};

use super::field_if_asked;
use crate::text::form as words;

/// All items of a section, in the order of the paper.
pub fn items(section: &'static Section) -> AnyView {
    section.items.iter().map(item).collect::<Vec<_>>().into_any()
}

/// The fields of a section without the heads of its items: for a form whose items have no number and one item a section.
pub fn fields(section: &'static Section) -> AnyView {
    let fields = section.items.iter().flat_map(|item| item.fields);
    view! { <div class="fields">{fields.map(|field| field_if_asked(field, field.slug.to_owned())).collect::<Vec<_>>()}</div> }.into_any()
}

fn item(item: &'static Item) -> AnyView {
    // A title that only repeats the label of the first field is for those who jump from heading to heading.
    let repeated = item.fields.first().is_some_and(|field| field.label == item.label);
    let number = (!item.number.is_empty()).then(|| words::item(item.number));
    let spoken = number.clone().map(|number| format!("{number}. "));
    view! {
        <section class="item">
            <div class="item__head">
                {number.map(|number| view! { <span class="item__number" aria-hidden="true">{number}</span> })}
                <h2 class="item__title" class:visually-hidden=repeated><span class="visually-hidden">{spoken}</span>{item.label}</h2>
            </div>
            <div class="fields">{item.fields.iter().map(|field| field_if_asked(field, field.slug.to_owned())).collect::<Vec<_>>()}</div>
        </section>
    }
    .into_any()
}
