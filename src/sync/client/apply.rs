//! What an answer, or its absence, changes in the vault: one change, to be stored in one transaction (storage and vault §3).
//!
//! Invariant: an op leaves the outbox only in the change that keeps it with its verified receipt, and `done` is to be deleted after
//! everything else was put. The first receipt is never replaced. Not here: judging the answer (`reply`), what to do next (`cycle`).

use super::{
    Answered, Fate, Identity, KeptOp, Mail, OutRow, OutState, Outcome, Outgoing, Posting, Pulled, renew_device, take,
};
use crate::Random;
use crate::answer::Code;
use crate::id::{Epoch, OpId};
use crate::kind::Kind;
use crate::letter::Probe;

/// What lies in the vault, as far as sending goes.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// Ops without a receipt.
    pub outbox: &'a [OutRow],
    /// Ops with one.
    pub kept: &'a [KeptOp],
    /// Ops that came from the endpoint.
    pub pulled: &'a [Pulled],
    /// What is known about the endpoint's side.
    pub mail: &'a Mail,
}

impl View<'_> {
    /// Every op that is held, wherever it lies.
    pub(super) fn each(&self, act: &mut dyn FnMut(&Outgoing)) {
        self.outbox.iter().for_each(|row| act(&row.out));
        self.kept.iter().for_each(|row| act(&row.out));
        self.pulled.iter().for_each(|row| act(&row.out));
    }

    /// Whether a receipt is held for it, though a restored database may ask for it once more.
    pub(super) fn has_receipt(&self, op: &OpId) -> bool {
        self.kept.iter().any(|row| row.out.op_id == *op)
    }
}

/// Rows to put, then keys to delete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Whether `meta.self` changed.
    pub identity: bool,
    /// Rows of `ops` to put.
    pub kept: Vec<KeptOp>,
    /// Further rows of `ops` to put.
    pub pulled: Vec<Pulled>,
    /// Rows of `outbox` to put.
    pub outbox: Vec<OutRow>,
    /// Rows of `outbox` to delete, after the puts.
    pub done: Vec<OpId>,
    /// The row of `meta` about the endpoint.
    pub mail: Mail,
}

impl Change {
    /// Nothing yet.
    pub(crate) fn none(mail: &Mail) -> Self {
        Self {
            identity: false,
            kept: vec![],
            pulled: vec![],
            outbox: vec![],
            done: vec![],
            mail: mail.clone(),
        }
    }

    /// Opens what a mentor or a secretary is to read, once and for all. A program that reads nothing need not bring what opens.
    pub fn open(&mut self, who: &Identity) {
        for row in &mut self.kept {
            row.opened = row.opened.take().or_else(|| row.out.opened_by(who));
        }
        for row in self.pulled.iter_mut().filter(|row| row.whole) {
            row.opened = row.out.opened_by(who);
        }
    }

    /// Whether it moves anything forward: without that, asking again at once would ask for ever.
    pub(super) fn moves(&self, before: &Mail) -> bool {
        self.identity
            || !self.kept.is_empty()
            || !self.pulled.is_empty()
            || !self.outbox.is_empty()
            || self.mail != *before
    }
}

/// What a believed answer changes.
pub(super) fn apply(who: &mut Identity, view: View<'_>, answered: &Answered, rnd: &mut dyn Random) -> Change {
    let mut change = Change::none(view.mail);
    for outcome in &answered.outcomes {
        one(&mut change, outcome, view, answered.foot.epoch);
    }
    let stranger = answered.standing.0.is_none();
    if stranger
        && answered
            .outcomes
            .iter()
            .any(|one| one.fate == Fate::Later(Code::InviteUnknown))
    {
        change.outbox.extend(introduce_again(view.outbox, view.kept));
    }
    if !stranger {
        change.outbox.extend(joined_after_all(view.outbox));
    }
    change.identity |= answered.set.as_ref().is_some_and(|set| who.take_set(set));
    change.identity |= who.take_standing(answered.standing.0, answered.standing.1);
    if answered.fork {
        let join = renew_device(who, rnd);
        change.identity = true;
        change.outbox.push(OutRow::new(join));
    }
    change.pulled = take::believed(who, view, answered);
    // What is kept with a receipt now is its author's own copy, and has its row.
    let erased = take::erased(view, &change.pulled);
    let is_kept = |row: &Pulled| change.kept.iter().any(|kept| kept.out.op_id == row.out.op_id);
    change.pulled.extend(erased.into_iter().filter(|row| !is_kept(row)));
    let is_own = |row: &&KeptOp| {
        let join = row.out.kind() == Some(Kind::Join);
        join && row.out.header().is_some_and(|header| header.device == who.device_id())
    };
    let join = change.kept.iter().chain(view.kept).find(is_own);
    change.mail.joined = join.map(|row| row.first);
    let ask = asks(who, view, &change, answered.foot.epoch);
    change.mail.advance(&answered.foot, answered.cursor, ask);
    change
}

