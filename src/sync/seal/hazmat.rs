//! The ciphers of the seal: X25519 keys and files of the age format (<https://c2sp.org/age>). The only file tree that names them.
//!
//! Invariant: the stock `age` tool opens what is sealed here and the other way round (tested against the `age` crate), a hostile
//! public key is an error, and randomness comes from the caller. Written out, because the crate for it brings parsers, random
//! generators, curve tables and translations that weigh more in the page than everything else in this crate. Callers use `safe`.

mod file;
mod header;

use crate::Random;
use crate::id::AgePub;
use crate::keys::Seed;
use bech32::{FromBase32, ToBase32, Variant};
use zeroize::Zeroizing;

/// What the age layer can say. The caller turns it into words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AgeFault {
    /// Nobody to seal to, or a key that is not a point one may seal to.
    #[error("a recipient's key is unusable")]
    BadRecipient,
    /// The file is sealed to other keys.
    #[error("sealed to other keys")]
    NotForThisKey,
    /// The file is damaged or no age file.
    #[error("damaged")]
    Damaged,
}

/// The public key that belongs to a secret one.
pub fn public(secret: &Seed) -> AgePub {
    AgePub(x25519_dalek::x25519(**secret, x25519_dalek::X25519_BASEPOINT_BYTES))
}

/// The secret two parties share; `None` for the points of small order, on which it would not depend on the secret (RFC 7748 §6.1).
fn shared(secret: &Seed, public: &AgePub) -> Option<Seed> {
    let point = Seed::new(x25519_dalek::x25519(**secret, public.0));
    point.iter().any(|byte| *byte != 0).then_some(point)
}

/// The standard line `AGE-SECRET-KEY-1…`.
pub fn identity_text(secret: &Seed) -> Zeroizing<String> {
    let text = bech32::encode("age-secret-key-", secret.to_base32(), Variant::Bech32).unwrap_or_default();
    Zeroizing::new(text.to_ascii_uppercase())
}

/// Reads a standard age identity file: one `AGE-SECRET-KEY-1…` line or several, `#` lines and blank lines around them.
pub fn parse_identities(text: &str) -> Option<Vec<Seed>> {
    let lines = text.lines().map(str::trim);
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    let keys: Option<Vec<Seed>> = lines.map(identity).collect();
    keys.filter(|keys| !keys.is_empty())
}

fn identity(line: &str) -> Option<Seed> {
    let (prefix, data, Variant::Bech32) = bech32::decode(line).ok()? else {
        return None;
    };
    let bytes = Zeroizing::new(Vec::from_base32(&data).ok()?);
    let secret: [u8; 32] = bytes.as_slice().try_into().ok()?;
    (prefix.eq_ignore_ascii_case("age-secret-key-")).then(|| Seed::new(secret))
}

/// The standard form `age1…` of a public key.
pub fn recipient_text(key: &AgePub) -> String {
    bech32::encode("age", key.0.to_base32(), Variant::Bech32).unwrap_or_default()
}

/// One age file, one stanza for each recipient.
pub fn encrypt(plain: &[u8], recipients: &[AgePub], rnd: &mut dyn Random) -> Result<Vec<u8>, AgeFault> {
    let key = header::FileKey::draw(rnd);
    let mut out = header::write(&key, recipients, rnd)?;
    file::write(&key, plain, rnd, &mut out)?;
    Ok(out)
}

/// Opens an age file of at most `cap` plaintext bytes.
pub fn decrypt(sealed: &[u8], secret: &Seed, cap: usize) -> Result<Zeroizing<Vec<u8>>, AgeFault> {
    let (key, payload) = header::read(sealed, secret)?;
    if payload.len() > file::longest(cap) {
        return Err(AgeFault::Damaged);
    }
    let plain = file::read(&key, payload)?;
    if plain.len() > cap {
        Err(AgeFault::Damaged)
    } else {
        Ok(plain)
    }
}

#[cfg(test)]
mod tests;
