//! Envelopes that others carry (sync protocol §15): who may, what is refused, what comes back to whom, and that nothing counts twice.

use crate::answer::{Answer, Code, Standing};
use crate::body::{Reason, Revoke};
use crate::branch::FLAG_CANDIDATES_CARRY;
use crate::client::{self, CarryFault, Fare, Identity, Load, Mail, OutRow, OutState, Packed, Stock};
use crate::container::{self, FileFault};
use crate::endpoint::Refusal;
use crate::endpoint::world::{AGREED, Open, Phone, World, waiting};
use crate::id::{BranchId, EnvelopeId, Epoch, ParcelId};
use crate::keys::EndpointKeys;
use crate::kind::{Kind, Role};
use crate::parcel::{Envelope, MAX_ENVELOPES, MAX_SEALED, Parcel};
use crate::{Now, shape};

impl World {
    /// Delivers one envelope by this carrier.
    fn bring(&mut self, carrier: &Identity, envelope: &Envelope) -> Fare {
        let posting = client::carry(carrier, envelope, &mut self.rnd);
        let handled = self.handle(&posting.bytes);
        let (status, body) = match handled.result {
            Ok(body) => (200, body),
            Err(refusal) => (refusal.status(), refusal.body(self.now)),
        };
        client::fare(carrier, &posting, envelope.id, status, &body)
    }

    /// Takes a parcel to the endpoint and gives back the file that goes home.
    fn carried(&mut self, carrier: &Identity, parcel: &Parcel) -> Vec<u8> {
        let (mut load, _) = taken(carrier, &parcel.encode(), &[]).unwrap();
        while let Some(envelope) = load.next().cloned() {
            let fare = self.bring(carrier, &envelope);
            assert!(matches!(fare, Fare::Answer(_)), "{fare:?}");
            load.came(envelope.id, &fare);
            load = Load::decode(&load.encode()).unwrap();
        }
        load.home().unwrap().encode()
    }

    fn mentor(&mut self) -> Identity {
        self.member(Role::Mentor)
    }
}

const NOW: Now = Now { wall_s: 1_790_000_000 };

fn taken(who: &Identity, file: &[u8], loads: &[Load]) -> Result<(Load, Vec<ParcelId>), CarryFault> {
    Stock { packed: &[], loads }.take(who, file, NOW)
}

impl Phone {
    fn view(&self) -> client::View<'_> {
        client::View {
            outbox: &self.outbox,
            kept: &self.kept,
            pulled: &self.pulled,
            mail: &self.mail,
        }
    }

    fn pack(&self, w: &mut World) -> (Parcel, Packed) {
        client::pack(&self.who, self.view(), 1, w.now, &mut w.rnd).unwrap()
    }

    /// Opens a file that came home. How many of its letters were believed.
    fn opens(&mut self, w: &mut World, packed: &mut Packed, file: &[u8]) -> usize {
        let parcel = Parcel::decode(file).unwrap();
        let homes = client::bring_home(&self.who, packed, &parcel);
        let many = homes.len();
        for home in homes {
            let mut who = self.who.clone();
            let change = home.apply(&mut who, self.view(), packed, &mut w.rnd);
            self.who = who;
            self.follow(change);
        }
        many
    }

    /// A phone that has handed in and never had a signal since it joined.
    fn without_signal(w: &mut World) -> Self {
        let mut phone = Self::new(w.member(Role::Candidate), &[]);
        let draft = w.draft();
        let out = client::hand_in(&mut phone.who, &draft, &[], "rules 1", "21/11/2026", w.now, &mut w.rnd).unwrap();
        phone.outbox = waiting(&[out]);
        phone
    }
}

