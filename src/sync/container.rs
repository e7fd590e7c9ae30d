//! The frame of every `.lylich` file: `LYLICH` 1A 01 ‖ CBOR map ‖ SHA-256 of everything before (sync protocol §15.1).
//!
//! Find here: the number of each type, closing and opening a frame, what is said about a file that cannot be used. Invariant: a cut
//! or changed file is noticed before anything in it is read. Deliberately not here: what the map holds (`backup`, `export`).

use crate::hash::sha256;
use crate::shape;
use minicbor::Encode;

/// How every file begins; the number of the frame's version follows.
const NAME: &[u8; 7] = b"LYLICH\x1a";
const VERSION: u8 = 1;

/// What a file is for; key 1 of its map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// Sealed letters on their way to the endpoint.
    Going = 1,
    /// Answers on their way back.
    Back = 2,
    /// A copy of a vault.
    Backup = 3,
    /// What a branch received.
    Export = 4,
}

/// Why a file cannot be used. Nothing was changed by looking at it; the person takes another file, or updates the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileFault {
    /// No file of this program.
    #[error("not a file of this program")]
    Foreign,
    /// Cut short or changed.
    #[error("the file is damaged")]
    Damaged,
    /// Of a newer format.
    #[error("the file is of a newer format")]
    Newer,
    /// Of this program, for another purpose.
    #[error("the file is of another type")]
    OtherType,
}

/// The file around a map.
pub fn close(map: &[u8]) -> Vec<u8> {
    let mut file = NAME.to_vec();
    file.push(VERSION);
    file.extend_from_slice(map);
    let digest = sha256(&file);
    file.extend_from_slice(&digest);
    file
}

/// The map in a whole file.
///
/// # Errors
/// [`FileFault::Foreign`], [`FileFault::Newer`] or [`FileFault::Damaged`].
pub fn open(file: &[u8]) -> Result<&[u8], FileFault> {
    // A newer frame may end otherwise, so its number counts before the digest.
    match file.strip_prefix(NAME).and_then(<[u8]>::first) {
        Some(&VERSION) => {}
        Some(_) => return Err(FileFault::Newer),
        None => return Err(FileFault::Foreign),
    }
    let (signed, digest) = file.split_last_chunk::<32>().ok_or(FileFault::Damaged)?;
    let map = signed.get(NAME.len() + 1..).ok_or(FileFault::Damaged)?;
    if sha256(signed) == *digest {
        Ok(map)
    } else {
        Err(FileFault::Damaged)
    }
}

crate::map_shape! {
    #[derive(Encode)]
    struct OfType {
        #[n(1)]
        number: u8,
    }
}

/// The map in a whole file of this type.
///
/// # Errors
/// As [`open`], and [`FileFault::OtherType`]; a whole file without a type is a newer one.
pub fn of_type(file: &[u8], wanted: Type) -> Result<&[u8], FileFault> {
    let map = open(file)?;
    let of: OfType = shape::whole(map).map_err(|_| FileFault::Newer)?;
    if of.number == wanted as u8 {
        Ok(map)
    } else {
        Err(FileFault::OtherType)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_file_of_another_program_and_one_of_a_newer_release_are_told_apart() {
        for foreign in [&b""[..], b"{}", b"LYLICH", b"%PDF-1.7 lylich"] {
            assert_eq!(open(foreign), Err(FileFault::Foreign), "{foreign:?}");
        }
        let mut newer = close(b"anything");
        newer[7] = 2;
        assert_eq!(open(&newer), Err(FileFault::Newer));
    }

    proptest! {
        #![proptest_config(crate::seal::tests::cases(64))]

        #[test]
        fn a_frame_gives_its_map_back_and_no_damaged_one_does(map in proptest::collection::vec(any::<u8>(), 0..200), bit in 0..8_u8) {
            let file = close(&map);
            prop_assert_eq!(open(&file), Ok(&map[..]));
            for at in 0..file.len() {
                let mut changed = file.clone();
                changed[at] ^= 1 << bit;
                prop_assert!(open(&changed).is_err(), "byte {}", at);
                prop_assert!(open(&file[..at]).is_err(), "cut at {}", at);
            }
        }

        #[test]
        fn any_bytes_are_looked_at_without_harm(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            let _ = open(&bytes);
            let _ = open(&[&NAME[..], &[VERSION], &bytes[..]].concat());
        }
    }
}
