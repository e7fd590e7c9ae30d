//! What a secretary does: words about papers, assignments, cards, invites, closing, cases, older papers for somebody who came later.
//!
//! Invariant: only a secretary cuts these, and each version names the leaves it goes on from, so that two secretaries who act at once
//! are both heard. The root signs branch sets apart from this (`crate::found`). Not here: what is believed of it (`review`, `office`).

use super::cut::{self, APP, CutFault, own_and_branch, readers, seal_bytes};
use super::{Identity, Merged, Outgoing, Target, View, clear, merge};
use crate::answer::Author;
use crate::body::plain::Forwarded;
use crate::body::{Assignment, Card, INVITE_SECONDS, Invite, Revoke, Status, keyed_record};
use crate::draft::Draft;
use crate::id::{AccountId, AgePub, OpId, Principal, RecordId, Sig};
use crate::keys::InviteKey;
use crate::kind::{Kind, Role};
use crate::link::Link;
use crate::op::{MAX_ALSO, MAX_TO};
use crate::{Now, Random, shape};
use zeroize::Zeroizing;

/// Somebody a text is sealed to besides the branch and the writer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reader {
    /// Their account.
    pub account: AccountId,
    /// What is sealed to them.
    pub age_pub: AgePub,
}

/// Whom an invite is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// The role it gives.
    pub role: Role,
    /// For somebody who has an account already: a new phone after the old one was lost.
    pub account: Option<AccountId>,
    /// The written consent of a parent or guardian was seen.
    pub guardian: bool,
}

/// An op as it can be sealed again for somebody who came later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Original {
    /// The op.
    pub op_id: OpId,
    /// Its header as it was signed.
    pub header: Vec<u8>,
    /// Its signature.
    pub sig: Sig,
    /// Keys of the device that signed it.
    pub author: Author,
    /// What the seal held.
    pub plain: Zeroizing<Vec<u8>>,
    /// Its place in the endpoint's order, and when the endpoint stored it.
    pub place: Option<(u64, u64)>,
}

/// Besides the branch and the writer an op names at most so many; further ones would have to be told by [`forward`].
const MAX_OTHERS: usize = MAX_TO - 2;

/// To the branch, the writer and these others: who is named, and the keys it is sealed to.
pub(super) fn with_others(who: &Identity, others: &[Reader]) -> (Vec<Principal>, Vec<AgePub>) {
    let (mut to, mut keys) = (own_and_branch(who), readers(who));
    for other in others.iter().take(MAX_OTHERS) {
        let principal = other.account.into();
        if !to.contains(&principal) {
            to.push(principal);
        }
        if !keys.contains(&other.age_pub) {
            keys.push(other.age_pub);
        }
    }
    (to, keys)
}

fn secretary(who: &Identity) -> Result<(), CutFault> {
    if who.role() == Role::Secretary {
        Ok(())
    } else {
        Err(CutFault::WrongRole)
    }
}

/// The next version of a record after these.
pub(crate) fn after(leaves: &[OpId], kind: Kind, record: RecordId, to: Vec<Principal>) -> Target {
    let (base, also) = match leaves.split_last() {
        Some((base, also)) => (Some(*base), also.iter().take(MAX_ALSO).copied().collect()),
        None => (None, vec![]),
    };
    Target {
        kind,
        record: Some(record),
        base,
        also,
        to,
    }
}

/// A kind without versions.
fn single(kind: Kind, to: Vec<Principal>) -> Target {
    Target {
        kind,
        record: None,
        base: None,
        also: vec![],
        to,
    }
}

/// A word about a candidate's papers. `leaves`: the words that stand now.
///
/// # Errors
/// [`CutFault::WrongRole`] for anybody but a secretary; so with every function here.
pub fn say(who: &mut Identity, status: &Status, leaves: &[OpId], rnd: &mut dyn Random) -> Result<Outgoing, CutFault> {
    secretary(who)?;
    let record = keyed_record(Kind::Status, status.subject.as_bytes());
    let to = vec![who.branch_id().into(), status.subject.into()];
    Ok(clear(who, after(leaves, Kind::Status, record, to), status, rnd))
}

