//! The answer to a letter, what it says of each op, and the unsigned problem (sync protocol §9 and §10).
//!
//! Invariant: an answer counts only after its signature by the pinned endpoint over this letter's id; a problem is never believed
//! as anything but a reason to wait or ask. Numbers here are wire facts. Not here: what the phone does next (`client::reply`).

use crate::branch::SignedSet;
use crate::hash::{sha256, tagged};
use crate::id::{AgePub, Epoch, LetterId, OpId, Sig, SignPub};
use crate::keys::{EndpointKeys, sign};
use crate::kind::Role;
use crate::letter::Signed;
use crate::receipt::Receipt;
use crate::shape::{self, BadShape};
use minicbor::{Decode, Encode};

/// What became of one op.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum OpResult {
    /// New, durable, the only leaf.
    #[n(0)]
    Applied,
    /// Held before; the same receipt.
    #[n(1)]
    Duplicate,
    /// Held; the record has other leaves.
    #[n(2)]
    Conflict,
    /// Will never be taken.
    #[n(3)]
    Rejected,
    /// Not now.
    #[n(4)]
    Retry,
}

/// Why an op was not taken (sync protocol §10.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum Code {
    /// Not of the shape of its kind.
    #[n(1)]
    BadShape,
    /// Not signed by the device it names.
    #[n(2)]
    BadSig,
    /// The writer or `to` against the table.
    #[n(3)]
    NotYours,
    /// The id came before with other bytes.
    #[n(4)]
    IdReused,
    /// This endpoint does not know it.
    #[n(5)]
    UnknownKindOrSchema,
    /// Over a limit.
    #[n(6)]
    TooBig,
    /// Above the class in force.
    #[n(7)]
    ClassOff,
    /// A kind without versions names a base or another record.
    #[n(8)]
    BaseOnImmutable,
    /// Erased by its author or a secretary.
    #[n(9)]
    Erased,
    /// The invite has not arrived here (yet).
    #[n(20)]
    InviteUnknown,
    /// Too many ops today, or too much stored.
    #[n(21)]
    Quota,
    /// The endpoint is busy.
    #[n(22)]
    Busy,
    /// A secretary still has to confirm the account.
    #[n(23)]
    WaitingConfirmation,
    /// What it speaks about has not arrived here (yet): after a restore, or by courier.
    #[n(24)]
    TargetUnknown,
}

impl Code {
    /// Back from the number, as it lies in a vault row.
    pub fn from_number(number: u64) -> Option<Self> {
        shape::whole(&shape::encode(&number)).ok()
    }

    /// The number on the wire.
    pub fn number(self) -> u64 {
        shape::whole(&shape::encode(&self)).unwrap_or_default()
    }

    /// Whether it may be taken later as it is.
    pub fn is_later(self) -> bool {
        self.number() >= 20 || self == Self::UnknownKindOrSchema
    }

    /// What to tell the person.
    pub fn words(self) -> &'static str {
        match self {
            Self::BadShape | Self::BadSig | Self::BaseOnImmutable | Self::IdReused => {
                "Ứng dụng cần được sửa; nội dung vẫn còn trên máy. Bạn báo cho chi bộ giúp nhé."
            }
            Self::NotYours => "Không có quyền gửi mục này. Nội dung vẫn còn trên máy.",
            Self::UnknownKindOrSchema => "Nơi nhận chưa biết loại mục này. Ứng dụng sẽ gửi lại sau.",
            Self::TooBig => "Mục này quá dài để gửi. Bạn rút gọn rồi nộp lại.",
            Self::ClassOff => "Chi bộ không bật việc gửi mục này. Nội dung vẫn còn trên máy.",
            Self::Erased => "Mục này đã được xoá ở nơi nhận. Nội dung vẫn còn trên máy.",
            Self::InviteUnknown => "Nơi nhận chưa có mã mời này. Ứng dụng sẽ gửi lại sau.",
            Self::Quota => "Hôm nay đã gửi nhiều. Ứng dụng sẽ gửi tiếp vào ngày mai.",
            Self::Busy => "Nơi nhận đang bận. Ứng dụng sẽ gửi lại sau.",
            Self::WaitingConfirmation => "Chờ chi bộ xác nhận.",
            Self::TargetUnknown => "Nơi nhận chưa có mục mà mục này nói tới. Ứng dụng sẽ gửi lại sau.",
        }
    }
}

