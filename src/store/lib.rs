//! The browser's memory: vaults in IndexedDB, each under a passphrase of its own, written through one strict helper.
//!
//! Find here: [`vaults`], [`Vault`], [`Change`], [`Saver`], the words of every [`Fault`] and [`Loss`], [`passphrase`],
//! [`settings`]. Invariant: nothing that was typed reaches the disk unsealed; "stored" is said only after a strict transaction;
//! a loss is never met with an empty form in silence. Deliberately not here: what an answer means (`rules`), what an op is
//! (`sync`), the screen (`app`).
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing))]

mod browser;
mod change;
mod counts;
mod fault;
mod idb;
mod kdf;
mod list;
mod lock;
pub mod passphrase;
mod saver;
mod seal;
pub mod settings;
mod slot;
mod space;
mod stretch;
mod tries;
mod vault;
mod wait;
mod witness;
mod worker;

#[cfg(test)]
mod tests;

pub use browser::pause;
pub use change::Change;
pub use counts::Faults;
pub use fault::{Fault, Loss};
pub use idb::Superseded;
pub use kdf::serve as serve_kdf;
pub use list::{VaultListing, vaults};
pub use lock::{EditLock, SendLock};
pub use saver::{Saver, SaverState};
pub use space::{Space, persisted, space};
pub use stretch::{Cost, argon2id};
pub use sync::damm::RecoveryCode;
pub use vault::{Committed, Earlier, Secret, Vault, restore};
pub use witness::{dismiss_lost, lost_vaults};
pub use worker::{Kdf, SCRIPT as WORKER_SCRIPT, set_program};
