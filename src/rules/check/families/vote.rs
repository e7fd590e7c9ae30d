//! Votes of the chi bộ, the grassroots committee and the deciding level: arithmetic only.

use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: &[Rule] = &[
    Rule::new("VOT-01", Block, Correct, "Chi bộ: từ hai phần ba đảng viên chính thức", "Có {agree}/{official} đảng viên chính thức tán thành; cần ít nhất {needed}. Kết quả vẫn phải báo cáo cấp trên.")
        .step("branch S10")
        .since(on(2016, 9, 20))
        .by(MEETING)
        .cited("H16 3.6; H21 3.6; H25 3.6b; H26")
        .reads("procedure.branch_vote.agree procedure.branch_vote.official")
        .run(branch),
    Rule::new("VOT-02", Block, Correct, "Đảng ủy cơ sở: từ hai phần ba cấp ủy viên", "Có {agree}/{total} cấp ủy viên tán thành; cần ít nhất {needed}.")
        .step("committee S11")
        .since(on(2016, 9, 20))
        .by("procedure.grassroots_meeting_date")
        .cited("H16 3.6; H21 3.6; H25 3.6c; H26")
        .reads("procedure.grassroots_vote.agree procedure.grassroots_vote.total")
        .run(grassroots),
    Rule::new("VOT-03", Block, Correct, "Cấp quyết định và tỷ lệ", "Số tán thành {agree}/{total} chưa đạt tỷ lệ cần thiết ({needed}) ở cấp quyết định.")
        .step("committee S12")
        .since(on(2016, 9, 20))
        .until(on(2026, 7, 25))
        .by("procedure.decision_date")
        .cited("Q24 4.3.2; Q232 4.3.2; Q294 4.3.2; Q20; H16 3.7; H21 3.7; H25 3.7a, b; H26")
        .reads("procedure.deciding_vote.body procedure.deciding_vote.agree procedure.deciding_vote.total")
        .run(deciding_level),
    Rule::new("VOT-03b", Explain, Info, "Cấp quyết định từ 26/7/2026", "Từ 26/7/2026 thẩm quyền quyết định có thay đổi theo Quy định 208-QĐ/TW (chưa đối chiếu được nguyên văn). Xin cấp ủy xác nhận cấp quyết định và tỷ lệ.")
        .step("committee S12")
        .since(on(2026, 7, 26))
        .by("procedure.decision_date")
        .cited("Q208 điểm chưa rõ ~secondary")
        .seen(Seen::Secondary)
        .reads("procedure.decision_date procedure.deciding_vote.body")
        .run(deciding_level_changed),
    Rule::new("VOT-04", Explain, CorrectOrNote, "Điều kiện ủy quyền cho đảng ủy cơ sở", "Việc ủy quyền quyết định kết nạp cần đảng bộ cơ sở trên 100 đảng viên và ba năm liền hoàn thành tốt. Xin kiểm tra văn bản ủy quyền.")
        .step("committee S12")
        .since(on(2025, 7, 1))
        .by("procedure.decision_date")
        .cited("Q294 22.1; Q20; Q208")
        .reads("procedure.deciding_vote.body procedure.delegation.members procedure.delegation.good_years")
        .run(delegation),
    Rule::new("VOT-05", Explain, CorrectOrNote, "Hình thức biểu quyết; không đủ tỷ lệ vẫn báo cáo", "Nghị quyết chi bộ cần ghi: {what}.")
        .step("branch S10")
        .since(on(2025, 6, 9))
        .by(MEETING)
        .cited("H25 5.1; H26")
        .reads("procedure.branch_vote.form procedure.branch_vote.reported_up.answer")
        .run(form_of_the_vote),
    Rule::new("VOT-06", Explain, CorrectOrNote, "Nội dung nghị quyết chi bộ (6-KNĐ)", "Nghị quyết đề nghị kết nạp còn thiếu nội dung: {missing}. Xin chi bộ bổ sung.")
        .step("branch S10")
        .since(on(2016, 9, 20))
        .by(MEETING)
        .cited("H16 3.6; H21 3.6; H25 3.6b; H26")
        .reads("procedure.branch_resolution_has")
        .run(content_of_the_resolution),
];

