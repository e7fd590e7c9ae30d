//! What clear ops do to accounts, devices, invites and the branch, in the transaction that stores them.
//!
//! Invariant: the state after any order of arrival is the same: cards and consents are judged by their leaves, sets by their
//! version, revocation is final. Not here: joining (`join`).

use super::check::addressed;
use super::clear::Act;
use super::session::{Session, Stop};
use super::store::{AccountRow, BranchRow, InviteRow, LogRow, OpRow, OpState, Store};
use crate::Now;
use crate::answer::{Code, Standing};
use crate::body::{Assignment, Card, CardState, Consent, INVITE_SECONDS, Invite, Reason, Revoke, keyed_record};
use crate::branch::BranchSet;
use crate::hash::digest;
use crate::id::{AccountId, DeviceId, OpId, Principal};
use crate::keys;
use crate::kind::{Kind, Role};
use crate::op::{Header, Op};
use crate::shape;
use minicbor::Decode;
use std::collections::BTreeSet;

/// Leaves of one keyed record that are looked at.
const LEAVES: usize = 64;

/// What the database must say before an act is stored.
pub(super) fn permitted(
    s: &mut Session<'_>,
    act: &Act,
    header: &Header,
    author: &AccountRow,
) -> Result<Result<(), Code>, Stop> {
    Ok(match act {
        Act::Content | Act::Consent => Ok(()),
        Act::Card(card) => card_permitted(s, card, author)?,
        Act::Set(set) => {
            let ours = set.endpoint_sign == s.keys.sign_pub() && set.endpoint_age == s.keys.age_pub();
            if set.branch == s.branch.id && ours {
                Ok(())
            } else {
                Err(Code::BadShape)
            }
        }
        Act::Invite(invite) => {
            let taken = s.store.invite(&keys::invite_id(&invite.invite_pub))?.is_some();
            if taken { Err(Code::BadShape) } else { Ok(()) }
        }
        Act::Revoke(revoke) => revoke_permitted(s, revoke)?,
        Act::Status(subject) => of_this_branch(s, subject)?,
        Act::Assignment(assignment) => match of_this_branch(s, &assignment.candidate)? {
            Ok(()) => of_this_branch(s, &assignment.mentor)?,
            refused => refused,
        },
        Act::Forward(original) => forward_permitted(s, original, author)?,
        Act::Erase(target) => match target {
            Some(target) => erase_permitted(s, header, target, author)?,
            None => Ok(()),
        },
    })
}

fn of_this_branch(s: &mut Session<'_>, account: &AccountId) -> Result<Result<(), Code>, Stop> {
    Ok(match s.store.account(account)? {
        None => Err(Code::TargetUnknown),
        Some(account) if account.branch == s.branch.id => Ok(()),
        Some(_) => Err(Code::NotYours),
    })
}

/// Sealed again is what a secretary has read, or what one wrote oneself.
fn forward_permitted(s: &mut Session<'_>, original: &OpId, author: &AccountRow) -> Result<Result<(), Code>, Stop> {
    let Some(original) = s.store.op(original)? else {
        // Lost by a restore, perhaps with the phone that wrote it: what a secretary has read is all that is left of it.
        let secretary = author.role == Role::Secretary;
        return Ok(if secretary { Ok(()) } else { Err(Code::TargetUnknown) });
    };
    let readable = author.role == Role::Secretary || original.account == author.id;
    let kind = Kind::from_number(original.kind);
    let allowed = original.branch == s.branch.id && readable && kind.is_some_and(Kind::forwardable);
    Ok(if allowed { Ok(()) } else { Err(Code::NotYours) })
}

/// One op may be erased by its author, and by a secretary unless only its author reads it; whoever was sent it is told.
fn erase_permitted(
    s: &mut Session<'_>,
    header: &Header,
    target: &OpId,
    author: &AccountRow,
) -> Result<Result<(), Code>, Stop> {
    // After a restore, or by courier, the target may still have to come: then it is erased at once (`erased_before`).
    let allowed = match s.store.op(target)? {
        Some(target) => erases(header, author, &target),
        None => Kind::from_number(header.kind).is_some_and(|kind| addressed(header, kind)),
    };
    Ok(if allowed { Ok(()) } else { Err(Code::NotYours) })
}

