//! The two lists as a phone receives them: one file, a quarter smaller than general compression makes it.
//!
//! Each bit is forecast from eight views of what stands before it; the forecasts are mixed by weights that learn from every bit (M. Mahoney,
//! "Adaptive Weighing of Context Models for Lossless Data Compression", 2005), and an arithmetic coder writes only what was not foreseen.
//! Invariant: what was packed comes back byte for byte; both directions run the same [`Forecast`], in integers, so that all machines agree.
//! Not here: what the lists mean (`read`).

use super::{Places, PlacesFault};

/// Views of what stands before a bit.
const VIEWS: usize = 8;
/// Forecasts are kept in `1 << SLOTS` places, 8 MiB: with fewer, more of them share one.
const SLOTS: u32 = 21;
/// After this many bits a forecast stops slowing down.
const STEADY: u32 = 12;
/// No list is longer; a file that says so is broken.
const LONGEST: usize = 1 << 20;

/// Logistic curve at 33 places from -2048 to 2048, in 4096ths.
const CURVE: [i32; 33] = [
    1, 2, 3, 6, 10, 16, 27, 45, 73, 120, 194, 310, 488, 747, 1101, 1546, 2047, 2549, 2994, 3348, 3607, 3785, 3901,
    3975, 4022, 4050, 4068, 4079, 4085, 4089, 4092, 4093, 4094,
];

/// From a mixed forecast, -2047 to 2047, to a probability of 1 to 4095 in 4096.
fn probability(mixed: i32) -> i32 {
    let place = mixed.clamp(-2047, 2047) + 2048;
    let (at, part) = ((place >> 7) as usize, place & 127);
    let of = |at: usize| CURVE.get(at).copied().unwrap_or(4094);
    ((of(at) * (128 - part) + of(at + 1) * part + 64) >> 7).clamp(1, 4095)
}

/// What one view says about the next bit.
#[derive(Clone, Copy, Default)]
struct View {
    /// Names what stands before the byte.
    before: u32,
    /// Its place among the slots.
    at: usize,
    /// Its forecast, -2047 to 2047.
    says: i32,
}

/// Foretells bit after bit of a text.
struct Forecast {
    /// From a probability in 4096ths back to a forecast.
    logit: Vec<i16>,
    /// Probability of a one in 22 bits, and how often it was asked in 10.
    slots: Vec<u32>,
    /// Trust in each view, by the bits of this byte so far and the kind of the last byte.
    trust: Vec<[i32; VIEWS]>,
    views: [View; VIEWS],
    /// Bits of this byte behind a leading one.
    bits: usize,
    /// Kind of the last byte: in a word, a space, a sign.
    kind: usize,
    /// The last eight bytes.
    last: u64,
    word: u32,
    word_before: u32,
    /// The name from its beginning.
    name: u32,
    /// Probability that the next bit is a one, in 4096ths.
    one: i32,
}

impl Forecast {
    fn new() -> Forecast {
        let mut logit = vec![2047_i16; 4096];
        let mut known = 0;
        for mixed in -2047..=2047_i16 {
            let upto = probability(i32::from(mixed)) as usize + 1;
            logit.iter_mut().take(upto).skip(known).for_each(|at| *at = mixed);
            known = upto.max(known);
        }
        let mut forecast = Forecast {
            logit,
            slots: vec![1 << 31; 1 << SLOTS],
            trust: vec![[1 << 14; VIEWS]; 3 * 256],
            views: [View::default(); VIEWS],
            bits: 1,
            kind: 0,
            last: 0,
            word: 0,
            word_before: 0,
            name: 0,
            one: 0,
        };
        forecast.look();
        forecast.ask();
        forecast
    }

    /// A new byte begins: what stands before it, seen eight ways.
    fn look(&mut self) {
        let last = |bytes: u32| self.last & ((1 << (8 * bytes)) - 1);
        let before = [
            0,
            last(1),
            last(2),
            last(3),
            last(4),
            u64::from(self.word) << 32 | u64::from(self.word_before),
            u64::from(self.name),
            u64::from(self.word),
        ];
        for (view, (number, before)) in self.views.iter_mut().zip((1..).zip(before)) {
            let mixed = before.wrapping_add(number).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            view.before = (mixed.wrapping_add(number).wrapping_mul(0xD6E8_FEB8_6659_FD93) >> 32) as u32;
        }
    }

