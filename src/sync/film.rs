//! A courier file as a film of QR codes, from one phone's screen to another's camera (sync protocol §15.5).
//!
//! Find here: cutting a file into frames, each the text of one code, and whoever watches them. Invariant: what a watcher gives is byte
//! for byte what was cut, whatever was dropped, doubled, misread or mixed in; or it gives nothing. Deliberately not here: drawing and
//! reading the codes, and what the file holds (`parcel`).

use crate::hash::sha256;
use crate::spelling::{base45, unbase45};

/// The largest file for a film, in bytes: larger ones go as a file.
pub const LARGEST: usize = 30_720;
/// Frames to show in a second.
pub const FRAMES_A_SECOND: u32 = 4;

/// How every frame begins; the number is that of this format.
const NAME: &str = "LY1";
/// Bytes of the file's SHA-256 that stand before it, so that a watcher knows what it put together.
const DIGEST: usize = 16;
/// Letters of the digest that tell two films apart.
const SET: usize = 4;
/// Films watched at once: whoever shows one may change its grain or go back to an older file.
const REELS: usize = 4;

/// How much of the file is in one frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grain {
    /// 480 bytes, codes of version 15-L.
    Fine,
    /// 240 bytes, codes of version 10-L: for old cameras.
    Coarse,
}

impl Grain {
    const fn bytes(self) -> usize {
        match self {
            Self::Fine => 480,
            Self::Coarse => 240,
        }
    }
}

/// The most frames that a film can have.
const MOST: usize = (DIGEST + LARGEST).div_ceil(Grain::Coarse.bytes());

/// One code: a piece of a film and its place there.
struct Frame {
    set: String,
    index: usize,
    count: usize,
    piece: Vec<u8>,
}

impl Frame {
    fn text(&self) -> String {
        let (index, count, piece) = (base36(self.index), base36(self.count), base45(&self.piece));
        format!("{NAME}{}{index}{count}{piece}", self.set)
    }

    fn read(text: &str) -> Option<Self> {
        let (set, rest) = text.strip_prefix(NAME)?.split_at_checked(SET)?;
        let (index, rest) = rest.split_at_checked(2)?;
        let (count, piece) = rest.split_at_checked(2)?;
        let frame = Self {
            set: set.to_owned(),
            index: unbase36(index)?,
            count: unbase36(count)?,
            piece: unbase45(piece)?,
        };
        let bounded = frame.index < frame.count && frame.count <= MOST;
        let sized = (1..=Grain::Fine.bytes()).contains(&frame.piece.len());
        (bounded && sized).then_some(frame)
    }
}

/// Two digits, letters in upper case.
fn base36(number: usize) -> String {
    let digit = |number: usize| {
        u32::try_from(number % 36)
            .ok()
            .and_then(|digit| char::from_digit(digit, 36))
    };
    let digits = [digit(number / 36), digit(number)].into_iter().flatten();
    digits.map(|digit| digit.to_ascii_uppercase()).collect()
}

fn unbase36(text: &str) -> Option<usize> {
    let plain = text.bytes().all(|it| it.is_ascii_digit() || it.is_ascii_uppercase());
    usize::from_str_radix(text, 36).ok().filter(|_| plain)
}

/// The frames of a file, in order; nothing when the file is too large.
pub fn cut(file: &[u8], grain: Grain) -> Option<Vec<String>> {
    let digest = sha256(file).into_iter().take(DIGEST);
    let whole: Vec<u8> = digest.chain(file.iter().copied()).collect();
    let set: String = base45(&whole).chars().take(SET).collect();
    let pieces = whole.chunks(grain.bytes());
    let frame = |(index, piece): (usize, &[u8])| Frame {
        set: set.clone(),
        index,
        count: whole.len().div_ceil(grain.bytes()),
        piece: piece.to_vec(),
    };
    let frames = pieces.enumerate().map(|piece| frame(piece).text());
    (file.len() <= LARGEST).then(|| frames.collect())
}

/// What was seen of one film.
struct Reel {
    set: String,
    pieces: Vec<Option<Vec<u8>>>,
}

impl Reel {
    fn is_of(&self, frame: &Frame) -> bool {
        self.set == frame.set && self.pieces.len() == frame.count
    }

