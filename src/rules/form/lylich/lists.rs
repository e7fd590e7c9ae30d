//! Lists of choices that several fields share: values as stored, labels as shown.

use super::super::{Choice, choice, same};

/// Who the candidate is at school.
pub(crate) const PROFILE_GROUP: &[Choice] = &[
    choice("pupil", "học sinh"),
    choice("teacher", "giáo viên"),
    choice("manager", "cán bộ quản lý"),
    choice("staff", "nhân viên"),
];
/// Marital status.
pub(crate) const PROFILE_MARITAL_STATUS: &[Choice] = &[
    choice("single", "chưa kết hôn"),
    choice("married", "đã kết hôn"),
    choice("divorced", "đã ly hôn"),
    choice("widowed", "vợ (chồng) đã mất"),
];
/// Editions of the form.
pub(crate) const FORM_VERSION: &[Choice] = &[
    choice("2025", "Mẫu 2-KNĐ theo 38-HD/BTCTW (từ 29-9-2025)"),
    choice("2022", "Mẫu 2-KNĐ theo 12-HD/BTCTW (18-01-2022)"),
];
/// What a period was; `event` is a single day.
pub(crate) const ROW_KIND: &[Choice] = &[
    choice("child", "còn nhỏ"),
    choice("study", "đi học"),
    choice("home", "ở nhà"),
    choice("work", "đi làm"),
    choice("military", "đi bộ đội"),
    choice("treatment", "chữa bệnh"),
    choice("unemployed", "chưa có việc làm"),
    choice("abroad", "ở nước ngoài"),
    choice("event", "sự kiện (một ngày)"),
];
/// The same without childhood, for item 15.
pub(crate) const ROW_KIND_15: &[Choice] = &[
    choice("study", "đi học"),
    choice("home", "ở nhà"),
    choice("work", "đi làm"),
    choice("military", "đi bộ đội"),
    choice("treatment", "chữa bệnh"),
    choice("unemployed", "chưa có việc làm"),
    choice("abroad", "ở nước ngoài"),
    choice("event", "sự kiện (một ngày)"),
];
/// Single days worth a row.
pub(crate) const ROW_EVENT: &[Choice] = &[
    choice("youth_union", "kết nạp vào Đoàn"),
    choice("other", "sự kiện khác"),
];
/// School levels.
pub(crate) const ROW_LEVEL: &[Choice] = &[
    choice("preschool", "mầm non"),
    choice("primary", "tiểu học"),
    choice("lower_secondary", "trung học cơ sở"),
    choice("upper_secondary", "trung học phổ thông"),
    choice("college", "trung cấp, cao đẳng"),
    choice("university", "đại học"),
];
/// School levels of item 15.
pub(crate) const ROW_LEVEL_15: &[Choice] = &[
    choice("lower_secondary", "trung học cơ sở"),
    choice("upper_secondary", "trung học phổ thông"),
    choice("college", "trung cấp, cao đẳng"),
    choice("university", "đại học"),
];
/// Schooling completed.
pub(crate) const EDUCATION_CERTIFICATE_HELD: &[Choice] = &[
    choice("none", "chưa có"),
    choice("literate", "biết đọc, biết viết"),
    choice("primary", "hoàn thành tiểu học"),
    choice("lower_secondary", "trung học cơ sở"),
    choice("upper_secondary", "trung học phổ thông"),
];
/// Paper of that schooling.
pub(crate) const EDUCATION_CERTIFICATE_PAPER: &[Choice] = &[
    choice("diploma", "bằng tốt nghiệp"),
    choice("confirmation", "giấy xác nhận hoàn thành chương trình"),
    choice("none", "chưa có giấy"),
];
/// Paper from which item 6 was copied.
pub(crate) const ANCESTRAL_HOME_SOURCE: &[Choice] = &[
    choice("birth_certificate", "giấy khai sinh"),
    choice("id_card", "thẻ căn cước"),
    choice("guardian", "theo người nuôi dưỡng"),
    choice("memory", "ghi theo trí nhớ"),
];
/// Why the person left the Party.
pub(crate) const READMISSION_LEFT_REASON: &[Choice] = &[
    choice("hardship_leave", "xin ra vì gia đình đặc biệt khó khăn"),
    choice("asked_to_leave", "xin ra khỏi Đảng"),
    choice("stopped_activity", "tự bỏ sinh hoạt đảng"),
    choice("disunity", "gây mất đoàn kết nội bộ nghiêm trọng"),
    choice("minor_crime", "bị kết án tội ít nghiêm trọng"),
    choice("serious_crime", "bị kết án tội nghiêm trọng trở lên"),
    choice("corruption_crime", "bị kết án tội tham nhũng"),
    choice("discipline", "bị kỷ luật"),
    choice("other", "lý do khác"),
];
/// Outcome of a disciplinary case.
pub(crate) const DISCIPLINES_OUTCOME: &[Choice] = &[
    choice("penalised", "bị kỷ luật"),
    choice("considered", "bị xem xét nhưng không bị kỷ luật"),
    choice("time_barred", "không bị kỷ luật do hết thời hiệu"),
];
/// The 54 peoples, in the order of their codes.
pub(crate) const ETHNICITIES: &[Choice] = &[
    same("Kinh"),
    same("Tày"),
    same("Thái"),
    same("Hoa"),
    same("Khơ-me"),
    same("Mường"),
    same("Nùng"),
    same("Mông"),
    same("Dao"),
    same("Gia-rai"),
    same("Ngái"),
    same("Ê-đê"),
    same("Ba-na"),
    same("Xơ-Đăng"),
    same("Sán Chay"),
    same("Cơ-ho"),
    same("Chăm"),
    same("Sán Dìu"),
    same("Hrê"),
    same("Mnông"),
    same("Ra-glai"),
    same("Xtiêng"),
    same("Bru-Vân Kiều"),
    same("Thổ"),
    same("Giáy"),
    same("Cơ-tu"),
    same("Gié-Triêng"),
    same("Mạ"),
    same("Khơ-mú"),
    same("Co"),
    same("Tà-ôi"),
    same("Chơ-ro"),
    same("Kháng"),
    same("Xinh-mun"),
    same("Hà Nhì"),
    same("Chu-ru"),
    same("Lào"),
    same("La Chí"),
    same("La Ha"),
    same("Phù Lá"),
    same("La Hủ"),
    same("Lự"),
    same("Lô Lô"),
    same("Chứt"),
    same("Mảng"),
    same("Pà Thẻn"),
    same("Co Lao"),
    same("Cống"),
    same("Bố Y"),
    same("Si La"),
    same("Pu Péo"),
    same("Brâu"),
    same("Ơ Đu"),
    same("Rơ-măm"),
];
/// `không`, and the religions of the statistics list.
pub(crate) const RELIGIONS: &[Choice] = &[
    same("không"),
    same("Phật giáo"),
    same("Công giáo"),
    same("Phật giáo Hoà Hảo"),
    same("Hồi giáo"),
    same("Cao Đài"),
    same("Minh Sư đạo"),
    same("Minh Lý đạo"),
    same("Tin Lành"),
    same("Tịnh độ cư sĩ Phật hội Việt Nam"),
    same("Tứ Ân Hiếu Nghĩa"),
    same("Bửu Sơn Kỳ Hương"),
    same("Ba Ha'i"),
    same("Bà La Môn"),
    same("Mặc Môn"),
];
