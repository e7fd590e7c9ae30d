//! "Dữ liệu của tôi": what lies on this phone, what was sent, how it looks, the passphrase, the person's rights.

use leptos::{prelude::*, task::spawn_local};
use store::settings::{self, Theme};

use super::{
    bar,
    enrol::connection,
    hand_in::sent,
    phrase::{Phrase, phrase_fields},
};
use crate::{
    backup,
    el::{Piece, View, button, el, input_box, main, pieces, submit},
    held::Held,
    live, program, save_file, sending,
    session::session,
    text::{desk as words, gate},
};

/// The page "Dữ liệu của tôi".
pub fn settings_screen() -> View {
    let session = session();
    pieces![
        bar(words::DATA),
        main("page stack")
            .child(el("h1").child(words::DATA))
            .child(
                el("section")
                    .class("stack stack--tight")
                    .child(el("h2").child(words::ON_THIS_PHONE))
                    .child(persisted())
                    .child(el("p").child(words::CLEARING))
                    .child((!session.is_trial()).then(|| {
                        pieces![
                            el("p").class("hint").child(words::BACKUP_HINT),
                            backup::save_button(session)
                        ]
                    }))
                    .child(
                        el("details").child(el("summary").child(words::EXPORT)).child(
                            el("div")
                                .class("stack stack--tight")
                                .child(el("p").class("notice notice--warn").child(words::EXPORT_WARN))
                                .child(
                                    button("btn")
                                        .on("click", move |_| save_file::readable(session))
                                        .child(words::EXPORT),
                                ),
                        ),
                    ),
            )
            .child(connection())
            .child(sent())
            .child(wire())
            .child(theme_choice())
            .child(change_phrase())
            .child(
                el("section")
                    .class("stack stack--tight")
                    .child(el("h2").child(words::STOP_SENDING))
                    .child(el("p").child(words::RIGHTS))
                    .child(match program::more() {
                        Some(more) => (more.take_back)(),
                        None => program::later(words::TAKE_BACK),
                    })
                    .child(el("p").child(live::text(move || session.config.with(|config| config.support.clone())))),
            )
    ]
}

/// What the last sending cost, and a way to send and fetch without waiting.
fn wire() -> View {
    let session = session();
    live::live_if(move || {
        session.identity.with(Option::is_some).then(|| {
            let now = move |_| {
                spawn_local(async move {
                    session.keep(true).await;
                    sending::wake();
                });
            };
            let cost = move || session.line.with(|line| line.cost);
            el("p")
                .child(button("btn").on("click", now).child(words::SYNC_NOW))
                .child(" ")
                .child(live::text(
                    move || if cost() > 0 { words::cost(cost()) } else { String::new() },
                ))
        })
    })
}

fn persisted() -> View {
    let warnings = Held::new(None::<Vec<&'static str>>);
    spawn_local(async move {
        warnings.try_set(Some(store::space().await.warnings()));
    });
    live::live_if(move || {
        warnings.get().map(|warnings| {
            let fine = warnings.is_empty();
            pieces![
                fine.then(|| el("p").child(words::PERSISTED)),
                warnings
                    .into_iter()
                    .map(|warning| el("p").class("notice notice--warn").child(warning))
                    .collect::<Vec<_>>()
            ]
        })
    })
}

fn theme_choice() -> View {
    let theme = Held::new(settings::theme());
    let choose = move |chosen: Theme| {
        settings::set_theme(chosen);
        theme.set(chosen);
        show_theme(chosen);
    };
    el("fieldset")
        .class("field")
        .child(el("legend").class("field__label").child(words::THEME))
        .child(
            [
                (Theme::Auto, words::THEME_AUTO),
                (Theme::Light, words::THEME_LIGHT),
                (Theme::Dark, words::THEME_DARK),
            ]
            .into_iter()
            .map(|(each, label)| {
                el("label")
                    .class("choice")
                    .child(
                        input_box("radio")
                            .attr("name", "theme")
                            .is("checked", live::flag(move || theme.get() == each))
                            .on("change", move |_| choose(each)),
                    )
                    .child(el("span").child(label))
            })
            .collect::<Vec<_>>(),
        )
        .piece()
}

/// Puts the chosen theme on the page.
pub fn show_theme(theme: Theme) {
    let Some(page) = document().document_element() else {
        return;
    };
    drop(match theme {
        Theme::Auto => page.remove_attribute("data-theme"),
        Theme::Light => page.set_attribute("data-theme", "light"),
        Theme::Dark => page.set_attribute("data-theme", "dark"),
    });
}

fn change_phrase() -> View {
    let session = session();
    let phrase = Phrase::drawn();
    let said = Held::new(String::new());
    let save = move || {
        let (Some(vault), Some(chosen)) = (session.vault(), phrase.take("")) else {
            return;
        };
        spawn_local(async move {
            said.set(
                match vault.change_passphrase(&chosen).await {
                    Ok(()) => words::PHRASE_CHANGED,
                    Err(fault) => fault.words(),
                }
                .to_owned(),
            );
        });
    };
    (!session.is_trial())
        .then(|| {
            el("details").child(el("summary").child(words::CHANGE_PHRASE)).child(
                el("form")
                    .class("stack")
                    .on_submit(save)
                    .child(phrase_fields(phrase))
                    .child(submit("btn").child(gate::SAVE_PHRASE))
                    .child(el("p").attr("role", "status").child(live::value(said))),
            )
        })
        .piece()
}
