//! Founding and joining.

use crate::answer::{Code, Standing};
use crate::body::{CardState, Join, Reason, Revoke};
use crate::branch::Secretary;
use crate::client::{self, Fate, Reply};
use crate::endpoint::world::{AGREED, Phone, World, waiting};
use crate::endpoint::{Caller, Store, new_founding_invite};
use crate::found::{FoundingInvite, Plan, found};
use crate::kind::{Class, Kind, Role};
use crate::op::RawOp;
use crate::{Random, shape};

fn join_of(out: &client::Outgoing) -> Join {
    let raw: RawOp = shape::strict(&out.bytes).unwrap();
    shape::strict(&raw.body).unwrap()
}

#[test]
fn candidate_and_mentor_are_active_at_once_and_a_secretary_waits_where_one_secretary_acts_alone() {
    let mut w = World::new(true);
    for (role, standing) in [
        (Role::Candidate, Standing::Active),
        (Role::Mentor, Standing::Active),
        (Role::Secretary, Standing::Waiting),
    ] {
        let who = w.member(role);
        assert_eq!((who.role(), who.standing()), (role, standing));
        assert_eq!(
            who.set().map(|set| set.version),
            Some(1),
            "the signed set comes with the first answer"
        );
    }
}

#[test]
fn a_mentor_waits_for_a_card_where_two_secretaries_act() {
    let mut w = World::new(false);
    let link = w.link(Role::Mentor);
    let (mut who, join) = client::enrol(&link, &AGREED, w.now, &mut w.rnd).unwrap();
    let answered = w.answered(&who, std::slice::from_ref(&join));
    assert_eq!(answered.standing, (Some(Role::Mentor), Standing::Waiting));
    let draft = w.draft();
    let note = client::note(&mut who, &draft, None, w.now, &mut w.rnd).unwrap();
    let fate = |w: &mut World, who: &client::Identity| w.answered(who, std::slice::from_ref(&note)).outcomes[0].fate;
    assert_eq!(fate(&mut w, &who), Fate::Later(Code::WaitingConfirmation));
    let joined = join_of(&join);
    let card = crate::body::Card {
        account: joined.account(),
        age_pub: joined.age_pub,
        sign_pub: joined.sign_pub,
        role: Role::Mentor,
        state: CardState::Active,
    };
    let card = client::card(&mut w.founder, &card, &[], &mut w.rnd).unwrap();
    let refused = w.founder_sends(&[card]).outcomes[0].fate;
    assert_eq!(
        refused,
        Fate::NeedsALook(Code::NotYours),
        "the invite's maker may not confirm it too"
    );
    let second = w.link(Role::Secretary);
    let (mut other, other_join) = client::enrol(&second, &AGREED, w.now, &mut w.rnd).unwrap();
    assert_eq!(
        w.answered(&other, std::slice::from_ref(&other_join)).standing.1,
        Standing::Waiting
    );
    let set = w.change_set(|set| set.secretaries.push(Secretary::of(&join_of(&other_join))));
    w.founder_sends(&[set]);
    assert_eq!(
        w.answered(&other, &[]).standing,
        (Some(Role::Secretary), Standing::Active)
    );
    let card = crate::body::Card {
        account: who.account_id(),
        age_pub: who.account().age_pub(),
        sign_pub: who.account().sign_pub(),
        role: Role::Mentor,
        state: CardState::Active,
    };
    let record = Some(crate::body::keyed_record(Kind::Card, who.account_id().as_bytes()));
    let to = vec![crate::id::Principal::EVERYBODY];
    let target = client::Target {
        kind: Kind::Card,
        record,
        base: None,
        also: vec![],
        to,
    };
    let card = client::clear(&mut other, target, &card, &mut w.rnd);
    assert!(matches!(w.answered(&other, &[card]).outcomes[0].fate, Fate::Stored(_)));
    assert!(
        matches!(fate(&mut w, &who), Fate::Stored(_)),
        "confirmed by another secretary than the maker"
    );
}

