//! Items 12 and 13: joining the youth union, and an earlier membership of the Party.

use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: &[Rule] = &[
    Rule::new(
        "LL-12",
        Explain,
        Correct,
        "Ngày và nơi vào Đoàn",
        "Mục 12 còn thiếu: {missing}. Hãy bổ sung; ngày và nơi kết nạp xem trong sổ đoàn viên.",
    )
    .variants(&[(
        "path",
        "Đường giới thiệu qua Đoàn cần người vào Đảng là đoàn viên. Xin hỏi chi bộ.",
    )])
    .since(on(2025, 9, 29))
    .by(DECLARED)
    .cited("B25 I.1.4.2 mục (12)")
    .reads("youth_union_admission.member youth_union_admission.date youth_union_admission.branch youth_union_admission.grassroots")
    .run(day_and_place_of_joining),
    Rule::new(
        "LL-12b",
        Explain,
        Correct,
        "Ngày vào Đoàn khớp giữa các mục",
        "Ngày vào Đoàn ở mục 12 khác với ngày ghi ở {item}. Hãy xem sổ đoàn viên và ghi thống nhất.",
    )
    .since(on(2026, 4, 1))
    .by(DECLARED)
    .cited("LHCM ~local")
    .seen(Seen::Local)
    .province("Thành phố Hồ Chí Minh")
    .reads("youth_union_admission.date life_history[] papers.application.youth_union_date")
    .run(day_agrees_everywhere),
    Rule::new(
        "LL-12c",
        Explain,
        CorrectOrNote,
        "Tuổi khi vào Đoàn",
        "Theo ngày đã ghi, bạn vào Đoàn khi khoảng {age} tuổi. Có thể đúng; hãy kiểm tra lại sổ đoàn viên.",
    )
    .since(on(2025, 9, 29))
    .by(DECLARED)
    .cited("B25 I.1.4.2 mục (12)")
    .seen(Seen::Interpretation)
    .reads("youth_union_admission.date birth_date")
    .run(age_at_joining),
    Rule::new(
        "LL-13",
        Explain,
        Correct,
        "Mục 13 chỉ dành cho người xin kết nạp lại",
        "Mục 13: {what}. Hãy xem lại.",
    )
    .variants(&[
        ("fill", "Mục 13 chỉ dành cho người xin kết nạp lại. Bạn hãy để trống."),
        (
            "first_admission",
            "Mục 13 còn thiếu ngày hoặc nơi kết nạp lần thứ nhất. Hãy ghi theo quyết định cũ.",
        ),
        (
            "introducers",
            "Mục 13 còn thiếu người giới thiệu lần thứ nhất. Hãy ghi theo hồ sơ cũ, không nhớ thì hỏi chi bộ.",
        ),
        (
            "introducer_detail",
            "Mục 13: hãy ghi đủ họ tên, chức vụ, đơn vị của từng người giới thiệu lúc đó.",
        ),
    ])
    .since(on(2025, 9, 29))
    .by(DECLARED)
    .cited("B25 I.1.4.2 mục (13)")
    .reads("readmission.applies.answer readmission.first_admission_date readmission.first_admission_place readmission.official_date readmission.introducers[]")
    .run(earlier_membership),
];

const MEMBER: &str = "youth_union_admission.member";
const DATE: &str = "youth_union_admission.date";

/// LL-12.
fn day_and_place_of_joining(p: &mut Probe<'_, '_>) {
    match p.text(MEMBER) {
        "" => drop(p.explain(MEMBER).with("missing", "trả lời có/không")),
        "có" => {
            if p.date(DATE).is_none() {
                p.explain(DATE).with("missing", "ngày, tháng, năm");
            }
            let blank = ["youth_union_admission.branch", "youth_union_admission.grassroots"]
                .into_iter()
                .find(|s| p.blank(s));
            if let Some(slug) = blank {
                p.explain(slug).with("missing", "nơi kết nạp");
            }
        }
        "không" if p.is("procedure.introduction_path", "youth_union") => drop(p.explain(MEMBER).case("path")),
        _ => {}
    }
}

/// LL-12b.
fn day_agrees_everywhere(p: &mut Probe<'_, '_>) {
    let Some(joined) = p.date(DATE) else { return };
    for (group, item) in [("life_history", 14), ("work_history", 15)] {
        for row in p.facts.periods(group) {
            let told = match row.from {
                Some(Typed::Full(day)) => day != joined,
                Some(Typed::Month { y, m }) => (y, m) != (joined.y, joined.m),
                Some(Typed::Year(y)) => y != joined.y,
                _ => false,
            };
            if row.is_event && row.row.is("event", "youth_union") && told {
                p.explain(&row.row.path("from")).with("item", Param::Item(item));
            }
        }
    }
    const APPLICATION: &str = "papers.application.youth_union_date";
    if p.date(APPLICATION).is_some_and(|written| written != joined) {
        p.explain(APPLICATION).with("item", "đơn");
    }
}

/// LL-12c.
fn age_at_joining(p: &mut Probe<'_, '_>) {
    let (Some(joined), Some(born)) = (p.date(DATE), p.date("birth_date")) else {
        return;
    };
    let age = joined.y - born.y;
    if age < 16 {
        p.explain(DATE).with("age", age);
    }
}

const APPLIES: &str = "readmission.applies.answer";
const INTRODUCERS: &str = "readmission.introducers";

/// LL-13.
fn earlier_membership(p: &mut Probe<'_, '_>) {
    let first = "readmission.first_admission_date";
    let any_introducer = p.rows(INTRODUCERS).any(|row| !row.cells.is_empty());
    if !p.is(APPLIES, "có") {
        let filled = [first, "readmission.official_date"]
            .into_iter()
            .find(|slug| !p.blank(slug));
        if let Some(slug) = filled.or(any_introducer.then_some(INTRODUCERS)) {
            p.explain(slug).case("fill").said_at("readmission");
        }
        return;
    }
    let branch = "readmission.first_admission_place.branch";
    if let Some(slug) = [first, branch].into_iter().find(|slug| p.blank(slug)) {
        p.explain(slug).case("first_admission").said_at("readmission");
    }
    if !any_introducer {
        p.explain(INTRODUCERS).case("introducers").said_at("readmission");
    }
    for row in p.facts.rows(INTRODUCERS) {
        let organisation = !row.blank("organisation");
        if let Some(cell) = ["position", "unit"].into_iter().find(|cell| row.blank(cell))
            && !organisation
            && !row.cells.is_empty()
        {
            p.explain(&row.path(cell))
                .case("introducer_detail")
                .said_at("readmission");
        }
    }
}
