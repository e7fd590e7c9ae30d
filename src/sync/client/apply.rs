//! What an answer, or its absence, changes in the vault: one change, to be stored in one transaction (storage and vault §3).
//!
//! Invariant: an op leaves the outbox only in the change that keeps it with its verified receipt, and `done` is to be deleted after
//! everything else was put. The first receipt is never replaced. Not here: judging the answer (`reply`).

use super::{Answered, Fate, Identity, KeptOp, Mail, OutRow, OutState, Outcome, Posting, renew_device};
use crate::Random;
use crate::answer::Code;
use crate::id::OpId;
use crate::kind::Kind;

/// Rows to put, then keys to delete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Whether `meta.self` changed.
    pub identity: bool,
    /// Rows of `ops` to put.
    pub kept: Vec<KeptOp>,
    /// Rows of `outbox` to put.
    pub outbox: Vec<OutRow>,
    /// Keys of `outbox` to delete, after the puts.
    pub done: Vec<u64>,
    /// The row of `meta` about the endpoint.
    pub mail: Mail,
}

/// What a believed answer changes. `outbox` and `kept` are the rows as they lie in the vault.
pub fn apply(
    who: &mut Identity,
    outbox: &[OutRow],
    kept: &[KeptOp],
    mail: &Mail,
    answered: &Answered,
    rnd: &mut dyn Random,
) -> Change {
    let mut change = Change {
        identity: false,
        kept: vec![],
        outbox: vec![],
        done: vec![],
        mail: mail.clone(),
    };
    for outcome in &answered.outcomes {
        let waiting = outbox.iter().find(|row| row.out.op_id == outcome.op_id);
        let held = kept.iter().find(|row| row.out.op_id == outcome.op_id);
        one(&mut change, outcome, waiting, held, answered);
    }
    if answered
        .outcomes
        .iter()
        .any(|one| one.fate == Fate::Later(Code::InviteUnknown))
    {
        change.outbox.extend(introduce_again(outbox, kept));
    }
    change.identity |= answered.set.as_ref().is_some_and(|set| who.take_set(set));
    change.identity |= who.take_standing(answered.standing.0, answered.standing.1);
    if answered.fork {
        let join = renew_device(who, rnd);
        change.identity = true;
        change.outbox.push(OutRow::new(join));
    }
    let now_kept: Vec<KeptOp> = kept.iter().map(|row| newest(row, &change.kept)).collect();
    change.mail.advance(&answered.foot, answered.cursor, &now_kept);
    change
}

fn newest(row: &KeptOp, changed: &[KeptOp]) -> KeptOp {
    changed
        .iter()
        .find(|one| one.out.op_id == row.out.op_id)
        .unwrap_or(row)
        .clone()
}

fn one(change: &mut Change, outcome: &Outcome, waiting: Option<&OutRow>, held: Option<&KeptOp>, answered: &Answered) {
    let put = |change: &mut Change, row: &OutRow, state: OutState| {
        let mut row = row.clone();
        row.state = state;
        change.outbox.push(row);
    };
    match (outcome.fate, waiting, held) {
        (Fate::Stored(receipt), waiting, Some(held)) => {
            let mut held = held.clone();
            held.current = receipt;
            held.confirmed = answered.foot.epoch;
            change.kept.push(held);
            change.done.extend(waiting.map(|row| row.out.seq));
        }
        (Fate::Stored(receipt), Some(row), None) => {
            change
                .kept
                .push(KeptOp::new(row.out.clone(), receipt, answered.foot.epoch));
            change.done.push(row.out.seq);
        }
        (Fate::SendIt, Some(row), _) => put(change, row, OutState::Waiting),
        // The endpoint was restored from a backup that is older than this op: it goes out once more.
        (Fate::SendIt, None, Some(held)) => change.outbox.push(OutRow::new(held.out.clone())),
        (Fate::NeedsALook(code), Some(row), _) => put(change, row, OutState::NeedsALook(code)),
        (Fate::Later(code), Some(row), _) => put(change, row, OutState::Later(code)),
        (_, None, _) => (),
    }
}

/// No answer came, or none that can be believed: the rows of the ops that may or may not have arrived.
pub fn lost(outbox: &[OutRow], posting: &Posting) -> Vec<OutRow> {
    let sent = |id: &OpId| posting.ops.iter().any(|(op, _)| op == id);
    let mut rows: Vec<OutRow> = outbox.iter().filter(|row| sent(&row.out.op_id)).cloned().collect();
    rows.iter_mut().for_each(|row| row.state = OutState::SentUnknown);
    rows
}

/// The endpoint does not know this device, although its joins have receipts: the database was restored from a backup that is older.
/// The rows to put into the outbox; every join of the account goes out once more, the first one with its invite.
pub fn introduce_again(outbox: &[OutRow], kept: &[KeptOp]) -> Vec<OutRow> {
    let joins = kept.iter().filter(|row| row.out.kind() == Some(Kind::Join));
    let missing = joins.filter(|row| !outbox.iter().any(|out| out.out.op_id == row.out.op_id));
    missing.map(|row| OutRow::new(row.out.clone())).collect()
}
