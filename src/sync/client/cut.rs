//! Cutting ops: enrolment, hand-in, note, kept version, withdrawal (sync protocol §7 and §9).
//!
//! Invariant: a cut seals first and counts `device_seq` only when it succeeded; the caller stores identity and op in one
//! transaction. A hand-in is never a machine's merge: kept values must have been decided. Not here: what the rules say.

use super::acts::with_others;
use super::{Identity, Outgoing, Reader};
use crate::body::plain::Plain;
use crate::body::{Consent, Join, keyed_record};
use crate::draft::Draft;
use crate::id::{AgePub, BodyHash, OpId, Principal, RecordId, Sig};
use crate::keys::{AccountKeys, DeviceKeys, InviteKey};
use crate::kind::{Class, Kind, Role};
use crate::link::Link;
use crate::op::{Header, MAX_BODY, Op};
use crate::seal::safe::{self, SealFault};
use crate::{Now, Random, shape};

/// What goes into sealed bodies as the writing program.
pub(super) const APP: &str = concat!("lylich ", env!("CARGO_PKG_VERSION"));

/// Why nothing was cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CutFault {
    /// The branch, or the person's consent, does not allow it.
    #[error("class in force does not allow this kind")]
    ClassOff,
    /// Values of other versions still wait for a decision.
    #[error("{left} places still hold two versions")]
    TwoVersions {
        /// How many.
        left: usize,
    },
    /// A newer app wrote a version of this record.
    #[error("a newer app wrote a version of this record")]
    NewerApp,
    /// Another role writes this kind.
    #[error("this role does not write this kind")]
    WrongRole,
    /// The sealed body is longer than 64 KiB.
    #[error("the sealed body is {bytes} bytes long")]
    TooBig {
        /// How long.
        bytes: usize,
    },
    /// Sealing failed.
    #[error(transparent)]
    Seal(#[from] SealFault),
}

impl CutFault {
    /// What to tell the person.
    pub fn words(self) -> String {
        match self {
            Self::ClassOff => "Chi bộ chưa bật việc gửi nội dung. Bản khai vẫn ở trên máy này.".to_owned(),
            Self::TwoVersions { left } => format!("Còn {left} mục có hai bản. Bạn chọn xong từng mục rồi nộp."),
            Self::NewerApp => {
                "Bản này đã được sửa bằng ứng dụng mới hơn. Bạn cập nhật ứng dụng rồi sửa tiếp; chữ vẫn còn trên máy."
                    .to_owned()
            }
            Self::WrongRole => "Vai trò của bạn không gửi loại mục này.".to_owned(),
            Self::TooBig { .. } => "Bản khai quá dài để gửi. Bạn rút gọn rồi nộp lại.".to_owned(),
            Self::Seal(_) => {
                "Khoá của chi bộ trên máy này có lỗi, nên chưa nộp được. Bạn xin chi bộ tờ mời mới.".to_owned()
            }
        }
    }
}

/// Where an op goes.
pub(crate) struct Target {
    pub kind: Kind,
    /// `None`: a kind without versions, named by its own op.
    pub record: Option<RecordId>,
    pub base: Option<OpId>,
    pub also: Vec<OpId>,
    pub to: Vec<Principal>,
}

/// Signs an op of which everything but the body's hash is known, and counts it.
pub(super) fn finish(who: &mut Identity, op_id: OpId, target: Target, body: Vec<u8>) -> Outgoing {
    sign(who, op_id, target, (0, None), body)
}

/// As [`finish`], for any verb; an erasure names the op that it is about.
fn sign(who: &mut Identity, op_id: OpId, target: Target, (verb, about): (u8, Option<OpId>), body: Vec<u8>) -> Outgoing {
    who.device_seq += 1;
    let header = Header {
        v: 1,
        op_id,
        device: who.device.id(),
        device_seq: who.device_seq,
        account: who.account.id(),
        branch: who.branch.branch(),
        record: target.record.unwrap_or(op_id.into()),
        kind: target.kind.number(),
        verb,
        base: target.base,
        also: target.also,
        schema: if target.kind.versioned() && target.kind.sealed() {
            who.schema
        } else {
            1
        },
        to: target.to,
        body_len: 0,
        body_hash: BodyHash::ZERO,
        about,
    };
    Outgoing::of(&Op::sign(header, body, &who.device))
}

/// Cuts an op with a clear body.
pub(crate) fn clear<T: minicbor::Encode<()>>(
    who: &mut Identity,
    target: Target,
    body: &T,
    rnd: &mut dyn Random,
) -> Outgoing {
    finish(who, OpId::draw(rnd), target, shape::encode(body))
}

