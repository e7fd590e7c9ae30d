//! The words of the status line: a pure function of stored facts (storage and vault §11, sync protocol §11).
//!
//! Invariant: the line never claims more than the facts allow. "Đã lưu trên máy" needs the very revision on screen to be committed;
//! "Chi bộ đã nhận" needs a verified receipt for the very version that is shown. Deliberately no setters: nobody sets a label.

pub mod courier;

use crate::answer::Code;
use crate::body::{Status, Word};
use crate::client::{KeptOp, Mail, OutRow, OutState};
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
    /// What the branch said of this very version, and when the endpoint stored it (seconds since 1970-01-01 UTC).
    pub word: Option<(Word, u64)>,
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
        /// The endpoint's present database holds it, and so does a backup of that database off the machine.
        safe: bool,
    },
}

/// A believed word of the branch, if it is about this version of a draft.
pub fn word_about(draft: &Draft, word: Option<&(Status, u64)>) -> Option<(Word, u64)> {
    let (status, time) = word?;
    (status.about.is_some() && status.about == draft.handed_in).then_some((status.word, *time))
}

impl Version {
    /// Looks the version up that a draft names, in the rows of the vault.
    pub fn of(draft: &Draft, outbox: &[OutRow], kept: &[KeptOp], mail: &Mail) -> Self {
        let Some(op) = draft.handed_in else { return Self::None };
        if let Some(row) = kept.iter().find(|row| row.out.op_id == op) {
            let mut code = [0; 2];
            for (to, from) in code.iter_mut().zip(row.out.op_hash.0) {
                *to = from;
            }
            return Self::Received {
                server_time: row.first.server_time,
                code,
                safe: mail.epoch == Some(row.confirmed) && mail.watermark >= Some(row.current.server_seq),
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
        /// Whether a second copy is said to exist.
        safe: bool,
    },
    /// The branch has said something of it.
    Spoken {
        /// What.
        word: Word,
        /// Seconds since 1970-01-01 UTC.
        server_time: u64,
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
        Version::Received { .. } if let Some((word, server_time)) = facts.word => Sending::Spoken { word, server_time },
        Version::Received {
            server_time,
            code,
            safe,
        } => Sending::Received {
            server_time,
            code,
            safe,
        },
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
                safe,
            } => {
                let (at, more) = (moment(*server_time), if *safe { SAFE } else { "" });
                write!(f, "Chi bộ đã nhận {at} (mã {a:02X}{b:02X}){more}")
            }
            Self::Spoken { word, server_time } => {
                let said = match word {
                    Word::Seen => "đã xem",
                    Word::HandedBack => "đã trả lại",
                    Word::Agreed => "đã đồng ý cho chép tay",
                    Word::Closed => "đã đóng hồ sơ",
                    Word::Step(_) => "đã ghi một bước của thủ tục",
                };
                write!(f, "Chi bộ {said} {}", moment(*server_time))
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

/// Said only of what a backup off the endpoint's machine holds too.
const SAFE: &str = ". Đã có bản sao an toàn";

/// "lúc 14:02 ngày 21/11", in Vietnam. `seconds` since 1970-01-01 UTC.
pub fn moment(seconds: u64) -> String {
    let (day, month, hour, minute) = vietnam(seconds);
    format!("lúc {hour}:{minute:02} ngày {day}/{month}")
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
            word: None,
        }
    }

    const RECEIVED: Version = Version::Received {
        server_time: 1_795_244_520,
        code: [0x7f, 0x3a],
        safe: false,
    };
    const SAFE: Version = Version::Received {
        server_time: 1_795_244_520,
        code: [0x7f, 0x3a],
        safe: true,
    };
    const BACK: Option<(Word, u64)> = Some((Word::HandedBack, 1_795_244_520));

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
                    version: SAFE,
                    ..facts()
                },
                "Đã lưu trên máy · Chi bộ đã nhận lúc 14:02 ngày 21/11 (mã 7F3A). Đã có bản sao an toàn",
            ),
            (
                Facts {
                    version: RECEIVED,
                    word: BACK,
                    ..facts()
                },
                "Đã lưu trên máy · Chi bộ đã trả lại lúc 14:02 ngày 21/11",
            ),
            (
                Facts {
                    version: RECEIVED,
                    word: BACK,
                    changed: true,
                    ..facts()
                },
                "Đã lưu trên máy · Có thay đổi chưa nộp",
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
            SAFE,
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
                    word: BACK.filter(|_| bit(7)),
                };
                let label = label(&facts);
                let saved = label.storage == Storage::Saved;
                assert!(
                    !saved || (facts.on_screen == facts.committed && facts.has_vault),
                    "{facts:?}"
                );
                let received = matches!(label.sending, Sending::Received { .. } | Sending::Spoken { .. });
                assert!(!label.words().contains("an toàn") || version == SAFE, "{facts:?}");
                assert!(
                    !received
                        || ([RECEIVED, SAFE].contains(&version)
                            && !facts.changed
                            && facts.on_screen == facts.committed),
                    "{facts:?}"
                );
                assert!(!label.words().contains("Có mạng"));
                seen += usize::from(saved) + usize::from(received);
            }
        }
        assert!(seen > 0);
    }

    #[test]
    fn a_word_counts_only_for_the_version_it_is_about() {
        let mut draft = Draft::new(crate::id::RecordId([1; 16]), "2-KNĐ/2025");
        let about = |about| {
            let status = Status {
                subject: crate::id::AccountId([9; 16]),
                about,
                word: Word::Seen,
                day: "2026-11-21".to_owned(),
            };
            Some((status, 7))
        };
        let ids = [None, Some(crate::id::OpId([2; 16])), Some(crate::id::OpId([3; 16]))];
        for (handed_in, said) in ids.into_iter().flat_map(|id| ids.map(|said| (id, said))) {
            draft.handed_in = handed_in;
            let counts = word_about(&draft, about(said).as_ref()) == Some((Word::Seen, 7));
            assert_eq!(counts, said.is_some() && said == handed_in, "{handed_in:?} {said:?}");
        }
        assert_eq!(word_about(&draft, None), None);
    }

    #[test]
    fn a_second_copy_is_named_only_below_the_watermark_of_the_present_database() {
        let sample: String = include_str!("samples/kept-op-1.hex").split_whitespace().collect();
        let sample = data_encoding::HEXLOWER.decode(sample.as_bytes()).unwrap();
        let mut row = KeptOp::decode(&sample).unwrap();
        let mut draft = Draft::new(crate::id::RecordId([1; 16]), "2-KNĐ/2025");
        draft.handed_in = Some(row.out.op_id);
        let (epoch, seq) = (row.confirmed, row.current.server_seq);
        let other = crate::id::Epoch([0xee; 16]);
        for (of, watermark, safe) in [
            (Some(epoch), Some(seq), true),
            (Some(epoch), Some(seq + 1), true),
            (Some(epoch), seq.checked_sub(1), false),
            (Some(epoch), None, false),
            (Some(other), Some(seq), false),
            (None, Some(seq), false),
        ] {
            let mail = Mail {
                epoch: of,
                watermark,
                ..Mail::default()
            };
            let version = Version::of(&draft, &[], std::slice::from_ref(&row), &mail);
            assert!(
                matches!(version, Version::Received { safe: it, .. } if it == safe),
                "{of:?} {watermark:?}"
            );
        }
        row.confirmed = other;
        let mail = Mail {
            epoch: Some(epoch),
            watermark: Some(seq),
            ..Mail::default()
        };
        let version = Version::of(&draft, &[], &[row], &mail);
        assert!(
            matches!(version, Version::Received { safe: false, .. }),
            "confirmed by an older database only"
        );
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
