//! "Ai đã xem lý lịch của tôi": each copy that the endpoint gave out of what the person handed in, to whom and when.
//!
//! Invariant: the page says a copy was fetched or exported, never that it was read; who is not confirmed is said so. Not here: asking (`accesses`).

use app::{
    el::{El, View, button, el, link, main, pieces},
    held::Held,
    live,
    route::href,
    screen::{bar, take_back},
    session::session,
};
use leptos::task::spawn_local;
use sync::{
    access::OPERATOR,
    client::Looked,
    kind::{Kind, Role},
    spelling::hex,
};

use crate::{
    accesses::{self, Told},
    pages,
    text::{accesses as words, courier},
    time::moment,
};

/// The fragment of the page.
pub const PAGE: &str = "ai-da-xem";

/// The person's rights over what they handed in, and the way without a signal: sending by somebody, who saw it, taking it back.
pub fn rights() -> View {
    pieces![
        link("btn", href(&pages::other(super::courier::PAGE))).child(courier::TITLE),
        " ",
        link("btn", href(&pages::other(PAGE))).child(words::TITLE),
        take_back::take_back()
    ]
}

/// The page.
pub fn accesses() -> View {
    let session = session();
    let told = Held::new(None::<std::rc::Rc<Told>>);
    let (said, busy) = (Held::new(String::new()), Held::new(false));
    let ask = move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let done = accesses::ask(session).await;
            said.try_set(done.err().unwrap_or_default());
            told.try_set(Some(std::rc::Rc::new(accesses::told(session).await)));
            busy.try_set(false);
        });
    };
    spawn_local(async move {
        // What is known is there at once, also without a network.
        told.try_set(Some(std::rc::Rc::new(accesses::told(session).await)));
        ask();
    });
    pieces![
        bar(words::TITLE),
        main("page stack")
            .child(el("h1").child(words::TITLE))
            .child(el("p").class("lead").child(words::LEAD))
            .child(live::live_if(move || told.get().map(|told| list(&told))))
            .child(el("p").attr("role", "status").child(live::value(said)))
            .child(button("btn").on("click", move |_| ask()).child(words::ASK))
            .child(el("p").class("hint").child(words::KEPT))
    ]
}

fn list(told: &Told) -> View {
    let pieces = told.pieces.iter().map(|piece| {
        let what = match (piece.kind, piece.stored) {
            (Some(Kind::HandIn), Some(stored)) => words::hand_in(&moment(stored)),
            (Some(Kind::Annotation), Some(stored)) => words::answer(&moment(stored)),
            (_, Some(stored)) => words::other(&moment(stored)),
            (_, None) => words::ELSEWHERE.to_owned(),
        };
        let nobody = piece.readers.is_empty();
        el("section")
            .class("card stack stack--tight")
            .child(el("h2").child(what))
            .child(nobody.then(|| el("p").class("hint").child(words::NOBODY)))
            .child(
                el("ul")
                    .class("list")
                    .child(piece.readers.iter().map(reader).collect::<Vec<_>>()),
            )
    });
    let asked = match told.asked {
        0 => words::NEVER.to_owned(),
        asked => words::until(&moment(asked)),
    };
    pieces![
        el("p").child(asked),
        told.pieces
            .is_empty()
            .then(|| el("p").class("notice").child(words::NOTHING)),
        pieces.collect::<Vec<_>>()
    ]
}

fn reader(one: &Looked) -> El {
    let last = one.times.last().map(|time| moment(*time)).unwrap_or_default();
    let times = one.times.iter().rev().map(|time| el("li").child(moment(*time)));
    let each = (one.times.len() > 1).then(|| {
        el("details")
            .child(el("summary").child(words::EACH))
            .child(el("ul").class("list").child(times.collect::<Vec<_>>()))
    });
    if one.account == OPERATOR {
        return el("li")
            .child(el("b").child(words::OPERATOR))
            .child(el("p").child(words::exported(one.times.len(), &last)))
            .child(each);
    }
    let role = match one.role {
        Some(Role::Secretary) => words::SECRETARY,
        Some(_) => words::MENTOR,
        None => words::STRANGER,
    };
    let code: String = hex(one.account.as_bytes()).chars().take(8).collect();
    el("li")
        .child(el("b").child(role))
        .child(" ")
        .child(el("span").class("soft").child(words::code(&code)))
        .child(el("p").child(words::times(one.times.len(), &last)))
        .child(each)
}
