//! Who was given what a person wrote: how a letter asks and an answer tells (security §8).
//!
//! Invariant: an account is told only of its own ops, by the lines of the access log: number, time, op, and the account it was given to, or
//! that the operator took it along in an export; no content, no address. The question rides in a letter and what is told in its answer as one more pair of the map, which readers
//! that do not know it skip. Not here: the log (`endpoint`), what a phone keeps of it (`client::Register`).

use crate::id::{AccountId, OpId};
use minicbor::Encode;

/// Most lines in one answer.
pub const MAX_LINES: usize = 256;
/// In the place of an account: whoever runs the endpoint, who has no account and opens nothing.
pub const OPERATOR: AccountId = AccountId([0; 16]);
/// The action of a line for an op that the operator took along in an export.
pub const EXPORT: &str = "export";

crate::array_shape! {
    /// One line of the access log that concerns a person: a sealed op of theirs was given to somebody else.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Encode)]
    pub struct Access {
        /// The line's number.
        #[n(0)]
        pub number: u64,
        /// Seconds since 1970-01-01 UTC.
        #[n(1)]
        pub time: u64,
        /// The person's op; of a forward, the op that it carries on.
        #[n(2)]
        pub op_id: OpId,
        /// To whom it was given; [`OPERATOR`] for an export.
        #[n(3)]
        pub account: AccountId,
    }
}

crate::map_shape! {
    /// The part of any letter that asks.
    #[derive(Encode)]
    pub(crate) struct Asked {
        /// Number of the last line held; absent: nothing is asked.
        #[n(12)]
        pub after: Option<u64>,
    }
}

crate::map_shape! {
    /// The part of an answer that tells.
    #[derive(Encode)]
    pub(crate) struct Told {
        /// In the order of their numbers; absent where the endpoint does not know the question.
        #[n(12)]
        pub lines: Option<Vec<Access>>,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shape;

    #[test]
    fn lines_stand_in_the_answer_as_one_more_pair() {
        let line = Access {
            number: 7,
            time: 1_790_000_000,
            op_id: OpId([1; 16]),
            account: AccountId([2; 16]),
        };
        let with = |lines| {
            let told = shape::encode(&Told { lines: Some(lines) });
            shape::both(&shape::encode(&Asked { after: Some(3) }), &told)
        };
        assert_eq!(shape::whole::<Told>(&with(vec![line])).unwrap().lines, Some(vec![line]));
        assert_eq!(shape::whole::<Told>(&with(vec![])).unwrap().lines, Some(vec![]));
        assert_eq!(shape::whole::<Told>(&[0xa0]).unwrap().lines, None);
    }
}
