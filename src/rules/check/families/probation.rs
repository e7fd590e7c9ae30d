//! The probationary year and the recognition as a full member.

use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: &[Rule] = &[
    Rule::new("PRB-01", Block, Correct, "Đủ 12 tháng dự bị", "Thời gian dự bị kết thúc ngày {end}; bản tự kiểm điểm cần viết sau ngày này.")
        .variants(&[("same_day", "Đúng ngày hết 12 tháng dự bị ({end}). Xin hỏi cấp ủy có nên ghi ngày hôm sau không.")])
        .also(&[Explain])
        .step("mentor S15")
        .since(on(2011, 1, 19))
        .by("probation.branch_meeting_date")
        .cited("DL Điều 5; H16 4.2; H21 4.2; H25 4.2; H26")
        .reads("procedure.ceremony_date probation.self_review_date")
        .run(twelve_months),
    Rule::new("PRB-02", Explain, CorrectOrNote, "Chi bộ xét trong 30 ngày làm việc sau khi hết dự bị", "Chi bộ cần xét công nhận đảng viên chính thức chậm nhất ngày {limit}.")
        .step("branch S15")
        .since(on(2016, 7, 25))
        .by("probation.branch_meeting_date")
        .cited("Q29 4.2.1; Q24 4.2.1; Q232 4.2.1; Q294 4.2.1; Q20; Q208")
        .reads("procedure.ceremony_date probation.branch_meeting_date")
        .run(considered_in_time),
    Rule::new("PRB-03", Explain, CorrectOrNote, "Công nhận đúng thời điểm hết 12 tháng", "Ngày công nhận chính thức tính từ khi hết 12 tháng dự bị, tức {expected}. Xin kiểm tra.")
        .step("committee S16")
        .since(on(2016, 7, 25))
        .by("probation.decision_date")
        .cited("Q29 4.2.2; Q24 4.2.2; Q232 4.2.2; Q294 4.2.2; Q20; Q208 điểm chưa rõ ~secondary")
        .reads("procedure.ceremony_date probation.official_from_date")
        .run(full_member_from_the_end),
    Rule::new("PRB-04", Block, Correct, "Giấy chứng nhận lớp đảng viên mới", "Chưa có giấy chứng nhận lớp bồi dưỡng đảng viên mới. Cần có trước khi chi bộ xét công nhận chính thức.")
        .step("branch S15")
        .since(on(2016, 9, 20))
        .by("probation.branch_meeting_date")
        .cited("H16 4.1; H21 4.1; H25 4.1; H26")
        .reads("probation.class_certificate_date probation.branch_meeting_date")
        .run(certificate_of_the_class),
    Rule::new("PRB-05", Block, Correct, "Giấy tờ xét công nhận chính thức", "Hồ sơ xét công nhận còn thiếu: {missing}. Xin bổ sung trước ngày chi bộ họp.")
        .step("branch S15")
        .since(on(2016, 9, 20))
        .by("probation.branch_meeting_date")
        .cited("H16 4, 8.1b; H21 4, 8.1b; H25 4, 8.1b; H26; B25 II.1.1c")
        .reads("probation.self_review_date probation.helper_review_date probation.opinions_date probation.branch_meeting_date")
        .run(papers_for_recognition),
    Rule::new("PRB-06", Approve, Authority, "Ba lần không đủ tỷ lệ", "Đã ba lần biểu quyết không đủ hai phần ba; cần báo cáo cấp ủy cấp trên xem xét, quyết định.")
        .step("branch X3")
        .since(on(2016, 7, 25))
        .cited("Q29 4.2.3; Q24 4.2.3; Q232 4.2.3; Q294 4.2.3; Q20; Q208")
        .reads("probation.failed_votes")
        .run(three_failed_votes),
    Rule::new("PRB-07", Approve, Info, "Đề nghị xóa tên", "Việc đề nghị xóa tên do chi bộ, cấp ủy thực hiện theo quy định; ứng dụng không đánh giá.")
        .step("committee X3")
        .since(on(2016, 7, 25))
        .cited("Q29 4.2.1; Q24 4.2.1; Q232 4.2.1; Q294 4.2.1; Q20; Q208; H25 4.6; H26")
        .reads("probation.failed_votes")
        .nothing("đề nghị xóa tên là việc của chi bộ và cấp ủy, ứng dụng không xét"),
    Rule::new("PRB-08", Explain, CorrectOrNote, "Chuyển sinh hoạt trong thời gian dự bị", "Chuyển sinh hoạt trong thời gian dự bị: cần có bản nhận xét của đảng viên giúp đỡ nơi cũ gửi kèm.")
        .step("mentor S14")
        .since(on(2025, 6, 9))
        .by("procedure.ceremony_date")
        .cited("H25 3.10; H26")
        .reads("transfer.party_activity_decision_date probation.former_helper_review_date procedure.ceremony_date")
        .run(moved_during_probation),
    Rule::new("PRB-09", Explain, CorrectOrNote, "Tuổi đảng", "Tuổi đảng tính từ ngày cấp ủy có thẩm quyền ký quyết định kết nạp ({expected}). Xin kiểm tra.")
        .step("branch S16")
        .since(on(2016, 7, 25))
        .by("probation.decision_date")
        .cited("Q29 4.5.1; Q24 4.5.1; Q232 4.5.1; Q294 4.5.1; Q20; Q208 điểm chưa rõ ~secondary; H25 5.3; H26")
        .reads("probation.party_age_from procedure.decision_date")
        .run(party_age),
    Rule::new("PRB-10", Explain, CorrectOrNote, "Lý lịch đảng viên, phiếu đảng viên trong 30 ngày làm việc", "Lý lịch đảng viên và phiếu đảng viên cần lập chậm nhất ngày {limit}.")
        .step("branch S14")
        .since(on(2022, 1, 18))
        .by("procedure.ceremony_date")
        .cited("B22 I.2.2 (Lưu ý); B25 I.2.2 (Lưu ý)")
        .reads("procedure.ceremony_date probation.records_created_date")
        .run(records_made_in_time),
    Rule::new("PRB-11", Style, CorrectOrNote, "Số thẻ đảng viên là số định danh cá nhân", "Từ 02/9/2025 số thẻ đảng viên là số định danh cá nhân 12 số. Xin đối chiếu.")
        .step("committee S16")
        .since(on(2025, 9, 2))
        .cited("C347 >2025-09-02; B25 II.2.1, II.2.2")
        .reads("probation.card_number id_number")
        .run(card_number),
    Rule::new("PRB-12", Explain, Info, "Kết nạp sai tiêu chuẩn, thủ tục", "Thủ tục nào làm chưa đúng thì làm lại thủ tục đó; có trường hợp quyết định bị hủy. Vì vậy hãy kiểm tra kỹ trước khi nộp.")
        .step("committee X3")
        .since(on(2021, 7, 30))
        .cited("Q24 4.4; Q232 4.4; Q294 4.4; Q20; Q208; B25 I.3")
        .reads("procedure.decision_date")
        .nothing("việc hủy quyết định hay làm lại thủ tục do cấp ủy kết luận"),
];