fn sealed(
    who: &mut Identity,
    target: Target,
    plain: Plain,
    readers: &[AgePub],
    rnd: &mut dyn Random,
) -> Result<Outgoing, CutFault> {
    let op_id = OpId::draw(rnd);
    let record = target.record.unwrap_or(op_id.into());
    let kind = target.kind.number();
    let plain = Plain {
        op_id,
        record,
        kind,
        account: who.account.id(),
        base: target.base,
        ..plain
    };
    seal_bytes(who, op_id, target, None, &plain.encode(), readers, rnd)
}

/// Seals a plaintext of any kind under the op that it names, if content may leave the phone. A forward names its original.
pub(super) fn seal_bytes(
    who: &mut Identity,
    op_id: OpId,
    target: Target,
    about: Option<OpId>,
    plain: &[u8],
    readers: &[AgePub],
    rnd: &mut dyn Random,
) -> Result<Outgoing, CutFault> {
    if who.class() < Class::C2 {
        return Err(CutFault::ClassOff);
    }
    let body = safe::seal_bytes(plain, readers, rnd)?;
    if body.len() > MAX_BODY {
        return Err(CutFault::TooBig { bytes: body.len() });
    }
    Ok(sign(who, op_id, target, (0, about), body))
}

/// A version of a draft.
pub(super) fn version(
    who: &mut Identity,
    draft: &Draft,
    kind: Kind,
    to: Vec<Principal>,
    keys: &[AgePub],
    now: Now,
    rnd: &mut dyn Random,
) -> Result<Outgoing, CutFault> {
    if draft.newer.is_some() {
        return Err(CutFault::NewerApp);
    }
    sealed(who, version_of(draft, kind, to), plain_of(draft, now), keys, rnd)
}

/// Erases one op's content: everybody it was sent to is told. Withdrawing a hand-in first keeps the same text as a draft ([`keep`]),
/// so that the record goes on. `None` for bytes that this program did not store.
pub fn erase(who: &mut Identity, target: &Outgoing, rnd: &mut dyn Random) -> Option<Outgoing> {
    let about = target.read()?;
    let (kind, header) = (target.kind()?, about.header());
    let erasure = Target {
        kind,
        record: None,
        base: None,
        also: vec![],
        to: header.to.clone(),
    };
    let op_id = OpId::draw(rnd);
    Some(sign(who, op_id, erasure, (1, Some(header.op_id)), vec![]))
}

/// Deletes a whole record with every version that led to this draft. `None` when no version was ever cut.
pub fn delete(who: &mut Identity, draft: &Draft, rnd: &mut dyn Random) -> Option<Outgoing> {
    draft.base?;
    let handed_in = draft.handed_in.is_some();
    let (kind, to) = if handed_in {
        (Kind::HandIn, own_and_branch(who))
    } else {
        (Kind::Draft, vec![who.account.id().into()])
    };
    let op_id = OpId::draw(rnd);
    Some(sign(who, op_id, version_of(draft, kind, to), (1, None), vec![]))
}

pub(super) fn own_and_branch(who: &Identity) -> Vec<Principal> {
    vec![who.account.id().into(), who.branch.branch().into()]
}

/// The branch's readers and the writer; everybody once, in an order that says nothing.
pub(super) fn readers(who: &Identity) -> Vec<AgePub> {
    let mut keys: Vec<AgePub> = Vec::new();
    for key in who.branch.readers.iter().copied().chain([who.account.age_pub()]) {
        if let Err(at) = keys.binary_search(&key) {
            keys.insert(at, key);
        }
    }
    keys
}

fn plain_of(draft: &Draft, now: Now) -> Plain {
    Plain {
        op_id: OpId::ZERO,
        record: draft.record_id,
        kind: 0,
        account: crate::id::AccountId::ZERO,
        base: draft.base,
        clock: now.wall_s,
        app: APP.to_owned(),
        form: draft.form.clone(),
        fields: draft.fields.clone(),
        kept: draft.kept.clone(),
        rules_version: None,
        declared: None,
        about: draft.about,
        corrects: None,
    }
}

fn version_of(draft: &Draft, kind: Kind, to: Vec<Principal>) -> Target {
    Target {
        kind,
        record: Some(draft.record_id),
        base: draft.base,
        also: draft.also.clone(),
        to,
    }
}

/// Makes an account and a device and the `join` that introduces them. Nothing leaves the phone before this, and nothing is made
/// when the branch's class or the person's consent is C0.
pub fn enrol(
    link: &Link,
    consent: &Consent,
    _now: Now,
    rnd: &mut dyn Random,
) -> Result<(Identity, Outgoing), CutFault> {
    let (account, device) = (AccountKeys::draw(rnd), DeviceKeys::draw(rnd));
    let mut who = Identity::new(account, device, link.set.clone(), link.role, *consent);
    if who.class() == Class::C0 {
        return Err(CutFault::ClassOff);
    }
    let join = join(&mut who, Some(&InviteKey::from_code(&link.code)), rnd);
    Ok((who, join))
}

