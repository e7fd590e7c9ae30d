//! What the page says on which a class list comes in.

pub const LEAD: &str = "Chọn tệp danh sách lớp (Excel .xlsx hoặc CSV). Máy chỉ đọc họ tên, ngày sinh, giới tính, dân tộc, tôn giáo, lớp, đoàn viên; tệp không được gửi đi đâu.";
pub const FILE: &str = "Tệp danh sách";
pub const GROUP: &str = "Những người trong danh sách là";
pub const GOOD: &str = "Những dòng đọc được";
pub const BAD: &str = "Những dòng cần xem lại trong tệp";
pub const BAD_LEAD: &str =
    "Những dòng này chưa được thêm. Sửa trong tệp rồi chọn lại; dòng đã thêm không bị thêm lần nữa.";
pub const LEFT: &str = "Cột không dùng tới";
pub const UNREAD: &str = "Máy không đọc được tệp này. Hãy chọn lại tệp.";
pub const NAME: &str = "Họ và tên";
pub const BORN: &str = "Ngày sinh";
pub const UNIT: &str = "Lớp, tổ";

pub fn add(count: usize) -> String {
    format!("Thêm {count} người")
}

pub fn added(count: usize) -> String {
    format!("Đã thêm {count} người. Bạn tạo tờ mời cho họ ở “Tờ mời”.")
}
