//! Somebody comes later: a mentor, and further holders of the keys, get what was sealed before they were known.

use super::{Branch, office, read, reader};
use crate::branch::Secretary;
use crate::client;
use crate::draft::Draft;
use crate::endpoint::world::{AGREED, Phone};
use crate::id::RecordId;
use crate::keys::AccountKeys;
use crate::kind::Role;
use crate::office::Office;

#[test]
fn an_older_hand_in_is_forwarded_to_a_mentor_who_came_later() {
    let mut b = Branch::new();
    b.confirm();
    b.all_sync();
    let mut draft = b.w.draft();
    let before = b.hand_in(&mut draft);
    b.assign(None);
    b.all_sync();
    let mentor = b.mentor.who.account_id();
    let seen = office(&b.secretary);
    assert_eq!(seen.to_forward(&mentor), [before]);
    let Phone { who, pulled, kept, .. } = &mut b.secretary;
    let original = seen.original(who, &before, pulled, kept).unwrap();
    let to = seen.reader(&mentor).unwrap();
    let out = client::forward(who, &original, to, b.w.now, &mut b.w.rnd).unwrap();
    let forward = out.clone();
    b.secretary.cut(out);
    b.all_sync();
    assert_eq!(office(&b.secretary).to_forward(&mentor), []);
    let seen = office(&b.mentor);
    assert_eq!(read(&seen), [(before, Some("HẠNG A NẾNH"))]);
    let hand_in = &seen.hand_ins[0];
    assert_eq!(
        (hand_in.forwarded, hand_in.account),
        (true, b.candidate.who.account_id())
    );
    assert_eq!(hand_in.place.map(|place| place.server_time), Some(b.w.now.wall_s));
    // Somebody else's word instead of the candidate's: the original's signature does not fit.
    let mut invented = original.clone();
    invented.header[40] ^= 1;
    let out = client::forward(&mut b.secretary.who, &invented, to, b.w.now, &mut b.w.rnd).unwrap();
    b.secretary.cut(out);
    b.all_sync();
    assert_eq!((office(&b.mentor).doubted, office(&b.mentor).hand_ins.len()), (1, 1));
    // Withdrawn: at the endpoint the forward goes with its original, and the secretary's device tells the reader.
    let kept: Vec<_> = b.candidate.kept.iter().filter(|row| row.out.op_id == before).collect();
    let out = client::erase(&mut b.candidate.who, &kept[0].out.clone(), &mut b.w.rnd).unwrap();
    b.candidate.cut(out);
    b.candidate.sync(&mut b.w);
    b.all_sync();
    assert!(b.w.store.durable.ops[&forward.op_id].body.is_none());
    let seen = office(&b.secretary);
    assert_eq!(read(&seen), [(before, None)]);
    assert!(seen.stale_forwards.contains(&forward.op_id));
    let out = client::erase(&mut b.secretary.who, &forward, &mut b.w.rnd).unwrap();
    b.secretary.cut(out);
    b.all_sync();
    assert_eq!(read(&office(&b.mentor)), []);
    let seen = office(&b.secretary);
    assert_eq!(seen.stale_forwards.iter().filter(|id| **id == forward.op_id).count(), 0);
    let late = client::forward(&mut b.secretary.who, &original, to, b.w.now, &mut b.w.rnd).unwrap();
    let late = b.secretary.cut(late);
    b.all_sync();
    assert!(
        b.w.store.durable.ops[&late].body.is_none(),
        "what was erased goes nowhere any more"
    );
    assert_eq!(read(&office(&b.mentor)), []);
}

/// Somebody who joins by a secretary's invite and is named by the root.
fn holder(b: &mut Branch) -> Phone {
    b.w.founder = b.secretary.who.clone();
    let (link, invite) = b.w.invite(Role::Secretary);
    b.secretary.who = b.w.founder.clone();
    b.secretary.cut(invite);
    b.secretary.sync(&mut b.w);
    let (who, join) = client::enrol(&link, &AGREED, b.w.now, &mut b.w.rnd).unwrap();
    let named = Secretary {
        account: who.account_id(),
        age_pub: who.account().age_pub(),
        sign_pub: who.account().sign_pub(),
    };
    let mut phone = Phone::new(who, &[join]);
    phone.sync(&mut b.w);
    b.secretary.sync(&mut b.w);
    let leaves = office(&b.secretary).set_leaves(&b.secretary.who);
    let root = b.w.root.clone();
    let set = root.name_secretary(&mut b.secretary.who, named, &leaves, &mut b.w.rnd);
    b.secretary.cut(set.unwrap());
    b.secretary.sync(&mut b.w);
    phone.sync(&mut b.w);
    phone.sync(&mut b.w);
    b.w.now.wall_s += 60;
    phone
}

/// The act of the page: everything that is from before, sealed again. Gives back how much it was.
fn hand_on(b: &mut Branch, to: &mut Phone) -> usize {
    b.secretary.sync(&mut b.w);
    let seen = office(&b.secretary);
    let before = seen.before(&to.who.account_id());
    for id in &before {
        let Phone { who, pulled, kept, .. } = &mut b.secretary;
        let original = seen.original(who, id, pulled, kept).unwrap();
        let out = client::forward(who, &original, reader(&to.who), b.w.now, &mut b.w.rnd).unwrap();
        b.secretary.cut(out);
    }
    b.secretary.sync(&mut b.w);
    to.sync(&mut b.w);
    before.len()
}

