//! A whole class at once: a list from a table, checked line by line; the good lines become people, the others say what is missing.
//!
//! Invariant: nothing is added before the person has seen it. Not here: reading a list (`office::intake`).

use app::{
    chosen::{self, chosen},
    el::{El, Piece, View, button, el, link, main, pieces, question},
    held::Held,
    live,
    route::href,
    screen::bar,
    session::{Session, session},
};
use leptos::{prelude::*, task::spawn_local};
use office::{
    Group, Person,
    intake::{self, Roll},
};
use web_sys::File;

use super::person::select;
use crate::{
    cases,
    known::known,
    notes, pages,
    text::{bulk as words, invite, people},
};

/// The page.
pub fn bulk() -> View {
    let session = session();
    notes::put_down(session);
    let (roll, said) = (Held::new(None::<Roll>), Held::new(String::new()));
    let group = Held::new(Group::Pupil.id().to_owned());
    let take = chosen(move |file| async move {
        match read(&file).await {
            Ok(found) => {
                said.try_set(String::new());
                roll.try_set(Some(found));
            }
            Err(words) => {
                roll.try_set(None);
                said.try_set(words);
            }
        }
    });
    let groups = Group::ALL
        .map(|group| (group.id().to_owned(), group.label().to_owned()))
        .to_vec();
    pieces![
        bar(people::IMPORT),
        main("page stack")
            .child(el("h1").child(people::IMPORT))
            .child(el("p").class("lead").child(words::LEAD))
            .child(select("group", words::GROUP, group, groups))
            .child(question("list", words::FILE).child(el("input").id("list").attr("type", "file").on("change", take)))
            .child(el("p").class("message").attr("role", "alert").child(live::value(said)))
            .child(live::live_if(move || {
                let roll = roll.get()?;
                Some(untrack(move || found(session, roll, group, said)))
            }))
    ]
}

async fn read(file: &File) -> Result<Roll, String> {
    intake::fits(file.size() as usize).map_err(|bad| bad.to_string())?;
    let bytes = chosen::read(file).await.ok_or(words::UNREAD)?;
    let known = known().get_untracked();
    let records: Vec<rules::Record> = known.people.iter().map(|person| person.brief(&known)).collect();
    let people: Vec<Person<'_>> = records
        .iter()
        .map(|whole| Person {
            whole,
            handed_in: None,
            unread: 0,
        })
        .collect();
    intake::read(&bytes, &people).map_err(|bad| bad.to_string())
}

fn found(session: Session, roll: Roll, group: Held<String>, said: Held<String>) -> View {
    let busy = Held::new(false);
    let done = Held::new(false);
    let rows = roll.listed.iter().map(|one| {
        let cell = |path: &str| one.answers.get(path).cloned().unwrap_or_default();
        el("tr")
            .child(el("td").child(cell("person.name")))
            .child(el("td").child(cell("person.born")))
            .child(el("td").child(cell("person.unit")))
    });
    let table = el("div").class("table").attr("tabindex", "0").child(
        el("table")
            .child(el("thead").child(el("tr").child(headings(&[words::NAME, words::BORN, words::UNIT]))))
            .child(el("tbody").child(rows.collect::<Vec<_>>())),
    );
    let bad: Vec<El> = roll.bad.iter().map(|bad| el("li").child(bad.to_string())).collect();
    let (count, listed) = (roll.listed.len(), roll.listed);
    let add = move |_| {
        busy.set(true);
        let listed = listed.clone();
        spawn_local(async move {
            let group = group.get_untracked();
            let answers = listed.into_iter().map(|mut one| {
                one.answers.insert("person.group".to_owned(), group.clone());
                one.answers
            });
            match cases::begin_all(session, answers.collect()).await {
                Ok(()) => {
                    done.try_set(true);
                    said.try_set(words::added(count));
                }
                Err(words) => said.try_set(words),
            }
            busy.try_set(false);
        });
    };
    pieces![
        el("h2").child(words::GOOD),
        table,
        live::live(move || {
            if done.get() {
                link("btn btn--primary", href(&pages::other("to-moi")))
                    .child(invite::TITLE)
                    .piece()
            } else {
                button("btn btn--primary")
                    .is("disabled", live::flag(move || busy.get() || count == 0))
                    .on("click", add.clone())
                    .child(words::add(count))
                    .piece()
            }
        }),
        (!bad.is_empty()).then(|| pieces![
            el("h2").child(words::BAD),
            el("p").class("hint").child(words::BAD_LEAD),
            el("ul").class("list").child(bad)
        ]),
        (!roll.left.is_empty()).then(|| el("p").class("hint").child(format!(
            "{}: {}",
            words::LEFT,
            roll.left.join(", ")
        )))
    ]
}

/// The heads of a table.
pub fn headings(words: &[&'static str]) -> Vec<El> {
    words
        .iter()
        .map(|word| el("th").attr("scope", "col").child(*word))
        .collect()
}
