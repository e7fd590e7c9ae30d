//! Who may be served what, and who may erase what: every op of a branch against everybody in it and beside it (security, table of
//! roles; sync protocol §5), against a table written from the specification and not from the code.

use crate::body::{Assignment, Card, CardState, Invite, Reason, Revoke, Status, Word, keyed_record};
use crate::client::{self, Fate, Identity, Mail, Outgoing, Reply};
use crate::endpoint::world::{AGREED, World, waiting};
use crate::id::{BodyHash, OpId, Principal, RecordId};
use crate::keys::InviteKey;
use crate::kind::{Class, Kind, Role};
use crate::op::{Header, Op};
use crate::shape;
use std::collections::{BTreeMap, BTreeSet};

/// Everybody there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Who {
    Candidate,
    OtherCandidate,
    /// Assigned to the candidate.
    Mentor,
    /// Assigned once.
    FormerMentor,
    /// Never assigned.
    OtherMentor,
    Secretary,
    SecondSecretary,
    /// Joined as a secretary, named by no set.
    WaitingSecretary,
    /// The candidate's phone that was lost.
    RevokedPhone,
    /// A candidate whose card ended.
    Closed,
    /// A mentor whose account was revoked.
    Revoked,
    ForeignCandidate,
    ForeignMentor,
    ForeignSecretary,
}
use Who::*;

const ALL: [Who; 14] = [
    Candidate,
    OtherCandidate,
    Mentor,
    FormerMentor,
    OtherMentor,
    Secretary,
    SecondSecretary,
    WaitingSecretary,
    RevokedPhone,
    Closed,
    Revoked,
    ForeignCandidate,
    ForeignMentor,
    ForeignSecretary,
];
const MENTORS: [Who; 3] = [Mentor, FormerMentor, OtherMentor];

/// An op that the endpoint holds.
struct Stored {
    kind: Kind,
    author: Who,
    /// Named besides the author and the branch.
    named: Vec<Who>,
    /// For a forward: who wrote the original.
    origin: Option<Who>,
    out: Outgoing,
}

/// Security §3, by hand.
fn reads(who: Who, op: &Stored, assigned: &[Who]) -> bool {
    if matches!(
        who,
        RevokedPhone | Closed | Revoked | ForeignCandidate | ForeignMentor | ForeignSecretary
    ) {
        return false;
    }
    if who == op.author {
        return true;
    }
    // Who waits for a word of the branch has only what is their own.
    if who == WaitingSecretary {
        return false;
    }
    let named = op.named.contains(&who);
    match op.kind {
        Kind::Draft | Kind::Escrow => false,
        Kind::Card | Kind::BranchSet | Kind::Revoke => true,
        _ if is_secretary(who) => true,
        Kind::Note | Kind::Invite | Kind::Join | Kind::Consent => false,
        Kind::Assignment | Kind::Case => named,
        Kind::HandIn => named && assigned.contains(&who),
        Kind::Annotation if op.author == Candidate => named && assigned.contains(&who),
        // About the candidates it names, who hear it.
        Kind::Annotation | Kind::Status => {
            let theirs = op.named.contains(&Candidate) && assigned.contains(&who);
            named && (is_candidate(who) || theirs || !op.named.iter().copied().any(is_candidate))
        }
        Kind::Forward if op.origin == Some(Candidate) => named && assigned.contains(&who),
        Kind::Forward => named,
    }
}

fn is_candidate(who: Who) -> bool {
    matches!(who, Candidate | OtherCandidate)
}

fn is_secretary(who: Who) -> bool {
    matches!(who, Secretary | SecondSecretary)
}

/// Sync protocol §14, by hand: the author's account, or a secretary where the branch reads it; only what is sealed has anything to erase.
fn erases(who: Who, op: &Stored) -> bool {
    let sealed = matches!(
        op.kind,
        Kind::Draft | Kind::HandIn | Kind::Annotation | Kind::Note | Kind::Escrow | Kind::Forward | Kind::Case
    );
    let branch_reads = !matches!(op.kind, Kind::Draft | Kind::Escrow);
    sealed && (who == op.author || (branch_reads && is_secretary(who)))
}

struct Branch {
    w: World,
    people: BTreeMap<Who, Identity>,
    stored: Vec<Stored>,
    seq: u64,
}

