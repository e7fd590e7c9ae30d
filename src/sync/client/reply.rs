//! What the phone concludes from what came back, or did not (sync protocol §10).
//!
//! Invariant: only an answer signed by the pinned endpoint for this very letter is believed, and in it only receipts that verify
//! for the op that was sent. Everything else is a reason to wait or to ask. Not here: storing it.

use super::{Identity, Posting};
use crate::answer::{
    Answer, Author, Code, FLAG_FORK, Foot, Held, OpAnswer, OpResult, ProbeAnswer, Problem, Row, Standing,
};
use crate::branch::SignedSet;
use crate::id::{OpHash, OpId};
use crate::kind::Role;
use crate::receipt::Receipt;
use crate::shape;

/// What became of one op.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Held durably: outbox row to `ops`, with this verified receipt, in one transaction.
    Stored(Receipt),
    /// Refused for good: stays in the outbox as "Cần xem lại".
    NeedsALook(Code),
    /// Not now: stays in the outbox.
    Later(Code),
    /// The endpoint was asked and does not hold it: send it. For a kept op, put it back into the outbox.
    SendIt,
}

/// One op's fate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The op.
    pub op_id: OpId,
    /// What became of it.
    pub fate: Fate,
    /// Another leaf exists: pull and merge.
    pub conflict: bool,
}

/// A believed answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// One for each op sent or asked about, as far as its receipt verified.
    pub outcomes: Vec<Outcome>,
    /// New rows for this account.
    pub rows: Vec<Row>,
    /// Keys of the devices that signed the rows.
    pub authors: Vec<Author>,
    /// Cursor after these rows.
    pub cursor: u64,
    /// Whether more wait.
    pub more: bool,
    /// A newer branch set, to be offered to [`Identity::take_set`].
    pub set: Option<SignedSet>,
    /// Role, and whether the account may send.
    pub standing: (Option<Role>, Standing),
    /// Clock, epoch, counters.
    pub foot: Foot,
    /// This device's counter was used elsewhere: make a new device key before the next cut.
    pub fork: bool,
}

/// What the phone concludes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// Believed.
    Answered(Box<Answered>),
    /// Come back after so many seconds.
    Wait {
        /// How long, at least.
        seconds: u64,
    },
    /// Something between here and the endpoint answered. As no answer: the letter's ops are of unknown fate.
    Foreign,
    /// Halve the batch.
    TooLarge,
    /// The endpoint could not read the letter: send ops one by one; the one that fails alone needs a look.
    BadLetter,
    /// This device is not known there: put what `introduce_again` gives into the outbox.
    NotEnrolled,
    /// Stop sending, keep everything.
    Stopped,
    /// Pull again from 0.
    StartOver,
    /// The invite was used or has expired.
    InviteSpent,
    /// A newer app is needed to send.
    NeedsUpdate,
}

impl Reply {
    /// What to tell the person; `None` when nothing has to be said.
    pub fn words(&self) -> Option<&'static str> {
        match self {
            Self::Answered(_) | Self::TooLarge | Self::StartOver => None,
            Self::Wait { .. } => Some("Nơi nhận đang bận. Ứng dụng sẽ tự gửi lại."),
            Self::Foreign => Some("Mạng này chặn đường đến nơi nhận. Bạn thử mạng khác; chữ vẫn còn trên máy."),
            Self::BadLetter => {
                Some("Nơi nhận chưa đọc được thư này. Nội dung vẫn còn trên máy; bạn báo cho chi bộ giúp nhé.")
            }
            Self::NotEnrolled => Some("Nơi nhận chưa biết máy này. Ứng dụng sẽ ghi danh lại."),
            Self::Stopped => Some("Máy này không còn được gửi. Bản khai vẫn còn; bạn hỏi chi bộ nhé."),
            Self::InviteSpent => Some("Mã mời này đã dùng hoặc hết hạn. Bạn xin chi bộ mã mới."),
            Self::NeedsUpdate => Some("Cần bản ứng dụng mới hơn để gửi. Bạn cập nhật ứng dụng; chữ vẫn còn trên máy."),
        }
    }
}

/// Judges what came back for a posting.
pub fn answer(who: &Identity, posting: &Posting, status: u16, body: &[u8]) -> Reply {
    if status == 200 {
        return match Answer::open(body, &who.endpoint(), &posting.letter_id) {
            Ok(answer) => Reply::Answered(Box::new(believed(who, posting, answer))),
            Err(_) => Reply::Foreign,
        };
    }
    let Ok(problem) = shape::whole::<Problem>(body) else {
        return Reply::Foreign;
    };
    match status {
        400 | 415 => Reply::BadLetter,
        401 => Reply::NotEnrolled,
        403 => Reply::Stopped,
        410 => Reply::StartOver,
        413 => Reply::TooLarge,
        422 => Reply::InviteSpent,
        426 => Reply::NeedsUpdate,
        507 => Reply::Wait {
            seconds: problem.retry_after.unwrap_or(0).max(900),
        },
        _ => Reply::Wait {
            seconds: problem.retry_after.unwrap_or(0),
        },
    }
}

fn believed(who: &Identity, posting: &Posting, answer: Answer) -> Answered {
    let sent = posting
        .ops
        .iter()
        .zip(&answer.ops)
        .filter_map(|((id, hash), said)| op_outcome(who, id, hash, said));
    let asked = posting.probes.iter().zip(&answer.probes);
    let asked = asked.filter_map(|(probe, said)| probe_outcome(who, &probe.op_id, &probe.op_hash, said));
    let outcomes = sent.chain(asked).collect();
    let forked = answer.ops.iter().any(|said| said.flags.unwrap_or(0) & FLAG_FORK != 0);
    Answered {
        outcomes,
        fork: forked || answer.foot.device_seq > who.device_seq,
        rows: answer.rows,
        authors: answer.authors,
        cursor: answer.cursor,
        more: answer.more,
        set: answer.set,
        standing: answer.standing,
        foot: answer.foot,
    }
}

fn verified(who: &Identity, id: &OpId, hash: &OpHash, receipt: Option<Receipt>) -> Option<Fate> {
    receipt
        .filter(|receipt| receipt.verify(&who.endpoint(), id, hash))
        .map(Fate::Stored)
}

fn op_outcome(who: &Identity, id: &OpId, hash: &OpHash, said: &OpAnswer) -> Option<Outcome> {
    let fate = match said.result {
        OpResult::Applied | OpResult::Duplicate | OpResult::Conflict => verified(who, id, hash, said.receipt)?,
        OpResult::Rejected if said.code.is_some_and(Code::is_later) => Fate::Later(said.code?),
        OpResult::Rejected => Fate::NeedsALook(said.code.unwrap_or(Code::BadShape)),
        OpResult::Retry => Fate::Later(said.code.unwrap_or(Code::Busy)),
    };
    let about_it = said.op_id == *id || said.op_id == OpId::ZERO;
    about_it.then_some(Outcome {
        op_id: *id,
        fate,
        conflict: said.result == OpResult::Conflict,
    })
}

fn probe_outcome(who: &Identity, id: &OpId, hash: &OpHash, said: &ProbeAnswer) -> Option<Outcome> {
    let fate = match said.held {
        Held::Yes => verified(who, id, hash, said.receipt)?,
        Held::No => Fate::SendIt,
        Held::OtherHash => Fate::NeedsALook(Code::IdReused),
    };
    (said.op_id == *id).then_some(Outcome {
        op_id: *id,
        fate,
        conflict: false,
    })
}
