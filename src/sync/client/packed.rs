//! One's own parcels: what waits is packed for somebody who travels, and what comes back is taken as if it had been answered over the
//! network (sync protocol §15.2 and §15.4).
//!
//! Invariant: packing changes nothing in the outbox, so every parcel holds all that has no receipt yet and a later letter over the network
//! is the same once more; of an answer that comes late, receipts and rows count, and the cursor moves only where nothing can be skipped.
//! Deliberately not here: carrying for others (`carried`), the file (`parcel`).

use super::apply::{apply, introduce_again};
use super::{Change, Fate, Identity, Mail, OutRow, OutState, Posting, Reply, View, answer, letter};
use crate::answer::{self, Problem};
use crate::endpoint::Refusal;
use crate::id::{DeviceId, EnvelopeId, Epoch, LetterId, OpId, ParcelId};
use crate::kind::Kind;
use crate::letter::{self, Letter, Probe, Signed};
use crate::parcel::{Envelope, MAX_ENVELOPES, Parcel};
use crate::seal::safe::SealFault;
use crate::shape::{self, BadShape};
use crate::{Now, Random};
use minicbor::Encode;

/// Where a letter in a parcel is cut: sealed it passes a slow link in one request.
const CUT: usize = 32 << 10;
/// A parcel takes no further letter from here on; with that one it stays under `parcel::LARGEST`.
const FULL: usize = 900 << 10;
/// Ops that a parcel asks about: together with the largest op they fit under a seal.
const ASKS: usize = 100;

crate::map_shape! {
    /// A letter in a parcel, and what its answer must be about.
    #[derive(Clone, Debug, PartialEq, Eq, Encode)]
    pub struct PackedLetter {
        /// The envelope it lies in.
        #[n(1)]
        envelope: EnvelopeId,
        /// The answer repeats it.
        #[n(2)]
        letter: LetterId,
        /// Who signed it: the phone may have another key when the answer comes.
        #[n(3)]
        device: DeviceId,
        /// The database that the phone knew then.
        #[n(4)]
        epoch: Option<Epoch>,
        /// What it held then.
        #[n(5)]
        cursor: u64,
        /// The ops in it.
        #[n(6)]
        ops: Vec<Probe>,
        /// The ops it asks about.
        #[n(7)]
        probes: Vec<Probe>,
        /// Its answer has come home.
        #[n(8)]
        answered: bool,
        /// Those of the ops that had gone out before: they were of unknown fate, or had a receipt.
        #[n(9)]
        gone_before: Vec<OpId>,
    }
}

crate::map_shape! {
    /// A row of the store of parcels: one that this device has packed. Kept as long as the vault, because a file may come back after years.
    #[derive(Clone, Debug, PartialEq, Eq, Encode)]
    pub struct Packed {
        #[n(0)]
        format: u8,
        /// Names it.
        #[n(1)]
        pub id: ParcelId,
        /// Counted on this device, for people.
        #[n(2)]
        pub number: u64,
        /// When it was packed (seconds since 1970-01-01 UTC, by the phone's clock): for people.
        #[n(3)]
        pub made: u64,
        #[n(4)]
        letters: Vec<PackedLetter>,
    }
}

const FORMAT: u8 = 1;

impl Packed {
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

    /// Whether an answer to each of its letters has come home.
    pub fn is_home(&self) -> bool {
        self.letters.iter().all(|one| one.answered)
    }

    /// Whether this op lies in it and no answer has come.
    pub fn holds(&self, op: &OpId) -> bool {
        let waiting = self.letters.iter().filter(|one| !one.answered);
        waiting.flat_map(|one| &one.ops).any(|probe| probe.op_id == *op)
    }
}

/// Packs everything that has no receipt, and the question what is new. The row is to be stored before the file is given away.
///
/// # Errors
/// [`SealFault::BadRecipient`]: the branch's link holds no usable key of the endpoint.
pub fn pack(
    who: &Identity,
    view: View<'_>,
    number: u64,
    now: Now,
    rnd: &mut dyn Random,
) -> Result<(Parcel, Packed), SealFault> {
    let (out, mail) = (view.outbox, view.mail);
    // A question would come back after days: what may or may not have arrived goes once more. So do the joins, receipts or not: an
    // endpoint that does not know this device, because it was restored meanwhile, could not even tell it so.
    let mut left: Vec<OutRow> = out.iter().filter(|row| row.is_sendable()).cloned().collect();
    left.extend(introduce_again(out, view.kept));
    let gone = |row: &&OutRow| row.state == OutState::SentUnknown || view.has_receipt(&row.out.op_id);
    let gone_before: Vec<OpId> = left.iter().filter(gone).map(|row| row.out.op_id).collect();
    left.iter_mut().for_each(|row| row.state = OutState::Waiting);
    let mut asked = mail.clone();
    asked.ask.truncate(ASKS);
    let is_join = |row: &OutRow| row.out.kind() == Some(Kind::Join);
    let (mut envelopes, mut letters, mut size) = (Vec::new(), Vec::new(), 0);
    while letters.is_empty() || (left.iter().any(|row| !is_join(row)) && letters.len() < MAX_ENVELOPES && size < FULL) {
        let mut posting = letter(who, &left, &asked, CUT, rnd);
        if !letters.is_empty() {
            posting.bytes = asking_for_nothing(who, &posting.bytes).unwrap_or(posting.bytes);
        }
        asked.ask.clear();
        // Nobody knows in which order the letters arrive: each begins with the joins.
        left.retain(|row| is_join(row) || !posting.ops.iter().any(|(id, _)| *id == row.out.op_id));
        let id = EnvelopeId::draw(rnd);
        let envelope = Envelope::seal(id, who.branch_id(), &posting.bytes, who.branch().endpoint_age, rnd)?;
        size += envelope.sealed.len();
        envelopes.push(envelope);
        letters.push(PackedLetter {
            envelope: id,
            letter: posting.letter_id,
            device: who.device_id(),
            epoch: mail.epoch,
            cursor: mail.cursor,
            ops: posting
                .ops
                .iter()
                .map(|(op_id, op_hash)| Probe {
                    op_id: *op_id,
                    op_hash: *op_hash,
                })
                .collect(),
            probes: posting.probes,
            answered: false,
            gone_before: gone_before.clone(),
        });
    }
    let id = ParcelId::draw(rnd);
    let packed = Packed {
        format: FORMAT,
        id,
        number,
        made: now.wall_s,
        letters,
    };
    Ok((Parcel::going(id, who.branch_id(), number, envelopes), packed))
}

