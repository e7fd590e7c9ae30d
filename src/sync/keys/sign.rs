//! Ed25519, and the only file that names it.
//!
//! Invariant: checking is strict (`verify_strict`: no small-order keys, one accepted encoding), and a key is wiped when dropped.
//! Not here: what is signed; every caller hands in a tagged string (`hash::tagged`).

use super::Seed;
use crate::id::{Sig, SignPub};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};

/// A private signing key.
#[derive(Clone)]
pub struct SignKey(SigningKey);

impl SignKey {
    /// From its seed.
    pub fn from_seed(seed: &Seed) -> Self {
        Self(SigningKey::from_bytes(seed))
    }

    /// Its seed.
    pub fn seed(&self) -> Seed {
        Seed::new(self.0.to_bytes())
    }

    /// Its public part.
    pub fn public(&self) -> SignPub {
        SignPub(self.0.verifying_key().to_bytes())
    }

    /// Deterministic: the same message gives the same signature.
    pub fn sign(&self, message: &[u8]) -> Sig {
        Sig(self.0.sign(message).to_bytes())
    }
}

/// Whether `sig` is `key`'s signature over `message`.
pub fn fits(key: &SignPub, message: &[u8], sig: &Sig) -> bool {
    VerifyingKey::from_bytes(&key.0).is_ok_and(|key| key.verify_strict(message, &Signature::from_bytes(&sig.0)).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_vector_of_rfc_8032_holds() {
        let hex = |text: &str| data_encoding::HEXLOWER.decode(text.as_bytes()).unwrap();
        let seed = hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
        let key = SignKey::from_seed(&Seed::new(seed.try_into().unwrap()));
        let public = hex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
        assert_eq!(key.public().0.to_vec(), public);
        let sig = key.sign(b"");
        let expected = "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b";
        assert_eq!(sig.0.to_vec(), hex(expected));
        assert!(fits(&key.public(), b"", &sig));
    }

    #[test]
    fn a_weak_key_signs_nothing() {
        let mut identity = [0; 32];
        identity[0] = 1;
        let mut sig = [0; 64];
        sig[0] = 1;
        assert!(
            !fits(&SignPub(identity), b"anything", &Sig(sig)),
            "the small-order key is refused"
        );
    }
}
