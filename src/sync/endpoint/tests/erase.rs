//! Erasing, deleting, words of the branch, remarks, a lost phone.

use crate::answer::Code;
use crate::body::{Reason, Revoke, Status, Word};
use crate::client::{self, Fate, Identity, Line, Mail, Outgoing, Pulled, Reader, RecoverFault, Reply, View};
use crate::draft::Draft;
use crate::endpoint::OpState;
use crate::endpoint::world::{AGREED, World, waiting};
use crate::kind::Role;

fn hand_in(w: &mut World, who: &mut Identity, draft: &mut Draft) -> Outgoing {
    let out = client::hand_in(who, draft, &[], "rules 1", "21/11/2026", w.now, &mut w.rnd).unwrap();
    draft.was_handed_in(out.op_id);
    out
}

fn fate(w: &mut World, who: &Identity, out: &Outgoing) -> Fate {
    w.answered(who, std::slice::from_ref(out)).outcomes[0].fate
}

fn is_stored(fate: Fate) -> bool {
    matches!(fate, Fate::Stored(_))
}

/// Everything that a phone without rows of its own pulls and believes.
fn pulled(w: &mut World, who: &mut Identity) -> Vec<Pulled> {
    let mail = Mail::default();
    let posting = w.posting(who, &[], &mail);
    let body = w.handle(&posting.bytes).result.unwrap();
    let reply = client::answer(who, &posting, 200, &body);
    let view = View {
        outbox: &[],
        kept: &[],
        pulled: &[],
        mail: &mail,
    };
    client::conclude(who, view, &mut Line::default(), &posting, &reply, &mut w.rnd)
        .0
        .pulled
}

#[test]
fn a_hand_in_that_is_withdrawn_leaves_its_row_and_no_content_and_the_record_goes_on() {
    let mut w = World::new(true);
    let mut who = w.member(Role::Candidate);
    let mut draft = w.draft();
    let handed_in = hand_in(&mut w, &mut who, &mut draft);
    assert!(is_stored(fate(&mut w, &who, &handed_in)));
    let keep = client::keep(&mut who, &draft, w.now, &mut w.rnd).unwrap();
    let erasure = client::erase(&mut who, &handed_in, &mut w.rnd).unwrap();
    let answered = w.answered(&who, &[keep.clone(), erasure]);
    assert!(answered.outcomes.iter().all(|one| is_stored(one.fate) && !one.conflict));
    let row = &w.store.durable.ops[&handed_in.op_id];
    assert_eq!(
        (row.body.is_none(), row.state, row.op_hash),
        (true, OpState::Erased, handed_in.op_hash)
    );
    assert!(
        w.store.durable.ops[&keep.op_id].body.is_some(),
        "the text goes on as a draft"
    );
    // An old phone brings it back: from a copy, or asked for after a restore.
    assert_eq!(fate(&mut w, &who, &handed_in), Fate::NeedsALook(Code::Erased));
    assert!(w.store.durable.ops[&handed_in.op_id].body.is_none());
}

#[test]
fn readers_drop_their_copy_when_a_hand_in_is_withdrawn() {
    let mut w = World::new(true);
    let mut who = w.member(Role::Candidate);
    let mut secretary = w.founder.clone();
    let mut draft = w.draft();
    let handed_in = hand_in(&mut w, &mut who, &mut draft);
    w.answered(&who, std::slice::from_ref(&handed_in));
    let before = pulled(&mut w, &mut secretary);
    assert!(before.iter().any(|row| row.out.op_id == handed_in.op_id && row.whole));
    let erasure = client::erase(&mut who, &handed_in, &mut w.rnd).unwrap();
    w.answered(&who, &[erasure]);
    let (mail, posting) = {
        let mail = Mail::default();
        let posting = w.posting(&secretary, &[], &mail);
        (mail, posting)
    };
    let body = w.handle(&posting.bytes).result.unwrap();
    let reply = client::answer(&secretary, &posting, 200, &body);
    let view = View {
        outbox: &[],
        kept: &[],
        pulled: &before,
        mail: &mail,
    };
    let (change, _) = client::conclude(&mut secretary, view, &mut Line::default(), &posting, &reply, &mut w.rnd);
    let copy = change
        .pulled
        .iter()
        .find(|row| row.out.op_id == handed_in.op_id)
        .unwrap();
    assert!(!copy.whole && copy.out.bytes.len() < handed_in.bytes.len() / 2);
}