#[test]
fn an_invite_is_used_once() {
    let mut w = World::new(true);
    let link = w.link(Role::Candidate);
    let (first, join) = client::enrol(&link, &AGREED, w.now, &mut w.rnd).unwrap();
    let receipt = w.answered(&first, std::slice::from_ref(&join)).outcomes[0].fate;
    assert_eq!(
        w.answered(&first, &[join]).outcomes[0].fate,
        receipt,
        "the same join again has the same receipt"
    );
    let (second, join) = client::enrol(&link, &AGREED, w.now, &mut w.rnd).unwrap();
    let before = w.store.durable.accounts.len();
    assert_eq!(w.post(&second, &waiting(&[join])), Reply::InviteSpent);
    assert_eq!(w.store.durable.accounts.len(), before);
}

#[test]
fn an_invite_lasts_thirty_days_by_the_endpoints_clock() {
    for (later, open) in [(30 * 86_400, true), (30 * 86_400 + 1, false)] {
        let mut w = World::new(true);
        let link = w.link(Role::Candidate);
        w.now.wall_s += later;
        let (who, join) = client::enrol(&link, &AGREED, w.now, &mut w.rnd).unwrap();
        assert_eq!(
            matches!(w.post(&who, &waiting(&[join])), Reply::Answered(_)),
            open,
            "after {later} s"
        );
    }
}

#[test]
fn an_unknown_invite_and_a_forged_signature_say_the_same_and_leave_nothing_behind() {
    let mut w = World::new(true);
    let (mut unknown, _) = w.invite(Role::Candidate);
    let known = w.link(Role::Candidate);
    let before = (
        w.store.durable.accounts.len(),
        w.store.durable.ops.len(),
        w.store.durable.seq,
    );
    for forged in [false, true] {
        unknown.set = known.set.clone();
        let (mut who, mut join) = client::enrol(&unknown, &AGREED, w.now, &mut w.rnd).unwrap();
        if forged {
            // Names the known invite, but is signed by another key.
            let body = Join {
                invite: Some(crate::keys::InviteKey::from_code(&known.code).id()),
                ..join_of(&join)
            };
            let to = vec![who.account_id().into(), who.branch_id().into()];
            let target = client::Target {
                kind: Kind::Join,
                record: None,
                base: None,
                also: vec![],
                to,
            };
            join = client::clear(&mut who, target, &body, &mut w.rnd);
        }
        let draft = w.draft();
        let hand_in = client::hand_in(&mut who, &draft, &[], "r", "d", w.now, &mut w.rnd).unwrap();
        let answered = w.answered(&who, &[join, hand_in]);
        let fates: Vec<Fate> = answered.outcomes.iter().map(|one| one.fate).collect();
        assert_eq!(fates, [Fate::Later(Code::InviteUnknown); 2]);
        assert_eq!(answered.standing, (None, Standing::Waiting));
        assert!(answered.rows.is_empty() && answered.set.is_none());
        let after = (
            w.store.durable.accounts.len(),
            w.store.durable.ops.len(),
            w.store.durable.seq,
        );
        assert_eq!(after, before);
    }
}

#[test]
fn a_stranger_is_told_nothing() {
    let mut w = World::new(true);
    let stranger = World::with(Class::C2, true, 77);
    let draft = w.draft();
    let mut who = stranger.founder.clone();
    let out = client::keep(&mut who, &draft, w.now, &mut w.rnd).unwrap();
    let posting = w.posting(&who, &waiting(&[out]), &client::Mail::default());
    let handled = w.handle(&posting.bytes);
    assert_eq!(handled.caller, Caller::Stranger);
    let reply = client::answer(&who, &posting, handled.result.unwrap_err().status(), b"");
    assert_eq!(reply, Reply::Foreign, "a problem without a body is not believed at all");
    assert_eq!(w.post(&who, &[]), Reply::NotEnrolled);
}

