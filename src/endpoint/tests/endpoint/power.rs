//! The power cut (T-15): one run is recorded, every write and flush with its bytes; then the current is cut at many points of it.
//!
//! The model: a file holds after the cut what was flushed, nothing else; in a second form half of what was written since stands there
//! too, as a torn page would. Stricter than Linux, which also writes back by itself. Nothing is mounted, so it runs for everybody; and
//! one run gives as many cuts as it has calls. The control is the same record with the flushes left out: a database that does not
//! flush must lose something that had a receipt.

use crate::faults::long;
use crate::kit::{Phone, Place, files, found};
use crate::strace;
use endpoint::database::Engine;
use endpoint::store::Sql;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use sync::endpoint::Store;
use sync::id::OpId;
use sync::kind::Role;

/// One thing the program did.
enum Event {
    Write(PathBuf, usize, Vec<u8>),
    Cut(PathBuf, usize),
    Flush(PathBuf),
    Gone(PathBuf),
    /// Bytes to a phone, as strace spells them.
    Said(String),
}

/// `\\x41\\x42` to bytes.
fn unspell(text: &str) -> Vec<u8> {
    let pairs = text.as_bytes().split(|byte| *byte == b'x').skip(1);
    pairs
        .map(|pair| u8::from_str_radix(std::str::from_utf8(&pair[..2]).unwrap(), 16).unwrap())
        .collect()
}

fn spell(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("\\x{byte:02x}")).collect()
}

/// The file a call is about: strace puts it between angle brackets.
fn file(call: &str) -> PathBuf {
    let name = call.split_once('<').unwrap().1.split_once('>').unwrap().0;
    PathBuf::from(String::from_utf8(unspell(name)).unwrap())
}

fn event(line: &str) -> Option<Event> {
    let call = line.split_once(' ')?.1.trim_start();
    let (name, rest) = call.split_once('(')?;
    let number = |from_end: usize| {
        let inside = rest.split(['"', '>']).next_back()?;
        let inside = inside.split([')', '<']).next()?;
        let numbers: Vec<usize> = inside.split(',').filter_map(|word| word.trim().parse().ok()).collect();
        numbers.get(numbers.len().checked_sub(from_end)?).copied()
    };
    Some(match name {
        "pwrite64" => Event::Write(file(call), number(1)?, unspell(rest.split('"').nth(1)?)),
        "ftruncate" => Event::Cut(file(call), number(1)?),
        "fsync" | "fdatasync" => Event::Flush(file(call)),
        "unlink" => Event::Gone(PathBuf::from(String::from_utf8(unspell(rest.split('"').nth(1)?)).ok()?)),
        "writev" | "sendto" | "sendmsg" => Event::Said(rest.to_owned()),
        _ => return None,
    })
}

/// A place in a file and the bytes written there; without bytes, the length it was cut to.
type Change = (usize, Option<Vec<u8>>);

/// What each file has: flushed bytes, and changes since.
#[derive(Default)]
struct Disk {
    flushed: BTreeMap<PathBuf, Vec<u8>>,
    since: BTreeMap<PathBuf, Vec<Change>>,
}

fn put(bytes: &mut Vec<u8>, at: usize, change: Option<&[u8]>) {
    match change {
        Some(written) => {
            bytes.resize(bytes.len().max(at + written.len()), 0);
            bytes[at..at + written.len()].copy_from_slice(written);
        }
        None => bytes.resize(at, 0),
    }
}

impl Disk {
    fn take(&mut self, event: &Event) {
        match event {
            Event::Write(file, at, bytes) => self
                .since
                .entry(file.clone())
                .or_default()
                .push((*at, Some(bytes.clone()))),
            Event::Cut(file, length) => self.since.entry(file.clone()).or_default().push((*length, None)),
            Event::Flush(file) => {
                for (at, change) in self.since.remove(file).unwrap_or_default() {
                    put(self.flushed.entry(file.clone()).or_default(), at, change.as_deref());
                }
            }
            Event::Gone(file) => {
                self.flushed.remove(file);
                self.since.remove(file);
            }
            Event::Said(_) => (),
        }
    }