const CEREMONY: &str = "procedure.ceremony_date";
const REVIEWED: &str = "probation.self_review_date";
const CONSIDERED: &str = "probation.branch_meeting_date";

/// Day on which the twelve months end.
fn end(p: &Probe<'_, '_>) -> Option<Date> {
    Some(add_months(p.date(CEREMONY)?, 12))
}

/// PRB-01.
fn twelve_months(p: &mut Probe<'_, '_>) {
    let (Some(end), Some(reviewed)) = (end(p), p.date(REVIEWED)) else {
        return;
    };
    if reviewed < end {
        p.block(REVIEWED).with("end", end);
    } else if reviewed == end {
        p.explain(REVIEWED).case("same_day").with("end", end);
    }
}

/// PRB-02.
fn considered_in_time(p: &mut Probe<'_, '_>) {
    let Some(end) = end(p) else { return };
    let limit = p.working_days(end, 30);
    p.late(Explain, CONSIDERED, "limit", limit, p.date(CONSIDERED));
}

/// PRB-03.
fn full_member_from_the_end(p: &mut Probe<'_, '_>) {
    let (Some(expected), Some(from)) = (end(p), p.date("probation.official_from_date")) else {
        return;
    };
    if from != expected {
        p.explain("probation.official_from_date").with("expected", expected);
    }
}

/// PRB-04.
fn certificate_of_the_class(p: &mut Probe<'_, '_>) {
    if p.date(CONSIDERED).is_some() && p.blank("probation.class_certificate_date") {
        p.block("probation.class_certificate_date");
    }
}

/// PRB-05.
fn papers_for_recognition(p: &mut Probe<'_, '_>) {
    if p.date(CONSIDERED).is_none() {
        return;
    }
    let papers = [
        ("10-KNĐ", REVIEWED),
        ("11-KNĐ", "probation.helper_review_date"),
        ("12-KNĐ", "probation.opinions_date"),
    ];
    let lacks: Vec<&'static str> = papers
        .into_iter()
        .filter(|(_, slug)| p.blank(slug))
        .map(|(paper, _)| paper)
        .collect();
    if !lacks.is_empty() {
        p.block(CONSIDERED).with("missing", lacks);
    }
}

/// PRB-06.
fn three_failed_votes(p: &mut Probe<'_, '_>) {
    if p.number("probation.failed_votes").is_some_and(|votes| votes >= 3.0) {
        p.approve("probation.failed_votes");
    }
}

/// PRB-08.
fn moved_during_probation(p: &mut Probe<'_, '_>) {
    const MOVED: &str = "transfer.party_activity_decision_date";
    let (Some(moved), Some(start), Some(end)) = (p.date(MOVED), p.date(CEREMONY), end(p)) else {
        return;
    };
    if start <= moved && moved <= end && p.blank("probation.former_helper_review_date") {
        p.explain("probation.former_helper_review_date");
    }
}

/// PRB-09.
fn party_age(p: &mut Probe<'_, '_>) {
    let (Some(from), Some(decided)) = (p.date("probation.party_age_from"), p.date("procedure.decision_date")) else {
        return;
    };
    if from != decided {
        p.explain("probation.party_age_from").with("expected", decided);
    }
}

/// PRB-10.
fn records_made_in_time(p: &mut Probe<'_, '_>) {
    let Some(start) = p.date(CEREMONY) else { return };
    let limit = p.working_days(start, 30);
    p.late(
        Explain,
        "probation.records_created_date",
        "limit",
        limit,
        p.date("probation.records_created_date"),
    );
}

/// PRB-11.
fn card_number(p: &mut Probe<'_, '_>) {
    let card = digits(p.text("probation.card_number"));
    if !card.is_empty() && !p.blank("id_number") && card != digits(p.text("id_number")) {
        p.style("probation.card_number");
    }
}
