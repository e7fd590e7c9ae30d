//! A phone: what is on its disk, what is only in memory, and the acts of its app. Rows pass through their codecs at every commit, as
//! they do in a vault.

use super::run::Broken;
use crate::client::{self, Identity, KeptOp, Mail, OutRow, OutState, Posting, Reply};
use crate::draft::Draft;
use crate::id::{OpId, RecordId};
use crate::kind::Kind;
use crate::letter::Probe;
use crate::{Now, Random};
use std::collections::{BTreeMap, BTreeSet};

/// One strict transaction's worth of rows, as bytes.
#[derive(Clone)]
struct Disk {
    who: Vec<u8>,
    draft: Vec<u8>,
    mail: Vec<u8>,
    outbox: BTreeMap<u64, Vec<u8>>,
    kept: BTreeMap<OpId, Vec<u8>>,
}

/// A phone.
pub struct Phone {
    disk: Disk,
    pub who: Identity,
    pub draft: Draft,
    pub mail: Mail,
    pub outbox: BTreeMap<u64, OutRow>,
    pub kept: BTreeMap<OpId, KeptOp>,
    /// The letter whose answer is waited for; gone after a crash.
    pub posting: Option<Posting>,
    /// Every op whose cutting was committed: the oracle's own list.
    pub cut: BTreeSet<OpId>,
    /// Ops that the phone knew to be of unknown fate when it sent their body again.
    pub blind: Vec<OpId>,
    unknown: BTreeSet<OpId>,
}

/// Where a crash strikes within an act.
#[derive(Clone, Copy, PartialEq)]
pub enum Crash {
    No,
    BeforeCommit,
    AfterCommit,
}

impl Phone {
    pub fn new(who: Identity, join: client::Outgoing, rnd: &mut dyn Random) -> Self {
        let draft = Draft::new(RecordId::draw(rnd), "2-KNĐ/2025");
        let row = OutRow::new(join);
        let mut phone = Self {
            disk: Disk {
                who: vec![],
                draft: vec![],
                mail: vec![],
                outbox: BTreeMap::new(),
                kept: BTreeMap::new(),
            },
            cut: BTreeSet::from([row.out.op_id]),
            outbox: BTreeMap::from([(row.out.seq, row)]),
            who,
            draft,
            mail: Mail::default(),
            kept: BTreeMap::new(),
            posting: None,
            blind: vec![],
            unknown: BTreeSet::new(),
        };
        phone.commit();
        phone
    }

    /// Everything in memory, in one strict transaction.
    fn commit(&mut self) {
        self.disk = Disk {
            who: self.who.encode().to_vec(),
            draft: self.draft.encode(),
            mail: self.mail.encode(),
            outbox: self.outbox.iter().map(|(seq, row)| (*seq, row.encode())).collect(),
            kept: self.kept.iter().map(|(id, row)| (*id, row.encode())).collect(),
        };
    }

    /// Memory is gone; the app starts again from the disk.
    pub fn restart(&mut self) {
        self.who = Identity::decode(&self.disk.who).unwrap();
        self.draft = Draft::decode(&self.disk.draft).unwrap();
        self.mail = Mail::decode(&self.disk.mail).unwrap();
        self.outbox = self
            .disk
            .outbox
            .iter()
            .map(|(seq, row)| (*seq, OutRow::decode(row).unwrap()))
            .collect();
        self.kept = self
            .disk
            .kept
            .iter()
            .map(|(id, row)| (*id, KeptOp::decode(row).unwrap()))
            .collect();
        self.posting = None;
    }

    /// A second phone with a copy of this one's disk.
    pub fn copied(&self) -> Self {
        let mut copy = Self {
            disk: self.disk.clone(),
            who: self.who.clone(),
            draft: self.draft.clone(),
            mail: self.mail.clone(),
            outbox: BTreeMap::new(),
            kept: BTreeMap::new(),
            posting: None,
            cut: self.cut.clone(),
            blind: vec![],
            unknown: self.unknown.clone(),
        };
        copy.restart();
        copy
    }

    /// The phone's rows without a receipt, as they would be read.
    pub fn rows(&self) -> Vec<OutRow> {
        self.outbox.values().cloned().collect()
    }

    fn receipts(&self) -> Vec<KeptOp> {
        self.kept.values().cloned().collect()
    }

