//! Every sentence that the drawing of a form says by itself. Labels, hints and examples stand in the catalogue (`rules::form`),
//! messages of findings in the rules.

pub const FORM_CODE: &str = "Lý lịch 2-KNĐ";
pub const WAYS_ON: &str = "Đi tiếp";
pub const READ_ONLY: &str = "Phần này đang chỉ để xem.";
pub const READ_ONLY_WHY: &str = "Xem vì sao và mở lại để sửa";
pub const BACK_TO_LIST: &str = "Danh sách các phần";
pub const PREVIOUS: &str = "Phần trước";
pub const NEXT: &str = "Phần sau";
pub const TO_REVIEW: &str = "Xem lại toàn bộ";
pub const NO_SECTION: &str = "Không tìm thấy phần này. Bạn quay lại danh sách rồi chọn lại nhé.";
pub const EXAMPLE: &str = "Ví dụ: ";
pub const COVER: &str = "Bìa";

pub const DAY: &str = "Ngày";
pub const MONTH: &str = "Tháng";
pub const YEAR: &str = "Năm";
pub const TO_NOW: &str = "đến nay";
pub const AS_TYPED: &str = "Chưa đọc được ngày này, ứng dụng giữ nguyên như bạn gõ:";

pub const TO_CAPITALS: &str = "Đổi sang CHỮ IN HOA";
pub const NOT_CHOSEN: &str = "– Chưa chọn –";
pub const OLD_NAME: &str = "Tên cũ trước tháng 7-2025";
pub const ABROAD: &str = "Nơi này ở nước ngoài";
pub const COPY_SENTENCE: &str = "Chép câu này vào bản khai";
pub const SENTENCE_COPIED: &str = "Câu này đã có trong bản khai.";
pub const SENTENCE_DIFFERS: &str = "Trong bản khai đang ghi khác:";
pub const SENTENCE_REPLACE: &str = "Thay bằng đúng câu trên";
pub const LOCKED: &str =
    "Phần này cấp ủy, tổ chức đảng ghi trên quyển giấy. Bạn để trống, ứng dụng cũng không cho ghi vào đây.";
pub const VEIL: &str = "••• Chạm để xem";
pub const VEIL_AGAIN: &str = "Che lại phần đã ghi";
pub const KEPT: &str = "Câu này đang ẩn theo những câu trả lời khác. Điều bạn đã ghi vẫn được giữ.";
pub const KEPT_SHOW: &str = "Xem lại";

pub const ADD: &str = "Thêm";
pub const ADD_ROW: &str = "Thêm hàng";
pub const ADD_LINE: &str = "Thêm dòng";
pub const REMOVE: &str = "Xoá";
pub const UP: &str = "Lên";
pub const DOWN: &str = "Xuống";
pub const FOLD: &str = "Thu gọn";
pub const UNDO: &str = "Hoàn tác";
pub const EMPTY_ROW: &str = "chưa ghi gì";
pub const NAMELESS: &str = "chưa ghi tên";

pub const OTHERS: &str = "Thêm người khác";
pub const RELATION: &str = "– Chọn quan hệ –";
pub const NO_RELATION: &str = "Chưa rõ quan hệ";

/// Headings of the family, in the order of the page.
pub const FAMILY_GROUPS: [&str; 7] = [
    "Ông bà nội, ngoại",
    "Cha, mẹ, người nuôi dưỡng",
    "Vợ, chồng",
    "Anh, chị, em ruột",
    "Con",
    "Gia đình bên vợ (chồng)",
    "Người thân khác",
];

pub const REVIEW_TITLE: &str = "Xem lại bản khai";
pub const REVIEW_INTRO: &str = "Ứng dụng đọc bản khai và nêu những chỗ nên xem lại, kèm căn cứ. Ứng dụng không kết luận bạn đủ hay chưa đủ điều kiện.";
pub const REVIEW_NOTHING: &str = "Không còn gì cần xem lại.";
pub const REVIEW_NOTHING_MORE: &str =
    "Đây là những gì máy đọc được. Bạn vẫn nên đọc lại cùng người giúp đỡ trước khi nộp.";
