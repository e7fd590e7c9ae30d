//! Items 22 to 26 and the form as a whole: self-assessment, declaration, what Party bodies write, application, edition.

use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: &[Rule] = &[
    Rule::new(
        "LL-22",
        Explain,
        Correct,
        "Tự nhận xét đủ ưu điểm, khuyết điểm",
        "Mục 22 còn thiếu: {missing}. Hãy viết bằng việc cụ thể của mình, có cả điều còn hạn chế.",
    )
    .since(on(2025, 9, 29))
    .by(DECLARED)
    .cited("B25 I.1.4.2 mục (22)")
    .reads("self_assessment.political_qualities self_assessment.ethics_lifestyle self_assessment.work_capacity self_assessment.mass_relations self_assessment.weaknesses")
    .run(strengths_and_weaknesses),
    Rule::new(
        "LL-22b",
        Style,
        Info,
        "Câu mẫu chung chung",
        "Câu này giống câu mẫu dùng chung. Hãy thay bằng việc cụ thể của chính bạn.",
    )
    .since(on(2025, 9, 29))
    .by(DECLARED)
    .cited("B25 I.1.4.2 mục (22)")
    .seen(Seen::Interpretation)
    .reads("self_assessment")
    .run(canned_sentences),
    Rule::new(
        "LL-23",
        Style,
        Correct,
        "Câu cam đoan",
        "Câu cam đoan cần chép đúng từng chữ: “{expected}”.",
    )
    .since(on(2025, 9, 29))
    .by(DECLARED)
    .cited("B25 I.1.4.2 mục (23)")
    .reads("declaration.text")
    .run(closing_sentence),
    Rule::new(
        "LL-23b",
        Explain,
        Correct,
        "Tên người khai",
        "Tên người khai ở mục 23 khác với họ và tên ở mục 1. Hãy ghi giống nhau.",
    )
    .since(on(2025, 9, 29))
    .by(DECLARED)
    .cited("B25 I.1.4.2 mục (23)")
    .seen(Seen::Interpretation)
    .reads("declaration.signer_name birth_name")
    .run(signer_is_the_candidate),
    Rule::new(
        "LL-24",
        Block,
        Correct,
        "Mục 24 đến 26 để trống",
        "Mục 24, 25, 26 do tổ chức đảng ghi. Hãy để trống, không ghi trước.",
    )
    .since(on(2025, 9, 29))
    .by(DECLARED)
    .cited("B25 I.1.4.2 mục (24)")
    .reads("verification_comments branch_comment committee_certification")
    .run(left_to_the_party),
    Rule::new(
        "LL-25",
        Explain,
        Correct,
        "Đơn và lý lịch khớp nhau",
        "Đơn xin vào Đảng và lý lịch khác nhau ở: {field}. Hãy ghi thống nhất.",
    )
    .since(on(2025, 9, 29))
    .by(DECLARED)
    .cited("B25 I.1.4.1")
    .seen(Seen::Interpretation)
    .reads("papers.application")
    .run(application_agrees),
    Rule::new(
        "LL-26",
        Explain,
        Correct,
        "Dùng đúng mẫu theo ngày khai",
        "Ngày khai {declared} cần dùng {expected_form}. Nhiều bản in trên mạng là mẫu cũ; hãy hỏi chi bộ quyển đúng.",
    )
    .since(on(2022, 1, 18))
    .by(DECLARED)
    .cited("B22 toàn văn; B25 toàn văn")
    .reads("declaration.date form.version")
    .run(right_edition),
];

const SELF: [(&str, &str); 6] = [
    ("self_assessment.political_qualities", "political_qualities"),
    ("self_assessment.ethics_lifestyle", "ethics_lifestyle"),
    ("self_assessment.work_capacity", "work_capacity"),
    ("self_assessment.mass_relations", "mass_relations"),
    ("self_assessment.weaknesses", "weaknesses"),
    ("self_assessment.trust", "trust"),
];

/// LL-22.
fn strengths_and_weaknesses(p: &mut Probe<'_, '_>) {
    let blank: Vec<_> = SELF.into_iter().take(5).filter(|(slug, _)| p.blank(slug)).collect();
    if let Some((first, _)) = blank.first() {
        let lacks: Vec<&'static str> = blank.iter().map(|(_, code)| *code).collect();
        p.explain(first).said_at("self_assessment").with("missing", lacks);
    }
}

