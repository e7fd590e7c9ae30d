//! Seals a plaintext: deflate, pad, age (sync protocol §5.2).
//!
//! Invariant: `0x01 ‖ u32 length of z ‖ z ‖ zeros to a multiple of 128` inside the age file, and a reader never inflates to more
//! than [`MAX_INFLATED`]. Compression happens only inside the seal, so the endpoint needs no decompressor. Not here: the cipher.

use super::hazmat::{self, AgeFault};
#[cfg(not(transparent))]
use super::inflate::inflate;
use crate::Random;
use crate::body::plain::Plain;
use crate::id::AgePub;
use crate::keys::Seed;
#[cfg(not(transparent))]
use miniz_oxide::deflate::compress_to_vec;
use zeroize::Zeroizing;

/// No reader inflates to more bytes than this.
pub const MAX_INFLATED: usize = 2 << 20;
/// Sizes are rounded up to a multiple of this before sealing.
pub const PAD: usize = 128;
#[cfg(not(transparent))]
const FORMAT: u8 = 1;
/// How hard deflate tries.
#[cfg(not(transparent))]
const HARDEST: u8 = 9;

/// Why a body could not be sealed or opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealFault {
    /// A recipient's key is missing or unusable: a fault of the branch set.
    #[error("a recipient's key is unusable")]
    BadRecipient,
    /// Sealed to other keys: the caller has the wrong key.
    #[error("sealed to other keys")]
    NotForThisKey,
    /// Not what this program seals, damaged, or too big.
    #[error("the sealed body is damaged")]
    Damaged,
    /// Sealed in a newer format: a newer app is needed.
    #[error("sealed in a newer format")]
    Newer,
}

impl From<AgeFault> for SealFault {
    fn from(fault: AgeFault) -> Self {
        match fault {
            AgeFault::BadRecipient => Self::BadRecipient,
            AgeFault::NotForThisKey => Self::NotForThisKey,
            AgeFault::Damaged => Self::Damaged,
        }
    }
}

/// Seals a plaintext to everybody whose key is given.
pub fn seal(plain: &Plain, recipients: &[AgePub], rnd: &mut dyn Random) -> Result<Vec<u8>, SealFault> {
    seal_bytes(&Zeroizing::new(plain.encode()), recipients, rnd)
}

/// Seals the bytes of a plaintext.
pub fn seal_bytes(plain: &[u8], recipients: &[AgePub], rnd: &mut dyn Random) -> Result<Vec<u8>, SealFault> {
    Ok(hazmat::encrypt(&pack(plain)?, recipients, rnd)?)
}

/// Opens a sealed body.
pub fn open(body: &[u8], secret: &Seed) -> Result<Plain, SealFault> {
    open_as(body, secret)
}

/// Opens a sealed body of any shape.
pub fn open_as<T: for<'b> minicbor::Decode<'b, ()>>(body: &[u8], secret: &Seed) -> Result<T, SealFault> {
    crate::shape::whole(&open_bytes(body, secret)?).map_err(|_| SealFault::Damaged)
}

/// The bytes that a sealed body holds.
pub fn open_bytes(body: &[u8], secret: &Seed) -> Result<Zeroizing<Vec<u8>>, SealFault> {
    unpack(&hazmat::decrypt(body, secret, MAX_INFLATED)?)
}