impl Branch {
    fn new() -> Self {
        let mut w = World::new(true);
        let (store, keys) = (std::mem::take(&mut w.store), w.keys.clone());
        let (_, foreign, store) = World::found(store, &keys, Class::C2, true, &mut w.rnd);
        w.store = store;
        let home = std::mem::replace(&mut w.founder, foreign);
        let mut people = BTreeMap::new();
        people.insert(ForeignCandidate, w.member(Role::Candidate));
        people.insert(ForeignMentor, w.member(Role::Mentor));
        people.insert(ForeignSecretary, std::mem::replace(&mut w.founder, home));
        for who in [Candidate, OtherCandidate, Closed] {
            people.insert(who, w.member(Role::Candidate));
        }
        for who in [Mentor, FormerMentor, OtherMentor, Revoked] {
            people.insert(who, w.member(Role::Mentor));
        }
        for who in [SecondSecretary, WaitingSecretary] {
            people.insert(who, w.member(Role::Secretary));
        }
        let mut lost = people[&Candidate].clone();
        let join = client::renew_device(&mut lost, &mut w.rnd);
        w.answered(&lost, &[join]);
        people.insert(RevokedPhone, lost);
        let second = &people[&SecondSecretary];
        let secretary = crate::branch::Secretary {
            account: second.account_id(),
            age_pub: second.account().age_pub(),
            sign_pub: second.account().sign_pub(),
        };
        let set = w.change_set(|set| set.secretaries.push(secretary));
        w.founder_sends(&[set]);
        people.insert(Secretary, w.founder.clone());
        Self {
            w,
            people,
            stored: Vec::new(),
            seq: 1_000,
        }
    }

    fn principals(&self, author: Who, kind: Kind, named: &[Who]) -> Vec<Principal> {
        let (own, branch) = (self.people[&author].account_id(), self.people[&author].branch_id());
        let mut to: Vec<Principal> = match kind {
            Kind::Draft | Kind::Escrow => vec![own.into()],
            Kind::Card | Kind::BranchSet | Kind::Revoke => vec![Principal::EVERYBODY],
            Kind::Status | Kind::Assignment => vec![branch.into()],
            _ => vec![own.into(), branch.into()],
        };
        to.extend(named.iter().map(|who| Principal::from(self.people[who].account_id())));
        to
    }

    fn header(&mut self, author: Who, kind: Kind, to: Vec<Principal>) -> Header {
        let op_id = OpId::draw(&mut self.w.rnd);
        self.seq += 1;
        let who = &self.people[&author];
        Header {
            v: 1,
            op_id,
            device: who.device_id(),
            device_seq: self.seq,
            account: who.account_id(),
            branch: who.branch_id(),
            record: op_id.into(),
            kind: kind.number(),
            verb: 0,
            base: None,
            also: vec![],
            schema: 1,
            to,
            body_len: 0,
            body_hash: BodyHash::ZERO,
            about: None,
        }
    }

    fn sign(&self, author: Who, header: Header, body: Vec<u8>) -> Outgoing {
        let (seq, op_id, kind, record_id) = (header.device_seq, header.op_id, header.kind, header.record);
        let op = Op::sign(header, body, self.people[&author].device_keys());
        Outgoing {
            seq,
            op_id,
            op_hash: op.hash(),
            kind,
            record_id,
            bytes: op.bytes(),
        }
    }

    fn fate(&mut self, author: Who, out: &Outgoing) -> Option<Fate> {
        let who = self.people[&author].clone();
        match self
            .w
            .post_with(&who, &waiting(std::slice::from_ref(out)), &Mail::default())
        {
            Reply::Answered(answered) => Some(answered.outcomes[0].fate),
            _ => None,
        }
    }

    fn put(
        &mut self,
        author: Who,
        kind: Kind,
        named: &[Who],
        origin: Option<(Who, OpId)>,
        record: RecordId,
        body: Vec<u8>,
    ) -> OpId {
        let to = self.principals(author, kind, named);
        let mut header = self.header(author, kind, to);
        header.about = origin.map(|(_, op)| op);
        if kind.versioned() {
            header.record = record;
        }
        let out = self.sign(author, header, body);
        let fate = self.fate(author, &out);
        assert!(
            matches!(fate, Some(Fate::Stored(_))),
            "{author:?} {kind:?} {named:?}: {fate:?}"
        );
        let op_id = out.op_id;
        self.stored.push(Stored {
            kind,
            author,
            named: named.to_vec(),
            origin: origin.map(|(who, _)| who),
            out,
        });
        op_id
    }

