//! A branch at work, read by each of its devices: everything over letters to the real rules of the endpoint.

mod later;

use super::Office;
use crate::body::{Assignment, Card, CardState, Reason, Revoke, Status, Word};
use crate::client::{self, Identity, Reader};
use crate::draft::Draft;
use crate::endpoint::world::{Phone, World};
use crate::id::{AccountId, OpId, RecordId};
use crate::kind::{Kind, Role};
use std::collections::BTreeSet;

/// A secretary, two mentors, a candidate; nobody has a card yet.
struct Branch {
    w: World,
    secretary: Phone,
    mentor: Phone,
    other: Phone,
    candidate: Phone,
}

fn office(phone: &Phone) -> Office {
    Office::read(&phone.who, &phone.pulled, &phone.kept, &phone.outbox)
}

fn phone(w: &mut World, who: Identity) -> Phone {
    let mut phone = Phone::new(who, &[]);
    phone.sync(w);
    phone
}

impl Branch {
    fn new() -> Self {
        let mut w = World::new(true);
        let mut of = |role| {
            let who = w.member(role);
            phone(&mut w, who)
        };
        let (mentor, other, candidate) = (of(Role::Mentor), of(Role::Mentor), of(Role::Candidate));
        let secretary = w.founder.clone();
        let secretary = phone(&mut w, secretary);
        Self {
            w,
            secretary,
            mentor,
            other,
            candidate,
        }
    }

    /// As [`Branch::new`], everybody with a card, the mentor assigned to the candidate.
    fn working() -> Self {
        let mut branch = Self::new();
        branch.confirm();
        branch.assign(None);
        branch.all_sync();
        branch
    }

    fn all_sync(&mut self) {
        for phone in [
            &mut self.secretary,
            &mut self.mentor,
            &mut self.other,
            &mut self.candidate,
        ] {
            phone.sync(&mut self.w);
        }
    }

    fn confirm(&mut self) {
        for person in office(&self.secretary).people.iter().filter(|one| !one.confirmed) {
            let card = Card {
                account: person.account,
                age_pub: person.age_pub,
                sign_pub: person.sign_pub,
                role: person.role,
                state: CardState::Active,
            };
            let out = client::card(&mut self.secretary.who, &card, &[], &mut self.w.rnd).unwrap();
            self.secretary.cut(out);
        }
        self.secretary.sync(&mut self.w);
    }

    fn assign(&mut self, to: Option<&str>) {
        let (candidate, mentor) = (self.candidate.who.account_id(), self.mentor.who.account_id());
        let assignment = Assignment {
            candidate,
            mentor,
            from: "2026-11-01".to_owned(),
            to: to.map(str::to_owned),
        };
        let leaves = office(&self.secretary).assignment_leaves(&candidate, &mentor);
        let out = client::assign(&mut self.secretary.who, &assignment, &leaves, &mut self.w.rnd).unwrap();
        self.secretary.cut(out);
        self.secretary.sync(&mut self.w);
    }

    fn hand_in(&mut self, draft: &mut Draft) -> OpId {
        let mentors = client::mentors(&self.candidate.who, &self.candidate.pulled);
        let who = &mut self.candidate.who;
        let out = client::hand_in(
            who,
            draft,
            &mentors,
            "rules 1",
            "21/11/2026",
            self.w.now,
            &mut self.w.rnd,
        )
        .unwrap();
        draft.was_handed_in(out.op_id);
        let id = self.candidate.cut(out);
        self.candidate.sync(&mut self.w);
        id
    }
}

fn reader(who: &Identity) -> Reader {
    Reader {
        account: who.account_id(),
        age_pub: who.account().age_pub(),
    }
}

fn read(office: &Office) -> Vec<(OpId, Option<&str>)> {
    let text = |one: &'_ super::HandIn| one.plain.is_some();
    let hand_ins = office.hand_ins.iter();
    hand_ins
        .map(|one| {
            let name = one.plain.as_ref().and_then(|plain| plain.fields.get("birth_name"));
            assert_eq!(name.is_some(), text(one));
            (one.op_id, name.map(String::as_str))
        })
        .collect()
}