/// The simulator's double of packing: nothing is hidden there, so nothing is made small or padded.
#[cfg(transparent)]
pub fn pack(plain: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealFault> {
    Ok(Zeroizing::new(plain.to_vec()))
}

/// Undoes [`pack`].
#[cfg(transparent)]
pub fn unpack(packed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealFault> {
    Ok(Zeroizing::new(packed.to_vec()))
}

/// Deflates and pads.
#[cfg(not(transparent))]
pub fn pack(plain: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealFault> {
    let z = Zeroizing::new(compress_to_vec(plain, HARDEST));
    let length = u32::try_from(z.len()).map_err(|_| SealFault::Damaged)?;
    let mut out = Zeroizing::new(Vec::with_capacity(z.len() + PAD + 5));
    out.push(FORMAT);
    out.extend_from_slice(&length.to_be_bytes());
    out.extend_from_slice(&z);
    let padded = out.len().next_multiple_of(PAD);
    out.resize(padded, 0);
    Ok(out)
}

/// Undoes [`pack`].
#[cfg(not(transparent))]
pub fn unpack(packed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealFault> {
    let (&format, rest) = packed.split_first().ok_or(SealFault::Damaged)?;
    if format != FORMAT {
        return Err(SealFault::Newer);
    }
    let (length, rest) = rest.split_first_chunk::<4>().ok_or(SealFault::Damaged)?;
    let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| SealFault::Damaged)?;
    let (z, pad) = rest.split_at_checked(length).ok_or(SealFault::Damaged)?;
    if pad.len() >= PAD || pad.iter().any(|byte| *byte != 0) {
        return Err(SealFault::Damaged);
    }
    inflate(z, MAX_INFLATED).map(Zeroizing::new).ok_or(SealFault::Damaged)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read, Write};

    #[test]
    fn what_is_packed_comes_back_and_is_a_multiple_of_128() {
        for size in [0, 1, 100, 127, 128, 5_000, 60_000] {
            let plain: Vec<u8> = (0..size).map(|n: u32| (n * 31 % 251) as u8).collect();
            let packed = pack(&plain).unwrap();
            assert_eq!(packed.len() % PAD, 0);
            assert_eq!(unpack(&packed).unwrap().as_slice(), plain);
        }
    }

    #[test]
    fn another_program_reads_what_is_packed_and_what_it_makes_is_read() {
        let plain: Vec<u8> = "Sinh ra và lớn lên ở xã Chiềng Ly. ".repeat(90).into_bytes();
        let packed = pack(&plain).unwrap();
        let mut back = Vec::new();
        flate2::read::DeflateDecoder::new(&packed[5..])
            .read_to_end(&mut back)
            .unwrap();
        assert_eq!(back, plain);
        let mut other = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
        other.write_all(&plain).unwrap();
        let z = other.finish().unwrap();
        let mut theirs = [&[FORMAT][..], &u32::try_from(z.len()).unwrap().to_be_bytes(), &z].concat();
        theirs.resize(theirs.len().next_multiple_of(PAD), 0);
        assert_eq!(unpack(&theirs).unwrap().as_slice(), plain);
    }

    #[test]
    fn a_stream_that_is_cut_off_is_damaged() {
        let mut packed = pack(&[7; 5_000]).unwrap();
        packed[4] -= 1;
        assert_eq!(unpack(&packed), Err(SealFault::Damaged));
    }

    #[test]
    fn a_bomb_inflates_to_two_mebibytes_at_most() {
        let bomb = pack(&vec![0; MAX_INFLATED + 1]).unwrap();
        assert!(bomb.len() < 4_096, "{} bytes", bomb.len());
        assert_eq!(unpack(&bomb), Err(SealFault::Damaged));
        let largest = pack(&vec![0; MAX_INFLATED]).unwrap();
        assert_eq!(unpack(&largest).unwrap().len(), MAX_INFLATED);
    }

    #[test]
    fn lying_lengths_and_dirty_padding_are_refused() {
        let packed = pack(b"text").unwrap();
        let mut dirty = packed.to_vec();
        *dirty.last_mut().unwrap() = 1;
        let mut long = packed.to_vec();
        long[4] = 0xff;
        let mut newer = packed.to_vec();
        newer[0] = 2;
        for (bytes, expected) in [
            (dirty, SealFault::Damaged),
            (long, SealFault::Damaged),
            (newer, SealFault::Newer),
            (vec![], SealFault::Damaged),
        ] {
            assert_eq!(unpack(&bytes), Err(expected));
        }
    }
}
