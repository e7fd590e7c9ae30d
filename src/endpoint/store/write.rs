//! Writing out what a transaction holds: many rows a statement.
//!
//! Invariant: a row is written after the rows that it refers to; everything held is written before the transaction ends. Not here:
//! when that is (`store::transaction`).

use super::Sql;
use super::pending::NewOp;
use super::places::{pieces, values};
use super::row::{self, ints};
use sqlx::any::AnyArguments;
use sqlx::query::Query;
use sqlx::{Any, AnyConnection, AssertSqlSafe, Error};
use sync::endpoint::{AccountRow, BranchRow, DeviceRow, InviteRow, LogRow, StoreFault};
use sync::id::{AccountId, OpId, Principal, RecordId};

type Row<'q> = Query<'q, Any, AnyArguments>;

/// Rows of a table: what stands before and behind them, and how many values each has.
struct Table {
    before: &'static str,
    columns: usize,
    after: &'static str,
}

const BRANCH: Table = Table {
    before: "INSERT INTO branch (branch_id, root_pub, class, set_version, set_op, single, closed) VALUES ",
    columns: 7,
    after: " ON CONFLICT (branch_id) DO UPDATE SET class = excluded.class, set_version = excluded.set_version, \
            set_op = excluded.set_op, single = excluded.single, closed = excluded.closed",
};
const ACCOUNT: Table = Table {
    before: "INSERT INTO account (account_id, branch_id, age_pub, sign_pub, role, state, class, entitlement, had_revoked, \
             revoked, guardian, maker, bytes) VALUES ",
    columns: 13,
    after: " ON CONFLICT (account_id) DO UPDATE SET role = excluded.role, state = excluded.state, class = excluded.class, \
            entitlement = excluded.entitlement, had_revoked = excluded.had_revoked, revoked = excluded.revoked, \
            guardian = excluded.guardian, maker = excluded.maker, bytes = excluded.bytes",
};
const DEVICE: Table = Table {
    before: "INSERT INTO device (device_id, account_id, device_pub, cert, closed, max_seq) VALUES ",
    columns: 6,
    after: " ON CONFLICT (device_id) DO UPDATE SET closed = excluded.closed, max_seq = excluded.max_seq",
};
const INVITE: Table = Table {
    before: "INSERT INTO invite (invite_id, branch_id, invite_pub, role, account_id, expires, guardian, typed, maker, \
             used_by) VALUES ",
    columns: 10,
    after: " ON CONFLICT (invite_id) DO UPDATE SET used_by = excluded.used_by",
};
const OP: Table = Table {
    before: "INSERT INTO op (op_id, server_seq, server_time, epoch, branch_id, account_id, device_id, device_seq, record_id, \
             kind, op_hash, header, sig, body, state) VALUES ",
    columns: 15,
    after: "",
};
const OP_BASE: Table = Table {
    before: "INSERT INTO op_base (record_id, base_id, op_id) VALUES ",
    columns: 3,
    after: "",
};
const OP_TO: Table = Table {
    before: "INSERT INTO op_to (principal, server_seq, op_id) VALUES ",
    columns: 3,
    after: "",
};
const LOG: Table = Table {
    before: "INSERT INTO log (n, time, actor, action, target, hash) VALUES ",
    columns: 6,
    after: "",
};

impl Table {
    async fn put<T>(
        &self,
        db: &mut AnyConnection,
        rows: &[T],
        bind: impl for<'q> Fn(Row<'q>, &'q T) -> Row<'q>,
    ) -> Result<(), Error> {
        for piece in pieces(rows) {
            let sql = format!("{}{}{}", self.before, values(self.columns, piece.len()), self.after);
            let query = piece.iter().fold(sqlx::query(AssertSqlSafe(sql)), &bind);
            query.execute(&mut *db).await?;
        }
        Ok(())
    }
}

