//! A seeded simulator: real phones' core, real endpoint's core, and a world in between that drops, doubles, reorders, cuts and
//! crashes. One seed is one schedule; a failing seed is printed.
//!
//! Checked at every step: I2 (a receipt means held), I3 (one op, one effect), nothing cut is ever in neither outbox nor receipts; at the
//! end I5 and I6 (everything drains in a few cycles), I9 (the status line against the opened body). The oracle looks at durable state
//! from outside. Controls: the same world with one protection broken must be caught.

mod net;
mod phone;
mod run;

use run::{Broken, Tally, run};

/// Schedules of an ordinary run; `LYLICH_SCHEDULES` asks for more.
const SCHEDULES: u64 = 150;

fn schedules() -> u64 {
    std::env::var("LYLICH_SCHEDULES")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(SCHEDULES)
}

fn first_seed() -> u64 {
    std::env::var("LYLICH_SEED")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(1)
}

#[test]
fn no_schedule_loses_or_doubles_anything() {
    let mut tally = Tally::default();
    for seed in first_seed()..first_seed() + schedules() {
        if let Err(breach) = run(seed, Broken::Nothing, &mut tally) {
            panic!("seed {seed}: {breach}");
        }
    }
    let counts = tally.counts();
    for (fault, count) in &counts {
        assert!(
            *count > 0,
            "{fault} never happened in {} schedules: {counts:?}",
            schedules()
        );
    }
}

/// Each broken protocol is caught within the ordinary number of schedules.
#[test]
fn each_broken_protocol_is_caught() {
    let controls = [
        (Broken::ReceiptBeforeCommit, "I2"),
        (Broken::OutboxRowDeletedFirst, "lost"),
        (Broken::ProbesSkipped, "waste"),
        (Broken::RestoreWithoutNewEpoch, "I2"),
    ];
    for (broken, named) in controls {
        let caught = (1..=SCHEDULES).find_map(|seed| run(seed, broken, &mut Tally::default()).err());
        let breach = caught.unwrap_or_else(|| panic!("{broken:?} was not caught in {SCHEDULES} schedules"));
        assert!(breach.starts_with(named), "{broken:?}: {breach}");
    }
}
