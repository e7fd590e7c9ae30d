//! Opening the database, SQLite or PostgreSQL: settings, schema, first epoch; the look at it that every start takes.
//!
//! Invariant: a commit is on the disk when it returns, on both; one schema and one set of statements for both. Not here: what the
//! statements say (`store`).

mod postgres;
mod sqlite;

use crate::fault::Fault;
use crate::home::Home;
use crate::random::Machine;
use sqlx::any::install_default_drivers;
use sqlx::{AnyConnection, Connection, Row};
use std::path::Path;
use sync::id::Epoch;

/// The tables, for both engines.
pub const SCHEMA: &str = include_str!("schema.sql");

/// Which program keeps the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// The library inside this program.
    Sqlite,
    /// A server, which other endpoints may use at the same time.
    Postgres,
}

/// The engine behind a connection.
pub fn engine(db: &AnyConnection) -> Engine {
    if db.backend_name() == "PostgreSQL" {
        Engine::Postgres
    } else {
        Engine::Sqlite
    }
}

/// Opens the database for writing, making its tables on the first start.
pub async fn open(home: &Home) -> Result<AnyConnection, Fault> {
    let mut db = connect(home, false).await?;
    match engine(&db) {
        Engine::Sqlite => sqlite::prepare(&mut db, SCHEMA).await?,
        Engine::Postgres => postgres::prepare(&mut db, SCHEMA).await?,
    }
    sqlx::query("INSERT INTO counter (id, epoch, seq, watermark) VALUES (1, $1, 0, 0) ON CONFLICT DO NOTHING")
        .bind(Epoch::draw(&mut Machine).0.to_vec())
        .execute(&mut db)
        .await?;
    Ok(db)
}

/// Opens the database for reading only; it must exist.
pub async fn open_to_read(home: &Home) -> Result<AnyConnection, Fault> {
    let mut db = connect(home, true).await?;
    if engine(&db) == Engine::Postgres {
        postgres::only_read(&mut db).await?;
    }
    Ok(db)
}

/// Makes a database in a file of its own, for a backup.
pub async fn open_file(path: &Path) -> Result<AnyConnection, Fault> {
    let mut db = connect_file(path, false).await?;
    sqlite::prepare(&mut db, SCHEMA).await?;
    Ok(db)
}

/// Opens a backup.
pub async fn open_file_to_read(path: &Path) -> Result<AnyConnection, Fault> {
    connect_file(path, true).await
}

async fn connect_file(path: &Path, only_read: bool) -> Result<AnyConnection, Fault> {
    install_default_drivers();
    let url = sqlite::url(path, only_read).map_err(|cause| Fault::Folder(path.to_owned(), cause))?;
    Ok(AnyConnection::connect(&url).await?)
}

async fn connect(home: &Home, only_read: bool) -> Result<AnyConnection, Fault> {
    let Some(url) = &home.server else {
        return connect_file(&home.folder.database(), only_read).await;
    };
    if !url.starts_with("postgres:") && !url.starts_with("postgresql:") {
        return Err(Fault::NoServer);
    }
    install_default_drivers();
    Ok(AnyConnection::connect(url).await?)
}

/// The engine's version, for example "3.51.3" or "15.18 (Debian 15.18-0+deb12u1)".
pub async fn version(db: &mut AnyConnection) -> Result<String, Fault> {
    let sql = match engine(db) {
        Engine::Sqlite => "SELECT sqlite_version()",
        Engine::Postgres => "SHOW server_version",
    };
    text(db, sql).await
}

/// Whether a commit of this version stands: SQLite with the WAL-reset fix, any PostgreSQL.
pub fn is_new_enough(engine: Engine, version: &str) -> bool {
    engine == Engine::Postgres || sqlite::is_new_enough(version)
}

/// What every start does: a quick check of the file, and the write-ahead log folded in. A server does both by itself.
pub async fn examine(db: &mut AnyConnection, home: &Home) -> Result<(), Fault> {
    if engine(db) == Engine::Postgres {
        return Ok(());
    }
    let verdict = text(db, "PRAGMA quick_check").await?;
    if verdict != "ok" {
        return Err(Fault::Damaged(home.folder.database(), verdict));
    }
    sqlite::checkpoint(db).await
}

/// Closes the database; SQLite's log is folded in.
pub async fn close(mut db: AnyConnection) -> Result<(), Fault> {
    if engine(&db) == Engine::Sqlite {
        sqlite::checkpoint(&mut db).await?;
    }
    Ok(db.close().await?)
}

/// The answer to a question that has one text for an answer.
pub async fn text(db: &mut AnyConnection, sql: &'static str) -> Result<String, Fault> {
    Ok(sqlx::query(sql).fetch_one(db).await?.try_get(0)?)
}
