//! Who belongs to the branch and as what, from root-signed sets, secretaries' cards and invites, and joins.
//!
//! Invariant: nobody is listed on their own word alone: a set or card names them, or a secretary's invite admitted their join. A card that
//! ended takes nothing back of what came before: the endpoint takes nothing new. Not here: what they wrote (`view`).

use super::piece::{Body, Piece};
use crate::body::{Card, CardState, Invite, Join};
use crate::branch::BranchSet;
use crate::client::Identity;
use crate::id::{AccountId, AgePub, DeviceId, InviteId, OpId, SignPub};
use crate::keys;
use crate::kind::{Kind, Role};
use std::collections::{BTreeMap, BTreeSet};

/// Somebody of the branch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Their account.
    pub account: AccountId,
    /// By the newest set, else by card, else by invite.
    pub role: Role,
    /// What is sealed to them.
    pub age_pub: AgePub,
    /// What their devices' certificates are checked with.
    pub sign_pub: SignPub,
    /// Named in the newest set, or a card is in force. Otherwise a secretary has still to confirm them.
    pub confirmed: bool,
    /// Closed: card ended, account revoked, or a secretary no longer.
    pub ended: bool,
    /// The invite they came by, on a secretary's device.
    pub invite: Option<InviteId>,
    /// When the endpoint stored their first join (seconds since 1970-01-01 UTC).
    pub joined: Option<u64>,
    /// Their devices, in the order in which they joined; on a secretary's device.
    pub devices: Vec<DeviceSeen>,
}

/// A device of a person's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeviceSeen {
    /// Which.
    pub device: DeviceId,
    /// When the endpoint stored its join (seconds since 1970-01-01 UTC).
    pub joined: Option<u64>,
    /// Revoked by a secretary.
    pub closed: bool,
}

/// An invite of the branch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invited {
    /// Which: `keys::invite_id` of its public key.
    pub id: InviteId,
    /// What it says.
    pub invite: Invite,
    /// The secretary who made it.
    pub maker: AccountId,
    /// When the endpoint stored it (seconds since 1970-01-01 UTC); `None` until then.
    pub made: Option<u64>,
    /// Who joined with it.
    pub used_by: Option<AccountId>,
}

/// Who is what.
pub(super) struct Roll {
    pub people: BTreeMap<AccountId, Person>,
    pub invites: Vec<Invited>,
    roles: BTreeMap<AccountId, BTreeSet<Role>>,
}

/// Everybody whom a set that is held names.
pub(super) fn secretaries(who: &Identity, pieces: &BTreeMap<OpId, Piece>) -> BTreeSet<AccountId> {
    let held = pieces.values().filter_map(|piece| match &piece.body {
        Body::Set(set) => Some((**set).clone()),
        _ => None,
    });
    let named = |set: BranchSet| set.secretaries.into_iter().map(|one| one.account);
    held.chain(who.set()).flat_map(named).collect()
}

impl Roll {
    /// From pieces whose authors are marked.
    pub fn of(who: &Identity, pieces: &BTreeMap<OpId, Piece>, admitted: &mut BTreeMap<OpId, bool>) -> Self {
        let mut roll = Self {
            people: BTreeMap::new(),
            invites: invites(pieces),
            roles: BTreeMap::new(),
        };
        let set = who.set();
        roll.grant(who.account_id(), who.role());
        roll.take_sets(pieces, set.as_ref());
        roll.take_joins(pieces, admitted, set.as_ref().is_some_and(BranchSet::single_secretary));
        roll.take_cards(pieces, set.as_ref());
        roll.take_revocations(pieces);
        roll
    }

    /// Whether an account may have written this kind.
    pub fn may(&self, account: &AccountId, kind: Kind) -> bool {
        let roles = self.roles.get(account);
        roles.is_some_and(|roles| roles.iter().any(|role| kind.writable_by(*role)))
    }

    /// What an account is.
    pub fn role(&self, account: &AccountId) -> Option<Role> {
        self.people.get(account).map(|person| person.role)
    }

    /// From here on their word counts in this role.
    fn grant(&mut self, account: AccountId, role: Role) {
        self.roles.entry(account).or_default().insert(role);
    }

    fn person(&mut self, account: AccountId, role: Role, keys: (AgePub, SignPub)) -> &mut Person {
        self.people.entry(account).or_insert(Person {
            account,
            role,
            age_pub: keys.0,
            sign_pub: keys.1,
            confirmed: false,
            ended: false,
            invite: None,
            joined: None,
            devices: vec![],
        })
    }