#[test]
fn a_deleted_record_stays_deleted_in_whatever_order_its_versions_come() {
    for late in [false, true] {
        let mut w = World::new(true);
        let mut who = w.member(Role::Candidate);
        let mut draft = w.draft();
        let first = hand_in(&mut w, &mut who, &mut draft);
        draft.set("birth_name", "HẠNG A NÊNH");
        let second = hand_in(&mut w, &mut who, &mut draft);
        let deletion = client::delete(&mut who, &draft, &mut w.rnd).unwrap();
        // The first version comes from another phone, after the deletion.
        let order = if late {
            [&second, &deletion, &first]
        } else {
            [&first, &second, &deletion]
        };
        for out in order {
            assert!(is_stored(fate(&mut w, &who, out)), "late: {late}");
        }
        for out in [&first, &second] {
            assert!(w.store.durable.ops[&out.op_id].body.is_none(), "late: {late}");
        }
        // What was written beside the deletion, by somebody who did not know of it, lives.
        let mut beside = draft.clone();
        beside.set("birth_name", "HẠNG A NẾNH");
        let third = hand_in(&mut w, &mut who, &mut beside);
        assert!(is_stored(fate(&mut w, &who, &third)));
        assert!(w.store.durable.ops[&third.op_id].body.is_some());
    }
}

#[test]
fn only_the_author_and_for_what_the_branch_reads_a_secretary_erase() {
    let mut w = World::new(true);
    let (mut who, mut other) = (w.member(Role::Candidate), w.member(Role::Candidate));
    let mut mentor = w.member(Role::Mentor);
    let mut draft = w.draft();
    let handed_in = hand_in(&mut w, &mut who, &mut draft);
    let kept = client::keep(&mut who, &draft, w.now, &mut w.rnd).unwrap();
    let unsent = hand_in(&mut w, &mut who, &mut draft);
    w.answered(&who, &[handed_in.clone(), kept.clone()]);
    for stranger in [&mut other, &mut mentor] {
        let erasure = client::erase(stranger, &handed_in, &mut w.rnd).unwrap();
        assert_eq!(fate(&mut w, stranger, &erasure), Fate::NeedsALook(Code::NotYours));
    }
    let mut secretary = w.founder.clone();
    let erasure = client::erase(&mut secretary, &kept, &mut w.rnd).unwrap();
    assert_eq!(
        fate(&mut w, &secretary, &erasure),
        Fate::NeedsALook(Code::NotYours),
        "a draft is the person's own"
    );
    let early = client::erase(&mut who, &unsent, &mut w.rnd).unwrap();
    assert!(is_stored(fate(&mut w, &who, &early)), "it is there before its target");
    let theirs = client::erase(&mut other, &unsent, &mut w.rnd).unwrap();
    assert_eq!(fate(&mut w, &other, &theirs), Fate::NeedsALook(Code::NotYours));
    assert!(is_stored(fate(&mut w, &who, &unsent)));
    assert!(
        w.store.durable.ops[&unsent.op_id].body.is_none(),
        "erased when it comes"
    );
    assert_eq!(fate(&mut w, &who, &unsent), Fate::NeedsALook(Code::Erased));
    assert!(w.store.durable.ops[&handed_in.op_id].body.is_some());
    let erasure = client::erase(&mut secretary, &handed_in, &mut w.rnd).unwrap();
    assert!(is_stored(fate(&mut w, &secretary, &erasure)));
    assert!(w.store.durable.ops[&handed_in.op_id].body.is_none());
    let told = pulled(&mut w, &mut who);
    assert!(
        told.iter().any(|row| row.out.op_id == erasure.op_id),
        "the candidate is told"
    );
}

