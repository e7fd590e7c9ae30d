//! A search for planted words in every file under a directory, in every form in which they could lie there: UTF-8 composed and
//! decomposed, UTF-16 both ways round, base64 at each of its three alignments, hex.
//!
//! A hunt that finds nothing proves nothing by itself: plant a control in the same place and let the same hunt find it.

use std::{
    fmt,
    fs::{self, File},
    io::Read,
    path::{Path, PathBuf},
};

use data_encoding::{BASE64_NOPAD, BASE64URL_NOPAD, HEXLOWER, HEXUPPER};
use unicode_normalization::UnicodeNormalization;

/// Shorter words would be found by chance.
const SHORTEST: usize = 6;

/// The words, in all their forms.
pub struct Hunt {
    traces: Vec<Trace>,
    /// Whether any trace begins with these two bytes.
    starts: Vec<bool>,
    longest: usize,
}

struct Trace {
    word: String,
    form: &'static str,
    bytes: Vec<u8>,
}

/// A word that lies where it must not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    pub word: String,
    pub form: &'static str,
    pub file: PathBuf,
    pub offset: u64,
}

impl fmt::Display for Hit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "“{}” as {} in {} at {}",
            self.word,
            self.form,
            self.file.display(),
            self.offset
        )
    }
}

impl Hunt {
    /// For these words.
    pub fn new<'a>(words: impl IntoIterator<Item = &'a str>) -> Hunt {
        let traces: Vec<Trace> = words.into_iter().flat_map(traces).collect();
        assert!(!traces.is_empty(), "a hunt needs words");
        let mut starts = vec![false; 1 << 16];
        for trace in &traces {
            starts[start(&trace.bytes)] = true;
        }
        let longest = traces.iter().map(|trace| trace.bytes.len()).max().unwrap_or(0);
        Hunt {
            traces,
            starts,
            longest,
        }
    }

    /// Everything found in the files under these places. Says how much was read, too: nothing read proves nothing.
    pub fn under(&self, places: &[&Path]) -> Catch {
        let mut caught = Catch {
            hits: Vec::new(),
            files: 0,
            bytes: 0,
        };
        let mut open: Vec<PathBuf> = places.iter().map(|place| place.to_path_buf()).collect();
        while let Some(place) = open.pop() {
            let Ok(kind) = fs::symlink_metadata(&place) else {
                continue;
            };
            if kind.is_dir() {
                self.name(&place, &mut caught);
                open.extend(
                    fs::read_dir(&place)
                        .into_iter()
                        .flatten()
                        .filter_map(|entry| Some(entry.ok()?.path())),
                );
            } else if kind.is_file() {
                self.name(&place, &mut caught);
                self.file(&place, &mut caught);
            }
        }
        caught
    }

    /// Everything found in these bytes.
    pub fn in_bytes(&self, bytes: &[u8]) -> Vec<Hit> {
        let mut hits = Vec::new();
        self.piece(bytes, 0, Path::new("(memory)"), &mut hits);
        hits
    }

    /// A word in a file's name counts too.
    fn name(&self, path: &Path, caught: &mut Catch) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        self.piece(name.as_bytes(), 0, path, &mut caught.hits);
    }

    fn file(&self, path: &Path, caught: &mut Catch) {
        let Ok(mut file) = File::open(path) else { return };
        caught.files += 1;
        let (mut buffer, mut held, mut offset) = (vec![0; 1 << 20], 0, 0_u64);
        while let Ok(read) = file.read(&mut buffer[held..]) {
            if read == 0 {
                break;
            }
            caught.bytes += read as u64;
            let filled = held + read;
            self.piece(&buffer[..filled], offset, path, &mut caught.hits);
            // A word may lie across two pieces.
            let keep = self.longest.min(filled);
            buffer.copy_within(filled - keep..filled, 0);
            offset += (filled - keep) as u64;
            held = keep;
        }
        caught.hits.dedup();
    }

    fn piece(&self, bytes: &[u8], offset: u64, path: &Path, hits: &mut Vec<Hit>) {
        for (at, pair) in bytes.windows(2).enumerate() {
            if !self.starts[start(pair)] {
                continue;
            }
            for trace in self.traces.iter().filter(|trace| bytes[at..].starts_with(&trace.bytes)) {
                let hit = Hit {
                    word: trace.word.clone(),
                    form: trace.form,
                    file: path.to_owned(),
                    offset: offset + at as u64,
                };
                if !hits.contains(&hit) {
                    hits.push(hit);
                }
            }
        }
    }
}

/// What a hunt brings home.
pub struct Catch {
    pub hits: Vec<Hit>,
    pub files: u64,
    pub bytes: u64,
}

impl Catch {
    /// Fails with every hit.
    pub fn assert_clean(&self, what: &str) {
        assert!(self.files > 0 && self.bytes > 0, "the hunt in {what} read nothing");
        let lines: Vec<String> = self.hits.iter().take(20).map(Hit::to_string).collect();
        assert!(lines.is_empty(), "{what} holds planted words:\n{}", lines.join("\n"));
    }

