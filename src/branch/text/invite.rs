//! What the pages of invites, members and lists say.

pub const TITLE: &str = "Tờ mời";
pub const LEAD: &str =
    "Mỗi tờ mời dành cho một người, dùng một lần, trong 30 ngày. Ai cầm tờ mời là vào được, nên chỉ đưa tận tay.";
pub const CHOOSE: &str = "Những người chưa có tờ mời";
pub const NONE: &str = "Ai cũng đã có tờ mời hoặc đã kết nối máy. Muốn mời thêm, bạn thêm người trước.";
pub const DRAW: &str = "Tạo tờ mời cho những người đã chọn";
pub const ALL: &str = "Chọn tất cả";
pub const GUARDIAN: &str =
    "Tôi đã thấy giấy đồng ý của cha mẹ hoặc người giám hộ (chỉ cần khi người được mời dưới 16 tuổi)";
pub const SHEETS: &str = "Tờ mời chưa dùng";
pub const PRINT: &str = "In các tờ mời";
pub const SHEET_HOW: &str = "Mở máy ảnh, quét mã này, rồi làm theo hướng dẫn. Lần đầu cần có mạng.";
pub const SHEET_ONCE: &str = "Dùng một lần, trong 30 ngày. Đừng chụp gửi cho ai.";
pub const LINK: &str = "Hoặc mở liên kết này";
pub const COPY: &str = "Chép liên kết";
pub const COPIED: &str = "Đã chép";
pub const QR: &str = "Mã QR của tờ mời cho";
pub const NEED_BRANCH: &str = "Máy này chưa kết nối với chi bộ nên chưa mời được ai.";

pub const MEMBERS_TITLE: &str = "Đảng viên của chi bộ";
pub const MEMBERS_LEAD: &str =
    "Những người có thể được phân công giúp đỡ. Mời họ thì họ ghi nhận xét trên máy của mình.";
pub const MEMBER_ADD: &str = "Thêm đảng viên";
pub const MEMBER_NAMELESS: &str = "Chưa ghi họ tên";
pub const MEMBER_JOINED: &str = "Đã kết nối máy";
pub const MEMBER_ALONE: &str = "Chưa mời";
pub const MEMBER_INVITED: &str = "Đã có tờ mời";
