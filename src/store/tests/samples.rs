//! One kept sample of each shape that lies on phones. A sample is never edited: a new shape gets a sample of its own beside it.

use crate::counts::{Counts, DraftRow, PastRow, PlacedRow, Writes};
use crate::idb::{Key, Store};
use crate::list::Line;
use crate::seal::RowKeys;
use crate::slot::{Kind, Slot};
use crate::stretch::Cost;
use crate::witness::Witness;
use sync::id::RecordId;
use sync::shape;
use wasm_bindgen_test::wasm_bindgen_test;
use zeroize::Zeroizing;

fn bytes(hex: &str) -> Vec<u8> {
    data_encoding::HEXLOWER.decode(hex.as_bytes()).unwrap()
}

fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}

#[wasm_bindgen_test]
fn the_counters_of_the_first_release_are_read() {
    let mut drafts = Writes::default();
    drafts.set(RecordId([1; 16]), 5);
    let counts = Counts {
        writes: 7,
        drafts,
        outbox: 2,
        ops: 3,
        last_place: 4,
    };
    assert_eq!(hex(&shape::encode(&counts)), COUNTS);
    assert_eq!(shape::whole::<Counts>(&bytes(COUNTS)).unwrap(), counts);
}

#[wasm_bindgen_test]
fn the_rows_of_the_first_release_are_read() {
    let draft: DraftRow = shape::whole(&bytes(ROW)).unwrap();
    assert_eq!((draft.write, draft.draft), (5, vec![9, 9]));
    let placed: PlacedRow = shape::whole(&bytes(ROW)).unwrap();
    assert_eq!((placed.place, placed.row), (5, vec![9, 9]));
    let past: PastRow = shape::whole(&bytes(ROW)).unwrap();
    assert_eq!((past.kept_s, past.draft), (5, vec![9, 9]));
    assert_eq!(
        hex(&shape::encode(&DraftRow {
            write: 5,
            draft: vec![9, 9]
        })),
        ROW
    );
}

#[wasm_bindgen_test]
fn the_lines_of_the_first_release_are_read() {
    let line = Line {
        vault_id: [2; 16],
        nickname: "Thu".to_owned(),
        created_day: "2026-11-21".to_owned(),
        closed_s: None,
        restored: false,
    };
    assert_eq!(hex(&shape::encode(&line)), LINE);
    assert_eq!(shape::whole::<Line>(&bytes(LINE)).unwrap(), line);
}

#[wasm_bindgen_test]
fn the_slots_of_the_first_release_open() {
    let (wrapping, vault) = (Zeroizing::new([1; 32]), [3; 16]);
    let slot: Slot = shape::whole(&bytes(SLOT)).unwrap();
    assert_eq!(
        (slot.kind, slot.cost, slot.salt),
        (Kind::Passphrase, Some(Cost::FIXED), [2; 16])
    );
    assert_eq!(slot.unwrap(&wrapping, &vault).unwrap().as_slice(), [9; 32]);
}

#[wasm_bindgen_test]
fn the_sealed_rows_of_the_first_release_open() {
    let keys = RowKeys::derive([3; 16], &Zeroizing::new([9; 32])).unwrap();
    let key = Key::new(keys.row_name(&[1; 16]));
    assert_eq!(key.as_str(), NAME);
    assert_eq!(
        keys.open(Store::Drafts, &key, &bytes(SEALED)).unwrap().as_slice(),
        "Lò Thị Mây".as_bytes()
    );
}

#[wasm_bindgen_test]
fn the_witness_of_the_first_release_is_read_and_fits_its_key() {
    let keys = RowKeys::derive([3; 16], &Zeroizing::new([9; 32])).unwrap();
    let storage = web_sys::window().unwrap().local_storage().unwrap().unwrap();
    storage.set_item("lylich.w.sample", WITNESS).unwrap();
    let witness: Option<Witness> = crate::witness::read("sample", &keys);
    assert_eq!(
        witness.map(|witness| (witness.r, witness.last_place(), witness.t)),
        Some((7, 4, "2026-11-21".to_owned()))
    );
    crate::witness::remove("sample");
}

const COUNTS: &str = "a5010702a1500101010101010101010101010101010105030204030504";
const ROW: &str = "a2010502420909";
const LINE: &str = "a40150020202020202020202020202020202020263546875036a323032362d31312d323105f4";
const SLOT: &str = "a6010102010383194c0002010450020202020202020202020202020202020558187cb683b52ee4f175d606a5692d33e50dac\
    166f0012908f21065830c0dcabc3cc6188d9f8ad8939d0c019150b055796b1e79a0a3a0d663fea9b043cf8ecbdab56bcd9c8\
    5d47067064e168c0";
const NAME: &str = "28ee777e12dd54d06e2a56e8e6b531a3";
const SEALED: &str = "018ec4fd0824ca2259a13034ee84f4a9d9db034654d547fd1fa7850642080f3fe34f6b05479f71e612d1a7e1766cc6fbd595\
    d0f74d824d711b16603afd29c3e36a533d47a852a400c5e4088e9a58056ab58bfa63ce33265f00a2f4aecfa26999608fb2f8\
    eac4b010c1ca5a830bba418a42b4fd2bfa84c50831a8ad7da1dce8a74f0fdb91fd2be400ca1468cec202a8919cf524e16a5c\
    fe7b91c4e913d8aaf63a64f0ca386243e03212416d2fc22670750489dcc528f1ce6ae5be76f394ef267e51792ad509d54138\
    ceb599145f0b0c802316ca0a525134fbdbad870f960d4eec3326bae10bbfd0894279ef34d669d50514b7881be1a4a670b37b\
    3c601934917f518f154b0706c55cbc9c417cbbf109a237e801fa51986a0f1718aa745c70150a73147f0c7e7bb11052";
const WITNESS: &str = r#"{"v":1,"r":7,"d":1,"o":2,"q":4,"t":"2026-11-21","h":"cee41b32"}"#;
