//! The endpoint's time in words, by the device's own time zone.

use js_sys::Date;

/// Day and hour of a moment (seconds since 1970-01-01 UTC): "22-11-2026 14:02".
#[expect(clippy::cast_precision_loss, reason = "a time of this century fits")]
pub fn moment(seconds: u64) -> String {
    let at = Date::new(&(seconds as f64 * 1000.0).into());
    format!(
        "{}-{}-{} {:02}:{:02}",
        at.get_date(),
        at.get_month() + 1,
        at.get_full_year(),
        at.get_hours(),
        at.get_minutes()
    )
}

/// The day of a moment.
#[expect(clippy::cast_precision_loss, reason = "a time of this century fits")]
pub fn day(seconds: u64) -> rules::Date {
    let at = Date::new(&(seconds as f64 * 1000.0).into());
    let part = |number: u32| u8::try_from(number).unwrap_or(1);
    let year = i32::try_from(at.get_full_year()).unwrap_or(1970);
    rules::Date::new(year, part(at.get_month() + 1), part(at.get_date())).unwrap_or(rules::Date { y: 1970, m: 1, d: 1 })
}
