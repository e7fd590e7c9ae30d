//! The consent screen, word for word what leaves the phone, to whom, why, how long (security design §9.1). A changed text needs a
//! new `NUMBER`, and the phone asks again.

/// Number of this text; it stands in the signed consent.
pub const NUMBER: u32 = 2;
/// The first text that speaks of copies of the draft.
pub const DRAFTS: u32 = 2;

/// The lines of the screen: heading and text. `class` is the branch's sync class, 1 or 2.
pub fn lines(branch: &str, operator: &str, class: u8, mentor: bool) -> Vec<(&'static str, String)> {
    let operator = if operator.is_empty() {
        "chi bộ hoặc nhà trường"
    } else {
        operator
    };
    let level = match class {
        0 => "Mức đồng bộ của chi bộ: C0 – không gửi gì đi.",
        1 => "Mức đồng bộ của chi bộ: C1 – chỉ tiến độ.",
        _ => "Mức đồng bộ của chi bộ: C2 – nội dung đã khoá.",
    };
    let progress =
        "Gửi đi: số mục đã khai, số điều cần xem lại, ngày, trạng thái. Không gửi nội dung, không gửi họ tên.";
    let what = match (class, mentor) {
        (0, _) => "Không có gì được gửi.".to_owned(),
        (1, _) => progress.to_owned(),
        (_, true) => {
            "Gửi đi: nhận xét bạn bấm gửi, đã khoá; chỉ chi bộ và bạn mở được. Máy chủ không đọc được.".to_owned()
        }
        (_, false) => format!(
            "{progress} Gửi thêm, đã khoá, máy chủ không đọc được: bản nộp bạn bấm nộp, chỉ bạn và chi bộ mở được; bản sao của bản nháp để mất máy không mất chữ, chỉ bạn mở được."
        ),
    };
    vec![
        ("Nơi giữ", format!("Nơi giữ dữ liệu: {branch}. Máy chủ do {operator} vận hành.")),
        ("Mức", level.to_owned()),
        ("Gửi gì", what),
        (
            "Dữ liệu nhạy cảm",
            if mentor {
                "Nhận xét nói về một người khác: chỉ ghi điều bạn thấy, không ghi chuyện gia đình, chính trị, sức khoẻ.".to_owned()
            } else {
                "Bản khai có thông tin về dân tộc, tôn giáo, chính trị của bản thân và người thân: đây là dữ liệu cá nhân nhạy cảm.".to_owned()
            },
        ),
        ("Để làm gì", "Chỉ để lập, soát và theo dõi lý lịch xin vào Đảng.".to_owned()),
        (
            "Giữ bao lâu",
            "Giữ tới khi xong việc; xoá khi rút tên, không được xét, hoặc 12 tháng sau khi chuyển đi.".to_owned(),
        ),
        (
            "Quyền của bạn",
            "Được biết, xem, sửa, xoá, lấy bản sao, rút đồng ý bất cứ lúc nào trong mục “Dữ liệu của tôi”. Không đồng ý vẫn khai và lưu trên máy này được.".to_owned(),
        ),
        ("Rủi ro", "Nếu cụm từ mở kho yếu hoặc bị lộ, người cầm máy đọc được.".to_owned()),
    ]
}
