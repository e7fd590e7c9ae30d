//! `lylich-endpoint export`: what a branch received, into one file for `lylich open`.
//!
//! Invariant: the file holds what any secretary of the branch would be served, sealed as it is; the endpoint can read none of it. The
//! file is written beside and put in place whole, with mode 0600. Not here: its format (`sync::export`).

use crate::database;
use crate::fault::Fault;
use crate::home::HomeArgs;
use crate::random::now;
use crate::store::Sql;
use clap::Args;
use sqlx::Row;
use std::fs::{OpenOptions, rename};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use sync::answer::{Author, Row as Sent};
use sync::endpoint::{OpRow, Store};
use sync::export::Export;
use sync::id::{BranchId, Principal};

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
    let rt = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let rt = rt.map_err(|cause| Fault::Folder(args.home.data.clone(), cause))?;
    let db = rt.block_on(database::open_to_read(&args.home.open()?))?;
    let mut store = Sql::new(db, rt);
    let branch = which(&mut store, args.branch.as_deref())?;
    let export = collect(&mut store, &branch)?;
    let count = export.rows.len();
    put(&args.out, &export.encode()).map_err(|cause| Fault::Output(args.out.clone(), cause))?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{count} ops of branch {branch} in {}", args.out.display())
        .map_err(|cause| Fault::Output("standard output".into(), cause))
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

fn collect(store: &mut Sql, branch: &BranchId) -> Result<Export, Fault> {
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

fn put(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    rename(&beside, path)
}
