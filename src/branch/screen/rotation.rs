//! The part of the page of keys that replaces keys: how old they are, what a loss costs, the one act for the yearly change and for a holder
//! who leaves.
//!
//! Invariant: what is lost, and what must be kept on paper, stands above the act. Not here: its steps (`rotation`).

use app::{
    clock,
    el::{El, Piece, View, el, question, submit},
    held::Held,
    live,
    session::Session,
};
use leptos::{prelude::*, task::spawn_local};
use sync::{client::Identity, found::Root, id::AccountId};

use super::keys::{named, sure};
use crate::{
    known::{Known, known},
    rotation::{self, Step},
    text::rotation as words,
    time,
};

/// Days after which it is said that keys are old.
const YEAR: i32 = 365;

/// The section.
pub fn section(session: Session, here: Held<Option<Root>>, said: Held<String>) -> View {
    let step = Held::new(Step::None);
    live::live(move || {
        let (known, root) = (known().get(), here.get());
        let own = session.identity.with(|who| who.as_ref().map(Identity::account_id));
        spawn_local(async move {
            step.try_set(rotation::step(session).await);
        });
        untrack(move || {
            el("section")
                .class("stack stack--tight")
                .child(el("h2").child(words::TITLE))
                .child(own.map(|own| age(&known, &own)))
                .child(live::live(move || under_way(step.get())))
                .child(el("p").child(words::LEAD))
                .child(el("p").class("notice notice--warn").child(words::COST))
                .child(match root {
                    Some(root) => acts(session, &known, own, root, said),
                    None => el("p").class("hint").child(words::NO_ROOT).piece(),
                })
                .child(former_keys(session, said))
                .piece()
        })
    })
}

fn age(known: &Known, own: &AccountId) -> View {
    let Some(since) = known.office.holder_since(own).map(time::day) else {
        return View::none();
    };
    let days = clock::today().ordinal() - since.ordinal();
    let (class, text) = if days > YEAR {
        ("notice notice--warn", words::old(&since.show()))
    } else {
        ("lead", words::since(&since.show()))
    };
    el("p").class(class).child(text).piece()
}

fn under_way(step: Step) -> View {
    let text = match step {
        Step::None => return View::none(),
        Step::Announced => words::ANNOUNCED,
        Step::Closing => words::CLOSING,
    };
    el("p").class("notice").attr("role", "status").child(text).piece()
}

fn acts(session: Session, known: &Known, own: Option<AccountId>, root: Root, said: Held<String>) -> View {
    let begin = move |leaver: Option<AccountId>| {
        let root = root.clone();
        spawn_local(async move {
            let done = rotation::begin(session, &root, leaver).await;
            said.try_set(done.err().unwrap_or_else(|| words::BEGUN.to_owned()));
        });
    };
    let set = session
        .identity
        .with_untracked(|who| who.as_ref().and_then(Identity::set));
    let others = set.into_iter().flat_map(|set| set.secretaries);
    let others: Vec<AccountId> = others.map(|one| one.account).filter(|one| Some(*one) != own).collect();
    let yearly = begin.clone();
    let leaves = others.into_iter().map(|account| {
        let begin = begin.clone();
        el("li")
            .class("row row--even")
            .child(el("span").child(named(known, &account)))
            .child(sure(words::LEAVES, words::LEAVES_SURE, move || begin(Some(account))))
    });
    let leaves: Vec<El> = leaves.collect();
    el("div")
        .class("stack stack--tight")
        .child(sure(words::DO, words::DO_SURE, move || yearly(None)))
        .child((!leaves.is_empty()).then(|| el("h3").child(words::LEAVER)))
        .child((!leaves.is_empty()).then(|| el("p").class("hint").child(words::LEAVER_COST)))
        .child(el("ul").class("list").child(leaves))
        .piece()
}

/// Keys of before, for a device that was set up anew.
fn former_keys(session: Session, said: Held<String>) -> View {
    let typed = Held::new(String::new());
    let take = move || {
        spawn_local(async move {
            let taken = rotation::take_in(session, &typed.get_untracked()).await;
            said.try_set(taken.map_or_else(|words| words, words::taken));
        });
    };
    el("details")
        .child(el("summary").child(words::FORMER))
        .child(
            el("form")
                .class("stack")
                .on_submit(take)
                .child(el("p").class("hint").child(words::FORMER_HINT))
                .child(
                    question("former", words::FORMER_LABEL).child(
                        el("textarea")
                            .id("former")
                            .attr("rows", "3")
                            .uncorrected()
                            .value(live::value(typed))
                            .typing(typed),
                    ),
                )
                .child(submit("btn").child(words::FORMER_DO)),
        )
        .piece()
}
