//! The tables in memory: what the simulator and the core's tests run against. Knows what is durable and what a crash would lose.
//!
//! Invariant: same answers as the SQL tables (one suite runs over both). Writes go straight into `durable` with their undoing kept until
//! COMMIT, because copying every table for every letter would be most of a simulator's time. Not built into any program.

use super::store::*;
use crate::access::{Access, EXPORT, OPERATOR};
use crate::id::*;
use crate::kind::{Kind, Role};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// All rows.
#[derive(Clone, Default)]
pub struct Tables {
    pub seq: u64,
    pub epoch: [u8; 16],
    pub watermark: u64,
    pub old_epochs: BTreeMap<Epoch, u64>,
    pub branches: BTreeMap<BranchId, BranchRow>,
    pub accounts: BTreeMap<AccountId, AccountRow>,
    pub devices: BTreeMap<DeviceId, DeviceRow>,
    pub invites: BTreeMap<InviteId, InviteRow>,
    pub ops: BTreeMap<OpId, Rc<OpRow>>,
    /// In commit order, with everybody named.
    pub order: Vec<(OpId, Rc<[Principal]>)>,
    pub records: BTreeMap<RecordId, Vec<OpId>>,
    pub bases: BTreeSet<(RecordId, OpId)>,
    pub seqs: BTreeMap<(DeviceId, u64), u64>,
    pub log: Vec<LogRow>,
}

/// What undoes one write.
#[derive(Clone)]
enum Undo {
    Seq(u64),
    Branch(BranchId, Option<BranchRow>),
    Account(AccountId, Option<AccountRow>),
    Device(DeviceId, Option<DeviceRow>),
    Invite(InviteId, Option<InviteRow>),
    NewOp(OpId, RecordId, Vec<OpId>, (DeviceId, u64)),
    Op(Rc<OpRow>),
    Log,
}

/// Tables, and how to get back from an unfinished transaction; the n-th call can be made to fail.
#[derive(Clone, Default)]
pub struct Memory {
    /// Everything written so far; what `undo` takes back is not durable yet.
    pub durable: Tables,
    undo: Vec<Undo>,
    pub calls: u64,
    pub fail_on: Option<(u64, StoreFault)>,
    pub failed: u64,
    /// A broken store for a control: says "committed" and makes it durable only at the next `begin`.
    pub lies_about_commit: bool,
    /// Another one: an erased op is as good as unknown.
    pub forgets_tombstones: bool,
}

impl Memory {
    /// Everything that was not committed is gone.
    pub fn crash(&mut self) {
        self.take_back();
        self.fail_on = None;
    }

    /// Other tables instead, as after a restore.
    pub fn replace(&mut self, tables: Tables) {
        self.undo.clear();
        self.durable = tables;
    }

    fn take_back(&mut self) {
        let t = &mut self.durable;
        for undo in self.undo.drain(..).rev() {
            match undo {
                Undo::Seq(seq) => t.seq = seq,
                Undo::Branch(id, old) => put_back(&mut t.branches, id, old),
                Undo::Account(id, old) => put_back(&mut t.accounts, id, old),
                Undo::Device(id, old) => put_back(&mut t.devices, id, old),
                Undo::Invite(id, old) => put_back(&mut t.invites, id, old),
                Undo::Op(row) => drop(t.ops.insert(row.op_id, row)),
                Undo::Log => drop(t.log.pop()),
                Undo::NewOp(id, record, bases, seq) => {
                    t.ops.remove(&id);
                    t.order.pop();
                    t.records.entry(record).or_default().pop();
                    bases.into_iter().for_each(|base| {
                        t.bases.remove(&(record, base));
                    });
                    *t.seqs.entry(seq).or_default() -= 1;
                }
            }
        }
    }