/// The same account again with a new invite, after the first one turned out to be used or expired. The caller drops the old join.
pub fn enrol_again(who: &mut Identity, link: &Link, rnd: &mut dyn Random) -> Option<Outgoing> {
    if link.set.branch() != who.branch_id() {
        return None;
    }
    who.role = link.role;
    Some(join(who, Some(&InviteKey::from_code(&link.code)), rnd))
}

/// A new device key for the same account, after a fork, a rollback or a restored backup (sync protocol §10.3).
pub fn renew_device(who: &mut Identity, rnd: &mut dyn Random) -> Outgoing {
    // The counter goes on: it also names the rows of the outbox, where ops of the old device may still wait.
    who.device = DeviceKeys::draw(rnd);
    join(who, None, rnd)
}

/// The op that introduces this device, with or without an invite.
pub(crate) fn join(who: &mut Identity, invite: Option<&InviteKey>, rnd: &mut dyn Random) -> Outgoing {
    let (device_pub, age_pub, sign_pub) = (who.device.public(), who.account.age_pub(), who.account.sign_pub());
    let branch = who.branch_id();
    let body = Join {
        device_pub,
        age_pub,
        sign_pub,
        certificate: who.account.certify(&branch, &device_pub),
        invite: invite.map(InviteKey::id),
        invite_sig: invite.map(|key| -> Sig { key.admit(&branch, &device_pub, &age_pub, &sign_pub) }),
        consent: who.consent,
    };
    let target = Target {
        kind: Kind::Join,
        record: None,
        base: None,
        also: vec![],
        to: own_and_branch(who),
    };
    clear(who, target, &body, rnd)
}

/// Hands a draft in: sealed to the branch's secretaries, the writer and the assigned mentors ([`super::mentors`]). `rules_version` and `declared` (the day of the declaration
/// as typed) travel inside the seal. The caller then calls [`Draft::was_handed_in`].
pub fn hand_in(
    who: &mut Identity,
    draft: &Draft,
    mentors: &[Reader],
    rules_version: &str,
    declared: &str,
    now: Now,
    rnd: &mut dyn Random,
) -> Result<Outgoing, CutFault> {
    if who.role != Role::Candidate {
        return Err(CutFault::WrongRole);
    }
    if draft.newer.is_some() {
        return Err(CutFault::NewerApp);
    }
    if !draft.kept.is_empty() {
        return Err(CutFault::TwoVersions { left: draft.kept.len() });
    }
    let plain = Plain {
        rules_version: Some(rules_version.to_owned()),
        declared: Some(declared.to_owned()),
        ..plain_of(draft, now)
    };
    let (to, keys) = with_others(who, mentors);
    sealed(who, version_of(draft, Kind::HandIn, to), plain, &keys, rnd)
}

/// Sends a mentor's note. A correction names the note it corrects. The caller then calls [`Draft::was_handed_in`].
pub fn note(
    who: &mut Identity,
    draft: &Draft,
    corrects: Option<OpId>,
    now: Now,
    rnd: &mut dyn Random,
) -> Result<Outgoing, CutFault> {
    if who.role != Role::Mentor {
        return Err(CutFault::WrongRole);
    }
    let plain = Plain {
        corrects,
        base: None,
        kept: vec![],
        ..plain_of(draft, now)
    };
    let target = Target {
        kind: Kind::Note,
        record: None,
        base: None,
        also: vec![],
        to: own_and_branch(who),
    };
    let keys = readers(who);
    sealed(who, target, plain, &keys, rnd)
}

/// A version of one's own draft, sealed to oneself only. The caller then calls [`Draft::moved_on`].
pub fn keep(who: &mut Identity, draft: &Draft, now: Now, rnd: &mut dyn Random) -> Result<Outgoing, CutFault> {
    let (to, keys) = (vec![who.account.id().into()], [who.account.age_pub()]);
    version(who, draft, Kind::Draft, to, &keys, now, rnd)
}

/// Takes consent back: the one op that still goes out, then the phone is at C0. `last` is the consent op before, if there was one.
pub fn withdraw(who: &mut Identity, last: Option<OpId>, rnd: &mut dyn Random) -> Outgoing {
    who.consent.withdrawn = true;
    let record = Some(keyed_record(Kind::Consent, who.account.id().as_bytes()));
    let target = Target {
        kind: Kind::Consent,
        record,
        base: last,
        also: vec![],
        to: own_and_branch(who),
    };
    let consent = who.consent;
    clear(who, target, &consent, rnd)
}
