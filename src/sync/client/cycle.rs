//! What a phone does after each try to send: what to store, and when to try again (sync protocol §10.2 and §13).
//!
//! Invariant: pure; whoever calls it stores the change in one transaction and only then follows `Next`. Batches grow with answers and
//! shrink with silence, never below one op; a letter that cannot be read is split until the op at fault stands alone.

use super::apply::{apply, introduce_again, lost};
use super::{Change, Fate, Identity, OutRow, OutState, Posting, Reply, View, pause_ms};
use crate::Random;
use crate::answer::Code;
use crate::letter::MAX_LETTER;

/// Bytes of the first letter: 26 s at 20 kbit/s.
const FIRST: usize = 64 << 10;
/// What a letter grows from after it had to carry one op alone.
const SMALLEST: usize = 4 << 10;

/// How the line has been lately.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Bytes that the next letter may have; it carries one op in any case.
    pub target: usize,
    /// Tries that failed, one after the other.
    pub failures: u32,
}

impl Default for Line {
    fn default() -> Self {
        Self {
            target: FIRST,
            failures: 0,
        }
    }
}

/// What to do after the change is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// There is more to send or to fetch: post the next letter.
    Again,
    /// Nothing is left.
    Rest,
    /// Try again after so many milliseconds.
    Pause(
        /// How many.
        u64,
    ),
    /// Something has to happen first: another invite, a newer app, a word of the branch.
    Stop,
}

impl Line {
    fn worked(&mut self) {
        self.failures = 0;
        self.target = (self.target * 2).clamp(SMALLEST, MAX_LETTER);
    }

    fn failed(&mut self, rnd: &mut dyn Random) -> u64 {
        let pause = pause_ms(self.failures, rnd);
        self.failures = self.failures.saturating_add(1);
        pause
    }
}

/// What came of a posting, as a change of the vault, and what to do then.
pub fn conclude(
    who: &mut Identity,
    view: View<'_>,
    line: &mut Line,
    posting: &Posting,
    reply: &Reply,
    rnd: &mut dyn Random,
) -> (Change, Next) {
    let mut change = Change::none(view.mail);
    let next = match reply {
        Reply::Answered(answered) => {
            change = apply(who, view, answered, rnd);
            let has = |wanted: fn(&Fate) -> bool| answered.outcomes.iter().any(|one| wanted(&one.fate));
            // What the endpoint asks for goes at once: others may wait for it there.
            let later = has(|fate| matches!(fate, Fate::Later(_))) && !has(|fate| *fate == Fate::SendIt);
            let moved = change.moves(view.mail);
            line.worked();
            let left = answered.more || !change.mail.ask.is_empty() || sendable_after(view.outbox, &change);
            // One op that has to wait keeps no question back that was not put yet.
            let asks_anew = change.mail.ask.iter().any(|probe| !posting.probes.contains(probe));
            match (left, !asks_anew && (later || !moved)) {
                (false, _) => Next::Rest,
                (true, true) => Next::Pause(line.failed(rnd)),
                (true, false) => Next::Again,
            }
        }
        Reply::Wait { seconds } => Next::Pause((seconds * 1_000).max(line.failed(rnd))),
        Reply::StartOver => {
            (change.mail.cursor, change.mail.epoch) = (0, None);
            Next::Again
        }
        Reply::Stopped | Reply::InviteSpent | Reply::NeedsUpdate => Next::Stop,
        Reply::Foreign => {
            // Unknown whether they arrived: the next letter asks before it sends them again.
            change.outbox = lost(view.outbox, posting);
            line.target /= 2;
            Next::Pause(line.failed(rnd))
        }
        Reply::TooLarge | Reply::BadLetter if posting.ops.len() == 1 => {
            let too_large = *reply == Reply::TooLarge;
            let code = if too_large { Code::TooBig } else { Code::BadShape };
            change.outbox = lost(view.outbox, posting);
            change
                .outbox
                .iter_mut()
                .for_each(|row| row.state = OutState::NeedsALook(code));
            Next::Again
        }
        Reply::TooLarge | Reply::BadLetter if posting.ops.is_empty() => Next::Pause(line.failed(rnd)),
        Reply::TooLarge => {
            line.target /= 2;
            Next::Again
        }
        Reply::BadLetter => {
            line.target = 0;
            Next::Again
        }
        // The endpoint was restored from an older backup: the joins go out once more, receipts or not.
        Reply::NotEnrolled => {
            change.outbox = introduce_again(view.outbox, view.kept);
            // Once at once; if they are out already, it has to wait for something else.
            if change.outbox.is_empty() {
                Next::Pause(line.failed(rnd))
            } else {
                Next::Again
            }
        }
    };
    (change, next)
}

/// Whether anything waits that the next letter could carry.
fn sendable_after(outbox: &[OutRow], change: &Change) -> bool {
    let newest = |row: &OutRow| change.outbox.iter().any(|new| new.out.op_id == row.out.op_id);
    let old = outbox
        .iter()
        .filter(|row| !newest(row) && !change.done.contains(&row.out.op_id));
    old.chain(&change.outbox).any(OutRow::is_sendable)
}
