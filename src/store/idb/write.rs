//! The one function that writes (storage design §3, rules W1 to W7).
//!
//! Invariant: a [`Committed`] exists only after the strict transaction has ended well, and only sealed bytes go in. All requests
//! are made before the first wait, because a transaction closes itself when the event loop turns; puts come before deletes and
//! every prefix of them leaves a valid vault. Deliberately not here: what a batch holds, the second try (`Disk::with`).

use super::{Key, Refusal, Store};
use crate::seal::Sealed;
use indexed_db_futures::database::Database;
use indexed_db_futures::error::Error;
use indexed_db_futures::internals::SystemRepr;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::{Transaction, TransactionDurability, TransactionMode, TransactionOptions};
use indexed_db_futures::typed_array::Uint8ArraySlice;

/// What one transaction does. There is no way to put clear bytes in.
#[derive(Clone, Default)]
pub(crate) struct Batch {
    puts: Vec<(Store, Key, Sealed)>,
    deletes: Vec<(Store, Key)>,
}

impl Batch {
    pub(crate) fn put(&mut self, store: Store, key: Key, row: Sealed) {
        self.puts.push((store, key, row));
    }

    pub(crate) fn delete(&mut self, store: Store, key: Key) {
        self.deletes.push((store, key));
    }

    pub(crate) fn puts(&self) -> &[(Store, Key, Sealed)] {
        &self.puts
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.puts.is_empty() && self.deletes.is_empty()
    }

    fn stores(&self) -> Vec<&'static str> {
        let puts = self.puts.iter().map(|(store, ..)| *store);
        let mut names = Vec::new();
        for store in puts.chain(self.deletes.iter().map(|(store, _)| *store)) {
            if !names.contains(&store.name()) {
                names.push(store.name());
            }
        }
        names
    }
}

/// Proof that a batch is on the disk, as far as the browser's word goes.
#[derive(Debug)]
pub(crate) struct Committed(());

/// Writes a batch in one strict transaction.
pub(crate) async fn commit(database: &Database, batch: &Batch) -> Result<Committed, Refusal> {
    let transaction = begin(database, batch).map_err(|refused| Refusal::of(&refused, None))?;
    // After an abort only the transaction itself knows why: quota errors come without a failed request.
    let handle = transaction.as_sys().clone();
    match transaction.commit().await {
        Ok(()) => Ok(Committed(())),
        Err(refused) => Err(Refusal::of(&refused, handle.error())),
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place that opens a read-write transaction (W3)"
)]
fn begin<'a>(database: &'a Database, batch: &Batch) -> Result<Transaction<'a>, Error> {
    let strict = TransactionOptions::new().with_durability(TransactionDurability::Strict);
    let transaction = database
        .transaction(batch.stores())
        .with_mode(TransactionMode::Readwrite)
        .with_options(strict)
        .build()?;
    for (store, key, row) in &batch.puts {
        let rows = transaction.object_store(store.name())?;
        rows.put(Uint8ArraySlice::new(row.bytes()))
            .with_key(key.clone())
            .without_key_type()
            .primitive()?;
    }
    for (store, key) in &batch.deletes {
        transaction
            .object_store(store.name())?
            .delete(key.clone())
            .primitive()?;
    }
    Ok(transaction)
}