    /// The file, when nothing is missing and all of it belongs together.
    fn file(&self) -> Option<Vec<u8>> {
        let pieces: Vec<&[u8]> = self.pieces.iter().map(Option::as_deref).collect::<Option<_>>()?;
        let whole = pieces.concat();
        let (digest, file) = whole.split_at_checked(DIGEST)?;
        (file.len() <= LARGEST && sha256(file).starts_with(digest)).then(|| file.to_vec())
    }
}

/// Whoever watches: takes frames in any order, also of several films at once.
#[derive(Default)]
pub struct Watcher {
    /// The one seen last stands last.
    reels: Vec<Reel>,
}

/// How far a film was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Frames of the film.
    pub count: usize,
    /// Those not seen, counted from one.
    pub missing: Vec<usize>,
}

impl Watcher {
    /// Takes the text of a code. The file, when this was the last that was missing; a text that is no frame changes nothing.
    pub fn see(&mut self, text: &str) -> Option<Vec<u8>> {
        let frame = Frame::read(text)?;
        let known = self.reels.iter().position(|reel| reel.is_of(&frame));
        let mut reel = known.map(|at| self.reels.remove(at)).unwrap_or_else(|| Reel {
            set: frame.set.clone(),
            pieces: vec![None; frame.count],
        });
        *reel.pieces.get_mut(frame.index)? = Some(frame.piece);
        let file = reel.file();
        if file.is_some() {
            return file;
        }
        if reel.pieces.iter().all(Option::is_some) {
            // Something was misread, or two films have the same name: watched from the start.
            reel.pieces.fill(None);
        }
        if self.reels.len() == REELS {
            self.reels.remove(0);
        }
        self.reels.push(reel);
        None
    }

