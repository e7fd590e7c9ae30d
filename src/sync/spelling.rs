//! Bytes as text: lower-case hex for identifiers, base64url without padding (RFC 4648 §5) for links, base45 (RFC 9285) for QR codes.
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

/// The 45 letters that a QR code packs two into eleven bits, by their value.
const QR_LETTERS: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// Base45: two bytes are three letters, the lowest first; one left over is two.
pub fn base45(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(2) * 3);
    for pair in bytes.chunks(2) {
        let mut rest = pair.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte));
        for _ in 0..=pair.len() {
            out.extend(QR_LETTERS.get(rest % 45).map(|letter| char::from(*letter)));
            rest /= 45;
        }
    }
    out
}

/// Reads [`base45`]; nothing when it is none.
pub fn unbase45(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() / 3 * 2 + 1);
    for chunk in text.as_bytes().chunks(3) {
        let mut number = 0;
        for letter in chunk.iter().rev() {
            number = number * 45 + QR_LETTERS.iter().position(|known| known == letter)?;
        }
        match chunk.len() {
            3 => out.extend(u16::try_from(number).ok()?.to_be_bytes()),
            2 => out.push(u8::try_from(number).ok()?),
            _ => return None,
        }
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
    fn the_examples_of_rfc_9285_come_out_and_what_it_forbids_is_refused() {
        for (bytes, letters) in [
            ("", ""),
            ("AB", "BB8"),
            ("Hello!!", "%69 VD92EX0"),
            ("base-45", "UJCLQE7W581"),
            ("ietf!", "QED8WEX0"),
        ] {
            assert_eq!(base45(bytes.as_bytes()), letters);
            assert_eq!(unbase45(letters).as_deref(), Some(bytes.as_bytes()));
        }
        for pair in 0..=u16::MAX {
            let bytes = pair.to_be_bytes();
            assert_eq!(unbase45(&base45(&bytes)).as_deref(), Some(&bytes[..]));
            assert_eq!(unbase45(&base45(&bytes[1..])).as_deref(), Some(&bytes[1..]));
        }
        for text in ["A", "BB8B", "GGW", ":::", "::", "bb8", "BBé"] {
            assert_eq!(unbase45(text), None, "{text}");
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
