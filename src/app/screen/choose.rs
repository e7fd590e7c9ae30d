//! The vaults on this phone: choose one, open it with the passphrase or the recovery sheet, or take it away.

use leptos::{prelude::*, task::spawn_local};
use store::{Secret, Vault, VaultListing};

use super::phrase::{Phrase, phrase_fields};
use crate::{
    app::{Gate, Root, root},
    backup,
    el::{Piece, View, button, el, hint, input_box, main, pieces, question, submit},
    held::Held,
    live, net, session,
    text::gate as words,
};

/// The list, then the door of the chosen vault.
pub fn choose(list: Vec<VaultListing>) -> View {
    let root = root();
    let only = (list.len() == 1).then(|| list.first().cloned()).flatten();
    let chosen = Held::new(only);
    main("page stack")
        .child(el("h1").child(words::CHOOSE_TITLE))
        .child(link_waiting(root))
        .child(live::live(move || match chosen.get() {
            None => {
                let list = list.clone();
                pieces![
                    el("p").class("lead").child(words::CHOOSE_LEAD),
                    el("ul").class("list").child(
                        list.into_iter()
                            .map(|vault| {
                                let name = vault.nickname.clone();
                                let written = vault.written.as_deref().map(words::written);
                                el("li")
                                    .child(
                                        button("btn btn--wide")
                                            .on("click", move |_| chosen.set(Some(vault.clone())))
                                            .child(name),
                                    )
                                    .child(written.map(|day| el("p").class("hint").child(day)))
                            })
                            .collect::<Vec<_>>(),
                    )
                ]
            }
            Some(vault) => untrack(move || door(vault, chosen)),
        }))
        .child(
            button("btn btn--quiet")
                .on("click", move |_| root.gate.set(Gate::New))
                .child(words::ADD_PERSON),
        )
        .child(backup::open_file())
        .piece()
}

/// That an enrolment link waits for a vault to be opened.
pub fn link_waiting(root: Root) -> View {
    live::live_if(move || {
        let waits = root.link.with(Option::is_some);
        waits.then(|| el("p").class("notice").child(words::LINK_WAITING).piece())
    })
}

fn door(vault: VaultListing, chosen: Held<Option<VaultListing>>) -> View {
    let root = root();
    let by_sheet = Held::new(false);
    let secret = Held::new(String::new());
    let shown = Held::new(false);
    let busy = Held::new(false);
    let complaint = Held::new(String::new());
    let opened_by_sheet = Held::new(None::<Vault>);
    let nickname = vault.nickname.clone();
    let db_id = vault.db_id.clone();
    let open = move || {
        busy.set(true);
        let db_id = db_id.clone();
        spawn_local(async move {
            let typed = secret.get_untracked();
            let sheet = by_sheet.get_untracked();
            let opened = Vault::unlock(
                &db_id,
                if sheet {
                    Secret::Recovery(&typed)
                } else {
                    Secret::Passphrase(&typed)
                },
            )
            .await;
            busy.set(false);
            match opened {
                Ok(vault) if sheet => opened_by_sheet.set(Some(vault)),
                Ok(vault) => session::enter(root, vault, None).await,
                Err(fault) => complaint.set(fault.to_string()),
            }
        });
    };
    pieces![
        el("h2").child(nickname.clone()),
        live::live(move || match opened_by_sheet.get() {
            Some(vault) => untrack(|| renew(vault, nickname.clone())),
            None => {
                let open = open.clone();
                el("form")
                    .class("stack")
                    .on_submit(open)
                    .child(
                        question("secret", live::either(by_sheet, words::RECOVERY, words::PHRASE))
                            .child(hint(
                                "secret-hint",
                                live::either(by_sheet, words::RECOVERY_HINT, words::PHRASE_HINT),
                            ))
                            .child(
                                el("input")
                                    .id("secret")
                                    .attr("autocomplete", "off")
                                    .attr("autocapitalize", "none")
                                    .uncorrected()
                                    .attr(
                                        "type",
                                        live::text(move || {
                                            if shown.get() || by_sheet.get() {
                                                "text"
                                            } else {
                                                "password"
                                            }
                                            .to_owned()
                                        }),
                                    )
                                    .attr("inputmode", live::either(by_sheet, "numeric", "text"))
                                    .attr("aria-describedby", "secret-hint secret-complaint")
                                    .value(live::value(secret))
                                    .typing(secret),
                            )
                            .child(
                                el("p")
                                    .class("message")
                                    .id("secret-complaint")
                                    .attr("role", "alert")
                                    .child(live::value(complaint)),
                            ),
                    )
                    .child(live::live_if(move || {
                        (!by_sheet.get()).then(|| {
                            el("label")
                                .class("choice")
                                .child(input_box("checkbox").is("checked", live::is(shown)).ticking(shown))
                                .child(el("span").child(words::SHOW_PHRASE))
                                .piece()
                        })
                    }))
                    .child(
                        submit("btn btn--primary")
                            .is("disabled", live::is(busy))
                            .child(live::either(busy, words::OPENING, words::OPEN)),
                    )
                    .child(live::progress(busy, words::OPENING))
                    .child(
                        button("btn btn--quiet")
                            .on("click", move |_| {
                                by_sheet.update(|sheet| *sheet = !*sheet);
                                secret.set(String::new());
                                complaint.set(String::new());
                            })
                            .child(live::either(by_sheet, words::USE_PHRASE, words::FORGOT)),
                    )
                    .piece()
            }
        }),
        forget(vault),
        button("btn btn--quiet")
            .on("click", move |_| {
                chosen.set(None);
                root.gate.set(Gate::Looking);
                root.look();
            })
            .child(words::BACK)
    ]
}

