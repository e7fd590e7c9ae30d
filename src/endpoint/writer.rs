//! The one writer: a thread of its own that takes letters from a queue, one after the other, and flushes those that wait together.
//!
//! Invariant: an answer leaves this thread only after its transaction is durable; a panic in one letter is an answer 500 and a line in
//! the log, not the end of the thread; a database that can no longer be trusted ends the process at once, because a failed flush must
//! not be tried again. Letters that share a flush fail alone: where a statement fails, all of them are undone and taken one by one.
//! Not here: reading bodies from sockets (`http`).

use crate::fault::Fault;
use crate::metrics::Counts;
use crate::random::{Machine, now};
use crate::store::Sql;
use std::net::IpAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Instant;
use sync::endpoint::{Caller, Handled, Pace, Refusal, Store, StoreFault, foretell, handle};
use sync::keys::EndpointKeys;
use tokio::sync::{mpsc, oneshot};

/// Letters that may share a flush.
const TOGETHER: usize = 64;
/// Letters that may wait; the next is asked to come back.
const QUEUE: usize = 256;
/// The database cannot be trusted: exit code for the service manager (sysexits `EX_IOERR`).
pub const EXIT_BROKEN: i32 = 74;

struct Job {
    bytes: Vec<u8>,
    address: IpAddr,
    reply: oneshot::Sender<Result<Vec<u8>, Refusal>>,
}

/// Where letters are handed in.
#[derive(Clone)]
pub struct Writer {
    queue: mpsc::Sender<Job>,
    counts: Arc<Counts>,
}

impl Writer {
    /// Starts the thread. It ends, and closes the database, when the last `Writer` is dropped.
    pub fn start(store: Sql, keys: EndpointKeys) -> std::io::Result<(Self, JoinHandle<Result<(), Fault>>)> {
        let (sender, receiver) = mpsc::channel(QUEUE);
        let counts = Arc::new(Counts::default());
        let shared = counts.clone();
        let thread = std::thread::Builder::new()
            .name("writer".to_owned())
            .spawn(move || work(store, &keys, receiver, &shared))?;
        Ok((Self { queue: sender, counts }, thread))
    }

    /// What has happened since the start, for `/metrics`.
    pub fn metrics(&self) -> String {
        self.counts.text(QUEUE - self.queue.capacity())
    }

    /// Hands a letter in and waits for its answer.
    pub async fn letter(&self, bytes: Vec<u8>, address: IpAddr) -> Result<Vec<u8>, Refusal> {
        let (reply, answer) = oneshot::channel();
        let result = match self.queue.try_send(Job { bytes, address, reply }) {
            Ok(()) => answer.await.unwrap_or(Err(Refusal::Fault)),
            Err(_) => Err(Refusal::Busy),
        };
        self.counts
            .letter(result.as_ref().map_or_else(|refusal| refusal.code(), |_| "ok"));
        result
    }
}

fn work(store: Sql, keys: &EndpointKeys, mut jobs: mpsc::Receiver<Job>, counts: &Counts) -> Result<(), Fault> {
    let mut clerk = Clerk {
        store,
        keys,
        pace: Pace::default(),
        counts,
    };
    while let Some(first) = jobs.blocking_recv() {
        let mut waiting = vec![first];
        while waiting.len() < TOGETHER
            && let Ok(job) = jobs.try_recv()
        {
            waiting.push(job);
        }
        let taken = clerk.together(&waiting);
        let taken = match taken {
            Some(taken) => taken.into_iter().map(Some).collect(),
            None => waiting.iter().map(|job| clerk.alone(job)).collect::<Vec<_>>(),
        };
        for (job, handled) in waiting.into_iter().zip(taken) {
            clerk.reply(job, handled);
        }
    }
    let (db, rt) = clerk.store.into_parts();
    rt.block_on(crate::database::close(db))
}

/// What the thread works with.
struct Clerk<'k> {
    store: Sql,
    keys: &'k EndpointKeys,
    pace: Pace,
    counts: &'k Counts,
}

impl Clerk<'_> {
    /// One letter; `None` when it made the program panic.
    fn take(&mut self, job: &Job) -> Option<Handled> {
        let started = Instant::now();
        let handled = catch_unwind(AssertUnwindSafe(|| {
            handle(
                &mut self.store,
                self.keys,
                &mut self.pace,
                &job.bytes,
                now(),
                &mut Machine,
            )
        }));
        let handled = handled.ok()?;
        stop_if(handled.broken);
        let micros = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
        self.counts.work(&handled, micros);
        tell(&handled, micros);
        Some(handled)
    }

    /// All of them in one transaction; `None` when something failed and nothing of it remains.
    fn together(&mut self, jobs: &[Job]) -> Option<Vec<Handled>> {
        if jobs.len() < 2 {
            return None;
        }
        self.store.together();
        self.store
            .foresee(jobs.iter().filter_map(|job| foretell(&job.bytes)).collect());
        let mut all = Vec::with_capacity(jobs.len());
        for job in jobs {
            match self.take(job) {
                Some(handled) if !matches!(handled.result, Err(Refusal::Fault | Refusal::Busy | Refusal::DiskFull)) => {
                    all.push(handled);
                }
                _ => {
                    self.store.undo();
                    return None;
                }
            }
        }
        match self.store.flush() {
            Ok(()) => {
                self.counts.flush();
                Some(all)
            }
            Err(fault) => {
                stop_if(fault == StoreFault::Broken);
                self.store.undo();
                None
            }
        }
    }

    /// One letter in a transaction of its own.
    fn alone(&mut self, job: &Job) -> Option<Handled> {
        self.store.foresee(foretell(&job.bytes).into_iter().collect());
        let handled = self.take(job);
        self.counts.flush();
        if handled.is_none() {
            self.store.rollback();
            self.counts.panic();
            tracing::error!("a letter made the program panic");
        }
        handled
    }

    /// Whoever asked may be gone; then the answer is lost like any other and will be asked for again.
    fn reply(&mut self, job: Job, handled: Option<Handled>) {
        let result = match handled {
            None => Err(Refusal::Fault),
            Some(handled) => match handled.caller {
                Caller::Stranger => match self.pace.stranger(job.address, now()) {
                    Ok(()) => handled.result,
                    Err(seconds) => Err(Refusal::SlowDown(seconds)),
                },
                Caller::Device(_) => handled.result,
            },
        };
        let _ = job.reply.send(result);
    }
}

/// A failed flush must not be tried again.
fn stop_if(broken: bool) {
    if broken {
        tracing::error!("the database cannot be trusted any more; stopping");
        std::process::exit(EXIT_BROKEN);
    }
}

/// One line a letter: counts and times, no identifiers.
fn tell(handled: &Handled, micros: u64) {
    let code = handled.result.as_ref().map_or_else(|refusal| refusal.code(), |_| "ok");
    let Handled {
        stored,
        repeated,
        refused,
        rows,
        carried,
        spoiled,
        ..
    } = handled;
    tracing::info!(
        code, stored, repeated, refused, rows, carried, spoiled, micros, "letter"
    );
}
