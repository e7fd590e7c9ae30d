//! One schedule: random acts and faults from a seed, then peace, then the last questions.

use super::net::{Net, Packet};
use super::phone::{Crash, Phone};
use crate::client::{self, OutState};
use crate::endpoint::world::{AGREED, World};
use crate::endpoint::{StoreFault, handle};
use crate::id::Epoch;
use crate::kind::{Class, Kind, Role};
use crate::label::{Facts, Sending, Version, label};
use crate::op::Op;
use crate::seal::safe;
use crate::seal::tests::Counting;
use crate::{Random, shape};
use std::collections::BTreeMap;

/// Which protection is off.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Broken {
    Nothing,
    /// The endpoint answers, and makes it durable later.
    ReceiptBeforeCommit,
    /// The phone deletes the outbox row in a transaction of its own before it stores the receipt.
    OutboxRowDeletedFirst,
    /// After a lost answer the body is sent again without asking.
    ProbesSkipped,
    /// The database comes from a backup and says nothing about it.
    RestoreWithoutNewEpoch,
}

/// How often each kind of fault happened.
#[derive(Default)]
pub struct Tally(BTreeMap<&'static str, u64>);

const FAULTS: [&str; 12] = [
    "letter dropped",
    "answer dropped",
    "letter doubled",
    "answer doubled",
    "answer to an old letter",
    "endpoint crashed before commit",
    "endpoint crashed after commit",
    "phone crashed before commit",
    "phone crashed after commit",
    "given up waiting",
    "restored from a backup",
    "profile copied",
];

impl Tally {
    fn add(&mut self, fault: &'static str) {
        assert!(FAULTS.contains(&fault), "{fault}");
        *self.0.entry(fault).or_default() += 1;
    }

    /// Every kind with its count, those that never happened too.
    pub fn counts(&self) -> Vec<(&'static str, u64)> {
        FAULTS
            .iter()
            .map(|fault| (*fault, self.0.get(fault).copied().unwrap_or(0)))
            .collect()
    }
}

struct Run<'a> {
    w: World,
    phones: Vec<Phone>,
    net: Net,
    dice: Counting,
    broken: Broken,
    tally: &'a mut Tally,
    backup: Option<crate::endpoint::memory::Tables>,
}

/// Plays one schedule. An error names the invariant that was broken.
pub fn run(seed: u64, broken: Broken, tally: &mut Tally) -> Result<(), String> {
    let mut w = World::with(Class::C2, true, seed << 8);
    let dice = Counting((seed << 8) + 128);
    let phones = (0..2).map(|_| joining(&mut w)).collect();
    w.store.lies_about_commit = broken == Broken::ReceiptBeforeCommit;
    let mut run = Run {
        w,
        phones,
        net: Net::default(),
        dice,
        broken,
        tally,
        backup: None,
    };
    for _ in 0..90 {
        run.step();
        run.check()?;
    }
    run.peace()
}

fn joining(w: &mut World) -> Phone {
    let link = w.link(Role::Candidate);
    let (who, join) = client::enrol(&link, &AGREED, w.now, &mut w.rnd).unwrap();
    Phone::new(who, join, &mut w.rnd)
}

