//! Nothing that was typed lies in the database, in the keys' folder or in the log; and the search would find it.

use crate::kit::{Phone, Place, files, found};
use std::process::Command;
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

/// The files that hold one of these words, in whatever form. GNU grep looks, because it is quick and not ours.
fn found_in(place: &Place, words: &[&str]) -> Vec<String> {
    let patterns = place.file("patterns");
    let lines: Vec<Vec<u8>> = words.iter().flat_map(|word| forms(word)).collect();
    std::fs::write(&patterns, lines.join(&b'\n')).unwrap();
    let mut searched = files(&place.data());
    searched.push(place.log());
    searched.extend(crate::server::files_of_the_server());
    let read: u64 = searched
        .iter()
        .filter_map(|file| Some(file.metadata().ok()?.len()))
        .sum();
    assert!(read > 50_000, "{read} bytes were searched");
    let out = Command::new("grep")
        .env("LC_ALL", "C")
        .args([
            "--no-messages",
            "--binary-files=text",
            "--fixed-strings",
            "--files-with-matches",
            "--file",
        ])
        .arg(&patterns)
        .args(&searched)
        .output()
        .unwrap();
    String::from_utf8(out.stdout)
        .unwrap()
        .lines()
        .map(str::to_owned)
        .collect()
}

#[test]
fn no_marker_lies_in_any_file_of_the_endpoint_and_a_planted_control_is_found() {
    let place = Place::new();
    let mut running = place.serve(&[]);
    let (mut founder, _) = found(&place, running.address);
    let mut phone = Phone::enrol(&mut founder, Role::Candidate, running.address);
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
    for form in forms("Lò Văn Mẫu") {
        for planted in [place.data().join("planted"), place.log()] {
            let before = std::fs::read(&planted).unwrap_or_default();
            std::fs::write(&planted, [&before[..], b"before ", &form, b" after"].concat()).unwrap();
            assert_eq!(
                found_in(&place, &["Lò Văn Mẫu"]),
                [planted.to_str().unwrap()],
                "{form:?}"
            );
            std::fs::write(&planted, before).unwrap();
        }
    }
}

#[test]
fn the_log_holds_no_identifiers_and_no_addresses() {
    let place = Place::new();
    let mut running = place.serve(&["--behind-proxy"]);
    let (mut founder, _) = found(&place, running.address);
    let phone = Phone::enrol(&mut founder, Role::Candidate, running.address);
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