#[test]
fn a_hand_in_goes_by_courier_and_its_receipt_comes_home() {
    let mut w = World::new(true);
    let (mut phone, mentor) = (Phone::without_signal(&mut w), w.mentor());
    let op = phone.outbox[0].out.op_id;
    let (parcel, mut packed) = phone.pack(&mut w);
    assert!(packed.holds(&op) && !packed.is_home());
    let file = w.carried(&mentor, &parcel);
    assert_eq!(phone.opens(&mut w, &mut packed, &file), 1);
    assert!(phone.outbox.is_empty() && packed.is_home() && !packed.holds(&op));
    assert_eq!(phone.kept[0].out.op_id, op);
    // Opened again, brought again by somebody else, posted again by the phone itself: nothing is there twice.
    let ops = w.store.durable.ops.len();
    assert_eq!(phone.opens(&mut w, &mut packed, &file), 1);
    let secretary = w.founder.clone();
    let again = w.carried(&secretary, &parcel);
    assert_eq!(phone.opens(&mut w, &mut packed, &again), 1);
    phone.outbox = vec![OutRow::new(phone.kept[0].out.clone())];
    phone.sync(&mut w);
    let hand_ins = phone.kept.iter().filter(|row| row.out.kind() == Some(Kind::HandIn));
    assert_eq!((w.store.durable.ops.len(), hand_ins.count()), (ops, 1));
}

#[test]
fn an_enrolment_works_by_courier_too() {
    let mut w = World::new(true);
    let (link, mentor) = (w.link(Role::Candidate), w.mentor());
    let (who, join) = client::enrol(&link, &AGREED, w.now, &mut w.rnd).unwrap();
    let mut phone = Phone::new(who, &[join]);
    let draft = w.draft();
    let out = client::hand_in(&mut phone.who, &draft, &[], "rules 1", "21/11/2026", w.now, &mut w.rnd).unwrap();
    phone.outbox.push(OutRow::new(out));
    let (parcel, mut packed) = phone.pack(&mut w);
    let file = w.carried(&mentor, &parcel);
    phone.opens(&mut w, &mut packed, &file);
    assert!(phone.outbox.is_empty(), "{:?}", phone.outbox);
    assert_eq!(phone.who.standing(), Standing::Active);
    assert!(w.store.durable.devices.contains_key(&phone.who.device_id()));
}

#[test]
fn a_long_backlog_is_several_letters_in_any_order_each_with_the_join() {
    let mut w = World::new(true);
    let (link, mentor) = (w.link(Role::Candidate), w.mentor());
    let (who, join) = client::enrol(&link, &AGREED, w.now, &mut w.rnd).unwrap();
    let mut phone = Phone::new(who, &[join]);
    for n in 0..12 {
        let mut draft = w.draft();
        // What does not deflate.
        let text: String = (0..1_200).map(|_| format!("{:08x}", w.rnd.draw() as u32)).collect();
        draft.set("life_story", &format!("{n} {text}"));
        let out = client::hand_in(&mut phone.who, &draft, &[], "rules 1", "21/11/2026", w.now, &mut w.rnd).unwrap();
        phone.outbox.push(OutRow::new(out));
    }
    phone.outbox[3].state = OutState::SentUnknown;
    let (mut parcel, mut packed) = phone.pack(&mut w);
    assert!(
        (2..=MAX_ENVELOPES).contains(&parcel.envelopes.len()),
        "{}",
        parcel.envelopes.len()
    );
    assert!(parcel.envelopes.iter().all(|one| one.sealed.len() < 48 << 10));
    parcel.envelopes.reverse();
    let file = w.carried(&mentor, &parcel);
    phone.opens(&mut w, &mut packed, &file);
    assert!(phone.outbox.is_empty(), "{:?}", phone.outbox.len());
    assert_eq!(phone.kept.len(), 13);
}

#[test]
fn only_an_active_mentor_or_secretary_carries_unless_the_branch_lets_candidates() {
    for (role, flag, active, may) in [
        (Role::Mentor, false, true, true),
        (Role::Mentor, false, false, false),
        (Role::Secretary, false, true, true),
        (Role::Candidate, false, true, false),
        (Role::Candidate, true, true, true),
    ] {
        let mut w = World::new(active);
        let phone = Phone::without_signal(&mut w);
        let (parcel, _) = phone.pack(&mut w);
        if flag {
            let set = w.change_set(|set| set.flags |= FLAG_CANDIDATES_CARRY);
            w.founder_sends(&[set]);
        }
        let carrier = if role == Role::Secretary {
            w.founder.clone()
        } else {
            w.member(role)
        };
        assert_eq!(client::may_carry(&carrier), may, "{role:?} {flag} {active}");
        assert_eq!(
            taken(&carrier, &parcel.encode(), &[]).err(),
            (!may).then_some(CarryFault::NoCarrier)
        );
        let fare = w.bring(&carrier, &parcel.envelopes[0]);
        assert_eq!(
            matches!(fare, Fare::Answer(_)),
            may,
            "{role:?} {flag} {active}: {fare:?}"
        );
        assert_eq!(fare == Fare::NoCarrier, !may);
    }
}

