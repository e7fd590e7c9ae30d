//! The backup file: made without a key, restored beside what lives, refused when one bit is wrong.

use super::*;
use crate::idb::Refusal;
use crate::idb::failing::{self, Plan};
use crate::{Change, Fault, Secret, VaultListing, restore, vaults};
use sync::client::Outgoing;
use sync::container::FileFault;
use sync::id::{OpHash, OpId};
use wasm_bindgen_test::wasm_bindgen_test;

fn op() -> Outgoing {
    Outgoing {
        seq: 1,
        op_id: OpId([8; 16]),
        op_hash: OpHash([8; 32]),
        kind: 2,
        record_id: RecordId([1; 16]),
        bytes: vec![8; 40],
    }
}

/// The vaults that were restored from copies of this one: the newest last.
async fn copies_of(nickname: &str) -> Vec<VaultListing> {
    let list = vaults().await.unwrap().into_iter();
    list.filter(|line| line.restored && line.nickname.starts_with(nickname))
        .collect()
}

#[wasm_bindgen_test]
async fn a_copy_is_listed_beside_the_living_vault_and_opens_with_the_same_secrets() {
    let (vault, code) = vault("Sùng").await;
    let change = Change::draft(&draft(1, "Sùng A Páo")).and(Change::outgoing(&op()));
    vault.commit(change.and(Change::setting("role", "1"))).await.unwrap();
    let file = vault.backup(None).await.unwrap();
    vault
        .commit(Change::draft(&draft(1, "viết sau khi lưu")))
        .await
        .unwrap();
    let living = everything(vault.db_id()).await;

    restore(&file).await.unwrap();
    let copies = copies_of("Sùng").await;
    assert_eq!(copies.len(), 1);
    let day = crate::browser::day_words(&crate::browser::today());
    assert_eq!(copies[0].nickname, format!("Sùng, bản dự phòng {day}"));
    let list = vaults().await.unwrap();
    let line = list.iter().find(|line| line.db_id == vault.db_id()).unwrap();
    assert_eq!((line.nickname.as_str(), line.restored), ("Sùng", false));

    let copy = unlock(&copies[0].db_id).await;
    assert_eq!(copy.health().await.unwrap(), []);
    assert_eq!(copy.read_drafts().await.unwrap(), [draft(1, "Sùng A Páo")]);
    assert_eq!(copy.read_outbox().await.unwrap()[0].out, op());
    assert_eq!(copy.read_setting("role").await.unwrap().as_deref(), Some("1"));
    let by_sheet = Vault::unlock_with(Kdf::Page, copy.db_id(), Secret::Recovery(&sheet(&code))).await;
    assert!(by_sheet.is_ok());
    // What is done in the copy is not done in the living one.
    copy.commit(Change::draft(&draft(1, "trong bản sao"))).await.unwrap();
    assert_eq!(everything(vault.db_id()).await, living);
    Vault::forget(copy.db_id()).await.unwrap();
    assert_eq!(vault.read_drafts().await.unwrap(), [draft(1, "viết sau khi lưu")]);
}

#[wasm_bindgen_test]
async fn a_copy_without_its_vault_is_restored_as_often_as_asked_and_each_once() {
    let (vault, _) = vault("Mất máy").await;
    vault.commit(Change::draft(&draft(1, "một"))).await.unwrap();
    let file = vault.backup(None).await.unwrap();
    vault.close().await;
    Vault::forget(vault.db_id()).await.unwrap();
    let before = copies_of("Kho, bản dự phòng").await.len();
    restore(&file).await.unwrap();
    restore(&file).await.unwrap();
    let copies = copies_of("Kho, bản dự phòng").await;
    assert_eq!(copies.len(), before + 2);
    for line in copies.iter().rev().take(2) {
        let opened = Vault::unlock_with(Kdf::Page, &line.db_id, Secret::Passphrase(PHRASE)).await;
        if let Ok(copy) = opened {
            assert_eq!(copy.read_drafts().await.unwrap(), [draft(1, "một")]);
        }
    }
}

