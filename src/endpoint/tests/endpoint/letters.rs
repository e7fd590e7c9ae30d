//! Letters over a real socket into a real file.

use crate::kit::{Phone, Place, found, post};
use endpoint::database::Engine;
use sync::client::{self, Reply};
use sync::endpoint::Store;
use sync::kind::Role;

#[test]
fn the_same_letter_twice_gives_equal_receipts_and_one_row() {
    let place = Place::new();
    let running = place.serve(&[]);
    let (mut founder, _) = found(&place, running.address);
    let mut phone = Phone::enrol(&mut founder, Role::Candidate, running.address);
    let out = phone.hand_in("HẠNG A NẾNH");
    let posting = phone.posting();
    let receipts: Vec<_> = (0..3)
        .map(|_| {
            let answer = post(running.address, &posting.bytes).unwrap();
            match client::answer(&phone.who, &posting, answer.status, &answer.body) {
                Reply::Answered(answered) => answered.outcomes[0].fate,
                other => panic!("{other:?}"),
            }
        })
        .collect();
    assert!(matches!(receipts[0], client::Fate::Stored(_)));
    assert!(receipts.iter().all(|receipt| *receipt == receipts[0]));
    let mut sql = crate::kills::open(&place);
    let rows = crate::kills::number(&mut sql, "SELECT COUNT(*) FROM op WHERE kind = 2");
    assert_eq!(rows, 1);
    assert!(sql.op(&out.op_id).unwrap().is_some());
}

#[test]
fn a_hand_in_reaches_the_secretary_and_a_second_process_can_found_and_export_meanwhile() {
    let place = Place::new();
    let running = place.serve(&[]);
    let (mut founder, _) = found(&place, running.address);
    let mut phone = Phone::enrol(&mut founder, Role::Candidate, running.address);
    let out = phone.hand_in("HẠNG A NẾNH");
    phone.sync(running.address).unwrap();
    assert_eq!((phone.outbox.len(), phone.kept.len()), (0, 2));
    let Some(Reply::Answered(answered)) = founder.sync(running.address) else {
        panic!("not answered")
    };
    assert!(
        answered
            .rows
            .iter()
            .any(|row| sync::op::op_hash(&row.header) == out.op_hash)
    );
    let (other, _) = found(&place, running.address);
    assert_ne!(other.who.branch_id(), founder.who.branch_id());
    assert_eq!(place.run(&["branches"]).lines().count(), 2);
    let file = place.file("received.lylich");
    let branch = founder.who.branch_id().to_string();
    place.run(&["export", "--branch", &branch, "--out", file.to_str().unwrap()]);
    let export = sync::export::Export::decode(&std::fs::read(&file).unwrap()).unwrap();
    let pieces = sync::reader::open(&export, std::slice::from_ref(founder.who.account().age_secret()));
    assert_eq!(pieces.len(), 1);
    assert_eq!(pieces[0].doubt, None);
    assert_eq!(pieces[0].plain.as_ref().unwrap().fields["birth_name"], "HẠNG A NẾNH");
    assert!(place.run(&["check"]).lines().all(|line| line.starts_with("ok")));
}

#[test]
fn a_device_that_posts_too_often_and_a_stranger_are_slowed_down() {
    let place = Place::new();
    let running = place.serve(&[]);
    let (mut founder, _) = found(&place, running.address);
    let phone = Phone::enrol(&mut founder, Role::Candidate, running.address);
    let posting = phone.posting();
    // More letters at once than a bucket of 20, refilled by one a second, can let through in the time this takes.
    let answers: Vec<_> = (0..60)
        .map(|_| post(running.address, &posting.bytes).unwrap())
        .collect();
    let slowed = answers
        .iter()
        .find(|answer| answer.status == 429)
        .expect("one is slowed down");
    assert!(
        slowed
            .header("retry-after")
            .is_some_and(|seconds| seconds.parse::<u64>().is_ok())
    );
    assert!(answers.iter().filter(|answer| answer.status == 200).count() >= 19);
    let strangers: Vec<u16> = (0..12)
        .map(|_| post(running.address, b"no letter").unwrap().status)
        .collect();
    assert!(strangers.contains(&400) && strangers.contains(&429), "{strangers:?}");
}

#[test]
fn while_another_process_holds_the_lock_phones_are_asked_to_come_back() {
    let place = Place::new();
    let running = place.serve(&[]);
    let (mut founder, _) = found(&place, running.address);
    let mut phone = Phone::enrol(&mut founder, Role::Candidate, running.address);
    phone.hand_in("HẠNG A NẾNH");
    let posting = phone.posting();
    let refused = place.with_database(async |other| {
        // On SQLite this takes the file's write lock, on PostgreSQL a lock of the counter's table.
        let began = match endpoint::database::engine(other) {
            Engine::Sqlite => "BEGIN IMMEDIATE",
            Engine::Postgres => "BEGIN",
        };
        sqlx::query(began).execute(&mut *other).await.unwrap();
        sqlx::query("UPDATE counter SET seq = seq")
            .execute(&mut *other)
            .await
            .unwrap();
        let refused = post(running.address, &posting.bytes).unwrap();
        sqlx::query("ROLLBACK").execute(other).await.unwrap();
        refused
    });
    assert_eq!((refused.status, refused.header("retry-after")), (503, Some("2")));
    phone.sync(running.address).unwrap();
    assert!(phone.outbox.is_empty());
}