/// Agreeing and all, as whole numbers, when both are given.
fn votes(p: &Probe<'_, '_>, agree: &str, all: &str) -> Option<(i32, i32)> {
    Some((whole(p.number(agree)?), whole(p.number(all)?)))
}

fn below_two_thirds(agree: i32, all: i32) -> bool {
    3 * agree < 2 * all
}

/// Two thirds, rounded up.
fn two_thirds(all: i32) -> i32 {
    (2 * all + 2) / 3
}

const BRANCH: (&str, &str) = ("procedure.branch_vote.agree", "procedure.branch_vote.official");

/// VOT-01.
fn branch(p: &mut Probe<'_, '_>) {
    let Some((agree, official)) = votes(p, BRANCH.0, BRANCH.1) else {
        return;
    };
    if below_two_thirds(agree, official) {
        p.block(BRANCH.0)
            .with("agree", agree)
            .with("official", official)
            .with("needed", two_thirds(official));
    }
}

/// VOT-02.
fn grassroots(p: &mut Probe<'_, '_>) {
    let Some((agree, total)) = votes(p, "procedure.grassroots_vote.agree", "procedure.grassroots_vote.total") else {
        return;
    };
    if below_two_thirds(agree, total) {
        p.block("procedure.grassroots_vote.agree")
            .with("agree", agree)
            .with("total", total)
            .with("needed", two_thirds(total));
    }
}

const BODY: &str = "procedure.deciding_vote.body";

/// VOT-03.
fn deciding_level(p: &mut Probe<'_, '_>) {
    let Some((agree, total)) = votes(p, "procedure.deciding_vote.agree", "procedure.deciding_vote.total") else {
        return;
    };
    let needed = match p.text(BODY) {
        "delegated_grassroots" if below_two_thirds(agree, total) => two_thirds(total),
        "upper_standing" | "provincial_standing" if 2 * agree <= total => total / 2 + 1,
        _ => return,
    };
    p.block("procedure.deciding_vote.agree")
        .with("agree", agree)
        .with("total", total)
        .with("needed", needed);
}

/// VOT-03b.
fn deciding_level_changed(p: &mut Probe<'_, '_>) {
    if p.date("procedure.decision_date").is_some() && !p.blank(BODY) {
        p.explain(BODY);
    }
}

/// VOT-04.
fn delegation(p: &mut Probe<'_, '_>) {
    let small = p.number("procedure.delegation.members").is_some_and(|n| n <= 100.0);
    let short = p.number("procedure.delegation.good_years").is_some_and(|n| n < 3.0);
    if p.is(BODY, "delegated_grassroots") && (small || short) {
        p.explain("procedure.delegation.members");
    }
}

/// VOT-05.
fn form_of_the_vote(p: &mut Probe<'_, '_>) {
    let form = p.text("procedure.branch_vote.form");
    if p.date(MEETING).is_some() && !p.blank(BRANCH.0) && !matches!(form, "secret_ballot" | "card") {
        p.explain("procedure.branch_vote.form")
            .with("what", "hình thức biểu quyết");
    }
    let missed = votes(p, BRANCH.0, BRANCH.1).is_some_and(|(agree, official)| below_two_thirds(agree, official));
    if missed && !p.is("procedure.branch_vote.reported_up.answer", "có") {
        p.explain("procedure.branch_vote.reported_up.answer")
            .with("what", "báo cáo cấp trên");
    }
}

/// VOT-06.
fn content_of_the_resolution(p: &mut Probe<'_, '_>) {
    if p.date(MEETING).is_none() {
        return;
    }
    let mut lacks = Vec::new();
    for code in [
        "lylich",
        "awareness",
        "strengths_weaknesses",
        "ability",
        "mass_relations",
        "votes",
    ] {
        if p.is(&format!("procedure.branch_resolution_has.{code}"), "không") {
            lacks.push(code);
        }
    }
    if !lacks.is_empty() {
        p.explain("procedure.branch_resolution_has").with("missing", lacks);
    }
}
