//! The endpoint as it runs: the real program, a real socket, a real database file. `postgres.rs` is the same suite over PostgreSQL.
//!
//! Find here: kills, repeated letters, hostile requests, headers, limits, graceful stop, a search for planted words, and the way from a
//! founding invite to an export. Invariant of these tests: no sleep decides anything; every fault is proved to have happened.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

/// Which database this suite runs over.
pub const OVER: endpoint::database::Engine = endpoint::database::Engine::Sqlite;

mod access;
mod administration;
mod bombs;
mod branch;
mod cddl;
mod commands;
mod courier;
mod described;
mod disk;
mod faults;
mod forged;
mod headers;
mod hostile;
mod kills;
mod kit;
mod letters;
mod mutated;
mod power;
mod routes;
mod secrecy;
mod server;
mod site;
mod stop;
mod strace;
