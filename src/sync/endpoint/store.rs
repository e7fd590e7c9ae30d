//! The endpoint's tables as the core sees them (sync protocol §16).
//!
//! Invariant: everything between `begin` and `commit` happens or does not; `begin` takes the write lock, so leaves are judged on
//! committed facts and commit order is `server_seq` order. Implemented over SQL by the endpoint, in memory by the tests.

use crate::access::Access;
use crate::answer::Standing;
use crate::id::{
    AccountId, AgePub, BranchId, DeviceId, Epoch, InviteId, OpHash, OpId, Principal, RecordId, Sig, SignPub,
};
use crate::keys::EndpointKeys;
use crate::keys::InviteKey;
use crate::kind::{Class, Role};
use crate::receipt::Receipt;

/// Why a table could not be read or written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreFault {
    /// Locked by another process: the phone comes back soon.
    #[error("the database is busy")]
    Busy,
    /// No space: the operator has to make room.
    #[error("the disk is full")]
    Full,
    /// A statement failed that should not have: a fault of the program; the letter is refused, the process goes on.
    #[error("a statement failed")]
    Bug,
    /// Reading, writing or flushing failed: the process must end, a failed flush is never tried again.
    #[error("the database cannot be trusted any more")]
    Broken,
}

/// The one row of `counter`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counter {
    /// Greatest `server_seq` given.
    pub seq: u64,
    /// Drawn when this database was made or restored.
    pub epoch: Epoch,
    /// Greatest `server_seq` in a backup off the machine.
    pub watermark: u64,
}

/// A branch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BranchRow {
    /// Its identifier.
    pub id: BranchId,
    /// Its root.
    pub root_pub: SignPub,
    /// What may leave the phones.
    pub class: Class,
    /// Version of the set in force.
    pub set_version: u64,
    /// The op that holds it.
    pub set_op: OpId,
    /// Whether one secretary may act alone.
    pub single_secretary: bool,
    /// Closed by the operator.
    pub closed: bool,
}

/// An account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountRow {
    /// Its identifier.
    pub id: AccountId,
    /// Its branch.
    pub branch: BranchId,
    /// What is sealed to it.
    pub age_pub: AgePub,
    /// What its certificates are checked with.
    pub sign_pub: SignPub,
    /// Its role.
    pub role: Role,
    /// Whether it may send.
    pub standing: Standing,
    /// What its consent allows.
    pub class: Class,
    /// Rises when role or standing changes.
    pub entitlement: u64,
    /// A device of it was revoked: further devices need an invite.
    pub had_revoked: bool,
    /// The account itself was revoked: closed for good.
    pub revoked: bool,
    /// The invite vouched for a guardian's consent.
    pub guardian: bool,
    /// Who made its invite; a mentor's card comes from somebody else.
    pub maker: Option<AccountId>,
    /// Bytes stored for it.
    pub bytes: u64,
}

/// A device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceRow {
    /// Its identifier.
    pub id: DeviceId,
    /// Its account.
    pub account: AccountId,
    /// Its key.
    pub device_pub: SignPub,
    /// The account's word for it.
    pub certificate: Sig,
    /// Revoked.
    pub closed: bool,
    /// Greatest `device_seq` held.
    pub max_seq: u64,
}

/// An invite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InviteRow {
    /// Its identifier.
    pub id: InviteId,
    /// Its branch; `None` for a founding invite, which makes one.
    pub branch: Option<BranchId>,
    /// Public part of the key behind the code.
    pub invite_pub: SignPub,
    /// The role it gives.
    pub role: Role,
    /// For an existing account.
    pub account: Option<AccountId>,
    /// Last second it may be used.
    pub expires: u64,
    /// The maker has seen a guardian's consent.
    pub guardian: bool,
    /// Typed by hand.
    pub typed: bool,
    /// Who made it; `None` for the operator's command.
    pub maker: Option<AccountId>,
    /// Who used it.
    pub used_by: Option<AccountId>,
}

