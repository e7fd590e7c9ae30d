//! What the page says on which a candidate sees who fetched their hand-ins.

pub const TITLE: &str = "Ai đã xem lý lịch của tôi";
pub const LEAD: &str = "Mỗi lần có máy lấy bản đã khoá của bạn về, máy chủ ghi một dòng; người lấy về thì mở đọc được. Người vận hành máy chủ xuất dữ liệu ra tệp thì cũng có dòng, nhưng bản trong tệp vẫn khoá, người ấy không đọc được.";
pub const ASK: &str = "Hỏi lại máy chủ";
pub const NOT_CONNECTED: &str = "Máy này chưa kết nối chi bộ, hoặc bạn đã rút đồng ý, nên chưa hỏi được máy chủ.";
pub const NO_ANSWER: &str =
    "Chưa hỏi được máy chủ. Dưới đây là những gì máy này đã biết; khi có mạng, bạn hỏi lại nhé.";
pub const NEVER: &str = "Máy này chưa hỏi được máy chủ lần nào.";
pub const NOTHING: &str = "Bạn chưa nộp bản nào qua máy này.";
pub const NOBODY: &str = "Chưa có ai lấy bản này về.";
pub const ELSEWHERE: &str = "Mục gửi từ máy khác của bạn";
pub const SECRETARY: &str = "Chi ủy giữ khoá";
pub const MENTOR: &str = "Đảng viên giúp đỡ";
pub const OPERATOR: &str = "Người vận hành máy chủ";
pub const STRANGER: &str = "Người chưa xác nhận được vai trò";
pub const EACH: &str = "Từng lần";
pub const KEPT: &str = "Máy chủ giữ sổ này 24 tháng. Những dòng đã hỏi được thì máy bạn giữ lại, xem được cả khi không có mạng. Thấy điều lạ, bạn hỏi chi bộ: nói mã đứng sau vai trò.";

pub fn hand_in(moment: &str) -> String {
    format!("Bản nộp lúc {moment}")
}

pub fn answer(moment: &str) -> String {
    format!("Câu trả lời của bạn lúc {moment}")
}

pub fn other(moment: &str) -> String {
    format!("Mục khác của bạn, gửi lúc {moment}")
}

pub fn until(moment: &str) -> String {
    format!("Máy chủ trả lời lần cuối lúc {moment}.")
}

pub fn code(code: &str) -> String {
    format!("(mã {code})")
}

pub fn times(count: usize, last: &str) -> String {
    match count {
        1 => format!("Lấy về một lần, lúc {last}."),
        _ => format!("Lấy về {count} lần; lần cuối lúc {last}."),
    }
}

/// The operator's exports: nobody opened anything by them.
pub fn exported(count: usize, last: &str) -> String {
    match count {
        1 => format!("Đã xuất ra tệp một lần, lúc {last}; bản trong tệp vẫn khoá."),
        _ => format!("Đã xuất ra tệp {count} lần, lần cuối lúc {last}; bản trong tệp vẫn khoá."),
    }
}
