//! The operator's commands on a running branch: switching off, backup and restore (T-27), purge, the access log, figures.

use crate::commands::refused;
use crate::kills::{number, open};
use crate::kit::{Phone, Place, found, get, post};
use endpoint::database::Engine;
use sync::client::Reply;
use sync::kind::Role;

#[test]
fn a_device_or_a_branch_that_is_switched_off_gets_nothing_and_can_be_served_again() {
    let place = Place::new();
    let running = place.serve(&[]);
    let (mut founder, _) = found(&place, running.address);
    let phone = Phone::enrol(&mut founder, Role::Candidate, running.address);
    let device = phone.who.device_id().to_string();
    let branch = founder.who.branch_id().to_string();
    let status = || post(running.address, &phone.posting().bytes).unwrap().status;
    for words in [["--device", &device], ["--branch", &branch]] {
        assert_eq!(status(), 200);
        place.run(&["switch-off", words[0], words[1]]);
        assert_eq!(status(), 403, "{}", words[0]);
        let list = place.run(&[if words[0] == "--device" { "devices" } else { "branches" }]);
        let line = list.lines().find(|line| line.contains(words[1])).unwrap();
        assert!(line.contains("  off  "), "{line}");
        place.run(&["switch-off", words[0], words[1], "--undo"]);
    }
    assert_eq!(status(), 200);
    assert_eq!(place.run(&["devices", "--branch", &branch]).lines().count(), 2);
    assert_eq!(place.run(&["devices", "--branch", &"0".repeat(32)]), "");
    assert!(refused(&place, &["switch-off", "--device", &"0".repeat(32)]).contains("is not here"));
    let log = place.run(&["log"]);
    for action in ["found", "enrol", "switch-off", "switch-on"] {
        assert!(log.contains(&format!("  {action}  ")), "{action} in {log}");
    }
}

#[test]
fn after_the_restore_of_an_old_backup_phones_bring_everything_back_by_themselves() {
    let place = Place::new();
    let mut running = place.serve(&[]);
    let (mut founder, _) = found(&place, running.address);
    let mut phone = Phone::enrol(&mut founder, Role::Candidate, running.address);
    phone.hand_in("trước bản sao");
    phone.sync(running.address).unwrap();
    let file = place.file("backup");
    let path = file.to_str().unwrap();
    let said = place.run(&["backup", "--out", path]);
    let seq = said
        .split_whitespace()
        .find_map(|word| word.parse::<u32>().ok())
        .unwrap();
    assert!(
        refused(&place, &["backup", "--out", path]).contains("cannot write"),
        "never over a file"
    );
    place.run(&["backup", "--confirm", &seq.to_string()]);
    assert!(refused(&place, &["backup", "--confirm", "100000"]).contains("100000"));
    let Some(Reply::Answered(answered)) = phone.sync(running.address) else {
        panic!("no answer")
    };
    assert_eq!(answered.foot.watermark, u64::from(seq), "phones are told what is safe");
    let more = if crate::faults::long() { 500 } else { 60 };
    for n in 0..more {
        phone.hand_in(&format!("sau bản sao {n}"));
    }
    while !phone.outbox.is_empty() {
        assert!(matches!(phone.sync(running.address), Some(Reply::Answered(_))));
    }
    let first: Vec<_> = phone.kept.iter().map(|row| (row.out.op_id, row.first)).collect();
    running.terminate();
    running.wait();
    assert!(refused(&place, &["restore", "--from", path]).contains("an empty one"));

    // Into the other engine as well: that is how an endpoint moves.
    for engine in [crate::OVER, Engine::Sqlite] {
        let anew = Place::over(engine);
        let mut phone = Phone {
            who: phone.who.clone(),
            outbox: Vec::new(),
            kept: phone.kept.clone(),
            mail: phone.mail.clone(),
            pulled: phone.pulled.clone(),
        };
        std::fs::create_dir_all(anew.data()).unwrap();
        std::fs::copy(place.data().join("endpoint.keys"), anew.data().join("endpoint.keys")).unwrap();
        anew.run(&["restore", "--from", path]);
        let held = number(&mut open(&anew), "SELECT COUNT(*) FROM op WHERE kind = 2");
        assert_eq!(held, 1, "what came after the backup is missing");
        let running = anew.serve(&[]);
        let mut turns = 0;
        while number(&mut open(&anew), "SELECT COUNT(*) FROM op WHERE kind = 2") < more + 1 || !phone.outbox.is_empty()
        {
            assert!(matches!(phone.sync(running.address), Some(Reply::Answered(_))));
            turns += 1;
            assert!(turns < 15, "not back after {turns} letters");
        }
        let mut sql = open(&anew);
        for (op, _) in &first {
            assert!(sync::endpoint::Store::op(&mut sql, op).unwrap().is_some());
        }
        let now: Vec<_> = phone.kept.iter().map(|row| (row.out.op_id, row.first)).collect();
        assert!(
            first.iter().all(|kept| now.contains(kept)),
            "the first receipts are kept"
        );
        assert_eq!(number(&mut sql, "SELECT COUNT(*) - COUNT(DISTINCT op_id) FROM op"), 0);
        assert!(anew.run(&["check"]).lines().all(|line| line.starts_with("ok")));
        println!("T-27 restored into {engine:?}: {more} missing, all back after {turns} letters");
    }
}

