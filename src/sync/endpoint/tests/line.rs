//! Slow and broken lines (sync protocol §13): how many letters a backlog takes, how long they are, what one bad op holds up.

use crate::answer::Code;
use crate::client::{self, Line, Next, OutRow, OutState, Outgoing, Posting, Reply};
use crate::draft::Draft;
use crate::endpoint::Refusal;
use crate::endpoint::world::{Phone, World};
use crate::id::{OpId, RecordId};
use crate::kind::Role;

/// An example dossier that every test of the repository uses; the people in it are invented.
const DOSSIER: &str = include_str!("../../../../tests/people/1-pupil-mong.json");

/// Every text that the dossier has for the form itself, in the form's own shape: fields, and rows with drawn names.
fn ordinary(w: &mut World) -> Draft {
    let mut draft = Draft::new(RecordId::draw(&mut w.rnd), "2-KNĐ/2025");
    let mut places: Vec<String> = vec![];
    for line in DOSSIER.lines().skip_while(|line| !line.contains("\"entries\"")).skip(1) {
        let line = line.trim().trim_end_matches(',');
        let (key, text) = match line.split_once(": ") {
            Some((key, text)) => (key.trim_matches('"').to_owned(), text),
            None => (format!("{:08x}", w.rnd.draw() as u32), line),
        };
        match text {
            "{" | "[" => places.push(key),
            "}" | "]" => drop(places.pop()),
            text => {
                let path = [&places[..], &[key]].concat().join("/");
                // What is copied from other papers is not part of the form.
                if !path.starts_with("papers.") && !path.starts_with("profile.") {
                    draft.set(&path, text.trim_matches('"'));
                }
            }
        }
    }
    draft
}

#[test]
fn an_ordinary_dossier_is_one_letter_of_seven_kilobytes_at_most() {
    let mut w = World::new(true);
    let who = w.member(Role::Candidate);
    let mut phone = Phone::new(who, &[]);
    phone.post(&mut w, |_| None);
    let draft = ordinary(&mut w);
    let text: usize = draft.fields.values().map(String::len).sum();
    assert!(
        draft.fields.len() > 100 && text > 4_000,
        "{} fields, {text} bytes",
        draft.fields.len()
    );
    let out = client::hand_in(&mut phone.who, &draft, &[], "rules 1", "21/11/2026", w.now, &mut w.rnd).unwrap();
    phone.outbox.push(OutRow::new(out));
    let (bytes, next) = phone.post(&mut w, |_| None);
    assert!(bytes < 7_000, "{bytes} bytes");
    assert!(phone.outbox.is_empty() && next == Next::Rest, "one letter was enough");
}

#[test]
fn a_hundred_ordinary_ops_need_three_letters_at_most() {
    let mut w = World::new(true);
    let mut who = w.member(Role::Mentor);
    let mut notes = vec![];
    for n in 0..100 {
        let mut draft = Draft::new(RecordId::draw(&mut w.rnd), "note/1");
        draft.set(
            "text",
            &format!("Lần {n}: em chăm học, giúp đỡ bạn bè, tham gia đầy đủ sinh hoạt chi đoàn. ").repeat(6),
        );
        notes.push(client::note(&mut who, &draft, None, w.now, &mut w.rnd).unwrap());
    }
    let mut phone = Phone::new(who, &notes);
    let mut letters = 1;
    while phone.post(&mut w, |_| None).1 == Next::Again {
        letters += 1;
    }
    assert!(phone.outbox.is_empty());
    assert!(letters <= 3, "{letters} letters");
}

#[test]
fn batches_shrink_with_silence_and_grow_with_answers() {
    let mut w = World::new(true);
    let who = w.member(Role::Candidate);
    let mut phone = Phone::new(who, &[]);
    assert_eq!(phone.line.target, 64 << 10);
    let silence = |phone: &mut Phone, w: &mut World| {
        let posting = phone.letter(w);
        phone.conclude(w, &posting, &Reply::Foreign)
    };
    for target in [32 << 10, 16 << 10, 8 << 10] {
        assert!(matches!(silence(&mut phone, &mut w), Next::Pause(_)));
        assert_eq!(phone.line.target, target);
    }
    assert_eq!(phone.line.failures, 3);
    for target in [16, 32, 64, 128, 256, 256].map(|kib| kib << 10) {
        phone.post(&mut w, |_| None);
        assert_eq!(phone.line, Line { target, failures: 0 });
    }
    for _ in 0..40 {
        silence(&mut phone, &mut w);
    }
    let draft = ordinary(&mut w);
    let out = client::keep(&mut phone.who, &draft, w.now, &mut w.rnd).unwrap();
    phone.outbox.push(OutRow::new(out));
    assert_eq!(
        phone.letter(&mut w).ops.len(),
        1,
        "one op goes however bad the line was"
    );
    phone.post(&mut w, |_| None);
    assert_eq!((phone.outbox.len(), phone.line.target), (0, 4 << 10));
}

