//! What a change stores, and what attacked rows give: nothing.

use super::*;
use crate::{Change, Loss};
use sync::client::{KeptOp, Mail, OutRow, OutState, Outgoing};
use sync::id::{Epoch, OpHash, OpId, Sig};
use sync::receipt::Receipt;
use wasm_bindgen_test::wasm_bindgen_test;

/// Where bytes are put, and which.
type Row = (Store, Key, Vec<u8>);

fn op(number: u8, seq: u64) -> Outgoing {
    Outgoing {
        seq,
        op_id: OpId([number; 16]),
        op_hash: OpHash([number; 32]),
        kind: 2,
        record_id: RecordId([1; 16]),
        bytes: vec![number; 40],
    }
}

fn receipt(server_seq: u64) -> Receipt {
    Receipt {
        server_seq,
        server_time: 1_790_000_000,
        epoch: Epoch([3; 16]),
        sig: Sig([4; 64]),
    }
}

#[wasm_bindgen_test]
async fn a_swapped_moved_or_changed_row_opens_nothing_and_is_counted() {
    let (vault, _) = vault("Tráo").await;
    vault.commit(Change::draft(&draft(1, "một"))).await.unwrap();
    vault.commit(Change::draft(&draft(2, "hai"))).await.unwrap();
    vault.commit(Change::draft(&draft(3, "ba"))).await.unwrap();
    let (other, _) = super::vault("Kho khác").await;
    other.commit(Change::draft(&draft(1, "của người khác"))).await.unwrap();
    let own = rows(vault.db_id(), Store::Drafts).await;
    let foreign = rows(other.db_id(), Store::Drafts).await.remove(0).1;
    let (first, second, third) = (own[0].clone(), own[1].clone(), own[2].clone());
    let mut flipped = third.1.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 1;
    let attacks: [(&str, Vec<Row>, u64); 4] = [
        (
            "two rows swapped",
            vec![
                (Store::Drafts, first.0.clone(), second.1.clone()),
                (Store::Drafts, second.0.clone(), first.1.clone()),
            ],
            2,
        ),
        (
            "a row of another vault",
            vec![(Store::Drafts, first.0.clone(), foreign)],
            1,
        ),
        (
            "a row of another store",
            vec![(Store::Ops, first.0.clone(), first.1.clone())],
            1,
        ),
        ("a changed byte", vec![(Store::Drafts, third.0.clone(), flipped)], 1),
    ];
    for (name, puts, unreadable) in attacks {
        let added: Vec<_> = puts
            .iter()
            .filter(|(store, ..)| *store == Store::Ops)
            .map(|(store, key, _)| (*store, key.clone()))
            .collect();
        tamper(vault.db_id(), puts, vec![]).await;
        let losses = vault.health().await.unwrap();
        assert_eq!(losses, [Loss::Unreadable { rows: unreadable }], "{name}");
        let texts: Vec<String> = vault
            .read_drafts()
            .await
            .unwrap()
            .into_iter()
            .map(|draft| draft.fields["full_name"].clone())
            .collect();
        assert!(
            texts.iter().all(|text| ["một", "hai", "ba"].contains(&text.as_str())),
            "{name}: {texts:?}"
        );
        let mended = own
            .iter()
            .map(|(key, row)| (Store::Drafts, key.clone(), row.clone()))
            .collect();
        tamper(vault.db_id(), mended, added).await;
        assert_eq!(vault.health().await.unwrap(), [], "{name}, put right again");
    }
}

#[wasm_bindgen_test]
async fn a_row_with_any_one_byte_changed_opens_no_more_and_the_others_do() {
    let (vault, _) = vault("Từng byte").await;
    for (number, text) in [(1, "một"), (2, "hai"), (3, "ba")] {
        vault.commit(Change::draft(&draft(number, text))).await.unwrap();
    }
    let mut attacked = 0;
    for (key, row) in rows(vault.db_id(), Store::Drafts).await {
        for at in 0..row.len() {
            let mut changed = row.clone();
            changed[at] ^= 1 << (at % 8);
            tamper(vault.db_id(), vec![(Store::Drafts, key.clone(), changed)], vec![]).await;
            let left = vault.read_drafts().await.unwrap();
            assert_eq!(left.len(), 2, "byte {at} of {} is noticed", row.len());
            attacked += 1;
        }
        tamper(vault.db_id(), vec![(Store::Drafts, key, row)], vec![]).await;
        assert_eq!(vault.read_drafts().await.unwrap().len(), 3, "put right again");
    }
    assert!(attacked >= 3 * 256, "{attacked} bytes");
    assert_eq!(vault.health().await.unwrap(), []);
}

