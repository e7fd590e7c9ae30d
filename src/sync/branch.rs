//! The branch set: class, keys and secretaries of a branch, signed by its root (sync protocol §4, kind 13), and its short form in
//! the enrolment link.
//!
//! Invariant: a full set counts only with a valid root signature (`SignedSet::verify`), and a phone replaces the one it holds only
//! by a higher version. The short set is trusted because the sheet it came on is. Not here: the link around it (`link`).

use crate::body::Join;
use crate::hash::tagged;
use crate::id::{AccountId, AgePub, BranchId, Sig, SignPub};
use crate::keys::{self, BranchRoot, sign};
use crate::kind::Class;
use crate::shape::{self, BadShape};
use minicbor::Encode;

/// Longest name of a branch, in characters.
pub const MAX_NAME: usize = 60;
/// Most secretaries a set names.
pub const MAX_SECRETARIES: usize = 4;
/// Flag: candidates' phones may carry parcels.
pub const FLAG_CANDIDATES_CARRY: u64 = 1;
/// Flag: a single secretary; a mentor's join is then active at once.
pub const FLAG_SINGLE_SECRETARY: u64 = 2;

crate::array_shape! {
    /// One secretary as the set names them.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Encode)]
    pub struct Secretary {
        /// Their account.
        #[n(0)]
        pub account: AccountId,
        /// What is sealed to them.
        #[n(1)]
        pub age_pub: AgePub,
        /// What their devices' certificates are checked with.
        #[n(2)]
        pub sign_pub: SignPub,
    }
}

impl Secretary {
    /// Somebody who joined.
    pub fn of(join: &Join) -> Self {
        Self {
            account: join.account(),
            age_pub: join.age_pub,
            sign_pub: join.sign_pub,
        }
    }
}

crate::map_shape! {
    /// The full set.
    #[derive(Clone, Debug, PartialEq, Eq, Encode)]
    pub struct BranchSet {
        /// The branch, equal to the hash of `root_pub`.
        #[n(1)]
        pub branch: BranchId,
        /// Counts up; a phone takes only a higher one.
        #[n(2)]
        pub version: u64,
        /// What may leave the phones of this branch.
        #[n(3)]
        pub class: Class,
        /// The root's public key.
        #[n(4)]
        pub root_pub: SignPub,
        /// The endpoint's signing key, pinned by every phone.
        #[n(5)]
        pub endpoint_sign: SignPub,
        /// The endpoint's sealing key.
        #[n(6)]
        pub endpoint_age: AgePub,
        /// One to four.
        #[n(7)]
        pub secretaries: Vec<Secretary>,
        /// Bits: [`FLAG_CANDIDATES_CARRY`], [`FLAG_SINGLE_SECRETARY`].
        #[n(8)]
        pub flags: u64,
        /// Number of the consent text in force.
        #[n(9)]
        pub consent_text: u32,
        /// Name shown to people.
        #[n(10)]
        pub name: String,
    }
}

impl BranchSet {
    /// Whether the parts agree with each other and keep the limits.
    pub fn is_sound(&self) -> bool {
        self.branch == keys::branch_id(&self.root_pub)
            && (1..=MAX_SECRETARIES).contains(&self.secretaries.len())
            && self
                .secretaries
                .iter()
                .all(|one| one.account == keys::account_id(&one.age_pub, &one.sign_pub))
            && self.name.chars().count() <= MAX_NAME
    }

    /// Whether one secretary may act where otherwise two are asked for.
    pub fn single_secretary(&self) -> bool {
        self.flags & FLAG_SINGLE_SECRETARY != 0
    }

    /// Signs the set.
    pub fn sign(&self, root: &BranchRoot) -> SignedSet {
        let set = shape::encode(self);
        let sig = root.sign(&signed(&set));
        SignedSet { set, sig }
    }

    /// The form that fits into a link.
    pub fn short(&self) -> ShortSet {
        ShortSet {
            format: ShortSet::FORMAT,
            root_pub: self.root_pub,
            class: self.class,
            endpoint_sign: self.endpoint_sign,
            endpoint_age: self.endpoint_age,
            readers: self.secretaries.iter().map(|one| one.age_pub).collect(),
            version: self.version,
            consent_text: self.consent_text,
            name: self.name.clone(),
        }
    }
}

fn signed(set: &[u8]) -> Vec<u8> {
    tagged("lylich/1 set", &[set])
}

crate::map_shape! {
    /// The body of a branch set op: the set's bytes and the root's signature over them.
    #[derive(Clone, Debug, PartialEq, Eq, Encode)]
    pub struct SignedSet {
        /// The encoded [`BranchSet`].
        #[cbor(n(1), with = "minicbor::bytes")]
        pub set: Vec<u8>,
        /// The root's signature.
        #[n(2)]
        pub sig: Sig,
    }
}