#[test]
fn a_secretary_sees_who_joined_with_which_invite_and_confirms_them() {
    let mut b = Branch::new();
    let office_of = office(&b.secretary);
    let own = b.secretary.who.account_id();
    assert_eq!((office_of.people.len(), office_of.invites.len()), (4, 3));
    for (phone, role) in [
        (&b.mentor, Role::Mentor),
        (&b.other, Role::Mentor),
        (&b.candidate, Role::Candidate),
    ] {
        let person = office_of.person(&phone.who.account_id()).unwrap();
        assert_eq!((person.role, person.confirmed, person.ended), (role, false, false));
        assert_eq!(person.joined, Some(b.w.now.wall_s));
        assert_eq!(person.devices.len(), 1);
        let invite = office_of
            .invites
            .iter()
            .find(|one| Some(one.id) == person.invite)
            .unwrap();
        assert_eq!((invite.used_by, invite.maker), (Some(person.account), own));
        assert_eq!(
            office_of.reader(&person.account),
            None,
            "nothing is sealed to the unconfirmed"
        );
    }
    let secretary = office_of.person(&own).unwrap();
    assert!(secretary.confirmed && secretary.role == Role::Secretary);
    b.confirm();
    b.all_sync();
    assert!(office(&b.secretary).people.iter().all(|one| one.confirmed));
    // A mentor knows everybody by their cards, and nobody's invite.
    let seen = office(&b.mentor);
    assert_eq!((seen.people.len(), seen.invites.len(), seen.doubted), (4, 0, 0));
    assert!(seen.people.iter().all(|one| one.confirmed));
    // A card of one's own making says nothing.
    let mut forged = b.mentor.pulled.clone();
    for row in forged.iter_mut().filter(|row| row.out.kind() == Some(Kind::Card)) {
        let op = row.out.read().unwrap();
        let mut header = op.header().clone();
        header.account = b.candidate.who.account_id();
        row.account = header.account;
        let raw: crate::op::RawOp = crate::shape::whole(&row.out.bytes).unwrap();
        let op = crate::op::Op::sign(header, raw.body, b.candidate.who.device_keys());
        row.out.bytes = op.bytes();
    }
    let misled = Office::read(&b.mentor.who, &forged, &b.mentor.kept, &[]);
    assert_eq!(
        misled.people.iter().filter(|one| one.confirmed).count(),
        1,
        "the secretary of the signed set"
    );
}

#[test]
fn a_hand_in_reaches_the_assigned_mentor_and_no_other() {
    let mut b = Branch::new();
    b.confirm();
    b.all_sync();
    assert_eq!(client::mentors(&b.candidate.who, &b.candidate.pulled), []);
    let mut draft = b.w.draft();
    let before = b.hand_in(&mut draft);
    b.assign(None);
    b.all_sync();
    assert_eq!(
        client::mentors(&b.candidate.who, &b.candidate.pulled),
        [reader(&b.mentor.who)]
    );
    draft.set("birth_name", "HẠNG A NẾNH B");
    let first = b.hand_in(&mut draft);
    b.all_sync();
    let (secretary, mentor, other) = (office(&b.secretary), office(&b.mentor), office(&b.other));
    assert_eq!(
        read(&secretary),
        [(before, Some("HẠNG A NẾNH")), (first, Some("HẠNG A NẾNH B"))]
    );
    assert_eq!(secretary.hand_ins[1].base, Some(before), "compared with the one before");
    assert_eq!(
        secretary.hand_ins[1].plain.as_ref().unwrap().declared.as_deref(),
        Some("21/11/2026")
    );
    assert_eq!(read(&mentor), [(first, Some("HẠNG A NẾNH B"))]);
    assert_eq!((other.hand_ins.len(), other.unreadable), (0, 0), "nothing came at all");
    assert_eq!(
        mentor.mentors_of(&b.candidate.who.account_id()),
        [reader(&b.mentor.who)]
    );
    // The phone of somebody who was named and is not assigned any more gets nothing new.
    b.assign(Some("2026-11-20"));
    b.mentor.sync(&mut b.w);
    draft.set("birth_name", "HẠNG A NẾNH C");
    let late = b.hand_in(&mut draft);
    b.all_sync();
    assert_eq!(office(&b.mentor).hand_ins.len(), 1);
    assert_eq!(office(&b.secretary).hand_ins.len(), 3);
    assert!(office(&b.secretary).assignments.iter().all(|one| !one.in_force));
    // Assigned again, it comes: their phone looks from the beginning.
    b.assign(None);
    b.mentor.sync(&mut b.w);
    assert_eq!(read(&office(&b.mentor)).last(), Some(&(late, Some("HẠNG A NẾNH C"))));
}

