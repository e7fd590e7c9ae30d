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

#[cfg(test)]
mod tests {
    use super::*;
    use indexed_db_futures::error::UnexpectedDataError;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn exception(name: &str) -> web_sys::DomException {
        web_sys::DomException::new_with_message_and_name("", name).unwrap()
    }

    #[wasm_bindgen_test]
    fn each_error_of_the_browser_has_its_meaning() {
        let meanings = [
            ("QuotaExceededError", Fault::Full),
            ("VersionError", Fault::Newer),
            ("UnknownError", Fault::CannotOpen),
            ("InvalidStateError", Fault::CannotOpen),
            ("TransactionInactiveError", Fault::CannotOpen),
            ("SomethingNewError", Fault::CannotOpen),
        ];
        for (name, fault) in meanings {
            let error = Error::from(exception(name));
            assert_eq!(Refusal::of(&error, None).fault(), fault, "{name} of a request");
            assert_eq!(Refusal::of_opening(error.into()).fault(), fault, "{name} of an opening");
            let aborted = Error::from(UnexpectedDataError::TransactionAborted);
            assert_eq!(
                Refusal::of(&aborted, Some(exception(name))).fault(),
                fault,
                "{name} of a transaction"
            );
        }
        assert_eq!(Refusal::of_opening(OpenDbError::NullFactory).fault(), Fault::NoStorage);
        assert_eq!(
            Refusal::of_opening(Error::from(exception("SecurityError")).into()).fault(),
            Fault::NoStorage
        );
    }
}
