//! The core's tables over SQL: every statement of the endpoint.
//!
//! Invariant: one connection writes, inside the transaction that `begin` opened. A failed flush or read is `Broken` and never tried
//! again. Several letters may share one transaction (`together`): each is undone alone, and all of them are flushed at once. What is
//! asked for is looked for in three places: what this transaction stored and has not written (`store::held`, `store::pending`), what was
//! looked up for all its letters (`store::foreseen`), the database. Not here: rules (`sync::endpoint`), rows to values (`store::row`),
//! writing (`store::write`), letters that share a transaction (`store::transaction`).

mod fault;
mod foreseen;
mod held;
mod pending;
mod places;
mod row;
mod transaction;
mod write;

use crate::database::{Engine, engine};
use fault::fault;
use foreseen::Foreseen;
use held::Held;
use pending::{NewOp, Pending};
use row::{Cells, ints};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Connection, Error};
use std::collections::BTreeMap;
use sync::access::Access;
use sync::endpoint::{
    AccountRow, BranchRow, Counter, DeviceRow, InviteRow, LogRow, Named, OpRow, RecordRow, Store, StoreFault,
};
use sync::id::{AccountId, BranchId, DeviceId, Epoch, InviteId, OpId, Principal, RecordId};
use sync::kind::Role;
use tokio::runtime::Runtime;
use transaction::Together;

/// The one writer.
pub struct Sql {
    db: AnyConnection,
    rt: Runtime,
    open: bool,
    together: Option<Together>,
    held: Held,
    pending: Pending,
    coming: Vec<Named>,
    foreseen: Foreseen,
}

impl Sql {
    /// Takes the writing connection. `rt` runs its statements on the calling thread.
    pub fn new(db: AnyConnection, rt: Runtime) -> Self {
        Self {
            db,
            rt,
            open: false,
            together: None,
            held: Held::default(),
            pending: Pending::default(),
            coming: Vec::new(),
            foreseen: Foreseen::default(),
        }
    }

    /// Gives the connection back, to be closed.
    pub fn into_parts(self) -> (AnyConnection, Runtime) {
        (self.db, self.rt)
    }

    /// Runs a piece of database work.
    pub fn run<T>(&mut self, work: impl AsyncFnOnce(&mut AnyConnection) -> Result<T, Error>) -> Result<T, StoreFault> {
        self.rt.block_on(work(&mut self.db)).map_err(fault)
    }

    /// Runs a longer piece of work of a command.
    pub fn with<T>(
        &mut self,
        work: impl AsyncFnOnce(&mut AnyConnection) -> Result<T, crate::fault::Fault>,
    ) -> Result<T, crate::fault::Fault> {
        self.rt.block_on(work(&mut self.db))
    }

    /// Which program keeps the tables.
    pub fn engine(&self) -> Engine {
        engine(&self.db)
    }

