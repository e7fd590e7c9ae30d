//! The vaults on this phone: choose one, open it with the passphrase or the recovery sheet, or take it away.

use leptos::{prelude::*, task::spawn_local};
use store::{Secret, Vault, VaultListing};

use super::phrase::{Phrase, PhraseFields};
use crate::{
    app::{Gate, root},
    session,
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
            <Show when=move || root.link.get().is_some()><p class="notice">{words::LINK_WAITING}</p></Show>
            {move || match chosen.get() {
                None => {
                    let list = list.clone();
                    view! {
                        <p class="lead">{words::CHOOSE_LEAD}</p>
                        <ul class="list">
                            {list.into_iter().map(|vault| {
                                let name = vault.nickname.clone();
                                view! { <li><button class="btn btn--wide" on:click=move |_| chosen.set(Some(vault.clone()))>{name}</button></li> }
                            }).collect_view()}
                        </ul>
                    }.into_any()
                }
                Some(vault) => view! { <Door vault chosen /> }.into_any(),
            }}
            <button class="btn btn--quiet" on:click=move |_| root.gate.set(Gate::New)>{words::ADD_PERSON}</button>
        </main>
    }
}

#[component]
fn Door(vault: VaultListing, chosen: RwSignal<Option<VaultListing>, LocalStorage>) -> impl IntoView {
    let root = root();
    let by_sheet = RwSignal::new(false);
    let secret = RwSignal::new(String::new());
    let shown = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let complaint = RwSignal::new(None::<String>);
    let renew = RwSignal::new_local(None::<Vault>);
    let nickname = vault.nickname.clone();
    let db_id = vault.db_id.clone();
    let open = move || {
        busy.set(true);
        let db_id = db_id.clone();
        spawn_local(async move {
            let typed = secret.get_untracked();
            let sheet = by_sheet.get_untracked();
            let opened = Vault::unlock(&db_id, if sheet { Secret::Recovery(&typed) } else { Secret::Passphrase(&typed) }).await;
            busy.set(false);
            match opened {
                Ok(vault) if sheet => renew.set(Some(vault)),
                Ok(vault) => session::enter(root, vault, None).await,
                Err(fault) => complaint.set(Some(fault.to_string())),
            }
        });
    };
    view! {
        <h2>{nickname.clone()}</h2>
        {move || match renew.get() {
            Some(vault) => view! { <Renew vault nickname=nickname.clone() /> }.into_any(),
            None => {
                let open = open.clone();
                view! {
                    <form class="stack" on:submit=move |event| { event.prevent_default(); open(); }>
                        <div class="field">
                            <label class="field__label" for="secret">{move || if by_sheet.get() { words::RECOVERY } else { words::PHRASE }}</label>
                            <p class="hint" id="secret-hint">{move || if by_sheet.get() { words::RECOVERY_HINT } else { words::PHRASE_HINT }}</p>
                            <input id="secret" autocomplete="off" autocapitalize="none" {..crate::form::uncorrected()} spellcheck="false"
                                type=move || if shown.get() || by_sheet.get() { "text" } else { "password" }
                                inputmode=move || if by_sheet.get() { "numeric" } else { "text" }
                                aria-describedby="secret-hint secret-complaint"
                                prop:value=move || secret.get() on:input:target=move |event| secret.set(event.target().value()) />
                            <p class="message" id="secret-complaint" role="alert">{move || complaint.get()}</p>
                        </div>
                        <Show when=move || !by_sheet.get()>
                            <label class="choice"><input type="checkbox" prop:checked=move || shown.get() on:change:target=move |event| shown.set(event.target().checked()) /><span>{words::SHOW_PHRASE}</span></label>
                        </Show>
                        <button type="submit" class="btn btn--primary" prop:disabled=move || busy.get()>{move || if busy.get() { words::OPENING } else { words::OPEN }}</button>
                        <Show when=move || busy.get()><progress aria-label=words::OPENING></progress></Show>
                        <button type="button" class="btn btn--quiet" on:click=move |_| { by_sheet.update(|sheet| *sheet = !*sheet); secret.set(String::new()); complaint.set(None); }>
                            {move || if by_sheet.get() { words::USE_PHRASE } else { words::FORGOT }}
                        </button>
                    </form>
                }.into_any()
            }
        }}
        <Forget vault />
        <button class="btn btn--quiet" on:click=move |_| { chosen.set(None); root.gate.set(Gate::Looking); root.look(); }>{words::BACK}</button>
    }
}

#[component]
fn Renew(vault: Vault, nickname: String) -> impl IntoView {
    let root = root();
    let phrase = Phrase::new();
    let complaint = RwSignal::new(None::<&'static str>);
    let save = move || {
        let Some(chosen) = phrase.take(&nickname) else { return };
        let vault = vault.clone();
        spawn_local(async move {
            match vault.change_passphrase(&chosen).await {
                Ok(()) => session::enter(root, vault, None).await,
                Err(fault) => complaint.set(Some(fault.words())),
            }
        });
    };
    view! {
        <form class="stack" on:submit=move |event| { event.prevent_default(); save(); }>
            <h3>{words::NEW_PHRASE_TITLE}</h3>
            <p>{words::NEW_PHRASE_LEAD}</p>
            <PhraseFields phrase />
            <p class="message" role="alert">{move || complaint.get()}</p>
            <button type="submit" class="btn btn--primary">{words::SAVE_PHRASE}</button>
        </form>
    }
}

/// Taking a vault away, behind its name typed by hand.
#[component]
fn Forget(vault: VaultListing) -> impl IntoView {
    let root = root();
    let typed = RwSignal::new(String::new());
    let said = RwSignal::new(None::<&'static str>);
    let name = StoredValue::new(vault.nickname.clone());
    let matches = move || typed.with(|typed| typed.trim() == name.get_value());
    let forget = move |_| {
        let db_id = vault.db_id.clone();
        spawn_local(async move {
            match Vault::forget(&db_id).await {
                Ok(()) => {
                    said.set(Some(words::FORGOTTEN));
                    root.look();
                }
                Err(fault) => said.set(Some(fault.words())),
            }
        });
    };
    view! {
        <details>
            <summary>{words::FORGET}</summary>
            <div class="stack">
                <label class="field__label" for="forget">{words::FORGET_ASK}</label>
                <input id="forget" type="text" autocomplete="off" spellcheck="false"
                    prop:value=move || typed.get() on:input:target=move |event| typed.set(event.target().value()) />
                <button type="button" class="btn btn--danger" prop:disabled=move || !matches() on:click=forget>{words::FORGET}</button>
                <p role="status">{move || said.get()}</p>
            </div>
        </details>
    }
}