    /// Asks every view about the next bit.
    fn ask(&mut self) {
        // Sixteen slots lie together for each half of a byte: two looks into far memory a byte.
        let (half, low) = match self.bits.checked_ilog2() {
            Some(many @ 4..) => {
                let below = many - 4;
                (1 + (self.bits >> below), 1 << below | (self.bits & ((1 << below) - 1)))
            }
            _ => (0, self.bits),
        };
        let half = (half as u32).wrapping_mul(0x9E37_79B1);
        let trust = self.trust.get(self.kind << 8 | self.bits).copied().unwrap_or_default();
        let mut mixed = 0;
        for (view, trust) in self.views.iter_mut().zip(trust) {
            let row = view.before.wrapping_add(half).wrapping_mul(0x85EB_CA6B) >> (32 - SLOTS + 4);
            view.at = (row as usize) << 4 | low;
            let slot = self.slots.get(view.at).copied().unwrap_or_default();
            let logit = self.logit.get((slot >> 20) as usize).copied().unwrap_or_default();
            view.says = if slot & 1023 == 0 { 0 } else { logit.into() };
            mixed += (view.says * (trust >> 2)) >> 2;
        }
        self.one = probability(mixed >> 12);
    }

    /// Learns what the bit was.
    fn learn(&mut self, bit: bool) {
        let (goal, full) = if bit { (4095, 0x3F_FFFF) } else { (0, 0) };
        let error = (goal - self.one) * 10;
        let mut nobody = [0; VIEWS];
        let trust = self.trust.get_mut(self.kind << 8 | self.bits).unwrap_or(&mut nobody);
        for (view, trust) in self.views.iter().zip(trust) {
            *trust += (view.says * error + 0x2000) >> 14;
            if let Some(slot) = self.slots.get_mut(view.at) {
                let (old, asked) = (i64::from(*slot >> 10), *slot & 1023);
                let new = old + (full - old) * 2 / (2 * i64::from(asked) + 3);
                *slot = (new as u32) << 10 | (asked + 1).min(STEADY);
            }
        }
        self.bits = self.bits << 1 | usize::from(bit);
        if let Some(byte) = self.bits.checked_sub(256) {
            self.take(byte as u8);
            self.bits = 1;
            self.look();
        }
        self.ask();
    }

    fn take(&mut self, byte: u8) {
        let longer = |hash: u32| hash.wrapping_add(u32::from(byte) + 1).wrapping_mul(0x5E16_988F);
        self.last = self.last << 8 | u64::from(byte);
        self.kind = match byte {
            b' ' => 1,
            ..b'A' => 2,
            _ => 0,
        };
        if self.kind == 0 {
            self.word = longer(self.word);
        } else {
            self.word_before = self.word;
            self.word = byte.into();
        }
        self.name = if matches!(byte, b';' | b'\n') {
            byte.into()
        } else {
            longer(self.name)
        };
    }
}

/// The interval of the arithmetic coder.
struct Interval {
    low: u32,
    high: u32,
}

impl Interval {
    const ALL: Interval = Interval { low: 0, high: u32::MAX };

    /// Last number that stands for a one.
    fn split(&self, one: i32) -> u32 {
        self.low + ((u64::from(self.high - self.low) * one as u64) >> 12) as u32
    }

    fn narrow(&mut self, split: u32, bit: bool) {
        if bit {
            self.high = split;
        } else {
            self.low = split + 1;
        }
    }

    /// The first byte, once both ends agree on it.
    fn settled(&mut self) -> Option<u8> {
        let first = self.high >> 24;
        (self.low >> 24 == first).then(|| {
            self.low <<= 8;
            self.high = self.high << 8 | 255;
            first as u8
        })
    }
}

/// Packs both lists; neither holds a zero byte.
pub fn pack(now: &[u8], old: &[u8]) -> Vec<u8> {
    let (mut forecast, mut interval, mut out) = (Forecast::new(), Interval::ALL, Vec::new());
    for byte in now.iter().chain(&[0]).chain(old).chain(&[0]) {
        for place in (0..8).rev() {
            let bit = byte >> place & 1 == 1;
            interval.narrow(interval.split(forecast.one), bit);
            forecast.learn(bit);
            while let Some(byte) = interval.settled() {
                out.push(byte);
            }
        }
    }
    // Any number inside the interval ends the file.
    out.extend(interval.high.to_be_bytes());
    out
}

