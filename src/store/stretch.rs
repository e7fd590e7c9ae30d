//! From a folded passphrase to a key: Argon2id, 19 MiB, two passes, one lane, fixed (storage design §9.4).
//!
//! Find here: [`Cost`], [`argon2id`]. Invariant: the same phrase, salt and cost give the same key on every phone and in every
//! release; costs beyond 64 MiB or 8 passes, which only a hostile file would ask for, are refused. Deliberately not here: where it
//! runs (`worker` in the page's side, `kdf.rs` in the worker's).

use argon2::{Algorithm, Argon2, Params, Version};
use minicbor::Encode;
use zeroize::Zeroizing;

sync::array_shape! {
    /// What stretching costs. A slot carries its own, so that it can be raised when a passphrase changes.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Encode)]
    pub struct Cost {
        /// Memory in KiB.
        #[n(0)]
        pub memory: u32,
        /// Passes over it.
        #[n(1)]
        pub passes: u32,
        /// Lanes.
        #[n(2)]
        pub lanes: u32,
    }
}

impl Cost {
    /// The floor of the OWASP cheat sheet on password storage: what a phone with 1 GB can give.
    pub const FIXED: Self = Self {
        memory: 19 * 1024,
        passes: 2,
        lanes: 1,
    };
}

/// The key under a passphrase, or nothing when the cost is out of bounds or the memory cannot be had.
pub fn argon2id(folded: &[u8], salt: &[u8], cost: Cost) -> Option<Zeroizing<[u8; 32]>> {
    if cost.memory > 64 * 1024 || cost.passes > 8 {
        return None;
    }
    let params = Params::new(cost.memory, cost.passes, cost.lanes, Some(32)).ok()?;
    let mut key = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(folded, salt, key.as_mut_slice())
        .ok()?;
    Some(key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    /// Computed with the reference program: `printf 'bo trau ngua' | argon2 'sixteen bytes ok' -id -v 13 -k 19456 -t 2 -p 1 -l 32 -r`.
    #[wasm_bindgen_test]
    fn the_key_is_the_one_the_reference_program_gives() {
        let key = argon2id(b"bo trau ngua", b"sixteen bytes ok", Cost::FIXED).unwrap();
        assert_eq!(
            sync::spelling::hex(key.as_slice()),
            "45fa0df7ea6ad5d74e0c1d534de2fbb2fb5af58c75459c9bad3c6661dd975dfb"
        );
    }

    #[wasm_bindgen_test]
    fn a_cost_that_only_a_hostile_file_asks_for_is_refused() {
        for cost in [
            Cost {
                memory: 1 << 20,
                ..Cost::FIXED
            },
            Cost {
                passes: 100,
                ..Cost::FIXED
            },
            Cost {
                lanes: 0,
                ..Cost::FIXED
            },
        ] {
            assert!(argon2id(b"a", b"sixteen bytes ok", cost).is_none(), "{cost:?}");
        }
    }
}
