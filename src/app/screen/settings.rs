//! "Dữ liệu của tôi": what lies on this phone, what was sent, how it looks, the passphrase, the person's rights.

use leptos::{prelude::*, task::spawn_local};
use store::settings::{self, Theme};

use super::{
    Bar,
    enrol::Connection,
    hand_in::Sent,
    phrase::{Phrase, PhraseFields},
};
use crate::{
    live, save_file,
    session::session,
    text::{desk as words, gate},
};

/// The page "Dữ liệu của tôi".
#[component]
pub fn SettingsScreen() -> impl IntoView {
    let session = session();
    view! {
        <Bar title=words::DATA />
        <main id="main" class="page stack" tabindex="-1">
            <h1>{words::DATA}</h1>
            <section class="stack stack--tight">
                <h2>{words::ON_THIS_PHONE}</h2>
                <Persisted />
                <p>{words::CLEARING}</p>
                <details>
                    <summary>{words::EXPORT}</summary>
                    <div class="stack stack--tight">
                        <p class="notice notice--warn">{words::EXPORT_WARN}</p>
                        <button class="btn" on:click=live::on(move |_| save_file::readable(session))>{words::EXPORT}</button>
                    </div>
                </details>
            </section>
            <Connection />
            <Sent />
            <ThemeChoice />
            <ChangePhrase />
            <section class="stack stack--tight">
                <h2>{words::STOP_SENDING}</h2>
                <p>{words::RIGHTS}</p>
                <p>{move || session.config.with(|config| config.support.clone())}</p>
            </section>
        </main>
    }
}

#[component]
fn Persisted() -> impl IntoView {
    let warnings = RwSignal::new(None::<Vec<&'static str>>);
    spawn_local(async move {
        warnings.try_set(Some(store::space().await.warnings()));
    });
    view! {
        {live::live_if(move || warnings.get().map(|warnings| {
            let fine = warnings.is_empty();
            view! {
                {fine.then(|| view! { <p>{words::PERSISTED}</p> })}
                {warnings.into_iter().map(|warning| view! { <p class="notice notice--warn">{warning}</p> }).collect_view()}
            }.into_any()
        }))}
    }
}

#[component]
fn ThemeChoice() -> impl IntoView {
    let theme = RwSignal::new(settings::theme());
    let choose = move |chosen: Theme| {
        settings::set_theme(chosen);
        theme.set(chosen);
        show_theme(chosen);
    };
    view! {
        <fieldset class="field">
            <legend class="field__label">{words::THEME}</legend>
            {[(Theme::Auto, words::THEME_AUTO), (Theme::Light, words::THEME_LIGHT), (Theme::Dark, words::THEME_DARK)].into_iter().map(|(each, label)| view! {
                <label class="choice"><input type="radio" name="theme" prop:checked=live::flag(move || theme.get() == each) on:change=live::on(move |_| choose(each)) /><span>{label}</span></label>
            }).collect_view()}
        </fieldset>
    }
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

#[component]
fn ChangePhrase() -> impl IntoView {
    let session = session();
    let phrase = Phrase::new();
    let said = RwSignal::new(String::new());
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
    view! {
        {(!session.is_trial()).then(|| view! {
            <details>
                <summary>{words::CHANGE_PHRASE}</summary>
                <form class="stack" on:submit=live::submit(save)>
                    <PhraseFields phrase />
                    <button type="submit" class="btn">{gate::SAVE_PHRASE}</button>
                    <p role="status">{live::value(said)}</p>
                </form>
            </details>
        })}
    }
}
