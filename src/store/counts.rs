//! The vault's own count of what it holds (`meta.counts`), rewritten in every transaction, and of what went wrong (`meta.health`).
//!
//! Invariant: `writes` only rises; a draft's entry is the number of the write that stored its row, so a row that is missing or was
//! put back from a copy shows (storage design §4). Deliberately not here: the comparison with the witness (`health`).

use minicbor::Encode;
use std::collections::BTreeMap;
use sync::id::RecordId;

sync::map_shape! {
    /// What a vault holds, by its own count.
    #[derive(Clone, Debug, Default, PartialEq, Eq, Encode)]
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
}

sync::map_shape! {
    /// A draft's row: the text, and the write that stored it.
    #[derive(Encode)]
    pub(crate) struct DraftRow {
        #[n(1)]
        pub(crate) write: u64,
        #[cbor(n(2), with = "minicbor::bytes")]
        pub(crate) draft: Vec<u8>,
    }
}

sync::map_shape! {
    /// A row of the outbox: its place in the order of cutting, and the op.
    #[derive(Encode)]
    pub(crate) struct PlacedRow {
        #[n(1)]
        pub(crate) place: u64,
        #[cbor(n(2), with = "minicbor::bytes")]
        pub(crate) row: Vec<u8>,
    }
}

sync::map_shape! {
    /// An earlier text of a draft.
    #[derive(Encode)]
    pub(crate) struct PastRow {
        /// By the phone's clock, seconds since 1970.
        #[n(1)]
        pub(crate) kept_s: u64,
        #[cbor(n(2), with = "minicbor::bytes")]
        pub(crate) draft: Vec<u8>,
    }
}

sync::map_shape! {
    /// What went wrong with the database so far: counts for the person to copy into a report, never content.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode)]
    pub struct Faults {
        /// Connections that were lost and opened again.
        #[n(1)]
        pub lost: u64,
        /// Transactions that had closed themselves: a bug of this program.
        #[n(2)]
        pub inactive: u64,
        /// Writes that found the disk full.
        #[n(3)]
        pub full: u64,
    }
}

impl Faults {
    pub(crate) fn plus(self, other: Self) -> Self {
        Self {
            lost: self.lost + other.lost,
            inactive: self.inactive + other.inactive,
            full: self.full + other.full,
        }
    }

    pub(crate) fn minus(self, other: Self) -> Self {
        Self {
            lost: self.lost.saturating_sub(other.lost),
            inactive: self.inactive.saturating_sub(other.inactive),
            full: self.full.saturating_sub(other.full),
        }
    }
}
