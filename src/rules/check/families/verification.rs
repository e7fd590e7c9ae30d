//! Verification of the dossier: only days and who was asked, never a result. Relatives abroad, which the candidate reports, are in `abroad`.

use super::prelude::*;
use crate::form::SIBLINGS;

/// The rules of this family.
pub(super) static RULES: &[Rule] = &[
    Rule::new("VER-01", Block, Correct, "Những ai phải thẩm tra, xác minh", "Chưa có ngày trả lời thẩm tra (hoặc lý do miễn) đối với: {person}. Cần bổ sung trước khi chứng nhận lý lịch.")
        .step("branch S8")
        .since(on(2021, 9, 28))
        .by("procedure.certification_date")
        .cited("H21 3.4a; H25 3.4a; H26")
        .reads("family[] procedure.verifications[] procedure.certification_date")
        .run(who_is_verified),
    Rule::new("VER-02", Explain, CorrectOrNote, "Con nuôi hợp pháp (Hà Nội)", "Theo hướng dẫn của Hà Nội, con nuôi có đăng ký hợp pháp cùng chung sống cũng được thẩm tra. Xin chi bộ bổ sung.")
        .step("branch S8")
        .since(on(2025, 11, 21))
        .by("procedure.certification_date")
        .cited("LHN02 1.2.1(6) ~local")
        .seen(Seen::Local)
        .province("Thành phố Hà Nội")
        .reads("family[] procedure.verifications[]")
        .run(adopted_children),
    Rule::new("VER-03", Explain, Info, "Nội dung thẩm tra", "Nội dung thẩm tra do tổ chức đảng thực hiện; ứng dụng không ghi và không đánh giá nội dung này.")
        .step("branch S7")
        .since(on(2021, 9, 28))
        .cited("H21 3.4b; H25 3.4b; H26")
        .reads("procedure.verifications[]")
        .nothing("nội dung thẩm tra là việc của tổ chức đảng, ứng dụng không giữ"),
    Rule::new("VER-04", Explain, CorrectOrNote, "Miễn thẩm tra khi người thân ruột là đảng viên", "Muốn áp dụng trường hợp có người thân là đảng viên, cần xác nhận của cấp ủy quản lý đảng viên đó. Xin chi bộ bổ sung ngày xác nhận.")
        .step("branch S7")
        .since(on(2025, 6, 9))
        .cited("H25 3.4c; H26")
        .reads("procedure.verifications[] family[].party_member")
        .run(own_relative_is_a_member),
    Rule::new("VER-05", Explain, CorrectOrNote, "Miễn thẩm tra phía vợ (chồng)", "Phía vợ (chồng): cần xác nhận của cấp ủy quản lý người thân là đảng viên thì mới áp dụng được trường hợp này.")
        .step("branch S7")
        .since(on(2025, 6, 9))
        .cited("H25 3.4c; H26")
        .reads("procedure.verifications[] family[].party_member")
        .run(relative_of_the_spouse_is_a_member),
    Rule::new("VER-06", Block, Correct, "Vẫn thẩm tra chính trị hiện nay", "Dù có người thân là đảng viên, vẫn cần thẩm tra về chính trị hiện nay và nghĩa vụ công dân nơi cư trú đối với: {person}. (Hai văn bản nêu khác nhau; thư viện theo văn bản chặt hơn.)")
        .step("branch S8")
        .since(on(2025, 9, 29))
        .by("procedure.certification_date")
        .cited("B25 I.1.5")
        .reads("procedure.verifications[] procedure.certification_date")
        .run(present_politics),
    Rule::new("VER-07", Explain, CorrectOrNote, "Cả gia đình ở tại xã từ đời ông bà", "Trường hợp cả gia đình ở tại địa phương từ đời ông bà nội cần có xác nhận của cấp ủy xã; xin bổ sung ngày xác nhận.")
        .step("branch S7")
        .since(on(2021, 9, 28))
        .cited("H21 3.4c; H25 3.4c; H26")
        .reads("procedure.verifications[] procedure.all_local_confirmed_date")
        .run(whole_family_local),
    Rule::new("VER-08", Explain, Info, "Nội dung nào chưa rõ thì thẩm tra nội dung đó", "Nội dung nào chưa rõ thì đề nghị thẩm tra nội dung đó; nếu cơ sở chưa rõ, xin ý kiến ban tổ chức cấp trên.")
        .step("branch S7")
        .since(on(2021, 9, 28))
        .cited("H21 3.4c; H25 3.4c; H26")
        .reads("procedure.verifications[]")
        .nothing("chỉ tổ chức đảng biết nội dung nào chưa rõ"),
    Rule::new("VER-10", Block, Correct, "Không cử người vào Đảng hoặc người thân đi thẩm tra", "Người được cử đi thẩm tra trùng tên với người vào Đảng hoặc người thân trong mục 21. Chi bộ cần cử đảng viên khác (hoặc xác nhận là người trùng tên).")
        .step("branch S7")
        .since(on(2017, 6, 5))
        .cited("B17 I.1.4.2 (Lưu ý); B22 I.1.4.2 (Lưu ý); B25 I.1.4.2 (Lưu ý)")
        .reads("procedure.verifications[].verifier_name birth_name family[].name")
        .run(verifier_is_no_relative),
    Rule::new("VER-11", Explain, CorrectOrNote, "Thứ tự đóng dấu, thẩm tra, nhận xét, chứng nhận", "Thứ tự ngày chưa hợp lý: “{first}” đang sau “{second}”. Chi ủy và cấp ủy chỉ nhận xét, chứng nhận sau khi có kết quả thẩm tra; xin kiểm tra lại các ngày.")
        .step("branch S7")
        .since(on(2021, 9, 28))
        .cited("H21 3.4d; H25 3.4d; H26; B25 I.1.4.2")
        .reads("procedure.stamping_date procedure.verifications[] procedure.branch_comment_date procedure.certification_date")
        .run(order_of_steps),
    Rule::new("VER-12", Explain, CorrectOrNote, "Trả lời thẩm tra trong 30 (90) ngày làm việc", "Công văn thẩm tra về {person} đã quá hạn trả lời ({limit}). Xin liên hệ nơi được hỏi.")
        .step("branch S7")
        .since(on(2025, 6, 9))
        .cited("H25 3.4d; H26")
        .reads("procedure.verifications[]")
        .run(answers_in_time),
    Rule::new("VER-13", Explain, Info, "Báo cáo bằng văn bản của người đi thẩm tra", "Đảng viên đi thẩm tra báo cáo kết quả bằng văn bản và chịu trách nhiệm về báo cáo.")
        .step("branch S7")
        .since(on(2021, 9, 28))
        .cited("H21 3.4d; H25 3.4d; H26")
        .reads("procedure.verifications[]")
        .nothing("báo cáo thẩm tra không được giữ trong ứng dụng"),
    Rule::new("VER-14", Block, Correct, "Kết luận trước khi chứng nhận", "Lý lịch chỉ được chứng nhận sau khi đã thẩm tra và kết luận. Xin kiểm tra ngày kết luận và ngày chứng nhận.")
        .step("committee S8")
        .since(on(2021, 9, 28))
        .by("procedure.certification_date")
        .cited("H21 3.3b; H25 3.3b; H26")
        .reads("procedure.certification_date procedure.verification_concluded_date")
        .run(concluded_before_certified),
    Rule::new("VER-15", Explain, CorrectOrNote, "Chứng nhận xong mới họp xét (Hà Nội)", "Theo hướng dẫn của Hà Nội, chi bộ chỉ họp xét sau khi cấp ủy cơ sở đã chứng nhận lý lịch. Xin kiểm tra lại ngày chứng nhận.")
        .step("branch S10")
        .since(on(2025, 11, 21))
        .by(MEETING)
        .cited("LHN02 1.1.2.1d ~local")
        .seen(Seen::Local)
        .province("Thành phố Hà Nội")
        .reads("procedure.certification_date procedure.branch_meeting_date")
        .run(certified_before_the_meeting),
];

