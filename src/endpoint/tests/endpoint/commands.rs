//! The operator's commands where something is wrong.

use crate::kit::{Place, found};
use endpoint::database::Engine;
use std::os::unix::fs::PermissionsExt;

pub fn refused(place: &Place, words: &[&str]) -> String {
    let out = place.command(words).output().unwrap();
    assert_eq!(
        out.status.code(),
        Some(1),
        "{words:?}: {}",
        String::from_utf8_lossy(&out.stdout)
    );
    String::from_utf8_lossy(&out.stderr).into_owned()
}

#[test]
fn a_fresh_endpoint_has_no_branch() {
    let place = Place::new();
    let running = place.serve(&[]);
    assert_eq!(place.run(&["branches"]), "");
    let out = place.file("x");
    assert!(refused(&place, &["export", "--out", out.to_str().unwrap()]).contains("no branch has been founded"));
    drop(running);
}

#[test]
fn an_export_asks_which_branch_where_there_are_several() {
    let place = Place::new();
    let running = place.serve(&[]);
    let out = place.file("x");
    let words = ["export", "--out", out.to_str().unwrap()];
    found(&place, running.address);
    assert!(place.run(&words).contains("ops of branch"));
    assert_eq!(std::fs::metadata(&out).unwrap().permissions().mode() & 0o777, 0o600);
    found(&place, running.address);
    assert!(refused(&place, &words).contains("2 branches"));
    let unknown = "00".repeat(16);
    assert!(
        refused(
            &place,
            &["export", "--branch", &unknown, "--out", out.to_str().unwrap()]
        )
        .contains(&unknown)
    );
}

#[test]
fn a_changed_row_and_a_cut_log_are_found_by_check() {
    let place = Place::new();
    let mut running = place.serve(&[]);
    found(&place, running.address);
    running.terminate();
    running.wait();
    assert!(place.run(&["check"]).lines().all(|line| line.starts_with("ok")));
    for (damage, found) in [
        (
            "UPDATE op SET body = $1 WHERE server_seq = 1",
            "WRONG  ops whose bytes do not fit their hash: 1",
        ),
        (
            "DELETE FROM log WHERE n = 1 AND hash <> $1",
            "WRONG  first broken line of the access log: 1",
        ),
    ] {
        place.with_database(async |db| sqlx::query(damage).bind(vec![0_u8]).execute(db).await.unwrap());
        let out = place.command(&["check"]).output().unwrap();
        assert_eq!(out.status.code(), Some(1));
        assert!(
            String::from_utf8_lossy(&out.stdout).contains(found),
            "{}",
            String::from_utf8_lossy(&out.stdout)
        );
    }
}

#[test]
fn a_damaged_database_file_is_not_served() {
    let place = Place::over(Engine::Sqlite);
    let mut running = place.serve(&[]);
    found(&place, running.address);
    running.terminate();
    running.wait();
    let file = place.data().join("endpoint.sqlite");
    let mut bytes = std::fs::read(&file).unwrap();
    let half = bytes.len() / 2;
    bytes[half..half + 8_000].fill(0x5a);
    std::fs::write(&file, bytes).unwrap();
    let said = refused(&place, &["serve", "--listen", "127.0.0.1:0"]);
    assert!(
        said.contains("restore the last backup") || said.contains("cannot use the database"),
        "{said}"
    );
}
