//! Matters that only a competent committee decides. The checks say so and judge nothing; number and date of its decision clear them.

use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: &[Rule] = &[
    Rule::new("POL-01", Approve, Authority, "Vấn đề tiêu chuẩn chính trị do cấp ủy có thẩm quyền kết luận", "Nội dung ở {where} cần cấp ủy có thẩm quyền xem xét, kết luận. Bạn cứ khai đúng, đủ sự việc và báo cáo chi bộ; ứng dụng không đánh giá nội dung này.")
        .step("committee S8")
        .since(on(2022, 2, 8))
        .by("procedure.certification_date")
        .cited("Q294 3.3; Q20; Q208; H25 3.7c; H26; P58 (không rõ điểm); P367 Điều 11")
        .reads("political_history family[].matters_to_report")
        .run(political_matters),
    Rule::new("POL-02", Approve, Authority, "Cha, mẹ đã ra khỏi Đảng", "Việc {person} đã ra khỏi Đảng cần được khai rõ thời gian, lý do để cấp ủy xem xét; ứng dụng không đánh giá.")
        .step("committee S8")
        .since(on(2025, 7, 1))
        .by("procedure.certification_date")
        .cited("Q294 3.3; Q20; Q208")
        .seen(Seen::Secondary)
        .reads("family[].left_party")
        .run(parent_left_the_party),
    Rule::new("REL-01", Approve, Authority, "Người có đạo", "Bạn khai có theo tôn giáo ở mục 9. Có quy định riêng cho trường hợp này; hãy báo cáo chi bộ để xin ý kiến cấp ủy trước khi làm thủ tục.")
        .step("committee S5")
        .since(on(2004, 9, 28))
        .cited("R123; R06; R20; H25 6.1; H26")
        .seen(Seen::Secondary)
        .reads("religion religion_role")
        .run(follower_of_a_religion),
    Rule::new("MAR-01", Approve, Authority, "Vợ (chồng) là người nước ngoài", "Vợ (chồng) có quốc tịch nước ngoài: có quy định riêng (giấy đăng ký kết hôn, bản khai của vợ/chồng, ý kiến cơ quan có thẩm quyền). Hãy báo cáo chi bộ.")
        .step("committee S5")
        .since(on(2004, 11, 3))
        .cited("M127; M41; H25 6.1; H26")
        .seen(Seen::Secondary)
        .reads("family[].nationality")
        .run(foreign_spouse),
    Rule::new("HOA-01", Approve, Authority, "Người dân tộc Hoa", "Dân tộc Hoa có văn bản hướng dẫn riêng về giấy tờ, thẩm quyền. Hãy báo cáo chi bộ để được hướng dẫn.")
        .step("committee S5")
        .since(on(2004, 11, 2))
        .cited("HO06; HO42")
        .seen(Seen::Secondary)
        .reads("ethnicity")
        .run(ethnic_hoa),
    Rule::new("FOR-01", Approve, Authority, "Người Việt Nam gốc nước ngoài", "Trường hợp có nguồn gốc nước ngoài do cấp ủy có thẩm quyền hướng dẫn. Hãy khai rõ ở mục 8 và báo cáo chi bộ.")
        .step("committee S5")
        .since(on(2025, 6, 9))
        .cited("H25 6.1; H26")
        .reads("profile.foreign_origin.answer ethnicity_foreign_parent")
        .run(foreign_origin),
    Rule::new("POP-01", Approve, Authority, "Chính sách dân số (đến 02/6/2025)", "Người vào Đảng có {n} con; tại thời điểm này có quy định riêng. Xin cấp ủy xem xét theo văn bản hiện hành.")
        .step("committee S10")
        .applies(group::WORKERS)
        .since(on(2018, 8, 28))
        .until(on(2025, 6, 2))
        .by(MEETING)
        .cited("PO05 Điều 2 đến Điều 5 <2025-06-02")
        .seen(Seen::Secondary)
        .reads("family[]")
        .run(population_until_2025),
    Rule::new("POP-02", Explain, Info, "Chính sách dân số (từ 03/6/2025)", "Quy định về dân số đã thay đổi từ ngày 03/6/2025; nếu chi bộ còn băn khoăn, xin hỏi cấp ủy. Đây không phải lý do dừng hồ sơ.")
        .step("committee S10")
        .applies(group::WORKERS)
        .since(on(2025, 6, 3))
        .by(MEETING)
        .cited("PL07; PO15")
        .seen(Seen::Secondary)
        .reads("family[]")
        .run(population_since_2025),
    Rule::new("OWN-01", Approve, Authority, "Chủ doanh nghiệp tư nhân", "Chủ doanh nghiệp tư nhân có hướng dẫn riêng. Hãy báo cáo chi bộ.")
        .step("committee S5")
        .applies(group::WORKERS)
        .since(on(2021, 9, 27))
        .cited("OW08")
        .seen(Seen::Secondary)
        .reads("profile.private_business_owner.answer")
        .run(owner_of_a_business),
];

