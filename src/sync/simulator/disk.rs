//! What a phone has on its disk and what a tab has in memory. Rows pass through their codecs at every commit, as they do in a vault.
//!
//! Invariant: a commit is whole or not at all, and writes only the rows that changed. Not here: what the app does with them (`phone`).

use crate::client::{Change, Identity, KeptOp, Load, Mail, OutRow, Outgoing, Packed, Pulled, View};
use crate::draft::Draft;
use crate::id::{OpId, ParcelId};
use std::collections::BTreeMap;

/// A vault's rows, as bytes.
#[derive(Clone, Default)]
pub struct Disk {
    who: Vec<u8>,
    draft: Vec<u8>,
    mail: Vec<u8>,
    /// With its place in the order of cutting.
    outbox: BTreeMap<OpId, (u64, Vec<u8>)>,
    ops: BTreeMap<OpId, Vec<u8>>,
    parcels: BTreeMap<ParcelId, Vec<u8>>,
    last_place: u64,
    /// Transactions so far: tells a tab whether another one wrote.
    pub writes: u64,
    /// The newer app is installed.
    pub updated: bool,
}

/// A tab's memory.
#[derive(Clone)]
pub struct Memory {
    pub who: Identity,
    pub draft: Draft,
    pub mail: Mail,
    pub outbox: Vec<OutRow>,
    pub kept: Vec<KeptOp>,
    pub pulled: Vec<Pulled>,
    pub packed: Vec<Packed>,
    pub loads: Vec<Load>,
    writes: u64,
}

/// One transaction's worth.
#[derive(Clone, Default)]
pub struct Writing {
    pub who: Option<Identity>,
    pub draft: Option<Draft>,
    pub cut: Vec<Outgoing>,
    pub change: Option<Change>,
    /// Rows of the store of parcels; none: the row goes.
    pub parcels: Vec<(ParcelId, Option<Vec<u8>>)>,
}

impl Disk {
    /// One strict transaction.
    pub fn commit(&mut self, writing: &Writing) {
        self.writes += 1;
        if let Some(who) = &writing.who {
            self.who = who.encode().to_vec();
        }
        if let Some(draft) = &writing.draft {
            self.draft = draft.encode();
        }
        for out in &writing.cut {
            self.put(&OutRow::new(out.clone()));
        }
        for (id, row) in &writing.parcels {
            match row {
                Some(row) => drop(self.parcels.insert(*id, row.clone())),
                None => drop(self.parcels.remove(id)),
            }
        }
        let Some(change) = &writing.change else { return };
        for row in &change.outbox {
            self.put(row);
        }
        let kept = change.kept.iter().map(|row| (row.out.op_id, row.encode()));
        self.ops
            .extend(kept.chain(change.pulled.iter().map(|row| (row.out.op_id, row.encode()))));
        change.done.iter().for_each(|id| drop(self.outbox.remove(id)));
        self.mail = change.mail.encode();
    }

    fn put(&mut self, row: &OutRow) {
        let new = self.last_place + 1;
        let (place, bytes) = self.outbox.entry(row.out.op_id).or_insert((new, vec![]));
        self.last_place = self.last_place.max(*place);
        *bytes = row.encode();
    }

    /// The first of the two transactions of a broken phone: rows of the outbox go before anything was put.
    pub fn delete_first(&mut self, change: &Change) {
        change.done.iter().for_each(|id| drop(self.outbox.remove(id)));
    }

    /// As it stands in a backup file, which leaves parcels out.
    pub fn without_parcels(&self) -> Self {
        let parcels = BTreeMap::new();
        Self {
            parcels,
            ..self.clone()
        }
    }

    /// Everything, as an app reads it when it starts.
    pub fn read(&self) -> Memory {
        let mut outbox: Vec<&(u64, Vec<u8>)> = self.outbox.values().collect();
        outbox.sort_by_key(|(place, _)| *place);
        let rows = || self.ops.values();
        let mut who = Identity::decode(&self.who).unwrap();
        // With the real ciphers the endpoint is the real one too, which knows no newer schema.
        who.schema += u16::from(self.updated && cfg!(transparent));
        Memory {
            who,
            draft: Draft::decode(&self.draft).unwrap(),
            mail: if self.mail.is_empty() {
                Mail::default()
            } else {
                Mail::decode(&self.mail).unwrap()
            },
            outbox: outbox
                .into_iter()
                .map(|(_, row)| OutRow::decode(row).unwrap())
                .collect(),
            kept: rows().filter_map(|row| KeptOp::decode(row).ok()).collect(),
            pulled: rows().filter_map(|row| Pulled::decode(row).ok()).collect(),
            packed: self
                .parcels
                .values()
                .filter_map(|row| Packed::decode(row).ok())
                .collect(),
            loads: self.parcels.values().filter_map(|row| Load::decode(row).ok()).collect(),
            writes: self.writes,
        }
    }
}

impl Memory {
    /// Whether the rows on the disk are those read last.
    pub fn is_current(&self, disk: &Disk) -> bool {
        self.writes == disk.writes
    }

    /// What sending sees.
    pub fn view(&self) -> View<'_> {
        View {
            outbox: &self.outbox,
            kept: &self.kept,
            pulled: &self.pulled,
            mail: &self.mail,
        }
    }

    /// What was committed, in memory too.
    pub fn follow(&mut self, writing: Writing, disk: &Disk) {
        self.writes = disk.writes;
        if let Some(who) = writing.who {
            self.who = who;
        }
        if let Some(draft) = writing.draft {
            self.draft = draft;
        }
        self.outbox.extend(writing.cut.into_iter().map(OutRow::new));
        for (id, row) in writing.parcels {
            self.packed.retain(|old| old.id != id);
            self.loads.retain(|old| old.parcel.id != id);
            let row = row.unwrap_or_default();
            self.packed.extend(Packed::decode(&row));
            self.loads.extend(Load::decode(&row));
        }
        let Some(change) = writing.change else { return };
        for row in change.outbox {
            match self.outbox.iter_mut().find(|old| old.out.op_id == row.out.op_id) {
                Some(old) => *old = row,
                None => self.outbox.push(row),
            }
        }
        for row in change.kept {
            self.pulled.retain(|old| old.out.op_id != row.out.op_id);
            match self.kept.iter_mut().find(|old| old.out.op_id == row.out.op_id) {
                Some(old) => *old = row,
                None => self.kept.push(row),
            }
        }
        for row in change.pulled {
            self.pulled.retain(|old| old.out.op_id != row.out.op_id);
            self.pulled.push(row);
        }
        self.outbox.retain(|row| !change.done.contains(&row.out.op_id));
        self.mail = change.mail;
    }
}