/// Assigns a mentor to a candidate, or ends that. `leaves`: the versions of this assignment that stand now.
///
/// # Errors
/// See [`say`].
pub fn assign(
    who: &mut Identity,
    assignment: &Assignment,
    leaves: &[OpId],
    rnd: &mut dyn Random,
) -> Result<Outgoing, CutFault> {
    secretary(who)?;
    let Assignment { candidate, mentor, .. } = assignment;
    let record = Assignment::record(candidate, mentor);
    let to = vec![(*candidate).into(), (*mentor).into(), who.branch_id().into()];
    Ok(clear(who, after(leaves, Kind::Assignment, record, to), assignment, rnd))
}

/// Confirms a person's keys and role, or ends them. `leaves`: the person's cards that stand now.
///
/// # Errors
/// See [`say`].
pub fn card(who: &mut Identity, card: &Card, leaves: &[OpId], rnd: &mut dyn Random) -> Result<Outgoing, CutFault> {
    secretary(who)?;
    let record = keyed_record(Kind::Card, card.account.as_bytes());
    let target = after(leaves, Kind::Card, record, vec![Principal::EVERYBODY]);
    Ok(clear(who, target, card, rnd))
}

/// Closes a device or an account for good.
///
/// # Errors
/// See [`say`].
pub fn revoke(who: &mut Identity, revoke: &Revoke, rnd: &mut dyn Random) -> Result<Outgoing, CutFault> {
    secretary(who)?;
    let target = single(Kind::Revoke, vec![Principal::EVERYBODY]);
    Ok(clear(who, target, revoke, rnd))
}

/// Makes an invite: the link for the person, and the op that lets the endpoint know it.
///
/// # Errors
/// See [`say`].
pub fn invite(
    who: &mut Identity,
    invitation: &Invitation,
    now: Now,
    rnd: &mut dyn Random,
) -> Result<(Link, Outgoing), CutFault> {
    secretary(who)?;
    let mut code = [0; 16];
    rnd.fill(&mut code);
    let Invitation {
        role,
        account,
        guardian,
    } = *invitation;
    let body = Invite {
        invite_pub: InviteKey::from_code(&code).public(),
        role,
        account,
        expires: now.wall_s + INVITE_SECONDS,
        typed: false,
        guardian,
    };
    let target = single(Kind::Invite, own_and_branch(who));
    let op = clear(who, target, &body, rnd);
    let set = who.branch().clone();
    Ok((Link { role, code, set }, op))
}

/// A version of a case, sealed to the branch and the assigned mentors. The caller then calls [`Draft::moved_on`].
///
/// # Errors
/// See [`say`]; and as for any sealed op.
pub fn case(
    who: &mut Identity,
    draft: &Draft,
    mentors: &[Reader],
    now: Now,
    rnd: &mut dyn Random,
) -> Result<Outgoing, CutFault> {
    secretary(who)?;
    let (to, keys) = with_others(who, mentors);
    cut::version(who, draft, Kind::Case, to, &keys, now, rnd)
}

/// Brings the draft of a case up to what every secretary wrote, as [`super::merge`] does for one's own drafts. A new, empty draft of the
/// record is filled.
///
/// # Errors
/// See [`super::merge`].
pub fn merge_case(
    who: &mut Identity,
    draft: &Draft,
    mentors: &[Reader],
    view: View<'_>,
    now: Now,
    rnd: &mut dyn Random,
) -> Result<Option<Merged>, CutFault> {
    secretary(who)?;
    merge::merge_with(
        &mut |who, draft, rnd| case(who, draft, mentors, now, rnd),
        who,
        draft,
        view,
        rnd,
    )
}

/// Seals an older op again for somebody who came later. They believe it by the original signature, and that the text is the one that
/// was signed by the forwarder's word.
///
/// # Errors
/// As for any sealed op.
pub fn forward(
    who: &mut Identity,
    original: &Original,
    to: Reader,
    now: Now,
    rnd: &mut dyn Random,
) -> Result<Outgoing, CutFault> {
    let op_id = OpId::draw(rnd);
    let plain = Forwarded {
        op_id,
        record: op_id.into(),
        kind: Kind::Forward.number(),
        account: who.account_id(),
        clock: now.wall_s,
        app: APP.to_owned(),
        header: original.header.clone(),
        sig: original.sig,
        plain: original.plain.to_vec(),
        author: original.author,
        place: original.place,
    };
    let (principals, keys) = with_others(who, &[to]);
    let target = single(Kind::Forward, principals);
    let bytes = Zeroizing::new(shape::encode(&plain));
    seal_bytes(who, op_id, target, Some(original.op_id), &bytes, &keys, rnd)
}
