//! New devices and accounts, and the founding of a branch (sync protocol §9, "Enrol" and "Found").
//!
//! Invariant: a code is never seen here, only a signature by the key behind it; an invite is used once; unknown, used and expired
//! invites take the same way, a signature check included, so that time tells nothing. Not here: revoking (`effect`).

use super::effect;
use super::refusal::Refusal;
use super::session::{Session, Stop, Taken};
use super::store::{AccountRow, BranchRow, DeviceRow, InviteRow, Store};
use crate::Now;
use crate::answer::{Code, OpResult, Standing};
use crate::body::Join;
use crate::branch::{BranchSet, SignedSet};
use crate::id::AccountId;
use crate::keys::EndpointKeys;
use crate::kind::{Kind, Role};
use crate::letter::{Letter, Signed};
use crate::op::{MAX_HEADER, Op};
use crate::receipt::Receipt;
use crate::shape;

/// Who sent a letter.
pub(super) struct Introduced {
    pub branch: BranchRow,
    /// The branch's set.
    pub set: Option<BranchSet>,
    /// The sender's account, if its device is known.
    pub account: Option<AccountRow>,
    /// The account whose key certified the sending device: it may ask about that account's ops, also before its join is taken.
    pub certified: Option<AccountId>,
}

/// Finds out who sent a letter and checks its signature.
pub(super) fn introduce(
    store: &mut dyn Store,
    keys: &EndpointKeys,
    letter: &Letter,
    signed: &Signed,
    now: Now,
) -> Result<Introduced, Stop> {
    let Some(device) = store.device(&letter.device)? else {
        return newcomer(store, keys, letter, signed, now);
    };
    let account = store.account(&device.account)?.ok_or(Refusal::UnknownDevice)?;
    if !signed.is_from(&device.device_pub, &keys.sign_pub()) || account.branch != letter.branch {
        return Err(Refusal::BadLetter.into());
    }
    let branch = store.branch(&letter.branch)?.ok_or(Refusal::UnknownDevice)?;
    if device.closed {
        return Err(Refusal::DeviceRevoked.into());
    }
    if account.standing == Standing::Closed {
        return Err(Refusal::AccountClosed.into());
    }
    if branch.closed {
        return Err(Refusal::BranchClosed.into());
    }
    Ok(Introduced {
        set: stored_set(store, &branch)?,
        branch,
        certified: Some(account.id),
        account: Some(account),
    })
}

/// A device that is not known here must bring its join.
fn newcomer(
    store: &mut dyn Store,
    keys: &EndpointKeys,
    letter: &Letter,
    signed: &Signed,
    now: Now,
) -> Result<Introduced, Stop> {
    let join = join_of_sender(letter).ok_or(Refusal::UnknownDevice)?;
    if !signed.is_from(&join.device_pub, &keys.sign_pub()) {
        return Err(Refusal::BadLetter.into());
    }
    let certified = join.certified(&letter.branch).then(|| join.account());
    let (branch, set) = match store.branch(&letter.branch)? {
        Some(branch) if branch.closed => return Err(Refusal::BranchClosed.into()),
        Some(branch) => {
            let set = stored_set(store, &branch)?;
            (branch, set)
        }
        None => {
            let (branch, set) = found(store, keys, letter, &join, now)?.ok_or(Refusal::UnknownDevice)?;
            store.put_branch(&branch)?;
            (branch, Some(set))
        }
    };
    Ok(Introduced {
        branch,
        set,
        account: None,
        certified,
    })
}

/// The sending device's own join. It may stand behind that of an earlier device of the account, after a restore.
pub(super) fn join_of_sender(letter: &Letter) -> Option<Join> {
    letter.ops.iter().find_map(|raw| {
        let op = Op::from_parts(raw.header.clone(), raw.sig).ok()?;
        let is_join = op.header().kind == Kind::Join.number() && op.header().device == letter.device;
        let body = (is_join && raw.body.len() <= MAX_HEADER).then_some(&raw.body)?;
        shape::strict::<Join>(body)
            .ok()
            .filter(|join| join.device() == letter.device)
    })
}

