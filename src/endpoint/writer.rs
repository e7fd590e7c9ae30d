//! The one writer: a thread of its own that takes letters from a queue, one after the other.
//!
//! Invariant: an answer leaves this thread only after its transaction is durable; a panic in one letter is an answer 500 and a line in
//! the log, not the end of the thread; a database that can no longer be trusted ends the process at once, because a failed flush must
//! not be tried again. Not here: reading bodies from sockets (`http`).

use crate::fault::Fault;
use crate::random::now;
use crate::store::Sql;
use std::net::IpAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread::JoinHandle;
use sync::endpoint::{Caller, Handled, Pace, Refusal, Store, handle};
use sync::keys::EndpointKeys;
use tokio::sync::{mpsc, oneshot};

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
pub struct Writer(mpsc::Sender<Job>);

impl Writer {
    /// Starts the thread. It ends, and closes the database, when the last `Writer` is dropped.
    pub fn start(store: Sql, keys: EndpointKeys) -> std::io::Result<(Self, JoinHandle<Result<(), Fault>>)> {
        let (sender, receiver) = mpsc::channel(QUEUE);
        let thread = std::thread::Builder::new()
            .name("writer".to_owned())
            .spawn(move || work(store, &keys, receiver))?;
        Ok((Self(sender), thread))
    }

    /// Hands a letter in and waits for its answer.
    pub async fn letter(&self, bytes: Vec<u8>, address: IpAddr) -> Result<Vec<u8>, Refusal> {
        let (reply, answer) = oneshot::channel();
        self.0
            .try_send(Job { bytes, address, reply })
            .map_err(|_| Refusal::Busy)?;
        answer.await.unwrap_or(Err(Refusal::Fault))
    }
}

fn work(mut store: Sql, keys: &EndpointKeys, mut jobs: mpsc::Receiver<Job>) -> Result<(), Fault> {
    let mut pace = Pace::default();
    while let Some(job) = jobs.blocking_recv() {
        let started = std::time::Instant::now();
        let handled = catch_unwind(AssertUnwindSafe(|| {
            handle(&mut store, keys, &mut pace, &job.bytes, now())
        }));
        let Ok(handled) = handled else {
            store.rollback();
            tracing::error!("a letter made the program panic");
            let _ = job.reply.send(Err(Refusal::Fault));
            continue;
        };
        if handled.broken {
            tracing::error!("the database cannot be trusted any more; stopping");
            std::process::exit(EXIT_BROKEN);
        }
        tell(&handled, started.elapsed().as_micros());
        let slowed = match handled.caller {
            Caller::Stranger => pace.stranger(job.address, now()).err(),
            Caller::Device(_) => None,
        };
        // Whoever asked may be gone; then the answer is lost like any other and will be asked for again.
        let _ = job
            .reply
            .send(slowed.map_or(handled.result, |seconds| Err(Refusal::SlowDown(seconds))));
    }
    let (db, rt) = store.into_parts();
    rt.block_on(crate::database::close(db))
}

/// One line a letter: counts and times, no identifiers.
fn tell(handled: &Handled, micros: u128) {
    let code = handled.result.as_ref().map_or_else(|refusal| refusal.code(), |_| "ok");
    let Handled {
        stored,
        repeated,
        refused,
        rows,
        ..
    } = handled;
    tracing::info!(code, stored, repeated, refused, rows, micros = micros as u64, "letter");
}
