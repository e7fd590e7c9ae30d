//! An envelope that a letter's sender carries for somebody else: opened, taken as if its own device had posted it, answered under a seal
//! for the account behind it (sync protocol §15.4).
//!
//! Invariant: by the carrier's answer one cannot tell what became of the letter inside, only whether it could be read; nothing about an
//! envelope is stored. What is only for now (too fast, busy, full) refuses the carrier's letter, because the carrier will come again.
//! Deliberately not here: the ops of the letter inside (`session`).

use super::effect;
use super::join;
use super::refusal::Refusal;
use super::session::{Done, Handled, Means, Stop, one};
use crate::Random;
use crate::answer::{self, Problem, Standing};
use crate::branch::FLAG_CANDIDATES_CARRY;
use crate::id::{AgePub, OpId, SignPub};
use crate::keys::EndpointKeys;
use crate::kind::Role;
use crate::letter::{Letter, Signed};
use crate::parcel::{Back, Envelope, MAX_SEALED};

/// What a carrier is told, and their app knows by this word.
pub const BAD_ENVELOPE: &str = "bad_envelope";
/// Neither mentor nor secretary, and the branch does not let candidates carry.
pub const NO_CARRIER: &str = "no_carrier";

/// Takes the envelope that came with a letter which is done.
pub(super) fn carry(
    means: &mut Means<'_>,
    carrier: &Done,
    envelope: &Envelope,
    rnd: &mut dyn Random,
    handled: &mut Handled,
) -> Result<Back, Stop> {
    let now = means.now;
    let problem = |code: &str| {
        Back::Problem(Problem {
            code: code.to_owned(),
            server_time: now.wall_s,
            retry_after: None,
        })
    };
    if !may_carry(carrier) {
        return Ok(problem(NO_CARRIER));
    }
    let size = envelope.sealed.len();
    let slow = means.gate.envelope(&carrier.device, size, now);
    slow.map_err(Refusal::SlowDown)?;
    let read = open(means.keys, carrier, envelope);
    let sender = match &read {
        Some((letter, signed)) => sender(means, letter, signed)?,
        None => None,
    };
    let Some(((letter, signed), reader)) = read.zip(sender) else {
        handled.spoiled += 1;
        if means.gate.spoiled(&carrier.device, now) {
            let store = &mut *means.store;
            store.begin()?;
            effect::line(store, now, &carrier.device, BAD_ENVELOPE, OpId::ZERO)?;
            store.commit()?;
        }
        return Ok(problem(BAD_ENVELOPE));
    };
    let letter_id = letter.letter_id;
    let mut inside = Handled::default();
    let said = match one(means, letter, &signed, &mut inside) {
        Ok(done) => done.said,
        Err(Stop::Refuse(refusal)) if !refusal.is_for_now() => {
            means.store.rollback();
            refusal.body(now)
        }
        Err(stop) => return Err(stop),
    };
    handled.carried += 1;
    handled.stored += inside.stored;
    handled.repeated += inside.repeated;
    handled.refused += inside.refused;
    handled.rows += inside.rows;
    let said = answer::seal(said, &letter_id, means.keys);
    let back = Envelope::seal(envelope.id, envelope.branch, &said, reader, rnd);
    Ok(back.map_or_else(|_| problem(BAD_ENVELOPE), Back::Answer))
}

fn may_carry(carrier: &Done) -> bool {
    let flag = |done: &Done| {
        done.set
            .as_ref()
            .is_some_and(|set| set.flags & FLAG_CANDIDATES_CARRY != 0)
    };
    carrier.account.as_ref().is_some_and(|account| {
        account.standing == Standing::Active && (account.role != Role::Candidate || flag(carrier))
    })
}

/// The letter inside, of the carrier's branch.
fn open(keys: &EndpointKeys, carrier: &Done, envelope: &Envelope) -> Option<(Letter, Signed)> {
    let fits = envelope.sealed.len() <= MAX_SEALED && envelope.branch == carrier.branch;
    let opened = fits.then(|| envelope.open(keys.age_secret()).ok()).flatten()?;
    let (letter, signed) = Letter::read(&opened).ok()?;
    (letter.branch == carrier.branch).then_some((letter, signed))
}

/// Whom the answer is sealed to, if the letter's device signed it: its account, closed or not, or for a newcomer the one in its join.
fn sender(means: &mut Means<'_>, letter: &Letter, signed: &Signed) -> Result<Option<AgePub>, Stop> {
    let store = &mut *means.store;
    store.begin()?;
    let device = store.device(&letter.device)?;
    let account = match &device {
        Some(device) => store.account(&device.account)?,
        None => None,
    };
    store.rollback();
    let is_from = |key: &SignPub| signed.is_from(key, &means.keys.sign_pub());
    Ok(match (device, account) {
        (Some(device), account) => account
            .filter(|_| is_from(&device.device_pub))
            .map(|account| account.age_pub),
        (None, _) => join::join_of_sender(letter)
            .filter(|join| is_from(&join.device_pub))
            .map(|join| join.age_pub),
    })
}
