//! One letter from its bytes to its answer: who sent it, its ops one by one, its probes, new rows, COMMIT, signatures.
//!
//! Invariant: nothing is signed before `commit` returned; a refusal or a fault of the store leaves nothing behind. The order of checks
//! is that of sync protocol §9 and §9.1. Not here: what a kind may do (`check`, `clear`) and does (`effect`, `join`).

use super::carry::carry;
use super::effect;
use super::escrow;
use super::join;
use super::pull;
use super::refusal::Refusal;
use super::store::{AccountRow, BranchRow, Counter, OpRow, OpState, Store, StoreFault};
use super::{check, clear};
use crate::access::{Asked, Told};
use crate::answer::{self, Answer, Code, FLAG_FORK, Foot, Held, OpAnswer, OpResult, ProbeAnswer, Standing};
use crate::branch::BranchSet;
use crate::id::{AccountId, BranchId, DeviceId, OpId};
use crate::keys::EndpointKeys;
use crate::kind::Kind;
use crate::letter::{Letter, MAX_LETTER, PROTO, Probe, Signed};
use crate::op::{MAX_BODY, Op, RawOp};
use crate::parcel::{Carried, Carrying};
use crate::receipt::Receipt;
use crate::{Now, Random, shape};
use std::collections::BTreeSet;

/// Leaves listed in one answer.
pub(super) const MAX_LEAVES: usize = 8;
/// Bytes kept for one account.
const MAX_STORED: u64 = 50 << 20;

/// Rate limits, asked after a letter's signature is known to be good.
pub trait Gate {
    /// May this device post a letter now? Otherwise seconds to wait.
    fn letter(&mut self, device: &DeviceId, now: Now) -> Result<(), u64>;
    /// May this account store one more op today?
    fn op(&mut self, account: &AccountId, now: Now) -> bool;
    /// May this device bring one more envelope of so many bytes for somebody else today? Otherwise seconds to wait.
    fn envelope(&mut self, carrier: &DeviceId, bytes: usize, now: Now) -> Result<(), u64>;
    /// It brought one that cannot be read. Whether that was the last one that it may bring today.
    fn spoiled(&mut self, carrier: &DeviceId, now: Now) -> bool;
}

/// Who sent the letter, for limits by address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Caller {
    /// A device that proved itself.
    Device(DeviceId),
    /// Nobody known, without a valid invite, or with a bad signature.
    #[default]
    Stranger,
}

/// What came of a letter, with counts for the service log (no identifiers in it).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handled {
    /// The answer, or why there is none.
    pub result: Result<Vec<u8>, Refusal>,
    /// For limits by address.
    pub caller: Caller,
    /// Ops newly stored.
    pub stored: u32,
    /// Ops held before.
    pub repeated: u32,
    /// Ops refused or put off.
    pub refused: u32,
    /// Rows sent back.
    pub rows: u32,
    /// Envelopes of others that were taken.
    pub carried: u32,
    /// Envelopes of others that could not be read.
    pub spoiled: u32,
    /// The store can no longer be trusted: the process has to end.
    pub broken: bool,
}

/// Why the work on a letter stopped.
pub(super) enum Stop {
    Refuse(Refusal),
    Store(StoreFault),
}

impl From<StoreFault> for Stop {
    fn from(fault: StoreFault) -> Self {
        Self::Store(fault)
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refuse(refusal)
    }
}

/// What became of one op, before anything is signed.
pub(super) struct Taken {
    pub op_id: OpId,
    pub result: OpResult,
    pub row: Option<OpRow>,
    pub leaves: Vec<OpId>,
    pub code: Option<Code>,
    pub fork: bool,
}

impl Taken {
    pub fn not(op_id: OpId, code: Code) -> Self {
        let result = if code.is_later() && code != Code::UnknownKindOrSchema {
            OpResult::Retry
        } else {
            OpResult::Rejected
        };
        Self {
            op_id,
            result,
            row: None,
            leaves: Vec::new(),
            code: Some(code),
            fork: false,
        }
    }
}

