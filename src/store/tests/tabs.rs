//! Several tabs on one vault. A second unlocking in the same page stands for a second tab: the browser treats both alike.

use super::*;
use crate::{Change, Fault, Superseded};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn one_tab_edits_a_record_and_the_lock_is_free_when_it_lets_go() {
    let (first, _) = vault("Thẻ").await;
    let second = unlock(first.db_id()).await;
    let (record, another) = (RecordId([1; 16]), RecordId([2; 16]));
    let held = first.edit_lock(&record, false).await.unwrap();
    assert!(second.edit_lock(&record, false).await.is_none());
    assert!(
        first.edit_lock(&record, false).await.is_none(),
        "also not twice in one tab"
    );
    assert!(
        second.edit_lock(&another, false).await.is_some(),
        "another record is free"
    );
    drop(held);
    assert!(second.edit_lock(&record, false).await.is_some());
    let (stranger, _) = vault("Kho khác").await;
    let _held = first.edit_lock(&record, false).await.unwrap();
    assert!(
        stranger.edit_lock(&record, false).await.is_some(),
        "another vault is not concerned"
    );
}

#[wasm_bindgen_test]
async fn a_tab_that_asked_gets_the_lock_when_the_other_lets_go_and_never_before() {
    let (first, _) = vault("Xin").await;
    let second = unlock(first.db_id()).await;
    let record = RecordId([1; 16]);
    assert_eq!(first.edit_name(&record), second.edit_name(&record));
    let held = first.edit_lock(&record, false).await.unwrap();
    let taken = Rc::new(RefCell::new(None));
    let into = Rc::clone(&taken);
    wasm_bindgen_futures::spawn_local(async move {
        *into.borrow_mut() = Some(second.edit_lock(&record, true).await.is_some());
    });
    crate::browser::pause(500).await;
    assert_eq!(
        *taken.borrow(),
        None,
        "it waits longer than a moment, and takes nothing"
    );
    drop(held);
    while taken.borrow().is_none() {
        crate::browser::pause(1).await;
    }
    assert_eq!(*taken.borrow(), Some(true));
}

#[wasm_bindgen_test]
async fn one_tab_sends_for_a_vault() {
    let (first, _) = vault("Người gửi").await;
    let second = unlock(first.db_id()).await;
    let held = first.sender_lock().await.unwrap();
    assert!(second.sender_lock().await.is_none());
    drop(held);
    assert!(second.sender_lock().await.is_some());
}

#[wasm_bindgen_test]
async fn tabs_that_write_at_once_lose_no_write_and_agree_on_the_counters() {
    let (first, _) = vault("Cùng lúc").await;
    let second = unlock(first.db_id()).await;
    let done: Rc<RefCell<Vec<u64>>> = Rc::default();
    for number in 0..10u8 {
        for (tab, vault) in [first.clone(), second.clone()].into_iter().enumerate() {
            let done = Rc::clone(&done);
            wasm_bindgen_futures::spawn_local(async move {
                let record = number * 2 + tab as u8;
                let stored = vault.commit(Change::draft(&draft(record, "x"))).await.unwrap();
                done.borrow_mut().push(stored.write);
            });
        }
    }
    while done.borrow().len() < 20 {
        crate::browser::pause(1).await;
    }
    let mut writes = done.borrow().clone();
    writes.sort_unstable();
    assert_eq!(writes, (2..=21).collect::<Vec<u64>>(), "each write has its own number");
    assert_eq!(first.read_drafts().await.unwrap().len(), 20);
    assert_eq!(second.health().await.unwrap(), []);
}

#[wasm_bindgen_test]
async fn a_vault_removed_in_another_tab_is_flushed_closed_and_said() {
    let (vault, _) = vault("Xoá nơi khác").await;
    let told: Rc<RefCell<Vec<Superseded>>> = Rc::default();
    let heard = Rc::clone(&told);
    vault.on_superseded(move |why| heard.borrow_mut().push(why));
    vault.commit(Change::draft(&draft(1, "x"))).await.unwrap();
    Vault::forget(vault.db_id()).await.unwrap();
    while told.borrow().is_empty() {
        crate::browser::pause(1).await;
    }
    assert_eq!(*told.borrow(), [Superseded::Removed]);
    assert_eq!(vault.commit(Change::draft(&draft(1, "y"))).await, Err(Fault::Closed));
}

#[wasm_bindgen_test]
async fn a_newer_release_gets_the_database_and_the_old_tab_is_told() {
    let (vault, _) = vault("Bản mới").await;
    let told: Rc<RefCell<Vec<Superseded>>> = Rc::default();
    let heard = Rc::clone(&told);
    vault.on_superseded(move |why| heard.borrow_mut().push(why));
    let saver = crate::Saver::new(vault.clone(), |_| {});
    saver.offer(draft(1, "chữ cuối trước khi nhường"));
    let name = format!("lylich-{}", vault.db_id());
    let newer = idb::open(&name, &Store::VAULT, Mode::Existing, 2).await.unwrap();
    assert_eq!(*told.borrow(), [Superseded::NewRelease]);
    assert_eq!(
        idb::count(&newer, Store::Drafts).await,
        Ok(1),
        "the last text was written before giving way"
    );
    newer.close();
}

#[wasm_bindgen_test]
async fn a_tab_that_does_not_let_go_is_named_instead_of_hanging_and_nothing_is_lost() {
    let (vault, _) = vault("Giữ chặt").await;
    vault.commit(Change::draft(&draft(1, "x"))).await.unwrap();
    vault.ignore_other_tabs();
    let name = format!("lylich-{}", vault.db_id());
    let refused = idb::open(&name, &Store::VAULT, Mode::Existing, 2).await;
    assert_eq!(refused.err(), Some(idb::Refusal::Blocked));
    assert_eq!(vault.read_drafts().await.unwrap().len(), 1, "the old tab goes on");
    vault.close().await;
    let newer = idb::open(&name, &Store::VAULT, Mode::Existing, 2).await.unwrap();
    assert_eq!(idb::count(&newer, Store::Drafts).await, Ok(1));
    newer.close();
}
