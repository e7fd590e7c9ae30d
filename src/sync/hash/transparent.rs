//! The double of SHA-256 for the simulator: quick, and different for whatever differs by chance.
//!
//! Invariant: a pure function to 32 bytes. Anybody could find two texts with one hash: compiled only with `--cfg transparent`, which
//! nothing but the simulator's own build sets.

/// Four numbers that each word of the text goes through in turn, mixed at the end (the finisher is SplitMix64's).
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    let mut lanes = [
        0x9e37_79b9_7f4a_7c15_u64,
        0xbf58_476d_1ce4_e5b9,
        0x94d0_49bb_1331_11eb,
        0x2545_f491_4f6c_dd1d,
    ];
    let (words, rest) = bytes.as_chunks::<8>();
    let mut last = [0; 8];
    last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
    for (word, at) in words.iter().chain([&last]).zip((0..4).cycle()) {
        if let Some(lane) = lanes.get_mut(at) {
            *lane = (*lane ^ u64::from_le_bytes(*word))
                .wrapping_mul(0xd6e8_feb8_6659_fd93)
                .rotate_left(29);
        }
    }
    let mut sum = lanes.iter().fold(bytes.len() as u64, |sum, lane| mixed(sum ^ lane));
    let mut out = [0; 32];
    for (to, lane) in out.as_chunks_mut::<8>().0.iter_mut().zip(lanes) {
        sum = mixed(sum ^ lane);
        *to = sum.to_be_bytes();
    }
    out
}

fn mixed(number: u64) -> u64 {
    let z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
