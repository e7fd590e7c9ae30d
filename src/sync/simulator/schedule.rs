//! A schedule: who does what, and which fault strikes, as data that can be shown, read back and made shorter.
//!
//! Invariant: a step carries its own dice, so that leaving one out changes nothing about the others; a name in a kept file never
//! changes its meaning. Not here: what the steps do (`run`).

use super::dice::Dice;

macro_rules! named {
    ($(#[$meta:meta])* $name:ident { $($(#[$of:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name { $($(#[$of])* $variant,)* }

        impl $name {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// Its word in a file and in a report.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// Back from the word.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.word() == word)
            }
        }
    };
}

named! {
    /// What happens in a step.
    Act {
        /// Somebody types into a field.
        Type = "type",
        /// Somebody hands in.
        HandIn = "hand-in",
        /// A phone posts a letter.
        Post = "post",
        /// The network delivers something.
        Deliver = "deliver",
        /// A phone stops waiting for its answer.
        GiveUp = "give-up",
        /// An app is closed and opened.
        Restart = "restart",
        /// The endpoint's operator makes a backup.
        Backup = "backup",
        /// The endpoint is restored from that backup.
        Restore = "restore",
        /// Somebody copies the browser's profile to another phone.
        CopyProfile = "copy-profile",
        /// A clock is set wrong by up to twenty years.
        Clock = "clock",
        /// A person makes a backup file of the vault.
        BackUpVault = "back-up-vault",
        /// That file is opened on a new phone.
        OpenBackup = "open-backup",
        /// The power fails everywhere at once.
        PowerCut = "power-cut",
        /// A second tab sends what waits.
        SecondTab = "second-tab",
        /// The secretary revokes a lost phone.
        Revoke = "revoke",
        /// Somebody takes back what was handed in.
        Withdraw = "withdraw",
        /// The secretary says something about papers that came.
        Say = "say",
        /// The secretary assigns the mentor to a candidate, or ends that.
        Assign = "assign",
        /// The secretary seals an older hand-in again for the mentor.
        Forward = "forward",
        /// The secretary writes into a case.
        Case = "case",
        /// A phone gets a newer app, which writes a newer schema.
        Update = "update",
        /// Somebody without a signal packs a parcel.
        Pack = "pack",
        /// A mentor or a secretary takes a parcel in.
        TakeIn = "take-in",
        /// A carrier posts an envelope.
        Bring = "bring",
        /// A carrier gives back what came.
        HandBack = "hand-back",
        /// A parcel is opened on a phone.
        BringHome = "bring-home",
    }
}

named! {
    /// What goes wrong in a step. Each strikes only where it can.
    Fault {
        /// Nothing.
        None = "none",
        /// The packet is lost.
        Drop = "drop",
        /// The packet arrives, and once more later.
        Double = "double",
        /// Another packet overtakes the oldest.
        Reorder = "reorder",
        /// The connection is cut after some bytes.
        Cut = "cut",
        /// Whoever acts dies before its transaction is durable.
        DieBefore = "die-before",
        /// Whoever acts dies right after its transaction is durable.
        DieAfter = "die-after",
        /// The endpoint's database is locked.
        Busy = "busy",
        /// The endpoint's disk is full.
        Full = "full",
    }
}

/// One step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// What happens.
    pub act: Act,
    /// Which phone, modulo how many there are.
    pub who: u8,
    /// What goes wrong.
    pub fault: Fault,
    /// Everything else that is by chance.
    pub dice: u64,
}

/// A whole schedule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// What keys and identifiers are drawn from.
    pub seed: u64,
    /// Candidates' phones at the start, 2 to 8.
    pub phones: u8,
    /// Whether a mentor is there; older kept schedules have none.
    pub mentor: bool,
    /// Whether candidates never have a signal once the faults have stopped: all goes by courier.
    pub courier: bool,
    /// In order.
    pub steps: Vec<Step>,
}

/// Steps of a schedule that is drawn.
pub const STEPS: usize = 260;

/// How often an act is drawn.
const WEIGHTS: [(Act, u64); 26] = [
    (Act::Type, 24),
    (Act::HandIn, 9),
    (Act::Post, 50),
    (Act::Deliver, 90),
    (Act::GiveUp, 8),
    (Act::Restart, 4),
    (Act::Backup, 3),
    (Act::Restore, 1),
    (Act::CopyProfile, 1),
    (Act::Clock, 2),
    (Act::BackUpVault, 2),
    (Act::OpenBackup, 1),
    (Act::PowerCut, 1),
    (Act::SecondTab, 3),
    (Act::Revoke, 1),
    (Act::Withdraw, 3),
    (Act::Say, 3),
    (Act::Assign, 2),
    (Act::Forward, 1),
    (Act::Case, 3),
    (Act::Update, 2),
    (Act::Pack, 8),
    (Act::TakeIn, 10),
    (Act::Bring, 20),
    (Act::HandBack, 6),
    (Act::BringHome, 12),
];

