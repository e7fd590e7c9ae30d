//! Nothing that was typed lies in the database, in the keys' folder or in the log; and the search would find it.

use crate::kit::{Phone, Place, files, found};
use sync::kind::Role;

const MARKERS: [&str; 12] = [
    "Hạng Chứ Páo",
    "Thào Thị Chía",
    "bản Đề Bua",
    "xã Si Pa Phìn",
    "tham gia dân công mở đường",
    "sốt cao, viêm phổi",
    "38 trên 41 phiếu",
    "kể chuyện Bác Hồ",
    "còn ngại nói trước đông người",
    "Vàng Nỏ Lếnh",
    "011208000000",
    "Chi bộ Trường PTDTNT",
];

/// UTF-8, UTF-16 both ways round, hex.
fn forms(word: &str) -> Vec<Vec<u8>> {
    let utf16: Vec<u16> = word.encode_utf16().collect();
    let hex = data_encoding::HEXLOWER.encode(word.as_bytes()).into_bytes();
    let le = utf16.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let be = utf16.iter().flat_map(|unit| unit.to_be_bytes()).collect();
    vec![word.as_bytes().to_vec(), le, be, hex]
}

fn found_in(place: &Place, words: &[&str]) -> Vec<String> {
    let mut read = 0;
    let mut hits = Vec::new();
    for file in files(&place.data()).into_iter().chain([place.log()]) {
        let bytes = std::fs::read(&file).unwrap();
        read += bytes.len();
        for word in words {
            if forms(word)
                .iter()
                .any(|form| bytes.windows(form.len()).any(|piece| piece == form))
            {
                hits.push(format!("{word} in {}", file.display()));
            }
        }
    }
    assert!(read > 50_000, "{read} bytes were searched");
    hits
}

#[test]
fn no_marker_lies_in_any_file_of_the_endpoint_and_a_planted_control_is_found() {
    let place = Place::new();
    let mut running = place.serve(&[]);
    let (mut founder, mut root) = found(&place, running.address);
    let mut phone = Phone::enrol(&mut founder, &mut root, Role::Candidate, running.address);
    for marker in MARKERS {
        phone.hand_in(marker);
    }
    phone.sync(running.address).unwrap();
    assert_eq!(phone.outbox.len(), 0, "all were stored");
    founder.sync(running.address).unwrap();
    assert_eq!(
        found_in(&place, &MARKERS),
        Vec::<String>::new(),
        "while it runs, write-ahead log included"
    );
    running.terminate();
    running.wait();
    assert_eq!(found_in(&place, &MARKERS), Vec::<String>::new());
    for (control, planted) in [
        ("Lò Văn Mẫu", place.data().join("planted")),
        ("Lò Thị Mẫu", place.log()),
    ] {
        let mut text = std::fs::read(&planted).unwrap_or_default();
        text.extend(control.as_bytes());
        std::fs::write(&planted, text).unwrap();
        assert_eq!(found_in(&place, &[control]).len(), 1, "{control}");
    }
}

#[test]
fn the_log_holds_no_identifiers_and_no_addresses() {
    let place = Place::new();
    let mut running = place.serve(&["--behind-proxy"]);
    let (mut founder, mut root) = found(&place, running.address);
    let phone = Phone::enrol(&mut founder, &mut root, Role::Candidate, running.address);
    let posting = phone.posting();
    let head = format!(
        "POST /v1/letter HTTP/1.1\r\ncontent-type: application/cbor\r\nx-forwarded-for: 203.0.113.77\r\nuser-agent: Merkmal/9\r\ncontent-length: {}",
        posting.bytes.len()
    );
    assert_eq!(
        crate::kit::request(running.address, &head, &posting.bytes)
            .unwrap()
            .status,
        200
    );
    running.terminate();
    running.wait();
    let log = std::fs::read_to_string(place.log()).unwrap();
    assert!(log.contains("letter code=\"ok\" stored="), "{log}");
    let ids = [
        phone.who.account_id().to_string(),
        phone.who.device_id().to_string(),
        phone.who.branch_id().to_string(),
    ];
    for never in ids
        .iter()
        .map(String::as_str)
        .chain(["203.0.113.77", "Merkmal", "127.0.0.1"])
    {
        assert!(!log.contains(never), "{never} in {log}");
    }
}
