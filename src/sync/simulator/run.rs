//! One schedule: acts and faults step by step, then peace, then the last questions.
//!
//! Invariant: every fault that struck is counted, so that a set of schedules proves what it met. Not here: what must hold (`oracle`).

mod courier;
mod peace;
mod secretary;

use super::dice::Dice;
use super::net::{Load, Net, Packet};
use super::oracle::{self, Person};
use super::phone::{Crash, Phone};
use super::schedule::{Act, Fault, Schedule, Step};
use super::tally::Tally;
use crate::body::{Card, CardState};
use crate::client;
use crate::endpoint::memory::Tables;
use crate::endpoint::world::{AGREED, World};
use crate::endpoint::{StoreFault, handle};
use crate::id::{Epoch, RecordId};
use crate::kind::{Class, Role};

/// Which protection is off. Each must be caught.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// None: the real protocol.
    Nothing,
    /// The endpoint answers, and makes it durable later.
    ReceiptBeforeCommit,
    /// The phone deletes the outbox row in a transaction of its own before it stores the receipt.
    OutboxRowDeletedFirst,
    /// After a lost answer the body is sent again without asking.
    ProbesSkipped,
    /// The database comes from a backup and says nothing about it.
    RestoreWithoutNewEpoch,
    /// Three versions are folded over the common ancestor of two.
    AncestorOfTwo,
    /// What was typed since the last cut is folded away instead of being cut first.
    MergeIntoDirty,
    /// A copied profile goes on under the same device key.
    DeviceKeyNotRenewed,
    /// A tab cuts from what it read before another tab wrote.
    TabsTrustTheirMemory,
    /// The endpoint forgets that something was erased.
    TombstoneForgotten,
    /// An older app takes a newer app's version for one of its own, and goes on from it.
    OldAppWrites,
    /// What was packed into a parcel counts as sent.
    PackedIsSent,
}

/// The controls, and how the breach that each must be caught by begins.
pub const CONTROLS: [(Broken, &str); 11] = [
    (Broken::ReceiptBeforeCommit, "I2"),
    (Broken::OutboxRowDeletedFirst, "lost"),
    (Broken::ProbesSkipped, "waste"),
    (Broken::RestoreWithoutNewEpoch, "I2"),
    (Broken::AncestorOfTwo, "I4"),
    (Broken::MergeIntoDirty, "I4"),
    (Broken::DeviceKeyNotRenewed, "I3"),
    (Broken::TabsTrustTheirMemory, "lost"),
    (Broken::TombstoneForgotten, "erased"),
    (Broken::OldAppWrites, "schema"),
    (Broken::PackedIsSent, "lost"),
];

/// The secretary's phone; the mentor's is the next one, where there is one; the others are candidates'.
const SECRETARY: usize = 0;
const MENTOR: usize = 1;
/// Phones that a schedule may come to.
const MOST_PHONES: usize = 10;
/// Cycles of each phone until everything must have arrived (I5, I6).
const CYCLES: usize = 3;
/// Letters in one cycle.
const LETTERS: usize = 40;

struct Run<'a> {
    w: World,
    phones: Vec<Phone>,
    people: Vec<Person>,
    net: Net,
    broken: Broken,
    tally: &'a mut Tally,
    backup: Option<Tables>,
    /// Courier files that were given away, with whoever packed them.
    hands: Vec<(usize, Vec<u8>)>,
    /// Candidates have no signal any more.
    by_courier: bool,
    step: usize,
    /// The first phone of a candidate.
    first: usize,
    /// The one case of the branch.
    case: RecordId,
}

/// Plays one schedule. An error names what was broken.
pub fn run(schedule: &Schedule, broken: Broken, tally: &mut Tally) -> Result<(), String> {
    let mut run = Run::set_up(schedule, broken, tally);
    for (n, step) in schedule.steps.iter().enumerate() {
        run.step = n;
        run.w.rnd = Dice(step.dice ^ 0x9e37);
        run.act(step)?;
    }
    run.peace()
}