/// Flag of an [`OpAnswer`]: this `device_seq` came before with another op.
pub const FLAG_FORK: u64 = 1;

crate::map_shape! {
    /// What became of one op.
    #[derive(Clone, Debug, PartialEq, Eq, Encode)]
    pub struct OpAnswer {
        /// The op; zero when its header could not be read.
        #[n(1)]
        pub op_id: OpId,
        /// What became of it.
        #[n(2)]
        pub result: OpResult,
        /// For applied, duplicate, conflict.
        #[n(3)]
        pub receipt: Option<Receipt>,
        /// Conflict: other leaves, at most eight.
        #[n(4)]
        pub leaves: Option<Vec<OpId>>,
        /// For rejected, retry.
        #[n(5)]
        pub code: Option<Code>,
        /// [`FLAG_FORK`].
        #[n(6)]
        pub flags: Option<u64>,
    }
}

/// Whether a probed op is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum Held {
    /// With the same bytes.
    #[n(0)]
    Yes,
    /// Send it.
    #[n(1)]
    No,
    /// With other bytes.
    #[n(2)]
    OtherHash,
}

crate::map_shape! {
    /// Answer to a probe.
    #[derive(Clone, Debug, PartialEq, Eq, Encode)]
    pub struct ProbeAnswer {
        /// The op.
        #[n(1)]
        pub op_id: OpId,
        /// Whether it is held.
        #[n(2)]
        pub held: Held,
        /// When held.
        #[n(3)]
        pub receipt: Option<Receipt>,
    }
}

crate::map_shape! {
    /// One op on its way back.
    #[derive(Clone, Debug, PartialEq, Eq, Encode)]
    pub struct Row {
        /// Its place in commit order.
        #[n(1)]
        pub server_seq: u64,
        /// The header as it was signed.
        #[cbor(n(2), with = "minicbor::bytes")]
        pub header: Vec<u8>,
        /// The device's signature.
        #[n(3)]
        pub sig: Sig,
        /// The body, unless it was dropped.
        #[cbor(n(4), with = "minicbor::bytes")]
        pub body: Option<Vec<u8>>,
        /// When it was stored (seconds since 1970-01-01 UTC).
        #[n(5)]
        pub server_time: u64,
        /// 1 pruned, 2 erased.
        #[n(6)]
        pub state: Option<u64>,
    }
}

crate::array_shape! {
    /// Keys of a device that signed a row.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Encode)]
    pub struct Author {
        /// The device's key.
        #[n(0)]
        pub device_pub: SignPub,
        /// The account's sealing key.
        #[n(1)]
        pub age_pub: AgePub,
        /// The account's signing key.
        #[n(2)]
        pub sign_pub: SignPub,
        /// The account's word for the device.
        #[n(3)]
        pub certificate: Sig,
    }
}

/// How the sender stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum Standing {
    /// May send.
    #[n(0)]
    Active,
    /// Waits for a secretary.
    #[n(1)]
    Waiting,
    /// Closed.
    #[n(2)]
    Closed,
}

crate::map_shape! {
    /// What every answer ends with.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Encode)]
    pub struct Foot {
        /// The endpoint's clock (seconds since 1970-01-01 UTC).
        #[n(1)]
        pub server_time: u64,
        /// Its database.
        #[n(2)]
        pub epoch: Epoch,
        /// Greatest `server_seq` in a backup that is off the machine.
        #[n(3)]
        pub watermark: u64,
        /// Greatest `device_seq` held for this device.
        #[n(4)]
        pub device_seq: u64,
        /// Rises when the account's role or assignment changes.
        #[n(5)]
        pub entitlement: u64,
        /// Oldest protocol number served.
        #[n(6)]
        pub oldest: u64,
    }
}

