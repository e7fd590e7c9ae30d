//! The rule book: every rule with its ground and a case that breaks it, searched by word, item, instrument and day, printed as shown.
//!
//! Works without a network, as everything: the file is part of the release. What stands in the book is `rules::book`.

use std::cell::Cell;

use leptos::{prelude::*, task::spawn_local};
use rules::{
    book::{Book, Entry, Wanted},
    date,
    law::Cited,
};

use super::bar;
use crate::{
    el::{El, Piece, View, button, el, hint, input_box, main, pieces, question},
    held::{Held, derived},
    live, net,
    text::book as words,
};

thread_local! {
    static READ: Cell<Option<&'static Book>> = const { Cell::new(None) };
}

/// What is looked for, as typed.
#[derive(Clone, Copy)]
struct Search {
    words: Held<String>,
    item: Held<String>,
    instrument: Held<String>,
    day: Held<String>,
}

/// The page "Sổ quy tắc".
pub fn rulebook() -> View {
    let book = Held::new(READ.get());
    let failed = Held::new(false);
    if READ.get().is_none() {
        spawn_local(async move {
            match read().await {
                Some(read) => book.try_set(Some(read)),
                None => failed.try_set(true),
            }
        });
    }
    pieces![
        bar(words::TITLE),
        main("page stack")
            .child(el("h1").child(words::TITLE))
            .child(el("p").class("lead").child(words::LEAD))
            .child(live::live(move || match book.get() {
                Some(book) => untrack(|| leaves(book)),
                None => el("p")
                    .attr("role", "status")
                    .child(live::either(failed, words::NOT_THERE, words::OPENING))
                    .piece(),
            }))
    ]
}

/// Reads the book once for the life of the page.
async fn read() -> Option<&'static Book> {
    let text = String::from_utf8(net::asset("data/rules.txt").await?).ok()?;
    READ.set(Book::read(text).ok().map(|book| &*Box::leak(Box::new(book))));
    READ.get()
}

fn leaves(book: &'static Book) -> View {
    let search = Search {
        words: Held::new(String::new()),
        item: Held::new(String::new()),
        instrument: Held::new(String::new()),
        day: Held::new(String::new()),
    };
    let found = derived(move || {
        let ids = search.of(book).into_iter().map(|entry| entry.rule.id.to_owned());
        ids.collect::<Vec<_>>()
    });
    let all_open = Held::new(false);
    let print = move |_| {
        all_open.set(true);
        request_animation_frame(|| drop(window().print()));
    };
    let entry = move |id: String| {
        let entry = book.entries.iter().find(|entry| entry.rule.id == id);
        entry.map(|entry| leaf(entry, all_open))
    };
    pieces![
        search.boxes(),
        el("p")
            .attr("role", "status")
            .child(live::text(move || match found.with(Vec::len) {
                0 => words::NONE.to_owned(),
                count => words::shown(count, book.entries.len()),
            })),
        button("btn").on("click", print).child(words::PRINT),
        el("div").class("list").child(live::each(found, entry))
    ]
}

impl Search {
    fn of(self, book: &'static Book) -> Vec<&'static Entry> {
        let [words, item, instrument, day] = [self.words, self.item, self.instrument, self.day].map(Held::get);
        book.search(&Wanted {
            words: &words,
            item: item.trim(),
            instrument: instrument.trim(),
            day: date::read(&day).and_then(|typed| typed.full()),
        })
    }

    fn boxes(self) -> El {
        let unread = move || {
            self.day
                .with(|day| !day.trim().is_empty() && date::read(day).and_then(|it| it.full()).is_none())
        };
        let said = live::text(move || if unread() { words::DAY_UNREAD } else { "" }.to_owned());
        el("form")
            .class("stack stack--tight no-print")
            .attr("role", "search")
            .on_submit(|| {})
            .child(asked("book-words", words::WORDS, words::WORDS_HINT, self.words))
            .child(
                el("details")
                    .class("folded")
                    .child(el("summary").child(el("span").child(words::MORE)))
                    .child(asked("book-item", words::ITEM, "", self.item))
                    .child(asked("book-instrument", words::INSTRUMENT, "", self.instrument))
                    .child(asked("book-day", words::DAY, words::DAY_HINT, self.day))
                    .child(el("p").class("message").attr("role", "status").child(said)),
            )
    }
}

fn asked(id: &'static str, label: &'static str, advice: &'static str, into: Held<String>) -> El {
    let hint_id = (!advice.is_empty()).then(|| format!("{id}-hint"));
    question(id, label)
        .child(hint_id.clone().map(|id| hint(id, advice)))
        .child(
            input_box("text")
                .id(id)
                .uncorrected()
                .attr("aria-describedby", hint_id)
                .value(live::value(into))
                .typing(into),
        )
}

/// A rule, folded; what stands in it is drawn only when it is opened: there are two hundred of them.
fn leaf(entry: &'static Entry, all_open: Held<bool>) -> El {
    let rule = entry.rule;
    let opened = Held::new(false);
    el("details")
        .class("folded")
        .is("open", live::is(all_open))
        .on("toggle", move |_| opened.set(true))
        .child(
            el("summary").child(
                el("span")
                    .child(el("b").child(rule.title))
                    .child(" ")
                    .child(el("span").class("chip").child(rule.id)),
            ),
        )
        .child(live::live_if(move || {
            (opened.get() || all_open.get()).then(|| untrack(|| inside(entry)))
        }))
}

fn inside(entry: &'static Entry) -> El {
    let rule = entry.rule;
    let wordings = rule.wordings().into_iter().map(|wording| el("p").child(wording));
    el("dl")
        .class("ground")
        .child(part(words::SAYS, wordings.collect::<Vec<_>>()))
        .child(part(words::LEVEL, rule.severity.label()))
        .child(part(words::WHOM, rule.whom()))
        .child((!rule.province.is_empty()).then(|| part(words::PROVINCE, rule.province)))
        .child(part(words::HOLDS, date::period(rule.since, rule.until)))
        .child(part(words::GROUND, rule.grounds().map(ground).collect::<Vec<_>>()))
        .child((!rule.nothing_to_compute.is_empty()).then(|| part(words::NOT_COMPUTED, rule.nothing_to_compute)))
        .child((!entry.example.is_empty()).then(|| part(words::EXAMPLE, entry.example)))
}

fn part(label: &'static str, text: impl Piece) -> View {
    pieces![el("dt").child(label), el("dd").child(text)]
}

fn ground(cited: Cited) -> El {
    let point = (!cited.point.is_empty()).then(|| format!(", {}", cited.point));
    el("p")
        .child(el("b").child(cited.instrument.number()))
        .child(point)
        .child(format!(" ({}). ", date::period(Some(cited.since), cited.until)))
        .child(el("span").class("soft").child(cited.seen.sentence()))
}
