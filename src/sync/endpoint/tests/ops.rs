//! One op, one effect: repeats, reused ids, forks, limits, class, revocation, erasing.

use crate::answer::{Code, Standing};
use crate::body::{Reason, Revoke};
use crate::client::{self, Fate, Identity, OutRow, Outgoing, Reply, Target};
use crate::endpoint::world::{World, waiting};
use crate::id::{OpHash, Principal};
use crate::kind::{Class, Kind, Role};
use crate::op::{Op, RawOp};
use crate::receipt::Receipt;
use crate::shape;

fn receipt(fate: Fate) -> Receipt {
    match fate {
        Fate::Stored(receipt) => receipt,
        other => panic!("no receipt: {other:?}"),
    }
}

fn hand_in(w: &mut World, who: &mut Identity) -> Outgoing {
    let draft = w.draft();
    client::hand_in(who, &draft, &[], "rules 1", "21/11/2026", w.now, &mut w.rnd).unwrap()
}

#[test]
fn the_same_letter_twice_gives_the_same_receipts_and_one_row() {
    let mut w = World::new(true);
    let mut who = w.member(Role::Candidate);
    let out = hand_in(&mut w, &mut who);
    let posting = w.posting(&who, &waiting(&[out]), &client::Mail::default());
    let first = w.handle(&posting.bytes);
    let rows = w.store.durable.ops.len();
    w.now.wall_s += 500;
    let second = w.handle(&posting.bytes);
    assert_eq!(
        (first.stored, first.repeated, second.stored, second.repeated),
        (1, 0, 0, 1)
    );
    assert_eq!(w.store.durable.ops.len(), rows);
    let fate = |handled: crate::endpoint::Handled| match client::answer(&who, &posting, 200, &handled.result.unwrap()) {
        Reply::Answered(answered) => receipt(answered.outcomes[0].fate),
        other => panic!("{other:?}"),
    };
    assert_eq!(fate(first), fate(second), "the receipt names the first time");
}

#[test]
fn one_id_always_means_the_same_bytes() {
    let mut w = World::new(true);
    let mut who = w.member(Role::Candidate);
    let out = hand_in(&mut w, &mut who);
    w.answered(&who, std::slice::from_ref(&out));
    let op = Op::read(&out.bytes).unwrap();
    let mut header = op.header().clone();
    header.device_seq = 99;
    let other = Op::sign(header, op.body().to_vec(), who.device_keys());
    let reused = Outgoing {
        bytes: other.bytes(),
        op_hash: other.hash(),
        seq: 99,
        ..out.clone()
    };
    assert_eq!(
        w.answered(&who, &[reused]).outcomes[0].fate,
        Fate::NeedsALook(Code::IdReused)
    );
    let mut asked = OutRow::new(Outgoing {
        op_hash: OpHash([1; 32]),
        ..out
    });
    asked.state = client::OutState::SentUnknown;
    let Reply::Answered(answered) = w.post(&who, &[asked]) else {
        panic!()
    };
    assert_eq!(
        answered.outcomes[0].fate,
        Fate::NeedsALook(Code::IdReused),
        "a probe says so too"
    );
}

#[test]
fn a_probe_is_answered_for_ones_own_ops_only() {
    let mut w = World::new(true);
    let (mut one, other) = (w.member(Role::Candidate), w.member(Role::Candidate));
    let (sent, unsent) = (hand_in(&mut w, &mut one), hand_in(&mut w, &mut one));
    let stored = receipt(w.answered(&one, std::slice::from_ref(&sent)).outcomes[0].fate);
    let mut rows = waiting(&[sent.clone(), unsent]);
    rows.iter_mut()
        .for_each(|row| row.state = client::OutState::SentUnknown);
    let Reply::Answered(answered) = w.post(&one, &rows) else {
        panic!()
    };
    let fates: Vec<Fate> = answered.outcomes.iter().map(|one| one.fate).collect();
    assert_eq!(fates, [Fate::Stored(stored), Fate::SendIt]);
    let Reply::Answered(answered) = w.post(&other, &rows) else {
        panic!()
    };
    assert!(
        answered.outcomes.iter().all(|one| one.fate == Fate::SendIt),
        "another account learns nothing"
    );
    assert_eq!(
        w.answered(&other, &[sent]).outcomes[0].fate,
        Fate::NeedsALook(Code::NotYours)
    );
}

