//! The suite of `main.rs` over a PostgreSQL of its own, and what only a server shows: several endpoints at once, order of commits.
//!
//! Invariant: the same sentences hold on both databases; a test that is about SQLite's file says so and is not repeated here.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

/// Which database this suite runs over.
pub const OVER: endpoint::database::Engine = endpoint::database::Engine::Postgres;

mod access;
mod administration;
mod bombs;
mod branch;
mod cddl;
mod commands;
mod courier;
mod described;
mod faults;
mod forged;
mod headers;
mod hostile;
mod kills;
mod kit;
mod letters;
mod secrecy;
mod server;
mod several;
mod site;
mod stop;
mod strace;
