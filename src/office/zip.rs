//! The container of XLSX: a ZIP archive (PKWARE APPNOTE 6.3), written and read as far as spreadsheets need it.
//!
//! Invariant: nothing is unpacked beyond [`MOST_UNPACKED`] a part, whatever the archive claims of itself, and a part whose sum does not fit is not handed
//! out. Deliberately not here: archives of more than 4 GB (ZIP64), encryption, other methods than storing and deflate. Our own lines instead of the
//! `zip` crate, because that one brings a second deflate: it added 57 kB, compressed, to a program that already has the first.

use miniz_oxide::{deflate, inflate};

/// The largest part that is unpacked, in bytes.
pub(crate) const MOST_UNPACKED: usize = 16 << 20;
/// The most parts an archive may list.
const MOST_PARTS: usize = 2_000;

/// Compression effort: the usual middle of 0 to 10.
const EFFORT: u8 = 6;
/// 1-1-1980, the earliest day the format knows: an archive says nothing of when it was made.
const NO_DAY: u16 = 0x0021;

/// Why an archive is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ZipFault {
    /// It is no archive, or it is cut short.
    Broken,
    /// It unpacks to more than is taken.
    TooLarge,
    /// It is locked or packed in a way that is not read.
    Unread,
}

/// An archive of these parts, names and contents.
pub(crate) fn pack(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut directory = Vec::new();
    for (name, content) in parts {
        let packed = deflate::compress_to_vec(content, EFFORT);
        let begin = size(out.len());
        let mut head = Vec::new();
        // version 2.0, names in UTF-8, deflate
        for half in [20_u16, 1 << 11, 8, 0, NO_DAY] {
            head.extend(half.to_le_bytes());
        }
        for word in [sum(content), size(packed.len()), size(content.len())] {
            head.extend(word.to_le_bytes());
        }
        head.extend(u16::try_from(name.len()).unwrap_or(0).to_le_bytes());
        head.extend([0; 2]);
        out.extend(b"PK\x03\x04");
        out.extend(&head);
        out.extend(name.as_bytes());
        out.extend(packed);
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&head);
        directory.extend([0; 10]);
        directory.extend(begin.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let begin = size(out.len());
    let many = u16::try_from(parts.len()).unwrap_or(u16::MAX).to_le_bytes();
    let length = size(directory.len());
    out.extend(directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(many);
    out.extend(many);
    out.extend(length.to_le_bytes());
    out.extend(begin.to_le_bytes());
    out.extend([0; 2]);
    out
}

fn size(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

/// A part as the directory lists it.
struct Part<'a> {
    name: &'a [u8],
    flags: u16,
    method: u16,
    sum: u32,
    packed: usize,
    begin: usize,
}

/// An archive that is read.
pub(crate) struct Archive<'a> {
    bytes: &'a [u8],
    parts: Vec<Part<'a>>,
}

impl<'a> Archive<'a> {
    /// Reads the directory at the end.
    pub fn open(bytes: &'a [u8]) -> Result<Archive<'a>, ZipFault> {
        // the end mark stands in the last 64 kB, before a comment
        let tail = bytes.len().saturating_sub(22 + usize::from(u16::MAX));
        let found = bytes
            .get(tail..)
            .and_then(|end| end.windows(4).rposition(|four| four == b"PK\x05\x06"));
        let end = tail + found.ok_or(ZipFault::Broken)?;
        let count = usize::from(half(bytes, end + 10).ok_or(ZipFault::Broken)?);
        let mut at = word(bytes, end + 16).ok_or(ZipFault::Broken)?;
        half(bytes, end + 20).ok_or(ZipFault::Broken)?;
        if count > MOST_PARTS {
            return Err(ZipFault::TooLarge);
        }
        let mut parts = Vec::new();
        for _ in 0..count {
            let (part, length) = listed(bytes, at).ok_or(ZipFault::Broken)?;
            parts.push(part);
            at += length;
        }
        Ok(Archive { bytes, parts })
    }

    /// The content of a part; `None` when there is none of this name (letters' case aside, as Excel reads it).
    pub fn part(&self, name: &str) -> Result<Option<Vec<u8>>, ZipFault> {
        let same = |part: &&Part<'_>| part.name.eq_ignore_ascii_case(name.as_bytes());
        let Some(part) = self.parts.iter().find(same) else {
            return Ok(None);
        };
        if part.flags & 1 != 0 {
            return Err(ZipFault::Unread);
        }
        // the local head repeats name and extras with lengths of its own
        let name = usize::from(half(self.bytes, part.begin + 26).ok_or(ZipFault::Broken)?);
        let extra = usize::from(half(self.bytes, part.begin + 28).ok_or(ZipFault::Broken)?);
        let from = part.begin + 30 + name + extra;
        let packed = from.checked_add(part.packed).and_then(|to| self.bytes.get(from..to));
        let packed = packed.ok_or(ZipFault::Broken)?;
        let content = match part.method {
            0 if packed.len() <= MOST_UNPACKED => packed.to_vec(),
            0 => return Err(ZipFault::TooLarge),
            8 => inflate::decompress_to_vec_with_limit(packed, MOST_UNPACKED).map_err(|fault| match fault.status {
                inflate::TINFLStatus::HasMoreOutput => ZipFault::TooLarge,
                _ => ZipFault::Broken,
            })?,
            _ => return Err(ZipFault::Unread),
        };
        if sum(&content) == part.sum {
            Ok(Some(content))
        } else {
            Err(ZipFault::Broken)
        }
    }
}

/// One entry of the directory, and how long it is.
fn listed(bytes: &[u8], at: usize) -> Option<(Part<'_>, usize)> {
    if bytes.get(at..at.checked_add(4)?)? != b"PK\x01\x02" {
        return None;
    }
    let length = |offset| half(bytes, at + offset).map(usize::from);
    let (name, extra, comment) = (length(28)?, length(30)?, length(32)?);
    let part = Part {
        name: bytes.get(at + 46..at + 46 + name)?,
        flags: half(bytes, at + 8)?,
        method: half(bytes, at + 10)?,
        sum: u32::try_from(word(bytes, at + 16)?).ok()?,
        packed: word(bytes, at + 20)?,
        begin: word(bytes, at + 42)?,
    };
    Some((part, 46 + name + extra + comment))
}

fn half(bytes: &[u8], at: usize) -> Option<u16> {
    let two = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(two.try_into().ok()?))
}

fn word(bytes: &[u8], at: usize) -> Option<usize> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    usize::try_from(u32::from_le_bytes(four.try_into().ok()?)).ok()
}

