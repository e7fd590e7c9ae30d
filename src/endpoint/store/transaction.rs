//! The transaction: its lock, several letters in one, and what is written once at a letter's end.
//!
//! Invariant: the write lock is taken before anything is read; nothing is claimed before `commit` or `flush` returned.

use super::row::{self, Cells, ints};
use super::{Held, Sql};
use crate::database::{Engine, engine};
use sync::endpoint::{AccountRow, Counter, DeviceRow, Store, StoreFault};

/// A transaction for several letters.
#[derive(Clone, Copy, Default)]
pub struct Together {
    pub begun: bool,
    /// A letter in it has written something that is to stay.
    pub written: bool,
}

impl Sql {
    /// From here on each `begin` and `commit` is a part of one transaction, which `flush` ends.
    pub fn together(&mut self) {
        self.rollback();
        self.together = Some(Together::default());
    }

    /// Makes everything since `together` durable at once. Only after this may any of it be claimed.
    pub fn flush(&mut self) -> Result<(), StoreFault> {
        self.rollback();
        self.held = Held::default();
        match self.together.take() {
            Some(Together { written: true, .. }) => self.count("COMMIT"),
            Some(Together { begun: true, .. }) => self.count("ROLLBACK"),
            _ => Ok(()),
        }
    }

    /// Undoes everything since `together`.
    pub fn undo(&mut self) {
        self.open = false;
        self.held = Held::default();
        if self.together.take().is_some_and(|together| together.begun) {
            // A failed statement may have rolled back already; then this one fails and nothing is lost.
            let _ = self.count("ROLLBACK");
        }
    }

    /// Begins the transaction itself and takes the write lock: no two writers ever judge the same leaves. On PostgreSQL the counter's
    /// row would be lock enough, but whoever has just committed may take a row again before a waiting endpoint wakes, for seconds on
    /// end; the table's lock is given in the order in which it was asked for, and lets readers pass.
    pub(super) fn lock(&mut self) -> Result<(), StoreFault> {
        let sql = match engine(&self.db) {
            Engine::Sqlite => "BEGIN IMMEDIATE",
            Engine::Postgres => "BEGIN; LOCK TABLE counter IN EXCLUSIVE MODE",
        };
        self.run(async |db| sqlx::raw_sql(sql).execute(db).await.map(drop))
    }

    /// The counter's row.
    pub(super) fn counter(&mut self) -> Result<Counter, StoreFault> {
        if let Some(counter) = self.held.counter {
            return Ok(counter);
        }
        let sql = "SELECT seq, epoch, watermark FROM counter WHERE id = 1";
        let row = self.run(async |db| sqlx::query(sql).fetch_one(db).await)?;
        self.held.counter = row::counter(&Cells(&row));
        self.held.counter.ok_or(StoreFault::Bug)
    }

    /// Writes the accounts and devices that were changed and only held so far.
    pub(super) fn settle(&mut self) -> Result<(), StoreFault> {
        for row in self.held.accounts.changed() {
            self.write_account(&row)?;
        }
        for row in self.held.devices.changed() {
            self.write_device(&row)?;
        }
        Ok(())
    }

    pub(super) fn write_account(&mut self, row: &AccountRow) -> Result<(), StoreFault> {
        let sql = "INSERT INTO account (account_id, branch_id, age_pub, sign_pub, role, state, class, entitlement, \
                   had_revoked, revoked, guardian, maker, bytes) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) \
                   ON CONFLICT (account_id) DO UPDATE SET role = excluded.role, state = excluded.state, \
                   class = excluded.class, entitlement = excluded.entitlement, had_revoked = excluded.had_revoked, \
                   revoked = excluded.revoked, guardian = excluded.guardian, maker = excluded.maker, bytes = excluded.bytes";
        let [role, state, class] = ints([
            row.role.number().into(),
            row::standing_number(row.standing),
            row.class.number().into(),
        ]);
        let [entitlement, had_revoked, revoked, guardian, bytes] = ints([
            row.entitlement,
            row.had_revoked.into(),
            row.revoked.into(),
            row.guardian.into(),
            row.bytes,
        ]);
        self.run(async |db| {
            let query = sqlx::query(sql)
                .bind(&row.id.0[..])
                .bind(&row.branch.0[..])
                .bind(&row.age_pub.0[..]);
            let query = query
                .bind(&row.sign_pub.0[..])
                .bind(role)
                .bind(state)
                .bind(class)
                .bind(entitlement);
            let query = query.bind(had_revoked).bind(revoked).bind(guardian);
            query
                .bind(row.maker.as_ref().map(|id| &id.0[..]))
                .bind(bytes)
                .execute(db)
                .await
                .map(drop)
        })
    }

    pub(super) fn write_device(&mut self, row: &DeviceRow) -> Result<(), StoreFault> {
        let sql = "INSERT INTO device (device_id, account_id, device_pub, cert, closed, max_seq) VALUES ($1, $2, $3, $4, $5, $6) \
                   ON CONFLICT (device_id) DO UPDATE SET closed = excluded.closed, max_seq = excluded.max_seq";
        let [closed, max_seq] = ints([row.closed.into(), row.max_seq]);
        self.run(async |db| {
            let query = sqlx::query(sql)
                .bind(&row.id.0[..])
                .bind(&row.account.0[..])
                .bind(&row.device_pub.0[..]);
            query
                .bind(&row.certificate.0[..])
                .bind(closed)
                .bind(max_seq)
                .execute(db)
                .await
                .map(drop)
        })
    }
}
