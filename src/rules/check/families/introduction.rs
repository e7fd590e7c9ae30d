//! Who introduces: the three paths, the helping member, the twelve months together, the papers 3-KNĐ, 4-KNĐ and 4A-KNĐ.

use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: &[Rule] = &[
    Rule::new("INT-01", Block, Correct, "Hai đảng viên chính thức giới thiệu", "Trường hợp này cần hai đảng viên chính thức giới thiệu; hiện mới có {count}.")
        .step("branch S9")
        .since(on(2011, 1, 19))
        .by(MEETING)
        .cited("DL Điều 4")
        .seen(Seen::Secondary)
        .reads("procedure.introduction_path procedure.introductions[] procedure.branch_meeting_date")
        .run(two_members),
    Rule::new("INT-02", Block, Correct, "Đường giới thiệu qua Đoàn", "Theo đường giới thiệu của Đoàn, còn thiếu: {missing}. Xin bổ sung trước ngày chi bộ họp.")
        .step("branch S9")
        .since(on(2011, 1, 19))
        .by(MEETING)
        .cited("DL Điều 4; Q294 3.1; Q20; Q208")
        .reads("procedure.introduction_path youth_union_admission.member procedure.union_resolution.date procedure.union_resolution.kind procedure.introductions[] procedure.branch_meeting_date")
        .run(youth_union_path),
    Rule::new("INT-03", Block, Correct, "Đường giới thiệu qua Công đoàn", "Theo đường giới thiệu của Công đoàn, còn thiếu: {missing}. Xin bổ sung trước ngày chi bộ họp.")
        .step("branch S9")
        .applies(group::WORKERS)
        .since(on(2011, 1, 19))
        .by(MEETING)
        .cited("DL Điều 4; Q294 3.1; Q20; Q208")
        .reads("procedure.introduction_path profile.trade_union_member.answer procedure.union_resolution.date procedure.union_resolution.kind procedure.introductions[] procedure.branch_meeting_date")
        .run(trade_union_path),
    Rule::new("INT-04", Explain, CorrectOrNote, "Độ tuổi thanh niên (theo tỉnh)", "Người vào Đảng đã {age_years} tuổi; xin chi bộ xác định đi theo đường Đoàn, Công đoàn hay hai đảng viên giới thiệu.")
        .step("branch S9")
        .since(on(2025, 11, 21))
        .by(MEETING)
        .cited("LHN02 II.1.1.2b ~local")
        .seen(Seen::Local)
        .province("Thành phố Hà Nội")
        .reads("birth_date procedure.introduction_path procedure.branch_meeting_date")
        .run(out_of_youth_age),
    Rule::new("INT-05", Block, Correct, "Người giới thiệu là đảng viên chính thức", "Đảng viên giúp đỡ phải là đảng viên chính thức từ trước ngày được phân công ({assigned_date}). Xin xem lại ngày chính thức hoặc phân công đảng viên khác.")
        .variants(&[("unknown", "Chưa ghi ngày chính thức của đảng viên giúp đỡ. Xin chi bộ bổ sung.")])
        .also(&[Explain])
        .step("branch S2")
        .since(on(2016, 7, 25))
        .cited("Q29 3.2.1; Q24 3.2.1; Q232 3.2.1; Q294 3.2.1; Q20; Q208")
        .reads("procedure.mentors[].official_date procedure.mentors[].assigned_date procedure.introductions[]")
        .run(helper_is_a_full_member),
    Rule::new("INT-06", Block, Correct, "Cùng đơn vị ít nhất 12 tháng", "Tính đến ngày viết giấy giới thiệu, hai người mới cùng đơn vị {months} tháng, cần ít nhất 12 tháng (từ {earliest_date}).")
        .variants(&[("unknown", "Chưa ghi ngày về đơn vị của đảng viên giúp đỡ hoặc của quần chúng nên chưa tính được 12 tháng. Xin chi bộ bổ sung.")])
        .also(&[Explain])
        .step("branch S9")
        .since(on(2021, 7, 30))
        .by(MEETING)
        .cited("Q24 3.2.1; Q232 3.2.1; Q294 3.2.1; Q20; Q208")
        .reads("procedure.mentors[] procedure.introductions[] procedure.candidate_unit_from transfer.certificate_date")
        .run(twelve_months_together),
    Rule::new("INT-07", Block, Correct, "Thay đảng viên giúp đỡ", "Việc thay đảng viên giúp đỡ còn thiếu: {missing}. Chi bộ cần có nghị quyết phân công, ghi rõ ngày và lý do thay.")
        .variants(&[("too_early", "Người mới được phân công trước khi người cũ kết thúc; xin kiểm tra lại ngày.")])
        .also(&[Explain])
        .step("branch S2")
        .since(on(2021, 7, 30))
        .cited("Q24 3.2.2; Q232 3.2.2; Q294 3.2.2; Q20; Q208")
        .reads("procedure.mentors[]")
        .run(replaced_helper),
    Rule::new("INT-08", Explain, CorrectOrNote, "Phân công bằng nghị quyết", "Chưa có số, ngày nghị quyết phân công đảng viên giúp đỡ. Xin chi bộ bổ sung.")
        .step("branch S2")
        .since(on(2025, 9, 29))
        .cited("B25 I.1.1d, I.1.3")
        .reads("procedure.mentors[]")
        .run(assigned_by_resolution),
    Rule::new("INT-09", Explain, CorrectOrNote, "Đoàn (Công đoàn) giới thiệu trước", "Thứ tự thường là Đoàn (Công đoàn) giới thiệu đoàn viên ưu tú trước, chi bộ phân công giúp đỡ sau. Xin xem lại ngày nghị quyết giới thiệu.")
        .step("youth_union S0")
        .since(on(2025, 9, 29))
        .cited("B25 I.1.3")
        .reads("procedure.union_selection_date procedure.mentors[]")
        .run(organisation_first),
    Rule::new("INT-10", Explain, CorrectOrNote, "Số phiếu trong nghị quyết Đoàn, Công đoàn khớp nhau", "Số phiếu trong nghị quyết chưa khớp: {agree} tán thành và {against} không tán thành trên {total} ủy viên (tỷ lệ tính lại {percent}%). Xin đối chiếu với biên bản.")
        .step("youth_union S9")
        .since(on(2017, 6, 5))
        .by(MEETING)
        .cited("FRM mẫu 4-KNĐ, 4A-KNĐ")
        .reads("procedure.union_resolution.total procedure.union_resolution.agree procedure.union_resolution.against procedure.union_resolution.percent")
        .run(votes_of_the_resolution),
    Rule::new("INT-11", Style, CorrectOrNote, "Nội dung giấy giới thiệu 3-KNĐ", "Giấy giới thiệu còn thiếu: {missing}. Xin người giới thiệu bổ sung.")
        .step("mentor S9")
        .since(on(2017, 6, 5))
        .by(MEETING)
        .cited("FRM mẫu 3-KNĐ")
        .reads("procedure.introductions[]")
        .run(content_of_the_introduction),
];