/// The letter at work.
pub(super) struct Session<'a> {
    pub store: &'a mut dyn Store,
    pub keys: &'a EndpointKeys,
    pub gate: &'a mut dyn Gate,
    pub now: Now,
    pub counter: Counter,
    pub branch: BranchRow,
    /// The branch's set in force, while it is known.
    pub set: Option<BranchSet>,
    /// The letter's account; `None` until a join has made it.
    pub account: Option<AccountRow>,
    /// The account that certified the sending device.
    pub certified: Option<AccountId>,
    pub device: DeviceId,
    /// This endpoint's receipt for the sender's join, by the sender's word: it counts where it fits.
    pub joined: Option<Receipt>,
}

impl Default for Handled {
    /// Nothing done yet.
    fn default() -> Self {
        Self {
            result: Err(Refusal::Fault),
            caller: Caller::default(),
            stored: 0,
            repeated: 0,
            refused: 0,
            rows: 0,
            carried: 0,
            spoiled: 0,
            broken: false,
        }
    }
}

/// What a letter is worked on with.
pub(super) struct Means<'a> {
    pub store: &'a mut dyn Store,
    pub keys: &'a EndpointKeys,
    pub gate: &'a mut dyn Gate,
    pub now: Now,
}

/// A letter that is done and durable; nothing is signed yet.
pub(super) struct Done {
    /// The answer's bytes.
    pub said: Vec<u8>,
    pub device: DeviceId,
    pub branch: BranchId,
    pub set: Option<BranchSet>,
    /// `None` when nobody was admitted.
    pub account: Option<AccountRow>,
}

/// Takes one letter. The caller passes it the bytes as posted, and sends back exactly what it gets.
pub fn handle(
    store: &mut dyn Store,
    keys: &EndpointKeys,
    gate: &mut dyn Gate,
    bytes: &[u8],
    now: Now,
    rnd: &mut dyn Random,
) -> Handled {
    let mut handled = Handled::default();
    let mut means = Means { store, keys, gate, now };
    match run(&mut means, bytes, rnd, &mut handled) {
        Ok(answer) => handled.result = Ok(answer),
        Err(stop) => {
            means.store.rollback();
            handled.result = Err(match stop {
                Stop::Refuse(refusal) => refusal,
                Stop::Store(StoreFault::Busy) => Refusal::Busy,
                Stop::Store(StoreFault::Full) => Refusal::DiskFull,
                Stop::Store(StoreFault::Bug) => Refusal::Fault,
                Stop::Store(StoreFault::Broken) => {
                    handled.broken = true;
                    Refusal::Fault
                }
            });
        }
    }
    handled
}

fn run(means: &mut Means<'_>, bytes: &[u8], rnd: &mut dyn Random, handled: &mut Handled) -> Result<Vec<u8>, Stop> {
    if bytes.len() > MAX_LETTER {
        return Err(Refusal::TooLarge.into());
    }
    let Ok((letter, signed)) = Letter::read(bytes) else {
        return escrow::serve(means.store, bytes, means.now);
    };
    let carrying: Carrying = shape::whole(&signed.inner).map_err(|_| Refusal::BadRequest)?;
    let letter_id = letter.letter_id;
    let done = one(means, letter, &signed, handled)?;
    let mut said = done.said.clone();
    if let Some(envelope) = carrying.envelope {
        let back = Some(carry(means, &done, &envelope, rnd, handled)?);
        said = shape::both(&said, &shape::encode(&Carried { back }));
    }
    Ok(answer::seal(said, &letter_id, means.keys))
}

