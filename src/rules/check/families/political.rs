//! Item 16: the four questions are answered. What an answer means is for the authority alone (POL-01).

use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: Family = Family {
    text: include_str!("political.txt"),
    checks: &[("LL-16", four_answers)],
};

/// LL-16.
fn four_answers(p: &mut Probe<'_, '_>) {
    for (slug, code) in POLITICAL {
        let answer = p.text(&format!("{slug}.answer"));
        let part = match answer {
            "" => "answer",
            "có" if p.blank(&format!("{slug}.detail")) => "detail",
            _ => continue,
        };
        p.explain(&format!("{slug}.{part}")).code("question", code);
    }
}