#[test]
fn versions_from_one_base_are_both_kept_and_the_phone_is_told() {
    let mut w = World::new(true);
    let mut who = w.member(Role::Candidate);
    let draft = w.draft();
    let mut cut = |who: &mut Identity| client::keep(who, &draft, w.now, &mut w.rnd).unwrap();
    let (one, two) = (cut(&mut who), cut(&mut who));
    assert!(!w.answered(&who, std::slice::from_ref(&one)).outcomes[0].conflict);
    let second = &w.answered(&who, std::slice::from_ref(&two)).outcomes[0];
    assert!(second.conflict && matches!(second.fate, Fate::Stored(_)));
    let mut merged = draft.clone();
    merged.base = Some(one.op_id);
    merged.also = vec![two.op_id];
    let three = client::keep(&mut who, &merged, w.now, &mut w.rnd).unwrap();
    assert!(
        !w.answered(&who, &[three]).outcomes[0].conflict,
        "naming both leaves closes it"
    );
}

#[test]
fn a_used_counter_shows_a_copied_profile_and_the_op_is_kept() {
    let mut w = World::new(true);
    let mut who = w.member(Role::Candidate);
    let mut copy = who.clone();
    let (one, two) = (hand_in(&mut w, &mut who), hand_in(&mut w, &mut copy));
    assert_eq!(one.seq, two.seq);
    assert!(!w.answered(&who, &[one]).fork);
    let answered = w.answered(&copy, &[two]);
    assert!(answered.fork);
    assert!(matches!(answered.outcomes[0].fate, Fate::Stored(_)));
}

#[test]
fn a_counter_behind_the_endpoints_shows_a_rolled_back_profile() {
    let mut w = World::new(true);
    let mut who = w.member(Role::Candidate);
    let old = who.clone();
    let out = hand_in(&mut w, &mut who);
    assert!(!w.answered(&who, &[out]).fork);
    assert!(w.answered(&old, &[]).fork);
}

