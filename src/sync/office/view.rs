//! The lists that a page shows, made from all pieces.
//!
//! Invariant: what stands in a list was written by somebody who had the role for it; what was erased has no content here, whatever lies
//! in the vault. Not here: who belongs to the branch (`roll`).

use super::Office;
use super::piece::{Body, Piece};
use super::roll::{self, Roll};
use crate::Fields;
use crate::body::Status;
use crate::body::plain::{KeptValue, Plain, Remark};
use crate::client::Identity;
use crate::id::{AccountId, OpId, Principal, RecordId};
use crate::kind::{Kind, Role};
use crate::merge::{self, Node, Text};
use crate::op::Header;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Where the endpoint put an op.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Place in commit order.
    pub server_seq: u64,
    /// Seconds since 1970-01-01 UTC.
    pub server_time: u64,
}

/// A version that a candidate handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandIn {
    /// The op.
    pub op_id: OpId,
    /// The record it is a version of.
    pub record: RecordId,
    /// The candidate.
    pub account: AccountId,
    /// When it came. By the forwarder's word where it was forwarded; `None` for one's own that did not arrive yet.
    pub place: Option<Place>,
    /// The version before it, which need not have been handed in.
    pub base: Option<OpId>,
    /// Whom it was sealed to, forwards included.
    pub readers: Vec<Principal>,
    /// It came by a forward.
    pub forwarded: bool,
    /// The text, and with what it was checked; `None` once erased.
    pub plain: Option<Arc<Plain>>,
}

/// A mentor's note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteSeen {
    /// The op.
    pub op_id: OpId,
    /// The mentor.
    pub account: AccountId,
    /// When it came; `None` for one's own that did not arrive yet.
    pub place: Option<Place>,
    /// It came by a forward.
    pub forwarded: bool,
    /// The text, the candidate it is about, the note it corrects; `None` once erased.
    pub plain: Option<Arc<Plain>>,
}

/// A remark about a hand-in, or the answer to one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The op.
    pub op_id: OpId,
    /// Who said it.
    pub account: AccountId,
    /// What they are in the branch.
    pub role: Option<Role>,
    /// When it came; `None` for one's own that did not arrive yet.
    pub place: Option<Place>,
    /// What it is about, where, and the words; `None` once erased.
    pub remark: Option<Arc<Remark>>,
}

/// A word of the branch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoken {
    /// The op.
    pub op_id: OpId,
    /// The secretary.
    pub account: AccountId,
    /// When it came; `None` for one's own that did not arrive yet.
    pub place: Option<Place>,
    /// What was said of whom.
    pub status: Status,
    /// No later word goes on from it.
    pub standing: bool,
}

/// Who accompanies a candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assigned {
    /// The candidate.
    pub candidate: AccountId,
    /// The mentor.
    pub mentor: AccountId,
    /// First day, `yyyy-mm-dd`.
    pub from: String,
    /// Last day, once it ended.
    pub to: Option<String>,
    /// Whether it lasts.
    pub in_force: bool,
}

/// What the branch keeps about a person it follows, as all versions of it fold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// The record.
    pub record: RecordId,
    /// The person's account, once known.
    pub about: Option<AccountId>,
    /// The form and its edition.
    pub form: String,
    /// The answers.
    pub fields: Fields,
    /// Values of other versions that were not chosen.
    pub kept: Vec<KeptValue>,
    /// The versions that stand: more than one while two secretaries' versions were not brought together.
    pub leaves: Vec<OpId>,
    /// When the version came that came last.
    pub place: Option<Place>,
}

/// Versions that no other of these names.
pub(super) fn leaves<'p>(pieces: impl Iterator<Item = &'p Piece>) -> Vec<OpId> {
    let mut named = BTreeSet::new();
    let mut ids = Vec::new();
    for piece in pieces {
        ids.push(piece.header.op_id);
        named.extend(piece.header.base.iter().chain(&piece.header.also).copied());
    }
    ids.retain(|id| !named.contains(id));
    ids
}

/// In the order in which the endpoint stored them, one's own unsent last.
fn order(place: Option<Place>, header: &Header) -> (u64, u64) {
    (place.map_or(u64::MAX, |place| place.server_seq), header.device_seq)
}

/// An op, or one that was forwarded, in one form.
struct Seen<'p> {
    header: &'p Header,
    place: Option<Place>,
    forwarded: bool,
    body: &'p Body,
}

