//! Reading an unlocked vault.
//!
//! Invariant: a row that does not open hides no other; it is left out here and named by `Vault::health`. Deliberately not here:
//! writing, judging what is missing.

use super::Vault;
use crate::browser;
use crate::counts::{Counts, DraftRow, Faults, PlacedRow};
use crate::fault::Fault;
use crate::idb::{Key, Store};
use crate::seal::{RowKeys, Unopened};
use crate::wait::Wait;
use sync::Fields;
use sync::client::{KeptOp, Mail, OutRow, Pulled};
use sync::draft::Draft;
use sync::shape;
use zeroize::Zeroizing;

/// Rows opened in one go; then the page answers the person first. A secretary's vault has thousands.
const SLICE: usize = 128;

/// A row's clear bytes, or why it gave none.
pub(super) type Opened = Result<Zeroizing<Vec<u8>>, Unopened>;

impl Vault {
    /// Account and device keys as [`sync::client::Identity`] encodes them; `None` before enrolment.
    pub async fn read_self(&self) -> Result<Option<Zeroizing<Vec<u8>>>, Fault> {
        self.meta("self").await
    }

    /// All drafts that can be read.
    pub async fn read_drafts(&self) -> Result<Vec<Draft>, Fault> {
        let rows = self.opened(&self.keys()?.rows, Store::Drafts).await?;
        let drafts = rows
            .iter()
            .filter_map(|(_, row)| shape::whole::<DraftRow>(row.as_ref().ok()?).ok());
        Ok(drafts.filter_map(|row| Draft::decode(&row.draft).ok()).collect())
    }

    /// The outbox in the order of cutting.
    pub async fn read_outbox(&self) -> Result<Vec<OutRow>, Fault> {
        let rows = self.opened(&self.keys()?.rows, Store::Outbox).await?;
        let placed = rows
            .iter()
            .filter_map(|(_, row)| shape::whole::<PlacedRow>(row.as_ref().ok()?).ok());
        let mut outbox: Vec<(u64, OutRow)> = Vec::new();
        for (place, row) in placed.filter_map(|placed| Some((placed.place, OutRow::decode(&placed.row).ok()?))) {
            outbox.insert(outbox.partition_point(|(before, _)| *before <= place), (place, row));
        }
        Ok(outbox.into_iter().map(|(_, row)| row).collect())
    }

    /// Ops with receipts, in the order of the endpoint, and ops that came from there.
    pub async fn read_ops(&self) -> Result<(Vec<KeptOp>, Vec<Pulled>), Fault> {
        let rows = self.opened(&self.keys()?.rows, Store::Ops).await?;
        let (mut ops, mut pulled): (Vec<KeptOp>, Vec<Pulled>) = (Vec::new(), Vec::new());
        for row in rows.iter().filter_map(|(_, row)| row.as_ref().ok()) {
            match KeptOp::decode(row) {
                Ok(op) => {
                    let at = ops.partition_point(|before| before.first.server_seq <= op.first.server_seq);
                    ops.insert(at, op);
                }
                Err(_) => pulled.extend(Pulled::decode(row)),
            }
        }
        Ok((ops, pulled))
    }

    /// Whether another tab has written since this one asked last. Then what was read is read again before anything is made from it.
    pub async fn is_behind(&self) -> Result<bool, Fault> {
        let stored = self.stored_counts(&self.keys()?.rows).await?;
        let writes = stored.map_or(0, |counts| counts.writes);
        Ok(self.0.seen.replace(writes) != writes)
    }

    /// What is known about the endpoint's side; the beginning when nothing is.
    pub async fn read_mail(&self) -> Result<Mail, Fault> {
        let row = self.meta("cursor").await?;
        row.map_or_else(
            || Ok(Mail::default()),
            |row| Mail::decode(&row).map_err(|_| Fault::Newer),
        )
    }

    /// What went wrong with the database of this vault so far.
    pub async fn read_faults(&self) -> Result<Faults, Fault> {
        let stored = self.faults_stored(&self.keys()?.rows).await?;
        Ok(stored.plus(self.0.disk.faults()))
    }

    pub(super) async fn faults_stored(&self, keys: &RowKeys) -> Result<Faults, Fault> {
        let row = self.row(keys, Store::Meta, &Key::new("health")).await?;
        Ok(row
            .and_then(Result::ok)
            .and_then(|clear| shape::whole(&clear).ok())
            .unwrap_or_default())
    }

    /// A setting of this vault.
    pub async fn read_setting(&self, name: &str) -> Result<Option<String>, Fault> {
        let mut settings = self.settings(&self.keys()?.rows).await?;
        Ok(settings.remove(name))
    }

    pub(super) async fn settings(&self, keys: &RowKeys) -> Result<Fields, Fault> {
        let row = self.row(keys, Store::Meta, &Key::new("settings")).await?;
        Ok(row
            .and_then(Result::ok)
            .and_then(|clear| shape::whole(&clear).ok())
            .unwrap_or_default())
    }

    async fn meta(&self, key: &str) -> Result<Option<Zeroizing<Vec<u8>>>, Fault> {
        match self.row(&self.keys()?.rows, Store::Meta, &Key::new(key)).await? {
            None => Ok(None),
            Some(Ok(clear)) => Ok(Some(clear)),
            Some(Err(Unopened::Damaged)) => Err(Fault::Broken),
            Some(Err(Unopened::OtherFormat(_))) => Err(Fault::Newer),
        }
    }

    /// One row.
    pub(super) fn row<'a>(
        &'a self,
        keys: &'a RowKeys,
        store: Store,
        key: &'a Key,
    ) -> Wait<'a, Result<Option<Opened>, Fault>> {
        Box::pin(async move {
            let row = self.0.disk.row(store, key).await?;
            Ok(row.map(|row| keys.open(store, key, &row)))
        })
    }

    /// All rows of a store.
    pub(super) fn opened<'a>(&'a self, keys: &'a RowKeys, store: Store) -> Wait<'a, Result<Vec<(Key, Opened)>, Fault>> {
        Box::pin(async move {
            let rows = self.0.disk.rows(store).await?;
            let mut all = Vec::with_capacity(rows.len());
            for (key, row) in rows {
                if all.len() % SLICE == SLICE - 1 {
                    browser::pause(0).await;
                }
                let opened = keys.open(store, &key, &row);
                all.push((key, opened));
            }
            Ok(all)
        })
    }

    /// The counters on the disk; `None` when they are missing or do not open.
    pub(super) async fn stored_counts(&self, keys: &RowKeys) -> Result<Option<Counts>, Fault> {
        let row = self.row(keys, Store::Meta, &Key::new("counts")).await?;
        Ok(row.and_then(Result::ok).and_then(|clear| shape::whole(&clear).ok()))
    }

    /// The counters on the disk, or what this tab knew: a lost counter row must not stop a save.
    pub(super) async fn counts_or_known(&self, keys: &RowKeys) -> Result<Counts, Fault> {
        let stored = self.stored_counts(keys).await?;
        Ok(stored.unwrap_or_else(|| self.0.counts.borrow().clone()))
    }
}
