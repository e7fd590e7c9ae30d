//! What the end-to-end tests stand on: a phone (a real Chromium with a profile of its own), the real endpoint, a wire between them that
//! can be cut, and a search for planted words on disk.
//!
//! Invariants: only loopback; only processes that a test started are ended, by pid; every directory is temporary and removed; nothing
//! waits for a time, everything waits for a state with a deadline ([`wait`]); every fault can prove that it happened.
//! Not here: what the app should do. That is in `tests/e2e`.
//!
//! The programs and files that are driven come from the environment (`cargo xtask test` sets it) or from where cargo and xtask put
//! them, see [`place`].

pub mod axe;
pub mod chair;
pub mod cutfs;
pub mod endpoint;
pub mod hand;
pub mod hunt;
pub mod phone;
pub mod place;
pub mod process;
pub mod screen;
pub mod shelf;
pub mod volatile;
pub mod wait;
pub mod wire;

pub use chair::Chair;
pub use endpoint::{Demo, Endpoint};
pub use hand::Hand;
pub use hunt::Hunt;
pub use phone::{Phone, Tab};
pub use screen::Screen;
pub use shelf::Shelf;
pub use wire::Wire;

#[cfg(test)]
mod site;
