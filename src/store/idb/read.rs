//! Reading rows, still sealed.
//!
//! Invariant: read-only transactions only. A value that is no byte array comes back empty, so that it counts as a row that does not
//! open instead of hiding the others. Deliberately not here: opening the seal (`seal`).

use super::{Key, Refusal, Store};
use indexed_db_futures::KeyRange;
use indexed_db_futures::database::Database;
use indexed_db_futures::error::{Error, SimpleValueError};
use indexed_db_futures::prelude::*;
use indexed_db_futures::primitive::{TryFromJs, TryToJs};
use indexed_db_futures::typed_array::Uint8Array;
use wasm_bindgen::JsValue;

/// Keys and sealed values of a store.
pub(crate) type Rows = Vec<(Key, Vec<u8>)>;

/// One row.
pub(crate) async fn get(database: &Database, store: Store, key: &Key) -> Result<Option<Vec<u8>>, Refusal> {
    let read = async || -> Result<Option<Row>, Error> {
        let transaction = database.transaction(store.name()).build()?;
        transaction
            .object_store(store.name())?
            .get::<Row, _, _>(key.clone())
            .primitive()?
            .await
    };
    read()
        .await
        .map(|row| row.map(|row| row.0))
        .map_err(|refused| Refusal::of(&refused, None))
}

/// All rows of a store, by key.
pub(crate) async fn all(database: &Database, store: Store) -> Result<Rows, Refusal> {
    let read = async || -> Result<Rows, Error> {
        let transaction = database.transaction(store.name()).build()?;
        let rows = transaction.object_store(store.name())?;
        // Both requests in one transaction: the two lists fit each other.
        let keys = rows.get_all_keys::<Key>().primitive()?;
        let values = rows.get_all::<Row>().primitive()?;
        let (keys, values) = (keys.await?, values.await?);
        keys.zip(values).map(|(key, row)| Ok((key?, row?.0))).collect()
    };
    read().await.map_err(|refused| Refusal::of(&refused, None))
}

/// The keys of a store from `first` to `last`, both included, in order.
pub(crate) async fn keys(database: &Database, store: Store, (first, last): (&Key, &Key)) -> Result<Vec<Key>, Refusal> {
    let read = async || -> Result<Vec<Key>, Error> {
        let transaction = database.transaction(store.name()).build()?;
        let range = KeyRange::Bound(first.clone(), false, last.clone(), false);
        transaction
            .object_store(store.name())?
            .get_all_keys::<Key>()
            .with_query::<Key, _>(range)
            .primitive()?
            .await?
            .collect()
    };
    read().await.map_err(|refused| Refusal::of(&refused, None))
}

/// How many rows a store has.
pub(crate) async fn count(database: &Database, store: Store) -> Result<u64, Refusal> {
    let read = async || -> Result<u32, Error> {
        let transaction = database.transaction(store.name()).build()?;
        transaction.object_store(store.name())?.count().primitive()?.await
    };
    read()
        .await
        .map(u64::from)
        .map_err(|refused| Refusal::of(&refused, None))
}

struct Row(Vec<u8>);

impl TryFromJs for Row {
    fn from_js(value: JsValue) -> Result<Self, SimpleValueError> {
        Ok(Self(Uint8Array::from_js(value).map(Vec::from).unwrap_or_default()))
    }
}

impl TryToJs for Key {
    fn try_to_js(&self) -> Result<JsValue, Error> {
        self.as_str().try_to_js()
    }
}

impl TryFromJs for Key {
    fn from_js(value: JsValue) -> Result<Self, SimpleValueError> {
        value.as_string().map(Self).ok_or(SimpleValueError::NotAString(value))
    }
}
