//! What the branch said of the papers, and what another phone wrote in the same place: below each field, and together on the review page.
//!
//! Invariant: of two texts neither goes without a tap; whose role is not confirmed is said so. Not here: whose word counts (`sync::client`),
//! taking versions in (`session::versions`).

use leptos::task::spawn_local;
use rules::progress;
use sync::{body::plain::KeptValue, client::Said, id::RecordId, label};

use crate::{
    desk::Desk,
    el::{El, Piece, View, button, el, hint, input_box, link, pieces, question},
    form::{self, Beside},
    held::{Held, derived},
    live,
    route::{Route, href},
    session::{Session, Work, session},
    text::{desk as words, gate, heard as said},
};

/// What waits at a place and below it.
type Waiting = (Vec<Said>, Vec<KeptValue>);

fn waiting(session: Session, record: RecordId, at: &dyn Fn(&str) -> bool) -> Waiting {
    let remarks = session
        .heard
        .with(|heard| heard.iter().filter(|said| at(&said.path)).cloned().collect());
    let kept = session.drafts.with(|drafts| {
        let mut all = drafts.iter().filter(|draft| draft.record_id == record);
        let kept = all
            .next()
            .map(|draft| draft.kept.iter().filter(|kept| at(&kept.path)).cloned());
        kept.into_iter().flatten().collect()
    });
    (remarks, kept)
}

/// Below each field: what is about it, and at a group also what is about its rows.
pub fn beside(work: &Work) -> Beside {
    let (session, record, desk) = (session(), work.record_id, work.desk);
    Beside::each(move |path| {
        let path = path.to_owned();
        let here = path.clone();
        let found = derived(move || {
            let below = |place: &str| {
                let rest = place.strip_prefix(&here);
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '.']))
            };
            waiting(session, record, &below)
        });
        form::live(move || cards(desk, record, &found.get(), &path))
    })
}

/// All of it, for the review page.
pub fn all(work: &Work) -> View {
    let (session, record, desk) = (session(), work.record_id, work.desk);
    let found = derived(move || waiting(session, record, &|_| true));
    form::live_if(move || {
        let found = found.get();
        (found.0.len() + found.1.len() > 0).then(|| {
            el("section")
                .class("review__group")
                .child(el("h2").child(said::ALL))
                .child(cards(desk, record, &found, "\0"))
        })
    })
}

/// As chips, how many remarks without an answer and how many places with two texts a section has; tracked.
pub fn chips(work: &Work, slug: &str) -> View {
    let form = work.desk.form();
    let here = |place: &str| progress::section_of(form, place).is_some_and(|section| section.slug == slug);
    let (remarks, kept) = waiting(session(), work.record_id, &here);
    let open = remarks.iter().filter(|said| said.answer.is_none()).count();
    let chip = |text: String| el("span").class("chip chip--look").child(text);
    pieces![
        (open > 0).then(|| chip(said::reminded(open))),
        (!kept.is_empty()).then(|| chip(said::doubled(kept.len())))
    ]
}

/// Where the code of another phone's recovery sheet is typed.
pub fn sheet(typed: Held<String>) -> View {
    el("details")
        .child(el("summary").child(words::RECOVER))
        .child(
            question("sheet", gate::RECOVERY)
                .child(hint("sheet-hint", said::RECOVER_HINT))
                .child(
                    input_box("text")
                        .id("sheet")
                        .attr("inputmode", "numeric")
                        .attr("aria-describedby", "sheet-hint")
                        .typing(typed),
                ),
        )
        .piece()
}

fn cards(desk: Desk, record: RecordId, (remarks, kept): &Waiting, here: &str) -> View {
    let place = move |path: &str| {
        (path != here).then(|| {
            let target = form::home(desk.form(), path)
                .map(|(_, section, _)| href(&Route::Section(section.slug.to_owned(), Some(path.to_owned()))));
            let name = form::place_name(desk, path);
            el("p").class("finding__where").child(match target {
                Some(target) => link("", target).child(name).piece(),
                None => name.piece(),
            })
        })
    };
    pieces![
        remarks
            .iter()
            .map(|said| {
                let place = place(&said.path);
                remark(said).child(place.piece())
            })
            .collect::<Vec<_>>(),
        kept.iter()
            .map(|kept| {
                let place = place(&kept.path);
                two(desk, record, kept).child(place.piece())
            })
            .collect::<Vec<_>>()
    ]
}

fn remark(it: &Said) -> El {
    let session = session();
    let (text, complaint) = (Held::new(String::new()), Held::new(String::new()));
    let (about, path) = (it.op_id, it.path.clone());
    let send = move |text: String| {
        let path = path.clone();
        spawn_local(async move {
            complaint.try_set(session.answer(about, &path, &text).await.err().unwrap_or_default());
        });
    };
    let mended = send.clone();
    let answer = match &it.answer {
        Some(answer) => el("p")
            .class("soft")
            .child(said::ANSWERED)
            .child(answer.as_str())
            .piece(),
        None => el("div")
            .class("finding__acts")
            .child(
                button("btn")
                    .on("click", move |_| mended(said::MENDED.to_owned()))
                    .child(said::MENDED),
            )
            .child(input_box("text").attr("aria-label", said::ANSWER).typing(text))
            .child(
                button("btn btn--quiet")
                    .on("click", move |_| {
                        let text = text.get_untracked();
                        if !text.trim().is_empty() {
                            send(text);
                        }
                    })
                    .child(said::ANSWER),
            )
            .child(el("p").attr("role", "alert").child(live::value(complaint)))
            .piece(),
    };
    el("div")
        .class("said__line said__line--look")
        .child(
            el("b")
                .child(said::who(it.role))
                .child(label::moment(it.server_time))
                .child(": "),
        )
        .child(it.text.as_str())
        .child(answer)
}

fn two(desk: Desk, record: RecordId, kept: &KeptValue) -> El {
    let session = session();
    let decide = |take: bool| {
        let kept = kept.clone();
        let label = if take { said::TAKE } else { said::DROP };
        button("btn")
            .on("click", move |_| session.decide(record, &kept, take))
            .child(label)
    };
    el("div")
        .class("said__line said__line--look")
        .child(said::two(&desk.peek(&kept.path), &kept.text))
        .child(
            el("div")
                .class("finding__acts")
                .child(decide(true))
                .child(decide(false)),
        )
}
