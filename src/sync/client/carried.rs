//! Parcels of others on this device: taken in, brought along in letters of its own, and the answers kept for their senders (sync protocol
//! §15.3).
//!
//! Invariant: a carrier opens nothing and learns nothing; an envelope counts as delivered only in the change that stores its answer.
//! Deliberately not here: when to deliver, which is after this device's own ops (the page), one's own parcels (`packed`).

use super::post::bare;
use super::{Identity, Packed, Posting};
use crate::answer::{Answer, Problem, Standing};
use crate::branch::FLAG_CANDIDATES_CARRY;
use crate::container::FileFault;
use crate::endpoint::BAD_ENVELOPE;
use crate::id::{EnvelopeId, ParcelId};
use crate::kind::Role;
use crate::letter::Signed;
use crate::parcel::{Back, Carried, Carrying, Envelope, Parcel};
use crate::shape::{self, BadShape};
use crate::{Now, Random};
use minicbor::Encode;

/// Parcels that a device carries at most.
const MOST: usize = 30;
/// Bytes of them at most: 8 MiB.
const MOST_BYTES: usize = 8 << 20;
/// Seconds that one is kept: 60 days.
const KEPT_S: u64 = 60 * 86_400;

crate::map_shape! {
    /// A row of the store of parcels: one that this device carries for somebody.
    #[derive(Clone, Debug, PartialEq, Eq, Encode)]
    pub struct Load {
        #[n(0)]
        format: u8,
        /// What is carried.
        #[n(1)]
        pub parcel: Parcel,
        /// Since when (seconds since 1970-01-01 UTC, by the phone's clock).
        #[n(2)]
        pub since: u64,
        /// Answers to its envelopes.
        #[n(3)]
        backs: Vec<Envelope>,
        /// Envelopes that the endpoint could not read.
        #[n(4)]
        spoiled: Vec<EnvelopeId>,
    }
}

const FORMAT: u8 = 2;

/// Why a parcel is not taken in. Nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CarryFault {
    /// The file cannot be used.
    #[error(transparent)]
    File(#[from] FileFault),
    /// Of another branch.
    #[error("of another branch")]
    OtherBranch,
    /// It brings answers: its owner opens it.
    #[error("a parcel on its way back")]
    Back,
    /// It is here already.
    #[error("held already")]
    Held,
    /// This device has packed it.
    #[error("one's own")]
    Own,
    /// No room, and nothing delivered that could leave.
    #[error("no room")]
    Full,
    /// The branch lets only mentors and secretaries carry.
    #[error("this device may not carry")]
    NoCarrier,
}

/// Whether this device may carry for others.
pub fn may_carry(who: &Identity) -> bool {
    let flagged = || who.set().is_some_and(|set| set.flags & FLAG_CANDIDATES_CARRY != 0);
    who.standing() == Standing::Active && (who.role() != Role::Candidate || flagged())
}

/// What lies in a device's store of parcels.
#[derive(Clone, Copy)]
pub struct Stock<'a> {
    /// Those it has packed.
    pub packed: &'a [Packed],
    /// Those it carries.
    pub loads: &'a [Load],
}

impl Stock<'_> {
    /// Takes a file in: the new row, and those that leave for it, the oldest delivered ones.
    ///
    /// # Errors
    /// [`CarryFault`].
    pub fn take(self, who: &Identity, file: &[u8], now: Now) -> Result<(Load, Vec<ParcelId>), CarryFault> {
        let parcel = Parcel::decode(file)?;
        let fault = if !may_carry(who) {
            Some(CarryFault::NoCarrier)
        } else if parcel.branch != who.branch_id() {
            Some(CarryFault::OtherBranch)
        } else if parcel.is_back() {
            Some(CarryFault::Back)
        } else if self.loads.iter().any(|load| load.parcel.id == parcel.id) {
            Some(CarryFault::Held)
        } else if self.packed.iter().any(|own| own.id == parcel.id) {
            Some(CarryFault::Own)
        } else {
            None
        };
        if let Some(fault) = fault {
            return Err(fault);
        }
        let load = Load {
            format: FORMAT,
            parcel,
            since: now.wall_s,
            backs: Vec::new(),
            spoiled: Vec::new(),
        };
        let mut delivered: Vec<&Load> = self.loads.iter().filter(|load| load.next().is_none()).collect();
        delivered.sort_by_key(|load| std::cmp::Reverse(load.since));
        let (mut many, mut bytes) = (
            self.loads.len() + 1,
            self.loads.iter().map(Load::size).sum::<usize>() + load.size(),
        );
        let mut leaving = Vec::new();
        while many > MOST || bytes > MOST_BYTES {
            let oldest = delivered.pop().ok_or(CarryFault::Full)?;
            (many, bytes) = (many - 1, bytes - oldest.size());
            leaving.push(oldest.parcel.id);
        }
        Ok((load, leaving))
    }

    /// Those that were carried for 60 days: they are dropped, and their sender packs again. A clock that runs ahead costs a parcel, never
    /// what is in it.
    pub fn expired(self, now: Now) -> Vec<ParcelId> {
        let old = self
            .loads
            .iter()
            .filter(|load| now.wall_s.saturating_sub(load.since) > KEPT_S);
        old.map(|load| load.parcel.id).collect()
    }
}