    fn sealed(&mut self, author: Who, kind: Kind, named: &[Who]) -> OpId {
        let record = match kind {
            Kind::Escrow => keyed_record(kind, self.people[&author].account_id().as_bytes()),
            _ => RecordId::draw(&mut self.w.rnd),
        };
        self.put(author, kind, named, None, record, b"sealed".to_vec())
    }

    fn assign(&mut self, mentor: Who, to: Option<&str>) {
        let (candidate, account) = (self.people[&Candidate].account_id(), self.people[&mentor].account_id());
        let assignment = Assignment {
            candidate,
            mentor: account,
            from: "2026-11-01".to_owned(),
            to: to.map(str::to_owned),
        };
        let record = Assignment::record(&candidate, &account);
        let last = self.stored.iter().rev().find(|op| op.out.record_id == record);
        let base = last.map(|op| op.out.op_id);
        let to = self.principals(Secretary, Kind::Assignment, &[Candidate, mentor]);
        let mut header = self.header(Secretary, Kind::Assignment, to);
        (header.record, header.base) = (record, base);
        let out = self.sign(Secretary, header, shape::encode(&assignment));
        let fate = self.fate(Secretary, &out);
        assert!(matches!(fate, Some(Fate::Stored(_))), "{fate:?}");
        self.stored.push(Stored {
            kind: Kind::Assignment,
            author: Secretary,
            named: vec![Candidate, mentor],
            origin: None,
            out,
        });
    }

    /// Every kind by everybody who writes it, to everybody it may name.
    fn write_everything(&mut self) {
        let others: [&[Who]; 6] = [
            &[],
            &[Mentor],
            &[FormerMentor],
            &[OtherMentor],
            &[OtherCandidate],
            &[Mentor, FormerMentor, OtherMentor, OtherCandidate],
        ];
        let mut handed_in = OpId::ZERO;
        for named in others {
            handed_in = self.sealed(Candidate, Kind::HandIn, named);
            self.sealed(Candidate, Kind::Annotation, named);
            self.sealed(Secretary, Kind::Case, named);
            for author in [Secretary, Mentor, FormerMentor, OtherMentor] {
                let named: Vec<Who> = named.iter().copied().filter(|who| *who != author).collect();
                self.sealed(author, Kind::Annotation, &named);
                let about: Vec<Who> = [&[Candidate][..], &named].concat();
                self.sealed(author, Kind::Annotation, &about);
            }
        }
        for author in [Candidate, OtherCandidate, Mentor, Secretary, SecondSecretary] {
            self.sealed(author, Kind::Draft, &[]);
            self.sealed(author, Kind::Escrow, &[]);
        }
        let notes = MENTORS.map(|mentor| self.sealed(mentor, Kind::Note, &[]));
        for named in others {
            for (author, origin) in [
                (Secretary, (Candidate, handed_in)),
                (Candidate, (Candidate, handed_in)),
                (Secretary, (OtherMentor, notes[2])),
                (Mentor, (Mentor, notes[0])),
            ] {
                let named: Vec<Who> = named.iter().copied().filter(|who| *who != author).collect();
                let record = RecordId::draw(&mut self.w.rnd);
                self.put(author, Kind::Forward, &named, Some(origin), record, b"sealed".to_vec());
            }
        }
        self.write_clear();
    }

    fn write_clear(&mut self) {
        let status = |w: &Self, subject: Who| {
            let subject = w.people[&subject].account_id();
            let status = Status {
                subject,
                about: None,
                word: Word::HandedBack,
                day: "2026-11-21".to_owned(),
            };
            (keyed_record(Kind::Status, subject.as_bytes()), shape::encode(&status))
        };
        for named in [&[Candidate][..], &[Candidate, Mentor, FormerMentor, OtherMentor]] {
            let (record, body) = status(self, Candidate);
            self.put(Secretary, Kind::Status, named, None, record, body);
        }
        for author in [Candidate, Mentor, SecondSecretary] {
            let record = keyed_record(Kind::Consent, self.people[&author].account_id().as_bytes());
            self.put(author, Kind::Consent, &[], None, record, shape::encode(&AGREED));
        }
        let mut code = [0; 16];
        crate::Random::fill(&mut self.w.rnd, &mut code);
        let invite = Invite {
            invite_pub: InviteKey::from_code(&code).public(),
            role: Role::Candidate,
            account: None,
            expires: self.w.now.wall_s + 9,
            typed: false,
            guardian: false,
        };
        self.put(
            Secretary,
            Kind::Invite,
            &[],
            None,
            RecordId::ZERO,
            shape::encode(&invite),
        );
        let closed = self.people[&Closed].account();
        let card = Card {
            account: self.people[&Closed].account_id(),
            age_pub: closed.age_pub(),
            sign_pub: closed.sign_pub(),
            role: Role::Candidate,
            state: CardState::Ended,
        };
        let record = keyed_record(Kind::Card, card.account.as_bytes());
        self.put(Secretary, Kind::Card, &[], None, record, shape::encode(&card));
        let (lost, gone) = (
            self.people[&RevokedPhone].device_id(),
            self.people[&Revoked].account_id(),
        );
        for (device, account) in [(Some(lost), None), (None, Some(gone))] {
            let revoke = Revoke {
                device,
                account,
                reason: Reason::Lost,
            };
            self.put(
                Secretary,
                Kind::Revoke,
                &[],
                None,
                RecordId::ZERO,
                shape::encode(&revoke),
            );
        }
    }
}

