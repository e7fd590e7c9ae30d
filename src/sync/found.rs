//! Founding a branch, and changing its set: its secretaries, its class, its name (sync protocol §4 and §9, "Found").
//!
//! Invariant: pure like the rest; the root's key is made here and signs nothing but branch sets. It lies apart from the founder's
//! identity, which is one like any other, so that neither ever exists twice with two counters. Not here: what any secretary may do
//! (`client::invite`, `client::card` and so on), and sending (a founder posts letters like any phone).

use crate::Random;
use crate::answer::Row;
use crate::body::{Consent, Invite, Join, keyed_record};
use crate::branch::{BranchSet, FLAG_SINGLE_SECRETARY, MAX_NAME, MAX_SECRETARIES, Secretary, SignedSet};
use crate::client::{self, Identity, Outgoing, after, clear};
use crate::id::{AccountId, AgePub, BranchId, OpId, Principal, SignPub};
use crate::keys::{AccountKeys, BranchRoot, DeviceKeys, InviteKey, Seed};
use crate::kind::{Class, Kind, Role};
use crate::op::Op;
use crate::shape::{self, BadShape};
use crate::spelling::{base64url, unbase64url};
use minicbor::Encode;
use zeroize::Zeroizing;

/// Number of the first consent text.
pub const CONSENT_TEXT: u32 = 1;
/// Begins the comment of a key file that names the branch.
pub const BRANCH_LINE: &str = "# lylich branch: ";
const PREFIX: &str = "lylich-founding-1.";

crate::array_shape! {
    /// What the operator's command prints: a code, and the endpoint's public keys, which nobody could otherwise know for certain.
    #[derive(Clone, Debug, PartialEq, Eq, Encode)]
    pub struct FoundingInvite {
        /// The secret behind the invite key.
        #[cbor(n(0), with = "minicbor::bytes")]
        pub code: [u8; 16],
        /// The endpoint's signing key.
        #[n(1)]
        pub endpoint_sign: SignPub,
        /// The endpoint's sealing key.
        #[n(2)]
        pub endpoint_age: AgePub,
    }
}

impl FoundingInvite {
    /// The line to hand over.
    pub fn show(&self) -> String {
        format!("{PREFIX}{}", base64url(&shape::encode(self)))
    }

    /// Reads that line.
    pub fn parse(text: &str) -> Result<Self, BadShape> {
        let code = text.trim().strip_prefix(PREFIX).ok_or(BadShape)?;
        shape::strict(&unbase64url(code).ok_or(BadShape)?)
    }
}

/// What a new branch is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan<'a> {
    /// Shown to people, at most 60 characters.
    pub name: &'a str,
    /// What may leave the phones.
    pub class: Class,
    /// Whether one secretary may act alone.
    pub single_secretary: bool,
}

/// The branch's root key. Whoever holds it says who the secretaries are; the set in force is the one that the identity holds
/// ([`Identity::set`]).
#[derive(Clone)]
pub struct Root(BranchRoot);

const FORMAT: u8 = 1;

crate::map_shape! {
    #[derive(Encode)]
    struct Kept {
        #[n(0)]
        format: u8,
        #[cbor(n(1), with = "minicbor::bytes")]
        root: [u8; 32],
    }
}

/// Makes root, secretary and set. Identity, root and both ops are to be stored together; the ops go into one letter, in this order,
/// invites may follow in the same.
pub fn found(invite: &FoundingInvite, plan: &Plan<'_>, rnd: &mut dyn Random) -> (Root, Identity, Vec<Outgoing>) {
    let (root, account, device) = (BranchRoot::draw(rnd), AccountKeys::draw(rnd), DeviceKeys::draw(rnd));
    let set = BranchSet {
        branch: root.id(),
        version: 1,
        class: plan.class,
        root_pub: root.public(),
        endpoint_sign: invite.endpoint_sign,
        endpoint_age: invite.endpoint_age,
        secretaries: vec![Secretary {
            account: account.id(),
            age_pub: account.age_pub(),
            sign_pub: account.sign_pub(),
        }],
        flags: if plan.single_secretary {
            FLAG_SINGLE_SECRETARY
        } else {
            0
        },
        consent_text: CONSENT_TEXT,
        name: plan.name.chars().take(MAX_NAME).collect(),
    };
    let consent = Consent {
        text: CONSENT_TEXT,
        class: plan.class,
        under16: false,
        guardian: false,
        withdrawn: false,
    };
    let root = Root(root);
    let mut who = Identity::new(account, device, set.short(), Role::Secretary, consent);
    let join = client::join(&mut who, Some(&InviteKey::from_code(&invite.code)), rnd);
    let op = publish(&mut who, &set.sign(&root.0), &set, &[], rnd);
    (root, who, vec![join, op])
}

