//! One relative: the line that names the card, and the fields that the relation and the other answers ask for.

use leptos::prelude::*;
use rules::form::{Field, Kind, person, person_fields, relation};

use super::{field_view, frame, live};
use crate::{
    desk::desk,
    el::pieces,
    el::{Piece, View},
    held::{Held, derived},
    text::form as words,
};

/// "Ông nội · Hạng Chứ Páo".
pub fn name(place: &str) -> String {
    let desk = desk();
    desk.conditions().track();
    let slug = desk.peek(&format!("{place}/relation"));
    let name = desk.peek(&format!("{place}/name"));
    let relation = relation(&slug).map_or(words::NO_RELATION, |relation| relation.label);
    format!("{relation} · {}", if name.is_empty() { words::NAMELESS } else { &name })
}

/// "sinh 1948, mất 2011".
pub fn gist(place: &str) -> String {
    let desk = desk();
    desk.conditions().track();
    words::life(
        &desk.peek(&format!("{place}/birth_year")),
        &desk.peek(&format!("{place}/death.year")),
    )
}

/// The fields of a person, in order, and below them what is kept of questions that are not asked (any more).
pub fn fields(place: String) -> View {
    let desk = desk();
    let asked = {
        let place = place.clone();
        derived(move || {
            desk.conditions().track();
            desk.with(|record| person_fields(record, &place))
                .into_iter()
                .map(|field| field.slug.to_owned())
                .collect::<Vec<_>>()
        })
    };
    let (told, listed) = (place.clone(), place.clone());
    let unasked = derived(move || asked.with(|asked| unasked(asked, &listed)));
    pieces![
        live::each(asked, move |slug| {
            member(&slug)
                .map(|field| field_view(field, format!("{place}/{slug}")))
                .piece()
        }),
        live::each(unasked, move |slug| {
            member(&slug)
                .map(|field| looked_at(field, format!("{told}/{slug}")))
                .piece()
        })
    ]
}

/// A kept answer, and the field itself once somebody wants to see it.
fn looked_at(field: &'static Field, path: String) -> View {
    let looked_at = Held::new(false);
    live::live(move || {
        if looked_at.get() {
            field_view(field, path.clone())
        } else {
            frame::kept(field, &path, looked_at)
        }
    })
}

/// Members of a person, those of objects one by one.
fn members() -> impl Iterator<Item = &'static Field> {
    person().iter().flat_map(|field| {
        if field.kind == Kind::Object {
            field.columns.iter()
        } else {
            std::slice::from_ref(field).iter()
        }
    })
}

fn member(slug: &str) -> Option<&'static Field> {
    members().find(|field| field.slug == slug)
}

/// Written, but not asked.
fn unasked(asked: &[String], place: &str) -> Vec<String> {
    let written = |slug: &str| desk().with(|record| !record.is_blank(&format!("{place}/{slug}")));
    let not_asked = members()
        .map(|field| field.slug)
        .filter(|slug| *slug != "id" && asked.iter().all(|asked| asked != slug));
    not_asked.filter(|slug| written(slug)).map(str::to_owned).collect()
}
