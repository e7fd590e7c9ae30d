//! What the pages say of moves, contracts and probation.

pub const NOTE: &str = "Ghi vào sổ";
pub const BLANK: &str = "chưa ghi";
pub const RECEIVED: &str = "Tiếp nhận từ đơn vị khác";
pub const SHEET: &str = "Giấy chứng nhận đang được giúp đỡ";
pub const SHEET_LEAD: &str = "Tờ này chỉ xếp các việc và ngày đã ghi trong sổ; chỗ chưa có để trống cho cấp ủy điền. Nội dung, mẫu và chữ ký do cấp ủy quyết định.";
pub const SHEET_TITLE: &str = "Giấy chứng nhận đang được tổ chức đảng giúp đỡ, xem xét kết nạp";
pub const SHEET_NUMBER: &str = "Số: ……………  Ngày …… tháng …… năm ………";
pub const SHEET_TO: &str = "Nơi chuyển đến: ………………………………………………";
pub const SHEET_SIGN: &str = "Người ký (họ tên, chức vụ, đóng dấu): ………………………………………………";
pub const DOTS: &str = "………………………………";

pub fn done(text: &str) -> String {
    format!("đã ghi: {text}")
}

pub fn over(day: &str) -> String {
    format!("đã quá ngày {day}, xin cấp ủy xem lại")
}

/// How long somebody was helped, there and here.
pub fn months(there: i32, here: i32) -> String {
    format!(
        "Thời gian được giúp đỡ: nơi cũ {there} tháng, ở đây {here} tháng; cộng lại {} tháng.",
        there + here
    )
}