/// One letter of its own sender, from who sent it to COMMIT.
pub(super) fn one(means: &mut Means<'_>, letter: Letter, signed: &Signed, handled: &mut Handled) -> Result<Done, Stop> {
    let (store, gate) = (&mut *means.store, &mut *means.gate);
    let (keys, now) = (means.keys, means.now);
    if letter.proto != PROTO {
        return Err(Refusal::Upgrade.into());
    }
    let asked: Asked = shape::whole(&signed.inner).map_err(|_| Refusal::BadRequest)?;
    let counter = store.begin()?;
    let join::Introduced {
        branch,
        set,
        account,
        certified,
    } = join::introduce(store, keys, &letter, signed, now)?;
    let known = account.is_some();
    if known {
        handled.caller = Caller::Device(letter.device);
        gate.letter(&letter.device, now).map_err(Refusal::SlowDown)?;
    }
    let mut session = Session {
        store,
        keys,
        gate,
        now,
        counter,
        branch,
        set,
        account,
        certified,
        device: letter.device,
        joined: letter.joined,
    };
    let cursor = session.cursor(&letter)?;
    let mut taken = Vec::with_capacity(letter.ops.len());
    for raw in letter.ops.iter().cloned() {
        taken.push(session.take(raw)?);
    }
    if session.account.is_some() {
        // A newcomer with a valid invite is nobody to slow down.
        handled.caller = Caller::Device(letter.device);
    }
    let held = session.probes(&letter.probes)?;
    let held_there: BTreeSet<OpId> = taken
        .iter()
        .map(|one| one.op_id)
        .chain(letter.probes.iter().map(|probe| probe.op_id))
        .collect();
    let page = pull::page(&mut session, cursor, letter.wanted, &held_there)?;
    let max_seq = session.store.device(&letter.device)?.map_or(0, |device| device.max_seq);
    let newer_set = pull::newer_set(&mut session, letter.set_version)?;
    let lines = match asked.after {
        Some(after) => Some(pull::accesses(&mut session, after)?),
        None => None,
    };
    let Session {
        store,
        counter,
        account,
        branch,
        set,
        ..
    } = session;
    if account.is_some() {
        store.put_seq(counter.seq)?;
        store.commit()?;
    } else {
        // Nobody was admitted, so nothing may remain.
        store.rollback();
    }

    // From here on everything above is durable, and may be signed.
    handled.stored = count(&taken, |result| {
        matches!(result, OpResult::Applied | OpResult::Conflict)
    });
    handled.repeated = count(&taken, |result| result == OpResult::Duplicate);
    handled.refused = count(&taken, |result| matches!(result, OpResult::Rejected | OpResult::Retry));
    handled.rows = u32::try_from(page.rows.len()).unwrap_or(u32::MAX);
    let answer = Answer {
        letter_id: letter.letter_id,
        ops: taken.iter().map(|one| op_answer(one, keys)).collect(),
        probes: letter
            .probes
            .iter()
            .zip(&held)
            .map(|(probe, held)| probe_answer(probe, held, keys))
            .collect(),
        rows: page.rows,
        cursor: page.cursor,
        more: page.more,
        authors: page.authors,
        set: newer_set,
        standing: account.as_ref().map_or((None, Standing::Waiting), |account| {
            (Some(account.role), account.standing)
        }),
        foot: Foot {
            server_time: now.wall_s,
            epoch: counter.epoch,
            watermark: counter.watermark,
            device_seq: max_seq,
            entitlement: account.as_ref().map_or(0, |account| account.entitlement),
            oldest: PROTO,
        },
    };
    let mut said = shape::encode(&answer);
    if lines.is_some() {
        said = shape::both(&said, &shape::encode(&Told { lines }));
    }
    Ok(Done {
        said,
        device: letter.device,
        branch: branch.id,
        set,
        account,
    })
}

fn count(taken: &[Taken], wanted: impl Fn(OpResult) -> bool) -> u32 {
    u32::try_from(taken.iter().filter(|one| wanted(one.result)).count()).unwrap_or(u32::MAX)
}

fn op_answer(taken: &Taken, keys: &EndpointKeys) -> OpAnswer {
    OpAnswer {
        op_id: taken.op_id,
        result: taken.result,
        receipt: taken.row.as_ref().map(|row| row.receipt(keys)),
        leaves: (!taken.leaves.is_empty()).then(|| taken.leaves.clone()),
        code: taken.code,
        flags: taken.fork.then_some(FLAG_FORK),
    }
}

