//! Whom an owner is told of: who was given which of their ops, and when.

use crate::access::MAX_LINES;
use crate::answer::Author;
use crate::body::Assignment;
use crate::client::{self, Identity, Mail, Original, Register};
use crate::endpoint::Refusal;
use crate::endpoint::world::World;
use crate::id::OpId;
use crate::kind::Role;
use crate::letter::{self, Letter, Signed};
use crate::op::Op;
use crate::shape;

fn hand_in(w: &mut World, who: &mut Identity) -> OpId {
    let draft = w.draft();
    let out = client::hand_in(who, &draft, &[], "r", "d", w.now, &mut w.rnd).unwrap();
    w.answered(who, std::slice::from_ref(&out));
    out.op_id
}

fn look(w: &mut World, who: &Identity) {
    w.post_with(who, &[], &Mail::default());
}

/// Asks until nothing is left. Gives back how many letters that took.
fn ask(w: &mut World, who: &Identity, register: &mut Register) -> usize {
    let mut letters = 1;
    loop {
        let posting = register.ask(who, &mut w.rnd);
        let body = w.handle(&posting.bytes).result.unwrap();
        if !register.take(who, &posting, &body).unwrap() {
            return letters;
        }
        letters += 1;
    }
}

fn times(register: &Register, op: &OpId, who: &Identity) -> Vec<(crate::id::AccountId, Option<Role>, Vec<u64>)> {
    let readers = register.readers(op, who, &[]);
    readers
        .into_iter()
        .map(|one| (one.account, one.role, one.times))
        .collect()
}

#[test]
fn an_owner_learns_who_was_given_which_hand_in_and_when_and_nobody_else_does() {
    let mut w = World::new(true);
    let (mut owner, other) = (w.member(Role::Candidate), w.member(Role::Candidate));
    let founder = w.founder.clone();
    let (first, begun) = (hand_in(&mut w, &mut owner), w.now.wall_s);
    look(&mut w, &founder);
    w.now.wall_s += 7_200;
    let second = hand_in(&mut w, &mut owner);
    look(&mut w, &founder);
    look(&mut w, &owner);
    let mut register = Register::default();
    ask(&mut w, &owner, &mut register);
    assert_eq!(register.ops(), [first, second]);
    let secretary = (founder.account_id(), Some(Role::Secretary));
    assert_eq!(
        times(&register, &first, &owner),
        [(secretary.0, secretary.1, vec![begun, begun + 7_200])]
    );
    assert_eq!(
        times(&register, &second, &owner),
        [(secretary.0, secretary.1, vec![begun + 7_200])]
    );
    assert_eq!(register.asked, w.now.wall_s);
    for who in [&other, &founder] {
        let mut register = Register::default();
        ask(&mut w, who, &mut register);
        assert_eq!(register.ops(), [], "each learns of their own only");
    }
    let again = Register::decode(&register.encode()).unwrap();
    assert_eq!(again, register);
    assert!(Register::decode(&[0xa0]).is_err());
}

#[test]
fn what_was_told_is_not_told_again_and_stays() {
    let mut w = World::new(true);
    let mut owner = w.member(Role::Candidate);
    let founder = w.founder.clone();
    let op = hand_in(&mut w, &mut owner);
    look(&mut w, &founder);
    let mut register = Register::default();
    ask(&mut w, &owner, &mut register);
    let before = register.clone();
    ask(&mut w, &owner, &mut register);
    assert_eq!(register, before);
    // The endpoint's log is cut after two years; the phone's copy is its own.
    let lines = w.store.durable.log.len();
    w.store.durable.log.drain(..lines - 1);
    look(&mut w, &founder);
    ask(&mut w, &owner, &mut register);
    assert_eq!(times(&register, &op, &owner)[0].2.len(), 2);
}

#[test]
fn a_forward_counts_as_a_look_at_what_it_carries_on() {
    let mut w = World::new(true);
    let (mut owner, mut late) = (w.member(Role::Candidate), w.member(Role::Mentor));
    let draft = w.draft();
    let out = client::hand_in(&mut owner, &draft, &[], "r", "d", w.now, &mut w.rnd).unwrap();
    w.answered(&owner, std::slice::from_ref(&out));
    let op = Op::read(&out.bytes).unwrap();
    let original = Original {
        op_id: out.op_id,
        header: op.header_bytes().to_vec(),
        sig: op.sig(),
        plain: b"plain".to_vec().into(),
        author: Author {
            device_pub: owner.device_keys().public(),
            age_pub: owner.account().age_pub(),
            sign_pub: owner.account().sign_pub(),
            certificate: owner
                .account()
                .certify(&owner.branch_id(), &owner.device_keys().public()),
        },
        place: None,
    };
    let reader = client::Reader {
        account: late.account_id(),
        age_pub: late.account().age_pub(),
    };
    let mut founder = w.founder.clone();
    let forward = client::forward(&mut founder, &original, reader, w.now, &mut w.rnd).unwrap();
    let assignment = Assignment {
        candidate: owner.account_id(),
        mentor: late.account_id(),
        from: "2026-11-21".to_owned(),
        to: None,
    };
    let assignment = client::assign(&mut founder, &assignment, &[], &mut w.rnd).unwrap();
    w.founder = founder;
    w.founder_sends(&[forward, assignment]);
    late.take_standing(None, crate::answer::Standing::Active);
    look(&mut w, &late);
    let mut register = Register::default();
    ask(&mut w, &owner, &mut register);
    let seen = times(&register, &out.op_id, &owner);
    assert!(
        seen.iter().any(|(account, ..)| *account == late.account_id()),
        "{seen:?}"
    );
    assert_eq!(register.ops(), [out.op_id], "never by the forward's own name");
}

