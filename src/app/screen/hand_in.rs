//! Handing in: what would go, what still wants a look, one button; afterwards what is known of it, and nothing more.

use leptos::{prelude::*, task::spawn_local};

use super::{Bar, enrol::Connection};
use crate::{
    live,
    route::{Route, href},
    sending,
    session::{Work, session},
    text::desk as words,
};

/// The page "Nộp cho chi bộ".
#[component]
pub fn HandIn() -> impl IntoView {
    let session = session();
    view! {
        <Bar title=words::HAND_IN />
        <main id="main" class="page stack" tabindex="-1">
            <h1>{words::HAND_IN}</h1>
            {live::live(move || match session.work() {
                Some(work) if session.identity.with(Option::is_some) => view! { <Act work /> }.into_any(),
                _ => view! { <p>{words::NEED_CONNECT}</p><p class="hint">{words::ONLY_HERE_MORE}</p> }.into_any(),
            })}
            <Connection />
            <Sent />
        </main>
    }
}

#[component]
fn Act(work: Work) -> impl IntoView {
    let session = session();
    let desk = work.desk;
    let record = work.record_id;
    let busy = RwSignal::new(false);
    let complaint = RwSignal::new(String::new());
    let handed = move || session.is_handed_in(record);
    let act = move |_| {
        busy.set(true);
        spawn_local(async move {
            complaint.set(session.hand_in(record).await.err().unwrap_or_default());
            busy.set(false);
        });
    };
    view! {
        <p class="lead">{words::HAND_IN_LEAD}</p>
        {live::live(move || {
            let count = desk.findings().len();
            if count == 0 {
                view! { <p class="notice">{words::HAND_IN_CLEAN}</p> }.into_any()
            } else {
                view! { <p class="notice notice--warn">{words::HAND_IN_FINDINGS}" "<a href=href(&Route::Review)>{words::to_look_at(count)}</a></p> }.into_any()
            }
        })}
        {live::live(move || if handed() {
            view! {
                <p>{words::HANDED_IN}</p>
                <button class="btn" on:click=live::on(move |_| session.reopen(record))>{words::REOPEN}</button>
            }.into_any()
        } else {
            let again = session.draft(record).is_some_and(|draft| draft.handed_in.is_some());
            view! {
                {again.then(|| view! { <p>{words::CHANGED}</p> })}
                <button class="btn btn--primary" prop:disabled=live::is(busy) on:click=live::on(act)>
                    {live::either(busy, words::HAND_IN_BUSY, words::HAND_IN_BUTTON)}
                </button>
            }.into_any()
        })}
        <p class="message" role="alert">{live::value(complaint)}</p>
    }
}

/// What waits and what was received, each with the words its stored facts allow.
#[component]
pub fn Sent() -> impl IntoView {
    let session = session();
    let waiting = move || session.waiting_words();
    let received = move || session.received_words();
    view! {
        {live::live_if(move || (!waiting().is_empty()).then(|| view! {
            <section class="stack stack--tight">
                <h2>{words::WAITING_LIST}</h2>
                <ul class="list">{waiting().into_iter().map(|text| view! { <li>{text}</li> }).collect_view()}</ul>
                <button class="btn" on:click=live::on(move |_| sending::wake())>{words::SEND_NOW}</button>
            </section>
        }.into_any()))}
        {live::live_if(move || (!received().is_empty()).then(|| view! {
            <section class="stack stack--tight">
                <h2>{words::SENT_LIST}</h2>
                <ul class="list" data-received>{received().into_iter().map(|text| view! { <li>{text}</li> }).collect_view()}</ul>
            </section>
        }.into_any()))}
    }
}