pub const GO_TO: &str = "Đến chỗ này";
pub const GROUND: &str = "Căn cứ";
pub const WRITE_NOTE: &str = "Viết ghi chú cho chi bộ";
pub const NOTES_TITLE: &str = "Ghi chú gửi chi bộ";
pub const NOTES_INTRO: &str =
    "Khi một điều không sửa được vì đúng là như vậy, bạn viết một câu giải thích. Ghi chú đi cùng bản khai.";
pub const NOTE_LABEL: &str = "Giải thích của bạn";

/// "Mục 5".
pub fn item(number: &str) -> String {
    match number {
        "cover" => COVER.to_owned(),
        _ => format!("Mục {number}"),
    }
}

/// "Phần 3 / 18".
pub fn section_of(place: usize, all: usize) -> String {
    format!("Phần {place} / {all}")
}

/// "Hàng 2".
pub fn row(number: usize) -> String {
    format!("Hàng {number}")
}

/// "Dòng 2".
pub fn line(number: usize) -> String {
    format!("Dòng {number}")
}

/// What a button does, said with the row it does it to: "Xoá Hàng 2".
pub fn act_on(act: &str, what: &str) -> String {
    format!("{act} {what}")
}

/// "Đã xoá Hàng 2."
pub fn removed(what: &str) -> String {
    format!("Đã xoá {what}.")
}

/// "Đã đưa trở lại Hàng 2."
pub fn restored(what: &str) -> String {
    format!("Đã đưa trở lại {what}.")
}

/// "Hàng 2 đang ở vị trí 1 trên 4."
pub fn moved(what: &str, place: usize, all: usize) -> String {
    format!("{what}: nay ở vị trí {place} trên {all}.")
}

/// "3 điều cần xem".
pub fn to_look_at(count: usize) -> String {
    format!("{count} điều cần xem")
}

/// "+ Ông nội".
pub fn offer(relation: &str) -> String {
    format!("+ {relation}")
}

/// "Cần xem lại 3 điều."
pub fn review_count(count: usize) -> String {
    format!("Có {count} điều nên xem lại.")
}

/// "sinh 1948, mất 2011".
pub fn life(born: &str, died: &str) -> String {
    match (born.is_empty(), died.is_empty()) {
        (true, true) => EMPTY_ROW.to_owned(),
        (false, true) => format!("sinh {born}"),
        (true, false) => format!("mất {died}"),
        (false, false) => format!("sinh {born}, mất {died}"),
    }
}

/// The name of the button that leads to a place, for those who hear the buttons without the card around them.
pub fn go_to(place: &str) -> String {
    format!("{GO_TO}: {place}")
}

/// "ghi chú về Mục 14 · Hàng 2".
pub fn note_about(place: &str) -> String {
    format!("ghi chú về {place}")
}

/// "Số 38-HD/BTCTW, ngày 29-9-2025".
pub fn signed(number: &str, day: &str) -> String {
    format!("Số {number}, ngày {day}")
}

/// "Có hiệu lực từ 29-9-2025 đến 19-5-2026".
pub fn in_force(since: &str, until: Option<String>) -> String {
    match until {
        Some(until) => format!("Có hiệu lực từ {since} đến {until}"),
        None => format!("Có hiệu lực từ {since}"),
    }
}

/// "9-2015 đến 8-2020".
pub fn period(from: &str, to: &str) -> String {
    match (from.is_empty(), to.is_empty()) {
        (true, true) => String::new(),
        (false, true) => format!("từ {from}"),
        (true, false) => format!("đến {to}"),
        (false, false) if from == to => from.to_owned(),
        (false, false) => format!("{from} đến {to}"),
    }
}
