//! A phone: its disk, its tabs, and the acts of its app. The core says what is stored; the phone stores it, or dies while it does.
//!
//! Invariant: nothing is claimed before its transaction; every act begins with what lies on the disk, because another tab may have
//! written. Not here: which acts happen (`run`), what must hold (`oracle`).

use super::disk::{Disk, Memory, Writing};
use super::run::Broken;
use crate::client::{self, Identity, Line, Next, Outgoing, Posting, Reply};
use crate::draft::Draft;
use crate::id::{DeviceId, EnvelopeId, OpId, ParcelId, RecordId};
use crate::kind::Kind;
use crate::merge::{Leaves, Node, common, leaves};
use crate::{Now, Random};
use std::collections::{BTreeMap, BTreeSet};

/// Where a crash strikes within an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Crash {
    No,
    BeforeCommit,
    AfterCommit,
}

/// A phone.
pub struct Phone {
    /// Whose it is.
    pub person: usize,
    disk: Disk,
    pub memory: Memory,
    /// The letter whose answer is waited for; gone after a crash.
    pub posting: Option<Posting>,
    /// The envelope that it brings along for somebody, and the letter it lies in; gone after a crash.
    pub bringing: Option<(ParcelId, EnvelopeId, Posting)>,
    pub line: Line,
    /// Seconds that its clock is wrong by.
    pub clock: i64,
    /// What the last reply asked for.
    pub next: Next,
    /// A backup file of the vault.
    pub backup: Option<Disk>,
    /// Another tab on the same disk, with what it read last.
    other: Option<Memory>,
    /// Every op whose cutting was committed: the oracle's own list.
    pub cut: BTreeSet<OpId>,
    /// Places in the counting of devices that this phone has used, with the op that used them.
    seqs: BTreeMap<(DeviceId, u64), OpId>,
    /// It has used a place twice, although nobody copied it.
    pub counted_twice: bool,
    /// Values typed here.
    pub typed: Vec<String>,
    /// Ops that the phone knew to be of unknown fate when it sent their body again.
    pub blind: Vec<OpId>,
    unknown: BTreeSet<OpId>,
}

impl Phone {
    /// A phone that has just enrolled.
    pub fn new(person: usize, who: Identity, join: Option<Outgoing>, record: RecordId) -> Self {
        let mut disk = Disk::default();
        let writing = Writing {
            who: Some(who),
            draft: Some(Draft::new(record, "2-KNĐ/2025")),
            cut: join.into_iter().collect(),
            ..Writing::default()
        };
        disk.commit(&writing);
        let mut phone = Self::on(person, disk);
        writing.cut.iter().for_each(|out| phone.has_cut(out));
        phone
    }

    fn on(person: usize, disk: Disk) -> Self {
        Self {
            person,
            memory: disk.read(),
            disk,
            posting: None,
            bringing: None,
            line: Line::default(),
            clock: 0,
            next: Next::Rest,
            backup: None,
            other: None,
            cut: BTreeSet::new(),
            seqs: BTreeMap::new(),
            counted_twice: false,
            typed: vec![],
            blind: vec![],
            unknown: BTreeSet::new(),
        }
    }

    /// A second phone with a copy of this one's disk, which knows nothing of it.
    pub fn copied(&self) -> Self {
        let mut copy = Self::on(self.person, self.disk.clone());
        copy.clock = self.clock;
        copy.cut = copy.on_disk();
        copy
    }

    /// A new phone on which the backup file was opened: it makes a device key of its own before anything else (sync protocol §10.3).
    pub fn restored(&self, rnd: &mut dyn Random) -> Option<Self> {
        let mut copy = Self::on(self.person, self.backup.clone()?);
        let mut who = copy.memory.who.clone();
        let join = client::renew_device(&mut who, rnd);
        copy.store(
            Writing {
                who: Some(who),
                cut: vec![join],
                ..Writing::default()
            },
            Crash::No,
        );
        copy.cut = copy.on_disk();
        Some(copy)
    }

    /// Makes the backup file.
    pub fn back_up(&mut self) {
        self.backup = Some(self.disk.without_parcels());
    }

    fn on_disk(&self) -> BTreeSet<OpId> {
        let memory = &self.memory;
        let outbox = memory.outbox.iter().map(|row| row.out.op_id);
        outbox.chain(memory.kept.iter().map(|row| row.out.op_id)).collect()
    }

    fn has_cut(&mut self, out: &Outgoing) {
        self.cut.insert(out.op_id);
        let first = *self
            .seqs
            .entry((self.memory.who.device_id(), out.seq))
            .or_insert(out.op_id);
        self.counted_twice |= first != out.op_id;
    }

