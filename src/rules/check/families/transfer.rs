//! Moves during the procedure: transfer, full-time study, contract, secondment. Which organisation considers, and by when.

use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: &[Rule] = &[
    Rule::new("TRF-01", Explain, CorrectOrNote, "Chuyển nơi công tác, học tập khi đang được xem xét", "Bạn đã chuyển đơn vị: hãy xin cấp ủy nơi cũ giấy chứng nhận đang được tổ chức đảng giúp đỡ, xem xét kết nạp.")
        .step("branch X2")
        .since(on(2021, 9, 28))
        .cited("H21 3.9a; H25 3.9a; H26")
        .reads("transfer.decision_date transfer.certificate_date procedure.branch_meeting_date")
        .run(certificate_of_the_old_unit),
    Rule::new("TRF-02", Approve, Authority, "Chuyển sau khi chi bộ có nghị quyết, chưa gửi hồ sơ", "Cấp ủy nơi đi cần có công văn gửi kèm hồ sơ đến cấp ủy có thẩm quyền nơi đến xem xét.")
        .step("committee X2")
        .since(on(2025, 6, 9))
        .cited("H25 3.9b; H26")
        .reads("transfer.decision_date transfer.dossier_sent_up.answer procedure.branch_meeting_date procedure.decision_date")
        .run(letter_with_the_dossier),
    Rule::new("TRF-03", Explain, CorrectOrNote, "Chuyển khi hồ sơ đã gửi cấp trên", "Thời hạn chuyển (hoặc xem xét) hồ sơ là ngày {deadline}. Xin cấp ủy kiểm tra, nêu lý do nếu chậm.")
        .step("committee X2")
        .since(on(2025, 6, 9))
        .cited("H25 3.9b; H26")
        .reads("transfer.decision_date transfer.dossier_sent_up.answer transfer.forwarded_date transfer.dossier_received_date procedure.decision_date")
        .run(dossier_forwarded),
    Rule::new("TRF-04", Explain, Info, "Đã có quyết định, cùng cấp ủy có thẩm quyền", "Quyết định được chuyển đến cấp ủy cơ sở mới để tổ chức lễ kết nạp tại nơi đến.")
        .step("committee X2")
        .since(on(2025, 6, 9))
        .cited("H25 3.9c; H26")
        .reads("transfer.decision_date procedure.decision_date")
        .nothing("việc chuyển quyết định đến nơi mới do cấp ủy làm, không có số liệu để tính"),
    Rule::new("TRF-05", Block, Correct, "Quyết định trong 30 ngày làm việc sau khi chuyển", "Quyết định kết nạp ra sau khi đã chuyển đơn vị: lễ kết nạp tổ chức tại nơi đến. Xin cấp ủy chuyển quyết định và chọn lại nơi tổ chức lễ.")
        .step("committee X2")
        .since(on(2025, 6, 9))
        .cited("H25 3.9c; H26")
        .reads("procedure.decision_date transfer.decision_date transfer.same_committee.answer procedure.ceremony_place")
        .run(ceremony_at_the_new_place),
    Rule::new("TRF-06", Block, Correct, "Quyết định sau 30 ngày làm việc kể từ khi chuyển", "Quyết định kết nạp ra sau ngày {limit} (quá 30 ngày làm việc kể từ khi chuyển đơn vị). Nơi đi cần hủy quyết định và chuyển hồ sơ đến nơi mới.")
        .step("committee X2")
        .since(on(2025, 6, 9))
        .cited("H25 3.9c; H26")
        .reads("procedure.decision_date transfer.decision_date transfer.same_committee.answer")
        .run(decision_too_late),
    Rule::new("TRF-07", Block, Correct, "Học tập trung từ 12 tháng trở lên", "Người học tập trung từ 12 tháng cần có nhận xét bằng văn bản của tổ chức đảng nơi cư trú (và nơi cử đi học, nếu có) trước khi chi bộ trường xét.")
        .step("branch S9")
        .applies(group::PUPIL)
        .since(on(2025, 6, 9))
        .by(MEETING)
        .cited("H25 6.2a; H26")
        .reads("study.full_time_months study.home_comment_date procedure.branch_meeting_date")
        .run(full_time_study),
    Rule::new("TRF-08", Style, Info, "Trước khi công nhận tốt nghiệp: nhà trường xét", "Trong thời gian chờ quyết định công nhận tốt nghiệp, tổ chức đảng của trường xem xét.")
        .step("branch S10")
        .applies(group::PUPIL)
        .since(on(2025, 6, 9))
        .by(MEETING)
        .cited("H25 6.2b; H26")
        .reads("study.graduation_recognised_date")
        .nothing("chỉ nói nơi nào xem xét, không có số liệu để tính"),
    Rule::new("TRF-09", Block, Correct, "Sau khi tốt nghiệp: địa phương xét", "Đã có quyết định công nhận tốt nghiệp ngày {graduated}: sau ngày này tổ chức đảng ở địa phương (hoặc trường mới) xem xét. Xin chuyển hồ sơ, không tổ chức ở trường cũ.")
        .step("branch S10")
        .applies(group::PUPIL)
        .since(on(2025, 6, 9))
        .by(MEETING)
        .cited("H25 6.2b; H26; LHN02 4.6.4 ~local")
        .reads("study.graduation_recognised_date procedure.branch_meeting_date procedure.ceremony_date procedure.ceremony_place")
        .run(after_graduation),
    Rule::new("TRF-10", Explain, CorrectOrNote, "Lao động hợp đồng: mốc 12 tháng", "Hợp đồng đã làm liên tục {months} tháng: dưới 12 tháng do nơi cư trú xem xét, từ 12 tháng do nhà trường. Xin chi bộ xác định nơi xét.")
        .step("branch S5")
        .applies(group::WORKERS)
        .since(on(2025, 6, 9))
        .cited("H25 6.2c; H26")
        .reads("contract.kind contract.months_worked procedure.considered_at")
        .run(fixed_term_contract),
    Rule::new("TRF-11", Explain, CorrectOrNote, "Giáo viên hợp đồng theo năm học (Hà Nội)", "Theo hướng dẫn của Hà Nội, giáo viên hợp đồng theo năm học cần đủ hai năm học tại trường và có tham gia hoạt động hè.")
        .step("branch S5")
        .applies(group::TEACHER)
        .since(on(2025, 11, 21))
        .cited("LHN02 4.6.5a ~local")
        .seen(Seen::Local)
        .province("Thành phố Hà Nội")
        .reads("contract.kind contract.school_years contract.summer_activity.answer procedure.considered_at")
        .run(contract_by_school_year),
    Rule::new("TRF-12", Explain, CorrectOrNote, "Biệt phái từ 12 tháng", "Biệt phái từ 12 tháng trở lên: tổ chức đảng nơi biệt phái xem xét, có nhận xét của nơi cử đi. Xin kiểm tra.")
        .step("branch S5")
        .applies(group::WORKERS)
        .since(on(2025, 6, 9))
        .cited("H25 6.2a; H26")
        .reads("secondment.months secondment.home_comment_date procedure.considered_at")
        .run(secondment),
    Rule::new("TRF-13", Explain, Info, "Đảng viên ra trường chưa có việc làm", "Đảng viên tốt nghiệp chưa có việc làm có thể sinh hoạt tại đảng bộ trường tối đa 12 tháng, sau đó chuyển về nơi cư trú.")
        .step("branch S14")
        .applies(group::PUPIL)
        .since(on(2025, 6, 9))
        .by("procedure.ceremony_date")
        .cited("H25 10.2.1a; H26")
        .reads("probation.official_from_date")
        .nothing("lời hướng dẫn sau khi kết nạp, không có số liệu để tính"),
    Rule::new("TRF-14", Explain, CorrectOrNote, "Chuyển sinh hoạt đảng", "Thời hạn làm thủ tục chuyển sinh hoạt đảng là ngày {deadline}. Xin kiểm tra.")
        .step("branch X2")
        .since(on(2021, 7, 30))
        .cited("Q24 6.3.1a, c; Q232 6.3.1a, c; Q294 6.3.1a, c; Q20; Q208 điểm chưa rõ ~secondary")
        .reads("transfer.party_activity_decision_date transfer.paper_issued_date")
        .run(party_activity_moved),
];

