//! What can go wrong between the app and the disk, and the words for it.
//!
//! Find here: [`Fault`], [`Loss`]. Invariant: every variant has words that say what happened, what is safe and what to do, without
//! blame, and none of them carries a word of content. Deliberately not here: when each one arises (`idb`, `vault`, `witness`).

use crate::browser::day_words;
use std::fmt;
use sync::container::FileFault;
use sync::damm::CodeFault;
use sync::id::RecordId;

/// Why the store could not do what was asked. Shown as it stands (`Display`), or by [`Fault::words`] where numbers do not matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The phrase opens no slot. The person tries again, or takes the recovery sheet.
    WrongPassphrase,
    /// All digits are well-formed, but they belong to another vault.
    WrongRecoveryCode,
    /// What was typed is no recovery code: digits are missing, or a group fails its check digit.
    RecoveryTypo(CodeFault),
    /// Five wrong tries: wait. Guards against a classmate's guessing only.
    TooManyTries {
        /// Seconds that remain.
        seconds: u32,
    },
    /// Written by a newer release. Nothing was read or changed; the person updates the app.
    Newer,
    /// Rows or slots that should open do not. The person opens a backup or fetches from the receiving side.
    Broken,
    /// The list knows the vault, but its database is not there any more.
    Gone,
    /// No space for the newest text. The person makes room and taps "Ghi lại".
    Full,
    /// No space for a vault out of a backup file. The person makes room and opens the file again.
    NoRoom,
    /// The file is no backup that can be used. The person takes another one.
    File(FileFault),
    /// The browser refuses to open or write the database, also at the second try.
    CannotOpen,
    /// The browser gives this page no database at all: storage is switched off, or a private window of an older engine.
    NoStorage,
    /// No Web Locks: the browser is below the floor, or the page is not served over HTTPS.
    NoLocks,
    /// Another tab holds the database and does not let go.
    Blocked,
    /// This vault is locked, or another tab replaced the database.
    Closed,
    /// A row beyond 512 KiB, 4,000 fields or 20,000 bytes in a field. The person shortens it.
    TooBig,
    /// The worker that stretches the passphrase did not start or died.
    NoWorker,
    /// The browser gave no random bytes.
    NoRandom,
    /// The passphrase breaks a rule of [`crate::passphrase::weakness`]; the words say which.
    Weak(&'static str),
    /// A vault needs a nickname of 1 to 40 characters.
    Nickname,
}

