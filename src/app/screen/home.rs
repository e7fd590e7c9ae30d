//! The list of sections with what is done, what is open and what wants another look. The first page of other roles is the second program's.

use leptos::prelude::*;
use rules::progress::{self, State};

use super::{carried::carried, quiet_link, word};
use crate::{
    el::{Piece, View, el, link, main},
    live, program,
    route::{Route, href},
    session::{Role, Work, session},
    text::{book, desk as words},
};

/// The first page of an open vault.
pub fn home() -> View {
    let session = session();
    live::live(move || match session.role.get() {
        role @ (Role::Mentor | Role::Secretary) => match program::more() {
            Some(more) => untrack(move || (more.home)(role)),
            None => untrack(program::not_here),
        },
        Role::Candidate => match session.work() {
            Some(work) => untrack(move || sections(work)),
            None => View::none(),
        },
    })
}

fn sections(work: Work) -> View {
    let session = session();
    let Work { desk, record_id, .. } = work.clone();
    let findings = move || desk.findings();
    let rows = move || {
        let findings = findings();
        desk.conditions().track();
        desk.with(|record| {
            desk.form()
                .sections
                .iter()
                .map(|section| (section, progress::of_section(record, desk.form(), section, &findings)))
                .collect::<Vec<_>>()
        })
    };
    let next = move || {
        rows()
            .into_iter()
            .find(|(_, state)| matches!(state.state, State::Empty | State::Open))
            .map(|(section, state)| (section.slug, state.state))
    };
    let begun = move || rows().iter().any(|(_, state)| state.filled > 0);
    main("page stack")
        .child(el("h1").child(words::HOME_TITLE))
        .child(el("p").class("lead").child(words::HOME_LEAD))
        .child(word::word(record_id))
        .child(skewed())
        .child(live::live_if(move || {
            session.is_handed_in(record_id).then(|| {
                el("p")
                    .class("notice")
                    .child(words::HANDED_IN)
                    .child(" ")
                    .child(el("a").attr("href", href(&Route::HandIn)).child(words::HAND_IN))
                    .piece()
            })
        }))
        .child(carried(desk))
        .child(live::live_if(move || {
            next().map(|(slug, _)| {
                link("btn btn--primary", href(&Route::Section(slug.into(), None)))
                    .child(if begun() { words::CONTINUE } else { words::BEGIN })
                    .piece()
            })
        }))
        .child(el("h2").child(words::SECTIONS))
        .child(el("ol").class("list list--sections").child(live::live(move || {
            rows()
                .into_iter()
                .map(|(section, state)| {
                    let (class, text) = if state.asked == 0 && state.filled == 0 && state.state == State::Done {
                        ("chip", words::STATE_IF_ANY)
                    } else {
                        chip(state.state)
                    };
                    el("li").child(
                        link("section-link", href(&Route::Section(section.slug.into(), None)))
                            .child(el("span").class("section-link__title").child(section.title))
                            .child(
                                el("span")
                                    .class("section-link__state")
                                    .child(el("span").class(class).child(text))
                                    .child(program::more().map(|more| (more.chips)(&work, section.slug)))
                                    .child((state.asked > 0).then(|| {
                                        el("span").class("hint").child(words::filled(state.filled, state.asked))
                                    })),
                            ),
                    )
                })
                .collect::<Vec<_>>()
                .piece()
        })))
        .child(
            el("nav")
                .class("stack stack--tight")
                .attr("aria-label", words::DATA)
                .child(
                    link("btn btn--wide", href(&Route::Review))
                        .child(words::REVIEW)
                        .child(live::text(move || {
                            if begun() {
                                format!(": {}", words::to_look_at(findings().len()))
                            } else {
                                String::new()
                            }
                        })),
                )
                .child(link("btn btn--wide", href(&Route::HandIn)).child(words::HAND_IN))
                .child(live::live_if(move || {
                    session.identity.with(Option::is_none).then(|| {
                        el("div")
                            .class("card stack stack--tight")
                            .child(el("p").child(el("strong").child(words::ONLY_HERE)))
                            .child(el("p").class("hint").child(words::ONLY_HERE_MORE))
                            .child(link("btn", href(&Route::Enrol)).child(words::CONNECT))
                            .piece()
                    })
                }))
                .child(quiet_link(&Route::Paper, words::PAPER))
                .child(quiet_link(&Route::Settings, words::DATA))
                .child(quiet_link(&Route::RuleBook, book::TITLE))
                .child(quiet_link(&Route::About, words::ABOUT)),
        )
        .piece()
}

/// That the phone's clock is wrong: dates are filled in from it.
fn skewed() -> View {
    let session = session();
    live::live_if(move || {
        let skew = session.line.with(|line| line.skew);
        (skew > FAR_S).then(|| el("p").class("notice notice--warn").child(words::skewed(skew / 60)))
    })
}

/// From here on a clock is said to be wrong (sync protocol §13), in seconds.
const FAR_S: u64 = 300;

fn chip(state: State) -> (&'static str, &'static str) {
    match state {
        State::Empty => ("chip", words::STATE_EMPTY),
        State::Open => ("chip chip--open", words::STATE_OPEN),
        State::Look => ("chip chip--look", words::STATE_LOOK),
        State::Done => ("chip chip--done", words::STATE_DONE),
        State::Locked => ("chip", words::STATE_LOCKED),
    }
}
