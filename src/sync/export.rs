//! The file an endpoint writes for a branch: every op its secretaries may have, sealed as received.
//!
//! Format: a `container` of type 4. Invariant: a damaged file is noticed before anything in it is used, and nothing in it is believed without the signatures inside. Not here: opening bodies (`reader`).

use crate::answer::{Author, Row};
use crate::container::{self, FileFault, Type};
use crate::id::BranchId;
use crate::shape;
use minicbor::Encode;

/// What a branch received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// Which branch.
    pub branch: BranchId,
    /// When the file was made (seconds since 1970-01-01 UTC).
    pub made: u64,
    /// Keys of every device that signed a row.
    pub authors: Vec<Author>,
    /// Ops in commit order.
    pub rows: Vec<Row>,
}

crate::map_shape! {
    #[derive(Encode)]
    struct Wire {
        #[n(1)]
        kind: u8,
        #[n(3)]
        branch: BranchId,
        #[n(6)]
        made: u64,
        #[n(7)]
        authors: Vec<Author>,
        #[n(8)]
        rows: Vec<Row>,
    }
}

impl Export {
    /// The file's bytes.
    pub fn encode(&self) -> Vec<u8> {
        let (authors, rows) = (self.authors.clone(), self.rows.clone());
        let wire = Wire {
            kind: Type::Export as u8,
            branch: self.branch,
            made: self.made,
            authors,
            rows,
        };
        container::close(&shape::encode(&wire))
    }

    /// Reads a file.
    ///
    /// # Errors
    /// [`FileFault`]: nothing of the file can be used.
    pub fn decode(file: &[u8]) -> Result<Self, FileFault> {
        let map = container::of_type(file, Type::Export)?;
        let wire: Wire = shape::whole(map).map_err(|_| FileFault::Newer)?;
        Ok(Self {
            branch: wire.branch,
            made: wire.made,
            authors: wire.authors,
            rows: wire.rows,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Sig;

    #[test]
    fn a_damaged_export_is_noticed_wherever_it_is_damaged() {
        let row = Row {
            server_seq: 1,
            header: vec![1; 40],
            sig: Sig([2; 64]),
            body: None,
            server_time: 5,
            state: Some(2),
        };
        let export = Export {
            branch: BranchId([3; 16]),
            made: 7,
            authors: vec![],
            rows: vec![row],
        };
        let bytes = export.encode();
        assert_eq!(Export::decode(&bytes), Ok(export));
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert!(Export::decode(&changed).is_err(), "byte {at}");
            assert!(Export::decode(&bytes[..at]).is_err(), "cut at {at}");
        }
        assert_eq!(Export::decode(b"LYLICH\x1a\x02"), Err(FileFault::Newer));
        assert_eq!(Export::decode(b"{}"), Err(FileFault::Foreign));
    }
}
