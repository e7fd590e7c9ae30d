//! What the page says on which a hand-in is read.

pub const TITLE: &str = "Đọc bản khai";
pub const LEAD: &str = "Chữ của người khai chỉ để đọc. Muốn người khai bổ sung chỗ nào, bạn ghi lời nhắc ngay dưới chỗ đó; lời nhắc được giữ trên máy tới khi gửi.";
pub const RULES_DIFFER: &str =
    "Máy người khai dùng bộ quy tắc khác máy này. Kết quả dưới đây theo máy này; những quy tắc khác nhau:";
pub const RULES_UNKNOWN: &str = "Máy người khai dùng bộ quy tắc mà máy này chưa biết. Kết quả dưới đây theo máy này; bạn cập nhật ứng dụng rồi xem lại.";
pub const MASKED: &str = "(đã che)";
pub const FINDINGS: &str = "Máy thấy cần xem lại";
pub const NO_FINDINGS: &str = "Máy không thấy điều nào cần xem lại.";
pub const CHANGES: &str = "Khác với lần nộp trước";
pub const NO_CHANGES: &str = "Không có gì khác lần nộp trước.";
pub const FIRST: &str = "Đây là lần nộp đầu tiên.";
pub const PARTS: &str = "Toàn bộ bản khai";
pub const REMARK: &str = "Nhắc ở chỗ này";
pub const REMARK_LABEL: &str = "Lời nhắc cho người khai";
pub const REMARK_HINT: &str = "Ví dụ: Bổ sung từ tháng 6 đến tháng 8 năm 2024.";
pub const WHOLE: &str = "Lời nhắc chung cho cả bản";
pub const WHOLE_LABEL: &str = "Lời nhắc chung, không gắn với mục nào";
pub const YOU: &str = "bạn";
pub const CANDIDATE: &str = "người khai";
pub const MENTOR: &str = "đảng viên giúp đỡ";
pub const SECRETARY: &str = "chi ủy";
pub const STRANGER: &str = "chưa xác nhận được người ghi";
pub const HAND_BACK: &str = "Trả lại để bổ sung";
pub const AGREE: &str = "Đồng ý cho chép tay";
pub const SEEN: &str = "Ghi là đã xem";
pub const SEND: &str = "Gửi lời nhắc";
pub const NOTHING_TO_SEND: &str = "Bạn chưa ghi lời nhắc nào. Ghi ít nhất một lời để người khai biết cần sửa gì.";
pub const DONE: &str = "Đã ghi. Máy gửi đi khi có mạng.";
pub const NOT_LAST: &str = "Người khai đã nộp bản mới hơn bản này.";
pub const FORM_2022: &str = "Bản này theo mẫu 2022.";
pub const NOT_THERE: &str = "Không thấy bản nộp này trên máy.";

pub fn waiting(count: usize) -> String {
    format!("{count} lời nhắc chưa gửi")
}

pub fn findings(count: usize) -> String {
    format!("{count} điều")
}
