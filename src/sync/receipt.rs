//! The endpoint's signed word that it holds an op durably (sync protocol §11).
//!
//! Invariant: a receipt counts only after `verify` with the pinned key and the hash of the very op it is about; the same op always
//! gets the same bytes. Not here: when it is shown (`label`).

use crate::hash::tagged;
use crate::id::{Epoch, OpHash, OpId, Sig, SignPub};
use crate::keys::{EndpointKeys, sign};
use minicbor::Encode;

crate::array_shape! {
    /// A receipt as it travels: number, time, epoch, signature.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Encode)]
    pub struct Receipt {
        /// Place in the endpoint's commit order.
        #[n(0)]
        pub server_seq: u64,
        /// The endpoint's clock when it stored the op: seconds since 1970-01-01 UTC.
        #[n(1)]
        pub server_time: u64,
        /// The database that holds it.
        #[n(2)]
        pub epoch: Epoch,
        /// Ed25519 over "lylich/1 receipt" ‖ op_id ‖ op_hash ‖ server_seq ‖ server_time ‖ epoch.
        #[n(3)]
        pub sig: Sig,
    }
}

fn signed(op: &OpId, hash: &OpHash, server_seq: u64, server_time: u64, epoch: &Epoch) -> Vec<u8> {
    let (seq, time) = (server_seq.to_be_bytes(), server_time.to_be_bytes());
    tagged(
        "lylich/1 receipt",
        &[op.as_bytes(), hash.as_bytes(), &seq, &time, epoch.as_bytes()],
    )
}

impl Receipt {
    /// Made by the endpoint from the stored row, after the transaction is durable.
    pub fn sign(
        keys: &EndpointKeys,
        op: &OpId,
        hash: &OpHash,
        server_seq: u64,
        server_time: u64,
        epoch: Epoch,
    ) -> Self {
        let sig = keys.sign(&signed(op, hash, server_seq, server_time, &epoch));
        Self {
            server_seq,
            server_time,
            epoch,
            sig,
        }
    }

    /// Whether the pinned endpoint signed this for exactly this op.
    pub fn verify(&self, endpoint: &SignPub, op: &OpId, hash: &OpHash) -> bool {
        sign::fits(
            endpoint,
            &signed(op, hash, self.server_seq, self.server_time, &self.epoch),
            &self.sig,
        )
    }

    /// The short code people compare ("mã 7F3A"): the first two bytes of the op's hash.
    pub fn code(hash: &OpHash) -> String {
        hash.0.iter().take(2).map(|byte| format!("{byte:02X}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seal::tests::Counting;

    #[test]
    fn a_receipt_is_about_one_op_in_one_place_at_one_time() {
        let keys = EndpointKeys::draw(&mut Counting(1));
        let (op, hash, epoch) = (OpId([1; 16]), OpHash([2; 32]), Epoch([3; 16]));
        let receipt = Receipt::sign(&keys, &op, &hash, 7, 1_790_000_000, epoch);
        assert_eq!(
            receipt,
            Receipt::sign(&keys, &op, &hash, 7, 1_790_000_000, epoch),
            "deterministic"
        );
        let key = keys.sign_pub();
        assert!(receipt.verify(&key, &op, &hash));
        assert!(!receipt.verify(&key, &OpId([9; 16]), &hash));
        assert!(!receipt.verify(&key, &op, &OpHash([9; 32])));
        assert!(
            !Receipt {
                server_seq: 8,
                ..receipt
            }
            .verify(&key, &op, &hash)
        );
        assert!(
            !Receipt {
                server_time: 8,
                ..receipt
            }
            .verify(&key, &op, &hash)
        );
        assert!(
            !Receipt {
                epoch: Epoch::ZERO,
                ..receipt
            }
            .verify(&key, &op, &hash)
        );
        assert!(!receipt.verify(&EndpointKeys::draw(&mut Counting(2)).sign_pub(), &op, &hash));
        assert_eq!(Receipt::code(&OpHash([0x7f; 32])), "7F7F");
    }
}
