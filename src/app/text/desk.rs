//! What the app says around the open form: home, sending, settings, the line at the bottom.

pub const HOME_TITLE: &str = "Bản khai của bạn";
pub const HOME_LEAD: &str = "Mỗi lần một phần, phần nào trước cũng được. Không nhớ thì để đó, quay lại sau.";
pub const SECTIONS: &str = "Các phần của bản khai";
pub const REVIEW: &str = "Soát lại toàn bộ";
pub const HAND_IN: &str = "Nộp cho chi bộ";
pub const CONNECT: &str = "Kết nối với chi bộ";
pub const DATA: &str = "Dữ liệu của tôi";
pub const PAPER: &str = "Bản nháp để chép tay";
pub const PRINT: &str = "In bản này";
pub const ABOUT: &str = "Giới thiệu";
pub const LOCK: &str = "Khoá ngay";
pub const HOME: &str = "Bản khai";
pub const PEOPLE: &str = "Danh sách";
pub const SKIP: &str = "Tới nội dung chính";
pub const CONTINUE: &str = "Khai tiếp";
pub const BEGIN: &str = "Bắt đầu khai";

pub const CARRY_OFFER: &str = "Bạn đang khai theo mẫu 2022, mà từ ngày 29-9-2025 dùng mẫu 2025. Khi chuyển, mọi câu trả lời được giữ, và bạn có danh sách những chỗ cần xem lại.";
pub const CARRY: &str = "Chuyển sang mẫu 2025";
pub const CARRY_NOT_YET: &str = "Ngày khai ở trước ngày 29-9-2025, nên bản này theo mẫu 2022.";
pub const CARRIED: &str = "Những chỗ đã đổi khi chuyển sang mẫu 2025";
pub const CARRIED_KEPT: &str = "Những câu trả lời cũ không còn ô riêng, vẫn được giữ:";

pub const STATE_EMPTY: &str = "Chưa khai";
pub const STATE_OPEN: &str = "Đang khai";
pub const STATE_LOOK: &str = "Cần xem lại";
pub const STATE_DONE: &str = "Đã khai";
pub const STATE_IF_ANY: &str = "Có thì khai";
pub const STATE_LOCKED: &str = "Cấp ủy ghi";

pub const ONLY_HERE: &str = "Bản khai chỉ có trên máy này.";
pub const ONLY_HERE_MORE: &str =
    "Muốn nộp qua mạng, hãy xin chi bộ tờ mời (một liên kết hoặc mã QR). Chưa có tờ mời vẫn khai và lưu được.";

pub const HAND_IN_LEAD: &str = "Bản khai được khoá lại, chỉ chi bộ và bạn mở được, rồi gửi đi khi có mạng.";
pub const HAND_IN_FINDINGS: &str = "Còn những điều cần xem lại. Bạn vẫn nộp được; chi bộ sẽ thấy bản khai như bây giờ.";
pub const HAND_IN_CLEAN: &str = "Không còn điều nào cần xem lại.";
pub const HAND_IN_BUTTON: &str = "Nộp cho chi bộ";
pub const HAND_IN_BUSY: &str = "Đang khoá bản nộp…";
pub const HANDED_IN: &str = "Bản này đã nộp. Chữ chỉ để xem; muốn sửa thì bấm “Mở lại để sửa”.";
pub const REOPEN: &str = "Mở lại để sửa";
pub const CHANGED: &str = "Bạn đã sửa sau lần nộp trước. Nộp lại để chi bộ có bản mới.";
pub const SEND_NOW: &str = "Gửi ngay";
pub const NEED_CONNECT: &str = "Máy này chưa kết nối với chi bộ, nên chưa nộp qua mạng được.";
pub const SENT_LIST: &str = "Đã gửi";
pub const WAITING_LIST: &str = "Đang chờ gửi";
pub const KIND_HANDIN: &str = "Bản khai";
pub const KIND_NOTE: &str = "Nhận xét";
pub const KIND_JOIN: &str = "Đăng ký máy";
pub const KIND_ANSWER: &str = "Trả lời";
pub const KIND_COPY: &str = "Bản sao của bạn";
pub const BACK: &str = "Bạn mở lại, xem những chỗ chi bộ nhắc, sửa hoặc trả lời từng chỗ, rồi nộp lại.";
pub const MORE_TO_READ: &str = "Có thư về bản khai của bạn. Phần đọc thư tải thêm một lần, khi có mạng.";
pub const WITHDRAW: &str = "Rút bản đã nộp";
pub const UNSAY: &str = "Rút lại đồng ý";
pub const BUSY: &str = "Nơi nhận đang bận. Bạn chờ một phút rồi bấm lại nhé.";
pub const NEED_NETWORK: &str = "Chưa tới được nơi nhận. Bạn nối mạng rồi thử lại nhé.";

