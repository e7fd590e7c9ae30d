//! Items 8 to 10: ethnicity, religion, occupation.

use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: Family = Family {
    text: include_str!("person.txt"),
    checks: &[
        ("LL-08", ethnicity),
        ("LL-09", religion_or_khong),
        ("LL-10", occupation),
    ],
};

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
