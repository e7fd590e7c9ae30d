//! The program under strace: its system calls counted, made to fail, delayed, or answered with SIGKILL.
//!
//! Invariant: what strace wrote proves that a fault fired. strace runs as a grandchild (`-D`), so the child that is killed and waited
//! for is the program itself.

use crate::kit::{DEADLINE, Place, Running};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::{Command, ExitStatus};
use std::time::Instant;

/// Starts `serve` under strace with these options; the record goes into a file of this name.
pub fn serve(place: &Place, record: &str, options: &[&str]) -> (Running, PathBuf) {
    let (command, record) = under(place, record, options);
    (place.start(command), record)
}

/// As [`serve`], with a fault that may strike before the program serves: then how it ended.
pub fn strike(place: &Place, record: &str, options: &[&str]) -> (Result<Running, ExitStatus>, PathBuf) {
    let (command, record) = under(place, record, options);
    (place.try_start(command), record)
}

fn under(place: &Place, record: &str, options: &[&str]) -> (Command, PathBuf) {
    let plain = place.command(&["serve", "--listen", "127.0.0.1:0"]);
    let record = place.file(record);
    let mut command = Command::new("strace");
    command.args(["-D", "-f", "-y", "-o"]).arg(&record).args(options);
    command.arg(plain.get_program()).args(plain.get_args());
    (command, record)
}

/// What strace wrote, once it has seen the program end.
pub fn read(record: &PathBuf) -> String {
    let begun = Instant::now();
    loop {
        let text = String::from_utf8_lossy(&std::fs::read(record).unwrap_or_default()).into_owned();
        let mut ends = text
            .lines()
            .filter(|line| line.contains("+++ killed by") || line.contains("+++ exited with"));
        let main = text.split(' ').next().unwrap_or_default();
        if ends.any(|line| line.starts_with(main)) {
            return text;
        }
        assert!(
            begun.elapsed() < DEADLINE,
            "strace wrote no end into {}",
            record.display()
        );
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
}

/// How often a thread made a call: (thread, call) to count.
pub type Counts = BTreeMap<(String, String), u32>;

/// Counts the calls in a record.
pub fn counts(text: &str) -> Counts {
    let mut counts = Counts::new();
    for line in text.lines() {
        let mut words = line.split_whitespace();
        let (Some(thread), Some(call)) = (words.next(), words.next()) else {
            continue;
        };
        if let Some((name, _)) = call.split_once('(') {
            *counts.entry((thread.to_owned(), name.to_owned())).or_default() += 1;
        }
    }
    counts
}

/// The most calls of this name that one thread made.
pub fn most(counts: &Counts, call: &str) -> u32 {
    counts
        .iter()
        .filter(|((_, name), _)| name == call)
        .map(|(_, n)| *n)
        .max()
        .unwrap_or(0)
}