crate::map_shape! {
    /// What the answer says.
    #[derive(Clone, Debug, PartialEq, Eq, Encode)]
    pub struct Answer {
        /// The letter this answers.
        #[n(1)]
        pub letter_id: LetterId,
        /// In the order of the letter's ops.
        #[n(2)]
        pub ops: Vec<OpAnswer>,
        /// In the order of the letter's probes.
        #[n(3)]
        pub probes: Vec<ProbeAnswer>,
        /// In commit order.
        #[n(4)]
        pub rows: Vec<Row>,
        /// The next cursor.
        #[n(5)]
        pub cursor: u64,
        /// Whether more rows wait.
        #[n(6)]
        pub more: bool,
        /// Keys behind the rows.
        #[n(7)]
        pub authors: Vec<Author>,
        /// The branch set, when newer than the one held.
        #[n(8)]
        pub set: Option<SignedSet>,
        /// Role and standing; no role before the account exists.
        #[n(9)]
        pub standing: (Option<Role>, Standing),
        /// The rest.
        #[n(11)]
        pub foot: Foot,
    }
}

fn signed(letter: &LetterId, answer: &[u8]) -> Vec<u8> {
    tagged("lylich/1 answer", &[letter.as_bytes(), &sha256(answer)])
}

/// The endpoint's word to the sender of a letter: an answer, or the problem that a courier brings instead.
pub(crate) fn seal(inner: Vec<u8>, letter: &LetterId, keys: &EndpointKeys) -> Vec<u8> {
    let sig = keys.sign(&signed(letter, &inner));
    shape::encode(&Signed { inner, sig })
}

/// The bytes of such a word, if the pinned endpoint signed it for this letter.
pub(crate) fn inner(bytes: &[u8], endpoint: &SignPub, letter: &LetterId) -> Result<Vec<u8>, BadShape> {
    let said: Signed = shape::whole(bytes)?;
    if sign::fits(endpoint, &signed(letter, &said.inner), &said.sig) {
        Ok(said.inner)
    } else {
        Err(BadShape)
    }
}

impl Answer {
    /// The bytes to send back.
    pub fn seal(&self, keys: &EndpointKeys) -> Vec<u8> {
        seal(shape::encode(self), &self.letter_id, keys)
    }

    /// Reads an answer and believes it only if the pinned endpoint signed it for this letter.
    pub fn open(bytes: &[u8], endpoint: &SignPub, letter: &LetterId) -> Result<Self, BadShape> {
        let answer: Self = shape::whole(&inner(bytes, endpoint, letter)?)?;
        if answer.letter_id == *letter {
            Ok(answer)
        } else {
            Err(BadShape)
        }
    }
}

crate::map_shape! {
    /// The body of every answer that is not 200. Unsigned.
    #[derive(Clone, Debug, PartialEq, Eq, Encode)]
    pub struct Problem {
        /// Which one, for example "invite_used".
        #[n(1)]
        pub code: String,
        /// The endpoint's clock (seconds since 1970-01-01 UTC).
        #[n(2)]
        pub server_time: u64,
        /// Seconds to wait.
        #[n(3)]
        pub retry_after: Option<u64>,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_code_keeps_its_number() {
        let numbers: Vec<u64> = (0..64).filter(|n| Code::from_number(*n).is_some()).collect();
        assert_eq!(numbers, [1, 2, 3, 4, 5, 6, 7, 8, 9, 20, 21, 22, 23, 24]);
        for number in numbers {
            assert_eq!(Code::from_number(number).map(Code::number), Some(number));
        }
    }
}
