//! What passes between a candidate and those who read their papers: remarks, words of the branch, who accompanies them, and whose word to
//! believe (sync protocol §4 and §5).
//!
//! Invariant: a word of the branch, a card and an assignment count only from a secretary whom a root-signed set names; a remark besides
//! that from a mentor with such a card, and from oneself. Handing back is the word [`Word::HandedBack`] about a hand-in. Not here: what a
//! secretary cuts (`acts`), what mentors and secretaries see of everybody (`crate::office`).

use super::acts::{Reader, with_others};
use super::cut::{CutFault, seal_bytes};
use super::{Identity, Outgoing, Pulled, Target};
use crate::body::plain::Remark;
use crate::body::{Assignment, Card, CardState, Status, Word, keyed_record};
use crate::branch::{BranchSet, SignedSet};
use crate::id::{AccountId, OpId, RecordId};
use crate::kind::{Kind, Role};
use crate::op::RawOp;
use crate::seal::safe;
use crate::{Now, Random, shape};

/// Says something about a hand-in, or about a place in it. `others`: the candidate and the assigned mentors, as far as they are not the
/// writer; the branch and the writer read it in any case.
///
/// # Errors
/// When content may not leave the phone, or a key is unusable.
pub fn annotate(
    who: &mut Identity,
    others: &[Reader],
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
    let (to, keys) = with_others(who, others);
    let target = Target {
        kind: Kind::Annotation,
        record: None,
        base: None,
        also: vec![],
        to,
    };
    seal_bytes(who, op_id, target, None, &shape::encode(&remark), &keys, rnd)
}

/// Ops of one record that no other of them names, by identifier.
pub(crate) fn leaves_of<'a>(ops: impl Iterator<Item = &'a Outgoing>) -> Vec<OpId> {
    let ops: Vec<_> = ops.filter_map(Outgoing::header).collect();
    let named = |id: OpId| ops.iter().any(|op| op.base == Some(id) || op.also.contains(&id));
    let mut leaves: Vec<OpId> = ops.iter().map(|op| op.op_id).filter(|id| !named(*id)).collect();
    leaves.sort_unstable();
    // An op that a restored endpoint asked for again lies in two places.
    leaves.dedup();
    leaves
}

/// Everybody whom a root-signed set that this phone holds names as a secretary, former ones included: the endpoint takes nothing new of
/// theirs.
pub(super) fn secretaries(who: &Identity, pulled: &[Pulled]) -> Vec<AccountId> {
    let mut named: Vec<AccountId> = Vec::new();
    let mut take = |set: BranchSet| named.extend(set.secretaries.iter().map(|one| one.account));
    who.set().into_iter().for_each(&mut take);
    for row in pulled.iter().filter(|row| row.out.kind() == Some(Kind::BranchSet)) {
        let signed = body_of::<SignedSet>(&row.out).and_then(|signed| signed.verify().ok());
        signed
            .into_iter()
            .filter(|set| set.branch == who.branch_id())
            .for_each(&mut take);
    }
    named
}

/// The clear body of an op.
fn body_of<T: for<'b> minicbor::Decode<'b, ()>>(out: &Outgoing) -> Option<T> {
    let raw: RawOp = shape::whole(&out.bytes).ok()?;
    shape::whole(&raw.body).ok()
}

/// The versions of a record of the secretaries' that stand, the one received last at the end.
fn standing<'p>(secretaries: &[AccountId], pulled: &'p [Pulled], (kind, record): (Kind, RecordId)) -> Vec<&'p Pulled> {
    let believed = |row: &&Pulled| {
        row.out.record_id == record && row.out.kind() == Some(kind) && secretaries.contains(&row.account)
    };
    let rows: Vec<&Pulled> = pulled.iter().filter(believed).collect();
    let leaves = leaves_of(rows.iter().map(|row| &row.out));
    let mut rows: Vec<&Pulled> = rows.into_iter().filter(|row| leaves.contains(&row.out.op_id)).collect();
    rows.sort_unstable_by_key(|row| row.server_seq);
    rows
}

