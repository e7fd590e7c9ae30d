//! What should be in the vault and is not (storage design §5, S2 to S5).
//!
//! Invariant: while a loss waits for the person's word the witness is not written, so that it goes on saying what was there.
//! Deliberately not here: vaults that are gone altogether (`witness::lost_vaults`).

use super::Vault;
use super::read::Opened;
use crate::change::{Act, Change};
use crate::counts::{Counts, DraftRow, PlacedRow, Writes};
use crate::fault::{Fault, Loss};
use crate::idb::{Key, Store};
use crate::seal::{RowKeys, Unopened};
use crate::witness::{self, Witness};
use sync::client::{KeptOp, OutRow, Pulled};
use sync::draft::Draft;
use sync::shape;

/// What is on the disk, as far as it opens.
struct Found {
    /// Names of all rows of drafts, open or not.
    names: Vec<Key>,
    drafts: Writes,
    outbox: (u64, u64),
    ops: u64,
    unreadable: u64,
    newer: u64,
}

impl Vault {
    /// Compares the vault with its own counters and with the witness. To be asked once after unlocking: until it has found nothing
    /// missing, or [`Vault::accept_losses`] was called, the witness stays as it is.
    pub async fn health(&self) -> Result<Vec<Loss>, Fault> {
        let keys = self.keys()?;
        let turn = self.turn().await?;
        let stored = self.stored_counts(&keys.rows).await?;
        let found = self.found(&keys.rows).await?;
        drop(turn);
        let witness = witness::read(&self.0.db_id, &keys.rows);
        let losses = judge(stored.as_ref(), &found, witness.as_ref(), &keys.rows);
        *self.0.counts.borrow_mut() = stored.unwrap_or_else(|| found.counts(witness.as_ref()));
        if losses.is_empty() {
            self.0.pen.free();
            self.0.pen.write(&self.0.db_id, &self.0.counts.borrow(), &keys.rows);
        }
        Ok(losses)
    }

    /// The person has read what is missing and goes on: counters and witness are set to what is there. If that cannot be stored
    /// now, the loss is said again at the next start.
    pub fn accept_losses(&self) {
        let vault = self.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let _ = vault.recounted().await;
        });
    }

    pub(crate) async fn recounted(&self) -> Result<(), Fault> {
        self.commit(Change(vec![Act::Recount])).await?;
        self.0.pen.free();
        self.0
            .pen
            .write(&self.0.db_id, &self.0.counts.borrow(), &self.keys()?.rows);
        Ok(())
    }

    /// Counters of what is there. In the writer's turn.
    pub(super) async fn recount(&self, keys: &RowKeys) -> Result<Counts, Fault> {
        let witness = witness::read(&self.0.db_id, keys);
        Ok(self.found(keys).await?.counts(witness.as_ref()))
    }

    async fn found(&self, keys: &RowKeys) -> Result<Found, Fault> {
        let mut found = Found {
            names: Vec::new(),
            drafts: Writes::default(),
            outbox: (0, 0),
            ops: 0,
            unreadable: 0,
            newer: 0,
        };
        for (name, row) in self.opened(keys, Store::Drafts).await? {
            found.names.push(name);
            let read = |clear: &[u8]| {
                let row: DraftRow = shape::whole(clear).ok()?;
                Some((Draft::decode(&row.draft).ok()?.record_id, row.write))
            };
            let draft = found.read(&row, read);
            if let Some((record_id, write)) = draft {
                found.drafts.set(record_id, write);
            }
        }
        for (_, row) in self.opened(keys, Store::Outbox).await? {
            let read = |clear: &[u8]| {
                let row: PlacedRow = shape::whole(clear).ok()?;
                OutRow::decode(&row.row).ok().map(|_| row.place)
            };
            let place = found.read(&row, read).unwrap_or(0);
            found.outbox = (found.outbox.0 + 1, found.outbox.1.max(place));
        }
        for (_, row) in self.opened(keys, Store::Ops).await? {
            found.ops += 1;
            found.read(&row, |clear| {
                KeptOp::decode(clear).map(drop).or(Pulled::decode(clear).map(drop)).ok()
            });
        }
        Ok(found)
    }
}

impl Found {
    /// A row that opens but is not understood was written by a newer release: nobody else has the key.
    fn read<T>(&mut self, row: &Opened, read: impl Fn(&[u8]) -> Option<T>) -> Option<T> {
        match row {
            Err(Unopened::Damaged) => {
                self.unreadable += 1;
                None
            }
            Err(Unopened::OtherFormat(_)) => {
                self.newer += 1;
                None
            }
            Ok(clear) => {
                let value = read(clear);
                self.newer += u64::from(value.is_none());
                value
            }
        }
    }

    fn counts(&self, witness: Option<&Witness>) -> Counts {
        let seen = witness.map_or(0, |witness| witness.r);
        Counts {
            writes: self.drafts.newest().max(seen),
            drafts: self.drafts.clone(),
            outbox: self.outbox.0,
            ops: self.ops,
            last_place: self.outbox.1.max(witness.map_or(0, Witness::last_place)),
        }
    }
}

fn judge(stored: Option<&Counts>, found: &Found, witness: Option<&Witness>, keys: &RowKeys) -> Vec<Loss> {
    let mut losses = Vec::new();
    let counts = stored.cloned().unwrap_or_default();
    // A draft newer than the counters shows that the counters were put back.
    let newest = found.drafts.newest();
    let (seen, day) = witness.map_or((0, String::new()), |witness| (witness.r, witness.t.clone()));
    let behind = seen.max(newest).saturating_sub(counts.writes);
    if behind > 0 {
        losses.push(Loss::OlderVault { writes: behind, day });
    }
    for (record_id, write) in counts.drafts.iter() {
        match found.drafts.of(&record_id) {
            Some(there) if there < write => losses.push(Loss::OlderDraft { record_id }),
            Some(_) => {}
            // A row that is there and does not open is counted below.
            None if found
                .names
                .iter()
                .any(|name| name.as_str() == keys.row_name(&record_id.0)) => {}
            None => losses.push(Loss::Draft { record_id }),
        }
    }
    if counts.outbox > found.outbox.0 {
        losses.push(Loss::Outbox {
            missing: counts.outbox - found.outbox.0,
        });
    }
    if counts.ops > found.ops {
        losses.push(Loss::Ops {
            missing: counts.ops - found.ops,
        });
    }
    if found.unreadable > 0 {
        losses.push(Loss::Unreadable { rows: found.unreadable });
    }
    if found.newer > 0 {
        losses.push(Loss::Newer { rows: found.newer });
    }
    losses
}