fn erases(header: &Header, author: &AccountRow, target: &OpRow) -> bool {
    let read_by_branch = !matches!(Kind::from_number(target.kind), Some(Kind::Draft | Kind::Escrow));
    let allowed = target.branch == header.branch
        && target.kind == header.kind
        && (target.account == header.account || (read_by_branch && author.role == Role::Secretary));
    let told = Op::from_parts(target.header.clone(), target.sig).is_ok_and(|op| {
        let sorted = |to: &[Principal]| to.iter().copied().collect::<BTreeSet<_>>();
        op.header().verb == 0 && sorted(&op.header().to) == sorted(&header.to)
    });
    allowed && told
}

/// Erases the body of an op that came after its own erasure.
pub(super) fn erased_before(s: &mut Session<'_>, row: &OpRow) -> Result<(), Stop> {
    for erasure in s.store.acting_on(&row.op_id, row.kind)? {
        let Some(erasure) = s.store.op(&erasure)? else { continue };
        let Some(author) = s.store.account(&erasure.account)? else {
            continue;
        };
        let header = Op::from_parts(erasure.header, erasure.sig);
        if header.is_ok_and(|op| op.header().verb == 1 && erases(op.header(), &author, row)) {
            s.store.erase_op(&row.op_id)?;
        }
    }
    Ok(())
}

/// Erases the body of an op that came after the deletion which it led to: a deletion takes effect in whatever order things arrive.
pub(super) fn bury(s: &mut Session<'_>, row: &OpRow) -> Result<(), Stop> {
    let (mut open, mut seen) = (vec![row.op_id], BTreeSet::new());
    while let Some(op) = open.pop() {
        for heir in s.store.heirs(&row.record, &op)? {
            let deletes = s
                .store
                .op(&heir)?
                .and_then(|row| Op::from_parts(row.header, row.sig).ok());
            if deletes.is_some_and(|op| op.header().verb == 1) {
                return Ok(s.store.erase_op(&row.op_id)?);
            }
            if seen.insert(heir) {
                open.push(heir);
            }
        }
    }
    Ok(())
}

fn card_permitted(s: &mut Session<'_>, card: &Card, author: &AccountRow) -> Result<Result<(), Code>, Stop> {
    let Some(subject) = s.store.account(&card.account)? else {
        return Ok(Ok(()));
    };
    let foreign = subject.branch != s.branch.id || subject.role == Role::Secretary;
    let own_mentor = card.role == Role::Mentor && card.state == CardState::Active && subject.maker == Some(author.id);
    Ok(if foreign || (own_mentor && !s.branch.single_secretary) {
        Err(Code::NotYours)
    } else {
        Ok(())
    })
}

fn revoke_permitted(s: &mut Session<'_>, revoke: &Revoke) -> Result<Result<(), Code>, Stop> {
    let account = match (&revoke.device, &revoke.account) {
        (Some(device), _) => s.store.device(device)?.map(|device| device.account),
        (None, account) => *account,
    };
    let account = match account {
        Some(account) => s.store.account(&account)?,
        None => None,
    };
    // After a restore the revoked phone may still have to come back; then it is closed at once (`closed_before`).
    Ok(match account {
        Some(account) if account.branch != s.branch.id => Err(Code::NotYours),
        _ => Ok(()),
    })
}

