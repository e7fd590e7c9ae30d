//! Who was given what, told to its owner: over a real socket, out of a real database.

use crate::cddl::Rules;
use crate::kit::{Machine, Phone, Place, found, post};
use std::net::SocketAddr;
use sync::access::OPERATOR;
use sync::body::{Assignment, Card, CardState, Reason, Revoke};
use sync::client::{self, Reader, Register};
use sync::kind::Role;

fn ask(phone: &Phone, register: &mut Register, address: SocketAddr) {
    loop {
        let posting = register.ask(&phone.who, &mut Machine);
        let answer = post(address, &posting.bytes).unwrap();
        assert_eq!(answer.status, 200);
        let rules = Rules::read(include_str!("../../protocol.cddl"));
        assert!(rules.matches("signed-letter", &posting.bytes));
        assert!(rules.matches("signed-answer", &answer.body), "{:02x?}", answer.body);
        if !register.take(&phone.who, &posting, &answer.body).unwrap() {
            return;
        }
    }
}

fn looks(register: &Register, phone: &Phone) -> Vec<(Option<Role>, usize)> {
    let ops = register.ops();
    let readers = ops
        .iter()
        .flat_map(|op| register.readers(op, &phone.who, &phone.pulled));
    readers.map(|one| (one.role, one.times.len())).collect()
}

#[test]
fn an_owner_is_told_of_every_copy_that_was_given_out_of_theirs_alone() {
    let place = Place::new();
    let running = place.serve(&[]);
    let (mut founder, _) = found(&place, running.address);
    let mut phone = Phone::enrol(&mut founder, Role::Candidate, running.address);
    let mut other = Phone::enrol(&mut founder, Role::Candidate, running.address);
    let mut mentor = Phone::enrol(&mut founder, Role::Mentor, running.address);
    let reader = Reader {
        account: mentor.who.account_id(),
        age_pub: mentor.who.account().age_pub(),
    };
    let card = Card {
        account: reader.account,
        age_pub: reader.age_pub,
        sign_pub: mentor.who.account().sign_pub(),
        role: Role::Mentor,
        state: CardState::Active,
    };
    let card = client::card(&mut founder.who, &card, &[], &mut Machine).unwrap();
    founder.outbox.push(client::OutRow::new(card));
    founder.sync(running.address).unwrap();
    other.hand_in("VÀNG THỊ MỴ");
    other.sync(running.address).unwrap();
    let out = phone.hand_in("HẠNG A NẾNH");
    phone.sync(running.address).unwrap();
    founder.sync(running.address).unwrap();
    // The secretary's second phone has nothing yet and is given all of it once more; then the mentor is given a copy by a forward.
    founder.mail.cursor = 0;
    founder.sync(running.address).unwrap();
    let assignment = Assignment {
        candidate: phone.who.account_id(),
        mentor: reader.account,
        from: "2026-11-21".to_owned(),
        to: None,
    };
    let assigned = client::assign(&mut founder.who, &assignment, &[], &mut Machine).unwrap();
    founder.outbox.push(client::OutRow::new(assigned));
    let office = sync::office::Office::read(&founder.who, &founder.pulled, &founder.kept, &[]);
    let original = office
        .original(&founder.who, &out.op_id, &founder.pulled, &founder.kept)
        .unwrap();
    let forward = client::forward(&mut founder.who, &original, reader, crate::kit::now(), &mut Machine).unwrap();
    founder.outbox.push(client::OutRow::new(forward));
    founder.sync(running.address).unwrap();
    mentor.sync(running.address).unwrap();
    phone.sync(running.address).unwrap();

    let mut register = Register::default();
    ask(&phone, &mut register, running.address);
    assert_eq!(register.ops(), [out.op_id]);
    assert_eq!(
        looks(&register, &phone),
        [(Some(Role::Secretary), 2), (Some(Role::Mentor), 1)]
    );
    ask(&phone, &mut register, running.address);
    assert_eq!(looks(&register, &phone).len(), 2, "told once");
    let mut theirs = Register::default();
    ask(&mentor, &mut theirs, running.address);
    assert_eq!(theirs.ops(), [], "a mentor is not told of what others wrote");
    ask(&founder, &mut theirs, running.address);
    assert_eq!(theirs.ops(), [], "nor is the secretary who carried it on");

    let revoke = Revoke {
        device: Some(phone.who.device_id()),
        account: None,
        reason: Reason::Lost,
    };
    let out = client::revoke(&mut founder.who, &revoke, &mut Machine).unwrap();
    founder.outbox.push(client::OutRow::new(out));
    founder.sync(running.address).unwrap();
    let posting = Register::default().ask(&phone.who, &mut Machine);
    assert_eq!(
        post(running.address, &posting.bytes).unwrap().status,
        403,
        "a lost phone is told nothing"
    );
}

#[test]
fn what_was_told_stays_on_the_phone_when_the_log_is_cut() {
    let place = Place::new();
    let running = place.serve(&[]);
    let (mut founder, _) = found(&place, running.address);
    let mut phone = Phone::enrol(&mut founder, Role::Candidate, running.address);
    phone.hand_in("HẠNG A NẾNH");
    phone.sync(running.address).unwrap();
    founder.sync(running.address).unwrap();
    let mut register = Register::default();
    ask(&phone, &mut register, running.address);
    drop(running);
    place.with_database(async |db| {
        let sql = "UPDATE log SET time = time - 70000000";
        assert!(sqlx::query(sql).execute(db).await.unwrap().rows_affected() > 0);
    });
    assert!(place.run(&["purge"]).contains("lines of the access log"));
    let running = place.serve(&[]);
    ask(&phone, &mut register, running.address);
    assert_eq!(looks(&register, &phone), [(Some(Role::Secretary), 1)]);
}

#[test]
fn an_owner_is_told_of_the_operators_exports_and_the_chain_stays_whole() {
    let place = Place::new();
    let running = place.serve(&[]);
    let (mut founder, _) = found(&place, running.address);
    let mut phone = Phone::enrol(&mut founder, Role::Candidate, running.address);
    let mut other = Phone::enrol(&mut founder, Role::Candidate, running.address);
    other.sync(running.address).unwrap();
    let out = phone.hand_in("HẠNG A NẾNH");
    phone.sync(running.address).unwrap();
    let file = place.file("received.lylich");
    for _ in 0..2 {
        place.run(&["export", "--out", file.to_str().unwrap()]);
    }
    // One that cannot be written leaves no line, and no file.
    let nowhere = place.file("nowhere/received.lylich");
    let failed = place.command(&["export", "--out", nowhere.to_str().unwrap()]).output();
    assert!(!failed.unwrap().status.success());

    let mut register = Register::default();
    ask(&phone, &mut register, running.address);
    assert_eq!(register.ops(), [out.op_id], "what is not sealed is nobody's secret");
    let told = register.readers(&out.op_id, &phone.who, &phone.pulled);
    assert_eq!(told.len(), 1);
    assert_eq!(
        (told[0].account, told[0].role, told[0].times.len()),
        (OPERATOR, None, 2)
    );
    let mut theirs = Register::default();
    ask(&other, &mut theirs, running.address);
    assert_eq!(theirs.ops(), []);
    // The running endpoint goes on from the operator's lines.
    founder.sync(running.address).unwrap();
    ask(&phone, &mut register, running.address);
    assert_eq!(looks(&register, &phone), [(None, 2), (Some(Role::Secretary), 1)]);
    assert!(place.run(&["log"]).contains("is whole"));
}
