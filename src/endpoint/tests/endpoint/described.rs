//! `protocol.cddl` is true: what phones and endpoint say matches it, and what is made from it at random never makes a 5xx.

use crate::cddl::{Dice, Rules};
use crate::kit::{Phone, Place, Running, found, get, post, request};
use sync::client::OutRow;
use sync::kind::{Kind, Role};
use sync::letter::Signed;
use sync::op::{Op, RawOp};
use sync::shape;

const CDDL: &str = include_str!("../../protocol.cddl");

#[test]
fn what_phones_and_the_endpoint_say_is_what_the_description_says() {
    let rules = Rules::read(CDDL);
    let place = Place::new();
    let running = place.serve(&[]);
    let (mut founder, _) = found(&place, running.address);
    let mut phone = Phone::enrol(&mut founder, Role::Candidate, running.address);
    phone.hand_in("được mô tả");
    for who in [&phone, &founder] {
        let posting = who.posting();
        assert!(rules.matches("signed-letter", &posting.bytes));
        let answer = post(running.address, &posting.bytes).unwrap();
        assert_eq!(answer.status, 200);
        assert!(rules.matches("signed-answer", &answer.body), "{:02x?}", answer.body);
        // The same with one thing wrong does not match.
        let mut signed: Signed = shape::whole(&answer.body).unwrap();
        signed.inner.pop();
        assert!(!rules.matches("signed-answer", &shape::encode(&signed)));
    }
    let mut seen = Vec::new();
    for row in founder.kept.iter().chain(&phone.kept) {
        assert!(rules.matches("op", &row.out.bytes));
        let op = Op::read(&row.out.bytes).unwrap();
        let rule = match row.out.kind() {
            Some(Kind::Join) => "join",
            Some(Kind::BranchSet) => "signed-set",
            Some(Kind::Invite) => "invite",
            Some(Kind::Card) => "card",
            _ => continue,
        };
        assert!(rules.matches(rule, op.body()), "{rule}: {:02x?}", op.body());
        assert!(rules.matches("header", op.header_bytes()));
        seen.push(rule);
    }
    for rule in ["join", "signed-set", "invite"] {
        assert!(seen.contains(&rule), "{rule} was seen: {seen:?}");
    }
    assert!(rules.matches("hello", &get(running.address, "/v1/hello").body));
    assert!(rules.matches("problem", &post(running.address, b"").unwrap().body));
}

/// Posts from an address of its own; true if the endpoint kept its countenance.
fn is_calm(running: &Running, n: usize, bytes: &[u8]) -> bool {
    let head = format!(
        "POST /v1/letter HTTP/1.1\r\ncontent-type: application/cbor\r\nx-forwarded-for: 10.7.{}.{}\r\ncontent-length: {}",
        n / 250,
        n % 250,
        bytes.len()
    );
    request(running.address, &head, bytes).is_some_and(|answer| answer.status < 500)
}

#[test]
fn bodies_made_from_the_description_never_make_the_endpoint_stumble() {
    let rules = Rules::read(CDDL);
    let place = Place::new();
    let running = place.serve(&["--behind-proxy"]);
    let (mut founder, _) = found(&place, running.address);
    let seed = std::env::var("LYLICH_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok())
        .unwrap_or(20_261_122);
    let mut dice = Dice(seed);
    let letters = if crate::faults::long() { 2_000 } else { 400 };
    for n in 0..letters {
        let bytes = rules.make("signed-letter", &mut dice);
        assert!(rules.matches("signed-letter", &bytes), "seed {seed}, letter {n}");
        assert!(is_calm(&running, n, &bytes), "seed {seed}, letter {n}: {bytes:02x?}");
    }
    // Behind a good signature: ops that are made at random in the letters of somebody who is known.
    let mut refused = 0;
    for n in 0..letters / 40 {
        let mut phone = Phone::enrol(&mut founder, Role::Candidate, running.address);
        founder.kept.clear();
        for _ in 0..40 {
            let mut out = phone.kept[0].out.clone();
            out.bytes = rules.make("op", &mut dice);
            if dice.below(2) == 0 {
                out.bytes = addressed(&rules, &phone, &mut dice);
            }
            out.kind = 2;
            out.op_id = sync::id::OpId(dice.bytes(16).try_into().unwrap());
            phone.outbox.push(OutRow::new(out));
        }
        let posting = phone.posting();
        assert!(!posting.ops.is_empty());
        let answer = post(running.address, &posting.bytes).unwrap();
        assert_eq!(answer.status, 200, "seed {seed}, round {n}");
        refused += posting.ops.len();
        assert!(rules.matches("signed-answer", &answer.body));
        if n % 10 == 9 {
            std::thread::sleep(std::time::Duration::from_secs(1)); // the founder may post a letter a second
        }
    }
    assert!(place.run(&["check"]).lines().all(|line| line.starts_with("ok")));
    println!("CDDL: {letters} letters and {refused} ops made with seed {seed}, no 5xx");
}

/// An op in the name of this phone, so that the checks after the author's are reached.
fn addressed(rules: &Rules, phone: &Phone, dice: &mut Dice) -> Vec<u8> {
    let own = Op::read(&phone.kept[0].out.bytes).unwrap();
    let mut header = own.header().clone();
    header.op_id = sync::id::OpId(dice.bytes(16).try_into().unwrap());
    header.kind = dice.below(20) as u16;
    header.schema = dice.below(3) as u16;
    let rule = [
        "consent",
        "invite",
        "card",
        "revoke",
        "signed-set",
        "join",
        "status",
        "assignment",
    ][dice.below(8)];
    let body = rules.make(rule, dice);
    header.body_len = body.len() as u32;
    header.body_hash = sync::id::BodyHash(sync::hash::sha256(&body));
    let sig = own.sig();
    shape::encode(&RawOp {
        header: shape::encode(&header),
        sig,
        body,
    })
}