/// What is left of an op's body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpState {
    /// Whole.
    Whole,
    /// Superseded and pruned.
    Pruned,
    /// Erased by its author or a secretary.
    Erased,
}

impl OpState {
    /// The number in the database and on the wire.
    pub fn number(self) -> u8 {
        match self {
            Self::Whole => 0,
            Self::Pruned => 1,
            Self::Erased => 2,
        }
    }

    /// Back from the number.
    pub fn from_number(number: u64) -> Option<Self> {
        [Self::Whole, Self::Pruned, Self::Erased]
            .into_iter()
            .find(|state| u64::from(state.number()) == number)
    }
}

/// A stored op.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpRow {
    /// Its identifier.
    pub op_id: OpId,
    /// Place in commit order.
    pub server_seq: u64,
    /// When it was stored (seconds since 1970-01-01 UTC).
    pub server_time: u64,
    /// The database that gave the receipt.
    pub epoch: Epoch,
    /// Its branch.
    pub branch: BranchId,
    /// Its author.
    pub account: AccountId,
    /// The device that signed it.
    pub device: DeviceId,
    /// That device's counter.
    pub device_seq: u64,
    /// Its record.
    pub record: RecordId,
    /// Number of its kind.
    pub kind: u16,
    /// Its fingerprint.
    pub op_hash: OpHash,
    /// Its header as signed.
    pub header: Vec<u8>,
    /// Its signature.
    pub sig: Sig,
    /// Its body, unless dropped.
    pub body: Option<Vec<u8>>,
    /// What is left of the body.
    pub state: OpState,
}

impl OpRow {
    /// The receipt for this row; the same bytes each time.
    pub fn receipt(&self, keys: &EndpointKeys) -> Receipt {
        Receipt::sign(
            keys,
            &self.op_id,
            &self.op_hash,
            self.server_seq,
            self.server_time,
            self.epoch,
        )
    }
}

/// Whose a record is: what its first op stored says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordRow {
    /// The branch it is in.
    pub branch: BranchId,
    /// Who wrote it first.
    pub account: AccountId,
    /// Number of the first op's kind.
    pub kind: u16,
}

/// A line of the access log: who did what, never what was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogRow {
    /// Counts from 1.
    pub n: u64,
    /// Seconds since 1970-01-01 UTC.
    pub time: u64,
    /// The acting device.
    pub actor: DeviceId,
    /// "enrol", "push", "serve", "status", "erase", "set", "card", "invite", "revoke",
    /// "consent", "assign", "forward".
    pub action: &'static str,
    /// The op concerned.
    pub target: OpId,
    /// SHA-256 of the line before this one and of this one's fields.
    pub hash: [u8; 32],
}

/// The tables. All writes stand between `begin` and `commit`.
pub trait Store {
    /// Starts a transaction and takes the write lock.
    fn begin(&mut self) -> Result<Counter, StoreFault>;
    /// Makes everything since `begin` durable. Only after this may anything be claimed.
    fn commit(&mut self) -> Result<(), StoreFault>;
    /// Forgets everything since `begin`.
    fn rollback(&mut self);
    /// Stores the greatest `server_seq` given.
    fn put_seq(&mut self, seq: u64) -> Result<(), StoreFault>;
    /// Greatest `server_seq` that survived from an earlier epoch of this database.
    fn old_epoch(&mut self, epoch: &Epoch) -> Result<Option<u64>, StoreFault>;