    /// The words that were found, each once.
    pub fn words(&self) -> Vec<&str> {
        let mut words: Vec<&str> = self.hits.iter().map(|hit| hit.word.as_str()).collect();
        words.sort_unstable();
        words.dedup();
        words
    }
}

fn start(bytes: &[u8]) -> usize {
    usize::from(bytes[0]) << 8 | usize::from(bytes[1])
}

fn traces(word: &str) -> Vec<Trace> {
    let composed: String = word.nfc().collect();
    let decomposed: String = word.nfd().collect();
    assert!(composed.len() >= SHORTEST, "“{word}” is too short to plant");
    let mut forms = vec![("UTF-8 NFC", composed.clone().into_bytes())];
    if decomposed != composed {
        forms.push(("UTF-8 NFD", decomposed.into_bytes()));
    }
    forms.push((
        "UTF-16 little-endian",
        composed.encode_utf16().flat_map(u16::to_le_bytes).collect(),
    ));
    forms.push((
        "UTF-16 big-endian",
        composed.encode_utf16().flat_map(u16::to_be_bytes).collect(),
    ));
    forms.push(("hex", HEXLOWER.encode(composed.as_bytes()).into_bytes()));
    forms.push(("hex, capitals", HEXUPPER.encode(composed.as_bytes()).into_bytes()));
    for shift in 0..3 {
        forms.push(("base64", base64(&BASE64_NOPAD, composed.as_bytes(), shift)));
        forms.push(("base64url", base64(&BASE64URL_NOPAD, composed.as_bytes(), shift)));
    }
    forms
        .into_iter()
        .map(|(form, bytes)| Trace {
            word: word.to_owned(),
            form,
            bytes,
        })
        .collect()
}

/// The characters that depend on the word alone when it stands `shift` bytes behind a multiple of three.
fn base64(alphabet: &data_encoding::Encoding, bytes: &[u8], shift: usize) -> Vec<u8> {
    let padded: Vec<u8> = std::iter::repeat_n(0, shift).chain(bytes.iter().copied()).collect();
    let text = alphabet.encode(&padded).into_bytes();
    let first = (shift * 8).div_ceil(6);
    let last = padded.len() * 8 / 6;
    text[first..last].to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORD: &str = "Hoàng Thị Mốc-7431";

    #[test]
    fn a_planted_word_is_found_in_each_form_and_at_each_alignment() {
        let hunt = Hunt::new([WORD]);
        let decomposed: String = WORD.nfd().collect();
        let mut planted: Vec<(&str, Vec<u8>)> = vec![
            ("UTF-8 NFC", WORD.into()),
            ("UTF-8 NFD", decomposed.into_bytes()),
            (
                "UTF-16 little-endian",
                WORD.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            ),
            (
                "UTF-16 big-endian",
                WORD.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            ),
            ("hex", HEXLOWER.encode(WORD.as_bytes()).into()),
            ("hex, capitals", HEXUPPER.encode(WORD.as_bytes()).into()),
        ];
        for lead in ["", "a", "ab", "abc"] {
            planted.push((
                "base64",
                BASE64_NOPAD.encode(format!("{lead}{WORD} and more").as_bytes()).into(),
            ));
        }
        for (form, bytes) in planted {
            let around = [b"before ", bytes.as_slice(), b" after"].concat();
            assert!(hunt.in_bytes(&around).iter().any(|hit| hit.form == form), "{form}");
        }
        assert!(hunt.in_bytes("Hoàng Thị Mốc-7432".as_bytes()).is_empty());
    }

    #[test]
    fn a_word_across_two_pieces_of_a_large_file_is_found_once() {
        let place = tempfile::TempDir::new().unwrap();
        let mut bytes = vec![b'.'; 3 << 20];
        let at = (1 << 20) - 5;
        bytes[at..at + WORD.len()].copy_from_slice(WORD.as_bytes());
        fs::create_dir(place.path().join("deep")).unwrap();
        fs::write(place.path().join("deep/log"), bytes).unwrap();
        let caught = Hunt::new([WORD, "not planted"]).under(&[place.path()]);
        assert_eq!(caught.words(), [WORD]);
        assert_eq!(caught.hits.len(), 1);
        assert_eq!(caught.hits[0].offset, at as u64);
        assert_eq!((caught.files, caught.bytes), (1, 3 << 20));
    }

    #[test]
    fn a_word_in_a_files_name_counts() {
        let place = tempfile::TempDir::new().unwrap();
        fs::write(place.path().join(format!("{WORD}.json")), b"x").unwrap();
        assert_eq!(Hunt::new([WORD]).under(&[place.path()]).words(), [WORD]);
    }

    #[test]
    #[should_panic(expected = "read nothing")]
    fn an_empty_place_proves_nothing() {
        let place = tempfile::TempDir::new().unwrap();
        Hunt::new([WORD])
            .under(&[place.path()])
            .assert_clean("an empty directory");
    }
}