const VERIFICATIONS: &str = "procedure.verifications";
const CERTIFIED: &str = "procedure.certification_date";

/// Name of a verified person for people: the candidate or a relative.
fn whom(p: &Probe<'_, '_>, id: &str) -> Param {
    if id == "self" {
        return Param::Code("self");
    }
    p.people()
        .find(|q| q.row.name == id)
        .map_or_else(|| Param::from(id), |q| person(&q.row))
}

fn is_answered(v: &Row<'_>) -> bool {
    v.date("replied_date").is_some() || !v.blank("waiver")
}

fn is_adult(p: &Probe<'_, '_>, born: Option<i32>) -> bool {
    born.is_some_and(|born| p.act.y - born >= 18)
}

/// VER-01.
fn who_is_verified(p: &mut Probe<'_, '_>) {
    if p.date(CERTIFIED).is_none() {
        return;
    }
    let relatives = [
        "father",
        "mother",
        "guardian",
        "husband",
        "wife",
        "spouse_father",
        "spouse_mother",
    ];
    let mut required = vec!["self"];
    for q in p.facts.people() {
        let child = q.is("biological_child") && is_adult(p, q.born);
        if !q.dead && (q.is_one_of(&relatives) || child) {
            required.push(q.row.name);
        }
    }
    for id in required {
        if !p.rows(VERIFICATIONS).any(|v| v.is("person", id) && is_answered(&v)) {
            let who = whom(p, id);
            p.block(VERIFICATIONS).with("person", who);
        }
    }
}

/// VER-02.
fn adopted_children(p: &mut Probe<'_, '_>) {
    if !p.in_province("01") || p.date(CERTIFIED).is_none() {
        return;
    }
    let open = p.people().any(|q| {
        q.is("adopted_child")
            && !q.dead
            && is_adult(p, q.born)
            && !p.rows(VERIFICATIONS).any(|v| v.is("person", q.row.name))
    });
    if open {
        p.explain(VERIFICATIONS);
    }
}