    /// Memory is gone; the app starts again from the disk.
    pub fn restart(&mut self) {
        self.memory = self.disk.read();
        self.posting = None;
        self.bringing = None;
        self.line = Line::default();
        self.other = None;
    }

    /// The newer app, which every tab runs from here on.
    pub fn update(&mut self) {
        self.disk.updated = true;
        self.restart();
    }

    /// The person goes over to the other tab.
    pub fn other_tab(&mut self) {
        let other = self.other.take().unwrap_or_else(|| self.disk.read());
        self.other = Some(std::mem::replace(&mut self.memory, other));
    }

    /// What another tab has written is read before anything is done.
    pub fn catch_up(&mut self) {
        if !self.memory.is_current(&self.disk) {
            self.memory = self.disk.read();
        }
    }

    /// One transaction, with or without a crash. Returns whether it became durable.
    pub fn store(&mut self, writing: Writing, crash: Crash) -> bool {
        if crash == Crash::BeforeCommit {
            self.restart();
            return false;
        }
        self.disk.commit(&writing);
        if let Some(who) = &writing.who {
            self.memory.who = who.clone();
        }
        writing.cut.iter().for_each(|out| self.has_cut(out));
        self.memory.follow(writing, &self.disk);
        if crash == Crash::AfterCommit {
            self.restart();
        }
        true
    }

    /// What this phone takes for the time.
    pub fn now(&self, now: Now) -> Now {
        Now {
            wall_s: now.wall_s.saturating_add_signed(self.clock),
        }
    }

    /// Types, and returns the value that was replaced on the screen, if that became durable.
    pub fn type_in(&mut self, path: &str, text: &str, crash: Crash) -> Option<Option<String>> {
        let mut draft = self.memory.draft.clone();
        let old = draft.fields.get(path).cloned();
        draft.set(path, text);
        let stored = self.store(
            Writing {
                draft: Some(draft),
                ..Writing::default()
            },
            crash,
        );
        if stored {
            self.typed.push(text.to_owned());
        }
        stored.then_some(old)
    }

    /// Decides about every value of another version. Returns those that the person did not want.
    pub fn decide(&mut self, mut takes_back: impl FnMut() -> bool, crash: Crash) -> Vec<String> {
        let mut draft = self.memory.draft.clone();
        let mut unwanted = vec![];
        while let Some(value) = draft.kept.first().cloned() {
            if takes_back() {
                draft.take_back(&value.path, &value.text);
            }
            let other = draft
                .kept
                .iter()
                .find(|kept| kept.path == value.path && kept.op == value.op)
                .cloned();
            if let Some(other) = other {
                draft.drop_kept(&other.path, &other.text);
                unwanted.push(other.text);
            }
        }
        let writing = Writing {
            draft: Some(draft),
            ..Writing::default()
        };
        let stored = self.memory.draft.kept.is_empty() || self.store(writing, crash);
        if stored { unwanted } else { vec![] }
    }

    /// Cuts a hand-in: draft, outbox and counter in one transaction.
    pub fn hand_in(&mut self, now: Now, rnd: &mut dyn Random, crash: Crash) -> bool {
        let mentors = client::mentors(&self.memory.who, &self.memory.pulled);
        let (mut who, mut draft) = (self.memory.who.clone(), self.memory.draft.clone());
        let Ok(out) = client::hand_in(&mut who, &draft, &mentors, "rules", "day", self.now(now), rnd) else {
            return false;
        };
        draft.was_handed_in(out.op_id);
        self.cut_one(who, Some(draft), out, crash)
    }

    /// Cuts a version of the draft, as the button does.
    pub fn keep(&mut self, now: Now, rnd: &mut dyn Random) -> bool {
        let (mut who, mut draft) = (self.memory.who.clone(), self.memory.draft.clone());
        let Ok(out) = client::keep(&mut who, &draft, self.now(now), rnd) else {
            return false;
        };
        draft.moved_on(out.op_id);
        self.cut_one(who, Some(draft), out, Crash::No)
    }

    /// Stores an op that was just cut.
    pub fn cut_one(&mut self, who: Identity, draft: Option<Draft>, out: Outgoing, crash: Crash) -> bool {
        let writing = Writing {
            who: Some(who),
            draft,
            cut: vec![out],
            ..Writing::default()
        };
        self.store(writing, crash)
    }

