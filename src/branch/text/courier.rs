//! What the page of courier files says; how a parcel stands is for `sync::label` to say.

pub const TITLE: &str = "Gửi nhờ máy khác";
pub const LEAD: &str =
    "Ở chỗ không có sóng, bạn đóng gói rồi nhờ người đi có mạng chuyển giúp. Gói đã khoá, người mang không đọc được.";
pub const NOT_CONNECTED: &str = "Máy này chưa kết nối với chi bộ nên chưa gửi nhờ được.";
pub const NO_KEY: &str = "Tờ mời của chi bộ thiếu khoá của nơi nhận. Bạn xin chi bộ tờ mới nhé.";
pub const SENDING: &str = "Máy đang gửi. Bạn chờ một phút rồi mở lại tệp nhé.";
pub const PACK: &str = "Đóng gói";
pub const KEEP_APP: &str = "Đừng xoá ứng dụng cho tới khi có thư trả lời.";
pub const SAVE: &str = "Lưu tệp gói";
pub const SHARE: &str = "Chia sẻ gói";
pub const OPEN: &str = "Mở tệp gói";
pub const OPEN_HINT: &str = "Gói người khác nhờ mang, hoặc thư trả lời cho gói của bạn.";
pub const CAME_HOME: &str = "Thư trả lời đã về.";
pub const MORE: &str = "Còn thư chưa về hết: gửi thêm một gói.";
pub const MINE: &str = "Gói của tôi";
pub const CARRYING: &str = "Mang giúp người khác";
pub const SAVE_BACK: &str = "Lưu thư trả lời";
pub const PASS_ON: &str = "Chuyển gói cho người khác mang";
pub const DROP: &str = "Bỏ gói này";
pub const UNREAD: &str = "Không đọc được tệp này. Bạn chọn lại nhé.";

pub fn ready(number: u64) -> String {
    format!("Gói số {number} đã sẵn sàng. {KEEP_APP}")
}

pub fn taken_in(number: u64) -> String {
    format!("Đã nhận gói số {number}. Khi có mạng, máy tự chuyển.")
}

pub fn load(number: u64) -> String {
    format!("Gói số {number}")
}
