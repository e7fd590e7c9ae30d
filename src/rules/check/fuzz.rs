//! Records that nobody would write: the library must say what it has to say and never stop.
//!
//! Each input is a record of random answers at random paths of every form, or one of the example dossiers with a few answers changed. It is checked
//! with every rule, near one place and as a note; every finding is worded; the record goes through a dossier file and back. The generator is seeded,
//! so that an input that fails can be made again: its number is in the message.

use super::*;
use crate::form::{self, Field};
use crate::record::Tree;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Random numbers by a seed (SplitMix64).
pub(super) struct Dice(pub(super) u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(super) fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n.max(1) as u64).unwrap()
    }

    pub(super) fn one<'t, T>(&mut self, of: &'t [T]) -> &'t T {
        &of[self.below(of.len())]
    }
}

/// Texts that have broken programs, beside plain ones.
const TEXTS: &[&str] = &[
    "",
    " ",
    "có",
    "không",
    "nay",
    "đến nay",
    "2008-09-20",
    "29-2-2023",
    "31/12/9999",
    "1-1-1900",
    "9/2024",
    "2024",
    "0",
    "-1",
    "99999999999999999999",
    "1e308",
    "0,5",
    "50%",
    "tháng 13/2020",
    "ngày 31 tháng 4",
    "2020-2010",
    "pupil",
    "teacher",
    "married",
    "study",
    "event",
    "father",
    "wife",
    "biological_child",
    "other_relative",
    "lower_secondary",
    "Lò Thị Mẫu",
    "LÒ THỊ MẪU",
    "Nguyeenx",
    "xã Si Pa Phìn",
    "tỉnh Điện Biên",
    "huyện",
    "…",
    "\u{301}",
    "e\u{323}\u{302}\u{301}",
    "\u{200b}",
    "\u{feff}a",
    "𠀀",
    "👩‍👩‍👧",
    "\u{202e}abc",
    "a\nb",
    "\t",
    "001308012345",
    "//",
    "#",
    "_",
    "ß",
    "İ",
    "ŉ",
    "Tôi cam đoan",
    "bệnh viện",
    "Đoàn TNCS Hồ Chí Minh",
    "q",
    "dd",
    "aaw",
    "uow",
    "01/01/0001",
    "12.05.2010",
    "hai nghìn",
];

/// Every path pattern of every form: what leads to a row stands before `*`.
fn paths() -> Vec<String> {
    fn walk(before: &str, field: &Field, out: &mut Vec<String>) {
        let path = format!("{before}{}", field.slug);
        out.extend(field.parts.iter().map(|part| format!("{path}.{}", part.slug)));
        if field.kind.has_rows() {
            field
                .columns
                .iter()
                .for_each(|column| walk(&format!("{path}/*/"), column, out));
            out.extend([format!("{path}/*/_"), format!("{path}/*/#")]);
        } else {
            // members of an object have whole slugs
            field.columns.iter().for_each(|member| walk(before, member, out));
        }
        out.push(path);
    }
    let mut out = Vec::new();
    for form in form::ids().into_iter().filter_map(form::by_id) {
        form::fields(form).for_each(|field| walk("", field, &mut out));
    }
    out.extend([
        "x".to_string(),
        "a/b".to_string(),
        "family/*/history/*/x".to_string(),
        "explanations/*/rule".to_string(),
    ]);
    out
}

/// A text: one of the list, two of them, or letters from anywhere.
fn text(dice: &mut Dice) -> String {
    match dice.below(8) {
        0 => format!("{} {}", dice.one(TEXTS), dice.one(TEXTS)),
        1 => (0..dice.below(12))
            .filter_map(|_| char::from_u32(u32::try_from(dice.next() % 0x3000).unwrap()))
            .collect(),
        2 => format!("{}-{}-{}", dice.below(40), dice.below(14), 1890 + dice.below(160)),
        3 => format!("{}/{}", dice.below(14), 1890 + dice.below(160)),
        _ => (*dice.one(TEXTS)).to_string(),
    }
}

fn change(record: &mut Record, paths: &[String], times: usize, dice: &mut Dice) {
    for _ in 0..times {
        let mut path = dice.one(paths).clone();
        while path.contains('*') {
            let row = *dice.one(&["r0001", "r0002", "r0003", "f01", "ab12cd34"]);
            path = path.replacen('*', row, 1);
        }
        record.set(&path, &text(dice));
    }
}

/// Everything the library can be asked about a record.
fn ask(record: &Record, settings: &Settings, dice: &mut Dice, paths: &[String]) -> usize {
    let act = Date::new(
        2015 + i32::try_from(dice.below(16)).unwrap(),
        1 + u8::try_from(dice.below(12)).unwrap(),
        1,
    )
    .unwrap();
    let cx = Context::new(act, settings);
    let mut found = run(record, &cx);
    // what is said follows from the finding, so a part of the inputs is enough for it
    if dice.below(8) == 0 {
        found.extend(run_near(record, &cx, &dice.one(paths).replace('*', "r0001")));
        for f in &found {
            assert!(!f.message().is_empty() && !f.where_(record).is_empty(), "{f:?}");
            f.notices();
        }
    }
    if dice.below(32) == 0 {
        run_note(record, &[record], Some(record), &cx);
        let tree = record.to_dossier_entries(form::lylich());
        // a file may refuse a record that no form has; it must not stop
        let _ = Record::from_entries(&tree);
    }
    found.len()
}

/// Asks about so many records; returns how many findings they had, so that a generator of nothing is noticed.
fn records(many: u64, seed: u64) -> usize {
    let paths = paths();
    let read = |text: &str| {
        Record::from_dossier(&serde_json::from_str::<Tree>(text).unwrap())
            .unwrap()
            .record
    };
    let dossiers: Vec<Record> = super::tests::DOSSIERS
        .iter()
        .map(|(_, dossier, _)| read(dossier))
        .collect();
    let settings = Settings {
        province: "11".to_string(),
        ..Settings::default()
    };
    let mut spoken = 0;
    for number in 0..many {
        if number > 0 && number % 250_000 == 0 {
            let _ = writeln!(std::io::stderr(), "{number} records, {spoken} findings");
        }
        let mut dice = Dice(seed ^ number.wrapping_mul(0x2545_f491_4f6c_dd1d));
        let (mut record, times) = match number % 16 {
            0 => (dice.one(&dossiers).clone(), 6),
            _ => (Record::new(), 12),
        };
        let times = 1 + dice.below(times);
        change(&mut record, &paths, times, &mut dice);
        let asked = catch_unwind(AssertUnwindSafe(|| ask(&record, &settings, &mut dice, &paths)));
        match asked {
            Ok(findings) => spoken += findings,
            Err(_) => panic!("input {number} of seed {seed}: {:?}", record.fields()),
        }
    }
    spoken
}

/// Three thousand each time; before a release ten million, in minutes or an hour:
/// `RECORDS=10000000 cargo test --release -p lylich-rules --lib no_record_stops -- --nocapture`
#[test]
fn no_record_stops_the_library() {
    let asked = std::env::var("RECORDS").ok();
    let many = asked.map_or(3_000, |many| many.parse().unwrap());
    assert!(records(many, 2) as u64 > many * 10);
}
