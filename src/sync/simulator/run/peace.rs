//! The faults stop: everybody has a good line, or a courier, and a few cycles; then the last questions.
//!
//! Invariant: whoever may still send has a receipt for everything, and all phones of a person show the same. Not here: how it is judged
//! (`oracle`).

use super::super::dice::Dice;
use super::super::net::{Load, Packet};
use super::super::oracle;
use super::super::phone::{Crash, Phone};
use super::super::schedule::Fault;
use super::{CYCLES, LETTERS, Run};
use crate::answer::Code;
use crate::client::{Next, OutState};
use crate::endpoint::AccountRow;
use crate::id::{DeviceId, Epoch};
use crate::kind::Kind;
use std::collections::BTreeSet;

impl Run<'_> {
    /// One cycle of a phone on a good line: letters until nothing is left.
    fn cycle(&mut self, which: usize) -> Result<(), String> {
        self.catch_up(which);
        for _ in 0..LETTERS {
            let bytes = self.phones[which].post(self.broken, &mut self.w.rnd);
            let packet = Packet {
                phone: which,
                load: Load::Letter,
                bytes,
                since: self.step,
            };
            let answer = self.endpoint_hears(&packet, Fault::None, &mut Dice(0));
            if let Some(Packet {
                load: Load::Answer { status },
                bytes,
                ..
            }) = answer
            {
                self.phone_hears(which, status, &bytes, Crash::No);
            }
            self.check(which)?;
            if self.phones[which].next != Next::Again {
                break;
            }
        }
        self.check_endpoint()
    }

    /// The faults stop: within a few cycles everything has its receipt, of the database that is there now, and all show the same.
    pub(super) fn peace(mut self) -> Result<(), String> {
        self.net.0.clear();
        self.w.rnd = Dice(self.w.now.wall_s);
        for which in 0..self.phones.len() {
            // Everybody's app is brought up to date in the end.
            self.phones[which].update();
            if which >= self.first {
                self.type_in(which, Fault::None, &mut Dice(which as u64))?;
                self.phones[which].keep(self.w.now, &mut self.w.rnd);
            }
        }
        // A phone that was let in late, because another one had to bring its join first, has as many cycles from there on.
        let (mut cycles, mut known) = (0..CYCLES, usize::MAX);
        while cycles.next().is_some() {
            (0..self.phones.len()).try_for_each(|which| match self.by_courier && which >= self.first {
                true => self.courier_cycle(which),
                false => self.cycle(which),
            })?;
            let devices = self.w.store.durable.devices.len();
            if devices > known {
                cycles = 0..CYCLES;
            }
            known = devices;
        }
        let alive: Vec<usize> = (0..self.phones.len()).filter(|which| self.may_send(*which)).collect();
        let mut devices = BTreeSet::<DeviceId>::new();
        for which in &alive {
            self.drained(*which)?;
            if !devices.insert(self.phones[*which].memory.who.device_id()) {
                return Err("I3: two phones go on under one device key".to_owned());
            }
        }
        oracle::stays_erased(&self.w.store.durable)?;
        oracle::schemas(&self.w.store.durable)?;
        for which in alive.iter().filter(|which| **which < self.first) {
            oracle::served(&self.phones[*which], &self.w.store.durable)?;
        }
        for person in 1..self.people.len() {
            self.settled(person, &alive)?;
        }
        Ok(())
    }

    /// Whether the branch still lets this phone send.
    fn may_send(&self, which: usize) -> bool {
        let (tables, who) = (&self.w.store.durable, &self.phones[which].memory.who);
        match tables.devices.get(&who.device_id()) {
            Some(device) => !device.closed,
            // A phone that was never told that it had joined may not come any more once its account lost another one.
            None => {
                let lost_one = |account: &AccountRow| account.had_revoked;
                let joins = self.phones[which].memory.kept.iter();
                let told = joins.filter(|row| row.out.kind() == Some(Kind::Join)).any(|row| {
                    let header = row.out.header();
                    header.is_some_and(|header| header.device == who.device_id())
                });
                told || !tables.accounts.get(&who.account_id()).is_some_and(lost_one)
            }
        }
    }

    fn drained(&self, which: usize) -> Result<(), String> {
        let memory = &self.phones[which].memory;
        // Taken back on another phone, which this one is told; the person decides about its own copy.
        let waiting = memory.outbox.iter();
        let waiting = waiting.filter(|row| row.state != OutState::NeedsALook(Code::Erased));
        let waiting: Vec<_> = waiting.map(|row| (row.out.kind, row.state)).collect();
        if !waiting.is_empty() || !memory.mail.ask.is_empty() {
            let asks = memory.mail.ask.len();
            return Err(format!(
                "I6: phone {which} still has {waiting:?} to send, {asks} to ask about"
            ));
        }
        let tables = &self.w.store.durable;
        for row in &memory.kept {
            let held = tables.ops.contains_key(&row.out.op_id) && row.confirmed == Epoch(tables.epoch);
            if !held {
                let waiting = memory.outbox.iter().find(|out| out.out.op_id == row.out.op_id);
                return Err(format!(
                    "I2: after the resync {} of kind {} on phone {which} is not held: {:?}",
                    row.out.op_id,
                    row.out.kind,
                    waiting.map(|row| row.state)
                ));
            }
        }
        Ok(())
    }

    fn settled(&self, person: usize, alive: &[usize]) -> Result<(), String> {
        let of_person = |which: &&usize| self.phones[**which].person == person;
        let phones: Vec<&Phone> = alive
            .iter()
            .filter(of_person)
            .map(|which| &self.phones[*which])
            .collect();
        let Some(first) = phones.first() else { return Ok(()) };
        let text = oracle::folded(&first.memory.who, first, &self.w.store.durable)?;
        for phone in &phones {
            oracle::converged(phone, &text)?;
            oracle::heard(phone, &self.w.store.durable)?;
        }
        let silent = (0..self.phones.len()).filter(|which| !alive.contains(which));
        let excused = silent.flat_map(|which| &self.phones[which].typed).collect();
        oracle::nothing_lost(&self.people[person], &text, &excused)
    }
}