    fn take_sets(&mut self, pieces: &BTreeMap<OpId, Piece>, newest: Option<&BranchSet>) {
        let older = pieces.values().filter_map(|piece| match &piece.body {
            Body::Set(set) => Some(&**set),
            _ => None,
        });
        for set in older.chain(newest) {
            for one in &set.secretaries {
                let named = newest.is_some_and(|set| set.secretaries.contains(one));
                let person = self.person(one.account, Role::Secretary, (one.age_pub, one.sign_pub));
                (person.confirmed, person.ended) = (named, !named);
                self.grant(one.account, Role::Secretary);
            }
        }
    }

    fn take_joins(&mut self, pieces: &BTreeMap<OpId, Piece>, admitted: &mut BTreeMap<OpId, bool>, single: bool) {
        let joins = || {
            pieces.values().filter_map(|piece| match &piece.body {
                Body::Join(join) => Some((piece, &**join)),
                _ => None,
            })
        };
        for (piece, join) in joins() {
            let Some(invite) = join
                .invite
                .and_then(|id| self.invites.iter_mut().find(|one| one.id == id))
            else {
                continue;
            };
            let fits = admitted
                .entry(piece.header.op_id)
                .or_insert_with(|| join.admitted_by(&invite.invite.invite_pub, &piece.header.branch));
            if !*fits {
                continue;
            }
            let account = join.account();
            invite.used_by = Some(account);
            let (id, role) = (invite.id, invite.invite.role);
            let person = self.person(account, role, (join.age_pub, join.sign_pub));
            person.invite = person.invite.or(Some(id));
            if role == Role::Candidate || (role == Role::Mentor && single) {
                self.grant(account, role);
            }
        }
        let mut seen: Vec<(&Piece, &Join)> = joins().collect();
        seen.sort_by_key(|(piece, _)| piece.place.map_or(u64::MAX, |place| place.server_seq));
        for (piece, join) in seen {
            let time = piece.place.map(|place| place.server_time);
            if let Some(person) = self.people.get_mut(&join.account()) {
                person.joined = person.joined.or(time);
                person.devices.push(DeviceSeen {
                    device: join.device(),
                    joined: time,
                    closed: false,
                });
            }
        }
    }

    fn take_cards(&mut self, pieces: &BTreeMap<OpId, Piece>, newest: Option<&BranchSet>) {
        let cards = || {
            pieces.values().filter_map(|piece| match &piece.body {
                Body::Card(card) if piece.by_secretary && is_sound(card) => Some((piece, card)),
                _ => None,
            })
        };
        let leaves: BTreeSet<OpId> = super::view::leaves(cards().map(|(piece, _)| piece))
            .into_iter()
            .collect();
        for (_, card) in cards().filter(|(_, card)| card.state == CardState::Active) {
            self.person(card.account, card.role, (card.age_pub, card.sign_pub));
            self.grant(card.account, card.role);
        }
        let mut ended: BTreeSet<AccountId> = BTreeSet::new();
        for (piece, card) in cards() {
            let named = newest.is_some_and(|set| set.secretaries.iter().any(|one| one.account == card.account));
            let Some(person) = self.people.get_mut(&card.account).filter(|_| !named) else {
                continue;
            };
            if !leaves.contains(&piece.header.op_id) {
                continue;
            }
            person.role = card.role;
            match card.state {
                CardState::Active => person.confirmed = true,
                CardState::Ended => drop(ended.insert(card.account)),
            }
        }
        for account in ended {
            if let Some(person) = self.people.get_mut(&account) {
                (person.confirmed, person.ended) = (false, true);
            }
        }
    }

    fn take_revocations(&mut self, pieces: &BTreeMap<OpId, Piece>) {
        for piece in pieces.values().filter(|piece| piece.by_secretary) {
            let Body::Revoke(revoke) = &piece.body else { continue };
            for person in self.people.values_mut() {
                let whole = revoke.account == Some(person.account);
                person.ended |= whole;
                for device in &mut person.devices {
                    device.closed |= whole || revoke.device == Some(device.device);
                }
            }
        }
    }
}

fn is_sound(card: &Card) -> bool {
    card.account == keys::account_id(&card.age_pub, &card.sign_pub) && card.role != Role::Secretary
}

fn invites(pieces: &BTreeMap<OpId, Piece>) -> Vec<Invited> {
    let invites = pieces.values().filter_map(|piece| match &piece.body {
        Body::Invite(invite) if piece.by_secretary => Some(Invited {
            id: keys::invite_id(&invite.invite_pub),
            invite: invite.clone(),
            maker: piece.header.account,
            made: piece.place.map(|place| place.server_time),
            used_by: None,
        }),
        _ => None,
    });
    invites.collect()
}
