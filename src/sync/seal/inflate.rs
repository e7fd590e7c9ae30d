//! Raw deflate undone (RFC 1951), by counting codes of each length, as its reference decoder does.
//!
//! A phone downloads this: a library's decoder, made for speed, weighs ten times as much in the page, and a sealed body is a few kilobytes.
//! Invariant: never more than `most` bytes come out, nothing that is read decides how much memory is taken before it was decoded, and what
//! is cut off, or goes on after the last block, is a fault. Not here: deflating, which a library does.

/// Longest code, in bits.
const LONGEST: usize = 15;
/// Order in which lengths of the code-length code stand (RFC 1951, 3.2.7).
const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/// What came out, or `None` for bytes that no deflate made or that hold more than `most`.
pub fn inflate(z: &[u8], most: usize) -> Option<Vec<u8>> {
    let mut bits = Bits { z, at: 0 };
    let mut out = Vec::new();
    loop {
        let last = bits.take(1)? == 1;
        match bits.take(2)? {
            0 => stored(&mut bits, &mut out, most)?,
            1 => {
                let length = |symbol| match symbol {
                    0..=143 | 280..=287 => 8,
                    144..=255 => 9,
                    _ => 7,
                };
                let literals: Vec<u8> = (0..288).map(length).collect();
                block(&mut bits, &Codes::of(&literals)?, &Codes::of(&[5; 30])?, &mut out, most)?;
            }
            2 => {
                let (literals, distances) = tables(&mut bits)?;
                block(&mut bits, &literals, &distances, &mut out, most)?;
            }
            _ => return None,
        }
        if last {
            return (bits.at.div_ceil(8) == z.len()).then_some(out);
        }
    }
}

/// Bits, the lowest of each byte first.
struct Bits<'z> {
    z: &'z [u8],
    at: usize,
}

impl Bits<'_> {
    fn take(&mut self, many: usize) -> Option<usize> {
        let mut value = 0;
        for place in 0..many {
            let byte = *self.z.get(self.at / 8)?;
            value |= usize::from(byte >> (self.at % 8) & 1) << place;
            self.at += 1;
        }
        Some(value)
    }
}

/// A prefix code: how many codes there are of each length, and the symbols in the order of their codes.
struct Codes {
    counts: [usize; LONGEST + 1],
    symbols: Vec<usize>,
}

impl Codes {
    /// From the length of each symbol's code; `None` when there are more codes than lengths allow.
    fn of(lengths: &[u8]) -> Option<Self> {
        let mut counts = [0; LONGEST + 1];
        let mut symbols = Vec::new();
        let mut left = 1_usize;
        for length in 1..=LONGEST {
            let of_length = lengths
                .iter()
                .enumerate()
                .filter(|(_, own)| usize::from(**own) == length);
            let before = symbols.len();
            symbols.extend(of_length.map(|(symbol, _)| symbol));
            let count = symbols.len() - before;
            left = (left * 2).checked_sub(count)?;
            *counts.get_mut(length)? = count;
        }
        Some(Self { counts, symbols })
    }

    fn read(&self, bits: &mut Bits<'_>) -> Option<usize> {
        let (mut code, mut first, mut index) = (0, 0, 0);
        for count in self.counts.iter().skip(1) {
            code |= bits.take(1)?;
            if code < first + count {
                return self.symbols.get(index + code - first).copied();
            }
            index += count;
            first = (first + count) * 2;
            code *= 2;
        }
        None
    }
}

fn stored(bits: &mut Bits<'_>, out: &mut Vec<u8>, most: usize) -> Option<()> {
    bits.at = bits.at.next_multiple_of(8);
    let (length, check) = (bits.take(16)?, bits.take(16)?);
    let from = bits.at / 8;
    let bytes = bits.z.get(from..from + length).filter(|_| length ^ check == 0xffff)?;
    bits.at += length * 8;
    out.extend_from_slice(bytes);
    (out.len() <= most).then_some(())
}

