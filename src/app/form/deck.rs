//! The cards of a group of rows: which are open, and what opening, adding, removing and moving does, also to the focus.
//!
//! Invariant: after every act the focus is where a person who cannot see the page expects it: in the first field of a new row, on
//! "Hoàn tác" after a removal, on the card that came back, on the button that moved a row. What stands in a card is `rows` and `person`.

use leptos::prelude::*;

use super::{Aim, frame, live, spot, undo::Undo};
use crate::{
    desk::{Desk, desk},
    el::{El, Piece, View, button, el, pieces},
    held::{Held, derived},
    text::form as words,
};

/// A group of rows on the page.
#[derive(Clone, Copy)]
pub struct Deck {
    pub desk: Desk,
    group: StoredValue<String>,
    opened: Held<Vec<String>>,
    undo: Undo,
}

impl Deck {
    /// The cards of a group, all folded but the one a link aims at.
    pub fn new(group: &str) -> Self {
        let aimed = use_context::<Aim>().and_then(|aim| aim.row_in(group));
        Self {
            desk: desk(),
            group: StoredValue::new(group.to_owned()),
            opened: Held::new(aimed.into_iter().collect()),
            undo: Undo::begun(),
        }
    }

    /// The record prefix of a row.
    pub fn place(self, row: &str) -> String {
        self.group.with_value(|group| format!("{group}/{row}"))
    }

    /// Adds a row, opens it and goes to its field `first`, or to the first of all when that is empty.
    pub fn add(self, answers: &[(&str, &str)], first: &str) {
        let row = self.group.with_value(|group| self.desk.add_row_with(group, answers));
        let place = self.place(&row);
        let target = if first.is_empty() {
            spot::part_id(&place, "body")
        } else {
            spot::id(&format!("{place}/{first}"))
        };
        self.opened.update(|open| open.push(row));
        spot::focus(target);
    }

    /// The bar that puts a removed row back.
    pub fn undo_bar(self) -> View {
        let group = self.group.get_value();
        self.undo
            .view(self.desk, &group, move |row| spot::focus(spot::id(&self.place(row))))
    }

    fn remove(self, row: &str, name: String) {
        self.group
            .with_value(|group| self.undo.remove(self.desk, group, row, name));
    }

    fn toggle(self, row: &str) {
        self.opened.update(|open| {
            let before = open.len();
            open.retain(|each| each != row);
            if open.len() == before {
                open.push(row.to_owned());
            }
        });
    }

    /// Moves a row past its neighbour among `peers`, the rows that are shown together with it.
    fn shift(self, row: &str, up: bool, peers: &[String], name: &str) {
        let Some(from) = peers.iter().position(|peer| peer == row) else {
            return;
        };
        let Some((to, neighbour)) =
            (if up { from.checked_sub(1) } else { Some(from + 1) }).and_then(|to| Some((to, peers.get(to)?)))
        else {
            return;
        };
        self.group.with_value(|group| {
            let all = untrack(|| self.desk.rows(group));
            let at = |name: &str| all.iter().position(|each| each == name).unwrap_or_default();
            for _ in 0..at(row).abs_diff(at(neighbour)) {
                self.desk.move_row(group, row, up);
            }
        });
        self.undo.say(words::moved(name, to + 1, peers.len()));
        spot::keep_focus(spot::part_id(&self.place(row), if up { "up" } else { "down" }));
    }
}

/// One row as a card.
pub struct Card {
    pub row: String,
    /// "Hàng 2", "Ông nội · Hạng Chứ Páo".
    pub name: Held<String>,
    /// What is in it, in one line.
    pub gist: Held<String>,
    /// The rows shown together with it, in order.
    pub peers: Held<Vec<String>>,
    /// Its fields, drawn when it is open.
    pub body: fn(String) -> View,
}

impl Card {
    /// Draws the card.
    pub fn view(self, deck: Deck) -> El {
        let Card {
            row,
            name,
            gist,
            peers,
            body,
        } = self;
        let place = deck.place(&row);
        let (own, toggled, drawn) = (row.clone(), row.clone(), place.clone());
        let open = derived(move || deck.opened.with(|open| open.contains(&own)));
        let (head_id, body_id) = (spot::id(&place), spot::part_id(&place, "body"));
        let inside = live::live_if(move || {
            open.get().then(|| {
                pieces![
                    el("div").class("fields").child(body(drawn.clone())),
                    acts(deck, &row, name, peers)
                ]
            })
        });
        el("li")
            .class(live::text(move || {
                if open.get() { "entry entry--open" } else { "entry" }.to_owned()
            }))
            .on_still("focusout", live::leaving(&place))
            .child(
                el("h3").class("entry__head").child(
                    button("entry__toggle")
                        .id(head_id.clone())
                        .attr("aria-controls", body_id.clone())
                        .attr("aria-expanded", live::state(move || open.get()))
                        .on("click", move |_| deck.toggle(&toggled))
                        .child(
                            el("span")
                                .child(el("span").class("entry__name").child(live::text(move || name.get())))
                                .child(el("span").class("entry__gist").child(live::text(move || gist.get()))),
                        )
                        .child(count(deck, &place)),
                ),
            )
            .child(
                el("div")
                    .class("entry__body")
                    .attr("role", "group")
                    .id(body_id)
                    .attr("aria-labelledby", head_id)
                    .is("hidden", live::flag(move || !open.get()))
                    .child(frame::said(&place, frame::Reach::Exact))
                    .child(inside),
            )
    }
}

/// How many findings wait in a card, of those whose place was left.
fn count(deck: Deck, place: &str) -> View {
    let place = place.to_owned();
    let found = derived(move || {
        deck.desk
            .findings_at(&place)
            .iter()
            .filter(|finding| deck.desk.visited(&finding.place))
            .count()
    });
    live::live_if(move || {
        (found.get() > 0).then(|| {
            el("span")
                .class("chip chip--look")
                .child(words::to_look_at(found.get()))
                .piece()
        })
    })
}

fn acts(deck: Deck, row: &str, name: Held<String>, peers: Held<Vec<String>>) -> View {
    let place = deck.place(row);
    let shift = |up: bool| {
        let (label, part) = if up { (words::UP, "up") } else { (words::DOWN, "down") };
        let (moved, ended) = (row.to_owned(), row.to_owned());
        let at_end = move || {
            peers.with(|all| {
                if up {
                    all.first() == Some(&ended)
                } else {
                    all.last() == Some(&ended)
                }
            })
        };
        button("btn")
            .id(spot::part_id(&place, part))
            .attr("aria-label", live::text(move || words::act_on(label, &name.get())))
            .attr("aria-disabled", live::state(at_end))
            .on("click", move |_| {
                deck.shift(&moved, up, &peers.get_untracked(), &name.get_untracked())
            })
            .child(label)
            .piece()
    };
    let (removed, folded, head) = (row.to_owned(), row.to_owned(), spot::id(&place));
    let (up, down) = (shift(true), shift(false));
    el("div")
        .class("entry__acts")
        .child(up)
        .child(down)
        .child(
            button("btn btn--danger")
                .attr(
                    "aria-label",
                    live::text(move || words::act_on(words::REMOVE, &name.get())),
                )
                .on("click", move |_| deck.remove(&removed, name.get_untracked()))
                .child(words::REMOVE),
        )
        .child(
            button("btn btn--quiet")
                .attr(
                    "aria-label",
                    live::text(move || words::act_on(words::FOLD, &name.get())),
                )
                .on("click", move |_| {
                    deck.toggle(&folded);
                    spot::focus(head.clone());
                })
                .child(words::FOLD),
        )
        .piece()
}
