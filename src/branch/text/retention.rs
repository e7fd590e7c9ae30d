//! What the pages say of how long what was handed in is kept.

pub const TITLE: &str = "Thời hạn lưu bản nộp";
pub const LEAD: &str = "Chỉ những người có bản nộp và việc xét đã dừng, đã xong. Máy không tự xoá: chi ủy xem rồi xoá trên trang của từng người.";
pub const NOBODY: &str = "Chưa có bản nộp nào tới thời hạn phải tính.";
pub const PERIODS: &str = "Các thời hạn đang dùng";
pub const PERIODS_HINT: &str = "Sửa ở “Thư viện văn bản”, nút “Ghi quy ước, văn bản của chi bộ”.";
pub const ON_THE_WAY: &str = "Việc xét đang tiếp tục: chưa tính thời hạn lưu.";
pub const DELETE: &str = "Xoá bản đã nộp của người này";
pub const DELETE_DO: &str = "Xoá hết các bản nộp";
pub const DELETE_COST: &str = "Xoá mọi bản người này đã nộp và lời nhắc, lời trả lời kèm theo, ở máy chủ và ở máy của mọi người trong chi bộ khi máy ấy có mạng. Không lấy lại được. Bản khai trên máy của người khai vẫn còn; ngày tháng trong sổ và nhận xét của đảng viên giúp đỡ vẫn còn. Bản dự phòng của máy chủ hết sau 35 ngày; bản đã in do chi bộ xử lý.";
pub const DELETE_SURE: &str = "Bấm lần nữa để xoá hẳn";

pub fn until(day: &str) -> String {
    format!("giữ đến {day}")
}

pub fn past(day: &str) -> String {
    format!("đã quá hạn lưu {day}")
}

pub fn period(what: &str, months: u16, ground: &str) -> String {
    let ground = match ground {
        "" => "do chi bộ đặt, chưa có quy định chung".to_owned(),
        ground => format!("chi bộ đặt theo {ground}; chưa có quy định chung"),
    };
    format!("{what}: giữ thêm {months} tháng ({ground})")
}