impl Load {
    /// Bytes for the vault.
    pub fn encode(&self) -> Vec<u8> {
        shape::encode(self)
    }

    /// From the vault's bytes.
    ///
    /// # Errors
    /// [`BadShape`]: no such row.
    pub fn decode(bytes: &[u8]) -> Result<Self, BadShape> {
        shape::whole(bytes).and_then(|row: Self| if row.format == FORMAT { Ok(row) } else { Err(BadShape) })
    }

    fn size(&self) -> usize {
        self.parcel
            .envelopes
            .iter()
            .chain(&self.backs)
            .map(|one| one.sealed.len() + 64)
            .sum()
    }

    /// The next envelope to deliver.
    pub fn next(&self) -> Option<&Envelope> {
        let done = |id: &EnvelopeId| self.spoiled.contains(id) || self.backs.iter().any(|back| back.id == *id);
        self.parcel.envelopes.iter().find(|one| !done(&one.id))
    }

    /// The parcel that goes back to its owner, once there is an answer in it.
    pub fn home(&self) -> Option<Parcel> {
        (!self.backs.is_empty()).then(|| self.parcel.back(self.backs.clone()))
    }

    /// Whether the endpoint could not read something in it: its owner has to pack again.
    pub fn is_spoiled(&self) -> bool {
        !self.spoiled.is_empty()
    }

    /// What came of an envelope; to be stored before it counts.
    pub fn came(&mut self, id: EnvelopeId, fare: &Fare) {
        match fare {
            Fare::Answer(back) => self.backs.push(back.clone()),
            Fare::Spoiled => self.spoiled.push(id),
            Fare::NoCarrier | Fare::Later(_) => (),
        }
    }
}

/// What came of one try to deliver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fare {
    /// Delivered: the answer for the owner.
    Answer(Envelope),
    /// The endpoint cannot read it ("Gói hỏng, xin gói mới.").
    Spoiled,
    /// The branch does not let this device carry.
    NoCarrier,
    /// Not now: seconds to wait, at least.
    Later(
        /// How many.
        u64,
    ),
}

/// A letter with nothing of one's own, and the envelope. To be posted when nothing of one's own waits.
pub fn carry(who: &Identity, envelope: &Envelope, rnd: &mut dyn Random) -> Posting {
    let envelope = Some(envelope.clone());
    bare(who, &Carrying { envelope }, rnd)
}

/// Judges what came back for such a letter; only what the pinned endpoint signed is believed.
pub fn fare(who: &Identity, posting: &Posting, envelope: EnvelopeId, status: u16, body: &[u8]) -> Fare {
    if status != 200 {
        let problem = shape::whole::<Problem>(body).ok();
        return Fare::Later(problem.and_then(|problem| problem.retry_after).unwrap_or(0));
    }
    let carried = Answer::open(body, &who.endpoint(), &posting.letter_id).and_then(|_| {
        let signed: Signed = shape::whole(body)?;
        shape::whole::<Carried>(&signed.inner)
    });
    match carried.ok().and_then(|carried| carried.back) {
        Some(Back::Answer(back)) if back.id == envelope => Fare::Answer(back),
        Some(Back::Problem(problem)) if problem.code == BAD_ENVELOPE => Fare::Spoiled,
        Some(Back::Problem(_)) => Fare::NoCarrier,
        // An endpoint that knows no envelopes yet, or another envelope's answer.
        Some(Back::Answer(_)) | None => Fare::Later(0),
    }
}
