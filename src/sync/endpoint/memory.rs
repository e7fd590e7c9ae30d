//! The tables in memory: what the simulator and the core's tests run against. Knows what is durable and what a crash would lose.
//!
//! Invariant: same answers as the SQL tables (one suite runs over both). Not built into any program.

use super::store::*;
use crate::id::*;
use crate::kind::Role;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// All rows.
#[derive(Clone, Default)]
pub struct Tables {
    pub seq: u64,
    pub epoch: [u8; 16],
    pub old_epochs: BTreeMap<Epoch, u64>,
    pub branches: BTreeMap<BranchId, BranchRow>,
    pub accounts: BTreeMap<AccountId, AccountRow>,
    pub devices: BTreeMap<DeviceId, DeviceRow>,
    pub invites: BTreeMap<InviteId, InviteRow>,
    pub ops: BTreeMap<OpId, Rc<OpRow>>,
    pub order: Vec<OpId>,
    pub bases: BTreeSet<(RecordId, OpId)>,
    pub to: BTreeMap<OpId, Vec<Principal>>,
    pub log: Vec<LogRow>,
}

/// Tables with a durable twin; the n-th call can be made to fail.
#[derive(Clone, Default)]
pub struct Memory {
    pub live: Tables,
    pub durable: Tables,
    pub calls: u64,
    pub fail_on: Option<(u64, StoreFault)>,
    pub failed: u64,
    /// A broken store for a control: says "committed" and makes it durable only at the next `begin`.
    pub lies_about_commit: bool,
}

impl Memory {
    /// Everything that was not committed is gone.
    pub fn crash(&mut self) {
        self.live = self.durable.clone();
        self.fail_on = None;
    }

    fn call(&mut self) -> Result<(), StoreFault> {
        self.calls += 1;
        match self.fail_on {
            Some((n, fault)) if n == self.calls => {
                self.failed += 1;
                Err(fault)
            }
            _ => Ok(()),
        }
    }
}

impl Store for Memory {
    fn begin(&mut self) -> Result<Counter, StoreFault> {
        if self.lies_about_commit {
            self.durable = self.live.clone();
        }
        self.call()?;
        self.live = self.durable.clone();
        Ok(Counter {
            seq: self.live.seq,
            epoch: Epoch(self.live.epoch),
            watermark: 0,
        })
    }

    fn commit(&mut self) -> Result<(), StoreFault> {
        self.call()?;
        if !self.lies_about_commit {
            self.durable = self.live.clone();
        }
        Ok(())
    }

    fn rollback(&mut self) {
        self.live = self.durable.clone();
    }

    fn put_seq(&mut self, seq: u64) -> Result<(), StoreFault> {
        self.call()?;
        self.live.seq = seq;
        Ok(())
    }

    fn old_epoch(&mut self, epoch: &Epoch) -> Result<Option<u64>, StoreFault> {
        self.call()?;
        Ok(self.live.old_epochs.get(epoch).copied())
    }

    fn branch(&mut self, id: &BranchId) -> Result<Option<BranchRow>, StoreFault> {
        self.call()?;
        Ok(self.live.branches.get(id).cloned())
    }

    fn put_branch(&mut self, row: &BranchRow) -> Result<(), StoreFault> {
        self.call()?;
        self.live.branches.insert(row.id, row.clone());
        Ok(())
    }

    fn account(&mut self, id: &AccountId) -> Result<Option<AccountRow>, StoreFault> {
        self.call()?;
        Ok(self.live.accounts.get(id).cloned())
    }

    fn put_account(&mut self, row: &AccountRow) -> Result<(), StoreFault> {
        self.call()?;
        self.live.accounts.insert(row.id, row.clone());
        Ok(())
    }

    fn secretaries(&mut self, branch: &BranchId) -> Result<Vec<AccountRow>, StoreFault> {
        self.call()?;
        let of_branch = self
            .live
            .accounts
            .values()
            .filter(|row| row.branch == *branch && row.role == Role::Secretary);
        Ok(of_branch.cloned().collect())
    }