/// The same letter without the question what is new: one letter of a parcel asks it.
fn asking_for_nothing(who: &Identity, bytes: &[u8]) -> Option<Vec<u8>> {
    let signed: Signed = shape::whole(bytes).ok()?;
    let letter = shape::whole(&signed.inner).ok()?;
    let inner = shape::encode(&Letter { wanted: 0, ..letter });
    Some(letter::seal(inner, &who.endpoint(), &who.device))
}

/// What came home in a parcel, letter by letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    nth: usize,
    reply: Reply,
}

/// What a parcel brings for the one that was packed; nothing when it brings nothing for it, or nothing that the endpoint has signed.
pub fn bring_home(who: &Identity, packed: &Packed, parcel: &Parcel) -> Vec<Home> {
    if !parcel.is_back() || parcel.id != packed.id || parcel.branch != who.branch_id() {
        return Vec::new();
    }
    let opened = parcel.envelopes.iter().filter_map(|envelope| {
        let nth = packed.letters.iter().position(|one| one.envelope == envelope.id)?;
        let said = envelope.open(who.account().age_secret()).ok()?;
        let reply = judged(who, packed.letters.get(nth)?, &said)?;
        Some(Home { nth, reply })
    });
    opened.collect()
}

fn judged(who: &Identity, packed: &PackedLetter, said: &[u8]) -> Option<Reply> {
    let posting = Posting {
        letter_id: packed.letter,
        bytes: Vec::new(),
        ops: packed.ops.iter().map(|probe| (probe.op_id, probe.op_hash)).collect(),
        probes: packed.probes.clone(),
    };
    let reply = answer(who, &posting, 200, said);
    if reply != Reply::Foreign {
        return Some(reply);
    }
    let inner = answer::inner(said, &who.endpoint(), &packed.letter).ok()?;
    let problem: Problem = shape::whole(&inner).ok()?;
    let status = Refusal::from_code(&problem.code)?.status();
    Some(answer(who, &posting, status, &inner))
}

impl Home {
    /// What to tell the person; `None` when nothing has to be said.
    pub fn words(&self) -> Option<&'static str> {
        self.reply.words()
    }

    /// Whether more waits at the endpoint than this parcel brought.
    pub fn more(&self) -> bool {
        matches!(&self.reply, Reply::Answered(answered) if answered.more)
    }

    /// What it changes in the vault, in one transaction with the row of the parcel, where the letter counts as answered from now on.
    pub fn apply(self, who: &mut Identity, view: View<'_>, packed: &mut Packed, rnd: &mut dyn Random) -> Change {
        let mut change = Change::none(view.mail);
        let Some(letter) = packed.letters.get_mut(self.nth) else {
            return change;
        };
        letter.answered = true;
        let same_place = letter.epoch == view.mail.epoch && letter.cursor <= view.mail.cursor;
        match self.reply {
            Reply::Answered(mut answered) => {
                // What was put off then, or refused before it went out by another way, may have been taken since: the next letter asks.
                // So does a join that got its receipt since, by which a restored endpoint takes it again.
                let doubted = |op: &OpId| {
                    let mut doubted = view.outbox.iter().filter(|row| row.state == OutState::SentUnknown);
                    doubted.any(|row| row.out.op_id == *op)
                };
                answered.outcomes.retain(|one| match one.fate {
                    Fate::Stored(_) => true,
                    Fate::NeedsALook(_) => {
                        letter.gone_before.contains(&one.op_id)
                            || !(doubted(&one.op_id) || view.has_receipt(&one.op_id))
                    }
                    Fate::Later(_) | Fate::SendIt => !doubted(&one.op_id),
                });
                // A word about an older key of this phone is no news about the present one.
                answered.fork &= letter.device == who.device_id();
                let (known, foot) = (view.mail.epoch, &mut answered.foot);
                let is_late = if known == Some(foot.epoch) {
                    // Only what was served under the same rights, from a place that the phone has not gone back from, lets it move on.
                    let current = same_place && foot.entitlement == view.mail.entitlement;
                    let goes_on = answered.cursor.max(view.mail.cursor);
                    answered.cursor = if current { goes_on } else { view.mail.cursor };
                    foot.entitlement = foot.entitlement.max(view.mail.entitlement);
                    false
                } else {
                    answered.cursor = if same_place { answered.cursor } else { 0 };
                    letter.epoch != known
                };
                change = apply(who, view, &answered, rnd);
                if is_late {
                    // Of another database than the one heard of last, which may be older: what is known of that one stays.
                    let joined = change.mail.joined;
                    change.mail = Mail {
                        joined,
                        ..view.mail.clone()
                    };
                }
            }
            Reply::StartOver if same_place => (change.mail.cursor, change.mail.epoch) = (0, None),
            Reply::NotEnrolled => change.outbox = introduce_again(view.outbox, view.kept),
            _ => (),
        }
        change
    }
}
