//! Choosing a passphrase: six words given, or a phrase of one's own; typed a second time from the paper.

use leptos::prelude::*;
use store::passphrase;

use crate::{ids::Browser, text::gate as words};

/// The choice, and whether it may be used.
#[derive(Clone, Copy)]
pub struct Phrase {
    given: RwSignal<Vec<&'static str>>,
    own: RwSignal<Option<String>>,
    again: RwSignal<String>,
    complaint: RwSignal<Option<&'static str>>,
}

impl Phrase {
    /// Six fresh words.
    pub fn new() -> Self {
        Self {
            given: RwSignal::new(passphrase::six_words(&mut Browser)),
            own: RwSignal::new(None),
            again: RwSignal::new(String::new()),
            complaint: RwSignal::new(None),
        }
    }

    /// The phrase, if it is strong enough and was typed twice alike; else the reason is shown and `None` comes back.
    pub fn take(&self, nickname: &str) -> Option<String> {
        let chosen = self.own.get_untracked().unwrap_or_else(|| self.given.get_untracked().join(" "));
        let weak = self.own.get_untracked().and_then(|own| passphrase::weakness(&own, nickname));
        let complaint = weak.or_else(|| {
            let same = sync::fold::fold(&chosen) == sync::fold::fold(&self.again.get_untracked());
            (!same).then_some(words::PHRASE_DIFFERS)
        });
        self.complaint.set(complaint);
        complaint.is_none().then_some(chosen)
    }
}

/// The fields of the choice.
#[component]
pub fn PhraseFields(phrase: Phrase) -> impl IntoView {
    let owns = move || phrase.own.with(Option::is_some);
    view! {
        <fieldset class="stack">
            <legend><h2>{words::PHRASE_TITLE}</h2></legend>
            <Show when=owns fallback=move || view! { <Given phrase /> }>
                <Own phrase />
            </Show>
            <div class="field">
                <label class="field__label" for="phrase-again">{words::PHRASE_AGAIN}</label>
                <p class="hint" id="phrase-again-hint">{words::PHRASE_AGAIN_HINT}</p>
                <input
                    id="phrase-again" type="text" autocomplete="off" autocapitalize="none" {..crate::form::uncorrected()} spellcheck="false"
                    aria-describedby="phrase-again-hint phrase-complaint"
                    aria-invalid=move || phrase.complaint.with(Option::is_some).then_some("true")
                    prop:value=move || phrase.again.get()
                    on:input:target=move |event| phrase.again.set(event.target().value())
                />
                <p class="message" id="phrase-complaint" role="alert">{move || phrase.complaint.get()}</p>
            </div>
        </fieldset>
    }
}

#[component]
fn Given(phrase: Phrase) -> impl IntoView {
    view! {
        <p>{words::PHRASE_LEAD}</p>
        <ol class="code" data-phrase>
            {move || phrase.given.get().into_iter().map(|word| view! { <li>{word}</li> }).collect_view()}
        </ol>
        <p><strong>{words::PHRASE_COPY}</strong></p>
        <div class="row">
            <button type="button" class="btn" on:click=move |_| phrase.given.set(passphrase::six_words(&mut Browser))>{words::PHRASE_OTHER}</button>
            <button type="button" class="btn btn--quiet" on:click=move |_| phrase.own.set(Some(String::new()))>{words::PHRASE_OWN}</button>
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
                prop:value=move || phrase.own.get().unwrap_or_default()
                on:input:target=move |event| phrase.own.set(Some(event.target().value()))
            />
        </div>
        <button type="button" class="btn btn--quiet" on:click=move |_| phrase.own.set(None)>{words::PHRASE_GIVEN}</button>
    }
}
