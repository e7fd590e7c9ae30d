//! Every call to the disk fails once, or from some call on for ever (fault tests, T-05): what was called stored is stored, what
//! failed can be done again, and nothing is called lost that is not.

use super::*;
use crate::idb::Refusal;
use crate::idb::failing::{self, Plan};
use crate::{Change, Fault, Secret};
use sync::client::{KeptOp, OutRow, OutState, Outgoing};
use sync::id::{Epoch, OpHash, OpId, Sig};
use sync::receipt::Receipt;
use wasm_bindgen_test::wasm_bindgen_test;

fn op(number: u8) -> Outgoing {
    Outgoing {
        seq: 1,
        op_id: OpId([number; 16]),
        op_hash: OpHash([number; 32]),
        kind: 2,
        record_id: RecordId([number; 16]),
        bytes: vec![number; 40],
    }
}

/// A small life: text, more text, hand-in, state, receipt, another draft and its removal.
fn life(number: u8) -> Vec<Change> {
    let mut text = draft(number, "một");
    let first = Change::draft(&text);
    text.set("full_name", "một hai");
    let handed_in = Change::draft(&text).and(Change::outgoing(&op(number)));
    let mut row = OutRow::new(op(number));
    row.state = OutState::SentUnknown;
    let receipt = Receipt {
        server_seq: 1,
        server_time: 2,
        epoch: Epoch([3; 16]),
        sig: Sig([4; 64]),
    };
    let spare = draft(number | 0x80, "bỏ đi");
    vec![
        first,
        handed_in,
        Change::out_row(&row).and(Change::setting("a", "b")),
        Change::receipt(&KeptOp::new(op(number), receipt, Epoch([3; 16]))),
        Change::draft(&spare),
        Change::drop_draft(&spare.record_id),
    ]
}

async fn holds_the_life(reader: &Vault, number: u8, what: &str) {
    let mut text = draft(number, "một");
    text.set("full_name", "một hai");
    let drafts = reader.read_drafts().await.unwrap();
    assert!(drafts.contains(&text), "{what}: the text");
    assert!(
        !drafts.iter().any(|draft| draft.record_id.0[0] == number | 0x80),
        "{what}: the dropped draft"
    );
    assert!(reader.read_outbox().await.unwrap().is_empty(), "{what}: the outbox");
    assert_eq!(
        reader
            .read_ops()
            .await
            .unwrap()
            .0
            .iter()
            .filter(|kept| kept.out == op(number))
            .count(),
        1,
        "{what}: the receipt"
    );
    assert_eq!(reader.health().await.unwrap(), [], "{what}: the counters");
}

#[wasm_bindgen_test]
async fn whichever_call_fails_once_the_life_ends_as_it_should() {
    let (vault, _) = vault("Một lần").await;
    let reader = unlock(vault.db_id()).await;
    let mut number = 0;
    for (after, refusal) in [
        (false, Refusal::Lost),
        (true, Refusal::Lost),
        (false, Refusal::Full),
        (false, Refusal::Inactive),
    ] {
        for nth in 1.. {
            number += 1;
            failing::begin(Plan {
                nth,
                forever: false,
                after,
                refusal,
            });
            for change in life(number) {
                match vault.commit(change.clone()).await {
                    Ok(_) => {}
                    // A lost connection is healed below; a full disk is the person's to mend, who then taps "Ghi lại".
                    Err(Fault::Full) if refusal == Refusal::Full => {
                        vault.commit(change).await.unwrap();
                    }
                    Err(fault) => panic!("{nth} {after} {refusal:?}: {fault:?}"),
                }
            }
            let fired = failing::end();
            holds_the_life(&reader, number, &format!("call {nth}, after {after}, {refusal:?}")).await;
            if fired == 0 {
                assert!(nth > 20, "a life makes more than {nth} calls");
                break;
            }
        }
        assert!(number < 128, "numbers of records run out");
        for record in 1..=number {
            vault.commit(Change::drop_draft(&RecordId([record; 16]))).await.unwrap();
        }
        number = 0;
        let kept = rows(vault.db_id(), Store::Ops)
            .await
            .into_iter()
            .map(|(key, _)| (Store::Ops, key))
            .collect();
        tamper(vault.db_id(), vec![], kept).await;
        vault.recounted().await.unwrap();
    }
}

#[wasm_bindgen_test]
async fn from_whichever_call_on_the_disk_is_dead_what_was_stored_is_there_afterwards() {
    let (vault, _) = vault("Chết hẳn").await;
    let reader = unlock(vault.db_id()).await;
    for nth in 1..=30 {
        failing::begin(Plan {
            nth,
            forever: true,
            after: false,
            refusal: Refusal::Lost,
        });
        let number = nth as u8;
        let mut stored = 0;
        for change in life(number) {
            match vault.commit(change).await {
                Ok(_) => stored += 1,
                Err(fault) => {
                    assert_eq!(fault, Fault::CannotOpen);
                    break;
                }
            }
        }
        let fired = failing::end();
        assert!(fired > 0 || stored == life(number).len());
        assert_eq!(
            reader.health().await.unwrap(),
            [],
            "dead from call {nth} on: nothing is called lost"
        );
        // The life goes on where it stopped.
        for change in life(number).into_iter().skip(stored) {
            vault.commit(change).await.unwrap();
        }
        holds_the_life(&reader, number, &format!("dead from call {nth} on")).await;
    }
}

#[wasm_bindgen_test]
async fn a_vault_is_made_wholly_or_listed_nowhere_and_a_failed_unlocking_harms_nothing() {
    for nth in 1..=4 {
        let nickname = format!("Nửa chừng {nth}");
        failing::begin(Plan {
            nth,
            forever: true,
            after: false,
            refusal: Refusal::Full,
        });
        let made = Vault::create_with(Kdf::Page, &nickname, PHRASE).await;
        let fired = failing::end();
        let listed = crate::vaults()
            .await
            .unwrap()
            .into_iter()
            .find(|line| line.nickname == nickname);
        match made {
            Ok(_) => assert!(fired == 0 && listed.is_some()),
            Err(fault) => assert_eq!((fault, fired > 0, listed), (Fault::Full, true, None), "call {nth}"),
        }
    }
    let (vault, _) = vault("Mở lỗi").await;
    vault.commit(Change::draft(&draft(1, "x"))).await.unwrap();
    vault.close().await;
    let before = everything(vault.db_id()).await;
    for nth in 1..=2 {
        failing::begin(Plan {
            nth,
            forever: true,
            after: false,
            refusal: Refusal::Lost,
        });
        let opened = Vault::unlock_with(Kdf::Page, vault.db_id(), Secret::Passphrase(PHRASE)).await;
        assert!(failing::end() > 0);
        assert_eq!(opened.err(), Some(Fault::CannotOpen));
    }
    assert_eq!(everything(vault.db_id()).await, before);
    assert_eq!(
        unlock(vault.db_id()).await.read_drafts().await.unwrap(),
        [draft(1, "x")]
    );
}
