//! Making a vault: what for, what name, which passphrase; then the recovery sheet, shown once.

use leptos::{prelude::*, task::spawn_local};
use store::{RecoveryCode, Vault};

use super::phrase::{Phrase, PhraseFields};
use crate::{
    app::{Gate, root},
    live,
    session::{self, Role},
    text::gate as words,
};

/// The page of a new vault.
#[component]
pub fn NewVault() -> impl IntoView {
    let made = RwSignal::new_local(None::<(Vault, RecoveryCode, Role)>);
    view! {
        <main id="main" class="page stack" tabindex="-1">
            {live::live(move || match made.get() {
                None => view! { <Ask made /> }.into_any(),
                Some((vault, code, role)) => view! { <Sheet vault code role /> }.into_any(),
            })}
        </main>
    }
}

#[component]
fn Ask(made: RwSignal<Option<(Vault, RecoveryCode, Role)>, LocalStorage>) -> impl IntoView {
    let root = root();
    let hinted = root
        .link
        .with_untracked(|link| link.as_deref().and_then(session::role_of_link));
    let role = RwSignal::new(hinted.unwrap_or(Role::Candidate));
    let nickname = RwSignal::new(String::new());
    let phrase = Phrase::new();
    let busy = RwSignal::new(false);
    let complaint = RwSignal::new(String::new());
    let make = move || {
        let name = nickname.get_untracked().trim().to_owned();
        if name.is_empty() {
            return complaint.set(words::NICKNAME_BLANK.to_owned());
        }
        complaint.set(String::new());
        let Some(chosen) = phrase.take(&name) else { return };
        busy.set(true);
        spawn_local(async move {
            match session::make(&name, &chosen, role.get_untracked()).await {
                Ok((vault, code)) => made.set(Some((vault, code, role.get_untracked()))),
                Err(fault) => complaint.set(fault.words().to_owned()),
            }
            busy.set(false);
        });
    };
    view! {
        <h1>{words::NEW_TITLE}</h1>
        <p class="lead">{words::NEW_LEAD}</p>
        <form class="stack" on:submit=live::submit(make)>
            <fieldset class="field">
                <legend class="field__label">{words::ROLE_LEGEND}</legend>
                {[(Role::Candidate, words::ROLE_CANDIDATE), (Role::Mentor, words::ROLE_MENTOR), (Role::Secretary, words::ROLE_SECRETARY)]
                    .into_iter()
                    .filter(|(each, _)| *each != Role::Secretary || hinted == Some(Role::Secretary))
                    .map(|(each, label)| view! {
                        <label class="choice">
                            <input type="radio" name="role" prop:checked=live::flag(move || role.get() == each) on:change=live::on(move |_| role.set(each)) />
                            <span>{label}</span>
                        </label>
                    })
                    .collect_view()}
            </fieldset>
            <div class="field">
                <label class="field__label" for="nickname">{words::NICKNAME}</label>
                <p class="hint" id="nickname-hint">{words::NICKNAME_HINT}</p>
                <input id="nickname" type="text" autocomplete="off" spellcheck="false" maxlength="40" aria-describedby="nickname-hint"
                    prop:value=live::value(nickname) on:input=live::typing(nickname) />
            </div>
            <PhraseFields phrase />
            <p class="notice notice--warn">{words::NO_WAY_BACK}</p>
            <p class="message" role="alert">{live::value(complaint)}</p>
            <div class="row">
                <button type="submit" class="btn btn--primary" prop:disabled=live::is(busy)>
                    {live::either(busy, words::MAKING, words::MAKE)}
                </button>
                <button type="button" class="btn btn--quiet" on:click=live::on(move |_| { root.gate.set(Gate::Looking); root.look(); })>{words::BACK}</button>
            </div>
            {live::progress(busy, words::MAKING)}
        </form>
    }
}

/// Which two groups are asked back: one early, one late.
const ASKED: [usize; 2] = [2, 7];

#[component]
fn Sheet(vault: Vault, code: RecoveryCode, role: Role) -> impl IntoView {
    let root = root();
    let groups: Vec<String> = code.groups().iter().map(|group| group.to_string()).collect();
    let typed = ASKED.map(|_| RwSignal::new(String::new()));
    let wrong = RwSignal::new(false);
    let expected: Vec<String> = ASKED.iter().filter_map(|n| groups.get(n - 1).cloned()).collect();
    let done = move || {
        let right = typed
            .iter()
            .zip(&expected)
            .all(|(typed, group)| digits(&typed.get_untracked()) == *group);
        wrong.set(!right);
        if right {
            let vault = vault.clone();
            spawn_local(async move { session::enter(root, vault, Some(role)).await });
        }
    };
    view! {
        <h1>{words::RECOVERY_TITLE}</h1>
        <p class="lead">{words::RECOVERY_LEAD}</p>
        <ol class="code code--groups" data-recovery>
            {groups.iter().map(|group| view! { <li>{group.clone()}</li> }).collect_view()}
        </ol>
        <p class="print-only">{words::RECOVERY_SHEET}</p>
        <p>{words::RECOVERY_DO}</p>
        <button type="button" class="btn" on:click=live::on(move |_| drop(window().print()))>{words::RECOVERY_PRINT}</button>
        <p class="notice notice--warn">{words::NO_WAY_BACK}</p>
        <form class="stack" on:submit=live::submit(done)>
            <p>{words::RECOVERY_CHECK}</p>
            {ASKED.into_iter().zip(typed).map(|(n, typed)| {
                let id = format!("group-{n}");
                view! {
                    <div class="field">
                        <label class="field__label" for=id.clone()>{words::group(n)}</label>
                        <input id=id class="short" type="text" inputmode="numeric" autocomplete="off" maxlength="8"
                            prop:value=live::value(typed) on:input=live::typing(typed) />
                    </div>
                }
            }).collect_view()}
            <p class="message" role="alert">{live::either(wrong, words::RECOVERY_WRONG, "")}</p>
            <button type="submit" class="btn btn--primary">{words::RECOVERY_DONE}</button>
        </form>
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}