    pub fn typed(&mut self, path: &str, text: &str) {
        self.draft.set(path, text);
        self.commit();
    }

    /// Cuts a hand-in: draft, outbox and counter in one transaction.
    pub fn hand_in(&mut self, now: Now, rnd: &mut dyn Random, crash: Crash) -> bool {
        let Ok(out) = client::hand_in(&mut self.who, &self.draft, "rules", "day", now, rnd) else {
            return false;
        };
        self.draft.was_handed_in(out.op_id);
        let id = out.op_id;
        self.outbox.insert(out.seq, OutRow::new(out));
        if crash == Crash::BeforeCommit {
            self.restart();
            return true;
        }
        self.commit();
        self.cut.insert(id);
        if crash == Crash::AfterCommit {
            self.restart();
        }
        true
    }

    /// Packs a letter and notes, for the oracle, which bodies go out again although their fate was in doubt.
    pub fn post(&mut self, broken: Broken, target: usize, now: Now, rnd: &mut dyn Random) -> Vec<u8> {
        let mut rows = self.rows();
        if broken == Broken::ProbesSkipped {
            rows.iter_mut()
                .filter(|row| row.state == OutState::SentUnknown)
                .for_each(|row| row.state = OutState::Waiting);
        }
        let posting = client::letter(&self.who, &rows, &self.mail, target, now, rnd);
        let joins: BTreeSet<OpId> = rows
            .iter()
            .filter(|row| row.out.kind() == Some(Kind::Join))
            .map(|row| row.out.op_id)
            .collect();
        let again = posting
            .ops
            .iter()
            .map(|(id, _)| *id)
            .filter(|id| self.unknown.contains(id) && !joins.contains(id));
        self.blind.extend(again);
        let bytes = posting.bytes.clone();
        self.posting = Some(posting);
        bytes
    }

    /// No answer will come any more.
    pub fn gives_up(&mut self) {
        let Some(posting) = self.posting.take() else { return };
        for row in client::lost(&self.rows(), &posting) {
            self.unknown.insert(row.out.op_id);
            self.outbox.insert(row.out.seq, row);
        }
        self.commit();
    }

    /// Something came back. Returns whether it was a believed answer.
    pub fn hears(&mut self, status: u16, bytes: &[u8], rnd: &mut dyn Random, crash: Crash, broken: Broken) -> bool {
        let Some(posting) = self.posting.clone() else {
            return false;
        };
        let answered = match client::answer(&self.who, &posting, status, bytes) {
            Reply::Answered(answered) => answered,
            Reply::StartOver => {
                self.mail.cursor = 0;
                self.mail.epoch = None;
                self.posting = None;
                self.commit();
                return false;
            }
            Reply::NotEnrolled => {
                self.gives_up();
                for row in client::introduce_again(&self.rows(), &self.receipts()) {
                    self.outbox.insert(row.out.seq, row);
                }
                self.commit();
                return false;
            }
            Reply::Foreign => return false,
            _ => {
                self.gives_up();
                return false;
            }
        };
        self.posting = None;
        let (rows, receipts) = (self.rows(), self.receipts());
        let change = client::apply(&mut self.who, &rows, &receipts, &self.mail, &answered, rnd);
        if broken == Broken::OutboxRowDeletedFirst {
            self.outbox.retain(|seq, _| !change.done.contains(seq));
            self.commit();
            if crash == Crash::BeforeCommit {
                self.restart();
                return true;
            }
        }
        for row in change.outbox {
            self.unknown.remove(&row.out.op_id);
            self.outbox.insert(row.out.seq, row);
        }
        for row in change.kept {
            self.unknown.remove(&row.out.op_id);
            self.kept.insert(row.out.op_id, row);
        }
        self.outbox.retain(|seq, _| !change.done.contains(seq));
        self.mail = change.mail;
        match crash {
            Crash::BeforeCommit => self.restart(),
            Crash::No => self.commit(),
            Crash::AfterCommit => {
                self.commit();
                self.restart();
            }
        }
        // A renewed device has cut its join; it counts from the commit on.
        self.cut.extend(self.outbox.values().map(|row| row.out.op_id));
        true
    }

    /// What an answer to a probe would be about.
    pub fn asks(&self) -> &[Probe] {
        &self.mail.ask
    }
}
