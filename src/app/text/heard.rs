//! What the app says around remarks of the branch and texts of two phones.

use sync::kind::Role;

pub const ALL: &str = "Những chỗ được nhắc, những chỗ có hai bản";
pub const MENDED: &str = "Đã sửa";
pub const ANSWER: &str = "Trả lời";
pub const ANSWERED: &str = "Bạn đã trả lời: ";
pub const TAKE: &str = "Dùng bản kia";
pub const DROP: &str = "Bỏ bản kia";
pub const WITHDRAW_ASK: &str = "Chi bộ không mở được các bản bạn đã nộp nữa. Bản khai vẫn còn trên máy này.";
pub const UNSAY_ASK: &str =
    "Từ nay máy này không gửi gì nữa. Bản khai vẫn còn trên máy này. Có xoá cả các bản đã nộp không?";
pub const UNSAY_ERASE: &str = "Rút đồng ý và xoá bản đã nộp";
pub const UNSAY_KEEP: &str = "Rút đồng ý, không xoá";
pub const RECOVER_HINT: &str = "Nếu bạn đã khai trên máy khác: xin chi bộ tờ mời riêng để thay máy, rồi gõ 48 chữ số trên tờ mã khôi phục của máy cũ. Từ nay dùng tờ mã của máy này.";

/// "Bí thư chi bộ, lúc 14:02 ngày 21/11".
pub fn who(role: Option<Role>) -> &'static str {
    match role {
        Some(Role::Secretary) => "Chi ủy, ",
        Some(_) => "Đảng viên giúp đỡ, ",
        None => "Chưa xác nhận được người ghi, ",
    }
}

/// Two texts of one place.
pub fn two(shown: &str, other: &str) -> String {
    format!("Mục này được sửa ở hai máy. Đang dùng: “{shown}” · Bản kia: “{other}”")
}

/// "Chi bộ nhắc 3 chỗ".
pub fn reminded(count: usize) -> String {
    format!("Chi bộ nhắc {count} chỗ")
}

/// "2 chỗ có hai bản".
pub fn doubled(count: usize) -> String {
    format!("{count} chỗ có hai bản")
}
