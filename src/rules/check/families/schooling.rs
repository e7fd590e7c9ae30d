//! Schooling on the day of the chi bộ meeting: diploma, completed programme, exceptions, and the tables of one province.

use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: &[Rule] = &[
    Rule::new("EDU-01", Block, Authority, "Bằng tốt nghiệp THCS trở lên", "Cần có bằng tốt nghiệp trung học cơ sở trở lên (mục 11). Nếu bạn đang ở vùng được xem xét riêng, hãy điền câu hỏi về nơi cư trú và báo cáo chi bộ.")
        .variants(&[("paper", "Bậc trung học cơ sở đang khai chưa có bằng (chỉ có giấy xác nhận hoặc chưa có giấy). Xin chi bộ cho biết có dùng được không và bổ sung giấy tờ.")])
        .also(&[Explain])
        .step("candidate S10")
        .since(on(2016, 7, 25))
        .until(on(2026, 7, 25))
        .by(MEETING)
        .cited("Q29 1.2a; Q24 1.2.1; Q232 1.2.1; Q294 1.2.1; Q20")
        .reads("education.certificate_held education.certificate_paper profile.special_area.answer profile.reputable_person.answer procedure.branch_meeting_date")
        .run(diploma),
    Rule::new("EDU-01b", Block, Authority, "Hoàn thành chương trình THCS trở lên", "Cần giấy tờ cho thấy đã hoàn thành chương trình trung học cơ sở trở lên (mục 11). Nếu bạn đang ở vùng được xem xét riêng, hãy điền câu hỏi về nơi cư trú và báo cáo chi bộ.")
        .variants(&[("paper", "Chưa có giấy tờ nào cho thấy đã hoàn thành chương trình trung học cơ sở. Hãy xin nhà trường giấy xác nhận.")])
        .also(&[Explain])
        .step("candidate S10")
        .since(on(2026, 7, 26))
        .by(MEETING)
        .cited("Q208 điểm chưa rõ ~secondary")
        .seen(Seen::Secondary)
        .reads("education.certificate_held education.certificate_paper profile.special_area.answer profile.reputable_person.answer procedure.branch_meeting_date")
        .run(programme),
    Rule::new("EDU-02", Explain, Authority, "Trường hợp hoàn thành tiểu học ở vùng khó khăn", "Bạn khai đã hoàn thành tiểu học và đang ở vùng được xem xét riêng ({area}). Hãy ghi rõ nơi ở, văn bản công nhận vùng ({decision}) và lý do chưa học tiếp để chi bộ xem xét.")
        .step("branch S10")
        .since(on(2016, 9, 20))
        .by(MEETING)
        .cited("H16 1.2; H21 1.2; H25 1.2a; H26")
        .reads("education.certificate_held profile.special_area.answer profile.special_area.kind profile.special_area.decision_no")
        .run(primary_in_a_special_area),
    Rule::new("EDU-03", Approve, Authority, "Già làng, trưởng bản, người có uy tín biết đọc, biết viết", "Trường hợp già làng, trưởng bản, người có uy tín cần văn bản đồng ý của ban thường vụ cấp ủy trực thuộc Trung ương trước khi ra quyết định. Xin báo cáo cấp ủy.")
        .step("committee S12")
        .applies(group::WORKERS)
        .since(on(2016, 9, 20))
        .by("procedure.decision_date")
        .cited("H16 1.2; H21 1.2; H25 1.2b; H26")
        .reads("education.certificate_held profile.special_area.answer profile.reputable_person.answer procedure.authority_decisions[]")
        .run(elder_who_reads),
    Rule::new("EDU-04", Explain, CorrectOrNote, "Kết quả học tập, rèn luyện của học sinh (theo tỉnh)", "Theo hướng dẫn của tỉnh/thành, kết quả năm học {year} cần chi bộ xem xét thêm.")
        .step("branch S10")
        .applies(group::PUPIL)
        .since(on(2025, 11, 21))
        .by(MEETING)
        .cited("LHN02 I.3.5, 3.6 ~local")
        .seen(Seen::Local)
        .province("Thành phố Hà Nội")
        .reads("profile.school_results[]")
        .run(pupil_results),
    Rule::new("EDU-05", Explain, CorrectOrNote, "Xếp loại viên chức hai năm liền (theo tỉnh)", "Theo hướng dẫn của tỉnh/thành, xếp loại năm {year} cần chi bộ xem xét thêm.")
        .step("branch S10")
        .applies(group::WORKERS)
        .since(on(2025, 11, 21))
        .by(MEETING)
        .cited("LHN02 I.3.1 ~local")
        .seen(Seen::Local)
        .province("Thành phố Hà Nội")
        .reads("profile.staff_ratings[]")
        .run(staff_ratings),
];

