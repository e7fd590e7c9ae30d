//! The core's tables over SQL: every statement of the endpoint.
//!
//! Invariant: one connection writes; each method is one statement or a few inside the transaction that `begin` opened. A failed flush
//! or read is `Broken` and never tried again. Several letters may share one transaction (`together`): each is undone alone, and all of
//! them are flushed at once. Not here: rules (`sync::endpoint`), rows to values (`store::row`), what is not read twice (`store::held`),
//! letters that share a transaction (`store::transaction`).

mod fault;
mod held;
mod row;
mod transaction;

use crate::database::{Engine, engine};
use fault::fault;
use held::Held;
use row::{Cells, ints};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Error};
use sync::access::Access;
use sync::endpoint::{AccountRow, BranchRow, Counter, DeviceRow, InviteRow, LogRow, OpRow, Store, StoreFault};
use sync::id::{AccountId, BranchId, DeviceId, Epoch, InviteId, OpId, Principal, RecordId};
use tokio::runtime::Runtime;
use transaction::Together;

/// The one writer.
pub struct Sql {
    db: AnyConnection,
    rt: Runtime,
    open: bool,
    together: Option<Together>,
    held: Held,
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

    fn one<T>(
        &mut self,
        sql: &'static str,
        key: &[u8],
        read: impl Fn(&Cells<'_>) -> Option<T>,
    ) -> Result<Option<T>, StoreFault> {
        let row = self.run(async |db| sqlx::query(sql).bind(key).fetch_optional(db).await)?;
        row.map(|row| read(&Cells(&row)).ok_or(StoreFault::Bug)).transpose()
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

const OP: &str = "SELECT op_id, server_seq, server_time, epoch, branch_id, account_id, device_id, device_seq, record_id, kind, \
                  op_hash, header, sig, body, state FROM op WHERE op_id = $1";
const FIRST: &str = "SELECT op_id, server_seq, server_time, epoch, branch_id, account_id, device_id, device_seq, record_id, kind, \
                     op_hash, header, sig, body, state FROM op WHERE record_id = $1 ORDER BY server_seq LIMIT 1";
const ACCOUNT: &str = "SELECT account_id, branch_id, age_pub, sign_pub, role, state, class, entitlement, had_revoked, revoked, \
                       guardian, maker, bytes FROM account WHERE account_id = $1";
const SECRETARIES: &str = "SELECT account_id, branch_id, age_pub, sign_pub, role, state, class, entitlement, had_revoked, \
                           revoked, guardian, maker, bytes FROM account WHERE branch_id = $1 AND role = 3";
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
    SELECT log.n, log.time, mine.origin, device.account_id FROM mine JOIN log ON log.target = mine.op_id \
    JOIN device ON device.device_id = log.actor \
    WHERE log.action = 'serve' AND log.n > $2 AND device.account_id <> $1 ORDER BY log.n LIMIT $3";

impl Store for Sql {
    fn begin(&mut self) -> Result<Counter, StoreFault> {
        self.rollback();
        if let Some(together) = self.together {
            if !together.begun {
                self.together = Some(Together {
                    begun: true,
                    ..together
                });
                self.lock()?;
            }
            self.count("SAVEPOINT letter")?;
        } else {
            self.held = Held::default();
            let locked = self.lock();
            // A server that gave no lock in time has begun all the same.
            self.open = locked.is_ok() || engine(&self.db) == Engine::Postgres;
            locked?;
        }
        self.open = true;
        self.counter()
    }

    fn commit(&mut self) -> Result<(), StoreFault> {
        self.settle()?;
        if let Some(together) = &mut self.together {
            together.written = true;
            self.count("RELEASE SAVEPOINT letter")?;
        } else {
            self.count("COMMIT")?;
        }
        self.open = false;
        Ok(())
    }

    fn rollback(&mut self) {
        if self.open {
            self.open = false;
            self.held = Held::default();
            // A failed statement may have rolled back already; then this one fails and nothing is lost.
            let _ = if self.together.is_some() {
                self.count("ROLLBACK TO SAVEPOINT letter")
                    .and_then(|()| self.count("RELEASE SAVEPOINT letter"))
            } else {
                self.count("ROLLBACK")
            };
        }
    }

    fn put_seq(&mut self, seq: u64) -> Result<(), StoreFault> {
        if let Some(counter) = &mut self.held.counter {
            if counter.seq == seq {
                return Ok(());
            }
            counter.seq = seq;
        }
        let [seq] = ints([seq]);
        self.run(async |db| {
            sqlx::query("UPDATE counter SET seq = $1 WHERE id = 1")
                .bind(seq)
                .execute(db)
                .await
                .map(drop)
        })
    }

    fn old_epoch(&mut self, epoch: &Epoch) -> Result<Option<u64>, StoreFault> {
        self.one("SELECT last_seq FROM epoch_log WHERE epoch = $1", &epoch.0, |cells| {
            cells.int(0)
        })
    }

    fn branch(&mut self, id: &BranchId) -> Result<Option<BranchRow>, StoreFault> {
        let sql =
            "SELECT branch_id, root_pub, class, set_version, set_op, single, closed FROM branch WHERE branch_id = $1";
        if let Some(row) = self.held.branches.row(id) {
            return Ok(Some(row));
        }
        let row = self.one(sql, &id.0, row::branch)?;
        if let Some(row) = &row {
            self.held.branches.hold(*id, row.clone());
        }
        Ok(row)
    }

    fn put_branch(&mut self, row: &BranchRow) -> Result<(), StoreFault> {
        self.held.branches.hold(row.id, row.clone());
        let sql = "INSERT INTO branch (branch_id, root_pub, class, set_version, set_op, single, closed) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (branch_id) DO UPDATE SET class = excluded.class, \
                   set_version = excluded.set_version, set_op = excluded.set_op, single = excluded.single, \
                   closed = excluded.closed";
        let [class, version, single, closed] = ints([
            row.class.number().into(),
            row.set_version,
            row.single_secretary.into(),
            row.closed.into(),
        ]);
        self.run(async |db| {
            let query = sqlx::query(sql)
                .bind(&row.id.0[..])
                .bind(&row.root_pub.0[..])
                .bind(class)
                .bind(version);
            query
                .bind(&row.set_op.0[..])
                .bind(single)
                .bind(closed)
                .execute(db)
                .await
                .map(drop)
        })
    }

    fn account(&mut self, id: &AccountId) -> Result<Option<AccountRow>, StoreFault> {
        if let Some(row) = self.held.accounts.row(id) {
            return Ok(Some(row));
        }
        let row = self.one(ACCOUNT, &id.0, row::account)?;
        if let Some(row) = &row {
            self.held.accounts.hold(*id, row.clone());
        }
        Ok(row)
    }

    fn put_account(&mut self, row: &AccountRow) -> Result<(), StoreFault> {
        if !self.held.accounts.change(&row.id, row) {
            self.write_account(row)?;
            self.held.accounts.hold(row.id, row.clone());
        }
        Ok(())
    }

    fn secretaries(&mut self, branch: &BranchId) -> Result<Vec<AccountRow>, StoreFault> {
        self.settle()?;
        let rows = self.run(async |db| sqlx::query(SECRETARIES).bind(&branch.0[..]).fetch_all(db).await)?;
        all(&rows, row::account)
    }

    fn device(&mut self, id: &DeviceId) -> Result<Option<DeviceRow>, StoreFault> {
        let sql = "SELECT device_id, account_id, device_pub, cert, closed, max_seq FROM device WHERE device_id = $1";
        if let Some(row) = self.held.devices.row(id) {
            return Ok(Some(row));
        }
        let row = self.one(sql, &id.0, row::device)?;
        if let Some(row) = &row {
            self.held.devices.hold(*id, row.clone());
        }
        Ok(row)
    }

    fn put_device(&mut self, row: &DeviceRow) -> Result<(), StoreFault> {
        if !self.held.devices.change(&row.id, row) {
            self.write_device(row)?;
            self.held.devices.hold(row.id, row.clone());
        }
        Ok(())
    }

    fn invite(&mut self, id: &InviteId) -> Result<Option<InviteRow>, StoreFault> {
        let sql = "SELECT invite_id, branch_id, invite_pub, role, account_id, expires, guardian, typed, maker, used_by \
                   FROM invite WHERE invite_id = $1";
        self.one(sql, &id.0, row::invite)
    }

    fn put_invite(&mut self, row: &InviteRow) -> Result<(), StoreFault> {
        let sql = "INSERT INTO invite (invite_id, branch_id, invite_pub, role, account_id, expires, guardian, typed, maker, \
                   used_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
                   ON CONFLICT (invite_id) DO UPDATE SET used_by = excluded.used_by";
        let [role, expires, guardian, typed] = ints([
            row.role.number().into(),
            row.expires,
            row.guardian.into(),
            row.typed.into(),
        ]);
        let account = |id: &Option<AccountId>| id.map(|id| id.0.to_vec());
        self.run(async |db| {
            let query = sqlx::query(sql)
                .bind(&row.id.0[..])
                .bind(row.branch.map(|id| id.0.to_vec()));
            let query = query
                .bind(&row.invite_pub.0[..])
                .bind(role)
                .bind(account(&row.account))
                .bind(expires);
            let query = query
                .bind(guardian)
                .bind(typed)
                .bind(account(&row.maker))
                .bind(account(&row.used_by));
            query.execute(db).await.map(drop)
        })
    }

    fn op(&mut self, id: &OpId) -> Result<Option<OpRow>, StoreFault> {
        self.one(OP, &id.0, row::op)
    }

    fn put_op(&mut self, row: &OpRow, bases: &[OpId], to: &[Principal]) -> Result<(), StoreFault> {
        let sql = "INSERT INTO op (op_id, server_seq, server_time, epoch, branch_id, account_id, device_id, device_seq, \
                   record_id, kind, op_hash, header, sig, body, state) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
        let [seq, time, device_seq, kind, state] = ints([
            row.server_seq,
            row.server_time,
            row.device_seq,
            row.kind.into(),
            row.state.number().into(),
        ]);
        self.run(async |db| {
            let query = sqlx::query(sql)
                .bind(&row.op_id.0[..])
                .bind(seq)
                .bind(time)
                .bind(&row.epoch.0[..]);
            let query = query
                .bind(&row.branch.0[..])
                .bind(&row.account.0[..])
                .bind(&row.device.0[..])
                .bind(device_seq);
            let query = query
                .bind(&row.record.0[..])
                .bind(kind)
                .bind(&row.op_hash.0[..])
                .bind(&row.header[..]);
            query
                .bind(&row.sig.0[..])
                .bind(row.body.as_deref())
                .bind(state)
                .execute(&mut *db)
                .await?;
            for base in bases {
                let query = sqlx::query("INSERT INTO op_base (record_id, base_id, op_id) VALUES ($1, $2, $3)");
                query
                    .bind(&row.record.0[..])
                    .bind(&base.0[..])
                    .bind(&row.op_id.0[..])
                    .execute(&mut *db)
                    .await?;
            }
            if to.is_empty() {
                return Ok(());
            }
            // One statement for all of them: a hand-in names four or five.
            let places: Vec<String> = (3..to.len() + 3).map(|n| format!("(${n}, $1, $2)")).collect();
            let sql = format!(
                "INSERT INTO op_to (principal, server_seq, op_id) VALUES {}",
                places.join(", ")
            );
            let query = sqlx::query(AssertSqlSafe(sql)).bind(seq).bind(&row.op_id.0[..]);
            let query = to.iter().fold(query, |query, one| query.bind(&one.0[..]));
            query.execute(db).await.map(drop)
        })
    }

    fn seq_used(&mut self, device: &DeviceId, device_seq: u64) -> Result<bool, StoreFault> {
        if self
            .held
            .devices
            .row(device)
            .is_some_and(|row| row.max_seq < device_seq)
        {
            return Ok(false);
        }
        let [device_seq] = ints([device_seq]);
        let found = self.run(async |db| {
            let query = sqlx::query("SELECT 1 FROM op WHERE device_id = $1 AND device_seq = $2 LIMIT 1");
            query.bind(&device.0[..]).bind(device_seq).fetch_optional(db).await
        })?;
        Ok(found.is_some())
    }

    fn first_of(&mut self, record: &RecordId) -> Result<Option<OpRow>, StoreFault> {
        self.one(FIRST, &record.0, row::op)
    }

    fn leaves(&mut self, record: &RecordId, limit: usize) -> Result<Vec<OpId>, StoreFault> {
        let sql = "SELECT op_id FROM op WHERE record_id = $1 AND NOT EXISTS (SELECT 1 FROM op_base WHERE \
                   op_base.record_id = op.record_id AND op_base.base_id = op.op_id) ORDER BY server_seq LIMIT $2";
        let [limit] = ints([limit as u64]);
        let rows = self.run(async |db| sqlx::query(sql).bind(&record.0[..]).bind(limit).fetch_all(db).await)?;
        all(&rows, |cells| cells.fixed(0).map(OpId))
    }

    fn rows(
        &mut self,
        branch: &BranchId,
        principals: &[Principal],
        after: u64,
        limit: usize,
    ) -> Result<Vec<OpRow>, StoreFault> {
        let [after, limit] = ints([after, limit as u64]);
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
            query.bind(after).bind(limit).fetch_all(db).await
        })?;
        all(&rows, row::op)
    }

    fn heirs(&mut self, record: &RecordId, op: &OpId) -> Result<Vec<OpId>, StoreFault> {
        let sql = "SELECT op_id FROM op_base WHERE record_id = $1 AND base_id = $2";
        let rows = self.run(async |db| {
            let query = sqlx::query(sql).bind(&record.0[..]).bind(&op.0[..]);
            query.fetch_all(db).await
        })?;
        all(&rows, |cells| cells.fixed(0).map(OpId))
    }

    fn acting_on(&mut self, id: &OpId, kind: u16) -> Result<Vec<OpId>, StoreFault> {
        let sql = "SELECT op.op_id FROM op_base JOIN op ON op.op_id = op_base.op_id \
                   WHERE op_base.base_id = $1 AND op.kind = $2 AND op.record_id = op.op_id";
        let rows = self.run(async |db| {
            let query = sqlx::query(sql).bind(&id.0[..]).bind(i64::from(kind));
            query.fetch_all(db).await
        })?;
        all(&rows, |cells| cells.fixed(0).map(OpId))
    }

    fn erase_op(&mut self, op: &OpId) -> Result<(), StoreFault> {
        let sql = "UPDATE op SET body = NULL, state = 2 WHERE op_id = $1";
        let forwards = "UPDATE op SET body = NULL, state = 2 WHERE kind = 12 AND length(body) > 0 AND op_id IN \
                        (SELECT op_id FROM op_base WHERE base_id = $1)";
        for sql in [forwards, sql] {
            self.run(async |db| sqlx::query(sql).bind(&op.0[..]).execute(db).await.map(drop))?;
        }
        Ok(())
    }

    fn erase_record(&mut self, record: &RecordId, but: &OpId) -> Result<(), StoreFault> {
        let sql = "UPDATE op SET body = NULL, state = 2 WHERE record_id = $1 AND op_id <> $2";
        let forwards = "UPDATE op SET body = NULL, state = 2 WHERE kind = 12 AND length(body) > 0 AND op_id IN \
                        (SELECT op_base.op_id FROM op_base JOIN op AS origin ON origin.op_id = op_base.base_id \
                        WHERE origin.record_id = $1 AND origin.op_id <> $2)";
        for sql in [forwards, sql] {
            self.run(async |db| {
                let query = sqlx::query(sql).bind(&record.0[..]).bind(&but.0[..]);
                query.execute(db).await.map(drop)
            })?;
        }
        Ok(())
    }

    fn erase_account(&mut self, account: &AccountId) -> Result<(), StoreFault> {
        let sql = "UPDATE op SET body = NULL, state = 2 WHERE account_id = $1 AND kind IN (1, 2, 3, 4, 11, 12, 18)";
        let forwards = "UPDATE op SET body = NULL, state = 2 WHERE kind = 12 AND length(body) > 0 AND op_id IN \
                        (SELECT op_base.op_id FROM op_base JOIN op AS origin ON origin.op_id = op_base.base_id \
                        WHERE origin.account_id = $1)";
        for sql in [forwards, sql] {
            self.run(async |db| sqlx::query(sql).bind(&account.0[..]).execute(db).await.map(drop))?;
        }
        Ok(())
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
        let [after, limit] = ints([after, limit as u64]);
        let rows = self.run(async |db| {
            let query = sqlx::query(ACCESSES).bind(&account.0[..]).bind(after).bind(limit);
            query.fetch_all(db).await
        })?;
        all(&rows, row::access)
    }

    fn put_log(&mut self, row: &LogRow) -> Result<(), StoreFault> {
        self.held.log = Some((row.n, row.hash));
        let [n, time] = ints([row.n, row.time]);
        self.run(async |db| {
            let query =
                sqlx::query("INSERT INTO log (n, time, actor, action, target, hash) VALUES ($1, $2, $3, $4, $5, $6)");
            let query = query
                .bind(n)
                .bind(time)
                .bind(&row.actor.0[..])
                .bind(row.action)
                .bind(&row.target.0[..]);
            query.bind(&row.hash[..]).execute(db).await.map(drop)
        })
    }
}

/// Closes a connection that only read.
pub async fn close(db: AnyConnection) {
    let _ = db.close().await;
}