impl SignedSet {
    /// The set, if it is sound and its own root signed it. The caller still has to know that root: compare `branch`.
    pub fn verify(&self) -> Result<BranchSet, BadShape> {
        let set: BranchSet = shape::strict(&self.set)?;
        let fits = set.is_sound() && sign::fits(&set.root_pub, &signed(&self.set), &self.sig);
        if fits { Ok(set) } else { Err(BadShape) }
    }
}

crate::array_shape! {
    /// What a phone must know before it can seal and hand in: the set as the link carries it.
    #[derive(Clone, Debug, PartialEq, Eq, Encode)]
    pub struct ShortSet {
        /// Format of this array: 1.
        #[n(0)]
        pub format: u8,
        /// The root's public key; the branch's identifier is its hash.
        #[n(1)]
        pub root_pub: SignPub,
        /// What may leave the phones of this branch.
        #[n(2)]
        pub class: Class,
        /// The endpoint's signing key, pinned.
        #[n(3)]
        pub endpoint_sign: SignPub,
        /// The endpoint's sealing key.
        #[n(4)]
        pub endpoint_age: AgePub,
        /// The secretaries' sealing keys.
        #[n(5)]
        pub readers: Vec<AgePub>,
        /// Version of the set this was made from.
        #[n(6)]
        pub version: u64,
        /// Number of the consent text in force.
        #[n(7)]
        pub consent_text: u32,
        /// Name shown to people.
        #[n(8)]
        pub name: String,
    }
}

impl ShortSet {
    /// The one format so far.
    pub const FORMAT: u8 = 1;

    /// The branch's identifier.
    pub fn branch(&self) -> BranchId {
        keys::branch_id(&self.root_pub)
    }

    /// Whether it keeps the limits.
    pub fn is_sound(&self) -> bool {
        self.format == Self::FORMAT
            && (1..=MAX_SECRETARIES).contains(&self.readers.len())
            && self.name.chars().count() <= MAX_NAME
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::keys::{AccountKeys, EndpointKeys};
    use crate::seal::tests::Counting;

    pub fn set(root: &BranchRoot, endpoint: &EndpointKeys, secretary: &AccountKeys) -> BranchSet {
        let (age_pub, sign_pub) = (secretary.age_pub(), secretary.sign_pub());
        BranchSet {
            branch: root.id(),
            version: 1,
            class: Class::C2,
            root_pub: root.public(),
            endpoint_sign: endpoint.sign_pub(),
            endpoint_age: endpoint.age_pub(),
            secretaries: vec![Secretary {
                account: secretary.id(),
                age_pub,
                sign_pub,
            }],
            flags: FLAG_SINGLE_SECRETARY,
            consent_text: 1,
            name: "Chi bộ thử".to_owned(),
        }
    }

    #[test]
    fn only_the_root_signs_a_set() {
        let (root, other) = (BranchRoot::draw(&mut Counting(1)), BranchRoot::draw(&mut Counting(2)));
        let set = set(
            &root,
            &EndpointKeys::draw(&mut Counting(3)),
            &AccountKeys::draw(&mut Counting(4)),
        );
        let signed = set.sign(&root);
        assert_eq!(signed.verify(), Ok(set.clone()));
        assert!(set.sign(&other).verify().is_err());
        for at in 0..signed.set.len() {
            let mut changed = signed.clone();
            changed.set[at] ^= 1;
            assert!(changed.verify().is_err(), "byte {at}");
        }
    }

    #[test]
    fn a_set_whose_parts_disagree_is_not_sound() {
        let root = BranchRoot::draw(&mut Counting(1));
        let good = set(
            &root,
            &EndpointKeys::draw(&mut Counting(3)),
            &AccountKeys::draw(&mut Counting(4)),
        );
        assert!(good.is_sound());
        let mut wrong_account = good.clone();
        wrong_account.secretaries[0].account = AccountId([9; 16]);
        let wrong = [
            BranchSet {
                branch: BranchId([9; 16]),
                ..good.clone()
            },
            BranchSet {
                secretaries: vec![],
                ..good.clone()
            },
            BranchSet {
                secretaries: vec![good.secretaries[0]; 5],
                ..good.clone()
            },
            BranchSet {
                name: "a".repeat(61),
                ..good.clone()
            },
            wrong_account,
        ];
        for set in wrong {
            assert!(!set.is_sound());
            assert!(set.sign(&root).verify().is_err());
        }
    }
}
