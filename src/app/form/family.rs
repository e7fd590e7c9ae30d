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
use crate::text::form as words;

const LAST: usize = words::FAMILY_GROUPS.len() - 1;

/// The control of the family.
pub fn view(_: &'static Field, path: String) -> AnyView {
    let deck = Deck::new(&path);
    let desk = deck.desk;
    let people = Memo::new(move |_| {
        desk.conditions().track();
        let of = |row: String| (home(relation(&desk.peek(&format!("{path}/{row}/relation")))), row);
        desk.rows(&path).into_iter().map(of).collect::<Vec<_>>()
    });
    let offered = Memo::new(move |_| {
        people.track();
        desk.conditions().track();
        let wanted: Vec<&'static str> = desk.with(expected).into_iter().map(|relation| relation.slug).collect();
        relations()
            .iter()
            .filter(|relation| is_offered(relation, &wanted, deck))
            .map(|relation| relation.slug)
            .collect::<Vec<_>>()
    });
    let groups: Vec<_> = (0..=LAST).map(|at| group(at, deck, people, offered)).collect();
    view! { {groups} {others(deck)} {deck.undo_bar()} }.into_any()
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

fn group(at: usize, deck: Deck, people: Memo<Vec<(usize, String)>>, offered: Memo<Vec<&'static str>>) -> AnyView {
    let here = Signal::derive(move || {
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
            view! {
                <button type="button" class="btn" on:click=live::on(move |_| deck.add(&[("relation", relation.slug)], "name"))>
                    {words::offer(relation.label)}
                </button>
            }
            .into_any()
        });
        (!deck.desk.read_only().get()).then(|| buttons.collect::<Vec<_>>().into_any())
    });
    let empty =
        move || here.with(Vec::is_empty) && offered.with(|all| !all.iter().any(|slug| home(relation(slug)) == at));
    let title = words::FAMILY_GROUPS.get(at).copied().unwrap_or_default();
    view! {
        <section class="group" hidden=live::flag(empty) aria-label=title>
            <p class="group__title" aria-hidden="true">{title}</p>
            <ol class="rows">
                {live::each(here, move |row| card(deck, row, here))}
            </ol>
            <div class="group__acts">{offers}</div>
        </section>
    }
    .into_any()
}

fn card(deck: Deck, row: String, peers: Signal<Vec<String>>) -> AnyView {
    let place = deck.place(&row);
    let (named, told) = (place.clone(), place);
    let (name, gist) = (
        Signal::derive(move || person::name(&named)),
        Signal::derive(move || person::gist(&told)),
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
fn others(deck: Deck) -> AnyView {
    let chosen = RwSignal::new(String::new());
    let add = move |_| deck.add(&[("relation", &chosen.get_untracked())], "name");
    live::live_if(move || {
        let options = relations()
            .iter()
            .map(|relation| view! { <option value=relation.slug>{relation.label}</option> });
        (!deck.desk.read_only().get()).then(|| {
            view! {
                <div class="group others">
                    <label class="field__label" for="other-relation">{words::OTHERS}</label>
                    <div class="line">
                        <select id="other-relation" on:change:target=move |event| chosen.set(event.target().value())>
                            <option value="">{words::RELATION}</option>
                            {options.collect::<Vec<_>>()}
                        </select>
                        <button type="button" class="btn" on:click=live::on(add)>{words::ADD}</button>
                    </div>
                </div>
            }
            .into_any()
        })
    })
}
