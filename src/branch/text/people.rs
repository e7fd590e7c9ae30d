//! What the list of people and the page of one person say.

pub const TITLE: &str = "Những người đang theo dõi";
pub const EMPTY: &str = "Chưa có ai. Bạn thêm từng người, hoặc nhập cả danh sách lớp.";
pub const EMPTY_MENTOR: &str = "Chi bộ chưa phân công ai cho bạn, hoặc máy chưa nhận được. Khi có mạng, máy tự hỏi.";
pub const READING: &str = "Đang mở sổ…";
pub const ADD: &str = "Thêm người";
pub const IMPORT: &str = "Nhập danh sách lớp";
pub const INVITES: &str = "Tờ mời";
pub const MEMBERS: &str = "Đảng viên của chi bộ";
pub const REPORT: &str = "Báo cáo";
pub const LIBRARY: &str = "Thư viện văn bản";
pub const KEYS: &str = "Khoá của chi bộ";
pub const SEARCH: &str = "Tìm theo tên, lớp";
pub const NONE_FOUND: &str = "Không thấy ai khớp. Bạn thử bớt chữ hoặc bỏ bớt điều kiện lọc.";
const NAMELESS: &str = "Chưa ghi họ tên";
pub const NO_STATE: &str = "Chưa ghi bước nào";
pub const NEW_HAND_IN: &str = "Bản nộp mới";
pub const NO_PHONE: &str = "Chưa dùng máy";
pub const WAITS: &str = "Chưa gửi cho chi ủy khác";
pub const TWO_VERSIONS: &str = "Có chỗ hai người ghi khác nhau";
pub const UNREADABLE: &str = "thư máy này chưa mở được";
pub const UNREADABLE_MORE: &str = "Thường là bản gửi trước khi máy này có khoá. Bí thư có khoá cũ gửi lại giúp.";

pub const STATE: &str = "Đang ở bước";
pub const NEXT: &str = "Bước có thể tiếp theo";
pub const CLOCKS: &str = "Hạn cần nhớ";
pub const CLOCK_OVER: &str = "Đã quá hạn";
pub const CLOCK_SOON: &str = "Sắp đến hạn";
pub const CLOCK_FINE: &str = "Còn thời gian";
pub const WAY: &str = "Các bước";
pub const WAY_LEAD: &str =
    "Ghi ngày theo giấy tờ thật. Nếu có điều cần xem lại, máy nhắc; máy không khoá và không thay chi bộ quyết định.";
pub const RECORD: &str = "Ghi ngày, số văn bản";
pub const MARK_DONE: &str = "đã qua";
pub const MARK_UNDATED: &str = "chưa ghi ngày";
pub const MARK_NOW: &str = "đang ở đây";
pub const MARK_PLANNED: &str = "đã định ngày";
pub const MARK_AHEAD: &str = "chưa tới";
pub const FINDINGS: &str = "Cần xem lại";
pub const HAND_INS: &str = "Bản khai đã nộp";
pub const NO_HAND_IN: &str = "Chưa nộp bản khai nào.";
pub const NOTES: &str = "Nhận xét";
pub const NO_NOTES: &str = "Chưa có nhận xét nào.";
pub const NOTE_BY: &str = "người ghi";
pub const HELPER: &str = "Người giúp đỡ";
pub const NO_HELPER: &str = "Chưa phân công ai.";
pub const ASSIGN: &str = "Phân công";
pub const HAND_OVER: &str = "Đổi người giúp đỡ";
pub const ASSIGN_WHO: &str = "Đảng viên được phân công";
pub const ASSIGN_DAY: &str = "Ngày nghị quyết phân công";
pub const ASSIGN_NUMBER: &str = "Số nghị quyết";
pub const ASSIGN_REASON: &str = "Lý do đổi người trước";
pub const ASSIGN_DONE: &str = "Ghi phân công";
pub const ASSIGN_NO_DAY: &str = "Hãy ghi ngày của nghị quyết, ví dụ 12-10-2026.";
pub const ASSIGN_NOBODY: &str = "Hãy chọn một đảng viên. Chưa có thì thêm ở “Đảng viên của chi bộ”.";
pub const REASON_MOVED: &str = "chuyển đơn vị";
pub const REASON_DISCIPLINED: &str = "bị kỷ luật";
pub const REASON_OTHER: &str = "lý do khác";
pub const MAKE_CASE: &str = "Lập sổ theo dõi cho người này";
pub const NOT_THERE: &str = "Không thấy người này trên máy. Có thể máy chưa nhận hết; bạn thử lại khi có mạng.";
pub const SECTIONS: &str = "Các phần của sổ theo dõi";
pub const TO_PERSON: &str = "Về trang của người này";
pub const NOTHING_DUE: &str = "Không có hạn nào đang chạy.";
pub const WORD_SEEN: &str = "Chi bộ đã xem";
pub const WORD_BACK: &str = "Đã trả lại để bổ sung";
pub const WORD_AGREED: &str = "Đã đồng ý cho chép tay";
pub const WORD_CLOSED: &str = "Đã đóng";

/// The name, or that there is none yet.
pub fn shown_name(name: &str) -> String {
    let name = if name.trim().is_empty() { NAMELESS } else { name };
    name.to_owned()
}

pub fn more(left: usize) -> String {
    format!("Hiện thêm (còn {left} người)")
}

pub fn shown(shown: usize, all: usize) -> String {
    if shown == all {
        format!("{all} người")
    } else {
        format!("{shown} trong {all} người")
    }
}

pub fn until(day: &str) -> String {
    format!("đến hết ngày {day}")
}

pub fn handed_in(day: &str) -> String {
    format!("Nộp ngày {day}")
}

pub fn since(name: &str, day: &str) -> String {
    format!("{name}, từ ngày {day}")
}

pub const FILTERS: &str = "Lọc và sắp xếp";
pub const BY_GROUP: &str = "Nhóm";
pub const BY_STATE: &str = "Đang ở bước";
pub const BY_DUE: &str = "Hạn";
pub const BY_ORDER: &str = "Sắp xếp";
pub const ANY: &str = "Tất cả";
pub const NO_GROUP: &str = "chưa ghi nhóm";
pub const DUE_OVER: &str = "Đã quá hạn";
pub const DUE_SOON: &str = "Sắp đến hoặc đã quá hạn";
pub const ONLY_UNREAD: &str = "Chỉ người có bản nộp chưa xem";
pub const ONLY_READY: &str = "Chỉ học sinh đã có giấy chứng nhận, còn đang học";
pub const ORDER_NAME: &str = "Theo tên";
pub const ORDER_CLOCK: &str = "Hạn đến trước đứng trước";
pub const ORDER_HAND_IN: &str = "Mới nộp đứng trước";

pub fn counted(words: &str, count: usize) -> String {
    format!("{words} ({count})")
}

pub const ACTS: &str = "Việc của chi bộ";
pub const TASKS: &str = "Nhiệm vụ đã giao";
pub const NO_TASKS: &str = "Chưa giao việc nào.";
pub const TASK_DONE: &str = "đã có kết quả";

pub fn reviewed(month: &str) -> String {
    format!("Ghi đã rà soát danh sách tháng {month}")
}

pub fn reviewed_in(count: usize) -> String {
    match count {
        0 => "Tháng này đã ghi rồi.".to_owned(),
        count => format!("Đã ghi vào sổ của {count} người."),
    }
}

pub fn interval(interval: &str) -> String {
    format!("Ghi nhận xét: {interval}.")
}
