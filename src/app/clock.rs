//! The phone's clock. It is a remark, never an order: it may be wrong, and nothing is decided by it but what the person can see.

use js_sys::Date as JsDate;
use leptos::prelude::window;
use rules::date::Date;

/// Today by the phone's calendar.
pub fn today() -> Date {
    let now = JsDate::new_0();
    Date::new(
        i32::try_from(now.get_full_year()).unwrap_or(1970),
        u8::try_from(now.get_month() + 1).unwrap_or(1),
        u8::try_from(now.get_date()).unwrap_or(1),
    )
    .unwrap_or(Date { y: 1970, m: 1, d: 1 })
}

/// Seconds since 1970 by the phone's clock.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a clock of this century fits"
)]
pub fn seconds() -> u64 {
    (JsDate::now() / 1000.0) as u64
}

/// Milliseconds by the phone's clock: goes on while the page sleeps, which `performance.now` may not.
pub fn wall_ms() -> f64 {
    JsDate::now()
}

/// A moment by two clocks: the phone's, which goes on while the page sleeps and may be set back, and the page's own, which only rises
/// and may stand still in sleep.
#[derive(Clone, Copy)]
pub struct Moment {
    wall_ms: f64,
    page_ms: f64,
}

impl Moment {
    /// Now.
    pub fn now() -> Self {
        Self {
            wall_ms: wall_ms(),
            page_ms: window().performance().map_or(0.0, |clock| clock.now()),
        }
    }

    /// Milliseconds since then, by the clock that says more.
    pub fn elapsed_ms(self) -> f64 {
        let now = Self::now();
        (now.wall_ms - self.wall_ms).max(now.page_ms - self.page_ms)
    }
}