const HELD: &str = "education.certificate_held";
const PAPER: &str = "education.certificate_paper";

/// Schooling, lowest first.
const RANKS: [&str; 5] = ["none", "literate", "primary", "lower_secondary", "upper_secondary"];
const LOWER_SECONDARY: usize = 3;

fn rank(p: &Probe<'_, '_>) -> Option<usize> {
    let held = p.text(HELD);
    RANKS.iter().position(|r| *r == held)
}

fn excepted(p: &Probe<'_, '_>) -> bool {
    let area = p.is("profile.special_area.answer", "có");
    area && (p.is(HELD, "primary") || (p.is(HELD, "literate") && p.is("profile.reputable_person.answer", "có")))
}

fn too_low(p: &mut Probe<'_, '_>) {
    let severity = if p.date(MEETING).is_some() { Block } else { Explain };
    p.find(severity, HELD).case("level");
}

/// EDU-01.
fn diploma(p: &mut Probe<'_, '_>) {
    match rank(p) {
        Some(rank) if rank < LOWER_SECONDARY && !excepted(p) => too_low(p),
        Some(rank) if rank < LOWER_SECONDARY => {}
        Some(_) if !p.is(PAPER, "diploma") => drop(p.explain(PAPER).case("paper")),
        _ => {}
    }
}

/// EDU-01b.
fn programme(p: &mut Probe<'_, '_>) {
    match rank(p) {
        Some(rank) if rank < LOWER_SECONDARY && !excepted(p) => too_low(p),
        Some(rank) if rank < LOWER_SECONDARY => {}
        Some(_) if p.blank(PAPER) || p.is(PAPER, "none") => drop(p.explain(PAPER).case("paper")),
        _ => {}
    }
}

/// EDU-02.
fn primary_in_a_special_area(p: &mut Probe<'_, '_>) {
    if p.is(HELD, "primary") && p.is("profile.special_area.answer", "có") {
        let area = or_unknown(p.text("profile.special_area.kind"));
        let decision = or_unknown(p.text("profile.special_area.decision_no"));
        p.explain(HELD).with("area", area).with("decision", decision);
    }
}

/// EDU-03.
fn elder_who_reads(p: &mut Probe<'_, '_>) {
    if p.is(HELD, "literate")
        && p.is("profile.special_area.answer", "có")
        && p.is("profile.reputable_person.answer", "có")
        && !decided_before(p, "EDU03", true)
    {
        p.approve(HELD);
    }
}

/// Ratings, lowest first.
const RATINGS: [&[&str]; 5] = [
    &["yếu", "kém", "chưa đạt"],
    &["trung bình", "đạt"],
    &["khá"],
    &["giỏi", "tốt"],
    &["xuất sắc"],
];
const KHA: usize = 2;

fn rating(text: &str) -> Option<usize> {
    let text = fold(text);
    RATINGS.iter().position(|words| words.contains(&text.as_str()))
}

/// EDU-04.
fn pupil_results(p: &mut Probe<'_, '_>) {
    if !p.in_province("01") {
        return;
    }
    for row in p.facts.rows("profile.school_results") {
        let low = rating(row.text("academic")).is_some_and(|r| r < KHA);
        let conduct = !row.blank("conduct") && fold(row.text("conduct")) != "tốt";
        if low || conduct {
            p.explain(&row.path("academic")).with("year", row.text("year"));
        }
    }
}

/// EDU-05.
fn staff_ratings(p: &mut Probe<'_, '_>) {
    if !p.in_province("01") {
        return;
    }
    let before = p.date(MEETING).map_or(p.act.y, |m| m.y);
    let mut rows: Vec<(i32, Row<'_>)> = p
        .facts
        .rows("profile.staff_ratings")
        .filter_map(|row| Some((date::read(row.text("year"))?.year()?, row)))
        .collect();
    rows.retain(|(year, _)| *year <= before);
    sort(&mut rows, |(a, _), (b, _)| a > b);
    for (year, row) in rows.into_iter().take(2) {
        let rating = fold(row.text("rating"));
        let good = rating.contains("hoàn thành tốt") || rating.contains("xuất sắc");
        if !rating.is_empty() && !good {
            p.explain(&row.path("rating")).with("year", year);
        }
    }
}
