//! The vaults on this phone: choose one, open it with the passphrase or the recovery sheet, or take it away.

use leptos::{prelude::*, task::spawn_local};
use store::{Secret, Vault, VaultListing};

use super::phrase::{Phrase, PhraseFields};
use crate::{
    app::{Gate, Root, root},
    live, session,
    text::gate as words,
};

/// The list, then the door of the chosen vault.
#[component]
pub fn Choose(list: Vec<VaultListing>) -> impl IntoView {
    let root = root();
    let only = (list.len() == 1).then(|| list.first().cloned()).flatten();
    let chosen = RwSignal::new_local(only);
    view! {
        <main id="main" class="page stack" tabindex="-1">
            <h1>{words::CHOOSE_TITLE}</h1>
            {link_waiting(root)}
            {live::live(move || match chosen.get() {
                None => {
                    let list = list.clone();
                    view! {
                        <p class="lead">{words::CHOOSE_LEAD}</p>
                        <ul class="list">
                            {list.into_iter().map(|vault| {
                                let name = vault.nickname.clone();
                                view! { <li><button class="btn btn--wide" on:click=live::on(move |_| chosen.set(Some(vault.clone())))>{name}</button></li> }
                            }).collect_view()}
                        </ul>
                    }.into_any()
                }
                Some(vault) => view! { <Door vault chosen /> }.into_any(),
            })}
            <button class="btn btn--quiet" on:click=live::on(move |_| root.gate.set(Gate::New))>{words::ADD_PERSON}</button>
        </main>
    }
}

/// That an enrolment link waits for a vault to be opened.
pub fn link_waiting(root: Root) -> AnyView {
    live::live_if(move || {
        let waits = root.link.with(Option::is_some);
        waits.then(|| view! { <p class="notice">{words::LINK_WAITING}</p> }.into_any())
    })
}

#[component]
fn Door(vault: VaultListing, chosen: RwSignal<Option<VaultListing>, LocalStorage>) -> impl IntoView {
    let root = root();
    let by_sheet = RwSignal::new(false);
    let secret = RwSignal::new(String::new());
    let shown = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let complaint = RwSignal::new(String::new());
    let renew = RwSignal::new_local(None::<Vault>);
    let nickname = vault.nickname.clone();
    let db_id = vault.db_id.clone();
    let open = move || {
        busy.set(true);
        let db_id = db_id.clone();
        spawn_local(async move {
            let typed = secret.get_untracked();
            let sheet = by_sheet.get_untracked();
            let opened = Vault::unlock(
                &db_id,
                if sheet {
                    Secret::Recovery(&typed)
                } else {
                    Secret::Passphrase(&typed)
                },
            )
            .await;
            busy.set(false);
            match opened {
                Ok(vault) if sheet => renew.set(Some(vault)),
                Ok(vault) => session::enter(root, vault, None).await,
                Err(fault) => complaint.set(fault.to_string()),
            }
        });
    };
    view! {
        <h2>{nickname.clone()}</h2>
        {live::live(move || match renew.get() {
            Some(vault) => view! { <Renew vault nickname=nickname.clone() /> }.into_any(),
            None => {
                let open = open.clone();
                view! {
                    <form class="stack" on:submit=live::submit(open)>
                        <div class="field">
                            <label class="field__label" for="secret">{live::either(by_sheet, words::RECOVERY, words::PHRASE)}</label>
                            <p class="hint" id="secret-hint">{live::either(by_sheet, words::RECOVERY_HINT, words::PHRASE_HINT)}</p>
                            <input id="secret" autocomplete="off" autocapitalize="none" {..crate::form::uncorrected()} spellcheck="false"
                                type=live::text(move || if shown.get() || by_sheet.get() { "text" } else { "password" }.to_owned())
                                inputmode=live::either(by_sheet, "numeric", "text")
                                aria-describedby="secret-hint secret-complaint"
                                prop:value=live::value(secret) on:input=live::typing(secret) />
                            <p class="message" id="secret-complaint" role="alert">{live::value(complaint)}</p>
                        </div>
                        {live::live_if(move || (!by_sheet.get()).then(|| view! {
                            <label class="choice"><input type="checkbox" prop:checked=live::is(shown) on:change=live::ticking(shown) /><span>{words::SHOW_PHRASE}</span></label>
                        }.into_any()))}
                        <button type="submit" class="btn btn--primary" prop:disabled=live::is(busy)>{live::either(busy, words::OPENING, words::OPEN)}</button>
                        {live::progress(busy, words::OPENING)}
                        <button type="button" class="btn btn--quiet" on:click=live::on(move |_| { by_sheet.update(|sheet| *sheet = !*sheet); secret.set(String::new()); complaint.set(String::new()); })>
                            {live::either(by_sheet, words::USE_PHRASE, words::FORGOT)}
                        </button>
                    </form>
                }.into_any()
            }
        })}
        <Forget vault />
        <button class="btn btn--quiet" on:click=live::on(move |_| { chosen.set(None); root.gate.set(Gate::Looking); root.look(); })>{words::BACK}</button>
    }
}

#[component]
fn Renew(vault: Vault, nickname: String) -> impl IntoView {
    let root = root();
    let phrase = Phrase::new();
    let complaint = RwSignal::new(String::new());
    let save = move || {
        let Some(chosen) = phrase.take(&nickname) else { return };
        let vault = vault.clone();
        spawn_local(async move {
            match vault.change_passphrase(&chosen).await {
                Ok(()) => session::enter(root, vault, None).await,
                Err(fault) => complaint.set(fault.words().to_owned()),
            }
        });
    };
    view! {
        <form class="stack" on:submit=live::submit(save)>
            <h3>{words::NEW_PHRASE_TITLE}</h3>
            <p>{words::NEW_PHRASE_LEAD}</p>
            <PhraseFields phrase />
            <p class="message" role="alert">{live::value(complaint)}</p>
            <button type="submit" class="btn btn--primary">{words::SAVE_PHRASE}</button>
        </form>
    }
}

/// Taking a vault away, behind its name typed by hand.
#[component]
fn Forget(vault: VaultListing) -> impl IntoView {
    let root = root();
    let typed = RwSignal::new(String::new());
    let said = RwSignal::new(String::new());
    let name = vault.nickname.clone();
    let differs = move || typed.with(|typed| typed.trim() != name);
    let forget = move |_| {
        let db_id = vault.db_id.clone();
        spawn_local(async move {
            match Vault::forget(&db_id).await {
                Ok(()) => {
                    said.set(words::FORGOTTEN.to_owned());
                    root.look();
                }
                Err(fault) => said.set(fault.words().to_owned()),
            }
        });
    };
    view! {
        <details>
            <summary>{words::FORGET}</summary>
            <div class="stack">
                <label class="field__label" for="forget">{words::FORGET_ASK}</label>
                <input id="forget" type="text" autocomplete="off" spellcheck="false"
                    prop:value=live::value(typed) on:input=live::typing(typed) />
                <button type="button" class="btn btn--danger" prop:disabled=live::flag(differs) on:click=live::on(forget)>{words::FORGET}</button>
                <p role="status">{live::value(said)}</p>
            </div>
        </details>
    }
}