impl Sql {
    /// Writes everything that is held and not yet written.
    pub(super) fn write_out(&mut self) -> Result<(), StoreFault> {
        let (ops, lines) = self.pending.take();
        if !ops.is_empty() {
            self.foreseen = super::Foreseen::default();
        }
        let held = &mut self.held;
        let seq = held.counter.filter(|_| held.counted).map(|counter| counter.seq);
        held.counted = false;
        let (branches, accounts) = (held.branches.changed(), held.accounts.changed());
        let (devices, invites) = (held.devices.changed(), held.invites.changed());
        let of_record = |op: &NewOp| (op.row.record, op.row.op_id);
        let bases: Vec<(RecordId, OpId, OpId)> = ops
            .iter()
            .flat_map(|op| {
                let (record, id) = of_record(op);
                op.bases.iter().map(move |base| (record, *base, id))
            })
            .collect();
        let to: Vec<(Principal, u64, OpId)> = ops
            .iter()
            .flat_map(|op| op.to.iter().map(|one| (*one, op.row.server_seq, op.row.op_id)))
            .collect();
        self.run(async |db| {
            if let Some(seq) = seq {
                let [seq] = ints([seq]);
                let query = sqlx::query("UPDATE counter SET seq = $1 WHERE id = 1").bind(seq);
                query.execute(&mut *db).await?;
            }
            BRANCH.put(db, &branches, branch).await?;
            ACCOUNT.put(db, &accounts, account).await?;
            DEVICE.put(db, &devices, device).await?;
            INVITE.put(db, &invites, invite).await?;
            OP.put(db, &ops, op).await?;
            OP_BASE
                .put(db, &bases, |query, (record, base, id)| {
                    query.bind(&record.0[..]).bind(&base.0[..]).bind(&id.0[..])
                })
                .await?;
            OP_TO
                .put(db, &to, |query, (principal, seq, id)| {
                    let [seq] = ints([*seq]);
                    query.bind(&principal.0[..]).bind(seq).bind(&id.0[..])
                })
                .await?;
            LOG.put(db, &lines, line).await
        })
    }
}

fn branch<'q>(query: Row<'q>, row: &'q BranchRow) -> Row<'q> {
    let [class, version, single, closed] = ints([
        row.class.number().into(),
        row.set_version,
        row.single_secretary.into(),
        row.closed.into(),
    ]);
    let query = query.bind(&row.id.0[..]).bind(&row.root_pub.0[..]).bind(class);
    query.bind(version).bind(&row.set_op.0[..]).bind(single).bind(closed)
}

fn account<'q>(query: Row<'q>, row: &'q AccountRow) -> Row<'q> {
    let [role, state, class] = ints([
        row.role.number().into(),
        row::standing_number(row.standing),
        row.class.number().into(),
    ]);
    let [entitlement, had_revoked, revoked, guardian, bytes] = ints([
        row.entitlement,
        row.had_revoked.into(),
        row.revoked.into(),
        row.guardian.into(),
        row.bytes,
    ]);
    let query = query.bind(&row.id.0[..]).bind(&row.branch.0[..]);
    let query = query.bind(&row.age_pub.0[..]).bind(&row.sign_pub.0[..]);
    let query = query.bind(role).bind(state).bind(class).bind(entitlement);
    let query = query.bind(had_revoked).bind(revoked).bind(guardian);
    query.bind(bytes_of(&row.maker)).bind(bytes)
}

fn bytes_of(id: &Option<AccountId>) -> Option<&[u8]> {
    id.as_ref().map(|id| &id.0[..])
}

fn device<'q>(query: Row<'q>, row: &'q DeviceRow) -> Row<'q> {
    let [closed, max_seq] = ints([row.closed.into(), row.max_seq]);
    let query = query.bind(&row.id.0[..]).bind(&row.account.0[..]);
    let query = query.bind(&row.device_pub.0[..]).bind(&row.certificate.0[..]);
    query.bind(closed).bind(max_seq)
}

fn invite<'q>(query: Row<'q>, row: &'q InviteRow) -> Row<'q> {
    let [role, expires, guardian, typed] = ints([
        row.role.number().into(),
        row.expires,
        row.guardian.into(),
        row.typed.into(),
    ]);
    let query = query.bind(&row.id.0[..]).bind(row.branch.as_ref().map(|id| &id.0[..]));
    let query = query
        .bind(&row.invite_pub.0[..])
        .bind(role)
        .bind(bytes_of(&row.account));
    let query = query.bind(expires).bind(guardian).bind(typed);
    query.bind(bytes_of(&row.maker)).bind(bytes_of(&row.used_by))
}

fn op<'q>(query: Row<'q>, NewOp { row, .. }: &'q NewOp) -> Row<'q> {
    let [seq, time, device_seq, kind, state] = ints([
        row.server_seq,
        row.server_time,
        row.device_seq,
        row.kind.into(),
        row.state.number().into(),
    ]);
    let query = query.bind(&row.op_id.0[..]).bind(seq).bind(time).bind(&row.epoch.0[..]);
    let query = query.bind(&row.branch.0[..]).bind(&row.account.0[..]);
    let query = query.bind(&row.device.0[..]).bind(device_seq).bind(&row.record.0[..]);
    let query = query.bind(kind).bind(&row.op_hash.0[..]).bind(&row.header[..]);
    query.bind(&row.sig.0[..]).bind(row.body.as_deref()).bind(state)
}

fn line<'q>(query: Row<'q>, row: &'q LogRow) -> Row<'q> {
    let [n, time] = ints([row.n, row.time]);
    let query = query.bind(n).bind(time).bind(&row.actor.0[..]);
    query.bind(row.action).bind(&row.target.0[..]).bind(&row.hash[..])
}