#[test]
fn what_cannot_be_read_is_told_to_the_carrier_and_stores_nothing() {
    let mut w = World::new(true);
    let (phone, mentor) = (Phone::without_signal(&mut w), w.mentor());
    let (parcel, _) = phone.pack(&mut w);
    let good = &parcel.envelopes[0];
    let keys = w.keys.clone();
    let seal = |w: &mut World, content: &[u8]| {
        Envelope::seal(EnvelopeId([7; 16]), good.branch, content, keys.age_pub(), &mut w.rnd).unwrap()
    };
    let letter = good.open(keys.age_secret()).unwrap();
    let mut altered = letter.to_vec();
    *altered.last_mut().unwrap() ^= 1;
    let mut flipped = good.clone();
    flipped.sealed[90] ^= 1;
    let other_endpoint = EndpointKeys::draw(&mut w.rnd);
    let stranger = {
        let link = w.invite(Role::Candidate).0;
        let (who, _) = client::enrol(&link, &AGREED, w.now, &mut w.rnd).unwrap();
        client::letter(&who, &[], &Mail::default(), 0, &mut w.rnd).bytes
    };
    let (root, founder, store) = World::found(
        std::mem::take(&mut w.store),
        &keys,
        crate::kind::Class::C2,
        true,
        &mut w.rnd,
    );
    drop(root);
    w.store = store;
    let of_another_branch = client::letter(&founder, &[], &Mail::default(), 0, &mut w.rnd).bytes;
    let hostile = [
        (
            "no age file",
            Envelope {
                sealed: b"nothing".to_vec(),
                ..good.clone()
            },
        ),
        ("a bit changed", flipped),
        ("a letter changed", seal(&mut w, &altered)),
        ("no letter", seal(&mut w, b"nothing")),
        ("empty", seal(&mut w, b"")),
        ("an unknown device without its join", seal(&mut w, &stranger)),
        ("a letter of another branch", seal(&mut w, &of_another_branch)),
        (
            "the question for sealed keys",
            seal(&mut w, &client::ask_escrow(&w_link(&founder))),
        ),
        (
            "sealed to another endpoint",
            Envelope::seal(good.id, good.branch, &letter, other_endpoint.age_pub(), &mut w.rnd).unwrap(),
        ),
        (
            "said to be of another branch",
            Envelope {
                branch: BranchId([3; 16]),
                ..good.clone()
            },
        ),
        (
            "too large",
            Envelope {
                sealed: vec![0; MAX_SEALED + 1],
                ..good.clone()
            },
        ),
    ];
    let (ops, log) = (w.store.durable.ops.len(), w.store.durable.log.len());
    for (name, envelope) in &hostile {
        assert_eq!(w.bring(&mentor, envelope), Fare::Spoiled, "{name}");
    }
    assert_eq!(w.store.durable.ops.len(), ops);
    // The gate of this world says each time that it was one too many.
    let lines = w.store.durable.log[log..].iter().map(|line| line.action);
    assert_eq!(lines.collect::<Vec<_>>(), vec!["bad_envelope"; hostile.len()]);
}

/// A link for a question that nobody answers.
fn w_link(founder: &Identity) -> crate::link::Link {
    crate::link::Link {
        code: [5; 16],
        role: Role::Candidate,
        set: founder.branch().clone(),
    }
}

#[test]
fn a_carrier_that_is_too_quick_waits_and_the_envelope_is_not_touched() {
    let mut w = World::new(true);
    let (phone, mentor) = (Phone::without_signal(&mut w), w.mentor());
    let (parcel, _) = phone.pack(&mut w);
    let ops = w.store.durable.ops.len();
    w.gate = Open {
        letters: false,
        ops: true,
    };
    assert_eq!(w.bring(&mentor, &parcel.envelopes[0]), Fare::Later(7));
    assert_eq!(w.store.durable.ops.len(), ops);
}

