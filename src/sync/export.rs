//! The file an endpoint writes for a branch: every op its secretaries may have, sealed as received.
//!
//! Format: the container of sync protocol §15.1 (`LYLICH` 1A 01 ‖ CBOR ‖ SHA-256) with type 4. Invariant: a damaged file is noticed
//! before anything in it is used, and nothing in it is believed without the signatures inside. Not here: opening bodies (`reader`).

use crate::answer::{Author, Row};
use crate::hash::sha256;
use crate::id::BranchId;
use crate::shape;
use minicbor::Encode;

const MAGIC: &[u8; 8] = b"LYLICH\x1a\x01";
const TYPE: u8 = 4;

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

/// Why a file is not an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExportFault {
    /// Some other file.
    #[error("not an export of this program")]
    Other,
    /// Cut short or changed.
    #[error("the export is damaged")]
    Damaged,
    /// Of a newer format.
    #[error("the export is of a newer format")]
    Newer,
}

impl Export {
    /// The file's bytes.
    pub fn encode(&self) -> Vec<u8> {
        let (authors, rows) = (self.authors.clone(), self.rows.clone());
        let wire = Wire {
            kind: TYPE,
            branch: self.branch,
            made: self.made,
            authors,
            rows,
        };
        let mut out = MAGIC.to_vec();
        out.extend(shape::encode(&wire));
        let digest = sha256(&out);
        out.extend(digest);
        out
    }

    /// Reads a file.
    pub fn decode(bytes: &[u8]) -> Result<Self, ExportFault> {
        let rest = bytes.strip_prefix(&MAGIC[..]);
        let Some(rest) = rest else {
            let newer = bytes.starts_with(b"LYLICH\x1a");
            return Err(if newer { ExportFault::Newer } else { ExportFault::Other });
        };
        let (inner, digest) = rest.split_last_chunk::<32>().ok_or(ExportFault::Damaged)?;
        let (signed, _) = bytes.split_last_chunk::<32>().ok_or(ExportFault::Damaged)?;
        if sha256(signed) != *digest {
            return Err(ExportFault::Damaged);
        }
        let wire: Wire = shape::whole(inner).map_err(|_| ExportFault::Other)?;
        if wire.kind != TYPE {
            return Err(ExportFault::Other);
        }
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
        assert_eq!(Export::decode(b"LYLICH\x1a\x02"), Err(ExportFault::Newer));
        assert_eq!(Export::decode(b"{}"), Err(ExportFault::Other));
    }
}
