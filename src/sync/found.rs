//! Founding a branch, and what its first secretary then makes: invites, cards, further sets (sync protocol §9, "Found").
//!
//! Invariant: pure like the rest; the root's key is made here and only signs branch sets. Used by the demo and by whoever installs
//! an endpoint. Not here: sending (a founder posts letters like any phone, see `client::letter`).

use crate::body::{Card, CardState, Consent, Invite, Join, keyed_record};
use crate::branch::{BranchSet, FLAG_SINGLE_SECRETARY, MAX_SECRETARIES, Secretary};
use crate::client::{self, Identity, Outgoing, Target, clear};
use crate::id::{AccountId, AgePub, OpId, Principal, SignPub};
use crate::keys::{AccountKeys, BranchRoot, DeviceKeys, InviteKey, Seed};
use crate::kind::{Class, Kind, Role};
use crate::link::Link;
use crate::op::Op;
use crate::shape::{self, BadShape};
use crate::spelling::{base64url, unbase64url};
use crate::{Now, Random};
use minicbor::Encode;
use zeroize::Zeroizing;

/// How long an invite lasts, in seconds.
pub const INVITE_SECONDS: u64 = 30 * 86_400;
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

/// The founding secretary: an ordinary identity that also holds the root.
#[derive(Clone)]
pub struct Founder {
    root: BranchRoot,
    /// The secretary's identity; it posts the letters.
    pub who: Identity,
    set: BranchSet,
    set_op: OpId,
}

crate::map_shape! {
    #[derive(Encode)]
    struct Row {
        #[cbor(n(1), with = "minicbor::bytes")]
        root: [u8; 32],
        #[cbor(n(2), with = "minicbor::bytes")]
        who: Vec<u8>,
        #[n(3)]
        set: BranchSet,
        #[n(4)]
        set_op: OpId,
    }
}

impl Founder {
    /// Makes root, secretary and set. The ops go into one letter, in this order, invites may follow in the same.
    pub fn found(invite: &FoundingInvite, plan: &Plan<'_>, rnd: &mut dyn Random) -> (Self, Vec<Outgoing>) {
        let (root, account, device) = (BranchRoot::draw(rnd), AccountKeys::draw(rnd), DeviceKeys::draw(rnd));
        let (age_pub, sign_pub) = (account.age_pub(), account.sign_pub());
        let set = BranchSet {
            branch: root.id(),
            version: 1,
            class: plan.class,
            root_pub: root.public(),
            endpoint_sign: invite.endpoint_sign,
            endpoint_age: invite.endpoint_age,
            secretaries: vec![Secretary {
                account: account.id(),
                age_pub,
                sign_pub,
            }],
            flags: if plan.single_secretary {
                FLAG_SINGLE_SECRETARY
            } else {
                0
            },
            consent_text: CONSENT_TEXT,
            name: plan.name.to_owned(),
        };
        let consent = Consent {
            text: CONSENT_TEXT,
            class: plan.class,
            under16: false,
            guardian: false,
            withdrawn: false,
        };
        let who = Identity::new(account, device, set.short(), Role::Secretary, consent);
        let mut founder = Self {
            root,
            who,
            set,
            set_op: OpId::ZERO,
        };
        let join = client::join(&mut founder.who, Some(&InviteKey::from_code(&invite.code)), rnd);
        let set = founder.publish(None, rnd);
        (founder, vec![join, set])
    }

    /// Bytes to keep. They hold every private key of the branch.
    pub fn encode(&self) -> Zeroizing<Vec<u8>> {
        let (root, who) = (*self.root.seed(), self.who.encode().to_vec());
        Zeroizing::new(shape::encode(&Row {
            root,
            who,
            set: self.set.clone(),
            set_op: self.set_op,
        }))
    }

    /// From kept bytes.
    pub fn decode(bytes: &[u8]) -> Result<Self, BadShape> {
        let row: Row = shape::whole(bytes)?;
        let root = BranchRoot::from_seed(&Seed::new(row.root));
        Ok(Self {
            root,
            who: Identity::decode(&row.who)?,
            set: row.set,
            set_op: row.set_op,
        })
    }

    /// The set in force.
    pub fn set(&self) -> &BranchSet {
        &self.set
    }

    /// The secretary's key as a standard age identity file: with it `lylich open`, or the stock `age` tool, opens what the branch
    /// received. A comment names the branch, so that an export of another one is noticed.
    pub fn age_identity_file(&self) -> Zeroizing<String> {
        let recipient = crate::seal::hazmat::recipient_text(&self.who.account().age_pub());
        let identity = self.who.account().age_identity();
        let (name, branch) = (&self.set.name, self.set.branch);
        Zeroizing::new(format!(
            "# {name}\n{BRANCH_LINE}{branch}\n# public key: {recipient}\n{}\n",
            *identity
        ))
    }

    /// Makes an invite: the link for the person, and the op that lets the endpoint know it.
    pub fn invite(&mut self, role: Role, guardian: bool, now: Now, rnd: &mut dyn Random) -> (Link, Outgoing) {
        self.invite_to((role, None), guardian, now, rnd)
    }

    /// Invites a person who has an account already: on a new phone, after the old one was lost.
    pub fn invite_again(&mut self, role: Role, account: AccountId, now: Now, rnd: &mut dyn Random) -> (Link, Outgoing) {
        self.invite_to((role, Some(account)), false, now, rnd)
    }

