//! What the app says at the door: first visit, making a vault, opening one.

pub const NAME: &str = "Lý Lịch";
pub const START_LEAD: &str = "Soạn và soát bản khai lý lịch (mẫu 2-KNĐ) ngay trên máy này, không cần mạng.";
pub const START_POINTS: [&str; 4] = [
    "Viết dở lúc nào cũng được: từng chữ được giữ lại.",
    "Chữ bạn viết được khoá bằng cụm từ của riêng bạn, người khác mượn máy không đọc được.",
    "Không có gì rời khỏi máy trước khi bạn đồng ý.",
    "Chỗ nào còn thiếu, ứng dụng chỉ ra và nói dựa vào văn bản nào.",
];
pub const START_BUTTON: &str = "Bắt đầu";
pub const TRY_BUTTON: &str = "Dùng thử, không lưu";
pub const TRY_HINT: &str = "Dành cho máy dùng chung nhiều người: xem và viết thử, đóng trang là mất.";
pub const LINK_WAITING: &str =
    "Bạn đang mở liên kết của chi bộ. Hãy tạo kho (hoặc mở kho đã có), ứng dụng sẽ hỏi ý bạn trước khi kết nối.";

pub const NEW_TITLE: &str = "Tạo kho của bạn";
pub const NEW_LEAD: &str = "Kho là chỗ giữ bản khai của riêng bạn trên máy này.";
pub const ROLE_LEGEND: &str = "Bạn dùng ứng dụng để làm gì?";
pub const ROLE_CANDIDATE: &str = "Khai lý lịch của tôi";
pub const ROLE_MENTOR: &str = "Viết nhận xét về người tôi được phân công giúp đỡ";
pub const ROLE_SECRETARY: &str = "Nhận bản khai cho chi bộ (chi ủy, bí thư)";
pub const NICKNAME: &str = "Tên gọi trên máy này";
pub const NICKNAME_HINT: &str = "Để phân biệt khi nhiều người dùng chung máy. Nên dùng biệt danh, đừng ghi cả họ tên.";
pub const NICKNAME_BLANK: &str = "Hãy đặt một tên gọi để lần sau bạn nhận ra kho của mình.";

pub const PHRASE_TITLE: &str = "Cụm từ mở kho";
pub const PHRASE_LEAD: &str = "Mỗi lần mở kho, bạn gõ sáu từ này. Gõ không dấu, viết hoa hay thường đều được.";
pub const PHRASE_COPY: &str = "Hãy chép ra giấy trước khi đi tiếp.";
pub const PHRASE_OTHER: &str = "Đổi sáu từ khác";
pub const PHRASE_OWN: &str = "Tôi tự đặt cụm từ";
pub const PHRASE_GIVEN: &str = "Dùng sáu từ có sẵn";
pub const PHRASE_OWN_LABEL: &str = "Cụm từ bạn tự đặt";
pub const PHRASE_OWN_HINT: &str = "Ít nhất ba từ và 16 chữ cái, đừng dùng câu hát, câu thơ, tên hay ngày sinh.";
pub const PHRASE_AGAIN: &str = "Gõ lại cụm từ";
pub const PHRASE_AGAIN_HINT: &str = "Nhìn tờ giấy bạn vừa chép mà gõ, để chắc là đã chép đúng.";
pub const PHRASE_DIFFERS: &str = "Chưa khớp với cụm từ ở trên. Hãy xem lại từng từ; chưa có gì bị mất.";
pub const NO_WAY_BACK: &str =
    "Quên cụm từ mở kho và mất tờ mã khôi phục thì không ai mở lại được bản khai, kể cả người làm ra ứng dụng.";
pub const MAKE: &str = "Tạo kho";
pub const MAKING: &str = "Đang tạo khoá, có thể mất vài giây…";

