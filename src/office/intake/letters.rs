//! From the bytes of a text file to letters: UTF-8, UTF-16 (both orders), Windows-1258. The font encoding TCVN3 is recognised and asked to be changed.
//!
//! Sources: Unicode 15 chapter 3.10 for byte order marks; Microsoft code page 1258 as published by Unicode; TCVN 5712:1993 table 3 for which bytes are letters
//! there. TCVN3 is not read, because its capitals are those of another font and cannot be told from the file.

use super::{BadRow, refused};

/// The text of a file.
pub(super) fn read(file: &[u8]) -> Result<String, BadRow> {
    match file {
        [0xef, 0xbb, 0xbf, rest @ ..] => Ok(String::from_utf8_lossy(rest).into_owned()),
        [0xff, 0xfe, rest @ ..] => Ok(wide(rest, u16::from_le_bytes)),
        [0xfe, 0xff, rest @ ..] => Ok(wide(rest, u16::from_be_bytes)),
        // a first sign of Latin in UTF-16 has an empty half
        [_, 0, _, 0, ..] => Ok(wide(file, u16::from_le_bytes)),
        [0, _, 0, _, ..] => Ok(wide(file, u16::from_be_bytes)),
        _ => match std::str::from_utf8(file) {
            Ok(text) if text.contains('\0') => refused("Tệp này không phải bảng CSV hay XLSX."),
            Ok(text) => Ok(text.to_string()),
            Err(_) if file.contains(&0) => refused("Tệp này không phải bảng CSV hay XLSX."),
            Err(_) => old(file),
        },
    }
}

fn wide(bytes: &[u8], order: fn([u8; 2]) -> u16) -> String {
    let units = bytes
        .chunks_exact(2)
        .filter_map(|two| Some(order(two.try_into().ok()?)));
    char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect()
}

/// A file of one byte a letter.
fn old(file: &[u8]) -> Result<String, BadRow> {
    let text: String = file.iter().map(|byte| letter(*byte)).collect();
    if is_old_font(&text) {
        return refused(
            "Tệp dùng phông chữ cũ (TCVN3, ví dụ .VnTime). Hãy mở bằng Excel, chuyển sang Unicode rồi lưu lại dạng .xlsx hoặc CSV UTF-8.",
        );
    }
    Ok(text)
}

/// The upper half of code page 1258 where it is not that of Latin-1: letters of Vietnamese, and tones written behind their letter.
fn letter(byte: u8) -> char {
    const LOW: &str = "€\u{fffd}‚ƒ„…†‡ˆ‰\u{fffd}‹Œ\u{fffd}\u{fffd}\u{fffd}\u{fffd}‘’“”•–—˜™\u{fffd}›œ\u{fffd}\u{fffd}Ÿ";
    match byte {
        0x80..=0x9f => LOW.chars().nth(usize::from(byte - 0x80)).unwrap_or('\u{fffd}'),
        0xc3 => 'Ă',
        0xcc => '\u{300}',
        0xd0 => 'Đ',
        0xd2 => '\u{309}',
        0xd5 => 'Ơ',
        0xdd => 'Ư',
        0xde => '\u{303}',
        0xe3 => 'ă',
        0xec => '\u{301}',
        0xf0 => 'đ',
        0xf2 => '\u{323}',
        0xf5 => 'ơ',
        0xfd => 'ư',
        0xfe => '₫',
        other => char::from(other),
    }
}

/// Whether a text shows signs where a font of TCVN3 has its letters: signs between U+00A1 and U+00BF that stand next to a letter.
pub(super) fn is_old_font(text: &str) -> bool {
    let is_sign = |c: char| matches!(c, '\u{a1}'..='\u{bf}') && c != '·' && c != '°';
    let letters: Vec<char> = text.chars().collect();
    letters.windows(2).any(|two| match two {
        [a, b] => (is_sign(*a) && b.is_alphabetic()) || (a.is_alphabetic() && is_sign(*b)),
        _ => false,
    })
}