#[test]
fn notes_remarks_and_words_are_in_their_lists() {
    let mut b = Branch::working();
    let mut draft = b.w.draft();
    let handed_in = b.hand_in(&mut draft);
    b.all_sync();
    let candidate = b.candidate.who.account_id();
    let (now, rnd) = (b.w.now, &mut b.w.rnd);
    let mut note = Draft::new(RecordId::draw(rnd), "note/1");
    note.set("text", "Em chăm học.");
    note.about = Some(candidate);
    let noted = client::note(&mut b.mentor.who, &note, None, now, rnd).unwrap();
    let noted = b.mentor.cut(noted);
    let others = [reader(&b.candidate.who)];
    let place = (handed_in, Some("birth_name"));
    let remark = client::annotate(&mut b.mentor.who, &others, place, "Viết hoa có dấu.", now, rnd).unwrap();
    let remark = b.mentor.cut(remark);
    let status = |word| Status {
        subject: candidate,
        about: Some(handed_in),
        word,
        day: "2026-11-21".to_owned(),
    };
    let first = client::say(&mut b.secretary.who, &status(Word::Seen), &[], rnd).unwrap();
    b.secretary.cut(first);
    let leaves = office(&b.secretary).word_leaves(&candidate);
    let last = client::say(&mut b.secretary.who, &status(Word::Step(3)), &leaves, rnd).unwrap();
    let last = b.secretary.cut(last);
    assert_eq!(office(&b.mentor).notes[0].place, None, "not sent yet");
    b.all_sync();
    b.all_sync();
    let mentors = client::mentors(&b.candidate.who, &b.candidate.pulled);
    let answer = client::annotate(
        &mut b.candidate.who,
        &mentors,
        (handed_in, None),
        "Em sửa rồi ạ.",
        now,
        &mut b.w.rnd,
    );
    let answer = b.candidate.cut(answer.unwrap());
    b.candidate.sync(&mut b.w);
    b.all_sync();
    for (phone, sees_note) in [(&b.secretary, true), (&b.mentor, true), (&b.other, false)] {
        let seen = office(phone);
        let notes: Vec<OpId> = seen.notes.iter().map(|one| one.op_id).collect();
        assert_eq!(notes, if sees_note { vec![noted] } else { vec![] });
        let remarks: Vec<(OpId, Option<Role>)> = seen.remarks.iter().map(|one| (one.op_id, one.role)).collect();
        let expected = [(remark, Some(Role::Mentor)), (answer, Some(Role::Candidate))];
        assert_eq!(remarks, if sees_note { &expected[..] } else { &[] });
        assert_eq!((seen.unreadable, seen.doubted), (0, 0));
    }
    let seen = office(&b.secretary);
    assert_eq!(seen.notes[0].plain.as_ref().unwrap().about, Some(candidate));
    assert_eq!(seen.words.len(), 2);
    let word = seen.word_of(&candidate).unwrap();
    assert_eq!((word.op_id, word.status.word), (last, Word::Step(3)));
    let row = b.candidate.pulled.iter().find(|row| row.out.op_id == remark).unwrap();
    let (said, confirmed) = client::remark(&b.candidate.who, &b.candidate.pulled, row).unwrap();
    assert_eq!(
        (said.text.as_str(), confirmed),
        ("Viết hoa có dấu.", true),
        "a mentor with a card"
    );
    assert_eq!(
        client::word_of_branch(&b.candidate.who, &b.candidate.pulled)
            .unwrap()
            .0
            .word,
        Word::Step(3)
    );
}