pub const RECOVERY_TITLE: &str = "Tờ mã khôi phục";
pub const RECOVERY_LEAD: &str = "Tám nhóm số này mở được kho khi bạn quên cụm từ. Chỉ hiện một lần, ngay bây giờ.";
pub const RECOVERY_DO: &str = "Chép ra giấy hoặc in, rồi cất nơi chỉ bạn biết.";
pub const RECOVERY_PRINT: &str = "In tờ này";
pub const RECOVERY_CHECK: &str = "Nhìn tờ giấy, gõ lại hai nhóm:";
pub const RECOVERY_WRONG: &str = "Nhóm này chưa khớp. Hãy so lại với số đang hiện ở trên.";
pub const RECOVERY_DONE: &str = "Tôi đã cất tờ mã";
pub const RECOVERY_SHEET: &str = "Mã khôi phục kho Lý Lịch. Ai có tờ này và có máy đều mở được kho, hãy cất kỹ.";

pub const CHOOSE_TITLE: &str = "Mở kho";
pub const CHOOSE_LEAD: &str = "Chọn kho của bạn.";
pub const ADD_PERSON: &str = "Tạo kho cho người khác";
pub const PHRASE: &str = "Cụm từ mở kho";
pub const PHRASE_HINT: &str = "Gõ không dấu, viết hoa hay thường đều được.";
pub const SHOW_PHRASE: &str = "Hiện chữ đang gõ";
pub const OPEN: &str = "Mở kho";
pub const OPENING: &str = "Đang mở kho…";
pub const FORGOT: &str = "Quên cụm từ? Dùng mã khôi phục";
pub const USE_PHRASE: &str = "Dùng cụm từ mở kho";
pub const RECOVERY: &str = "Mã khôi phục";
pub const RECOVERY_HINT: &str = "Gõ 48 chữ số trên tờ mã, có dấu cách hay không đều được.";
pub const BACK: &str = "Quay lại";
pub const OPEN_BACKUP: &str = "Mở bản dự phòng";
pub const BACKUP_FILE: &str = "Tệp bản dự phòng";
pub const OPEN_BACKUP_HINT: &str = "Chọn tệp “.lylich” bạn đã lưu. Kho trong tệp được đặt cạnh các kho khác và mở bằng cụm từ hoặc mã khôi phục của nó.";
pub const FORGET: &str = "Xoá kho này trong ứng dụng";
pub const FORGET_ASK: &str =
    "Xoá thì mọi chữ trong kho này trên máy này sẽ mất, trừ bản bạn đã nộp cho chi bộ. Gõ tên gọi của kho để xác nhận.";
pub const FORGOTTEN: &str =
    "Đã xoá trong ứng dụng. Dấu vết đã mã hoá có thể còn trên máy cho tới khi xoá dữ liệu trang web.";
pub const NEW_PHRASE_TITLE: &str = "Đặt cụm từ mới";
pub const NEW_PHRASE_LEAD: &str =
    "Bạn vừa mở bằng mã khôi phục. Hãy đặt cụm từ mới để lần sau mở cho tiện; tờ mã vẫn dùng được.";
pub const SAVE_PHRASE: &str = "Lưu cụm từ mới";

/// "ghi lần cuối 20/11/2026".
pub fn written(day: &str) -> String {
    format!("ghi lần cuối {day}")
}

/// At the start, when not even the list of vaults can be read.
pub const CANNOT_OPEN: &str = "Trình duyệt không mở được các kho trên máy này; có thể tệp của nó đã hỏng. Ứng dụng chưa xoá gì. Hãy đóng hẳn trình duyệt rồi mở lại. Nếu vẫn vậy mà bạn có bản dự phòng: xoá dữ liệu của trang này trong cài đặt trình duyệt, rồi bấm “Mở bản dự phòng”.";

pub const LOOKING: &str = "Đang mở…";
pub const LOSS_TITLE: &str = "Có chữ không còn thấy";
pub const GO_ON: &str = "Tôi đã đọc, đi tiếp";

/// The label of the n-th group of the recovery sheet.
pub fn group(n: usize) -> String {
    format!("Nhóm {n}")
}
