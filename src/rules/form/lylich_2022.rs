//! Form 2-KNĐ, edition of 18-1-2022 (12-HD/BTCTW): to recognise an older sheet and to carry it over ([`crate::carry`]).
//!
//! Labels and numbers are those of the reference mapping; the slugs are those of the edition of 2025 wherever the meaning is the same. Items that group
//! several fields in 2025 (`political_history`, `family`, …) are one field here: nobody fills this edition any more.

use super::{Field, Form, Item, Kind, Section};

pub(super) static FORM: Form = Form {
    id: "2-KNĐ/2022",
    code: "2-KNĐ",
    edition: "2022",
    title: "LÝ LỊCH CỦA NGƯỜI XIN VÀO ĐẢNG",
    instrument: "B22",
    sections: SECTIONS,
};

const SECTIONS: &[Section] = &[Section {
    slug: "mau-2022",
    title: "Mẫu năm 2022",
    intro: "Mẫu này dùng đến ngày 28-9-2025. Từ ngày 29-9-2025 dùng mẫu mới.",
    items: ITEMS,
}];

const fn f(slug: &'static str, label: &'static str, kind: Kind) -> Field {
    Field::new(slug, label, kind)
}

const ITEMS: &[Item] = &[
    Item::new(
        "01",
        "Họ và tên đang dùng",
        "",
        0,
        &[f("current_name", "Họ và tên đang dùng", Kind::UpperText)],
    ),
    Item::new("02", "Nam, nữ", "", 0, &[f("gender", "Nam, nữ", Kind::Choice)]),
    Item::new(
        "03",
        "Họ và tên khai sinh",
        "",
        0,
        &[f("birth_name", "Họ và tên khai sinh", Kind::UpperText)],
    ),
    Item::new(
        "04",
        "Các bí danh",
        "",
        0,
        &[f("other_names", "Các bí danh", Kind::ListText)],
    ),
    Item::new(
        "05",
        "Sinh ngày",
        "",
        0,
        &[f("birth_date", "Sinh ngày", Kind::FullDate)],
    ),
    Item::new(
        "06",
        "Nơi sinh",
        "",
        0,
        &[f("birth_place", "Nơi sinh", Kind::PlaceWithOldName)],
    ),
    Item::new(
        "07",
        "Quê quán",
        "",
        0,
        &[f("ancestral_home", "Quê quán", Kind::PlaceWithOldName)],
    ),
    Item::new(
        "08",
        "Nơi cư trú (thường trú, tạm trú)",
        "",
        0,
        &[
            f("permanent_residence", "Nơi cư trú (thường trú, tạm trú)", Kind::Place),
            f("temporary_residence", "Nơi cư trú (thường trú, tạm trú)", Kind::Place),
        ],
    ),
    Item::new("09", "Dân tộc", "", 0, &[f("ethnicity", "Dân tộc", Kind::Choice)]),
    Item::new(
        "10",
        "Tôn giáo",
        "",
        0,
        &[f("religion", "Tôn giáo", Kind::ChoiceOrText)],
    ),
    Item::new(
        "11",
        "Nghề nghiệp hiện nay",
        "",
        0,
        &[f("occupation", "Nghề nghiệp hiện nay", Kind::Text)],
    ),
    Item::new(
        "12",
        "Trình độ hiện nay – Giáo dục phổ thông",
        "",
        0,
        &[f(
            "education.general",
            "Trình độ hiện nay – Giáo dục phổ thông",
            Kind::Text,
        )],
    ),
    Item::new(
        "12",
        "Trình độ hiện nay – Giáo dục nghề nghiệp",
        "",
        0,
        &[f(
            "education.vocational",
            "Trình độ hiện nay – Giáo dục nghề nghiệp",
            Kind::Text,
        )],
    ),
    Item::new(
        "12",
        "Trình độ hiện nay – Giáo dục đại học và sau đại học",
        "",
        0,
        &[f(
            "education.higher",
            "Trình độ hiện nay – Giáo dục đại học và sau đại học",
            Kind::Text,
        )],
    ),
    Item::new(
        "12",
        "Trình độ hiện nay – Học hàm",
        "",
        0,
        &[f(
            "education.academic_title",
            "Trình độ hiện nay – Học hàm",
            Kind::Choice,
        )],
    ),
    Item::new(
        "12",
        "Trình độ hiện nay – Lý luận chính trị",
        "",
        0,
        &[f(
            "education.political_theory",
            "Trình độ hiện nay – Lý luận chính trị",
            Kind::ChoiceOrText,
        )],
    ),
    Item::new(
        "12",
        "Trình độ hiện nay – Ngoại ngữ",
        "",
        0,
        &[f(
            "education.foreign_languages",
            "Trình độ hiện nay – Ngoại ngữ",
            Kind::ListText,
        )],
    ),
    Item::new(
        "12",
        "Trình độ hiện nay – Tin học",
        "",
        0,
        &[f("education.computing", "Trình độ hiện nay – Tin học", Kind::Text)],
    ),
    Item::new(
        "12",
        "Trình độ hiện nay – Tiếng dân tộc thiểu số",
        "",
        0,
        &[f(
            "education.minority_languages",
            "Trình độ hiện nay – Tiếng dân tộc thiểu số",
            Kind::ListText,
        )],
    ),
    Item::new(
        "13",
        "Ngày và nơi vào Đoàn TNCSHCM",
        "",
        0,
        &[f("youth_union_admission", "Ngày và nơi vào Đoàn TNCSHCM", Kind::Object)],
    ),
    Item::new(
        "14",
        "Ngày và nơi vào Đảng CSVN lần thứ nhất (nếu có)",
        "",
        0,
        &[
            f(
                "readmission.first_admission_date",
                "Ngày và nơi vào Đảng CSVN lần thứ nhất (nếu có)",
                Kind::FullDate,
            ),
            f(
                "readmission.first_admission_place",
                "Ngày và nơi vào Đảng CSVN lần thứ nhất (nếu có)",
                Kind::PartyPlace,
            ),
        ],
    ),
    Item::new(
        "15",
        "Ngày và nơi công nhận chính thức lần thứ nhất (nếu có)",
        "",
        0,
        &[
            f(
                "readmission.official_date",
                "Ngày và nơi công nhận chính thức lần thứ nhất (nếu có)",
                Kind::FullDate,
            ),
            f(
                "readmission.official_place",
                "Ngày và nơi công nhận chính thức lần thứ nhất (nếu có)",
                Kind::PartyPlace,
            ),
        ],
    ),
    Item::new(
        "16",
        "Người giới thiệu vào Đảng lần thứ nhất (nếu có)",
        "",
        0,
        &[f(
            "readmission.introducers",
            "Người giới thiệu vào Đảng lần thứ nhất (nếu có)",
            Kind::Rows,
        )],
    ),
    Item::new(
        "17",
        "Lịch sử bản thân",
        "",
        0,
        &[f("life_history", "Lịch sử bản thân", Kind::PeriodRows)],
    ),
    Item::new(
        "18",
        "Những công tác, chức vụ đã qua",
        "",
        0,
        &[f("work_history", "Những công tác, chức vụ đã qua", Kind::PeriodRows)],
    ),
    Item::new(
        "19",
        "Đặc điểm lịch sử",
        "",
        0,
        &[f("political_history", "Đặc điểm lịch sử", Kind::Object)],
    ),
    Item::new(
        "20",
        "Những lớp đào tạo, bồi dưỡng đã qua",
        "",
        0,
        &[f("training", "Những lớp đào tạo, bồi dưỡng đã qua", Kind::PeriodRows)],
    ),
    Item::new(
        "21",
        "Đi nước ngoài",
        "",
        0,
        &[f("foreign_trips", "Đi nước ngoài", Kind::PeriodRows)],
    ),
    Item::new(
        "22",
        "Khen thưởng",
        "",
        0,
        &[f("commendations", "Khen thưởng", Kind::Rows)],
    ),
    Item::new("23", "Kỷ luật", "", 0, &[f("disciplines", "Kỷ luật", Kind::Rows)]),
    Item::new(
        "24",
        "Hoàn cảnh gia đình",
        "",
        0,
        &[f("family", "Hoàn cảnh gia đình", Kind::Persons)],
    ),
    Item::new(
        "25",
        "Tự nhận xét",
        "",
        0,
        &[f("self_assessment", "Tự nhận xét", Kind::Object)],
    ),
    Item::new(
        "26",
        "Cam đoan và ký tên",
        "",
        0,
        &[f("declaration", "Cam đoan và ký tên", Kind::Object)],
    ),
];