const PATH: &str = "procedure.introduction_path";
const INTRODUCTIONS: &str = "procedure.introductions";
const MENTORS: &str = "procedure.mentors";

fn dated_introductions(p: &Probe<'_, '_>) -> i32 {
    count(p.rows(INTRODUCTIONS).filter(|x| x.date("date").is_some()))
}

/// INT-01.
fn two_members(p: &mut Probe<'_, '_>) {
    let count = dated_introductions(p);
    if p.date(MEETING).is_some() && p.is(PATH, "two_members") && count < 2 {
        p.block(INTRODUCTIONS).with("count", count);
    }
}

/// The two paths through an organisation: who is a member of it, and the form of its resolution.
fn through_an_organisation(
    p: &mut Probe<'_, '_>,
    path: &str,
    member: &'static str,
    who: &'static str,
    form: &'static str,
) {
    if p.date(MEETING).is_none() || !p.is(PATH, path) {
        return;
    }
    if !p.is(member, "có") {
        p.block(member).with("missing", who);
    }
    if p.blank("procedure.union_resolution.date") || !p.is("procedure.union_resolution.kind", form) {
        p.block("procedure.union_resolution.date").with("missing", form);
    }
    if dated_introductions(p) < 1 {
        p.block(INTRODUCTIONS).with("missing", "3-KNĐ");
    }
}

/// INT-02.
fn youth_union_path(p: &mut Probe<'_, '_>) {
    through_an_organisation(p, "youth_union", "youth_union_admission.member", "đoàn viên", "4-KNĐ");
}

/// INT-03.
fn trade_union_path(p: &mut Probe<'_, '_>) {
    through_an_organisation(
        p,
        "trade_union",
        "profile.trade_union_member.answer",
        "đoàn viên công đoàn",
        "4A-KNĐ",
    );
}

/// INT-04.
fn out_of_youth_age(p: &mut Probe<'_, '_>) {
    if !p.in_province("01") || !p.is(PATH, "youth_union") {
        return;
    }
    let (Some(born), Some(meeting)) = (p.date("birth_date"), p.date(MEETING)) else {
        return;
    };
    if add_months(born, 360) < meeting && meeting <= add_months(born, 420) {
        p.explain(PATH).with("age_years", months_completed(born, meeting) / 12);
    }
}

