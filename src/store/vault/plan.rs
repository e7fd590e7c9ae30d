//! From a change to sealed rows.
//!
//! Invariant: the counters in the plan are those on the disk plus this change, so the plan is made in the writer's turn; every row
//! is sealed here, before the transaction opens; a draft beyond the limits is refused before anything is written. Deliberately not
//! here: the turn and the transaction (`write`).

use super::past::{self, Past};
use super::{Vault, copy};
use crate::browser;
use crate::change::{Act, Change};
use crate::counts::{Counts, DraftRow, Faults, PastRow, PlacedRow};
use crate::fault::Fault;
use crate::idb::{Batch, Key, Store};
use crate::seal::RowKeys;
use sync::Fields;
use sync::client::{OutRow, OutState};
use sync::draft::Draft;
use sync::id::RecordId;
use sync::shape;

const MOST_FIELDS: usize = 4_000;
const LONGEST_FIELD: usize = 20_000;
const LARGEST_ROW: usize = 512 * 1024;

/// Sealed rows, and what this tab knows once they are stored.
pub(super) struct Plan<'a> {
    vault: &'a Vault,
    keys: &'a RowKeys,
    pub(super) batch: Batch,
    pub(super) counts: Counts,
    pub(super) pasts: Vec<(RecordId, Past)>,
    pub(super) has_draft: bool,
    pub(super) faults: Faults,
    settings: Option<Fields>,
}

impl<'a> Plan<'a> {
    pub(super) async fn of(vault: &'a Vault, keys: &'a RowKeys, change: Change) -> Result<Self, Fault> {
        let counts = vault.counts_or_known(keys).await?;
        let batch = Batch::default();
        let mut plan = Self {
            vault,
            keys,
            batch,
            counts,
            pasts: Vec::new(),
            has_draft: false,
            faults: vault.0.disk.faults(),
            settings: None,
        };
        plan.counts.writes += 1;
        for act in change.0 {
            plan.add(act).await?;
        }
        if let Some(settings) = plan.settings.take() {
            plan.put(Store::Meta, Key::new("settings"), &shape::encode(&settings))?;
        }
        if plan.faults != Faults::default() {
            let faults = vault.faults_stored(keys).await?.plus(plan.faults);
            plan.put(Store::Meta, Key::new("health"), &shape::encode(&faults))?;
        }
        let counts = shape::encode(&plan.counts);
        plan.put(Store::Meta, Key::new("counts"), &counts)?;
        Ok(plan)
    }

    async fn add(&mut self, act: Act) -> Result<(), Fault> {
        match act {
            Act::Draft(draft) => self.draft(&draft).await,
            Act::DropDraft(record_id) => self.drop_draft(record_id).await,
            Act::KeepText(record_id) => self.keep_text(record_id),
            Act::Outgoing(outgoing) => self.newly_out(&OutRow::new(outgoing)),
            Act::OutRow(row) => {
                let key = Key::new(self.keys.row_name(&row.out.op_id.0));
                match self.vault.row(self.keys, Store::Outbox, &key).await? {
                    Some(old) => {
                        let old = old.ok().and_then(|old| shape::whole::<PlacedRow>(&old).ok());
                        self.out_row(&row, old.map_or(0, |old| old.place))
                    }
                    None if row.state == OutState::Waiting => self.newly_out(&row),
                    None => Ok(()),
                }
            }
            Act::Receipt(op) => {
                let key = Key::new(self.keys.row_name(&op.out.op_id.0));
                self.counts.ops += u64::from(!self.exists(Store::Ops, &key).await?);
                if self.exists(Store::Outbox, &key).await? {
                    self.counts.outbox = self.counts.outbox.saturating_sub(1);
                }
                self.put(Store::Ops, key.clone(), &op.encode())?;
                self.batch.delete(Store::Outbox, key);
                Ok(())
            }
            Act::Pulled(op) => {
                let key = Key::new(self.keys.row_name(&op.out.op_id.0));
                self.counts.ops += u64::from(!self.exists(Store::Ops, &key).await?);
                self.put(Store::Ops, key, &op.encode())
            }
            Act::OwnDevice => {
                copy::owns_device(&mut self.batch);
                Ok(())
            }
            Act::Row(store, key, Some(clear)) => self.put(store, key, &clear),
            Act::Row(store, key, None) => {
                self.batch.delete(store, key);
                Ok(())
            }
            Act::Setting(name, value) => {
                if self.settings.is_none() {
                    self.settings = Some(self.vault.settings(self.keys).await?);
                }
                self.settings.get_or_insert_default().insert(name, value);
                Ok(())
            }
            Act::Recount => {
                let writes = self.counts.writes;
                self.counts = self.vault.recount(self.keys).await?;
                self.counts.writes = self.counts.writes.max(writes) + 1;
                Ok(())
            }
        }
    }

