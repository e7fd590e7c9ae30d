//! Opening what a branch received, and deciding whose word each piece is (sync protocol §4, "A reader believes an op only if").
//!
//! Invariant: nothing is taken from the endpoint on trust. An op is confirmed only when the signature, the device's certificate, the
//! author's role (through the root-signed set, a secretary's invite or card) and the plaintext inside the seal all agree with its
//! header. Not here: files and words for people (the `lylich open` command).

use crate::answer::Row;
use crate::body::plain::Plain;
use crate::body::{Card, CardState, Invite, Join};
use crate::branch::{BranchSet, SignedSet};
use crate::export::Export;
use crate::id::{AccountId, DeviceId, InviteId, OpHash, SignPub};
use crate::keys::{self, Seed, certificate_fits};
use crate::kind::{Kind, Role};
use crate::op::Op;
use crate::seal::safe::{self, SealFault};
use crate::shape;
use minicbor::Decode;
use std::collections::BTreeMap;

/// Why an op's author is not confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Doubt {
    /// The device's key is missing, or the signature is not by it.
    #[error("the signature does not fit")]
    Signature,
    /// The device is not certified by the author's account.
    #[error("the device is not the author's")]
    Certificate,
    /// Nothing signed by a secretary gives the author this role.
    #[error("the author's role is not confirmed by a secretary")]
    Role,
    /// The inside says something else than the outside.
    #[error("the plaintext does not agree with the header")]
    Disagrees,
    /// The body is not the one that was signed.
    #[error("the body does not fit the header")]
    Body,
}

/// One sealed op of the export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The op, its body attached.
    pub op: Op,
    /// Place in the endpoint's commit order.
    pub server_seq: u64,
    /// When the endpoint stored it (seconds since 1970-01-01 UTC).
    pub server_time: u64,
    /// The content, or why it could not be opened.
    pub plain: Result<Plain, SealFault>,
    /// Why the author is not confirmed; `None` when everything agrees.
    pub doubt: Option<Doubt>,
}

impl Piece {
    /// The kind of the op.
    pub fn kind(&self) -> Option<Kind> {
        Kind::from_number(self.op.header().kind)
    }

    /// The fingerprint its receipt names.
    pub fn hash(&self) -> OpHash {
        self.op.hash()
    }
}

/// What the signed papers of a branch say about people.
struct Roll {
    /// By version. Who was a secretary once spoke for the branch then; the endpoint takes nothing new of theirs.
    sets: Vec<BranchSet>,
    devices: BTreeMap<DeviceId, Known>,
    roles: BTreeMap<AccountId, Vec<Role>>,
}

struct Known {
    device_pub: SignPub,
    account: AccountId,
    certified: bool,
}

/// Hand-ins and notes of an export, in commit order, opened by whichever of the keys does. Other kinds are read to confirm their authors.
pub fn open(export: &Export, secrets: &[Seed]) -> Vec<Piece> {
    let ops: Vec<(Op, &Row)> = export.rows.iter().filter_map(|row| Some((parse(row)?, row))).collect();
    let roll = Roll::of(export, &ops);
    let sealed = ops.iter().filter(|(op, _)| {
        Kind::from_number(op.header().kind).is_some_and(|kind| matches!(kind, Kind::HandIn | Kind::Note))
    });
    sealed
        .filter(|(op, row)| op.header().verb == 0 && row.body.is_some())
        .map(|(op, row)| piece(op, row, &roll, secrets))
        .collect()
}

fn parse(row: &Row) -> Option<Op> {
    Op::from_parts(row.header.clone(), row.sig).ok()
}

fn piece(op: &Op, row: &Row, roll: &Roll, secrets: &[Seed]) -> Piece {
    let body = row.body.clone().unwrap_or_default();
    let attached = op.clone().attach(body.clone());
    let mut plain = Err(SealFault::NotForThisKey);
    for secret in secrets {
        plain = safe::open(&body, secret);
        if plain != Err(SealFault::NotForThisKey) {
            break;
        }
    }
    let doubt = match (&attached, &plain) {
        (Err(_), _) => Some(Doubt::Body),
        (Ok(op), Ok(plain)) if !plain.agrees_with(op.header()) => Some(Doubt::Disagrees),
        (Ok(op), _) => roll.doubt(op),
    };
    let op = attached.unwrap_or_else(|_| op.clone());
    Piece {
        op,
        server_seq: row.server_seq,
        server_time: row.server_time,
        plain,
        doubt,
    }
}

