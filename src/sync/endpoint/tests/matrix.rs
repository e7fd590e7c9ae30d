//! The write matrix, every cell: role × kind × verb × schema × `to` × record (sync protocol §5), against a table written from the
//! specification and not from the code.

use crate::body::{Assignment, Card, CardState, Invite, Reason, Revoke, Status, Word, keyed_record};
use crate::client::{self, Fate, Identity, Mail, Outgoing, Reply};
use crate::endpoint::world::{AGREED, World, waiting};
use crate::id::{BodyHash, OpId, Principal, RecordId};
use crate::kind::{Kind, Role};
use crate::op::{Header, Op};
use crate::shape;

#[derive(Clone, Copy, Debug, PartialEq)]
enum To {
    Own,
    OwnBranch,
    Branch,
    Everybody,
    OwnEverybody,
    Other,
    OwnBranchOther,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Record {
    /// The one the kind prescribes, or a new one.
    Right,
    /// One that somebody else wrote first.
    Others,
    /// A random one.
    Random,
}

/// Sync protocol §5 by hand: who writes the kind.
fn writes(role: Role, kind: u16) -> bool {
    match kind {
        1 | 3 | 11 | 12 | 17 => true,
        2 => role == Role::Candidate,
        4 => role == Role::Mentor,
        5 | 8 | 9 | 13 | 14 | 15 | 18 => role == Role::Secretary,
        _ => false,
    }
}

/// Sync protocol §5 by hand: to whom.
fn goes_to(kind: u16, to: To) -> bool {
    match kind {
        1 | 11 => to == To::Own,
        // The subject, here the other one, must be told.
        5 => to == To::OwnBranchOther,
        8 => to == To::OwnBranchOther,
        2 | 3 | 12 | 18 => to == To::OwnBranch || to == To::OwnBranchOther,
        4 | 14 | 17 => to == To::OwnBranch,
        9 | 13 | 15 => to == To::Everybody,
        _ => false,
    }
}

/// Into which record: drafts and hand-ins into any free one, single kinds into their own, keyed kinds into the keyed one.
fn fits(kind: u16, record: Record) -> bool {
    match kind {
        1 | 2 | 18 => record != Record::Others,
        _ => record == Record::Right,
    }
}

/// One cell.
#[derive(Clone, Copy, Debug)]
struct Cell {
    kind: u16,
    verb: u8,
    schema: u16,
    to: To,
    record: Record,
}

fn op_of(cell: Cell, w: &mut World, who: &Identity, other: &Identity, (others, about): (RecordId, OpId)) -> Outgoing {
    let Cell {
        kind,
        verb,
        schema,
        to,
        record,
    } = cell;
    let op_id = OpId::draw(&mut w.rnd);
    let (own, branch) = (Principal::from(who.account_id()), Principal::from(who.branch_id()));
    let right = match Kind::from_number(kind) {
        Some(kind @ (Kind::Card | Kind::Status)) => keyed_record(kind, other.account_id().as_bytes()),
        Some(kind @ Kind::BranchSet) => keyed_record(kind, who.branch_id().as_bytes()),
        Some(kind @ (Kind::Consent | Kind::Escrow)) => keyed_record(kind, who.account_id().as_bytes()),
        Some(Kind::Assignment) => Assignment::record(&other.account_id(), &who.account_id()),
        Some(Kind::Draft | Kind::HandIn | Kind::Case) => RecordId::draw(&mut w.rnd),
        _ => op_id.into(),
    };
    let body = match kind {
        5 => shape::encode(&Status {
            subject: other.account_id(),
            about: None,
            word: Word::HandedBack,
            day: "2026-11-21".to_owned(),
        }),
        8 => shape::encode(&Assignment {
            candidate: other.account_id(),
            mentor: who.account_id(),
            from: "2026-11-21".to_owned(),
            to: None,
        }),
        9 => shape::encode(&Card {
            account: other.account_id(),
            age_pub: other.account().age_pub(),
            sign_pub: other.account().sign_pub(),
            role: Role::Candidate,
            state: CardState::Active,
        }),
        13 => {
            let mut founder = w.founder.clone();
            let out = w
                .root
                .change_set(&mut founder, &[], |set| set.name.push('!'), &mut w.rnd)
                .unwrap();
            Op::read(&out.bytes).unwrap().body().to_vec()
        }
        14 => {
            let founder = w.founder.clone();
            let (link, _) = w.invite(Role::Candidate);
            w.founder = founder;
            let invite_pub = crate::keys::InviteKey::from_code(&link.code).public();
            shape::encode(&Invite {
                invite_pub,
                role: Role::Candidate,
                account: None,
                expires: w.now.wall_s + 9,
                typed: false,
                guardian: false,
            })
        }
        15 => shape::encode(&Revoke {
            device: Some(other.device_id()),
            account: None,
            reason: Reason::Lost,
        }),
        17 => shape::encode(&AGREED),
        _ => b"sealed".to_vec(),
    };
    let to = match to {
        To::Own => vec![own],
        To::OwnBranch => vec![own, branch],
        To::Branch => vec![branch],
        To::Everybody => vec![Principal::EVERYBODY],
        To::OwnEverybody => vec![own, Principal::EVERYBODY],
        To::Other => vec![other.account_id().into()],
        To::OwnBranchOther => vec![own, branch, other.account_id().into()],
    };
    let record = match record {
        Record::Right => right,
        Record::Others => others,
        Record::Random => RecordId::draw(&mut w.rnd),
    };
    let header = Header {
        v: 1,
        op_id,
        device: who.device_id(),
        device_seq: 50,
        account: who.account_id(),
        branch: who.branch_id(),
        record,
        kind,
        verb,
        base: None,
        also: vec![],
        schema,
        to,
        body_len: 0,
        body_hash: BodyHash::ZERO,
        about: (kind == 12 && verb == 0).then_some(about),
    };
    let op = Op::sign(header, body, who.device_keys());
    Outgoing {
        seq: 50,
        op_id,
        op_hash: op.hash(),
        kind,
        record_id: record,
        bytes: op.bytes(),
    }
}

#[test]
fn every_cell_of_the_write_matrix_is_as_specified() {
    let mut w = World::new(true);
    let (mut candidate, mut mentor) = (w.member(Role::Candidate), w.member(Role::Mentor));
    let waits = w.member(Role::Secretary);
    let mut other = w.member(Role::Candidate);
    let draft = w.draft();
    let theirs = client::hand_in(&mut other, &draft, &[], "r", "d", w.now, &mut w.rnd).unwrap();
    w.answered(&other, std::slice::from_ref(&theirs));
    // What each may seal again: one's own; for the secretary, anybody's.
    let mut own = |who: &mut Identity| {
        let out = client::annotate(who, &[], (theirs.op_id, None), "Đã đọc.", w.now, &mut w.rnd).unwrap();
        w.answered(who, std::slice::from_ref(&out));
        out.op_id
    };
    let (said, noted) = (own(&mut candidate), own(&mut mentor));
    let people = [
        ("candidate", candidate, Role::Candidate, true, said),
        ("mentor", mentor, Role::Mentor, true, noted),
        ("secretary", w.founder.clone(), Role::Secretary, true, theirs.op_id),
        ("waiting secretary", waits, Role::Secretary, false, theirs.op_id),
    ];
    let (mut cells, mut taken) = (0, 0);
    let clean = w.store.clone();
    for (name, who, role, active, about) in &people {
        for cell in all_cells() {
            w.store = clean.clone();
            let out = op_of(cell, &mut w, who, &other, (theirs.record_id, *about));
            let Reply::Answered(answered) = w.post_with(who, &waiting(&[out]), &Mail::default()) else {
                panic!("{name} {cell:?}");
            };
            let fate = answered.outcomes[0].fate;
            let stored = matches!(fate, Fate::Stored(_));
            let Cell {
                kind,
                verb,
                schema,
                to,
                record,
            } = cell;
            let understood = (verb, schema) == (0, 1);
            let allowed = (*active || kind == 17) && writes(*role, kind) && goes_to(kind, to) && fits(kind, record);
            assert_eq!(stored, understood && allowed, "{name} {cell:?}: {fate:?}");
            cells += 1;
            taken += usize::from(stored);
        }
    }
    assert!(cells >= 1_500, "{cells} cells");
    assert!(taken >= 15, "{taken} cells are allowed");
}

fn all_cells() -> Vec<Cell> {
    let (verbs, records) = (
        [(0, 1), (1, 1), (0, 2)],
        [Record::Right, Record::Others, Record::Random],
    );
    let tos = [
        To::Own,
        To::OwnBranch,
        To::Branch,
        To::Everybody,
        To::OwnEverybody,
        To::Other,
        To::OwnBranchOther,
    ];
    let mut cells = Vec::new();
    for kind in [0, 1, 2, 3, 4, 5, 6, 8, 9, 11, 12, 13, 14, 15, 17, 18, 32] {
        for to in tos {
            for (verb, schema) in verbs {
                for record in records {
                    // A foreign verb or schema is refused before the record is looked at: one record is enough there.
                    if (verb, schema) == (0, 1) || record == Record::Right {
                        cells.push(Cell {
                            kind,
                            verb,
                            schema,
                            to,
                            record,
                        });
                    }
                }
            }
        }
    }
    cells
}