#[test]
fn a_hand_in_is_handed_back_and_only_a_secretarys_word_counts() {
    let mut w = World::new(true);
    let mut who = w.member(Role::Candidate);
    let mut draft = w.draft();
    let handed_in = hand_in(&mut w, &mut who, &mut draft);
    w.answered(&who, std::slice::from_ref(&handed_in));
    let subject = who.account_id();
    let word = |word| Status {
        subject,
        about: Some(handed_in.op_id),
        word,
        day: "2026-11-21".to_owned(),
    };
    let mut secretary = w.founder.clone();
    let seen = client::say(&mut secretary, &word(Word::Seen), &[], &mut w.rnd).unwrap();
    let back = client::say(&mut secretary, &word(Word::HandedBack), &[seen.op_id], &mut w.rnd).unwrap();
    let answered = w.answered(&secretary, &[seen, back]);
    assert!(answered.outcomes.iter().all(|one| is_stored(one.fate) && !one.conflict));
    let rows = pulled(&mut w, &mut who);
    let (status, at) = client::word_of_branch(&who, &rows).unwrap();
    assert_eq!((status, at), (word(Word::HandedBack), w.now.wall_s));
    assert!(client::is_handed_back(&who, &rows, &handed_in.op_id));
    assert!(
        !client::is_handed_back(&who, &rows, &crate::id::OpId([9; 16])),
        "another version was not"
    );
    // The same rows under another author's name say nothing.
    let mut forged = rows.clone();
    forged.iter_mut().for_each(|row| row.account = who.account_id());
    assert_eq!(client::word_of_branch(&who, &forged), None);
    assert!(client::say(&mut who.clone(), &word(Word::Agreed), &[], &mut w.rnd).is_err());
}

#[test]
fn a_remark_reaches_the_candidate_and_the_answer_the_branch() {
    let mut w = World::new(true);
    let mut who = w.member(Role::Candidate);
    let stranger = w.member(Role::Candidate);
    let mut draft = w.draft();
    let handed_in = hand_in(&mut w, &mut who, &mut draft);
    w.answered(&who, std::slice::from_ref(&handed_in));
    let mut secretary = w.founder.clone();
    let candidate = Reader {
        account: who.account_id(),
        age_pub: who.account().age_pub(),
    };
    let place = (handed_in.op_id, Some("birth_name"));
    let remark = client::annotate(
        &mut secretary,
        &[candidate],
        place,
        "Viết hoa có dấu.",
        w.now,
        &mut w.rnd,
    )
    .unwrap();
    assert!(is_stored(fate(&mut w, &secretary, &remark)));
    let said = |w: &mut World, who: &mut Identity, id| {
        let rows = pulled(w, who);
        let row = rows.iter().find(|row| row.out.op_id == id)?;
        client::remark(who, &rows, row)
    };
    let (read, confirmed) = said(&mut w, &mut who, remark.op_id).unwrap();
    assert_eq!(
        (read.text.as_str(), read.path.as_deref(), confirmed),
        ("Viết hoa có dấu.", Some("birth_name"), true)
    );
    assert_eq!(said(&mut w, &mut stranger.clone(), remark.op_id), None);
    let answer = client::annotate(
        &mut who,
        &[],
        (handed_in.op_id, None),
        "Em sửa rồi ạ.",
        w.now,
        &mut w.rnd,
    )
    .unwrap();
    assert!(is_stored(fate(&mut w, &who, &answer)));
    let (read, confirmed) = said(&mut w, &mut secretary, answer.op_id).unwrap();
    assert_eq!(
        (read.text.as_str(), confirmed),
        ("Em sửa rồi ạ.", false),
        "a candidate is no secretary"
    );
}

