//! Age on the day of the chi bộ meeting. Before a meeting is set, age is never tested.

use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: &[Rule] = &[
    Rule::new("AGE-01", Block, Correct, "Đủ 18 tuổi khi chi bộ xét", "Tính đến ngày họp chi bộ {meeting_date}, người vào Đảng mới được {months} tháng tuổi, chưa đủ 216 tháng (18 tuổi). Nên chọn ngày họp từ {earliest_date} trở đi.")
        .step("branch S10")
        .since(on(2016, 7, 25))
        .by(MEETING)
        .cited("Q29 1.1; Q24 1.1.1; Q232 1.1.1; Q294 1.1.1; Q20; Q208 điểm chưa rõ ~secondary")
        .reads("birth_date procedure.branch_meeting_date")
        .run(eighteen),
    Rule::new("AGE-02", Explain, CorrectOrNote, "Cách tính tuổi theo tháng ở ngày giáp ranh", "Đã đến tháng tròn 18 tuổi nhưng chưa đến ngày sinh (họp ngày {meeting_date}). Văn bản chỉ ghi “tính theo tháng”, chưa nói rõ cách tính; nên hỏi cấp ủy hoặc chọn ngày họp từ {earliest_date}.")
        .step("branch S10")
        .since(on(2016, 7, 25))
        .by(MEETING)
        .cited("Q29 1.1; Q24 1.1.1; Q232 1.1.1; Q294 1.1.1; Q20; Q208")
        .seen(Seen::Interpretation)
        .reads("birth_date procedure.branch_meeting_date")
        .run(month_reached_day_not),
    Rule::new("AGE-03", Approve, Authority, "Trên 60 tuổi do cấp ủy trực thuộc Trung ương xem xét", "Tại ngày họp {meeting_date}, người vào Đảng đã qua mốc 60 tuổi. Trường hợp này do cấp ủy trực thuộc Trung ương xem xét; xin báo cáo cấp ủy trước khi làm tiếp.")
        .variants(&[("same_month", "Ngày họp {meeting_date} đã qua ngày tròn 60 tuổi nhưng chưa sang tháng tiếp theo; văn bản chỉ ghi “tính theo tháng”. Xin hỏi cấp ủy.")])
        .also(&[Explain])
        .step("branch S10")
        .applies(group::WORKERS)
        .since(on(2016, 7, 25))
        .by(MEETING)
        .cited("Q29 1.1; Q24 1.1.2; Q232 1.1.2; Q294 1.1.2; Q20; Q208")
        .reads("birth_date procedure.branch_meeting_date")
        .run(over_sixty),
    Rule::new("AGE-04", Approve, Authority, "Văn bản đồng ý khi kết nạp người trên 60 tuổi", "Cần ghi số và ngày văn bản đồng ý của ban thường vụ cấp ủy trực thuộc Trung ương, có trước ngày ra quyết định kết nạp.")
        .step("committee S12")
        .applies(group::WORKERS)
        .since(on(2016, 9, 20))
        .by("procedure.decision_date")
        .cited("H16 1.1; H21 1.1; H25 1.1; H26")
        .reads("birth_date procedure.branch_meeting_date procedure.authority_decisions[]")
        .run(consent_over_sixty),
    Rule::new("AGE-05", Style, Info, "Dưới 18 tuổi vẫn được theo dõi, học lớp nhận thức", "Chưa đủ 18 tuổi vẫn có thể được theo dõi, giúp đỡ và học lớp nhận thức về Đảng; tuổi chỉ tính tại ngày chi bộ họp xét.")
        .step("branch S3")
        .applies(group::PUPIL)
        .since(on(2025, 11, 21))
        .cited("LHN02 2.1 ~local")
        .seen(Seen::Local)
        .province("Thành phố Hà Nội")
        .reads("birth_date procedure.class_start")
        .nothing("tuổi chỉ xét khi đã có ngày chi bộ họp; trước đó AGE-01 đến AGE-04 không nhắc gì"),
];

const EIGHTEEN: i32 = 216;
const SIXTY: i32 = 720;

fn both(p: &Probe<'_, '_>) -> Option<(Date, Date)> {
    Some((p.date("birth_date")?, p.date(MEETING)?))
}

/// AGE-01.
fn eighteen(p: &mut Probe<'_, '_>) {
    let Some((born, meeting)) = both(p) else { return };
    let months = months_completed(born, meeting);
    if months < EIGHTEEN && months_calendar(born, meeting) < EIGHTEEN {
        p.block(MEETING)
            .with("meeting_date", meeting)
            .with("months", months)
            .with("earliest_date", add_months(born, EIGHTEEN));
    }
}

/// AGE-02.
fn month_reached_day_not(p: &mut Probe<'_, '_>) {
    let Some((born, meeting)) = both(p) else { return };
    if months_completed(born, meeting) == EIGHTEEN - 1 && months_calendar(born, meeting) == EIGHTEEN {
        p.explain(MEETING)
            .with("meeting_date", meeting)
            .with("earliest_date", add_months(born, EIGHTEEN));
    }
}

/// AGE-03.
fn over_sixty(p: &mut Probe<'_, '_>) {
    let Some((born, meeting)) = both(p) else { return };
    let months = months_completed(born, meeting);
    if months > SIXTY {
        p.approve(MEETING).with("meeting_date", meeting);
    } else if months == SIXTY && meeting > add_months(born, SIXTY) {
        p.explain(MEETING).case("same_month").with("meeting_date", meeting);
    }
}

/// AGE-04.
fn consent_over_sixty(p: &mut Probe<'_, '_>) {
    let Some((born, meeting)) = both(p) else { return };
    if months_completed(born, meeting) > SIXTY && !decided_before(p, "AGE60", true) {
        p.approve("procedure.authority_decisions");
    }
}
