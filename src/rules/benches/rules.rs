//! How long the checks take: a whole dossier, one field, a place looked up. Prints one line a figure, `bench <name> <median> <unit>`.
//!
//! In a browser: `tests/bench/checks.rs`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

#[path = "rules/largest.rs"]
mod largest;

use largest::Desk;
use rules::check::{self, Context};
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

fn main() {
    let desk = Desk::lay();
    let (large, cx) = (&desk.largest, desk.context());
    let plain = Context { places: None, ..cx };
    let example = largest::example().record;
    let line = |name: &str, figure: f64| println!("bench {name} {figure:.1} µs");
    println!("answers in the dossier: {}", large.fields().len());
    line(
        "whole-dossier-with-places",
        measure(|| drop(black_box(check::run(black_box(large), &cx)))),
    );
    line(
        "whole-dossier",
        measure(|| drop(black_box(check::run(black_box(large), &plain)))),
    );
    line(
        "example-dossier-with-places",
        measure(|| drop(black_box(check::run(black_box(&example), &cx)))),
    );
    line(
        "near-one-field",
        measure(|| drop(black_box(check::run_near(black_box(large), &cx, "birth_date")))),
    );
    let row = large.rows("family")[3].to_string();
    let near = format!("family/{row}/death.year");
    line(
        "near-one-relative",
        measure(|| drop(black_box(check::run_near(black_box(large), &cx, &near)))),
    );
    for (name, typed) in [
        ("place-plain", "si pa phin"),
        ("place-common", "xa tan"),
        ("place-nothing", "qzx khong co"),
    ] {
        line(
            name,
            measure(|| drop(black_box(desk.places.suggest(black_box(typed), 8, cx.act)))),
        );
    }
    let start = Instant::now();
    for _ in 0..20 {
        black_box(largest::places());
    }
    line("read-the-places", start.elapsed().as_secs_f64() * 1e6 / 20.0);
}