impl Schedule {
    /// The schedule of a seed.
    pub fn of(seed: u64) -> Self {
        let mut dice = Dice(seed.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ 0x5eed);
        let phones = 2 + dice.roll(7) as u8;
        let all: u64 = WEIGHTS.iter().map(|(_, weight)| weight).sum();
        let steps = (0..STEPS).map(|_| Step {
            act: act(dice.roll(all)),
            who: dice.roll(251) as u8,
            fault: fault(&mut dice),
            dice: dice.draw(),
        });
        Self {
            seed,
            phones,
            mentor: true,
            courier: seed.is_multiple_of(4),
            steps: steps.collect(),
        }
    }

    /// As it is kept in a file: a line for the seed, a line for the phones, a line for each step.
    pub fn show(&self) -> String {
        let mut text = format!("seed {}\nphones {}\n", self.seed, self.phones);
        text += if self.mentor { "mentor\n" } else { "" };
        text += if self.courier { "courier\n" } else { "" };
        for Step { act, who, fault, dice } in &self.steps {
            text += &format!("{} {who} {} {dice:016x}\n", act.word(), fault.word());
        }
        text
    }

    /// Back from a file; lines that begin with `#` are for people.
    pub fn read(text: &str) -> Option<Self> {
        let mut lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        let seed = lines.next()?.strip_prefix("seed ")?.parse().ok()?;
        let phones = lines.next()?.strip_prefix("phones ")?.parse().ok()?;
        let mut lines = lines.peekable();
        let mentor = lines.next_if_eq(&"mentor").is_some();
        let courier = lines.next_if_eq(&"courier").is_some();
        let steps = lines.map(|line| {
            let mut words = line.split(' ');
            Some(Step {
                act: Act::from_word(words.next()?)?,
                who: words.next()?.parse().ok()?,
                fault: Fault::from_word(words.next()?)?,
                dice: u64::from_str_radix(words.next()?, 16).ok()?,
            })
        });
        Some(Self {
            seed,
            phones,
            mentor,
            courier,
            steps: steps.collect::<Option<_>>()?,
        })
    }
}

fn act(mut at: u64) -> Act {
    for (act, weight) in WEIGHTS {
        match at.checked_sub(weight) {
            Some(rest) => at = rest,
            None => return act,
        }
    }
    Act::Deliver
}

/// Two steps of three go well.
fn fault(dice: &mut Dice) -> Fault {
    let nth = dice.roll(3 * Fault::ALL.len() as u64) as usize;
    Fault::ALL.get(nth).copied().unwrap_or(Fault::None)
}

/// The shortest schedule found that still fails: steps, then phones, then faults are left out while it does.
pub fn shortest(schedule: &Schedule, fails: impl Fn(&Schedule) -> bool) -> Schedule {
    let mut best = schedule.clone();
    let mut size = best.steps.len().div_ceil(2).max(1);
    loop {
        let mut at = 0;
        while at < best.steps.len() {
            let mut shorter = best.clone();
            shorter.steps.drain(at..(at + size).min(best.steps.len()));
            if fails(&shorter) {
                best = shorter;
            } else {
                at += size;
            }
        }
        if size == 1 {
            break;
        }
        size = size.div_ceil(2);
    }
    while best.phones > 1 {
        let fewer = Schedule {
            phones: best.phones - 1,
            ..best.clone()
        };
        if !fails(&fewer) {
            break;
        }
        best = fewer;
    }
    for at in 0..best.steps.len() {
        let mut calmer = best.clone();
        if let Some(step) = calmer.steps.get_mut(at) {
            step.fault = Fault::None;
        }
        if fails(&calmer) {
            best = calmer;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schedule_comes_back_from_its_file() {
        let schedule = Schedule::of(77);
        assert_eq!(
            Schedule::read(&format!("# why it is kept\n{}", schedule.show())),
            Some(schedule.clone())
        );
        assert_eq!(Schedule::read(&schedule.show().replace("deliver", "deliberate")), None);
        assert_eq!(Schedule::of(77), schedule);
        assert_ne!(Schedule::of(78).steps, schedule.steps);
    }

    #[test]
    fn a_schedule_shrinks_to_what_it_fails_for() {
        let needs = |schedule: &Schedule| {
            let has = |act, fault| {
                schedule
                    .steps
                    .iter()
                    .any(|step| step.act == act && (step.fault == fault || fault == Fault::None))
            };
            schedule.phones >= 2 && has(Act::HandIn, Fault::None) && has(Act::Deliver, Fault::Cut)
        };
        let schedule = Schedule::of(3);
        assert!(needs(&schedule) && schedule.steps.len() == STEPS);
        let short = shortest(&schedule, needs);
        assert_eq!((short.steps.len(), short.phones), (2, 2));
        assert!(needs(&short));
    }
}
