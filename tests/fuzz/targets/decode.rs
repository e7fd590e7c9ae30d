//! Every fuzz target: the program's own name says which decoder it tries. How to run one stands in ARCHITECTURE.md.
#![no_main]

#[path = "../decoders.rs"]
mod decoders;
#[path = "../papers.rs"]
mod papers;

use std::sync::LazyLock;

static DECODE: LazyLock<fn(&[u8]) -> bool> = LazyLock::new(|| {
    let name = env!("CARGO_BIN_NAME");
    let all = decoders::DECODERS.iter().chain(&papers::PAPERS);
    let (_, decode) = all
        .copied()
        .find(|(known, _)| *known == name)
        .expect("a target is called as its decoder");
    decode
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    DECODE(bytes);
});
