//! `lylich-endpoint export`: what a branch received, into one file for `lylich open`.
//!
//! Invariant: the file holds what any secretary of the branch would be served, sealed as it is; the endpoint can read none of it. The
//! file is written beside, with mode 0600, and put in place whole only when the access log has a line for each sealed op in it, so that its
//! owner is told. Not here: its format (`sync::export`).

use crate::desk::{Desk, line, say};
use crate::fault::Fault;
use crate::home::HomeArgs;
use crate::random::now;
use crate::store::Sql;
use clap::Args;
use sqlx::Row;
use std::fs::{OpenOptions, remove_file, rename};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use sync::access::EXPORT;
use sync::answer::{Author, Row as Sent};
use sync::endpoint::{OpRow, Store, StoreFault};
use sync::export::Export;
use sync::id::{BranchId, OpId, Principal};
use sync::kind::Kind;
use sync::op::Op;

/// The command's own options.
#[derive(Args, Clone)]
pub struct ExportArgs {
    /// Which branch, as `branches` shows it; may be left away where there is only one.
    #[arg(long)]
    pub branch: Option<String>,
    /// The file to write.
    #[arg(long)]
    pub out: PathBuf,
    #[command(flatten)]
    home: HomeArgs,
}

/// Runs it.
pub fn run(args: &ExportArgs) -> Result<(), Fault> {
    let mut desk = Desk::open(&args.home.open()?)?;
    let branch = which(desk.store(), args.branch.as_deref())?;
    let beside = beside(&args.out);
    let fault = |cause| Fault::Output(args.out.clone(), cause);
    let mut written = Ok(());
    let told = desk.act(EXPORT, OpId(branch.0), |store| {
        let export = collect(store, &branch)?;
        for op in export.rows.iter().filter_map(sealed) {
            line(store, EXPORT, op)?;
        }
        written = write(&beside, &export.encode());
        // Then no line says that there is a file.
        written
            .as_ref()
            .map_or(Err(StoreFault::Busy), |()| Ok(export.rows.len()))
    });
    let count = match (told, written) {
        (Ok(count), Ok(())) => count,
        (told, written) => {
            let _ = remove_file(&beside);
            written.map_err(fault)?;
            told?
        }
    };
    desk.close()?;
    rename(&beside, &args.out).map_err(fault)?;
    say(&[format!("{count} ops of branch {branch} in {}", args.out.display())])
}

/// The op, if there is a body that only those whom it names can read.
fn sealed(row: &Sent) -> Option<OpId> {
    row.body.as_ref().filter(|body| !body.is_empty())?;
    let op = Op::from_parts(row.header.clone(), row.sig).ok()?;
    let kind = Kind::from_number(op.header().kind)?;
    kind.sealed().then_some(op.header().op_id)
}

fn which(store: &mut Sql, named: Option<&str>) -> Result<BranchId, Fault> {
    let rows = store.run(async |db| sqlx::query("SELECT branch_id FROM branch").fetch_all(db).await)?;
    let all: Vec<BranchId> = rows
        .iter()
        .filter_map(|row| BranchId::from_slice(&row.try_get::<Vec<u8>, _>(0).ok()?))
        .collect();
    match (named, all.as_slice()) {
        (Some(named), _) => {
            let found = all.iter().find(|id| id.to_string() == named).copied();
            found.ok_or_else(|| Fault::NoBranch(named.to_owned()))
        }
        (None, [only]) => Ok(*only),
        (None, []) => Err(Fault::NoneYet),
        (None, several) => Err(Fault::WhichBranch(several.len())),
    }
}

fn collect(store: &mut Sql, branch: &BranchId) -> Result<Export, StoreFault> {
    let principals = [Principal::from(*branch), Principal::EVERYBODY];
    let (mut rows, mut devices, mut last) = (Vec::new(), Vec::new(), 0);
    loop {
        let batch = store.rows(branch, &principals, last, 200)?;
        let Some(end) = batch.last() else { break };
        last = end.server_seq;
        devices.extend(batch.iter().map(|row| row.device));
        rows.extend(batch.into_iter().map(sent));
    }
    devices.sort_unstable();
    devices.dedup();
    let mut authors = Vec::with_capacity(devices.len());
    for id in devices {
        let Some(device) = store.device(&id)? else { continue };
        let Some(account) = store.account(&device.account)? else {
            continue;
        };
        let (age_pub, sign_pub) = (account.age_pub, account.sign_pub);
        authors.push(Author {
            device_pub: device.device_pub,
            age_pub,
            sign_pub,
            certificate: device.certificate,
        });
    }
    Ok(Export {
        branch: *branch,
        made: now().wall_s,
        authors,
        rows,
    })
}

fn sent(row: OpRow) -> Sent {
    let state = Some(u64::from(row.state.number())).filter(|state| *state != 0);
    Sent {
        server_seq: row.server_seq,
        header: row.header,
        sig: row.sig,
        body: row.body,
        server_time: row.server_time,
        state,
    }
}

fn beside(path: &Path) -> PathBuf {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    beside.into()
}

fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    let mut file = options.write(true).create(true).truncate(true).mode(0o600).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
