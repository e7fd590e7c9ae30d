//! Item 16: the four questions are answered. What an answer means is for the authority alone (POL-01).

use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: &[Rule] = &[Rule::new(
    "LL-16",
    Explain,
    Correct,
    "Trả lời đủ bốn câu ở mục 16",
    "Mục 16: hãy trả lời câu “{question}”; nếu có thì ghi rõ thời gian, nơi, sự việc.",
)
.since(on(2025, 9, 29))
.by(DECLARED)
.cited("B25 I.1.4.2 mục (16)")
.reads("political_history")
.run(four_answers)];

/// LL-16.
fn four_answers(p: &mut Probe<'_, '_>) {
    for (slug, code) in POLITICAL {
        let answer = p.text(&format!("{slug}.answer"));
        let part = match answer {
            "" => "answer",
            "có" if p.blank(&format!("{slug}.detail")) => "detail",
            _ => continue,
        };
        p.explain(&format!("{slug}.{part}")).with("question", Param::Code(code));
    }
}
