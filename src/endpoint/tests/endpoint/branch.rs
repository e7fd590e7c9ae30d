//! A branch at work over the real program: cards, assignments, hand-ins that reach the assigned mentor, forwards, cases, and what is left
//! in the database when something is withdrawn.

use crate::cddl::Rules;
use crate::kit::{Machine, Phone, Place, found, now};
use sync::body::{Assignment, Card, CardState, Status, Word};
use sync::client::{self, Outgoing};
use sync::draft::Draft;
use sync::id::{OpId, RecordId};
use sync::kind::{Kind, Role};
use sync::office::Office;
use sync::op::Op;

fn office(phone: &Phone) -> Office {
    Office::read(&phone.who, &phone.pulled, &phone.kept, &phone.outbox)
}

/// Into the outbox.
fn cut(phone: &mut Phone, out: Outgoing) -> OpId {
    let id = out.op_id;
    phone.outbox.push(sync::client::OutRow::new(out));
    id
}

#[test]
fn a_hand_in_goes_to_the_assigned_mentor_and_with_what_forwards_it() {
    let place = Place::new();
    let running = place.serve(&["--behind-proxy"]);
    let at = running.address;
    let (mut secretary, _) = found(&place, at);
    let mut mentor = Phone::enrol(&mut secretary, Role::Mentor, at);
    let mut other = Phone::enrol(&mut secretary, Role::Mentor, at);
    let mut candidate = Phone::enrol(&mut secretary, Role::Candidate, at);
    let sync = |phones: &mut [&mut Phone]| {
        for phone in phones {
            // Another letter where the first one only told of a change, or was followed by questions.
            for _ in 0..3 {
                phone.sync(at).unwrap();
            }
            assert!(phone.outbox.is_empty(), "{:?}", phone.outbox);
        }
    };
    sync(&mut [&mut secretary]);
    for person in office(&secretary).people.iter().filter(|one| !one.confirmed) {
        let card = Card {
            account: person.account,
            age_pub: person.age_pub,
            sign_pub: person.sign_pub,
            role: person.role,
            state: CardState::Active,
        };
        let out = client::card(&mut secretary.who, &card, &[], &mut Machine).unwrap();
        cut(&mut secretary, out);
    }
    let early = candidate.hand_in("trước khi phân công").op_id;
    sync(&mut [&mut candidate, &mut secretary, &mut mentor, &mut other]);
    let assignment = Assignment {
        candidate: candidate.who.account_id(),
        mentor: mentor.who.account_id(),
        from: "2026-11-01".to_owned(),
        to: None,
    };
    let out = client::assign(&mut secretary.who, &assignment, &[], &mut Machine).unwrap();
    cut(&mut secretary, out);
    sync(&mut [&mut secretary, &mut candidate]);
    let mentors = client::mentors(&candidate.who, &candidate.pulled);
    assert_eq!(mentors.len(), 1);
    let mut draft = Draft::new(RecordId::draw(&mut Machine), "2-KNĐ/2025");
    draft.set("birth_name", "HẠNG A NẾNH");
    let who = &mut candidate.who;
    let out = client::hand_in(who, &draft, &mentors, "rules 1", "21/11/2026", now(), &mut Machine).unwrap();
    let handed_in = cut(&mut candidate, out.clone());
    sync(&mut [&mut candidate, &mut secretary, &mut mentor, &mut other]);
    let ids = |phone: &Phone| -> Vec<OpId> {
        let hand_ins = office(phone).hand_ins;
        hand_ins
            .iter()
            .filter(|one| one.plain.is_some())
            .map(|one| one.op_id)
            .collect()
    };
    assert_eq!((ids(&mentor), ids(&other)), (vec![handed_in], vec![]));
    assert_eq!(ids(&secretary), [early, handed_in]);

    // The older one, by a forward; a word of the procedure and a case.
    let seen = office(&secretary);
    assert_eq!(seen.to_forward(&mentor.who.account_id()), [early]);
    let original = seen
        .original(&secretary.who, &early, &secretary.pulled, &secretary.kept)
        .unwrap();
    let to = seen.reader(&mentor.who.account_id()).unwrap();
    let forward = client::forward(&mut secretary.who, &original, to, now(), &mut Machine).unwrap();
    let forward = cut(&mut secretary, forward);
    let word = Status {
        subject: candidate.who.account_id(),
        about: Some(handed_in),
        word: Word::Step(2),
        day: "2026-11-21".to_owned(),
    };
    let word = client::say(&mut secretary.who, &word, &[], &mut Machine).unwrap();
    cut(&mut secretary, word);
    let mut case = Draft::new(RecordId::draw(&mut Machine), "case/1");
    case.set("name", "Hạng A Nếnh");
    let case = client::case(&mut secretary.who, &case, &[to], now(), &mut Machine).unwrap();
    cut(&mut secretary, case);
    sync(&mut [&mut secretary, &mut mentor, &mut other, &mut candidate]);
    assert_eq!(ids(&mentor), [early, handed_in]);
    assert_eq!((office(&mentor).cases.len(), office(&other).cases.len()), (1, 0));
    let said = client::word_of_branch(&candidate.who, &candidate.pulled).unwrap().0;
    assert_eq!(said.word, Word::Step(2));
    let rules = Rules::read(include_str!("../../protocol.cddl"));
    for (kind, rule) in [
        (Kind::Assignment, "assignment"),
        (Kind::Status, "status"),
        (Kind::Card, "card"),
    ] {
        let row = secretary.kept.iter().find(|row| row.out.kind() == Some(kind)).unwrap();
        assert!(rules.matches(rule, Op::read(&row.out.bytes).unwrap().body()), "{rule}");
    }

    // Withdrawn: the forward's content goes with the original's.
    let whole = |id: OpId| -> bool {
        place.with_database(async |db| {
            let row: Option<(Vec<u8>,)> = sqlx::query_as("SELECT op_id FROM op WHERE op_id = $1 AND body IS NOT NULL")
                .bind(&id.0[..])
                .fetch_optional(db)
                .await
                .unwrap();
            row.is_some()
        })
    };
    assert!(whole(forward) && whole(early));
    let kept = candidate
        .kept
        .iter()
        .find(|row| row.out.op_id == early)
        .unwrap()
        .out
        .clone();
    let erasure = client::erase(&mut candidate.who, &kept, &mut Machine).unwrap();
    cut(&mut candidate, erasure);
    sync(&mut [&mut candidate, &mut secretary]);
    assert!(!whole(forward) && !whole(early) && whole(handed_in));
    assert_eq!(ids(&secretary), [handed_in]);
    assert_eq!(office(&secretary).stale_forwards, [forward]);
    assert!(place.run(&["check"]).lines().all(|line| line.starts_with("ok")));
}