#[test]
fn a_revoked_sender_is_told_so_and_the_carrier_sees_no_difference() {
    let mut w = World::new(true);
    let (mut phone, mentor) = (Phone::without_signal(&mut w), w.mentor());
    let (parcel, mut packed) = phone.pack(&mut w);
    let revoke = Revoke {
        device: Some(phone.who.device_id()),
        account: None,
        reason: Reason::Lost,
    };
    let mut founder = w.founder.clone();
    let out = client::revoke(&mut founder, &revoke, &mut w.rnd).unwrap();
    w.founder = founder;
    w.founder_sends(&[out]);
    let file = w.carried(&mentor, &parcel);
    let homes = client::bring_home(&phone.who, &packed, &Parcel::decode(&file).unwrap());
    assert_eq!(homes[0].words(), client::Reply::Stopped.words());
    phone.opens(&mut w, &mut packed, &file);
    assert_eq!(phone.outbox.len(), 1, "everything is kept");
}

#[test]
fn what_comes_home_is_believed_only_by_its_owner_and_only_from_the_endpoint() {
    let mut w = World::new(true);
    let (phone, other, mentor) = (Phone::without_signal(&mut w), Phone::without_signal(&mut w), w.mentor());
    let (parcel, packed) = phone.pack(&mut w);
    let (_, elses) = other.pack(&mut w);
    let file = w.carried(&mentor, &parcel);
    let home = Parcel::decode(&file).unwrap();
    assert_eq!(client::bring_home(&phone.who, &packed, &home).len(), 1);
    let none = |who: &Identity, packed: &Packed, parcel: &Parcel| client::bring_home(who, packed, parcel).is_empty();
    assert!(none(&other.who, &packed, &home), "sealed to somebody else");
    assert!(none(&other.who, &elses, &home), "another parcel");
    assert!(none(&phone.who, &packed, &parcel), "on its way out");
    let reader = phone.who.account().age_pub();
    let forged = [
        Answer::seal(
            &crate::answer::Answer {
                ..said(&w, &phone, &home)
            },
            &EndpointKeys::draw(&mut w.rnd),
        ),
        b"nothing".to_vec(),
        vec![],
    ];
    for said in forged {
        let sealed = Envelope::seal(home.envelopes[0].id, home.branch, &said, reader, &mut w.rnd).unwrap();
        assert!(
            none(&phone.who, &packed, &home.back(vec![sealed])),
            "{} bytes",
            said.len()
        );
    }
}

fn said(_: &World, phone: &Phone, home: &Parcel) -> Answer {
    let opened = home.envelopes[0].open(phone.who.account().age_secret()).unwrap();
    let signed: crate::letter::Signed = shape::whole(&opened).unwrap();
    shape::whole(&signed.inner).unwrap()
}

#[test]
fn a_file_that_cannot_be_carried_says_why() {
    let mut w = World::new(true);
    let (phone, mentor) = (Phone::without_signal(&mut w), w.mentor());
    let (parcel, packed) = phone.pack(&mut w);
    let file = parcel.encode();
    let (load, _) = taken(&mentor, &file, &[]).unwrap();
    let elsewhere = |branch: BranchId| {
        let envelopes = parcel.envelopes.iter().map(|one| Envelope { branch, ..one.clone() });
        Parcel::going(parcel.id, branch, 1, envelopes.collect()).encode()
    };
    let back = parcel.back(parcel.envelopes.clone()).encode();
    let mut newer = file.clone();
    newer[7] = 9;
    let fault = |file: &[u8], loads: &[Load]| taken(&mentor, file, loads).err().unwrap();
    assert_eq!(fault(&elsewhere(BranchId([3; 16])), &[]), CarryFault::OtherBranch);
    assert_eq!(fault(&back, &[]), CarryFault::Back);
    assert_eq!(fault(&file, &[load]), CarryFault::Held);
    assert_eq!(
        fault(&file[..file.len() - 1], &[]),
        CarryFault::File(FileFault::Damaged)
    );
    assert_eq!(fault(b"%PDF", &[]), CarryFault::File(FileFault::Foreign));
    assert_eq!(fault(&newer, &[]), CarryFault::File(FileFault::Newer));
    assert_eq!(fault(&vec![0; 2 << 20], &[]), CarryFault::File(FileFault::Foreign));
    assert_eq!(
        fault(&container::close(&[0xa1, 0x01, 0x03]), &[]),
        CarryFault::File(FileFault::OtherType)
    );
    let own = Stock {
        packed: &[packed],
        loads: &[],
    }
    .take(&mentor, &file, NOW);
    assert_eq!(own.err(), Some(CarryFault::Own));
}