/// Does what the op says. The op is stored already.
pub(super) fn apply(s: &mut Session<'_>, act: &Act, row: &OpRow) -> Result<(), Stop> {
    let action = match act {
        Act::Content => "push",
        Act::Status(_) => "status",
        Act::Forward(original) => {
            let original = s.store.op(original)?;
            if original.is_some_and(|original| original.state == OpState::Erased) {
                s.store.erase_op(&row.op_id)?;
            }
            "forward"
        }
        Act::Assignment(assignment) => {
            settle_mentor(s, assignment)?;
            "assign"
        }
        Act::Erase(target) => {
            match target {
                Some(target) => s.store.erase_op(target)?,
                None => s.store.erase_record(&row.record, &row.op_id)?,
            }
            "erase"
        }
        Act::Card(card) => {
            settle(s, &card.account)?;
            "card"
        }
        Act::Set(set) => {
            take_set(s, set, row.op_id)?;
            "set"
        }
        Act::Invite(invite) => {
            s.store.put_invite(&invite_row(s, invite, row.account))?;
            "invite"
        }
        Act::Revoke(revoke) => {
            apply_revoke(s, revoke)?;
            "revoke"
        }
        Act::Consent => {
            settle(s, &row.account)?;
            "consent"
        }
    };
    log(s, action, row.op_id)
}

fn invite_row(s: &Session<'_>, invite: &Invite, maker: AccountId) -> InviteRow {
    InviteRow {
        id: keys::invite_id(&invite.invite_pub),
        branch: Some(s.branch.id),
        invite_pub: invite.invite_pub,
        role: invite.role,
        account: invite.account,
        expires: invite.expires.min(s.now.wall_s + INVITE_SECONDS),
        guardian: invite.guardian,
        typed: invite.typed,
        maker: Some(maker),
        used_by: None,
    }
}

fn take_set(s: &mut Session<'_>, set: &BranchSet, op: OpId) -> Result<(), Stop> {
    if set.version <= s.branch.set_version {
        return Ok(());
    }
    s.branch = BranchRow {
        class: set.class,
        set_version: set.version,
        set_op: op,
        single_secretary: set.single_secretary(),
        ..s.branch.clone()
    };
    s.store.put_branch(&s.branch)?;
    s.set = Some(set.clone());
    let mut concerned: Vec<AccountId> = s
        .store
        .secretaries(&s.branch.id)?
        .into_iter()
        .map(|row| row.id)
        .collect();
    concerned.extend(set.secretaries.iter().map(|one| one.account));
    concerned.sort_unstable();
    concerned.dedup();
    for account in concerned {
        settle(s, &account)?;
    }
    Ok(())
}

fn apply_revoke(s: &mut Session<'_>, revoke: &Revoke) -> Result<(), Stop> {
    if let Some(id) = revoke.device
        && let Some(mut device) = s.store.device(&id)?
    {
        device.closed = true;
        s.store.put_device(&device)?;
        if let Some(mut account) = s.store.account(&device.account)? {
            account.had_revoked = true;
            s.store.put_account(&account)?;
        }
    }
    if let Some(id) = revoke.account {
        if let Some(mut account) = s.store.account(&id)? {
            account.revoked = true;
            account.had_revoked = true;
            s.store.put_account(&account)?;
        }
        if revoke.reason == Reason::Erase {
            s.store.erase_account(&id)?;
        }
        settle(s, &id)?;
    }
    Ok(())
}