/// What the endpoint serves to somebody, from the beginning; nothing where their letter is refused.
fn served(w: &mut World, who: &Identity) -> BTreeSet<OpId> {
    let (mut mail, mut seen) = (Mail::default(), BTreeSet::new());
    loop {
        let Reply::Answered(answered) = w.post_with(who, &[], &mail) else {
            return seen;
        };
        let ids = answered.rows.iter().map(|row| {
            let op = Op::from_parts(row.header.clone(), row.sig).unwrap();
            op.header().op_id
        });
        seen.extend(ids);
        mail.advance(&answered.foot, answered.cursor, vec![]);
        if !answered.more {
            return seen;
        }
    }
}

#[test]
fn everybody_is_served_what_is_theirs_and_nothing_else_also_after_assignments_change() {
    let mut b = Branch::new();
    b.assign(Mentor, None);
    b.assign(FormerMentor, None);
    b.assign(FormerMentor, Some("2026-11-20"));
    b.write_everything();
    let (mut cells, mut yes) = (0, 0);
    for turn in 0..3 {
        let assigned: &[Who] = match turn {
            0 => &[Mentor],
            1 => {
                b.assign(OtherMentor, None);
                &[Mentor, OtherMentor]
            }
            _ => {
                b.assign(Mentor, Some("2026-11-22"));
                &[OtherMentor]
            }
        };
        for who in ALL {
            let identity = b.people[&who].clone();
            let seen = served(&mut b.w, &identity);
            for op in &b.stored {
                let expected = reads(who, op, assigned);
                assert_eq!(
                    seen.contains(&op.out.op_id),
                    expected,
                    "turn {turn}: {who:?} of {:?} by {:?} naming {:?}, first by {:?}",
                    op.kind,
                    op.author,
                    op.named,
                    op.origin
                );
                cells += 1;
                yes += usize::from(expected);
            }
        }
    }
    assert!(cells >= 1_500, "{cells} cells");
    assert!(yes > 200 && yes < cells / 2, "{yes} of {cells} are served");
}

#[test]
fn everybody_erases_what_they_may_and_nothing_else() {
    let mut b = Branch::new();
    b.assign(Mentor, None);
    b.write_everything();
    let (clean, targets) = (b.w.store.clone(), std::mem::take(&mut b.stored));
    let (mut cells, mut yes) = (0, 0);
    for who in ALL {
        for op in &targets {
            b.w.store = clean.clone();
            let to = b.principals(op.author, op.kind, &op.named);
            let mut header = b.header(who, op.kind, to);
            (header.verb, header.about) = (1, Some(op.out.op_id));
            let out = b.sign(who, header, Vec::new());
            let fate = b.fate(who, &out);
            let stored = matches!(fate, Some(Fate::Stored(_)));
            let row = &b.w.store.durable.ops[&op.out.op_id];
            let gone = row.body.is_none();
            let expected = erases(who, op);
            assert_eq!(
                (stored, gone),
                (expected, expected),
                "{who:?} of {:?} by {:?} naming {:?}: {fate:?}",
                op.kind,
                op.author,
                op.named
            );
            cells += 1;
            yes += usize::from(expected);
        }
    }
    assert!(cells >= 1_000, "{cells} cells");
    assert!(yes > 100 && yes < cells / 2, "{yes} of {cells} are erased");
}