const MOVED: &str = "transfer.decision_date";
const DECIDED: &str = "procedure.decision_date";

/// TRF-01.
fn certificate_of_the_old_unit(p: &mut Probe<'_, '_>) {
    if p.date(MOVED).is_some() && p.blank(MEETING) && p.blank("transfer.certificate_date") {
        p.explain("transfer.certificate_date");
    }
}

/// TRF-02.
fn letter_with_the_dossier(p: &mut Probe<'_, '_>) {
    let (Some(moved), Some(meeting)) = (p.date(MOVED), p.date(MEETING)) else {
        return;
    };
    if moved >= meeting && p.is("transfer.dossier_sent_up.answer", "không") && p.blank(DECIDED) {
        p.approve(MOVED);
    }
}

/// TRF-03.
fn dossier_forwarded(p: &mut Probe<'_, '_>) {
    let Some(moved) = p.date(MOVED) else { return };
    let decided = p.date(DECIDED);
    if !p.is("transfer.dossier_sent_up.answer", "có") || decided.is_some_and(|d| d <= moved) {
        return;
    }
    let limit = p.working_days(moved, 15);
    p.late(
        Explain,
        "transfer.forwarded_date",
        "deadline",
        limit,
        p.date("transfer.forwarded_date"),
    );
    if let Some(received) = p.date("transfer.dossier_received_date") {
        let limit = p.working_days(received, 30);
        p.late(Explain, DECIDED, "deadline", limit, decided);
    }
}