#[wasm_bindgen_test]
async fn a_text_that_found_no_room_on_the_disk_is_in_the_file() {
    let (vault, _) = vault("Hết chỗ").await;
    vault.commit(Change::draft(&draft(1, "đã lưu"))).await.unwrap();
    vault.commit(Change::draft(&draft(2, "khác"))).await.unwrap();
    failing::begin(Plan {
        nth: 1,
        forever: true,
        after: false,
        refusal: Refusal::Full,
    });
    let written = vault.commit(Change::draft(&draft(1, "chưa lưu"))).await;
    assert!(failing::end() > 0 && written.is_err());
    let file = vault.backup(Some(draft(1, "chưa lưu"))).await.unwrap();
    assert_eq!(vault.read_drafts().await.unwrap().len(), 2);
    assert!(!vault.read_drafts().await.unwrap().contains(&draft(1, "chưa lưu")));
    restore(&file).await.unwrap();
    let copy = unlock(&copies_of("Hết chỗ").await[0].db_id).await;
    assert_eq!(copy.health().await.unwrap(), [], "its counters fit");
    let drafts = copy.read_drafts().await.unwrap();
    assert!(drafts.len() == 2 && drafts.contains(&draft(1, "chưa lưu")));
}

#[wasm_bindgen_test]
async fn each_wrong_bit_and_each_cut_is_refused_and_makes_nothing() {
    let (vault, _) = vault("Một bit").await;
    vault.commit(Change::draft(&draft(1, "x"))).await.unwrap();
    let file = vault.backup(None).await.unwrap();
    let before = databases().await.len();
    for at in 0..file.len() {
        let mut changed = file.clone();
        changed[at] ^= 1 << (at % 8);
        let refused = restore(&changed).await;
        assert!(matches!(refused, Err(Fault::File(_))), "byte {at}: {refused:?}");
        let cut = restore(&file[..at]).await;
        assert!(matches!(cut, Err(Fault::File(_))), "cut at {at}: {cut:?}");
    }
    assert_eq!(databases().await.len(), before);
    assert!(copies_of("Một bit").await.is_empty());
}

#[wasm_bindgen_test]
async fn a_file_that_cannot_be_used_says_what_is_safe_and_what_to_do() {
    for fault in [
        FileFault::Foreign,
        FileFault::Damaged,
        FileFault::Newer,
        FileFault::OtherType,
    ] {
        let words = Fault::File(fault).words();
        assert!(words.starts_with("Tệp này "), "{words}");
        assert!(
            words.contains("nguyên") || words.contains("Chưa có gì thay đổi"),
            "{words}"
        );
        assert!(words.contains("ãy ") || words.contains("Cập nhật"), "{words}");
    }
}

#[wasm_bindgen_test]
async fn the_device_key_of_a_copy_is_borrowed_until_the_copy_has_its_own() {
    let (vault, _) = vault("Khoá máy").await;
    assert!(!vault.has_borrowed_device().await.unwrap());
    restore(&vault.backup(None).await.unwrap()).await.unwrap();
    let copy = unlock(&copies_of("Khoá máy").await[0].db_id).await;
    assert!(copy.has_borrowed_device().await.unwrap());
    copy.commit(Change::own_device()).await.unwrap();
    assert!(!copy.has_borrowed_device().await.unwrap());
    // A copy of the copy borrows again, although it says that its device key is its own.
    restore(&copy.backup(None).await.unwrap()).await.unwrap();
    let again = copies_of("Khoá máy").await;
    let again = again.iter().find(|line| line.db_id != copy.db_id()).unwrap();
    assert!(unlock(&again.db_id).await.has_borrowed_device().await.unwrap());
}

#[wasm_bindgen_test]
async fn whichever_call_fails_a_file_is_restored_wholly_or_listed_nowhere() {
    let (vault, _) = vault("Dở dang").await;
    vault.commit(Change::draft(&draft(1, "x"))).await.unwrap();
    let file = vault.backup(None).await.unwrap();
    let mut fired = 0;
    for nth in 1.. {
        failing::begin(Plan {
            nth,
            forever: true,
            after: false,
            refusal: Refusal::Full,
        });
        let restored = restore(&file).await;
        let hits = failing::end();
        let copies = copies_of("Dở dang").await;
        if hits == 0 {
            assert_eq!((restored, copies.len()), (Ok(()), 1));
            break;
        }
        fired += 1;
        assert!(
            matches!(restored, Err(Fault::NoRoom | Fault::Full)),
            "call {nth}: {restored:?}"
        );
        assert!(copies.is_empty(), "call {nth}");
    }
    assert!(fired >= 3);
}
