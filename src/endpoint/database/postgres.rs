//! PostgreSQL's own part: settings of the connection, and tables made by one endpoint while others start too.
//!
//! Invariant: READ COMMITTED with `synchronous_commit=on` on a server with `fsync=on`; a server that does not flush is refused. Not
//! here: TLS to the server: it stands on the same machine or behind a private network.

use super::text;
use crate::fault::Fault;
use sqlx::AnyConnection;

/// `lock_timeout`: how long another endpoint may hold the counter before the phone is asked to come back. The `enable_…`: every
/// statement is a look-up by key, and a plan made while the tables were empty would go on reading them whole.
const SETTINGS: &str = "SET synchronous_commit = on; SET lock_timeout = '3s'; SET client_min_messages = warning; \
                        SET default_transaction_isolation = 'read committed'; SET enable_seqscan = off; \
                        SET enable_hashjoin = off; SET enable_mergejoin = off;";
/// Two endpoints that start at once would both find no tables. The number is this program's own.
const ALONE: &str = "SELECT pg_advisory_xact_lock(5569812207)";

/// Sets the connection up and makes the tables.
pub async fn prepare(db: &mut AnyConnection, schema: &'static str) -> Result<(), Fault> {
    sqlx::raw_sql(SETTINGS).execute(&mut *db).await?;
    for question in ["SHOW fsync", "SHOW full_page_writes"] {
        if text(db, question).await? != "on" {
            return Err(Fault::NotFlushed(question.trim_start_matches("SHOW ")));
        }
    }
    sqlx::raw_sql("BEGIN").execute(&mut *db).await?;
    sqlx::raw_sql(ALONE).execute(&mut *db).await?;
    sqlx::raw_sql(schema).execute(&mut *db).await?;
    sqlx::raw_sql("COMMIT").execute(&mut *db).await?;
    Ok(())
}

/// From here on this connection changes nothing.
pub async fn only_read(db: &mut AnyConnection) -> Result<(), Fault> {
    sqlx::raw_sql("SET default_transaction_read_only = on")
        .execute(db)
        .await?;
    Ok(())
}