#[test]
fn one_op_that_nobody_can_read_holds_up_only_itself() {
    for (refusal, code) in [(Refusal::BadRequest, Code::BadShape), (Refusal::TooLarge, Code::TooBig)] {
        let mut w = World::new(true);
        let mut who = w.member(Role::Candidate);
        let mut cut = || {
            let draft = w.draft();
            client::keep(&mut who, &draft, w.now, &mut w.rnd).unwrap()
        };
        let outs: Vec<Outgoing> = (0..9).map(|_| cut()).collect();
        let poison: OpId = outs[4].op_id;
        let mut phone = Phone::new(who, &outs);
        // Whatever stands between here and the endpoint chokes on every letter with this op in it.
        let chokes = |posting: &Posting| posting.ops.iter().any(|(id, _)| *id == poison).then_some(refusal);
        let mut letters = 0;
        while phone.post(&mut w, chokes).1 == Next::Again {
            letters += 1;
            assert!(letters < 40, "{refusal:?} goes on for ever");
        }
        let left: Vec<(OpId, OutState)> = phone.outbox.iter().map(|row| (row.out.op_id, row.state)).collect();
        assert_eq!(left, [(poison, OutState::NeedsALook(code))]);
        let through = phone
            .kept
            .iter()
            .filter(|row| outs.iter().any(|out| out.op_id == row.out.op_id));
        assert_eq!(through.count(), 8);
    }
}

#[test]
fn an_answer_that_says_nothing_new_is_no_reason_to_ask_again_at_once() {
    let mut w = World::new(true);
    let mut who = w.member(Role::Candidate);
    let draft = w.draft();
    let out = client::keep(&mut who, &draft, w.now, &mut w.rnd).unwrap();
    let mut phone = Phone::new(who, &[out]);
    w.gate.ops = false;
    // The first answer brings the phone's own join, which it asks about at once; the second brings nothing new.
    let first = phone.post(&mut w, |_| None).1;
    let second = phone.post(&mut w, |_| None).1;
    assert!(
        first == Next::Again && matches!(second, Next::Pause(_)),
        "{first:?} {second:?}"
    );
    assert_eq!(phone.outbox[0].state, OutState::Later(Code::Quota));
}

/// Two hand-ins, one of which may have arrived and may not.
fn two_in_doubt(w: &mut World) -> Phone {
    let who = w.member(Role::Candidate);
    let mut phone = Phone::new(who, &[]);
    phone.sync(w);
    for n in 0..2 {
        let draft = w.draft();
        let out = client::hand_in(&mut phone.who, &draft, &[], "rules 1", "21/11/2026", w.now, &mut w.rnd).unwrap();
        phone.cut(out);
        if n == 0 {
            let lost = phone.letter(w);
            phone.conclude(w, &lost, &Reply::Foreign);
            assert_eq!(phone.outbox[0].state, OutState::SentUnknown);
        }
    }
    phone
}

#[test]
fn the_letter_that_lies_ready_has_the_whole_backlog_and_its_answer_is_believed_later() {
    let mut w = World::new(true);
    let mut phone = two_in_doubt(&mut w);
    let letter = client::ready(&phone.who, &phone.outbox, &phone.mail, &mut w.rnd);
    // Posted by somebody who can read neither; only the bytes are left of it.
    let answer = w.handle(&letter).result.unwrap();
    let posting = Posting::laid(letter, &phone.mail).unwrap();
    let ids: Vec<OpId> = posting.ops.iter().map(|(id, _)| *id).collect();
    let backlog: Vec<OpId> = phone.outbox.iter().map(|row| row.out.op_id).collect();
    assert_eq!(ids, backlog, "what is in doubt too");
    let reply = client::answer(&phone.who, &posting, 200, &answer);
    phone.conclude(&mut w, &posting, &reply);
    assert!(phone.outbox.is_empty(), "{:?}", phone.outbox);
    assert!(
        backlog
            .iter()
            .all(|id| phone.kept.iter().any(|kept| kept.out.op_id == *id))
    );
}

#[test]
fn an_answer_to_another_letter_or_from_before_the_last_one_changes_nothing() {
    let mut w = World::new(true);
    let mut phone = two_in_doubt(&mut w);
    let [first, second] = [(); 2].map(|()| client::ready(&phone.who, &phone.outbox, &phone.mail, &mut w.rnd));
    let answer = w.handle(&first).result.unwrap();
    let other = Posting::laid(second, &phone.mail).unwrap();
    assert_eq!(client::answer(&phone.who, &other, 200, &answer), Reply::Foreign);
    assert!(Posting::laid(answer.clone(), &phone.mail).is_none(), "no letter");
    // The app was opened meanwhile, and heard more than this answer knows.
    let before = phone.mail.clone();
    phone.sync(&mut w);
    assert!(Posting::laid(first.clone(), &before).is_some());
    assert!(Posting::laid(first, &phone.mail).is_none());
}
