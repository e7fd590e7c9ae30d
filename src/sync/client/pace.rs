//! How long to wait after a failure (sync protocol §13).
//!
//! Invariant: full jitter, so that a thousand phones do not return together; the bound doubles from 2 s to 15 min. Not here: what
//! resets the count (success, `online`, `visible`, the button) and Retry-After, which wins.

use crate::Random;

/// Milliseconds to wait after `failures` failures in a row: rand(0, min(15 min, 2 s · 2ⁿ)).
pub fn pause_ms(failures: u32, rnd: &mut dyn Random) -> u64 {
    const LONGEST: u64 = 15 * 60 * 1_000;
    let bound = 2_000u64.saturating_mul(1 << failures.min(20)).min(LONGEST);
    let mut bytes = [0; 8];
    rnd.fill(&mut bytes);
    u64::from_be_bytes(bytes) % (bound + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seal::tests::Counting;

    #[test]
    fn the_pause_stays_under_its_bound_and_uses_most_of_it() {
        let mut rnd = Counting(1);
        for (failures, bound) in [(0, 2_000), (1, 4_000), (5, 64_000), (9, 900_000), (1_000, 900_000)] {
            let pauses: Vec<u64> = (0..200).map(|_| pause_ms(failures, &mut rnd)).collect();
            assert!(pauses.iter().all(|pause| *pause <= bound), "{failures}");
            assert!(*pauses.iter().max().unwrap() > bound * 9 / 10, "{failures}");
            assert!(*pauses.iter().min().unwrap() < bound / 10, "{failures}");
        }
    }
}
