//! `lylich-endpoint branches | devices`: what is there, by identifier, without a name of a person.
//!
//! Invariant: reads only.

use crate::desk::{Desk, say};
use crate::fault::Fault;
use crate::home::HomeArgs;
use clap::Args;
use data_encoding::HEXLOWER;
use sqlx::Row;
use sqlx::any::AnyRow;
use sync::branch::SignedSet;
use sync::id::BranchId;

/// The options of `branches`.
#[derive(Args, Clone)]
pub struct BranchesArgs {
    #[command(flatten)]
    home: HomeArgs,
}

/// The options of `devices`.
#[derive(Args, Clone)]
pub struct DevicesArgs {
    /// Only those of this branch.
    #[arg(long)]
    branch: Option<BranchId>,
    #[command(flatten)]
    home: HomeArgs,
}

/// Identifier, class, members, ops, whether it is served, the name in its signed set.
pub fn branches(args: &BranchesArgs) -> Result<(), Fault> {
    let sql = "SELECT branch.branch_id, branch.class, op.body, branch.closed, \
               (SELECT COUNT(*) FROM account WHERE account.branch_id = branch.branch_id), \
               (SELECT COUNT(*) FROM op WHERE op.branch_id = branch.branch_id) \
               FROM branch LEFT JOIN op ON op.op_id = branch.set_op ORDER BY branch.branch_id";
    let mut desk = Desk::open_to_read(&args.home.open()?)?;
    let rows = desk.store().run(async |db| sqlx::query(sql).fetch_all(db).await)?;
    let lines: Result<Vec<String>, sqlx::Error> = rows
        .iter()
        .map(|row| {
            let name = row.try_get::<Option<Vec<u8>>, _>(2)?.and_then(|body| {
                sync::shape::whole::<SignedSet>(&body)
                    .ok()
                    .and_then(|signed| signed.verify().ok())
                    .map(|set| set.name)
            });
            Ok(format!(
                "{}  C{}  {} members  {} ops  {}  {}",
                hex(row, 0)?,
                row.try_get::<i64, _>(1)?,
                row.try_get::<i64, _>(4)?,
                row.try_get::<i64, _>(5)?,
                served(row, 3)?,
                name.unwrap_or_default()
            ))
        })
        .collect();
    say(&lines?)
}

/// Branch, device, account, role, whether it is served, its counter, seconds of its last op.
pub fn devices(args: &DevicesArgs) -> Result<(), Fault> {
    let sql = "SELECT account.branch_id, device.device_id, device.account_id, account.role, \
               CASE WHEN device.closed <> 0 OR account.state = 2 THEN 1 ELSE 0 END, device.max_seq, \
               COALESCE((SELECT MAX(server_time) FROM op WHERE op.device_id = device.device_id), 0) \
               FROM device JOIN account ON account.account_id = device.account_id \
               ORDER BY account.branch_id, device.device_id";
    let mut desk = Desk::open_to_read(&args.home.open()?)?;
    let rows = desk.store().run(async |db| sqlx::query(sql).fetch_all(db).await)?;
    let wanted = args.branch.map(|id| id.to_string());
    let lines: Result<Vec<String>, sqlx::Error> = rows
        .iter()
        .map(|row| {
            let role = match row.try_get::<i64, _>(3)? {
                1 => "candidate",
                2 => "mentor",
                _ => "secretary",
            };
            let (branch, device, account) = (hex(row, 0)?, hex(row, 1)?, hex(row, 2)?);
            let (seq, last) = (row.try_get::<i64, _>(5)?, row.try_get::<i64, _>(6)?);
            Ok(format!(
                "{branch}  {device}  {account}  {role}  {}  op {seq}  at {last}",
                served(row, 4)?
            ))
        })
        .filter(|line| match (line, &wanted) {
            (Ok(line), Some(wanted)) => line.starts_with(wanted.as_str()),
            _ => true,
        })
        .collect();
    say(&lines?)
}

fn hex(row: &AnyRow, at: usize) -> Result<String, sqlx::Error> {
    Ok(HEXLOWER.encode(&row.try_get::<Vec<u8>, _>(at)?))
}

fn served(row: &AnyRow, at: usize) -> Result<&'static str, sqlx::Error> {
    Ok(if row.try_get::<i64, _>(at)? == 0 {
        "served"
    } else {
        "off"
    })
}
