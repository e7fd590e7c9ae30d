//! Who is served what.

use crate::answer::Answer;
use crate::client::{self, Identity, Mail, Reply};
use crate::endpoint::world::{World, waiting};
use crate::id::Epoch;
use crate::kind::{Class, Kind, Role};
use crate::op::Op;

fn kinds(rows: &[crate::answer::Row]) -> Vec<u16> {
    rows.iter()
        .map(|row| Op::from_parts(row.header.clone(), row.sig).unwrap().header().kind)
        .collect()
}

fn pulled(w: &mut World, who: &Identity, mail: &Mail) -> client::Answered {
    match w.post_with(who, &[], mail) {
        Reply::Answered(answered) => *answered,
        other => panic!("{other:?}"),
    }
}

#[test]
fn each_role_gets_its_own_and_nothing_else() {
    let mut w = World::new(true);
    let (mut candidate, mut mentor) = (w.member(Role::Candidate), w.member(Role::Mentor));
    let waits = w.member(Role::Secretary);
    let (a, b) = (w.draft(), w.draft());
    let hand_in = client::hand_in(&mut candidate, &a, &[], "r", "d", w.now, &mut w.rnd).unwrap();
    let keep = client::keep(&mut candidate, &a, w.now, &mut w.rnd).unwrap();
    let note = client::note(&mut mentor, &b, None, w.now, &mut w.rnd).unwrap();
    w.answered(&candidate, &[hand_in.clone(), keep]);
    w.answered(&mentor, &[note]);
    let everybody = [Kind::BranchSet.number()];
    let expected: [(&str, Identity, Vec<u16>); 4] = [
        ("candidate", candidate, [&everybody[..], &[16, 2, 1]].concat()),
        ("mentor", mentor, [&everybody[..], &[16, 4]].concat()),
        ("secretary who is not named yet", waits, vec![16]),
        ("founder", w.founder.clone(), vec![16, 13, 14, 16, 14, 16, 14, 16, 2, 4]),
    ];
    for (name, who, kinds_expected) in expected {
        let answered = pulled(&mut w, &who, &Mail::default());
        assert_eq!(kinds(&answered.rows), kinds_expected, "{name}");
        for row in &answered.rows {
            let op = Op::from_parts(row.header.clone(), row.sig)
                .unwrap()
                .attach(row.body.clone().unwrap())
                .unwrap();
            assert!(
                answered.authors.iter().any(|author| op.verify(&author.device_pub)),
                "{name}"
            );
        }
    }
    let served = w.store.durable.log.iter().filter(|line| line.action == "serve").count();
    assert_eq!(served, 2, "the founder fetched a hand-in and a note");
}

#[test]
fn what_the_letter_shows_is_not_sent_back() {
    let mut w = World::new(true);
    let mut who = w.member(Role::Candidate);
    let draft = w.draft();
    let hand_in = client::hand_in(&mut who, &draft, &[], "r", "d", w.now, &mut w.rnd).unwrap();
    let answered = w.answered(&who, std::slice::from_ref(&hand_in));
    assert_eq!(kinds(&answered.rows), [13, 16]);
    let mut mail = Mail::default();
    mail.advance(&answered.foot, answered.cursor, vec![]);
    assert!(pulled(&mut w, &who, &mail).rows.is_empty(), "the cursor has passed it");
}

#[test]
fn rows_come_in_pages_and_each_once() {
    let mut w = World::new(true);
    let mut who = w.member(Role::Candidate);
    let mut outs = Vec::new();
    for _ in 0..100 {
        let draft = w.draft();
        outs.push(client::keep(&mut who, &draft, w.now, &mut w.rnd).unwrap());
    }
    for chunk in outs.chunks(40) {
        w.answered(&who, chunk);
    }
    let (mut mail, mut seen, mut pages) = (Mail::default(), Vec::new(), 0);
    loop {
        let posting = client::letter(&who, &[], &mail, 4_000, &mut w.rnd);
        let bytes = w.handle(&posting.bytes).result.unwrap();
        assert!(bytes.len() < 8_000, "{} bytes", bytes.len());
        let answer = Answer::open(&bytes, &w.keys.sign_pub(), &posting.letter_id).unwrap();
        assert!(!answer.rows.is_empty(), "at least one row a page");
        seen.extend(answer.rows.iter().map(|row| row.server_seq));
        mail.advance(&answer.foot, answer.cursor, vec![]);
        pages += 1;
        if !answer.more {
            break;
        }
    }
    assert!(pages > 10);
    assert_eq!(seen.len(), 102);
    assert!(seen.is_sorted_by(|a, b| a < b));
}

#[test]
fn one_row_larger_than_the_page_still_comes() {
    let mut w = World::new(true);
    let who = w.member(Role::Candidate);
    let posting = client::letter(&who, &[], &Mail::default(), 1, &mut w.rnd);
    let bytes = w.handle(&posting.bytes).result.unwrap();
    let answer = Answer::open(&bytes, &w.keys.sign_pub(), &posting.letter_id).unwrap();
    assert_eq!((answer.rows.len(), answer.more), (1, true));
}

#[test]
fn a_restored_database_lowers_the_cursor_and_an_unknown_one_starts_over() {
    let mut w = World::new(true);
    let who = w.member(Role::Candidate);
    let mail = Mail {
        epoch: Some(Epoch(w.store.durable.epoch)),
        cursor: u64::MAX,
        ..Mail::default()
    };
    assert!(pulled(&mut w, &who, &mail).rows.is_empty());
    let old = Epoch(w.store.durable.epoch);
    w.store.durable.epoch = [8; 16];
    w.store.durable.old_epochs.insert(old, 2);
    let rows = pulled(&mut w, &who, &mail).rows;
    assert!(!rows.is_empty() && rows.iter().all(|row| row.server_seq > 2));
    w.store.durable.old_epochs.clear();
    assert_eq!(w.post_with(&who, &[], &mail), Reply::StartOver);
    let first = Mail { epoch: None, ..mail };
    assert!(!pulled(&mut w, &who, &first).rows.is_empty());
}

#[test]
fn two_branches_on_one_endpoint_never_meet() {
    let mut w = World::new(true);
    let (store, keys) = (std::mem::take(&mut w.store), w.keys.clone());
    let (_, second, store) = World::found(store, &keys, Class::C2, true, &mut w.rnd);
    w.store = store;
    let mut candidate = w.member(Role::Candidate);
    let draft = w.draft();
    let hand_in = client::hand_in(&mut candidate, &draft, &[], "r", "d", w.now, &mut w.rnd).unwrap();
    w.answered(&candidate, &[hand_in]);
    let rows = pulled(&mut w, &second, &Mail::default()).rows;
    assert_eq!(kinds(&rows), [16, 13], "only its own founding");
    // A letter that claims the other branch is not believed.
    let first = std::mem::replace(&mut w.founder, second);
    let link = w.link(Role::Candidate);
    let moved = crate::link::Link {
        set: first.set().unwrap().short(),
        ..link
    };
    let (who, join) = client::enrol(&moved, &crate::endpoint::world::AGREED, w.now, &mut w.rnd).unwrap();
    let Reply::Answered(answered) = w.post(&who, &waiting(&[join])) else {
        panic!()
    };
    assert_eq!(
        answered.outcomes[0].fate,
        client::Fate::Later(crate::answer::Code::InviteUnknown)
    );
}
