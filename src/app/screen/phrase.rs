//! Choosing a passphrase: six words given, or a phrase of one's own; typed a second time from the paper.

use leptos::prelude::*;
use store::passphrase;

use crate::{
    el::{Piece, View, button, el, hint, input_box, pieces, question},
    held::Held,
    ids::Browser,
    live,
    text::gate as words,
};

/// The choice, and whether it may be used.
#[derive(Clone, Copy)]
pub struct Phrase {
    /// Six words with blanks between them.
    given: Held<String>,
    owns: Held<bool>,
    own: Held<String>,
    again: Held<String>,
    complaint: Held<String>,
}

impl Phrase {
    /// Six fresh words.
    pub fn drawn() -> Self {
        Self {
            given: Held::new(six_words()),
            owns: Held::new(false),
            own: Held::new(String::new()),
            again: Held::new(String::new()),
            complaint: Held::new(String::new()),
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
pub fn phrase_fields(phrase: Phrase) -> View {
    el("fieldset")
        .class("stack")
        .child(el("legend").child(el("h2").child(words::PHRASE_TITLE)))
        .child(live::live(move || {
            if phrase.owns.get() {
                untrack(move || own(phrase))
            } else {
                untrack(move || given(phrase))
            }
        }))
        .child(
            question("phrase-again", words::PHRASE_AGAIN)
                .child(hint("phrase-again-hint", words::PHRASE_AGAIN_HINT))
                .child(
                    input_box("text")
                        .id("phrase-again")
                        .attr("autocapitalize", "none")
                        .uncorrected()
                        .attr("aria-describedby", "phrase-again-hint phrase-complaint")
                        .attr(
                            "aria-invalid",
                            live::state(move || !phrase.complaint.with(String::is_empty)),
                        )
                        .value(live::value(phrase.again))
                        .typing(phrase.again),
                )
                .child(
                    el("p")
                        .class("message")
                        .id("phrase-complaint")
                        .attr("role", "alert")
                        .child(live::value(phrase.complaint)),
                ),
        )
        .piece()
}

fn given(phrase: Phrase) -> View {
    pieces![
        el("p").child(words::PHRASE_LEAD),
        el("ol")
            .class("code")
            .attr("data-phrase", "")
            .child(live::live(move || {
                phrase
                    .given
                    .get()
                    .split(' ')
                    .map(|word| el("li").child(word.to_owned()))
                    .collect::<Vec<_>>()
                    .piece()
            })),
        el("p").child(el("strong").child(words::PHRASE_COPY)),
        el("div")
            .class("row")
            .child(
                button("btn")
                    .on("click", move |_| phrase.given.set(six_words()))
                    .child(words::PHRASE_OTHER),
            )
            .child(
                button("btn btn--quiet")
                    .on("click", move |_| phrase.turn(true))
                    .child(words::PHRASE_OWN),
            )
    ]
}

fn own(phrase: Phrase) -> View {
    pieces![
        question("phrase-own", words::PHRASE_OWN_LABEL)
            .child(hint("phrase-own-hint", words::PHRASE_OWN_HINT),)
            .child(
                input_box("text")
                    .id("phrase-own")
                    .attr("autocapitalize", "none")
                    .uncorrected()
                    .attr("aria-describedby", "phrase-own-hint")
                    .value(live::value(phrase.own))
                    .typing(phrase.own),
            ),
        button("btn btn--quiet")
            .on("click", move |_| phrase.turn(false))
            .child(words::PHRASE_GIVEN)
    ]
}
