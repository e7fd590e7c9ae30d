//! A phone without a signal, and one that travels: parcels packed, taken in, brought along, handed back, brought home.
//!
//! Invariant: a file leaves a phone only after the row that it rests on is durable. Not here: what the core makes of them (`client`).

use super::disk::Writing;
use super::phone::{Crash, Phone};
use super::run::Broken;
use crate::client::{self, OutRow, OutState, Stock};
use crate::id::ParcelId;
use crate::parcel::Parcel;
use crate::{Now, Random};

/// What a parcel brought its owner.
pub struct Brought {
    /// Ops that had waited and have a receipt now.
    pub receipts: usize,
    /// Letters that told nothing new: something else had been quicker.
    pub stale: usize,
    /// More waits at the endpoint.
    pub more: bool,
}

impl Phone {
    /// Packs what waits. The file, if its row became durable.
    pub fn pack(&mut self, now: Now, rnd: &mut dyn Random, crash: Crash, broken: Broken) -> Option<Vec<u8>> {
        let (memory, now) = (&self.memory, self.now(now));
        let number = memory.packed.len() as u64 + 1;
        let (parcel, packed) = client::pack(&memory.who, memory.view(), number, now, rnd).ok()?;
        let mut writing = Writing {
            parcels: vec![(packed.id, Some(packed.encode()))],
            ..Writing::default()
        };
        if broken == Broken::PackedIsSent {
            let mut change = client::Change::none(&memory.mail);
            change.done = memory.outbox.iter().map(|row| row.out.op_id).collect();
            writing.change = Some(change);
        }
        self.store(writing, crash).then(|| parcel.encode())
    }

    /// Takes somebody's file in. Whether it was taken.
    pub fn take_in(&mut self, file: &[u8], now: Now, crash: Crash) -> bool {
        let (memory, now) = (&self.memory, self.now(now));
        let stock = Stock {
            packed: &memory.packed,
            loads: &memory.loads,
        };
        let gone = stock.expired(now);
        let Ok((load, leaving)) = stock.take(&memory.who, file, now) else {
            return false;
        };
        let mut parcels: Vec<(ParcelId, Option<Vec<u8>>)> =
            gone.into_iter().chain(leaving).map(|id| (id, None)).collect();
        parcels.push((load.parcel.id, Some(load.encode())));
        let writing = Writing {
            parcels,
            ..Writing::default()
        };
        self.store(writing, crash)
    }

    /// A letter with the next envelope of somebody, when nothing of its own is to be sent. What the endpoint has put off does not hold
    /// it up: the envelope may bring just what that waits for.
    pub fn bring(&mut self, rnd: &mut dyn Random) -> Option<Vec<u8>> {
        let memory = &self.memory;
        let goes = |row: &OutRow| matches!(row.state, OutState::Waiting | OutState::SentUnknown);
        if self.bringing.is_some() || memory.outbox.iter().any(goes) {
            return None;
        }
        let next = memory
            .loads
            .iter()
            .find_map(|load| Some((load.parcel.id, load.next()?)));
        let (parcel, envelope) = next?;
        let posting = client::carry(&memory.who, envelope, rnd);
        let bytes = posting.bytes.clone();
        self.bringing = Some((parcel, envelope.id, posting));
        Some(bytes)
    }

    /// What came back for it. Whether an answer for the owner is stored.
    pub fn brought(&mut self, status: u16, bytes: &[u8], crash: Crash) -> bool {
        let Some((parcel, envelope, posting)) = &self.bringing else {
            return false;
        };
        let fare = client::fare(&self.memory.who, posting, *envelope, status, bytes);
        let load = self.memory.loads.iter().find(|load| load.parcel.id == *parcel);
        let Some(mut load) = load.cloned().filter(|_| !matches!(fare, client::Fare::Later(_))) else {
            return false;
        };
        load.came(*envelope, &fare);
        self.bringing = None;
        let writing = Writing {
            parcels: vec![(load.parcel.id, Some(load.encode()))],
            ..Writing::default()
        };
        self.store(writing, crash) && matches!(fare, client::Fare::Answer(_))
    }

    /// The parcels that go back.
    pub fn hand_back(&self) -> Vec<Vec<u8>> {
        let home = self.memory.loads.iter().filter_map(client::Load::home);
        home.map(|parcel| parcel.encode()).collect()
    }

    /// Opens a file that came back; `None` when it is damaged, or another phone's.
    pub fn bring_home(&mut self, file: &[u8], rnd: &mut dyn Random, mut crash: Crash) -> Option<Brought> {
        let parcel = Parcel::decode(file).ok()?;
        let row = self.memory.packed.iter().find(|packed| packed.id == parcel.id)?;
        let homes = client::bring_home(&self.memory.who, row, &parcel);
        let mut brought = Brought {
            receipts: 0,
            stale: 0,
            more: homes.iter().any(client::Home::more),
        };
        if homes.is_empty() {
            return None;
        }
        for home in homes {
            let row = self.memory.packed.iter().find(|packed| packed.id == parcel.id);
            let (mut packed, mut who) = (row?.clone(), self.memory.who.clone());
            let mut change = home.apply(&mut who, self.memory.view(), &mut packed, rnd);
            change.open(&who);
            brought.receipts += change.done.len();
            brought.stale += usize::from(change.done.is_empty() && change.pulled.is_empty());
            let new: Vec<_> = change.outbox.iter().map(|row| row.out.op_id).collect();
            let writing = Writing {
                who: change.identity.then_some(who),
                parcels: vec![(packed.id, Some(packed.encode()))],
                change: Some(change),
                ..Writing::default()
            };
            let died = std::mem::replace(&mut crash, Crash::No);
            if !self.store(writing, died) {
                break;
            }
            self.cut.extend(new);
            if died != Crash::No {
                break;
            }
        }
        Some(brought)
    }
}