#[test]
fn a_row_without_its_content_is_no_look() {
    let mut w = World::new(true);
    let mut owner = w.member(Role::Candidate);
    let founder = w.founder.clone();
    let draft = w.draft();
    let out = client::hand_in(&mut owner, &draft, &[], "r", "d", w.now, &mut w.rnd).unwrap();
    let erasure = client::erase(&mut owner, &out, &mut w.rnd).unwrap();
    w.answered(&owner, &[out, erasure]);
    let served = |w: &World| w.store.durable.log.iter().filter(|line| line.action == "serve").count();
    look(&mut w, &founder);
    assert_eq!(served(&w), 0);
    let mut register = Register::default();
    ask(&mut w, &owner, &mut register);
    assert_eq!(register.ops(), []);
}

#[test]
fn many_looks_come_in_several_answers_and_each_once() {
    let mut w = World::new(true);
    let mut owner = w.member(Role::Candidate);
    let founder = w.founder.clone();
    let op = hand_in(&mut w, &mut owner);
    let looks = MAX_LINES + 9;
    for _ in 0..looks {
        w.now.wall_s += 1;
        look(&mut w, &founder);
    }
    let mut register = Register::default();
    assert_eq!(ask(&mut w, &owner, &mut register), 2);
    assert_eq!(times(&register, &op, &owner)[0].2.len(), looks);
}

#[test]
fn after_a_restore_the_phone_asks_from_the_beginning_and_keeps_what_it_knew() {
    let mut w = World::new(true);
    let mut owner = w.member(Role::Candidate);
    let founder = w.founder.clone();
    let op = hand_in(&mut w, &mut owner);
    look(&mut w, &founder);
    let backup = w.store.durable.clone();
    for _ in 0..3 {
        w.now.wall_s += 60;
        look(&mut w, &founder);
    }
    let mut register = Register::default();
    ask(&mut w, &owner, &mut register);
    w.store.replace(backup);
    w.store.durable.epoch = [8; 16];
    w.now.wall_s += 60;
    look(&mut w, &founder);
    assert_eq!(ask(&mut w, &owner, &mut register), 2);
    assert_eq!(
        times(&register, &op, &owner)[0].2.len(),
        5,
        "three of them are known to the phone only"
    );
}

#[test]
fn an_answer_for_another_letter_or_by_another_endpoint_tells_nothing() {
    let mut w = World::new(true);
    let mut owner = w.member(Role::Candidate);
    hand_in(&mut w, &mut owner);
    let founder = w.founder.clone();
    look(&mut w, &founder);
    let mut register = Register::default();
    let (posting, other) = (register.ask(&owner, &mut w.rnd), register.ask(&owner, &mut w.rnd));
    let body = w.handle(&posting.bytes).result.unwrap();
    assert!(register.take(&owner, &other, &body).is_err());
    for at in 0..body.len() {
        let mut bent = body.clone();
        bent[at] ^= 1;
        assert!(register.take(&owner, &posting, &bent).is_err(), "byte {at}");
    }
    assert_eq!(register, Register::default());
    let silent = w.posting(&owner, &[], &Mail::default());
    let body = w.handle(&silent.bytes).result.unwrap();
    assert!(
        register.take(&owner, &silent, &body).is_err(),
        "a letter that does not ask is not told"
    );
    assert_eq!(register, Register::default());
}

#[test]
fn a_question_that_is_no_number_is_refused_and_a_closed_account_is_told_nothing() {
    let mut w = World::new(true);
    let mut owner = w.member(Role::Candidate);
    hand_in(&mut w, &mut owner);
    let posting = Register::default().ask(&owner, &mut w.rnd);
    let signed: Signed = shape::whole(&posting.bytes).unwrap();
    assert_eq!(signed.inner[signed.inner.len() - 2..], [12, 0]);
    for last in [0x20, 0x60, 0x80, 0xa0, 0xf5] {
        let mut inner = signed.inner.clone();
        *inner.last_mut().unwrap() = last;
        let bytes = letter::seal(inner, &owner.endpoint(), owner.device_keys());
        assert!(Letter::read(&bytes).is_ok(), "everything else is in order");
        assert_eq!(w.handle(&bytes).result, Err(Refusal::BadRequest), "{last:02x}");
    }
    let revoke = crate::body::Revoke {
        device: None,
        account: Some(owner.account_id()),
        reason: crate::body::Reason::Left,
    };
    let mut founder = w.founder.clone();
    let out = client::revoke(&mut founder, &revoke, &mut w.rnd).unwrap();
    w.founder = founder;
    w.founder_sends(&[out]);
    let posting = Register::default().ask(&owner, &mut w.rnd);
    assert_eq!(w.handle(&posting.bytes).result, Err(Refusal::AccountClosed));
}
