//! A case as the branch keeps it: who the person is, as far as the branch's lists ask it, then the steps of the procedure.
//!
//! A form of this project. Schooling exceptions of border communes stand where their rules read them: the area and the number of the decision that
//! recognises it in the lý lịch (`profile.special_area`), the consent of the competent level among `procedure.authority_decisions`.

use super::{ANSWER, Choice, Field, Form, Item, Kind, Section, field, lylich, procedure};
use std::sync::OnceLock;

/// The form.
pub(super) fn form() -> &'static Form {
    static FORM: OnceLock<Form> = OnceLock::new();
    FORM.get_or_init(|| {
        let mut sections = vec![Section {
            slug: "nguoi",
            title: "Người được theo dõi",
            intro: "Vài dòng để lập danh sách và báo cáo. Khi lý lịch gửi lên, lý lịch là chính.",
            items: vec![Item::new("", "Người được theo dõi", "", 0, person().leak())].leak(),
        }];
        sections.extend_from_slice(procedure::FORM.sections);
        Form {
            id: "case/1",
            code: "case",
            edition: "1",
            title: "Theo dõi, xét kết nạp",
            instrument: "",
            sections: sections.leak(),
        }
    })
}

const fn f(slug: &'static str, label: &'static str, kind: Kind) -> Field {
    Field::new(slug, label, kind).unprinted()
}

/// The choices of the lý lịch for the same question.
fn choices(slug: &str) -> &'static [Choice] {
    field(lylich(), slug).map_or(&[], |field| field.choices)
}

fn person() -> Vec<Field> {
    vec![
        f("person.name", "Họ và tên", Kind::Text).example("Lò Thị Mẫu").must(),
        f("person.born", "Ngày sinh", Kind::FullDate).example("15-3-2008"),
        f("person.gender", "Giới tính", Kind::Choice).choices(choices("gender")),
        f("person.ethnicity", "Dân tộc", Kind::Choice).choices(choices("ethnicity")),
        f("person.religion", "Tôn giáo", Kind::ChoiceOrText).choices(choices("religion")),
        f("person.group", "Nhóm", Kind::Choice).choices(choices("profile.group")),
        f("person.former_groups", "Nhóm trước đây", Kind::Rows)
            .hint("Khi chuyển nhóm: ghi nhóm cũ và ngày cuối ở nhóm ấy, rồi chọn nhóm mới ở trên.")
            .columns(
                vec![
                    Field::new("group", "Nhóm", Kind::Choice).choices(choices("profile.group")),
                    Field::new("until", "Ngày cuối ở nhóm này", Kind::FullDate),
                ]
                .leak(),
            ),
        f("person.unit", "Lớp, tổ", Kind::Text).example("12A1"),
        f("person.union_member", "Đoàn viên", Kind::Choice).choices(ANSWER),
        f("person.readmission", "Kết nạp lại", Kind::Choice).choices(ANSWER),
        f("person.delay_reason", "Lý do chậm", Kind::LongText).hint("Chi bộ ghi bằng lời của mình; đưa vào báo cáo."),
    ]
}
