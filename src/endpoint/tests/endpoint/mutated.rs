//! Every decoder over the kept corpus and mutations of it: nothing panics, nothing is read differently the second time (T-21).
//!
//! The corpus lies in `tests/fuzz/corpus`, a folder a decoder; a file that once broke one is added there and runs for ever. The seed
//! is `LYLICH_SEED` or the one written here. `tests/fuzz` has the same decoders for libFuzzer.

use crate::cddl::{Dice, Rules};
use std::panic::catch_unwind;
use std::path::PathBuf;
use std::time::{Duration, Instant};

#[path = "../../../../tests/fuzz/decoders.rs"]
mod decoders;

use decoders::DECODERS;

fn corpus(name: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/fuzz/corpus")
        .join(name);
    let mut files: Vec<PathBuf> = crate::kit::files(&folder);
    files.sort();
    files
        .into_iter()
        .map(|file| (file.clone(), std::fs::read(file).unwrap()))
        .collect()
}

fn mutated(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut out = bytes.to_vec();
    for _ in 0..=dice.below(4) {
        let at = dice.below(out.len().max(1)).min(out.len().saturating_sub(1));
        match dice.below(6) {
            _ if out.is_empty() => out = dice.bytes(8),
            0 => out[at] ^= 1 << dice.below(8),
            1 => out[at] = [0x00, 0x1b, 0x5f, 0x7f, 0x9f, 0xbf, 0xf6, 0xff][dice.below(8)],
            2 => out.truncate(at),
            3 => {
                let more = dice.bytes(1 + at % 9);
                out.splice(at..at, more);
            }
            4 => {
                let piece: Vec<u8> = out[at..(at + 16).min(out.len())].to_vec();
                out.extend(piece);
            }
            _ => drop(out.drain(at..(at + 4).min(out.len()))),
        }
    }
    out
}

#[test]
fn no_decoder_stumbles_over_the_corpus_or_over_mutations_of_it() {
    let seed = std::env::var("LYLICH_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok())
        .unwrap_or(20_261_122);
    let mut dice = Dice(seed);
    let each = Duration::from_millis(if crate::faults::long() { 120_000 } else { 300 });
    let (mut tried, mut taken) = (0_u64, 0_u64);
    for (name, decode) in DECODERS {
        let kept = corpus(name);
        // Every one of them, not only until one is taken.
        let good = kept.iter().filter(|(_, bytes)| decode(bytes)).count();
        assert!(good > 0, "{name}: the corpus holds something good");
        let begun = Instant::now();
        let mut turns = 0;
        while begun.elapsed() < each || turns < 200 {
            let (file, bytes) = &kept[dice.below(kept.len())];
            let bytes = mutated(bytes, &mut dice);
            let result = catch_unwind(|| decode(&bytes));
            let hex = data_encoding::HEXLOWER.encode(&bytes);
            assert!(
                result.is_ok(),
                "{name} on a mutation of {}, seed {seed}, turn {turns}: {hex}",
                file.display()
            );
            taken += u64::from(result.unwrap());
            turns += 1;
        }
        tried += turns;
    }
    assert!(
        taken > 0 && taken < tried,
        "some mutations are taken, most are not: {taken} of {tried}"
    );
    println!("T-21 fired={tried} held={tried} taken={taken} seed={seed}");
}

#[test]
fn shapes_from_the_description_are_read_or_refused_and_nothing_else() {
    let rules = Rules::read(include_str!("../../protocol.cddl"));
    let mut dice = Dice(7);
    for (rule, decoder) in [
        ("letter", None),
        ("op", Some("op")),
        ("answer", Some("answer")),
        ("signed-letter", Some("letter")),
    ] {
        for _ in 0..300 {
            let bytes = rules.make(rule, &mut dice);
            for (name, decode) in DECODERS {
                let took = decode(&bytes);
                assert!(!took || decoder.is_none_or(|own| own != name) || rules.matches(rule, &bytes));
            }
        }
    }
}
