//! The largest dossier checked as the page checks it: the program that `tests/bench/checks.rs` times in a real browser.
//!
//! Whoever runs it calls `main` again and again and holds the watch. The first call reads the dossier and the units; each call checks the whole
//! dossier once. The exit code is the number of findings.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

#[path = "../benches/rules/largest.rs"]
mod largest;

use rules::check;
use std::process::ExitCode;

thread_local! {
    static DESK: largest::Desk = largest::Desk::lay();
}

fn main() -> ExitCode {
    let found = DESK.with(|desk| check::run(&desk.largest, &desk.context()));
    ExitCode::from(u8::try_from(found.len()).unwrap_or(u8::MAX))
}
