//! Key slots: the vault key, wrapped once for each way to open the vault (storage design §9.3).
//!
//! Find here: [`Slot`], wrapping and unwrapping. Invariant: kind, derivation, parameters and vault are associated data, so a slot
//! with lowered parameters or from another vault opens nothing. Deliberately not here: the stretching (`stretch`, `worker`), where
//! slots lie (`vault`).

use crate::fault::Fault;
use crate::seal::{VaultKey, expand, random};
use crate::stretch::Cost;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use minicbor::{Decode, Encode};
use sync::damm::RecoveryCode;
use zeroize::Zeroizing;

/// What opens a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub(crate) enum Kind {
    #[n(1)]
    Passphrase,
    #[n(2)]
    Recovery,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
enum Derivation {
    #[n(1)]
    Argon2id,
    #[n(2)]
    Hkdf,
}

sync::map_shape! {
    /// One wrapped copy of the vault key. Fixed shape: a new way to open a vault is a new kind.
    #[derive(Clone, Debug, PartialEq, Eq, Encode)]
    pub(crate) struct Slot {
        #[n(1)]
        pub(crate) kind: Kind,
        #[n(2)]
        derivation: Derivation,
        #[n(3)]
        pub(crate) cost: Option<Cost>,
        #[cbor(n(4), with = "minicbor::bytes")]
        pub(crate) salt: [u8; 16],
        #[cbor(n(5), with = "minicbor::bytes")]
        nonce: [u8; 24],
        #[cbor(n(6), with = "minicbor::bytes")]
        wrapped: Vec<u8>,
    }
}

/// The key that wraps the vault key, from a passphrase or from the recovery digits. Wiped when dropped.
pub(crate) type WrappingKey = Zeroizing<[u8; 32]>;

/// A salt for a new slot.
pub(crate) fn salt() -> Result<[u8; 16], Fault> {
    let mut salt = [0; 16];
    random(&mut salt)?;
    Ok(salt)
}

/// The recovery digits are random enough to need no stretching.
pub(crate) fn recovery_key(code: &RecoveryCode, salt: &[u8; 16]) -> Result<WrappingKey, Fault> {
    expand(&code.secret(), salt, b"lylich/1 kek-recovery")
}

impl Slot {
    /// Wraps the vault key.
    pub(crate) fn wrap(
        kind: Kind,
        salt: [u8; 16],
        wrapping: &WrappingKey,
        vault_id: &[u8; 16],
        vault_key: &VaultKey,
    ) -> Result<Self, Fault> {
        let (derivation, cost) = match kind {
            Kind::Passphrase => (Derivation::Argon2id, Some(Cost::FIXED)),
            Kind::Recovery => (Derivation::Hkdf, None),
        };
        let mut slot = Self {
            kind,
            derivation,
            cost,
            salt,
            nonce: [0; 24],
            wrapped: Vec::new(),
        };
        random(&mut slot.nonce)?;
        let aad = slot.place(vault_id);
        let payload = Payload {
            msg: vault_key.as_slice(),
            aad: &aad,
        };
        slot.wrapped = XChaCha20Poly1305::new(wrapping.as_slice().into())
            .encrypt(XNonce::from_slice(&slot.nonce), payload)
            .map_err(|_| Fault::Broken)?;
        Ok(slot)
    }

    /// The vault key, when this is the right wrapping key for this slot of this vault.
    pub(crate) fn unwrap(&self, wrapping: &WrappingKey, vault_id: &[u8; 16]) -> Option<VaultKey> {
        let aad = self.place(vault_id);
        let key = XChaCha20Poly1305::new(wrapping.as_slice().into())
            .decrypt(
                XNonce::from_slice(&self.nonce),
                Payload {
                    msg: &self.wrapped,
                    aad: &aad,
                },
            )
            .map(Zeroizing::new)
            .ok()?;
        key.as_slice().try_into().map(Zeroizing::new).ok()
    }

    /// vault_id ‖ kind ‖ derivation ‖ parameters, as the CBOR they are stored in.
    fn place(&self, vault_id: &[u8; 16]) -> Vec<u8> {
        let mut aad = vault_id.to_vec();
        aad.extend(sync::shape::encode(&(self.kind, self.derivation, self.cost)));
        aad
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    const VAULT: [u8; 16] = [3; 16];

    fn slot() -> (Slot, WrappingKey) {
        let wrapping = Zeroizing::new([1; 32]);
        (
            Slot::wrap(Kind::Passphrase, [2; 16], &wrapping, &VAULT, &Zeroizing::new([9; 32])).unwrap(),
            wrapping,
        )
    }

    #[wasm_bindgen_test]
    fn a_slot_comes_back_from_its_bytes_and_opens() {
        let (slot, wrapping) = slot();
        let again: Slot = sync::shape::whole(&sync::shape::encode(&slot)).unwrap();
        assert_eq!(again, slot);
        assert_eq!(again.unwrap(&wrapping, &VAULT).unwrap().as_slice(), [9; 32]);
        assert!(
            again.unwrap(&Zeroizing::new([0; 32]), &VAULT).is_none(),
            "wrong wrapping key"
        );
    }

    #[wasm_bindgen_test]
    fn a_slot_with_lowered_cost_or_of_another_vault_opens_nothing() {
        let (slot, wrapping) = slot();
        let cheap = Slot {
            cost: Some(Cost {
                memory: 8,
                passes: 1,
                lanes: 1,
            }),
            ..slot.clone()
        };
        assert!(cheap.unwrap(&wrapping, &VAULT).is_none(), "lowered cost");
        assert!(
            Slot {
                kind: Kind::Recovery,
                ..slot.clone()
            }
            .unwrap(&wrapping, &VAULT)
            .is_none(),
            "another kind"
        );
        assert!(slot.unwrap(&wrapping, &[4; 16]).is_none(), "another vault");
    }
}
