//! Wrong tries at a passphrase: after five, thirty seconds of pause.
//!
//! Invariant: the pause survives a reload (localStorage) and never grows beyond thirty seconds, whatever the clock does. It guards
//! against a classmate's guessing; it says nothing about stolen files. Deliberately not here: the recovery code, whose 132 bits
//! need no pause.

use crate::browser;
use crate::fault::Fault;
use crate::settings;

const MOST: u32 = 5;
const PAUSE_MS: f64 = 30_000.0;

#[derive(Default)]
struct Tries {
    n: u32,
    /// Until when, by the phone's clock.
    until_ms: f64,
}

impl Tries {
    /// None, when nothing that can be read is stored.
    fn load(db_id: &str) -> Self {
        let stored = settings::load(&key(db_id));
        let number = |name: &str| browser::property(stored.as_ref()?, name)?.as_f64();
        number("n")
            .zip(number("until_ms"))
            .map_or(Self::default(), |(n, until_ms)| Self { n: n as u32, until_ms })
    }

    fn save(&self, db_id: &str) {
        let stored = browser::object(&[("n", self.n.into()), ("until_ms", self.until_ms.into())]);
        settings::save(&key(db_id), &stored);
    }
}

/// Whether the person has to wait.
pub(crate) fn check(db_id: &str) -> Result<(), Fault> {
    let tries = Tries::load(db_id);
    match seconds_left(&tries, browser::now_ms()) {
        0 => Ok(()),
        seconds => Err(Fault::TooManyTries { seconds }),
    }
}

/// A wrong try: the words for it.
pub(crate) fn wrong(db_id: &str) -> Fault {
    let mut tries = Tries::load(db_id);
    tries.n += 1;
    let pause = tries.n >= MOST;
    if pause {
        tries = Tries {
            n: 0,
            until_ms: browser::now_ms() + PAUSE_MS,
        };
    }
    tries.save(db_id);
    if pause {
        Fault::TooManyTries {
            seconds: (PAUSE_MS / 1000.0) as u32,
        }
    } else {
        Fault::WrongPassphrase
    }
}

/// A right one: all is forgotten.
pub(crate) fn right(db_id: &str) {
    settings::remove(&key(db_id));
}

fn key(db_id: &str) -> String {
    format!("lylich.t.{db_id}")
}

fn seconds_left(tries: &Tries, now_ms: f64) -> u32 {
    let left = tries.until_ms - now_ms;
    // More than the pause itself is left only when the clock was set back: then the pause is over.
    if left <= 0.0 || left > PAUSE_MS {
        0
    } else {
        (left / 1000.0).ceil() as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn the_fifth_wrong_try_asks_for_thirty_seconds_and_a_right_one_forgets_them() {
        let vault = "tries";
        for _ in 0..4 {
            assert_eq!(wrong(vault), Fault::WrongPassphrase);
            assert_eq!(check(vault), Ok(()));
        }
        assert_eq!(wrong(vault), Fault::TooManyTries { seconds: 30 });
        assert!(matches!(check(vault), Err(Fault::TooManyTries { .. })));
        right(vault);
        assert_eq!(check(vault), Ok(()));
    }

    #[wasm_bindgen_test]
    fn a_clock_set_back_does_not_lock_anybody_out() {
        let tries = Tries { n: 0, until_ms: 1e12 };
        assert_eq!(seconds_left(&tries, 1e12 - 29_000.0), 29);
        assert_eq!(seconds_left(&tries, 1e12 + 1.0), 0);
        assert_eq!(seconds_left(&tries, 0.0), 0);
    }
}