    fn erase(&mut self, wanted: impl Fn(&OpRow) -> bool) {
        let t = &self.durable;
        let is_forward = |op: &OpId| {
            let row = t.ops.get(op).filter(|row| row.kind == Kind::Forward.number());
            row.is_some_and(|row| row.body.as_ref().is_some_and(|body| !body.is_empty()))
        };
        let acting = t.bases.iter().map(|(record, base)| (OpId(record.0), base));
        let of_wanted = acting.filter(|(op, base)| is_forward(op) && t.ops.get(base).is_some_and(|row| wanted(row)));
        let with_them: BTreeSet<OpId> = of_wanted.map(|(op, _)| op).collect();
        let wanted = |row: &OpRow| wanted(row) || with_them.contains(&row.op_id);
        for row in self.durable.ops.values_mut().filter(|row| wanted(row)) {
            self.undo.push(Undo::Op(row.clone()));
            let mut erased = (**row).clone();
            (erased.body, erased.state) = (None, OpState::Erased);
            *row = Rc::new(erased);
        }
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

fn put_back<K: Ord, V>(map: &mut BTreeMap<K, V>, key: K, old: Option<V>) {
    match old {
        Some(old) => drop(map.insert(key, old)),
        None => drop(map.remove(&key)),
    }
}

impl Store for Memory {
    fn begin(&mut self) -> Result<Counter, StoreFault> {
        if self.lies_about_commit {
            self.undo.clear();
        }
        self.take_back();
        self.call()?;
        Ok(Counter {
            seq: self.durable.seq,
            epoch: Epoch(self.durable.epoch),
            watermark: self.durable.watermark,
        })
    }

    fn commit(&mut self) -> Result<(), StoreFault> {
        self.call()?;
        if !self.lies_about_commit {
            self.undo.clear();
        }
        Ok(())
    }

    fn rollback(&mut self) {
        self.take_back();
    }

    fn put_seq(&mut self, seq: u64) -> Result<(), StoreFault> {
        self.call()?;
        self.undo.push(Undo::Seq(self.durable.seq));
        self.durable.seq = seq;
        Ok(())
    }

    fn old_epoch(&mut self, epoch: &Epoch) -> Result<Option<u64>, StoreFault> {
        self.call()?;
        Ok(self.durable.old_epochs.get(epoch).copied())
    }

    fn branch(&mut self, id: &BranchId) -> Result<Option<BranchRow>, StoreFault> {
        self.call()?;
        Ok(self.durable.branches.get(id).cloned())
    }

    fn put_branch(&mut self, row: &BranchRow) -> Result<(), StoreFault> {
        self.call()?;
        let old = self.durable.branches.insert(row.id, row.clone());
        self.undo.push(Undo::Branch(row.id, old));
        Ok(())
    }

    fn account(&mut self, id: &AccountId) -> Result<Option<AccountRow>, StoreFault> {
        self.call()?;
        Ok(self.durable.accounts.get(id).cloned())
    }

    fn put_account(&mut self, row: &AccountRow) -> Result<(), StoreFault> {
        self.call()?;
        let old = self.durable.accounts.insert(row.id, row.clone());
        self.undo.push(Undo::Account(row.id, old));
        Ok(())
    }

    fn secretaries(&mut self, branch: &BranchId) -> Result<Vec<AccountRow>, StoreFault> {
        self.call()?;
        let of_branch = self
            .durable
            .accounts
            .values()
            .filter(|row| row.branch == *branch && row.role == Role::Secretary);
        Ok(of_branch.cloned().collect())
    }

    fn device(&mut self, id: &DeviceId) -> Result<Option<DeviceRow>, StoreFault> {
        self.call()?;
        Ok(self.durable.devices.get(id).cloned())
    }

    fn put_device(&mut self, row: &DeviceRow) -> Result<(), StoreFault> {
        self.call()?;
        let old = self.durable.devices.insert(row.id, row.clone());
        self.undo.push(Undo::Device(row.id, old));
        Ok(())
    }

    fn invite(&mut self, id: &InviteId) -> Result<Option<InviteRow>, StoreFault> {
        self.call()?;
        Ok(self.durable.invites.get(id).cloned())
    }

    fn put_invite(&mut self, row: &InviteRow) -> Result<(), StoreFault> {
        self.call()?;
        let old = self.durable.invites.insert(row.id, row.clone());
        self.undo.push(Undo::Invite(row.id, old));
        Ok(())
    }

    fn op(&mut self, id: &OpId) -> Result<Option<OpRow>, StoreFault> {
        self.call()?;
        let row = self.durable.ops.get(id);
        let known = row.filter(|row| !self.forgets_tombstones || row.state != OpState::Erased);
        Ok(known.map(|row| (**row).clone()))
    }

    fn put_op(&mut self, row: &OpRow, bases: &[OpId], to: &[Principal]) -> Result<(), StoreFault> {
        self.call()?;
        if self.forgets_tombstones && self.durable.ops.contains_key(&row.op_id) {
            let again = OpRow {
                server_seq: self.durable.ops[&row.op_id].server_seq,
                ..row.clone()
            };
            self.durable.ops.insert(row.op_id, Rc::new(again));
            return Ok(());
        }
        let t = &mut self.durable;
        let old = t.ops.insert(row.op_id, Rc::new(row.clone()));
        assert!(old.is_none(), "an op is stored once");
        t.order.push((row.op_id, to.into()));
        t.records.entry(row.record).or_default().push(row.op_id);
        let new = bases.iter().filter(|base| t.bases.insert((row.record, **base)));
        let new = new.copied().collect();
        let seq = (row.device, row.device_seq);
        *t.seqs.entry(seq).or_default() += 1;
        self.undo.push(Undo::NewOp(row.op_id, row.record, new, seq));
        Ok(())
    }

    fn seq_used(&mut self, device: &DeviceId, device_seq: u64) -> Result<bool, StoreFault> {
        self.call()?;
        Ok(self
            .durable
            .seqs
            .get(&(*device, device_seq))
            .is_some_and(|used| *used > 0))
    }

    fn record(&mut self, id: &RecordId) -> Result<Option<RecordRow>, StoreFault> {
        self.call()?;
        let first = self.durable.records.get(id).and_then(|ops| ops.first());
        let first = first.and_then(|id| self.durable.ops.get(id));
        Ok(first.map(|row| RecordRow {
            branch: row.branch,
            account: row.account,
            kind: row.kind,
        }))
    }

    fn leaves(&mut self, record: &RecordId, limit: usize) -> Result<Vec<OpId>, StoreFault> {
        self.call()?;
        let ops = self.durable.records.get(record).into_iter().flatten();
        let leaves = ops.filter(|id| !self.durable.bases.contains(&(*record, **id)));
        Ok(leaves.take(limit).copied().collect())
    }

    fn rows(
        &mut self,
        branch: &BranchId,
        principals: &[Principal],
        after: u64,
        limit: usize,
    ) -> Result<Vec<OpRow>, StoreFault> {
        self.call()?;
        let named = self
            .durable
            .order
            .iter()
            .rev()
            .map(|(id, to)| (&self.durable.ops[id], to))
            .take_while(|(row, _)| row.server_seq > after)
            .filter(|(row, to)| row.branch == *branch && to.iter().any(|one| principals.contains(one)));
        let mut rows: Vec<&Rc<OpRow>> = named.map(|(row, _)| row).collect();
        rows.reverse();
        Ok(rows.into_iter().take(limit).map(|row| (**row).clone()).collect())
    }

    fn heirs(&mut self, record: &RecordId, op: &OpId) -> Result<Vec<OpId>, StoreFault> {
        self.call()?;
        let ops = self.durable.records.get(record).into_iter().flatten();
        let heirs = ops.filter(|id| {
            let row = &self.durable.ops[*id];
            let header = crate::op::Op::from_parts(row.header.clone(), row.sig);
            header.is_ok_and(|heir| heir.header().base == Some(*op) || heir.header().also.contains(op))
        });
        Ok(heirs.copied().collect())
    }

    fn acting_on(&mut self, id: &OpId, kind: u16) -> Result<Vec<OpId>, StoreFault> {
        self.call()?;
        // They are no versions: their record is their op.
        let acting = self.durable.bases.iter().filter(|(_, base)| base == id);
        let acting = acting.map(|(record, _)| OpId(record.0));
        Ok(acting
            .filter(|op| self.durable.ops.get(op).is_some_and(|row| row.kind == kind))
            .collect())
    }

    fn erase_op(&mut self, op: &OpId) -> Result<(), StoreFault> {
        self.call()?;
        self.erase(|row| row.op_id == *op);
        Ok(())
    }

    fn erase_record(&mut self, record: &RecordId, but: &OpId) -> Result<(), StoreFault> {
        self.call()?;
        self.erase(|row| row.record == *record && row.op_id != *but);
        Ok(())
    }

    fn erase_account(&mut self, account: &AccountId) -> Result<(), StoreFault> {
        self.call()?;
        self.erase(|row| row.account == *account && Kind::from_number(row.kind).is_some_and(Kind::sealed));
        Ok(())
    }

    fn log_head(&mut self) -> Result<(u64, [u8; 32]), StoreFault> {
        self.call()?;
        Ok(self.durable.log.last().map_or((0, [0; 32]), |row| (row.n, row.hash)))
    }

    fn accesses(&mut self, account: &AccountId, after: u64, limit: usize) -> Result<Vec<Access>, StoreFault> {
        self.call()?;
        let t = &self.durable;
        let given = |line: &&LogRow| ["serve", EXPORT].contains(&line.action);
        let served = t.log.iter().filter(|line| line.n > after).filter(given);
        let lines = served.filter_map(|line| {
            let row = t.ops.get(&line.target)?;
            let origin = if row.kind == Kind::Forward.number() {
                let acted = t.bases.iter().find(|(record, _)| record.0 == row.op_id.0);
                t.ops.get(&acted?.1)?
            } else {
                row
            };
            let reader = match line.action {
                EXPORT => OPERATOR,
                _ => t.devices.get(&line.actor)?.account,
            };
            (origin.account == *account && reader != *account).then_some(Access {
                number: line.n,
                time: line.time,
                op_id: origin.op_id,
                account: reader,
            })
        });
        Ok(lines.take(limit).collect())
    }

    fn put_log(&mut self, row: &LogRow) -> Result<(), StoreFault> {
        self.call()?;
        self.durable.log.push(row.clone());
        self.undo.push(Undo::Log);
        Ok(())
    }
}

impl OpRow {
    /// Bytes of the body when it was stored.
    pub fn body_len(&self) -> u64 {
        let erased = || {
            let op = crate::op::Op::from_parts(self.header.clone(), self.sig);
            op.map_or(0, |op| u64::from(op.header().body_len))
        };
        self.body.as_ref().map_or_else(erased, |body| body.len() as u64)
    }
}
