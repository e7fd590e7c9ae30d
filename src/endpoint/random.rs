//! Randomness and time from the machine: the two things the pure core is handed.

use std::time::{SystemTime, UNIX_EPOCH};
use sync::{Now, Random};

/// The operating system's random bytes.
pub struct Machine;

impl Random for Machine {
    fn fill(&mut self, out: &mut [u8]) {
        if getrandom::getrandom(out).is_err() {
            // Without randomness no key may be made and no promise given: there is nothing to go on with.
            std::process::abort();
        }
    }
}

/// The machine's clock.
pub fn now() -> Now {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Now {
        wall_s: since.as_secs(),
    }
}