    /// Packs a letter and notes, for the oracle, which bodies go out again although their fate was in doubt.
    pub fn post(&mut self, broken: Broken, rnd: &mut dyn Random) -> Vec<u8> {
        let mut rows = self.memory.outbox.clone();
        if broken == Broken::ProbesSkipped {
            let doubtful = rows.iter_mut().filter(|row| row.state == client::OutState::SentUnknown);
            doubtful.for_each(|row| row.state = client::OutState::Waiting);
        }
        let (who, mail) = (&self.memory.who, &self.memory.mail);
        let posting = client::letter(who, &rows, mail, self.line.target, rnd);
        let is_join = |id: &OpId| {
            let mut joins = rows.iter().filter(|row| row.out.kind() == Some(Kind::Join));
            joins.any(|row| row.out.op_id == *id)
        };
        let again = posting.ops.iter().map(|(id, _)| *id);
        self.blind
            .extend(again.filter(|id| self.unknown.contains(id) && !is_join(id)));
        let bytes = posting.bytes.clone();
        self.posting = Some(posting);
        bytes
    }

    /// No answer will come any more.
    pub fn gives_up(&mut self, rnd: &mut dyn Random) {
        if let Some(posting) = self.posting.take() {
            self.unknown.extend(posting.ops.iter().map(|(id, _)| *id));
            self.conclude(&posting, &Reply::Foreign, rnd, Crash::No, Broken::Nothing);
        }
    }

    /// Something came back. Returns whether it was a believed answer.
    pub fn hears(&mut self, status: u16, bytes: &[u8], rnd: &mut dyn Random, crash: Crash, broken: Broken) -> bool {
        let Some(posting) = self.posting.clone() else {
            return false;
        };
        let mut reply = client::answer(&self.memory.who, &posting, status, bytes);
        if reply == Reply::Foreign {
            // An answer to another letter, or a piece of one: the phone goes on waiting for its own.
            return false;
        }
        let believed = matches!(reply, Reply::Answered(_));
        if let (Reply::Answered(answered), Broken::DeviceKeyNotRenewed) = (&mut reply, broken) {
            answered.fork = false;
        }
        self.posting = None;
        self.conclude(&posting, &reply, rnd, crash, broken);
        believed
    }

    fn conclude(&mut self, posting: &Posting, reply: &Reply, rnd: &mut dyn Random, crash: Crash, broken: Broken) {
        let mut who = self.memory.who.clone();
        let (mut change, next) = client::conclude(&mut who, self.memory.view(), &mut self.line, posting, reply, rnd);
        change.open(&who);
        self.next = next;
        for id in change
            .outbox
            .iter()
            .map(|row| row.out.op_id)
            .chain(change.kept.iter().map(|row| row.out.op_id))
        {
            if *reply != Reply::Foreign {
                self.unknown.remove(&id);
            }
        }
        let new: Vec<Outgoing> = change.outbox.iter().map(|row| row.out.clone()).collect();
        if broken == Broken::OutboxRowDeletedFirst {
            self.disk.delete_first(&change);
        }
        let identity = change.identity.then_some(who);
        let stored = self.store(
            Writing {
                who: identity,
                change: Some(change),
                ..Writing::default()
            },
            crash,
        );
        if stored {
            // A renewed device has cut its join; it counts from the commit on.
            self.cut.extend(new.iter().map(|out| out.op_id));
        }
    }

    /// Takes in what other devices of the person wrote.
    pub fn merge(&mut self, now: Now, rnd: &mut dyn Random, crash: Crash, broken: Broken) {
        let (mut who, mut draft) = (self.memory.who.clone(), self.memory.draft.clone());
        if broken == Broken::MergeIntoDirty {
            draft.dirty = false;
        }
        if broken == Broken::OldAppWrites {
            who.schema += u16::from(!self.disk.updated);
        }
        let (now, view) = (self.now(now), self.memory.view());
        let rule = if broken == Broken::AncestorOfTwo {
            of_two
        } else {
            leaves
        };
        let Ok(Some(merged)) = client::merge_by(
            rule,
            &mut |who, draft, rnd| client::keep(who, draft, now, rnd),
            &mut who,
            &draft,
            view,
            rnd,
        ) else {
            return;
        };
        if broken == Broken::OldAppWrites {
            who.schema -= u16::from(!self.disk.updated);
        }
        let writing = Writing {
            who: merged.cut.is_some().then_some(who),
            draft: Some(merged.draft),
            cut: merged.cut.into_iter().collect(),
            ..Writing::default()
        };
        self.store(writing, crash);
    }
}

/// The broken rule: the common ancestor of the first two leaves, whatever the others come from.
fn of_two(nodes: &[Node]) -> Leaves {
    let found = leaves(nodes);
    let two = found.texts.get(..2).map(|two| common(nodes, two));
    Leaves {
        ancestor: two.unwrap_or(found.ancestor),
        ..found
    }
}
