//! A sheet begun on the form of 2022: the offer to carry it over to that of 2025; afterwards what changed, with the way to each field.
//!
//! Invariant: nothing is changed before the tap. What is done and said lies in `rules::carry`.

use leptos::prelude::*;
use rules::{carry, form::edition_of, progress};

use crate::{
    desk::Desk,
    el::{Piece, View, button, el},
    form,
    held::Held,
    live,
    route::{Route, href},
    text::desk as words,
};

const LIST: &str = "carried";

/// For the page with the list of sections; nothing for a sheet that was begun on the form of 2025.
pub fn carried(desk: Desk) -> View {
    let just_now = Held::new(false);
    let act = move |_| {
        just_now.set(true);
        desk.carry_over();
        form::focus(LIST.to_owned());
    };
    live::live_if(move || {
        desk.conditions().track();
        if desk.with(edition_of).edition == "2025" {
            return changed(desk, just_now.get_untracked());
        }
        let notice = el("div").class("notice stack stack--tight");
        Some(if desk.with(carry::is_due) {
            let button = button("btn").on("click", act).child(words::CARRY);
            notice
                .child(el("p").child(words::CARRY_OFFER))
                .child((!desk.read_only().get()).then_some(button))
                .piece()
        } else {
            notice.child(words::CARRY_NOT_YET).piece()
        })
    })
}

/// What changed, and the answers that have no place in the new form.
fn changed(desk: Desk, just_now: bool) -> Option<View> {
    let changes = desk.with(carry::changes);
    let list = el("ul").class("list");
    let changed = changes.iter().map(|change| {
        let section = progress::section_of(desk.form(), change.slug).map_or("", |section| section.slug);
        let to = Route::Section(section.to_owned(), Some(change.slug.to_owned()));
        let link = el("a")
            .attr("href", href(&to))
            .child(form::place_name(desk, change.slug));
        el("li").child(link).child(": ").child(change.said)
    });
    let list = list.child(changed.collect::<Vec<_>>());
    let kept = desk.with(|record| {
        let kept = carry::kept(record).into_iter();
        let line = |(asked, text): (&str, &str)| el("li").child(format!("{asked}: {text}"));
        kept.map(line).collect::<Vec<_>>()
    });
    (!changes.is_empty()).then(|| {
        el("details")
            .is("open", live::flag(move || just_now))
            .child(el("summary").id(LIST).child(words::CARRIED))
            .child(list)
            .child(el("p").child(words::CARRIED_KEPT))
            .child(el("ul").class("list").child(kept))
            .piece()
    })
}
