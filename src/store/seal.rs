//! The row seal: what lies in the database of a vault, format 1 (storage design §9.1, §9.2).
//!
//! Find here: the keys of an unlocked vault, [`Sealed`] (the only thing the write helper takes), sealing and opening a row, names
//! of rows. Invariant: a row opens only in its own vault, store and key, because all three are associated data; and no clear byte
//! of a row can become a [`Sealed`]. Deliberately not here: where keys come from (`slot`), where rows lie (`idb`).

use crate::fault::Fault;
use crate::idb::{Key, Store};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

const FORMAT: u8 = 1;
const NONCE: usize = 24;
const TAG: usize = 16;
const PAD: usize = 256;

/// Bytes that may lie on the disk: a sealed row, a key slot, a vault id, a row of a backup file, or a line of the list of vaults.
/// Nothing else makes one.
#[derive(Clone)]
pub(crate) struct Sealed(Vec<u8>);

impl Sealed {
    /// A key slot: parameters, salt and the wrapped key. Holds no clear secret.
    pub(crate) fn slot(slot: &crate::slot::Slot) -> Self {
        Self(sync::shape::encode(slot))
    }

    /// The vault's id, clear as it is in the list: so that a vault whose line was lost can be listed again.
    pub(crate) fn vault_id(vault_id: &[u8; 16]) -> Self {
        Self(vault_id.to_vec())
    }

    /// A line of the list of vaults: the only clear row, by design (a nickname, not a name).
    pub(crate) fn listing(line: &crate::list::Line) -> Self {
        Self(sync::shape::encode(line))
    }

