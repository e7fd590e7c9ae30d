//! The store against the real IndexedDB, Web Locks and localStorage of a browser.
//!
//! Every test makes vaults of its own, so they may run in any order. What lies on the disk is looked at from outside, by reading raw
//! rows back, never by asking the code under test whether it did well.

use crate::idb::{self, Batch, Disk, Key, Mode, Store};
use crate::seal::Sealed;
use crate::{Kdf, RecoveryCode, Vault};
use sync::draft::Draft;
use sync::id::RecordId;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

mod copy;
mod door;
mod failing;
mod loss;
mod rows;
mod samples;
mod saving;
mod secrecy;
mod tabs;

const PHRASE: &str = "trâu hồng đèn suối kéo bưởi";
const FORM: &str = "2-KNĐ/2025";

async fn vault(nickname: &str) -> (Vault, RecoveryCode) {
    Vault::create_with(Kdf::Page, nickname, PHRASE).await.unwrap()
}

async fn unlock(db_id: &str) -> Vault {
    Vault::unlock_with(Kdf::Page, db_id, crate::Secret::Passphrase(PHRASE))
        .await
        .unwrap()
}

/// The recovery code as it is typed from the sheet.
fn sheet(code: &RecoveryCode) -> String {
    code.groups()
        .iter()
        .map(|group| group.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}

fn draft(record: u8, text: &str) -> Draft {
    let mut draft = Draft::new(RecordId([record; 16]), FORM);
    draft.set("full_name", text);
    draft
}

/// The database of a vault, from outside.
fn disk(db_id: &str) -> Disk {
    Disk::new(format!("lylich-{db_id}"), &Store::VAULT, Mode::Existing)
}

async fn rows(db_id: &str, store: Store) -> Vec<(Key, Vec<u8>)> {
    disk(db_id).rows(store).await.unwrap()
}

/// Every row of a vault.
async fn everything(db_id: &str) -> Vec<(Store, Key, Vec<u8>)> {
    let mut all = Vec::new();
    for store in Store::VAULT {
        all.extend(rows(db_id, store).await.into_iter().map(|(key, row)| (store, key, row)));
    }
    all
}

/// What a hostile or careless hand does to the files: bytes put in and rows taken out past the vault.
async fn tamper(db_id: &str, puts: Vec<(Store, Key, Vec<u8>)>, deletes: Vec<(Store, Key)>) {
    let mut batch = Batch::default();
    for (store, key, bytes) in puts {
        batch.put(store, key, Sealed::forged(bytes));
    }
    for (store, key) in deletes {
        batch.delete(store, key);
    }
    disk(db_id).commit(&batch).await.unwrap();
}

/// The names of all databases of this browser.
async fn databases() -> Vec<String> {
    let indexed_db = crate::browser::property(&js_sys::global(), "indexedDB").unwrap();
    let list: js_sys::Function =
        wasm_bindgen::JsCast::dyn_into(crate::browser::property(&indexed_db, "databases").unwrap()).unwrap();
    let promise: js_sys::Promise = wasm_bindgen::JsCast::dyn_into(list.call0(&indexed_db).unwrap()).unwrap();
    let found = js_sys::Array::from(&wasm_bindgen_futures::JsFuture::from(promise).await.unwrap());
    found
        .iter()
        .filter_map(|each| crate::browser::property(&each, "name")?.as_string())
        .collect()
}
