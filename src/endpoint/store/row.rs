//! Rows to values: which columns are asked for, and every one read with its length checked.
//!
//! Invariant: a column of the wrong type or length makes the whole row unreadable (`None`), never a default.

use sqlx::Row;
use sqlx::any::AnyRow;
use sync::access::Access;
use sync::answer::Standing;
use sync::endpoint::{AccountRow, BranchRow, Counter, DeviceRow, InviteRow, OpRow, OpState, RecordRow};
use sync::id::{AccountId, AgePub, BranchId, DeviceId, Epoch, InviteId, OpHash, OpId, RecordId, Sig, SignPub};
use sync::kind::{Class, Role};

/// Devices by identifier, read by [`device`]; a list of identifiers follows each of these.
pub const DEVICES: &str =
    "SELECT device_id, account_id, device_pub, cert, closed, max_seq FROM device WHERE device_id IN ";
/// Accounts by identifier, read by [`account`].
pub const ACCOUNTS: &str = "SELECT account_id, branch_id, age_pub, sign_pub, role, state, class, entitlement, had_revoked, revoked, \
                            guardian, maker, bytes FROM account WHERE account_id IN ";
/// Accounts of a branch with the secretary's role, read by [`account`].
pub const SECRETARIES: &str = "SELECT account_id, branch_id, age_pub, sign_pub, role, state, class, entitlement, had_revoked, \
                               revoked, guardian, maker, bytes FROM account WHERE role = 3 AND branch_id IN ";
/// Branches, read by [`branch`].
pub const BRANCHES: &str =
    "SELECT branch_id, root_pub, class, set_version, set_op, single, closed FROM branch WHERE branch_id IN ";
/// Invites, read by [`invite`].
pub const INVITES: &str = "SELECT invite_id, branch_id, invite_pub, role, account_id, expires, guardian, typed, maker, used_by \
                           FROM invite WHERE invite_id IN ";
/// Ops, read by [`op`].
pub const OPS: &str = "SELECT op_id, server_seq, server_time, epoch, branch_id, account_id, device_id, device_seq, record_id, kind, \
                       op_hash, header, sig, body, state FROM op WHERE op_id IN ";
/// Records, read by [`record`]; [`FIRST`] follows the list.
pub const RECORDS: &str = "SELECT record_id, branch_id, account_id, kind FROM op WHERE record_id IN ";
/// Only the first op stored of each record.
pub const FIRST: &str = " AND NOT EXISTS (SELECT 1 FROM op AS earlier WHERE earlier.record_id = op.record_id AND \
                         earlier.server_seq < op.server_seq)";

/// Numbers as the database keeps them. Ours never reach the sign bit; one that did would stop at the greatest.
pub fn ints<const N: usize>(values: [u64; N]) -> [i64; N] {
    values.map(|value| i64::try_from(value).unwrap_or(i64::MAX))
}

/// A row to be read by position.
pub struct Cells<'r>(pub &'r AnyRow);

impl Cells<'_> {
    /// A number.
    pub fn int(&self, at: usize) -> Option<u64> {
        self.0
            .try_get::<i64, _>(at)
            .ok()
            .and_then(|value| u64::try_from(value).ok())
    }

    fn flag(&self, at: usize) -> Option<bool> {
        self.int(at).map(|value| value != 0)
    }

    fn bytes(&self, at: usize) -> Option<Vec<u8>> {
        self.0.try_get(at).ok()
    }

    /// Exactly `N` bytes.
    pub fn fixed<const N: usize>(&self, at: usize) -> Option<[u8; N]> {
        self.bytes(at)?.as_slice().try_into().ok()
    }

    fn maybe<const N: usize>(&self, at: usize) -> Option<Option<[u8; N]>> {
        let bytes: Option<Vec<u8>> = self.0.try_get(at).ok()?;
        match bytes {
            None => Some(None),
            Some(bytes) => bytes.as_slice().try_into().ok().map(Some),
        }
    }
}

/// The number of a standing in `account.state`.
pub fn standing_number(standing: Standing) -> u64 {
    match standing {
        Standing::Active => 0,
        Standing::Waiting => 1,
        Standing::Closed => 2,
    }
}

fn standing(number: u64) -> Option<Standing> {
    [Standing::Active, Standing::Waiting, Standing::Closed]
        .into_iter()
        .find(|one| standing_number(*one) == number)
}

/// seq, epoch, watermark
pub fn counter(cells: &Cells<'_>) -> Option<Counter> {
    Some(Counter {
        seq: cells.int(0)?,
        epoch: Epoch(cells.fixed(1)?),
        watermark: cells.int(2)?,
    })
}

