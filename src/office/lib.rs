//! What a mentor and a secretary compute on their own device: who waits for what, counts for reports, tables out and class lists in, drafts from
//! dated notes, what changed between two hand-ins, the instruments at hand.
//!
//! Pure: no I/O, no clock, no randomness; today is a parameter. Nothing here judges anybody or writes a sentence about anybody: facts are laid out,
//! counts are counted. Not here: rules and forms ([`rules`]), what travels (sync), how anything is drawn (the pages).

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing))]
#![deny(missing_docs)]

pub mod compare;
pub mod draft;
pub mod follow;
pub mod intake;
pub mod library;
pub mod list;
pub mod person;
pub mod report;
pub mod retention;
pub mod special;
pub mod table;
#[cfg(test)]
mod written;
mod zip;

pub use person::{Group, Note, Person, brief};