#[test]
fn a_lost_phones_drafts_come_back_on_a_new_one_by_the_printed_code() {
    let mut w = World::new(true);
    let mut who = w.member(Role::Candidate);
    let code = [7; 17];
    let draft = w.draft();
    let keep = client::keep(&mut who, &draft, w.now, &mut w.rnd).unwrap();
    let escrow = client::escrow(&mut who, client::recovery_reader(&code), None, &mut w.rnd).unwrap();
    let answered = w.answered(&who, &[keep, escrow]);
    assert!(answered.outcomes.iter().all(|one| is_stored(one.fate)));
    let lost = Revoke {
        device: Some(who.device_id()),
        account: None,
        reason: Reason::Lost,
    };
    let revoke = client::revoke(&mut w.founder, &lost, &mut w.rnd).unwrap();
    let again = client::Invitation {
        role: Role::Candidate,
        account: Some(who.account_id()),
        guardian: false,
    };
    let (link, invite) = client::invite(&mut w.founder, &again, w.now, &mut w.rnd).unwrap();
    let ask = client::ask_escrow(&link);
    assert_eq!(
        w.handle(&ask).result.unwrap_err().code(),
        "invite_spent",
        "not before the invite is known"
    );
    w.founder_sends(&[revoke, invite]);
    assert_eq!(w.post(&who, &[]), Reply::Stopped, "the lost phone gets nothing");
    let foreign = w.link(Role::Candidate);
    assert!(
        w.handle(&client::ask_escrow(&foreign)).result.is_err(),
        "an invite to nobody in particular"
    );
    let mut forged = ask.clone();
    *forged.last_mut().unwrap() ^= 1;
    assert!(w.handle(&forged).result.is_err());
    let sealed = w.handle(&ask).result.unwrap();
    let wrong = client::recover(&link, &AGREED, &[8; 17], &sealed, &mut w.rnd);
    assert_eq!(wrong.err(), Some(RecoverFault::WrongCode));
    let (mut again, join, last) = client::recover(&link, &AGREED, &code, &sealed, &mut w.rnd).unwrap();
    assert_eq!(again.account_id(), who.account_id());
    assert!(is_stored(fate(&mut w, &again, &join)));
    // From now on the sheet of the new phone opens the account, and the old one nothing.
    let reader = client::recovery_reader(&[6; 17]);
    let fresh = client::escrow(&mut again, reader, last, &mut w.rnd).unwrap();
    assert!(is_stored(fate(&mut w, &again, &fresh)));
    let once_more = client::Invitation {
        role: Role::Candidate,
        account: Some(who.account_id()),
        guardian: false,
    };
    let (next, invite) = client::invite(&mut w.founder, &once_more, w.now, &mut w.rnd).unwrap();
    w.founder_sends(&[invite]);
    let sealed = w.handle(&client::ask_escrow(&next)).result.unwrap();
    assert!(client::recover(&next, &AGREED, &code, &sealed, &mut w.rnd).is_err());
    assert!(client::recover(&next, &AGREED, &[6; 17], &sealed, &mut w.rnd).is_ok());
    let rows = pulled(&mut w, &mut again);
    let mail = Mail::default();
    let view = View {
        outbox: &[],
        kept: &[],
        pulled: &rows,
        mail: &mail,
    };
    let missing = client::missing_drafts(&again, view, &[]);
    assert_eq!(missing.len(), 1);
    let now = w.now;
    let merged = client::merge(&mut again, &missing[0], view, now, &mut w.rnd)
        .unwrap()
        .unwrap();
    assert_eq!(
        (merged.draft.fields, merged.draft.form, merged.cut),
        (draft.fields, draft.form, None)
    );
    assert!(w.handle(&ask).result.is_err(), "the invite is used");
}

#[test]
fn two_phones_texts_meet_and_a_hand_in_waits_for_the_decision() {
    let mut w = World::new(true);
    let mut one = w.member(Role::Candidate);
    let mut two = one.clone();
    let join = client::renew_device(&mut two, &mut w.rnd);
    w.answered(&two, &[join]);
    let mut here = w.draft();
    let mut there = here.clone();
    here.set("gender", "nam");
    there.set("gender", "nữ");
    there.set("birth_place", "xã Chiềng Ly");
    let keep = client::keep(&mut one, &here, w.now, &mut w.rnd).unwrap();
    here.moved_on(keep.op_id);
    w.answered(&one, &[keep]);
    let rows = pulled(&mut w, &mut two);
    let (mail, now) = (Mail::default(), w.now);
    let view = View {
        outbox: &[],
        kept: &[],
        pulled: &rows,
        mail: &mail,
    };
    let merged = client::merge(&mut two, &there, view, now, &mut w.rnd).unwrap().unwrap();
    let cut = merged.cut.expect("what was typed is cut first");
    let mut there = merged.draft;
    assert_eq!(
        (there.fields["birth_place"].as_str(), there.kept.len()),
        ("xã Chiềng Ly", 1)
    );
    let both = [there.fields["gender"].as_str(), there.kept[0].text.as_str()];
    assert!(both.contains(&"nam") && both.contains(&"nữ"));
    let refused = client::hand_in(&mut two, &there, &[], "r", "d", now, &mut w.rnd);
    assert_eq!(refused, Err(client::CutFault::TwoVersions { left: 1 }));
    let value = there.kept[0].clone();
    there.take_back(&value.path, &value.text);
    assert_eq!(there.fields["gender"], value.text);
    let other = there.kept[0].clone();
    there.drop_kept(&other.path, &other.text);
    let done = client::hand_in(&mut two, &there, &[], "r", "d", now, &mut w.rnd).unwrap();
    let answered = match w.post(&two, &waiting(&[cut, done])) {
        Reply::Answered(answered) => answered,
        other => panic!("{other:?}"),
    };
    assert!(!answered.outcomes[1].conflict, "the hand-in closes the conflict");
}

