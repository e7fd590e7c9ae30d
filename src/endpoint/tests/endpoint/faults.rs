//! Killed at each system call of the write path (T-14). Over PostgreSQL the calls are those to the server.
//!
//! Invariant: whatever had a receipt is held, whatever had none is sent again and stored once; each kill is read back from strace's
//! record. `LYLICH_FAULTS=10` (`cargo xtask test --long`) runs every call, not a sample. A kill loses no written page, so here no control
//! can lose; that is in `power`.

use crate::kills::assert_held;
use crate::kit::{Phone, Place, Running, found};
use crate::strace;
use endpoint::database::Engine;
use std::os::unix::process::ExitStatusExt;
use sync::client::Reply;
use sync::kind::Role;

/// What the write path may call on a file, on the server's socket, and on the phone's.
const CALLS: &str = "trace=pwrite64,fsync,fdatasync,ftruncate,fcntl,pread64,sendto,recvfrom,write,writev";
const SAMPLE: usize = 20;

/// Whether the whole counts are wanted.
pub fn long() -> bool {
    std::env::var_os("LYLICH_FAULTS").is_some()
}

/// Every n-th, so that about `count` are left.
fn sample<T>(all: Vec<T>, count: usize) -> Vec<T> {
    let step = if long() { 1 } else { all.len().div_ceil(count).max(1) };
    all.into_iter().step_by(step).collect()
}

/// A branch with one candidate, and the program stopped.
pub fn settled(place: &Place) -> Phone {
    let running = place.serve(&[]);
    let (mut founder, _) = found(place, running.address);
    let phone = Phone::enrol(&mut founder, Role::Candidate, running.address);
    tidy(running);
    phone
}

/// Stops the program in good order: the next start then makes the same calls as every other.
pub fn tidy(mut running: Running) {
    running.terminate();
    assert!(running.wait().success());
}

/// Calls by thread up to the open door, and with three letters more.
pub fn dry_run(place: &Place, phone: &mut Phone) -> (strace::Counts, strace::Counts) {
    let mut counts = Vec::new();
    for letters in [0, 3] {
        let (mut running, record) = strace::serve(place, &format!("dry{letters}"), &["-e", CALLS]);
        for n in 0..letters {
            phone.hand_in(&format!("thử {n}"));
            phone.sync(running.address).expect("an answer");
        }
        running.kill();
        counts.push(strace::counts(&strace::read(&record)));
        tidy(place.serve(&[]));
    }
    let after = counts.pop().unwrap();
    (counts.pop().unwrap(), after)
}

#[test]
fn killed_at_any_call_of_the_write_path_nothing_that_had_a_receipt_is_lost() {
    let place = Place::new();
    let mut phone = settled(&place);
    let (before, after) = dry_run(&place, &mut phone);
    let mut targets = Vec::new();
    for call in [
        "pwrite64",
        "fsync",
        "fdatasync",
        "ftruncate",
        "fcntl",
        "sendto",
        "recvfrom",
        "write",
        "writev",
    ] {
        // A server's answer comes in one piece or in two.
        let slack = if ["recvfrom", "sendto"].contains(&call) { 8 } else { 0 };
        let (first, last) = (strace::most(&before, call) + 1 + slack, strace::most(&after, call));
        targets.extend((first..=last).map(|n| (call, n)));
    }
    let own: &[&str] = match crate::OVER {
        Engine::Sqlite => &["pwrite64", "fsync", "writev"],
        Engine::Postgres => &["sendto", "recvfrom", "writev"],
    };
    for call in own {
        assert!(
            targets.iter().any(|(found, _)| found == call),
            "the write path calls {call}: {after:?}"
        );
    }
    let chosen = sample(targets, SAMPLE);
    let (mut fired, mut unanswered) = (0, 0);
    for (n, (call, when)) in chosen.iter().enumerate() {
        let inject = format!("inject={call}:signal=SIGKILL:when={when}");
        let trace = format!("trace={call}");
        // A start makes a few calls more or less: the call may come before the program serves.
        let (begun, record) = strace::strike(&place, &format!("kill{n}"), &["-e", &trace, "-e", &inject]);
        let ended = begun.map_or_else(
            |ended| ended,
            |mut running| {
                for letter in 0..12 {
                    phone.hand_in(&format!("bản {n}.{letter}"));
                    if phone.sync(running.address).is_none() {
                        unanswered += 1;
                        break;
                    }
                }
                running.wait_or_kill()
            },
        );
        assert_eq!(ended.signal(), Some(9));
        let told = strace::read(&record);
        assert!(told.contains("+++ killed by SIGKILL +++"), "{call} {when}");
        let reached = strace::most(&strace::counts(&told), call) >= *when;
        assert!(
            reached,
            "{call} was to be struck at {when}: {:?}",
            strace::counts(&told)
        );
        fired += 1;
        tidy(place.serve(&[]));
        assert_held(&place, std::slice::from_ref(&phone));
    }
    let running = place.serve(&[]);
    for _ in 0..4 {
        assert!(matches!(phone.sync(running.address), Some(Reply::Answered(_))));
    }
    assert!(phone.outbox.is_empty(), "everything has its receipt now");
    assert_held(&place, std::slice::from_ref(&phone));
    assert!(place.run(&["check"]).lines().all(|line| line.starts_with("ok")));
    println!(
        "T-14 fired={fired}/{} held={fired}/{fired} recovered={fired}/{fired}",
        chosen.len()
    );
    assert!(unanswered > 0, "letters were under way");
}
