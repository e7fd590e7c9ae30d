//! The letter: one signed request that carries ops, probes and "what is new?" (sync protocol §9).
//!
//! Invariant: the device's key signs the exact bytes together with the endpoint they are meant for, so nothing else (cookie,
//! token, challenge) is needed and a letter cannot be turned to another endpoint. Not here: what is done with it (`endpoint`).

use crate::hash::{sha256, tagged};
use crate::id::{BranchId, DeviceId, Epoch, LetterId, OpHash, OpId, Sig, SignPub};
use crate::keys::{DeviceKeys, sign};
use crate::op::RawOp;
use crate::receipt::Receipt;
use crate::shape::{self, BadShape};
use minicbor::Encode;

/// The protocol's number.
pub const PROTO: u64 = 1;
/// A letter as posted is at most this long.
pub const MAX_LETTER: usize = 256 << 10;
/// Ops in a letter.
pub const MAX_OPS: usize = 100;
/// Probes in a letter.
pub const MAX_PROBES: usize = 500;
/// Most bytes of rows that may be asked for.
pub const MAX_WANTED: u32 = 262_144;

crate::array_shape! {
    /// "Do you hold this op?": fifty bytes instead of kilobytes, after an answer was lost.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Encode)]
    pub struct Probe {
        /// The op.
        #[n(0)]
        pub op_id: OpId,
        /// Its fingerprint.
        #[n(1)]
        pub op_hash: OpHash,
    }
}

crate::map_shape! {
    /// What the letter says.
    #[derive(Clone, Debug, PartialEq, Eq, Encode)]
    pub struct Letter {
        /// [`PROTO`].
        #[n(1)]
        pub proto: u64,
        /// Random; the answer repeats it.
        #[n(2)]
        pub letter_id: LetterId,
        /// The sender's branch.
        #[n(3)]
        pub branch: BranchId,
        /// The sending device.
        #[n(4)]
        pub device: DeviceId,
        /// At most [`MAX_OPS`], in the order of `device_seq`.
        #[n(5)]
        pub ops: Vec<RawOp>,
        /// At most [`MAX_PROBES`].
        #[n(6)]
        pub probes: Vec<Probe>,
        /// The database the cursor belongs to.
        #[n(7)]
        pub epoch: Option<Epoch>,
        /// Greatest `server_seq` held, 0 at first.
        #[n(8)]
        pub cursor: u64,
        /// Bytes of rows wanted, at most [`MAX_WANTED`]; 0 for none.
        #[n(9)]
        pub wanted: u32,
        /// Version of the signed branch set held, 0 for none.
        #[n(10)]
        pub set_version: u64,
        /// With a join that was received before: this endpoint's own receipt for it, after a restore has lost it there.
        #[n(13)]
        pub joined: Option<Receipt>,
    }
}

crate::array_shape! {
    /// A signed byte string: a letter or an answer as it travels.
    #[derive(Clone, Debug, PartialEq, Eq, Encode)]
    pub struct Signed {
        /// The inner bytes.
        #[cbor(n(0), with = "minicbor::bytes")]
        pub inner: Vec<u8>,
        /// The signature over their hash.
        #[n(1)]
        pub sig: Sig,
    }
}

fn signed(endpoint: &SignPub, inner: &[u8]) -> Vec<u8> {
    tagged("lylich/1 letter", &[endpoint.as_bytes(), &sha256(inner)])
}

/// The letter's inner bytes as they are posted.
pub(crate) fn seal(inner: Vec<u8>, endpoint: &SignPub, device: &DeviceKeys) -> Vec<u8> {
    let sig = device.sign(&signed(endpoint, &inner));
    shape::encode(&Signed { inner, sig })
}

impl Letter {
    /// The bytes to post.
    pub fn seal(&self, endpoint: &SignPub, device: &DeviceKeys) -> Vec<u8> {
        seal(shape::encode(self), endpoint, device)
    }

    /// Reads a posted letter; the signature is still to be checked with [`Signed::is_from`].
    pub fn read(bytes: &[u8]) -> Result<(Self, Signed), BadShape> {
        if bytes.len() > MAX_LETTER {
            return Err(BadShape);
        }
        let signed: Signed = shape::whole(bytes)?;
        let letter: Self = shape::whole(&signed.inner)?;
        let fits = letter.ops.len() <= MAX_OPS && letter.probes.len() <= MAX_PROBES && letter.wanted <= MAX_WANTED;
        if fits { Ok((letter, signed)) } else { Err(BadShape) }
    }
}

impl Signed {
    /// Whether the device with this key signed the letter for this endpoint.
    pub fn is_from(&self, device: &SignPub, endpoint: &SignPub) -> bool {
        sign::fits(device, &signed(endpoint, &self.inner), &self.sig)
    }
}