impl Run<'_> {
    fn roll(&mut self, sides: u64) -> u64 {
        let mut bytes = [0; 8];
        self.dice.fill(&mut bytes);
        u64::from_be_bytes(bytes) % sides
    }

    fn crash(&mut self) -> Crash {
        let crash = match self.roll(10) {
            0 => Crash::BeforeCommit,
            1 => Crash::AfterCommit,
            _ => Crash::No,
        };
        match crash {
            Crash::No => (),
            Crash::BeforeCommit => self.tally.add("phone crashed before commit"),
            Crash::AfterCommit => self.tally.add("phone crashed after commit"),
        }
        crash
    }

    fn step(&mut self) {
        let which = self.roll(self.phones.len() as u64) as usize;
        self.w.now.wall_s += self.roll(600);
        match self.roll(40) {
            0..=3 => {
                let (place, value) = (self.roll(6), self.roll(u64::MAX));
                self.phones[which].typed(&format!("field{place}"), &value.to_string());
            }
            4..=8 => {
                let crash = self.crash();
                self.phones[which].hand_in(self.w.now, &mut self.w.rnd, crash);
            }
            9..=14 => self.posts(which),
            15..=33 => self.deliver(),
            34..=35 => {
                if self.phones[which].posting.is_some() {
                    self.tally.add("given up waiting");
                    self.phones[which].gives_up();
                }
            }
            36 => self.phones[which].restart(),
            37 => self.backup = Some(self.w.store.durable.clone()),
            38 => self.restore(),
            _ => self.copy_profile(which),
        }
    }

    fn posts(&mut self, which: usize) {
        if self.phones[which].posting.is_some() {
            return;
        }
        let target = 1_000 + self.roll(8_000) as usize;
        let bytes = self.phones[which].post(self.broken, target, self.w.now, &mut self.w.rnd);
        self.net.send(Packet::Letter { from: which, bytes });
    }

    fn deliver(&mut self) {
        let n = self.roll(u64::MAX);
        let doubled = self.roll(6) == 0;
        let again = if doubled { self.net.copy(n) } else { None };
        let Some(packet) = self.net.take(n) else { return };
        if let Some(copy) = again {
            let letter = matches!(copy, Packet::Letter { .. });
            self.tally.add(if letter { "letter doubled" } else { "answer doubled" });
            self.net.send(copy);
        }
        match (packet, self.roll(8) == 0) {
            (Packet::Letter { .. }, true) => self.tally.add("letter dropped"),
            (Packet::Answer { .. }, true) => self.tally.add("answer dropped"),
            (Packet::Letter { from, bytes }, false) => self.endpoint_hears(from, &bytes, true),
            (Packet::Answer { to, status, bytes }, false) => {
                let crash = self.crash();
                let (rnd, broken) = (&mut self.w.rnd, self.broken);
                let believed = self.phones[to].hears(status, &bytes, rnd, crash, broken);
                if !believed {
                    self.tally.add("answer to an old letter");
                }
            }
        }
    }

    fn endpoint_hears(&mut self, from: usize, bytes: &[u8], with_faults: bool) {
        let fate = if with_faults { self.roll(8) } else { 7 };
        if fate == 0 {
            // Dies at some call of the database, the last of which is the commit.
            let calls = self.roll(60);
            self.w.store.fail_on = Some((self.w.store.calls + 1 + calls, StoreFault::Broken));
        }
        let handled = handle(&mut self.w.store, &self.w.keys, &mut self.w.gate, bytes, self.w.now);
        self.w.store.fail_on = None;
        if handled.broken {
            self.tally.add("endpoint crashed before commit");
            self.w.store.crash();
            return;
        }
        let (status, bytes) = match handled.result {
            Ok(bytes) => (200, bytes),
            Err(refusal) => (refusal.status(), refusal.body(self.w.now)),
        };
        self.net.send(Packet::Answer {
            to: from,
            status,
            bytes,
        });
        if fate == 1 {
            // Answered, then gone at once: what it answered must be there all the same.
            self.tally.add("endpoint crashed after commit");
            self.w.store.crash();
        }
    }

    fn restore(&mut self) {
        let Some(mut backup) = self.backup.take() else { return };
        self.tally.add("restored from a backup");
        if self.broken != Broken::RestoreWithoutNewEpoch {
            let old = Epoch(backup.epoch);
            backup.old_epochs.insert(old, backup.seq);
            self.w.rnd.fill(&mut backup.epoch);
        }
        self.w.store.durable = backup;
        self.w.store.crash();
    }

    fn copy_profile(&mut self, which: usize) {
        if self.phones.len() >= 4 {
            return;
        }
        self.tally.add("profile copied");
        let copy = self.phones[which].copied();
        self.phones.push(copy);
    }

    /// What must hold after every step.
    fn check(&self) -> Result<(), String> {
        let durable = &self.w.store.durable;
        let epoch = Epoch(durable.epoch);
        for phone in &self.phones {
            for row in phone.kept.values().filter(|row| row.confirmed == epoch) {
                let held = durable
                    .ops
                    .get(&row.out.op_id)
                    .is_some_and(|held| held.op_hash == row.out.op_hash);
                if !held {
                    return Err(format!("I2: a receipt without its op {}", row.out.op_id));
                }
            }
            let known = |id| phone.kept.contains_key(id) || phone.outbox.values().any(|row| row.out.op_id == *id);
            if let Some(id) = phone.cut.iter().find(|id| !known(*id)) {
                return Err(format!("lost: {id} is neither in the outbox nor kept with a receipt"));
            }
            if let Some(id) = phone.blind.iter().find(|id| durable.ops.contains_key(id)) {
                return Err(format!(
                    "waste: the body of {id} was sent again although the endpoint held it"
                ));
            }
        }
        self.check_effects()
    }

    /// I3: one op, one effect. Numbers rise, and each account holds exactly the bytes of its ops (an effect taken twice would double
    /// them; the join alone is not counted).
    fn check_effects(&self) -> Result<(), String> {
        let durable = &self.w.store.durable;
        if durable.order.len() != durable.ops.len() {
            return Err("I3: an op stands twice in the order".to_owned());
        }
        let mut last = 0;
        let mut bytes: BTreeMap<_, u64> = BTreeMap::new();
        for row in durable.order.iter().filter_map(|id| durable.ops.get(id)) {
            if row.server_seq <= last || row.server_seq > durable.seq {
                return Err(format!(
                    "I3: number {} after {last}, counter {}",
                    row.server_seq, durable.seq
                ));
            }
            last = row.server_seq;
            let size = (row.header.len() + row.body.as_ref().map_or(0, Vec::len)) as u64;
            let counted = u64::from(row.kind != Kind::Join.number()) * size;
            *bytes.entry(row.account).or_default() += counted;
        }
        for account in durable.accounts.values() {
            let expected = bytes.get(&account.id).copied().unwrap_or(0);
            if account.bytes != expected {
                return Err(format!(
                    "I3: account holds {} bytes instead of {expected}",
                    account.bytes
                ));
            }
        }
        Ok(())
    }

    /// The faults stop: within a few cycles everything has its receipt, of the database that is there now.
    fn peace(mut self) -> Result<(), String> {
        while !self.net.is_empty() {
            let _ = self.net.take(0);
        }
        for _ in 0..6 {
            for which in 0..self.phones.len() {
                self.phones[which].gives_up();
                let bytes = self.phones[which].post(self.broken, 65_536, self.w.now, &mut self.w.rnd);
                self.endpoint_hears(which, &bytes, false);
                while let Some(packet) = self.net.take(0) {
                    if let Packet::Answer { to, status, bytes } = packet {
                        let rnd = &mut self.w.rnd;
                        self.phones[to].hears(status, &bytes, rnd, Crash::No, self.broken);
                    }
                }
                self.check()?;
            }
        }
        let epoch = Epoch(self.w.store.durable.epoch);
        for (n, phone) in self.phones.iter().enumerate() {
            let refused = phone
                .outbox
                .values()
                .filter(|row| !matches!(row.state, OutState::NeedsALook(_)))
                .count();
            if refused != 0 || !phone.asks().is_empty() {
                let rows: Vec<_> = phone.outbox.values().map(|row| (row.out.kind, row.state)).collect();
                let asks = phone.asks().len();
                return Err(format!(
                    "I6: phone {n} still has {refused} to send, {asks} to ask about: {rows:?}"
                ));
            }
            for row in phone.kept.values() {
                let held = self.w.store.durable.ops.contains_key(&row.out.op_id);
                if !held || row.confirmed != epoch {
                    return Err(format!("I2: after the resync {} is not held", row.out.op_id));
                }
            }
            self.check_label(n)?;
        }
        Ok(())
    }

    /// I9: "Chi bộ đã nhận" is shown only when the endpoint holds exactly the text that is on the screen.
    fn check_label(&self, n: usize) -> Result<(), String> {
        let phone = &self.phones[n];
        let (rows, kept): (Vec<_>, Vec<_>) = (phone.rows(), phone.kept.values().cloned().collect());
        let facts = Facts {
            on_screen: phone.draft.revision,
            committed: phone.draft.revision,
            write_failed: false,
            has_vault: true,
            editable: true,
            enrolled: true,
            posting: false,
            changed: phone.draft.dirty,
            version: Version::of(&phone.draft, &rows, &kept),
        };
        if !matches!(label(&facts).sending, Sending::Received { .. }) {
            return Ok(());
        }
        let held = phone.draft.handed_in.and_then(|id| self.w.store.durable.ops.get(&id));
        let body = held
            .and_then(|row| row.body.clone())
            .ok_or("I9: shown as received and not held")?;
        let plain = safe::open(&body, phone.who.account().age_secret()).map_err(|fault| format!("I9: {fault}"))?;
        let kept = kept.iter().find(|row| Some(row.out.op_id) == phone.draft.handed_in);
        let header_fits = kept.is_some_and(|row| {
            shape::whole::<crate::op::RawOp>(&row.out.bytes)
                .ok()
                .and_then(|raw| Op::from_parts(raw.header, raw.sig).ok())
                .is_some_and(|op| op.hash() == row.out.op_hash)
        });
        if plain.fields == phone.draft.fields && header_fits {
            Ok(())
        } else {
            Err("I9: shown as received, but another text is held".to_owned())
        }
    }
}
