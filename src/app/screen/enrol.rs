//! Connecting with a branch: paste the link, read what would leave the phone, agree or not. Before "Đồng ý" nothing leaves.

use leptos::{prelude::*, task::spawn_local};
use sync::{answer::Standing, link::Link};

use super::bar;
use crate::{
    app::root,
    el::{El, Piece, View, button, el, input_box, link, main, pieces, question, submit},
    held::Held,
    live, program,
    route::{Route, go, href},
    session::{Role, session},
    text::{consent, desk as words},
};

/// The page "Kết nối với chi bộ".
pub fn enrol() -> View {
    let root = root();
    let session = session();
    let pasted = Held::new(String::new());
    let complaint = Held::new(String::new());
    let link = Held::new(None::<Link>);
    let read = move |text: &str| match Link::parse(text.trim()) {
        Ok(parsed) => {
            complaint.set(String::new());
            link.set(Some(parsed));
        }
        // The operator's line, with which a branch is founded: the second program knows what to do with it.
        Err(_) if text.trim().starts_with("lylich-founding-") => match program::more() {
            Some(_) => {
                root.link.set(Some(text.trim().to_owned()));
                go(&Route::Other("khoa".to_owned()));
            }
            None => program::change(),
        },
        Err(fault) => complaint.set(fault.words().to_owned()),
    };
    if let Some(text) = root.link.get_untracked() {
        root.link.set(None);
        read(&text);
    }
    pieces![
        bar(words::ENROL_TITLE),
        main("page stack").child(live::live(move || {
            match (session.identity.with(Option::is_some), link.get()) {
                (true, _) => pieces![el("h1").child(words::ENROL_TITLE), untrack(connection)],
                (false, Some(found)) => untrack(move || consent(found, link)),
                (false, None) => pieces![
                    el("h1").child(words::ENROL_TITLE),
                    el("p").class("lead").child(words::ENROL_LEAD),
                    el("form")
                        .class("stack")
                        .on_submit(move || read(&pasted.get_untracked()))
                        .child(
                            question("link", words::ENROL_LABEL)
                                .child(
                                    el("textarea")
                                        .id("link")
                                        .attr("rows", "4")
                                        .attr("autocomplete", "off")
                                        .attr("autocapitalize", "none")
                                        .uncorrected()
                                        .attr("aria-describedby", "link-complaint")
                                        .value(live::value(pasted))
                                        .typing(pasted),
                                )
                                .child(
                                    el("p")
                                        .class("message")
                                        .id("link-complaint")
                                        .attr("role", "alert")
                                        .child(live::value(complaint)),
                                ),
                        )
                        .child(submit("btn btn--primary").child(words::ENROL_READ),),
                    program::more().is_none().then(|| program::later(words::RECOVER))
                ],
            }
        }))
    ]
}

fn consent(found: Link, link: Held<Option<Link>>) -> View {
    let session = session();
    let age = Held::new(None::<bool>);
    let paper = Held::new(false);
    let sheet = Held::new(String::new());
    let complaint = Held::new(String::new());
    let busy = Held::new(false);
    let config = session.config;
    let name = found.set.name.clone();
    let class = found.set.class.number();
    let mentor = found.role != Role::Candidate;
    let agree = move |_| match age.get_untracked() {
        None => complaint.set(words::AGE_MISSING.into()),
        Some(true) if !paper.get_untracked() => complaint.set(words::AGE_GUARDIAN.into()),
        Some(under16) => {
            busy.set(true);
            let found = found.clone();
            spawn_local(async move {
                let typed = sheet.get_untracked();
                let other = program::more().filter(|_| !typed.trim().is_empty());
                let done = match other {
                    Some(more) => (more.recover)(session, found, under16, typed).await,
                    None => session.enrol(&found, under16).await,
                };
                match done {
                    Ok(()) => go(&Route::Home),
                    Err(words) => complaint.set(words),
                }
                busy.set(false);
            });
        }
    };
    pieces![
        el("h1").child(words::CONSENT_TITLE),
        el("dl").class("stack").child(live::live(move || {
            consent::lines(&name, &config.get().operator, class, mentor)
                .into_iter()
                .map(|(heading, text)| {
                    el("div")
                        .child(el("dt").child(el("strong").child(heading)))
                        .child(el("dd").child(text))
                })
                .collect::<Vec<_>>()
                .piece()
        })),
        el("fieldset")
            .class("field")
            .child(el("legend").class("field__label").child(words::AGE_LEGEND))
            .child(
                [(false, words::AGE_16), (true, words::AGE_UNDER)]
                    .into_iter()
                    .map(|(under, label)| {
                        el("label")
                            .class("choice")
                            .child(
                                input_box("radio")
                                    .attr("name", "age")
                                    .is("checked", live::flag(move || age.get() == Some(under)))
                                    .on("change", move |_| age.set(Some(under))),
                            )
                            .child(el("span").child(label))
                    })
                    .collect::<Vec<_>>(),
            ),
        live::live_if(move || {
            (age.get() == Some(true)).then(|| {
                el("label")
                    .class("choice")
                    .child(input_box("checkbox").ticking(paper))
                    .child(el("span").child(words::AGE_PAPER))
            })
        }),
        program::more().filter(|_| !mentor).map(|more| (more.sheet)(sheet)),
        el("p")
            .class("message")
            .attr("role", "alert")
            .child(live::value(complaint)),
        el("div")
            .class("row row--even")
            .child(
                button("btn btn--primary")
                    .is("disabled", live::is(busy))
                    .on("click", agree)
                    .child(words::AGREE),
            )
            .child(
                button("btn")
                    .on("click", move |_| {
                        link.set(None);
                        complaint.set(words::REFUSED.into());
                        go(&Route::Home);
                    })
                    .child(words::REFUSE),
            )
    ]
}

/// How the phone stands with its branch.
pub fn connection() -> View {
    let session = session();
    live::live(move || {
        session
            .identity
            .with(|identity| {
                identity.as_ref().map(|identity| {
                    let waiting = session.join_waits();
                    el("div")
                        .class("card stack stack--tight")
                        .child(
                            el("p").child(
                                el("strong")
                                    .child(words::ENROLLED)
                                    .child(" ")
                                    .child(identity.branch().name.clone()),
                            ),
                        )
                        .child(identity.consent().withdrawn.then(|| el("p").child(words::UNSAID)))
                        .child(waiting.then(|| el("p").class("hint").child(words::ENROL_WAITING)))
                        .child(
                            (identity.standing() == Standing::Waiting)
                                .then(|| el("p").class("hint").child(words::ENROL_CONFIRM)),
                        )
                })
            })
            .map(El::piece)
            .unwrap_or_else(|| link("btn", href(&Route::Enrol)).child(words::CONNECT).piece())
    })
}
