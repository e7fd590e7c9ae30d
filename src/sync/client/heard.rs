//! What a candidate has heard about papers that were handed in: every remark, with one's own answers to them.
//!
//! Invariant: only rows that this phone holds are read, so it works without a network; a remark of somebody whose role is not confirmed
//! is shown as such and says nothing about where the papers stand. Not here: the branch's word, and whose word counts (`review`).

use super::review::{opened, role_of, secretaries};
use super::{Identity, View};
use crate::body::plain::Remark;
use crate::id::OpId;
use crate::kind::Role;

/// One remark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Names it.
    pub op_id: OpId,
    /// Who said it; `None`: not confirmed.
    pub role: Option<Role>,
    /// The place it is about; empty: the whole.
    pub path: String,
    /// What is said.
    pub text: String,
    /// When the endpoint stored it (seconds since 1970-01-01 UTC).
    pub server_time: u64,
    /// What the candidate answered last.
    pub answer: Option<String>,
}

/// Remarks of others in the rows of the vault, oldest first.
pub fn heard(who: &Identity, view: View<'_>) -> Vec<Said> {
    let mut all: Vec<(Remark, u64, u64)> = Vec::new();
    for row in view.pulled {
        all.extend(opened(who, &row.out).map(|said| (said, row.server_seq, row.server_time)));
    }
    let own = view.outbox.iter().map(|row| &row.out);
    for out in own.chain(view.kept.iter().map(|row| &row.out)) {
        all.extend(opened(who, out).map(|said| (said, 0, 0)));
    }
    let (answers, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|(said, ..)| said.account == who.account_id());
    let secretaries = secretaries(who, view.pulled);
    let mut remarks: Vec<(u64, Said)> = Vec::new();
    for (said, seq, server_time) in others {
        let mut answer: Option<&Remark> = None;
        for (each, ..) in answers.iter().filter(|(each, ..)| each.about == Some(said.op_id)) {
            answer = answer.filter(|other| other.clock > each.clock).or(Some(each));
        }
        let one = Said {
            op_id: said.op_id,
            role: role_of(&secretaries, view.pulled, &said.account),
            path: said.path.unwrap_or_default(),
            text: said.text,
            server_time,
            answer: answer.map(|answer| answer.text.clone()),
        };
        let at = remarks.partition_point(|(before, _)| *before <= seq);
        remarks.insert(at, (seq, one));
    }
    remarks.into_iter().map(|(_, said)| said).collect()
}
