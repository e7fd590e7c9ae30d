//! Small things in localStorage: how the page looks, which vault was open last, and slots for the witness and for wrong tries.
//!
//! Invariant: never text, never keys; a browser that gives no localStorage gets the defaults, not a panic (`gloo_storage` panics
//! there, so nobody else calls it). Values stand there as JSON, read and written by the browser, which has that program already.
//! Deliberately not here: what must survive (the vault).

use crate::browser;
use gloo_storage::{LocalStorage, Storage};
use js_sys::JSON;
use wasm_bindgen::JsValue;

const THEME: &str = "lylich.theme";
const TEXT_SIZE: &str = "lylich.text";
const LAST_VAULT: &str = "lylich.last";
const PERSIST: &str = "lylich.persist";
const DAMAGE: &str = "lylich.damage";
const PROGRAM: &str = "lylich.program";
const ASKED: &str = "lylich.asked.";

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the phone is set.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// The chosen theme.
pub fn theme() -> Theme {
    match load_text(THEME).as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::Auto,
    }
}

/// Chooses a theme.
pub fn set_theme(theme: Theme) {
    match theme {
        Theme::Auto => remove(THEME),
        Theme::Light => save(THEME, &"light".into()),
        Theme::Dark => save(THEME, &"dark".into()),
    }
}

/// Size of the text in percent of the phone's own, 100 to 200.
pub fn text_size() -> u16 {
    load(TEXT_SIZE)
        .and_then(|percent| percent.as_f64())
        .map_or(100, |percent| percent.clamp(100.0, 200.0) as u16)
}

/// Chooses a size of the text in percent, 100 to 200.
pub fn set_text_size(percent: u16) {
    save(TEXT_SIZE, &percent.clamp(100, 200).into());
}

/// The vault that was unlocked last, by its database id.
pub fn last_vault() -> Option<String> {
    load_text(LAST_VAULT)
}

/// Remembers, or with `None` forgets, the vault that was unlocked last.
pub fn set_last_vault(db_id: Option<&str>) {
    match db_id {
        Some(db_id) => save(LAST_VAULT, &db_id.into()),
        None => remove(LAST_VAULT),
    }
}

/// Whether the program with the pages of mentor and secretary is to start here (`public/start.js` reads this).
pub fn branch_wanted() -> bool {
    load_text(PROGRAM).as_deref() == Some("branch")
}

/// From now on that program starts here.
pub fn want_branch() {
    save(PROGRAM, &"branch".into());
}

/// What the browser answered when it was asked to keep the data; `None`: not asked yet.
pub fn persist_answer() -> Option<bool> {
    load(PERSIST)?.as_bool()
}

pub(crate) fn set_persist_answer(kept: bool) {
    save(PERSIST, &kept.into());
}

/// Day on which the browser said that it threw damaged files away, until the person has read it.
pub(crate) fn damage() -> Option<String> {
    load_text(DAMAGE)
}

pub(crate) fn note_damage() {
    save(DAMAGE, &browser::today().into());
}

pub(crate) fn forget_damage() {
    remove(DAMAGE);
}

/// Whether the person was not yet asked today to save a backup of this vault.
pub fn backup_is_due(db_id: &str) -> bool {
    load_text(&format!("{ASKED}{db_id}")) != Some(browser::today())
}

/// The person was asked today.
pub fn set_backup_asked(db_id: &str) {
    save(&format!("{ASKED}{db_id}"), &browser::today().into());
}

pub(crate) fn forget_asking(db_id: &str) {
    remove(&format!("{ASKED}{db_id}"));
}

pub(crate) fn load(key: &str) -> Option<JsValue> {
    let text = available().then(|| LocalStorage::raw().get_item(key).ok()).flatten();
    JSON::parse(&text.flatten()?).ok()
}

fn load_text(key: &str) -> Option<String> {
    load(key)?.as_string()
}

/// A value that does not fit is not stored: everything here may be missing.
pub(crate) fn save(key: &str, value: &JsValue) {
    if let (true, Ok(text)) = (available(), JSON::stringify(value)) {
        let _ = LocalStorage::raw().set_item(key, &String::from(text));
    }
}

pub(crate) fn remove(key: &str) {
    if available() {
        LocalStorage::delete(key);
    }
}

/// What follows `prefix` in each key that starts with it.
pub(crate) fn keys_after(prefix: &str) -> Vec<String> {
    if !available() {
        return Vec::new();
    }
    let keys = (0..LocalStorage::length()).filter_map(|at| LocalStorage::raw().key(at).ok().flatten());
    keys.filter_map(|key| key.strip_prefix(prefix).map(str::to_owned))
        .collect()
}

fn available() -> bool {
    web_sys::window().is_some_and(|window| window.local_storage().is_ok_and(|storage| storage.is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_setting_comes_back_and_nonsense_counts_as_unset() {
        set_theme(Theme::Dark);
        assert_eq!(theme(), Theme::Dark);
        set_theme(Theme::Auto);
        assert_eq!(theme(), Theme::Auto);
        set_text_size(900);
        assert_eq!(text_size(), 200);
        LocalStorage::raw().set_item(TEXT_SIZE, "{not json").unwrap();
        assert_eq!(text_size(), 100);
        set_text_size(100);
    }
}