#[test]
fn thirty_parcels_are_carried_delivered_ones_leave_first_and_none_stays_for_ever() {
    let mut w = World::new(true);
    let (phone, mentor) = (Phone::without_signal(&mut w), w.mentor());
    let mut loads: Vec<Load> = vec![];
    for n in 0..30 {
        let (parcel, _) = phone.pack(&mut w);
        let now = Now { wall_s: NOW.wall_s + n };
        let (load, leaving) = Stock {
            packed: &[],
            loads: &loads,
        }
        .take(&mentor, &parcel.encode(), now)
        .unwrap();
        assert_eq!(leaving, []);
        loads.push(load);
    }
    let file = phone.pack(&mut w).0.encode();
    assert_eq!(taken(&mentor, &file, &loads).err(), Some(CarryFault::Full));
    for nth in [9, 4] {
        let envelope = loads[nth].next().unwrap().clone();
        let fare = w.bring(&mentor, &envelope);
        loads[nth].came(envelope.id, &fare);
        assert!(loads[nth].next().is_none() && loads[nth].home().is_some());
    }
    let (_, leaving) = taken(&mentor, &file, &loads).unwrap();
    assert_eq!(
        leaving,
        [loads[4].parcel.id],
        "the one that has been delivered and here for longest"
    );
    let after = |days: u64| Now {
        wall_s: NOW.wall_s + days * 86_400 + 10,
    };
    let stock = Stock {
        packed: &[],
        loads: &loads,
    };
    assert_eq!(stock.expired(after(59)).len(), 0);
    assert_eq!(stock.expired(after(60)).len(), 10, "those taken in first");
}

#[test]
fn a_late_answer_brings_its_receipt_and_moves_nothing_back_or_past_what_was_not_served() {
    // What the phone knows when the answer comes: database, cursor, rights; then where it stands after it. The parcel was packed in
    // the database [9; 16] at the cursor 2.
    let now = Epoch([9; 16]);
    for (name, mail, expected) in [
        ("nothing new", (Some(now), 2, 0), None),
        ("further on", (Some(now), 900, 0), Some((Some(now), 900))),
        ("gone back to the beginning", (Some(now), 0, 0), Some((Some(now), 0))),
        ("rights have changed since", (Some(now), 40, 5), Some((Some(now), 40))),
        (
            "another database since",
            (Some(Epoch([8; 16])), 40, 0),
            Some((Some(Epoch([8; 16])), 40)),
        ),
    ] {
        let mut w = World::new(true);
        let (mut phone, mentor) = (Phone::without_signal(&mut w), w.mentor());
        (phone.mail.epoch, phone.mail.cursor) = (Some(now), 2);
        let (parcel, mut packed) = phone.pack(&mut w);
        let file = w.carried(&mentor, &parcel);
        (phone.mail.epoch, phone.mail.cursor, phone.mail.entitlement) = mail;
        phone.opens(&mut w, &mut packed, &file);
        assert!(phone.outbox.is_empty(), "{name}");
        assert!(
            phone.kept.iter().any(|row| row.out.kind() == Some(Kind::HandIn)),
            "{name}"
        );
        match expected {
            Some(place) => assert_eq!((phone.mail.epoch, phone.mail.cursor), place, "{name}"),
            None => assert!(phone.mail.cursor > 2, "{name}: {}", phone.mail.cursor),
        }
    }
}