fn renew(vault: Vault, nickname: String) -> View {
    let root = root();
    let phrase = Phrase::drawn();
    let complaint = Held::new(String::new());
    let save = move || {
        let Some(chosen) = phrase.take(&nickname) else { return };
        let vault = vault.clone();
        spawn_local(async move {
            match vault.change_passphrase(&chosen).await {
                Ok(()) => session::enter(root, vault, None).await,
                Err(fault) => complaint.set(fault.words().to_owned()),
            }
        });
    };
    el("form")
        .class("stack")
        .on_submit(save)
        .child(el("h3").child(words::NEW_PHRASE_TITLE))
        .child(el("p").child(words::NEW_PHRASE_LEAD))
        .child(phrase_fields(phrase))
        .child(
            el("p")
                .class("message")
                .attr("role", "alert")
                .child(live::value(complaint)),
        )
        .child(submit("btn btn--primary").child(words::SAVE_PHRASE))
        .piece()
}

/// Taking a vault away, behind its name typed by hand.
fn forget(vault: VaultListing) -> View {
    let root = root();
    let typed = Held::new(String::new());
    let said = Held::new(String::new());
    let name = vault.nickname.clone();
    let differs = move || typed.with(|typed| typed.trim() != name);
    let forget = move |_| {
        let db_id = vault.db_id.clone();
        spawn_local(async move {
            match Vault::forget(&db_id).await {
                Ok(()) => {
                    net::take_back(&db_id).await;
                    said.set(words::FORGOTTEN.to_owned());
                    root.look();
                }
                Err(fault) => said.set(fault.words().to_owned()),
            }
        });
    };
    el("details")
        .child(el("summary").child(words::FORGET))
        .child(
            el("div")
                .class("stack")
                .child(
                    el("label")
                        .class("field__label")
                        .attr("for", "forget")
                        .child(words::FORGET_ASK),
                )
                .child(
                    input_box("text")
                        .id("forget")
                        .attr("spellcheck", "false")
                        .value(live::value(typed))
                        .typing(typed),
                )
                .child(
                    button("btn btn--danger")
                        .is("disabled", live::flag(differs))
                        .on("click", forget)
                        .child(words::FORGET),
                )
                .child(el("p").attr("role", "status").child(live::value(said))),
        )
        .piece()
}