/// The keys of this mentor, by cards in force that a secretary signed.
fn mentor(secretaries: &[AccountId], pulled: &[Pulled], account: &AccountId) -> Option<Reader> {
    let rows = standing(
        secretaries,
        pulled,
        (Kind::Card, keyed_record(Kind::Card, account.as_bytes())),
    );
    let mut reader = None;
    for row in rows {
        let card: Card = body_of(&row.out)?;
        let fits = card.account == *account && card.role == Role::Mentor && card.state == CardState::Active;
        // An ended card beside another ends it.
        reader = Some(fits.then_some(Reader {
            account: card.account,
            age_pub: card.age_pub,
        })?);
    }
    reader
}

/// Who accompanies this candidate now: hand-ins and answers are sealed to them as well.
pub fn mentors(who: &Identity, pulled: &[Pulled]) -> Vec<Reader> {
    let secretaries = secretaries(who, pulled);
    let mut mentors: Vec<Reader> = Vec::new();
    for row in pulled.iter().filter(|row| row.out.kind() == Some(Kind::Assignment)) {
        let Some(said) = body_of::<Assignment>(&row.out).filter(|said| said.candidate == who.account_id()) else {
            continue;
        };
        let record = Assignment::record(&said.candidate, &said.mentor);
        let leaves = standing(&secretaries, pulled, (Kind::Assignment, record));
        let lasts = |row: &&Pulled| body_of::<Assignment>(&row.out).is_some_and(|leaf| leaf.to.is_none());
        let in_force = !leaves.is_empty() && leaves.iter().all(lasts);
        let reader = mentor(&secretaries, pulled, &said.mentor).filter(|_| in_force);
        mentors.extend(reader.filter(|reader| !mentors.contains(reader)));
    }
    mentors
}

/// What the branch says of this person's papers now: the word received last among those that stand. With it, when the endpoint stored
/// it (seconds since 1970-01-01 UTC).
pub fn word_of_branch(who: &Identity, pulled: &[Pulled]) -> Option<(Status, u64)> {
    let record = keyed_record(Kind::Status, who.account_id().as_bytes());
    let rows = standing(&secretaries(who, pulled), pulled, (Kind::Status, record));
    let last = rows.last()?;
    let status: Status = body_of(&last.out)?;
    (status.subject == who.account_id()).then_some((status, last.server_time))
}

/// Whether the branch handed this very version back.
pub fn is_handed_back(who: &Identity, pulled: &[Pulled], hand_in: &OpId) -> bool {
    let word = word_of_branch(who, pulled);
    word.is_some_and(|(status, _)| status.word == Word::HandedBack && status.about == Some(*hand_in))
}

/// A remark that this phone may read, and whether its author is confirmed: a secretary of the signed set, a mentor with a card, or the
/// person themself.
pub fn remark(who: &Identity, pulled: &[Pulled], row: &Pulled) -> Option<(Remark, bool)> {
    let remark = opened(who, &row.out).filter(|_| row.whole)?;
    let secretaries = secretaries(who, pulled);
    let confirmed = row.account == who.account_id() || role_of(&secretaries, pulled, &row.account).is_some();
    Some((remark, confirmed))
}

/// A remark, or an answer to one, that is sealed to this person.
pub(super) fn opened(who: &Identity, out: &Outgoing) -> Option<Remark> {
    let op = out.read().filter(|_| out.kind() == Some(Kind::Annotation))?;
    let raw: RawOp = shape::whole(&out.bytes).ok()?;
    let remark: Remark = safe::open_as(&raw.body, who.account().age_secret()).ok()?;
    remark.agrees_with(op.header()).then_some(remark)
}

/// Secretary or mentor, as far as that is confirmed.
pub(super) fn role_of(secretaries: &[AccountId], pulled: &[Pulled], account: &AccountId) -> Option<Role> {
    if secretaries.contains(account) {
        return Some(Role::Secretary);
    }
    mentor(secretaries, pulled, account).map(|_| Role::Mentor)
}
