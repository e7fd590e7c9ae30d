//! The vault's own count of what it holds (`meta.counts`), rewritten in every transaction.
//!
//! Invariant: `writes` only rises; a draft's entry is the number of the write that stored its row, so a row that is missing or was
//! put back from a copy shows (storage design §4). Deliberately not here: the comparison with the witness (`health`).

use minicbor::{Decode, Encode};
use std::collections::BTreeMap;
use sync::id::RecordId;

/// What a vault holds, by its own count.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(crate) struct Counts {
    /// Transactions so far.
    #[n(1)]
    pub(crate) writes: u64,
    /// Each draft, and the write that stored its row.
    #[n(2)]
    pub(crate) drafts: BTreeMap<RecordId, u64>,
    /// Rows in the outbox.
    #[n(3)]
    pub(crate) outbox: u64,
    /// Ops with receipts.
    #[n(4)]
    pub(crate) ops: u64,
    /// Place of the last op put into the outbox; never given twice.
    #[n(5)]
    pub(crate) last_place: u64,
}

/// A draft's row: the text, and the write that stored it.
#[derive(Encode, Decode)]
#[cbor(map)]
pub(crate) struct DraftRow {
    #[n(1)]
    pub(crate) write: u64,
    #[cbor(n(2), with = "minicbor::bytes")]
    pub(crate) draft: Vec<u8>,
}

/// A row of the outbox: its place in the order of cutting, and the op.
#[derive(Encode, Decode)]
#[cbor(map)]
pub(crate) struct PlacedRow {
    #[n(1)]
    pub(crate) place: u64,
    #[cbor(n(2), with = "minicbor::bytes")]
    pub(crate) row: Vec<u8>,
}

/// An earlier text of a draft.
#[derive(Encode, Decode)]
#[cbor(map)]
pub(crate) struct PastRow {
    /// By the phone's clock, seconds since 1970.
    #[n(1)]
    pub(crate) kept_s: u64,
    #[cbor(n(2), with = "minicbor::bytes")]
    pub(crate) draft: Vec<u8>,
}
