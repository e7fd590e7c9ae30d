//! Stopping in good order, and not starting where one must not.

use crate::kit::{Answer, Phone, Place, found};
use std::io::{Read, Write};
use std::net::TcpStream;
use sync::client::{self, Reply};
use sync::kind::Role;

#[test]
fn at_a_signal_the_running_letter_is_finished_and_the_log_folded_in() {
    let place = Place::new(); // over PostgreSQL there is no file, and so no log of it
    let mut running = place.serve(&[]);
    let (mut founder, _) = found(&place, running.address);
    let mut phone = Phone::enrol(&mut founder, Role::Candidate, running.address);
    let out = phone.hand_in("nộp lúc máy chủ dừng");
    let posting = phone.posting();
    let mut stream = TcpStream::connect(running.address).unwrap();
    let head = format!(
        "POST /v1/letter HTTP/1.1\r\nhost: x\r\nconnection: close\r\nexpect: 100-continue\r\ncontent-type: application/cbor\r\ncontent-length: {}\r\n\r\n",
        posting.bytes.len()
    );
    let (first, second) = posting.bytes.split_at(posting.bytes.len() / 2);
    stream.write_all(head.as_bytes()).unwrap();
    // "100 Continue" is said when the body is asked for: the letter is under way, not only in the kernel's queue.
    let mut said = Vec::new();
    while !said.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte).unwrap();
        said.push(byte[0]);
    }
    assert!(said.starts_with(b"HTTP/1.1 100"), "{}", String::from_utf8_lossy(&said));
    stream.write_all(first).unwrap();
    // That the signal came is seen by the closed door.
    running.terminate();
    while TcpStream::connect(running.address).is_ok() {
        std::thread::yield_now();
    }
    stream.write_all(second).unwrap();
    let answer = Answer::read(&mut stream).unwrap();
    let Reply::Answered(answered) = client::answer(&phone.who, &posting, answer.status, &answer.body) else {
        panic!("status {}", answer.status)
    };
    assert!(matches!(answered.outcomes[0].fate, client::Fate::Stored(_)));
    assert!(running.wait().success());
    let log = place.data().join("endpoint.sqlite-wal");
    assert_eq!(
        std::fs::metadata(&log).map(|file| file.len()).unwrap_or(0),
        0,
        "folded in"
    );
    use sync::endpoint::Store;
    assert!(crate::kills::open(&place).op(&out.op_id).unwrap().is_some());
}

#[test]
fn an_address_that_others_can_reach_needs_a_proxy_in_front() {
    let place = Place::new();
    for address in ["0.0.0.0:0", "[::]:0", "192.0.2.1:8080"] {
        let out = place.command(&["serve", "--listen", address]).output().unwrap();
        assert_eq!(out.status.code(), Some(1), "{address}");
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        assert!(said.contains("--behind-proxy") && said.contains("TLS"), "{said}");
        assert!(!place.data().exists(), "nothing was made");
    }
    let mut running = place.start(place.command(&["serve", "--listen", "0.0.0.0:0", "--behind-proxy"]));
    running.terminate();
    assert!(running.wait().success());
}

#[test]
fn a_taken_port_is_said_in_one_sentence() {
    let place = Place::new();
    let running = place.serve(&[]);
    let out = place
        .command(&["serve", "--listen", &running.address.to_string()])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert_eq!(out.status.code(), Some(1));
    assert!(said.contains("choose another with --listen"), "{said}");
}
