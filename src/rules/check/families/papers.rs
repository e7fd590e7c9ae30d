//! The papers of the dossier: how long they live, in which order they come, who must have been asked.

use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: &[Rule] = &[
    Rule::new("DOS-01", Block, Correct, "Giấy tờ hồ sơ có giá trị 12 tháng", "Giấy {paper} ngày {paper_date} đã quá 12 tháng (đến {expires}). Cần làm lại giấy này trước khi chi bộ xét.")
        .step("branch S10")
        .since(on(2016, 9, 20))
        .by(MEETING)
        .cited("H16 5.4; H21 5.4; H25 5.4a; H26")
        .reads("procedure.introductions[] procedure.union_resolution.date procedure.opinions.date procedure.branch_meeting_date")
        .run(twelve_months),
    Rule::new("DOS-02", Explain, CorrectOrNote, "Mốc tính 12 tháng của hồ sơ", "Giấy sớm nhất trong hồ sơ ({oldest}, ngày {oldest_date}) đã quá 12 tháng. Văn bản không nói rõ mốc “lập hồ sơ”; xin hỏi cấp ủy có cần bổ sung không.")
        .step("branch S10")
        .since(on(2016, 9, 20))
        .by(MEETING)
        .cited("H16 5.4; H21 5.4; H25 5.4a; H26")
        .seen(Seen::Interpretation)
        .reads("procedure.application_date declaration.date procedure.branch_meeting_date")
        .run(oldest_paper),
    Rule::new("DOS-03", Explain, CorrectOrNote, "Thẩm tra lại chính trị hiện nay (Hà Nội)", "Theo hướng dẫn của Hà Nội, hồ sơ quá 12 tháng cần thẩm tra lại vấn đề chính trị hiện nay.")
        .step("branch S10")
        .since(on(2025, 11, 21))
        .by(MEETING)
        .cited("LHN02 1.1.3.1 ~local")
        .seen(Seen::Local)
        .province("Thành phố Hà Nội")
        .reads("procedure.branch_meeting_date")
        .run(politics_again),
    Rule::new("DOS-04", Block, Correct, "Tự làm đơn xin vào Đảng", "Chưa có đơn xin vào Đảng do chính bạn viết. Hãy tự viết đơn bằng lời của mình, nói rõ nhận thức và động cơ.")
        .variants(&[("copied", "Phần tự viết của đơn rất giống đơn của người khác. Hãy viết lại bằng lời của mình.")])
        .also(&[Explain])
        .step("candidate S6")
        .since(on(2016, 9, 20))
        .cited("H16 3.2; H21 3.2; H25 3.2; H26")
        .reads("procedure.application_date papers.application.text procedure.branch_meeting_date")
        .run(own_application),
    Rule::new("DOS-05", Explain, Info, "Viết tay", "Bản in từ ứng dụng chỉ là bản nháp. Hãy chép tay vào quyển lý lịch theo hướng dẫn “chép tay”, không dán, không tẩy xóa.")
        .step("candidate S6")
        .since(on(2025, 11, 21))
        .cited("LHN02 1.1.2.1a ~local")
        .seen(Seen::Local)
        .province("Thành phố Hà Nội")
        .reads("declaration.date")
        .nothing("máy không nhìn thấy chữ viết tay; lời nhắc đi cùng mọi bản xuất"),
    Rule::new("DOS-06", Explain, CorrectOrNote, "Sau khi được cho phép làm thủ tục", "{paper} ngày {paper_date} có trước ngày được phép làm thủ tục ({permission_date}). Xin hỏi chi bộ về thứ tự.")
        .variants(&[("missing", "Chưa ghi ngày được phép làm thủ tục xem xét kết nạp. Xin chi bộ bổ sung.")])
        .step("branch S5")
        .since(on(2025, 9, 29))
        .cited("B25 I.1.1c, I.1.1d")
        .reads("procedure.permission_date procedure.application_date declaration.date")
        .run(after_permission),
    Rule::new("DOS-07", Explain, CorrectOrNote, "Ngày được xét là cảm tình Đảng", "Ngày được xét là cảm tình Đảng trong đơn chưa khớp với nghị quyết chi bộ. Hãy hỏi chi bộ để ghi đúng, không tự nhớ.")
        .variants(&[("not_listed", "Hãy hỏi chi bộ ngày được xét là cảm tình Đảng theo nghị quyết, đừng tự nhớ.")])
        .step("candidate S6")
        .since(on(2017, 6, 5))
        .cited("FRM mẫu 1-KNĐ; LHN02 1.2.1(4) ~local")
        .reads("papers.application.listed_date procedure.listed_date")
        .run(day_of_listing),
    Rule::new("DOS-08", Block, Correct, "Lấy ý kiến đoàn thể và nơi cư trú", "Chưa có ý kiến của: {who}. Cần lấy đủ ý kiến trước khi chi bộ xét.")
        .step("branch S9")
        .since(on(2016, 9, 20))
        .by(MEETING)
        .cited("H16 3.5; H21 3.5; H25 3.5; H26")
        .reads("profile.organisations[] procedure.opinions.organisations[] procedure.opinions.residence.date procedure.branch_meeting_date")
        .run(everybody_asked),
    Rule::new("DOS-09", Explain, CorrectOrNote, "Số liệu trong bản tổng hợp ý kiến khớp nhau", "Số liệu ý kiến của {who} chưa khớp, xin kiểm tra lại.")
        .step("branch S9")
        .since(on(2017, 6, 5))
        .by(MEETING)
        .cited("FRM mẫu 5-KNĐ")
        .reads("procedure.opinions.organisations[] procedure.opinions.residence.asked")
        .run(numbers_of_opinions),
    Rule::new("DOS-10", Block, Correct, "Đủ giấy tờ trước khi chi bộ xét", "Hồ sơ trình chi bộ còn thiếu: {missing}. Xin bổ sung trước ngày họp.")
        .step("branch S10")
        .since(on(2016, 9, 20))
        .by(MEETING)
        .cited("H16 8.1a; H21 8.1a; H25 8.1a; H26; B25 II.1.1a, b")
        .reads("declaration.date procedure.certification_date procedure.introductions[] procedure.branch_meeting_date")
        .run(complete_before_the_vote),
    Rule::new("DOS-11", Explain, CorrectOrNote, "Bản sao giấy khai sinh, bằng tốt nghiệp (Hà Nội)", "Theo hướng dẫn của Hà Nội, hồ sơ cần bản sao: {missing}.")
        .step("branch S9")
        .since(on(2025, 11, 21))
        .by(MEETING)
        .cited("LHN02 1.2.1 ~local")
        .seen(Seen::Local)
        .province("Thành phố Hà Nội")
        .reads("procedure.copies.birth_certificate procedure.copies.diploma")
        .run(copies),
    Rule::new("DOS-12", Explain, CorrectOrNote, "Ý kiến phụ huynh học sinh THPT (Hà Nội)", "Theo hướng dẫn của Hà Nội, cần có ý kiến phụ huynh trước khi đưa học sinh vào diện cảm tình Đảng.")
        .step("branch S1")
        .applies(group::PUPIL)
        .since(on(2025, 11, 21))
        .cited("LHN02 1.1.1.1 ~local")
        .seen(Seen::Local)
        .province("Thành phố Hà Nội")
        .reads("procedure.parents_opinion_date procedure.listed_date")
        .run(parents_opinion),
];

