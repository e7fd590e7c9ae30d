//! One fuzz target for all decoders: the first byte chooses one. `cargo +nightly fuzz run decode` in `tests/fuzz`.
#![no_main]

#[path = "../decoders.rs"]
mod decoders;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((choice, rest)) = bytes.split_first() else {
        return;
    };
    let (_, decode) = decoders::DECODERS[usize::from(*choice) % decoders::DECODERS.len()];
    decode(rest);
});
