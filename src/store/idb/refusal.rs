//! What the browser's errors mean for the app (storage design §3, the table below the rules).
//!
//! Invariant: every error has a meaning; what is not known counts as a lost connection, which is tried once more. Deliberately not
//! here: the second try (`Disk::with`) and the words (`fault`).

use crate::fault::Fault;
use indexed_db_futures::error::{DomException, Error, OpenDbError};

/// Why the database did not do what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// `QuotaExceededError`, mostly only at commit.
    Full,
    /// `InvalidStateError`, `UnknownError`, "connection lost", and everything unknown.
    Lost,
    /// `TransactionInactiveError`: a bug of ours; counted, then as `Lost`.
    Inactive,
    /// `VersionError` on opening.
    Newer,
    /// The database should be there and is not.
    Gone,
    /// Another tab does not let go.
    Blocked,
    /// The browser has no database for this page.
    NoStorage,
}

impl Refusal {
    /// Of a request or a transaction; `aborted` is the transaction's own error, where quota shows first.
    pub(crate) fn of(error: &Error, aborted: Option<web_sys::DomException>) -> Self {
        match (error, aborted) {
            (Error::DomException(refused), _) => Self::named(refused.clone().into()),
            (_, Some(refused)) => Self::named(refused),
            _ => Self::Lost,
        }
    }

    /// Of an opening.
    pub(crate) fn of_opening(error: OpenDbError) -> Self {
        match error {
            OpenDbError::NullFactory | OpenDbError::UnsupportedEnvironment => Self::NoStorage,
            OpenDbError::VersionZero => Self::Lost,
            // SecurityError: storage is switched off for this page.
            OpenDbError::Base(Error::DomException(DomException::Other(refused)))
                if refused.name() == "SecurityError" =>
            {
                Self::NoStorage
            }
            OpenDbError::Base(refused) => Self::of(&refused, None),
        }
    }

    fn named(refused: web_sys::DomException) -> Self {
        match refused.name().as_str() {
            "QuotaExceededError" => Self::Full,
            "VersionError" => Self::Newer,
            "TransactionInactiveError" => Self::Inactive,
            _ => Self::Lost,
        }
    }

    /// What is left to say when the second try failed too.
    pub(crate) fn fault(self) -> Fault {
        match self {
            Self::Full => Fault::Full,
            Self::Lost | Self::Inactive => Fault::CannotOpen,
            Self::Newer => Fault::Newer,
            Self::Gone => Fault::Gone,
            Self::Blocked => Fault::Blocked,
            Self::NoStorage => Fault::NoStorage,
        }
    }
}