impl Office {
    /// Makes every list anew.
    pub fn settle(&mut self, who: &Identity) {
        let secretaries = roll::secretaries(who, &self.pieces);
        for piece in self.pieces.values_mut() {
            piece.by_secretary = secretaries.contains(&piece.header.account);
        }
        let roll = Roll::of(who, &self.pieces, &mut self.admitted);
        let erased = self.erased();
        let believed = self.believed(&roll);
        let mut lists = Self::default();
        for seen in &believed {
            lists.list(seen, &roll, &erased);
        }
        for piece in self.pieces.values() {
            lists.count(piece, &believed, &erased, &roll);
        }
        lists.words = self.words();
        lists.assignments = self.assignments();
        lists.cases = self.cases(&erased);
        lists.tell_readers(self.pieces.values());
        lists.invites = roll.invites;
        lists.people = roll.people.into_values().collect();
        lists.pieces = std::mem::take(&mut self.pieces);
        lists.marks = std::mem::take(&mut self.marks);
        lists.admitted = std::mem::take(&mut self.admitted);
        *self = lists;
    }

    /// What was erased by its author or a secretary, alone or with its record.
    fn erased(&self) -> BTreeSet<OpId> {
        let mut erased: BTreeSet<OpId> = BTreeSet::new();
        let may = |by: &Piece, target: &Piece| by.by_secretary || by.header.account == target.header.account;
        for by in self.pieces.values().filter(|piece| matches!(piece.body, Body::Erasure)) {
            match by.header.about {
                Some(id) => erased.extend(self.pieces.get(&id).filter(|target| may(by, target)).map(|_| id)),
                None => {
                    let record = self.pieces.values().filter(|one| one.header.record == by.header.record);
                    erased.extend(record.filter(|one| may(by, one)).map(|one| one.header.op_id));
                }
            }
        }
        let gone = self.pieces.values().filter(|piece| matches!(piece.body, Body::Gone));
        erased.extend(gone.map(|piece| piece.header.op_id));
        erased
    }

    /// Hand-ins, notes and remarks of people who may write them, each once: as it came, or forwarded by somebody who may.
    fn believed(&self, roll: &Roll) -> Vec<Seen<'_>> {
        let listed = [Kind::HandIn, Kind::Note, Kind::Annotation];
        let own = self.pieces.values().filter(|piece| {
            let kind = piece
                .kind()
                .filter(|kind| listed.contains(kind) && piece.header.verb == 0);
            kind.is_some_and(|kind| roll.may(&piece.header.account, kind))
        });
        let mut seen: BTreeMap<OpId, Seen<'_>> = BTreeMap::new();
        for piece in own.filter(|piece| matches!(piece.body, Body::Plain(_) | Body::Remark(_) | Body::Gone)) {
            let Piece {
                header, place, body, ..
            } = piece;
            seen.insert(
                header.op_id,
                Seen {
                    header,
                    place: *place,
                    forwarded: false,
                    body,
                },
            );
        }
        for piece in self.pieces.values() {
            let Body::Forward(forward) = &piece.body else { continue };
            let (original, kind) = (&forward.original, Kind::from_number(forward.original.kind));
            let passed_on = piece.by_secretary || piece.header.account == original.account;
            if passed_on && kind.is_some_and(|kind| roll.may(&original.account, kind)) {
                seen.entry(original.op_id).or_insert(Seen {
                    header: original,
                    place: forward.place,
                    forwarded: true,
                    body: &forward.body,
                });
            }
        }
        let mut seen: Vec<Seen<'_>> = seen.into_values().collect();
        seen.sort_by_key(|one| order(one.place, one.header));
        seen
    }

    fn list(&mut self, seen: &Seen<'_>, roll: &Roll, erased: &BTreeSet<OpId>) {
        let Seen {
            header,
            place,
            forwarded,
            body,
        } = *seen;
        let Header {
            op_id,
            record,
            account,
            base,
            ..
        } = *header;
        let whole = !erased.contains(&op_id);
        let plain = match body {
            Body::Plain(plain) => Some(plain.clone()).filter(|_| whole),
            _ => None,
        };
        match Kind::from_number(header.kind) {
            Some(Kind::HandIn) => self.hand_ins.push(HandIn {
                op_id,
                record,
                account,
                place,
                base,
                readers: header.to.clone(),
                forwarded,
                plain,
            }),
            Some(Kind::Note) => self.notes.push(NoteSeen {
                op_id,
                account,
                place,
                forwarded,
                plain,
            }),
            Some(Kind::Annotation) => self.remarks.push(Said {
                op_id,
                account,
                role: roll.role(&account),
                place,
                remark: match body {
                    Body::Remark(remark) => Some(remark.clone()).filter(|_| whole),
                    _ => None,
                },
            }),
            _ => (),
        }
    }

    /// What is in no list, and why.
    fn count(&mut self, piece: &Piece, believed: &[Seen<'_>], erased: &BTreeSet<OpId>, roll: &Roll) {
        let Header {
            op_id, account, about, ..
        } = piece.header;
        // Also a forward for somebody else of what is read here anyway.
        let is_seen = || {
            believed
                .iter()
                .any(|one| [Some(op_id), about].contains(&Some(one.header.op_id)))
        };
        match &piece.body {
            _ if erased.contains(&op_id) => (),
            Body::Unreadable if !is_seen() => self.unreadable += 1,
            Body::Doubtful => self.doubted += 1,
            Body::Forward(forward) if erased.contains(&forward.original.op_id) => self.stale_forwards.push(op_id),
            Body::Plain(_) | Body::Remark(_) if piece.kind().is_some_and(|kind| !roll.may(&account, kind)) => {
                self.doubted += 1;
            }
            _ => (),
        }
    }

    /// Whom hand-ins were forwarded to.
    fn tell_readers<'p>(&mut self, pieces: impl Iterator<Item = &'p Piece>) {
        for piece in pieces.filter(|piece| !self.stale_forwards.contains(&piece.header.op_id)) {
            let Body::Forward(forward) = &piece.body else { continue };
            let id = forward.original.op_id;
            if let Some(hand_in) = self.hand_ins.iter_mut().find(|one| one.op_id == id) {
                hand_in.readers.extend(&piece.header.to);
            }
        }
    }

    fn words(&self) -> Vec<Spoken> {
        let words = || {
            self.pieces.values().filter_map(|piece| match &piece.body {
                Body::Status(status) if piece.by_secretary => Some((piece, status)),
                _ => None,
            })
        };
        let standing: BTreeSet<OpId> = leaves(words().map(|(piece, _)| piece)).into_iter().collect();
        let mut words: Vec<(&Piece, &Status)> = words().collect();
        words.sort_by_key(|(piece, _)| order(piece.place, &piece.header));
        let spoken = words.into_iter().map(|(piece, status)| Spoken {
            op_id: piece.header.op_id,
            account: piece.header.account,
            place: piece.place,
            status: status.clone(),
            standing: standing.contains(&piece.header.op_id),
        });
        spoken.collect()
    }

    fn assignments(&self) -> Vec<Assigned> {
        let said = || {
            self.pieces.values().filter_map(|piece| match &piece.body {
                Body::Assignment(said) if piece.by_secretary => Some((piece, said)),
                _ => None,
            })
        };
        let standing: BTreeSet<OpId> = leaves(said().map(|(piece, _)| piece)).into_iter().collect();
        let mut assigned: BTreeMap<(AccountId, AccountId), Assigned> = BTreeMap::new();
        for (_, said) in said().filter(|(piece, _)| standing.contains(&piece.header.op_id)) {
            let one = assigned.entry((said.candidate, said.mentor)).or_insert(Assigned {
                candidate: said.candidate,
                mentor: said.mentor,
                from: said.from.clone(),
                to: None,
                in_force: true,
            });
            // Of two that were said at once the earlier first day, and an end ends it.
            one.from = one.from.clone().min(said.from.clone());
            one.to = one.to.clone().max(said.to.clone());
            one.in_force = one.to.is_none();
        }
        assigned.into_values().collect()
    }

    fn cases(&self, erased: &BTreeSet<OpId>) -> Vec<Case> {
        let mut records: BTreeMap<RecordId, Vec<&Piece>> = BTreeMap::new();
        let written = self
            .pieces
            .values()
            .filter(|piece| piece.kind() == Some(Kind::Case) && piece.by_secretary);
        for piece in written.filter(|piece| piece.header.about.is_none()) {
            records.entry(piece.header.record).or_default().push(piece);
        }
        let cases = records
            .into_iter()
            .filter_map(|(record, pieces)| case(record, &pieces, erased));
        cases.collect()
    }
}

