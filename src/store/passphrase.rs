//! Passphrases: six random words by default, or a phrase of one's own that keeps four rules (storage design §9.4).
//!
//! Invariant: every rule is judged on the folded phrase, as the key is, so that keyboards make no difference. Six words of 256 are
//! 48 bits: at 10,000 guesses a second about 900 years for the whole space. There is no PIN. Deliberately not here: stretching
//! (`stretch`), the fold itself (`sync::fold`).

use sync::Random;
use sync::fold::fold;
use zeroize::Zeroizing;

mod known;
mod words;

pub use words::WORDS;

const SHORTEST: usize = 16;
const FEWEST_WORDS: usize = 3;

/// Six words, drawn without bias: one random byte each.
pub fn six_words(rnd: &mut dyn Random) -> Vec<&'static str> {
    let mut drawn = Zeroizing::new([0; 6]);
    rnd.fill(drawn.as_mut_slice());
    drawn
        .iter()
        .filter_map(|at| WORDS.get(usize::from(*at)).copied())
        .collect()
}

/// Why a phrase of one's own may not be used, in words; `None` when it may.
pub fn weakness(phrase: &str, nickname: &str) -> Option<&'static str> {
    let folded = fold(phrase);
    let mut words: Vec<&str> = Vec::new();
    for word in folded.split(' ').filter(|word| !word.is_empty()) {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    let nickname = fold(nickname);
    if folded.len() < SHORTEST {
        return Some("Cụm từ còn ngắn. Viết từ 16 chữ cái trở lên, dấu cách cũng tính.");
    }
    if words.len() < FEWEST_WORDS {
        return Some("Cụm từ cần ít nhất ba tiếng khác nhau, cách nhau bằng dấu cách.");
    }
    // The nickname stands in clear on the first screen: it adds nothing to a phrase.
    if !nickname.is_empty() && folded.len() < SHORTEST + nickname.len() && has_words(&folded, &nickname) {
        return Some("Cụm từ đang dựa vào tên gọi của kho, dễ đoán. Thêm vài tiếng khác.");
    }
    if known::LINES
        .iter()
        .any(|line| has_words(line, &folded) || (has_words(&folded, line) && folded.len() < line.len() + SHORTEST))
    {
        return Some("Câu này nhiều người biết nên dễ đoán. Chọn những tiếng không đi liền với nhau.");
    }
    None
}

/// Whether `part` stands in `whole` as whole words.
fn has_words(whole: &str, part: &str) -> bool {
    format!(" {whole} ").contains(&format!(" {part} "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use wasm_bindgen_test::wasm_bindgen_test;

    struct Fixed(u8);

    impl Random for Fixed {
        fn fill(&mut self, out: &mut [u8]) {
            for byte in out {
                *byte = self.0;
                self.0 = self.0.wrapping_add(51);
            }
        }
    }

    #[wasm_bindgen_test]
    fn the_256_words_are_one_syllable_each_and_stay_apart_when_folded() {
        let folded: BTreeSet<String> = WORDS.iter().map(|word| fold(word).to_string()).collect();
        assert_eq!((WORDS.len(), folded.len()), (256, 256));
        for word in &folded {
            assert!(
                (2..=6).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_lowercase()),
                "{word}"
            );
        }
        let marks = |c: char| ('\u{300}'..='\u{36f}').contains(&c);
        assert!(
            WORDS
                .iter()
                .all(|word| !word.chars().any(marks) && *word == word.to_lowercase()),
            "NFC, lower case"
        );
    }

    #[wasm_bindgen_test]
    fn every_byte_draws_its_own_word_and_the_phrase_may_be_used() {
        assert_eq!(
            six_words(&mut Fixed(0)),
            ["bò", WORDS[51], WORDS[102], WORDS[153], WORDS[204], "bắp"]
        );
        let shortest = ["ga", "bo", "de", "ca", "oc", "sa"].join(" ").len();
        assert!(shortest >= SHORTEST, "six of the shortest words are long enough");
        for start in 0..=255 {
            assert_eq!(weakness(&six_words(&mut Fixed(start)).join(" "), "Thu"), None);
        }
    }

    #[wasm_bindgen_test]
    fn a_weak_phrase_is_told_which_rule_it_breaks() {
        let cases = [
            ("bò trâu ngựa", "ngắn"),
            ("truonghocvungbiengioi", "ba tiếng"),
            ("đi đi đi đi đi đi đi", "ba tiếng"),
            ("Nguyễn Thị Thu Hà", "tên gọi"),
            ("Ăn quả nhớ kẻ trồng cây", "nhiều người biết"),
            ("ăn quả nhớ kẻ trồng cây 2026", "nhiều người biết"),
            ("qua nho ke trong cay", "nhiều người biết"),
            ("CÓ CÔNG MÀI SẮT, CÓ NGÀY NÊN KIM", "nhiều người biết"),
        ];
        for (phrase, part) in cases {
            let words = weakness(phrase, "Nguyen Thi Thu Ha").unwrap_or_default();
            assert!(words.contains(part), "{phrase}: {words}");
        }
        assert_eq!(weakness("con mèo tím đọc báo trên mây", "Thu"), None);
    }

    #[wasm_bindgen_test]
    fn the_well_known_lines_are_two_hundred_and_stand_folded() {
        let lines: BTreeSet<&str> = known::LINES.iter().copied().collect();
        assert_eq!(lines.len(), known::LINES.len(), "no line twice");
        assert!(lines.len() >= 200);
        for line in lines {
            assert_eq!(fold(line).as_str(), line);
        }
    }
}
