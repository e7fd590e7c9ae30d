//! Bytes as text: lower-case hex for identifiers, base64url without padding (RFC 4648 §5) for links.
//!
//! Invariant: a text has one meaning and bytes have one text: other letters, odd lengths and bits that say nothing are refused. It is
//! written out here because the tables of the crate for it are more bytes in the page than everything it is needed for. Not here: who
//! reads what (`id`, `link`).

/// The 64 letters, by their value.
const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Lower-case hex.
pub fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(u32::from(digit), 16))
        .collect()
}

/// Reads [`hex`]; nothing when it is none.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = text.bytes().map(digit).collect::<Option<_>>()?;
    let (pairs, rest) = digits.as_chunks::<2>();
    rest.is_empty()
        .then(|| pairs.iter().map(|[high, low]| high << 4 | low).collect())
}

fn digit(letter: u8) -> Option<u8> {
    match letter {
        b'0'..=b'9' => Some(letter - b'0'),
        b'a'..=b'f' => Some(letter - b'a' + 10),
        _ => None,
    }
}

/// Base64 with `+` and `/`, without padding (RFC 4648 §4), as age files have it.
pub fn base64(bytes: &[u8]) -> String {
    base64url(bytes).replace('-', "+").replace('_', "/")
}

/// Reads [`base64`]; nothing when it is none.
pub fn unbase64(text: &str) -> Option<Vec<u8>> {
    if text.contains(['-', '_']) {
        None
    } else {
        unbase64url(&text.replace('+', "-").replace('/', "_"))
    }
}

/// Base64url without padding.
pub fn base64url(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 4 / 3 + 2);
    for chunk in bytes.chunks(3) {
        let bits = number(chunk, 8, 24);
        let values = (0..=chunk.len()).map(|at| (bits >> (18 - 6 * at)) & 63);
        out.extend(
            values
                .filter_map(|value| LETTERS.get(value as usize))
                .map(|letter| char::from(*letter)),
        );
    }
    out
}

/// Reads [`base64url`]; nothing when it is none.
pub fn unbase64url(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() * 3 / 4);
    for chunk in text.as_bytes().chunks(4) {
        let values: Vec<u8> = chunk.iter().map(|letter| value(*letter)).collect::<Option<_>>()?;
        let [_, _, ..] = values.as_slice() else { return None };
        let bits = number(&values, 6, 24);
        let [_, bytes @ ..] = bits.to_be_bytes();
        let (said, rest) = bytes.split_at(values.len() - 1);
        if rest.iter().any(|byte| *byte != 0) {
            return None;
        }
        out.extend_from_slice(said);
    }
    Some(out)
}

fn value(letter: u8) -> Option<u8> {
    let at = LETTERS.iter().position(|known| *known == letter)?;
    u8::try_from(at).ok()
}

/// The parts one behind the other, `each` bits wide, at the upper end of `all` bits.
fn number(parts: &[u8], each: usize, all: usize) -> u32 {
    let bits = parts.iter().fold(0, |sum, part| sum << each | u32::from(*part));
    bits << (all - each * parts.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_rfc_4648_come_out() {
        let examples = [
            ("", "", ""),
            ("f", "Zg", "66"),
            ("fo", "Zm8", "666f"),
            ("foo", "Zm9v", "666f6f"),
            ("foob", "Zm9vYg", "666f6f62"),
            ("fooba", "Zm9vYmE", "666f6f6261"),
            ("foobar", "Zm9vYmFy", "666f6f626172"),
        ];
        for (bytes, letters, digits) in examples {
            assert_eq!(base64url(bytes.as_bytes()), letters);
            assert_eq!(unbase64url(letters).as_deref(), Some(bytes.as_bytes()));
            assert_eq!(hex(bytes.as_bytes()), digits);
            assert_eq!(unhex(digits).as_deref(), Some(bytes.as_bytes()));
        }
        assert_eq!(base64url(&[0xfb, 0xff]), "-_8");
    }

    #[test]
    fn it_agrees_with_the_crate_for_it_on_every_byte_at_every_place() {
        for byte in 0..=u8::MAX {
            for length in 1..5 {
                let mut bytes = [0x5a; 5];
                bytes[length - 1] = byte;
                let bytes = &bytes[..length];
                assert_eq!(base64url(bytes), data_encoding::BASE64URL_NOPAD.encode(bytes));
                assert_eq!(base64(bytes), data_encoding::BASE64_NOPAD.encode(bytes));
                assert_eq!(unbase64(&base64(bytes)).as_deref(), Some(bytes));
                assert_eq!(hex(bytes), data_encoding::HEXLOWER.encode(bytes));
                assert_eq!(unbase64url(&base64url(bytes)).as_deref(), Some(bytes));
                assert_eq!(unhex(&hex(bytes)).as_deref(), Some(bytes));
            }
        }
    }

    #[test]
    fn what_has_another_spelling_is_refused() {
        for text in ["Z", "Zg==", "Zh", "Zm9", "Zm9vY", "Zm 9v", "+/8", "Zmé"] {
            assert_eq!(unbase64url(text), None, "{text}");
        }
        assert_eq!(
            (unbase64("-_8"), unbase64("+/8").as_deref()),
            (None, Some(&[0xfb, 0xff][..]))
        );
        for text in ["6", "6F", "0x", " 66", "666"] {
            assert_eq!(unhex(text), None, "{text}");
        }
    }
}