    async fn draft(&mut self, draft: &Draft) -> Result<(), Fault> {
        let too_long = draft.fields.values().any(|text| text.len() > LONGEST_FIELD);
        let text = draft.encode();
        if too_long || draft.fields.len() > MOST_FIELDS || text.len() > LARGEST_ROW {
            return Err(Fault::TooBig);
        }
        self.has_draft = true;
        let name = self.keys.row_name(&draft.record_id.0);
        let mut past = self.vault.past(self.keys, &draft.record_id, &name).await?;
        if past.is_due(browser::now_s(), &text) {
            self.keep(&name, &mut past)?;
        }
        past.wrote(text.clone());
        self.pasts.push((draft.record_id, past));
        let row = DraftRow {
            write: self.counts.writes,
            draft: text,
        };
        self.counts.drafts.set(draft.record_id, self.counts.writes);
        self.put(Store::Drafts, Key::new(name), &shape::encode(&row))
    }

    async fn drop_draft(&mut self, record_id: RecordId) -> Result<(), Fault> {
        let name = self.keys.row_name(&record_id.0);
        for key in self.vault.past_keys(&name).await? {
            self.batch.delete(Store::Past, key);
        }
        self.batch.delete(Store::Drafts, Key::new(name));
        self.counts.drafts.forget(&record_id);
        self.pasts.push((record_id, Past::default()));
        Ok(())
    }

    fn keep_text(&mut self, record_id: RecordId) -> Result<(), Fault> {
        let known = self.vault.0.pasts.borrow().known(&record_id);
        let Some(mut past) = known else { return Ok(()) };
        self.keep(&self.keys.row_name(&record_id.0), &mut past)?;
        self.pasts.push((record_id, past));
        Ok(())
    }

    /// Puts the text before this change among the earlier ones, and lets the oldest of more than 200 go.
    fn keep(&mut self, name: &str, past: &mut Past) -> Result<(), Fault> {
        let Some((number, draft)) = past.kept(browser::now_s()) else {
            return Ok(());
        };
        let row = PastRow {
            kept_s: browser::now_s(),
            draft,
        };
        self.put(Store::Past, past::key(name, number), &shape::encode(&row))?;
        if let Some(oldest) = number.checked_sub(past::MOST) {
            self.batch.delete(Store::Past, past::key(name, oldest));
        }
        Ok(())
    }

    fn newly_out(&mut self, row: &OutRow) -> Result<(), Fault> {
        self.counts.last_place += 1;
        self.counts.outbox += 1;
        self.out_row(row, self.counts.last_place)
    }

    fn out_row(&mut self, row: &OutRow, place: u64) -> Result<(), Fault> {
        let key = Key::new(self.keys.row_name(&row.out.op_id.0));
        self.put(
            Store::Outbox,
            key,
            &shape::encode(&PlacedRow {
                place,
                row: row.encode(),
            }),
        )
    }

    async fn exists(&self, store: Store, key: &Key) -> Result<bool, Fault> {
        let found = self.vault.0.disk.row(store, key).await?;
        Ok(found.is_some())
    }

    fn put(&mut self, store: Store, key: Key, clear: &[u8]) -> Result<(), Fault> {
        let row = self.keys.seal(store, &key, clear)?;
        self.batch.put(store, key, row);
        Ok(())
    }
}
