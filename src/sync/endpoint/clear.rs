//! Reading the bodies the endpoint can read (sync protocol §5.1).
//!
//! Invariant: strict shapes of at most 1 KiB, and the keyed record a body belongs to must be the one its header names. Sealed bodies
//! pass as they are. Not here: whether the act is allowed (`effect::permitted`).

use crate::answer::Code;
use crate::body::{Assignment, Card, Consent, Invite, Reason, Revoke, Status, keyed_record};
use crate::branch::{BranchSet, SignedSet};
use crate::id::{AccountId, OpId};
use crate::keys;
use crate::kind::{Kind, Role};
use crate::op::{MAX_HEADER, Op};
use crate::shape;

/// What an op does beyond being stored.
pub(super) enum Act {
    /// Sealed: nothing.
    Content,
    Card(Card),
    Set(BranchSet),
    Invite(Invite),
    Revoke(Revoke),
    Consent,
    /// A word about this account's papers.
    Status(AccountId),
    Assignment(Assignment),
    /// An older op, sealed again.
    Forward(OpId),
    /// Sealed content goes: of this one op, or of a whole record.
    Erase(Option<OpId>),
}

impl Act {
    /// What the act is about besides its own record, by the identifier it is found by later: the original goes with what forwards it,
    /// what comes after its erasure is erased, and a device that comes after its revocation is closed, at once.
    pub fn target(&self) -> Option<OpId> {
        match self {
            Self::Forward(original) => Some(*original),
            Self::Erase(target) => *target,
            Self::Revoke(revoke) => {
                let device = revoke.device.map(|device| OpId(device.0));
                device.or(revoke.account.map(|account| OpId(account.0)))
            }
            _ => None,
        }
    }
}

/// Reads a body of a kind other than `join`.
pub(super) fn read(kind: Kind, op: &Op) -> Result<Act, Code> {
    let (header, body) = (op.header(), op.body());
    if header.verb == 1 {
        // One op, or a whole record of versions on top of what was there.
        let whole = kind.versioned() && header.base.is_some();
        let fits = body.is_empty() && (header.about.is_some() || whole);
        return if fits {
            Ok(Act::Erase(header.about))
        } else {
            Err(Code::BadShape)
        };
    }
    if header.about.is_some() != (kind == Kind::Forward) {
        return Err(Code::BadShape);
    }
    if kind == Kind::Escrow && header.record != keyed_record(kind, header.account.as_bytes()) {
        return Err(Code::BadShape);
    }
    if kind.sealed() {
        return match header.about {
            _ if body.is_empty() => Err(Code::BadShape),
            Some(original) => Ok(Act::Forward(original)),
            None => Ok(Act::Content),
        };
    }
    if body.len() > MAX_HEADER {
        return Err(Code::TooBig);
    }
    let (act, key) = match kind {
        Kind::Card => {
            let card: Card = decode(body)?;
            let fits = card.account == keys::account_id(&card.age_pub, &card.sign_pub) && card.role != Role::Secretary;
            let key = fits
                .then(|| keyed_record(kind, card.account.as_bytes()))
                .ok_or(Code::BadShape)?;
            (Act::Card(card), Some(key))
        }
        Kind::BranchSet => {
            let signed: SignedSet = decode(body)?;
            let set = signed.verify().map_err(|_| Code::BadShape)?;
            (Act::Set(set), Some(keyed_record(kind, header.branch.as_bytes())))
        }
        Kind::Consent => {
            decode::<Consent>(body)?;
            (Act::Consent, Some(keyed_record(kind, header.account.as_bytes())))
        }
        Kind::Status => {
            let status: Status = decode(body)?;
            let told = header.to.contains(&status.subject.into());
            let key = keyed_record(kind, status.subject.as_bytes());
            let fits = status.is_sound() && told;
            (
                Act::Status(status.subject),
                Some(fits.then_some(key).ok_or(Code::BadShape)?),
            )
        }
        Kind::Assignment => {
            let assignment: Assignment = decode(body)?;
            let (candidate, mentor) = (assignment.candidate, assignment.mentor);
            let told = header.to.contains(&candidate.into()) && header.to.contains(&mentor.into());
            if !(assignment.is_sound() && told) {
                return Err(Code::BadShape);
            }
            (
                Act::Assignment(assignment),
                Some(Assignment::record(&candidate, &mentor)),
            )
        }
        Kind::Invite => (Act::Invite(decode(body)?), None),
        Kind::Revoke => {
            let revoke: Revoke = decode(body)?;
            let one = revoke.device.is_some() != revoke.account.is_some();
            let erasable = revoke.reason != Reason::Erase || revoke.account.is_some();
            (
                if one && erasable {
                    Act::Revoke(revoke)
                } else {
                    return Err(Code::BadShape);
                },
                None,
            )
        }
        Kind::Draft
        | Kind::HandIn
        | Kind::Annotation
        | Kind::Note
        | Kind::Escrow
        | Kind::Forward
        | Kind::Join
        | Kind::Case => {
            return Err(Code::BadShape);
        }
    };
    if key.is_none_or(|key| key == header.record) {
        Ok(act)
    } else {
        Err(Code::BadShape)
    }
}

fn decode<T>(body: &[u8]) -> Result<T, Code>
where
    T: for<'b> minicbor::Decode<'b, ()> + minicbor::Encode<()>,
{
    shape::strict(body).map_err(|_| Code::BadShape)
}
