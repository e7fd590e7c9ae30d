//! The simulator's program: kept seeds first, then new schedules on every core, then the broken protocols that must be caught.
//!
//! Started by `cargo xtask simulate`, which builds it with transparent doubles. A failing schedule is made shorter, printed, and kept in
//! `tests/seeds`, where every later run begins with it.

use std::{
    env, fs,
    path::Path,
    process::ExitCode,
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
    thread,
    time::Instant,
};

use sync::simulator::{Broken, CONTROLS, STEPS, Schedule, Tally, run, shortest};

const SEEDS: &str = "tests/seeds";
/// Schedules that a thread takes at a time.
const SLICE: u64 = 16;

struct Wanted {
    schedules: u64,
    seed: u64,
    controls: bool,
}

fn main() -> ExitCode {
    let Some(wanted) = wanted(&env::args().skip(1).collect::<Vec<_>>()) else {
        eprintln!("simulate [--schedules N] [--seed S] [--controls]");
        return ExitCode::FAILURE;
    };
    let (mut passed, mut failed) = kept();
    let (held, tally) = fresh(&wanted);
    *(if held { &mut passed } else { &mut failed }) += 1;
    for (event, count) in tally.counts() {
        println!("  {count:>12}  {event}");
        // A set that met none of some kind proves nothing about it.
        if count == 0 && wanted.schedules >= 1_000 {
            println!("  never happened: {event}");
            failed += 1;
        }
    }
    if wanted.controls {
        for (broken, named) in CONTROLS {
            let caught = caught(broken, named, wanted.schedules);
            *(if caught { &mut passed } else { &mut failed }) += 1;
        }
    }
    println!("test result: simulator. {passed} passed; {failed} failed;");
    if failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn wanted(words: &[String]) -> Option<Wanted> {
    let mut wanted = Wanted {
        schedules: 2_000,
        seed: 1,
        controls: false,
    };
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--schedules" => wanted.schedules = words.next()?.replace('_', "").parse().ok()?,
            "--seed" => wanted.seed = words.next()?.parse().ok()?,
            "--controls" => wanted.controls = true,
            _ => return None,
        }
    }
    Some(wanted)
}

/// Plays a schedule; a panic is a breach too.
fn play(schedule: &Schedule, broken: Broken, tally: &mut Tally) -> Result<(), String> {
    let played = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| run(schedule, broken, tally)));
    played.unwrap_or_else(|_| Err("panic".to_owned()))
}

/// Every schedule that ever failed. Passed and failed.
fn kept() -> (u32, u32) {
    let (mut passed, mut failed) = (0, 0);
    let mut files: Vec<_> = fs::read_dir(SEEDS)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .collect();
    files.sort();
    for file in files
        .iter()
        .filter(|file| file.extension().is_some_and(|end| end == "txt"))
    {
        let text = fs::read_to_string(file).unwrap_or_default();
        let breach = match Schedule::read(&text) {
            Some(schedule) => play(&schedule, Broken::Nothing, &mut Tally::default()).err(),
            None => Some("cannot be read".to_owned()),
        };
        if let Some(breach) = &breach {
            println!("{}: {breach}", file.display());
            failed += 1;
        } else {
            passed += 1;
        }
    }
    println!("{} kept schedules, {failed} of them fail", passed + failed);
    (passed, failed)
}

/// New schedules on all cores.
fn fresh(wanted: &Wanted) -> (bool, Tally) {
    let (next, broken) = (AtomicU64::new(0), AtomicBool::new(false));
    let start = Instant::now();
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let work = || {
        let (mut tally, mut breach) = (Tally::default(), None);
        'work: loop {
            let first = next.fetch_add(SLICE, Ordering::Relaxed);
            for n in first..(first + SLICE).min(wanted.schedules) {
                let schedule = Schedule::of(wanted.seed + n);
                if broken.load(Ordering::Relaxed) {
                    break 'work;
                }
                if let Err(found) = play(&schedule, Broken::Nothing, &mut tally) {
                    broken.store(true, Ordering::Relaxed);
                    breach = Some((schedule, found));
                    break 'work;
                }
                if n > 0 && n % 100_000 == 0 {
                    println!("  {n} schedules after {:.0} s", start.elapsed().as_secs_f64());
                }
            }
            if first + SLICE >= wanted.schedules {
                break;
            }
        }
        (tally, breach)
    };
    let results: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        threads.into_iter().filter_map(|thread| thread.join().ok()).collect()
    });
    let mut tally = Tally::default();
    let mut held = results.len() == cores;
    for (counted, breach) in results {
        tally.join(&counted);
        if let Some((schedule, breach)) = breach {
            held = false;
            report(&schedule, &breach);
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    let many = wanted.schedules;
    if held {
        println!(
            "{many} schedules of {STEPS} steps from seed {}, no breach: {seconds:.1} s on {cores} cores, {:.0} schedules a second",
            wanted.seed,
            many as f64 / seconds
        );
    }
    (held, tally)
}

/// Prints a breach, shortens its schedule, and keeps that.
fn report(schedule: &Schedule, breach: &str) {
    println!("seed {}: {breach}", schedule.seed);
    // The name before the colon is what was broken; the same must be broken in the shorter one.
    let name = breach.split(':').next().unwrap_or_default().to_owned();
    let fails = |shorter: &Schedule| {
        let found = play(shorter, Broken::Nothing, &mut Tally::default()).err();
        found.is_some_and(|found| found.split(':').next() == Some(&name))
    };
    let short = shortest(schedule, fails);
    let left = play(&short, Broken::Nothing, &mut Tally::default())
        .err()
        .unwrap_or_default();
    println!(
        "  shortest: {} phones, {} steps: {left}",
        short.phones,
        short.steps.len()
    );
    let file = Path::new(SEEDS).join(format!("{}.txt", schedule.seed));
    let text = format!("# {breach}\n{}", short.show());
    print!("{text}");
    match fs::create_dir_all(SEEDS).and_then(|()| fs::write(&file, text)) {
        Ok(()) => println!("  kept as {}", file.display()),
        Err(fault) => println!("  not kept ({fault})"),
    }
}

/// Whether a broken protocol is found, and by the breach that names it.
fn caught(broken: Broken, named: &str, schedules: u64) -> bool {
    let mut other = None;
    for seed in 1..=schedules {
        if let Err(breach) = play(&Schedule::of(seed), broken, &mut Tally::default()) {
            if breach.starts_with(named) {
                println!("control {broken:?}: caught by schedule {seed}: {breach}");
                return true;
            }
            other = other.or(Some((seed, breach)));
        }
    }
    println!("control {broken:?}: NOT caught by {named} in {schedules} schedules; first other: {other:?}");
    false
}
