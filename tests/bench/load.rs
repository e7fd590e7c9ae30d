//! Many phones at once: 1,000 devices with 10 ops each over 200 connections, a tenth of it sent once more; over SQLite and PostgreSQL.
//!
//! The real program in the release profile, flushing, on this machine together with the phones. Letters are sealed and signed before
//! the clock starts and answers are verified after it stopped, so the figures are the endpoint's. Every signature is checked and every
//! receipt signed; a single missing or wrong one fails the bench. Run: `cargo xtask bench`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    dead_code
)]

#[path = "../../src/endpoint/tests/endpoint/kit.rs"]
mod kit;
#[path = "../../src/endpoint/tests/endpoint/server.rs"]
mod server;

use endpoint::database::Engine;
use kit::{AGREED, Machine, Phone, Place, now};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use sync::client::{self, Fate, OutRow, Posting, Reply};
use sync::kind::Role;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// What `kit` and `server` take for the suite's database; the bench names its own each time.
pub const OVER: Engine = Engine::Postgres;
const DEVICES: usize = 1_000;
const OPS: usize = 10;
const CONNECTIONS: usize = 200;

fn main() {
    // `cargo test --all-targets` starts benches, too, and wants no figures.
    if !std::env::args().any(|word| word == "--bench") {
        return;
    }
    // `LYLICH_OVER` names one of them, to look at it alone.
    let only = std::env::var("LYLICH_OVER").unwrap_or_default();
    let engines = [Engine::Sqlite, Engine::Postgres].into_iter();
    for engine in engines.filter(|engine| format!("{engine:?}").starts_with(&only)) {
        for letters in [1, OPS] {
            run(engine, letters);
        }
    }
}

/// `letters`: in how many letters a device sends its ops.
fn run(engine: Engine, letters: usize) {
    let place = Place::over(engine);
    let mut running = place.serve(&[]);
    let address = running.address;
    let rt = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let mut phones = enrolled(&place, address, &rt);
    let postings: Vec<Vec<Posting>> = phones.iter_mut().map(|phone| cut(phone, letters)).collect();
    let bytes: usize = postings.iter().flatten().map(|posting| posting.bytes.len()).sum();

    let pid = running.pid().as_raw_nonzero().get();
    let spent = || (cpu_seconds(pid), servers().into_iter().map(cpu_seconds).sum::<f64>());
    let before = spent();
    let (took, times, answers) = rt.block_on(post_all(address, &postings));
    let after = spent();
    let (cpu, cpu_database) = (after.0 - before.0, after.1 - before.1);
    let load = std::fs::read_to_string("/proc/loadavg").unwrap();
    let load = load.split(' ').next().unwrap();
    let mut receipts = Vec::new();
    for (phone, (postings, answers)) in phones.iter().zip(postings.iter().zip(&answers)) {
        for (posting, (status, answer)) in postings.iter().zip(answers) {
            let Reply::Answered(answered) = client::answer(&phone.who, posting, *status, answer) else {
                panic!("status {status}")
            };
            receipts.extend(answered.outcomes.iter().map(|outcome| match outcome.fate {
                Fate::Stored(receipt) => receipt,
                other => panic!("{other:?}"),
            }));
        }
    }
    assert_eq!(receipts.len(), DEVICES * OPS, "a verified receipt for every op");

    // Every tenth device has lost its answers and sends the same letters again.
    let again: Vec<Vec<Posting>> = postings.iter().step_by(10).cloned().collect();
    let (again_took, _, answers_again) = rt.block_on(post_all(address, &again));
    let mut repeated = 0;
    for (n, answers) in answers_again.iter().enumerate() {
        for (m, (status, answer)) in answers.iter().enumerate() {
            let who = &phones[n * 10].who;
            let Reply::Answered(answered) = client::answer(who, &again[n][m], *status, answer) else {
                panic!("status {status}")
            };
            for outcome in answered.outcomes {
                let Fate::Stored(receipt) = outcome.fate else {
                    panic!("{:?}", outcome.fate)
                };
                assert!(receipts.contains(&receipt), "the very receipt of the first time");
                repeated += 1;
            }
        }
    }
    assert_eq!(repeated, DEVICES * OPS / 10);
    let held = place.with_database(async |db| {
        let row = sqlx::query("SELECT COUNT(*) FROM op WHERE kind = 2")
            .fetch_one(db)
            .await
            .unwrap();
        sqlx::Row::try_get::<i64, _>(&row, 0).unwrap()
    });
    assert_eq!(usize::try_from(held).unwrap(), DEVICES * OPS, "each stored once");
    let metrics = String::from_utf8(kit::get(address, "/metrics").body).unwrap();
    let flushes = metrics
        .lines()
        .find(|line| line.starts_with("lylich_flushes_total"))
        .unwrap()
        .to_owned();
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let memory = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
    let at = |share: usize| times[(times.len() - 1) * share / 100];
    println!(
        "{engine:?}: {DEVICES} devices × {OPS} ops in {letters} letter(s) each, {CONNECTIONS} connections, {} kB: {:.2} s, {:.0} ops/s, \
         {:.0} letters/s; a letter takes {:.0} ms (median), {:.0} ms (95 %); {cpu:.2} s of the processor for the endpoint, \
         {cpu_database:.2} s for the database server: {:.0} ops a second of the processor; load {load}; 0 errors",
        bytes / 1000,
        took.as_secs_f64(),
        (DEVICES * OPS) as f64 / took.as_secs_f64(),
        (DEVICES * letters) as f64 / took.as_secs_f64(),
        at(50).as_secs_f64() * 1e3,
        at(95).as_secs_f64() * 1e3,
        (DEVICES * OPS) as f64 / (cpu + cpu_database),
    );
    println!(
        "  sent again: {repeated} of {repeated} recognised, {:.0} ops/s; {}; {flushes}",
        repeated as f64 / again_took.as_secs_f64(),
        memory.split_whitespace().collect::<Vec<_>>().join(" "),
    );
    running.terminate();
    running.wait();
}

