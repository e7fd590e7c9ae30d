//! `lylich-endpoint branch create | list`.
//!
//! Invariant: the operator only opens the door: root, keys and set are made by the founding secretary's app. The code is printed once
//! and not kept; the database holds the public part of the key behind it.

use crate::database;
use crate::fault::Fault;
use crate::home::{Home, HomeArgs};
use crate::keys;
use crate::random::{Machine, now};
use crate::store::Sql;
use clap::{Args, Subcommand};
use sqlx::Row;
use std::io::Write;
use sync::Random;
use sync::branch::SignedSet;
use sync::endpoint::{Store, new_founding_invite};
use sync::found::{FoundingInvite, INVITE_SECONDS};
use tokio::runtime::{Builder, Runtime};

/// The command's parts.
#[derive(Args, Clone)]
pub struct BranchArgs {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Clone)]
enum Command {
    /// Print an invite with which a secretary founds a branch; it works once, for thirty days.
    Create {
        /// A name for the operator's own notes; the branch's name is given by its founder.
        #[arg(long)]
        name: Option<String>,
        #[command(flatten)]
        home: HomeArgs,
    },
    /// List the branches: identifier, class, members, name.
    List {
        #[command(flatten)]
        home: HomeArgs,
    },
}

/// Runs it.
pub fn run(args: &BranchArgs) -> Result<(), Fault> {
    let mut out = std::io::stdout().lock();
    let written = match &args.command {
        Command::Create { name, home } => {
            let invite = create(&home.open()?)?;
            let name = name.as_deref().map(|name| format!(" ({name})")).unwrap_or_default();
            writeln!(
                out,
                "founding invite{name}, usable once, for thirty days:\n{}",
                invite.show()
            )
        }
        Command::List { home } => list(&home.open()?)?.iter().try_for_each(|line| writeln!(out, "{line}")),
    };
    written.map_err(|cause| Fault::Output("standard output".into(), cause))
}

fn runtime(home: &Home) -> Result<Runtime, Fault> {
    Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|cause| Fault::Folder(home.folder.path().to_owned(), cause))
}

fn create(home: &Home) -> Result<FoundingInvite, Fault> {
    let keys = keys::load_or_make(&home.folder)?;
    let rt = runtime(home)?;
    let db = rt.block_on(database::open(home))?;
    let mut code = [0; 16];
    Machine.fill(&mut code);
    let mut store = Sql::new(db, rt);
    store.begin()?;
    store.put_invite(&new_founding_invite(&code, now().wall_s + INVITE_SECONDS))?;
    store.commit()?;
    let (db, rt) = store.into_parts();
    rt.block_on(database::close(db))?;
    Ok(FoundingInvite {
        code,
        endpoint_sign: keys.sign_pub(),
        endpoint_age: keys.age_pub(),
    })
}

fn list(home: &Home) -> Result<Vec<String>, Fault> {
    let sql = "SELECT branch.branch_id, branch.class, op.body, \
               (SELECT COUNT(*) FROM account WHERE account.branch_id = branch.branch_id) \
               FROM branch LEFT JOIN op ON op.op_id = branch.set_op ORDER BY branch.branch_id";
    let rows = runtime(home)?.block_on(async {
        let mut db = database::open_to_read(home).await?;
        let rows = sqlx::query(sql).fetch_all(&mut db).await?;
        crate::store::close(db).await;
        Ok::<_, Fault>(rows)
    })?;
    rows.iter()
        .map(|row| {
            let (id, class, members) = (
                row.try_get::<Vec<u8>, _>(0)?,
                row.try_get::<i64, _>(1)?,
                row.try_get::<i64, _>(3)?,
            );
            let name = row.try_get::<Option<Vec<u8>>, _>(2)?.and_then(|body| {
                sync::shape::whole::<SignedSet>(&body)
                    .ok()
                    .and_then(|signed| signed.verify().ok())
                    .map(|set| set.name)
            });
            let (id, name) = (data_encoding::HEXLOWER.encode(&id), name.unwrap_or_default());
            Ok(format!("{id}  C{class}  {members} members  {name}"))
        })
        .collect()
}
