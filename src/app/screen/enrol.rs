//! Connecting with a branch: paste the link, read what would leave the phone, agree or not. Before "Đồng ý" nothing leaves.

use leptos::{prelude::*, task::spawn_local};
use sync::{answer::Standing, link::Link};

use super::Bar;
use crate::{
    app::root,
    live,
    route::{Route, go, href},
    session::{Role, session},
    text::{consent, desk as words},
};

/// The page "Kết nối với chi bộ".
#[component]
pub fn Enrol() -> impl IntoView {
    let root = root();
    let session = session();
    let pasted = RwSignal::new(String::new());
    let complaint = RwSignal::new(String::new());
    let link = RwSignal::new_local(None::<Link>);
    let read = move |text: &str| match Link::parse(text.trim()) {
        Ok(parsed) => {
            complaint.set(String::new());
            link.set(Some(parsed));
        }
        Err(fault) => complaint.set(fault.words().to_owned()),
    };
    if let Some(text) = root.link.get_untracked() {
        root.link.set(None);
        read(&text);
    }
    view! {
        <Bar title=words::ENROL_TITLE />
        <main id="main" class="page stack" tabindex="-1">
            {live::live(move || match (session.identity.with(Option::is_some), link.get()) {
                (true, _) => view! { <h1>{words::ENROL_TITLE}</h1><Connection /> }.into_any(),
                (false, Some(found)) => view! { <Consent found link /> }.into_any(),
                (false, None) => view! {
                    <h1>{words::ENROL_TITLE}</h1>
                    <p class="lead">{words::ENROL_LEAD}</p>
                    <form class="stack" on:submit=live::submit(move || read(&pasted.get_untracked()))>
                        <div class="field">
                            <label class="field__label" for="link">{words::ENROL_LABEL}</label>
                            <textarea id="link" rows="4" autocomplete="off" autocapitalize="none" {..crate::form::uncorrected()} spellcheck="false" aria-describedby="link-complaint"
                                prop:value=live::value(pasted) on:input=live::typing(pasted)></textarea>
                            <p class="message" id="link-complaint" role="alert">{live::value(complaint)}</p>
                        </div>
                        <button type="submit" class="btn btn--primary">{words::ENROL_READ}</button>
                    </form>
                }.into_any(),
            })}
        </main>
    }
}

#[component]
fn Consent(found: Link, link: RwSignal<Option<Link>, LocalStorage>) -> impl IntoView {
    let session = session();
    let age = RwSignal::new(None::<bool>);
    let complaint = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let config = session.config;
    let name = found.set.name.clone();
    let class = found.set.class.number();
    let mentor = found.role != Role::Candidate;
    let agree = move |_| match age.get_untracked() {
        None => complaint.set(words::AGE_MISSING.into()),
        Some(true) => complaint.set(words::AGE_GUARDIAN.into()),
        Some(false) => {
            busy.set(true);
            let found = found.clone();
            spawn_local(async move {
                match session.enrol(&found).await {
                    Ok(()) => go(&Route::Home),
                    Err(words) => complaint.set(words),
                }
                busy.set(false);
            });
        }
    };
    view! {
        <h1>{words::CONSENT_TITLE}</h1>
        <dl class="stack">
            {live::live(move || consent::lines(&name, &config.get().operator, class, mentor).into_iter().map(|(heading, text)| view! {
                <div><dt><strong>{heading}</strong></dt><dd>{text}</dd></div>
            }).collect_view().into_any())}
        </dl>
        <fieldset class="field">
            <legend class="field__label">{words::AGE_LEGEND}</legend>
            {[(false, words::AGE_16), (true, words::AGE_UNDER)].into_iter().map(|(under, label)| view! {
                <label class="choice"><input type="radio" name="age" prop:checked=live::flag(move || age.get() == Some(under)) on:change=live::on(move |_| age.set(Some(under))) /><span>{label}</span></label>
            }).collect_view()}
        </fieldset>
        <p class="message" role="alert">{live::value(complaint)}</p>
        <div class="row row--even">
            <button class="btn btn--primary" prop:disabled=live::is(busy) on:click=live::on(agree)>{words::AGREE}</button>
            <button class="btn" on:click=live::on(move |_| { link.set(None); complaint.set(words::REFUSED.into()); go(&Route::Home); })>{words::REFUSE}</button>
        </div>
    }
}

/// How the phone stands with its branch.
#[component]
pub fn Connection() -> impl IntoView {
    let session = session();
    view! {
        {live::live(move || session.identity.with(|identity| identity.as_ref().map(|identity| {
            let waiting = session.join_waits();
            view! {
                <div class="card stack stack--tight">
                    <p><strong>{words::ENROLLED}" "{identity.branch().name.clone()}</strong></p>
                    {waiting.then(|| view! { <p class="hint">{words::ENROL_WAITING}</p> })}
                    {(identity.standing() == Standing::Waiting).then(|| view! { <p class="hint">{words::ENROL_CONFIRM}</p> })}
                </div>
            }
        })).map(IntoAny::into_any).unwrap_or_else(|| view! { <a class="btn" href=href(&Route::Enrol)>{words::CONNECT}</a> }.into_any()))}
    }
}
