//! SQLite's own part: where the file is, version, pragmas, folding the log in.
//!
//! Invariant: WAL with `synchronous=FULL` (a commit is on the disk when it returns), `secure_delete`, `foreign_keys`; SQLite 3.51.3
//! or newer, the first with the WAL-reset fix.

use super::{Engine, is_new_enough as fits};
use crate::fault::Fault;
use sqlx::AnyConnection;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

/// The first SQLite without the WAL-reset fault.
const OLDEST: [u32; 3] = [3, 51, 3];
/// `busy_timeout` is how long (ms) another process may hold the lock before the phone is asked to come back.
const SETTINGS: &str = "PRAGMA busy_timeout = 3000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
                        PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;";

/// The file as sqlx wants it named. The file is made when it is opened to write.
pub fn url(file: &Path, only_read: bool) -> std::io::Result<String> {
    let mut url = "sqlite://".to_owned();
    for byte in std::path::absolute(file)?.as_os_str().as_bytes() {
        match byte {
            b'/' | b'.' | b'-' | b'_' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => url.push(char::from(*byte)),
            other => url.push_str(&format!("%{other:02X}")),
        }
    }
    url.push_str(if only_read { "?mode=ro" } else { "?mode=rwc" });
    Ok(url)
}

/// Asks for the version, sets the pragmas, makes the tables.
pub async fn prepare(db: &mut AnyConnection, schema: &'static str) -> Result<(), Fault> {
    let version = super::version(db).await?;
    if !fits(Engine::Sqlite, &version) {
        return Err(Fault::OldSqlite(version));
    }
    sqlx::raw_sql(SETTINGS).execute(&mut *db).await?;
    sqlx::raw_sql(schema).execute(db).await?;
    Ok(())
}

/// Whether that version has the WAL-reset fix.
pub fn is_new_enough(version: &str) -> bool {
    let parts: Vec<u32> = version.split('.').map_while(|part| part.parse().ok()).collect();
    parts.as_slice() >= OLDEST.as_slice()
}

/// Folds the write-ahead log into the file.
pub async fn checkpoint(db: &mut AnyConnection) -> Result<(), Fault> {
    sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").fetch_all(db).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::{close, examine, open, text};
    use super::*;
    use crate::folder::Folder;
    use crate::home::Home;
    use sqlx::Row;

    fn home(path: &Path) -> Home {
        Home {
            folder: Folder::open(path).unwrap(),
            server: None,
        }
    }

    #[tokio::test]
    async fn the_bundled_sqlite_has_the_wal_reset_fix() {
        let place = tempfile::tempdir().unwrap();
        let mut db = open(&home(place.path())).await.unwrap();
        let version = super::super::version(&mut db).await.unwrap();
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
    async fn a_commit_is_flushed_and_deleted_bytes_are_overwritten_wherever_the_folder_lies() {
        for name in ["data", "dữ liệu ?mode=ro&x#y", "100%"] {
            let place = tempfile::tempdir().unwrap();
            let home = home(&place.path().join(name));
            let mut db = open(&home).await.unwrap();
            for (sql, expected) in [
                ("SELECT CAST(journal_mode AS TEXT) FROM pragma_journal_mode", "wal"),
                ("SELECT CAST(synchronous AS TEXT) FROM pragma_synchronous", "2"),
                ("SELECT CAST(secure_delete AS TEXT) FROM pragma_secure_delete", "1"),
                ("SELECT CAST(foreign_keys AS TEXT) FROM pragma_foreign_keys", "1"),
                ("SELECT CAST(timeout AS TEXT) FROM pragma_busy_timeout", "3000"),
            ] {
                assert_eq!(text(&mut db, sql).await.unwrap(), expected, "{sql}");
            }
            examine(&mut db, &home).await.unwrap();
            assert!(home.folder.database().is_file(), "{name}");
        }
    }

    #[tokio::test]
    async fn the_epoch_is_drawn_once() {
        let place = tempfile::tempdir().unwrap();
        let home = home(place.path());
        let mut epochs = Vec::new();
        for _ in 0..2 {
            let mut db = open(&home).await.unwrap();
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