/// The set in force. Its signature was checked before it was stored; checking it for every letter would cost as much as an op.
fn stored_set(store: &mut dyn Store, branch: &BranchRow) -> Result<Option<BranchSet>, Stop> {
    let body = store.op(&branch.set_op)?.and_then(|row| row.body);
    let signed = body.and_then(|body| shape::strict::<SignedSet>(&body).ok());
    Ok(signed.and_then(|signed| shape::strict(&signed.set).ok()))
}

/// A founding letter: the join of a founding invite, then the first branch set, which names the joining secretary.
fn found(
    store: &mut dyn Store,
    keys: &EndpointKeys,
    letter: &Letter,
    join: &Join,
    now: Now,
) -> Result<Option<(BranchRow, BranchSet)>, Stop> {
    let Some(raw) = letter.ops.get(1).filter(|raw| raw.body.len() <= MAX_HEADER) else {
        return Ok(None);
    };
    let Ok(op) = Op::from_parts(raw.header.clone(), raw.sig) else {
        return Ok(None);
    };
    let set = shape::strict::<SignedSet>(&raw.body)
        .ok()
        .and_then(|signed| signed.verify().ok());
    let Some(set) = set.filter(|_| op.header().kind == Kind::BranchSet.number()) else {
        return Ok(None);
    };
    let invite = match join.invite {
        Some(id) => store.invite(&id)?,
        None => None,
    };
    let usable = invite.is_some_and(|invite| {
        invite.branch.is_none() && usable(&invite, now) && join.admitted_by(&invite.invite_pub, &letter.branch)
    });
    let ours = set.endpoint_sign == keys.sign_pub() && set.endpoint_age == keys.age_pub();
    let names_founder = set.secretaries.iter().any(|one| one.account == join.account());
    if !usable || !ours || !names_founder || set.branch != letter.branch {
        return Ok(None);
    }
    let branch = BranchRow {
        id: set.branch,
        root_pub: set.root_pub,
        class: set.class,
        // The set itself follows as an op of this letter and then counts.
        set_version: 0,
        set_op: op.header().op_id,
        single_secretary: set.single_secretary(),
        closed: false,
    };
    Ok(Some((branch, set)))
}

fn usable(invite: &InviteRow, now: Now) -> bool {
    invite.used_by.is_none() && now.wall_s <= invite.expires
}

/// A `join` that is not known yet.
pub(super) fn take(s: &mut Session<'_>, op: Op, body: Vec<u8>) -> Result<Taken, Stop> {
    let id = op.header().op_id;
    let (op, join) = match read(op, body) {
        Ok(read) => read,
        Err(code) => return Ok(Taken::not(id, code)),
    };
    let header = op.header();
    if !op.verify(&join.device_pub) || !join.certified(&header.branch) {
        return Ok(Taken::not(id, Code::BadSig));
    }
    let fits = header.branch == s.branch.id
        && header.account == join.account()
        && super::check::addressed(header, Kind::Join)
        && s.account.as_ref().is_none_or(|account| account.id == header.account)
        && s.store.device(&join.device())?.is_none();
    if !fits {
        return Ok(Taken::not(id, Code::NotYours));
    }
    // What this endpoint has signed for, it takes again.
    let before = s
        .joined
        .filter(|receipt| receipt.verify(&s.keys.sign_pub(), &id, &op.hash()));
    let account = match join.invite {
        Some(_) => invited(s, &join, before)?,
        None => further_device(s, &join, before)?,
    };
    let (mut account, invite) = match account {
        Ok(account) => account,
        Err(code) => return Ok(Taken::not(id, code)),
    };
    let closed = effect::closed_before(s, join.device().0)?;
    account.revoked |= effect::closed_before(s, account.id.0)?;
    account.had_revoked |= closed || account.revoked;
    s.store.put_account(&account)?;
    s.store.put_device(&DeviceRow {
        id: join.device(),
        account: account.id,
        device_pub: join.device_pub,
        certificate: join.certificate,
        closed,
        max_seq: 0,
    })?;
    if let Some(mut invite) = invite {
        invite.used_by = Some(account.id);
        s.store.put_invite(&invite)?;
    }
    let (row, fork) = s.keep(&op, None)?;
    s.account = Some(account.clone());
    effect::settle(s, &account.id)?;
    s.refresh()?;
    effect::log(s, "enrol", id)?;
    Ok(Taken {
        op_id: id,
        result: OpResult::Applied,
        row: Some(row),
        leaves: Vec::new(),
        code: None,
        fork,
    })
}

