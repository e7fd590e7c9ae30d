//! One section of the form on one page: its items in the order of the paper, then the way on.
//!
//! A link from the review page names a place: its card is opened, its label is brought into view, its control gets the focus.
//! What is drawn is `form`, what is asked `rules::form`.

use leptos::prelude::*;
use rules::form::{Kind, Section};
use sync::id::RecordId;

use super::bar;
use crate::{
    el::{Piece, View, el, link, main, pieces},
    form::{self, Aim, Veil},
    program,
    route::{Route, href},
    session::{Work, session},
    text::form as words,
};

/// The page of a section.
pub fn section_screen(slug: String, place: Option<String>) -> View {
    let session = session();
    pieces![
        bar(words::FORM_CODE),
        main("page").child(form::live_if(move || {
            session.work().map(|work| {
                provide_context(work.desk);
                if let Some(more) = program::more() {
                    provide_context((more.beside)(&work));
                }
                section(&work, &slug, place.clone())
            })
        }))
    ]
}

fn section(work: &Work, slug: &str, place: Option<String>) -> View {
    let sections = work.desk.form().sections;
    let Some((at, section)) = sections.iter().enumerate().find(|(_, section)| section.slug == slug) else {
        return el("p").class("notice").child(words::NO_SECTION).piece();
    };
    let veil = Veil::drawn();
    provide_context(veil);
    provide_context(Aim(place.clone()));
    match place {
        Some(place) => form::reveal(place),
        None => form::top("section-title"),
    }
    let before = at.checked_sub(1).and_then(|before| sections.get(before));
    pieces![
        el("div")
            .class("section__head")
            .child(
                el("p")
                    .class("soft small")
                    .child(words::section_of(at + 1, sections.len())),
            )
            .child(el("h1").id("section-title").attr("tabindex", "-1").child(section.title))
            .child(el("p").class("section__intro").child(section.intro))
            .child(masked(section).then(|| veil.button())),
        read_only_note(work.record_id),
        form::items(section),
        el("nav")
            .class("pager")
            .attr("aria-label", words::WAYS_ON)
            .child(step(before, words::PREVIOUS, "btn pager__step"))
            .child(step(
                sections.get(at + 1),
                words::NEXT,
                "btn btn--primary pager__step pager__step--next",
            ))
            .child(link("btn btn--quiet btn--wide", href(&Route::Home)).child(words::BACK_TO_LIST),)
    ]
}

fn step(to: Option<&'static Section>, label: &'static str, class: &'static str) -> View {
    match to {
        Some(section) => {
            let target = href(&Route::Section(section.slug.to_owned(), None));
            let way = el("span")
                .class("pager__way")
                .child(label)
                .child(el("span").class("visually-hidden").child(": "));
            el("a")
                .class(class)
                .attr("href", target)
                .child(way)
                .child(section.title)
                .piece()
        }
        None if label == words::PREVIOUS => View::none(),
        None => link("btn btn--primary", href(&Route::Review))
            .child(words::TO_REVIEW)
            .piece(),
    }
}

/// Whether anything in the section is covered until tapped.
fn masked(section: &Section) -> bool {
    section
        .items
        .iter()
        .flat_map(|item| item.fields)
        .any(|field| field.masked || field.kind == Kind::Persons)
}

fn read_only_note(record_id: RecordId) -> View {
    let session = session();
    let note = || {
        el("p")
            .class("notice")
            .child(words::READ_ONLY)
            .child(" ")
            .child(el("a").attr("href", href(&Route::HandIn)).child(words::READ_ONLY_WHY))
            .piece()
    };
    form::live_if(move || session.is_handed_in(record_id).then(note))
}
