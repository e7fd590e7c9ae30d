//! Short numbers for what the program calls: wasm-bindgen ends the name of each function with sixteen digits of a hash, twice in the release
//! and beyond any compression. Counted numbers of the same length say as much and cost nothing.
//!
//! Invariant: program and script keep the same names for the same functions, and no byte moves. Not here: the names of files (`names`).

use super::Files;

/// Length of a hash in a name.
const LONG: usize = 16;

/// Numbers the names in each script that has a program beside it (`page.js` and `page_bg.wasm`).
pub fn number(files: &mut Files) {
    let programs: Vec<String> = files
        .keys()
        .filter_map(|name| name.strip_suffix("_bg.wasm").map(str::to_owned))
        .collect();
    for name in programs {
        let script = files.get(&format!("{name}.js")).map(Vec::as_slice).unwrap_or_default();
        let hashes = hashes(&String::from_utf8_lossy(script));
        for file in [format!("{name}.js"), format!("{name}_bg.wasm")] {
            if let Some(bytes) = files.get_mut(&file) {
                renumber(bytes, &hashes);
            }
        }
    }
}

/// The hashes at the ends of names, each once, in the order in which they stand.
fn hashes(script: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for word in script.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_') {
        let hash = word.strip_prefix("__wbg_").and_then(|rest| rest.rsplit_once('_'));
        if let Some((_, hash)) = hash.filter(|(_, hash)| is_hash(hash))
            && !found.iter().any(|known| known == hash)
        {
            found.push(hash.to_owned());
        }
    }
    found
}

fn is_hash(text: &str) -> bool {
    text.len() == LONG && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// Puts numbers where the hashes stand behind an underscore.
fn renumber(bytes: &mut [u8], hashes: &[String]) {
    for at in 1..bytes.len().saturating_sub(LONG - 1) {
        let (before, rest) = bytes.split_at_mut(at);
        let Some(place) = rest.get_mut(..LONG).filter(|_| before.last() == Some(&b'_')) else {
            continue;
        };
        if let Some(number) = hashes.iter().position(|hash| hash.as_bytes() == place) {
            place.copy_from_slice(format!("{number:0LONG$}").as_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn script_and_program_keep_the_same_names_and_their_lengths() {
        let script = "{ __wbg_set_70131fc0c91e4b3c: f, __wbg_get_601c48015b8cc78e: g, __wbg_get_70131fc0c91e4b3c: h, __wbg_ptr: 1 }";
        let program = b"\0\x1a__wbg_set_70131fc0c91e4b3c\x1a__wbg_get_601c48015b8cc78e\x1a__wbg_get_70131fc0c91e4b3c\xff70131fc0c91e4b3c";
        let mut files = Files::from([
            ("page.js".to_owned(), script.into()),
            ("page_bg.wasm".to_owned(), program.to_vec()),
            ("other.js".to_owned(), script.into()),
        ]);
        number(&mut files);
        let numbered = script
            .replace("70131fc0c91e4b3c", "0000000000000000")
            .replace("601c48015b8cc78e", "0000000000000001");
        assert_eq!(files["page.js"], numbered.as_bytes());
        assert_eq!(files["other.js"], script.as_bytes());
        let program = &files["page_bg.wasm"];
        assert_eq!(
            program.as_slice(),
            b"\0\x1a__wbg_set_0000000000000000\x1a__wbg_get_0000000000000001\x1a__wbg_get_0000000000000000\xff70131fc0c91e4b3c"
        );
    }
}
