//! One relative: the line that names the card, and the fields that the relation and the other answers ask for.

use leptos::prelude::*;
use rules::form::{Field, Kind, PERSON, person_fields, relation};

use super::{field_view, frame};
use crate::{desk::desk, text::form as words};

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
    words::life(&desk.peek(&format!("{place}/birth_year")), &desk.peek(&format!("{place}/death.year")))
}

/// The fields of a person, in order, and below them what is kept of questions that are not asked (any more).
pub fn fields(place: String) -> AnyView {
    let desk = desk();
    let asked = {
        let place = place.clone();
        Memo::new(move |_| {
            desk.conditions().track();
            desk.with(|record| person_fields(record, &place)).into_iter().map(|field| field.slug).collect::<Vec<_>>()
        })
    };
    let (drawn, hidden) = (place.clone(), place);
    view! {
        <For each=move || asked.get() key=|slug| *slug children=move |slug| member(slug).map(|field| field_view(field, format!("{drawn}/{slug}"))) />
        <For each=move || asked.with(|asked| unasked(asked, &hidden)) key=|(slug, _)| *slug children=move |(slug, path)| {
            let looked_at = RwSignal::new(false);
            member(slug).map(|field| (move || {
                if looked_at.get() { field_view(field, path.clone()) } else { frame::kept(field, &path, looked_at) }
            }).into_any())
        } />
    }
    .into_any()
}

/// Members of a person, those of objects one by one.
fn members() -> impl Iterator<Item = &'static Field> {
    PERSON.iter().flat_map(|field| if field.kind == Kind::Object { field.columns.iter() } else { std::slice::from_ref(field).iter() })
}

fn member(slug: &str) -> Option<&'static Field> {
    members().find(|field| field.slug == slug)
}

/// Written, but not asked; with its path.
fn unasked(asked: &[&'static str], place: &str) -> Vec<(&'static str, String)> {
    let not_asked = members().map(|field| field.slug).filter(|slug| *slug != "id" && !asked.contains(slug));
    not_asked.map(|slug| (slug, format!("{place}/{slug}"))).filter(|(_, path)| desk().with(|record| !record.is_blank(path))).collect()
}
