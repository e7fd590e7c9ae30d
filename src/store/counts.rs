//! The vault's own count of what it holds (`meta.counts`), rewritten in every transaction, and of what went wrong (`meta.health`).
//!
//! Invariant: `writes` only rises; a draft's entry is the number of the write that stored its row, so a row that is missing or was
//! put back from a copy shows (storage design §4). Deliberately not here: the comparison with the witness (`health`).

use minicbor::encode::{self, Encoder, Write};
use minicbor::{Decode, Decoder, Encode, decode};
use sync::id::RecordId;

/// Each draft, and the write that stored its row. A handful, by record: a list, stored as a map.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Writes(Vec<(RecordId, u64)>);

impl Writes {
    pub(crate) fn set(&mut self, record_id: RecordId, write: u64) {
        let at = self.0.partition_point(|(known, _)| *known < record_id);
        match self.0.get_mut(at).filter(|(known, _)| *known == record_id) {
            Some(known) => known.1 = write,
            None => self.0.insert(at, (record_id, write)),
        }
    }

    pub(crate) fn forget(&mut self, record_id: &RecordId) {
        self.0.retain(|(known, _)| known != record_id);
    }

    pub(crate) fn of(&self, record_id: &RecordId) -> Option<u64> {
        let known = self.0.iter().find(|(known, _)| known == record_id);
        known.map(|(_, write)| *write)
    }

    /// By record.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (RecordId, u64)> {
        self.0.iter().copied()
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The greatest number, 0 without drafts.
    pub(crate) fn newest(&self) -> u64 {
        self.0.iter().map(|(_, write)| *write).max().unwrap_or(0)
    }
}

impl<C> Encode<C> for Writes {
    fn encode<W: Write>(&self, e: &mut Encoder<W>, _: &mut C) -> Result<(), encode::Error<W::Error>> {
        e.map(self.0.len() as u64)?;
        for (record_id, write) in &self.0 {
            e.encode(record_id)?.u64(*write)?;
        }
        Ok(())
    }
}

impl<'b> Decode<'b, ()> for Writes {
    fn decode(d: &mut Decoder<'b>, _: &mut ()) -> Result<Self, decode::Error> {
        let mut writes = Self::default();
        for entry in d.map_iter()? {
            let (record_id, write) = entry?;
            writes.set(record_id, write);
        }
        Ok(writes)
    }
}

sync::map_shape! {
    /// What a vault holds, by its own count.
    #[derive(Clone, Debug, Default, PartialEq, Eq, Encode)]
    pub(crate) struct Counts {
        /// Transactions so far.
        #[n(1)]
        pub(crate) writes: u64,
        /// Each draft, and the write that stored its row.
        #[n(2)]
        pub(crate) drafts: Writes,
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;
    use sync::shape::{encode, whole};
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn the_writes_of_drafts_lie_as_a_map_in_order() {
        let mut writes = Writes::default();
        let mut map = BTreeMap::new();
        for (record, write) in [(9, 1), (2, 2), (5, 3), (9, 4), (7, 5)] {
            writes.set(RecordId([record; 16]), write);
            map.insert(RecordId([record; 16]), write);
        }
        writes.forget(&RecordId([7; 16]));
        map.remove(&RecordId([7; 16]));
        assert_eq!(encode(&writes), encode(&map));
        assert_eq!(whole::<Writes>(&encode(&map)), Ok(writes.clone()));
        assert_eq!(
            (writes.of(&RecordId([9; 16])), writes.newest(), writes.len()),
            (Some(4), 4, 3)
        );
    }
}
