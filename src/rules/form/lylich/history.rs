//! Items 14 to 16: the person's own history, work, political history.

use super::super::{ANSWER, Field, Item, Kind, Section, When};
use super::lists::{ROW_EVENT, ROW_KIND, ROW_KIND_15, ROW_LEVEL, ROW_LEVEL_15};

pub(super) const LIFE: Section = Section {
    slug: "lich-su",
    title: "Lịch sử bản thân",
    intro: "Kể theo thời gian, mỗi hàng từ tháng nào đến tháng nào, không để trống tháng nào.",
    items: &[
        Item::new("14", "Lịch sử bản thân", "2-8", 50, &[
            Field::new("life_history", "Lịch sử bản thân", Kind::PeriodRows)
                .hint("Kể theo thời gian từ khi còn nhỏ đến khi vào Đoàn hoặc đi học chuyên nghiệp, đi làm. Mỗi hàng có từ tháng đến tháng, học gì, ở đâu.")
                .example("Từ tháng 9-2015 đến tháng 8-2020: học Tiểu học tại Trường PTDTBT Tiểu học Phìn Hồ; sống cùng bố mẹ tại bản Đề Bua.")
                .must()
                .columns(&[Field::new("from", "Từ tháng, năm", Kind::MonthYear)
                    .must(), Field::new("to", "đến tháng, năm", Kind::MonthYearOrNay)
                    .must(), Field::new("kind", "loại", Kind::Choice)
                    .choices(ROW_KIND), Field::new("event", "sự kiện", Kind::Choice)
                    .choices(ROW_EVENT)
                    .ask(When::Is(".kind", "event")), Field::new("level", "cấp học", Kind::Choice)
                    .choices(ROW_LEVEL)
                    .ask(When::Is(".kind", "study")), Field::new("activity", "Học, làm gì", Kind::Text)
                    .must(), Field::new("place", "Ở đâu (trường, nơi sinh sống)", Kind::Text)
                    .must_if(When::Not(".kind", "event"), "unless event"), Field::new("abroad", "ở nước ngoài", Kind::Choice)
                    .choices(ANSWER), Field::new("note", "Lý do, ghi chú", Kind::Text)])])
                .note("Items 14 and 15 share pages 2 to 8, about 140 lines together."),
        ],
    };

pub(super) const WORK: Section = Section {
        slug: "cong-viec",
        title: "Công việc, chức vụ",
        intro: "Nối tiếp mục 14 đến nay. Học sinh ghi từng năm học và việc lớp, việc Đoàn.",
        items: &[
            Item::new("15", "Những công việc, chức vụ đã qua", "2-8", 90, &[
                Field::new("work_history", "Những công việc, chức vụ đã qua", Kind::PeriodRows)
                    .hint("Ghi liên tục từng tháng từ khi vào Đoàn, đi học hoặc đi làm đến nay, kể cả lúc nghỉ việc, chữa bệnh. Ghi cả chức vụ lớp, Đoàn, Công đoàn.")
                    .example("9-2024 đến nay | Học sinh Trường THPT ..., xã Nà Hỳ | Bí thư chi đoàn 12A1")
                    .must()
                    .columns(&[Field::new("from", "Từ tháng, năm đến tháng, năm", Kind::MonthYear)
                        .must(), Field::new("to", "(đến)", Kind::MonthYearOrNay)
                        .must(), Field::new("kind", "loại", Kind::Choice)
                        .choices(ROW_KIND_15), Field::new("event", "sự kiện", Kind::Choice)
                        .choices(ROW_EVENT)
                        .ask(When::Is(".kind", "event")), Field::new("level", "cấp học", Kind::Choice)
                        .choices(ROW_LEVEL_15)
                        .ask(When::Is(".kind", "study")), Field::new("activity", "Làm việc gì, ở đâu", Kind::Text)
                        .must(), Field::new("place", "(ở đâu)", Kind::Text)
                        .must_if(When::Not(".kind", "event"), "unless event"), Field::new("position", "Chức vụ", Kind::Text), Field::new("abroad", "ở nước ngoài", Kind::Choice)
                        .choices(ANSWER), Field::new("note", "Ghi chú", Kind::Text)
                ]),
            ]),
        ],
    };

pub(super) const POLITICS: Section = Section {
        slug: "dac-diem-lich-su",
        title: "Đặc điểm lịch sử",
        intro: "Trả lời từng câu “có” hoặc “không”. Có thì ghi rõ thời gian, nơi, sự việc.",
        items: &[
            Item::new("16", "Đặc điểm lịch sử", "9", 20, &[
                Field::new("political_history.party_activity_interrupted", "Bị gián đoạn hoặc không sinh hoạt đảng", Kind::YesNoDetail)
                    .hint("Chỉ liên quan người đã từng là đảng viên. Không có thì chọn “không”.")
                    .example("không")
                    .must()
                    .mask(),
                Field::new("political_history.arrested_or_imprisoned", "Có bị bắt, bị tù không", Kind::YesNoDetail)
                    .hint("Nếu có, ghi cơ quan nào bắt, từ ngày nào đến ngày nào, ở đâu. Không có thì chọn “không”.")
                    .example("không")
                    .must()
                    .mask(),
                Field::new("political_history.foreign_organisations", "Tham gia hoặc có quan hệ với tổ chức ở nước ngoài", Kind::YesNoDetail)
                    .hint("Tổ chức chính trị, kinh tế, xã hội ở nước ngoài: làm gì, tổ chức nào, ở đâu. Không có thì chọn “không”.")
                    .example("không")
                    .must()
                    .mask(),
                Field::new("political_history.religious_roles", "Chức sắc trong các tôn giáo đã tham gia", Kind::YesNoDetail)
                    .hint("Nếu đã từng giữ chức sắc, chức việc tôn giáo thì ghi rõ. Không có thì chọn “không”.")
                    .example("không")
                    .must()
                    .mask(),
            ]),
        ],
    };
