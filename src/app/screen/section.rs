//! One section of the form on one page: its items in the order of the paper, then the way on.
//!
//! A link from the review page names a place: its card is opened, its label is brought into view, its control gets the focus.
//! What is drawn is `form`, what is asked `rules::form`.

use leptos::prelude::*;
use rules::form::{Kind, Section};

use super::Bar;
use crate::{
    desk::Desk,
    form::{self, Aim, Veil},
    route::{Route, href},
    session::session,
    text::form as words,
};

/// The page of a section.
#[component]
pub fn SectionScreen(slug: String, place: Option<String>) -> impl IntoView {
    let session = session();
    view! {
        <Bar title=words::FORM_CODE />
        <main id="main" class="page" tabindex="-1">
            {form::live_if(move || session.work().map(|work| {
                provide_context(work.desk);
                section(work.desk, &slug, place.clone())
            }))}
        </main>
    }
}

fn section(desk: Desk, slug: &str, place: Option<String>) -> AnyView {
    let sections = desk.form().sections;
    let Some((at, section)) = sections.iter().enumerate().find(|(_, section)| section.slug == slug) else {
        return view! { <p class="notice">{words::NO_SECTION}</p> }.into_any();
    };
    let veil = Veil::drawn();
    provide_context(veil);
    provide_context(Aim(place.clone()));
    match place {
        Some(place) => form::reveal(place),
        None => form::top("section-title"),
    }
    let before = at.checked_sub(1).and_then(|before| sections.get(before));
    view! {
        <div class="section__head">
            <p class="soft small">{words::section_of(at + 1, sections.len())}</p>
            <h1 id="section-title" tabindex="-1">{section.title}</h1>
            <p class="section__intro">{section.intro}</p>
            {masked(section).then(|| veil.button())}
        </div>
        {read_only_note(desk)}
        {form::items(section)}
        <nav class="pager" aria-label=words::WAYS_ON>
            {step(before, words::PREVIOUS, "btn pager__step")}
            {step(sections.get(at + 1), words::NEXT, "btn btn--primary pager__step pager__step--next")}
            <a class="btn btn--quiet btn--wide" href=href(&Route::Home)>{words::BACK_TO_LIST}</a>
        </nav>
    }
    .into_any()
}

fn step(to: Option<&'static Section>, label: &'static str, class: &'static str) -> AnyView {
    match to {
        Some(section) => {
            let target = href(&Route::Section(section.slug.to_owned(), None));
            let way = view! { <span class="pager__way">{label}<span class="visually-hidden">": "</span></span> };
            view! { <a class=class href=target>{way}{section.title}</a> }.into_any()
        }
        None if label == words::PREVIOUS => ().into_any(),
        None => view! { <a class="btn btn--primary" href=href(&Route::Review)>{words::TO_REVIEW}</a> }.into_any(),
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

fn read_only_note(desk: Desk) -> AnyView {
    let note = || {
        view! { <p class="notice">{words::READ_ONLY}" "<a href=href(&Route::HandIn)>{words::READ_ONLY_WHY}</a></p> }
            .into_any()
    };
    form::live_if(move || desk.read_only().get().then(note))
}
