//! How many dossiers a second `lylich check` gets through in one file of 10,000, and whether its memory stays the same from 1,000 to 10,000.
//!
//! The file is made of the dossiers of `tests/people/` in turn. One process, one thread; the best of several runs, so that other programs on
//! the machine do not count. Run: `cargo bench -p lylich-cli --bench lines`.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const RUNS: usize = 7;
const PEOPLE: [&str; 4] = [
    include_str!("../../../tests/people/1-pupil-mong.json"),
    include_str!("../../../tests/people/2-teacher-rotation.json"),
    include_str!("../../../tests/people/3-kitchen-worker.json"),
    include_str!("../../../tests/people/4-readmission.json"),
];

fn main() {
    // `cargo test --all-targets` starts benches, too, and wants no figures
    if !std::env::args().any(|word| word == "--bench") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("many.jsonl");
    for lines in [1_000_usize, 10_000] {
        write(&file, lines);
        let runs: Vec<(Duration, u64)> = (0..RUNS).map(|_| check(&file, lines)).collect();
        let best = runs
            .iter()
            .map(|(time, _)| time.as_secs_f64())
            .fold(f64::INFINITY, f64::min);
        let peak = runs.iter().map(|(_, peak)| peak).max().unwrap();
        println!(
            "bench check-lines-{lines} {:.0} dossiers/s, VmHWM {peak} kB",
            lines as f64 / best
        );
    }
}

/// A file of so many dossiers, one a line, each under a name of its own.
fn write(file: &Path, lines: usize) {
    let mut out = BufWriter::new(File::create(file).unwrap());
    let mut people = PEOPLE.map(|text| serde_json::from_str::<serde_json::Value>(text).unwrap());
    for at in 0..lines {
        let person = people.get_mut(at % PEOPLE.len()).unwrap();
        person["id"] = format!("dossier-{at:05}").into();
        writeln!(out, "{person}").unwrap();
    }
    out.flush().unwrap();
}

/// Time of one run, and the most memory that the process ever held, in kB.
fn check(file: &Path, lines: usize) -> (Duration, u64) {
    let start = Instant::now();
    let mut program = Command::new(env!("CARGO_BIN_EXE_lylich"))
        .arg("check")
        .arg(file)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut peak = 0;
    // the kernel keeps the highest mark only as long as the process is there
    while program.try_wait().unwrap().is_none() {
        peak = peak.max(high_mark(&program).unwrap_or(0));
        std::thread::sleep(Duration::from_millis(5));
    }
    let time = start.elapsed();
    let done = program.wait_with_output().unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    assert!(
        done.status.success() && said.starts_with(&format!("{lines} ")),
        "{said}"
    );
    (time, peak)
}

fn high_mark(program: &Child) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{}/status", program.id())).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
