//! The age file format with X25519 recipients (<https://c2sp.org/age>), by the `age` crate; the only file that names it.
//!
//! Invariant: the stock `age` tool opens what is sealed here, and a hostile public key is an error, never a panic. Draws one-time
//! keys from the machine by itself. Deliberately no helper for strangers' secrets: callers use `safe`.

use crate::id::AgePub;
use crate::keys::Seed;
use bech32::{FromBase32, ToBase32, Variant};
use std::io::{Read, Write};
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

/// The standard line `AGE-SECRET-KEY-1…`.
pub fn identity_text(secret: &Seed) -> Zeroizing<String> {
    let text = bech32::encode("age-secret-key-", secret.to_base32(), Variant::Bech32).unwrap_or_default();
    Zeroizing::new(text.to_uppercase())
}

/// Reads a standard age identity file: one `AGE-SECRET-KEY-1…` line, `#` lines and blank lines around it.
pub fn parse_identity_file(text: &str) -> Option<Seed> {
    let mut lines = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    let (line, None) = (lines.next()?, lines.next()) else {
        return None;
    };
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

/// Whether sealing to this key gives a secret that depends on it: refuses the points of small order, on which `age` panics.
fn usable(key: &AgePub) -> bool {
    x25519_dalek::x25519([0x48; 32], key.0) != [0; 32]
}

/// One age file, one stanza for each recipient.
pub fn encrypt(plain: &[u8], recipients: &[AgePub]) -> Result<Vec<u8>, AgeFault> {
    let mut keys = Vec::with_capacity(recipients.len());
    for key in recipients {
        let parsed = recipient_text(key)
            .parse::<age::x25519::Recipient>()
            .ok()
            .filter(|_| usable(key));
        keys.push(parsed.ok_or(AgeFault::BadRecipient)?);
    }
    let encryptor = age::Encryptor::with_recipients(keys.iter().map(|key| key as &dyn age::Recipient))
        .map_err(|_| AgeFault::BadRecipient)?;
    let mut out = Vec::with_capacity(plain.len() + 256 + 128 * keys.len());
    let mut writer = encryptor.wrap_output(&mut out).map_err(|_| AgeFault::Damaged)?;
    writer.write_all(plain).map_err(|_| AgeFault::Damaged)?;
    writer.finish().map_err(|_| AgeFault::Damaged)?;
    Ok(out)
}

/// Opens an age file of at most `cap` plaintext bytes.
pub fn decrypt(sealed: &[u8], secret: &Seed, cap: usize) -> Result<Zeroizing<Vec<u8>>, AgeFault> {
    let identity: age::x25519::Identity = identity_text(secret).parse().map_err(|_| AgeFault::NotForThisKey)?;
    let decryptor = age::Decryptor::new_buffered(sealed).map_err(|_| AgeFault::Damaged)?;
    let reader = decryptor
        .decrypt(std::iter::once(&identity as &dyn age::Identity))
        .map_err(|fault| match fault {
            age::DecryptError::NoMatchingKeys => AgeFault::NotForThisKey,
            _ => AgeFault::Damaged,
        })?;
    let mut plain = Zeroizing::new(Vec::with_capacity(sealed.len()));
    reader
        .take(cap as u64 + 1)
        .read_to_end(&mut plain)
        .map_err(|_| AgeFault::Damaged)?;
    if plain.len() > cap {
        Err(AgeFault::Damaged)
    } else {
        Ok(plain)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::draw_seed;
    use crate::seal::tests::Counting;

    #[test]
    fn each_recipient_opens_it_and_nobody_else() {
        let [a, b, c] = [1, 2, 3].map(|n| draw_seed(&mut Counting(n)));
        let sealed = encrypt("chữ".as_bytes(), &[public(&a), public(&b)]).unwrap();
        assert_eq!(decrypt(&sealed, &a, 100).unwrap().as_slice(), "chữ".as_bytes());
        assert_eq!(decrypt(&sealed, &b, 100).unwrap().as_slice(), "chữ".as_bytes());
        assert_eq!(decrypt(&sealed, &c, 100), Err(AgeFault::NotForThisKey));
        assert_eq!(decrypt(&sealed, &a, 4), Err(AgeFault::Damaged), "longer than the cap");
    }

    #[test]
    fn a_key_of_small_order_is_an_error_and_not_a_panic() {
        let mut one = [0; 32];
        one[0] = 1;
        for key in [AgePub([0; 32]), AgePub(one)] {
            assert_eq!(encrypt(b"x", &[key]), Err(AgeFault::BadRecipient));
        }
        assert_eq!(encrypt(b"x", &[]), Err(AgeFault::BadRecipient));
    }

    #[test]
    fn an_identity_file_is_read_as_the_age_tool_writes_it() {
        let secret = draw_seed(&mut Counting(1));
        let line = identity_text(&secret);
        let file = format!(
            "# created: 2026-11-21\n# public key: {}\n{}\n",
            recipient_text(&public(&secret)),
            *line
        );
        assert_eq!(parse_identity_file(&file), Some(secret.clone()));
        let parsed: age::x25519::Identity = line.parse().unwrap();
        assert_eq!(parsed.to_public().to_string(), recipient_text(&public(&secret)));
        for wrong in [
            "",
            "# nothing",
            "AGE-SECRET-KEY-1QQQQ",
            "age1t7rxyev2z3rw82stdlrrepyc39nvn86l5078zqkf5uasdy86jp6svpy7pa",
        ] {
            assert_eq!(parse_identity_file(wrong), None, "{wrong:?}");
        }
        assert_eq!(
            parse_identity_file(&format!("{file}{}\n", *line)),
            None,
            "two identities in one file"
        );
    }

    #[test]
    fn every_changed_byte_is_noticed() {
        let secret = draw_seed(&mut Counting(1));
        let sealed = encrypt(b"a short text", &[public(&secret)]).unwrap();
        for at in 0..sealed.len() {
            let mut damaged = sealed.clone();
            damaged[at] ^= 1;
            assert!(decrypt(&damaged, &secret, 1000).is_err(), "byte {at}");
        }
    }
}
