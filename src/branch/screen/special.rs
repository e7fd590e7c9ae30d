//! What a move, a contract or the probation asks besides the common way: on a person's page; and the sheet of the certificate for somebody
//! who moves.
//!
//! Invariant: facts and days only, blanks to be filled in by hand; what the certificate says is the chi bộ's. Not here: which steps there
//! are (`office::special`).

use app::{
    clock,
    el::{El, Piece, View, button, el, link, main, pieces},
    live,
    route::href,
    screen::bar,
    session::session,
};
use leptos::prelude::*;
use office::special::{self, Step, Track};
use rules::{
    Record, Settings,
    course::{Course, Stand},
};

use crate::{
    known::{Known, known},
    notes, pages,
    paper::RECEIVED,
    person::Person,
    text::{people, report, special as words},
};

/// The fragment of the certificate's sheet.
pub const SHEET: &str = "giay-chuyen";

/// The parts of a person's page; none for who goes the common way.
pub fn parts(person: &Person, whole: &Record, course: &Course, settings: &Settings) -> View {
    let today = clock::today();
    let part = |track: Track| {
        let steps = special::steps(track, whole, &course.clocks, today, settings)?;
        let section = pages::case_page(&person.key, Some(track.section()));
        let sheet = (track == Track::Moving)
            .then(|| link("btn", href(&pages::other(format!("{SHEET}/{}", person.key)))).child(words::SHEET));
        Some(
            el("section")
                .class("stack stack--tight")
                .child(el("h2").child(track.title()))
                .child(el("ol").class("way").child(steps.iter().map(step).collect::<Vec<_>>()))
                .child(
                    el("div")
                        .class("row")
                        .child(person.case.map(|_| link("btn", href(&section)).child(words::NOTE)))
                        .child(sheet),
                ),
        )
    };
    pieces![
        received(person, whole),
        Track::ALL.into_iter().filter_map(part).collect::<Vec<_>>()
    ]
}

fn step(step: &Step) -> El {
    let (class, mark) = match (&step.done, step.until, step.stand) {
        (Some(done), ..) => ("way__step way__step--done", words::done(done)),
        (None, Some(until), Stand::Over) => ("way__step way__step--now", words::over(&until.show())),
        (None, Some(until), _) => ("way__step way__step--now", people::until(&until.show())),
        (None, None, _) => ("way__step", words::BLANK.to_owned()),
    };
    let (rule, title) = step.ground;
    el("li")
        .class(class)
        .child(el("b").child(step.what))
        .child(" ")
        .child(mark)
        .child(" ")
        .child(el("span").class("soft").child(format!("({rule}: {title})")))
}

/// Somebody who came from another unit: by which certificate, and the help they had there.
fn received(person: &Person, whole: &Record) -> View {
    let text = |slug: &str| whole.text(slug).trim().to_owned();
    if text(special::CAME_FROM).is_empty() {
        return View::none();
    }
    let facts = RECEIVED.iter().filter(|(slug, ..)| !text(slug).is_empty());
    let facts = facts.map(|(slug, label, _)| {
        el("div")
            .child(el("dt").child(el("strong").child(*label)))
            .child(el("dd").child(text(slug)))
    });
    let (there, here) = special::months_helped(whole, clock::today());
    el("section")
        .class("stack stack--tight")
        .child(el("h2").child(words::RECEIVED))
        .child(el("dl").class("stack stack--tight").child(facts.collect::<Vec<_>>()))
        .child(el("p").child(words::months(there, here)))
        .child(
            person
                .case
                .map(|_| link("btn", href(&pages::case_page(&person.key, Some("tiep-nhan")))).child(words::NOTE)),
        )
        .piece()
}

/// The certificate's sheet for the person behind this key.
pub fn sheet(key: String) -> View {
    notes::put_down(session());
    pieces![
        bar(words::SHEET),
        main("page stack").child(live::live(move || {
            let known = known().get();
            let ready = known.ready;
            match known.people.iter().find(|person| person.key == key) {
                Some(person) => untrack(|| printed(&known, person)),
                None if !ready => el("p").attr("role", "status").child(people::READING).piece(),
                None => el("p").class("notice").child(people::NOT_THERE).piece(),
            }
        }))
    ]
}

fn printed(known: &Known, person: &Person) -> View {
    let branch = session()
        .identity
        .with_untracked(|who| who.as_ref().map(|who| who.branch().name.clone()));
    let fact = |(label, text): &(&'static str, String)| {
        let text = if text.is_empty() { words::DOTS } else { text };
        el("div")
            .child(el("dt").child(el("strong").child(*label)))
            .child(el("dd").child(text.to_owned()))
    };
    let facts = special::certificate(&person.whole(known));
    pieces![
        el("p").class("hint no-print").child(words::SHEET_LEAD),
        el("h1").child(words::SHEET_TITLE),
        el("p").child(branch.unwrap_or_default()),
        el("p").child(words::SHEET_NUMBER),
        el("dl")
            .class("stack stack--tight")
            .child(facts.iter().map(fact).collect::<Vec<_>>()),
        el("p").child(words::SHEET_TO),
        el("p").child(words::SHEET_SIGN),
        button("btn btn--primary no-print")
            .on("click", |_| drop(window().print()))
            .child(report::PRINT)
    ]
}
