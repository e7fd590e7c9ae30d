//! `lylich-endpoint backup | restore`: all tables into one SQLite file and back, from and to either database.
//!
//! Invariant: a backup is one moment of the database; it holds no private key. A restored database has a new epoch, so that every
//! phone notices, asks for what it sent before and sends again what is missing. Nothing is restored over something. The same two
//! commands move an endpoint from SQLite to PostgreSQL. Not here: sealing the file and carrying it off (README, "Deploying").

use crate::database::{self, Engine};
use crate::desk::{Desk, say};
use crate::fault::Fault;
use crate::home::{Home, HomeArgs};
use crate::random::Machine;
use clap::Args;
use futures_util::TryStreamExt;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Column, Row};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use sync::id::{Epoch, OpId};

/// The options of `backup`.
#[derive(Args, Clone)]
pub struct BackupArgs {
    /// The file to write; it must not be there yet.
    #[arg(long, required_unless_present = "confirm", conflicts_with = "confirm")]
    out: Option<PathBuf>,
    /// A backup with this greatest number now lies off this machine: phones are told that they may rely on it.
    #[arg(long, value_name = "NUMBER")]
    confirm: Option<u32>,
    #[command(flatten)]
    home: HomeArgs,
}

/// The options of `restore`.
#[derive(Args, Clone)]
pub struct RestoreArgs {
    /// The backup's file.
    #[arg(long)]
    from: PathBuf,
    #[command(flatten)]
    home: HomeArgs,
}

/// Writes a backup, or notes that one is off the machine.
pub fn run(args: &BackupArgs) -> Result<(), Fault> {
    let home = args.home.open()?;
    if let Some(number) = args.confirm {
        return confirm(&home, number);
    }
    let Some(out) = &args.out else { return Ok(()) };
    let mut desk = Desk::open(&home)?;
    desk.act("backup", OpId::ZERO, |_| Ok(()))?;
    let seq = write(&mut desk, out)?;
    desk.close()?;
    say(&[
        format!("everything up to number {seq} in {}", out.display()),
        format!("when that file lies off this machine: lylich-endpoint backup --confirm {seq}"),
    ])
}

/// The watermark only rises, and never over what was given.
fn confirm(home: &Home, number: u32) -> Result<(), Fault> {
    let mut desk = Desk::open(home)?;
    let watermark = desk.act("confirm", OpId::ZERO, |store| {
        let sql = "UPDATE counter SET watermark = $1 WHERE watermark < $1 AND seq >= $1 RETURNING watermark";
        store.run(async |db| sqlx::query(sql).bind(i64::from(number)).fetch_optional(db).await)
    })?;
    desk.close()?;
    match watermark {
        Some(_) => say(&[format!("phones may rely on everything up to number {number}")]),
        None => Err(Fault::Watermark(number)),
    }
}

fn write(desk: &mut Desk, out: &Path) -> Result<i64, Fault> {
    let fault = |cause| Fault::Output(out.to_owned(), cause);
    std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(out)
        .map_err(fault)?;
    let begin = match desk.store().engine() {
        Engine::Sqlite => "BEGIN",
        Engine::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    };
    desk.store().with(async |db| {
        sqlx::raw_sql(begin).execute(&mut *db).await?;
        let mut copy = database::open_file(out).await?;
        sqlx::raw_sql("BEGIN; DELETE FROM counter").execute(&mut copy).await?;
        copy_all(db, &mut copy).await?;
        sqlx::raw_sql("COMMIT").execute(&mut copy).await?;
        let seq = sqlx::query("SELECT seq FROM counter")
            .fetch_one(&mut copy)
            .await?
            .try_get(0)?;
        database::close(copy).await?;
        sqlx::raw_sql("ROLLBACK").execute(db).await?;
        Ok(seq)
    })
}

/// Reads a backup into an empty database.
pub fn restore(args: &RestoreArgs) -> Result<(), Fault> {
    let home = args.home.open()?;
    let mut desk = Desk::open(&home)?;
    let seq = desk.store().with(async |db| {
        let mut from = database::open_file_to_read(&args.from).await?;
        let verdict = database::text(&mut from, "PRAGMA quick_check").await?;
        if verdict != "ok" {
            return Err(Fault::Damaged(args.from.clone(), verdict));
        }
        let count = "SELECT (SELECT COUNT(*) FROM op) + (SELECT COUNT(*) FROM branch) + (SELECT COUNT(*) FROM invite)";
        if sqlx::query(count).fetch_one(&mut *db).await?.try_get::<i64, _>(0)? != 0 {
            return Err(Fault::NotEmpty);
        }
        sqlx::raw_sql("BEGIN; DELETE FROM counter; DELETE FROM log")
            .execute(&mut *db)
            .await?;
        copy_all(&mut from, db).await?;
        let counter = sqlx::query("SELECT seq, epoch FROM counter")
            .fetch_one(&mut *db)
            .await?;
        let (seq, epoch): (i64, Vec<u8>) = (counter.try_get(0)?, counter.try_get(1)?);
        let log = sqlx::query("INSERT INTO epoch_log (epoch, last_seq) VALUES ($1, $2)");
        log.bind(epoch).bind(seq).execute(&mut *db).await?;
        let anew = sqlx::query("UPDATE counter SET epoch = $1, watermark = seq");
        anew.bind(Epoch::draw(&mut Machine).0.to_vec())
            .execute(&mut *db)
            .await?;
        sqlx::raw_sql("COMMIT").execute(db).await?;
        Ok(seq)
    })?;
    desk.act("restore", OpId::ZERO, |_| Ok(()))?;
    desk.close()?;
    say(&[format!(
        "restored up to number {seq}, under a new epoch: phones send again what is missing, by themselves"
    )])
}

/// Every table of the schema, parents before their children, as the schema has them.
fn tables() -> impl Iterator<Item = &'static str> {
    let lines = database::SCHEMA.lines();
    lines.filter_map(|line| line.strip_prefix("CREATE TABLE IF NOT EXISTS ")?.split(' ').next())
}

async fn copy_all(from: &mut AnyConnection, to: &mut AnyConnection) -> Result<(), Fault> {
    for table in tables() {
        let mut rows = sqlx::query(AssertSqlSafe(format!("SELECT * FROM {table}"))).fetch(&mut *from);
        let mut insert = None;
        while let Some(row) = rows.try_next().await? {
            let sql = insert.get_or_insert_with(|| statement(table, &row));
            put(to, sql.clone(), &row).await?;
        }
    }
    Ok(())
}

fn statement(table: &str, row: &AnyRow) -> String {
    let names: Vec<&str> = row.columns().iter().map(Column::name).collect();
    let places: Vec<String> = (1..=names.len()).map(|n| format!("${n}")).collect();
    format!(
        "INSERT INTO {table} ({}) VALUES ({})",
        names.join(", "),
        places.join(", ")
    )
}

/// Only columns of bytes may be NULL.
async fn put(to: &mut AnyConnection, sql: String, row: &AnyRow) -> Result<(), sqlx::Error> {
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for at in 0..row.columns().len() {
        query = if let Ok(number) = row.try_get::<i64, _>(at) {
            query.bind(number)
        } else if let Ok(text) = row.try_get::<String, _>(at) {
            query.bind(text)
        } else {
            query.bind(row.try_get::<Option<Vec<u8>>, _>(at)?)
        };
    }
    query.execute(to).await.map(drop)
}
