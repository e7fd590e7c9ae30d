//! A courier file as text, for share sheets, which pass only kinds of files that they know (sync protocol §15.5).
//!
//! Invariant: what is read is byte for byte what was written, whatever a mail program did to the ends of the lines. Not here: what the
//! file holds (`parcel`).

use crate::spelling::{base64, unbase64};

const BEGIN: &str = "-----BEGIN LYLICH 1-----";
const END: &str = "-----END LYLICH 1-----";
const LINE: usize = 64;

/// The file as text.
pub fn write(file: &[u8]) -> String {
    let mut text = format!("{BEGIN}\n");
    for (n, letter) in base64(file).chars().enumerate() {
        if n > 0 && n.is_multiple_of(LINE) {
            text.push('\n');
        }
        text.push(letter);
    }
    format!("{text}\n{END}\n")
}

/// The file in such a text, wherever in it; nothing when there is none.
pub fn read(text: &str) -> Option<Vec<u8>> {
    let (_, rest) = text.split_once(BEGIN)?;
    let (lines, _) = rest.split_once(END)?;
    unbase64(&lines.split_whitespace().collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(crate::seal::tests::cases(64))]

        #[test]
        fn a_file_comes_back_from_its_text_also_between_other_lines(file in proptest::collection::vec(any::<u8>(), 0..300)) {
            let text = write(&file);
            prop_assert!(text.lines().all(|line| line.len() <= LINE));
            let passed_on = format!("Gửi bạn:\r\n{}\r\nCảm ơn", text.replace('\n', "\r\n"));
            prop_assert_eq!(read(&text), Some(file.clone()));
            prop_assert_eq!(read(&passed_on), Some(file));
        }
    }

    #[test]
    fn a_text_without_a_file_gives_nothing() {
        let cut = write(&[7; 100]).replace(END, "");
        for text in [
            "",
            "chào bạn",
            BEGIN,
            &cut,
            "-----BEGIN LYLICH 1-----\n!\n-----END LYLICH 1-----",
        ] {
            assert_eq!(read(text), None, "{text:?}");
        }
    }
}