impl Fault {
    /// What happened, what is safe, what to do.
    pub fn words(&self) -> &'static str {
        match self {
            Self::WrongPassphrase => {
                "Chưa đúng cụm từ mở kho. Dữ liệu vẫn còn nguyên. Thử lại, hoặc bấm “Dùng mã khôi phục” nếu bạn quên."
            }
            Self::WrongRecoveryCode => {
                "Mã khôi phục này không mở được kho đang chọn. Dữ liệu vẫn còn nguyên. Xem lại có đúng tờ mã của kho này không."
            }
            Self::RecoveryTypo(_) => "Mã khôi phục có chữ số chưa khớp. Nhìn lại tờ mã và sửa nhóm sai.",
            Self::TooManyTries { .. } => {
                "Bạn đã thử năm lần chưa đúng. Chờ nửa phút rồi thử lại. Dữ liệu vẫn còn nguyên."
            }
            Self::Weak(why) => why,
            Self::Newer => {
                "Đây là dữ liệu do bản mới hơn ghi. Bản đang chạy không đọc và không sửa gì. Cập nhật ứng dụng rồi mở lại."
            }
            Self::Broken => {
                "Kho bị hỏng một phần nên không mở được. Ứng dụng không ghi đè lên gì cả. Hãy mở bản dự phòng; nếu đã nộp, hỏi chi bộ bản đã nhận."
            }
            Self::Gone => {
                "Không thấy dữ liệu của kho này trên máy nữa. Trình duyệt có thể đã tự xoá. Hãy mở bản dự phòng; nếu đã nộp, hỏi chi bộ bản đã nhận."
            }
            Self::Full => {
                "Máy đầy bộ nhớ: chữ mới nhất chưa lưu được. Đừng đóng trang. Xoá bớt ảnh, phim rồi bấm “Ghi lại”, hoặc bấm “Lưu bản dự phòng”."
            }
            Self::NoRoom => {
                "Máy đầy bộ nhớ nên chưa mở được bản dự phòng. Tệp và các kho vẫn nguyên. Xoá bớt ảnh, phim rồi mở lại tệp."
            }
            Self::File(FileFault::Foreign) => {
                "Tệp này không phải bản dự phòng của Lý Lịch. Chưa có gì thay đổi trên máy. Hãy chọn tệp “.lylich” bạn đã lưu."
            }
            Self::File(FileFault::Damaged) => {
                "Tệp này bị hỏng hoặc thiếu một phần. Các kho trên máy vẫn nguyên. Hãy chép lại tệp từ nơi đã cất, hoặc chọn tệp khác."
            }
            Self::File(FileFault::Newer) => {
                "Tệp này do bản mới hơn ghi. Chưa có gì thay đổi trên máy. Cập nhật ứng dụng rồi mở lại tệp."
            }
            Self::File(FileFault::OtherType) => {
                "Tệp này của Lý Lịch nhưng không phải bản dự phòng. Chưa có gì thay đổi trên máy. Hãy chọn tệp lưu bằng nút “Lưu bản dự phòng”."
            }
            Self::CannotOpen => {
                "Trình duyệt không mở được kho. Chữ đang gõ còn trên màn hình: bấm “Lưu bản đọc được” rồi tải lại trang."
            }
            Self::NoStorage => {
                "Trình duyệt không cho trang này lưu dữ liệu. Chưa có gì bị mất. Mở ở cửa sổ thường (không ẩn danh), bật cho phép lưu dữ liệu trang web rồi tải lại."
            }
            Self::NoLocks => {
                "Trình duyệt này quá cũ để giữ bản khai an toàn. Chưa có gì bị mất. Cập nhật trình duyệt, hoặc mở bằng Chrome, Firefox hay Safari bản mới."
            }
            Self::Blocked => {
                "Một thẻ khác đang giữ kho này. Chưa có gì bị mất. Đóng các thẻ khác của ứng dụng rồi bấm tiếp."
            }
            Self::Closed => "Kho đã khoá hoặc đã được mở lại ở thẻ khác. Chữ đã lưu vẫn còn. Mở khoá lại để viết tiếp.",
            Self::TooBig => {
                "Phần này dài quá mức kho giữ được, nên chữ mới nhất chưa lưu. Đừng đóng trang. Rút ngắn bớt rồi ứng dụng sẽ lưu lại."
            }
            Self::NoWorker => {
                "Máy chưa chạy được phần mở khoá. Dữ liệu vẫn còn nguyên. Đóng bớt ứng dụng khác, tải lại trang rồi thử lại."
            }
            Self::NoRandom => {
                "Trình duyệt không tạo được số ngẫu nhiên nên chưa thể khoá dữ liệu. Chưa có gì được ghi. Tải lại trang hoặc đổi trình duyệt."
            }
            Self::Nickname => {
                "Đặt cho kho một tên gọi ngắn, từ 1 đến 40 ký tự, để bạn nhận ra. Không cần họ tên đầy đủ."
            }
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooManyTries { seconds } => {
                write!(
                    f,
                    "Bạn đã thử năm lần chưa đúng. Chờ {seconds} giây rồi thử lại. Dữ liệu vẫn còn nguyên."
                )
            }
            Self::RecoveryTypo(typo) => f.write_str(&typo.words()),
            other => f.write_str(other.words()),
        }
    }
}

impl std::error::Error for Fault {}

