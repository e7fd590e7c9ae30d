//! Files that go from hand to hand: any may be lost, copied, cut short, brought twice, by two carriers, or years late.
//!
//! Invariant: a file once given away lies there for ever, and anybody may take it up again. Not here: what phones do with it (`courier`).

use super::super::dice::Dice;
use super::super::net::{Load, Packet};
use super::super::phone::Crash;
use super::super::schedule::Fault;
use super::{LETTERS, Run, SECRETARY};
use crate::client::OutRow;

impl Run<'_> {
    /// Somebody without a signal packs a parcel.
    pub(super) fn pack(&mut self, which: usize, crash: Crash) {
        self.catch_up(which);
        let file = self.phones[which].pack(self.w.now, &mut self.w.rnd, crash, self.broken);
        if let Some(file) = file {
            self.tally.add("parcel packed");
            self.hands.push((which, file));
        }
    }

    /// Some file, whole or cut short.
    fn some_file(&mut self, fault: Fault, dice: &mut Dice) -> Option<(usize, Vec<u8>)> {
        let nth = (dice.draw() as usize).checked_rem(self.hands.len())?;
        let (owner, mut file) = self.hands.get(nth)?.clone();
        if fault == Fault::Drop {
            self.tally.add("parcel lost");
            self.hands.remove(nth);
            return None;
        }
        if fault == Fault::Cut {
            self.tally.add("parcel damaged");
            file.truncate(dice.roll(file.len() as u64) as usize);
        }
        Some((owner, file))
    }

    /// A mentor or a secretary takes a file in, who may be another one than before.
    pub(super) fn take_in(&mut self, fault: Fault, dice: &mut Dice) {
        let carrier = dice.roll(self.first as u64) as usize;
        let crash = self.crash(fault);
        let Some((_, file)) = self.some_file(fault, dice) else {
            return;
        };
        self.catch_up(carrier);
        if self.phones[carrier].take_in(&file, self.w.now, crash) {
            self.tally.add("parcel taken in");
        }
    }

    /// A carrier with a signal posts the next envelope; one that waits for an answer may stop waiting.
    pub(super) fn bring(&mut self, dice: &mut Dice) {
        let carrier = dice.roll(self.first as u64) as usize;
        self.catch_up(carrier);
        if dice.once_in(4) {
            self.phones[carrier].bringing = None;
        }
        if let Some(bytes) = self.phones[carrier].bring(&mut self.w.rnd) {
            self.net.0.push(Packet {
                phone: carrier,
                load: Load::Bringing,
                bytes,
                since: self.step,
            });
        }
    }

    /// The answer to such a letter.
    pub(super) fn brought(&mut self, carrier: usize, status: u16, bytes: &[u8], crash: Crash) {
        self.catch_up(carrier);
        if self.phones[carrier].brought(status, bytes, crash) {
            self.tally.add("envelope brought");
        }
    }

    /// A carrier gives back what came.
    pub(super) fn hand_back(&mut self, dice: &mut Dice) {
        let carrier = dice.roll(self.first as u64) as usize;
        self.catch_up(carrier);
        // To whom, the carrier need not know.
        let owner = dice.draw() as usize;
        let files = self.phones[carrier].hand_back();
        self.hands.extend(files.into_iter().map(|file| (owner, file)));
    }

    /// A file is opened on a phone, which may not be the one that it is for.
    pub(super) fn bring_home(&mut self, which: usize, fault: Fault, dice: &mut Dice) {
        let crash = self.crash(fault);
        let Some((_, file)) = self.some_file(fault, dice) else {
            return;
        };
        let start = if dice.once_in(4) { which } else { self.first };
        let phones = (start..self.phones.len()).take(if start == which { 1 } else { usize::MAX });
        for phone in phones {
            if self.opens(phone, &file, crash).is_some() {
                return;
            }
        }
        self.tally.add("parcel of another phone");
    }

    fn opens(&mut self, which: usize, file: &[u8], crash: Crash) -> Option<bool> {
        self.catch_up(which);
        let brought = self.phones[which].bring_home(file, &mut self.w.rnd, crash)?;
        self.tally.add("parcel brought home");
        (0..brought.receipts).for_each(|_| self.tally.add("receipt brought by courier"));
        (0..brought.stale).for_each(|_| self.tally.add("parcel overtaken"));
        if crash == Crash::No {
            self.phones[which].merge(self.w.now, &mut self.w.rnd, crash, self.broken);
        }
        Some(brought.more)
    }

    /// One cycle of a phone that has never a signal: parcels to the secretary and back until nothing is left.
    pub(super) fn courier_cycle(&mut self, which: usize) -> Result<(), String> {
        for _ in 0..LETTERS {
            self.catch_up(which);
            let packed = self.phones[which].pack(self.w.now, &mut self.w.rnd, Crash::No, self.broken);
            let Some(file) = packed else { return Ok(()) };
            self.phones[SECRETARY].take_in(&file, self.w.now, Crash::No);
            while let Some(bytes) = self.phones[SECRETARY].bring(&mut self.w.rnd) {
                let packet = Packet {
                    phone: SECRETARY,
                    load: Load::Bringing,
                    bytes,
                    since: self.step,
                };
                let answer = self.endpoint_hears(&packet, Fault::None, &mut Dice(0));
                if let Some(Packet {
                    load: Load::Brought { status },
                    bytes,
                    ..
                }) = answer
                {
                    self.phones[SECRETARY].brought(status, &bytes, Crash::No);
                }
                if self.phones[SECRETARY].bringing.take().is_some() {
                    // Not taken, and not refused for good: the secretary is not let in, which is for other questions to find.
                    return Ok(());
                }
            }
            let loads = &self.phones[SECRETARY].memory.loads;
            let home = loads
                .iter()
                .filter(|load| file == load.parcel.encode())
                .find_map(|load| load.home());
            let home = home.map(|parcel| parcel.encode());
            let more = home
                .and_then(|file| self.opens(which, &file, Crash::No))
                .unwrap_or(false);
            self.check(which)?;
            let memory = &self.phones[which].memory;
            let waits = memory.outbox.iter().any(OutRow::is_sendable) || !memory.mail.ask.is_empty();
            if !more && !waits {
                break;
            }
        }
        Ok(())
    }
}