impl<'a> Run<'a> {
    fn set_up(schedule: &Schedule, broken: Broken, tally: &'a mut Tally) -> Self {
        let mut w = World::with(Class::C2, true, schedule.seed);
        let secretary = Phone::new(0, w.founder.clone(), None, RecordId::draw(&mut w.rnd));
        let people = 1 + (schedule.seed % 3).min(u64::from(schedule.phones.max(1)) - 1) as usize;
        let mut phones = vec![secretary];
        let mut card = None;
        if schedule.mentor {
            let link = w.link(Role::Mentor);
            let (who, join) = client::enrol(&link, &AGREED, w.now, &mut w.rnd).unwrap();
            card = Some(Card {
                account: who.account_id(),
                age_pub: who.account().age_pub(),
                sign_pub: who.account().sign_pub(),
                role: Role::Mentor,
                state: CardState::Active,
            });
            phones.push(Phone::new(0, who, Some(join), RecordId::draw(&mut w.rnd)));
        }
        let first_candidate = phones.len();
        for n in 0..usize::from(schedule.phones) {
            let person = 1 + n % people;
            let first = phones.iter().find(|phone| phone.person == person);
            let (who, join, record) = match first.map(|phone| (phone.memory.who.clone(), phone.memory.draft.record_id))
            {
                None => {
                    let link = w.link(Role::Candidate);
                    let (who, join) = client::enrol(&link, &AGREED, w.now, &mut w.rnd).unwrap();
                    (who, join, RecordId::draw(&mut w.rnd))
                }
                Some((mut who, record)) => {
                    let join = client::renew_device(&mut who, &mut w.rnd);
                    (who, join, record)
                }
            };
            phones.push(Phone::new(person, who, Some(join), record));
        }
        w.store.lies_about_commit = broken == Broken::ReceiptBeforeCommit;
        w.store.forgets_tombstones = broken == Broken::TombstoneForgotten;
        // The invites were asked for under the founder's name.
        let mut founder = w.founder.clone();
        let card = card.map(|card| client::card(&mut founder, &card, &[], &mut w.rnd).unwrap());
        phones[SECRETARY] = Phone::new(0, founder, card, RecordId::draw(&mut w.rnd));
        let case = RecordId::draw(&mut w.rnd);
        Self {
            w,
            phones,
            people: vec![Person::default(); people + 1],
            net: Net::default(),
            broken,
            tally,
            backup: None,
            hands: vec![],
            by_courier: schedule.courier,
            step: 0,
            first: first_candidate,
            case,
        }
    }

    fn crash(&mut self, fault: Fault) -> Crash {
        match fault {
            Fault::DieBefore => {
                self.tally.add("phone died before commit");
                Crash::BeforeCommit
            }
            Fault::DieAfter => {
                self.tally.add("phone died after commit");
                Crash::AfterCommit
            }
            _ => Crash::No,
        }
    }

    fn catch_up(&mut self, which: usize) {
        if self.broken != Broken::TabsTrustTheirMemory {
            self.phones[which].catch_up();
        }
    }

    fn act(&mut self, step: &Step) -> Result<(), String> {
        let mut dice = Dice(step.dice);
        let which = usize::from(step.who) % self.phones.len();
        let candidate = self.first + usize::from(step.who) % (self.phones.len() - self.first).max(1);
        let candidate = candidate.min(self.phones.len() - 1);
        self.w.now.wall_s += dice.roll(600);
        match step.act {
            Act::Type => return self.type_in(candidate, step.fault, &mut dice),
            Act::HandIn => return self.hand_in(candidate, step.fault, &mut dice),
            Act::Post => self.post(which),
            Act::Deliver => return self.deliver(step.fault, &mut dice),
            Act::GiveUp => {
                self.catch_up(which);
                if self.phones[which].posting.is_some() {
                    self.tally.add("given up waiting");
                    self.phones[which].gives_up(&mut self.w.rnd);
                }
            }
            Act::Restart => {
                self.tally.add("app restarted");
                self.phones[which].restart();
            }
            Act::Backup => {
                let tables = &mut self.w.store.durable;
                self.backup = Some(tables.clone());
                tables.watermark = tables.seq;
            }
            Act::Restore => return self.restore(),
            Act::CopyProfile => {
                if self.phones.len() < MOST_PHONES && candidate != SECRETARY {
                    self.tally.add("profile copied");
                    self.phones.push(self.phones[candidate].copied());
                }
            }
            Act::Clock => {
                const YEAR: i64 = 31_556_952;
                self.tally.add("clock wrong by years");
                self.phones[which].clock = (dice.roll(41) as i64 - 20) * YEAR;
            }
            Act::BackUpVault => self.phones[candidate].back_up(),
            Act::OpenBackup => {
                if self.phones.len() < MOST_PHONES
                    && let Some(phone) = self.phones[candidate].restored(&mut self.w.rnd)
                {
                    self.tally.add("vault restored from a file");
                    self.phones.push(phone);
                }
            }
            Act::PowerCut => {
                self.tally.add("power cut everywhere");
                self.net.0.clear();
                self.w.store.crash();
                self.phones.iter_mut().for_each(Phone::restart);
                return self.check_all();
            }
            Act::SecondTab => {
                self.tally.add("sent from a second tab");
                self.phones[which].other_tab();
                self.post(which);
            }
            Act::Revoke => self.revoke(candidate),
            Act::Withdraw => self.withdraw(candidate),
            Act::Say => self.say(&mut dice),
            Act::Assign => self.assign(candidate, &mut dice),
            Act::Forward => self.forward(&mut dice),
            Act::Case => self.write_case(&mut dice),
            Act::Update => {
                self.tally.add("app brought up to date");
                self.phones[which].update();
            }
            Act::Pack => {
                let crash = self.crash(step.fault);
                self.pack(candidate, crash);
            }
            Act::TakeIn => self.take_in(step.fault, &mut dice),
            Act::Bring => self.bring(&mut dice),
            Act::HandBack => self.hand_back(&mut dice),
            Act::BringHome => {
                self.bring_home(candidate, step.fault, &mut dice);
                return self.check_all();
            }
        }
        self.check(which)
    }

