//! The payload of an age file: chunks of 64 KiB, each sealed under a counter, the last one marked.
//!
//! Invariant (<https://c2sp.org/age>, "Payload"): the nonce is an 11-byte big-endian counter and a byte that is 1 for the last chunk
//! only; the last chunk is empty only when the whole payload is. A file cut at a chunk's end does not open. Not here: the file key.

use super::AgeFault;
use super::header::FileKey;
use crate::Random;
use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};
use zeroize::Zeroizing;

const CHUNK: usize = 64 << 10;
const TAG: usize = 16;
const NONCE: usize = 16;

/// The longest payload that can hold so many plaintext bytes.
pub fn longest(plain: usize) -> usize {
    NONCE + plain + (plain / CHUNK + 1) * TAG
}

fn cipher(key: &FileKey, nonce: &[u8]) -> ChaCha20Poly1305 {
    ChaCha20Poly1305::new(key.derive(nonce, "payload").as_ref().into())
}

fn nonce(counter: usize, last: bool) -> Nonce {
    let mut nonce = [0; 12];
    let [.., a, b, c, d, end] = &mut nonce;
    for (to, from) in [a, b, c, d]
        .into_iter()
        .zip(u32::try_from(counter).unwrap_or(u32::MAX).to_be_bytes())
    {
        *to = from;
    }
    *end = u8::from(last);
    nonce.into()
}

/// Nonce and sealed chunks.
pub fn write(key: &FileKey, plain: &[u8], rnd: &mut dyn Random, out: &mut Vec<u8>) -> Result<(), AgeFault> {
    let mut salt = [0; NONCE];
    rnd.fill(&mut salt);
    out.extend_from_slice(&salt);
    let cipher = cipher(key, &salt);
    let count = plain.len().div_ceil(CHUNK).max(1);
    for counter in 0..count {
        let chunk = plain.chunks(CHUNK).nth(counter).unwrap_or_default();
        let sealed = cipher
            .encrypt(&nonce(counter, counter + 1 == count), chunk)
            .map_err(|_| AgeFault::Damaged)?;
        out.extend_from_slice(&sealed);
    }
    Ok(())
}

/// Opens every chunk.
pub fn read(key: &FileKey, payload: &[u8]) -> Result<Zeroizing<Vec<u8>>, AgeFault> {
    let (salt, sealed) = payload.split_at_checked(NONCE).ok_or(AgeFault::Damaged)?;
    let cipher = cipher(key, salt);
    let mut plain = Zeroizing::new(Vec::with_capacity(sealed.len()));
    let count = sealed.len().div_ceil(CHUNK + TAG).max(1);
    for counter in 0..count {
        let chunk = sealed.chunks(CHUNK + TAG).nth(counter).unwrap_or_default();
        let opened = cipher
            .decrypt(&nonce(counter, counter + 1 == count), chunk)
            .map_err(|_| AgeFault::Damaged)?;
        if opened.is_empty() && counter > 0 {
            return Err(AgeFault::Damaged);
        }
        plain.extend_from_slice(&opened);
    }
    Ok(plain)
}