    fn device(&mut self, id: &DeviceId) -> Result<Option<DeviceRow>, StoreFault> {
        self.call()?;
        Ok(self.live.devices.get(id).cloned())
    }

    fn put_device(&mut self, row: &DeviceRow) -> Result<(), StoreFault> {
        self.call()?;
        self.live.devices.insert(row.id, row.clone());
        Ok(())
    }

    fn invite(&mut self, id: &InviteId) -> Result<Option<InviteRow>, StoreFault> {
        self.call()?;
        Ok(self.live.invites.get(id).cloned())
    }

    fn put_invite(&mut self, row: &InviteRow) -> Result<(), StoreFault> {
        self.call()?;
        self.live.invites.insert(row.id, row.clone());
        Ok(())
    }

    fn op(&mut self, id: &OpId) -> Result<Option<OpRow>, StoreFault> {
        self.call()?;
        Ok(self.live.ops.get(id).map(|row| (**row).clone()))
    }

    fn put_op(&mut self, row: &OpRow, bases: &[OpId], to: &[Principal]) -> Result<(), StoreFault> {
        self.call()?;
        assert!(
            self.live.ops.insert(row.op_id, Rc::new(row.clone())).is_none(),
            "an op is stored once"
        );
        self.live.order.push(row.op_id);
        self.live.bases.extend(bases.iter().map(|base| (row.record, *base)));
        self.live.to.insert(row.op_id, to.to_vec());
        Ok(())
    }

    fn seq_used(&mut self, device: &DeviceId, device_seq: u64) -> Result<bool, StoreFault> {
        self.call()?;
        Ok(self
            .live
            .ops
            .values()
            .any(|row| row.device == *device && row.device_seq == device_seq))
    }

    fn first_of(&mut self, record: &RecordId) -> Result<Option<OpRow>, StoreFault> {
        self.call()?;
        let rows = self.live.ops.values().filter(|row| row.record == *record);
        Ok(rows.min_by_key(|row| row.server_seq).map(|row| (**row).clone()))
    }

    fn leaves(&mut self, record: &RecordId, limit: usize) -> Result<Vec<OpId>, StoreFault> {
        self.call()?;
        let rows = self
            .live
            .order
            .iter()
            .filter_map(|id| self.live.ops.get(id))
            .filter(|row| row.record == *record);
        let leaves = rows.filter(|row| !self.live.bases.contains(&(*record, row.op_id)));
        Ok(leaves.take(limit).map(|row| row.op_id).collect())
    }

    fn rows(
        &mut self,
        branch: &BranchId,
        principals: &[Principal],
        after: u64,
        limit: usize,
    ) -> Result<Vec<OpRow>, StoreFault> {
        self.call()?;
        let rows = self.live.order.iter().filter_map(|id| self.live.ops.get(id));
        let named = |row: &&Rc<OpRow>| {
            self.live
                .to
                .get(&row.op_id)
                .is_some_and(|to| to.iter().any(|one| principals.contains(one)))
        };
        let rows = rows
            .filter(|row| row.server_seq > after && row.branch == *branch)
            .filter(named);
        Ok(rows.take(limit).map(|row| (**row).clone()).collect())
    }

    fn erase_account(&mut self, account: &AccountId) -> Result<(), StoreFault> {
        self.call()?;
        for row in self
            .live
            .ops
            .values_mut()
            .filter(|row| row.account == *account && matches!(row.kind, 1 | 2 | 4))
        {
            let mut erased = (**row).clone();
            (erased.body, erased.state) = (None, OpState::Erased);
            *row = Rc::new(erased);
        }
        Ok(())
    }

    fn log_head(&mut self) -> Result<(u64, [u8; 32]), StoreFault> {
        self.call()?;
        Ok(self.live.log.last().map_or((0, [0; 32]), |row| (row.n, row.hash)))
    }

    fn put_log(&mut self, row: &LogRow) -> Result<(), StoreFault> {
        self.call()?;
        self.live.log.push(row.clone());
        Ok(())
    }
}
