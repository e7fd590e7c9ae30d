//! What the phone keeps about ops and about the endpoint: rows of the stores `outbox`, `ops` and `meta`.
//!
//! Invariant: an op is in the outbox or kept with a verified receipt, never in neither; rows start with a format number and skip
//! unknown keys. Not here: sealing and writing them (the vault).

use super::Identity;
use crate::answer::{Code, Foot, Row};
use crate::endpoint::OpState;
use crate::id::{AccountId, Epoch, OpHash, OpId, RecordId};
use crate::keys::Seed;
use crate::kind::{Kind, Role};
use crate::letter::Probe;
use crate::op::{Header, Op, RawOp};
use crate::receipt::Receipt;
use crate::seal::safe;
use crate::shape::{self, BadShape};
use minicbor::{Decode, Encode};

crate::array_shape! {
    /// An op that was just cut: to be stored before it is sent.
    #[derive(Clone, Debug, PartialEq, Eq, Encode)]
    pub struct Outgoing {
        /// `device_seq`, the key of the outbox row.
        #[n(0)]
        pub seq: u64,
        /// The op.
        #[n(1)]
        pub op_id: OpId,
        /// Its fingerprint.
        #[n(2)]
        pub op_hash: OpHash,
        /// Number of its kind.
        #[n(3)]
        pub kind: u16,
        /// Its record.
        #[n(4)]
        pub record_id: RecordId,
        /// The op as it travels.
        #[cbor(n(5), with = "minicbor::bytes")]
        pub bytes: Vec<u8>,
    }
}

impl Outgoing {
    pub(super) fn of(op: &Op) -> Self {
        let header = op.header();
        Self {
            seq: header.device_seq,
            op_id: header.op_id,
            op_hash: op.hash(),
            kind: header.kind,
            record_id: header.record,
            bytes: op.bytes(),
        }
    }

    /// Header, and body unless it was dropped. The bytes were checked when they were stored; the body is not copied for every look at a
    /// header.
    pub(crate) fn parts(&self) -> Option<(Header, Option<&[u8]>)> {
        let mut d = minicbor::Decoder::new(&self.bytes);
        d.array().ok()?;
        let header: Header = shape::whole(d.bytes().ok()?).ok()?;
        d.skip().ok()?;
        let body = d.bytes().ok()?;
        let dropped = body.is_empty() && header.body_len > 0;
        Some((header, (!dropped).then_some(body)))
    }

    /// The header.
    pub(crate) fn header(&self) -> Option<Header> {
        self.parts().map(|(header, _)| header)
    }

    /// The op, whose bytes were checked when they were stored.
    pub fn read(&self) -> Option<Op> {
        let raw: RawOp = shape::whole(&self.bytes).ok()?;
        Op::from_parts(raw.header, raw.sig).ok()
    }

    /// What its seal holds, for those who read much; `None` on a candidate's phone, and for what this key does not open.
    pub(crate) fn opened_by(&self, who: &Identity) -> Option<Vec<u8>> {
        let reads = who.role() != Role::Candidate && self.kind().is_some_and(Kind::sealed);
        let raw: RawOp = reads.then(|| shape::whole(&self.bytes).ok()).flatten()?;
        let opened = safe::open_bytes(&raw.body, who.account().age_secret()).ok()?;
        Some(opened.to_vec())
    }

    /// The one op whose content this one erases.
    pub(crate) fn erases(&self) -> Option<OpId> {
        self.header().filter(|header| header.verb == 1)?.about
    }

    /// The kind, if this version knows it.
    pub fn kind(&self) -> Option<Kind> {
        Kind::from_number(self.kind)
    }

    /// The question whether the endpoint holds it.
    pub fn probe(&self) -> Probe {
        Probe {
            op_id: self.op_id,
            op_hash: self.op_hash,
        }
    }
}