/// Unpacks both lists little by little, so that a page can answer its person in between.
pub struct Unpacking {
    forecast: Forecast,
    interval: Interval,
    packed: std::vec::IntoIter<u8>,
    /// Four bytes of the file, from where the interval stands.
    number: u32,
    now: Vec<u8>,
    old: Vec<u8>,
    in_old: bool,
}

impl Unpacking {
    /// Of the file that [`pack`] made.
    pub fn of(packed: Vec<u8>) -> Unpacking {
        let mut unpacking = Unpacking {
            forecast: Forecast::new(),
            interval: Interval::ALL,
            packed: packed.into_iter(),
            number: 0,
            now: Vec::new(),
            old: Vec::new(),
            in_old: false,
        };
        (0..4).for_each(|_| unpacking.shift());
        unpacking
    }

    /// Goes on for at most so many bytes. The lists, once both have ended; a [`PlacesFault`] when they are not of their form or never end.
    pub fn go_on(&mut self, bytes: usize) -> Option<Result<Places, PlacesFault>> {
        for _ in 0..bytes {
            let byte = self.byte();
            let list = if self.in_old { &mut self.old } else { &mut self.now };
            match byte {
                0 if self.in_old => return Some(Places::read(&self.now, &self.old)),
                0 => self.in_old = true,
                _ if list.len() >= LONGEST => return Some(Err(PlacesFault { line: 0 })),
                _ => list.push(byte),
            }
        }
        None
    }

    fn byte(&mut self) -> u8 {
        let mut byte = 0;
        for _ in 0..8 {
            let split = self.interval.split(self.forecast.one);
            let bit = self.number <= split;
            self.interval.narrow(split, bit);
            self.forecast.learn(bit);
            byte = byte << 1 | u8::from(bit);
            while self.interval.settled().is_some() {
                self.shift();
            }
        }
        byte
    }

    /// Behind the end of the file stand zeros.
    fn shift(&mut self) {
        self.number = self.number << 8 | u32::from(self.packed.next().unwrap_or(0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: &[u8] = include_bytes!("../../../public/data/places-now.txt");
    const OLD: &[u8] = include_bytes!("../../../public/data/places-old.txt");

    /// Both lists, in pieces of so many bytes; nothing when they never end.
    fn unpacked(packed: &[u8], piece: usize) -> Option<(Vec<u8>, Vec<u8>)> {
        let mut unpacking = Unpacking::of(packed.to_vec());
        while unpacking.now.len().max(unpacking.old.len()) < LONGEST {
            if unpacking.go_on(piece).is_some() {
                return Some((unpacking.now, unpacking.old));
            }
        }
        None
    }

    #[test]
    fn both_lists_come_back_byte_for_byte_and_fit_into_41_kilobytes() {
        let packed = pack(NOW, OLD);
        assert!(packed.len() < 41_000, "{} bytes", packed.len());
        assert_eq!(unpacked(&packed, 8_192), Some((NOW.to_vec(), OLD.to_vec())));
    }

    #[test]
    fn any_bytes_but_zero_come_back() {
        let noise: Vec<u8> = (0..5_000_u32)
            .map(|n| (n.wrapping_mul(0x9E37_79B1) >> 24) as u8 | 1)
            .collect();
        for (now, old) in [
            (&b""[..], &b""[..]),
            (b"a", b""),
            (&noise, b"\xff\x01"),
            (b"", &[1; 70_000]),
        ] {
            assert_eq!(unpacked(&pack(now, old), 1), Some((now.to_vec(), old.to_vec())));
        }
    }

    #[test]
    fn a_broken_file_ends_and_gives_no_lists_or_others() {
        let packed = pack(NOW, OLD);
        let half = packed.get(..packed.len() / 2).unwrap();
        assert_ne!(unpacked(half, 8_192), Some((NOW.to_vec(), OLD.to_vec())));
        let mut flipped = packed.clone();
        flipped[1_000] ^= 4;
        assert_ne!(unpacked(&flipped, 8_192), Some((NOW.to_vec(), OLD.to_vec())));
    }
}
