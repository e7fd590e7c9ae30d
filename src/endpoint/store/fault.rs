//! What a fault of either database means to the core.
//!
//! Invariant: what might have lost a write is `Broken`; what nobody expected is `Bug`, never a silence.

use sqlx::Error;
use sqlx::postgres::PgDatabaseError;
use sync::endpoint::StoreFault;

/// What a fault of the database means. Anything that is not the database's own word came from a broken connection or file.
pub fn fault(error: Error) -> StoreFault {
    let code = error
        .as_database_error()
        .and_then(|error| Some(error.code()?.into_owned()));
    let from_server = error
        .as_database_error()
        .is_some_and(|error| error.try_downcast_ref::<PgDatabaseError>().is_some());
    let meaning = match &code {
        Some(code) if from_server => postgres_fault(code),
        Some(code) => sqlite_fault(code),
        None if matches!(error, Error::Io(_) | Error::Protocol(_) | Error::WorkerCrashed) => StoreFault::Broken,
        None => StoreFault::Bug,
    };
    if meaning != StoreFault::Busy {
        tracing::error!(code, meaning = ?meaning, "a statement failed");
    }
    meaning
}

/// The low byte is the primary result code (<https://sqlite.org/rescode.html>).
fn sqlite_fault(code: &str) -> StoreFault {
    match code.parse::<i32>().map(|code| code & 0xff) {
        Ok(5 | 6) => StoreFault::Busy,
        Ok(13) => StoreFault::Full,
        Ok(10 | 11 | 26) => StoreFault::Broken,
        _ => StoreFault::Bug,
    }
}

/// The first two letters are the class (<https://www.postgresql.org/docs/15/errcodes-appendix.html>). A server that goes away ends
/// this process too; whoever starts it again connects anew.
fn postgres_fault(code: &str) -> StoreFault {
    match code {
        "55P03" | "40001" | "40P01" => StoreFault::Busy,
        "53100" => StoreFault::Full,
        _ if ["08", "57", "58", "XX"].iter().any(|class| code.starts_with(class)) => StoreFault::Broken,
        _ => StoreFault::Bug,
    }
}
