//! Items 8 to 10: ethnicity, religion, occupation.

use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: &[Rule] = &[
    Rule::new("LL-08", Explain, CorrectOrNote, "Dân tộc", "Tên dân tộc “{value}” chưa có trong danh mục 54 dân tộc. Hãy chọn trong danh sách; nếu giấy tờ ghi khác, ghi chú cho chi bộ.")
        .variants(&[("foreign_parent", "Cha hoặc mẹ là người nước ngoài: hãy ghi thêm quốc tịch, dân tộc của người đó.")])
        .since(on(2025, 9, 29))
        .by(DECLARED)
        .cited("B25 I.1.4.2 mục (8)")
        .reads("ethnicity ethnicity_foreign_parent")
        .run(ethnicity),
    Rule::new("LL-09", Explain, Correct, "Tôn giáo ghi tên hoặc “không”", "Mục 9 không để trống: theo tôn giáo nào thì ghi rõ, không theo thì ghi “không”.")
        .variants(&[("wording", "Không theo tôn giáo nào thì ghi đúng chữ “không”.")])
        .also(&[Style])
        .since(on(2025, 9, 29))
        .by(DECLARED)
        .cited("B25 I.1.4.2 mục (9)")
        .reads("religion")
        .run(religion_or_khong),
    Rule::new("LL-10", Explain, CorrectOrNote, "Nghề nghiệp hiện nay", "Mục 10 ghi công việc chính hiện nay (học sinh ghi “học sinh”, chưa có việc ghi “chưa có việc làm”).")
        .since(on(2025, 9, 29))
        .by(DECLARED)
        .cited("B25 I.1.4.2 mục (10)")
        .reads("occupation profile.group")
        .run(occupation),
];

/// LL-08.
fn ethnicity(p: &mut Probe<'_, '_>) {
    let value = p.text("ethnicity");
    if !value.is_empty() && people::ethnicity_code(value).is_none() {
        p.explain("ethnicity").with("value", value);
    }
    if p.is("profile.foreign_origin.answer", "có") && p.blank("ethnicity_foreign_parent") {
        p.explain("ethnicity_foreign_parent").case("foreign_parent");
    }
}

/// LL-09.
fn religion_or_khong(p: &mut Probe<'_, '_>) {
    let value = p.text("religion");
    if value.is_empty() {
        p.explain("religion");
    } else if is_no_religion(value) && fold(value) != "không" {
        p.style("religion").case("wording");
    }
}

/// LL-10.
fn occupation(p: &mut Probe<'_, '_>) {
    let value = fold(p.text("occupation"));
    let pupil = p.is("profile.group", "pupil") && !value.is_empty() && !value.contains("học sinh");
    if pupil || matches!(value.as_str(), "không" | "tự do" | "không có") {
        p.explain("occupation");
    }
}