/// User and system time of a process so far, in hundredths as Linux counts them (proc(5), fields 14 and 15 of `stat`).
fn cpu_seconds(pid: i32) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    let after_name = stat.rsplit(')').next().unwrap();
    let ticks: u32 = after_name
        .split_whitespace()
        .skip(11)
        .take(2)
        .map(|word| word.parse::<u32>().unwrap())
        .sum();
    f64::from(ticks) / 100.0
}

/// The processes of the bench's PostgreSQL: those below this one that are called so.
fn servers() -> Vec<i32> {
    let stat = |pid: i32| {
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        let (name, rest) = stat.split_once('(')?.1.rsplit_once(')')?;
        Some((name == "postgres", rest.split_whitespace().nth(1)?.parse::<i32>().ok()?))
    };
    let below_this = |pid: i32| {
        let mut parents = std::iter::successors(Some(pid), |pid| stat(*pid).map(|(_, parent)| parent));
        parents.any(|pid| pid == std::process::id().cast_signed())
    };
    let all = std::fs::read_dir("/proc").unwrap();
    let pids = all.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<i32>().ok());
    pids.filter(|pid| stat(*pid).is_some_and(|(is_server, _)| is_server) && below_this(*pid))
        .collect()
}

/// Devices with their receipt for the join.
fn enrolled(place: &Place, address: SocketAddr, rt: &tokio::runtime::Runtime) -> Vec<Phone> {
    let (mut founder, _) = kit::found(place, address);
    let mut phones = Vec::with_capacity(DEVICES);
    let mut links = Vec::with_capacity(DEVICES);
    while links.len() < DEVICES {
        for _ in 0..100 {
            let (link, invite) = founder.invite(Role::Candidate, now());
            founder.outbox.push(OutRow::new(invite));
            links.push(link);
        }
        while !founder.outbox.is_empty() {
            if let Some(Reply::Wait { seconds }) = founder.sync(address) {
                std::thread::sleep(Duration::from_secs(seconds));
            }
        }
    }
    for link in links {
        let (who, join) = client::enrol(&link, &AGREED, now(), &mut Machine).unwrap();
        phones.push(Phone::of(who, vec![join]));
    }
    let joins: Vec<Vec<Posting>> = phones.iter().map(|phone| vec![phone.posting()]).collect();
    let (took, _, _) = rt.block_on(post_all(address, &joins));
    println!("enrolled {DEVICES} devices in {:.2} s", took.as_secs_f64());
    for phone in &mut phones {
        // Known already: the answer is the same as the first time.
        phone.sync(address).unwrap();
        assert!(phone.outbox.is_empty(), "the join has its receipt");
    }
    phones
}

