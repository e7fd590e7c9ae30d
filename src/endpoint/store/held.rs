//! Rows that one transaction reads and writes again and again, held until it ends: the counter, branches, accounts, devices, invites.
//!
//! Invariant: what is held is what the transaction would read; it is forgotten when the transaction ends, and when a letter is undone
//! it is again what it was before the letter, so another endpoint's work is always seen. Changed rows are written once, by
//! `Sql::write_out`, and before any statement that could need them. Not here: ops and the log's lines (`store::pending`).

use std::collections::BTreeMap;
use sync::endpoint::{AccountRow, BranchRow, Counter, DeviceRow, InviteRow};
use sync::id::{AccountId, BranchId, DeviceId, InviteId};

/// Rows by identifier; those that are changed and not yet written are marked.
#[derive(Clone)]
pub struct Rows<K, V>(BTreeMap<K, (V, bool)>);

impl<K, V> Default for Rows<K, V> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<K: Ord + Copy, V: Clone> Rows<K, V> {
    /// The row, if it is held.
    pub fn row(&self, id: &K) -> Option<V> {
        self.0.get(id).map(|(row, _)| row.clone())
    }

    /// Every row that is held.
    pub fn all(&self) -> impl Iterator<Item = &V> {
        self.0.values().map(|(row, _)| row)
    }

    /// Holds a row as the database has it.
    pub fn hold(&mut self, id: K, row: V) {
        self.0.insert(id, (row, false));
    }

    /// Takes a new or changed row, to be written.
    pub fn change(&mut self, id: K, row: V) {
        self.0.insert(id, (row, true));
    }

    /// The changed rows, which count as written from here on.
    pub fn changed(&mut self) -> Vec<V> {
        let changed = self.0.values_mut().filter(|(_, changed)| *changed);
        changed
            .map(|(row, changed)| {
                *changed = false;
                row.clone()
            })
            .collect()
    }
}

/// Everything that is held.
#[derive(Clone, Default)]
pub struct Held {
    pub counter: Option<Counter>,
    /// The counter's number is not yet written.
    pub counted: bool,
    pub branches: Rows<BranchId, BranchRow>,
    pub accounts: Rows<AccountId, AccountRow>,
    pub devices: Rows<DeviceId, DeviceRow>,
    pub invites: Rows<InviteId, InviteRow>,
    /// Number and hash of the access log's last line.
    pub log: Option<(u64, [u8; 32])>,
}