pub const NONE_YET: &str = "Chưa có nhận xét nào.";

pub const SECRETARY_TITLE: &str = "Phần của chi ủy";
pub const SECRETARY_LEAD: &str = "Phần xem bản nộp trong ứng dụng chưa có. Hiện nay chi bộ mở bản nộp trên máy tính bằng lệnh “lylich open”, với tệp khoá của bí thư.";

pub const ENROL_TITLE: &str = "Kết nối với chi bộ";
pub const ENROL_LEAD: &str = "Chi bộ đưa cho bạn một liên kết (hoặc mã QR: quét bằng máy ảnh của điện thoại rồi mở liên kết). Dán liên kết vào đây. Chưa có mạng cũng làm được.";
pub const ENROL_LABEL: &str = "Liên kết của chi bộ";
pub const ENROL_READ: &str = "Xem nội dung";
pub const ENROLLED: &str = "Đã kết nối với";
pub const ENROL_WAITING: &str = "Đang chờ máy chủ nhận đăng ký; có mạng là tự gửi.";
pub const ENROL_CONFIRM: &str = "Chờ chi bộ xác nhận.";

pub const CONSENT_TITLE: &str = "Trước khi kết nối, xin bạn đọc";
pub const AGREE: &str = "Đồng ý";
pub const REFUSE: &str = "Không";
pub const REFUSED: &str = "Không có gì được gửi. Bạn vẫn khai và lưu trên máy này được.";
pub const AGE_LEGEND: &str = "Bạn bao nhiêu tuổi?";
pub const AGE_16: &str = "Đủ 16 tuổi";
pub const AGE_UNDER: &str = "Chưa đủ 16 tuổi";
pub const AGE_MISSING: &str = "Xin chọn tuổi của bạn trước.";
pub const AGE_GUARDIAN: &str = "Chưa đủ 16 tuổi thì cần văn bản đồng ý của cha, mẹ hoặc người giám hộ. Hãy đưa giấy ấy cho chi bộ và xin tờ mời mới. Bạn vẫn khai và lưu trên máy này được.";
pub const AGE_PAPER: &str = "Cha, mẹ hoặc người giám hộ đã ký giấy đồng ý, và chi bộ đã xem giấy ấy";
pub const RECOVER: &str = "Khôi phục trên máy mới";
pub const UNSAID: &str = "Bạn đã rút lại đồng ý: không có gì được gửi nữa.";

pub const OTHER_TAB: &str = "Đang mở để sửa ở thẻ khác. Ở đây chỉ xem.";
pub const OTHER_TAB_SILENT: &str = "Thẻ kia không trả lời. Đóng thẻ kia rồi thử lại.";
pub const EDIT_HERE: &str = "Sửa ở đây";
pub const TAKEN_BY_NEW: &str = "Có bản mới của ứng dụng ở thẻ khác. Chữ của bạn đã được ghi. Bấm để mở lại.";
pub const TAKEN_AWAY: &str = "Kho này vừa bị xoá ở thẻ khác. Bấm để xem các kho còn lại.";
pub const TRYING: &str = "Không lưu. Đóng trang là mất.";
pub const RETRY_SAVE: &str = "Ghi lại";
pub const UPDATE_OFFER: &str = "Có bản mới của ứng dụng.";
pub const UPDATE_TAKE: &str = "Cập nhật";
pub const UPDATE_RELOAD: &str = "Bản mới đã sẵn sàng.";
pub const UPDATE_RELOAD_TAKE: &str = "Tải lại";

