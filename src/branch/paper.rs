//! Two short papers of the secretaries besides the cases: a member of the branch who may be asked to help somebody, so that an assignment knows
//! the dates that the rules ask of a helper (INT-05, INT-06); and what the branch sets for itself, with its ground.
//!
//! They are sealed and sent like a case. Not here: who is assigned to whom (`following`), what a setting does (`office::library`).

use office::{
    library::{OWN, OWN_COLUMNS, local::THRESHOLDS},
    retention::CAUSES,
    special::{CAME_FROM, HELPED},
};
use rules::form::{self, Choice, Field, Form, Item, Kind, Section};
use std::sync::OnceLock;

/// Id of a member's paper.
pub const MEMBER: &str = "member/1";
/// Id of the paper of what the branch sets for itself.
pub const BRANCH: &str = "branch/1";
/// Where the branch's paper keeps the code of its province.
pub const PROVINCE: &str = "province";

/// Where a member's paper says that they are invited as a secretary.
pub const KEEPS_KEY: &str = "keeps_key";

/// The form of a member's paper.
pub static FORM: Form = Form {
    id: MEMBER,
    code: "member",
    edition: "1",
    title: "Đảng viên của chi bộ",
    instrument: "",
    sections: &[Section {
        slug: "dang-vien",
        title: "Đảng viên",
        intro: "Những ngày này được chép vào phần phân công giúp đỡ, để khỏi phải hỏi lại.",
        items: &[item(&[
            Field::question("name", "Họ và tên", "", Kind::Text),
            Field::question("admitted_date", "Ngày vào Đảng", "", Kind::FullDate),
            Field::question("official_date", "Ngày chính thức", "", Kind::FullDate),
            Field::question("at_unit_from", "Ngày về đơn vị", "", Kind::FullDate),
            Field::question("work", "Công việc ở đơn vị", "", Kind::Text),
            Field {
                choices: &[
                    Choice {
                        value: "có",
                        label: "có",
                    },
                    Choice {
                        value: "không",
                        label: "không",
                    },
                ],
                ..Field::question(
                    KEEPS_KEY,
                    "Mời làm chi ủy giữ khoá",
                    "Người giữ khoá đọc được mọi bản nộp. Chọn “có” trước khi tạo tờ mời.",
                    Kind::Choice,
                )
            },
        ])],
    }],
};

/// What a branch that takes somebody over notes from the certificate they bring (TRF-01): slug, label, kind.
pub const RECEIVED: [(&str, &str, Kind); 7] = [
    (CAME_FROM, "Đơn vị chuyển đến từ", Kind::Text),
    (
        "received.certificate_no",
        "Số giấy chứng nhận đang được giúp đỡ",
        Kind::Text,
    ),
    (
        "received.certificate_date",
        "Ngày cấp giấy chứng nhận ấy",
        Kind::FullDate,
    ),
    ("received.date", "Ngày chi bộ tiếp nhận", Kind::FullDate),
    ("received.mentor", "Đảng viên giúp đỡ ở nơi cũ", Kind::Text),
    (HELPED.0, "Được giúp đỡ ở nơi cũ từ ngày", Kind::FullDate),
    (HELPED.1, "Được giúp đỡ ở nơi cũ đến ngày", Kind::FullDate),
];

/// The form of a case as the branch writes it: the procedure's, and taking over somebody who came from another unit.
pub fn case_form() -> &'static Form {
    static FORM: OnceLock<Form> = OnceLock::new();
    FORM.get_or_init(|| {
        let received: Vec<Field> = RECEIVED.iter().map(|(slug, label, kind)| Field::question(slug, label, "", *kind)).collect();
        let mut sections = form::case().sections.to_vec();
        sections.push(Section {
            slug: "tiep-nhan",
            title: "Tiếp nhận từ đơn vị khác",
            intro: "Ghi theo giấy chứng nhận người ấy mang đến. Những ngày khác của nơi cũ (cảm tình Đảng, lớp nhận thức) ghi ở các phần trên, đúng như giấy.",
            items: vec![item(received.leak())].leak(),
        });
        Form {
            sections: sections.leak(),
            ..*form::case()
        }
    })
}

/// The form of the branch's own paper.
pub fn branch_form() -> &'static Form {
    static FORM: OnceLock<Form> = OnceLock::new();
    FORM.get_or_init(|| {
        let mut local = vec![Field::question(
            PROVINCE,
            "Mã tỉnh, thành phố",
            "Hai chữ số, ví dụ 11 là Điện Biên. Máy dùng để bật quy định riêng của tỉnh.",
            Kind::Text,
        )];
        for (slug, label, hint) in THRESHOLDS {
            local.push(Field::question(slug, label, hint, Kind::Text));
            let ground: &'static str = format!("{slug}.ground").leak();
            local.push(Field::question(ground, "Căn cứ (số, ngày văn bản)", "", Kind::Text));
        }
        let columns = OWN_COLUMNS.map(|(slug, label, hint)| {
            let kind = match slug {
                "date" => Kind::FullDate,
                "about" => Kind::LongText,
                _ => Kind::Text,
            };
            Field::question(slug, label, hint, kind)
        });
        let library = Field {
            columns: columns.to_vec().leak(),
            ..Field::question(OWN, "Văn bản của địa phương, đơn vị", "", Kind::Rows)
        };
        let mut kept = Vec::new();
        for cause in &CAUSES {
            let hint: &'static str = format!("Số tháng, từ 1 đến 120. Để trống: {} tháng.", cause.months).leak();
            kept.push(Field::question(cause.slug, cause.label, hint, Kind::Number));
            let ground: &'static str = format!("{}.ground", cause.slug).leak();
            kept.push(Field::question(ground, "Căn cứ (số, ngày nghị quyết)", "", Kind::Text));
        }
        let section = |slug, title, intro, fields: Vec<Field>| Section {
            slug,
            title,
            intro,
            items: vec![item(fields.leak())].leak(),
        };
        let sections = vec![
            section(
                "quy-uoc",
                "Quy ước của địa phương",
                "Chỉ ghi điều địa phương, chi bộ đã quyết định, kèm căn cứ. Ở đâu hiện ra, máy cũng ghi rõ đây là quy ước của địa phương.",
                local,
            ),
            section(
                "van-ban",
                "Văn bản của địa phương",
                "Ghi số, ngày và nói về việc gì bằng lời của mình; không chép nguyên văn.",
                vec![library],
            ),
            section(
                "luu-giu",
                "Thời hạn lưu bản nộp",
                "Giữ bản người khai đã nộp thêm bao lâu sau khi việc xét dừng hoặc xong. Chưa có quy định chung: do chi bộ đặt, nên ghi kèm căn cứ.",
                kept,
            ),
        ];
        Form {
            id: BRANCH,
            code: "branch",
            edition: "1",
            title: "Quy ước và văn bản của chi bộ",
            instrument: "",
            sections: sections.leak(),
        }
    })
}

const fn item(fields: &'static [Field]) -> Item {
    Item {
        number: "",
        label: "",
        page: "",
        lines: 0,
        filled_by: "",
        note: "",
        fields,
    }
}
