//! Items 19 and 20: commendations and disciplines.

use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: &[Rule] = &[
    Rule::new("LL-19", Style, Info, "Khen thưởng từ bằng khen trở lên hoặc cao nhất", "Mục 19 ghi từ bằng khen trở lên, hoặc hình thức cao nhất. Hàng {row} có thể bỏ.")
        .since(on(2025, 9, 29))
        .by(DECLARED)
        .cited("B25 I.1.4.2 mục (19)")
        .reads("commendations[]")
        .run(highest_only),
    Rule::new("LL-19b", Explain, Correct, "Khen thưởng ghi đủ cột", "Mục 19, hàng {row} còn thiếu: {missing}. Hãy xem giấy khen, bằng khen để ghi đủ.")
        .variants(&[("unanswered", "Mục 19: hãy trả lời có hay không.")])
        .since(on(2025, 9, 29))
        .by(DECLARED)
        .cited("B25 I.1.4.2 mục (19)")
        .reads("commendations[] commendations_answer")
        .run(columns_of_an_award),
    Rule::new("LL-20", Explain, Correct, "Kỷ luật: trả lời và ghi đủ", "Mục 20: hãy trả lời có hay không; nếu có thì ghi đủ tháng năm, lý do, hình thức và cấp quyết định.")
        .variants(&[("row", "Mục 20, hàng {row} còn thiếu: {missing}. Hãy ghi theo quyết định, không nhớ thì hỏi nơi quyết định."), ("none", "Bạn trả lời có bị kỷ luật nhưng chưa ghi hàng nào. Hãy bổ sung.")])
        .since(on(2025, 9, 29))
        .by(DECLARED)
        .cited("B25 I.1.4.2 mục (20)")
        .reads("disciplines_answer disciplines[]")
        .run(disciplines_declared),
    Rule::new("LL-20b", Explain, Correct, "Bị xem xét nhưng không bị kỷ luật", "Mục 20 (mẫu 2025) hỏi thêm: bạn có từng bị xem xét kỷ luật nhưng không bị kỷ luật hoặc đã hết thời hiệu không? Hãy trả lời có hoặc không.")
        .variants(&[("none", "Bạn trả lời có từng bị xem xét kỷ luật nhưng chưa ghi nội dung. Hãy bổ sung.")])
        .since(on(2025, 9, 29))
        .by(DECLARED)
        .cited("B25 I.1.4.2 mục (20)")
        .reads("disciplines_considered_answer disciplines[]")
        .run(considered_declared),
];

const AWARDS: &str = "commendations";
const AWARDS_ANSWER: &str = "commendations_answer";
const CASES: &str = "disciplines";
const CASES_ANSWER: &str = "disciplines_answer";
const CONSIDERED_ANSWER: &str = "disciplines_considered_answer";

/// Level of a commendation by its words: below bằng khen, bằng khen, state award; `None` when the words do not say.
fn level(row: &Row<'_>) -> Option<u8> {
    let text = weak(row.text("reason_form"));
    let any = |words: &[&str]| words.iter().any(|w| text.contains(w));
    if any(&[
        "huan chuong",
        "huy chuong",
        "danh hieu vinh du",
        "chien si thi dua toan quoc",
    ]) {
        Some(2)
    } else if any(&["bang khen"]) {
        Some(1)
    } else if any(&["giay khen"]) {
        Some(0)
    } else {
        None
    }
}

/// LL-19.
fn highest_only(p: &mut Probe<'_, '_>) {
    let rows: Vec<(Option<u8>, Row<'_>)> = p.facts.rows(AWARDS).map(|row| (level(&row), row)).collect();
    let high = rows.iter().any(|(level, _)| level.is_some_and(|l| l >= 1));
    let low = rows.iter().filter(|(level, _)| *level == Some(0)).count();
    for (level, row) in rows {
        let superfluous = level == Some(0) && (high || (low >= 2 && !row.is("is_highest", "có")));
        if superfluous {
            p.style(&row.path("reason_form")).with("row", row.number_shown());
        }
    }
}

/// Columns that must be filled; a year without month counts as missing.
fn lacks(row: &Row<'_>) -> Vec<&'static str> {
    let mut lacks = Vec::new();
    if !date::read(row.text("date")).is_some_and(Typed::has_month) {
        lacks.push("date");
    }
    lacks.extend(missing(row, &["reason_form", "decided_by"]));
    lacks
}

/// LL-19b.
fn columns_of_an_award(p: &mut Probe<'_, '_>) {
    for row in p.facts.rows(AWARDS) {
        let lacks = lacks(&row);
        if let Some(first) = lacks.first() {
            p.explain(&row.path(first))
                .with("row", row.number_shown())
                .with("missing", lacks);
        }
    }
    if p.blank(AWARDS_ANSWER) {
        p.explain(AWARDS_ANSWER).case("unanswered");
    }
}

/// LL-20.
fn disciplines_declared(p: &mut Probe<'_, '_>) {
    match p.text(CASES_ANSWER) {
        "" => drop(p.explain(CASES_ANSWER).case("unanswered")),
        "có" if !p.rows(CASES).any(|row| row.is("outcome", "penalised")) => drop(p.explain(CASES_ANSWER).case("none")),
        _ => {}
    }
    for row in p.facts.rows(CASES) {
        let lacks = lacks(&row);
        if let Some(first) = lacks.first() {
            p.explain(&row.path(first))
                .case("row")
                .with("row", row.number_shown())
                .with("missing", lacks);
        }
    }
}

/// LL-20b.
fn considered_declared(p: &mut Probe<'_, '_>) {
    match p.text(CONSIDERED_ANSWER) {
        "" => drop(p.explain(CONSIDERED_ANSWER).case("unanswered")),
        "có" if !p
            .rows(CASES)
            .any(|row| matches!(row.text("outcome"), "considered" | "time_barred")) =>
        {
            p.explain(CONSIDERED_ANSWER).case("none");
        }
        _ => {}
    }
}