    fn type_in(&mut self, which: usize, fault: Fault, dice: &mut Dice) -> Result<(), String> {
        let (path, value) = (format!("field{}", dice.roll(4)), format!("{:016x}", dice.draw()));
        let crash = self.crash(fault);
        self.catch_up(which);
        let phone = &mut self.phones[which];
        if let Some(old) = phone.type_in(&path, &value, crash) {
            let person = &mut self.people[phone.person];
            person.typed.insert(value, path);
            person.replaced.extend(old);
        }
        self.check(which)
    }

    fn hand_in(&mut self, which: usize, fault: Fault, dice: &mut Dice) -> Result<(), String> {
        let crash = self.crash(fault);
        self.catch_up(which);
        let phone = &mut self.phones[which];
        let unwanted = phone.decide(|| dice.once_in(2), Crash::No);
        self.people[phone.person].replaced.extend(unwanted);
        phone.hand_in(self.w.now, &mut self.w.rnd, crash);
        self.check(which)
    }

    fn post(&mut self, which: usize) {
        self.catch_up(which);
        let phone = &mut self.phones[which];
        if phone.posting.is_some() {
            return;
        }
        let bytes = phone.post(self.broken, &mut self.w.rnd);
        self.net.0.push(Packet {
            phone: which,
            load: Load::Letter,
            bytes,
            since: self.step,
        });
    }

    fn deliver(&mut self, fault: Fault, dice: &mut Dice) -> Result<(), String> {
        let n = (fault == Fault::Reorder || dice.once_in(4)).then(|| dice.draw());
        let Some((mut packet, at)) = self.net.take(n) else {
            return Ok(());
        };
        if at > 0 {
            self.tally.add("packet overtaken");
        }
        if self.step.saturating_sub(packet.since) > 20 {
            self.tally.add("packet delayed over 20 steps");
        }
        let is_letter = matches!(packet.load, Load::Letter | Load::Bringing);
        let either = |letter, answer| if is_letter { letter } else { answer };
        match fault {
            Fault::Drop => {
                self.tally.add(either("letter lost", "answer lost"));
                return Ok(());
            }
            Fault::Double => {
                self.tally.add(either("letter doubled", "answer doubled"));
                self.net.0.push(packet.clone());
            }
            Fault::Cut => {
                self.tally.add(either("letter cut at a byte", "answer cut at a byte"));
                let k = dice.roll(packet.bytes.len() as u64 + 1) as usize;
                packet.bytes.truncate(k);
            }
            _ => (),
        }
        match packet.load {
            Load::Letter | Load::Bringing => {
                let answer = self.endpoint_hears(&packet, fault, dice);
                if let Some(answer) = answer.filter(|_| fault != Fault::Cut) {
                    self.net.0.push(answer);
                }
                self.check_endpoint()?;
                if matches!(fault, Fault::DieBefore | Fault::DieAfter) {
                    return self.check_all();
                }
                Ok(())
            }
            Load::Answer { status } => {
                let crash = self.crash(fault);
                self.phone_hears(packet.phone, status, &packet.bytes, crash);
                self.check(packet.phone)
            }
            Load::Brought { status } => {
                let crash = self.crash(fault);
                self.brought(packet.phone, status, &packet.bytes, crash);
                self.check(packet.phone)
            }
        }
    }

