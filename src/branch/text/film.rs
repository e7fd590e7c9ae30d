//! What is said beside a film of QR codes, by whoever shows it and by whoever watches it.

use sync::film::Progress;

pub const SHOW: &str = "Đưa bằng mã QR";
pub const HIDE: &str = "Thôi chiếu mã";
pub const TOO_LARGE: &str = "Gói này quá lớn để đưa bằng mã QR. Bạn đưa bằng tệp nhé.";
pub const HOW: &str =
    "Máy kia mở trang này, bấm “Quét bằng máy ảnh” rồi hướng vào mã. Mã chiếu lặp lại cho tới khi bạn dừng.";
pub const STOP: &str = "Dừng";
pub const GO_ON: &str = "Chiếu tiếp";
pub const BEFORE: &str = "Khung trước";
pub const AFTER: &str = "Khung sau";
pub const COARSE: &str = "Khung dễ đọc hơn";
pub const COARSE_HINT: &str = "Khi máy kia khó nhận: mã thưa hơn, nhiều khung hơn.";
pub const SCAN: &str = "Quét bằng máy ảnh";
pub const SCAN_END: &str = "Tắt máy ảnh";
pub const AIM: &str = "Hướng máy ảnh vào mã trên máy kia, sao cho mã gần đầy khung hình.";
pub const REFUSED: &str = "Trình duyệt chưa được phép dùng máy ảnh. Bạn cho phép trong cài đặt của trình duyệt rồi bấm lại, hoặc nhận gói bằng tệp.";
pub const NO_CAMERA: &str = "Không mở được máy ảnh của máy này. Bạn nhận gói bằng tệp nhé.";
pub const PASTE: &str = "Dán nội dung gói";
pub const PASTE_HINT: &str = "Khi ứng dụng nhắn tin hiện gói thành chữ: chép tất cả rồi dán vào đây.";
pub const PASTE_TAKE: &str = "Nhận nội dung đã dán";

/// Numbers of frames that one reads at a glance.
const NAMED: usize = 12;

pub fn frame(number: usize, count: usize) -> String {
    format!("Khung {number} trên {count}")
}

pub fn picture(number: usize, count: usize) -> String {
    format!("Mã QR, khung {number} trên {count}")
}

pub fn progress(progress: &Progress) -> String {
    let Progress { count, missing } = progress;
    let have = count - missing.len();
    let mut numbers: Vec<String> = missing.iter().take(NAMED).map(usize::to_string).collect();
    let more = missing.len().saturating_sub(NAMED);
    if more > 0 {
        numbers.push(format!("và {more} khung nữa"));
    }
    format!(
        "Đã nhận {have} trên {count} khung. Còn thiếu khung {}.",
        numbers.join(", ")
    )
}