/// CRC-32 (ISO-HDLC), bit by bit: spreadsheets here are small.
fn sum(content: &[u8]) -> u32 {
    let step = |crc: u32| (crc >> 1) ^ (0xedb8_8320 & 0_u32.wrapping_sub(crc & 1));
    let mut crc = u32::MAX;
    for byte in content {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = step(crc);
        }
    }
    !crc
}

#[cfg(test)]
mod tests {
    use super::{Archive, MOST_UNPACKED, ZipFault, pack, sum};

    #[test]
    fn the_sum_is_the_one_of_the_standards_check_value() {
        assert_eq!(sum(b"123456789"), 0xcbf4_3926);
    }

    #[test]
    fn what_was_packed_comes_back() {
        let parts = [("một.txt", "Lò Thị Mẫu".repeat(90).into_bytes()), ("b/c", Vec::new())];
        let bytes = pack(&parts);
        let archive = Archive::open(&bytes).unwrap();
        for (name, content) in parts {
            assert_eq!(archive.part(name).unwrap(), Some(content));
        }
        assert_eq!(archive.part("d").unwrap(), None);
    }

    #[test]
    fn a_part_that_grows_too_large_is_not_unpacked() {
        let bytes = pack(&[("bomb", vec![0; MOST_UNPACKED + 1]), ("fits", vec![0; 9])]);
        assert!(bytes.len() < MOST_UNPACKED / 500, "it is a bomb");
        let archive = Archive::open(&bytes).unwrap();
        assert_eq!(archive.part("bomb"), Err(ZipFault::TooLarge));
        assert!(archive.part("fits").unwrap().is_some());
    }

    #[test]
    fn every_wrong_bit_and_every_cut_is_borne() {
        let content = b"content".repeat(20);
        let bytes = pack(&[("a", content.clone())]);
        let read = |bytes: &[u8]| Archive::open(bytes).and_then(|archive| archive.part("a"));
        assert_eq!(read(&bytes), Ok(Some(content.clone())));
        for at in 0..bytes.len() {
            assert_ne!(read(&bytes[..at]), Ok(Some(content.clone())), "cut at {at}");
            for bit in 0..8 {
                let mut broken = bytes.clone();
                broken[at] ^= 1 << bit;
                // a flipped bit in an unused place of a head may go unseen; it never gives another content
                let read = read(&broken);
                assert!(
                    !matches!(&read, Ok(Some(other)) if *other != content),
                    "bit {bit} of {at}"
                );
            }
        }
    }
}
