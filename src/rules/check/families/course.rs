//! Items 17 and 18: courses, and stays abroad.

use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: &[Rule] = &[
    Rule::new(
        "LL-17",
        Explain,
        Correct,
        "Lớp đào tạo ghi đủ cột",
        "Mục 17, hàng {row} còn thiếu: {missing}. Hãy xem giấy được cấp để ghi đủ.",
    )
    .since(on(2025, 9, 29))
    .by(DECLARED)
    .cited("B25 I.1.4.2 mục (17)")
    .reads("training[]")
    .run(columns_of_a_course),
    Rule::new(
        "LL-17b",
        Explain,
        Correct,
        "Ngày lớp nhận thức khớp giấy chứng nhận",
        "Ngày giấy chứng nhận lớp nhận thức ở mục 17 khác với giấy chứng nhận. Hãy ghi theo giấy.",
    )
    .since(on(2025, 9, 29))
    .by(DECLARED)
    .cited("B25 I.1.4.2 mục (17)")
    .seen(Seen::Interpretation)
    .reads("training[] procedure.certificate_date")
    .run(day_of_the_certificate),
    Rule::new(
        "LL-18",
        Style,
        Info,
        "Đi nước ngoài từ 3 tháng",
        "Mục 18, hàng {row}: chuyến đi dưới 3 tháng thì không cần ghi.",
    )
    .since(on(2025, 9, 29))
    .by(DECLARED)
    .cited("B25 I.1.4.2 mục (18)")
    .reads("foreign_trips[]")
    .run(short_stays_are_left_out),
    Rule::new(
        "LL-18b",
        Explain,
        CorrectOrNote,
        "Thời gian ở nước ngoài có trong mục 15",
        "Thời gian ở {country} (mục 18, hàng {row}) chưa thấy trong mục 15. Hãy ghi thống nhất.",
    )
    .since(on(2025, 9, 29))
    .by(DECLARED)
    .cited("B25 I.1.4.2 mục (18)")
    .seen(Seen::Interpretation)
    .reads("foreign_trips[] work_history[]")
    .run(stays_are_in_the_history),
    Rule::new(
        "LL-18c",
        Explain,
        Correct,
        "Trả lời câu hỏi đi nước ngoài",
        "Mục 18: hãy trả lời bạn có từng đi nước ngoài từ 3 tháng trở lên không (kể cả sang làm thuê qua biên giới).",
    )
    .variants(&[
        (
            "none",
            "Bạn trả lời có đi nước ngoài nhưng chưa ghi chuyến nào ở mục 18. Hãy thêm từng chuyến.",
        ),
        (
            "some",
            "Bạn trả lời không đi nước ngoài nhưng mục 18 có ghi chuyến đi. Hãy xem lại.",
        ),
    ])
    .since(on(2025, 9, 29))
    .by(DECLARED)
    .cited("B25 I.1.4.2 mục (18)")
    .seen(Seen::Interpretation)
    .reads("foreign_trips_answer foreign_trips[]")
    .run(answer_about_stays),
    Rule::new(
        "LL-18d",
        Explain,
        Correct,
        "Đi nước ngoài ghi đủ cột",
        "Mục 18, hàng {row} còn thiếu: {missing}. Đi tự do thì ghi “tự đi”.",
    )
    .since(on(2025, 9, 29))
    .by(DECLARED)
    .cited("B25 I.1.4.2 mục (18)")
    .reads("foreign_trips[]")
    .run(columns_of_a_stay),
];

const TRAINING: &str = "training";
const TRIPS: &str = "foreign_trips";
const TRIPS_ANSWER: &str = "foreign_trips_answer";

/// Months a stay must have to be declared.
const LONG: i32 = 3;

/// LL-17.
fn columns_of_a_course(p: &mut Probe<'_, '_>) {
    for period in p.facts.periods(TRAINING) {
        let mut lacks = missing(&period.row, &["subject", "school", "mode"]);
        if period.to != Some(Typed::Present) {
            lacks.extend(missing(&period.row, &["certificate"]));
        }
        if let Some(first) = lacks.first() {
            p.explain(&period.row.path(first))
                .with("row", period.row.number_shown())
                .with("missing", lacks);
        }
    }
}

/// LL-17b.
fn day_of_the_certificate(p: &mut Probe<'_, '_>) {
    let Some(paper) = p.date("procedure.certificate_date") else {
        return;
    };
    for row in p.facts.rows(TRAINING) {
        if row.is("is_awareness_class", "có") && row.date("certificate_date").is_some_and(|date| date != paper) {
            p.explain(&row.path("certificate_date"));
        }
    }
}

/// First and last month of a stay, read generously, and whether it is long enough to be declared.
fn stay(period: &Period<'_>, act: Date) -> Option<(i32, i32)> {
    Some((period.from?.first_month(act)?, period.to?.last_month(act)?))
}

/// LL-18.
fn short_stays_are_left_out(p: &mut Probe<'_, '_>) {
    for period in p.facts.periods(TRIPS) {
        if stay(&period, p.act).is_some_and(|(from, to)| to >= from && to - from + 1 < LONG) {
            p.style(&period.row.path("to")).with("row", period.row.number_shown());
        }
    }
}

/// LL-18b.
fn stays_are_in_the_history(p: &mut Probe<'_, '_>) {
    let act = p.act;
    for trip in p.facts.periods(TRIPS) {
        let Some((from, to)) = stay(&trip, act).filter(|(from, to)| to - from + 1 >= LONG) else {
            continue;
        };
        let country = trip.row.text("country");
        let plain = weak(country);
        let told = ["life_history", "work_history"]
            .iter()
            .flat_map(|group| p.facts.periods(group))
            .any(|h| {
                let Some((a, b)) = stay(&h, act) else { return false };
                let named = || {
                    let text = weak(&format!("{} {}", h.row.text("activity"), h.row.text("place")));
                    !plain.is_empty() && has_words(&text, &plain)
                };
                a <= to && from <= b && (h.row.is("abroad", "có") || named())
            });
        if !told {
            p.explain(&trip.row.path("country"))
                .with("row", trip.row.number_shown())
                .with("country", or_unknown(country));
        }
    }
}

/// LL-18c.
fn answer_about_stays(p: &mut Probe<'_, '_>) {
    let any = p.rows(TRIPS).next().is_some();
    let case = match (p.text(TRIPS_ANSWER), any) {
        ("", _) => "unanswered",
        ("có", false) => "none",
        ("không", true) => "some",
        _ => return,
    };
    p.explain(TRIPS_ANSWER).case(case);
}

/// LL-18d.
fn columns_of_a_stay(p: &mut Probe<'_, '_>) {
    for row in p.facts.rows(TRIPS) {
        let lacks = missing(&row, &["purpose", "country", "decided_by"]);
        if let Some(first) = lacks.first() {
            p.explain(&row.path(first))
                .with("row", row.number_shown())
                .with("missing", lacks);
        }
    }
}
