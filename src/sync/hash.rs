//! SHA-256 and the tags that keep one signed or hashed string from being taken for another.
//!
//! Invariant: every hashed or signed string starts with its tag and one zero byte (sync protocol, notation). Integers enter as
//! u64 big-endian. Not here: who signs (`keys`).

#[cfg(transparent)]
mod transparent;

#[cfg(not(transparent))]
use sha2::{Digest, Sha256};
#[cfg(transparent)]
pub use transparent::sha256;

/// Plain SHA-256, checkable with stock tools.
#[cfg(not(transparent))]
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// `tag`, a zero byte, then the parts: the string that is signed.
pub fn tagged(tag: &str, parts: &[&[u8]]) -> Vec<u8> {
    let mut out = Vec::with_capacity(tag.len() + 1 + parts.iter().map(|part| part.len()).sum::<usize>());
    out.extend_from_slice(tag.as_bytes());
    out.push(0);
    for part in parts {
        out.extend_from_slice(part);
    }
    out
}

/// SHA-256 of the tagged string.
pub fn digest(tag: &str, parts: &[&[u8]]) -> [u8; 32] {
    sha256(&tagged(tag, parts))
}

/// The first 16 bytes of [`digest`]: how identifiers are derived from keys.
pub fn short(tag: &str, parts: &[&[u8]]) -> [u8; 16] {
    let mut out = [0; 16];
    for (to, from) in out.iter_mut().zip(digest(tag, parts)) {
        *to = from;
    }
    out
}
