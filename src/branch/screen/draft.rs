//! The end texts 3-KNĐ and 11-KNĐ, laid out from dated notes: the mentor ticks what is used, and copies by hand.
//!
//! Invariant: the software writes no sentence; a heading without a fact stays visibly empty. Not here: laying out (`office::draft`).

use app::{
    clock,
    el::{El, Piece, View, button, el, input_box, main, pieces},
    held::{Held, derived},
    live, save_file,
    screen::bar,
    session::session,
};
use leptos::prelude::*;
use office::draft::{self, Draft, EMPTY, Paper};
use sync::spelling::hex;

use crate::{
    known::{Known, known},
    notes,
    text::{people, report as words},
};

/// The page: `review` for 11-KNĐ, else 3-KNĐ.
pub fn draft_screen(key: String, review: bool) -> View {
    notes::put_down(session());
    let paper = if review { Paper::Review } else { Paper::Introduction };
    let title = if review { words::DRAFT_11 } else { words::DRAFT_3 };
    let ready = derived(move || known().with(|known| known.ready));
    let drawn = live::live(move || {
        if !ready.get() {
            return el("p").attr("role", "status").child(people::READING).piece();
        }
        let laid = untrack(|| known().with(|known| laid_out(known, &key, paper)));
        match laid {
            Some(draft) => untrack(move || page(draft)),
            None => el("p").class("notice").child(people::NOT_THERE).piece(),
        }
    });
    pieces![
        bar(title),
        main("page stack")
            .child(el("h1").child(title))
            .child(el("p").class("lead no-print").child(words::DRAFT_LEAD))
            .child(drawn)
    ]
}

fn laid_out(known: &Known, key: &str, paper: Paper) -> Option<Draft> {
    let person = known.people.iter().find(|person| person.key == key)?;
    let notes = person.notes(known);
    let texts: Vec<(String, Option<String>, String)> = notes
        .iter()
        .map(|(seen, plain)| {
            let author = plain.fields.get("author").cloned().unwrap_or_default();
            let corrects = plain.corrects.map(|op| hex(op.as_bytes()));
            (hex(seen.op_id.as_bytes()), corrects, author)
        })
        .collect();
    let all: Vec<office::Note<'_>> = notes
        .iter()
        .zip(&texts)
        .map(|((_, plain), (id, corrects, author))| office::Note {
            id,
            corrects: corrects.as_deref(),
            author,
            answers: &plain.fields,
        })
        .collect();
    let writer = person.helper().map(|helper| helper.name.clone()).unwrap_or_default();
    Some(draft::lay_out(paper, &person.whole(known), &all, &writer))
}

fn page(laid: Draft) -> View {
    let shown = Held::new(laid);
    let head = shown.with_untracked(|draft| {
        let line = |(label, value): &(&'static str, String)| {
            let value = if value.is_empty() { "…" } else { value };
            el("div")
                .child(el("dt").child(el("strong").child(*label)))
                .child(el("dd").child(value.to_owned()))
        };
        draft.head.iter().map(line).collect::<Vec<_>>()
    });
    let headings = shown.with_untracked(|draft| {
        draft
            .headings
            .iter()
            .enumerate()
            .map(|(at, heading)| {
                let parts = heading.parts.iter().enumerate().map(|(part_at, part)| {
                    let facts = part
                        .facts
                        .iter()
                        .enumerate()
                        .map(|(fact_at, fact)| tick(shown, (at, part_at, fact_at), fact.shown()));
                    let facts = facts.collect::<Vec<_>>();
                    let empty = facts.is_empty();
                    el("div")
                        .class("stack stack--tight")
                        .child((!part.title.is_empty()).then(|| el("h3").child(part.title)))
                        .child(if part.by_hand {
                            el("p").class("hint").child(words::DRAFT_BY_HAND).piece()
                        } else if empty {
                            el("p").class("notice").child(EMPTY).piece()
                        } else {
                            facts.piece()
                        })
                });
                el("section")
                    .class("stack")
                    .child(el("h2").child(heading.title))
                    .child(parts.collect::<Vec<_>>())
            })
            .collect::<Vec<_>>()
    });
    let save = move |_| {
        let text = shown.with_untracked(Draft::printed);
        let name = format!("ban-soan-{}.txt", clock::today().iso());
        save_file::save(&name, "text/plain;charset=utf-8", text.as_bytes());
    };
    pieces![
        el("dl").class("stack stack--tight").child(head),
        headings,
        el("div")
            .class("row no-print")
            .child(
                button("btn btn--primary")
                    .on("click", |_| drop(window().print()))
                    .child(words::PRINT),
            )
            .child(button("btn").on("click", save).child("Tệp chữ (TXT)"))
    ]
}

/// One fact with its date and author.
fn tick(shown: Held<Draft>, (heading, part, fact): (usize, usize, usize), text: String) -> El {
    let set = move |ticked: bool| {
        shown.update(|draft| {
            let found = draft.headings.get_mut(heading).and_then(|it| it.parts.get_mut(part));
            if let Some(fact) = found.and_then(|part| part.facts.get_mut(fact)) {
                fact.ticked = ticked;
            }
        });
    };
    let so = shown.with_untracked(|draft| {
        let part = draft.headings.get(heading).and_then(|it| it.parts.get(part));
        part.and_then(|part| part.facts.get(fact))
            .is_some_and(|fact| fact.ticked)
    });
    el("label")
        .class("choice")
        .child(input_box("checkbox").is("checked", so).on_tick(set))
        .child(el("span").child(text))
}
