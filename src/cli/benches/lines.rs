//! How many dossiers a second `lylich check` gets through in one file of 10,000, and whether its memory stays the same from 1,000 to 10,000.
//!
//! The file is made of the dossiers of `tests/people/` in turn. One process, one thread, so its processor time is that of one core; the best of
//! several runs, so that other programs on the machine do not count. Run: `cargo bench -p lylich-cli --bench lines`.

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
        let runs: Vec<Run> = (0..RUNS).map(|_| check(&file, lines)).collect();
        let best = |time: fn(&Run) -> f64| lines as f64 / runs.iter().map(time).fold(f64::INFINITY, f64::min);
        println!(
            "bench check-lines-{lines} {:.0} dossiers/s, {:.0} a second of one core, VmHWM {} kB",
            best(|run| run.time.as_secs_f64()),
            best(|run| run.worked),
            runs.iter().map(|run| run.peak).max().unwrap()
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

/// What one run took.
struct Run {
    time: Duration,
    /// Seconds in which a processor worked on it, in steps of the kernel's clock.
    worked: f64,
    /// The most memory that the process ever held, in kB.
    peak: u64,
}

fn check(file: &Path, lines: usize) -> Run {
    let start = Instant::now();
    let mut program = Command::new(env!("CARGO_BIN_EXE_lylich"))
        .arg("check")
        .arg(file)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut peak, mut worked) = (0, 0.0);
    // the kernel keeps both only as long as the process is there
    while program.try_wait().unwrap().is_none() {
        peak = peak.max(high_mark(&program).unwrap_or(0));
        worked = processor_time(&program).unwrap_or(worked);
        std::thread::sleep(Duration::from_millis(5));
    }
    let time = start.elapsed();
    let done = program.wait_with_output().unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    assert!(
        done.status.success() && said.starts_with(&format!("{lines} ")),
        "{said}"
    );
    Run { time, worked, peak }
}

/// User and system time so far, in seconds: fields 14 and 15 of proc(5), in hundredths.
fn processor_time(program: &Child) -> Option<f64> {
    let stat = fs::read_to_string(format!("/proc/{}/stat", program.id())).ok()?;
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<f64>().ok();
    Some((ticks()? + ticks()?) / 100.0)
}

fn high_mark(program: &Child) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{}/status", program.id())).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
