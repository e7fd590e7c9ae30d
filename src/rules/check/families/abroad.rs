//! Relatives abroad or of another nationality: reported by the candidate; whether they are verified is for others to say.

use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: &[Rule] = &[
    Rule::new("VER-09", Approve, Authority, "Người thân ở nước ngoài hoặc có quốc tịch nước ngoài", "{person} đang ở nước ngoài hoặc có quốc tịch nước ngoài. Hãy khai đủ nước, việc làm, thời gian và báo cáo chi bộ; việc xác minh (nếu cần) do cấp ủy liên hệ.")
        .variants(&[("not_verified", "{person} đang ở nước ngoài hoặc có quốc tịch nước ngoài. Hãy khai đủ nước, việc làm, thời gian và báo cáo chi bộ.")])
        .also(&[Explain])
        .step("candidate S7")
        .since(on(2021, 9, 28))
        .cited("H21 3.4c; H25 3.4c; H26")
        .reads("family[].abroad family[].nationality")
        .run(relatives_abroad),
];

/// VER-09.
fn relatives_abroad(p: &mut Probe<'_, '_>) {
    let verified = [
        "father",
        "mother",
        "guardian",
        "spouse_father",
        "spouse_mother",
        "husband",
        "wife",
        "biological_child",
        "adopted_child",
    ];
    for q in p.facts.people() {
        let foreign = is_foreign(&q);
        if !(q.row.is("abroad.answer", "có") || foreign) || (foreign && q.is_one_of(&["husband", "wife"])) {
            continue;
        }
        let place = q.row.path(if foreign { "nationality" } else { "abroad.answer" });
        if q.is_one_of(&verified) {
            p.approve(&place).with("person", person(&q.row));
        } else {
            p.explain(&place).case("not_verified").with("person", person(&q.row));
        }
    }
}
