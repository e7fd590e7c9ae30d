//! Admission for a second time.

use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: &[Rule] = &[
    Rule::new("RE-01", Block, Correct, "Kết nạp lại: đủ 36 tháng (60 tháng)", "Từ ngày ra khỏi Đảng đến nay mới được {months} tháng; cần ít nhất 36 tháng (từ {earliest_date}).")
        .variants(&[("unknown", "Chưa ghi ngày ra khỏi Đảng theo quyết định cũ."), ("minor_crime", "Từ ngày được xóa án tích cần đủ 60 tháng (từ {earliest_date}). Xin chi bộ đối chiếu giấy tờ.")])
        .also(&[Explain])
        .step("branch S10")
        .applies(group::WORKERS)
        .since(on(2016, 7, 25))
        .by(MEETING)
        .cited("Q29 3.5; Q24 3.5.1b; Q232 3.5.1b; Q294 3.5.1b; Q20; Q208 điểm chưa rõ ~secondary")
        .reads("readmission.applies.answer readmission.left_date readmission.left_reason readmission.record_cleared_date procedure.branch_meeting_date")
        .run(months_since_leaving),
    Rule::new("RE-02", Approve, Authority, "Kết nạp lại: văn bản đồng ý", "Kết nạp lại cần văn bản đồng ý của ban thường vụ tỉnh ủy (hoặc tương đương) trước khi ra quyết định. Xin báo cáo cấp ủy.")
        .step("committee S12")
        .applies(group::WORKERS)
        .since(on(2016, 7, 25))
        .by("procedure.decision_date")
        .cited("Q29 3.5; Q24 3.5.1b; Q232 3.5.1b; Q294 3.5.1b; Q20; Q208")
        .reads("readmission.applies.answer procedure.authority_decisions[]")
        .run(written_consent),
    Rule::new("RE-03", Block, Authority, "Trường hợp không xem xét kết nạp lại", "Lý do ra khỏi Đảng đã khai thuộc trường hợp mà Quy định nêu là không xem xét kết nạp lại. Xin chi bộ đối chiếu hồ sơ cũ và hỏi cấp ủy.")
        .step("committee S10")
        .applies(group::WORKERS)
        .since(on(2016, 7, 25))
        .by(MEETING)
        .cited("Q29 3.5; Q24 3.5.2; Q232 3.5.2; Q294 3.5.2; Q20; Q208")
        .reads("readmission.applies.answer readmission.left_reason")
        .run(not_considered_again),
    Rule::new("RE-04", Block, Authority, "Chỉ kết nạp lại một lần", "Theo Quy định, chỉ kết nạp lại một lần. Xin chi bộ đối chiếu hồ sơ cũ.")
        .step("committee S10")
        .applies(group::WORKERS)
        .since(on(2016, 7, 25))
        .by(MEETING)
        .cited("Q29 3.5; Q24 3.5.3, 3.5.4; Q232 3.5.3, 3.5.4; Q294 3.5.3, 3.5.4; Q20; Q208")
        .reads("readmission.applies.answer readmission.times_before")
        .run(only_once),
];

const APPLIES: &str = "readmission.applies.answer";
const LEFT: &str = "readmission.left_date";
const CLEARED: &str = "readmission.record_cleared_date";
const REASON: &str = "readmission.left_reason";

fn applies(p: &Probe<'_, '_>) -> bool {
    p.is(APPLIES, "có")
}

/// RE-01.
fn months_since_leaving(p: &mut Probe<'_, '_>) {
    if !applies(p) {
        return;
    }
    let day = p.date(MEETING).unwrap_or(p.act);
    if p.is(REASON, "minor_crime") {
        match p.date(CLEARED) {
            Some(cleared) if months_completed(cleared, day) >= 60 => {}
            Some(cleared) => drop(
                p.block(CLEARED)
                    .case("minor_crime")
                    .with("earliest_date", add_months(cleared, 60)),
            ),
            None => drop(p.block(CLEARED).case("minor_crime")),
        }
    } else if let Some(left) = p.date(LEFT) {
        let months = months_completed(left, day);
        if months < 36 {
            p.block(LEFT)
                .with("months", months)
                .with("earliest_date", add_months(left, 36));
        }
    }
    if p.blank(LEFT) {
        p.explain(LEFT).case("unknown");
    }
}

/// RE-02.
fn written_consent(p: &mut Probe<'_, '_>) {
    if applies(p) && !decided_before(p, "RE", false) {
        p.approve(APPLIES);
    }
}

/// RE-03.
fn not_considered_again(p: &mut Probe<'_, '_>) {
    let reasons = [
        "stopped_activity",
        "asked_to_leave",
        "disunity",
        "corruption_crime",
        "serious_crime",
    ];
    if applies(p) && reasons.contains(&p.text(REASON)) {
        p.block(REASON);
    }
}

/// RE-04.
fn only_once(p: &mut Probe<'_, '_>) {
    if applies(p) && p.number("readmission.times_before").is_some_and(|times| times >= 1.0) {
        p.block("readmission.times_before");
    }
}
