//! What is remembered is what the list says, also when it was forgotten in between.

use super::*;
use crate::source;
use std::cell::Cell;

/// A list that counts the questions.
struct Counting<'p>(&'p dyn Gazetteer, Cell<usize>);

impl Gazetteer for Counting<'_> {
    fn is_current(&self, commune: &str, province: &str, day: Date) -> bool {
        self.1.set(self.1.get() + 1);
        self.0.is_current(commune, province, day)
    }

    fn is_old(&self, commune: &str, district: &str, province: &str) -> bool {
        self.1.set(self.1.get() + 1);
        self.0.is_old(commune, district, province)
    }

    fn candidates(&self, commune: &str, district: &str, province: &str, day: Date) -> Vec<(String, String)> {
        self.1.set(self.1.get() + 1);
        self.0.candidates(commune, district, province, day)
    }
}

const NAMES: [&str; 9] = [
    "",
    "Si Pa Phìn",
    "xã Si Pa Phìn",
    "Phìn Hồ",
    "Nậm Pồ",
    "huyện Nậm Pồ",
    "tỉnh Điện Biên",
    "Điện Biên",
    "Tỉnh Bắc Ninh",
];

#[test]
fn what_is_remembered_is_what_the_list_says() {
    let places = source::places().unwrap();
    let counting = Counting(&places, Cell::new(0));
    let asked = Asked::of(&counting);
    let days = [Date::new(2026, 8, 23).unwrap(), Date::new(2026, 8, 24).unwrap()];
    let all = |gazetteer: &dyn Gazetteer| {
        let mut answers = Vec::new();
        for commune in NAMES {
            for district in NAMES {
                for province in NAMES {
                    let old = gazetteer.is_old(commune, district, province);
                    let days = days.map(|day| {
                        let units = gazetteer.candidates(commune, district, province, day);
                        (gazetteer.is_current(commune, province, day), units)
                    });
                    answers.push((old, days));
                }
            }
        }
        answers
    };
    let want = all(&places);
    assert!(want.iter().any(|(old, _)| *old) && want.iter().any(|(_, [(now, _), _])| *now));
    assert!(all(&asked) == want);
    let once = counting.1.get();
    assert_eq!(once, 9 * 9 * 9 * 3 + 9 * 9 * 2, "each question reaches the list once");
    assert!(all(&asked) == want);
    assert_eq!(counting.1.get(), once, "what was asked is not asked again");
}

#[test]
fn too_much_is_forgotten() {
    let memory: Memory<usize> = Memory::default();
    for number in 0..=MOST {
        let name = number.to_string();
        assert_eq!(memory.ask([&name, "", ""], None, || number), number);
    }
    assert_eq!(memory.0.borrow().0.len(), 1);
    assert_eq!(memory.ask(["0", "", ""], None, || 7), 7, "asked anew");
}