fn read(op: Op, body: Vec<u8>) -> Result<(Op, Join), Code> {
    let header = op.header();
    if header.verb != 0 || header.schema != 1 {
        return Err(Code::UnknownKindOrSchema);
    }
    if body.len() > MAX_HEADER {
        return Err(Code::TooBig);
    }
    if header.about.is_some() {
        return Err(Code::BadShape);
    }
    if header.base.is_some() || !header.also.is_empty() || header.record != header.op_id.into() {
        return Err(Code::BaseOnImmutable);
    }
    let op = op.attach(body).map_err(|_| Code::BadShape)?;
    let join: Join = shape::strict(op.body()).map_err(|_| Code::BadShape)?;
    if op.header().device == join.device() {
        Ok((op, join))
    } else {
        Err(Code::BadShape)
    }
}

type Admitted = Result<(AccountRow, Option<InviteRow>), Code>;

/// With an invite: a new account, or a new phone for the one the invite names.
fn invited(s: &mut Session<'_>, join: &Join, before: Option<Receipt>) -> Result<Admitted, Stop> {
    let invite = match join.invite {
        Some(id) => s.store.invite(&id)?,
        None => None,
    };
    let key = invite.as_ref().map_or(join.device_pub, |invite| invite.invite_pub);
    let admitted = join.admitted_by(&key, &s.branch.id);
    let Some(invite) = invite else {
        return Ok(Err(Code::InviteUnknown));
    };
    let founding = invite.branch.is_none() && s.branch.set_version == 0;
    if !admitted || !(invite.branch == Some(s.branch.id) || founding) {
        return Ok(Err(Code::InviteUnknown));
    }
    let came = before.map_or(s.now, |receipt| Now {
        wall_s: receipt.server_time,
    });
    if !usable(&invite, came) {
        return Err(Refusal::InviteSpent.into());
    }
    let known = s.store.account(&join.account())?;
    if known.as_ref().map(|account| account.id) != invite.account {
        return Ok(Err(Code::NotYours));
    }
    let account = match known {
        Some(account) if account.revoked => return Ok(Err(Code::NotYours)),
        Some(account) => account,
        None => newcomer_row(s, join, &invite),
    };
    Ok(Ok((account, Some(invite))))
}

fn newcomer_row(s: &Session<'_>, join: &Join, invite: &InviteRow) -> AccountRow {
    let single = s.branch.single_secretary;
    AccountRow {
        id: join.account(),
        branch: s.branch.id,
        age_pub: join.age_pub,
        sign_pub: join.sign_pub,
        role: invite.role,
        standing: match invite.role {
            Role::Candidate => Standing::Active,
            Role::Mentor if single => Standing::Active,
            Role::Mentor | Role::Secretary => Standing::Waiting,
        },
        class: join.consent.allows(invite.guardian),
        entitlement: 0,
        had_revoked: false,
        revoked: false,
        guardian: invite.guardian,
        maker: invite.maker,
        bytes: 0,
    }
}

/// Without an invite: a further device of a known account. Once a device of it was revoked, only one that was taken before the database
/// was restored, or that another device of the account brings. An account that is not known may still come, with the join that made it.
fn further_device(s: &mut Session<'_>, join: &Join, before: Option<Receipt>) -> Result<Admitted, Stop> {
    let brought = s.account.is_some() || before.is_some();
    let Some(account) = s.store.account(&join.account())? else {
        return Ok(Err(Code::InviteUnknown));
    };
    let open =
        (brought || !account.had_revoked) && account.standing != Standing::Closed && account.branch == s.branch.id;
    Ok(match open {
        true => Ok((account, None)),
        // The sender may still be admitted by its own join, and then bring this one.
        false if join.device() != s.device => Err(Code::InviteUnknown),
        false => Err(Code::NotYours),
    })
}
