//! The endpoint's side: one letter in, one signed answer or problem out (sync protocol §9).
//!
//! Invariant: pure; all rules of the endpoint stand here, the HTTP and SQL layers add none. One op has one effect; receipts and the
//! answer are signed only after `Store::commit` returned. The endpoint cannot read sealed bodies and has no code for it.

mod carry;
mod check;
mod clear;
mod effect;
mod escrow;
mod foretell;
mod hello;
mod join;
mod pace;
mod pull;
mod refusal;
mod session;
mod store;

pub use carry::{BAD_ENVELOPE, NO_CARRIER};
pub use effect::log_hash;
pub use foretell::{Named, foretell};
pub use hello::{Hello, hello};
pub use pace::{Bucket, Pace};
pub use refusal::Refusal;
pub use session::{Caller, Gate, Handled, handle};
pub use store::{
    AccountRow, BranchRow, Counter, DeviceRow, InviteRow, LogRow, OpRow, OpState, RecordRow, Store, StoreFault,
    new_founding_invite,
};

#[cfg(any(test, transparent))]
pub(crate) mod memory;
#[cfg(test)]
mod tests;
#[cfg(any(test, transparent))]
pub(crate) mod world;
