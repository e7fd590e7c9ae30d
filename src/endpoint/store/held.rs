//! Rows that one transaction reads and writes again and again, held until it ends: accounts, devices, branches, the log's last line.
//!
//! Invariant: what is held is what the transaction would read; it is forgotten when the transaction ends or something is undone, so
//! another endpoint's work is always seen. A changed account or device is written once a letter (`Sql::settle`), and before any
//! statement that looks for accounts or devices by something else than their identifier.

use std::collections::BTreeMap;
use sync::endpoint::{AccountRow, BranchRow, Counter, DeviceRow};
use sync::id::{AccountId, BranchId, DeviceId};

/// Rows by identifier; those that are changed and not yet written are marked.
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

    /// Holds a row as the database has it.
    pub fn hold(&mut self, id: K, row: V) {
        self.0.insert(id, (row, false));
    }

    /// Takes a change of a row that is held; `false`: it is not, so the database has to be told.
    pub fn change(&mut self, id: &K, row: &V) -> bool {
        let Some(held) = self.0.get_mut(id) else { return false };
        *held = (row.clone(), true);
        true
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
#[derive(Default)]
pub struct Held {
    pub counter: Option<Counter>,
    pub branches: Rows<BranchId, BranchRow>,
    pub accounts: Rows<AccountId, AccountRow>,
    pub devices: Rows<DeviceId, DeviceRow>,
    /// Number and hash of the access log's last line.
    pub log: Option<(u64, [u8; 32])>,
}
