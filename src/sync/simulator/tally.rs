//! What happened in a set of schedules, counted: a fault that never struck proves nothing.

use std::collections::BTreeMap;

/// What can happen to the parties of a schedule, as it is counted.
const EVENTS: [&str; 41] = [
    "letter lost",
    "answer lost",
    "letter doubled",
    "answer doubled",
    "packet overtaken",
    "packet delayed over 20 steps",
    "letter cut at a byte",
    "answer cut at a byte",
    "answer to an old letter",
    "endpoint died before commit",
    "endpoint died after commit",
    "endpoint busy",
    "endpoint's disk full",
    "phone died before commit",
    "phone died after commit",
    "given up waiting",
    "app restarted",
    "power cut everywhere",
    "restored from a backup",
    "profile copied",
    "vault restored from a file",
    "clock wrong by years",
    "sent from a second tab",
    "phone revoked",
    "hand-in withdrawn",
    "word of the branch",
    "record with two or more leaves",
    "mentor assigned or dismissed",
    "hand-in forwarded",
    "case written",
    "app brought up to date",
    "newer schema met",
    "parcel packed",
    "parcel lost",
    "parcel damaged",
    "parcel taken in",
    "envelope brought",
    "parcel brought home",
    "receipt brought by courier",
    "parcel overtaken",
    "parcel of another phone",
];

/// How often each thing happened.
#[derive(Clone, Debug, Default)]
pub struct Tally(BTreeMap<&'static str, u64>);

impl Tally {
    /// One more of these.
    pub fn add(&mut self, event: &'static str) {
        debug_assert!(EVENTS.contains(&event), "{event}");
        *self.0.entry(event).or_default() += 1;
    }

    /// Adds what another thread counted.
    pub fn join(&mut self, other: &Self) {
        for (event, count) in &other.0 {
            *self.0.entry(event).or_default() += count;
        }
    }

    /// Every kind with its count, those that never happened too.
    pub fn counts(&self) -> Vec<(&'static str, u64)> {
        let count = |event: &&'static str| (*event, self.0.get(event).copied().unwrap_or(0));
        EVENTS.iter().map(count).collect()
    }
}
