//! The transaction: its lock, several letters in one, and what of it is undone with one letter.
//!
//! Invariant: the write lock is taken before anything is read; nothing is claimed before `commit` or `flush` returned. What letters
//! store is held until the transaction ends (`store::write`), so a letter that fails is undone in memory; only one that had to write at
//! once needs a savepoint.

use super::row::{self, Cells};
use super::{Foreseen, Held, Sql};
use crate::database::{Engine, engine};
use sync::endpoint::{Counter, Named, Store, StoreFault};

/// A transaction for several letters.
#[derive(Default)]
pub struct Together {
    pub begun: bool,
    /// A letter in it has stored something that is to stay.
    pub written: bool,
    /// What was held, and how much was pending, before the letter at work.
    pub before: (Held, (usize, usize)),
    /// The letter at work has written at once.
    pub savepoint: bool,
}

impl Sql {
    /// From here on each `begin` and `commit` is a part of one transaction, which `flush` ends.
    pub fn together(&mut self) {
        self.rollback();
        self.together = Some(Together::default());
    }

    /// What the letters of the next transaction name, to be looked up at once when it has begun.
    pub fn foresee(&mut self, letters: Vec<Named>) {
        self.coming = letters;
    }

    /// Makes everything since `together` durable at once. Only after this may any of it be claimed.
    pub fn flush(&mut self) -> Result<(), StoreFault> {
        self.rollback();
        match &self.together {
            Some(Together { written: true, .. }) => {
                self.write_out()?;
                self.count("COMMIT")?;
            }
            Some(Together { begun: true, .. }) => self.count("ROLLBACK")?,
            _ => {}
        }
        self.together = None;
        self.forget();
        Ok(())
    }

    /// Undoes everything since `together`.
    pub fn undo(&mut self) {
        self.open = false;
        self.forget();
        if self.together.take().is_some_and(|together| together.begun) {
            // A failed statement may have rolled back already; then this one fails and nothing is lost.
            let _ = self.count("ROLLBACK");
        }
    }

    /// Forgets what was held of a transaction.
    pub(super) fn forget(&mut self) {
        self.held = Held::default();
        self.foreseen = Foreseen::default();
        self.pending.take();
    }

    /// Begins the transaction itself, takes the write lock and looks ahead: no two writers ever judge the same leaves. On PostgreSQL the
    /// counter's row would be lock enough, but whoever has just committed may take a row again before a waiting endpoint wakes, for
    /// seconds on end; the table's lock is given in the order in which it was asked for, and lets readers pass.
    pub(super) fn lock(&mut self) -> Result<(), StoreFault> {
        let sql = match engine(&self.db) {
            Engine::Sqlite => "BEGIN IMMEDIATE",
            Engine::Postgres => "BEGIN; LOCK TABLE counter IN EXCLUSIVE MODE",
        };
        let coming = std::mem::take(&mut self.coming);
        self.run(async |db| sqlx::raw_sql(sql).execute(db).await.map(drop))?;
        self.open = true;
        self.look_ahead(&coming)
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

    /// Before a statement that cannot wait: everything held is written, and what earlier letters stored so that it stays when the
    /// letter at work is undone.
    pub(super) fn write_at_once(&mut self) -> Result<(), StoreFault> {
        if let Some(together) = &mut self.together
            && !together.savepoint
        {
            together.savepoint = true;
            let (before, mark) = std::mem::take(&mut together.before);
            let mine = self.pending.split_off(mark);
            let held = std::mem::replace(&mut self.held, before);
            self.write_out()?;
            self.count("SAVEPOINT letter")?;
            // What earlier letters changed is marked in `held` still, and written once more.
            let before = std::mem::replace(&mut self.held, held);
            self.pending = mine;
            if let Some(together) = &mut self.together {
                together.before = (before, (0, 0));
            }
        }
        self.write_out()
    }
}
