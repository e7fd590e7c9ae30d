//! What a mentor's or a secretary's device knows of its branch: people, hand-ins, notes, remarks, words, assignments, cases.
//!
//! Invariant: a pure fold of the vault's rows: the order in which rows came is irrelevant, and `take` gives what reading all of them at
//! once gives. Only what is believed by sync protocol §4 is in the lists: the signature was checked when the row was taken, here are the
//! author's role (root-signed set, card, a secretary's invite) and that the inside of the seal repeats the outside. A candidate's program
//! calls nothing of this. Not here: making ops (`client::acts`), parsing rows (`piece`), people (`roll`), the lists themselves (`view`), what is
//! to be sealed again for whom (`later`).

mod later;
mod piece;
mod roll;
#[cfg(test)]
mod tests;
mod view;

pub use roll::{DeviceSeen, Invited, Person};
pub use view::{Assigned, Case, HandIn, NoteSeen, Place, Said, Spoken};

use crate::body::{Assignment, keyed_record};
use crate::client::{Identity, KeptOp, OutRow, Pulled, Reader};
use crate::id::{AccountId, OpId, RecordId};
use crate::kind::Kind;
use piece::{Body, Mark, Piece};
use std::collections::BTreeMap;

/// Everything that is known, in lists that are made anew whenever rows are taken.
#[derive(Clone, Debug, Default)]
pub struct Office {
    pieces: BTreeMap<OpId, Piece>,
    /// How each row stood when it was read.
    marks: BTreeMap<OpId, Mark>,
    /// Joins whose invite is known: whether it admits them.
    admitted: BTreeMap<OpId, bool>,
    /// Everybody of whom a secretary's word, or their own join with a secretary's invite, is held. By account.
    pub people: Vec<Person>,
    /// The invites of this branch, as far as they came here: a secretary's device has all of them.
    pub invites: Vec<Invited>,
    /// Hand-ins in the order in which the endpoint stored them.
    pub hand_ins: Vec<HandIn>,
    /// Mentors' notes, likewise.
    pub notes: Vec<NoteSeen>,
    /// Remarks and answers to them, likewise.
    pub remarks: Vec<Said>,
    /// Words of the branch about candidates, likewise; [`Office::word_of`] gives the one that stands.
    pub words: Vec<Spoken>,
    /// Who accompanies whom, in force and ended.
    pub assignments: Vec<Assigned>,
    /// The cases of the branch.
    pub cases: Vec<Case>,
    /// Forwards whose original was erased: a secretary's device erases them too.
    pub stale_forwards: Vec<OpId>,
    /// Sealed ops that this key does not open.
    pub unreadable: usize,
    /// Ops whose author is not confirmed, or whose inside says something else than their outside.
    pub doubted: usize,
}

impl Office {
    /// Reads the rows of a vault.
    pub fn read(who: &Identity, pulled: &[Pulled], kept: &[KeptOp], outbox: &[OutRow]) -> Self {
        let mut office = Self::default();
        office.take(who, pulled, kept, outbox);
        office
    }

    /// Takes further or changed rows. What left the outbox need not be told: its kept row takes its place. Gives back how many of them had
    /// to be read.
    pub fn take(&mut self, who: &Identity, pulled: &[Pulled], kept: &[KeptOp], outbox: &[OutRow]) -> usize {
        let read = self.lay(who, pulled, kept, outbox);
        self.settle(who);
        read
    }

    /// As [`Office::take`], a part of the rows: the lists are made by [`Office::settle`], once all parts are there. A row that was read before,
    /// and stands as it stood then, is not read again.
    pub fn lay(&mut self, who: &Identity, pulled: &[Pulled], kept: &[KeptOp], outbox: &[OutRow]) -> usize {
        let mut read = 0;
        for row in outbox {
            read += self.put(Mark::of(&row.out, None, false), || {
                Piece::of_own(who, &row.out, None, None)
            });
        }
        for row in kept {
            let place = Place {
                server_seq: row.first.server_seq,
                server_time: row.first.server_time,
            };
            let opened = row.opened.as_deref();
            read += self.put(Mark::of(&row.out, opened, true), || {
                Piece::of_own(who, &row.out, opened, Some(place))
            });
        }
        for row in pulled {
            let opened = row.opened.as_deref();
            read += self.put(Mark::of(&row.out, opened, true), || Piece::of_pulled(who, row));
        }
        read
    }

