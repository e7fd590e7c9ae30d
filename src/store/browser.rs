//! The few browser calls that no crate of ours wraps: clock, pause, feature tests.
//!
//! Invariant: a missing feature is an answer, never a panic. Deliberately not here: databases (`idb`), localStorage (`settings`),
//! locks (`lock`).

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Milliseconds since 1970 by the phone's clock, which may be wrong: a remark, never an order.
pub(crate) fn now_ms() -> f64 {
    js_sys::Date::now()
}

/// Seconds since 1970 by the phone's clock.
pub(crate) fn now_s() -> u64 {
    // A clock before 1970 counts as 1970; the cast saturates.
    (now_ms() / 1000.0) as u64
}

/// Today by the phone's clock and time zone, `yyyy-mm-dd`.
pub(crate) fn today() -> String {
    day_of(now_s())
}

/// The day of a time (seconds since 1970) in the phone's time zone, `yyyy-mm-dd`.
pub(crate) fn day_of(time_s: u64) -> String {
    let day = js_sys::Date::new(&JsValue::from(time_s as f64 * 1000.0));
    format!(
        "{:04}-{:02}-{:02}",
        day.get_full_year(),
        day.get_month() + 1,
        day.get_date()
    )
}

/// `2026-11-20` as `20/11/2026`.
pub(crate) fn day_words(day: &str) -> String {
    let mut parts: Vec<&str> = day.split('-').collect();
    parts.reverse();
    parts.join("/")
}

/// Waits so many milliseconds; with 0 the page only answers the person first. Nothing that is saved waits for a timer.
pub async fn pause(ms: u32) {
    let promise = Promise::new(&mut |resolve, _| {
        let timer = property(&js_sys::global(), "setTimeout").and_then(|f| f.dyn_into::<Function>().ok());
        if let Some(timer) = timer {
            let _ = timer.call2(&JsValue::UNDEFINED, &resolve, &JsValue::from(ms));
        }
    });
    let _ = JsFuture::from(promise).await;
}

/// A property that is neither missing nor null.
pub(crate) fn property(of: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(of, &JsValue::from_str(name))
        .ok()
        .filter(|value| !value.is_undefined() && !value.is_null())
}

/// Whether the event that is being handled says that the browser threw damaged files of this site away (`dataLoss` of Chromium's
/// upgrade event). Its absence proves nothing.
pub(crate) fn says_data_loss() -> bool {
    let event = property(&js_sys::global(), "event");
    let said = event.and_then(|event| property(&event, "dataLoss")?.as_string());
    said.is_some_and(|said| said != "none")
}

/// `navigator`, where there is one.
pub(crate) fn navigator() -> Option<JsValue> {
    property(&js_sys::global(), "navigator")
}

/// An object from names and values.
pub(crate) fn object(fields: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in fields {
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object
}
