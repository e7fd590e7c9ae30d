//! What the pages of the rule book say by themselves. The rules' own words stand in `rules`.

pub const TITLE: &str = "Sổ quy tắc";
pub const LEAD: &str = "Mọi điều ứng dụng có thể nhắc, kèm căn cứ và một ví dụ. Ứng dụng chỉ nhắc điều còn thiếu hoặc cần xem lại; xem xét con người là việc của chi bộ và cấp ủy.";
pub const WORDS: &str = "Tìm theo chữ";
pub const WORDS_HINT: &str = "Gõ có dấu hay không dấu đều được, ví dụ: que quan.";
pub const MORE: &str = "Tìm theo mục, văn bản, ngày";
pub const ITEM: &str = "Mục trong lý lịch";
pub const INSTRUMENT: &str = "Số văn bản";
pub const DAY: &str = "Ngày áp dụng";
pub const DAY_HINT: &str = "Chỉ hiện quy tắc có hiệu lực vào ngày này, ví dụ: 20-11-2026.";
pub const DAY_UNREAD: &str = "Ứng dụng chưa đọc được ngày này nên chưa lọc theo ngày. Bạn gõ đủ ngày, tháng, năm nhé.";
pub const OPENING: &str = "Đang mở sổ…";
pub const NOT_THERE: &str =
    "Chưa mở được sổ quy tắc. Bạn nối mạng rồi mở lại trang này nhé; bản khai vẫn an toàn trên máy.";
pub const NONE: &str = "Không có quy tắc nào như vậy. Bạn thử bớt chữ hoặc xoá một ô tìm.";
pub const PRINT: &str = "In các quy tắc đang hiện";
pub const LEVEL: &str = "Mức";
pub const WHOM: &str = "Dành cho";
pub const SAYS: &str = "Ứng dụng nhắc";
pub const HOLDS: &str = "Hiệu lực";
pub const GROUND: &str = "Căn cứ";
pub const EXAMPLE: &str = "Ví dụ bị nhắc";
pub const NOT_COMPUTED: &str = "Không có gì để tính";
pub const PROVINCE: &str = "Hướng dẫn riêng của";

/// "Đang hiện 12 trên 210 quy tắc."
pub fn shown(count: usize, all: usize) -> String {
    format!("Đang hiện {count} trên {all} quy tắc.")
}