    /// The row with this identifier.
    fn one<T>(
        &mut self,
        before: &'static str,
        id: [u8; 16],
        read: impl Fn(&Cells<'_>) -> Option<T>,
    ) -> Result<Option<T>, StoreFault> {
        Ok(self.found(before, "", &[id], read)?.pop())
    }

    /// The ops that the database holds as going on from this one or acting on it, in order.
    fn naming(&mut self, id: &OpId, record: &RecordId) -> Result<Vec<OpId>, StoreFault> {
        if self.foreseen.is_named_by_none(id) {
            return Ok(Vec::new());
        }
        let sql = "SELECT op_id FROM op_base WHERE record_id = $1 AND base_id = $2";
        let rows = self.run(async |db| {
            let query = sqlx::query(sql).bind(&record.0[..]).bind(&id.0[..]);
            query.fetch_all(db).await
        })?;
        all(&rows, |cells| cells.fixed(0).map(OpId))
    }

    /// Statements that look for what is stored and change it cannot wait.
    fn erase(&mut self, statements: &[&'static str], ids: &[&[u8; 16]]) -> Result<(), StoreFault> {
        self.write_at_once()?;
        self.foreseen = Foreseen::default();
        for sql in statements {
            self.run(async |db| {
                let query = ids.iter().fold(sqlx::query(*sql), |query, id| query.bind(&id[..]));
                query.execute(db).await.map(drop)
            })?;
        }
        Ok(())
    }

    fn count(&mut self, sql: &'static str) -> Result<(), StoreFault> {
        self.run(async |db| sqlx::query(sql).execute(db).await.map(drop))
    }
}

fn all<T>(rows: &[AnyRow], read: impl Fn(&Cells<'_>) -> Option<T>) -> Result<Vec<T>, StoreFault> {
    rows.iter()
        .map(|row| read(&Cells(row)).ok_or(StoreFault::Bug))
        .collect()
}

/// Up to three principals; unused places repeat one of the others. What is addressed to them is found first, by its key; a database
/// that went through `op` in order instead would read everybody's rows for everybody.
pub(crate) const ROWS: &str = "WITH mine AS MATERIALIZED \
    (SELECT DISTINCT server_seq FROM op_to WHERE principal IN ($2, $3, $4) AND server_seq > $5) \
    SELECT op.op_id, op.server_seq, op.server_time, op.epoch, op.branch_id, op.account_id, op.device_id, op.device_seq, \
    op.record_id, op.kind, op.op_hash, op.header, op.sig, op.body, op.state \
    FROM mine JOIN op ON op.server_seq = mine.server_seq WHERE op.branch_id = $1 ORDER BY op.server_seq LIMIT $6";

/// An account's sealed ops and what carries them on, then their lines; kind 12 is a forward.
const ACCESSES: &str = "WITH mine AS MATERIALIZED \
    (SELECT op_id, op_id AS origin FROM op WHERE account_id = $1 AND kind <> 12 \
    UNION SELECT act.op_id, origin.op_id FROM op AS origin JOIN op_base ON op_base.base_id = origin.op_id \
    JOIN op AS act ON act.op_id = op_base.op_id WHERE origin.account_id = $1 AND act.kind = 12) \
    SELECT log.n, log.time, mine.origin, COALESCE(device.account_id, log.actor) FROM mine JOIN log ON log.target = mine.op_id \
    LEFT JOIN device ON device.device_id = log.actor \
    WHERE log.n > $2 AND (log.action = 'export' OR (log.action = 'serve' AND device.account_id <> $1)) \
    ORDER BY log.n LIMIT $3";

impl Store for Sql {
    fn begin(&mut self) -> Result<Counter, StoreFault> {
        self.rollback();
        if self.together.is_none() {
            self.forget();
        }
        if self.together.as_ref().is_none_or(|together| !together.begun) {
            let locked = self.lock();
            // A server that gave no lock in time has begun all the same.
            let begun = locked.is_ok() || self.open || engine(&self.db) == Engine::Postgres;
            self.open = begun;
            if let Some(together) = &mut self.together {
                together.begun = begun;
            }
            locked?;
        }
        self.open = true;
        let counter = self.counter()?;
        if let Some(together) = &mut self.together {
            together.before = (self.held.clone(), self.pending.mark());
        }
        Ok(counter)
    }

    fn commit(&mut self) -> Result<(), StoreFault> {
        match &mut self.together {
            None => {
                self.write_out()?;
                self.count("COMMIT")?;
            }
            Some(together) => {
                together.written = true;
                if std::mem::take(&mut together.savepoint) {
                    self.count("RELEASE SAVEPOINT letter")?;
                }
            }
        }
        self.open = false;
        Ok(())
    }

    fn rollback(&mut self) {
        if !std::mem::take(&mut self.open) {
            return;
        }
        // Where a statement failed, the database may have rolled back already; then these fail and nothing is lost.
        let Some(together) = &mut self.together else {
            self.forget();
            let _ = self.count("ROLLBACK");
            return;
        };
        let (held, mark) = std::mem::take(&mut together.before);
        self.held = held;
        self.pending.split_off(mark);
        if std::mem::take(&mut together.savepoint) {
            let _ = self
                .count("ROLLBACK TO SAVEPOINT letter")
                .and_then(|()| self.count("RELEASE SAVEPOINT letter"));
        }
    }

    fn put_seq(&mut self, seq: u64) -> Result<(), StoreFault> {
        let counter = self.held.counter.as_mut().ok_or(StoreFault::Bug)?;
        self.held.counted |= counter.seq != seq;
        counter.seq = seq;
        Ok(())
    }

    fn old_epoch(&mut self, epoch: &Epoch) -> Result<Option<u64>, StoreFault> {
        let sql = "SELECT last_seq FROM epoch_log WHERE epoch IN ";
        self.one(sql, epoch.0, |cells| cells.int(0))
    }

    fn branch(&mut self, id: &BranchId) -> Result<Option<BranchRow>, StoreFault> {
        if let Some(row) = self.held.branches.row(id) {
            return Ok(Some(row));
        }
        let row = self.one(row::BRANCHES, id.0, row::branch)?;
        if let Some(row) = &row {
            self.held.branches.hold(*id, row.clone());
        }
        Ok(row)
    }

    fn put_branch(&mut self, row: &BranchRow) -> Result<(), StoreFault> {
        self.held.branches.change(row.id, row.clone());
        Ok(())
    }

    fn account(&mut self, id: &AccountId) -> Result<Option<AccountRow>, StoreFault> {
        if let Some(row) = self.held.accounts.row(id) {
            return Ok(Some(row));
        }
        let row = self.one(row::ACCOUNTS, id.0, row::account)?;
        if let Some(row) = &row {
            self.held.accounts.hold(*id, row.clone());
        }
        Ok(row)
    }

    fn put_account(&mut self, row: &AccountRow) -> Result<(), StoreFault> {
        self.held.accounts.change(row.id, row.clone());
        Ok(())
    }

    fn secretaries(&mut self, branch: &BranchId) -> Result<Vec<AccountRow>, StoreFault> {
        let stored = self.found(row::SECRETARIES, "", &[branch.0], row::account)?;
        let mut rows: BTreeMap<AccountId, AccountRow> = stored.into_iter().map(|row| (row.id, row)).collect();
        let held = self.held.accounts.all().filter(|row| row.branch == *branch);
        rows.extend(held.map(|row| (row.id, row.clone())));
        rows.retain(|_, row| row.role == Role::Secretary);
        Ok(rows.into_values().collect())
    }

    fn device(&mut self, id: &DeviceId) -> Result<Option<DeviceRow>, StoreFault> {
        if let Some(row) = self.held.devices.row(id) {
            return Ok(Some(row));
        }
        let row = self.one(row::DEVICES, id.0, row::device)?;
        if let Some(row) = &row {
            self.held.devices.hold(*id, row.clone());
        }
        Ok(row)
    }

    fn put_device(&mut self, row: &DeviceRow) -> Result<(), StoreFault> {
        self.held.devices.change(row.id, row.clone());
        Ok(())
    }

    fn invite(&mut self, id: &InviteId) -> Result<Option<InviteRow>, StoreFault> {
        match self.held.invites.row(id) {
            Some(row) => Ok(Some(row)),
            None => self.one(row::INVITES, id.0, row::invite),
        }
    }

    fn put_invite(&mut self, row: &InviteRow) -> Result<(), StoreFault> {
        self.held.invites.change(row.id, row.clone());
        Ok(())
    }

    fn op(&mut self, id: &OpId) -> Result<Option<OpRow>, StoreFault> {
        if let Some(row) = self.pending.op(id) {
            return Ok(Some(row.clone()));
        }
        match self.foreseen.op(id) {
            Some(row) => Ok(row),
            None => self.one(row::OPS, id.0, row::op),
        }
    }

    fn put_op(&mut self, row: &OpRow, bases: &[OpId], to: &[Principal]) -> Result<(), StoreFault> {
        self.pending.add(NewOp {
            row: row.clone(),
            bases: bases.to_vec(),
            to: to.to_vec(),
        });
        Ok(())
    }

    fn seq_used(&mut self, device: &DeviceId, device_seq: u64) -> Result<bool, StoreFault> {
        let held = self.held.devices.row(device);
        if held.is_some_and(|row| row.max_seq < device_seq) {
            return Ok(false);
        }
        let same = |op: &NewOp| op.row.device == *device && op.row.device_seq == device_seq;
        if self.pending.ops().iter().any(same) {
            return Ok(true);
        }
        let [device_seq] = ints([device_seq]);
        let found = self.run(async |db| {
            let query = sqlx::query("SELECT 1 FROM op WHERE device_id = $1 AND device_seq = $2 LIMIT 1");
            query.bind(&device.0[..]).bind(device_seq).fetch_optional(db).await
        })?;
        Ok(found.is_some())
    }

    fn record(&mut self, id: &RecordId) -> Result<Option<RecordRow>, StoreFault> {
        let stored = match self.foreseen.record(id) {
            Some(stored) => stored,
            None => self
                .found(row::RECORDS, row::FIRST, &[id.0], row::record)?
                .pop()
                .map(|(_, row)| row),
        };
        Ok(stored.or_else(|| {
            let first = self.pending.of_record(id).next()?;
            Some(RecordRow {
                branch: first.branch,
                account: first.account,
                kind: first.kind,
            })
        }))
    }

    fn leaves(&mut self, record: &RecordId, limit: usize) -> Result<Vec<OpId>, StoreFault> {
        let new: Vec<OpId> = self.pending.of_record(record).map(|op| op.op_id).collect();
        let stored = match self.foreseen.leaves(record) {
            Some(stored) => stored,
            None => {
                let sql = "SELECT op_id FROM op WHERE record_id = $1 AND NOT EXISTS (SELECT 1 FROM op_base WHERE \
                           op_base.record_id = op.record_id AND op_base.base_id = op.op_id) ORDER BY server_seq LIMIT $2";
                // Those that are gone on from since are left out below. Each version goes on from eight at most.
                let [most] = ints([(limit + 8 * new.len()) as u64]);
                let rows = self.run(async |db| sqlx::query(sql).bind(&record.0[..]).bind(most).fetch_all(db).await)?;
                all(&rows, |cells| cells.fixed(0).map(OpId))?
            }
        };
        let mut leaves: Vec<OpId> = stored
            .into_iter()
            .filter(|id| !self.pending.has_heir(record, id))
            .collect();
        for id in new {
            // What goes on from it may have come before it.
            if leaves.len() < limit && !self.pending.has_heir(record, &id) && self.naming(&id, record)?.is_empty() {
                leaves.push(id);
            }
        }
        leaves.truncate(limit);
        Ok(leaves)
    }

    fn rows(
        &mut self,
        branch: &BranchId,
        principals: &[Principal],
        after: u64,
        limit: usize,
    ) -> Result<Vec<OpRow>, StoreFault> {
        let [since, most] = ints([after, limit as u64]);
        let (Some(first), None) = (principals.first(), principals.get(3)) else {
            return Err(StoreFault::Bug);
        };
        let place = |n: usize| principals.get(n).unwrap_or(first).0.to_vec();
        let rows = self.run(async |db| {
            let query = sqlx::query(ROWS)
                .bind(&branch.0[..])
                .bind(place(0))
                .bind(place(1))
                .bind(place(2));
            query.bind(since).bind(most).fetch_all(db).await
        })?;
        let mut rows = all(&rows, row::op)?;
        let new = self.pending.ops().iter().filter(|op| {
            let named = op.to.iter().any(|one| principals.contains(one));
            named && op.row.server_seq > after && op.row.branch == *branch
        });
        rows.extend(new.take(limit - rows.len()).map(|op| op.row.clone()));
        Ok(rows)
    }

    fn heirs(&mut self, record: &RecordId, op: &OpId) -> Result<Vec<OpId>, StoreFault> {
        let mut heirs = self.naming(op, record)?;
        let new = self.pending.naming(op).filter(|heir| heir.record == *record);
        heirs.extend(new.map(|heir| heir.op_id));
        Ok(heirs)
    }

    fn acting_on(&mut self, id: &OpId, kind: u16) -> Result<Vec<OpId>, StoreFault> {
        let sql = "SELECT op.op_id FROM op_base JOIN op ON op.op_id = op_base.op_id \
                   WHERE op_base.base_id = $1 AND op.kind = $2 AND op.record_id = op.op_id";
        let mut acting = Vec::new();
        if !self.foreseen.is_named_by_none(id) {
            let rows = self.run(async |db| {
                let query = sqlx::query(sql).bind(&id.0[..]).bind(i64::from(kind));
                query.fetch_all(db).await
            })?;
            acting = all(&rows, |cells| cells.fixed(0).map(OpId))?;
        }
        let new = self.pending.naming(id);
        let new = new.filter(|op| op.kind == kind && op.record == op.op_id.into());
        acting.extend(new.map(|op| op.op_id));
        Ok(acting)
    }

    fn erase_op(&mut self, op: &OpId) -> Result<(), StoreFault> {
        let sql = "UPDATE op SET body = NULL, state = 2 WHERE op_id = $1";
        let forwards = "UPDATE op SET body = NULL, state = 2 WHERE kind = 12 AND length(body) > 0 AND op_id IN \
                        (SELECT op_id FROM op_base WHERE base_id = $1)";
        self.erase(&[forwards, sql], &[&op.0])
    }

    fn erase_record(&mut self, record: &RecordId, but: &OpId) -> Result<(), StoreFault> {
        let sql = "UPDATE op SET body = NULL, state = 2 WHERE record_id = $1 AND op_id <> $2";
        let forwards = "UPDATE op SET body = NULL, state = 2 WHERE kind = 12 AND length(body) > 0 AND op_id IN \
                        (SELECT op_base.op_id FROM op_base JOIN op AS origin ON origin.op_id = op_base.base_id \
                        WHERE origin.record_id = $1 AND origin.op_id <> $2)";
        self.erase(&[forwards, sql], &[&record.0, &but.0])
    }

    fn erase_account(&mut self, account: &AccountId) -> Result<(), StoreFault> {
        let sql = "UPDATE op SET body = NULL, state = 2 WHERE account_id = $1 AND kind IN (1, 2, 3, 4, 11, 12, 18)";
        let forwards = "UPDATE op SET body = NULL, state = 2 WHERE kind = 12 AND length(body) > 0 AND op_id IN \
                        (SELECT op_base.op_id FROM op_base JOIN op AS origin ON origin.op_id = op_base.base_id \
                        WHERE origin.account_id = $1)";
        self.erase(&[forwards, sql], &[&account.0])
    }

    fn log_head(&mut self) -> Result<(u64, [u8; 32]), StoreFault> {
        if let Some(head) = self.held.log {
            return Ok(head);
        }
        let sql = "SELECT n, hash FROM log ORDER BY n DESC LIMIT 1";
        let row = self.run(async |db| sqlx::query(sql).fetch_optional(db).await)?;
        let Some(row) = row else { return Ok((0, [0; 32])) };
        let cells = Cells(&row);
        cells.int(0).zip(cells.fixed(1)).ok_or(StoreFault::Bug)
    }

    fn accesses(&mut self, account: &AccountId, after: u64, limit: usize) -> Result<Vec<Access>, StoreFault> {
        // Asked for rarely: the lines of this transaction are written first.
        self.write_at_once()?;
        let [after, limit] = ints([after, limit as u64]);
        let rows = self.run(async |db| {
            let query = sqlx::query(ACCESSES).bind(&account.0[..]).bind(after).bind(limit);
            query.fetch_all(db).await
        })?;
        all(&rows, row::access)
    }

    fn put_log(&mut self, row: &LogRow) -> Result<(), StoreFault> {
        self.held.log = Some((row.n, row.hash));
        self.pending.add_line(row.clone());
        Ok(())
    }
}

/// Closes a connection that only read.
pub async fn close(db: AnyConnection) {
    let _ = db.close().await;
}
