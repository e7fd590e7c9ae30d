//! The sync protocol, as pure functions: what is cut from a draft, how it is sealed, signed, posted, stored and receipted.
//!
//! Find here: identifiers and keys, ops and their bodies, letters and answers, the client's side (`client`), the endpoint's side
//! (`endpoint`), the words of the status line (`label`). Invariant: nothing in this crate does I/O, reads a clock, starts a thread
//! or awaits; time and randomness are handed in. Deliberately not here: storage, HTTP, and any knowledge of the form's fields.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing))]

use std::collections::BTreeMap;

pub mod access;
pub mod answer;
pub mod armour;
pub mod backup;
pub mod body;
pub mod branch;
pub mod client;
pub mod container;
pub mod content;
pub mod damm;
pub mod draft;
pub mod endpoint;
pub mod export;
pub mod film;
pub mod fold;
pub mod found;
pub mod hash;
pub mod id;
pub mod keys;
pub mod kind;
pub mod label;
pub mod letter;
pub mod link;
pub mod merge;
pub mod office;
pub mod op;
pub mod parcel;
pub mod parts;
pub mod reader;
pub mod receipt;
pub mod rotate;
#[cfg(test)]
mod samples;
pub mod seal;
pub mod shape;
#[cfg(any(test, transparent))]
pub mod simulator;
pub mod spelling;

/// Answers as typed: path to text. A missing path and an empty text both mean blank; unknown paths are kept.
pub type Fields = BTreeMap<String, String>;

/// Where random bytes come from. The caller passes it, so that a simulator can pass a seed.
pub trait Random {
    /// Fills all of `out` with unpredictable bytes.
    fn fill(&mut self, out: &mut [u8]);
}

/// The caller's clock. A remark only: nothing on a phone is ever ordered by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// Seconds since 1970-01-01 UTC.
    pub wall_s: u64,
}
