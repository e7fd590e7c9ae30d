//! What a phone knows of who was given its person's ops: asking, believing the answer, keeping it (security §8).
//!
//! Invariant: only an answer signed by the pinned endpoint for this very letter counts; what was told once stays readable without a
//! network, also when the endpoint no longer has it. Asking brings nothing and changes nothing at the endpoint. Not here: drawing.

use super::post::bare;
use super::review::{role_of, secretaries};
use super::{Identity, Posting, Pulled};
use crate::Random;
use crate::access::{Access, Asked, MAX_LINES, Told};
use crate::answer::Answer;
use crate::id::{AccountId, Epoch, OpId};
use crate::kind::Role;
use crate::letter::Signed;
use crate::shape::{self, BadShape};
use minicbor::Encode;

/// Lines that a phone keeps; the oldest go first.
const MAX_KEPT: usize = 1_000;
const FORMAT: u8 = 1;

crate::map_shape! {
    /// What a phone knows about who was given its person's ops.
    #[derive(Clone, Debug, PartialEq, Eq, Encode)]
    pub struct Register {
        #[n(0)]
        format: u8,
        /// The endpoint's database that the numbers belong to.
        #[n(1)]
        epoch: Option<Epoch>,
        /// Greatest number told.
        #[n(2)]
        last: u64,
        /// When the endpoint was asked last (its clock, seconds since 1970-01-01 UTC); 0: never.
        #[n(3)]
        pub asked: u64,
        #[n(4)]
        lines: Vec<Access>,
    }
}

/// Somebody who was given one of the person's ops.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looked {
    /// Who.
    pub account: AccountId,
    /// What they are in the branch, as far as this phone can confirm it.
    pub role: Option<Role>,
    /// Each time, oldest first (seconds since 1970-01-01 UTC).
    pub times: Vec<u64>,
}

impl Default for Register {
    fn default() -> Self {
        Self {
            format: FORMAT,
            epoch: None,
            last: 0,
            asked: 0,
            lines: vec![],
        }
    }
}

impl Register {
    /// Bytes for the vault.
    pub fn encode(&self) -> Vec<u8> {
        shape::encode(self)
    }

    /// From the vault's bytes.
    ///
    /// # Errors
    /// When they are not of this shape.
    pub fn decode(bytes: &[u8]) -> Result<Self, BadShape> {
        shape::whole(bytes).and_then(|kept: Self| if kept.format == FORMAT { Ok(kept) } else { Err(BadShape) })
    }

    /// The letter that asks for what came after.
    pub fn ask(&self, who: &Identity, rnd: &mut dyn Random) -> Posting {
        bare(who, &Asked { after: Some(self.last) }, rnd)
    }

    /// Takes the answer, if the pinned endpoint signed it for this letter. Whether it is worth asking again at once.
    ///
    /// # Errors
    /// When it is no such answer, or tells nothing because the endpoint is older than the question.
    pub fn take(&mut self, who: &Identity, posting: &Posting, body: &[u8]) -> Result<bool, BadShape> {
        let answer = Answer::open(body, &who.endpoint(), &posting.letter_id)?;
        let signed: Signed = shape::whole(body)?;
        let told: Told = shape::whole(&signed.inner)?;
        let lines = told.lines.filter(|lines| lines.len() <= MAX_LINES).ok_or(BadShape)?;
        let before = self.epoch.replace(answer.foot.epoch);
        if before.is_some_and(|before| before != answer.foot.epoch) {
            // A restored database counts on from an older number, so it is asked from the beginning.
            self.last = 0;
            return Ok(true);
        }
        self.asked = answer.foot.server_time;
        let full = lines.len() == MAX_LINES;
        for line in lines {
            self.last = self.last.max(line.number);
            if !self.lines.contains(&line) {
                self.lines.push(line);
            }
        }
        self.lines.sort_by_key(|line| (line.time, line.number));
        self.lines.drain(..self.lines.len().saturating_sub(MAX_KEPT));
        Ok(full)
    }

    /// Ops of which somebody was given a copy, in the order in which that first happened.
    pub fn ops(&self) -> Vec<OpId> {
        let mut ops: Vec<OpId> = Vec::new();
        for line in &self.lines {
            if !ops.contains(&line.op_id) {
                ops.push(line.op_id);
            }
        }
        ops
    }

    /// Who was given this op; `pulled` are the rows of the vault that say who is what.
    pub fn readers(&self, op: &OpId, who: &Identity, pulled: &[Pulled]) -> Vec<Looked> {
        let secretaries = secretaries(who, pulled);
        let mut readers: Vec<Looked> = Vec::new();
        for line in self.lines.iter().filter(|line| line.op_id == *op) {
            match readers.iter_mut().find(|reader| reader.account == line.account) {
                Some(reader) => reader.times.push(line.time),
                None => readers.push(Looked {
                    account: line.account,
                    role: role_of(&secretaries, pulled, &line.account),
                    times: vec![line.time],
                }),
            }
        }
        readers
    }
}
