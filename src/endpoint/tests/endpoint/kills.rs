//! SIGKILL and a disk that takes no more, in the middle of work: whatever had a receipt is there.

use crate::kit::{Phone, Place, Running, found};
use endpoint::database::Engine;
use endpoint::store::Sql;
use sqlx::Row;
use std::os::unix::process::ExitStatusExt;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use sync::client::{OutRow, Reply};
use sync::endpoint::Store;
use sync::kind::Role;

/// The database, read from outside.
pub fn open(place: &Place) -> Sql {
    let rt = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let db = rt.block_on(endpoint::database::open_to_read(&place.home())).unwrap();
    Sql::new(db, rt)
}

/// One number from outside.
pub fn number(sql: &mut Sql, question: &'static str) -> i64 {
    sql.run(async |db| sqlx::query(question).fetch_one(db).await)
        .unwrap()
        .try_get(0)
        .unwrap()
}

/// Every receipt on the phones names a row with these very columns, and no op is stored twice.
pub fn assert_held(place: &Place, phones: &[Phone]) -> usize {
    let mut sql = open(place);
    let mut receipts = 0;
    for row in phones.iter().flat_map(|phone| &phone.kept) {
        let held = sql.op(&row.out.op_id).unwrap().expect("a receipted op is held");
        assert_eq!(
            (held.op_hash, held.server_seq, held.server_time),
            (row.out.op_hash, row.first.server_seq, row.first.server_time)
        );
        receipts += 1;
    }
    assert_eq!(number(&mut sql, "SELECT COUNT(*) - COUNT(DISTINCT op_id) FROM op"), 0);
    assert_eq!(
        number(&mut sql, "SELECT COUNT(*) - MAX(server_seq) FROM op"),
        0,
        "numbers are dense"
    );
    receipts
}

/// Phones post on their own threads until the program is gone; `strike` ends it when `after` answers have come.
fn work_until_struck(
    running: &mut Running,
    phones: &mut [Phone],
    after: usize,
    strike: impl FnOnce(&mut Running),
) -> usize {
    let (answered, lost) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let address = running.address;
    std::thread::scope(|scope| {
        for phone in phones.iter_mut() {
            let (answered, lost) = (&answered, &lost);
            scope.spawn(move || {
                for n in 0..12 {
                    phone.hand_in(&format!("bản {n}"));
                    match phone.sync(address) {
                        Some(Reply::Answered(_)) => answered.fetch_add(1, Ordering::SeqCst),
                        Some(other) => panic!("{other:?}"),
                        None => {
                            lost.fetch_add(1, Ordering::SeqCst);
                            break;
                        }
                    };
                }
            });
        }
        while answered.load(Ordering::SeqCst) < after {
            std::thread::yield_now();
        }
        strike(running);
    });
    lost.load(Ordering::SeqCst)
}

#[test]
fn whatever_had_a_receipt_is_there_after_a_kill_and_the_rest_is_sent_once_more() {
    let place = Place::new();
    let mut running = place.serve(&[]);
    let (mut founder, _) = found(&place, running.address);
    let mut all: Vec<Phone> = Vec::new();
    let (mut kills, mut cut) = (0, 0);
    for after in [3, 11, 20, 7] {
        // New phones each time: none of them comes near its limit of letters.
        let mut phones: Vec<Phone> = (0..3)
            .map(|_| Phone::enrol(&mut founder, Role::Candidate, running.address))
            .collect();
        cut += work_until_struck(&mut running, &mut phones, after, |running| {
            assert_eq!(running.kill().signal(), Some(9));
            kills += 1;
        });
        assert!(assert_held(&place, &phones) > 0);
        running = place.serve(&[]);
        for phone in &mut phones {
            // First the question, then, where the answer is no, the op itself.
            for _ in 0..2 {
                assert!(matches!(phone.sync(running.address), Some(Reply::Answered(_))));
            }
            assert_eq!(phone.outbox, Vec::<OutRow>::new(), "everything has its receipt now");
        }
        all.extend(phones);
        assert_held(&place, &all);
    }
    assert_eq!(kills, 4);
    assert!(cut > 0, "letters were under way when it was killed");
    drop(running);
    assert!(place.run(&["check"]).lines().all(|line| line.starts_with("ok")));
}

#[test]
fn a_write_that_fails_ends_the_program_and_no_receipt_is_lost() {
    let place = Place::over(Engine::Sqlite);
    let mut running = place.serve(&[]);
    let (mut founder, _) = found(&place, running.address);
    let mut phones = vec![Phone::enrol(&mut founder, Role::Candidate, running.address)];
    running.terminate();
    assert!(running.wait().success());
    // No file may grow over 200 KiB: the write fails with EFBIG, which SQLite reports as an I/O error.
    let mut shell = Command::new("bash");
    shell
        .arg("-c")
        .arg("trap '' XFSZ; ulimit -f 200; exec \"$@\"")
        .arg("bash");
    shell
        .arg(env!("CARGO_BIN_EXE_lylich-endpoint"))
        .args(["serve", "--listen", "127.0.0.1:0", "--data"]);
    shell.arg(place.data());
    let mut running = place.start(shell);
    let phone = &mut phones[0];
    let big: String = (0..30_000u32)
        .map(|n| char::from(33 + (n.wrapping_mul(2_654_435_761) >> 20) as u8 % 90))
        .collect();
    let mut answered = 0;
    while !running.has_ended() {
        phone.hand_in(&big);
        answered += usize::from(matches!(phone.sync(running.address), Some(Reply::Answered(_))));
        assert!(answered < 100, "the fault never came");
    }
    assert_eq!(
        running.wait().code(),
        Some(74),
        "it ended by itself, with the code for a broken disk"
    );
    assert_held(&place, &phones);
    let running = place.serve(&[]);
    for _ in 0..10 {
        phones[0].sync(running.address).unwrap();
    }
    assert!(phones[0].outbox.is_empty());
    assert!(assert_held(&place, &phones) > answered);
}