#[test]
fn each_refusal_has_its_code_and_stores_nothing() {
    let mut w = World::new(true);
    let who = w.member(Role::Candidate);
    let base = {
        let mut writer = who.clone();
        hand_in(&mut w, &mut writer)
    };
    let op = Op::read(&base.bytes).unwrap();
    let foreign = w.member(Role::Candidate);
    type Change = fn(&mut crate::op::Header);
    let changes: [(&str, Change, Code); 12] = [
        ("unknown kind", |h| h.kind = 6, Code::UnknownKindOrSchema),
        ("unknown schema", |h| h.schema = 2, Code::UnknownKindOrSchema),
        ("deletion of nothing", |h| h.verb = 1, Code::TargetUnknown),
        ("another branch", |h| h.branch.0[0] ^= 1, Code::NotYours),
        ("another author", |h| h.account.0[0] ^= 1, Code::NotYours),
        (
            "for nobody of the branch",
            |h| h.to = vec![h.account.into()],
            Code::NotYours,
        ),
        ("for everybody", |h| h.to.push(Principal::EVERYBODY), Code::NotYours),
        ("twice for the same", |h| h.to.push(h.account.into()), Code::NotYours),
        (
            "a mentor's kind",
            |h| (h.kind, h.record) = (4, h.op_id.into()),
            Code::NotYours,
        ),
        ("its own base", |h| h.base = Some(h.op_id), Code::BadShape),
        (
            "further bases without a base",
            |h| h.also = vec![crate::id::OpId([5; 16])],
            Code::BadShape,
        ),
        (
            "about another op",
            |h| h.about = Some(crate::id::OpId([5; 16])),
            Code::BadShape,
        ),
    ];
    let stored = w.store.durable.ops.len();
    for (name, change, code) in changes {
        let mut header = op.header().clone();
        change(&mut header);
        let changed = Op::sign(header, op.body().to_vec(), who.device_keys());
        let out = Outgoing {
            bytes: changed.bytes(),
            op_hash: changed.hash(),
            ..base.clone()
        };
        let fate = w.answered(&who, &[out]).outcomes[0].fate;
        let expected = if code.is_later() {
            Fate::Later(code)
        } else {
            Fate::NeedsALook(code)
        };
        assert_eq!(fate, expected, "{name}");
    }
    let signed_by_another = Op::sign(op.header().clone(), op.body().to_vec(), foreign.device_keys());
    let bytes = shape::encode(&RawOp {
        header: op.header_bytes().to_vec(),
        sig: signed_by_another.sig(),
        body: op.body().to_vec(),
    });
    let out = Outgoing { bytes, ..base.clone() };
    assert_eq!(
        w.answered(&who, &[out]).outcomes[0].fate,
        Fate::NeedsALook(Code::BadSig)
    );
    let long = shape::encode(&RawOp {
        header: op.header_bytes().to_vec(),
        sig: op.sig(),
        body: vec![0; 65_537],
    });
    let out = Outgoing {
        bytes: long,
        ..base.clone()
    };
    assert_eq!(
        w.answered(&who, &[out]).outcomes[0].fate,
        Fate::NeedsALook(Code::TooBig)
    );
    let other_body = shape::encode(&RawOp {
        header: op.header_bytes().to_vec(),
        sig: op.sig(),
        body: vec![0; 10],
    });
    let out = Outgoing {
        bytes: other_body,
        ..base.clone()
    };
    assert_eq!(
        w.answered(&who, &[out]).outcomes[0].fate,
        Fate::NeedsALook(Code::BadShape)
    );
    assert_eq!(w.store.durable.ops.len(), stored);
    assert!(
        matches!(w.answered(&who, &[base]).outcomes[0].fate, Fate::Stored(_)),
        "the unchanged op is fine"
    );
}

#[test]
fn one_bad_op_holds_up_nobody_else() {
    let mut w = World::new(true);
    let mut who = w.member(Role::Candidate);
    let (good, bad, last) = (
        hand_in(&mut w, &mut who),
        hand_in(&mut w, &mut who),
        hand_in(&mut w, &mut who),
    );
    let broken = shape::encode(&RawOp {
        header: vec![0xff; 40],
        sig: crate::id::Sig::ZERO,
        body: vec![],
    });
    let bad = Outgoing { bytes: broken, ..bad };
    let fates: Vec<Fate> = w
        .answered(&who, &[good, bad, last])
        .outcomes
        .iter()
        .map(|one| one.fate)
        .collect();
    assert!(
        matches!(
            fates[..],
            [Fate::Stored(_), Fate::NeedsALook(Code::BadShape), Fate::Stored(_)]
        ),
        "{fates:?}"
    );
}

#[test]
fn limits_of_pace_and_quota_hold() {
    let mut w = World::new(true);
    let mut who = w.member(Role::Candidate);
    let out = hand_in(&mut w, &mut who);
    w.gate.ops = false;
    assert_eq!(
        w.answered(&who, std::slice::from_ref(&out)).outcomes[0].fate,
        Fate::Later(Code::Quota)
    );
    w.gate = crate::endpoint::world::Open {
        letters: false,
        ops: true,
    };
    assert_eq!(
        w.post(&who, &waiting(std::slice::from_ref(&out))),
        Reply::Wait { seconds: 7 }
    );
    w.gate.letters = true;
    let mut account = w.store.durable.accounts[&who.account_id()].clone();
    account.bytes = 50 << 20;
    w.store.durable.accounts.insert(account.id, account.clone());
    assert_eq!(
        w.answered(&who, std::slice::from_ref(&out)).outcomes[0].fate,
        Fate::Later(Code::Quota)
    );
    account.bytes = 0;
    w.store.durable.accounts.insert(account.id, account);
    assert!(matches!(w.answered(&who, &[out]).outcomes[0].fate, Fate::Stored(_)));
    assert!(w.store.durable.accounts[&who.account_id()].bytes > 100);
}

