//! The upload endpoint as a library: database, keys, HTTP, commands. `main.rs` only reads the command line.
//!
//! Invariant: every rule of the protocol stands in `sync::endpoint`; this crate adds storage, sockets and headers, and cannot read
//! sealed content. It does not depend on `rules` or `store`. Nothing it logs holds content, identifiers of persons or addresses.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing))]

pub mod backup;
pub mod check;
pub mod database;
pub mod desk;
pub mod export;
pub mod fault;
pub mod folder;
pub mod found;
pub mod home;
pub mod http;
pub mod keys;
pub mod list;
pub mod log;
pub mod metrics;
pub mod purge;
pub mod random;
pub mod serve;
pub mod store;
pub mod switch_off;
pub mod writer;