#[test]
fn who_took_the_consent_back_can_still_have_everything_erased_and_sends_nothing_else() {
    let mut w = World::new(true);
    let mut who = w.member(Role::Candidate);
    let mut draft = w.draft();
    let handed_in = hand_in(&mut w, &mut who, &mut draft);
    assert!(is_stored(fate(&mut w, &who, &handed_in)));
    let again = client::keep(&mut who, &draft, w.now, &mut w.rnd).unwrap();
    let unsay = client::withdraw(&mut who, None, &mut w.rnd);
    assert!(is_stored(fate(&mut w, &who, &unsay)));
    assert_eq!(fate(&mut w, &who, &again), Fate::NeedsALook(Code::ClassOff));
    let erasure = client::erase(&mut who, &handed_in, &mut w.rnd).unwrap();
    assert!(is_stored(fate(&mut w, &who, &erasure)));
    assert!(w.store.durable.ops[&handed_in.op_id].body.is_none());
}

#[test]
fn a_candidate_hears_who_said_what_where_and_their_own_last_answer() {
    let mut w = World::new(true);
    let mut who = w.member(Role::Candidate);
    let mut draft = w.draft();
    let handed_in = hand_in(&mut w, &mut who, &mut draft);
    w.answered(&who, std::slice::from_ref(&handed_in));
    let candidate = Reader {
        account: who.account_id(),
        age_pub: who.account().age_pub(),
    };
    // A mentor whom no card confirms yet, then the secretary.
    let (mut stranger, mut secretary) = (w.member(Role::Mentor), w.founder.clone());
    let remarks = [
        ("birth_name", "Viết hoa có dấu."),
        ("family/1a2b/name", "Thiếu chữ đệm."),
    ];
    let mut sent = Vec::new();
    for (writer, (path, text)) in [&mut stranger, &mut secretary].into_iter().zip(remarks) {
        let place = (handed_in.op_id, Some(path));
        let out = client::annotate(writer, &[candidate], place, text, w.now, &mut w.rnd).unwrap();
        assert!(is_stored(fate(&mut w, writer, &out)));
        sent.push(out);
    }
    let mut answers = Vec::new();
    for (text, later) in [("Đang hỏi bố.", 0), ("Đã sửa", 60)] {
        w.now.wall_s += later;
        let place = (sent[1].op_id, Some("family/1a2b/name"));
        answers.push(client::annotate(&mut who, &[], place, text, w.now, &mut w.rnd).unwrap());
    }
    let (rows, outbox, mail) = (pulled(&mut w, &mut who), waiting(&answers), Mail::default());
    let view = View {
        outbox: &outbox,
        kept: &[],
        pulled: &rows,
        mail: &mail,
    };
    let heard = client::heard(&who, view);
    let shown: Vec<_> = heard
        .iter()
        .map(|said| {
            (
                said.role,
                said.path.as_str(),
                said.text.as_str(),
                said.answer.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            (None, "birth_name", "Viết hoa có dấu.", None),
            (
                Some(Role::Secretary),
                "family/1a2b/name",
                "Thiếu chữ đệm.",
                Some("Đã sửa")
            ),
        ]
    );
}
