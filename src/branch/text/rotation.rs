//! What the page of keys says of replacing them.

pub const TITLE: &str = "Đổi khoá";
pub const LEAD: &str = "Mỗi năm nên đổi một lần, và đổi ngay khi có người giữ khoá thôi việc. Máy này tạo khoá mới, khoá gốc ký cho, rồi khoá cũ thôi dùng. Máy của người khai khoá bản nộp bằng khoá mới từ lần có mạng kế tiếp.";
pub const COST: &str = "Khoá cũ vẫn ở trong kho này để mở các bản đã khoá bằng nó. Tờ mã khôi phục chỉ lấy lại được khoá mới: đổi xong, bạn lưu lại “Tệp khoá mở bản nộp” (tệp có cả khoá cũ) và bản dự phòng. Mất hết kho, tệp khoá và bản dự phòng của mọi người giữ khoá thì không ai mở lại được bản đã nộp. Máy khác của bạn đang dùng khoá cũ phải vào lại bằng tờ mời mới.";
pub const NO_ROOT: &str = "Muốn đổi khoá trên máy này, bạn nhập khoá gốc từ tờ đã in (mục “Khoá gốc”).";
pub const DO: &str = "Đổi khoá của tôi";
pub const DO_SURE: &str = "Bấm lần nữa để tạo khoá mới và thôi dùng khoá cũ";
pub const BEGUN: &str = "Đã tạo khoá mới. Máy tự làm nốt khi có mạng; bạn không phải bấm gì thêm.";
pub const ANNOUNCED: &str = "Đang đổi khoá: khoá mới đã tạo, chờ máy chủ nhận. Hãy để máy có mạng.";
pub const CLOSING: &str = "Đã dùng khoá mới. Đang cho khoá cũ thôi dùng: hãy để máy có mạng.";
pub const LEAVER: &str = "Có người thôi giữ khoá";
pub const LEAVER_COST: &str = "Một lần bấm: tài khoản người ấy bị khoá lại, không nhận được gì mới, và khoá của bạn được đổi luôn. Những gì người ấy đã tải về trước đó thì không lấy lại được.";
pub const LEAVES: &str = "Người này nghỉ: khoá lại và đổi khoá";
pub const LEAVES_SURE: &str = "Bấm lần nữa: khoá lại hẳn, không mở lại được";
pub const UNDER_WAY: &str = "Lần đổi khoá trước chưa xong. Hãy để máy có mạng.";
pub const STUCK: &str = "Còn mục “Cần xem lại” chưa gửi được. Bạn xử lý xong rồi đổi khoá.";
pub const NO_ROOM: &str = "Đã có đủ bốn người giữ khoá. Cho một người thôi giữ khoá rồi đổi.";
pub const NOT_OURS: &str = "Khoá gốc trên máy này không ký được cho bạn: bạn chưa phải người giữ khoá của chi bộ này, hoặc máy chưa nhận danh sách người giữ khoá.";
pub const FORMER: &str = "Nhập khoá cũ vào máy này";
pub const FORMER_HINT: &str = "Dùng khi bạn vào lại trên máy khác: khoá cũ mở các bản nộp trước khi đổi khoá.";
pub const FORMER_LABEL: &str = "Nội dung tệp khoá (các dòng AGE-SECRET-KEY-1…)";
pub const FORMER_DO: &str = "Nhập khoá cũ";
pub const NOT_A_FILE: &str = "Nội dung này không phải tệp khoá. Bạn mở tệp “khoa-chi-bo-….key” rồi dán cả nội dung.";

pub fn since(day: &str) -> String {
    format!("Khoá bạn đang dùng có từ {day}.")
}

pub fn old(day: &str) -> String {
    format!("Khoá bạn đang dùng có từ {day}, đã hơn một năm. Nên đổi khoá.")
}

pub fn taken(count: usize) -> String {
    match count {
        0 => "Máy đã có các khoá này.".to_owned(),
        _ => format!("Đã nhập {count} khoá cũ."),
    }
}
