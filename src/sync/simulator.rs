//! A seeded simulator: the real cores of phones and endpoint, and a world in between that drops, doubles, reorders, cuts, crashes,
//! restores and copies. A schedule is data drawn from a seed; one that fails is made shorter and kept for ever in `tests/seeds`.
//!
//! Checked at every step: I2 (a receipt means held), I3 (one op, one effect), I9 (the status line), nothing cut is ever in neither
//! outbox nor receipts; at the end I4 (no value typed is lost), I5 (all show the same), I6 (everything drains in three cycles). The
//! oracle looks at durable state from outside. Controls: the same world with one protection broken must be caught. Not here: threads,
//! files and clocks, which `cargo xtask simulate` has; it builds this crate with transparent doubles of ciphers and signatures.

mod courier;
mod dice;
mod disk;
mod net;
mod oracle;
mod phone;
mod run;
mod schedule;
mod tally;

pub use dice::Dice;
pub use run::{Broken, CONTROLS, run};
pub use schedule::{Act, Fault, STEPS, Schedule, Step, shortest};
pub use tally::Tally;

#[cfg(test)]
mod tests {
    use super::*;

    /// With the real ciphers; the two thousand of an ordinary run have doubles, and the million of a long one.
    const SCHEDULES: u64 = 24;

    #[test]
    fn no_schedule_loses_or_doubles_anything_under_real_seals() {
        let mut tally = Tally::default();
        for seed in 1..=SCHEDULES {
            if let Err(breach) = run(&Schedule::of(seed), Broken::Nothing, &mut tally) {
                panic!("seed {seed}: {breach}");
            }
        }
        let never: Vec<_> = tally.counts().into_iter().filter(|(_, count)| *count == 0).collect();
        assert!(never.len() < 3, "{never:?} never happened");
    }
}