fn probe_answer(probe: &Probe, held: &(Held, Option<OpRow>), keys: &EndpointKeys) -> ProbeAnswer {
    let (held, row) = held;
    ProbeAnswer {
        op_id: probe.op_id,
        held: *held,
        receipt: row.as_ref().map(|row| row.receipt(keys)),
    }
}

fn others(leaves: Vec<OpId>, row: &OpRow) -> Vec<OpId> {
    let others = leaves.into_iter().filter(|leaf| *leaf != row.op_id);
    others.take(MAX_LEAVES).collect()
}

impl Session<'_> {
    /// The cursor the letter may go on from.
    fn cursor(&mut self, letter: &Letter) -> Result<u64, Stop> {
        match letter.epoch {
            Some(epoch) if epoch == self.counter.epoch => Ok(letter.cursor),
            Some(epoch) => match self.store.old_epoch(&epoch)? {
                Some(survived) => Ok(letter.cursor.min(survived)),
                None => Err(Refusal::Cursor.into()),
            },
            None => Ok(0),
        }
    }

    /// One op, in the order of sync protocol §9.1.
    fn take(&mut self, raw: RawOp) -> Result<Taken, Stop> {
        let Ok(op) = Op::from_parts(raw.header, raw.sig) else {
            return Ok(Taken::not(OpId::ZERO, Code::BadShape));
        };
        let id = op.header().op_id;
        if let Some(row) = self.store.op(&id)? {
            return self.known(&op, row);
        }
        if raw.body.len() > MAX_BODY {
            return Ok(Taken::not(id, Code::TooBig));
        }
        if op.header().kind == Kind::Join.number() {
            return join::take(self, op, raw.body);
        }
        let Some(account) = self.account.clone() else {
            return Ok(Taken::not(id, Code::InviteUnknown));
        };
        match self.permitted(&op, &account)? {
            Ok(kind) => self.store_op(op, raw.body, kind, &account),
            Err(code) => Ok(Taken::not(id, code)),
        }
    }

    /// An op that is held already: the same receipt, or a reason.
    fn known(&mut self, op: &Op, row: OpRow) -> Result<Taken, Stop> {
        let id = row.op_id;
        if self.certified != Some(row.account) {
            return Ok(Taken::not(id, Code::NotYours));
        }
        if row.op_hash != op.hash() {
            return Ok(Taken::not(id, Code::IdReused));
        }
        if row.state == OpState::Erased {
            return Ok(Taken::not(id, Code::Erased));
        }
        let leaves = self.other_leaves(&row)?;
        let result = if leaves.is_empty() {
            OpResult::Duplicate
        } else {
            OpResult::Conflict
        };
        Ok(Taken {
            op_id: id,
            result,
            row: Some(row),
            leaves,
            code: None,
            fork: false,
        })
    }

    fn other_leaves(&mut self, row: &OpRow) -> Result<Vec<OpId>, Stop> {
        Ok(others(self.store.leaves(&row.record, MAX_LEAVES + 1)?, row))
    }

    /// Author, signature, branch, class, writer, `to`, record.
    fn permitted(&mut self, op: &Op, account: &AccountRow) -> Result<Result<Kind, Code>, Stop> {
        let header = op.header();
        if header.account != account.id {
            return Ok(Err(Code::NotYours));
        }
        let device = match self.store.device(&header.device)? {
            Some(device) if device.account == account.id => device,
            Some(_) => return Ok(Err(Code::NotYours)),
            // Another phone of the same person; after a restore its join may still be on its way.
            None => return Ok(Err(Code::InviteUnknown)),
        };
        if !op.verify(&device.device_pub) {
            return Ok(Err(Code::BadSig));
        }
        let kind = match check::header(header, account, &self.branch) {
            Ok(kind) => kind,
            Err(code) => return Ok(Err(code)),
        };
        let first = self.store.record(&header.record)?;
        Ok(check::record(header, kind, first.as_ref()).map(|()| kind))
    }

    /// Body, quota, storing, effect, leaves.
    fn store_op(&mut self, op: Op, body: Vec<u8>, kind: Kind, account: &AccountRow) -> Result<Taken, Stop> {
        let id = op.header().op_id;
        // After a restore its author brings back what was erased: the header alone, because other versions hang on it.
        let gone = body.is_empty() && op.header().body_len > 0 && kind.leaves_a_header() && op.header().verb == 0;
        let (op, act) = if gone {
            (op, clear::Act::Content)
        } else {
            let Ok(op) = op.attach(body) else {
                return Ok(Taken::not(id, Code::BadShape));
            };
            match clear::read(kind, &op) {
                Ok(act) => (op, act),
                Err(code) => return Ok(Taken::not(id, code)),
            }
        };
        if let Err(code) = effect::permitted(self, &act, op.header(), account)? {
            return Ok(Taken::not(id, code));
        }
        let size = u64::from(op.header().body_len) + op.header_bytes().len() as u64;
        if account.bytes + size > MAX_STORED || !self.gate.op(&account.id, self.now) {
            return Ok(Taken::not(id, Code::Quota));
        }
        let (row, fork) = self.keep(&op, act.target())?;
        if let Some(mut account) = self.store.account(&account.id)? {
            account.bytes += size;
            self.store.put_account(&account)?;
        }
        effect::apply(self, &act, &row)?;
        self.refresh()?;
        let leaves = self.store.leaves(&row.record, MAX_LEAVES + 1)?;
        if gone {
            self.store.erase_op(&row.op_id)?;
        } else if kind.erasable() && op.header().verb == 0 {
            effect::erased_before(self, &row)?;
        }
        if kind.erasable() && !leaves.contains(&row.op_id) && leaves.len() <= MAX_LEAVES {
            effect::bury(self, &row)?;
        }
        let leaves = others(leaves, &row);
        let result = if leaves.is_empty() {
            OpResult::Applied
        } else {
            OpResult::Conflict
        };
        Ok(Taken {
            op_id: id,
            result,
            row: Some(row),
            leaves,
            code: None,
            fork,
        })
    }

    /// Writes the op's rows under the next number. `target`: what it acts on besides its own record. Returns whether the device's counter
    /// had been used before.
    pub fn keep(&mut self, op: &Op, target: Option<OpId>) -> Result<(OpRow, bool), Stop> {
        let header = op.header();
        let fork = self.store.seq_used(&header.device, header.device_seq)?;
        self.counter.seq += 1;
        let row = OpRow {
            op_id: header.op_id,
            server_seq: self.counter.seq,
            server_time: self.now.wall_s,
            epoch: self.counter.epoch,
            branch: header.branch,
            account: header.account,
            device: header.device,
            device_seq: header.device_seq,
            record: header.record,
            kind: header.kind,
            op_hash: op.hash(),
            header: op.header_bytes().to_vec(),
            sig: op.sig(),
            body: Some(op.body().to_vec()),
            state: OpState::Whole,
        };
        let bases = header.base.into_iter().chain(header.also.iter().copied());
        let bases: Vec<OpId> = bases.chain(target).collect();
        self.store.put_op(&row, &bases, &header.to)?;
        if let Some(mut device) = self.store.device(&header.device)? {
            device.max_seq = device.max_seq.max(header.device_seq);
            self.store.put_device(&device)?;
        }
        Ok((row, fork))
    }

    /// Reads account and branch again after an effect.
    pub fn refresh(&mut self) -> Result<(), Stop> {
        if let Some(account) = &self.account {
            self.account = self.store.account(&account.id)?;
        }
        if let Some(branch) = self.store.branch(&self.branch.id)? {
            self.branch = branch;
        }
        Ok(())
    }

    fn probes(&mut self, probes: &[Probe]) -> Result<Vec<(Held, Option<OpRow>)>, Stop> {
        let own = self.account.as_ref().and(self.certified);
        let mut out = Vec::with_capacity(probes.len());
        for probe in probes {
            let row = self.store.op(&probe.op_id)?.filter(|row| own == Some(row.account));
            out.push(match row {
                None => (Held::No, None),
                Some(row) if row.op_hash != probe.op_hash => (Held::OtherHash, None),
                Some(row) => (Held::Yes, Some(row)),
            });
        }
        Ok(out)
    }
}