#[test]
fn a_lowered_class_stops_content_at_once() {
    let mut w = World::new(true);
    let mut who = w.member(Role::Candidate);
    let out = hand_in(&mut w, &mut who);
    let set = w.change_set(|set| set.class = Class::C1);
    w.founder_sends(&[set]);
    let answered = w.answered(&who, std::slice::from_ref(&out));
    assert_eq!(answered.outcomes[0].fate, Fate::NeedsALook(Code::ClassOff));
    assert!(who.take_set(&answered.set.unwrap()));
    assert_eq!(who.class(), Class::C1);
    let draft = w.draft();
    let cut = client::hand_in(&mut who, &draft, &[], "r", "d", w.now, &mut w.rnd);
    assert_eq!(
        cut,
        Err(client::CutFault::ClassOff),
        "the phone does not even seal any more"
    );
}

#[test]
fn withdrawn_consent_stops_content_and_a_new_one_opens_it() {
    let mut w = World::new(true);
    let mut who = w.member(Role::Candidate);
    let before = who.clone();
    let out = hand_in(&mut w, &mut who);
    let withdrawal = client::withdraw(&mut who, None, &mut w.rnd);
    assert!(matches!(
        w.answered(&who, &[withdrawal]).outcomes[0].fate,
        Fate::Stored(_)
    ));
    assert_eq!(
        w.answered(&before, &[out]).outcomes[0].fate,
        Fate::NeedsALook(Code::ClassOff)
    );
}

#[test]
fn a_closed_account_is_told_so_and_erasing_leaves_only_hashes() {
    let mut w = World::new(true);
    let mut who = w.member(Role::Candidate);
    let out = hand_in(&mut w, &mut who);
    w.answered(&who, std::slice::from_ref(&out));
    let revoke = Revoke {
        device: None,
        account: Some(who.account_id()),
        reason: Reason::Erase,
    };
    let to = vec![Principal::EVERYBODY];
    let target = Target {
        kind: Kind::Revoke,
        record: None,
        base: None,
        also: vec![],
        to,
    };
    let op = client::clear(&mut w.founder, target, &revoke, &mut w.rnd);
    assert!(matches!(w.founder_sends(&[op]).outcomes[0].fate, Fate::Stored(_)));
    assert_eq!(w.post(&who, &waiting(std::slice::from_ref(&out))), Reply::Stopped);
    let row = &w.store.durable.ops[&out.op_id];
    assert_eq!((row.body.is_none(), row.op_hash), (true, out.op_hash));
    assert_eq!(w.store.durable.accounts[&who.account_id()].standing, Standing::Closed);
}

#[test]
fn a_former_secretary_writes_nothing_more() {
    let mut w = World::new(true);
    let mut other = w.member(Role::Secretary);
    let join = crate::body::Join {
        device_pub: other.device_keys().public(),
        age_pub: other.account().age_pub(),
        sign_pub: other.account().sign_pub(),
        certificate: crate::id::Sig::ZERO,
        invite: None,
        invite_sig: None,
        consent: crate::endpoint::world::AGREED,
    };
    let named = w.change_set(|set| set.secretaries.push(crate::branch::Secretary::of(&join)));
    w.founder_sends(std::slice::from_ref(&named));
    let invite = |who: &mut Identity, w: &mut World| {
        let invitation = client::Invitation {
            role: Role::Candidate,
            account: None,
            guardian: false,
        };
        client::invite(who, &invitation, w.now, &mut w.rnd).unwrap().1
    };
    let out = invite(&mut other, &mut w);
    assert!(matches!(w.answered(&other, &[out]).outcomes[0].fate, Fate::Stored(_)));
    let account = other.account_id();
    let third = w.change_set(|set| set.secretaries.retain(|one| one.account != account));
    w.founder_sends(&[third]);
    let out = invite(&mut other, &mut w);
    assert_eq!(w.post(&other, &waiting(&[out])), Reply::Stopped);
}
