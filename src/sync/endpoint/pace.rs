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
const DAY: u32 = 86_400;
/// Envelopes that cannot be read, which a carrier may bring in a day.
const SPOILED: u32 = 20;

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
        self.take_many(levels, key, 1.0, now)
    }

    /// Takes so many tokens, or none.
    fn take_many<K: Eq + Hash>(&self, levels: &mut HashMap<K, Level>, key: K, many: f64, now: u64) -> Result<(), u64> {
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
        let granted = tokens >= many;
        *level = Level {
            tokens: if granted { tokens - many } else { tokens },
            at: now.max(level.at),
        };
        if granted {
            Ok(())
        } else {
            Err(((many - tokens) / self.per_second).ceil() as u64)
        }
    }
}

/// The buckets of one endpoint process.
pub struct Pace {
    letters: Bucket,
    ops: Bucket,
    strangers: Bucket,
    envelopes: Bucket,
    carried_bytes: Bucket,
    spoiled: Bucket,
    by_device: HashMap<DeviceId, Level>,
    by_account: HashMap<AccountId, Level>,
    by_address: HashMap<IpAddr, Level>,
    by_carrier: HashMap<DeviceId, Level>,
    bytes_by_carrier: HashMap<DeviceId, Level>,
    spoiled_by_carrier: HashMap<DeviceId, Level>,
}

impl Default for Pace {
    /// 60 letters a minute and 20 at once for a device, 20,000 ops a day for an account, 5 failures a minute for an address; 200
    /// envelopes and 10 MiB a day for a carrier, 20 of them spoiled.
    fn default() -> Self {
        Self {
            letters: Bucket::new(20, 60, 60),
            ops: Bucket::new(20_000, 20_000, DAY),
            strangers: Bucket::new(5, 5, 60),
            envelopes: Bucket::new(200, 200, DAY),
            carried_bytes: Bucket::new(10 << 20, 10 << 20, DAY),
            spoiled: Bucket::new(SPOILED, SPOILED, DAY),
            by_device: HashMap::new(),
            by_account: HashMap::new(),
            by_address: HashMap::new(),
            by_carrier: HashMap::new(),
            bytes_by_carrier: HashMap::new(),
            spoiled_by_carrier: HashMap::new(),
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

    fn envelope(&mut self, carrier: &DeviceId, bytes: usize, now: Now) -> Result<(), u64> {
        let now = now.wall_s;
        let spoiled = self
            .spoiled_by_carrier
            .get(carrier)
            .map(|level| self.spoiled.level(*level, now));
        if let Some(left) = spoiled.filter(|left| *left < 1.0) {
            return Err(((1.0 - left) / self.spoiled.per_second).ceil() as u64);
        }
        self.envelopes.take(&mut self.by_carrier, *carrier, now)?;
        self.carried_bytes
            .take_many(&mut self.bytes_by_carrier, *carrier, bytes as f64, now)
    }

    fn spoiled(&mut self, carrier: &DeviceId, now: Now) -> bool {
        let now = now.wall_s;
        let taken = self.spoiled.take(&mut self.spoiled_by_carrier, *carrier, now);
        let left = self
            .spoiled_by_carrier
            .get(carrier)
            .map(|level| self.spoiled.level(*level, now));
        taken.is_ok() && left.is_some_and(|left| left < 1.0)
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
    fn a_carrier_brings_two_hundred_envelopes_and_ten_mebibytes_a_day() {
        let (mut pace, now) = (Pace::default(), Now { wall_s: 5 });
        let (light, heavy) = (DeviceId([1; 16]), DeviceId([2; 16]));
        assert_eq!(
            (0..300).filter(|_| pace.envelope(&light, 100, now).is_ok()).count(),
            200
        );
        let large = 80 << 10;
        assert_eq!(
            (0..300).filter(|_| pace.envelope(&heavy, large, now).is_ok()).count(),
            128
        );
        assert!(
            pace.envelope(&heavy, large, Now { wall_s: 86_405 }).is_ok(),
            "tomorrow again"
        );
    }

    #[test]
    fn twenty_spoiled_envelopes_are_enough_for_a_day_and_the_last_one_is_told() {
        let (mut pace, now, carrier) = (Pace::default(), Now { wall_s: 5 }, DeviceId([1; 16]));
        for n in 1..=20 {
            assert_eq!(pace.envelope(&carrier, 100, now), Ok(()), "envelope {n}");
            assert_eq!(pace.spoiled(&carrier, now), n == 20, "envelope {n}");
        }
        assert_eq!(pace.envelope(&carrier, 100, now), Err(4_320));
        assert!(
            pace.envelope(&DeviceId([2; 16]), 100, now).is_ok(),
            "others are untouched"
        );
        assert!(pace.envelope(&carrier, 100, Now { wall_s: 86_405 }).is_ok());
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
