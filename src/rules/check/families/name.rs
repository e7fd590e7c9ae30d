//! Items 1 to 4 (name, other names, birth, gender), and the required slugs that no rule of their own reports.

use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: &[Rule] = &[
    Rule::new("LL-00", Explain, Correct, "Khai đầy đủ, rõ ràng", "Mục “{label}” chưa có nội dung. Nếu không nhớ chính xác, hãy ghi lại để hỏi chi bộ, đừng để trống.")
        .since(on(2021, 9, 28))
        .by(DECLARED)
        .cited("B25 I.1.4.1; H21 3.3a; H25 3.3a; H26")
        .reads("permanent_residence ethnicity occupation education.general self_assessment.trust declaration.date")
        .run(nothing_left_blank),
    Rule::new("LL-01", Style, Correct, "Họ và tên khai sinh viết chữ in hoa", "Mục 1 viết bằng chữ in hoa và đúng như giấy khai sinh. Gợi ý: {suggestion}.")
        .variants(&[("blank", "Mục 1 chưa ghi họ và tên khai sinh. Hãy chép từ giấy khai sinh, viết in hoa."), ("certificate", "Họ tên ở mục 1 khác với giấy khai sinh bạn đã nhập. Hãy ghi đúng giấy khai sinh; nếu giấy tờ khác nhau, báo cáo chi bộ.")])
        .also(&[Explain])
        .since(on(2025, 9, 29))
        .by(DECLARED)
        .cited("B25 I.1.4.2 mục (1)")
        .reads("birth_name papers.birth_certificate.name")
        .run(birth_name_in_capitals),
    Rule::new("LL-02", Style, Correct, "Tên gọi khác viết chữ thường", "Mục 2 viết bằng chữ in thường (chỉ viết hoa chữ cái đầu mỗi tiếng).")
        .since(on(2025, 9, 29))
        .by(DECLARED)
        .cited("B25 I.1.4.2 mục (2)")
        .reads("other_names[]")
        .run(other_names_not_in_capitals),
    Rule::new("LL-03", Explain, Correct, "Ngày sinh đủ ngày, tháng, năm", "Mục 3 cần đủ ngày, tháng, năm sinh như trong giấy khai sinh.")
        .since(on(2025, 9, 29))
        .by(DECLARED)
        .cited("B25 I.1.4.2 mục (3)")
        .reads("birth_date")
        .run(full_date_of_birth),
    Rule::new("LL-03b", Explain, CorrectOrNote, "Ngày sinh khớp giấy khai sinh", "Ngày sinh ở mục 3 khác với giấy khai sinh bạn đã nhập. Hãy ghi theo giấy khai sinh; nếu các giấy tờ khác nhau, báo cáo chi bộ.")
        .since(on(2025, 9, 29))
        .by(DECLARED)
        .cited("B25 I.1.4.2 mục (3)")
        .reads("birth_date papers.birth_certificate.birth_date")
        .run(date_of_the_certificate),
    Rule::new("LL-04", Explain, Correct, "Giới tính ghi nam hoặc nữ", "Mục 4 ghi rõ “nam” hoặc “nữ”.")
        .since(on(2025, 9, 29))
        .by(DECLARED)
        .cited("B25 I.1.4.2 mục (4)")
        .reads("gender")
        .run(gender_is_nam_or_nu),
];

/// LL-00.
fn nothing_left_blank(p: &mut Probe<'_, '_>) {
    let slugs = [
        "permanent_residence",
        "ethnicity",
        "occupation",
        "education.general",
        "self_assessment.trust",
        "declaration.date",
    ];
    for slug in slugs {
        let blank = match slug {
            "permanent_residence" => p.place(slug).is_blank() && p.place("temporary_residence").is_blank(),
            _ => p.blank(slug),
        };
        if blank {
            p.explain(slug).with("label", field_label(slug));
        }
    }
}

const NAME: &str = "birth_name";

/// LL-01.
fn birth_name_in_capitals(p: &mut Probe<'_, '_>) {
    let name = p.text(NAME);
    if name.is_empty() {
        p.explain(NAME).case("blank");
        return;
    }
    let capitals = upper(name);
    if nfc(name) != capitals.as_str() {
        p.style(NAME).with("suggestion", capitals);
    }
    let certificate = p.text("papers.birth_certificate.name");
    if !certificate.is_empty() && !same(name, certificate) {
        p.explain(NAME).case("certificate");
    }
}

/// LL-02.
fn other_names_not_in_capitals(p: &mut Probe<'_, '_>) {
    for row in p.facts.rows("other_names") {
        let name = nfc(row.text("_"));
        if name.chars().filter(|c| c.is_alphabetic()).count() >= 2 && upper(&name) == name.as_ref() {
            p.style(&row.path("_")).with("index", row.number_shown());
        }
    }
}

const BORN: &str = "birth_date";

/// LL-03.
fn full_date_of_birth(p: &mut Probe<'_, '_>) {
    if p.date(BORN).is_none() {
        p.explain(BORN);
    }
}

/// LL-03b.
fn date_of_the_certificate(p: &mut Probe<'_, '_>) {
    let (Some(own), Some(paper)) = (p.date(BORN), p.date("papers.birth_certificate.birth_date")) else {
        return;
    };
    if own != paper {
        p.explain(BORN);
    }
}

/// LL-04.
fn gender_is_nam_or_nu(p: &mut Probe<'_, '_>) {
    if !matches!(fold(p.text("gender")).as_str(), "nam" | "nữ") {
        p.explain("gender");
    }
}