    fn invite_to(
        &mut self,
        (role, account): (Role, Option<AccountId>),
        guardian: bool,
        now: Now,
        rnd: &mut dyn Random,
    ) -> (Link, Outgoing) {
        let mut code = [0; 16];
        rnd.fill(&mut code);
        let key = InviteKey::from_code(&code);
        let expires = now.wall_s + INVITE_SECONDS;
        let body = Invite {
            invite_pub: key.public(),
            role,
            account,
            expires,
            typed: false,
            guardian,
        };
        let to = vec![
            Principal::from(self.who.account_id()),
            Principal::from(self.who.branch_id()),
        ];
        let target = Target {
            kind: Kind::Invite,
            record: None,
            base: None,
            also: vec![],
            to,
        };
        let op = clear(&mut self.who, target, &body, rnd);
        (
            Link {
                role,
                code,
                set: self.set.short(),
            },
            op,
        )
    }

    /// Confirms a person's keys and role, or ends them. `base` is the card before, if there was one.
    pub fn card(
        &mut self,
        join: &Join,
        role: Role,
        state: CardState,
        base: Option<OpId>,
        rnd: &mut dyn Random,
    ) -> Outgoing {
        let account = join.account();
        let body = Card {
            account,
            age_pub: join.age_pub,
            sign_pub: join.sign_pub,
            role,
            state,
        };
        let record = Some(keyed_record(Kind::Card, account.as_bytes()));
        let target = Target {
            kind: Kind::Card,
            record,
            base,
            also: vec![],
            to: vec![Principal::EVERYBODY],
        };
        clear(&mut self.who, target, &body, rnd)
    }

    /// Names one more secretary by a new set; `None` when the set is full or names them already.
    pub fn name_secretary(&mut self, join: &Join, rnd: &mut dyn Random) -> Option<Outgoing> {
        let account = join.account();
        if self.set.secretaries.len() >= MAX_SECRETARIES || self.names(&account) {
            return None;
        }
        let one = Secretary {
            account,
            age_pub: join.age_pub,
            sign_pub: join.sign_pub,
        };
        self.set.secretaries.push(one);
        Some(self.next_set(rnd))
    }

    /// Names everybody who joined with a secretary's invite of this branch and is not named yet. `rows` are what an answer brought.
    pub fn welcome(&mut self, rows: &[crate::answer::Row], rnd: &mut dyn Random) -> Vec<Outgoing> {
        let ops: Vec<(Op, &[u8])> = rows
            .iter()
            .filter_map(|row| Some((Op::from_parts(row.header.clone(), row.sig).ok()?, row.body.as_deref()?)))
            .collect();
        let of = |kind: Kind| ops.iter().filter(move |(op, _)| op.header().kind == kind.number());
        let mine = |op: &Op| self.names(&op.header().account);
        let invites: Vec<Invite> = of(Kind::Invite)
            .filter(|(op, _)| mine(op))
            .filter_map(|(_, body)| shape::whole(body).ok())
            .filter(|invite: &Invite| invite.role == Role::Secretary)
            .collect();
        let branch = self.set.branch;
        let joined: Vec<Join> = of(Kind::Join)
            .filter_map(|(_, body)| shape::whole(body).ok())
            .filter(|join: &Join| join.certified(&branch))
            .filter(|join| {
                invites
                    .iter()
                    .any(|invite| join.admitted_by(&invite.invite_pub, &branch))
            })
            .collect();
        joined
            .iter()
            .filter_map(|join| self.name_secretary(join, rnd))
            .collect()
    }

    /// Changes the class by a new set.
    pub fn change_class(&mut self, class: Class, rnd: &mut dyn Random) -> Outgoing {
        self.set.class = class;
        self.next_set(rnd)
    }

    fn names(&self, account: &AccountId) -> bool {
        self.set.secretaries.iter().any(|one| one.account == *account)
    }

    fn next_set(&mut self, rnd: &mut dyn Random) -> Outgoing {
        self.set.version += 1;
        self.publish(Some(self.set_op), rnd)
    }

    fn publish(&mut self, base: Option<OpId>, rnd: &mut dyn Random) -> Outgoing {
        let signed = self.set.sign(&self.root);
        let record = Some(keyed_record(Kind::BranchSet, self.set.branch.as_bytes()));
        let target = Target {
            kind: Kind::BranchSet,
            record,
            base,
            also: vec![],
            to: vec![Principal::EVERYBODY],
        };
        let op = clear(&mut self.who, target, &signed, rnd);
        self.set_op = op.op_id;
        self.who.take_set(&signed);
        op
    }
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
    fn a_founder_comes_back_and_goes_on_counting() {
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
        let (founder, ops) = Founder::found(&invite, &plan, &mut Counting(2));
        let mut again = Founder::decode(&founder.encode()).unwrap();
        assert_eq!(again.set(), founder.set());
        let (link, op) = again.invite(Role::Mentor, false, Now { wall_s: 5 }, &mut Counting(3));
        assert_eq!((ops.len(), op.seq), (2, 3));
        assert_eq!(Link::parse(&link.show("http://127.0.0.1:8080")), Ok(link));
        let file = founder.age_identity_file();
        assert_eq!(
            crate::seal::hazmat::parse_identity_file(&file).as_ref(),
            Some(again.who.account().age_secret())
        );
    }
}
