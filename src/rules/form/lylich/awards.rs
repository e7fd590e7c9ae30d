//! Items 17 to 20: courses, stays abroad, commendations, disciplines.

use super::super::{ANSWER, Field, Item, Kind, Section, When};
use super::lists::DISCIPLINES_OUTCOME;

pub(super) const COURSES: Section = Section {
    slug: "lop-hoc",
    title: "Lớp đào tạo, bồi dưỡng",
    intro: "Ghi cả tháng và tên giấy được cấp.",
    items: &[
        Item::new("17", "Những lớp đào tạo, bồi dưỡng đã qua", "10", 12, &[
            Field::new("training", "Những lớp đào tạo, bồi dưỡng đã qua", Kind::PeriodRows)
                .hint("Các lớp chuyên môn, nghiệp vụ, lý luận chính trị, lớp nhận thức về Đảng. Ghi cả tháng và tên giấy được cấp.")
                .example("7-2026 đến 7-2026 | Bồi dưỡng nhận thức về Đảng | Trung tâm chính trị xã ... | tập trung | Giấy chứng nhận")
                .if_held("if any")
                .columns(&[Field::new("from", "Từ tháng, năm đến tháng, năm", Kind::MonthYear)
                    .must(), Field::new("to", "(đến)", Kind::MonthYearOrNay)
                    .must(), Field::new("subject", "Ngành học hoặc tên lớp học", Kind::Text)
                    .must(), Field::new("school", "Tên trường, cấp phụ trách", Kind::Text)
                    .must(), Field::new("mode", "Hình thức học", Kind::Text)
                    .must(), Field::new("certificate", "Văn bằng, chứng chỉ, trình độ gì", Kind::Text)
                    .must_if(When::Not(".to", "nay"), "unless to==nay"), Field::new("certificate_date", "(ngày cấp)", Kind::FullDate), Field::new("is_awareness_class", "(lớp nhận thức về Đảng)", Kind::Choice)
                    .choices(ANSWER)
            ]),
        ]),
    ],
};

pub(super) const TRIPS: Section = Section {
    slug: "nuoc-ngoai",
    title: "Đi nước ngoài",
    intro: "Chỉ ghi chuyến đi từ ba tháng trở lên.",
    items: &[Item::new(
        "18",
        "Đi nước ngoài",
        "10",
        8,
        &[
            Field::new(
                "foreign_trips_answer",
                "Có đi nước ngoài từ 3 tháng trở lên không",
                Kind::Choice,
            )
            .hint("Tính cả sang nước bạn làm thuê, thăm thân dài ngày. Mục này không in ra.")
            .example("không")
            .must()
            .unprinted()
            .choices(ANSWER),
            Field::new("foreign_trips", "Đi nước ngoài", Kind::PeriodRows)
                .hint("Chỉ ghi chuyến đi học, lao động, công tác từ 3 tháng trở lên. Đi du lịch ít ngày thì không ghi.")
                .only(
                    When::Is("foreign_trips_answer", "có"),
                    "if foreign_trips_answer==\"có\"",
                )
                .columns(&[
                    Field::new("from", "Từ tháng, năm đến tháng năm", Kind::MonthYear).must(),
                    Field::new("to", "(đến)", Kind::MonthYearOrNay).must(),
                    Field::new("purpose", "Nội dung đi", Kind::Text).must(),
                    Field::new("country", "Nước nào", Kind::Text).must(),
                    Field::new("decided_by", "Cơ quan, đơn vị, tổ chức quyết định", Kind::Text).must(),
                ]),
        ],
    )],
};

pub(super) const AWARDS: Section = Section {
    slug: "khen-thuong-ky-luat",
    title: "Khen thưởng, kỷ luật",
    intro: "Trả lời từng câu trước, rồi ghi từng hàng nếu có.",
    items: &[
        Item::new(
            "19",
            "Khen thưởng",
            "11",
            10,
            &[
                Field::new(
                    "commendations_answer",
                    "Có được khen thưởng từ bằng khen trở lên (hoặc hình thức cao nhất) không",
                    Kind::Choice,
                )
                .hint("Giấy khen vẫn được ghi nếu đó là hình thức cao nhất của bạn. Mục này không in ra.")
                .example("không")
                .must()
                .unprinted()
                .choices(ANSWER),
                Field::new("commendations", "Khen thưởng", Kind::Rows)
                    .hint("Ghi tháng, năm, hình thức, cấp quyết định; từ bằng khen trở lên hoặc hình thức cao nhất.")
                    .example("5-2025 | Giấy khen học sinh giỏi | Hiệu trưởng Trường THPT ...")
                    .only(
                        When::Is("commendations_answer", "có"),
                        "if commendations_answer==\"có\"",
                    )
                    .columns(&[
                        Field::new("date", "Tháng, năm", Kind::MonthYear).must(),
                        Field::new("reason_form", "Lý do, hình thức", Kind::Text).must(),
                        Field::new("decided_by", "Cấp quyết định", Kind::Text).must(),
                        Field::new("is_highest", "(hình thức cao nhất)", Kind::Choice).choices(ANSWER),
                    ]),
            ],
        ),
        Item::new(
            "20",
            "Kỷ luật",
            "11",
            10,
            &[
                Field::new(
                    "disciplines_answer",
                    "Có bị kỷ luật từ khiển trách trở lên không",
                    Kind::Choice,
                )
                .hint("Kể cả kỷ luật của Đoàn, nhà trường, chính quyền. Mục này không in ra.")
                .example("không")
                .must()
                .unprinted()
                .choices(ANSWER),
                Field::new(
                    "disciplines_considered_answer",
                    "Có từng bị xem xét nhưng không bị kỷ luật, hoặc đã hết thời hiệu không",
                    Kind::Choice,
                )
                .hint("Mẫu 2025 hỏi thêm điều này, bạn trả lời có hoặc không. Mục này không in ra.")
                .example("không")
                .must()
                .unprinted()
                .choices(ANSWER),
                Field::new("disciplines", "Kỷ luật", Kind::Rows)
                    .hint("Nếu có, ghi tháng năm, lý do, hình thức và cấp quyết định. Hãy khai đúng sự thật.")
                    .only(
                        When::Any(&[
                            When::Is("disciplines_answer", "có"),
                            When::Is("disciplines_considered_answer", "có"),
                        ]),
                        "if one of the two answers is \"có\"",
                    )
                    .mask()
                    .columns(&[
                        Field::new("date", "Tháng, năm", Kind::MonthYear).must(),
                        Field::new("reason_form", "Lý do, hình thức", Kind::Text).must(),
                        Field::new("decided_by", "Cấp quyết định", Kind::Text).must(),
                        Field::new("outcome", "(kết quả)", Kind::Choice).choices(DISCIPLINES_OUTCOME),
                    ]),
            ],
        ),
    ],
};
