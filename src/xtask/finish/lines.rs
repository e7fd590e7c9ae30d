//! Takes the places of panics out of the program: file names and line numbers of libraries, which a phone would download for nobody to read.
//!
//! The compiler puts a `core::panic::Location` (address and length of the file's name, line, column) beside everything that may panic; only a nightly
//! compiler can leave it away. Here each becomes zeros, an empty name at line 0, and so do the names. Invariant: nothing else changes, not even a
//! length: what is no location, told by an address that leads to a name ending in `.rs`, stays as it is. The reason of a panic is still said.

use std::ops::Range;

use wasmparser::{DataKind, Operator, Parser, Payload};

use crate::run::{Doing, Stop};

/// Bytes of a location: four numbers of 32 bits.
const SIZE: usize = 16;
/// No name of a source file is longer.
const LONGEST_NAME: usize = 200;
/// No source file has more lines.
const MOST_LINES: usize = 100_000;

/// A stretch of memory that the program brings along: where it begins in memory, and where it stands in the file.
struct Stretch {
    memory: usize,
    file: Range<usize>,
}

/// The same program without the places of panics.
pub fn without_places(mut program: Vec<u8>) -> Result<Vec<u8>, Stop> {
    let stretches = stretches(&program)?;
    let in_file = |address: usize, length: usize| {
        stretches.iter().find_map(|stretch| {
            let from = stretch.file.start + address.checked_sub(stretch.memory)?;
            (from + length <= stretch.file.end).then_some(from..from + length)
        })
    };
    let mut found: Vec<Range<usize>> = Vec::new();
    for stretch in &stretches {
        let first = stretch.file.start + stretch.memory.next_multiple_of(4) - stretch.memory;
        for at in (first..(stretch.file.end + 1).saturating_sub(SIZE)).step_by(4) {
            let [address, length, line, column] = [0, 4, 8, 12].map(|part| number(&program, at + part));
            if !(4..LONGEST_NAME).contains(&length) || !(1..MOST_LINES).contains(&line) || column == 0 {
                continue;
            }
            let name = in_file(address, length).filter(|name| program[name.clone()].ends_with(b".rs"));
            found.extend(name.into_iter().flat_map(|name| [at..at + SIZE, name]));
        }
    }
    for place in found {
        program[place].fill(0);
    }
    Ok(program)
}

fn stretches(program: &[u8]) -> Result<Vec<Stretch>, Stop> {
    let unread = "the program of the page is not understood";
    let mut stretches = Vec::new();
    for payload in Parser::new(0).parse_all(program) {
        let Payload::DataSection(section) = payload.doing(unread)? else {
            continue;
        };
        for data in section {
            let data = data.doing(unread)?;
            let DataKind::Active { offset_expr, .. } = data.kind else {
                continue;
            };
            let mut steps = offset_expr.get_operators_reader();
            if let Operator::I32Const { value } = steps.read().doing(unread)? {
                let end = usize::try_from(data.range.end).doing(unread)?;
                stretches.push(Stretch {
                    memory: value as u32 as usize,
                    file: end - data.data.len()..end,
                });
            }
        }
    }
    Ok(stretches)
}

fn number(program: &[u8], at: usize) -> usize {
    let bytes = program.get(at..at + 4).and_then(|bytes| bytes.try_into().ok());
    bytes.map_or(0, u32::from_le_bytes) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A program that brings these bytes to address 64.
    fn program(data: &[u8]) -> Vec<u8> {
        let mut section = vec![1, 0, 0x41, 0xc0, 0x00, 0x0b, u8::try_from(data.len()).unwrap()];
        section.extend(data);
        let mut program = b"\0asm\x01\0\0\0".to_vec();
        program.extend([11, u8::try_from(section.len()).unwrap()]);
        program.extend(section);
        program
    }

    fn words(numbers: [u32; 4]) -> Vec<u8> {
        numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
    }

    #[test]
    fn a_location_and_its_name_become_zeros_and_all_else_stays() {
        let other = words([64, 3, 7, 9]);
        let data = [
            b"src/life.rs\0words\0\0\0".to_vec(),
            words([64, 11, 312, 5]),
            other.clone(),
        ]
        .concat();
        let whole = program(&data);
        let bare = without_places(whole.clone()).unwrap();
        let expected = [vec![0; 11], b"\0words\0\0\0".to_vec(), vec![0; SIZE], other].concat();
        assert_eq!(bare, program(&expected));
        assert_eq!(bare.len(), whole.len());
        assert_eq!(without_places(bare.clone()).unwrap(), bare);
    }

    #[test]
    fn a_file_that_is_no_program_is_refused() {
        assert!(without_places(b"no program".to_vec()).is_err());
    }
}