const INTRODUCTIONS: &str = "procedure.introductions";
const APPLICATION: &str = "procedure.application_date";
const DECLARED: &str = "declaration.date";
const PERMITTED: &str = "procedure.permission_date";
const ORGANISATIONS: &str = "procedure.opinions.organisations";

/// Months a paper that can be redone lives.
const LIFE: i32 = 12;

/// Papers that are redone: place, name, day.
fn papers(p: &Probe<'_, '_>) -> Vec<(String, &'static str, Date)> {
    let mut out: Vec<(String, &'static str, Date)> = p
        .rows(INTRODUCTIONS)
        .filter_map(|x| Some((x.path("date"), "3-KNĐ", x.date("date")?)))
        .collect();
    let union = match p.text("procedure.union_resolution.kind") {
        "4-KNĐ" => "4-KNĐ",
        "4A-KNĐ" => "4A-KNĐ",
        _ => "4-KNĐ/4A-KNĐ",
    };
    for (slug, name) in [
        ("procedure.union_resolution.date", union),
        ("procedure.opinions.date", "5-KNĐ"),
    ] {
        if let Some(date) = p.date(slug) {
            out.push((slug.to_string(), name, date));
        }
    }
    out
}

fn is_stale(paper: Date, meeting: Date) -> bool {
    meeting > add_months(paper, LIFE)
}

fn any_stale(p: &Probe<'_, '_>) -> bool {
    p.date(MEETING)
        .is_some_and(|meeting| papers(p).iter().any(|(_, _, date)| is_stale(*date, meeting)))
}

/// DOS-01.
fn twelve_months(p: &mut Probe<'_, '_>) {
    let Some(meeting) = p.date(MEETING) else { return };
    for (place, paper, date) in papers(p) {
        if is_stale(date, meeting) {
            p.block(&place)
                .with("paper", paper)
                .with("paper_date", date)
                .with("expires", add_months(date, LIFE));
        }
    }
}

/// DOS-02.
fn oldest_paper(p: &mut Probe<'_, '_>) {
    let Some(meeting) = p.date(MEETING) else { return };
    let own = [(APPLICATION, "đơn xin vào Đảng"), (DECLARED, "lý lịch")];
    let mut all: Vec<(String, &'static str, Date)> = own
        .iter()
        .filter_map(|(slug, name)| Some((slug.to_string(), *name, p.date(slug)?)))
        .collect();
    all.extend(papers(p));
    let Some((place, oldest, date)) = all.into_iter().min_by_key(|(_, _, date)| *date) else {
        return;
    };
    if is_stale(date, meeting) && !any_stale(p) {
        p.explain(&place).with("oldest", oldest).with("oldest_date", date);
    }
}

/// DOS-03.
fn politics_again(p: &mut Probe<'_, '_>) {
    if p.in_province("01") && any_stale(p) {
        p.explain(MEETING);
    }
}

/// From this share of equal shingles on, two texts count as copied.
const COPIED: f64 = 0.9;

/// DOS-04.
fn own_application(p: &mut Probe<'_, '_>) {
    if p.date(MEETING).is_some() && p.blank(APPLICATION) {
        p.block(APPLICATION);
    }
    let own = p.text("papers.application.text");
    if !own.is_empty() && p.other_texts.iter().any(|other| similarity(own, other) >= COPIED) {
        p.explain("papers.application.text").case("copied");
    }
}

/// DOS-06.
fn after_permission(p: &mut Probe<'_, '_>) {
    let Some(permitted) = p.date(PERMITTED) else {
        if p.blank(PERMITTED) && p.date(MEETING).is_some() {
            p.explain(PERMITTED).case("missing");
        }
        return;
    };
    for (slug, paper) in [(APPLICATION, "Đơn xin vào Đảng"), (DECLARED, "Lý lịch")] {
        if let Some(date) = p.date(slug).filter(|date| *date < permitted) {
            p.explain(slug)
                .with("paper", paper)
                .with("paper_date", date)
                .with("permission_date", permitted);
        }
    }
}

/// DOS-07.
fn day_of_listing(p: &mut Probe<'_, '_>) {
    const WRITTEN: &str = "papers.application.listed_date";
    let Some(written) = p.date(WRITTEN) else { return };
    match p.date("procedure.listed_date") {
        Some(listed) if listed != written => drop(p.explain(WRITTEN)),
        None if p.blank("procedure.listed_date") => drop(p.explain(WRITTEN).case("not_listed")),
        _ => {}
    }
}

/// DOS-08.
fn everybody_asked(p: &mut Probe<'_, '_>) {
    if p.date(MEETING).is_none() {
        return;
    }
    for o in p.facts.rows("profile.organisations") {
        let name = o.text("_");
        if !name.is_empty() && !p.rows(ORGANISATIONS).any(|asked| same(asked.text("name"), name)) {
            p.block(ORGANISATIONS).with("who", name);
        }
    }
    if p.blank("procedure.opinions.residence.date") {
        p.block("procedure.opinions.residence.date")
            .with("who", "chi ủy nơi cư trú");
    }
}

/// Whether the numbers of an opinion do not fit.
fn disagree(asked: Option<f64>, agree: Option<f64>, against: Option<f64>, percent: Option<f64>) -> bool {
    let (Some(asked), Some(agree)) = (asked, agree) else {
        return false;
    };
    let share = if asked > 0.0 { 100.0 * agree / asked } else { 0.0 };
    agree + against.unwrap_or(0.0) > asked || percent.is_some_and(|p| (p - share).abs() > 0.5)
}

/// DOS-09.
fn numbers_of_opinions(p: &mut Probe<'_, '_>) {
    for o in p.facts.rows(ORGANISATIONS) {
        if disagree(
            o.number("asked"),
            o.number("agree"),
            o.number("disagree"),
            o.number("percent"),
        ) {
            p.explain(&o.path("asked")).with("who", o.text("name"));
        }
    }
    let number = |name: &str| p.number(&format!("procedure.opinions.residence.{name}"));
    if disagree(number("asked"), number("agree"), number("disagree"), number("percent")) {
        p.explain("procedure.opinions.residence.asked")
            .with("who", "chi ủy nơi cư trú");
    }
}

/// DOS-10.
fn complete_before_the_vote(p: &mut Probe<'_, '_>) {
    if p.date(MEETING).is_none() {
        return;
    }
    let mut lacks = Vec::new();
    if p.blank(DECLARED) {
        lacks.push("lý lịch 2-KNĐ");
    }
    if p.blank("procedure.certification_date") {
        lacks.push("chứng nhận lý lịch");
    }
    if p.rows(INTRODUCTIONS).next().is_none() {
        lacks.push("giấy giới thiệu 3-KNĐ");
    }
    if !lacks.is_empty() {
        p.block(MEETING).with("missing", lacks);
    }
}

/// DOS-11.
fn copies(p: &mut Probe<'_, '_>) {
    if !p.in_province("01") || p.date(MEETING).is_none() {
        return;
    }
    let mut lacks = Vec::new();
    for code in ["birth_certificate", "diploma"] {
        if !p.is(&format!("procedure.copies.{code}"), "có") {
            lacks.push(code);
        }
    }
    if !lacks.is_empty() {
        p.explain("procedure.copies.birth_certificate").with("missing", lacks);
    }
}

/// DOS-12.
fn parents_opinion(p: &mut Probe<'_, '_>) {
    if !p.in_province("01") || !p.is("profile.group", "pupil") {
        return;
    }
    let Some(listed) = p.date("procedure.listed_date") else {
        return;
    };
    let given = p.date("procedure.parents_opinion_date");
    if p.blank("procedure.parents_opinion_date") || given.is_some_and(|given| given > listed) {
        p.explain("procedure.parents_opinion_date");
    }
}
