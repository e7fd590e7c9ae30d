//! Counts of this process in Prometheus' text form (<https://prometheus.io/docs/instrumenting/exposition_formats/>), for `/metrics`.
//!
//! Invariant: counts and seconds only, no identifier. They begin at nothing with the process; what must last is in the database.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use sync::endpoint::Handled;

/// What has happened since the start.
#[derive(Default)]
pub struct Counts {
    letters: Mutex<BTreeMap<&'static str, u64>>,
    stored: AtomicU64,
    repeated: AtomicU64,
    refused: AtomicU64,
    rows: AtomicU64,
    carried: AtomicU64,
    spoiled: AtomicU64,
    micros: AtomicU64,
    flushes: AtomicU64,
    panics: AtomicU64,
}

impl Counts {
    /// One letter, however it ended.
    pub fn letter(&self, code: &'static str) {
        if let Ok(mut letters) = self.letters.lock() {
            *letters.entry(code).or_default() += 1;
        }
    }

    /// The work on one letter.
    pub fn work(&self, handled: &Handled, micros: u64) {
        let Handled {
            stored,
            repeated,
            refused,
            rows,
            carried,
            spoiled,
            ..
        } = *handled;
        for (count, more) in [
            (&self.stored, stored),
            (&self.repeated, repeated),
            (&self.refused, refused),
            (&self.rows, rows),
            (&self.carried, carried),
            (&self.spoiled, spoiled),
        ] {
            count.fetch_add(more.into(), Ordering::Relaxed);
        }
        self.micros.fetch_add(micros, Ordering::Relaxed);
    }

    /// One transaction, of one letter or several.
    pub fn flush(&self) {
        self.flushes.fetch_add(1, Ordering::Relaxed);
    }

    /// A letter that made the program panic.
    pub fn panic(&self) {
        self.panics.fetch_add(1, Ordering::Relaxed);
    }

    /// The text; `waiting` letters stand in the queue.
    pub fn text(&self, waiting: usize) -> String {
        let mut text = String::from(
            "# HELP lylich_letters_total Letters by what became of them.\n# TYPE lylich_letters_total counter\n",
        );
        if let Ok(letters) = self.letters.lock() {
            for (code, count) in letters.iter() {
                let _ = writeln!(text, "lylich_letters_total{{code=\"{code}\"}} {count}");
            }
        }
        let read = |count: &AtomicU64| count.load(Ordering::Relaxed);
        for (name, help, value) in [
            ("lylich_ops_stored_total", "Ops newly stored.", read(&self.stored)),
            ("lylich_ops_repeated_total", "Ops held before.", read(&self.repeated)),
            (
                "lylich_ops_refused_total",
                "Ops refused or put off.",
                read(&self.refused),
            ),
            ("lylich_rows_served_total", "Rows sent to phones.", read(&self.rows)),
            (
                "lylich_envelopes_taken_total",
                "Envelopes that somebody carried for others.",
                read(&self.carried),
            ),
            (
                "lylich_envelopes_spoiled_total",
                "Carried envelopes that could not be read.",
                read(&self.spoiled),
            ),
            (
                "lylich_flushes_total",
                "Transactions made durable.",
                read(&self.flushes),
            ),
            (
                "lylich_panics_total",
                "Letters that made the program panic.",
                read(&self.panics),
            ),
        ] {
            let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} counter\n{name} {value}");
        }
        let seconds = read(&self.micros) as f64 / 1e6;
        let _ = writeln!(
            text,
            "# HELP lylich_work_seconds_total Time spent on letters.\n# TYPE lylich_work_seconds_total counter\n\
             lylich_work_seconds_total {seconds}\n# HELP lylich_letters_waiting Letters in the queue.\n\
             # TYPE lylich_letters_waiting gauge\nlylich_letters_waiting {waiting}"
        );
        text
    }
}
