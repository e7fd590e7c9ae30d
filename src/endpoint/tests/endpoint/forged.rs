//! Letters that are forged, altered, foreign or replayed; invites used twice or too late; all at the real door (T-19).
//!
//! The table says what each must get. Who may write which op to whom is the matrix of `sync::endpoint`, every cell of it.
//! Invariant: a refusal changes nothing and says nothing about anybody; what was refused stays on the phone.

use crate::kills::{number, open};
use crate::kit::{AGREED, Answer, Machine, Phone, Place, found, now, request};
use sync::Now;
use sync::client::{self, Fate, OutRow, Reply};
use sync::keys::{DeviceKeys, EndpointKeys};
use sync::kind::Role;
use sync::letter::{Letter, Probe, Signed};
use sync::shape;

/// Each from an address of its own, so that the limit for strangers is not what answers.
fn post_from(place: &Front, n: usize, bytes: &[u8]) -> Answer {
    let head = format!(
        "POST /v1/letter HTTP/1.1\r\ncontent-type: application/cbor\r\nx-forwarded-for: 10.9.{}.{}\r\ncontent-length: {}",
        n / 250,
        n % 250,
        bytes.len()
    );
    request(place.address, &head, bytes).unwrap()
}

struct Front {
    address: std::net::SocketAddr,
}

/// A letter with something in it changed, signed by these keys for this endpoint.
fn rewritten(phone: &Phone, keys: &DeviceKeys, change: impl FnOnce(&mut Letter)) -> Vec<u8> {
    let (mut letter, _) = Letter::read(&phone.posting().bytes).unwrap();
    change(&mut letter);
    letter.seal(&phone.who.endpoint(), keys)
}

fn with_other_bytes(bytes: &[u8], change: impl FnOnce(&mut Signed)) -> Vec<u8> {
    let mut signed: Signed = shape::whole(bytes).unwrap();
    change(&mut signed);
    shape::encode(&signed)
}

fn code(answer: &Answer) -> String {
    if answer.status == 200 {
        return "ok".to_owned();
    }
    shape::whole::<sync::answer::Problem>(&answer.body).unwrap().code
}