/// Whether this device, or this account, was revoked before it came (again).
pub(super) fn closed_before(s: &mut Session<'_>, id: [u8; 16]) -> Result<bool, Stop> {
    for op in s.store.acting_on(&OpId(id), Kind::Revoke.number())? {
        if s.store.op(&op)?.is_some_and(|row| row.branch == s.branch.id) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Role, standing and class of an account, computed anew from what is stored about it.
pub(super) fn settle(s: &mut Session<'_>, id: &AccountId) -> Result<(), Stop> {
    let Some(mut account) = s.store.account(id)?.filter(|account| account.branch == s.branch.id) else {
        return Ok(());
    };
    let before = (account.role, account.standing);
    let named = s
        .set
        .as_ref()
        .is_some_and(|set| set.secretaries.iter().any(|one| one.account == *id));
    let cards: Vec<Card> = leaf_bodies(s.store, keyed_record(Kind::Card, id.as_bytes()))?;
    if named {
        account.role = Role::Secretary;
    } else if let (Some(card), true) = (cards.first(), account.role != Role::Secretary) {
        account.role = card.role;
    }
    account.standing = match account.role {
        _ if account.revoked => Standing::Closed,
        Role::Secretary if named => Standing::Active,
        // Named before and no longer: former secretaries write nothing more. Never named: still waiting.
        Role::Secretary if account.standing == Standing::Waiting => Standing::Waiting,
        Role::Secretary => Standing::Closed,
        _ if cards.iter().any(|card| card.state == CardState::Ended) => Standing::Closed,
        Role::Mentor if cards.is_empty() && !s.branch.single_secretary => Standing::Waiting,
        Role::Mentor | Role::Candidate => Standing::Active,
    };
    let consents: Vec<Consent> = leaf_bodies(s.store, keyed_record(Kind::Consent, id.as_bytes()))?;
    if let Some(class) = consents.iter().map(|consent| consent.allows(account.guardian)).min() {
        account.class = class;
    }
    account.entitlement += u64::from(before != (account.role, account.standing));
    s.store.put_account(&account)?;
    Ok(())
}

/// Whether the mentor is assigned to the candidate: some version in force, and none that ends it.
pub(super) fn is_assigned(store: &mut dyn Store, candidate: &AccountId, mentor: &AccountId) -> Result<bool, Stop> {
    let leaves: Vec<Assignment> = leaf_bodies(store, Assignment::record(candidate, mentor))?;
    Ok(!leaves.is_empty() && leaves.iter().all(|leaf| leaf.to.is_none()))
}

/// A mentor who is assigned now may have what was not theirs before: their phone looks from the beginning.
fn settle_mentor(s: &mut Session<'_>, assignment: &Assignment) -> Result<(), Stop> {
    let Assignment { candidate, mentor, .. } = assignment;
    if is_assigned(s.store, candidate, mentor)?
        && let Some(mut mentor) = s.store.account(mentor)?
    {
        mentor.entitlement += 1;
        s.store.put_account(&mentor)?;
    }
    Ok(())
}

fn leaf_bodies<T>(store: &mut dyn Store, record: crate::id::RecordId) -> Result<Vec<T>, Stop>
where
    T: for<'b> Decode<'b, ()>,
{
    let mut out = Vec::new();
    for leaf in store.leaves(&record, LEAVES)? {
        let body = store.op(&leaf)?.and_then(|row| row.body);
        out.extend(body.and_then(|body| shape::whole(&body).ok()));
    }
    Ok(out)
}

/// Adds a line to the access log.
pub(super) fn log(s: &mut Session<'_>, action: &'static str, target: OpId) -> Result<(), Stop> {
    line(s.store, s.now, &s.device, action, target)
}

/// The line itself, with who acted.
pub(super) fn line(
    store: &mut dyn Store,
    now: Now,
    actor: &DeviceId,
    action: &'static str,
    target: OpId,
) -> Result<(), Stop> {
    let (n, prev) = store.log_head()?;
    let (n, time, actor) = (n + 1, now.wall_s, *actor);
    let hash = log_hash(&prev, n, time, &actor, action, &target);
    store.put_log(&LogRow {
        n,
        time,
        actor,
        action,
        target,
        hash,
    })?;
    Ok(())
}

/// SHA-256("lylich/1 log" ‖ previous hash ‖ n ‖ time ‖ actor ‖ action ‖ target): what makes a missing line show.
pub fn log_hash(prev: &[u8; 32], n: u64, time: u64, actor: &DeviceId, action: &str, target: &OpId) -> [u8; 32] {
    let (n, time) = (n.to_be_bytes(), time.to_be_bytes());
    digest(
        "lylich/1 log",
        &[prev, &n, &time, actor.as_bytes(), action.as_bytes(), target.as_bytes()],
    )
}
