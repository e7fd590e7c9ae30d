//! The backup file: a vault's key slots and sealed rows exactly as they are stored (sync protocol §15.1, type 3).
//!
//! Invariant: making and reading it needs no key and opens no row; what the file holds opens with the vault's own passphrase and
//! recovery code, and only there. Deliberately not here: where the rows come from and go to (`store`).

use crate::container::{self, FileFault, Type};
use crate::shape;
use minicbor::Encode;

/// The largest file that is read: 64 MiB.
pub const LARGEST: usize = 64 << 20;

crate::array_shape! {
    /// A row as it is stored.
    #[derive(Clone, Debug, PartialEq, Eq, Encode)]
    pub struct Row {
        /// Name of its store.
        #[n(0)]
        pub store: String,
        /// Its key.
        #[n(1)]
        pub key: String,
        /// Its bytes: sealed, or a key slot.
        #[cbor(n(2), with = "minicbor::bytes")]
        pub bytes: Vec<u8>,
    }
}

crate::array_shape! {
    /// What a backup holds.
    #[derive(Clone, Debug, PartialEq, Eq, Encode)]
    pub struct Content {
        /// Names the vault, in this copy and in every other.
        #[cbor(n(0), with = "minicbor::bytes")]
        pub vault_id: [u8; 16],
        /// Key slots.
        #[n(1)]
        pub slots: Vec<Row>,
        /// All other rows.
        #[n(2)]
        pub rows: Vec<Row>,
    }
}

crate::map_shape! {
    /// A copy of a vault.
    #[derive(Clone, Debug, PartialEq, Eq, Encode)]
    pub struct Backup {
        #[n(1)]
        kind: u8,
        /// Its rows.
        #[n(5)]
        pub content: Content,
        /// When it was made (seconds since 1970-01-01 UTC, by the phone's clock): for people.
        #[n(6)]
        pub made: u64,
    }
}

impl Backup {
    /// A copy that was made now.
    pub fn new(content: Content, made: u64) -> Self {
        let kind = Type::Backup as u8;
        Self { kind, content, made }
    }

    /// The file's bytes.
    pub fn encode(&self) -> Vec<u8> {
        container::close(&shape::encode(self))
    }

    /// Reads a file.
    ///
    /// # Errors
    /// [`FileFault`]: nothing of the file can be used.
    pub fn decode(file: &[u8]) -> Result<Self, FileFault> {
        let map = container::of_type(file, Type::Backup)?;
        // Whole by its digest and of this type: what is not understood was written by a later release.
        shape::whole(map).map_err(|_| FileFault::Newer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;

    fn row() -> impl Strategy<Value = Row> {
        ("[a-z]{1,8}", "[0-9a-f-]{1,40}", vec(any::<u8>(), 0..60)).prop_map(|(store, key, bytes)| Row {
            store,
            key,
            bytes,
        })
    }

    prop_compose! {
        fn backup()(vault_id: [u8; 16], slots in vec(row(), 0..3), rows in vec(row(), 0..6), made: u64) -> Backup {
            Backup::new(Content { vault_id, slots, rows }, made)
        }
    }

    proptest! {
        #![proptest_config(crate::seal::tests::cases(64))]

        #[test]
        fn a_backup_comes_back_as_it_was(backup in backup()) {
            prop_assert_eq!(Backup::decode(&backup.encode()), Ok(backup));
        }

        #[test]
        fn a_whole_file_with_any_map_is_looked_at_without_harm(map in vec(any::<u8>(), 0..80)) {
            prop_assert!(Backup::decode(&container::close(&map)).is_err());
        }
    }

    #[test]
    fn another_type_and_a_later_shape_are_told_apart() {
        let map = |kind: u8| container::close(&[0xa1, 0x01, kind]);
        assert_eq!(Backup::decode(&map(1)), Err(FileFault::OtherType));
        assert_eq!(Backup::decode(&map(4)), Err(FileFault::OtherType));
        assert_eq!(Backup::decode(&map(3)), Err(FileFault::Newer));
    }
}