/// Decision and transfer between two committees, with the last of the thirty working days after the transfer.
fn between_committees(p: &Probe<'_, '_>) -> Option<(Date, Date, Date)> {
    let (decided, moved) = (p.date(DECIDED)?, p.date(MOVED)?);
    p.is("transfer.same_committee.answer", "không")
        .then(|| (decided, moved, p.working_days(moved, 30)))
}

/// TRF-05.
fn ceremony_at_the_new_place(p: &mut Probe<'_, '_>) {
    let Some((decided, moved, limit)) = between_committees(p) else {
        return;
    };
    if moved <= decided && decided <= limit && p.is("procedure.ceremony_place", "origin") {
        p.block("procedure.ceremony_place");
    }
}

/// TRF-06.
fn decision_too_late(p: &mut Probe<'_, '_>) {
    let Some((decided, _, limit)) = between_committees(p) else {
        return;
    };
    if decided > limit {
        p.block(DECIDED).with("limit", limit);
    }
}

/// TRF-07.
fn full_time_study(p: &mut Probe<'_, '_>) {
    let long = p.number("study.full_time_months").is_some_and(|months| months >= 12.0);
    if long && p.date(MEETING).is_some() && p.blank("study.home_comment_date") {
        p.block("study.home_comment_date");
    }
}

/// TRF-09.
fn after_graduation(p: &mut Probe<'_, '_>) {
    if !p.is("profile.group", "pupil") {
        return;
    }
    let Some(graduated) = p.date("study.graduation_recognised_date") else {
        return;
    };
    let Some(day) = p.date("procedure.ceremony_date").or(p.date(MEETING)) else {
        return;
    };
    let at_school = p.blank("procedure.ceremony_place") || p.is("procedure.ceremony_place", "origin");
    if day > graduated && at_school {
        p.block("study.graduation_recognised_date").with("graduated", graduated);
    }
}

/// TRF-10.
fn fixed_term_contract(p: &mut Probe<'_, '_>) {
    let Some(months) = p.number("contract.months_worked") else {
        return;
    };
    let at = p.text("procedure.considered_at");
    let wrong = (months < 12.0 && at == "school") || (months >= 12.0 && at == "residence");
    if p.is("contract.kind", "fixed_term") && wrong {
        p.explain("procedure.considered_at").with("months", whole(months));
    }
}

/// TRF-11.
fn contract_by_school_year(p: &mut Probe<'_, '_>) {
    if !p.in_province("01") || !p.is("contract.kind", "by_school_year") || !p.is("procedure.considered_at", "school") {
        return;
    }
    let few = p.number("contract.school_years").is_some_and(|years| years < 2.0);
    if few || !p.is("contract.summer_activity.answer", "có") {
        p.explain("contract.school_years");
    }
}

/// TRF-12.
fn secondment(p: &mut Probe<'_, '_>) {
    let long = p.number("secondment.months").is_some_and(|months| months >= 12.0);
    let there = p.is("procedure.considered_at", "secondment_place");
    if long && (!there || p.blank("secondment.home_comment_date")) {
        p.explain("procedure.considered_at");
    }
}

/// TRF-14.
fn party_activity_moved(p: &mut Probe<'_, '_>) {
    if let Some(decided) = p.date("transfer.party_activity_decision_date") {
        let limit = p.working_days(decided, 60);
        let done = p.date("transfer.party_activity_done_date");
        p.late(Explain, "transfer.party_activity_done_date", "deadline", limit, done);
    }
    if let Some(issued) = p.date("transfer.paper_issued_date") {
        let limit = p.working_days(issued, 30);
        let done = p.date("transfer.paper_presented_date");
        p.late(Explain, "transfer.paper_presented_date", "deadline", limit, done);
    }
}
