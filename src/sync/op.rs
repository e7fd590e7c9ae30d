//! The op: one signed, immutable version or act (sync protocol §6).
//!
//! Invariant: header and body bytes are kept and forwarded exactly as made; one op_id always means the same bytes. `Op::read` and `attach` have
//! checked the body's hash and length, `verify` the signature. Not here: who may write what (`kind`, `endpoint::check`).

use crate::hash::{digest, sha256, tagged};
use crate::id::{AccountId, BodyHash, BranchId, DeviceId, OpHash, OpId, Principal, RecordId, Sig, SignPub};
use crate::keys::{DeviceKeys, device_id, sign};
use crate::shape::{self, BadShape};
use minicbor::Encode;

/// A body is at most this long.
pub const MAX_BODY: usize = 64 << 10;
/// A header, and a clear body, is at most this long.
pub const MAX_HEADER: usize = 1 << 10;
/// Versions named besides `base`.
pub const MAX_ALSO: usize = 7;
/// Principals named.
pub const MAX_TO: usize = 8;

crate::map_shape! {
    /// What the endpoint may see of an op.
    #[derive(Clone, Debug, PartialEq, Eq, Encode)]
    pub struct Header {
        /// Always 1.
        #[n(1)]
        pub v: u8,
        /// This op.
        #[n(2)]
        pub op_id: OpId,
        /// The device that signed it.
        #[n(3)]
        pub device: DeviceId,
        /// Counts from 1 on that device; shows copied and rolled-back profiles, never order.
        #[n(4)]
        pub device_seq: u64,
        /// The author.
        #[n(5)]
        pub account: AccountId,
        /// The author's branch.
        #[n(6)]
        pub branch: BranchId,
        /// The record this is a version of.
        #[n(7)]
        pub record: RecordId,
        /// Number of the kind (`kind::Kind`).
        #[n(8)]
        pub kind: u16,
        /// 0 put, 1 delete.
        #[n(9)]
        pub verb: u8,
        /// The version this one was made from.
        #[n(10)]
        pub base: Option<OpId>,
        /// Further versions it was made from.
        #[n(11)]
        pub also: Vec<OpId>,
        /// Version of the kind's body.
        #[n(12)]
        pub schema: u16,
        /// Who it is for.
        #[n(13)]
        pub to: Vec<Principal>,
        /// Length of the body in bytes.
        #[n(14)]
        pub body_len: u32,
        /// SHA-256 of the body.
        #[n(15)]
        pub body_hash: BodyHash,
        /// The op spoken about (forward, delete).
        #[n(16)]
        pub about: Option<OpId>,
    }
}

/// A whole op with its bytes as they were signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Op {
    header_bytes: Vec<u8>,
    header: Header,
    sig: Sig,
    body: Vec<u8>,
}

crate::array_shape! {
    /// The three byte strings as they travel, `[header, sig, body]`, before anything in them is looked at.
    #[derive(Clone, Debug, PartialEq, Eq, Encode)]
    pub struct RawOp {
        /// The header as it was signed.
        #[cbor(n(0), with = "minicbor::bytes")]
        pub header: Vec<u8>,
        /// The device's signature.
        #[n(1)]
        pub sig: Sig,
        /// The body, sealed or clear.
        #[cbor(n(2), with = "minicbor::bytes")]
        pub body: Vec<u8>,
    }
}

/// The string an op's signature covers.
fn signed(header: &[u8]) -> Vec<u8> {
    tagged("lylich/1 op", &[header])
}

/// SHA-256("lylich/1 op" ‖ header): the fingerprint a receipt names.
pub fn op_hash(header: &[u8]) -> OpHash {
    OpHash(digest("lylich/1 op", &[header]))
}

impl Op {
    /// Signs a header over a body. `header.body_len` and `body_hash` are filled in here.
    pub fn sign(mut header: Header, body: Vec<u8>, device: &DeviceKeys) -> Self {
        header.body_len = u32::try_from(body.len()).unwrap_or(u32::MAX);
        header.body_hash = BodyHash(sha256(&body));
        let header_bytes = shape::encode(&header);
        let sig = device.sign(&signed(&header_bytes));
        Self {
            header_bytes,
            header,
            sig,
            body,
        }
    }

