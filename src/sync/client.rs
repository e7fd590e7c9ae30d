//! The phone's side: what it is (`Identity`), what it cuts, posts and concludes from an answer.
//!
//! Invariant: every function is pure; whoever calls it stores the result in one transaction before anything is shown or sent.
//! Sealing happens only to keys of the branch set and one's own. Not here: the database, the network, locks and timers.

mod access;
mod acts;
mod apply;
mod carried;
mod cut;
mod cycle;
mod escrow;
mod heard;
mod identity;
mod merge;
mod pace;
mod packed;
mod post;
mod reply;
mod review;
mod rows;
mod take;

pub use access::{Looked, Register};
pub(crate) use acts::after;
pub use acts::{Invitation, Original, Reader, assign, card, case, forward, invite, merge_case, revoke, say};
pub use apply::{Change, View};
pub use carried::{CarryFault, Fare, Load, Stock, carry, fare, may_carry};
pub use cut::{CutFault, delete, enrol, enrol_again, erase, hand_in, keep, note, renew_device, withdraw};
pub(crate) use cut::{Target, clear, join};
pub use cycle::{Line, Next, conclude};
pub use escrow::{EscrowAsk, RecoverFault, ask_escrow, escrow, missing_drafts, recover, recovery_reader};
pub use heard::{Said, heard};
pub use identity::{Identity, SCHEMA};
#[cfg(any(test, transparent))]
pub(crate) use merge::merge_by;
pub use merge::{Merged, merge};
pub use pace::pause_ms;
pub use packed::{Home, Packed, bring_home, pack};
pub use post::{Posting, letter, ready};
pub use reply::{Answered, Fate, Outcome, Reply, answer};
#[cfg(any(test, transparent))]
pub(crate) use review::leaves_of;
pub use review::{annotate, is_handed_back, mentors, remark, word_of_branch};
pub use rows::{KeptOp, Mail, OutRow, OutState, Outgoing, Pulled};
