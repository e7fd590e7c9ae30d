//! Relatives abroad or of another nationality: reported by the candidate; whether they are verified is for others to say.

use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: Family = Family {
    text: include_str!("abroad.txt"),
    checks: &[("VER-09", relatives_abroad)],
};

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
        let foreign = is_foreign(q);
        if !(q.row.is("abroad.answer", "có") || foreign) || (foreign && q.is_one_of(&["husband", "wife"])) {
            continue;
        }
        let place = q.row.path(if foreign { "nationality" } else { "abroad.answer" });
        if q.is_one_of(&verified) {
            p.approve(&place).about(&q.row);
        } else {
            p.explain(&place).case("not_verified").about(&q.row);
        }
    }
}
