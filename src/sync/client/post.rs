//! Packing a letter: which ops go, which are only asked about (sync protocol §10.2 and §13).
//!
//! Invariant: an op whose answer was lost is probed, not sent again, so a cut wastes fifty bytes and not a dossier; a letter always
//! carries at least one sendable op; ops refused for good stay behind. Not here: when to post.

use super::{Identity, Mail, OutRow, OutState};
use crate::id::{LetterId, OpHash, OpId};
use crate::kind::Kind;
use crate::letter::{self, Letter, MAX_LETTER, MAX_OPS, MAX_PROBES, MAX_WANTED, PROTO, Probe, Signed};
use crate::op::{Op, RawOp};
use crate::{Random, shape};
use minicbor::Encode;

/// A letter ready to be posted, and what its answer must be about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posting {
    /// The answer repeats it.
    pub letter_id: LetterId,
    /// What to post.
    pub bytes: Vec<u8>,
    /// The ops in it, in order. When no answer comes, these become [`OutState::SentUnknown`].
    pub ops: Vec<(OpId, OpHash)>,
    /// The ops it asks about, in order.
    pub probes: Vec<Probe>,
}

impl Posting {
    /// A letter that was laid ready ([`ready`]) and posted by somebody who reads nothing: what its answer must be about. `None` for other bytes,
    /// and when an answer has come since the letter was made, which knows more than this one.
    pub fn laid(bytes: Vec<u8>, mail: &Mail) -> Option<Self> {
        let (letter, _) = Letter::read(&bytes).ok()?;
        let newest = (letter.epoch, letter.cursor) == (mail.epoch, mail.cursor);
        let named = |raw: RawOp| {
            let op = Op::from_parts(raw.header, raw.sig).ok()?;
            Some((op.header().op_id, op.hash()))
        };
        Some(Self {
            letter_id: letter.letter_id,
            ops: letter.ops.into_iter().map(named).collect::<Option<_>>()?,
            probes: letter.probes,
            bytes,
        })
        .filter(|_| newest)
    }
}

/// Room for the letter's own fields and signature.
const FRAME: usize = 256;

/// Packs a letter of about `target_bytes`: probes for ops of unknown fate, then waiting ops in their order.
pub fn letter(who: &Identity, out: &[OutRow], mail: &Mail, target_bytes: usize, rnd: &mut dyn Random) -> Posting {
    // An erasure after what it erases, which may be another phone's op with a higher number, asked for again after a restore.
    let erases = |row: &OutRow| row.out.header().is_some_and(|header| header.verb == 1);
    let order = |row: &OutRow| (row.out.kind() != Some(Kind::Join), erases(row), row.out.seq);
    let mut rows: Vec<&OutRow> = Vec::new();
    for row in out {
        if row.is_sendable() {
            rows.insert(rows.partition_point(|before| order(before) <= order(row)), row);
        }
    }
    let mut probes: Vec<Probe> = Vec::new();
    let mut ops = Vec::new();
    let mut raw: Vec<RawOp> = Vec::new();
    let (mut size, mut joins) = (FRAME, false);
    let limit = target_bytes.min(MAX_LETTER);
    for row in rows {
        // A join is small and must stand in the first letter the endpoint reads, so it is never only asked about.
        if row.state == OutState::SentUnknown && row.out.kind() != Some(Kind::Join) {
            if probes.len() < MAX_PROBES {
                probes.push(row.out.probe());
                size += 52;
            }
            continue;
        }
        let room = ops.is_empty() || size + row.out.bytes.len() <= limit;
        let Ok(op) = shape::whole::<RawOp>(&row.out.bytes) else {
            continue;
        };
        if room && ops.len() < MAX_OPS {
            size += row.out.bytes.len();
            joins |= row.out.kind() == Some(Kind::Join);
            ops.push((row.out.op_id, row.out.op_hash));
            raw.push(op);
        }
    }
    probes.extend(mail.ask.iter().take(MAX_PROBES.saturating_sub(probes.len())));
    let letter = Letter {
        proto: PROTO,
        letter_id: LetterId::draw(rnd),
        branch: who.branch_id(),
        device: who.device_id(),
        ops: raw,
        probes: probes.clone(),
        epoch: mail.epoch,
        cursor: mail.cursor,
        wanted: u32::try_from(limit).unwrap_or(MAX_WANTED).min(MAX_WANTED),
        set_version: who.set_version(),
        joined: mail.joined.filter(|_| joins),
    };
    Posting {
        letter_id: letter.letter_id,
        bytes: letter.seal(&who.endpoint(), &who.device),
        ops,
        probes,
    }
}

/// A letter that brings nothing and asks for nothing, with further entries in its map: `more`, encoded.
pub(crate) fn bare(who: &Identity, more: &impl Encode<()>, rnd: &mut dyn Random) -> Posting {
    let mut posting = letter(who, &[], &Mail::default(), 0, rnd);
    if let Ok(signed) = shape::whole::<Signed>(&posting.bytes) {
        let inner = shape::both(&signed.inner, &shape::encode(more));
        posting.bytes = letter::seal(inner, &who.endpoint(), &who.device);
    }
    posting
}

/// The whole backlog as one letter, to lie ready for whoever posts it while the app is closed. What may have arrived already is in it too:
/// nobody will be there to be told "send it".
pub fn ready(who: &Identity, out: &[OutRow], mail: &Mail, rnd: &mut dyn Random) -> Vec<u8> {
    let mut out = out.to_vec();
    for row in &mut out {
        if row.state == OutState::SentUnknown {
            row.state = OutState::Waiting;
        }
    }
    letter(who, &out, mail, MAX_LETTER, rnd).bytes
}