    fn put(&mut self, mark: Mark, read: impl FnOnce() -> Option<Piece>) -> usize {
        if self.marks.get(&mark.op_id) == Some(&mark) {
            return 0;
        }
        self.place(read());
        self.marks.insert(mark.op_id, mark);
        1
    }

    fn place(&mut self, piece: Option<Piece>) {
        let Some(piece) = piece else { return };
        let id = piece.header.op_id;
        match self.pieces.get_mut(&id) {
            // Erased stays erased, and a place that is known stays known.
            Some(known) if matches!(known.body, Body::Gone) => (),
            Some(known) => {
                let place = piece.place.or(known.place);
                *known = Piece { place, ..piece };
            }
            None => drop(self.pieces.insert(id, piece)),
        }
    }

    /// A person.
    pub fn person(&self, account: &AccountId) -> Option<&Person> {
        self.people.iter().find(|one| one.account == *account)
    }

    /// Somebody to whom something may be sealed: confirmed, and not ended.
    pub fn reader(&self, account: &AccountId) -> Option<Reader> {
        let person = self.person(account).filter(|one| one.confirmed && !one.ended)?;
        Some(Reader {
            account: person.account,
            age_pub: person.age_pub,
        })
    }

    /// The mentors assigned to a candidate now.
    pub fn mentors_of(&self, candidate: &AccountId) -> Vec<Reader> {
        let in_force = self.assignments.iter().filter(|one| one.in_force);
        in_force
            .filter(|one| one.candidate == *candidate)
            .filter_map(|one| self.reader(&one.mentor))
            .collect()
    }

    /// The word about a candidate that stands: the one received last, if two secretaries spoke at once.
    pub fn word_of(&self, candidate: &AccountId) -> Option<&Spoken> {
        let mut words = self.words.iter();
        words.rfind(|one| one.standing && one.status.subject == *candidate)
    }

    /// The versions of one of the secretaries' records that stand: what the next version names.
    fn leaves(&self, kind: Kind, record: RecordId) -> Vec<OpId> {
        view::leaves(self.of_record(kind, record))
    }

    fn of_record(&self, kind: Kind, record: RecordId) -> impl Iterator<Item = &Piece> {
        let pieces = self.pieces.values();
        pieces.filter(move |piece| piece.header.record == record && piece.kind() == Some(kind) && piece.by_secretary)
    }

    /// For [`crate::client::card`].
    pub fn card_leaves(&self, account: &AccountId) -> Vec<OpId> {
        self.leaves(Kind::Card, keyed_record(Kind::Card, account.as_bytes()))
    }

    /// For [`crate::client::say`].
    pub fn word_leaves(&self, candidate: &AccountId) -> Vec<OpId> {
        self.leaves(Kind::Status, keyed_record(Kind::Status, candidate.as_bytes()))
    }

    /// For [`crate::client::assign`].
    pub fn assignment_leaves(&self, candidate: &AccountId, mentor: &AccountId) -> Vec<OpId> {
        self.leaves(Kind::Assignment, Assignment::record(candidate, mentor))
    }

    /// For [`crate::found::Root::change_set`].
    pub fn set_leaves(&self, who: &Identity) -> Vec<OpId> {
        self.leaves(
            Kind::BranchSet,
            keyed_record(Kind::BranchSet, who.branch_id().as_bytes()),
        )
    }

    /// Since when a set has named this account as a secretary, as far as sets are held (seconds since 1970-01-01 UTC); `None`: none has, or it
    /// was not received yet.
    pub fn holder_since(&self, account: &AccountId) -> Option<u64> {
        let sets = self.pieces.values().filter_map(|piece| match &piece.body {
            Body::Set(set) => Some((set, piece.place?.server_time)),
            _ => None,
        });
        let naming = sets.filter(|(set, _)| set.secretaries.iter().any(|one| one.account == *account));
        naming.map(|(_, time)| time).min()
    }
}
