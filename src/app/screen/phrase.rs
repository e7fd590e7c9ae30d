//! Choosing a passphrase: six words given, or a phrase of one's own; typed a second time from the paper.

use leptos::prelude::*;
use store::passphrase;

use crate::{ids::Browser, live, text::gate as words};

/// The choice, and whether it may be used.
#[derive(Clone, Copy)]
pub struct Phrase {
    /// Six words with blanks between them.
    given: RwSignal<String>,
    owns: RwSignal<bool>,
    own: RwSignal<String>,
    again: RwSignal<String>,
    complaint: RwSignal<String>,
}

impl Phrase {
    /// Six fresh words.
    pub fn new() -> Self {
        Self {
            given: RwSignal::new(six_words()),
            owns: RwSignal::new(false),
            own: RwSignal::new(String::new()),
            again: RwSignal::new(String::new()),
            complaint: RwSignal::new(String::new()),
        }
    }

    /// To a blank phrase of one's own, or back to the words given.
    fn turn(self, owns: bool) {
        self.own.set(String::new());
        self.owns.set(owns);
    }

    /// The phrase, if it is strong enough and was typed twice alike; else the reason is shown and `None` comes back.
    pub fn take(&self, nickname: &str) -> Option<String> {
        let owns = self.owns.get_untracked();
        let chosen = if owns { self.own } else { self.given }.get_untracked();
        let weak = owns.then(|| passphrase::weakness(&chosen, nickname)).flatten();
        let complaint = weak.or_else(|| {
            let same = sync::fold::fold(&chosen) == sync::fold::fold(&self.again.get_untracked());
            (!same).then_some(words::PHRASE_DIFFERS)
        });
        self.complaint.set(complaint.unwrap_or_default().to_owned());
        complaint.is_none().then_some(chosen)
    }
}

fn six_words() -> String {
    passphrase::six_words(&mut Browser).join(" ")
}

/// The fields of the choice.
#[component]
pub fn PhraseFields(phrase: Phrase) -> impl IntoView {
    view! {
        <fieldset class="stack">
            <legend><h2>{words::PHRASE_TITLE}</h2></legend>
            {live::live(move || if phrase.owns.get() {
                view! { <Own phrase /> }.into_any()
            } else {
                view! { <Given phrase /> }.into_any()
            })}
            <div class="field">
                <label class="field__label" for="phrase-again">{words::PHRASE_AGAIN}</label>
                <p class="hint" id="phrase-again-hint">{words::PHRASE_AGAIN_HINT}</p>
                <input
                    id="phrase-again" type="text" autocomplete="off" autocapitalize="none" {..crate::form::uncorrected()} spellcheck="false"
                    aria-describedby="phrase-again-hint phrase-complaint"
                    aria-invalid=live::state(move || !phrase.complaint.with(String::is_empty))
                    prop:value=live::value(phrase.again)
                    on:input=live::typing(phrase.again)
                />
                <p class="message" id="phrase-complaint" role="alert">{live::value(phrase.complaint)}</p>
            </div>
        </fieldset>
    }
}

#[component]
fn Given(phrase: Phrase) -> impl IntoView {
    view! {
        <p>{words::PHRASE_LEAD}</p>
        <ol class="code" data-phrase>
            {live::live(move || phrase.given.get().split(' ').map(|word| view! { <li>{word.to_owned()}</li> }).collect_view().into_any())}
        </ol>
        <p><strong>{words::PHRASE_COPY}</strong></p>
        <div class="row">
            <button type="button" class="btn" on:click=live::on(move |_| phrase.given.set(six_words()))>{words::PHRASE_OTHER}</button>
            <button type="button" class="btn btn--quiet" on:click=live::on(move |_| phrase.turn(true))>{words::PHRASE_OWN}</button>
        </div>
    }
}

#[component]
fn Own(phrase: Phrase) -> impl IntoView {
    view! {
        <div class="field">
            <label class="field__label" for="phrase-own">{words::PHRASE_OWN_LABEL}</label>
            <p class="hint" id="phrase-own-hint">{words::PHRASE_OWN_HINT}</p>
            <input
                id="phrase-own" type="text" autocomplete="off" autocapitalize="none" {..crate::form::uncorrected()} spellcheck="false" aria-describedby="phrase-own-hint"
                prop:value=live::value(phrase.own)
                on:input=live::typing(phrase.own)
            />
        </div>
        <button type="button" class="btn btn--quiet" on:click=live::on(move |_| phrase.turn(false))>{words::PHRASE_GIVEN}</button>
    }
}