    /// Lays the disk out as the cut leaves it; `torn`: with the first half of each file's changes, the last of them half written.
    fn lay_out(&self, from: &Path, to: &Path, torn: bool) -> usize {
        let mut dropped = 0;
        let mut left = self.flushed.clone();
        for (file, changes) in &self.since {
            let kept = if torn { changes.len().div_ceil(2) } else { 0 };
            for (n, (at, change)) in changes.iter().enumerate() {
                let length = change.as_ref().map_or(0, Vec::len);
                let written = change
                    .as_deref()
                    .map(|bytes| if n + 1 == kept { &bytes[..length / 2] } else { bytes });
                if n < kept {
                    put(left.entry(file.clone()).or_default(), *at, written);
                } else {
                    dropped += length;
                }
            }
        }
        for (file, bytes) in left {
            if let Ok(name) = file.strip_prefix(from) {
                std::fs::write(to.join(name), bytes).unwrap();
            }
        }
        dropped
    }
}

/// How many of these ops the database in this place holds, after it was opened as at a start.
fn held(place: &Place, ops: &[OpId]) -> usize {
    let rt = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let home = place.home();
    let db = rt.block_on(async {
        let mut db = endpoint::database::open(&home).await.unwrap();
        endpoint::database::examine(&mut db, &home).await.unwrap();
        db
    });
    let mut sql = Sql::new(db, rt);
    ops.iter().filter(|op| sql.op(op).unwrap().is_some()).count()
}

#[test]
fn after_a_power_cut_everything_that_had_a_receipt_is_there_and_without_flushing_it_is_not() {
    let place = Place::over(Engine::Sqlite);
    let mut running = place.serve(&[]);
    let (mut founder, _) = found(&place, running.address);
    let mut phone = Phone::enrol(&mut founder, Role::Candidate, running.address);
    running.terminate();
    assert!(running.wait().success());
    let data = std::fs::canonicalize(place.data()).unwrap();
    let before: BTreeMap<PathBuf, Vec<u8>> = files(&data)
        .into_iter()
        .map(|file| (file.clone(), std::fs::read(file).unwrap()))
        .collect();
    let calls = "trace=pwrite64,ftruncate,fsync,fdatasync,unlink,writev,sendto,sendmsg";
    let (mut running, record) = strace::serve(&place, "power", &["-xx", "-s", "400000", "-e", calls]);
    let letters = if long() { 60 } else { 12 };
    for n in 0..letters {
        phone.hand_in(&format!("bản {n}"));
        phone.sync(running.address).expect("an answer");
    }
    running.kill();
    let told = strace::read(&record);
    assert!(
        !told.contains("<unfinished"),
        "calls of the one writer do not interleave"
    );
    let events: Vec<Event> = told.lines().filter_map(event).collect();
    let receipted: Vec<(OpId, String)> = phone
        .kept
        .iter()
        .map(|row| (row.out.op_id, spell(&row.out.op_id.0)))
        .collect();

    let (mut cuts, mut dropped, mut without_flush) = (0, 0, 0);
    let (mut disk, mut never) = (
        Disk {
            flushed: before.clone(),
            ..Disk::default()
        },
        Disk {
            flushed: before,
            ..Disk::default()
        },
    );
    let mut said: Vec<OpId> = Vec::new();
    let step = if long() { 1 } else { events.len() / 40 };
    for (n, event) in events.iter().enumerate() {
        disk.take(event);
        if !matches!(event, Event::Flush(_)) {
            never.take(event);
        }
        if let Event::Said(bytes) = event {
            said.extend(
                receipted
                    .iter()
                    .filter(|(_, spelled)| bytes.contains(spelled))
                    .map(|(id, _)| *id),
            );
        } else if n % step != 0 {
            continue;
        }
        for torn in [false, true] {
            let after = Place::over(Engine::Sqlite);
            std::fs::create_dir_all(after.data()).unwrap();
            dropped += disk.lay_out(&data, &after.data(), torn);
            assert_eq!(held(&after, &said), said.len(), "cut after call {n}, torn: {torn}");
            cuts += 1;
        }
        if n + 1 == events.len() || (matches!(event, Event::Said(_)) && said.len() == letters) {
            let after = Place::over(Engine::Sqlite);
            std::fs::create_dir_all(after.data()).unwrap();
            never.lay_out(&data, &after.data(), false);
            without_flush += said.len() - held(&after, &said);
        }
    }
    assert_eq!(said.len(), letters, "each hand-in's answer was seen on its way");
    assert!(dropped > 0, "bytes were lost in the cuts");
    assert!(without_flush > 0, "the control must lose");
    println!("T-15 fired={cuts}/{cuts} held={cuts}/{cuts} bytes dropped={dropped} control lost={without_flush}");
}