/// POL-01.
fn political_matters(p: &mut Probe<'_, '_>) {
    if p.rows("procedure.authority_decisions").any(|a| a.is("matter", "POL")) {
        return;
    }
    for (slug, code) in POLITICAL {
        if p.is(&format!("{slug}.answer"), "có") {
            let people = format!("mục 16 ({})", crate::finding::label(code));
            p.approve(slug).with(
                "where",
                Param::Shown {
                    file: slug.to_string(),
                    people,
                },
            );
        }
    }
    for q in p.facts.people() {
        if q.row.is("matters_to_report.answer", "có") {
            let people = format!("mục 21 ({})", person(&q.row).shown());
            let file = format!("family[{}].matters_to_report", q.row.name);
            p.approve(&q.row.path("matters_to_report.answer"))
                .with("where", Param::Shown { file, people });
        }
    }
}

/// POL-02.
fn parent_left_the_party(p: &mut Probe<'_, '_>) {
    for q in p.facts.people() {
        if q.is_one_of(&["father", "mother"]) && q.row.is("left_party.answer", "có") {
            p.approve(&q.row.path("left_party.answer"))
                .with("person", person(&q.row));
        }
    }
}

/// REL-01.
fn follower_of_a_religion(p: &mut Probe<'_, '_>) {
    let religion = p.text("religion");
    let decided = p.rows("procedure.authority_decisions").any(|a| a.is("matter", "REL"));
    if !religion.is_empty() && !is_no_religion(religion) && !decided {
        p.approve("religion");
    }
}

/// MAR-01.
fn foreign_spouse(p: &mut Probe<'_, '_>) {
    if decided_before(p, "MAR", true) {
        return;
    }
    for q in p.facts.people() {
        if q.is_one_of(&["husband", "wife"]) && is_foreign(&q) {
            p.approve(&q.row.path("nationality"));
        }
    }
}

/// HOA-01.
fn ethnic_hoa(p: &mut Probe<'_, '_>) {
    if people::ethnicity_code(p.text("ethnicity")) == Some(4) && !decided_before(p, "HOA", true) {
        p.approve("ethnicity");
    }
}

/// FOR-01.
fn foreign_origin(p: &mut Probe<'_, '_>) {
    if p.is("profile.foreign_origin.answer", "có") && !decided_before(p, "FOR", true) {
        p.approve("profile.foreign_origin.answer");
    }
}

fn children(p: &Probe<'_, '_>) -> i32 {
    count(p.people().filter(|q| q.is("biological_child")))
}

/// POP-01.
fn population_until_2025(p: &mut Probe<'_, '_>) {
    let n = children(p);
    if n >= 3 {
        p.approve("family").with("n", n);
    }
}

/// POP-02.
fn population_since_2025(p: &mut Probe<'_, '_>) {
    if p.settings.ask_population && children(p) >= 3 {
        p.explain("family");
    }
}

/// OWN-01.
fn owner_of_a_business(p: &mut Probe<'_, '_>) {
    if p.is("profile.private_business_owner.answer", "có") && !decided_before(p, "OWN", true) {
        p.approve("profile.private_business_owner.answer");
    }
}