fn tables(bits: &mut Bits<'_>) -> Option<(Codes, Codes)> {
    let (literals, distances, of_lengths) = (bits.take(5)? + 257, bits.take(5)? + 1, bits.take(4)? + 4);
    let mut lengths = [0; 19];
    for place in ORDER.iter().take(of_lengths) {
        *lengths.get_mut(*place)? = u8::try_from(bits.take(3)?).ok()?;
    }
    let code = Codes::of(&lengths)?;
    let mut lengths: Vec<u8> = Vec::new();
    while lengths.len() < literals + distances {
        let (length, times) = match code.read(bits)? {
            16 => (*lengths.last()?, 3 + bits.take(2)?),
            17 => (0, 3 + bits.take(3)?),
            18 => (0, 11 + bits.take(7)?),
            length => (u8::try_from(length).ok()?, 1),
        };
        lengths.resize(lengths.len() + times, length);
    }
    let (own, rest) = lengths.split_at_checked(literals)?;
    // Without an end of the block nothing would stop it but the end of the bytes.
    let ends = own.get(256).is_some_and(|length| *length > 0) && rest.len() == distances;
    ends.then_some((Codes::of(own)?, Codes::of(rest)?))
}

fn block(bits: &mut Bits<'_>, literals: &Codes, distances: &Codes, out: &mut Vec<u8>, most: usize) -> Option<()> {
    loop {
        match literals.read(bits)? {
            literal @ 0..=255 => out.push(u8::try_from(literal).ok()?),
            256 => return Some(()),
            symbol => {
                let length = match symbol {
                    257..=264 => symbol - 254,
                    265..=284 => stepped(bits, symbol - 257, 4)? + 3,
                    285 => 258,
                    _ => return None,
                };
                let distance = match distances.read(bits)? {
                    symbol @ 0..=3 => symbol + 1,
                    symbol @ 4..=29 => stepped(bits, symbol, 2)? + 1,
                    _ => return None,
                };
                let from = out.len().checked_sub(distance)?;
                for place in from..from + length {
                    out.push(*out.get(place)?);
                }
            }
        }
        if out.len() > most {
            return None;
        }
    }
}

/// Lengths and distances grow by steps: every so many symbols one more bit follows (RFC 1951, 3.2.5).
fn stepped(bits: &mut Bits<'_>, symbol: usize, a_step: usize) -> Option<usize> {
    let more = symbol / a_step - 1;
    Some(((a_step + symbol % a_step) << more) + bits.take(more)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use miniz_oxide::{deflate::compress_to_vec, inflate::decompress_to_vec_with_limit};
    use proptest::prelude::*;

    const MOST: usize = 1 << 20;

    fn texts() -> Vec<Vec<u8>> {
        let long = "Ngày 12-1-2026 nộp lại chiếc điện thoại nhặt được. ".repeat(900);
        let every: Vec<u8> = (0..70_000_u32)
            .map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8)
            .collect();
        vec![vec![], b"a".to_vec(), long.into_bytes(), vec![7; 100_000], every]
    }

    #[test]
    fn what_a_library_deflates_comes_back_at_every_strength() {
        for text in texts() {
            for level in 0..=10 {
                assert_eq!(
                    inflate(&compress_to_vec(&text, level), MOST).as_ref(),
                    Some(&text),
                    "level {level}"
                );
            }
        }
    }

    #[test]
    fn more_than_is_allowed_or_less_than_was_made_is_refused() {
        for text in texts().iter().filter(|text| text.len() > 1) {
            let z = compress_to_vec(text, 9);
            assert!(inflate(&z, text.len() - 1).is_none());
            assert!(inflate(&z, text.len()).is_some());
            let step = (z.len() / 50).max(1);
            for cut in (0..z.len()).step_by(step) {
                assert!(inflate(&z[..cut], MOST).is_none(), "cut at {cut}");
            }
            assert!(inflate(&[z, vec![0]].concat(), MOST).is_none(), "one byte too many");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_as_a_library_reads_them_or_refused(mut z in prop::collection::vec(any::<u8>(), 0..200), kind in 0_u8..3) {
            if let Some(first) = z.first_mut() {
                *first = *first & !7 | kind << 1 | 1;
            }
            if let Some(own) = inflate(&z, 10_000) {
                prop_assert_eq!(decompress_to_vec_with_limit(&z, 10_000).ok(), Some(own));
            }
        }

        #[test]
        fn a_changed_byte_gives_the_same_as_a_library_or_nothing(at in 0_usize..400, bit in 0_u8..8) {
            let mut z = compress_to_vec(&texts()[2], 6);
            let at = at % z.len();
            z[at] ^= 1 << bit;
            if let Some(own) = inflate(&z, MOST) {
                prop_assert_eq!(decompress_to_vec_with_limit(&z, MOST).ok(), Some(own));
            }
        }
    }
}