#[test]
fn a_case_is_kept_by_all_secretaries_and_two_texts_of_one_place_are_both_there() {
    let mut b = Branch::working();
    // The second device has the same account: what matters is that it did not see the other's version.
    let mut second = Phone::new(b.secretary.who.clone(), &[]);
    let join = client::renew_device(&mut second.who, &mut b.w.rnd);
    second.cut(join);
    second.sync(&mut b.w);
    let mentors = [reader(&b.mentor.who)];
    let mut draft = Draft::new(RecordId::draw(&mut b.w.rnd), "case/1");
    draft.set("name", "Hạng A Nếnh");
    draft.set("step", "S2");
    draft.about = Some(b.candidate.who.account_id());
    let out = client::case(&mut b.secretary.who, &draft, &mentors, b.w.now, &mut b.w.rnd).unwrap();
    draft.moved_on(out.op_id);
    b.secretary.cut(out);
    b.all_sync();
    second.sync(&mut b.w);
    let mut there = Draft::new(draft.record_id, "");
    let fill = |phone: &mut Phone, draft: &mut Draft, w: &mut World| {
        let Phone {
            who,
            outbox,
            kept,
            pulled,
            mail,
            ..
        } = phone;
        let view = client::View {
            outbox,
            kept,
            pulled,
            mail,
        };
        let merged = client::merge_case(who, draft, &mentors, view, w.now, &mut w.rnd).unwrap();
        if let Some(merged) = merged {
            *draft = merged.draft;
            merged.cut.map(|out| phone.cut(out));
        }
    };
    fill(&mut second, &mut there, &mut b.w);
    assert_eq!(
        (there.fields.clone(), there.form.as_str()),
        (draft.fields.clone(), "case/1")
    );
    assert_eq!(there.about, draft.about);
    draft.set("step", "S3");
    there.set("step", "S4");
    there.set("resolution", "12-NQ/CB");
    for (phone, draft) in [(&mut b.secretary, &mut draft), (&mut second, &mut there)] {
        let out = client::case(&mut phone.who, draft, &mentors, b.w.now, &mut b.w.rnd).unwrap();
        draft.moved_on(out.op_id);
        phone.cut(out);
    }
    second.sync(&mut b.w);
    b.all_sync();
    for phone in [&b.secretary, &b.mentor] {
        let seen = office(phone);
        assert_eq!(seen.cases.len(), 1);
        let case = &seen.cases[0];
        assert_eq!(
            (case.record, case.leaves.len(), case.about),
            (draft.record_id, 2, draft.about)
        );
        assert_eq!(case.fields["resolution"], "12-NQ/CB");
        let mut steps = vec![case.fields["step"].clone()];
        steps.extend(case.kept.iter().map(|kept| kept.text.clone()));
        steps.sort();
        assert_eq!(steps, ["S3", "S4"]);
    }
    assert_eq!(office(&b.other).cases.len(), 0);
    fill(&mut b.secretary, &mut draft, &mut b.w);
    let shown = office(&b.secretary).cases[0].clone();
    assert_eq!((&draft.fields, &draft.kept), (&shown.fields, &shown.kept));
    let out = client::case(&mut b.secretary.who, &draft, &mentors, b.w.now, &mut b.w.rnd).unwrap();
    b.secretary.cut(out);
    b.all_sync();
    assert_eq!(office(&b.mentor).cases[0].leaves.len(), 1, "the next version closed it");
}

#[test]
fn whoever_ended_or_was_closed_is_shown_as_that_and_their_earlier_word_stays() {
    let mut b = Branch::working();
    let mut draft = b.w.draft();
    b.hand_in(&mut draft);
    b.secretary.sync(&mut b.w);
    let seen = office(&b.secretary);
    let (mentor, candidate): (AccountId, AccountId) = (b.mentor.who.account_id(), b.candidate.who.account_id());
    let person = seen.person(&mentor).unwrap();
    let card = Card {
        account: mentor,
        age_pub: person.age_pub,
        sign_pub: person.sign_pub,
        role: Role::Mentor,
        state: CardState::Ended,
    };
    let leaves = seen.card_leaves(&mentor);
    let out = client::card(&mut b.secretary.who, &card, &leaves, &mut b.w.rnd).unwrap();
    b.secretary.cut(out);
    let lost = Revoke {
        device: Some(b.candidate.who.device_id()),
        account: None,
        reason: Reason::Lost,
    };
    let out = client::revoke(&mut b.secretary.who, &lost, &mut b.w.rnd).unwrap();
    b.secretary.cut(out);
    b.secretary.sync(&mut b.w);
    let seen = office(&b.secretary);
    let ended = seen.person(&mentor).unwrap();
    assert!(ended.ended && !ended.confirmed);
    assert_eq!((seen.reader(&mentor), seen.mentors_of(&candidate)), (None, vec![]));
    assert!(seen.person(&candidate).unwrap().devices[0].closed);
    assert_eq!((seen.hand_ins.len(), seen.doubted), (1, 0));
    assert_eq!(
        client::card(&mut b.mentor.who.clone(), &card, &[], &mut b.w.rnd),
        Err(client::CutFault::WrongRole)
    );
}