impl Roll {
    fn of(export: &Export, ops: &[(Op, &Row)]) -> Self {
        let known = export.authors.iter().map(|author| {
            let account = keys::account_id(&author.age_pub, &author.sign_pub);
            let (device_pub, branch) = (author.device_pub, &export.branch);
            let certified = certificate_fits(branch, &device_pub, &author.sign_pub, &author.certificate);
            (
                keys::device_id(&device_pub),
                Known {
                    device_pub,
                    account,
                    certified,
                },
            )
        });
        let mut sets: Vec<BranchSet> = bodies::<SignedSet>(ops, Kind::BranchSet)
            .filter_map(|(_, signed)| signed.verify().ok())
            .filter(|set| set.branch == export.branch)
            .collect();
        sets.sort_by_key(|set| set.version);
        let mut roll = Self {
            sets,
            devices: known.collect(),
            roles: BTreeMap::new(),
        };
        roll.add_roles(export, ops);
        roll
    }

    /// Roles by card, or, where one secretary acts alone, and for candidates, by the invite that was used.
    fn add_roles(&mut self, export: &Export, ops: &[(Op, &Row)]) {
        let invites: BTreeMap<InviteId, Invite> = bodies::<Invite>(ops, Kind::Invite)
            .filter(|(op, _)| self.is_secretarys(op))
            .map(|(_, invite)| (keys::invite_id(&invite.invite_pub), invite))
            .collect();
        let single = self.sets.last().is_some_and(BranchSet::single_secretary);
        let mut roles: BTreeMap<AccountId, Vec<Role>> = BTreeMap::new();
        for (_, join) in bodies::<Join>(ops, Kind::Join) {
            let Some(invite) = join.invite.and_then(|id| invites.get(&id)) else {
                continue;
            };
            let enough = invite.role == Role::Candidate || (invite.role == Role::Mentor && single);
            if enough && join.certified(&export.branch) && join.admitted_by(&invite.invite_pub, &export.branch) {
                roles.entry(join.account()).or_default().push(invite.role);
            }
        }
        for (op, card) in bodies::<Card>(ops, Kind::Card) {
            // An ended card takes nothing back here: what was received before it ended stays its author's word.
            if self.is_secretarys(op) && card.state == CardState::Active {
                roles.entry(card.account).or_default().push(card.role);
            }
        }
        self.roles = roles;
    }

    fn is_secretarys(&self, op: &Op) -> bool {
        let named = |set: &BranchSet| set.secretaries.iter().any(|one| one.account == op.header().account);
        self.signature_doubt(op).is_none() && self.sets.iter().any(named)
    }

    fn signature_doubt(&self, op: &Op) -> Option<Doubt> {
        let Some(known) = self.devices.get(&op.header().device) else {
            return Some(Doubt::Signature);
        };
        if !op.verify(&known.device_pub) {
            return Some(Doubt::Signature);
        }
        (!known.certified || known.account != op.header().account).then_some(Doubt::Certificate)
    }

    fn doubt(&self, op: &Op) -> Option<Doubt> {
        let header = op.header();
        let kind = Kind::from_number(header.kind);
        let roles = self.roles.get(&header.account).map(Vec::as_slice).unwrap_or_default();
        let of_branch = self.sets.last().is_some_and(|set| set.branch == header.branch);
        let may = of_branch && kind.is_some_and(|kind| roles.iter().any(|role| kind.writable_by(*role)));
        self.signature_doubt(op).or((!may).then_some(Doubt::Role))
    }
}