/// From this share of equal shingles on, two texts count as copied.
const COPIED: f64 = 0.9;

/// LL-22b.
fn canned_sentences(p: &mut Probe<'_, '_>) {
    for (slug, _) in SELF {
        let text = p.text(slug);
        let sentences = text
            .split(['.', ';', '!', '?', '\n'])
            .map(str::trim)
            .filter(|s| !s.is_empty());
        for (at, _) in sentences.enumerate().filter(|(_, s)| is_canned(s)) {
            p.style(slug).with("sentence_no", i32::try_from(at).unwrap_or(0) + 1);
        }
        if !text.is_empty() && p.other_texts.iter().any(|other| similarity(text, other) >= COPIED) {
            p.style(slug).with("sentence_no", 1);
        }
    }
}

/// The closing sentence of the edition of 2025.
const SENTENCE: &str = "Tôi cam đoan đã khai đầy đủ, rõ ràng, trung thực và chịu trách nhiệm trước Đảng về những nội dung đã khai trong lý lịch";

/// LL-23.
fn closing_sentence(p: &mut Probe<'_, '_>) {
    let text = nfc(p.text("declaration.text"));
    if text.is_empty() {
        return;
    }
    let mut own = words(text.trim_end_matches(['.', ' ']));
    if !own.by_ref().eq(words(SENTENCE)) {
        p.style("declaration.text").with("expected", SENTENCE);
    }
}

/// LL-23b.
fn signer_is_the_candidate(p: &mut Probe<'_, '_>) {
    let (signer, name) = (p.text("declaration.signer_name"), p.text("birth_name"));
    if !signer.is_empty() && !name.is_empty() && !same(signer, name) {
        p.explain("declaration.signer_name");
    }
}

/// LL-24.
fn left_to_the_party(p: &mut Probe<'_, '_>) {
    let slugs = ["verification_comments", "branch_comment", "committee_certification"];
    if let Some(slug) = slugs.into_iter().find(|slug| !p.blank(slug)) {
        p.block(slug);
    }
}

/// LL-25.
fn application_agrees(p: &mut Probe<'_, '_>) {
    let texts = [
        ("name", "birth_name"),
        ("ethnicity", "ethnicity"),
        ("religion", "religion"),
        ("occupation", "occupation"),
    ];
    for (field, slug) in texts {
        let place = format!("papers.application.{field}");
        let written = p.text(&place);
        let known = |text: &str| people::ethnicity_code(text).filter(|_| field == "ethnicity");
        let own = p.text(slug);
        let equal = same(written, own) || known(written).is_some_and(|code| known(own) == Some(code));
        if !written.is_empty() && !own.is_empty() && !equal {
            p.explain(&place).with("field", Param::Code(field));
        }
    }
    let written = date::read(p.text("papers.application.birth_date"));
    let own = date::read(p.text("birth_date"));
    if written.is_some() && own.is_some() && written != own {
        p.explain("papers.application.birth_date")
            .with("field", Param::Code("birth_date"));
    }
    let residence = Some(p.place("permanent_residence"))
        .filter(|r| !r.is_blank())
        .unwrap_or_else(|| p.place("temporary_residence"));
    for (field, own) in [("ancestral_home", p.place("ancestral_home")), ("residence", residence)] {
        let place = format!("papers.application.{field}");
        if !same_place(&p.place(&place), &own) {
            p.explain(&place).with("field", Param::Code(field));
        }
    }
}

/// Day from which the form of 38-HD/BTCTW is used.
const EDITION_2025: Date = on(2025, 9, 29);

/// LL-26.
fn right_edition(p: &mut Probe<'_, '_>) {
    let Some(declared) = p.date("declaration.date") else {
        return;
    };
    let (wrong, expected) = if declared >= EDITION_2025 {
        ("2022", "Mẫu 2-KNĐ theo 38-HD/BTCTW (từ 29-9-2025)")
    } else {
        ("2025", "Mẫu 2-KNĐ theo 12-HD/BTCTW (18-01-2022)")
    };
    if p.is("form.version", wrong) {
        p.explain("form.version")
            .with("declared", declared)
            .with("expected_form", expected);
    }
}