    fn phone_hears(&mut self, which: usize, status: u16, bytes: &[u8], crash: Crash) {
        self.catch_up(which);
        let (phone, broken) = (&mut self.phones[which], self.broken);
        if !phone.hears(status, bytes, &mut self.w.rnd, crash, broken) {
            if status == 200 {
                self.tally.add("answer to an old letter");
            }
            return;
        }
        let before = phone.memory.draft.newer;
        phone.merge(self.w.now, &mut self.w.rnd, crash, broken);
        if before.is_none() && phone.memory.draft.newer.is_some() {
            self.tally.add("newer schema met");
        }
        if !phone.memory.draft.also.is_empty() {
            self.tally.add("record with two or more leaves");
        }
    }

    /// The endpoint takes a letter, or dies over it. Gives back what it answers.
    fn endpoint_hears(&mut self, packet: &Packet, fault: Fault, dice: &mut Dice) -> Option<Packet> {
        let World {
            store,
            keys,
            gate,
            rnd,
            now,
            ..
        } = &mut self.w;
        let nth = |many: u64, dice: &mut Dice| store.calls + 1 + dice.roll(many);
        store.fail_on = match fault {
            // At some call of the database, the last of which is the commit.
            Fault::DieBefore => Some((nth(60, dice), StoreFault::Broken)),
            Fault::Busy => Some((nth(1, dice), StoreFault::Busy)),
            Fault::Full => Some((nth(60, dice), StoreFault::Full)),
            _ => None,
        };
        let failed = store.failed;
        let handled = handle(store, keys, gate, &packet.bytes, *now, rnd);
        store.fail_on = None;
        if store.failed > failed {
            self.tally.add(match fault {
                Fault::Busy => "endpoint busy",
                Fault::Full => "endpoint's disk full",
                _ => "endpoint died before commit",
            });
        }
        if handled.broken {
            store.crash();
            return None;
        }
        let (status, bytes) = match handled.result {
            Ok(bytes) => (200, bytes),
            Err(refusal) => (refusal.status(), refusal.body(*now)),
        };
        let load = match packet.load {
            Load::Bringing => Load::Brought { status },
            _ => Load::Answer { status },
        };
        let answer = Packet {
            phone: packet.phone,
            load,
            bytes,
            since: self.step,
        };
        if fault == Fault::DieAfter {
            // Answered or not, then gone at once: what it answered must be there all the same.
            self.tally.add("endpoint died after commit");
            store.crash();
            return dice.once_in(2).then_some(answer);
        }
        Some(answer)
    }

    fn restore(&mut self) -> Result<(), String> {
        let Some(mut backup) = self.backup.take() else {
            return Ok(());
        };
        self.tally.add("restored from a backup");
        if self.broken != Broken::RestoreWithoutNewEpoch {
            let old = Epoch(backup.epoch);
            backup.old_epochs.insert(old, backup.seq);
            backup.epoch = Epoch::draw(&mut self.w.rnd).0;
        }
        self.w.store.replace(backup);
        self.check_all()
    }

    /// A hand-in is taken back: the same text goes on as a draft, then the one op is erased.
    fn withdraw(&mut self, which: usize) {
        self.catch_up(which);
        let phone = &self.phones[which];
        let handed_in = phone.memory.draft.handed_in;
        let kept = phone.memory.kept.iter().find(|row| Some(row.out.op_id) == handed_in);
        let Some(target) = kept.map(|row| row.out.clone()) else {
            return;
        };
        let phone = &mut self.phones[which];
        if !phone.keep(self.w.now, &mut self.w.rnd) {
            return;
        }
        let mut who = phone.memory.who.clone();
        if let Some(erasure) = client::erase(&mut who, &target, &mut self.w.rnd) {
            self.tally.add("hand-in withdrawn");
            phone.cut_one(who, None, erasure, Crash::No);
        }
    }

    fn check(&self, which: usize) -> Result<(), String> {
        let phone = &self.phones[which];
        oracle::phone(phone, &self.w.store.durable)?;
        oracle::honest(phone, &self.w.store.durable)
    }

    /// What was erased is looked for first where just that is broken; in the whole protocol once, at the end.
    fn check_endpoint(&self) -> Result<(), String> {
        if self.broken == Broken::TombstoneForgotten {
            oracle::stays_erased(&self.w.store.durable)?;
        }
        oracle::endpoint(&self.w.store.durable)
    }

    fn check_all(&self) -> Result<(), String> {
        oracle::endpoint(&self.w.store.durable)?;
        (0..self.phones.len()).try_for_each(|which| self.check(which))
    }
}
