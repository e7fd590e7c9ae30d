//! A record path in the words of the page: "Mục 21 · Cha đẻ · Vàng A Mẫu · Năm mất", and the section it stands in.

use rules::form::{Field, Form, Item, Section, field, field_and_part};

use super::person;
use crate::{desk::Desk, text::form as words};

/// The item that a place stands in, its section, and its number among all items; `None` for what is on no page.
pub fn home(form: &'static Form, place: &str) -> Option<(usize, &'static Section, &'static Item)> {
    let first = place.split('/').next()?;
    let wanted = field(form, first)?;
    let holds = |item: &&'static Item| item.fields.iter().any(|own: &Field| std::ptr::eq(own, wanted));
    let items = form
        .sections
        .iter()
        .flat_map(|section| section.items.iter().map(move |item| (section, item)));
    items
        .enumerate()
        .find(|(_, (_, item))| holds(item))
        .map(|(at, (section, item))| (at, section, item))
}

/// The place in words, from the item down to the part.
pub fn name(desk: Desk, place: &str) -> String {
    let form = desk.form();
    let mut said: Vec<String> = Vec::new();
    if let Some((_, _, item)) = home(form, place)
        && !item.number.is_empty()
    {
        said.push(words::item(item.number));
    }
    let segments: Vec<&str> = place.split('/').collect();
    for (at, segment) in segments.iter().enumerate() {
        let here = segments.get(..=at).unwrap_or_default().join("/");
        if at % 2 == 1 {
            said.push(row(desk, &here, segment));
        } else if let Some((field, part)) = field_and_part(form, &here)
            && *segment != "_"
            && here != "family"
        {
            said.push(field.label.to_owned());
            said.extend(
                part.filter(|part| part.slug != "answer")
                    .map(|part| part.label.to_owned()),
            );
        }
    }
    said.dedup();
    said.join(" · ")
}

fn row(desk: Desk, place: &str, row: &str) -> String {
    let group = place.rsplit_once('/').map_or("", |(group, _)| group);
    if group == "family" {
        return person::name(place);
    }
    let at = desk.with(|record| record.rows(group).iter().position(|each| *each == row));
    words::row(at.map_or(1, |at| at + 1))
}
