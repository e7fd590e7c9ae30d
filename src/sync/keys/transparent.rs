//! The double of `keys::sign` for the simulator: a tag of the public key over the message, in the place of Ed25519.
//!
//! Invariant: same interface; whoever does not change a signed byte is believed, whoever does is not. Anybody could forge it: compiled
//! only with `--cfg transparent`, which nothing but the simulator's own build sets.

use super::Seed;
use crate::hash::digest;
use crate::id::{Sig, SignPub};

/// A private signing key.
#[derive(Clone)]
pub struct SignKey {
    seed: [u8; 32],
    public: SignPub,
}

impl SignKey {
    /// From its seed.
    pub fn from_seed(seed: &Seed) -> Self {
        let public = SignPub(digest("public", &[seed.as_ref()]));
        Self { seed: **seed, public }
    }

    /// Its seed.
    pub fn seed(&self) -> Seed {
        Seed::new(self.seed)
    }

    /// Its public part.
    pub fn public(&self) -> SignPub {
        self.public
    }

    /// Deterministic: the same message gives the same signature.
    pub fn sign(&self, message: &[u8]) -> Sig {
        tag(&self.public, message)
    }
}

fn tag(key: &SignPub, message: &[u8]) -> Sig {
    let mut sig = Sig::ZERO;
    for (to, from) in sig.0.iter_mut().zip(digest("signature", &[&key.0, message])) {
        *to = from;
    }
    sig
}

/// Whether `sig` is `key`'s tag over `message`.
pub fn fits(key: &SignPub, message: &[u8], sig: &Sig) -> bool {
    tag(key, message) == *sig
}