pub const THEME: &str = "Màu màn hình";
pub const THEME_AUTO: &str = "Theo máy";
pub const THEME_LIGHT: &str = "Sáng";
pub const THEME_DARK: &str = "Tối";
pub const PERSISTED: &str = "Trình duyệt đã hứa giữ dữ liệu của ứng dụng.";
pub const ON_THIS_PHONE: &str = "Trên máy này";
pub const CHANGE_PHRASE: &str = "Đổi cụm từ mở kho";
pub const PHRASE_CHANGED: &str = "Đã đổi cụm từ mở kho.";
pub const BACKUP: &str = "Lưu bản dự phòng";
pub const BACKUP_HINT: &str = "Tệp này được khoá như kho: mở lại bằng cụm từ mở kho hoặc mã khôi phục. Hãy cất ở chỗ khác, đừng chỉ để trên máy này.";
pub const BACKUP_ASK: &str = "Có chữ chỉ nằm trên máy này: mất máy là mất chữ, trừ khi có bản dự phòng.";
pub const BACKUP_LATER: &str = "Để sau";
pub const EXPORT: &str = "Lưu bản đọc được";
pub const EXPORT_WARN: &str = "Tệp này không khoá: ai cầm cũng đọc được. Chỉ lưu khi thật cần, xong thì xoá.";
pub const CLEARING: &str = "Xoá dữ liệu trình duyệt là xoá kho.";
pub const SYNC_NOW: &str = "Gửi và nhận ngay";
pub const TAKE_BACK: &str = "Gửi nhờ; ai đã xem; rút bản nộp, đồng ý";
pub const PART_MORE: &str = "Phần này tải thêm một lần, khi có mạng. ";
pub const STOP_SENDING: &str = "Các quyền của bạn";
pub const RIGHTS: &str = "Bạn được biết, xem, sửa, xoá, lấy bản sao và rút đồng ý bất cứ lúc nào. Muốn xoá toàn bộ trên máy này: bấm “Khoá ngay”, rồi “Xoá kho này trong ứng dụng”.";

pub const ABOUT_TITLE: &str = "Giới thiệu";
pub const ABOUT_RELEASE: &str = "Bản phát hành";
pub const ABOUT_SAME_HOST: &str =
    "Trang ứng dụng và máy chủ nhận đang ở cùng một nơi. Khi dùng thật, hai phần này nên do hai nơi giữ.";
/// What the product's own document must say, word for word (security design, "Phần phải có trong README").
pub const PROMISES: [&str; 5] = [
    "Ứng dụng này giúp soạn và soát bản nháp lý lịch trên điện thoại, kể cả khi không có mạng. Mặc định không gửi gì đi. Chỉ bật gửi khi chi bộ quyết định; gửi nội dung (mức C2) phải có quyết định bằng văn bản của cấp ủy có thẩm quyền, vì bản khai có thể thuộc diện tài liệu mật: nhóm làm phần mềm không kết luận được điều đó.",
    "Chữ đã báo “Đã lưu trên máy” được ghi bền, nhưng chỉ trên máy này: mất máy, xoá dữ liệu trình duyệt, máy đầy bộ nhớ đều có thể làm mất. Hãy lưu bản dự phòng.",
    "Quên cụm từ mở kho và mất tờ mã khôi phục thì không ai mở lại được. Cụm từ yếu thì người có máy mở được.",
    "Máy chủ không đọc được nội dung, nhưng biết máy nào gửi lúc nào và bao nhiêu. Ai kiểm soát trang web phát ứng dụng thì có thể phát một bản ứng dụng khác: vì vậy trang phát ứng dụng và máy chủ nhận phải do hai nơi giữ, và mã bản phát hành được in trên tờ mời.",
    "Xoá trong ứng dụng không bảo đảm xoá hết dấu vết (đã mã hoá) trong bộ nhớ máy. Ứng dụng chưa được bên ngoài kiểm định, và chưa đo trên mọi loại máy.",
];

/// "3 điều cần xem lại".
pub fn to_look_at(count: usize) -> String {
    if count == 0 {
        "Không còn điều nào cần xem lại".into()
    } else {
        format!("{count} điều cần xem lại")
    }
}

/// "Trình duyệt đang tải tệp du-phong-2026-11-20.lylich".
pub fn saved_as(name: &str) -> String {
    format!("Tệp {name} được đưa vào mục tải xuống. Hãy chép sang chỗ khác.")
}

/// "Đồng hồ máy lệch 3 giờ".
pub fn skewed(minutes: u64) -> String {
    let (many, unit) = match minutes {
        0..120 => (minutes, "phút"),
        120..2_880 => (minutes / 60, "giờ"),
        _ => (minutes / 1_440, "ngày"),
    };
    format!("Đồng hồ máy lệch {many} {unit}. Bạn chỉnh lại trong cài đặt của máy: ngày điền sẵn lấy theo đồng hồ này.")
}

/// "Lần gửi vừa rồi: 41 kB".
pub fn cost(bytes: usize) -> String {
    format!("Lần gửi vừa rồi: {} kB", bytes.div_ceil(1_000))
}

/// "Đã khai 12 trên 40 ô".
pub fn filled(filled: usize, asked: usize) -> String {
    format!("{filled}/{asked}")
}

pub const OTHER_PROGRAM: &str = "Phần của chi bộ chưa có trên máy này";
pub const OTHER_PROGRAM_MORE: &str = "Phần dành cho đảng viên giúp đỡ và chi uỷ được tải riêng, một lần, khi có mạng. Những gì bạn đã ghi vẫn còn nguyên.";
pub const OTHER_PROGRAM_OPEN: &str = "Tải và mở";
