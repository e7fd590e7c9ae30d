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
    live::live(move || {
        desk.conditions().track();
        let notice = el("div").class("notice stack stack--tight");
        if desk.with(edition_of).edition == "2025" {
            changed(desk, just_now)
        } else if !desk.with(carry::is_due) {
            notice.child(words::CARRY_NOT_YET).piece()
        } else {
            let offer = button("btn").is("disabled", live::is(desk.read_only()));
            notice
                .child(el("p").child(words::CARRY_OFFER))
                .child(offer.on("click", act).child(words::CARRY))
                .piece()
        }
    })
}

/// What changed, then the answers that have no place in the new form.
fn changed(desk: Desk, just_now: Held<bool>) -> View {
    let changes = desk.with(carry::changes);
    if changes.is_empty() {
        return View::none();
    }
    let mut list = el("ul").class("list");
    for change in changes {
        let section = progress::section_of(desk.form(), change.slug).map_or("", |section| section.slug);
        let to = Route::Section(section.to_owned(), Some(change.slug.to_owned()));
        let name = form::place_name(desk, change.slug);
        let link = el("a").attr("href", href(&to)).child(name);
        list = list.child(el("li").child(link).child(": ").child(change.said));
    }
    list = list.child(el("li").child(words::CARRIED_KEPT));
    for (asked, text) in desk.with(carry::kept) {
        list = list.child(el("li").child(asked).child(": ").child(text));
    }
    el("details")
        .is("open", live::is(just_now))
        .child(el("summary").id(LIST).child(words::CARRIED))
        .child(list)
        .piece()
}