    /// A branch.
    fn branch(&mut self, id: &BranchId) -> Result<Option<BranchRow>, StoreFault>;
    /// Makes or replaces a branch.
    fn put_branch(&mut self, row: &BranchRow) -> Result<(), StoreFault>;
    /// An account.
    fn account(&mut self, id: &AccountId) -> Result<Option<AccountRow>, StoreFault>;
    /// Makes or replaces an account.
    fn put_account(&mut self, row: &AccountRow) -> Result<(), StoreFault>;
    /// The accounts of a branch with the secretary's role.
    fn secretaries(&mut self, branch: &BranchId) -> Result<Vec<AccountRow>, StoreFault>;
    /// A device.
    fn device(&mut self, id: &DeviceId) -> Result<Option<DeviceRow>, StoreFault>;
    /// Makes or replaces a device.
    fn put_device(&mut self, row: &DeviceRow) -> Result<(), StoreFault>;
    /// An invite.
    fn invite(&mut self, id: &InviteId) -> Result<Option<InviteRow>, StoreFault>;
    /// Makes or replaces an invite.
    fn put_invite(&mut self, row: &InviteRow) -> Result<(), StoreFault>;

    /// An op with its body.
    fn op(&mut self, id: &OpId) -> Result<Option<OpRow>, StoreFault>;
    /// Stores a new op, what it goes on from or acts on (earlier versions; the original of a forward; what it erases or revokes) and who it is for.
    fn put_op(&mut self, row: &OpRow, bases: &[OpId], to: &[Principal]) -> Result<(), StoreFault>;
    /// Whether an op of this device with this counter is held.
    fn seq_used(&mut self, device: &DeviceId, device_seq: u64) -> Result<bool, StoreFault>;
    /// A record, by the first op stored of it.
    fn record(&mut self, id: &RecordId) -> Result<Option<RecordRow>, StoreFault>;
    /// Ops of a record that no op of the same record names as a base; at most `limit`, by `server_seq`.
    fn leaves(&mut self, record: &RecordId, limit: usize) -> Result<Vec<OpId>, StoreFault>;
    /// Ops of the branch for any of these principals after a `server_seq`, in its order, each once.
    fn rows(
        &mut self,
        branch: &BranchId,
        principals: &[Principal],
        after: u64,
        limit: usize,
    ) -> Result<Vec<OpRow>, StoreFault>;
    /// Ops of a record that name this one as what they were made from.
    fn heirs(&mut self, record: &RecordId, op: &OpId) -> Result<Vec<OpId>, StoreFault>;
    /// Ops of this kind, no versions of a record, that act on this identifier.
    fn acting_on(&mut self, id: &OpId, kind: u16) -> Result<Vec<OpId>, StoreFault>;
    /// Drops the body of an op for good, and of whatever forwards it, and marks them erased; the rows stay, so that they are known when
    /// they come again.
    fn erase_op(&mut self, op: &OpId) -> Result<(), StoreFault>;
    /// The same for every op of a record but the one that deletes it.
    fn erase_record(&mut self, record: &RecordId, but: &OpId) -> Result<(), StoreFault>;
    /// Drops the sealed bodies of an account and marks those ops erased.
    fn erase_account(&mut self, account: &AccountId) -> Result<(), StoreFault>;

    /// Number and hash of the last line of the access log; zeros when there is none.
    fn log_head(&mut self) -> Result<(u64, [u8; 32]), StoreFault>;
    /// Lines after this number that say that a sealed op of this account was served to another one, by number, at most `limit`. A forward
    /// counts as the op that it carries on, whoever made it.
    fn accesses(&mut self, account: &AccountId, after: u64, limit: usize) -> Result<Vec<Access>, StoreFault>;
    /// Adds a line.
    fn put_log(&mut self, row: &LogRow) -> Result<(), StoreFault>;
}

/// The row of a founding invite: usable once, by whoever founds a branch here.
pub fn new_founding_invite(code: &[u8; 16], expires: u64) -> InviteRow {
    let key = InviteKey::from_code(code);
    InviteRow {
        id: key.id(),
        branch: None,
        invite_pub: key.public(),
        role: Role::Secretary,
        account: None,
        expires,
        guardian: false,
        typed: false,
        maker: None,
        used_by: None,
    }
}
