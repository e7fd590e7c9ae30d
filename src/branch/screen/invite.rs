//! Invites: whom to invite, and the sheets to print, one QR code a person, many on one page.

use app::{
    el::{El, Piece, View, button, el, input_box, main, pieces},
    held::Held,
    live,
    screen::bar,
    session::{Session, session},
};
use leptos::{prelude::*, task::spawn_local};
use sync::{id::RecordId, spelling::hex};

use crate::{
    cases::INVITE,
    invites,
    known::{Known, known},
    notes, qr,
    text::invite as words,
};

/// One who can be invited.
#[derive(Clone, PartialEq)]
struct Guest {
    record: RecordId,
    name: String,
    unit: String,
    invited: bool,
    joined: bool,
}

/// The page.
pub fn invites() -> View {
    let session = session();
    notes::put_down(session);
    pieces![
        bar(words::TITLE),
        main("page stack")
            .child(el("h1").child(words::TITLE))
            .child(el("p").class("lead no-print").child(words::LEAD))
            .child(live::live(move || {
                if session.identity.with(Option::is_none) {
                    return el("p").class("notice").child(words::NEED_BRANCH).piece();
                }
                let guests = known().with(|known| guests(known));
                untrack(move || pieces![choice(session, &guests), sheets(session, guests)])
            }))
    ]
}

fn guests(known: &Known) -> Vec<Guest> {
    let people = known.people.iter().filter_map(|person| {
        Some(Guest {
            record: person.case?,
            name: person.name.clone(),
            unit: person.fields.get("person.unit").cloned().unwrap_or_default(),
            invited: person.fields.contains_key(INVITE),
            joined: person.account.is_some(),
        })
    });
    let members = known.members.iter().filter_map(|member| {
        Some(Guest {
            record: member.record?,
            name: member.name.clone(),
            unit: words::MEMBERS_TITLE.to_owned(),
            invited: member.fields.contains_key(INVITE),
            joined: member.account.is_some(),
        })
    });
    people
        .chain(members)
        .filter(|guest| !guest.name.trim().is_empty())
        .collect()
}

fn choice(session: Session, guests: &[Guest]) -> View {
    let free: Vec<Guest> = guests
        .iter()
        .filter(|guest| !guest.invited && !guest.joined)
        .cloned()
        .collect();
    let chosen = Held::new(Vec::<RecordId>::new());
    let guardian = Held::new(false);
    let complaint = Held::new(String::new());
    let busy = Held::new(false);
    let draw = move |_| {
        busy.set(true);
        spawn_local(async move {
            let done = invites::invite(session, &chosen.get_untracked(), guardian.get_untracked()).await;
            complaint.try_set(done.err().unwrap_or_default());
            busy.try_set(false);
        });
    };
    if free.is_empty() {
        return el("p").class("hint no-print").child(words::NONE).piece();
    }
    let everybody: Vec<RecordId> = free.iter().map(|guest| guest.record).collect();
    let lines = free.into_iter().map(|guest| {
        let record = guest.record;
        el("label")
            .class("choice")
            .child(
                input_box("checkbox")
                    .is(
                        "checked",
                        live::flag(move || chosen.with(|chosen| chosen.contains(&record))),
                    )
                    .on("change", move |_| {
                        chosen.update(|chosen| match chosen.iter().position(|each| *each == record) {
                            Some(at) => drop(chosen.remove(at)),
                            None => chosen.push(record),
                        });
                    }),
            )
            .child(el("span").child(named(&guest)))
    });
    el("fieldset")
        .class("stack stack--tight no-print")
        .child(el("legend").class("field__label").child(words::CHOOSE))
        .child(
            button("btn")
                .on("click", move |_| chosen.set(everybody.clone()))
                .child(words::ALL),
        )
        .child(lines.collect::<Vec<_>>())
        .child(
            el("label")
                .class("choice")
                .child(
                    input_box("checkbox")
                        .is("checked", live::is(guardian))
                        .on("change", move |_| guardian.update(|so| *so = !*so)),
                )
                .child(el("span").child(words::GUARDIAN)),
        )
        .child(
            el("p")
                .class("message")
                .attr("role", "alert")
                .child(live::value(complaint)),
        )
        .child(
            button("btn btn--primary")
                .is("disabled", live::flag(move || busy.get() || chosen.with(Vec::is_empty)))
                .on("click", draw)
                .child(words::DRAW),
        )
        .piece()
}

fn named(guest: &Guest) -> String {
    if guest.unit.is_empty() {
        guest.name.clone()
    } else {
        format!("{}, {}", guest.name, guest.unit)
    }
}

/// The sheets of invites that were not used yet, with the links from the vault.
fn sheets(session: Session, guests: Vec<Guest>) -> View {
    let open: Vec<Guest> = guests
        .into_iter()
        .filter(|guest| guest.invited && !guest.joined)
        .collect();
    if open.is_empty() {
        return View::none();
    }
    let links = Held::new(Vec::<(Guest, String)>::new());
    spawn_local(async move {
        let Some(vault) = session.vault() else { return };
        let mut found = Vec::new();
        for guest in open {
            if let Ok(Some(link)) = vault.read_setting(&invites::link_of(guest.record)).await {
                found.push((guest, link));
            }
        }
        links.try_set(found);
    });
    el("section")
        .class("stack")
        .child(el("h2").class("no-print").child(words::SHEETS))
        .child(
            button("btn no-print")
                .on("click", |_| drop(window().print()))
                .child(words::PRINT),
        )
        .child(live::live(move || {
            let sheets = links.get().into_iter().map(|(guest, link)| sheet(&guest, link));
            el("div").class("sheets").child(sheets.collect::<Vec<_>>()).piece()
        }))
        .piece()
}

fn sheet(guest: &Guest, link: String) -> El {
    let copied = Held::new(false);
    let (shown, key) = (link.clone(), hex(guest.record.as_bytes()));
    let copy = move |_| {
        let text = shown.clone();
        spawn_local(async move {
            let written = wasm_bindgen_futures::JsFuture::from(window().navigator().clipboard().write_text(&text));
            copied.try_set(written.await.is_ok());
        });
    };
    el("article")
        .class("sheet card")
        .attr("data-sheet", key)
        .child(el("h3").child(named(guest)))
        .child(qr::picture(&link, &format!("{} {}", words::QR, guest.name)))
        .child(el("p").child(words::SHEET_HOW))
        .child(el("p").class("hint").child(words::SHEET_ONCE))
        .child(
            el("details")
                .class("no-print")
                .child(el("summary").child(words::LINK))
                .child(el("p").class("link-text").child(link))
                .child(
                    button("btn")
                        .on("click", copy)
                        .child(live::either(copied, words::COPIED, words::COPY)),
                ),
        )
}
