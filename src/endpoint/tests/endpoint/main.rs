//! The endpoint as it runs: the real program, a real socket, a real database file.
//!
//! Find here: kills, repeated letters, hostile requests, headers, limits, graceful stop, a search for planted words, and the way from a
//! founding invite to an export. Invariant of these tests: no sleep decides anything; every fault is proved to have happened.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod commands;
mod headers;
mod hostile;
mod kills;
mod kit;
mod letters;
mod secrecy;
mod site;
mod stop;
