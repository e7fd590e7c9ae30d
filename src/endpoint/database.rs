//! Opening the SQLite file: version, pragmas, schema, first epoch, quick check, checkpoint.
//!
//! Invariant: WAL with `synchronous=FULL` (a commit is on the disk when it returns), `secure_delete`, `foreign_keys`; SQLite 3.51.3
//! or newer, the first with the WAL-reset fix. Not here: what the statements say (`store`).

use crate::fault::Fault;
use crate::folder::Folder;
use crate::random::Machine;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, Row};
use std::time::Duration;
use sync::id::Epoch;

/// The first SQLite without the WAL-reset fault.
pub const OLDEST_SQLITE: [u32; 3] = [3, 51, 3];
/// How long another process may hold the lock before the phone is asked to come back.
const BUSY: Duration = Duration::from_secs(3);
const SCHEMA: &str = include_str!("schema.sql");

/// Opens the database for writing, making it on the first start.
pub async fn open(folder: &Folder) -> Result<SqliteConnection, Fault> {
    let mut db = options(folder).create_if_missing(true).connect().await?;
    let version = version(&mut db).await?;
    if !is_new_enough(&version) {
        return Err(Fault::OldSqlite(version));
    }
    sqlx::raw_sql(SCHEMA).execute(&mut db).await?;
    sqlx::query("INSERT INTO counter (id, epoch, seq, watermark) VALUES (1, $1, 0, 0) ON CONFLICT DO NOTHING")
        .bind(Epoch::draw(&mut Machine).0.to_vec())
        .execute(&mut db)
        .await?;
    Ok(db)
}

/// Opens the database for reading only; it must exist.
pub async fn open_to_read(folder: &Folder) -> Result<SqliteConnection, Fault> {
    Ok(options(folder).read_only(true).connect().await?)
}

fn options(folder: &Folder) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(folder.database())
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .pragma("secure_delete", "ON")
        .busy_timeout(BUSY)
}

/// The library's version, for example "3.51.3".
pub async fn version(db: &mut SqliteConnection) -> Result<String, Fault> {
    Ok(sqlx::query("SELECT sqlite_version()").fetch_one(db).await?.try_get(0)?)
}

/// Whether that version has the WAL-reset fix.
pub fn is_new_enough(version: &str) -> bool {
    let parts: Vec<u32> = version.split('.').map_while(|part| part.parse().ok()).collect();
    parts.as_slice() >= OLDEST_SQLITE.as_slice()
}

/// What every start does: a quick check of the file, and the write-ahead log folded in.
pub async fn examine(db: &mut SqliteConnection, folder: &Folder) -> Result<(), Fault> {
    let verdict: String = sqlx::query("PRAGMA quick_check")
        .fetch_one(&mut *db)
        .await?
        .try_get(0)?;
    if verdict != "ok" {
        return Err(Fault::Damaged(folder.database(), verdict));
    }
    checkpoint(db).await
}

/// Folds the write-ahead log into the file.
pub async fn checkpoint(db: &mut SqliteConnection) -> Result<(), Fault> {
    sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").fetch_all(db).await?;
    Ok(())
}

/// Folds the log in and closes the file.
pub async fn close(mut db: SqliteConnection) -> Result<(), Fault> {
    checkpoint(&mut db).await?;
    Ok(db.close().await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_bundled_sqlite_has_the_wal_reset_fix() {
        let place = tempfile::tempdir().unwrap();
        let mut db = open(&Folder::open(place.path()).unwrap()).await.unwrap();
        let version = version(&mut db).await.unwrap();
        assert!(is_new_enough(&version), "{version}");
    }

    #[test]
    fn older_versions_are_told_apart_by_number() {
        for (version, good) in [
            ("3.51.3", true),
            ("3.51.10", true),
            ("3.52.0", true),
            ("4.0.0", true),
            ("3.51.2", false),
            ("3.9.99", false),
            ("", false),
        ] {
            assert_eq!(is_new_enough(version), good, "{version}");
        }
    }

    #[tokio::test]
    async fn a_commit_is_flushed_and_deleted_bytes_are_overwritten() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::open(place.path()).unwrap();
        let mut db = open(&folder).await.unwrap();
        for (pragma, expected) in [
            ("journal_mode", "wal"),
            ("synchronous", "2"),
            ("secure_delete", "1"),
            ("foreign_keys", "1"),
        ] {
            let sql = sqlx::AssertSqlSafe(format!("SELECT CAST({pragma} AS TEXT) FROM pragma_{pragma}"));
            let found: String = sqlx::query(sql).fetch_one(&mut db).await.unwrap().try_get(0).unwrap();
            assert_eq!(found, expected, "{pragma}");
        }
        examine(&mut db, &folder).await.unwrap();
    }

    #[tokio::test]
    async fn the_epoch_is_drawn_once() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::open(place.path()).unwrap();
        let mut epochs = Vec::new();
        for _ in 0..2 {
            let mut db = open(&folder).await.unwrap();
            let row = sqlx::query("SELECT epoch FROM counter")
                .fetch_one(&mut db)
                .await
                .unwrap();
            epochs.push(row.try_get::<Vec<u8>, _>(0).unwrap());
            close(db).await.unwrap();
        }
        assert_eq!(epochs[0], epochs[1]);
        assert_eq!(epochs[0].len(), 16);
    }
}