/// branch_id, root_pub, class, set_version, set_op, single, closed
pub fn branch(cells: &Cells<'_>) -> Option<BranchRow> {
    Some(BranchRow {
        id: BranchId(cells.fixed(0)?),
        root_pub: SignPub(cells.fixed(1)?),
        class: Class::from_number(cells.int(2)?)?,
        set_version: cells.int(3)?,
        set_op: OpId(cells.fixed(4)?),
        single_secretary: cells.flag(5)?,
        closed: cells.flag(6)?,
    })
}

/// account_id, branch_id, age_pub, sign_pub, role, state, class, entitlement, had_revoked, revoked, guardian, maker, bytes
pub fn account(cells: &Cells<'_>) -> Option<AccountRow> {
    Some(AccountRow {
        id: AccountId(cells.fixed(0)?),
        branch: BranchId(cells.fixed(1)?),
        age_pub: AgePub(cells.fixed(2)?),
        sign_pub: SignPub(cells.fixed(3)?),
        role: Role::from_number(cells.int(4)?)?,
        standing: standing(cells.int(5)?)?,
        class: Class::from_number(cells.int(6)?)?,
        entitlement: cells.int(7)?,
        had_revoked: cells.flag(8)?,
        revoked: cells.flag(9)?,
        guardian: cells.flag(10)?,
        maker: cells.maybe(11)?.map(AccountId),
        bytes: cells.int(12)?,
    })
}

/// device_id, account_id, device_pub, cert, closed, max_seq
pub fn device(cells: &Cells<'_>) -> Option<DeviceRow> {
    Some(DeviceRow {
        id: DeviceId(cells.fixed(0)?),
        account: AccountId(cells.fixed(1)?),
        device_pub: SignPub(cells.fixed(2)?),
        certificate: Sig(cells.fixed(3)?),
        closed: cells.flag(4)?,
        max_seq: cells.int(5)?,
    })
}

/// invite_id, branch_id, invite_pub, role, account_id, expires, guardian, typed, maker, used_by
pub fn invite(cells: &Cells<'_>) -> Option<InviteRow> {
    Some(InviteRow {
        id: InviteId(cells.fixed(0)?),
        branch: cells.maybe(1)?.map(BranchId),
        invite_pub: SignPub(cells.fixed(2)?),
        role: Role::from_number(cells.int(3)?)?,
        account: cells.maybe(4)?.map(AccountId),
        expires: cells.int(5)?,
        guardian: cells.flag(6)?,
        typed: cells.flag(7)?,
        maker: cells.maybe(8)?.map(AccountId),
        used_by: cells.maybe(9)?.map(AccountId),
    })
}

/// record_id, branch_id, account_id, kind
pub fn record(cells: &Cells<'_>) -> Option<(RecordId, RecordRow)> {
    let row = RecordRow {
        branch: BranchId(cells.fixed(1)?),
        account: AccountId(cells.fixed(2)?),
        kind: u16::try_from(cells.int(3)?).ok()?,
    };
    Some((RecordId(cells.fixed(0)?), row))
}

/// op_id, server_seq, server_time, epoch, branch_id, account_id, device_id, device_seq, record_id, kind, op_hash, header, sig, body,
/// state
pub fn op(cells: &Cells<'_>) -> Option<OpRow> {
    Some(OpRow {
        op_id: OpId(cells.fixed(0)?),
        server_seq: cells.int(1)?,
        server_time: cells.int(2)?,
        epoch: Epoch(cells.fixed(3)?),
        branch: BranchId(cells.fixed(4)?),
        account: AccountId(cells.fixed(5)?),
        device: DeviceId(cells.fixed(6)?),
        device_seq: cells.int(7)?,
        record: RecordId(cells.fixed(8)?),
        kind: u16::try_from(cells.int(9)?).ok()?,
        op_hash: OpHash(cells.fixed(10)?),
        header: cells.bytes(11)?,
        sig: Sig(cells.fixed(12)?),
        body: cells.0.try_get(13).ok()?,
        state: OpState::from_number(cells.int(14)?)?,
    })
}

/// n, time, the sender's op, the account it was given to
pub fn access(cells: &Cells<'_>) -> Option<Access> {
    Some(Access {
        number: cells.int(0)?,
        time: cells.int(1)?,
        op_id: OpId(cells.fixed(2)?),
        account: AccountId(cells.fixed(3)?),
    })
}