/// The endpoint knows this device although it had refused its join: another phone of the person has brought it since.
fn joined_after_all(outbox: &[OutRow]) -> Vec<OutRow> {
    let refused = |row: &&OutRow| matches!(row.state, OutState::NeedsALook(_)) && row.out.kind() == Some(Kind::Join);
    outbox
        .iter()
        .filter(refused)
        .map(|row| OutRow::new(row.out.clone()))
        .collect()
}

/// Ops that this database has not confirmed: all of them after it was restored from a backup, and what another device of the same
/// person sent, so that every phone of a person can heal a restored database.
fn asks(who: &Identity, view: View<'_>, change: &Change, epoch: Epoch) -> Vec<Probe> {
    let mut asks: Vec<Probe> = Vec::new();
    // What waits in the outbox goes out, or is asked about, from there. Refused because it was erased meanwhile, it is held all the same.
    let waits = |id: &OpId| {
        let newest = |row: &&OutRow| !change.outbox.iter().any(|new| new.out.op_id == row.out.op_id);
        let waiting = view.outbox.iter().filter(newest).chain(&change.outbox);
        let mut waiting = waiting.filter(|row| !change.done.contains(&row.out.op_id));
        waiting.any(|row| row.out.op_id == *id && row.state != OutState::NeedsALook(Code::Erased))
    };
    let mut ask = |out: &Outgoing| {
        if !waits(&out.op_id) {
            asks.push(out.probe());
        }
    };
    let is_new = |id: &OpId| change.kept.iter().any(|row| row.out.op_id == *id);
    for row in view.kept {
        if row.confirmed != epoch && !is_new(&row.out.op_id) {
            ask(&row.out);
        }
    }
    for rows in [view.pulled, &change.pulled] {
        for row in rows {
            let known = row.whole || row.erased == Some(true);
            if known && row.account == who.account_id() && !is_new(&row.out.op_id) {
                ask(&row.out);
            }
        }
    }
    asks
}

fn one(change: &mut Change, outcome: &Outcome, view: View<'_>, epoch: Epoch) {
    let waiting = view.outbox.iter().find(|row| row.out.op_id == outcome.op_id);
    let held = view.kept.iter().find(|row| row.out.op_id == outcome.op_id);
    let sibling = view
        .pulled
        .iter()
        .find(|row| row.out.op_id == outcome.op_id && (row.whole || row.erased == Some(true)));
    let sibling = sibling.map(|row| row.out.clone());
    let put = |change: &mut Change, row: &OutRow, state: OutState| {
        let mut row = row.clone();
        row.state = state;
        change.outbox.push(row);
    };
    match (outcome.fate, waiting, held) {
        (Fate::Stored(receipt), waiting, Some(held)) => {
            let mut held = held.clone();
            held.current = receipt;
            held.confirmed = epoch;
            change.kept.push(held);
            change.done.extend(waiting.map(|row| row.out.op_id));
        }
        (Fate::Stored(receipt), Some(row), None) => {
            change.kept.push(KeptOp::new(row.out.clone(), receipt, epoch));
            change.done.push(row.out.op_id);
        }
        (Fate::Stored(receipt), None, None) => {
            change.kept.extend(sibling.map(|out| KeptOp::new(out, receipt, epoch)));
        }
        (Fate::SendIt, Some(row), _) => put(change, row, OutState::Waiting),
        // The endpoint was restored from a backup that is older than this op: it goes out once more.
        (Fate::SendIt, None, Some(held)) => change.outbox.push(OutRow::new(held.out.clone())),
        (Fate::SendIt, None, None) => change.outbox.extend(sibling.map(OutRow::new)),
        (Fate::NeedsALook(code), Some(row), _) => put(change, row, OutState::NeedsALook(code)),
        (Fate::Later(code), Some(row), _) => put(change, row, OutState::Later(code)),
        (_, None, _) => (),
    }
}

/// No answer came, or none that can be believed: the rows of the ops that may or may not have arrived.
pub(super) fn lost(outbox: &[OutRow], posting: &Posting) -> Vec<OutRow> {
    let sent = |id: &OpId| posting.ops.iter().any(|(op, _)| op == id);
    let mut rows: Vec<OutRow> = outbox.iter().filter(|row| sent(&row.out.op_id)).cloned().collect();
    rows.iter_mut().for_each(|row| row.state = OutState::SentUnknown);
    rows
}

/// The endpoint does not know this device, although its joins have receipts: the database was restored from a backup that is older.
/// The rows to put into the outbox; every join of the account goes out once more, the first one with its invite.
pub(super) fn introduce_again(outbox: &[OutRow], kept: &[KeptOp]) -> Vec<OutRow> {
    let joins = kept.iter().filter(|row| row.out.kind() == Some(Kind::Join));
    let missing = joins.filter(|row| !outbox.iter().any(|out| out.out.op_id == row.out.op_id));
    missing.map(|row| OutRow::new(row.out.clone())).collect()
}
