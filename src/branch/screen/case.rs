//! The paper of one person, written by a secretary: its sections, then one section at a time, with the findings beside each field.

use app::{
    el::{Piece, View, el, link, main, pieces},
    form::{self, Aim, Veil},
    live,
    route::{go, href},
    screen::bar,
    session::{Work, session},
};
use leptos::{prelude::*, task::spawn_local};
use rules::progress;
use sync::id::RecordId;

use crate::{cases, pages, text::people as words};

/// The page of a paper. `base` begins the addresses of its sections, `back` is where its person is shown.
pub fn case_screen(record: RecordId, section: Option<String>, base: &'static str, back: app::route::Route) -> View {
    let session = session();
    if session.work_now().is_none_or(|work| work.record_id != record) {
        session.put_down();
        spawn_local(async move {
            if cases::open(session, record).await.is_err() {
                go(&app::route::Route::Home);
            }
        });
    }
    pieces![
        bar(words::RECORD),
        main("page stack").child(live::live_if(move || {
            let work = session.work().filter(|work| work.record_id == record)?;
            let section = section.clone();
            let back = back.clone();
            Some(untrack(move || paper(work, record, section, base, back)))
        }))
    ]
}

fn paper(work: Work, record: RecordId, section: Option<String>, base: &'static str, back: app::route::Route) -> View {
    let desk = work.desk;
    provide_context(desk);
    let whole = format!("{base}/{}", sync::spelling::hex(record.as_bytes()));
    let (above, to_whole) = (whole.clone(), whole);
    let sections = desk.form().sections;
    let single = sections.len() == 1;
    let chosen = section.and_then(|slug| sections.iter().find(|each| each.slug == slug));
    let chosen = chosen.or_else(|| sections.first().filter(|_| single));
    let Some(chosen) = chosen else {
        let lines = live::live(move || {
            let findings = desk.findings();
            desk.conditions().track();
            let line = |section: &'static rules::form::Section| {
                let state = desk.with(|record| progress::of_section(record, desk.form(), section, &findings));
                let looks = state.block + state.explain + state.approve + state.style;
                el("li").child(
                    link("section-link", href(&pages::other(format!("{above}/{}", section.slug))))
                        .child(el("span").class("section-link__title").child(section.title))
                        .child((looks > 0).then(|| {
                            el("span").class("section-link__state").child(
                                el("span")
                                    .class("chip chip--look")
                                    .child(format!("{}: {looks}", words::FINDINGS)),
                            )
                        })),
                )
            };
            sections.iter().map(line).collect::<Vec<_>>().piece()
        });
        return pieces![
            el("h1").child(desk.form().title),
            el("p").class("hint").child(words::WAY_LEAD),
            el("ol").class("list list--sections").child(lines),
            link("btn", href(&back)).child(words::TO_PERSON)
        ];
    };
    provide_context(Veil::drawn());
    provide_context(Aim(None));
    form::top("section-title");
    pieces![
        el("h1").id("section-title").attr("tabindex", "-1").child(chosen.title),
        el("p").class("section__intro").child(chosen.intro),
        form::fields(chosen),
        (!single).then(|| link("btn", href(&pages::other(to_whole))).child(words::SECTIONS)),
        link("btn btn--primary", href(&back)).child(words::TO_PERSON)
    ]
}
