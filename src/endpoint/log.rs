//! `lylich-endpoint log`: the access log, line by line, and whether its chain is whole.
//!
//! Invariant: reads only. A line says when, which device, what, which op; sixteen zero bytes are the operator. A line that was changed,
//! taken out or put in breaks the chain; a log that begins later than its first line is whole only if a line of its own says where it
//! was cut (`purge`).

use crate::desk::{Desk, say};
use crate::fault::Fault;
use crate::home::HomeArgs;
use clap::Args;
use sqlx::{AnyConnection, Row};
use sync::endpoint::log_hash;
use sync::id::{DeviceId, OpId};

/// The command's own options.
#[derive(Args, Clone)]
pub struct LogArgs {
    /// Only lines after this number.
    #[arg(long, default_value_t = 0)]
    after: u32,
    #[command(flatten)]
    home: HomeArgs,
}

/// How the chain is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chain {
    /// Lines there are.
    pub lines: u64,
    /// The first whose hash does not follow from the one before.
    pub broken: Option<u64>,
    /// Hash of the last line.
    pub head: [u8; 32],
}

/// Runs it; `false` when the chain is broken.
pub fn run(args: &LogArgs) -> Result<bool, Fault> {
    let mut desk = Desk::open_to_read(&args.home.open()?)?;
    let mut lines = Vec::new();
    let chain = desk.store().with(async |db| {
        read(db, |n, line| {
            if n > u64::from(args.after) {
                lines.push(line);
            }
        })
        .await
    })?;
    lines.push(match chain.broken {
        None => format!(
            "the chain of {} lines is whole; its head is {}",
            chain.lines,
            data_encoding::HEXLOWER.encode(&chain.head)
        ),
        Some(n) => format!("BROKEN at line {n}: it was changed, or a line before it was taken out or put in"),
    });
    say(&lines)?;
    Ok(chain.broken.is_none())
}

/// A line's number in the place of an op.
pub fn number(n: u64) -> OpId {
    let mut bytes = [0; 16];
    bytes[8..].copy_from_slice(&n.to_be_bytes());
    OpId(bytes)
}

/// Goes through the log and tells each line.
pub async fn read(db: &mut AnyConnection, mut tell: impl FnMut(u64, String)) -> Result<Chain, Fault> {
    let mut chain = Chain {
        lines: 0,
        broken: None,
        head: [0; 32],
    };
    let (mut last, mut cut_at, mut cuts) = (0_u64, None, Vec::new());
    loop {
        let sql = "SELECT n, time, actor, action, target, hash FROM log WHERE n > $1 ORDER BY n LIMIT 500";
        let after = i64::try_from(last).unwrap_or(i64::MAX);
        let rows = sqlx::query(sql).bind(after).fetch_all(&mut *db).await?;
        if rows.is_empty() {
            break;
        }
        for row in &rows {
            let (n, time): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
            let (actor, target): (Vec<u8>, Vec<u8>) = (row.try_get(2)?, row.try_get(4)?);
            let (action, hash): (String, Vec<u8>) = (row.try_get(3)?, row.try_get(5)?);
            let (n, time) = (n.unsigned_abs(), time.unsigned_abs());
            let ids = DeviceId::from_slice(&actor).zip(OpId::from_slice(&target));
            let hash = <[u8; 32]>::try_from(hash.as_slice()).unwrap_or_default();
            let follows = ids.is_some_and(|(actor, target)| {
                tell(n, format!("{n}  {time}  {actor}  {action}  {target}"));
                if action == "cut-log" {
                    cuts.push(target);
                }
                if chain.lines == 0 && n > 1 {
                    // Believed if a line further down says that the log was cut here.
                    cut_at = Some(n);
                    return true;
                }
                n == last + 1 && hash == log_hash(&chain.head, n, time, &actor, &action, &target)
            });
            if !follows && chain.broken.is_none() {
                chain.broken = Some(last + 1);
            }
            (chain.lines, chain.head, last) = (chain.lines + 1, hash, n);
        }
    }
    if cut_at.is_some_and(|n| !cuts.contains(&number(n))) {
        chain.broken = Some(1);
    }
    Ok(chain)
}