    /// From stored or carried parts, the body left aside: it may have been dropped, or is checked later with [`Op::attach`].
    pub fn from_parts(header_bytes: Vec<u8>, sig: Sig) -> Result<Self, BadShape> {
        let header: Header = shape::strict(&header_bytes)?;
        let fits = header.v == 1
            && header_bytes.len() <= MAX_HEADER
            && header.device_seq >= 1
            && header.also.len() <= MAX_ALSO
            && (1..=MAX_TO).contains(&header.to.len());
        if fits {
            Ok(Self {
                header_bytes,
                header,
                sig,
                body: Vec::new(),
            })
        } else {
            Err(BadShape)
        }
    }

    /// Adds the body, if it is the one the header names.
    pub fn attach(mut self, body: Vec<u8>) -> Result<Self, BadShape> {
        let fits = body.len() <= MAX_BODY
            && body.len() as u64 == u64::from(self.header.body_len)
            && self.header.body_hash.0 == sha256(&body);
        self.body = body;
        if fits { Ok(self) } else { Err(BadShape) }
    }

    /// From the wire form.
    pub fn read(bytes: &[u8]) -> Result<Self, BadShape> {
        let raw: RawOp = shape::strict(bytes)?;
        Self::from_parts(raw.header, raw.sig)?.attach(raw.body)
    }

    /// The wire form.
    pub fn bytes(&self) -> Vec<u8> {
        shape::encode(&RawOp {
            header: self.header_bytes.clone(),
            sig: self.sig,
            body: self.body.clone(),
        })
    }

    /// The decoded header.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The header as it was signed.
    pub fn header_bytes(&self) -> &[u8] {
        &self.header_bytes
    }

    /// The device's signature.
    pub fn sig(&self) -> Sig {
        self.sig
    }

    /// The body, sealed or clear.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The fingerprint a receipt names.
    pub fn hash(&self) -> OpHash {
        op_hash(&self.header_bytes)
    }

    /// Whether the device with this public key made it, and the header names that device.
    pub fn verify(&self, device_pub: &SignPub) -> bool {
        self.header.device == device_id(device_pub) && sign::fits(device_pub, &signed(&self.header_bytes), &self.sig)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::seal::tests::Counting;

    pub fn header(device: &DeviceKeys) -> Header {
        Header {
            v: 1,
            op_id: OpId([1; 16]),
            device: device.id(),
            device_seq: 1,
            account: AccountId([2; 16]),
            branch: BranchId([3; 16]),
            record: RecordId([4; 16]),
            kind: 2,
            verb: 0,
            base: None,
            also: vec![],
            schema: 1,
            to: vec![Principal([2; 16]), Principal([3; 16])],
            body_len: 0,
            body_hash: BodyHash::ZERO,
            about: None,
        }
    }

    #[test]
    fn an_op_travels_unchanged() {
        let device = DeviceKeys::draw(&mut Counting(1));
        let op = Op::sign(header(&device), b"sealed".to_vec(), &device);
        let again = Op::read(&op.bytes()).unwrap();
        assert_eq!(again, op);
        assert!(again.verify(&device.public()));
        assert_eq!(again.hash(), op.hash());
        assert!(!again.verify(&DeviceKeys::draw(&mut Counting(2)).public()));
    }

    #[test]
    fn every_changed_byte_of_an_op_is_noticed() {
        let device = DeviceKeys::draw(&mut Counting(1));
        let bytes = Op::sign(header(&device), b"sealed".to_vec(), &device).bytes();
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            let noticed = Op::read(&changed).map_or(true, |op| !op.verify(&device.public()));
            assert!(noticed, "byte {at}");
        }
    }

    #[test]
    fn limits_of_the_header_hold() {
        let device = DeviceKeys::draw(&mut Counting(1));
        let read = |change: &dyn Fn(&mut Header)| {
            let mut header = header(&device);
            change(&mut header);
            Op::read(&Op::sign(header, b"x".to_vec(), &device).bytes()).is_ok()
        };
        assert!(read(&|_| ()));
        assert!(read(&|h| h.also = vec![OpId([9; 16]); 7]));
        assert!(!read(&|h| h.also = vec![OpId([9; 16]); 8]));
        assert!(!read(&|h| h.to = vec![]));
        assert!(!read(&|h| h.to = vec![Principal([9; 16]); 9]));
        assert!(!read(&|h| h.device_seq = 0));
        assert!(!read(&|h| h.v = 2));
        let long = Op::sign(header(&device), vec![0; MAX_BODY + 1], &device);
        assert!(Op::read(&long.bytes()).is_err());
        let longest = Op::sign(header(&device), vec![0; MAX_BODY], &device);
        assert!(Op::read(&longest.bytes()).is_ok());
    }
}
