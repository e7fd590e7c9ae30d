//! `lylich-endpoint check`: whether database and keys are whole, in a few lines.
//!
//! Invariant: reads only. Each line is one question and its answer; a wrong answer makes the exit code 1.

use crate::database::{self, Engine};
use crate::fault::Fault;
use crate::home::HomeArgs;
use crate::keys;
use clap::Args;
use sqlx::AnyConnection;
use sqlx::Row;
use std::io::Write;
use sync::hash::sha256;
use sync::op::{Op, op_hash};

/// The command's own options.
#[derive(Args, Clone)]
pub struct CheckArgs {
    #[command(flatten)]
    home: HomeArgs,
}

/// Runs it; `false` when something is wrong.
pub fn run(args: &CheckArgs) -> Result<bool, Fault> {
    let home = args.home.open()?;
    keys::load_or_make(&home.folder)?;
    let rt = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let rt = rt.map_err(|cause| Fault::Folder(args.home.data.clone(), cause))?;
    let answers = rt.block_on(async {
        let mut db = database::open_to_read(&home).await?;
        let answers = ask(&mut db).await?;
        crate::store::close(db).await;
        Ok::<_, Fault>(answers)
    })?;
    let mut out = std::io::stdout().lock();
    for (question, found, good) in &answers {
        let verdict = if *good { "ok" } else { "WRONG" };
        writeln!(out, "{verdict:5}  {question}: {found}")
            .map_err(|cause| Fault::Output("standard output".into(), cause))?;
    }
    Ok(answers.iter().all(|(_, _, good)| *good))
}

type Answers = Vec<(&'static str, String, bool)>;

async fn ask(db: &mut AnyConnection) -> Result<Answers, Fault> {
    let version = database::version(db).await?;
    let engine = database::engine(db);
    let (integrity, keys) = match engine {
        Engine::Sqlite => (
            database::text(db, "PRAGMA integrity_check").await?,
            sqlx::query("PRAGMA foreign_key_check").fetch_all(&mut *db).await?.len(),
        ),
        // The server checks pages as it reads them, and keys always; `ops` below reads every body.
        Engine::Postgres => ("ok".to_owned(), 0),
    };
    let (ops, bad_ops) = ops(db).await?;
    let chain = crate::log::read(db, |_, _| ()).await?;
    let seq: i64 = sqlx::query("SELECT seq - (SELECT COUNT(*) FROM op) FROM counter")
        .fetch_one(&mut *db)
        .await?
        .try_get(0)?;
    let good_version = database::is_new_enough(engine, &version);
    let good_integrity = integrity == "ok";
    Ok(vec![
        (
            match engine {
                Engine::Sqlite => "version of SQLite",
                Engine::Postgres => "version of PostgreSQL",
            },
            version,
            good_version,
        ),
        ("integrity of the file", integrity, good_integrity),
        ("rows without their parent", keys.to_string(), keys == 0),
        ("ops stored", ops.to_string(), true),
        (
            "ops whose bytes do not fit their hash",
            bad_ops.to_string(),
            bad_ops == 0,
        ),
        ("numbers given without an op", seq.to_string(), seq == 0),
        ("access log lines", chain.lines.to_string(), true),
        (
            "first broken line of the access log",
            chain.broken.map_or("none".to_owned(), |n| n.to_string()),
            chain.broken.is_none(),
        ),
    ])
}

/// How many ops there are, and how many do not fit their own hashes.
async fn ops(db: &mut AnyConnection) -> Result<(u64, u64), Fault> {
    let (mut all, mut bad, mut last) = (0, 0, 0_i64);
    loop {
        let sql =
            "SELECT server_seq, op_hash, header, body FROM op WHERE server_seq > $1 ORDER BY server_seq LIMIT 500";
        let rows = sqlx::query(sql).bind(last).fetch_all(&mut *db).await?;
        let Some(end) = rows.last() else { return Ok((all, bad)) };
        last = end.try_get(0)?;
        for row in &rows {
            let (hash, header): (Vec<u8>, Vec<u8>) = (row.try_get(1)?, row.try_get(2)?);
            let body: Option<Vec<u8>> = row.try_get(3)?;
            let named = Op::from_parts(header.clone(), sync::id::Sig::ZERO)
                .ok()
                .map(|op| op.header().body_hash.0);
            let fits = op_hash(&header).0.as_slice() == hash.as_slice()
                && body.is_none_or(|body| named == Some(sha256(&body)));
            all += 1;
            bad += u64::from(!fits);
        }
    }
}
