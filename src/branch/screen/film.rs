//! A courier file shown as a film of QR codes, for the camera of the phone beside it.
//!
//! Invariant: who asked their phone for less motion gets a film that stands still and goes on by hand; everybody can stop it. Not here:
//! what stands in the frames (`sync::film`), reading them (`screen::scan`).

use std::time::Duration;

use app::{
    el::{Piece, View, button, el, input_box},
    held::{Held, derived},
    live,
};
use leptos::prelude::*;
use sync::film::{FRAMES_A_SECOND, Grain, LARGEST, cut};

use crate::{awake::Awake, qr, text::film as words};

/// The button and below it the film; for a file too large, the words that say so.
pub fn film(file: Vec<u8>) -> View {
    if file.len() > LARGEST {
        return el("p").class("hint").child(words::TOO_LARGE).piece();
    }
    let shows = Held::new(false);
    el("div")
        .class("stack stack--tight")
        .child(
            button("btn")
                .on("click", move |_| shows.update(|shows| *shows = !*shows))
                .child(live::either(shows, words::HIDE, words::SHOW)),
        )
        .child(live::live_if(move || shows.get().then(|| untrack(|| screen(&file)))))
        .piece()
}

fn screen(file: &[u8]) -> View {
    let (coarse, runs, at) = (Held::new(false), Held::new(!wants_rest()), Held::new(0));
    let file = file.to_vec();
    let frames = derived(move || {
        let grain = if coarse.get() { Grain::Coarse } else { Grain::Fine };
        cut(&file, grain).unwrap_or_default()
    });
    // Frames go round; another grain has another number of them.
    let turn = move |by: fn(usize, usize) -> usize| {
        let count = frames.with_untracked(Vec::len).max(1);
        at.update(|at| *at = by(*at, count) % count);
    };
    let _awake = StoredValue::new_local(Awake::new());
    let next = move || {
        if runs.get_untracked() {
            turn(|at, _| at + 1);
        }
    };
    if let Ok(ticking) = set_interval_with_handle(next, Duration::from_secs(1) / FRAMES_A_SECOND) {
        on_cleanup(move || ticking.clear());
    }
    let by_hand = move |label, by: fn(usize, usize) -> usize| {
        let step = move |_| {
            runs.set(false);
            turn(by);
        };
        button("btn").on("click", step).child(label)
    };
    el("div")
        .class("film stack stack--tight")
        .child(el("p").class("hint").child(words::HOW))
        .child(live::live_if(move || {
            let (at, count) = (at.get(), frames.with(Vec::len));
            let text = frames.with(|frames| frames.get(at).cloned())?;
            Some(qr::picture(&text, &words::picture(at + 1, count)))
        }))
        .child(el("p").child(live::text(move || words::frame(at.get() + 1, frames.with(Vec::len)))))
        .child(
            el("div")
                .class("row")
                .child(
                    button("btn")
                        .on("click", move |_| runs.update(|runs| *runs = !*runs))
                        .child(live::either(runs, words::STOP, words::GO_ON)),
                )
                .child(by_hand(words::BEFORE, |at, count| at + count - 1))
                .child(by_hand(words::AFTER, |at, _| at + 1)),
        )
        .child(
            el("label")
                .class("choice")
                .child(input_box("checkbox").on_tick(move |ticked| {
                    at.set(0);
                    coarse.set(ticked);
                }))
                .child(el("span").child(words::COARSE)),
        )
        .child(el("p").class("hint").child(words::COARSE_HINT))
        .piece()
}

fn wants_rest() -> bool {
    let asked = window().match_media("(prefers-reduced-motion: reduce)");
    asked.is_ok_and(|asked| asked.is_some_and(|it| it.matches()))
}
