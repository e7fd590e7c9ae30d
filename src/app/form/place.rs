//! Places: the parts of a place today, its former name beside it, a place abroad, the four levels of a Party place.
//!
//! Where a commune is written, the list of administrative units suggests: the present name, or what an old one became. A pick fills
//! commune and province, and the old names when it was found by them; nothing is filled without a pick.

use std::rc::Rc;

use rules::{form::Field, place::Suggestion};

use super::{
    entry,
    entry::Look,
    frame, spot,
    suggest::{self, Offer, Source},
};
use crate::{
    desk::desk,
    el::{Piece, View, el, pieces},
    places,
    text::form as words,
};

/// So many units are offered: as many as fit between the box and the keyboard of a phone.
const OFFERED: usize = 6;

/// The control of a place: a labelled input for each part of the catalogue entry.
pub fn view(field: &'static Field, path: String) -> View {
    let is_old = |part: &&Field| part.slug.starts_with("old.");
    let is_abroad = |part: &&Field| part.slug == "text";
    let now: Vec<_> = field
        .parts
        .iter()
        .filter(|part| !is_old(part) && !is_abroad(part))
        .collect();
    let old: Vec<_> = field.parts.iter().filter(is_old).collect();
    let abroad: Vec<_> = field.parts.iter().filter(is_abroad).collect();
    let unfold_old = !path.contains('/');
    pieces![
        el("div").class("parts").child(inputs(&now, field, &path)),
        folded(words::OLD_NAME, &old, field, &path, unfold_old),
        folded(words::ABROAD, &abroad, field, &path, false)
    ]
}

fn inputs(parts: &[&'static Field], field: &'static Field, path: &str) -> Vec<View> {
    parts.iter().map(|part| input(part, field, path)).collect()
}

fn input(part: &'static Field, field: &'static Field, path: &str) -> View {
    let (place, described_by) = (format!("{path}.{}", part.slug), frame::described_by(field, path));
    if !part.slug.ends_with("commune") {
        return entry::part(
            part.label.to_owned(),
            &place,
            spot::id(&place),
            described_by,
            Look::default(),
        );
    }
    let own = path.to_owned();
    let day = desk().act_day();
    let find = Rc::new(move |typed: &str| {
        let found = places::with(|places| places.map(|places| places.suggest(typed, OFFERED, day)));
        found
            .into_iter()
            .flatten()
            .map(|unit| offer(field, &own, unit))
            .collect::<Vec<_>>()
    });
    el("div")
        .class("part")
        .child(
            el("label")
                .class("part__label")
                .attr("for", spot::id(&place))
                .child(part.label),
        )
        .child(suggest::input(
            &place,
            part.label,
            described_by,
            Source { find, long: true },
        ))
        .piece()
}

/// What a unit puts into the parts that the field has. A paper of former times keeps the old name as its only one.
fn offer(field: &'static Field, path: &str, unit: Suggestion) -> Offer {
    let label = unit.written();
    let has = |slug: &str| field.parts.iter().any(|part| part.slug == slug);
    let on_old_paper = has("district");
    let (mut commune, mut province) = (unit.commune, unit.province);
    let mut answers = Vec::new();
    if let Some(old) = unit.old {
        if on_old_paper {
            answers.push(("district", old.district));
            (commune, province) = (old.commune, old.province);
        } else if has("old.commune") {
            answers.extend([
                ("old.commune", old.commune),
                ("old.district", old.district),
                ("old.province", old.province),
            ]);
        }
    }
    answers.extend([("commune", commune), ("province", province)]);
    Offer {
        label,
        answers: answers
            .into_iter()
            .map(|(slug, text)| (format!("{path}.{slug}"), text))
            .collect(),
    }
}

/// Parts that most people leave blank; open when something is written there.
fn folded(
    title: &'static str,
    parts: &[&'static Field],
    field: &'static Field,
    path: &str,
    open: bool,
) -> Option<View> {
    let desk = desk();
    let written = parts
        .iter()
        .any(|part| !desk.peek(&format!("{path}.{}", part.slug)).is_empty());
    (!parts.is_empty()).then(|| {
        el("details")
            .class("folded")
            .is("open", open || written)
            .child(el("summary").child(el("span").child(title)))
            .child(el("div").class("parts").child(inputs(parts, field, path)))
            .piece()
    })
}
