//! What the endpoint says to anybody: its protocols, clock, database and key.
//!
//! Invariant: nothing here is about a branch or a person, and nothing is believed from it by a phone that has pinned a key.

use super::store::Counter;
use crate::Now;
use crate::id::{Epoch, SignPub};
use crate::keys::EndpointKeys;
use crate::letter::PROTO;
use crate::shape;
use minicbor::Encode;

crate::map_shape! {
    /// The answer to `GET /v1/hello`.
    #[derive(Clone, Debug, PartialEq, Eq, Encode)]
    pub struct Hello {
        /// Protocols spoken.
        #[n(1)]
        pub protocols: Vec<u64>,
        /// The endpoint's clock (seconds since 1970-01-01 UTC).
        #[n(2)]
        pub server_time: u64,
        /// Its database.
        #[n(3)]
        pub epoch: Epoch,
        /// Its signing key.
        #[n(4)]
        pub endpoint_sign: SignPub,
        /// Oldest protocol served.
        #[n(5)]
        pub oldest: u64,
    }
}

/// The bytes of the answer.
pub fn hello(counter: &Counter, keys: &EndpointKeys, now: Now) -> Vec<u8> {
    shape::encode(&Hello {
        protocols: vec![PROTO],
        server_time: now.wall_s,
        epoch: counter.epoch,
        endpoint_sign: keys.sign_pub(),
        oldest: PROTO,
    })
}
