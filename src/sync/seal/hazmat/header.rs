//! The header of an age file: a stanza for each recipient, each wrapping the same file key, and a MAC over all of it.
//!
//! Invariant (<https://c2sp.org/age>, "Header"): base64 without padding and in its one spelling, bodies in lines of 64 letters with a
//! last one that is shorter; the MAC covers everything up to `---`. Stanzas of other kinds are skipped. Not here: the payload (`file`).

use super::{AgeFault, public, shared};
use crate::Random;
use crate::id::AgePub;
use crate::keys::{Seed, draw_seed};
use crate::spelling::{base64, unbase64};
use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

const INTRO: &[u8] = b"age-encryption.org/v1\n";
const X25519: &str = "age-encryption.org/v1/X25519";
/// A header is far shorter: 20 stanzas of 103 bytes.
const MAX_HEADER: usize = 16 << 10;

/// The sixteen bytes from which a file's keys follow.
pub struct FileKey(Zeroizing<[u8; 16]>);

impl FileKey {
    pub fn draw(rnd: &mut dyn Random) -> Self {
        let mut key = Zeroizing::new([0; 16]);
        rnd.fill(key.as_mut());
        Self(key)
    }

    /// HKDF-SHA-256 of the file key.
    pub fn derive(&self, salt: &[u8], info: &str) -> Seed {
        expand(self.0.as_ref(), salt, info)
    }

    fn mac(&self, header: &[u8]) -> Option<Hmac<Sha256>> {
        let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(self.derive(&[], "header").as_ref()).ok()?;
        mac.update(header);
        Some(mac)
    }
}

fn expand(secret: &[u8], salt: &[u8], info: &str) -> Seed {
    let mut out = Seed::new([0; 32]);
    // The only error is an output longer than 255 hashes; this one is a single hash long.
    let _ = Hkdf::<Sha256>::new(Some(salt), secret).expand(info.as_bytes(), out.as_mut());
    out
}

/// The cipher that wraps a file key for one recipient.
fn wrapper(shared: &Seed, share: &AgePub, recipient: &AgePub) -> ChaCha20Poly1305 {
    let salt = [share.0, recipient.0].concat();
    ChaCha20Poly1305::new(expand(shared.as_ref(), &salt, X25519).as_ref().into())
}

/// Intro, stanzas and MAC.
pub fn write(key: &FileKey, recipients: &[AgePub], rnd: &mut dyn Random) -> Result<Vec<u8>, AgeFault> {
    if recipients.is_empty() {
        return Err(AgeFault::BadRecipient);
    }
    let mut out = INTRO.to_vec();
    for recipient in recipients {
        let secret = draw_seed(rnd);
        let share = public(&secret);
        let common = shared(&secret, recipient).ok_or(AgeFault::BadRecipient)?;
        let wrapped = wrapper(&common, &share, recipient).encrypt(&Nonce::default(), key.0.as_ref());
        let wrapped = wrapped.map_err(|_| AgeFault::BadRecipient)?;
        let stanza = format!("-> X25519 {}\n{}\n", base64(share.as_bytes()), base64(&wrapped));
        out.extend_from_slice(stanza.as_bytes());
    }
    out.extend_from_slice(b"---");
    let mac = key.mac(&out).ok_or(AgeFault::Damaged)?.finalize().into_bytes();
    out.extend_from_slice(format!(" {}\n", base64(&mac)).as_bytes());
    Ok(out)
}

/// Finds the stanza for a secret key, unwraps the file key and checks the MAC. Gives what follows the header.
pub fn read<'a>(file: &'a [u8], secret: &Seed) -> Result<(FileKey, &'a [u8]), AgeFault> {
    let mut lines = Lines(file.strip_prefix(INTRO).ok_or(AgeFault::Damaged)?);
    let mut found = None;
    let mut line = lines.next()?;
    while let Some(arguments) = line.strip_prefix("-> ") {
        let (body, after) = lines.body()?;
        if let Some(share) = arguments.strip_prefix("X25519 ") {
            let key = unwrap_key(share, &body, secret)?;
            found = found.or(key);
        }
        line = after;
    }
    let mac = line.strip_prefix("--- ").and_then(unbase64).ok_or(AgeFault::Damaged)?;
    let key = found.ok_or(AgeFault::NotForThisKey)?;
    let end = file.len() - lines.0.len() - line.len() - 1 + 3;
    let header = file.get(..end).ok_or(AgeFault::Damaged)?;
    let expected = key.mac(header).ok_or(AgeFault::Damaged)?;
    expected.verify_slice(&mac).map_err(|_| AgeFault::Damaged)?;
    Ok((key, lines.0))
}

/// The file key of one stanza, if it is for this secret; an error when the stanza is not as the format wants it.
fn unwrap_key(share: &str, body: &[u8], secret: &Seed) -> Result<Option<FileKey>, AgeFault> {
    let share = unbase64(share)
        .and_then(|bytes| AgePub::from_slice(&bytes))
        .ok_or(AgeFault::Damaged)?;
    let common = shared(secret, &share)
        .filter(|_| body.len() == 32)
        .ok_or(AgeFault::Damaged)?;
    let opened = wrapper(&common, &share, &public(secret)).decrypt(&Nonce::default(), body);
    let key = opened
        .ok()
        .map(Zeroizing::new)
        .and_then(|key| key.as_slice().try_into().ok());
    Ok(key.map(|key| FileKey(Zeroizing::new(key))))
}

/// What is left of the header, line by line.
struct Lines<'a>(&'a [u8]);

impl<'a> Lines<'a> {
    fn next(&mut self) -> Result<&'a str, AgeFault> {
        let end = self
            .0
            .iter()
            .take(MAX_HEADER)
            .position(|byte| *byte == b'\n')
            .ok_or(AgeFault::Damaged)?;
        let (line, rest) = self.0.split_at_checked(end).ok_or(AgeFault::Damaged)?;
        self.0 = rest.get(1..).unwrap_or_default();
        std::str::from_utf8(line).map_err(|_| AgeFault::Damaged)
    }

    /// A stanza's body, and the line after it.
    fn body(&mut self) -> Result<(Vec<u8>, &'a str), AgeFault> {
        let mut letters = String::new();
        loop {
            let line = self.next()?;
            letters.push_str(line);
            if line.len() > 64 || letters.len() > MAX_HEADER {
                return Err(AgeFault::Damaged);
            }
            if line.len() < 64 {
                let body = unbase64(&letters).ok_or(AgeFault::Damaged)?;
                return Ok((body, self.next()?));
            }
        }
    }
}
