//! The words of the status line: a pure function of stored facts (storage and vault §11, sync protocol §11).
//!
//! Invariant: the line never claims more than the facts allow. "Đã lưu trên máy" needs the very revision on screen to be committed;
//! "Chi bộ đã nhận" needs a verified receipt for the very version that is shown. Deliberately no setters: nobody sets a label.

use crate::answer::Code;
use crate::client::{KeptOp, OutRow, OutState};
use crate::draft::Draft;
use std::fmt;

/// What is known when the line is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Revision of the text on screen.
    pub on_screen: u64,
    /// Revision of the last strict commit.
    pub committed: u64,
    /// Whether the last write failed.
    pub write_failed: bool,
    /// Whether there is a vault at all.
    pub has_vault: bool,
    /// Whether this tab may edit.
    pub editable: bool,
    /// Whether this person has enrolled and content may be sent.
    pub enrolled: bool,
    /// Whether a letter is on its way right now.
    pub posting: bool,
    /// Whether the text changed since it was handed in.
    pub changed: bool,
    /// The version handed in last.
    pub version: Version,
}

/// How the version handed in last stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// Nothing was handed in.
    None,
    /// Cut, no receipt.
    Out(OutState),
    /// A verified receipt is stored.
    Received {
        /// The endpoint's clock (seconds since 1970-01-01 UTC).
        server_time: u64,
        /// First two bytes of the op's hash.
        code: [u8; 2],
    },
}

impl Version {
    /// Looks the version up that a draft names, in the rows of the vault.
    pub fn of(draft: &Draft, outbox: &[OutRow], kept: &[KeptOp]) -> Self {
        let Some(op) = draft.handed_in else { return Self::None };
        if let Some(row) = kept.iter().find(|row| row.out.op_id == op) {
            let mut code = [0; 2];
            for (to, from) in code.iter_mut().zip(row.out.op_hash.0) {
                *to = from;
            }
            return Self::Received {
                server_time: row.first.server_time,
                code,
            };
        }
        outbox
            .iter()
            .find(|row| row.out.op_id == op)
            .map_or(Self::None, |row| Self::Out(row.state))
    }
}

/// Where the text on screen is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Storage {
    /// No vault: nothing is kept.
    Nowhere,
    /// Another tab edits.
    ReadOnly,
    /// The last write failed.
    Failed,
    /// The screen is ahead of the disk.
    Writing,
    /// The strict transaction with exactly this text has completed.
    Saved,
}

/// What became of it beyond this phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sending {
    /// Not enrolled: it is only here.
    OnlyHere,
    /// Enrolled, nothing handed in yet.
    NotHandedIn,
    /// Handed in, then changed.
    Changed,
    /// Cut, waits for a connection.
    Waiting,
    /// Cut, a letter is on its way.
    Posting,
    /// Not taken yet, for a reason worth saying.
    Later(Code),
    /// Refused: the person has to look.
    NeedsALook(Code),
    /// Received: the endpoint's time and the code.
    Received {
        /// Seconds since 1970-01-01 UTC.
        server_time: u64,
        /// First two bytes of the op's hash.
        code: [u8; 2],
    },
}

/// The status line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where the text on screen is.
    pub storage: Storage,
    /// What became of it beyond this phone.
    pub sending: Sending,
}

/// The status line that the facts allow.
pub fn label(facts: &Facts) -> Label {
    let storage = if !facts.has_vault {
        Storage::Nowhere
    } else if !facts.editable {
        Storage::ReadOnly
    } else if facts.on_screen == facts.committed {
        Storage::Saved
    } else if facts.write_failed {
        Storage::Failed
    } else {
        Storage::Writing
    };
    let sending = match facts.version {
        Version::None if !facts.enrolled => Sending::OnlyHere,
        Version::None => Sending::NotHandedIn,
        Version::Out(OutState::NeedsALook(code)) => Sending::NeedsALook(code),
        _ if facts.changed || facts.on_screen != facts.committed => Sending::Changed,
        Version::Received { server_time, code } => Sending::Received { server_time, code },
        Version::Out(OutState::Later(code)) => Sending::Later(code),
        Version::Out(_) if facts.posting => Sending::Posting,
        Version::Out(_) => Sending::Waiting,
    };
    Label { storage, sending }
}

impl fmt::Display for Storage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Nowhere => "Không lưu. Đóng trang là mất.",
            Self::ReadOnly => "Chỉ xem",
            Self::Failed => "Chưa lưu được",
            Self::Writing => "Đang ghi…",
            Self::Saved => "Đã lưu trên máy",
        })
    }
}

impl fmt::Display for Sending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OnlyHere => f.write_str("Chỉ có trên máy này"),
            Self::NotHandedIn => f.write_str("Chưa nộp"),
            Self::Changed => f.write_str("Có thay đổi chưa nộp"),
            Self::Waiting => f.write_str("Chờ mạng"),
            Self::Posting => f.write_str("Đang gửi"),
            Self::Later(code) => f.write_str(code.words()),
            Self::NeedsALook(code) => write!(f, "Cần xem lại. {}", code.words()),
            Self::Received {
                server_time,
                code: [a, b],
            } => {
                let (day, month, hour, minute) = vietnam(*server_time);
                write!(
                    f,
                    "Chi bộ đã nhận lúc {hour}:{minute:02} ngày {day}/{month} (mã {a:02X}{b:02X})"
                )
            }
        }
    }
}