/// A hand-in of ordinary size ten times, in one letter or in ten.
fn cut(phone: &mut Phone, letters: usize) -> Vec<Posting> {
    let mut postings = Vec::with_capacity(letters);
    let text: String = (0..1_400_u32)
        .map(|n| char::from(97 + (n.wrapping_mul(2_654_435_761) >> 9) as u8 % 26))
        .collect();
    for n in 0..OPS {
        phone.hand_in(&format!("{text} {n}"));
        if letters == OPS {
            postings.push(client::letter(&phone.who, &phone.outbox, &phone.mail, 1, &mut Machine));
            phone.outbox.clear();
        }
    }
    if letters == 1 {
        postings.push(client::letter(
            &phone.who,
            &phone.outbox,
            &phone.mail,
            200_000,
            &mut Machine,
        ));
    }
    assert_eq!(postings.iter().map(|posting| posting.ops.len()).sum::<usize>(), OPS);
    postings
}

type Answers = Vec<Vec<(u16, Vec<u8>)>>;

/// Each connection takes the next device and posts its letters in their order. Returns how long all took, and each, sorted.
async fn post_all(address: SocketAddr, postings: &[Vec<Posting>]) -> (Duration, Vec<Duration>, Answers) {
    let letters: Arc<Vec<Vec<Vec<u8>>>> = Arc::new(
        postings
            .iter()
            .map(|list| list.iter().map(|posting| posting.bytes.clone()).collect())
            .collect(),
    );
    let next = Arc::new(AtomicUsize::new(0));
    let mut streams = Vec::new();
    for _ in 0..CONNECTIONS {
        streams.push(TcpStream::connect(address).await.unwrap());
    }
    let begun = Instant::now();
    let tasks: Vec<_> = streams
        .into_iter()
        .map(|mut stream| {
            let (letters, next) = (letters.clone(), next.clone());
            tokio::spawn(async move {
                let mut done = Vec::new();
                loop {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    let Some(list) = letters.get(n) else { return done };
                    let mut answers = Vec::new();
                    for bytes in list {
                        let begun = Instant::now();
                        let answer = exchange(&mut stream, bytes).await;
                        answers.push((begun.elapsed(), answer));
                    }
                    done.push((n, answers));
                }
            })
        })
        .collect();
    let (mut answers, mut times): (Answers, Vec<Duration>) = (vec![Vec::new(); postings.len()], Vec::new());
    for task in tasks {
        for (n, list) in task.await.unwrap() {
            for (time, answer) in list {
                times.push(time);
                answers[n].push(answer);
            }
        }
    }
    let took = begun.elapsed();
    times.sort();
    (took, times, answers)
}

/// One letter over a connection that stays open.
async fn exchange(stream: &mut TcpStream, bytes: &[u8]) -> (u16, Vec<u8>) {
    let head = format!(
        "POST /v1/letter HTTP/1.1\r\nhost: x\r\ncontent-type: application/cbor\r\ncontent-length: {}\r\n\r\n",
        bytes.len()
    );
    stream.write_all(&[head.as_bytes(), bytes].concat()).await.unwrap();
    let mut read = Vec::new();
    loop {
        let mut piece = [0; 16 << 10];
        let n = stream.read(&mut piece).await.unwrap();
        assert!(n > 0, "closed in the middle of an answer");
        read.extend_from_slice(&piece[..n]);
        let Some(at) = read.windows(4).position(|four| four == b"\r\n\r\n") else {
            continue;
        };
        let head = String::from_utf8_lossy(&read[..at]).to_lowercase();
        let length: usize = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: ")?.parse().ok())
            .unwrap();
        if read.len() == at + 4 + length {
            let status = head.split(' ').nth(1).unwrap().parse().unwrap();
            return (status, read.split_off(at + 4));
        }
    }
}
