//! Places: the parts of a place today, its former name folded beside it, a place abroad, the four levels of a Party place.

use leptos::prelude::*;
use rules::form::Field;

use super::{entry, entry::Look, frame, spot};
use crate::{desk::desk, text::form as words};

/// The control of a place: a labelled input for each part of the catalogue entry.
pub fn view(field: &'static Field, path: String) -> AnyView {
    let is_old = |part: &&Field| part.slug.starts_with("old.");
    let is_abroad = |part: &&Field| part.slug == "text";
    let now: Vec<_> = field.parts.iter().filter(|part| !is_old(part) && !is_abroad(part)).collect();
    let old: Vec<_> = field.parts.iter().filter(is_old).collect();
    let abroad: Vec<_> = field.parts.iter().filter(is_abroad).collect();
    let unfold_old = !path.contains('/');
    view! {
        <div class="parts">{inputs(&now, field, &path)}</div>
        {folded(words::OLD_NAME, &old, field, &path, unfold_old)}
        {folded(words::ABROAD, &abroad, field, &path, false)}
    }
    .into_any()
}

fn inputs(parts: &[&'static Field], field: &'static Field, path: &str) -> Vec<AnyView> {
    let described_by = frame::described_by(field, path);
    let one = |part: &&'static Field| {
        let place = format!("{path}.{}", part.slug);
        entry::part(part.label.to_owned(), &place, spot::id(&place), described_by.clone(), Look::default())
    };
    parts.iter().map(one).collect()
}

/// Parts that most people leave blank; open when something is written there.
fn folded(title: &'static str, parts: &[&'static Field], field: &'static Field, path: &str, open: bool) -> Option<AnyView> {
    let desk = desk();
    let written = parts.iter().any(|part| !desk.peek(&format!("{path}.{}", part.slug)).is_empty());
    (!parts.is_empty()).then(|| {
        view! {
            <details class="folded" open=open || written>
                <summary><span>{title}</span></summary>
                <div class="parts">{inputs(parts, field, path)}</div>
            </details>
        }
        .into_any()
    })
}