#[test]
fn a_word_about_an_older_key_of_the_phone_makes_no_new_one() {
    let mut w = World::new(true);
    let (mut phone, mentor) = (Phone::without_signal(&mut w), w.mentor());
    let (parcel, mut packed) = phone.pack(&mut w);
    let join = client::renew_device(&mut phone.who, &mut w.rnd);
    phone.outbox.push(OutRow::new(join));
    phone.sync(&mut w);
    let device = phone.who.device_id();
    let file = w.carried(&mentor, &parcel);
    phone.opens(&mut w, &mut packed, &file);
    assert_eq!(phone.who.device_id(), device);
}

#[test]
fn a_refusal_from_before_the_receipt_keeps_no_phone_out_of_a_restored_endpoint() {
    // Packed before the phone had the receipt of its join, or with it; what was revoked since; whether the refusal still counts.
    for (with_receipt, whole_account, counts) in [(false, false, false), (false, true, false), (true, true, true)] {
        let mut w = World::new(true);
        let (lost, mentor) = (w.member(Role::Candidate), w.mentor());
        let backup = w.store.durable.clone();
        let mut who = lost.clone();
        let join = client::renew_device(&mut who, &mut w.rnd);
        let id = join.op_id;
        let mut phone = Phone::new(who, &[join]);
        let early = phone.pack(&mut w);
        phone.sync(&mut w);
        let (parcel, mut packed) = if with_receipt { phone.pack(&mut w) } else { early };
        // The database is that of before the join, and the account has lost its other phone, or is closed.
        let old = (Epoch(backup.epoch), backup.seq);
        w.store.replace(backup);
        w.store.durable.old_epochs.insert(old.0, old.1);
        w.store.durable.epoch = [8; 16];
        let revoke = Revoke {
            device: (!whole_account).then(|| lost.device_id()),
            account: whole_account.then(|| lost.account_id()),
            reason: Reason::Lost,
        };
        let out = client::revoke(&mut w.founder, &revoke, &mut w.rnd).unwrap();
        w.founder_sends(&[out]);
        let file = w.carried(&mentor, &parcel);
        // The phone hears over the network that it is not known, and brings its join once more; then the old parcel comes home.
        phone.post(&mut w, |_| None);
        let state = |phone: &Phone| {
            let mut join = phone.outbox.iter().filter(|row| row.out.op_id == id);
            join.next().map(|row| row.state)
        };
        assert_eq!(state(&phone), Some(OutState::Waiting));
        assert_eq!(phone.opens(&mut w, &mut packed, &file), 1);
        let refused = Some(OutState::NeedsALook(Code::NotYours));
        assert_eq!(state(&phone) == refused, counts, "{:?}", state(&phone));
        if whole_account {
            phone.post(&mut w, |_| None);
            assert_eq!(state(&phone), refused, "the endpoint says so itself");
        } else {
            phone.sync(&mut w);
            assert!(!w.store.durable.devices[&phone.who.device_id()].closed);
        }
    }
}

#[test]
fn an_endpoint_that_is_busy_refuses_the_carrier_and_takes_the_envelope_the_next_time() {
    let mut w = World::new(true);
    let (phone, mentor) = (Phone::without_signal(&mut w), w.mentor());
    let (parcel, _) = phone.pack(&mut w);
    let envelope = &parcel.envelopes[0];
    let before = w.store.calls;
    let (copy, dice) = (w.store.durable.clone(), w.rnd.clone());
    assert!(matches!(w.bring(&mentor, envelope), Fare::Answer(_)));
    let calls = w.store.calls - before;
    for n in 1..=calls {
        w.store.replace(copy.clone());
        w.rnd = dice.clone();
        w.store.fail_on = Some((w.store.calls + n, crate::endpoint::StoreFault::Busy));
        let fare = w.bring(&mentor, envelope);
        assert_eq!(
            fare,
            Fare::Later(Refusal::Busy.retry_after().unwrap()),
            "call {n} of {calls}"
        );
        w.store.fail_on = None;
        assert!(
            matches!(w.bring(&mentor, envelope), Fare::Answer(_)),
            "call {n} of {calls}"
        );
    }
}
