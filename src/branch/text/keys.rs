//! What the page of the branch's keys says.

pub const TITLE: &str = "Khoá của chi bộ";
pub const LEAD: &str = "Bản nộp được khoá bằng khoá của những người dưới đây; máy chủ không mở được. Mất hết khoá thì không ai mở lại được bản đã nộp, kể cả người làm ra ứng dụng.";
pub const FOUND: &str = "Lập chi bộ trên máy này";
pub const FOUND_LEAD: &str = "Người vận hành máy chủ đưa cho bạn một dòng bắt đầu bằng “lylich-founding”. Dán vào đây: máy này tạo khoá gốc của chi bộ.";
pub const FOUND_LINE: &str = "Dòng lập chi bộ";
pub const FOUND_NAME: &str = "Tên chi bộ";
pub const FOUND_CONTENT: &str = "Chi bộ đã có quyết định cho gửi nội dung đã khoá qua máy chủ này";
pub const FOUND_CONTENT_HINT: &str = "Không chọn: chỉ gửi trạng thái, ngày, không gửi nội dung.";
pub const FOUND_DO: &str = "Lập chi bộ";
pub const FOUND_BAD: &str = "Dòng này không đúng. Bạn chép lại cả dòng, từ “lylich-founding” tới hết.";
pub const FOUND_NAMELESS: &str = "Hãy ghi tên chi bộ, không quá 60 chữ.";
pub const HOLDERS: &str = "Những người giữ khoá";
pub const YOU: &str = "(bạn)";
pub const ONLY_ONE: &str =
    "Chỉ có một người giữ khoá. Hãy thêm người thứ hai: nếu máy hoặc cụm từ của bạn mất, người ấy vẫn mở được.";
pub const WAITING: &str = "Đã vào bằng tờ mời dành cho người giữ khoá, chưa được thêm";
pub const ADD: &str = "Thêm làm người giữ khoá";
pub const FULL: &str =
    "Đã có bốn người giữ khoá, nhiều nhất có thể. Khi một người thôi giữ khoá thì thêm được người này.";
pub const DROP: &str = "Thôi giữ khoá";
pub const DROP_SURE: &str = "Bấm lần nữa: từ nay bản nộp mới không khoá cho người này";
pub const DROP_COST: &str = "Người thôi giữ khoá vẫn mở được những bản đã nộp trước đó, nếu còn giữ kho của mình.";
pub const NO_ROOT: &str = "Khoá gốc không ở máy này, nên chỉ người giữ khoá gốc mới thêm, bớt người giữ khoá.";
pub const ROOT: &str = "Khoá gốc";
pub const ROOT_LEAD: &str = "Khoá gốc quyết định ai giữ khoá của chi bộ. Hãy in tờ này, cất trong két hoặc tủ có khoá, tách khỏi máy. Mất khoá gốc thì phải lập chi bộ mới và phát lại mọi tờ mời.";
pub const ROOT_SHOW: &str = "Hiện tờ khoá gốc để in";
pub const ROOT_PRINT: &str = "In tờ này";
pub const ROOT_QR: &str = "Mã QR của khoá gốc";
pub const ROOT_TAKE: &str = "Nhập khoá gốc vào máy này";
pub const ROOT_TAKE_LABEL: &str = "Dòng trên tờ khoá gốc";
pub const ROOT_TAKE_DO: &str = "Nhập";
pub const ROOT_BAD: &str = "Dòng này không phải khoá gốc của chi bộ này. Bạn chép lại từ tờ đã in.";
pub const FILE: &str = "Tệp khoá mở bản nộp";
pub const FILE_LEAD: &str = "Có tệp này thì mở được mọi bản nộp, cả khi ứng dụng không còn, bằng chương trình “lylich open” hoặc “age”; tệp có cả khoá cũ của bạn. Chép vào thẻ nhớ, cất kỹ, đừng gửi qua mạng.";
pub const FILE_SAVE: &str = "Lưu tệp khoá";
pub const DEVICES: &str = "Máy đã kết nối";
pub const DEVICES_LEAD: &str = "Ai mất máy thì khoá máy ấy lại ngay; người đó xin tờ mời mới để vào lại trên máy khác.";
pub const LOST: &str = "Mất máy: khoá lại";
pub const LOST_SURE: &str = "Bấm lần nữa để khoá hẳn";
pub const CLOSED: &str = "Đã khoá lại";
pub const DONE: &str = "Đã ghi. Máy gửi đi khi có mạng.";
pub const MEANWHILE: &str = "Máy vừa ghi xong việc khác. Bạn bấm lại nhé.";
pub const STRANGER: &str = "chưa có tên";

/// The act that seals what is older for a holder who came later.
pub fn hand_on(count: usize) -> String {
    format!("Khoá thêm {count} bản nộp, nhận xét, lời nhắc cũ cho người này")
}
