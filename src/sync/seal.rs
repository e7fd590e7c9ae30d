//! Sealing content to the people who may read it: `safe` to use, `hazmat` the cipher underneath.
//!
//! Invariant: outside the seal nobody learns more than a size rounded up to 128 bytes and the number of recipients. Not here: who
//! the recipients are (`client`), what the plaintext says (`body::plain`).

#[cfg(not(transparent))]
pub mod hazmat;
#[cfg(transparent)]
#[path = "seal/transparent.rs"]
pub mod hazmat;
#[cfg(not(transparent))]
mod inflate;
pub mod safe;

#[cfg(test)]
pub(crate) mod tests {
    //! A random source for tests that is different for each seed and needs no crate.

    /// Bytes that count on from the seed, spread by SHA-256.
    pub struct Counting(pub u64);

    impl crate::Random for Counting {
        fn fill(&mut self, out: &mut [u8]) {
            for chunk in out.chunks_mut(32) {
                let bytes = crate::hash::digest("test", &[&self.0.to_be_bytes()]);
                chunk.copy_from_slice(&bytes[..chunk.len()]);
                self.0 = self.0.wrapping_add(1 << 32);
            }
        }
    }

    /// So many cases; a failing seed is printed and not written into the source tree.
    pub fn cases(n: u32) -> proptest::test_runner::Config {
        proptest::test_runner::Config {
            failure_persistence: None,
            ..proptest::test_runner::Config::with_cases(n)
        }
    }
}
