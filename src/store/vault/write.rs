//! The one way to change a vault.
//!
//! Invariant: one writer at a time among all tabs (the counters are read, raised and written in one turn); a [`Committed`] is given
//! only after the strict transaction; the witness follows it. Deliberately not here: which rows a change needs (`plan`), the
//! transaction itself (`idb`).

use super::Vault;
use super::plan::Plan;
use crate::change::{Act, Change};
use crate::fault::Fault;
use crate::wait::Wait;
use crate::{lock, space};

/// Proof that a change is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Committed {
    /// Number of this write in the life of the vault, from 1.
    pub write: u64,
}

impl Vault {
    /// Stores a change in one strict transaction. On an error nothing of it is stored, and what was typed is still the caller's.
    pub fn commit(&self, change: Change) -> Wait<'_, Result<Committed, Fault>> {
        Box::pin(self.store(change))
    }

    async fn store(&self, change: Change) -> Result<Committed, Fault> {
        self.keys()?;
        let turn = self.turn().await?;
        let keys = self.keys()?;
        let plan = Plan::of(self, &keys.rows, change).await?;
        let stored = self.0.disk.commit(&plan.batch).await;
        drop(turn);
        if !self.is_open() {
            // Locked meanwhile: the last text went through, the connection goes too.
            self.0.disk.close();
        }
        stored?;
        self.0.disk.faults_stored(plan.faults);
        let write = plan.counts.writes;
        if self.0.seen.get() + 1 == write {
            self.0.seen.set(write);
        }
        self.0.pen.note(&self.0.db_id, &plan.counts, &keys.rows);
        *self.0.counts.borrow_mut() = plan.counts;
        if self.is_open() {
            self.0.pasts.borrow_mut().learn(plan.pasts);
        }
        if plan.has_draft {
            space::ask_once();
        }
        Ok(Committed { write })
    }

    /// The turn in which one tab reads the counters and writes.
    pub(super) async fn turn(&self) -> Result<lock::Held, Fault> {
        lock::hold(&format!("write:{}", self.0.db_id)).await
    }

    /// At lock: the newest texts become earlier ones.
    pub(super) async fn keep_texts(&self) {
        let records = self.0.pasts.borrow().not_kept();
        if !records.is_empty() {
            // An earlier text is a comfort: a full disk must not stop the lock.
            let _ = self
                .commit(Change(records.into_iter().map(Act::KeepText).collect()))
                .await;
        }
    }
}