/// How an op in the outbox stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub enum OutState {
    /// To be sent.
    #[n(0)]
    Waiting,
    /// Sent, and the answer was lost: ask before sending it again.
    #[n(1)]
    SentUnknown,
    /// Refused for good ("Cần xem lại"): stays until the person decides.
    #[n(2)]
    NeedsALook(#[n(0)] Code),
    /// Not taken yet, for this reason: sent again next time.
    #[n(3)]
    Later(#[n(0)] Code),
}

crate::map_shape! {
    /// A row of the outbox.
    #[derive(Clone, Debug, PartialEq, Eq, Encode)]
    pub struct OutRow {
        #[n(0)]
        format: u8,
        /// The op.
        #[n(1)]
        pub out: Outgoing,
        /// How it stands.
        #[n(2)]
        pub state: OutState,
    }
}

crate::map_shape! {
    /// An op with its receipts, kept as long as the vault.
    #[derive(Clone, Debug, PartialEq, Eq, Encode)]
    pub struct KeptOp {
        #[n(0)]
        format: u8,
        /// The op.
        #[n(1)]
        pub out: Outgoing,
        /// The first receipt: the person's proof of handing in on time.
        #[n(2)]
        pub first: Receipt,
        /// The receipt given last.
        #[n(3)]
        pub current: Receipt,
        /// The endpoint's database that confirmed last that it holds the op.
        #[n(4)]
        pub confirmed: Epoch,
        /// What its seal holds, where [`Pulled::opened`] is kept as well.
        #[cbor(n(5), with = "minicbor::bytes")]
        pub opened: Option<Vec<u8>>,
    }
}

crate::map_shape! {
    /// An op that came from the endpoint and was believed to be its author's: another device's version, a word of the branch.
    #[derive(Clone, Debug, PartialEq, Eq, Encode)]
    pub struct Pulled {
        #[n(0)]
        format: u8,
        /// The op; without its body when that was dropped.
        #[n(1)]
        pub out: Outgoing,
        /// Its author.
        #[n(2)]
        pub account: AccountId,
        /// Its place in the endpoint's commit order.
        #[n(3)]
        pub server_seq: u64,
        /// When the endpoint stored it (seconds since 1970-01-01 UTC).
        #[n(4)]
        pub server_time: u64,
        /// Whether its body is there.
        #[n(5)]
        pub whole: bool,
        /// What its seal held, on the phones of those who read much: opening thousands of seals at every start would take minutes.
        #[cbor(n(6), with = "minicbor::bytes")]
        pub opened: Option<Vec<u8>>,
        /// Its content was erased. Its author's phones bring the header back to a restored database, because versions hang on it.
        #[n(7)]
        pub erased: Option<bool>,
    }
}

crate::map_shape! {
    /// What the phone knows about the endpoint's side.
    #[derive(Clone, Debug, Default, PartialEq, Eq, Encode)]
    pub struct Mail {
        /// The database the cursor belongs to.
        #[n(1)]
        pub epoch: Option<Epoch>,
        /// Greatest `server_seq` held.
        #[n(2)]
        pub cursor: u64,
        /// Last entitlement counter seen.
        #[n(3)]
        pub entitlement: u64,
        /// Kept ops to ask about, after the endpoint's database was restored.
        #[n(4)]
        pub ask: Vec<Probe>,
        /// Greatest `server_seq` in a backup of that database that is off the machine.
        #[n(5)]
        pub watermark: Option<u64>,
        /// The receipt for this device's join: goes with the join when a restored database asks for it again.
        #[n(6)]
        pub joined: Option<Receipt>,
    }
}

const FORMAT: u8 = 1;
/// Of rows in the store of ops that hold no receipt.
const PULLED: u8 = 2;

impl OutRow {
    /// A row for an op that was just cut.
    pub fn new(out: Outgoing) -> Self {
        Self {
            format: FORMAT,
            out,
            state: OutState::Waiting,
        }
    }

    /// Whether it goes out by itself.
    pub fn is_sendable(&self) -> bool {
        !matches!(self.state, OutState::NeedsALook(_))
    }

    /// Bytes for the vault.
    pub fn encode(&self) -> Vec<u8> {
        shape::encode(self)
    }

    /// From the vault's bytes.
    pub fn decode(bytes: &[u8]) -> Result<Self, BadShape> {
        shape::whole(bytes).and_then(|row: Self| if row.format == FORMAT { Ok(row) } else { Err(BadShape) })
    }
}

impl KeptOp {
    /// An op whose first receipt has just been verified, given by this database.
    pub fn new(out: Outgoing, receipt: Receipt, confirmed: Epoch) -> Self {
        Self {
            format: FORMAT,
            out,
            first: receipt,
            current: receipt,
            confirmed,
            opened: None,
        }
    }

    /// Bytes for the vault.
    pub fn encode(&self) -> Vec<u8> {
        shape::encode(self)
    }

    /// From the vault's bytes.
    pub fn decode(bytes: &[u8]) -> Result<Self, BadShape> {
        shape::whole(bytes).and_then(|row: Self| if row.format == FORMAT { Ok(row) } else { Err(BadShape) })
    }
}

impl KeptOp {
    /// The same op as a row of somebody else's, `author`, as the phone of `who` would have received it.
    pub(crate) fn of_another(&self, author: AccountId, who: &Identity) -> Pulled {
        Pulled {
            format: PULLED,
            out: self.out.clone(),
            account: author,
            server_seq: self.current.server_seq,
            server_time: self.first.server_time,
            whole: self.out.parts().is_some_and(|(_, body)| body.is_some()),
            opened: self.opened.clone().or_else(|| self.out.opened_by(who)),
            erased: None,
        }
    }
}

impl Pulled {
    /// Opens with further keys what was not opened yet. Returns whether it did.
    pub fn open_with(&mut self, secrets: &[Seed]) -> bool {
        if !self.whole || self.opened.is_some() || !self.out.kind().is_some_and(Kind::sealed) {
            return false;
        }
        let Ok(raw) = shape::whole::<RawOp>(&self.out.bytes) else {
            return false;
        };
        let mut opened = secrets
            .iter()
            .filter_map(|secret| safe::open_bytes(&raw.body, secret).ok());
        self.opened = opened.next().map(|opened| opened.to_vec());
        self.opened.is_some()
    }

    /// The row after its content was erased.
    pub fn without_body(&self) -> Option<Self> {
        let out = Outgoing::of(&self.out.read()?);
        Some(Self {
            out,
            whole: false,
            opened: None,
            erased: Some(true),
            ..self.clone()
        })
    }

    /// A row whose author has just been verified.
    pub(super) fn new(op: &Op, row: &Row) -> Self {
        Self {
            format: PULLED,
            out: Outgoing::of(op),
            account: op.header().account,
            server_seq: row.server_seq,
            server_time: row.server_time,
            whole: row.body.is_some(),
            opened: None,
            erased: (row.state == Some(u64::from(OpState::Erased.number()))).then_some(true),
        }
    }

    /// Bytes for the vault.
    pub fn encode(&self) -> Vec<u8> {
        shape::encode(self)
    }

    /// From the vault's bytes.
    pub fn decode(bytes: &[u8]) -> Result<Self, BadShape> {
        shape::whole(bytes).and_then(|row: Self| if row.format == PULLED { Ok(row) } else { Err(BadShape) })
    }
}

impl Mail {
    /// Bytes for the vault.
    pub fn encode(&self) -> Vec<u8> {
        shape::encode(self)
    }

    /// From the vault's bytes.
    pub fn decode(bytes: &[u8]) -> Result<Self, BadShape> {
        shape::whole(bytes)
    }

    /// After an answer: the new cursor, and what to ask about next time. `ask` are the ops that this database has not confirmed yet.
    pub(crate) fn advance(&mut self, foot: &Foot, cursor: u64, ask: Vec<Probe>) {
        let entitled_anew = self.entitlement != foot.entitlement && self.epoch.is_some();
        self.ask = ask;
        self.epoch = Some(foot.epoch);
        self.cursor = if entitled_anew { 0 } else { cursor };
        self.entitlement = foot.entitlement;
        self.watermark = Some(foot.watermark).filter(|mark| *mark > 0);
    }
}
