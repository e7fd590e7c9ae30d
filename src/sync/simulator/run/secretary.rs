//! What the secretary does in a schedule: revokes, speaks, assigns, forwards, keeps a case.
//!
//! Invariant: each act starts from what lies on the secretary's phone, and is an ordinary op of theirs. Not here: when (`run`).

use super::super::dice::Dice;
use super::super::phone::Crash;
use super::{MENTOR, Run, SECRETARY};
use crate::body::{Assignment, Reason, Revoke, Status, Word, keyed_record};
use crate::client::{self, Reader};
use crate::draft::Draft;
use crate::id::{OpId, RecordId};
use crate::kind::Kind;
use crate::office::Office;

impl Run<'_> {
    /// The secretary revokes a phone, as a lost one.
    pub(super) fn revoke(&mut self, which: usize) {
        let device = self.phones[which].memory.who.device_id();
        let known = self.w.store.durable.devices.contains_key(&device);
        if !known || self.w.rnd.roll(3) > 0 {
            return;
        }
        self.tally.add("phone revoked");
        self.catch_up(SECRETARY);
        let mut who = self.phones[SECRETARY].memory.who.clone();
        let revoke = Revoke {
            device: Some(device),
            account: None,
            reason: Reason::Lost,
        };
        let out = client::revoke(&mut who, &revoke, &mut self.w.rnd).unwrap();
        self.phones[SECRETARY].cut_one(who, None, out, Crash::No);
    }

    /// The secretary says something about a hand-in that came.
    pub(super) fn say(&mut self, dice: &mut Dice) {
        self.catch_up(SECRETARY);
        let memory = &self.phones[SECRETARY].memory;
        let came = memory.pulled.iter().filter(|row| row.out.kind() == Some(Kind::HandIn));
        let came: Vec<_> = came.map(|row| (row.account, row.out.op_id)).collect();
        let Some((subject, about)) = came.get(dice.roll(came.len().max(1) as u64) as usize).copied() else {
            return;
        };
        let words = [Word::Seen, Word::HandedBack, Word::Agreed, Word::Closed];
        let status = Status {
            subject,
            about: Some(about),
            word: words[dice.roll(4) as usize],
            day: "2026-11-21".to_owned(),
        };
        let leaves = self.leaves(keyed_record(Kind::Status, subject.as_bytes()));
        let mut who = memory.who.clone();
        let out = client::say(&mut who, &status, &leaves, &mut self.w.rnd).unwrap();
        self.tally.add("word of the branch");
        self.phones[SECRETARY].cut_one(who, None, out, Crash::No);
    }

    /// What the secretary's phone holds of one record, in whatever place.
    fn leaves(&self, record: RecordId) -> Vec<OpId> {
        let memory = &self.phones[SECRETARY].memory;
        let outbox = memory.outbox.iter().map(|row| &row.out);
        let kept = memory.kept.iter().map(|row| &row.out);
        client::leaves_of(outbox.chain(kept).filter(|out| out.record_id == record))
    }

    /// The secretary assigns the mentor to a candidate, or ends it.
    pub(super) fn assign(&mut self, which: usize, dice: &mut Dice) {
        if self.first == MENTOR {
            return;
        }
        self.catch_up(SECRETARY);
        let assignment = Assignment {
            candidate: self.phones[which].memory.who.account_id(),
            mentor: self.phones[MENTOR].memory.who.account_id(),
            from: "2026-11-01".to_owned(),
            to: dice.once_in(3).then(|| "2026-11-21".to_owned()),
        };
        let leaves = self.leaves(Assignment::record(&assignment.candidate, &assignment.mentor));
        let mut who = self.phones[SECRETARY].memory.who.clone();
        let out = client::assign(&mut who, &assignment, &leaves, &mut self.w.rnd).unwrap();
        self.tally.add("mentor assigned or dismissed");
        self.phones[SECRETARY].cut_one(who, None, out, Crash::No);
    }

    /// The secretary seals an older hand-in again for the mentor.
    pub(super) fn forward(&mut self, dice: &mut Dice) {
        if self.first == MENTOR {
            return;
        }
        self.catch_up(SECRETARY);
        let memory = &self.phones[SECRETARY].memory;
        let office = Office::read(&memory.who, &memory.pulled, &memory.kept, &memory.outbox);
        let whole: Vec<OpId> = office
            .hand_ins
            .iter()
            .filter(|one| one.plain.is_some())
            .map(|one| one.op_id)
            .collect();
        let Some(id) = whole.get(dice.roll(whole.len().max(1) as u64) as usize) else {
            return;
        };
        let Some(original) = office.original(&memory.who, id, &memory.pulled, &memory.kept) else {
            return;
        };
        let mut who = memory.who.clone();
        let mentor = &self.phones[MENTOR].memory.who;
        let to = Reader {
            account: mentor.account_id(),
            age_pub: mentor.account().age_pub(),
        };
        if let Ok(out) = client::forward(&mut who, &original, to, self.w.now, &mut self.w.rnd) {
            self.tally.add("hand-in forwarded");
            self.phones[SECRETARY].cut_one(who, None, out, Crash::No);
        }
    }

    /// The secretary writes into the case, from what the device knows of it.
    pub(super) fn write_case(&mut self, dice: &mut Dice) {
        self.catch_up(SECRETARY);
        let memory = &self.phones[SECRETARY].memory;
        let mut who = memory.who.clone();
        let empty = Draft::new(self.case, "case/1");
        let view = memory.view();
        let merged = client::merge_case(&mut who, &empty, &[], view, self.w.now, &mut self.w.rnd);
        let Ok(merged) = merged else { return };
        let mut draft = merged.map_or(empty, |merged| merged.draft);
        draft.set(&format!("field{}", dice.roll(4)), &format!("{:016x}", dice.draw()));
        if let Ok(out) = client::case(&mut who, &draft, &[], self.w.now, &mut self.w.rnd) {
            self.tally.add("case written");
            self.phones[SECRETARY].cut_one(who, None, out, Crash::No);
        }
    }
}
