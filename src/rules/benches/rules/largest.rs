//! The largest dossier that the checks must be quick with: the largest of `tests/people/`, with relatives and periods added until it has 25
//! and 40. One for the native bench and for the program that is timed in a browser.

use rules::check::Context;
use rules::place::Places;
use rules::record::Dossier;
use rules::{Date, Record, Settings};

/// What a dossier is checked with, read once.
pub struct Desk {
    /// The dossier.
    pub largest: Record,
    settings: Settings,
    act: Date,
    /// The administrative units.
    pub places: Places,
}

impl Desk {
    pub fn lay() -> Desk {
        let dossier = example();
        let mut largest = dossier.record;
        fill(&mut largest, "family", 25);
        let periods = 40 - largest.rows("life_history").len();
        fill(&mut largest, "work_history", periods);
        apart(&mut largest);
        Desk {
            largest,
            settings: Settings::read(&dossier.settings),
            act: dossier.act_date.unwrap(),
            places: places(),
        }
    }

    /// As the page checks: with the units.
    pub fn context(&self) -> Context<'_> {
        Context::new(self.act, &self.settings).with_places(&self.places)
    }
}

/// The dossier as it lies in `tests/people/`.
pub fn example() -> Dossier<'static> {
    let text = include_str!("../../../../tests/people/2-teacher-rotation.json");
    Record::from_dossier(&serde_json::from_str(text).unwrap()).unwrap()
}

/// The administrative units.
pub fn places() -> Places {
    let now = include_bytes!("../../../../public/data/places-now.txt");
    Places::read(now, include_bytes!("../../../../public/data/places-old.txt")).unwrap()
}

/// Copies rows until the group has `n`.
fn fill(r: &mut Record, group: &str, n: usize) {
    let rows: Vec<String> = r.rows(group).into_iter().map(str::to_string).collect();
    let mut at = 0;
    while r.rows(group).len() < n {
        let from = format!("{group}/{}/", rows[at % rows.len()]);
        let to = format!("x{at:04}");
        let cells: Vec<(String, String)> = r
            .fields()
            .iter()
            .filter_map(|(p, t)| Some((p.strip_prefix(&from)?.to_string(), t.clone())))
            .filter(|(cell, _)| cell != "#")
            .collect();
        r.add_row(group, &to, None);
        for (cell, text) in cells {
            r.set(&format!("{group}/{to}/{cell}"), &text);
        }
        at += 1;
    }
}

/// Gives the copied rows months and names of their own, so that the checks find what they find in a real dossier and no more.
fn apart(r: &mut Record) {
    let work: Vec<String> = r.rows("work_history").into_iter().map(str::to_string).collect();
    for (at, row) in work.iter().enumerate() {
        let (year, half) = (2008 + at / 2, at % 2);
        r.set(
            &format!("work_history/{row}/from"),
            &format!("{year}-{:02}", 1 + 6 * half),
        );
        r.set(
            &format!("work_history/{row}/to"),
            &format!("{year}-{:02}", 6 + 6 * half),
        );
    }
    let copied: Vec<String> = r
        .rows("family")
        .into_iter()
        .filter(|row| row.starts_with('x'))
        .map(str::to_string)
        .collect();
    for (at, row) in copied.iter().enumerate() {
        r.set(&format!("family/{row}/relation"), "younger_sister");
        r.set(&format!("family/{row}/birth_year"), &format!("{}", 1996 + at));
        r.set(
            &format!("family/{row}/name"),
            &format!("Nguyễn Thị Mẫu {}", ["An", "Bé", "Cúc", "Đào", "Em", "Giang"][at % 6]),
        );
    }
}