    /// How far the film was seen of which the last frame was.
    pub fn progress(&self) -> Option<Progress> {
        let pieces = &self.reels.last()?.pieces;
        let missing = pieces.iter().zip(1..).filter(|(piece, _)| piece.is_none());
        Some(Progress {
            count: pieces.len(),
            missing: missing.map(|(_, number)| number).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;

    const GRAINS: [Grain; 2] = [Grain::Fine, Grain::Coarse];

    fn film(file: &[u8], grain: Grain) -> Vec<String> {
        cut(file, grain).unwrap()
    }

    /// The file of whoever sees these, in order.
    fn watched<'t>(watcher: &mut Watcher, frames: impl IntoIterator<Item = &'t String>) -> Vec<Vec<u8>> {
        frames.into_iter().filter_map(|frame| watcher.see(frame)).collect()
    }

    #[test]
    fn the_largest_file_fits_and_one_byte_more_does_not() {
        let file = vec![0xff; LARGEST];
        for (grain, count, letters) in [(Grain::Fine, 65, 731), (Grain::Coarse, 129, 371)] {
            let frames = film(&file, grain);
            assert_eq!(frames.len(), count);
            // Version 15-L holds 758 letters, version 10-L 395 (ISO/IEC 18004, table 7).
            assert_eq!(frames.iter().map(String::len).max(), Some(letters));
            assert_eq!(watched(&mut Watcher::default(), &frames), std::slice::from_ref(&file));
            assert_eq!(cut(&[file.as_slice(), &[0]].concat(), grain), None);
        }
    }

    #[test]
    fn a_frame_is_spelled_as_the_protocol_says() {
        let frames = film(&[7; 1_000], Grain::Fine);
        let digest = sha256(&[7; 1_000]);
        for (frame, place) in frames.iter().zip(["0003", "0103", "0203"]) {
            assert_eq!(frame[..11], format!("LY1{}{place}", &base45(&digest)[..4]));
        }
        assert_eq!(frames[2][11..], base45(&[7; 1_000 + 16 - 960]));
    }

    #[test]
    fn what_is_no_frame_changes_nothing() {
        let mut watcher = Watcher::default();
        for text in [
            "",
            "LY1",
            "LY1ABCD",
            "LY1ABCD0001",
            "LY2ABCD000100",
            "LY1ABCD0000BB8",
            "LY1ABCD0101BB8",
            "LY1ABCD00ZZBB8",
            "LY1ABCD+001BB8",
            "LY1ABCD0a0bBB8",
            "LY1ABCé0001BB8",
            "https://example.vn",
        ] {
            assert_eq!(watcher.see(text), None, "{text}");
            assert_eq!(watcher.progress(), None, "{text}");
        }
    }

    #[test]
    fn a_wrong_piece_makes_the_film_begin_anew_and_never_gives_another_file() {
        let file: Vec<u8> = (0..=255).cycle().take(1_500).collect();
        let (right, wrong) = (film(&file, Grain::Fine), film(&[9; 1_500], Grain::Fine));
        let mut watcher = Watcher::default();
        // A frame of another film under this one's name.
        let misread = format!("{}{}", &right[1][..11], &wrong[1][11..]);
        let shown = [&right[0], &misread, &right[2], &right[3]];
        assert_eq!(watched(&mut watcher, shown), Vec::<Vec<u8>>::new());
        assert_eq!(
            watcher.progress(),
            Some(Progress {
                count: 4,
                missing: vec![1, 2, 3, 4]
            })
        );
        assert_eq!(watched(&mut watcher, &right), [file]);
        assert_eq!(watcher.progress(), None);
    }

    #[test]
    fn a_fifth_film_pushes_out_the_one_not_seen_for_longest() {
        let films: Vec<Vec<String>> = (0..5).map(|n| film(&[n; 600], Grain::Fine)).collect();
        let mut watcher = Watcher::default();
        for frames in &films {
            assert_eq!(watcher.see(&frames[0]), None);
        }
        assert_eq!(watcher.see(&films[1][1]), Some(vec![1; 600]));
        assert_eq!(watcher.see(&films[0][1]), None, "forgotten");
    }

    proptest! {
        #![proptest_config(crate::seal::tests::cases(64))]

        #[test]
        fn a_film_gives_its_file_in_any_order(file in vec(any::<u8>(), 0..4_000), order in any::<u64>()) {
            for grain in GRAINS {
                let mut frames = film(&file, grain);
                frames.sort_by_key(|frame| sha256(&[frame.as_bytes(), &order.to_be_bytes()].concat()));
                prop_assert_eq!(watched(&mut Watcher::default(), &frames), std::slice::from_ref(&file));
            }
        }

        /// T-38: half of the frames dropped, others doubled, two films mixed. That the fault happened is what the list of missing
        /// frames says: exactly those that were dropped.
        #[test]
        fn dropped_doubled_and_mixed_frames_give_the_exact_file_or_none(
            files in [vec(any::<u8>(), 3_000..9_000), vec(any::<u8>(), 3_000..9_000)],
            dropped in vec(any::<bool>(), 80),
            doubled in vec(any::<bool>(), 80),
        ) {
            for grain in GRAINS {
                let films = files.each_ref().map(|file| film(file, grain));
                let gone = |at: usize| dropped[at % 80];
                let missing = |film: &[String]| (1..=film.len()).filter(|n| gone(*n)).collect::<Vec<_>>();
                prop_assume!(films.iter().all(|film| !missing(film).is_empty() && missing(film).len() < film.len()));
                let mut watcher = Watcher::default();
                // First showing: the frames of both by turns.
                for at in 0..films[0].len().max(films[1].len()) {
                    for frame in films.iter().filter_map(|film| film.get(at)).filter(|_| !gone(at + 1)) {
                        for _ in 0..=usize::from(doubled[at % 80]) {
                            prop_assert_eq!(watcher.see(frame), None);
                        }
                    }
                }
                // Then the rest of each, once more seen and not.
                for (film, file) in films.iter().zip(&files) {
                    let seen = (1..=film.len()).find(|n| !gone(*n)).unwrap_or(1);
                    prop_assert_eq!(watcher.see(&film[seen - 1]), None);
                    prop_assert_eq!(watcher.progress(), Some(Progress { count: film.len(), missing: missing(film) }));
                    let rest = film.iter().zip(1..).filter(|(_, n)| gone(*n)).map(|(frame, _)| frame);
                    prop_assert_eq!(watched(&mut watcher, rest), std::slice::from_ref(file));
                }
            }
        }

        #[test]
        fn any_text_is_looked_at_without_harm_and_a_frame_is_written_as_it_was_read(place in "[0-9A-Z]{8}", piece in "[0-9A-Z $%*+-./:]{0,40}") {
            let text = format!("{NAME}{place}{piece}");
            if let Some(frame) = Frame::read(&text) {
                prop_assert_eq!(frame.text(), text.clone());
            }
            let _ = Watcher::default().see(&text);
        }
    }
}
