//! Nothing that was typed lies readable in the browser.

use super::*;
use crate::{Change, list, settings};
use sync::client::{KeptOp, Outgoing};
use sync::id::{Epoch, OpHash, OpId, Sig};
use sync::receipt::Receipt;
use wasm_bindgen_test::wasm_bindgen_test;

/// A marker as it could stand on a disk: composed, decomposed, UTF-16, base64, hex.
fn spellings(marker: &str, decomposed: &str) -> Vec<Vec<u8>> {
    let utf16: Vec<u8> = marker.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut spellings = vec![
        marker.as_bytes().to_vec(),
        decomposed.as_bytes().to_vec(),
        utf16,
        data_encoding::HEXLOWER.encode(marker.as_bytes()).into_bytes(),
    ];
    // In base64 a text has three shapes, by where it begins.
    for shift in 0..3 {
        let shifted = [vec![b'x'; shift], marker.as_bytes().to_vec()].concat();
        let text = data_encoding::BASE64_NOPAD.encode(&shifted);
        spellings.push(text.as_bytes()[4..text.len() - 3].to_vec());
    }
    spellings
}

fn holds(hay: &[Vec<u8>], needles: &[Vec<u8>]) -> bool {
    hay.iter().any(|bytes| {
        needles
            .iter()
            .any(|needle| bytes.windows(needle.len()).any(|at| at == needle.as_slice()))
    })
}

/// All that this browser keeps for the app, in bytes: rows and keys of the vault, the list, localStorage.
async fn kept(db_id: &str) -> Vec<Vec<u8>> {
    let mut hay = Vec::new();
    for (_, key, row) in everything(db_id).await {
        hay.push(key.as_str().as_bytes().to_vec());
        hay.push(row);
    }
    let lines = list::disk().rows(Store::Vaults).await.unwrap();
    hay.extend(lines.into_iter().map(|(_, row)| row));
    let storage = web_sys::window().unwrap().local_storage().unwrap().unwrap();
    for key in settings::keys_after("") {
        hay.push(storage.get_item(&key).unwrap().unwrap_or_default().into_bytes());
        hay.push(key.into_bytes());
    }
    hay
}

#[wasm_bindgen_test]
async fn nothing_typed_lies_readable_and_what_is_planted_is_found() {
    let (vault, code) = vault("Kho của Cúc").await;
    let markers = [
        (
            "Nguyễn Thị Cúc Quỳ",
            "Nguye\u{302}\u{303}n Thi\u{323} Cu\u{301}c Quy\u{300}",
        ),
        (
            "thôn Bản Phiệt Đá",
            "tho\u{302}n Ba\u{309}n Phie\u{323}\u{302}t Đa\u{301}",
        ),
        ("035208001234", "035208001234"),
        (
            "bỏ thuốc lá năm 2025",
            "bo\u{309} thuo\u{302}\u{301}c la\u{301} na\u{306}m 2025",
        ),
    ];
    let mut draft = draft(1, markers[0].0);
    draft.set("family/3fa2c1d0/residence", markers[1].0);
    draft.set("personal_number", markers[2].0);
    let op = Outgoing {
        seq: 1,
        op_id: OpId([7; 16]),
        op_hash: OpHash([8; 32]),
        kind: 2,
        record_id: draft.record_id,
        bytes: markers[1].0.into(),
    };
    let receipt = Receipt {
        server_seq: 1,
        server_time: 2,
        epoch: Epoch([3; 16]),
        sig: Sig([4; 64]),
    };
    vault
        .commit(Change::draft(&draft).and(Change::outgoing(&op)))
        .await
        .unwrap();
    vault
        .commit(Change::receipt(&KeptOp::new(op, receipt, Epoch([3; 16]))))
        .await
        .unwrap();
    vault.commit(Change::setting("comment", markers[3].0)).await.unwrap();
    draft.set("full_name", "x");
    vault.commit(Change::draft(&draft)).await.unwrap();
    let db_id = vault.db_id().to_owned();
    vault.close().await;

    let hay = kept(&db_id).await;
    assert!(hay.len() > 20, "the search looked at {} values", hay.len());
    for (marker, decomposed) in markers {
        assert!(!holds(&hay, &spellings(marker, decomposed)), "{marker}");
    }
    for secret in [
        PHRASE,
        &sync::fold::fold(PHRASE),
        &sheet(&code),
        std::str::from_utf8(&code.secret()).unwrap(),
    ] {
        assert!(!holds(&hay, &spellings(secret, secret)), "{secret}");
    }
    for id in [[1; 16], [7; 16]] {
        assert!(
            !holds(&hay, &[id.to_vec(), data_encoding::HEXLOWER.encode(&id).into_bytes()]),
            "an id"
        );
    }

    // The same search finds what is clear by design, and each spelling when it is planted.
    assert!(holds(&hay, &spellings("Kho của Cúc", "")[..1]));
    for (number, spelling) in spellings(markers[0].0, markers[0].1).into_iter().enumerate() {
        let planted = [vec![0xa1; 7], spelling.clone(), vec![0]].concat();
        tamper(
            &db_id,
            vec![(Store::Past, Key::new(format!("planted-{number}")), planted)],
            vec![],
        )
        .await;
        assert!(holds(&kept(&db_id).await, &[spelling]), "spelling {number}");
    }
}
