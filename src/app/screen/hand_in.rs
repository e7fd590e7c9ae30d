//! Handing in: what would go, what still wants a look, one button; afterwards what is known of it, and nothing more.

use leptos::{prelude::*, task::spawn_local};

use super::{bar, enrol::connection, word};
use crate::{
    el::{Piece, View, button, el, main, pieces},
    held::Held,
    live,
    route::{Route, href},
    sending,
    session::{Work, session},
    text::desk as words,
};

/// The page "Nộp cho chi bộ".
pub fn hand_in() -> View {
    let session = session();
    pieces![
        bar(words::HAND_IN),
        main("page stack")
            .child(el("h1").child(words::HAND_IN))
            .child(live::live(move || match session.work() {
                Some(work) if session.identity.with(Option::is_some) => untrack(move || act(work)),
                _ => pieces![
                    el("p").child(words::NEED_CONNECT),
                    el("p").class("hint").child(words::ONLY_HERE_MORE)
                ],
            }))
            .child(connection())
            .child(sent())
    ]
}

fn act(work: Work) -> View {
    let session = session();
    let desk = work.desk;
    let record = work.record_id;
    let busy = Held::new(false);
    let complaint = Held::new(String::new());
    let handed = move || session.is_handed_in(record);
    let act = move |_| {
        busy.set(true);
        spawn_local(async move {
            complaint.set(session.hand_in(record).await.err().unwrap_or_default());
            busy.set(false);
        });
    };
    pieces![
        word::word(record),
        el("p").class("lead").child(words::HAND_IN_LEAD),
        live::live(move || {
            let count = desk.findings().len();
            if count == 0 {
                el("p").class("notice").child(words::HAND_IN_CLEAN).piece()
            } else {
                el("p")
                    .class("notice notice--warn")
                    .child(words::HAND_IN_FINDINGS)
                    .child(" ")
                    .child(
                        el("a")
                            .attr("href", href(&Route::Review))
                            .child(words::to_look_at(count)),
                    )
                    .piece()
            }
        }),
        live::live(move || {
            if handed() {
                pieces![
                    el("p").child(words::HANDED_IN),
                    button("btn")
                        .on("click", move |_| session.reopen(record))
                        .child(words::REOPEN)
                ]
            } else if work.elsewhere {
                View::none()
            } else {
                let again = session.draft(record).is_some_and(|draft| draft.handed_in.is_some());
                pieces![
                    again.then(|| el("p").child(words::CHANGED)),
                    button("btn btn--primary")
                        .is("disabled", live::is(busy))
                        .on("click", act)
                        .child(live::either(busy, words::HAND_IN_BUSY, words::HAND_IN_BUTTON))
                ]
            }
        }),
        el("p")
            .class("message")
            .attr("role", "alert")
            .child(live::value(complaint))
    ]
}

/// What waits and what was received, each with the words its stored facts allow.
pub fn sent() -> View {
    let session = session();
    let waiting = move || session.waiting_words();
    let received = move || session.received_words();
    pieces![
        live::live_if(move || {
            (!waiting().is_empty()).then(|| {
                el("section")
                    .class("stack stack--tight")
                    .child(el("h2").child(words::WAITING_LIST))
                    .child(
                        el("ul").class("list").child(
                            waiting()
                                .into_iter()
                                .map(|text| el("li").child(text))
                                .collect::<Vec<_>>(),
                        ),
                    )
                    .child(
                        button("btn")
                            .on("click", move |_| sending::wake())
                            .child(words::SEND_NOW),
                    )
                    .piece()
            })
        }),
        live::live_if(move || {
            (!received().is_empty()).then(|| {
                el("section")
                    .class("stack stack--tight")
                    .child(el("h2").child(words::SENT_LIST))
                    .child(
                        el("ul").class("list").attr("data-received", "").child(
                            received()
                                .into_iter()
                                .map(|text| el("li").child(text))
                                .collect::<Vec<_>>(),
                        ),
                    )
                    .piece()
            })
        })
    ]
}
