//! `lylich-endpoint switch-off`: stop serving a device or a branch, at once.
//!
//! Invariant: nothing is deleted and nobody's role changes: the signed revocation is the secretary's act, in the app, and cannot be
//! made here. The same command with `--undo` serves them again; a device that a secretary revoked stays off.

use crate::desk::{Desk, say};
use crate::fault::Fault;
use crate::home::HomeArgs;
use crate::store::Sql;
use clap::Args;
use sqlx::Row;
use sync::body::Revoke;
use sync::endpoint::{Store, StoreFault};
use sync::id::{BranchId, DeviceId, OpId};
use sync::kind::Kind;
use sync::shape;

/// The command's own options.
#[derive(Args, Clone)]
pub struct SwitchOffArgs {
    /// A device, as `devices` shows it.
    #[arg(long, required_unless_present = "branch", conflicts_with = "branch")]
    device: Option<DeviceId>,
    /// A whole branch, as `branches` shows it.
    #[arg(long)]
    branch: Option<BranchId>,
    /// Serve it again.
    #[arg(long)]
    undo: bool,
    #[command(flatten)]
    home: HomeArgs,
}

/// Runs it.
pub fn run(args: &SwitchOffArgs) -> Result<(), Fault> {
    let mut desk = Desk::open(&args.home.open()?)?;
    let action = if args.undo { "switch-on" } else { "switch-off" };
    let (target, found) = match (args.device, args.branch) {
        (Some(id), _) => {
            let found = desk.act(action, OpId(id.0), |store| device(store, &id, !args.undo))?;
            (id.to_string(), found)
        }
        (None, Some(id)) => {
            let found = desk.act(action, OpId(id.0), |store| {
                let Some(mut row) = store.branch(&id)? else {
                    return Ok(false);
                };
                row.closed = !args.undo;
                store.put_branch(&row)?;
                Ok(true)
            })?;
            (id.to_string(), found)
        }
        (None, None) => return Err(Fault::NoneSuch(String::new())),
    };
    desk.close()?;
    if !found {
        return Err(Fault::NoneSuch(target));
    }
    say(&[format!("{action}: {target}")])
}

fn device(store: &mut Sql, id: &DeviceId, off: bool) -> Result<bool, StoreFault> {
    let Some(mut row) = store.device(id)? else {
        return Ok(false);
    };
    if !off && is_revoked(store, id)? {
        return Ok(false);
    }
    row.closed = off;
    store.put_device(&row)?;
    Ok(true)
}

/// Whether a secretary's signed act says so.
fn is_revoked(store: &mut Sql, id: &DeviceId) -> Result<bool, StoreFault> {
    let sql = "SELECT body FROM op WHERE kind = $1 AND body IS NOT NULL";
    let kind = i64::from(Kind::Revoke.number());
    let rows = store.run(async |db| sqlx::query(sql).bind(kind).fetch_all(db).await)?;
    Ok(rows.iter().any(|row| {
        let body = row.try_get::<Vec<u8>, _>(0).unwrap_or_default();
        shape::whole::<Revoke>(&body).is_ok_and(|revoke| revoke.device == Some(*id))
    }))
}