fn publish(who: &mut Identity, signed: &SignedSet, set: &BranchSet, leaves: &[OpId], rnd: &mut dyn Random) -> Outgoing {
    let record = keyed_record(Kind::BranchSet, set.branch.as_bytes());
    let target = after(leaves, Kind::BranchSet, record, vec![Principal::EVERYBODY]);
    let op = clear(who, target, signed, rnd);
    who.take_set(signed);
    op
}

impl Root {
    /// The branch whose root this is.
    pub fn branch(&self) -> BranchId {
        self.0.id()
    }

    /// Bytes to keep, sealed like every other row. They are the branch's most secret key.
    pub fn encode(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(shape::encode(&Kept {
            format: FORMAT,
            root: *self.0.seed(),
        }))
    }

    /// From kept bytes.
    pub fn decode(bytes: &[u8]) -> Result<Self, BadShape> {
        let kept: Kept = shape::whole(bytes)?;
        let root = || Self(BranchRoot::from_seed(&Seed::new(kept.root)));
        (kept.format == FORMAT).then(root).ok_or(BadShape)
    }

    /// A new set that differs from the one in force as `change` says; `None` when it says nothing new, when the result would not be
    /// sound, or when the branch is another root's. `leaves`: the set ops that stand now, as far as they are known.
    pub fn change_set(
        &self,
        who: &mut Identity,
        leaves: &[OpId],
        change: impl FnOnce(&mut BranchSet),
        rnd: &mut dyn Random,
    ) -> Option<Outgoing> {
        let before = who.set().filter(|set| set.branch == self.0.id())?;
        let mut set = before.clone();
        change(&mut set);
        if set == before || !set.is_sound() {
            return None;
        }
        set.version = before.version + 1;
        let signed = set.sign(&self.0);
        Some(publish(who, &signed, &set, leaves, rnd))
    }

    /// Names one more secretary; `None` when the set is full or names them already.
    pub fn name_secretary(
        &self,
        who: &mut Identity,
        secretary: Secretary,
        leaves: &[OpId],
        rnd: &mut dyn Random,
    ) -> Option<Outgoing> {
        let name = |set: &mut BranchSet| {
            let known = set.secretaries.iter().any(|one| one.account == secretary.account);
            if set.secretaries.len() < MAX_SECRETARIES && !known {
                set.secretaries.push(secretary);
            }
        };
        self.change_set(who, leaves, name, rnd)
    }

    /// Names a secretary no longer; `None` for the last one, and for somebody who is none.
    pub fn drop_secretary(
        &self,
        who: &mut Identity,
        account: &AccountId,
        leaves: &[OpId],
        rnd: &mut dyn Random,
    ) -> Option<Outgoing> {
        let drop = |set: &mut BranchSet| set.secretaries.retain(|one| one.account != *account);
        self.change_set(who, leaves, drop, rnd)
    }

    /// Names everybody who joined with a secretary's invite of this branch and is not named yet. `rows` are what an answer brought.
    pub fn welcome(&self, who: &mut Identity, rows: &[Row], rnd: &mut dyn Random) -> Vec<Outgoing> {
        let Some(set) = who.set() else { return vec![] };
        let ops: Vec<(Op, &[u8])> = rows
            .iter()
            .filter_map(|row| Some((Op::from_parts(row.header.clone(), row.sig).ok()?, row.body.as_deref()?)))
            .collect();
        let of = |kind: Kind| ops.iter().filter(move |(op, _)| op.header().kind == kind.number());
        let named = |op: &Op| set.secretaries.iter().any(|one| one.account == op.header().account);
        let invites: Vec<Invite> = of(Kind::Invite)
            .filter(|(op, _)| named(op))
            .filter_map(|(_, body)| shape::whole(body).ok())
            .filter(|invite: &Invite| invite.role == Role::Secretary)
            .collect();
        let admitted = |join: &Join| invites.iter().any(|one| join.admitted_by(&one.invite_pub, &set.branch));
        of(Kind::Join)
            .filter_map(|(_, body)| shape::whole::<Join>(body).ok())
            .filter(|join| join.certified(&set.branch) && admitted(join))
            .filter_map(|join| self.name_secretary(who, Secretary::of(&join), &[], rnd))
            .collect()
    }
}

