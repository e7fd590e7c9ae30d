//! How bytes become values and back: the one place that names the CBOR codec's entry points.
//!
//! Invariant: `strict` accepts exactly the bytes that `encode` makes, so unknown keys, second spellings, indefinite lengths and
//! trailing bytes are refused; `whole` allows unknown keys but no trailing bytes. Not here: what the values mean.

use minicbor::{Decode, Encode};

/// The bytes are not of the expected shape. Nobody but the sender can do something about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("bytes are not of the expected shape")]
pub struct BadShape;

impl From<minicbor::decode::Error> for BadShape {
    fn from(_: minicbor::decode::Error) -> Self {
        Self
    }
}

/// The one encoding of a value.
pub fn encode<T: Encode<()>>(value: &T) -> Vec<u8> {
    let mut out = Vec::new();
    // Writing into memory cannot fail: the error type of the writer has no values.
    let _ = minicbor::encode(value, &mut out);
    out
}

/// The map that has the entries of both; together they may have 23. So a shape can travel with what only few programs know of.
pub fn both(first: &[u8], second: &[u8]) -> Vec<u8> {
    let mut out = first.to_vec();
    if let (Some(head), Some((more, entries))) = (out.first_mut(), second.split_first()) {
        // The head of a map so small is one byte: 0xa0 and the number of its entries (RFC 8949 §3.1).
        *head += more & 0x1f;
        out.extend_from_slice(entries);
    }
    out
}

/// Reads a value that must fill all of `bytes`. Keys this version does not know are skipped.
pub fn whole<'b, T: Decode<'b, ()>>(bytes: &'b [u8]) -> Result<T, BadShape> {
    let mut decoder = minicbor::Decoder::new(bytes);
    let value = decoder.decode()?;
    if decoder.position() == bytes.len() {
        Ok(value)
    } else {
        Err(BadShape)
    }
}

/// Reads a value and refuses every spelling but the one `encode` makes.
pub fn strict<'b, T: Decode<'b, ()> + Encode<()>>(bytes: &'b [u8]) -> Result<T, BadShape> {
    let value: T = whole(bytes)?;
    if encode(&value) == bytes {
        Ok(value)
    } else {
        Err(BadShape)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, minicbor::Encode, minicbor::Decode)]
    #[cbor(map)]
    struct Pair {
        #[n(1)]
        a: u64,
        #[n(2)]
        b: Option<u64>,
    }

    #[test]
    fn two_maps_become_one() {
        let (one, other) = (encode(&Pair { a: 1, b: None }), [0xa1, 0x02, 0x05]);
        assert_eq!(whole(&both(&one, &other)), Ok(Pair { a: 1, b: Some(5) }));
        assert_eq!(both(&one, &[0xa0]), one);
    }

    #[test]
    fn the_strict_reader_takes_only_its_own_spelling() {
        let own = encode(&Pair { a: 1, b: None });
        assert_eq!(own, [0xa1, 0x01, 0x01]);
        assert!(strict::<Pair>(&own).is_ok());
        let spellings: [(&str, &[u8]); 5] = [
            ("unknown key", &[0xa2, 0x01, 0x01, 0x09, 0x01]),
            ("null for absent", &[0xa2, 0x01, 0x01, 0x02, 0xf6]),
            ("long integer", &[0xa1, 0x01, 0x18, 0x01]),
            ("indefinite map", &[0xbf, 0x01, 0x01, 0xff]),
            ("trailing byte", &[0xa1, 0x01, 0x01, 0x00]),
        ];
        for (name, bytes) in spellings {
            assert_eq!(strict::<Pair>(bytes), Err(BadShape), "{name}");
        }
        assert!(
            whole::<Pair>(spellings[0].1).is_ok(),
            "the lenient reader skips an unknown key"
        );
    }
}
