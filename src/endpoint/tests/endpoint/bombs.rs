//! Bombs: deep nesting, lengths that lie, packed bodies, hundreds of connections that dribble. The program stays small and answers
//! everybody else meanwhile (T-22).

use crate::kit::{DEADLINE, Phone, Place, found, request};
use std::io::Write;
use std::net::TcpStream;
use std::time::Instant;
use sync::kind::Role;

/// Slow connections held open at once; the door has 512 places.
const SLOW: usize = 400;

fn memory_mb(pid: i32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
}

/// Bodies that are small and promise much.
fn bombs() -> Vec<(&'static str, Vec<u8>)> {
    let deep = |open: u8, depth: usize| vec![open; depth];
    let lying = |head: &[u8]| [head, &[0; 64]].concat();
    vec![
        ("arrays in arrays", deep(0x81, 200_000)),
        ("maps in maps", deep(0xa1, 200_000)),
        ("tags on tags", deep(0xc1, 200_000)),
        ("endless arrays", deep(0x9f, 200_000)),
        ("endless bytes", deep(0x5f, 200_000)),
        (
            "an array of 2^64",
            lying(&[0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
        ),
        (
            "bytes of 2^63",
            lying(&[0x82, 0x5b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
        ),
        ("a map of 2^40", lying(&[0xbb, 0, 0, 1, 0, 0, 0, 0, 0])),
        ("bytes in a letter that lie", lying(&[0x82, 0x59, 0xff, 0xff])),
        ("zeros to the limit", vec![0; 256 << 10]),
        ("gzip", flood(&[0x1f, 0x8b, 0x08])),
    ]
}

fn flood(head: &[u8]) -> Vec<u8> {
    [head, &[0xff; 100_000]].concat()
}

#[test]
fn bombs_are_refused_in_little_memory_while_others_are_served() {
    let place = Place::new();
    let running = place.serve(&["--behind-proxy"]);
    let (mut founder, _) = found(&place, running.address);
    let mut phone = Phone::enrol(&mut founder, Role::Candidate, running.address);
    let pid = running.pid().as_raw_nonzero().get();
    let mut slow: Vec<TcpStream> = (0..SLOW)
        .map(|_| {
            let mut stream = TcpStream::connect(running.address).unwrap();
            let head = "POST /v1/letter HTTP/1.1\r\nhost: x\r\ncontent-type: application/cbor\r\ncontent-length: 200000\r\n\r\n";
            stream.write_all(head.as_bytes()).unwrap();
            stream
        })
        .collect();
    let (mut refused, mut longest) = (0, std::time::Duration::ZERO);
    for round in 0..3 {
        for (n, (what, bytes)) in bombs().into_iter().enumerate() {
            for encoding in ["", "\r\ncontent-encoding: gzip", "\r\ncontent-encoding: deflate"] {
                let head = format!(
                    "POST /v1/letter HTTP/1.1\r\ncontent-type: application/cbor{encoding}\r\nx-forwarded-for: 10.{round}.{n}.{}\r\ncontent-length: {}",
                    encoding.len(),
                    bytes.len()
                );
                let begun = Instant::now();
                let answer = request(running.address, &head, &bytes).unwrap();
                longest = longest.max(begun.elapsed());
                let expected = if encoding.is_empty() { 400 } else { 415 };
                assert_eq!(answer.status, expected, "{what}{encoding}");
                refused += 1;
            }
        }
        // A byte each: they are all still there, and still slow.
        let alive = slow.iter_mut().filter_map(|stream| stream.write_all(b"x").ok()).count();
        assert!(round > 0 || alive == SLOW, "{alive} of {SLOW} dribble");
        phone.hand_in(&format!("giữa chừng {round}"));
        phone.sync(running.address).expect("others are served meanwhile");
        assert!(phone.outbox.is_empty());
    }
    let memory = memory_mb(pid);
    assert!(memory < 200, "{memory} MB");
    assert!(longest < DEADLINE / 10, "{longest:?} for one of them");
    println!(
        "T-22 fired={refused} slow={SLOW} held={refused} memory={memory} MB longest={} ms",
        longest.as_millis()
    );
}
