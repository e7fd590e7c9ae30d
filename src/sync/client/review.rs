//! What passes between a candidate and the branch about papers that were handed in: remarks, words of the branch, and whose word to
//! believe (sync protocol §4 and §5).
//!
//! Invariant: a word of the branch counts only from a secretary whom a root-signed set names; a remark besides that from the candidate
//! it is about. Handing back is the word [`Word::HandedBack`] about a hand-in. Not here: sealing and signing (`cut`).

use super::cut::{CutFault, own_and_branch, readers, seal_bytes};
use super::{Identity, Outgoing, Pulled, Target, clear};
use crate::body::plain::Remark;
use crate::body::{Status, Word, keyed_record};
use crate::id::{AccountId, AgePub, OpId};
use crate::kind::{Kind, Role};
use crate::op::RawOp;
use crate::seal::safe;
use crate::{Now, Random, shape};

/// A candidate as a reader of hand-ins knows them, from the authors of the rows that were pulled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Their account.
    pub account: AccountId,
    /// What is sealed to them.
    pub age_pub: AgePub,
}

/// Says something about a hand-in, or about a place in it. `candidate` is `None` when the candidate answers.
///
/// # Errors
/// When content may not leave the phone, or a key is unusable.
pub fn annotate(
    who: &mut Identity,
    candidate: Option<Candidate>,
    (about, path): (OpId, Option<&str>),
    text: &str,
    now: Now,
    rnd: &mut dyn Random,
) -> Result<Outgoing, CutFault> {
    let op_id = OpId::draw(rnd);
    let remark = Remark {
        op_id,
        record: op_id.into(),
        kind: Kind::Annotation.number(),
        account: who.account_id(),
        clock: now.wall_s,
        about: Some(about),
        path: path.map(str::to_owned),
        text: text.to_owned(),
    };
    let (mut to, mut keys) = (own_and_branch(who), readers(who));
    if let Some(candidate) = candidate {
        to.push(candidate.account.into());
        keys.push(candidate.age_pub);
    }
    let target = Target {
        kind: Kind::Annotation,
        record: None,
        base: None,
        also: vec![],
        to,
    };
    seal_bytes(who, op_id, target, &shape::encode(&remark), &keys, rnd)
}

/// A secretary's word about a candidate's papers. `pulled` and `own` hold the words before it, which it goes on from.
///
/// # Errors
/// [`CutFault::WrongRole`] for anybody but a secretary.
pub fn say(
    who: &mut Identity,
    status: &Status,
    before: &[&Outgoing],
    rnd: &mut dyn Random,
) -> Result<Outgoing, CutFault> {
    if who.role() != Role::Secretary {
        return Err(CutFault::WrongRole);
    }
    let record = keyed_record(Kind::Status, status.subject.as_bytes());
    let mut leaves = leaves_of(before.iter().copied().filter(|out| out.record_id == record));
    let base = leaves.pop();
    leaves.truncate(crate::op::MAX_ALSO);
    let target = Target {
        kind: Kind::Status,
        record: Some(record),
        base,
        also: leaves,
        to: vec![who.branch_id().into(), status.subject.into()],
    };
    Ok(clear(who, target, status, rnd))
}

fn leaves_of<'a>(ops: impl Iterator<Item = &'a Outgoing>) -> Vec<OpId> {
    let ops: Vec<_> = ops.filter_map(Outgoing::read).collect();
    let named = |id: OpId| {
        ops.iter()
            .any(|op| op.header().base == Some(id) || op.header().also.contains(&id))
    };
    let mut leaves: Vec<OpId> = ops
        .iter()
        .map(|op| op.header().op_id)
        .filter(|id| !named(*id))
        .collect();
    leaves.sort_unstable();
    // An op that a restored endpoint asked for again lies in two places.
    leaves.dedup();
    leaves
}

/// What the branch says of this person's papers now: the word received last among those that stand. With it, when the endpoint stored
/// it (seconds since 1970-01-01 UTC).
pub fn word_of_branch(who: &Identity, pulled: &[Pulled]) -> Option<(Status, u64)> {
    let set = who.set()?;
    let record = keyed_record(Kind::Status, who.account_id().as_bytes());
    let believed = |row: &&Pulled| {
        let named = set.secretaries.iter().any(|one| one.account == row.account);
        row.out.record_id == record && row.out.kind() == Some(Kind::Status) && named
    };
    let rows: Vec<&Pulled> = pulled.iter().filter(believed).collect();
    let leaves = leaves_of(rows.iter().map(|row| &row.out));
    let standing = rows.into_iter().filter(|row| leaves.contains(&row.out.op_id));
    let last = standing.max_by_key(|row| row.server_seq)?;
    let raw: RawOp = shape::whole(&last.out.bytes).ok()?;
    let status: Status = shape::strict(&raw.body).ok()?;
    (status.subject == who.account_id()).then_some((status, last.server_time))
}

/// Whether the branch handed this very version back.
pub fn is_handed_back(who: &Identity, pulled: &[Pulled], hand_in: &OpId) -> bool {
    let word = word_of_branch(who, pulled);
    word.is_some_and(|(status, _)| status.word == Word::HandedBack && status.about == Some(*hand_in))
}

/// A remark that this phone may read, and whether its author is confirmed: a secretary of the signed set, or the person themself.
pub fn remark(who: &Identity, row: &Pulled) -> Option<(Remark, bool)> {
    let op = row
        .out
        .read()
        .filter(|_| row.out.kind() == Some(Kind::Annotation) && row.whole)?;
    let raw: RawOp = shape::whole(&row.out.bytes).ok()?;
    let remark: Remark = safe::open_as(&raw.body, who.account().age_secret()).ok()?;
    let named = who
        .set()
        .is_some_and(|set| set.secretaries.iter().any(|one| one.account == row.account));
    let fits = remark.agrees_with(op.header());
    fits.then_some((remark, named || row.account == who.account_id()))
}
