//! The personal history form 2-KNĐ as data, the answers to it, and the checks that say what is missing, doubtful or wrongly written,
//! each with the instrument and the point it rests on.
//!
//! Pure: no I/O, no clock, no randomness; today and the day of the act are parameters. The library never judges a person: it does not say
//! whether somebody fulfils a condition of membership, and matters of political criteria are only passed on to the competent committee.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing))]
#![warn(missing_docs)]

pub mod book;
pub mod card;
#[cfg(feature = "procedure")]
pub mod carry;
pub mod check;
pub mod date;
mod facts;
pub mod finding;
pub mod form;
pub mod law;
pub mod people;
pub mod place;
pub mod progress;
pub mod record;
pub mod rule;
mod settings;
mod sorted;
pub mod text;
pub mod vectors;

pub use date::Date;
pub use record::{Fields, Record};
pub use settings::Settings;