/// A mentor's note and the remark of whoever says it, about the last hand-in.
fn say(b: &mut Branch, text: &str) {
    let mut note = Draft::new(RecordId::draw(&mut b.w.rnd), "note/1");
    note.about = Some(b.candidate.who.account_id());
    note.set("text", text);
    let out = client::note(&mut b.mentor.who, &note, None, b.w.now, &mut b.w.rnd).unwrap();
    b.mentor.cut(out);
    let about = office(&b.mentor).hand_ins.last().map(|one| (one.op_id, None));
    let others = [reader(&b.candidate.who)];
    let out = client::annotate(&mut b.mentor.who, &others, about.unwrap(), text, b.w.now, &mut b.w.rnd);
    b.mentor.cut(out.unwrap());
    b.mentor.sync(&mut b.w);
    b.w.now.wall_s += 60;
}

/// What is read of notes and remarks.
fn said(office: &Office) -> Vec<String> {
    let notes = office
        .notes
        .iter()
        .filter_map(|note| note.plain.as_ref()?.fields.get("text").cloned());
    let remarks = office
        .remarks
        .iter()
        .filter_map(|one| Some(one.remark.as_ref()?.text.clone()));
    let mut all: Vec<String> = notes.chain(remarks).collect();
    all.sort();
    all
}

#[test]
fn each_of_four_holders_gets_hand_ins_notes_and_remarks_from_before_and_all_that_is_new() {
    let mut b = Branch::working();
    let mut draft = b.w.draft();
    b.hand_in(&mut draft);
    b.all_sync();
    b.w.now.wall_s += 60;
    say(&mut b, "trước");
    // The second one: everything from before is told of once, and then nothing more.
    let mut second = holder(&mut b);
    assert_eq!((office(&second).unreadable, said(&office(&second)).len()), (3, 0));
    assert_eq!(hand_on(&mut b, &mut second), 3);
    let seen = office(&second);
    assert_eq!((said(&seen), seen.hand_ins.len()), (vec!["trước".to_owned(); 2], 1));
    assert_eq!((seen.unreadable, seen.doubted), (0, 0));
    assert_eq!(hand_on(&mut b, &mut second), 0);
    // The mentor's phone has not heard of the second one: what it seals is for the first one alone, and is found all the same.
    say(&mut b, "chưa biết");
    second.sync(&mut b.w);
    assert_eq!(office(&second).unreadable, 2);
    assert_eq!(hand_on(&mut b, &mut second), 2);
    // Now it has: both read it as it is written.
    say(&mut b, "đã biết");
    second.sync(&mut b.w);
    assert_eq!((office(&second).unreadable, hand_on(&mut b, &mut second)), (0, 0));
    assert_eq!(said(&office(&second)).len(), 6);
    // Four hold the keys, which is the most; each reads all.
    let (mut third, mut fourth) = (holder(&mut b), holder(&mut b));
    assert_eq!(hand_on(&mut b, &mut third), 7);
    assert_eq!(hand_on(&mut b, &mut fourth), 0, "sealed to all who are named then");
    b.mentor.sync(&mut b.w);
    b.candidate.sync(&mut b.w);
    draft.set("birth_name", "HẠNG A NẾNH B");
    let last = b.hand_in(&mut draft);
    b.mentor.sync(&mut b.w);
    say(&mut b, "sau");
    for phone in [&mut second, &mut third, &mut fourth] {
        phone.sync(&mut b.w);
        let seen = office(phone);
        assert_eq!((said(&seen).len(), seen.hand_ins.len(), seen.unreadable), (8, 2, 0));
        assert!(seen.hand_ins.iter().any(|one| one.op_id == last && one.plain.is_some()));
    }
    let set = b.secretary.who.set().unwrap();
    assert_eq!(set.secretaries.len(), 4);
    let keys = AccountKeys::draw(&mut b.w.rnd);
    let fifth = Secretary {
        account: keys.id(),
        age_pub: keys.age_pub(),
        sign_pub: keys.sign_pub(),
    };
    let leaves = office(&b.secretary).set_leaves(&b.secretary.who);
    let root = b.w.root.clone();
    let refused = root.name_secretary(&mut b.secretary.who, fifth, &leaves, &mut b.w.rnd);
    assert_eq!(refused, None, "a fifth one is not named");
}

#[test]
fn a_holder_seals_again_what_came_to_them_by_a_forward_when_the_first_one_has_gone() {
    let mut b = Branch::working();
    let mut draft = b.w.draft();
    b.hand_in(&mut draft);
    b.all_sync();
    b.w.now.wall_s += 60;
    say(&mut b, "trước");
    let mut second = holder(&mut b);
    assert_eq!(hand_on(&mut b, &mut second), 3);
    let mut third = holder(&mut b);
    // From here on the first one does nothing any more.
    std::mem::swap(&mut b.secretary, &mut second);
    assert_eq!(hand_on(&mut b, &mut third), 3);
    let seen = office(&third);
    assert_eq!((said(&seen), seen.hand_ins.len()), (vec!["trước".to_owned(); 2], 1));
    assert_eq!((seen.unreadable, seen.doubted), (0, 0));
}