/// The readable bodies of one clear kind, each with its op.
fn bodies<'a, T>(ops: &'a [(Op, &'a Row)], kind: Kind) -> impl Iterator<Item = (&'a Op, T)>
where
    T: for<'b> Decode<'b, ()>,
{
    ops.iter()
        .filter(move |(op, _)| op.header().kind == kind.number())
        .filter_map(|(op, row)| {
            let body = row.body.clone()?;
            let value = shape::whole(&body).ok()?;
            op.clone().attach(body).ok().map(|_| (op, value))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::Author;
    use crate::client::{self, Identity, Mail, Reply};
    use crate::endpoint::world::World;
    use crate::id::Sig;

    fn export(w: &mut World) -> Export {
        let founder = w.founder.clone();
        let Reply::Answered(answered) = w.post_with(&founder, &[], &Mail::default()) else {
            panic!()
        };
        Export {
            branch: founder.branch_id(),
            made: w.now.wall_s,
            authors: answered.authors,
            rows: answered.rows,
        }
    }

    fn world(single: bool) -> (World, Identity, Export) {
        let mut w = World::new(single);
        let mut who = w.member(Role::Candidate);
        let draft = w.draft();
        let out = client::hand_in(&mut who, &draft, &[], "rules 1", "21/11/2026", w.now, &mut w.rnd).unwrap();
        w.answered(&who, &[out]);
        let export = export(&mut w);
        (w, who, export)
    }

    fn only(export: &Export, secret: &Seed) -> Piece {
        let mut pieces = open(export, std::slice::from_ref(secret));
        assert_eq!(pieces.len(), 1);
        pieces.remove(0)
    }

    #[test]
    fn what_was_handed_in_is_opened_with_the_branchs_key_and_its_author_confirmed() {
        let (w, who, export) = world(true);
        let export = Export::decode(&export.encode()).unwrap();
        let piece = only(&export, w.founder.account().age_secret());
        assert_eq!(piece.doubt, None);
        let plain = piece.plain.unwrap();
        assert_eq!(plain.fields["birth_name"], "HẠNG A NẾNH");
        assert_eq!(
            (plain.account, plain.declared.as_deref()),
            (who.account_id(), Some("21/11/2026"))
        );
        let own = only(&export, who.account().age_secret());
        assert_eq!(own.plain.unwrap(), plain, "the writer opens it too");
    }

    #[test]
    fn another_key_opens_nothing() {
        let (mut w, _, export) = world(true);
        let other = w.member(Role::Candidate);
        let piece = only(&export, other.account().age_secret());
        assert_eq!(piece.plain, Err(SealFault::NotForThisKey));
    }

    #[test]
    fn each_way_of_forging_is_doubted() {
        let (mut w, who, good) = world(true);
        let secret = w.founder.account().age_secret().clone();
        let stranger = w.member(Role::Candidate);
        let at = good
            .rows
            .iter()
            .position(|row| parse(row).unwrap().header().kind == 2)
            .unwrap();
        let author = |device: &DeviceId| {
            good.authors
                .iter()
                .position(|one| keys::device_id(&one.device_pub) == *device)
                .unwrap()
        };
        let doubt = |change: &dyn Fn(&mut Export)| {
            let mut changed = good.clone();
            change(&mut changed);
            only(&changed, &secret).doubt
        };
        let resign = |header: crate::op::Header, body: Vec<u8>, by: &Identity| {
            let op = Op::sign(header, body.clone(), by.device_keys());
            move |row: &mut Row| {
                (row.header, row.sig, row.body) = (op.header_bytes().to_vec(), op.sig(), Some(body.clone()))
            }
        };
        let op = parse(&good.rows[at]).unwrap();
        let body = good.rows[at].body.clone().unwrap();
        assert_eq!(doubt(&|_| ()), None);
        assert_eq!(doubt(&|e| e.rows[at].sig = Sig([1; 64])), Some(Doubt::Signature));
        assert_eq!(doubt(&|e| e.authors.clear()), Some(Doubt::Signature));
        assert_eq!(
            doubt(&|e| e.authors[author(&who.device_id())].certificate = Sig([1; 64])),
            Some(Doubt::Certificate)
        );
        // The endpoint presents its own account's keys for the device.
        let forged = Author {
            age_pub: stranger.account().age_pub(),
            sign_pub: stranger.account().sign_pub(),
            ..good.authors[author(&who.device_id())]
        };
        assert_eq!(
            doubt(&|e| e.authors[author(&who.device_id())] = forged),
            Some(Doubt::Certificate)
        );
        // The same sealed body under another header of the same author.
        let moved = resign(
            crate::op::Header {
                op_id: crate::id::OpId([9; 16]),
                ..op.header().clone()
            },
            body.clone(),
            &who,
        );
        assert_eq!(doubt(&|e| moved(&mut e.rows[at])), Some(Doubt::Disagrees));
        let mut other_body = body.clone();
        other_body.push(0);
        assert_eq!(
            doubt(&|e| e.rows[at].body = Some(other_body.clone())),
            Some(Doubt::Body)
        );
        // No join or no invite in the file: nobody gave the author a role.
        for kind in [Kind::Join, Kind::Invite, Kind::BranchSet] {
            let without = |e: &mut Export| e.rows.retain(|row| parse(row).unwrap().header().kind != kind.number());
            assert_eq!(doubt(&|e| without(e)), Some(Doubt::Role), "without {kind:?}");
        }
    }

    #[test]
    fn a_mentors_note_needs_a_card_unless_one_secretary_acts_alone() {
        for single in [true, false] {
            let mut w = World::new(single);
            let mut mentor = w.member(Role::Mentor);
            let mut account = w.store.durable.accounts[&mentor.account_id()].clone();
            // As if a second secretary's card had been stored and were not in the file.
            account.standing = crate::answer::Standing::Active;
            w.store.durable.accounts.insert(account.id, account);
            let draft = w.draft();
            let note = client::note(&mut mentor, &draft, None, w.now, &mut w.rnd).unwrap();
            w.answered(&mentor, &[note]);
            let export = export(&mut w);
            let piece = only(&export, w.founder.account().age_secret());
            assert_eq!(piece.doubt, (!single).then_some(Doubt::Role));
        }
    }
}
