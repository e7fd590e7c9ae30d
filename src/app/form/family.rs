//! Item 21: the relatives, grouped; those whom the form expects are offered, never forced.
//!
//! The groups are a view: the order of the rows in the record is that in which people were added and moved, and a person whose
//! relation is not known yet stands in the last group. The fields of a person are `person`.

use leptos::prelude::*;
use rules::form::{Field, Group, Relation, Side, expected, relation, relations};

use super::{
    deck::{Card, Deck},
    live, person,
};
use crate::{
    el::{El, Piece, View, button, el, pieces},
    held::{Held, derived},
    text::form as words,
};

const LAST: usize = words::FAMILY_GROUPS.len() - 1;

/// The control of the family.
pub fn view(_: &'static Field, path: String) -> View {
    let deck = Deck::new(&path);
    let desk = deck.desk;
    let people = derived(move || {
        desk.conditions().track();
        let of = |row: String| (home(relation(&desk.peek(&format!("{path}/{row}/relation")))), row);
        desk.rows(&path).into_iter().map(of).collect::<Vec<_>>()
    });
    let offered = derived(move || {
        people.with(|_| ());
        desk.conditions().track();
        let wanted: Vec<&'static str> = desk.with(expected).into_iter().map(|relation| relation.slug).collect();
        relations()
            .iter()
            .filter(|relation| is_offered(relation, &wanted, deck))
            .map(|relation| relation.slug)
            .collect::<Vec<_>>()
    });
    let groups: Vec<_> = (0..=LAST).map(|at| group(at, deck, people, offered)).collect();
    pieces![groups, others(deck), deck.undo_bar()]
}

/// In which group of the page a relation stands.
fn home(relation: Option<&'static Relation>) -> usize {
    match relation {
        Some(Relation { side: Side::Spouse, .. }) => 5,
        Some(Relation {
            slug: "husband" | "wife" | "former_spouse",
            ..
        }) => 2,
        Some(Relation {
            slug: "biological_child" | "adopted_child",
            ..
        }) => 4,
        Some(Relation { group: Group::A, .. }) => 0,
        Some(Relation { group: Group::B, .. }) => 1,
        Some(Relation { group: Group::C, .. }) => 3,
        _ => LAST,
    }
}

/// Expected and not there yet; and of those of whom there can be several (brothers, sisters, children), all kinds as soon as one
/// of them is expected or there.
fn is_offered(relation: &'static Relation, wanted: &[&str], deck: Deck) -> bool {
    let kin = |slug: &str| {
        let other = relations().iter().find(|other| other.slug == slug);
        other.is_some_and(|other| {
            (other.group, other.side) == (relation.group, relation.side) && home(Some(other)) == home(Some(relation))
        })
    };
    let several = relation.max == 0 && relation.group == Group::C;
    wanted.contains(&relation.slug)
        || several
            && (wanted.iter().any(|slug| kin(slug))
                || deck.desk.with(|record| {
                    record
                        .rows("family")
                        .iter()
                        .any(|row| kin(record.text(&format!("family/{row}/relation"))))
                }))
}

fn group(at: usize, deck: Deck, people: Held<Vec<(usize, String)>>, offered: Held<Vec<&'static str>>) -> View {
    let here = derived(move || {
        people.with(|all| {
            all.iter()
                .filter(|(home, _)| *home == at)
                .map(|(_, row)| row.clone())
                .collect::<Vec<_>>()
        })
    });
    let offers = live::live_if(move || {
        let wanted = offered
            .get()
            .into_iter()
            .filter_map(relation)
            .filter(move |relation| home(Some(relation)) == at);
        let buttons = wanted.map(|relation| {
            button("btn")
                .on("click", move |_| deck.add(&[("relation", relation.slug)], "name"))
                .child(words::offer(relation.label))
                .piece()
        });
        (!deck.desk.read_only().get()).then(|| buttons.collect::<Vec<_>>().piece())
    });
    let empty =
        move || here.with(Vec::is_empty) && offered.with(|all| !all.iter().any(|slug| home(relation(slug)) == at));
    let title = words::FAMILY_GROUPS.get(at).copied().unwrap_or_default();
    el("section")
        .class("group")
        .is("hidden", live::flag(empty))
        .attr("aria-label", title)
        .child(el("p").class("group__title").attr("aria-hidden", "true").child(title))
        .child(
            el("ol")
                .class("rows")
                .child(live::each(here, move |row| card(deck, row, here))),
        )
        .child(el("div").class("group__acts").child(offers))
        .piece()
}

fn card(deck: Deck, row: String, peers: Held<Vec<String>>) -> El {
    let place = deck.place(&row);
    let (named, told) = (place.clone(), place);
    let (name, gist) = (
        derived(move || person::name(&named)),
        derived(move || person::gist(&told)),
    );
    Card {
        row,
        name,
        gist,
        peers,
        body: person::fields,
    }
    .view(deck)
}

/// Anybody else: a relation from the whole list.
fn others(deck: Deck) -> View {
    let chosen = Held::new(String::new());
    let add = move |_| deck.add(&[("relation", &chosen.get_untracked())], "name");
    live::live_if(move || {
        let options = relations()
            .iter()
            .map(|relation| el("option").attr("value", relation.slug).child(relation.label));
        (!deck.desk.read_only().get()).then(|| {
            el("div")
                .class("group others")
                .child(
                    el("label")
                        .class("field__label")
                        .attr("for", "other-relation")
                        .child(words::OTHERS),
                )
                .child(
                    el("div")
                        .class("line")
                        .child(
                            el("select")
                                .id("other-relation")
                                .on_text("change", move |text| chosen.set(text))
                                .child(el("option").attr("value", "").child(words::RELATION))
                                .child(options.collect::<Vec<_>>()),
                        )
                        .child(button("btn").on("click", add).child(words::ADD)),
                )
                .piece()
        })
    })
}