#[test]
fn a_letter_for_another_endpoint_or_with_a_changed_byte_is_refused() {
    let mut w = World::new(true);
    let who = w.member(Role::Candidate);
    let posting = w.posting(&who, &[], &client::Mail::default());
    let mut other = World::with(Class::C2, true, 5);
    std::mem::swap(&mut other.store, &mut w.store);
    assert_eq!(other.handle(&posting.bytes).result.unwrap_err().code(), "bad_letter");
    std::mem::swap(&mut other.store, &mut w.store);
    let mut believed = 0;
    for at in 0..posting.bytes.len() {
        let mut changed = posting.bytes.clone();
        changed[at] ^= 1;
        believed += usize::from(w.handle(&changed).result.is_ok());
    }
    assert_eq!(believed, 0);
    assert!(w.handle(&posting.bytes).result.is_ok());
}

#[test]
fn a_founding_invite_founds_one_branch() {
    let mut w = World::new(true);
    let mut code = [0; 16];
    w.rnd.fill(&mut code);
    w.store.begin().unwrap();
    w.store
        .put_invite(&new_founding_invite(&code, w.now.wall_s + 60))
        .unwrap();
    w.store.commit().unwrap();
    let invite = FoundingInvite {
        code,
        endpoint_sign: w.keys.sign_pub(),
        endpoint_age: w.keys.age_pub(),
    };
    let plan = Plan {
        name: "Chi bộ hai",
        class: Class::C2,
        single_secretary: true,
    };
    let (_, first, outs) = found(&invite, &plan, &mut w.rnd);
    assert_eq!(
        w.post(&first, &waiting(&outs[..1])),
        Reply::NotEnrolled,
        "without the set nothing is founded"
    );
    let wrong = FoundingInvite {
        endpoint_sign: first.account().sign_pub(),
        ..invite.clone()
    };
    let (_, misled, misled_outs) = found(&wrong, &plan, &mut w.rnd);
    assert!(
        !matches!(w.post(&misled, &waiting(&misled_outs)), Reply::Answered(_)),
        "a set that pins another key"
    );
    let answered = w.answered(&first, &outs);
    assert!(answered.outcomes.iter().all(|one| matches!(one.fate, Fate::Stored(_))));
    assert_eq!(answered.standing, (Some(Role::Secretary), Standing::Active));
    let (_, second, outs) = found(&invite, &plan, &mut w.rnd);
    assert_eq!(w.post(&second, &waiting(&outs)), Reply::NotEnrolled);
    assert_eq!(w.store.durable.branches.len(), 2);
}

#[test]
fn a_further_device_needs_no_invite_until_one_was_revoked() {
    let mut w = World::new(true);
    let mut who = w.member(Role::Candidate);
    let lost = who.device_id();
    let join = client::renew_device(&mut who, &mut w.rnd);
    assert_ne!(who.device_id(), lost);
    assert!(matches!(w.answered(&who, &[join]).outcomes[0].fate, Fate::Stored(_)));
    let revoke = Revoke {
        device: Some(lost),
        account: None,
        reason: Reason::Lost,
    };
    let target = client::Target {
        kind: Kind::Revoke,
        record: None,
        base: None,
        also: vec![],
        to: vec![crate::id::Principal::EVERYBODY],
    };
    let out = client::clear(&mut w.founder, target, &revoke, &mut w.rnd);
    assert!(matches!(w.founder_sends(&[out]).outcomes[0].fate, Fate::Stored(_)));
    assert!(
        matches!(w.post(&who, &[]), Reply::Answered(_)),
        "the other device goes on"
    );
    let mut third = who.clone();
    let join = client::renew_device(&mut third, &mut w.rnd);
    let answered = w.answered(&third, &[join]);
    assert_eq!(answered.outcomes[0].fate, Fate::NeedsALook(Code::NotYours));
}