#[wasm_bindgen_test]
async fn the_outbox_keeps_the_order_of_cutting_and_a_receipt_moves_a_row_for_good() {
    let (vault, _) = vault("Gửi").await;
    for (number, seq) in [(9, 1), (5, 2), (7, 3)] {
        vault.commit(Change::outgoing(&op(number, seq))).await.unwrap();
    }
    // A new device key counts from one again: nothing that waits is overwritten.
    vault.commit(Change::outgoing(&op(6, 1))).await.unwrap();
    let order = async || {
        vault
            .read_outbox()
            .await
            .unwrap()
            .iter()
            .map(|row| row.out.op_id.0[0])
            .collect::<Vec<_>>()
    };
    assert_eq!(order().await, [9, 5, 7, 6]);

    let mut sent = OutRow::new(op(5, 2));
    sent.state = OutState::SentUnknown;
    vault.commit(Change::out_row(&sent)).await.unwrap();
    assert_eq!(order().await, [9, 5, 7, 6], "a new state keeps its place");
    assert_eq!(vault.read_outbox().await.unwrap()[1].state, OutState::SentUnknown);

    let kept = KeptOp::new(op(5, 2), receipt(12), Epoch([3; 16]));
    vault.commit(Change::receipt(&kept)).await.unwrap();
    vault.commit(Change::receipt(&kept)).await.unwrap();
    assert_eq!(order().await, [9, 7, 6]);
    assert_eq!(vault.read_ops().await.unwrap(), (vec![kept.clone()], vec![]));
    vault.commit(Change::out_row(&sent)).await.unwrap();
    assert_eq!(
        order().await,
        [9, 7, 6],
        "a late state of an op that is through brings nothing back"
    );
    let again = OutRow::new(kept.out.clone());
    vault.commit(Change::out_row(&again)).await.unwrap();
    assert_eq!(order().await, [9, 7, 6, 5], "a restored endpoint asks for it once more");
    assert_eq!(vault.health().await.unwrap(), [], "the counters agree");
}

#[wasm_bindgen_test]
async fn settings_mail_and_drafts_come_back_after_unlocking() {
    let (vault, _) = vault("Đọc lại").await;
    assert_eq!(vault.read_self().await.unwrap(), None);
    assert_eq!(vault.read_mail().await.unwrap(), Mail::default());
    let mail = Mail {
        epoch: Some(Epoch([1; 16])),
        cursor: 5,
        entitlement: 2,
        ask: vec![],
        watermark: Some(4),
        joined: None,
    };
    let change = Change::setting("role", "1")
        .and(Change::setting("size", "120"))
        .and(Change::mail(&mail));
    vault
        .commit(change.and(Change::draft(&draft(1, "Hà Thị Mơ "))))
        .await
        .unwrap();
    vault.commit(Change::setting("role", "2")).await.unwrap();
    vault.close().await;
    let again = unlock(vault.db_id()).await;
    assert_eq!(again.health().await.unwrap(), []);
    assert_eq!(again.read_setting("role").await.unwrap().as_deref(), Some("2"));
    assert_eq!(again.read_setting("size").await.unwrap().as_deref(), Some("120"));
    assert_eq!(again.read_setting("none").await.unwrap(), None);
    assert_eq!(again.read_mail().await.unwrap(), mail);
    assert_eq!(
        again.read_drafts().await.unwrap(),
        [draft(1, "Hà Thị Mơ ")],
        "blanks and all"
    );
}

#[wasm_bindgen_test]
async fn a_dropped_draft_takes_its_earlier_texts_along_and_is_no_loss() {
    let (vault, _) = vault("Bỏ").await;
    vault.commit(Change::draft(&draft(1, "nháp"))).await.unwrap();
    vault.commit(Change::draft(&draft(2, "giữ"))).await.unwrap();
    vault.close().await;
    let vault = unlock(vault.db_id()).await;
    assert_eq!(rows(vault.db_id(), Store::Past).await.len(), 2, "one at lock for each");
    vault.commit(Change::drop_draft(&RecordId([1; 16]))).await.unwrap();
    assert_eq!(vault.read_drafts().await.unwrap(), [draft(2, "giữ")]);
    assert_eq!(rows(vault.db_id(), Store::Past).await.len(), 1);
    assert_eq!(vault.health().await.unwrap(), []);
}

#[wasm_bindgen_test]
async fn the_text_at_each_lock_can_be_had_back_and_typing_in_between_adds_none() {
    let (vault, _) = vault("Chữ cũ").await;
    let db_id = vault.db_id().to_owned();
    let record = RecordId([1; 16]);
    for text in ["một", "một h", "một hai"] {
        vault.commit(Change::draft(&draft(1, text))).await.unwrap();
    }
    assert_eq!(
        vault.earlier(&record).await.unwrap().len(),
        0,
        "ten minutes have not gone by"
    );
    vault.close().await;
    let vault = unlock(&db_id).await;
    vault.commit(Change::draft(&draft(1, "xoá nhầm"))).await.unwrap();
    vault.close().await;
    unlock(&db_id).await.close().await;
    let vault = unlock(&db_id).await;
    let earlier = vault.earlier(&record).await.unwrap();
    let texts: Vec<&str> = earlier
        .iter()
        .map(|each| each.draft.fields["full_name"].as_str())
        .collect();
    assert_eq!(
        texts,
        ["xoá nhầm", "một hai"],
        "newest first, and a lock without a change adds none"
    );
    assert!(earlier.iter().all(|each| each.kept_s > 1_700_000_000));
}