fn case(record: RecordId, pieces: &[&Piece], erased: &BTreeSet<OpId>) -> Option<Case> {
    let plain = |piece: &&Piece| match &piece.body {
        Body::Plain(plain) if !erased.contains(&piece.header.op_id) => Some(plain.clone()),
        _ => None,
    };
    let nodes: Vec<Node> = pieces
        .iter()
        .map(|piece| Node {
            op: piece.header.op_id,
            bases: piece.header.base.iter().chain(&piece.header.also).copied().collect(),
            has_text: plain(piece).is_some(),
        })
        .collect();
    let plains: BTreeMap<OpId, Arc<Plain>> = pieces
        .iter()
        .filter_map(|piece| Some((piece.header.op_id, plain(piece)?)))
        .collect();
    let text = |id: &OpId| {
        plains.get(id).map(|plain| Text {
            fields: plain.fields.clone(),
            kept: plain.kept.clone(),
        })
    };
    let found = merge::leaves(&nodes);
    let texts: BTreeMap<OpId, Text> = found.texts.iter().filter_map(|id| Some((*id, text(id)?))).collect();
    let last = found.texts.last().and_then(|id| plains.get(id))?;
    let folded = merge::fold(&texts, found.ancestor.and_then(|id| text(&id)).as_ref());
    let about = found
        .texts
        .iter()
        .rev()
        .find_map(|id| plains.get(id).and_then(|plain| plain.about));
    Some(Case {
        record,
        about,
        form: last.form.clone(),
        fields: folded.fields,
        kept: folded.kept,
        leaves: found.texts,
        place: pieces.iter().filter_map(|piece| piece.place).max(),
    })
}
