//! What is to be sealed again for somebody who came later: hand-ins for a mentor, and for a further holder of the keys everything that was
//! written before the writers' phones knew of them.
//!
//! Invariant: who came later gets what this device reads, each op once; what was erased goes to nobody. Whether a phone knew of a holder when
//! it sealed is not written anywhere: it did not before the first letter that it sent once the set was stored, whose answer brought that set.
//! Not here: sealing (`client::forward`).

use super::piece::{Body, Piece};
use super::{Office, Place};
use crate::answer::Author;
use crate::body::plain::Forwarded;
use crate::client::{Identity, KeptOp, Original, Outgoing, Pulled};
use crate::id::{AccountId, DeviceId, OpId};
use crate::kind::Kind;
use crate::op::RawOp;
use crate::seal::safe;
use crate::shape;
use std::collections::{BTreeMap, BTreeSet};
use zeroize::Zeroizing;

/// Since when a holder is named, and by when each device had certainly heard of it.
struct Naming {
    since: u64,
    namer: DeviceId,
    heard: BTreeMap<DeviceId, u64>,
}

impl Naming {
    /// Whether an op was sealed to the holder, too; `clock` is its author's, where it is known.
    fn covers(&self, device: DeviceId, place: Option<Place>, clock: u64) -> bool {
        let Some(Place { server_time, .. }) = place else {
            // It is looked at once it is stored.
            return true;
        };
        let heard = self.heard.get(&device).copied().unwrap_or(self.since);
        server_time > self.since && (device == self.namer || (server_time > heard && clock > heard))
    }
}

impl Office {
    /// Hand-ins of a mentor's candidates that the mentor was not named in and that nobody forwarded to them yet; the newest last.
    pub fn to_forward(&self, mentor: &AccountId) -> Vec<OpId> {
        let mine = |candidate: &AccountId| self.mentors_of(candidate).iter().any(|one| one.account == *mentor);
        let open = self
            .hand_ins
            .iter()
            .filter(|one| one.plain.is_some() && mine(&one.account));
        open.filter(|one| !one.readers.contains(&(*mentor).into()))
            .map(|one| one.op_id)
            .collect()
    }

    /// Hand-ins, notes and remarks that this holder of the keys cannot read and that nobody sealed again for them yet; each kind in the order
    /// in which it came.
    pub fn before(&self, holder: &AccountId) -> Vec<OpId> {
        let Some(naming) = self.naming(holder) else {
            return Vec::new();
        };
        let mut readable: BTreeSet<OpId> = BTreeSet::new();
        for piece in self.pieces.values() {
            let header = &piece.header;
            let (id, clock) = match &piece.body {
                Body::Plain(plain) => (header.op_id, plain.clock),
                Body::Remark(remark) => (header.op_id, remark.clock),
                Body::Forward(forward) => (forward.original.op_id, u64::MAX),
                _ => continue,
            };
            let own = header.account == *holder || header.to.contains(&(*holder).into());
            if own || naming.covers(header.device, piece.place, clock) {
                readable.insert(id);
            }
        }
        let hand_ins = self.hand_ins.iter().map(|one| (one.op_id, one.plain.is_some()));
        let notes = self.notes.iter().map(|one| (one.op_id, one.plain.is_some()));
        let remarks = self.remarks.iter().map(|one| (one.op_id, one.remark.is_some()));
        let open = hand_ins.chain(notes).chain(remarks);
        open.filter(|(id, whole)| *whole && !readable.contains(id))
            .map(|(id, _)| id)
            .collect()
    }

    fn naming(&self, holder: &AccountId) -> Option<Naming> {
        let names = |piece: &&Piece| match &piece.body {
            Body::Set(set) => set.secretaries.iter().any(|one| one.account == *holder),
            _ => false,
        };
        let stored = |piece: &Piece| Some((piece.place?.server_time, piece.header.device));
        let (since, namer) = self.pieces.values().filter(names).filter_map(stored).min()?;
        let mut heard: BTreeMap<DeviceId, u64> = BTreeMap::new();
        for piece in self.pieces.values() {
            let Some(place) = piece.place.filter(|place| place.server_time > since) else {
                continue;
            };
            let first = heard.entry(piece.header.device).or_insert(place.server_time);
            *first = place.server_time.min(*first);
        }
        Some(Naming { since, namer, heard })
    }

    /// A hand-in, note or remark as [`crate::client::forward`] wants it, from the rows it lies in: its own, or a forward of it.
    pub fn original(&self, who: &Identity, id: &OpId, pulled: &[Pulled], kept: &[KeptOp]) -> Option<Original> {
        let own = self.pieces.get(id).and_then(|piece| {
            let raw = row(&piece.header.op_id, pulled, kept)?;
            let plain = opened(who, piece, raw)?;
            let read: RawOp = shape::whole(&raw.0.bytes).ok()?;
            Some(Original {
                op_id: *id,
                header: read.header,
                sig: read.sig,
                author: self.author(piece)?,
                plain,
                place: piece.place.map(|place| (place.server_seq, place.server_time)),
            })
        });
        own.or_else(|| {
            let of_it = |piece: &&Piece| matches!(&piece.body, Body::Forward(one) if one.original.op_id == *id);
            let mut forwards = self.pieces.values().filter(of_it);
            forwards.find_map(|piece| {
                let plain = opened(who, piece, row(&piece.header.op_id, pulled, kept)?)?;
                let said: Forwarded = shape::whole(&plain).ok()?;
                Some(Original {
                    op_id: *id,
                    header: said.header,
                    sig: said.sig,
                    author: said.author,
                    plain: Zeroizing::new(said.plain),
                    place: said.place,
                })
            })
        })
    }

    /// Keys of the device that signed an op, from its join.
    fn author(&self, piece: &Piece) -> Option<Author> {
        self.pieces.values().find_map(|one| match &one.body {
            Body::Join(join) if join.device() == piece.header.device => Some(Author {
                device_pub: join.device_pub,
                age_pub: join.age_pub,
                sign_pub: join.sign_pub,
                certificate: join.certificate,
            }),
            _ => None,
        })
    }
}

/// The row of an op, with what its seal holds where that is kept.
fn row<'r>(id: &OpId, pulled: &'r [Pulled], kept: &'r [KeptOp]) -> Option<(&'r Outgoing, Option<&'r [u8]>)> {
    let received = pulled.iter().filter(|row| row.whole);
    let received = received.map(|row| (&row.out, row.opened.as_deref()));
    let own = kept.iter().map(|row| (&row.out, row.opened.as_deref()));
    received.chain(own).find(|(out, _)| out.op_id == *id)
}

/// What the seal of a hand-in, note, remark or forward holds.
fn opened(who: &Identity, piece: &Piece, row: (&Outgoing, Option<&[u8]>)) -> Option<Zeroizing<Vec<u8>>> {
    let kind = piece.kind()?;
    if !(kind.forwardable() || kind == Kind::Forward) {
        return None;
    }
    match row.1 {
        Some(opened) => Some(Zeroizing::new(opened.to_vec())),
        None => {
            let raw: RawOp = shape::whole(&row.0.bytes).ok()?;
            safe::open_bytes(&raw.body, who.account().age_secret()).ok()
        }
    }
}
