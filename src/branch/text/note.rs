//! What the pages of the mentor's notes say.

pub const LIST_TITLE: &str = "Nhận xét của bạn";
pub const LIST_LEAD: &str =
    "Mỗi nhận xét là một lần ghi, có ngày. Nhận xét đã gửi không sửa được; cần sửa thì viết một nhận xét thay thế.";
pub const NEW: &str = "Viết nhận xét mới";
pub const SEND: &str = "Gửi chi bộ";
pub const CORRECT: &str = "Viết nhận xét thay thế";
pub const CORRECTS: &str = "Nhận xét này thay cho một nhận xét đã gửi.";
pub const DRAFT: &str = "Đang viết";
pub const NAMELESS: &str = "Chưa ghi người được theo dõi";
pub const UNDATED: &str = "chưa có ngày";
pub const SENT_READ_ONLY: &str = "Nhận xét này đã gửi, chỉ để xem.";
pub const NEEDS: &str = "Trước khi gửi, hãy ghi ngày và người được theo dõi.";
pub const REMOVE: &str = "Bỏ nhận xét đang viết này";
pub const REMOVE_ASK: &str = "Bấm lần nữa để bỏ hẳn";
