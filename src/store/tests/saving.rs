//! The saver, failures that are real, and connections that are lost.

use super::*;
use crate::{Change, Fault, Faults, Saver, SaverState};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen_test::wasm_bindgen_test;

fn watched(vault: &Vault) -> (Saver, Rc<RefCell<Vec<SaverState>>>) {
    let states: Rc<RefCell<Vec<SaverState>>> = Rc::default();
    let seen = Rc::clone(&states);
    (
        Saver::new(vault.clone(), move |state| seen.borrow_mut().push(state)),
        states,
    )
}

#[wasm_bindgen_test]
async fn after_many_offers_exactly_the_last_text_is_stored() {
    let (vault, _) = vault("Gõ").await;
    let (saver, states) = watched(&vault);
    let mut draft = Draft::new(RecordId([1; 16]), FORM);
    let mut text = String::new();
    for letter in "Tôi sinh ra ở bản Nà Hỳ, cha mẹ làm nương.".chars() {
        text.push(letter);
        draft.set("life_history/3fa2c1d0/text", &text);
        saver.offer(draft.clone());
        // Sometimes the disk gets a turn between two letters, sometimes it does not.
        if text.len().is_multiple_of(7) {
            crate::browser::pause(0).await;
        }
    }
    let state = saver.flush().await;
    assert_eq!(
        state,
        SaverState {
            committed: draft.revision,
            failed: None
        }
    );
    assert_eq!(vault.read_drafts().await.unwrap(), [draft.clone()]);
    let revisions: Vec<u64> = states.borrow().iter().map(|state| state.committed).collect();
    assert!(revisions.is_sorted() && revisions.last() == Some(&draft.revision));
    assert!(
        revisions.len() < text.chars().count(),
        "the newest wins: {} writes",
        revisions.len()
    );
}

#[wasm_bindgen_test]
async fn what_the_saver_calls_committed_is_on_the_disk_at_that_moment() {
    let (vault, _) = vault("Thật").await;
    let (saver, states) = watched(&vault);
    let mut draft = Draft::new(RecordId([1; 16]), FORM);
    let reader = unlock(vault.db_id()).await;
    for number in 0..20 {
        draft.set("full_name", &format!("chữ {number}"));
        saver.offer(draft.clone());
        while states.borrow().is_empty() {
            crate::browser::pause(0).await;
        }
        let claimed = states.borrow_mut().drain(..).next_back().unwrap().committed;
        let stored = reader.read_drafts().await.unwrap().remove(0).revision;
        assert!(stored >= claimed, "claimed {claimed}, stored {stored}");
    }
}

#[wasm_bindgen_test]
async fn a_write_that_fails_is_said_and_the_next_one_goes_through() {
    let (vault, _) = vault("Quá dài").await;
    let (saver, states) = watched(&vault);
    let mut draft = draft(1, "ngắn");
    saver.offer(draft.clone());
    let first = draft.revision;
    saver.flush().await;
    draft.set("full_name", &"a".repeat(20_001));
    saver.offer(draft.clone());
    let failed = saver.flush().await;
    assert_eq!(
        failed,
        SaverState {
            committed: first,
            failed: Some(Fault::TooBig)
        }
    );
    assert_eq!(
        vault.read_drafts().await.unwrap()[0].revision,
        first,
        "the text before is untouched"
    );
    draft.set("full_name", "vừa");
    saver.offer(draft.clone());
    assert_eq!(
        saver.flush().await,
        SaverState {
            committed: draft.revision,
            failed: None
        }
    );
    assert_eq!(vault.read_drafts().await.unwrap(), [draft]);
    assert!(states.borrow().iter().any(|state| state.failed == Some(Fault::TooBig)));
}

#[wasm_bindgen_test]
async fn a_connection_that_was_lost_is_opened_again_and_the_text_is_saved() {
    let (vault, _) = vault("Đứt").await;
    vault.commit(Change::draft(&draft(1, "trước"))).await.unwrap();
    // As Safari does to a hidden page: the handle stays, the connection behind it is gone.
    vault.lose_connection().await;
    vault.commit(Change::draft(&draft(1, "sau"))).await.unwrap();
    vault.lose_connection().await;
    assert_eq!(vault.read_drafts().await.unwrap(), [draft(1, "sau")]);
    vault.commit(Change::setting("a", "b")).await.unwrap();
    vault.close().await;
    let counted = unlock(vault.db_id()).await.read_faults().await.unwrap();
    assert_eq!(
        counted,
        Faults {
            lost: 2,
            ..Faults::default()
        },
        "both are counted, and the count is kept"
    );
}

#[wasm_bindgen_test]
async fn when_the_database_is_taken_away_the_saver_says_so_and_keeps_the_text() {
    let (vault, _) = vault("Mất").await;
    let (saver, _) = watched(&vault);
    saver.offer(draft(1, "còn"));
    saver.flush().await;
    vault.ignore_other_tabs();
    vault.lose_connection().await;
    idb::delete(&format!("lylich-{}", vault.db_id())).await.unwrap();
    let mut newest = draft(1, "còn");
    newest.set("full_name", "chữ mới nhất");
    saver.offer(newest.clone());
    let state = saver.flush().await;
    assert_eq!(
        state,
        SaverState {
            committed: 1,
            failed: Some(Fault::Gone)
        }
    );
    assert!(
        !databases().await.contains(&format!("lylich-{}", vault.db_id())),
        "no empty vault was made in its place"
    );
    saver.retry();
    assert_eq!(
        saver.flush().await.failed,
        Some(Fault::Gone),
        "the text is still there to be tried again"
    );
}

#[wasm_bindgen_test]
async fn a_text_offered_before_the_lock_is_stored_by_the_lock() {
    let (vault, _) = vault("Khoá ngay").await;
    let (saver, _) = watched(&vault);
    saver.offer(draft(1, "chữ cuối"));
    drop(saver);
    vault.close().await;
    assert_eq!(
        unlock(vault.db_id()).await.read_drafts().await.unwrap(),
        [draft(1, "chữ cuối")]
    );
}

#[wasm_bindgen_test]
async fn too_many_fields_are_refused_before_anything_is_written() {
    let (vault, _) = vault("Nhiều mục").await;
    let mut wide = Draft::new(RecordId([1; 16]), FORM);
    for number in 0..=4_000 {
        wide.set(&format!("life_history/{number:08x}/text"), "a");
    }
    let before = everything(vault.db_id()).await;
    assert_eq!(
        vault.commit(Change::draft(&wide).and(Change::setting("a", "b"))).await,
        Err(Fault::TooBig)
    );
    assert_eq!(everything(vault.db_id()).await, before);
}
