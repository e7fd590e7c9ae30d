//! What the letters of a transaction will ask for, looked up at its beginning with one statement a table.
//!
//! Invariant: it says what the database held when the write lock was taken; it is dropped as soon as something is written, so that it
//! is never out of date. Ops of devices that are not known are not looked up. Not here: what was not foreseen (`store`).

use super::places::find;
use super::row::{self, Cells};
use super::{Sql, all};
use std::collections::{BTreeMap, BTreeSet};
use sync::endpoint::{Named, OpRow, RecordRow, Store, StoreFault};
use sync::id::{BranchId, OpId, RecordId};

/// Versions without heirs that are looked up in all; with more, each record is looked up when its turn comes. `LEAF` stops at one more.
const LEAVES: usize = 1_000;
const LEAF: &str = " AND NOT EXISTS (SELECT 1 FROM op_base WHERE op_base.record_id = op.record_id AND \
                    op_base.base_id = op.op_id) ORDER BY server_seq LIMIT 1001";

/// What was found. What was asked for and not found is not there.
#[derive(Default)]
pub struct Foreseen {
    asked: BTreeSet<OpId>,
    ops: BTreeMap<OpId, OpRow>,
    named: BTreeSet<OpId>,
    asked_records: BTreeSet<RecordId>,
    records: BTreeMap<RecordId, RecordRow>,
    leaves: BTreeMap<RecordId, Vec<OpId>>,
}

impl Foreseen {
    /// An op; the outer `None`: not asked for.
    pub fn op(&self, id: &OpId) -> Option<Option<OpRow>> {
        self.asked.contains(id).then(|| self.ops.get(id).cloned())
    }

    /// Known to be named by no op as what it goes on from or acts on.
    pub fn is_named_by_none(&self, id: &OpId) -> bool {
        self.asked.contains(id) && !self.named.contains(id)
    }

    /// Whose record it is; the outer `None`: not asked for.
    pub fn record(&self, id: &RecordId) -> Option<Option<RecordRow>> {
        self.asked_records.contains(id).then(|| self.records.get(id).copied())
    }

    /// Its versions without heirs; `None`: not asked for.
    pub fn leaves(&self, id: &RecordId) -> Option<Vec<OpId>> {
        let asked = self.asked_records.contains(id);
        asked.then(|| self.leaves.get(id).cloned().unwrap_or_default())
    }
}

fn keys<T: Copy + Ord>(ids: impl Iterator<Item = T>, bytes: impl Fn(T) -> [u8; 16]) -> Vec<[u8; 16]> {
    ids.collect::<BTreeSet<T>>().into_iter().map(bytes).collect()
}

impl Sql {
    /// Looks everything up that the letters name.
    pub(super) fn look_ahead(&mut self, letters: &[Named]) -> Result<(), StoreFault> {
        let devices = keys(letters.iter().map(|letter| letter.device), |id| id.0);
        for row in self.found(row::DEVICES, "", &devices, row::device)? {
            self.held.devices.hold(row.id, row);
        }
        let accounts = keys(self.held.devices.all().map(|device| device.account), |id| id.0);
        for row in self.found(row::ACCOUNTS, "", &accounts, row::account)? {
            self.held.accounts.hold(row.id, row);
        }
        let branches: BTreeSet<BranchId> = self.held.accounts.all().map(|account| account.branch).collect();
        let mut sets = Vec::new();
        for branch in branches {
            sets.extend(self.branch(&branch)?.map(|branch| branch.set_op));
        }
        let known = letters
            .iter()
            .filter(|letter| self.held.devices.row(&letter.device).is_some());
        let ops: Vec<(OpId, RecordId)> = known.flat_map(|letter| letter.ops.iter().copied()).collect();
        let mut seen = Foreseen {
            asked: ops.iter().map(|(op, _)| *op).chain(sets).collect(),
            asked_records: ops.iter().map(|(_, record)| *record).collect(),
            ..Foreseen::default()
        };
        let asked = keys(seen.asked.iter().copied(), |id| id.0);
        for row in self.found(row::OPS, "", &asked, row::op)? {
            seen.ops.insert(row.op_id, row);
        }
        let named = "SELECT base_id FROM op_base WHERE base_id IN ";
        seen.named = self
            .found(named, "", &asked, |cells| cells.fixed(0).map(OpId))?
            .into_iter()
            .collect();
        let records = keys(seen.asked_records.iter().copied(), |id| id.0);
        seen.records = self
            .found(row::RECORDS, row::FIRST, &records, row::record)?
            .into_iter()
            .collect();
        // Records that are new here have no versions yet.
        let records = keys(seen.records.keys().copied(), |id| id.0);
        let leaves = self.found(
            "SELECT record_id, op_id FROM op WHERE record_id IN ",
            LEAF,
            &records,
            |cells| Some((RecordId(cells.fixed(0)?), OpId(cells.fixed(1)?))),
        )?;
        if leaves.len() > LEAVES {
            seen.asked_records.clear();
        }
        for (record, leaf) in leaves {
            seen.leaves.entry(record).or_default().push(leaf);
        }
        self.foreseen = seen;
        Ok(())
    }

    /// Every row that one of the identifiers finds.
    pub(super) fn found<T>(
        &mut self,
        before: &'static str,
        after: &'static str,
        ids: &[[u8; 16]],
        read: impl Fn(&Cells<'_>) -> Option<T>,
    ) -> Result<Vec<T>, StoreFault> {
        let rows = self.run(async |db| find(db, before, after, ids).await)?;
        all(&rows, read)
    }
}
