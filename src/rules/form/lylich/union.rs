//! Items 12 and 13: the youth union, and an earlier membership of the Party.

use super::super::{ANSWER, Field, Item, Kind, Section, When};
use super::lists::READMISSION_LEFT_REASON;

const READMISSION: When = When::Is("readmission.applies.answer", "có");

pub(super) const UNION: Section = Section {
    slug: "doan",
    title: "Vào Đoàn, kết nạp lại",
    intro: "Xem sổ đoàn viên để ghi đủ ngày. Mục 13 chỉ dành cho người đã từng là đảng viên.",
    items: &[
        Item::new(
            "12",
            "Ngày và nơi kết nạp vào Đoàn Thanh niên Cộng sản Hồ Chí Minh",
            "1",
            2,
            &[
                Field::new("youth_union_admission.member", "Đã vào Đoàn", Kind::Choice)
                    .hint("Bạn đã được kết nạp vào Đoàn chưa? Chưa từng vào thì chọn “không”.")
                    .example("có")
                    .must()
                    .choices(ANSWER),
                Field::new("youth_union_admission.date", "Ngày kết nạp vào Đoàn", Kind::FullDate)
                    .hint("Xem trong sổ đoàn viên để ghi đủ ngày, tháng, năm.")
                    .example("26-3-2024")
                    .only(When::Is("youth_union_admission.member", "có"), "if member"),
                Field::new("youth_union_admission.branch", "Chi đoàn", Kind::Text)
                    .hint("Chi đoàn lúc bạn được kết nạp.")
                    .example("Chi đoàn lớp 9A")
                    .only(When::Is("youth_union_admission.member", "có"), "if member"),
                Field::new("youth_union_admission.grassroots", "Đoàn cơ sở", Kind::Text)
                    .hint("Đoàn trường hoặc đoàn xã lúc đó.")
                    .example("Đoàn xã Phìn Hồ")
                    .only(When::Is("youth_union_admission.member", "có"), "if member"),
                Field::new(
                    "youth_union_admission.upper",
                    "Đoàn cấp trên trực tiếp cơ sở",
                    Kind::Text,
                )
                .hint("Ví dụ huyện đoàn lúc đó (ghi theo tên khi ấy).")
                .example("Huyện đoàn Nậm Pồ")
                .only(When::Is("youth_union_admission.member", "có"), "if member"),
                Field::new("youth_union_admission.province", "Đoàn cấp tỉnh", Kind::Text)
                    .hint("Ví dụ tỉnh đoàn Điện Biên.")
                    .example("Tỉnh đoàn Điện Biên")
                    .only(When::Is("youth_union_admission.member", "có"), "if member"),
            ],
        ),
        Item::new(
            "13",
            "Đối với người xin được kết nạp lại vào Đảng",
            "1",
            5,
            &[
                Field::new("readmission.applies.answer", "Xin kết nạp lại", Kind::Choice)
                    .hint("Chỉ chọn “có” nếu trước đây bạn đã từng là đảng viên. Mục này không in ra.")
                    .example("không")
                    .must()
                    .unprinted()
                    .choices(ANSWER),
                Field::new(
                    "readmission.first_admission_date",
                    "Ngày kết nạp vào Đảng Cộng sản Việt Nam lần thứ nhất",
                    Kind::FullDate,
                )
                .hint("Theo quyết định cũ.")
                .only(READMISSION, "if readmission"),
                Field::new(
                    "readmission.first_admission_place",
                    "Nơi kết nạp vào Đảng Cộng sản Việt Nam lần thứ nhất",
                    Kind::PartyPlace,
                )
                .hint("Chi bộ, đảng bộ cơ sở, đảng bộ cấp trên trực tiếp, đảng bộ trực thuộc Trung ương lúc đó.")
                .only(READMISSION, "if readmission"),
                Field::new(
                    "readmission.official_date",
                    "Ngày công nhận chính thức lần thứ nhất",
                    Kind::FullDate,
                )
                .hint("Theo quyết định công nhận cũ, nếu đã được công nhận.")
                .if_held("if readmission and recognised")
                .ask(READMISSION),
                Field::new(
                    "readmission.official_place",
                    "Nơi công nhận chính thức lần thứ nhất",
                    Kind::PartyPlace,
                )
                .hint("Ghi như nơi kết nạp.")
                .if_held("if readmission and recognised")
                .ask(READMISSION),
                Field::new(
                    "readmission.introducers",
                    "Người giới thiệu vào Đảng lần thứ nhất",
                    Kind::Rows,
                )
                .hint("Họ tên, chức vụ, đơn vị của người giới thiệu lúc ấy; hoặc tên tổ chức Đoàn, Công đoàn.")
                .only(READMISSION, "if readmission")
                .columns(&[
                    Field::new("name", "Họ và tên", Kind::Text),
                    Field::new("position", "Chức vụ", Kind::Text),
                    Field::new("unit", "Đơn vị", Kind::Text),
                    Field::new("organisation", "Tổ chức giới thiệu (Đoàn, Công đoàn)", Kind::Text),
                ])
                .at_most(2),
                Field::new("readmission.left_date", "Ngày ra khỏi Đảng", Kind::FullDate)
                    .hint("Theo quyết định; mục này không in ra, dùng để tính thời hạn.")
                    .only(READMISSION, "if readmission")
                    .unprinted(),
                Field::new("readmission.left_reason", "Lý do ra khỏi Đảng", Kind::Choice)
                    .hint("Chọn lý do theo quyết định cũ; mục này không in ra.")
                    .only(READMISSION, "if readmission")
                    .unprinted()
                    .choices(READMISSION_LEFT_REASON),
                Field::new(
                    "readmission.record_cleared_date",
                    "Ngày được xóa án tích",
                    Kind::FullDate,
                )
                .hint("Chỉ khi có án tích đã xóa.")
                .only(
                    When::Is("readmission.left_reason", "minor_crime"),
                    "if left_reason==\"minor_crime\"",
                )
                .unprinted(),
                Field::new(
                    "readmission.times_before",
                    "Số lần đã kết nạp lại trước đây",
                    Kind::Number,
                )
                .hint("Thường là 0.")
                .example("0")
                .only(READMISSION, "if readmission")
                .unprinted(),
            ],
        ),
    ],
};
