//! What a posted letter will ask the tables for, so that a database can be asked once for many ops and many letters.
//!
//! Invariant: only a help. Nothing is checked here but shapes, and a letter is judged the same whether its names were looked up before
//! or not. Not here: judging it (`session`).

use crate::id::{DeviceId, OpId, RecordId};
use crate::letter::Letter;
use crate::op::Op;

/// The identifiers in a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The sending device.
    pub device: DeviceId,
    /// Its ops, and the record that each belongs to.
    pub ops: Vec<(OpId, RecordId)>,
}

/// Reads them out of a letter as posted; `None` for what is no letter.
pub fn foretell(bytes: &[u8]) -> Option<Named> {
    let (letter, _) = Letter::read(bytes).ok()?;
    let ops = letter.ops.into_iter().filter_map(|raw| {
        let op = Op::from_parts(raw.header, raw.sig).ok()?;
        Some((op.header().op_id, op.header().record))
    });
    Some(Named {
        device: letter.device,
        ops: ops.collect(),
    })
}
