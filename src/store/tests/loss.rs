//! Missing and rolled-back data is named; a newer database is left alone.

use super::*;
use crate::{Change, Fault, Loss, Secret, dismiss_lost, lost_vaults};
use wasm_bindgen_test::wasm_bindgen_test;

async fn reopened(vault: &Vault) -> Vec<Loss> {
    unlock(vault.db_id()).await.health().await.unwrap()
}

#[wasm_bindgen_test]
async fn an_older_row_put_back_is_named() {
    let (vault, _) = vault("Cũ").await;
    vault.commit(Change::draft(&draft(1, "trước"))).await.unwrap();
    let old = rows(vault.db_id(), Store::Drafts).await.remove(0);
    vault.commit(Change::draft(&draft(1, "sau"))).await.unwrap();
    vault.close().await;
    assert_eq!(reopened(&vault).await, []);
    tamper(vault.db_id(), vec![(Store::Drafts, old.0, old.1)], vec![]).await;
    assert_eq!(
        reopened(&vault).await,
        [Loss::OlderDraft {
            record_id: RecordId([1; 16])
        }]
    );
}

#[wasm_bindgen_test]
async fn older_counters_put_back_are_named() {
    let (vault, _) = vault("Số cũ").await;
    vault.commit(Change::draft(&draft(1, "trước"))).await.unwrap();
    let meta = rows(vault.db_id(), Store::Meta).await;
    vault.commit(Change::draft(&draft(1, "sau"))).await.unwrap();
    vault.close().await;
    tamper(
        vault.db_id(),
        meta.into_iter().map(|(key, row)| (Store::Meta, key, row)).collect(),
        vec![],
    )
    .await;
    let losses = reopened(&vault).await;
    assert!(
        matches!(losses[..], [Loss::OlderVault { writes: 1.., .. }]),
        "{losses:?}"
    );
}

#[wasm_bindgen_test]
async fn a_missing_draft_is_named_until_the_person_has_read_it() {
    let (vault, _) = vault("Thiếu").await;
    vault
        .commit(Change::draft(&draft(1, "một")).and(Change::draft(&draft(2, "hai"))))
        .await
        .unwrap();
    vault.close().await;
    let row = rows(vault.db_id(), Store::Drafts).await.remove(0);
    tamper(vault.db_id(), vec![], vec![(Store::Drafts, row.0)]).await;
    let again = unlock(vault.db_id()).await;
    let losses = again.health().await.unwrap();
    assert!(matches!(losses[..], [Loss::Draft { .. }]), "{losses:?}");
    again.commit(Change::setting("a", "b")).await.unwrap();
    assert_eq!(again.health().await.unwrap(), losses, "writing on does not hide it");
    again.recounted().await.unwrap();
    again.close().await;
    assert_eq!(reopened(&vault).await, []);
}

#[wasm_bindgen_test]
async fn a_vault_that_is_older_than_its_witness_is_named_with_the_day() {
    let (vault, _) = vault("Chứng").await;
    vault.commit(Change::draft(&draft(1, "một"))).await.unwrap();
    let copy = everything(vault.db_id()).await;
    vault
        .commit(Change::draft(&draft(1, "hai")).and(Change::draft(&draft(2, "ba"))))
        .await
        .unwrap();
    vault.commit(Change::draft(&draft(1, "bốn"))).await.unwrap();
    vault.close().await;
    assert_eq!(reopened(&vault).await, []);
    // The whole database is put back from a copy, counters and all: only the witness knows.
    let now = everything(vault.db_id()).await;
    tamper(
        vault.db_id(),
        copy,
        now.into_iter()
            .filter(|(store, ..)| *store == Store::Drafts || *store == Store::Past)
            .map(|(store, key, _)| (store, key))
            .collect(),
    )
    .await;
    let drafts = rows(vault.db_id(), Store::Drafts).await;
    assert!(drafts.is_empty());
    let losses = reopened(&vault).await;
    let today = crate::browser::today();
    assert!(
        losses
            .iter()
            .any(|loss| matches!(loss, Loss::OlderVault { writes: 2.., day } if *day == today)),
        "{losses:?}"
    );
    assert!(losses.iter().any(|loss| matches!(loss, Loss::Draft { .. })));
    let again = unlock(vault.db_id()).await;
    again.health().await.unwrap();
    again.recounted().await.unwrap();
    again.commit(Change::draft(&draft(5, "từ đây"))).await.unwrap();
    again.close().await;
    assert_eq!(reopened(&vault).await, [], "from here on it counts anew");
}

#[wasm_bindgen_test]
async fn a_witness_that_was_changed_by_hand_raises_no_alarm() {
    let (vault, _) = vault("Sửa tay").await;
    vault.commit(Change::draft(&draft(1, "một"))).await.unwrap();
    vault.close().await;
    let storage = web_sys::window().unwrap().local_storage().unwrap().unwrap();
    let key = format!("lylich.w.{}", vault.db_id());
    let witness = storage.get_item(&key).unwrap().unwrap();
    assert!(witness.contains("\"r\":3"), "{witness}");
    storage
        .set_item(&key, &witness.replace("\"r\":3", "\"r\":900"))
        .unwrap();
    assert_eq!(reopened(&vault).await, []);
}