#[test]
fn under_sixteen_stays_at_class_nought_unless_the_secretary_saw_the_paper() {
    for (paper, class) in [(false, Class::C0), (true, Class::C2)] {
        let mut w = World::new(true);
        let invitation = client::Invitation {
            role: Role::Candidate,
            account: None,
            guardian: paper,
        };
        let (link, out) = client::invite(&mut w.founder, &invitation, w.now, &mut w.rnd).unwrap();
        w.founder_sends(&[out]);
        let consent = crate::body::Consent {
            under16: true,
            guardian: true,
            ..AGREED
        };
        let (mut who, join) = client::enrol(&link, &consent, w.now, &mut w.rnd).unwrap();
        w.answered(&who, &[join]);
        assert_eq!(w.store.durable.accounts[&who.account_id()].class, class);
        let draft = w.draft();
        let hand_in = client::hand_in(&mut who, &draft, &[], "r", "d", w.now, &mut w.rnd).unwrap();
        let fate = w.answered(&who, &[hand_in]).outcomes[0].fate;
        assert_eq!(matches!(fate, Fate::Stored(_)), paper);
        assert!(paper || fate == Fate::NeedsALook(Code::ClassOff));
    }
}

#[test]
fn a_founder_welcomes_who_joined_with_a_secretarys_invite_and_nobody_else() {
    let mut w = World::new(true);
    let secretary = w.member(Role::Secretary);
    w.member(Role::Candidate);
    assert_eq!(secretary.standing(), Standing::Waiting);
    let rows = w.founder_sends(&[]).rows;
    let sets = w.root.welcome(&mut w.founder, &rows, &mut w.rnd);
    assert_eq!(sets.len(), 1);
    w.founder_sends(&sets);
    assert_eq!(
        w.answered(&secretary, &[]).standing,
        (Some(Role::Secretary), Standing::Active)
    );
    assert_eq!(w.root.welcome(&mut w.founder, &rows, &mut w.rnd), []);
    assert_eq!(w.founder.set().unwrap().secretaries.len(), 2);
}

#[test]
fn what_the_endpoint_signed_for_comes_back_after_a_restore_and_what_was_revoked_stays_closed() {
    let mut w = World::new(true);
    let link = w.link(Role::Candidate);
    let (who, join) = client::enrol(&link, &AGREED, w.now, &mut w.rnd).unwrap();
    let mut first = Phone::new(who, &[join]);
    first.sync(&mut w);
    let backup = w.store.durable.clone();
    let mut of_account = || {
        let mut who = first.who.clone();
        let join = client::renew_device(&mut who, &mut w.rnd);
        let mut phone = Phone::new(who, &[join]);
        phone.sync(&mut w);
        phone
    };
    let (lost, mut second) = (of_account(), of_account());
    let revoke = Revoke {
        device: Some(lost.who.device_id()),
        account: None,
        reason: Reason::Lost,
    };
    let revoke = client::revoke(&mut w.founder, &revoke, &mut w.rnd).unwrap();
    w.founder_sends(std::slice::from_ref(&revoke));
    // The database is that of before both; the revocation is there first, although the endpoint does not know the phone.
    w.store.replace(backup.clone());
    w.store
        .durable
        .old_epochs
        .insert(crate::id::Epoch(backup.epoch), backup.seq);
    w.store.durable.epoch = [8; 16];
    assert!(matches!(w.founder_sends(&[revoke]).outcomes[0].fate, Fate::Stored(_)));
    let posted = |w: &mut World, phone: &Phone, joined| {
        let mut mail = phone.mail.clone();
        mail.joined = joined;
        let row = phone
            .kept
            .iter()
            .find(|row| row.out.kind() == Some(Kind::Join) && row.out.seq == phone.who.device_seq());
        w.post_with(&phone.who, &waiting(&[row.unwrap().out.clone()]), &mail)
    };
    // The stolen phone shows its receipt in vain.
    let Reply::Answered(answered) = posted(&mut w, &lost, lost.mail.joined) else {
        panic!()
    };
    assert!(matches!(answered.outcomes[0].fate, Fate::Stored(_)));
    assert!(w.store.durable.devices[&lost.who.device_id()].closed);
    assert_eq!(w.post(&lost.who, &[]), Reply::Stopped);
    // Without a receipt, or with another one's, a further phone needs an invite now.
    for joined in [None, lost.mail.joined] {
        let Reply::Answered(answered) = posted(&mut w, &second, joined) else {
            panic!()
        };
        assert_eq!(answered.outcomes[0].fate, Fate::NeedsALook(Code::NotYours));
    }
    second.sync(&mut w);
    assert!(!w.store.durable.devices[&second.who.device_id()].closed);
}
