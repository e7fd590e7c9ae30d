//! SQLite's file on a disk that is full, broken (T-16) or slow (T-17).
//!
//! Invariant: no receipt without a flush that came back; a full disk is waited for, a broken one ends the program; a slow one makes
//! phones wait for each other's flush, not each for its own. Each fault is read back from strace's record.

use crate::faults::{dry_run, settled, tidy};
use crate::kills::assert_held;
use crate::kit::{Phone, Place, found};
use crate::strace;
use sync::client::Reply;
use sync::kind::Role;

#[test]
fn on_a_full_disk_nothing_is_receipted_and_when_there_is_space_again_work_goes_on() {
    let place = Place::new();
    let mut phone = settled(&place);
    let (before, _) = dry_run(&place, &mut phone);
    let held = assert_held(&place, std::slice::from_ref(&phone));
    let first = strace::most(&before, "pwrite64") + 1;
    let inject = format!("inject=pwrite64:error=ENOSPC:when={first}..{}", first + 5);
    let (mut running, record) = strace::serve(&place, "full", &["-e", "trace=pwrite64", "-e", &inject]);
    phone.hand_in("khi đĩa đầy");
    let mut refused = 0;
    while !phone.outbox.is_empty() {
        match phone.sync(running.address) {
            Some(Reply::Wait { seconds }) => {
                assert!(
                    seconds >= 900,
                    "no space: come back after a quarter of an hour, not {seconds}"
                );
                refused += 1;
            }
            Some(Reply::Answered(_)) => (),
            other => panic!("{other:?}"),
        }
        assert!(refused < 20);
    }
    assert!(refused > 0, "the phone was told");
    assert_eq!(assert_held(&place, std::slice::from_ref(&phone)), held + 1);
    running.kill();
    let errors = strace::read(&record).matches("ENOSPC").count();
    assert!(errors > 0, "the disk was full");
    println!("T-16 ENOSPC fired={errors} refused={refused} recovered=1/1");
}

#[test]
fn after_a_flush_that_failed_the_program_ends_and_the_letter_has_no_receipt() {
    for error in ["EIO", "ENOSPC"] {
        let place = Place::new();
        let mut phone = settled(&place);
        let (before, after) = dry_run(&place, &mut phone);
        let call = if strace::most(&after, "fsync") > 0 {
            "fsync"
        } else {
            "fdatasync"
        };
        let inject = format!("inject={call}:error={error}:when={}", strace::most(&before, call) + 1);
        let trace = format!("trace={call}");
        let (mut running, record) = strace::serve(&place, "eio", &["-e", &trace, "-e", &inject]);
        let held = assert_held(&place, std::slice::from_ref(&phone));
        let out = phone.hand_in("khi đĩa hỏng");
        assert!(
            phone.sync(running.address).is_none(),
            "no answer: nothing may be claimed"
        );
        assert_eq!(running.wait().code(), Some(74), "a failed flush is never tried again");
        assert!(strace::read(&record).contains("(INJECTED)"), "the flush failed");
        assert!(
            phone.outbox.iter().any(|row| row.out.op_id == out.op_id),
            "it waits on the phone"
        );
        let running = place.serve(&[]);
        for _ in 0..2 {
            phone.sync(running.address).unwrap();
        }
        assert!(phone.outbox.is_empty());
        assert_eq!(assert_held(&place, std::slice::from_ref(&phone)), held + 1);
    }
}

#[test]
fn on_a_slow_disk_letters_that_wait_are_flushed_together() {
    const PHONES: usize = 16;
    let place = Place::new();
    let running = place.serve(&[]);
    let (mut founder, _) = found(&place, running.address);
    let mut phones: Vec<Phone> = (0..PHONES)
        .map(|_| Phone::enrol(&mut founder, Role::Candidate, running.address))
        .collect();
    tidy(running);
    let (before, after) = dry_run(&place, &mut phones[0]);
    let call = if strace::most(&after, "fsync") > 0 {
        "fsync"
    } else {
        "fdatasync"
    };
    let started = strace::most(&before, call);
    let inject = format!("inject={call}:delay_enter=400000:when={}+", started + 1);
    let (mut running, record) = strace::serve(&place, "slow", &["-e", &format!("trace={call}"), "-e", &inject]);
    for phone in &mut phones {
        phone.hand_in("khi đĩa chậm");
    }
    let address = running.address;
    std::thread::scope(|scope| {
        for phone in &mut phones {
            scope.spawn(move || {
                phone.sync(address).expect("an answer");
                assert!(phone.outbox.is_empty());
            });
        }
    });
    assert_held(&place, &phones);
    running.kill();
    let flushes = strace::most(&strace::counts(&strace::read(&record)), call) - started;
    assert!(flushes > 0, "flushes were delayed");
    assert!(flushes < PHONES as u32 / 2, "{flushes} flushes for {PHONES} letters");
    println!("T-17 slow disk: {flushes} delayed flushes for {PHONES} letters");
}
