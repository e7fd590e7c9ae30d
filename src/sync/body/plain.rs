//! What is inside a seal (sync protocol §5.2): ids that repeat the header, and the content.
//!
//! Invariant: keys 1–5 must equal the op's header (`agrees_with`), so a sealed body cannot be moved under another header. Unknown
//! keys are skipped, unknown paths of the content kept. Not here: sealing (`seal::safe`).

use crate::Fields;
use crate::answer::Author;
use crate::id::{AccountId, OpId, RecordId, Sig};
use crate::op::Header;
use crate::shape::{self, BadShape};
use minicbor::Encode;

crate::array_shape! {
    /// A value of another version that was not chosen, kept until the person drops it.
    #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Encode)]
    pub struct KeptValue {
        /// Where.
        #[n(0)]
        pub path: String,
        /// The text.
        #[n(1)]
        pub text: String,
        /// The version it came from.
        #[n(2)]
        pub op: OpId,
    }
}

crate::map_shape! {
    /// The plaintext of a draft, a hand-in, a note or a case.
    #[derive(Clone, Debug, PartialEq, Eq, Encode)]
    pub struct Plain {
        /// Equals the header's.
        #[n(1)]
        pub op_id: OpId,
        /// Equals the header's.
        #[n(2)]
        pub record: RecordId,
        /// Equals the header's.
        #[n(3)]
        pub kind: u16,
        /// Equals the header's author.
        #[n(4)]
        pub account: AccountId,
        /// Equals the header's.
        #[n(5)]
        pub base: Option<OpId>,
        /// The phone's clock in seconds: a remark, never order.
        #[n(6)]
        pub clock: u64,
        /// Version of the app that wrote it.
        #[n(7)]
        pub app: String,
        /// The form and its edition, for example "2-KNĐ/2025" or "note/1".
        #[n(10)]
        pub form: String,
        /// The answers as typed.
        #[cbor(n(11), with = "crate::content")]
        pub fields: Fields,
        /// Values of other versions that were not chosen.
        #[cbor(n(12), default)]
        pub kept: Vec<KeptValue>,
        /// Hand-in: version of the rules it was checked with.
        #[n(13)]
        pub rules_version: Option<String>,
        /// Hand-in: the day of the declaration, as typed.
        #[n(14)]
        pub declared: Option<String>,
        /// Note, case: the candidate it is about, once known by account.
        #[n(18)]
        pub about: Option<AccountId>,
        /// Note: the earlier note this one corrects.
        #[n(19)]
        pub corrects: Option<OpId>,
    }
}

crate::map_shape! {
    /// The plaintext of an annotation: a remark about a hand-in, or the answer to one.
    #[derive(Clone, Debug, PartialEq, Eq, Encode)]
    pub struct Remark {
        /// Equals the header's.
        #[n(1)]
        pub op_id: OpId,
        /// Equals the header's.
        #[n(2)]
        pub record: RecordId,
        /// Equals the header's.
        #[n(3)]
        pub kind: u16,
        /// Equals the header's author.
        #[n(4)]
        pub account: AccountId,
        /// The phone's clock in seconds: a remark, never order.
        #[n(6)]
        pub clock: u64,
        /// The hand-in spoken about.
        #[n(15)]
        pub about: Option<OpId>,
        /// The place in it, or the whole.
        #[n(16)]
        pub path: Option<String>,
        /// What is said.
        #[n(17)]
        pub text: String,
    }
}

crate::map_shape! {
    /// The plaintext of a forward: an older op, for somebody who came later.
    #[derive(Clone, Debug, PartialEq, Eq, Encode)]
    pub struct Forwarded {
        /// Equals the header's.
        #[n(1)]
        pub op_id: OpId,
        /// Equals the header's.
        #[n(2)]
        pub record: RecordId,
        /// Equals the header's.
        #[n(3)]
        pub kind: u16,
        /// Equals the header's author.
        #[n(4)]
        pub account: AccountId,
        /// The phone's clock in seconds: a remark, never order.
        #[n(6)]
        pub clock: u64,
        /// Version of the app that wrote it.
        #[n(7)]
        pub app: String,
        /// The original's header as it was signed.
        #[cbor(n(22), with = "minicbor::bytes")]
        pub header: Vec<u8>,
        /// The original's signature.
        #[n(23)]
        pub sig: Sig,
        /// What the original's seal held.
        #[cbor(n(24), with = "minicbor::bytes")]
        pub plain: Vec<u8>,
        /// Keys of the device that signed the original.
        #[n(25)]
        pub author: Author,
        /// Where the original stands in the endpoint's order and when it was stored there (seconds since 1970-01-01 UTC), by the
        /// forwarder's word.
        #[n(26)]
        pub place: Option<(u64, u64)>,
    }
}

impl Forwarded {
    /// Whether the inside says the same as the outside.
    pub fn agrees_with(&self, header: &Header) -> bool {
        let same = self.op_id == header.op_id && self.record == header.record && self.kind == header.kind;
        same && self.account == header.account && header.base.is_none()
    }
}

impl Remark {
    /// Whether the inside says the same as the outside.
    pub fn agrees_with(&self, header: &Header) -> bool {
        let same = self.op_id == header.op_id && self.record == header.record && self.kind == header.kind;
        same && self.account == header.account && header.base.is_none()
    }
}

impl Plain {
    /// Bytes for sealing.
    pub fn encode(&self) -> Vec<u8> {
        shape::encode(self)
    }

    /// From opened bytes.
    pub fn decode(bytes: &[u8]) -> Result<Self, BadShape> {
        shape::whole(bytes)
    }

    /// Whether the inside says the same as the outside. If not, nobody's word is taken for it.
    pub fn agrees_with(&self, header: &Header) -> bool {
        self.op_id == header.op_id
            && self.record == header.record
            && self.kind == header.kind
            && self.account == header.account
            && self.base == header.base
    }
}
