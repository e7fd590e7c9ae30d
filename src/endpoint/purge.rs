//! `lylich-endpoint purge`: drops what no longer has to be kept (sync protocol §12, security §9.4).
//!
//! Invariant: only bodies that a newer version of the same record replaces, sixty days after, and only below the watermark, so that a
//! backup off the machine still has them; invites that ran out; lines of the access log of more than two years, whose last one stays
//! as the place the chain begins at. Headers, hashes and tombstones stay for ever.

use crate::desk::{Desk, say};
use crate::fault::Fault;
use crate::home::HomeArgs;
use crate::random::now;
use clap::Args;
use sync::id::OpId;

const DAY: u64 = 86_400;
/// How long a replaced body stays.
const REPLACED: u64 = 60 * DAY;
/// How long a line of the access log stays.
const LINES: u64 = 730 * DAY;

/// The command's own options.
#[derive(Args, Clone)]
pub struct PurgeArgs {
    #[command(flatten)]
    home: HomeArgs,
}

/// Runs it.
pub fn run(args: &PurgeArgs) -> Result<(), Fault> {
    let time = now().wall_s;
    let mut desk = Desk::open(&args.home.open()?)?;
    let ago = |seconds: u64| i64::try_from(time.saturating_sub(seconds)).unwrap_or_default();
    // Drafts and progress are kinds 1 and 6; a record with one leaf is nobody's conflict.
    let bodies = "UPDATE op SET body = NULL, state = 1 WHERE kind IN (1, 6) AND state = 0 AND server_time < $1 \
        AND server_seq <= (SELECT watermark FROM counter) \
        AND EXISTS (SELECT 1 FROM op_base WHERE op_base.record_id = op.record_id AND op_base.base_id = op.op_id) \
        AND 1 = (SELECT COUNT(*) FROM op AS leaf WHERE leaf.record_id = op.record_id AND NOT EXISTS \
        (SELECT 1 FROM op_base WHERE op_base.record_id = leaf.record_id AND op_base.base_id = leaf.op_id))";
    let invites = "DELETE FROM invite WHERE used_by IS NULL AND expires < $1";
    let (bodies, invites) = desk.act("purge", OpId::ZERO, |store| {
        let bodies = store.run(async |db| sqlx::query(bodies).bind(ago(REPLACED)).execute(db).await)?;
        let invites = store.run(async |db| sqlx::query(invites).bind(ago(0)).execute(db).await)?;
        Ok((bodies.rows_affected(), invites.rows_affected()))
    })?;
    let lines = cut_log(&mut desk, ago(LINES))?;
    desk.close()?;
    say(&[format!(
        "dropped {bodies} replaced bodies, {invites} invites that ran out, {lines} lines of the access log"
    )])
}

/// The line that says so names the number of the line that is now the first.
fn cut_log(desk: &mut Desk, before: i64) -> Result<u64, Fault> {
    let first = desk.store().run(async |db| {
        let sql = "SELECT MAX(n) FROM log WHERE time < $1";
        sqlx::query(sql).bind(before).fetch_one(db).await
    })?;
    let Some(first) = sqlx::Row::try_get::<Option<i64>, _>(&first, 0)?.filter(|first| *first > 1) else {
        return Ok(0);
    };
    let cut = desk.act("cut-log", crate::log::number(first.unsigned_abs()), |store| {
        store.run(async |db| {
            sqlx::query("DELETE FROM log WHERE n < $1")
                .bind(first)
                .execute(db)
                .await
        })
    })?;
    Ok(cut.rows_affected())
}