#[test]
fn rows_taken_one_by_one_in_any_order_give_what_all_of_them_give() {
    let mut b = Branch::working();
    let mut draft = b.w.draft();
    b.hand_in(&mut draft);
    draft.set("birth_name", "HẠNG A NẾNH B");
    b.hand_in(&mut draft);
    b.secretary.sync(&mut b.w);
    let shown = |office: &Office| {
        let mut office = office.clone();
        office.pieces.clear();
        office.marks.clear();
        office.admitted.clear();
        format!("{office:?}")
    };
    let whole = shown(&office(&b.secretary));
    let Phone { who, pulled, kept, .. } = &b.secretary;
    let mut rows = pulled.clone();
    for turn in 0..rows.len() {
        rows.rotate_left(1);
        let mut office = Office::read(who, &[], kept, &[]);
        for row in &rows {
            office.take(who, std::slice::from_ref(row), &[], &[]);
        }
        assert_eq!(shown(&office), whole, "turned by {turn}");
    }
    // Rows that do not carry their opened text are opened.
    rows.iter_mut().for_each(|row| row.opened = None);
    assert!(pulled.iter().any(|row| row.opened.is_some()));
    assert_eq!(shown(&Office::read(who, &rows, kept, &[])), whole);
    assert!(
        b.candidate.pulled.iter().all(|row| row.opened.is_none()),
        "a candidate's phone opens nothing"
    );
}

#[test]
fn each_row_is_read_once_and_again_only_when_it_stands_otherwise() {
    let mut b = Branch::working();
    let mut draft = b.w.draft();
    b.hand_in(&mut draft);
    for day in 1..=9 {
        let mut note = Draft::new(RecordId::draw(&mut b.w.rnd), "note/1");
        note.about = Some(b.candidate.who.account_id());
        note.set("date", &format!("{day}-9-2026"));
        let out = client::note(&mut b.mentor.who, &note, None, b.w.now, &mut b.w.rnd).unwrap();
        b.mentor.cut(out);
    }
    b.mentor.sync(&mut b.w);
    b.secretary.sync(&mut b.w);
    // The secretary's own, first in the outbox, then stored.
    let status = Status {
        subject: b.candidate.who.account_id(),
        about: None,
        word: Word::Seen,
        day: "2026-11-22".to_owned(),
    };
    let out = client::say(&mut b.secretary.who, &status, &[], &mut b.w.rnd).unwrap();
    b.secretary.cut(out);
    let phone = &b.secretary;
    let ids = phone.pulled.iter().map(|row| row.out.op_id);
    let ids = ids.chain(phone.kept.iter().map(|row| row.out.op_id));
    let rows = ids
        .chain(phone.outbox.iter().map(|row| row.out.op_id))
        .collect::<BTreeSet<_>>()
        .len();
    let mut office = Office::default();
    let take = |office: &mut Office, phone: &Phone| office.take(&phone.who, &phone.pulled, &phone.kept, &phone.outbox);
    assert_eq!(take(&mut office, phone), rows);
    assert_eq!(
        (office.notes.len(), office.hand_ins.len(), office.words.len()),
        (9, 1, 1)
    );
    assert_eq!(take(&mut office, phone), 0, "nothing new: nothing is read");
    b.secretary.sync(&mut b.w);
    assert_eq!(take(&mut office, &b.secretary), 1, "the word has its receipt");
    assert!(office.words[0].place.is_some());
    // A note that was erased stands otherwise, and is gone from the list.
    let note = b.mentor.kept.iter().find(|row| row.out.kind() == Some(Kind::Note));
    let erasure = client::erase(&mut b.mentor.who, &note.unwrap().out.clone(), &mut b.w.rnd).unwrap();
    b.mentor.cut(erasure);
    b.mentor.sync(&mut b.w);
    b.secretary.sync(&mut b.w);
    assert_eq!(
        take(&mut office, &b.secretary),
        2,
        "the act, and the note without its content"
    );
    assert_eq!(office.notes.iter().filter(|note| note.plain.is_some()).count(), 8);
    // In slices it is the same.
    let mut sliced = Office::default();
    for pulled in b.secretary.pulled.chunks(3) {
        sliced.lay(&b.secretary.who, pulled, &[], &[]);
    }
    sliced.lay(&b.secretary.who, &[], &b.secretary.kept, &[]);
    sliced.settle(&b.secretary.who);
    let whole = self::office(&b.secretary);
    assert_eq!(
        (sliced.notes, sliced.hand_ins),
        (whole.notes.clone(), whole.hand_ins.clone())
    );
    assert_eq!((office.notes, office.words), (whole.notes, whole.words));
}
