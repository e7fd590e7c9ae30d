//! Rate limits: token buckets in memory, the clock passed in (sync protocol §13).
//!
//! Invariant: bounded memory (full buckets are forgotten first, then everything), no address is stored anywhere else, and the clock
//! going backwards neither fills nor empties a bucket. Not here: size limits.

use super::session::Gate;
use crate::Now;
use crate::id::{AccountId, DeviceId};
use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;

/// Buckets of one kind that are kept.
const MOST: usize = 20_000;

/// A bucket that holds up to `burst` tokens and gets `per_day` of them a day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bucket {
    burst: f64,
    per_second: f64,
}

#[derive(Clone, Copy, Debug)]
struct Level {
    tokens: f64,
    at: u64,
}

impl Bucket {
    /// `burst` at once, `count` in every `seconds`.
    pub const fn new(burst: u32, count: u32, seconds: u32) -> Self {
        Self {
            burst: burst as f64,
            per_second: count as f64 / seconds as f64,
        }
    }

    fn level(&self, level: Level, now: u64) -> f64 {
        (level.tokens + now.saturating_sub(level.at) as f64 * self.per_second).min(self.burst)
    }

    /// Takes a token, or says how many seconds to wait.
    fn take<K: Eq + Hash>(&self, levels: &mut HashMap<K, Level>, key: K, now: u64) -> Result<(), u64> {
        if levels.len() >= MOST && !levels.contains_key(&key) {
            levels.retain(|_, level| self.level(*level, now) < self.burst);
            if levels.len() >= MOST {
                levels.clear();
            }
        }
        let full = Level {
            tokens: self.burst,
            at: now,
        };
        let level = levels.entry(key).or_insert(full);
        let tokens = self.level(*level, now);
        let granted = tokens >= 1.0;
        *level = Level {
            tokens: if granted { tokens - 1.0 } else { tokens },
            at: now.max(level.at),
        };
        if granted {
            Ok(())
        } else {
            Err(((1.0 - tokens) / self.per_second).ceil() as u64)
        }
    }
}

/// The buckets of one endpoint process.
pub struct Pace {
    letters: Bucket,
    ops: Bucket,
    strangers: Bucket,
    by_device: HashMap<DeviceId, Level>,
    by_account: HashMap<AccountId, Level>,
    by_address: HashMap<IpAddr, Level>,
}

impl Default for Pace {
    /// 60 letters a minute and 20 at once for a device, 20,000 ops a day for an account, 5 failures a minute for an address.
    fn default() -> Self {
        Self {
            letters: Bucket::new(20, 60, 60),
            ops: Bucket::new(20_000, 20_000, 86_400),
            strangers: Bucket::new(5, 5, 60),
            by_device: HashMap::new(),
            by_account: HashMap::new(),
            by_address: HashMap::new(),
        }
    }
}

impl Pace {
    /// One more failure, or look-up by nobody known, from this address.
    pub fn stranger(&mut self, address: IpAddr, now: Now) -> Result<(), u64> {
        self.strangers.take(&mut self.by_address, address, now.wall_s)
    }
}

impl Gate for Pace {
    fn letter(&mut self, device: &DeviceId, now: Now) -> Result<(), u64> {
        self.letters.take(&mut self.by_device, *device, now.wall_s)
    }

    fn op(&mut self, account: &AccountId, now: Now) -> bool {
        self.ops.take(&mut self.by_account, *account, now.wall_s).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_has_twenty_letters_at_once_and_then_one_a_second() {
        let (mut pace, device) = (Pace::default(), DeviceId([1; 16]));
        let mut at = |wall_s| pace.letter(&device, Now { wall_s });
        for n in 0..20 {
            assert_eq!(at(1_000), Ok(()), "letter {n}");
        }
        assert_eq!(at(1_000), Err(1));
        assert_eq!(at(900), Err(1), "a clock that goes back gives nothing");
        assert_eq!(at(1_001), Ok(()));
        assert_eq!(at(1_001), Err(1));
        let later = (0..40).filter(|_| at(9_000).is_ok()).count();
        assert_eq!(later, 20, "a long silence fills it to the brim, no more");
    }

    #[test]
    fn an_address_has_five_failures_a_minute_and_others_are_untouched() {
        let mut pace = Pace::default();
        let (one, other) = (IpAddr::from([10, 0, 0, 1]), IpAddr::from([10, 0, 0, 2]));
        let now = Now { wall_s: 5 };
        assert_eq!((0..8).filter(|_| pace.stranger(one, now).is_ok()).count(), 5);
        assert_eq!(pace.stranger(one, now), Err(12));
        assert_eq!(pace.stranger(other, now), Ok(()));
    }

    #[test]
    fn memory_stays_bounded_under_a_flood_of_addresses() {
        let mut pace = Pace::default();
        for n in 0..50_000u32 {
            let _ = pace.stranger(IpAddr::from(n.to_be_bytes()), Now { wall_s: 5 });
        }
        assert!(pace.by_address.len() <= MOST);
    }
}
