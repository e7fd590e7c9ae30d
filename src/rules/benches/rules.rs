//! How long the checks take: a whole dossier, one field, a place looked up. Prints one line a figure, `bench <name> <median> <unit>`.
//!
//! The dossier is the largest of `tests/people/` with relatives and periods added until it has 25 and 40, as the target says.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

use rules::check::{self, Context};
use rules::place::Places;
use rules::{Record, Settings};
use std::hint::black_box;
use std::time::Instant;

/// Microseconds of one run: the median of a batch, the best of many batches, so that other programs on the machine do not count.
fn measure(mut act: impl FnMut()) -> f64 {
    let mut batch = || {
        let mut times: Vec<f64> = (0..100)
            .map(|_| {
                let start = Instant::now();
                act();
                start.elapsed().as_secs_f64() * 1e6
            })
            .collect();
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    };
    (0..30).map(|_| batch()).fold(f64::INFINITY, f64::min)
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

fn main() {
    let text = include_str!("../../../tests/people/2-teacher-rotation.json");
    let dossier = Record::from_dossier(&serde_json::from_str(text).unwrap()).unwrap();
    let settings = Settings::read(&dossier.settings);
    let read = || {
        let now = include_bytes!("../../../public/data/places-now.txt");
        Places::read(now, include_bytes!("../../../public/data/places-old.txt")).unwrap()
    };
    let places = read();
    let mut large = dossier.record.clone();
    fill(&mut large, "family", 25);
    let periods = 40 - large.rows("life_history").len();
    fill(&mut large, "work_history", periods);
    apart(&mut large);
    let cx = Context::new(dossier.act_date.unwrap(), &settings).with_places(&places);
    let plain = Context::new(dossier.act_date.unwrap(), &settings);
    let line = |name: &str, figure: f64| println!("bench {name} {figure:.1} µs");
    println!("answers in the dossier: {}", large.fields().len());
    line(
        "whole-dossier-with-places",
        measure(|| drop(black_box(check::run(black_box(&large), &cx)))),
    );
    line(
        "whole-dossier",
        measure(|| drop(black_box(check::run(black_box(&large), &plain)))),
    );
    line(
        "example-dossier-with-places",
        measure(|| drop(black_box(check::run(black_box(&dossier.record), &cx)))),
    );
    line(
        "near-one-field",
        measure(|| drop(black_box(check::run_near(black_box(&large), &cx, "birth_date")))),
    );
    let row = large.rows("family")[3].to_string();
    let near = format!("family/{row}/death.year");
    line(
        "near-one-relative",
        measure(|| drop(black_box(check::run_near(black_box(&large), &cx, &near)))),
    );
    let day = dossier.act_date.unwrap();
    for (name, typed) in [
        ("place-plain", "si pa phin"),
        ("place-common", "xa tan"),
        ("place-nothing", "qzx khong co"),
    ] {
        line(
            name,
            measure(|| drop(black_box(places.suggest(black_box(typed), 8, day)))),
        );
    }
    let start = Instant::now();
    for _ in 0..20 {
        black_box(read());
    }
    line("read-the-places", start.elapsed().as_secs_f64() * 1e6 / 20.0);
}
