//! Identifiers and the other fixed byte strings of the protocol, each a type of its own.
//!
//! Invariant: a value always has its full length; shown and parsed as lower-case hex. Random ids are UUIDv4 bit patterns, ids of
//! accounts, devices and branches are derived from keys (`keys`), so nobody can put another key under the same id.

use crate::Random;
use std::fmt;

/// Text that is not the hex of the right length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier: expected lower-case hex of the full length")]
pub struct NotAnId;

macro_rules! fixed_bytes {
    ($($(#[$meta:meta])* $name:ident[$len:literal];)*) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; $len]);

        impl $name {
            /// All zero bytes.
            pub const ZERO: Self = Self([0; $len]);

            /// The bytes.
            pub fn as_bytes(&self) -> &[u8] {
                &self.0
            }

            /// From a slice of exactly the right length.
            pub fn from_slice(bytes: &[u8]) -> Option<Self> {
                bytes.try_into().ok().map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&crate::spelling::hex(&self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }

        impl std::str::FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                let bytes = crate::spelling::unhex(text).ok_or(NotAnId)?;
                Self::from_slice(&bytes).ok_or(NotAnId)
            }
        }

        impl<C> minicbor::Encode<C> for $name {
            fn encode<W: minicbor::encode::Write>(
                &self,
                e: &mut minicbor::Encoder<W>,
                _: &mut C,
            ) -> Result<(), minicbor::encode::Error<W::Error>> {
                e.bytes(&self.0)?.ok()
            }
        }

        impl<'b, C> minicbor::Decode<'b, C> for $name {
            fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
                let at = d.position();
                Self::from_slice(d.bytes()?)
                    .ok_or_else(|| minicbor::decode::Error::message("wrong length").at(at))
            }
        }
    )*};
}

fixed_bytes! {
    /// One op, random. The same op_id always means the same bytes.
    OpId[16];
    /// The record an op is a version of; random for drafts, derived for keyed records (sync protocol §5).
    RecordId[16];
    /// An account: derived from its two public keys.
    AccountId[16];
    /// A device: derived from its public key.
    DeviceId[16];
    /// A branch: derived from its root key; this is the fingerprint printed on the sheet.
    BranchId[16];
    /// One letter, random.
    LetterId[16];
    /// A parcel that somebody carries, random.
    ParcelId[16];
    /// One sealed letter in a parcel, random; its answer bears it too.
    EnvelopeId[16];
    /// An invite: derived from its public key.
    InviteId[16];
    /// Drawn when the endpoint's database is created or restored.
    Epoch[16];
    /// Somebody an op is for: an account, a branch (all its secretaries), or [`Principal::EVERYBODY`].
    Principal[16];
    /// Hash of an op's header, which itself holds the hash of the body: the idempotency fingerprint.
    OpHash[32];
    /// SHA-256 of an op's body.
    BodyHash[32];
    /// A public signing key (Ed25519).
    SignPub[32];
    /// A public sealing key (X25519, an age recipient).
    AgePub[32];
    /// A signature (Ed25519).
    Sig[64];
}

impl Principal {
    /// Every member of the op's branch: sixteen zero bytes.
    pub const EVERYBODY: Self = Self::ZERO;
}

impl From<AccountId> for Principal {
    fn from(id: AccountId) -> Self {
        Self(id.0)
    }
}

impl From<BranchId> for Principal {
    fn from(id: BranchId) -> Self {
        Self(id.0)
    }
}

impl From<OpId> for RecordId {
    /// The record of a kind that has no versions is named by its only op.
    fn from(id: OpId) -> Self {
        Self(id.0)
    }
}

/// Sixteen random bytes in the form of a UUID of version 4.
fn random(rnd: &mut dyn Random) -> [u8; 16] {
    let mut bytes = [0; 16];
    rnd.fill(&mut bytes);
    if let Some(version) = bytes.get_mut(6) {
        *version = (*version & 0x0f) | 0x40;
    }
    if let Some(variant) = bytes.get_mut(8) {
        *variant = (*variant & 0x3f) | 0x80;
    }
    bytes
}

macro_rules! drawn {
    ($($name:ident),*) => {$(
        impl $name {
            /// A new random identifier.
            pub fn draw(rnd: &mut dyn Random) -> Self {
                Self(random(rnd))
            }
        }
    )*};
}

drawn!(OpId, RecordId, LetterId, ParcelId, EnvelopeId, Epoch);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_is_shown_and_parsed_as_hex() {
        let id = OpId([0xab; 16]);
        assert_eq!(id.to_string(), "ab".repeat(16));
        assert_eq!(id.to_string().parse(), Ok(id));
        for wrong in ["", "ab", "AB", &"ab".repeat(17), &"zz".repeat(16)] {
            assert_eq!(wrong.parse::<OpId>(), Err(NotAnId), "{wrong:?}");
        }
    }

    #[test]
    fn an_identifier_of_the_wrong_length_is_refused_on_the_wire() {
        let mut short = vec![0x4f];
        short.extend([0; 15]);
        assert!(crate::shape::whole::<OpId>(&short).is_err());
        assert_eq!(
            crate::shape::whole::<OpId>(&crate::shape::encode(&OpId([7; 16]))),
            Ok(OpId([7; 16]))
        );
    }
}