/// Something that should be in a vault and is not: found by the witness (storage design §5) or on reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Loss {
    /// The whole vault is gone: a witness without its database and without a closing line.
    Vault {
        /// The database that is gone, 32 hex.
        db_id: String,
        /// Drafts it held when it was last witnessed.
        drafts: u64,
        /// Versions that waited for a receipt.
        outbox: u64,
        /// Day of that witness, `yyyy-mm-dd`.
        day: String,
    },
    /// The browser said that it threw damaged files of this site away.
    Damaged {
        /// When, `yyyy-mm-dd`.
        day: String,
    },
    /// A draft that the counters name has no row.
    Draft {
        /// Which record.
        record_id: RecordId,
    },
    /// A draft's row is older than the last one written: it was put back from a copy.
    OlderDraft {
        /// Which record.
        record_id: RecordId,
    },
    /// Rows that waited for sending are missing.
    Outbox {
        /// How many.
        missing: u64,
    },
    /// Rows with receipts are missing.
    Ops {
        /// How many.
        missing: u64,
    },
    /// The whole vault is older than its witness: the last changes are gone.
    OlderVault {
        /// Writes that the witness saw and the vault does not know.
        writes: u64,
        /// Day of the witness, `yyyy-mm-dd`.
        day: String,
    },
    /// Rows that are there but do not open.
    Unreadable {
        /// How many.
        rows: u64,
    },
    /// Rows that a newer release wrote. They stay as they are.
    Newer {
        /// How many.
        rows: u64,
    },
}

impl Loss {
    /// What is missing, and what probably happened. The choices (fetch, open a backup, go on) are the caller's buttons.
    pub fn words(&self) -> String {
        match self {
            Self::Vault {
                drafts, outbox, day, ..
            } => {
                let waiting = match outbox {
                    0 => String::new(),
                    n => format!(", trong đó có {n} bản đang chờ gửi"),
                };
                format!(
                    "Máy này từng giữ {drafts} bản khai ghi ngày {}{waiting}, nay không thấy. Trình duyệt có thể đã tự xoá dữ liệu.",
                    day_words(day)
                )
            }
            Self::Damaged { day } => format!(
                "Ngày {} trình duyệt báo tệp dữ liệu của trang này bị hỏng và đã bỏ đi.",
                day_words(day)
            ),
            Self::Draft { .. } => "Thiếu một bản khai mà kho từng giữ. Các bản khác vẫn còn.".to_owned(),
            Self::OlderDraft { .. } => {
                "Một bản khai là bản cũ hơn lần ghi cuối. Có thể dữ liệu của máy đã bị thay bằng một bản sao cũ."
                    .to_owned()
            }
            Self::Outbox { missing } => {
                format!("Thiếu {missing} bản đang chờ gửi. Bản khai trong kho vẫn còn để nộp lại.")
            }
            Self::Ops { missing } => format!("Thiếu {missing} giấy báo nhận. Nơi nhận vẫn giữ bản đã nộp."),
            Self::OlderVault { writes, day } => format!(
                "Kho trên máy cũ hơn lần ghi cuối ngày {}: thiếu {writes} lần ghi. Chữ mới nhất có thể đã mất.",
                day_words(day)
            ),
            Self::Unreadable { rows } => {
                format!("Có {rows} mục trong kho bị hỏng, không mở được. Các mục khác vẫn dùng được.")
            }
            Self::Newer { rows } => {
                format!("Có {rows} mục do bản mới hơn ghi. Chúng được giữ nguyên. Cập nhật ứng dụng để đọc.")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_lost_vault_is_named_by_counts_and_day() {
        let loss = Loss::Vault {
            db_id: "00".repeat(16),
            drafts: 1,
            outbox: 2,
            day: "2026-11-20".to_owned(),
        };
        assert_eq!(
            loss.words(),
            "Máy này từng giữ 1 bản khai ghi ngày 20/11/2026, trong đó có 2 bản đang chờ gửi, nay không thấy. \
             Trình duyệt có thể đã tự xoá dữ liệu."
        );
    }

    #[wasm_bindgen_test]
    fn a_wrong_passphrase_says_that_nothing_is_lost_and_names_the_way_out() {
        let words = Fault::WrongPassphrase.words();
        assert!(words.starts_with("Chưa đúng cụm từ mở kho."));
        assert!(words.contains("vẫn còn") && words.contains("mã khôi phục"));
    }
}