/// Waivers of one side without a confirmed member among these relatives.
fn member_relative(p: &mut Probe<'_, '_>, side: &str, relations: &[&str]) {
    if !p.rows(VERIFICATIONS).any(|v| v.is("waiver", "member_relative")) {
        return;
    }
    let confirmed = p.people().any(|q| {
        !q.dead
            && q.is_one_of(relations)
            && q.row.is("party_member.answer", "có")
            && q.row.date("party_member.confirmed_date").is_some()
    });
    if confirmed {
        return;
    }
    for v in p.facts.rows(VERIFICATIONS) {
        if v.is("waiver", "member_relative") && v.is("side", side) {
            p.explain(&v.path("waiver"));
        }
    }
}

/// VER-04.
fn own_relative_is_a_member(p: &mut Probe<'_, '_>) {
    let [a, b, c, d] = SIBLINGS;
    member_relative(p, "self", &["father", "mother", a, b, c, d, "biological_child"]);
}

/// VER-05.
fn relative_of_the_spouse_is_a_member(p: &mut Probe<'_, '_>) {
    let [a, b, c, d] = SPOUSE_SIBLINGS;
    member_relative(
        p,
        "spouse",
        &["husband", "wife", "spouse_father", "spouse_mother", a, b, c, d],
    );
}

/// VER-06.
fn present_politics(p: &mut Probe<'_, '_>) {
    if p.date(CERTIFIED).is_none() {
        return;
    }
    for v in p.facts.rows(VERIFICATIONS) {
        if v.is("waiver", "member_relative") && v.blank("current_politics_date") {
            let who = whom(p, v.text("person"));
            p.block(&v.path("current_politics_date")).with("person", who);
        }
    }
}

/// VER-07.
fn whole_family_local(p: &mut Probe<'_, '_>) {
    const CONFIRMED: &str = "procedure.all_local_confirmed_date";
    if p.blank(CONFIRMED) && p.rows(VERIFICATIONS).any(|v| v.is("waiver", "all_local")) {
        p.explain(CONFIRMED);
    }
}

/// VER-10.
fn verifier_is_no_relative(p: &mut Probe<'_, '_>) {
    let relations = [
        "father",
        "mother",
        "husband",
        "wife",
        "elder_brother",
        "elder_sister",
        "younger_brother",
        "younger_sister",
        "biological_child",
        "adopted_child",
        "spouse_father",
        "spouse_mother",
    ];
    for v in p.facts.rows(VERIFICATIONS) {
        let name = v.text("verifier_name");
        if name.is_empty() {
            continue;
        }
        let own = same(name, p.text("birth_name"));
        if own || p.people().any(|q| q.is_one_of(&relations) && same(q.name, name)) {
            p.block(&v.path("verifier_name")).with("name_index", v.number_shown());
        }
    }
}

/// VER-11.
fn order_of_steps(p: &mut Probe<'_, '_>) {
    let sent = p.rows(VERIFICATIONS).filter_map(|v| v.date("sent_date")).min();
    let replied = p.rows(VERIFICATIONS).filter_map(|v| v.date("replied_date")).max();
    let chain = [
        ("khai lý lịch", "declaration.date", p.date("declaration.date")),
        (
            "đóng dấu giáp lai",
            "procedure.stamping_date",
            p.date("procedure.stamping_date"),
        ),
        ("gửi thẩm tra", VERIFICATIONS, sent),
        ("trả lời thẩm tra", VERIFICATIONS, replied),
        (
            "chi ủy nhận xét",
            "procedure.branch_comment_date",
            p.date("procedure.branch_comment_date"),
        ),
        ("cấp ủy chứng nhận", CERTIFIED, p.date(CERTIFIED)),
    ];
    let mut last: Option<(&'static str, Date)> = None;
    for (step, slug, date) in chain {
        let Some(date) = date else { continue };
        if let Some((first, before)) = last
            && before > date
        {
            p.explain(slug).with("first", first).with("second", step);
        }
        last = Some((step, date));
    }
}

/// VER-12.
fn answers_in_time(p: &mut Probe<'_, '_>) {
    for v in p.facts.rows(VERIFICATIONS) {
        let Some(received) = v.date("received_date").filter(|_| v.blank("waiver")) else {
            continue;
        };
        let limit = p.working_days(received, if v.is("abroad", "có") { 90 } else { 30 });
        if v.date("replied_date").unwrap_or(p.act) > limit {
            let who = whom(p, v.text("person"));
            p.late(Explain, &v.path("replied_date"), "limit", limit, v.date("replied_date"));
            p.last("person", who);
        }
    }
}

/// VER-14.
fn concluded_before_certified(p: &mut Probe<'_, '_>) {
    const CONCLUDED: &str = "procedure.verification_concluded_date";
    let Some(certified) = p.date(CERTIFIED) else { return };
    if p.blank(CONCLUDED) || p.date(CONCLUDED).is_some_and(|concluded| concluded > certified) {
        p.block(CONCLUDED);
    }
}

/// VER-15.
fn certified_before_the_meeting(p: &mut Probe<'_, '_>) {
    let Some(meeting) = p.date(MEETING).filter(|_| p.in_province("01")) else {
        return;
    };
    if p.blank(CERTIFIED) || p.date(CERTIFIED).is_some_and(|certified| certified > meeting) {
        p.explain(CERTIFIED);
    }
}