    /// A row out of a backup file, as it lay in the vault that the file was made of.
    pub(crate) fn copied(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// Any bytes at all: what a hostile hand could put on the disk.
    #[cfg(test)]
    pub(crate) fn forged(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

/// A random key of 32 bytes from which a vault's other keys follow. Wiped when dropped.
pub(crate) type VaultKey = Zeroizing<[u8; 32]>;

/// The keys of an unlocked vault, wiped when dropped.
pub(crate) struct RowKeys {
    vault_id: [u8; 16],
    seal: VaultKey,
    name: VaultKey,
}

impl RowKeys {
    pub(crate) fn derive(vault_id: [u8; 16], vault_key: &VaultKey) -> Result<Self, Fault> {
        let seal = expand(vault_key.as_slice(), &[], b"lylich/1 seal")?;
        let name = expand(vault_key.as_slice(), &[], b"lylich/1 name")?;
        Ok(Self { vault_id, seal, name })
    }

    /// Seals a row for exactly this place, under a fresh random nonce.
    pub(crate) fn seal(&self, store: Store, key: &Key, clear: &[u8]) -> Result<Sealed, Fault> {
        let mut nonce = [0; NONCE];
        random(&mut nonce)?;
        let cipher = XChaCha20Poly1305::new(self.seal.as_slice().into());
        let aad = self.place(store, key);
        let padded = pad(clear)?;
        let payload = Payload {
            msg: &padded,
            aad: &aad,
        };
        let text = cipher
            .encrypt(XNonce::from_slice(&nonce), payload)
            .map_err(|_| Fault::TooBig)?;
        let mut out = Vec::with_capacity(1 + NONCE + text.len());
        out.push(FORMAT);
        out.extend_from_slice(&nonce);
        out.extend_from_slice(&text);
        Ok(Sealed(out))
    }

    /// Opens a row that lay at exactly this place. A changed byte, another place, another vault: nothing opens.
    pub(crate) fn open(&self, store: Store, key: &Key, row: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unopened> {
        let (format, rest) = row.split_first().ok_or(Unopened::Damaged)?;
        if *format != FORMAT {
            return Err(Unopened::OtherFormat(*format));
        }
        let (nonce, text) = rest.split_at_checked(NONCE).ok_or(Unopened::Damaged)?;
        let cipher = XChaCha20Poly1305::new(self.seal.as_slice().into());
        let aad = self.place(store, key);
        let padded = cipher
            .decrypt(XNonce::from_slice(nonce), Payload { msg: text, aad: &aad })
            .map(Zeroizing::new)
            .map_err(|_| Unopened::Damaged)?;
        unpad(&padded)
            .map(|clear| Zeroizing::new(clear.to_vec()))
            .ok_or(Unopened::Damaged)
    }

    /// The name of a record's row: nobody without the vault key can tell which record it is.
    pub(crate) fn row_name(&self, id: &[u8; 16]) -> String {
        sync::spelling::hex(self.mac(id).get(..16).unwrap_or_default())
    }

    /// The witness's signature over its counters.
    pub(crate) fn witness_mark(&self, counters: &[u8]) -> String {
        sync::spelling::hex(self.mac(counters).get(..4).unwrap_or_default())
    }

    fn mac(&self, message: &[u8]) -> [u8; 32] {
        // HMAC takes keys of every length.
        let Ok(mut mac) = <Hmac<Sha256> as Mac>::new_from_slice(self.name.as_slice()) else {
            return [0; 32];
        };
        mac.update(message);
        mac.finalize().into_bytes().into()
    }

    fn place(&self, store: Store, key: &Key) -> Vec<u8> {
        let mut aad = b"lylich/1 row\0".to_vec();
        aad.extend_from_slice(&self.vault_id);
        aad.extend_from_slice(store.name().as_bytes());
        aad.push(0);
        aad.extend_from_slice(key.as_str().as_bytes());
        aad
    }
}

/// Why a row gave nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unopened {
    /// Changed, cut, or from another place.
    Damaged,
    /// Sealed in a format this release does not know.
    OtherFormat(u8),
}

/// HKDF-SHA256 to 32 bytes.
pub(crate) fn expand(secret: &[u8], salt: &[u8], info: &[u8]) -> Result<VaultKey, Fault> {
    let mut out = Zeroizing::new([0; 32]);
    let salt = if salt.is_empty() { None } else { Some(salt) };
    Hkdf::<Sha256>::new(salt, secret)
        .expand(info, out.as_mut_slice())
        .map_err(|_| Fault::Broken)?;
    Ok(out)
}

/// Random bytes from the browser.
pub(crate) fn random(out: &mut [u8]) -> Result<(), Fault> {
    getrandom::getrandom(out).map_err(|_| Fault::NoRandom)
}

/// `u32 length (big-endian) ‖ clear ‖ zeros to a multiple of 256`: the size of a row says little about its text.
fn pad(clear: &[u8]) -> Result<Zeroizing<Vec<u8>>, Fault> {
    let length = u32::try_from(clear.len()).map_err(|_| Fault::TooBig)?;
    let total = (4 + clear.len()).next_multiple_of(PAD);
    // Room for the tag, so that the clear bytes are not copied again by a growing vector.
    let mut out = Zeroizing::new(Vec::with_capacity(total + TAG));
    out.extend_from_slice(&length.to_be_bytes());
    out.extend_from_slice(clear);
    out.resize(total, 0);
    Ok(out)
}

fn unpad(padded: &[u8]) -> Option<&[u8]> {
    let (length, rest) = padded.split_first_chunk::<4>()?;
    rest.get(..usize::try_from(u32::from_be_bytes(*length)).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn keys(vault: u8, key: u8) -> RowKeys {
        RowKeys::derive([vault; 16], &Zeroizing::new([key; 32])).unwrap()
    }

    #[wasm_bindgen_test]
    fn a_row_opens_only_in_its_own_vault_store_and_key() {
        let (own, place) = (keys(1, 9), Key::new("a"));
        let row = own.seal(Store::Drafts, &place, b"Nguyen Thi Thu").unwrap();
        assert_eq!(
            own.open(Store::Drafts, &place, row.bytes()).unwrap().as_slice(),
            b"Nguyen Thi Thu"
        );
        assert!(
            own.open(Store::Drafts, &Key::new("b"), row.bytes()).is_err(),
            "another key"
        );
        assert!(own.open(Store::Past, &place, row.bytes()).is_err(), "another store");
        assert!(
            keys(2, 9).open(Store::Drafts, &place, row.bytes()).is_err(),
            "another vault with the same key"
        );
        assert!(
            keys(1, 8).open(Store::Drafts, &place, row.bytes()).is_err(),
            "another key of the same vault"
        );
    }

    #[wasm_bindgen_test]
    fn every_changed_or_missing_byte_keeps_a_row_shut() {
        let (own, place) = (keys(1, 9), Key::new("7"));
        let row = own.seal(Store::Outbox, &place, b"x").unwrap();
        for at in 0..row.bytes().len() {
            let mut changed = row.bytes().to_vec();
            changed[at] ^= 0x40;
            assert!(own.open(Store::Outbox, &place, &changed).is_err(), "byte {at}");
            assert!(
                own.open(Store::Outbox, &place, &row.bytes()[..at]).is_err(),
                "cut at {at}"
            );
        }
    }

    #[wasm_bindgen_test]
    fn two_seals_of_one_text_differ_and_hide_its_length() {
        let own = keys(1, 9);
        let seal = |text: &[u8]| own.seal(Store::Drafts, &Key::new("a"), text).unwrap().bytes().to_vec();
        assert_ne!(seal(b"a"), seal(b"a"));
        assert_eq!(seal(b"").len(), seal(&[7; 252]).len());
        assert_eq!(seal(&[7; 253]).len(), seal(b"").len() + PAD);
    }

    #[wasm_bindgen_test]
    fn a_row_of_a_later_format_is_told_from_a_damaged_one() {
        let own = keys(1, 9);
        let mut row = own.seal(Store::Meta, &Key::new("self"), b"x").unwrap().bytes().to_vec();
        row[0] = 2;
        assert_eq!(
            own.open(Store::Meta, &Key::new("self"), &row),
            Err(Unopened::OtherFormat(2))
        );
    }
}
