//! Who may write what, to whom, into which record (the write matrix of sync protocol §5), from the header alone.
//!
//! Invariant: deny by default; the table is `kind`, these are the questions asked of it. Not here: bodies (`clear`) and what the
//! database must say first (`effect::permitted`).

use super::store::{AccountRow, BranchRow, RecordRow};
use crate::answer::{Code, Standing};
use crate::client::SCHEMA;
use crate::id::Principal;
use crate::kind::{Kind, Role};
use crate::op::Header;
use std::collections::BTreeSet;

/// The newest schema of what is sealed and has versions. The simulator's endpoint is brought up to date before its phones are.
const NEWEST: u16 = if cfg!(transparent) { SCHEMA + 1 } else { SCHEMA };

/// Branch, kind, class, writer, `to`.
pub(super) fn header(header: &Header, account: &AccountRow, branch: &BranchRow) -> Result<Kind, Code> {
    if header.branch != branch.id {
        return Err(Code::NotYours);
    }
    let newest = |kind: &Kind| if kind.versioned() && kind.sealed() { NEWEST } else { 1 };
    let kind = Kind::from_number(header.kind).filter(|kind| (1..=newest(kind)).contains(&header.schema));
    let kind = kind.filter(|kind| header.verb == 0 || (header.verb == 1 && kind.erasable()));
    let kind = kind.ok_or(Code::UnknownKindOrSchema)?;
    if account.standing != Standing::Active && kind != Kind::Consent {
        return Err(Code::WaitingConfirmation);
    }
    // Erasing is allowed in every class: also to who has taken the consent back.
    if !kind.always() && header.verb == 0 && branch.class.min(account.class) < kind.class() {
        return Err(Code::ClassOff);
    }
    // An erasure goes to whom its target went; whose target it is, the database says.
    let single = header.about.is_some();
    let secretarys = single && account.role == Role::Secretary;
    let written = kind.writable_by(account.role) || (header.verb == 1 && secretarys);
    if !written || !((header.verb == 1 && single) || addressed(header, kind)) {
        return Err(Code::NotYours);
    }
    Ok(kind)
}

/// Whether `to` is what the table says, each principal once.
pub(super) fn addressed(header: &Header, kind: Kind) -> bool {
    let (own, branch) = (Principal::from(header.account), Principal::from(header.branch));
    let to: BTreeSet<Principal> = header.to.iter().copied().collect();
    if to.len() != header.to.len() {
        return false;
    }
    match kind {
        Kind::Draft | Kind::Escrow => to == BTreeSet::from([own]),
        Kind::Assignment => to.len() == 3 && to.contains(&branch) && !to.contains(&Principal::EVERYBODY),
        Kind::Status => to.len() > 1 && to.contains(&branch) && !to.contains(&Principal::EVERYBODY),
        // Further accounts are mentors, perhaps former ones: who is served is judged when they pull.
        Kind::HandIn | Kind::Annotation | Kind::Forward | Kind::Case => {
            to.contains(&own) && to.contains(&branch) && !to.contains(&Principal::EVERYBODY)
        }
        Kind::Note | Kind::Invite | Kind::Join | Kind::Consent => to == BTreeSet::from([own, branch]),
        Kind::Card | Kind::BranchSet | Kind::Revoke => to == BTreeSet::from([Principal::EVERYBODY]),
    }
}

/// Whether the op fits the record it names; `first` says whose it is.
pub(super) fn record(header: &Header, kind: Kind, first: Option<&RecordRow>) -> Result<(), Code> {
    let mut named: Vec<_> = header.base.iter().chain(&header.also).collect();
    // The erasure of one op is no version of anything.
    if !kind.versioned() || (header.verb == 1 && header.about.is_some()) {
        let alone = named.is_empty() && header.record == header.op_id.into();
        return if alone { free(first) } else { Err(Code::BaseOnImmutable) };
    }
    let count = named.len();
    named.sort_unstable();
    named.dedup();
    if named.len() != count || named.contains(&&header.op_id) || (header.base.is_none() && count > 0) {
        return Err(Code::BadShape);
    }
    let Some(first) = first else {
        // Nothing to delete, or not yet.
        return if header.verb == 0 {
            Ok(())
        } else {
            Err(Code::TargetUnknown)
        };
    };
    let same_family = match kind {
        Kind::Draft | Kind::HandIn => [Kind::Draft.number(), Kind::HandIn.number()].contains(&first.kind),
        _ => first.kind == header.kind,
    };
    let same_writer = first.account == header.account || (kind.shared() && first.branch == header.branch);
    if same_family && same_writer {
        Ok(())
    } else {
        Err(Code::NotYours)
    }
}

/// Nobody else's record may be written into.
fn free(first: Option<&RecordRow>) -> Result<(), Code> {
    if first.is_none() { Ok(()) } else { Err(Code::NotYours) }
}