/// A secretary's key as a standard age identity file: with it `lylich open`, or the stock `age` tool, opens what the branch received.
/// A comment names the branch, so that an export of another one is noticed. `former`: keys the same person held before, which open what was
/// sealed to those.
pub fn age_identity_file(who: &Identity, former: &[Seed]) -> Zeroizing<String> {
    let recipient = crate::seal::hazmat::recipient_text(&who.account().age_pub());
    let identity = who.account().age_identity();
    let (name, branch) = (&who.branch().name, who.branch_id());
    let mut file = Zeroizing::new(format!(
        "# {name}\n{BRANCH_LINE}{branch}\n# public key: {recipient}\n{}\n",
        *identity
    ));
    for key in former {
        let recipient = crate::seal::hazmat::recipient_text(&crate::seal::hazmat::public(key));
        file.push_str("# public key: ");
        file.push_str(&recipient);
        file.push('\n');
        file.push_str(&crate::seal::hazmat::identity_text(key));
        file.push('\n');
    }
    file
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::EndpointKeys;
    use crate::seal::tests::Counting;

    #[test]
    fn a_founding_line_comes_back() {
        let keys = EndpointKeys::draw(&mut Counting(1));
        let invite = FoundingInvite {
            code: [7; 16],
            endpoint_sign: keys.sign_pub(),
            endpoint_age: keys.age_pub(),
        };
        assert_eq!(
            FoundingInvite::parse(&format!("{}\n", invite.show())),
            Ok(invite.clone())
        );
        for wrong in ["", "lylich-founding-1.", "lylich-founding-2.AAAA", &invite.show()[..40]] {
            assert!(FoundingInvite::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_root_comes_back_and_signs_the_next_set() {
        let keys = EndpointKeys::draw(&mut Counting(1));
        let invite = FoundingInvite {
            code: [7; 16],
            endpoint_sign: keys.sign_pub(),
            endpoint_age: keys.age_pub(),
        };
        let plan = Plan {
            name: "Chi bộ thử",
            class: Class::C2,
            single_secretary: true,
        };
        let (root, mut who, ops) = found(&invite, &plan, &mut Counting(2));
        let again = Root::decode(&root.encode()).unwrap();
        let other = AccountKeys::draw(&mut Counting(3));
        let secretary = Secretary {
            account: other.id(),
            age_pub: other.age_pub(),
            sign_pub: other.sign_pub(),
        };
        let mut rnd = Counting(4);
        let op = again.name_secretary(&mut who, secretary, &[], &mut rnd).unwrap();
        assert_eq!((ops.len(), op.seq, who.set_version()), (2, 3, 2));
        assert_eq!(
            again.name_secretary(&mut who, secretary, &[], &mut rnd),
            None,
            "named already"
        );
        let own = who.account_id();
        assert!(again.drop_secretary(&mut who, &own, &[op.op_id], &mut rnd).is_some());
        assert_eq!(
            again.drop_secretary(&mut who, &other.id(), &[], &mut rnd),
            None,
            "somebody must be left"
        );
        assert_eq!(who.branch().readers, [other.age_pub()]);
        let (strangers, ..) = found(&invite, &plan, &mut Counting(5));
        assert_eq!(
            strangers.drop_secretary(&mut who, &own, &[], &mut rnd),
            None,
            "another branch's root"
        );
        let file = age_identity_file(&who, &[]);
        assert_eq!(
            crate::seal::hazmat::parse_identities(&file),
            Some(vec![who.account().age_secret().clone()])
        );
        assert!(Root::decode(&[]).is_err());
    }
}
