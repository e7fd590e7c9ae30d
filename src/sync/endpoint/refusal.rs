//! Why a whole letter was refused: status, code, and how long to wait (sync protocol §10.2).
//!
//! Invariant: a refusal is unsigned and says nothing about anybody; the phone takes it as a reason to wait or ask. Not here: what
//! became of single ops (`answer::Code`).

use crate::Now;
use crate::answer::Problem;
use crate::shape;

/// Why a whole letter was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// 400: not a letter.
    BadRequest,
    /// 401: no such device here, and the letter does not begin with a join.
    UnknownDevice,
    /// 401: not signed by the device it names, or for another endpoint.
    BadLetter,
    /// 403: the device was revoked.
    DeviceRevoked,
    /// 403: the account was closed.
    AccountClosed,
    /// 403: the branch was closed.
    BranchClosed,
    /// 410: the cursor belongs to a database nobody knows.
    Cursor,
    /// 413: longer than a letter may be.
    TooLarge,
    /// 415: the body is encoded (never decompressed here).
    Encoding,
    /// 422: the invite was used or has expired.
    InviteSpent,
    /// 426: a protocol this endpoint does not speak.
    Upgrade,
    /// 429: too many letters.
    SlowDown(
        /// Seconds to wait.
        u64,
    ),
    /// 500: a fault here.
    Fault,
    /// 503: busy.
    Busy,
    /// 507: no space.
    DiskFull,
}

impl Refusal {
    /// Those that a courier may bring in the place of an answer.
    const LASTING: [Self; 10] = [
        Self::BadRequest,
        Self::UnknownDevice,
        Self::BadLetter,
        Self::DeviceRevoked,
        Self::AccountClosed,
        Self::BranchClosed,
        Self::Cursor,
        Self::TooLarge,
        Self::InviteSpent,
        Self::Upgrade,
    ];

    /// Back from the code of a problem that a courier brought.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::LASTING.into_iter().find(|one| one.code() == code)
    }

    /// Whether the same letter may be taken a little later.
    pub(super) fn is_for_now(self) -> bool {
        !Self::LASTING.contains(&self)
    }

    /// The HTTP status.
    pub fn status(self) -> u16 {
        match self {
            Self::BadRequest => 400,
            Self::UnknownDevice | Self::BadLetter => 401,
            Self::DeviceRevoked | Self::AccountClosed | Self::BranchClosed => 403,
            Self::Cursor => 410,
            Self::TooLarge => 413,
            Self::Encoding => 415,
            Self::InviteSpent => 422,
            Self::Upgrade => 426,
            Self::SlowDown(_) => 429,
            Self::Fault => 500,
            Self::Busy => 503,
            Self::DiskFull => 507,
        }
    }

    /// The problem's code.
    pub fn code(self) -> &'static str {
        match self {
            Self::BadRequest => "bad_request",
            Self::UnknownDevice => "unknown_device",
            Self::BadLetter => "bad_letter",
            Self::DeviceRevoked => "device_revoked",
            Self::AccountClosed => "account_closed",
            Self::BranchClosed => "branch_closed",
            Self::Cursor => "cursor",
            Self::TooLarge => "too_large",
            Self::Encoding => "encoding",
            Self::InviteSpent => "invite_spent",
            Self::Upgrade => "upgrade",
            Self::SlowDown(_) => "slow_down",
            Self::Fault => "fault",
            Self::Busy => "busy",
            Self::DiskFull => "disk_full",
        }
    }

    /// Seconds to wait, where that is known.
    pub fn retry_after(self) -> Option<u64> {
        match self {
            Self::SlowDown(seconds) => Some(seconds),
            Self::Busy => Some(2),
            Self::DiskFull => Some(900),
            _ => None,
        }
    }

    /// The problem's bytes.
    pub fn body(self, now: Now) -> Vec<u8> {
        let (code, retry_after) = (self.code().to_owned(), self.retry_after());
        shape::encode(&Problem {
            code,
            server_time: now.wall_s,
            retry_after,
        })
    }
}
