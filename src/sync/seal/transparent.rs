//! The double of `seal::hazmat` for the simulator: the plaintext behind a list of the keys that may read it (sync protocol §17).
//!
//! Invariant: same interface; opens for the keys it was sealed to and for no other. It hides nothing: compiled only with
//! `--cfg transparent`, which nothing but the simulator's own build sets.

use crate::Random;
use crate::hash::digest;
use crate::id::AgePub;
use crate::keys::Seed;
use zeroize::Zeroizing;

const KEY: usize = 32;

/// What the age layer can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AgeFault {
    /// Nobody to seal to.
    #[error("a recipient's key is unusable")]
    BadRecipient,
    /// Sealed to other keys.
    #[error("sealed to other keys")]
    NotForThisKey,
    /// Not made by `encrypt`.
    #[error("damaged")]
    Damaged,
}

/// The public key that belongs to a secret one.
pub fn public(secret: &Seed) -> AgePub {
    AgePub(digest("public", &[secret.as_ref()]))
}

/// The secret in hexadecimal digits.
pub fn identity_text(secret: &Seed) -> Zeroizing<String> {
    Zeroizing::new(crate::spelling::hex(secret.as_ref()))
}

/// Reads what `found::age_identity_file` writes.
pub fn parse_identities(text: &str) -> Option<Vec<Seed>> {
    let key = |line| Some(Seed::new(crate::spelling::unhex(line)?.try_into().ok()?));
    text.lines().filter(|line| !line.starts_with('#')).map(key).collect()
}

/// A public key in hexadecimal digits.
pub fn recipient_text(key: &AgePub) -> String {
    key.to_string()
}

/// The recipients, then the plaintext.
pub fn encrypt(plain: &[u8], recipients: &[AgePub], _: &mut dyn Random) -> Result<Vec<u8>, AgeFault> {
    let count = u8::try_from(recipients.len()).map_err(|_| AgeFault::BadRecipient)?;
    let mut out = Vec::with_capacity(1 + recipients.len() * KEY + plain.len());
    out.push(count);
    recipients.iter().for_each(|key| out.extend_from_slice(&key.0));
    out.extend_from_slice(plain);
    Ok(out)
}

/// The plaintext, if the key is among the recipients.
pub fn decrypt(sealed: &[u8], secret: &Seed, cap: usize) -> Result<Zeroizing<Vec<u8>>, AgeFault> {
    let (&count, rest) = sealed.split_first().ok_or(AgeFault::Damaged)?;
    let (keys, plain) = rest
        .split_at_checked(usize::from(count) * KEY)
        .ok_or(AgeFault::Damaged)?;
    if !keys.chunks(KEY).any(|key| key == public(secret).0) {
        return Err(AgeFault::NotForThisKey);
    }
    if plain.len() > cap {
        return Err(AgeFault::Damaged);
    }
    Ok(Zeroizing::new(plain.to_vec()))
}