/// INT-05.
fn helper_is_a_full_member(p: &mut Probe<'_, '_>) {
    for k in p.facts.rows(MENTORS) {
        let place = k.path("official_date");
        if k.blank("official_date") {
            p.explain(&place).case("unknown");
            continue;
        }
        let Some(official) = k.date("official_date") else {
            continue;
        };
        let assigned = k.date("assigned_date");
        let introduced = p
            .facts
            .rows(INTRODUCTIONS)
            .filter(|x| !x.blank("name") && same(x.text("name"), k.text("name")))
            .filter_map(|x| x.date("date"))
            .find(|date| official > *date);
        if let Some(assigned) = assigned.filter(|a| official > *a) {
            p.block(&place).with("assigned_date", assigned);
        } else if let Some(date) = introduced {
            p.block(&place)
                .with("assigned_date", date)
                .with("introduction_date", date);
        }
    }
}

/// Months the helper and the candidate have been in one unit.
const TOGETHER: i32 = 12;

/// INT-06.
fn twelve_months_together(p: &mut Probe<'_, '_>) {
    if p.date("transfer.certificate_date").is_some() {
        return;
    }
    for x in p.facts.rows(INTRODUCTIONS) {
        let mentor = p
            .facts
            .rows(MENTORS)
            .find(|k| !k.blank("name") && same(k.text("name"), x.text("name")));
        let (Some(mentor), Some(date)) = (mentor.filter(|k| k.index == 0), x.date("date")) else {
            continue;
        };
        let (Some(a), Some(b)) = (mentor.date("at_unit_from"), p.date("procedure.candidate_unit_from")) else {
            p.explain(&mentor.path("at_unit_from")).case("unknown");
            continue;
        };
        let start = a.max(b);
        let months = months_completed(start, date);
        if months < TOGETHER {
            p.block(&x.path("date"))
                .with("months", months)
                .with("earliest_date", add_months(start, TOGETHER));
        }
    }
}

/// INT-07.
fn replaced_helper(p: &mut Probe<'_, '_>) {
    let mentors: Vec<Row<'_>> = p.facts.rows(MENTORS).collect();
    for pair in mentors.windows(2) {
        let [before, k] = pair else { continue };
        let mut lacks: Vec<&'static str> = missing(k, &["resolution_no", "assigned_date"]);
        lacks.extend(missing(before, &["ended_date"]));
        if !matches!(before.text("end_reason"), "moved" | "disciplined" | "other") {
            lacks.push("end_reason");
        }
        if !lacks.is_empty() {
            p.block(&k.path("")).with("missing", lacks);
        } else if let (Some(assigned), Some(ended)) = (k.date("assigned_date"), before.date("ended_date"))
            && assigned < ended
        {
            p.explain(&k.path("assigned_date")).case("too_early");
        }
    }
}

/// INT-08.
fn assigned_by_resolution(p: &mut Probe<'_, '_>) {
    if let Some(k) = p.facts.rows(MENTORS).next()
        && (k.blank("resolution_no") || k.blank("assigned_date"))
    {
        p.explain(&k.path("resolution_no"));
    }
}

/// INT-09.
fn organisation_first(p: &mut Probe<'_, '_>) {
    let Some(k) = p.facts.rows(MENTORS).next() else { return };
    let selected = p.date("procedure.union_selection_date");
    let late = matches!((selected, k.date("assigned_date")), (Some(s), Some(a)) if s > a);
    if p.blank("procedure.union_selection_date") || late {
        p.explain("procedure.union_selection_date");
    }
}

/// INT-10.
fn votes_of_the_resolution(p: &mut Probe<'_, '_>) {
    let number = |name: &str| p.number(&format!("procedure.union_resolution.{name}"));
    let (Some(total), Some(agree), Some(against)) = (number("total"), number("agree"), number("against")) else {
        return;
    };
    if total <= 0.0 {
        return;
    }
    let share = 100.0 * agree / total;
    let off = number("percent").is_some_and(|percent| (percent - share).abs() > 0.5);
    if agree + against > total || off {
        p.explain("procedure.union_resolution.total")
            .with("agree", whole(agree))
            .with("against", whole(against))
            .with("total", whole(total))
            .with("percent", whole(share.round()));
    }
}

/// INT-11.
fn content_of_the_introduction(p: &mut Probe<'_, '_>) {
    for x in p.facts.rows(INTRODUCTIONS) {
        let lacks = missing(
            &x,
            &[
                "admitted_date",
                "official_date",
                "branch",
                "assigned_date",
                "notes_on_lylich",
                "strengths",
                "weaknesses",
            ],
        );
        if !lacks.is_empty() {
            p.style(&x.path("")).with("missing", lacks);
        }
    }
}
