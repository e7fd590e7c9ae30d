//! Where the person is: a few routes behind `#`, so that Back works and a finding can be linked to its field.
//!
//! No router crate: a dozen routes do not pay for its bytes. A fragment that is none of ours (an enrolment link begins with `#1.`)
//! is left to `enrol`.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};

use crate::held::Held;

/// A place in the app.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Route {
    Home,
    /// A section of the form, and the record path to go to in it.
    Section(String, Option<String>),
    Review,
    Paper,
    HandIn,
    Enrol,
    Settings,
    RuleBook,
    About,
    /// A page that only the second program has, by its fragment behind `#/`.
    Other(String),
}

/// The fragment of a route.
pub fn href(route: &Route) -> String {
    match route {
        Route::Home => "#/khai".into(),
        Route::Section(section, None) => format!("#/khai/{section}"),
        Route::Section(section, Some(place)) => format!("#/khai/{section}/{}", encode(place)),
        Route::Review => "#/soat".into(),
        Route::Paper => "#/in".into(),
        Route::HandIn => "#/nop".into(),
        Route::Enrol => "#/ket-noi".into(),
        Route::Settings => "#/du-lieu".into(),
        Route::RuleBook => "#/so-quy-tac".into(),
        Route::About => "#/gioi-thieu".into(),
        Route::Other(rest) => format!("#/{rest}"),
    }
}

/// Reads a fragment; what is not known leads home.
pub fn read(fragment: &str) -> Route {
    let whole = fragment.trim_start_matches("#/");
    let mut parts = whole.splitn(3, '/');
    match (parts.next(), parts.next(), parts.next()) {
        (Some("khai"), Some(section), None) if !section.is_empty() => Route::Section(section.into(), None),
        (Some("khai"), Some(section), Some(place)) => Route::Section(section.into(), Some(decode(place))),
        (Some("soat"), ..) => Route::Review,
        (Some("in"), ..) => Route::Paper,
        (Some("nop"), ..) => Route::HandIn,
        (Some("ket-noi"), ..) => Route::Enrol,
        (Some("du-lieu"), ..) => Route::Settings,
        (Some("so-quy-tac"), ..) => Route::RuleBook,
        (Some("gioi-thieu"), ..) => Route::About,
        (Some("" | "khai"), ..) | (None, ..) => Route::Home,
        _ => Route::Other(whole.into()),
    }
}

/// The route that is shown; one signal for the whole app, moved by the browser's own history.
pub fn follow() -> Held<Route> {
    let route = Held::new(read(&fragment()));
    let on_change = Closure::<dyn Fn()>::new(move || {
        // A new page begins at its top; a section that was asked for a place goes there by itself afterwards.
        window().scroll_to_with_x_and_y(0.0, 0.0);
        route.set(read(&fragment()));
    });
    // A listener that fails to attach would leave the links dead, never lose text; it does not fail in any known browser.
    drop(window().add_event_listener_with_callback("hashchange", on_change.as_ref().unchecked_ref()));
    on_change.forget();
    route
}

/// Goes there, leaving a step for Back.
pub fn go(route: &Route) {
    drop(window().location().set_hash(&href(route)));
}

/// The fragment as it stands in the address.
pub fn fragment() -> String {
    window().location().hash().unwrap_or_default()
}

fn encode(place: &str) -> String {
    js_sys::encode_uri_component(place).into()
}

fn decode(place: &str) -> String {
    js_sys::decode_uri_component(place).map_or_else(|_| place.to_owned(), Into::into)
}

/// Replaces the address without a step for Back.
pub fn replace(route: &Route) {
    let null = wasm_bindgen::JsValue::NULL;
    if let Ok(history) = window().history() {
        drop(history.replace_state_with_url(&null, "", Some(&href(route))));
    }
}
