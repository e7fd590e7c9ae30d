//! Several endpoints on one PostgreSQL: no op twice, no number twice, and no row that a reader's cursor steps over (T-35).
//!
//! The danger: numbers given in one order and committed in another. A reader that has seen number 8 while 7 is not yet committed goes
//! on from 8 and never sees 7. The control does exactly that with a plain sequence, and must lose rows.

use crate::kills::{number, open};
use crate::kit::{Phone, Place, Running, found};
use sqlx::{AnyConnection, Row};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use sync::endpoint::Store;
use sync::id::Principal;
use sync::kind::Role;

const WRITERS: usize = 12;

/// How many things went on at once, at most.
#[derive(Default)]
struct Crowd {
    now: AtomicUsize,
    most: AtomicUsize,
}

impl Crowd {
    fn with<T>(&self, work: impl FnOnce() -> T) -> T {
        let now = self.now.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(now, Ordering::SeqCst);
        let out = work();
        self.now.fetch_sub(1, Ordering::SeqCst);
        out
    }
}

#[test]
fn three_endpoints_share_a_database_and_a_reader_steps_over_no_row() {
    let place = Place::new();
    let endpoints: Vec<Running> = (0..3).map(|_| place.serve(&[])).collect();
    let (mut founder, _) = found(&place, endpoints[0].address);
    let mut phones: Vec<Phone> = (0..WRITERS)
        .map(|n| Phone::enrol(&mut founder, Role::Candidate, endpoints[n % 3].address))
        .collect();
    let branch = founder.who.branch_id();
    let principals = [Principal::from(branch), Principal::EVERYBODY];
    let (done, crowd) = (AtomicBool::new(false), Crowd::default());
    let (seen, polls) = std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let (mut sql, mut seen, mut cursor, mut polls) = (open(&place), BTreeSet::new(), 0, 0);
            loop {
                // Asked before the last look, so that the last look sees everything.
                let last = done.load(Ordering::SeqCst);
                let rows = sql.rows(&branch, &principals, cursor, 64).unwrap();
                polls += 1;
                cursor = rows.last().map_or(cursor, |row| row.server_seq);
                let empty = rows.is_empty();
                seen.extend(rows.into_iter().map(|row| row.op_id));
                if last && empty {
                    return (seen, polls);
                }
            }
        });
        let written = std::panic::AssertUnwindSafe(|| {
            std::thread::scope(|writers| {
                for (n, phone) in phones.iter_mut().enumerate() {
                    let (endpoints, crowd) = (&endpoints, &crowd);
                    writers.spawn(move || {
                        for turn in 0..10 {
                            phone.hand_in(&format!("bản {turn}"));
                            // Each phone goes from one endpoint to the next.
                            let address = endpoints[(n + turn) % 3].address;
                            let reply = crowd.with(|| phone.sync(address));
                            assert!(phone.outbox.is_empty(), "a receipt for each: {reply:?}");
                        }
                    });
                }
            })
        });
        // Whatever becomes of the writers, the reader must end.
        let written = std::panic::catch_unwind(written);
        done.store(true, Ordering::SeqCst);
        let read = reader.join().unwrap();
        written.expect("every writer came to its end");
        read
    });
    assert!(
        crowd.most.load(Ordering::SeqCst) >= WRITERS / 2,
        "the writers overlapped"
    );
    assert!(polls > 20, "the reader looked while they wrote: {polls}");
    let mut sql = open(&place);
    for phone in &phones {
        for row in &phone.kept {
            assert!(seen.contains(&row.out.op_id), "stepped over one with a receipt");
            let held = sql.op(&row.out.op_id).unwrap().expect("a receipted op is held");
            assert_eq!((held.server_seq, held.op_hash), (row.first.server_seq, row.out.op_hash));
        }
    }
    assert_eq!(
        number(&mut sql, "SELECT COUNT(*) FROM op WHERE kind = 2"),
        10 * WRITERS as i64
    );
    assert_eq!(
        number(&mut sql, "SELECT COUNT(*) - MAX(server_seq) FROM op"),
        0,
        "numbers are dense"
    );
    assert_eq!(
        number(&mut sql, "SELECT seq - (SELECT COUNT(*) FROM op) FROM counter"),
        0
    );
    assert!(place.run(&["check"]).lines().all(|line| line.starts_with("ok")));
}

/// Writers take a number, do a little and commit; a reader polls with a cursor. Returns rows written and rows stepped over.
fn stepped_over(begin: &'static str) -> (usize, usize) {
    let place = Place::new();
    place.with_database(async |db| {
        let sql = "CREATE SEQUENCE plain; CREATE TABLE told (n BIGINT PRIMARY KEY)";
        sqlx::raw_sql(sql).execute(db).await.unwrap();
    });
    let on_own_connection = |work: &(dyn Fn(&tokio::runtime::Runtime, &mut AnyConnection) + Sync)| {
        let rt = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let mut db = rt.block_on(endpoint::database::open(&place.home())).unwrap();
        work(&rt, &mut db);
        rt.block_on(endpoint::database::close(db)).unwrap();
    };
    let (done, seen) = (AtomicBool::new(false), std::sync::Mutex::new(BTreeSet::new()));
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            on_own_connection(&|rt, db| {
                let (mut cursor, mut last) = (0_i64, false);
                while !last {
                    last = done.load(Ordering::SeqCst);
                    let question = sqlx::query("SELECT n FROM told WHERE n > $1 ORDER BY n").bind(cursor);
                    for row in rt.block_on(question.fetch_all(&mut *db)).unwrap() {
                        cursor = row.try_get(0).unwrap();
                        seen.lock().unwrap().insert(cursor);
                    }
                }
            });
        });
        std::thread::scope(|writers| {
            for _ in 0..WRITERS {
                writers.spawn(|| {
                    on_own_connection(&|rt, db| {
                        for _ in 0..25 {
                            rt.block_on(async {
                                sqlx::raw_sql(begin).execute(&mut *db).await.unwrap();
                                let n: i64 = sqlx::query("SELECT nextval('plain')")
                                    .fetch_one(&mut *db)
                                    .await
                                    .unwrap()
                                    .try_get(0)
                                    .unwrap();
                                let put = sqlx::query("INSERT INTO told VALUES ($1)").bind(n);
                                put.execute(&mut *db).await.unwrap();
                                sqlx::raw_sql("COMMIT").execute(&mut *db).await.unwrap();
                            });
                        }
                    });
                });
            }
        });
        done.store(true, Ordering::SeqCst);
        reader.join().unwrap();
    });
    let written: i64 = place.with_database(async |db| {
        let row = sqlx::query("SELECT COUNT(*) FROM told").fetch_one(db).await.unwrap();
        row.try_get(0).unwrap()
    });
    let written = usize::try_from(written).unwrap();
    (written, written - seen.into_inner().unwrap().len())
}

#[test]
fn with_the_endpoints_lock_nothing_is_stepped_over_and_without_it_something_is() {
    let locked = stepped_over("BEGIN; LOCK TABLE counter IN EXCLUSIVE MODE");
    assert_eq!(locked, (25 * WRITERS, 0));
    let (written, missed) = stepped_over("BEGIN");
    println!("T-35 plain sequence: stepped over {missed} of {written}");
    assert_eq!(written, 25 * WRITERS);
    assert!(
        missed > 0,
        "this control must lose rows, else the test above proves nothing"
    );
}
