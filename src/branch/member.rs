//! A member of the branch who may be asked to help somebody: a short paper of the secretaries, so that an assignment knows the dates that
//! the rules ask of a helper (INT-05, INT-06).
//!
//! It is sealed and sent like a case. Not here: who is assigned to whom (`following`).

use rules::form::{Field, Form, Item, Kind, Required, Section, When};

/// Id of the paper.
pub const MEMBER: &str = "member/1";

/// The form of the paper.
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
        items: &[Item {
            number: "",
            label: "Đảng viên",
            page: "",
            lines: 0,
            filled_by: "",
            note: "",
            fields: &[
                f("name", "Họ và tên", Kind::Text),
                f("admitted_date", "Ngày vào Đảng", Kind::FullDate),
                f("official_date", "Ngày chính thức", Kind::FullDate),
                f("at_unit_from", "Ngày về đơn vị", Kind::FullDate),
                f("work", "Công việc ở đơn vị", Kind::Text),
            ],
        }],
    }],
};

const fn f(slug: &'static str, label: &'static str, kind: Kind) -> Field {
    Field {
        slug,
        label,
        hint: "",
        example: "",
        kind,
        required: Required::Never,
        asked: When::Always,
        printed: false,
        local: false,
        masked: false,
        choices: &[],
        columns: &[],
        parts: &[],
        fixed: "",
        max_rows: 0,
        source: "",
    }
}