impl Label {
    /// The line as it is read: storage, then sending.
    pub fn words(&self) -> String {
        match (self.storage, self.sending) {
            (Storage::Nowhere, _) => self.storage.to_string(),
            (storage, sending) => format!("{storage} · {sending}"),
        }
    }
}

/// Day, month, hour and minute in Vietnam (UTC+7, no summer time).
fn vietnam(seconds: u64) -> (u64, u64, u64, u64) {
    let local = seconds + 7 * 3_600;
    let (days, second) = (local / 86_400, local % 86_400);
    // Days to date after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (civil_from_days).
    let z = days + 719_468;
    let doe = z % 146_097;
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    (doy - (153 * mp + 2) / 5 + 1, month, second / 3_600, second % 3_600 / 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts() -> Facts {
        Facts {
            on_screen: 5,
            committed: 5,
            write_failed: false,
            has_vault: true,
            editable: true,
            enrolled: true,
            posting: false,
            changed: false,
            version: Version::None,
        }
    }

    const RECEIVED: Version = Version::Received {
        server_time: 1_795_244_520,
        code: [0x7f, 0x3a],
    };

    #[test]
    fn the_line_says_what_the_facts_allow() {
        let out = Version::Out(OutState::Waiting);
        for (facts, words) in [
            (
                Facts {
                    has_vault: false,
                    ..facts()
                },
                "Không lưu. Đóng trang là mất.",
            ),
            (
                Facts {
                    enrolled: false,
                    ..facts()
                },
                "Đã lưu trên máy · Chỉ có trên máy này",
            ),
            (facts(), "Đã lưu trên máy · Chưa nộp"),
            (
                Facts {
                    on_screen: 6,
                    ..facts()
                },
                "Đang ghi… · Chưa nộp",
            ),
            (
                Facts {
                    on_screen: 6,
                    write_failed: true,
                    ..facts()
                },
                "Chưa lưu được · Chưa nộp",
            ),
            (
                Facts {
                    version: out,
                    ..facts()
                },
                "Đã lưu trên máy · Chờ mạng",
            ),
            (
                Facts {
                    version: out,
                    posting: true,
                    ..facts()
                },
                "Đã lưu trên máy · Đang gửi",
            ),
            (
                Facts {
                    version: Version::Out(OutState::SentUnknown),
                    ..facts()
                },
                "Đã lưu trên máy · Chờ mạng",
            ),
            (
                Facts {
                    version: out,
                    changed: true,
                    ..facts()
                },
                "Đã lưu trên máy · Có thay đổi chưa nộp",
            ),
            (
                Facts {
                    version: Version::Out(OutState::Later(Code::WaitingConfirmation)),
                    ..facts()
                },
                "Đã lưu trên máy · Chờ chi bộ xác nhận.",
            ),
            (
                Facts {
                    version: RECEIVED,
                    ..facts()
                },
                "Đã lưu trên máy · Chi bộ đã nhận lúc 14:02 ngày 21/11 (mã 7F3A)",
            ),
            (
                Facts {
                    version: RECEIVED,
                    changed: true,
                    ..facts()
                },
                "Đã lưu trên máy · Có thay đổi chưa nộp",
            ),
            (
                Facts {
                    version: RECEIVED,
                    on_screen: 6,
                    ..facts()
                },
                "Đang ghi… · Có thay đổi chưa nộp",
            ),
            (
                Facts {
                    editable: false,
                    version: RECEIVED,
                    ..facts()
                },
                "Chỉ xem · Chi bộ đã nhận lúc 14:02 ngày 21/11 (mã 7F3A)",
            ),
        ] {
            assert_eq!(label(&facts).words(), words, "{facts:?}");
        }
    }

    #[test]
    fn no_combination_of_facts_claims_too_much() {
        let versions = [
            Version::None,
            Version::Out(OutState::Waiting),
            Version::Out(OutState::NeedsALook(Code::TooBig)),
            RECEIVED,
        ];
        let mut seen = 0;
        for bits in 0u32..256 {
            let bit = |n: u32| bits >> n & 1 == 1;
            for version in versions {
                let facts = Facts {
                    on_screen: 5 + u64::from(bit(0)),
                    committed: 5,
                    write_failed: bit(1),
                    has_vault: bit(2),
                    editable: bit(3),
                    enrolled: bit(4),
                    posting: bit(5),
                    changed: bit(6),
                    version,
                };
                let label = label(&facts);
                let saved = label.storage == Storage::Saved;
                assert!(
                    !saved || (facts.on_screen == facts.committed && facts.has_vault),
                    "{facts:?}"
                );
                let received = matches!(label.sending, Sending::Received { .. });
                assert!(
                    !received || (version == RECEIVED && !facts.changed && facts.on_screen == facts.committed),
                    "{facts:?}"
                );
                assert!(!label.words().contains("Có mạng"));
                seen += usize::from(saved) + usize::from(received);
            }
        }
        assert!(seen > 0);
    }

    #[test]
    fn times_are_shown_as_in_vietnam() {
        for (seconds, shown) in [
            (0, (1, 1, 7, 0)),
            (1_790_701_199, (29, 9, 23, 59)),
            (1_790_701_200, (30, 9, 0, 0)),
            (1_709_204_400, (29, 2, 18, 0)),
            (1_735_664_400, (1, 1, 0, 0)),
        ] {
            assert_eq!(vietnam(seconds), shown, "{seconds}");
        }
    }
}