#[test]
fn purging_drops_old_replaced_drafts_and_keeps_the_rest() {
    let place = Place::new();
    let running = place.serve(&[]);
    let (mut founder, _) = found(&place, running.address);
    let mut phone = Phone::enrol(&mut founder, Role::Candidate, running.address);
    phone.keep_three_versions();
    phone.sync(running.address).unwrap();
    let whole = "SELECT COUNT(*) FROM op WHERE kind = 1 AND body IS NOT NULL";
    assert_eq!(number(&mut open(&place), whole), 3);
    let age = "UPDATE op SET server_time = server_time - 61 * 86400";
    place.with_database(async |db| sqlx::query(age).execute(db).await.unwrap());
    place.run(&["purge"]);
    assert_eq!(
        number(&mut open(&place), whole),
        3,
        "no backup off the machine holds them yet"
    );
    let raise = "UPDATE counter SET watermark = seq";
    place.with_database(async |db| sqlx::query(raise).execute(db).await.unwrap());
    assert!(place.run(&["purge"]).starts_with("dropped 2 replaced bodies"));
    assert_eq!(number(&mut open(&place), whole), 1, "the newest stays");
    assert!(place.run(&["check"]).lines().all(|line| line.starts_with("ok")));
}

#[test]
fn a_log_that_was_changed_or_cut_is_seen_and_one_that_was_purged_is_whole() {
    for (damage, broken) in [
        ("UPDATE log SET action = 'serve' WHERE n = 2", Some(2)),
        ("UPDATE log SET time = time + 1 WHERE n = 3", Some(3)),
        ("DELETE FROM log WHERE n = 2", Some(2)),
        ("DELETE FROM log WHERE n < 3", Some(1)),
        ("UPDATE log SET time = 1 WHERE n < 0", None),
    ] {
        let place = Place::new();
        let running = place.serve(&[]);
        found(&place, running.address);
        drop(running);
        place.run(&["found"]);
        assert!(place.run(&["log"]).contains("is whole"));
        place.with_database(async |db| sqlx::query(damage).execute(db).await.unwrap());
        match broken {
            Some(n) => {
                let out = place.command(&["log"]).output().unwrap();
                assert_eq!(out.status.code(), Some(1), "{damage}");
                let said = String::from_utf8(out.stdout).unwrap();
                assert!(said.contains(&format!("BROKEN at line {n}:")), "{damage}: {said}");
            }
            None => assert!(place.run(&["log"]).contains("is whole")),
        }
    }
    // Lines so old that they go, with hashes that fit.
    let place = Place::new();
    let running = place.serve(&[]);
    found(&place, running.address);
    drop(running);
    place.with_database(async |db| {
        use sync::{
            endpoint::log_hash,
            id::{DeviceId, OpId},
        };
        sqlx::query("DELETE FROM log").execute(&mut *db).await.unwrap();
        let mut prev = [0; 32];
        for n in 1..=4_u64 {
            prev = log_hash(&prev, n, 1_000 + n, &DeviceId::ZERO, "push", &OpId::ZERO);
            let put =
                sqlx::query("INSERT INTO log (n, time, actor, action, target, hash) VALUES ($1, $2, $3, $4, $5, $6)");
            let put = put
                .bind(n as i64)
                .bind(1_000 + n as i64)
                .bind(vec![0_u8; 16])
                .bind("push".to_owned());
            put.bind(vec![0_u8; 16])
                .bind(prev.to_vec())
                .execute(&mut *db)
                .await
                .unwrap();
        }
    });
    assert!(place.run(&["purge"]).contains("3 lines of the access log"));
    assert!(place.run(&["log"]).contains("is whole"));
    assert!(
        place.run(&["log", "--after", "5"]).starts_with("6  "),
        "the line that says where it was cut"
    );
}

#[test]
fn figures_are_counts_and_only_for_the_machine_itself() {
    let place = Place::new();
    let running = place.serve(&[]);
    let (mut founder, _) = found(&place, running.address);
    let phone = Phone::enrol(&mut founder, Role::Candidate, running.address);
    let posting = phone.posting();
    post(running.address, &posting.bytes).unwrap();
    post(running.address, b"no letter").unwrap();
    let answer = get(running.address, "/metrics");
    assert_eq!(
        answer.header("content-type"),
        Some("text/plain; version=0.0.4; charset=utf-8")
    );
    let text = String::from_utf8(answer.body).unwrap();
    for line in [
        "lylich_letters_total{code=\"ok\"} 4",
        "lylich_letters_total{code=\"bad_request\"} 1",
        "lylich_ops_stored_total 4",
        "lylich_letters_waiting 0",
    ] {
        assert!(text.lines().any(|found| found == line), "{line} in {text}");
    }
    for line in text.lines() {
        let is_comment = line.starts_with("# HELP ") || line.starts_with("# TYPE ");
        let value = line.rsplit(' ').next().unwrap();
        assert!(is_comment || value.parse::<f64>().is_ok(), "{line}");
    }
    let elsewhere = "GET /metrics HTTP/1.1\r\nx-forwarded-for: 203.0.113.9";
    assert_eq!(
        crate::kit::request(running.address, elsewhere, b"").unwrap().status,
        404
    );
}
