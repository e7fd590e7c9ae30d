//! Who this phone is: account and device keys, the branch it belongs to, its counter. Lies sealed in the vault (`meta.self`).
//!
//! Invariant: `device_seq` only rises; the branch set is replaced only by a higher version signed by the same root. Not here:
//! cutting ops (`cut`).

use crate::answer::Standing;
use crate::body::Consent;
use crate::branch::{BranchSet, ShortSet, SignedSet};
use crate::id::{AccountId, BranchId, DeviceId, SignPub};
use crate::keys::{AccountKeys, DeviceKeys, Seed};
use crate::kind::{Class, Role};
use crate::shape::{self, BadShape};
use minicbor::Encode;
use zeroize::Zeroizing;

const FORMAT: u8 = 1;

/// The newest schema of drafts, hand-ins and cases that this program writes and understands.
pub const SCHEMA: u16 = 1;

/// A phone's identity in its branch.
#[derive(Clone)]
pub struct Identity {
    pub(super) account: AccountKeys,
    pub(super) device: DeviceKeys,
    pub(super) branch: ShortSet,
    pub(super) set: Option<SignedSet>,
    pub(super) role: Role,
    pub(super) standing: Standing,
    pub(super) device_seq: u64,
    pub(super) consent: Consent,
    /// What the program knows: [`SCHEMA`], or the next one on a phone of the simulator that was brought up to date.
    pub(crate) schema: u16,
}

crate::map_shape! {
    #[derive(Encode)]
    struct Row {
        #[n(0)]
        format: u8,
        #[cbor(n(1), with = "minicbor::bytes")]
        account: [u8; 32],
        #[cbor(n(2), with = "minicbor::bytes")]
        device: [u8; 32],
        #[n(3)]
        branch: ShortSet,
        #[n(4)]
        set: Option<SignedSet>,
        #[n(5)]
        role: Role,
        #[n(6)]
        standing: Standing,
        #[n(7)]
        device_seq: u64,
        #[n(8)]
        consent: Consent,
    }
}

impl Identity {
    pub(crate) fn new(
        account: AccountKeys,
        device: DeviceKeys,
        branch: ShortSet,
        role: Role,
        consent: Consent,
    ) -> Self {
        Self {
            account,
            device,
            branch,
            set: None,
            role,
            standing: Standing::Active,
            device_seq: 0,
            consent,
            schema: SCHEMA,
        }
    }

    /// Bytes for the vault. They hold the private keys.
    pub fn encode(&self) -> Zeroizing<Vec<u8>> {
        let row = Row {
            format: FORMAT,
            account: **self.account.seed(),
            device: *self.device.seed(),
            branch: self.branch.clone(),
            set: self.set.clone(),
            role: self.role,
            standing: self.standing,
            device_seq: self.device_seq,
            consent: self.consent,
        };
        Zeroizing::new(shape::encode(&row))
    }

    /// From the vault's bytes.
    pub fn decode(bytes: &[u8]) -> Result<Self, BadShape> {
        let row: Row = shape::whole(bytes)?;
        if row.format != FORMAT {
            return Err(BadShape);
        }
        Ok(Self {
            account: AccountKeys::from_seed(Seed::new(row.account)),
            device: DeviceKeys::from_seed(&Seed::new(row.device)),
            branch: row.branch,
            set: row.set,
            role: row.role,
            standing: row.standing,
            device_seq: row.device_seq,
            consent: row.consent,
            schema: SCHEMA,
        })
    }

    /// The person's account.
    pub fn account_id(&self) -> AccountId {
        self.account.id()
    }

    /// The account's keys, to open what is sealed to this person.
    pub fn account(&self) -> &AccountKeys {
        &self.account
    }

    /// This phone.
    pub fn device_id(&self) -> DeviceId {
        self.device.id()
    }

    /// The branch.
    pub fn branch_id(&self) -> BranchId {
        self.branch.branch()
    }

    /// The device's keys, for tests that sign by hand.
    #[cfg(test)]
    pub(crate) fn device_keys(&self) -> &DeviceKeys {
        &self.device
    }

    /// What the phone knows of the branch.
    pub fn branch(&self) -> &ShortSet {
        &self.branch
    }

    /// The pinned key of the endpoint.
    pub fn endpoint(&self) -> SignPub {
        self.branch.endpoint_sign
    }

    /// The role as the invite, or the endpoint's last answer, named it.
    pub fn role(&self) -> Role {
        self.role
    }

    /// How the account stood at the last answer.
    pub fn standing(&self) -> Standing {
        self.standing
    }

    /// What the person agreed to.
    pub fn consent(&self) -> &Consent {
        &self.consent
    }

    /// Number of the last op this device cut.
    pub fn device_seq(&self) -> u64 {
        self.device_seq
    }

    /// The class in force: what both the branch and the person allow. Under sixteen the guardian's word given on this phone counts
    /// here; the endpoint asks for the secretary's as well.
    pub fn class(&self) -> Class {
        self.branch.class.min(self.consent.allows(self.consent.guardian))
    }

    /// Version of the signed set held, 0 for none.
    pub fn set_version(&self) -> u64 {
        if self.set.is_some() { self.branch.version } else { 0 }
    }

    /// The signed set, once the endpoint has sent it.
    pub fn set(&self) -> Option<BranchSet> {
        self.set.as_ref().and_then(|signed| signed.verify().ok())
    }

    /// Takes a branch set if the same root signed it and it is newer. Returns whether it was taken.
    pub fn take_set(&mut self, signed: &SignedSet) -> bool {
        let Ok(set) = signed.verify() else { return false };
        let newer = if self.set.is_some() {
            set.version > self.branch.version
        } else {
            set.version >= self.branch.version
        };
        if set.branch != self.branch_id() || !newer {
            return false;
        }
        self.branch = set.short();
        self.set = Some(signed.clone());
        true
    }

    /// Takes what an answer says about this account. Returns whether anything changed.
    pub fn take_standing(&mut self, role: Option<Role>, standing: Standing) -> bool {
        let before = (self.role, self.standing);
        self.role = role.unwrap_or(self.role);
        self.standing = standing;
        before != (self.role, self.standing)
    }
}
