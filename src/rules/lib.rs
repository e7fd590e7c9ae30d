//! The personal history form 2-KNĐ as data, the answers to it, and the checks that say what is missing, doubtful or wrongly written,
//! each with the instrument and the point it rests on.
//!
//! Pure: no I/O, no clock, no randomness; today and the day of the act are parameters. The library never judges a person: it does not say
//! whether somebody fulfils a condition of membership, and matters of political criteria are only passed on to the competent committee.
//!
//! ```
//! use rules::check::{self, Context};
//! use rules::{Date, Record, Settings};
//!
//! let mut answers = Record::new();
//! answers.set("profile.group", "pupil");
//! answers.set("declaration.date", "10-11-2026");
//! answers.add_row("life_history", "r1", None);
//! answers.set("life_history/r1/from", "9-2015");
//! answers.set("life_history/r1/to", "8-2020");
//! answers.add_row("life_history", "r2", Some("r1"));
//! answers.set("life_history/r2/from", "11-2020");
//! answers.set("life_history/r2/to", "5-2024");
//!
//! let settings = Settings::default();
//! let day = Date::new(2026, 11, 10).ok_or("a day of the calendar")?;
//! let found = check::run(&answers, &Context::new(day, &settings));
//!
//! let gap = found.iter().find(|finding| finding.rule == "LL-15").ok_or("September and October 2020 are missing")?;
//! assert!(gap.message().starts_with("Từ sau tháng 8/2020 đến trước tháng 11/2020 chưa có nội dung."));
//! assert_eq!(gap.grounds()[0].number, "38-HD/BTCTW");
//! # Ok::<(), &str>(())
//! ```

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing))]
#![deny(missing_docs)]

pub mod book;
pub mod card;
pub mod carry;
pub mod check;
#[cfg(feature = "procedure")]
pub mod course;
pub mod date;
mod facts;
pub mod finding;
pub mod form;
#[cfg(feature = "procedure")]
mod holiday;
pub mod law;
pub mod people;
pub mod place;
pub mod progress;
pub mod record;
pub mod rule;
mod settings;
pub mod sorted;
pub mod text;
pub mod vectors;

pub use date::Date;
pub use record::{Fields, Record};
pub use settings::Settings;
