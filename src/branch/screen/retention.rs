//! Until when what was handed in is kept: on a person's page, and as a list of those whose day is near or over.
//!
//! Not here: counting (`office::retention`), deleting (`retention`).

use app::{
    clock,
    el::{El, Piece, View, el, link, main, pieces},
    held::Held,
    live,
    route::href,
    screen::bar,
    session::{Session, session},
};
use leptos::task::spawn_local;
use office::retention::{CAUSES, Due, period};
use rules::Record;

use super::keys::sure;
use crate::{
    known::{Known, known},
    notes, pages,
    person::Person,
    retention, reviews,
    text::{people, retention as words},
};

/// The fragment of the list.
pub const PAGE: &str = "luu-giu";

/// The list.
pub fn kept() -> View {
    let session = session();
    notes::put_down(session);
    pieces![
        bar(words::TITLE),
        main("page stack")
            .child(el("h1").child(words::TITLE))
            .child(el("p").class("lead").child(words::LEAD))
            .child(live::live(move || {
                let known = known().get();
                let lines = retention::all(&known)
                    .iter()
                    .map(|(person, due)| line(person, due))
                    .collect::<Vec<_>>();
                pieces![
                    periods(&known),
                    lines.is_empty().then(|| el("p").class("notice").child(words::NOBODY)),
                    el("ul").class("list list--sections").child(lines)
                ]
            }))
    ]
}

fn periods(known: &Known) -> El {
    let own = Record::from_fields(known.own_fields.clone());
    let line = |cause| {
        let (months, ground) = period(cause, &own);
        el("li").child(words::period(cause.label, months, &ground))
    };
    el("details")
        .child(el("summary").child(words::PERIODS))
        .child(el("p").class("hint").child(words::PERIODS_HINT))
        .child(
            el("ul")
                .class("list")
                .child(CAUSES.iter().map(line).collect::<Vec<_>>()),
        )
}

fn line(person: &Person, due: &Due) -> El {
    el("li").child(
        link("section-link", href(&pages::person_page(&person.key)))
            .child(
                el("span")
                    .class("section-link__title")
                    .child(people::shown_name(&person.name)),
            )
            .child(el("span").class("section-link__state").child(chip(due))),
    )
}

fn chip(due: &Due) -> El {
    let until = due.until.show();
    if due.is_past(clock::today()) {
        el("span").class("chip chip--look").child(words::past(&until))
    } else {
        el("span").class("chip").child(words::until(&until))
    }
}

/// The part of a person's page.
pub fn part(session: Session, known: &Known, person: &Person) -> View {
    let account = person.account.filter(|_| reviews::speaks(session));
    let (Some(account), false) = (account, person.hand_ins(known).is_empty()) else {
        return View::none();
    };
    let said = Held::new(String::new());
    let due = retention::due(known, person);
    let delete = move || {
        spawn_local(async move {
            let known = crate::known::known().get_untracked();
            let done = retention::delete(session, &known, &account).await;
            said.try_set(done.err().unwrap_or_default());
        });
    };
    el("section")
        .class("stack stack--tight")
        .child(el("h2").child(words::TITLE))
        .child(match &due {
            Some(due) => el("p").child(chip(due)).child(" ").child(due.reason()),
            None => el("p").class("hint").child(words::ON_THE_WAY),
        })
        .child(
            el("details")
                .child(el("summary").child(words::DELETE))
                .child(el("p").class("notice notice--warn").child(words::DELETE_COST))
                .child(sure(words::DELETE_DO, words::DELETE_SURE, delete)),
        )
        .child(el("p").attr("role", "alert").child(live::value(said)))
        .piece()
}