#[test]
fn every_false_credential_gets_its_refusal_and_changes_nothing() {
    let place = Place::new();
    let running = place.serve(&["--behind-proxy"]);
    let front = Front {
        address: running.address,
    };
    let (mut founder, _) = found(&place, running.address);
    let phone = Phone::enrol(&mut founder, Role::Candidate, running.address);
    let other = Phone::enrol(&mut founder, Role::Candidate, running.address);
    let (mut foreign_founder, _) = found(&place, running.address);
    let foreign = Phone::enrol(&mut foreign_founder, Role::Candidate, running.address);
    let off = Phone::enrol(&mut founder, Role::Mentor, running.address);
    place.run(&["switch-off", "--device", &off.who.device_id().to_string()]);
    let mine = DeviceKeys::draw(&mut Machine);
    let good = phone.posting().bytes;
    let elsewhere = EndpointKeys::draw(&mut Machine).sign_pub();
    let (letter, _) = Letter::read(&good).unwrap();

    // One link used by somebody already, one that ran out, one of a branch nobody founded, one never sent here.
    let (used, invite) = founder.invite(Role::Candidate, now());
    let long_ago = Now {
        wall_s: now().wall_s - 40 * 86_400,
    };
    let (late, late_invite) = founder.invite(Role::Candidate, long_ago);
    let (unsent, _) = founder.invite(Role::Candidate, now());
    founder.outbox.extend([OutRow::new(invite), OutRow::new(late_invite)]);
    founder.sync(running.address).unwrap();
    let mut joins = Vec::new();
    for link in [&used, &used, &late, &unsent] {
        let (who, join) = client::enrol(link, &AGREED, now(), &mut Machine).unwrap();
        joins.push(Phone::of(who, vec![join]));
    }
    let mut strayed = used.clone();
    strayed.code = [7; 16];
    let (who, join) = client::enrol(&strayed, &AGREED, now(), &mut Machine).unwrap();
    let stray = Phone::of(who, vec![join]);

    let before = number(&mut open(&place), "SELECT COUNT(*) FROM op");
    let table: Vec<(&str, Vec<u8>, u16, &str)> = vec![
        ("a good letter", good.clone(), 200, "ok"),
        ("the same letter replayed", good.clone(), 200, "ok"),
        (
            "signed with another key",
            rewritten(&phone, &mine, |_| ()),
            401,
            "bad_letter",
        ),
        (
            "signed for another endpoint",
            letter.seal(&elsewhere, &mine),
            401,
            "bad_letter",
        ),
        (
            "a signature of zeros",
            with_other_bytes(&good, |signed| signed.sig = sync::id::Sig::ZERO),
            401,
            "bad_letter",
        ),
        (
            "another letter's signature",
            with_other_bytes(&good, |signed| {
                signed.sig = shape::whole::<Signed>(&phone.posting().bytes).unwrap().sig;
            }),
            401,
            "bad_letter",
        ),
        (
            "a cursor changed on the way",
            with_other_bytes(&good, |signed| {
                let mut letter: Letter = shape::whole(&signed.inner).unwrap();
                letter.cursor += 1;
                signed.inner = shape::encode(&letter);
            }),
            401,
            "bad_letter",
        ),
        (
            "in the name of another device",
            rewritten(&phone, &mine, |letter| letter.device = other.who.device_id()),
            401,
            "bad_letter",
        ),
        (
            "a device nobody knows",
            rewritten(&phone, &mine, |letter| letter.device = mine.id()),
            401,
            "unknown_device",
        ),
        (
            "a device of another branch",
            rewritten(&foreign, &mine, |letter| letter.branch = phone.who.branch_id()),
            401,
            "bad_letter",
        ),
        (
            "a branch that is not here",
            rewritten(&phone, &mine, |letter| {
                letter.branch = sync::id::BranchId([9; 16]);
                letter.device = mine.id();
            }),
            401,
            "unknown_device",
        ),
        (
            "a later protocol",
            rewritten(&phone, &mine, |letter| letter.proto = 2),
            426,
            "upgrade",
        ),
        (
            "a device that was switched off",
            off.posting().bytes,
            403,
            "device_revoked",
        ),
        ("an invite, the first time", joins[0].posting().bytes, 200, "ok"),
        ("the same enrolment once more", joins[0].posting().bytes, 200, "ok"),
        (
            "an invite, the second time",
            joins[1].posting().bytes,
            422,
            "invite_spent",
        ),
        ("an invite that ran out", joins[2].posting().bytes, 422, "invite_spent"),
        (
            "an op in the place of a letter",
            phone.kept[0].out.bytes.clone(),
            400,
            "bad_request",
        ),
        ("nothing", Vec::new(), 400, "bad_request"),
    ];
    for (n, (what, bytes, status, expected)) in table.iter().enumerate() {
        let answer = post_from(&front, n, bytes);
        assert_eq!((answer.status, code(&answer).as_str()), (*status, *expected), "{what}");
        if *status != 200 {
            let text = String::from_utf8_lossy(&answer.body).into_owned();
            assert!(
                answer.body.len() < 64 && !text.contains(&phone.who.account_id().to_string()),
                "{what}: {text}"
            );
        }
    }
    // An invite that is not known yet may still arrive: the join waits, and nobody is made.
    for (n, unknown) in [&joins[3], &stray].into_iter().enumerate() {
        let posting = unknown.posting();
        let answer = post_from(&front, 100 + n, &posting.bytes);
        let Reply::Answered(answered) = client::answer(&unknown.who, &posting, answer.status, &answer.body) else {
            panic!("status {}", answer.status)
        };
        assert!(
            matches!(answered.outcomes[0].fate, Fate::Later(_)),
            "{:?}",
            answered.outcomes
        );
    }
    let after = number(&mut open(&place), "SELECT COUNT(*) FROM op");
    assert_eq!(after, before + 1, "only the one good enrolment left something");
    println!("T-19 fired={} held={}", table.len() + 2, table.len() + 2);
}

#[test]
fn somebody_elses_op_is_neither_taken_nor_shown() {
    let place = Place::new();
    let running = place.serve(&[]);
    let (mut founder, _) = found(&place, running.address);
    let mut owner = Phone::enrol(&mut founder, Role::Candidate, running.address);
    let mut thief = Phone::enrol(&mut founder, Role::Candidate, running.address);
    let out = owner.hand_in("của người khác");
    owner.sync(running.address).unwrap();
    // The very op, in a good letter of somebody else; and the question whether it is held.
    thief.outbox.push(OutRow::new(out.clone()));
    thief.mail.ask = vec![Probe {
        op_id: out.op_id,
        op_hash: out.op_hash,
    }];
    let posting = thief.posting();
    let answer = crate::kit::post(running.address, &posting.bytes).unwrap();
    let Reply::Answered(answered) = client::answer(&thief.who, &posting, answer.status, &answer.body) else {
        panic!("status {}", answer.status)
    };
    assert!(
        answered
            .outcomes
            .iter()
            .any(|one| matches!(one.fate, Fate::NeedsALook(_))),
        "{:?}",
        answered.outcomes
    );
    assert!(
        !answered.outcomes.iter().any(|one| matches!(one.fate, Fate::Stored(_))),
        "no receipt for another's op"
    );
    assert!(
        answered
            .rows
            .iter()
            .all(|row| sync::op::op_hash(&row.header) != out.op_hash),
        "and not shown"
    );
    // Its own op under the identifier of another's.
    assert_eq!(number(&mut open(&place), "SELECT COUNT(*) FROM op WHERE kind = 2"), 1);
}