#[wasm_bindgen_test]
async fn a_vault_that_is_gone_altogether_is_named_before_unlocking() {
    let (vault, _) = vault("Biến mất").await;
    vault.commit(Change::draft(&draft(1, "một"))).await.unwrap();
    vault.close().await;
    idb::delete(&format!("lylich-{}", vault.db_id())).await.unwrap();
    let own = async || {
        let losses = lost_vaults().await.unwrap();
        losses
            .into_iter()
            .find(|loss| matches!(loss, Loss::Vault { db_id, .. } if db_id == vault.db_id()))
    };
    let loss = own().await.unwrap();
    assert!(
        matches!(&loss, Loss::Vault { drafts: 1, outbox: 0, day, .. } if *day == crate::browser::today()),
        "{loss:?}"
    );
    assert!(
        !databases().await.contains(&format!("lylich-{}", vault.db_id())),
        "looking made nothing"
    );
    let opened = Vault::unlock_with(Kdf::Page, vault.db_id(), Secret::Passphrase(PHRASE)).await;
    assert_eq!(opened.err(), Some(Fault::Gone));
    dismiss_lost(&loss);
    assert_eq!(own().await, None);
}

#[wasm_bindgen_test]
async fn damage_that_the_browser_named_is_said_until_it_was_read() {
    let said = async || {
        let losses = lost_vaults().await.unwrap().into_iter();
        losses
            .filter(|loss| matches!(loss, Loss::Damaged { .. }))
            .collect::<Vec<_>>()
    };
    assert_eq!(said().await, []);
    crate::settings::note_damage();
    let day = crate::browser::today();
    assert_eq!(said().await, [Loss::Damaged { day }]);
    dismiss_lost(&said().await[0]);
    assert_eq!(said().await, []);
}

#[wasm_bindgen_test]
async fn a_database_of_a_newer_release_is_read_by_nobody_and_left_as_it_is() {
    let (vault, _) = vault("Mới hơn").await;
    vault.commit(Change::draft(&draft(1, "một"))).await.unwrap();
    vault.close().await;
    let before = everything(vault.db_id()).await;
    let name = format!("lylich-{}", vault.db_id());
    let newer = async || idb::open(&name, &Store::VAULT, Mode::Existing, 2).await.unwrap();
    newer().await.close();
    let opened = Vault::unlock_with(Kdf::Page, vault.db_id(), Secret::Passphrase(PHRASE)).await;
    assert_eq!(opened.err(), Some(Fault::Newer));
    assert!(Fault::Newer.words().contains("dữ liệu do bản mới hơn ghi"));
    let database = newer().await;
    let mut after = Vec::new();
    for store in Store::VAULT {
        let rows = idb::all(&database, store).await.unwrap();
        after.extend(rows.into_iter().map(|(key, row)| (store, key, row)));
    }
    database.close();
    assert_eq!(after, before);
}

#[wasm_bindgen_test]
async fn a_row_of_a_newer_release_is_counted_as_such_and_kept() {
    let (vault, _) = vault("Dòng mới").await;
    vault
        .commit(Change::draft(&draft(1, "một")).and(Change::draft(&draft(2, "hai"))))
        .await
        .unwrap();
    let mut newer = rows(vault.db_id(), Store::Drafts).await.remove(0);
    newer.1[0] = 2;
    tamper(
        vault.db_id(),
        vec![(Store::Drafts, newer.0.clone(), newer.1.clone())],
        vec![],
    )
    .await;
    assert_eq!(vault.health().await.unwrap(), [Loss::Newer { rows: 1 }]);
    vault.commit(Change::setting("a", "b")).await.unwrap();
    assert!(rows(vault.db_id(), Store::Drafts).await.contains(&newer));
    assert_eq!(
        vault.read_drafts().await.unwrap().len(),
        1,
        "the other one is still there"
    );
}

#[wasm_bindgen_test]
async fn a_vault_whose_line_was_lost_is_listed_again_and_opens() {
    let (vault, _) = vault("Mất tên").await;
    vault.commit(Change::draft(&draft(1, "một"))).await.unwrap();
    vault.close().await;
    let mut batch = Batch::default();
    batch.delete(Store::Vaults, Key::new(vault.db_id()));
    crate::list::disk().commit(&batch).await.unwrap();
    let line = crate::vaults()
        .await
        .unwrap()
        .into_iter()
        .find(|line| line.db_id == vault.db_id())
        .unwrap();
    assert_eq!((line.nickname.as_str(), line.closed), ("Kho tìm lại", false));
    assert_eq!(
        unlock(vault.db_id()).await.read_drafts().await.unwrap(),
        [draft(1, "một")]
    );
}
