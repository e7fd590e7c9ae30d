//! The awareness class and its certificate.

use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: &[Rule] = &[
    Rule::new("CLS-01", Block, Correct, "Giấy chứng nhận lớp nhận thức về Đảng", "Chưa thấy giấy chứng nhận học lớp bồi dưỡng nhận thức về Đảng. Cần có giấy này trước ngày chi bộ họp xét.")
        .step("branch S10")
        .since(on(2021, 9, 28))
        .by(MEETING)
        .cited("H21 3.1; H25 3.1; H26")
        .reads("procedure.certificate_date procedure.branch_meeting_date")
        .run(certificate_before_the_meeting),
    Rule::new("CLS-02", Block, Correct, "Giấy chứng nhận có giá trị 60 tháng", "Giấy chứng nhận cấp ngày {issued} có giá trị đến hết ngày {expires}; ngày họp {meeting_date} đã quá hạn. Cần học lại lớp nhận thức về Đảng trước khi chi bộ xét.")
        .step("branch S10")
        .since(on(2016, 9, 20))
        .by(MEETING)
        .cited("H16 5.4; H21 5.4; H25 5.4b; H26")
        .reads("procedure.certificate_date procedure.branch_meeting_date")
        .run(certificate_lives_sixty_months),
    Rule::new("CLS-03", Explain, CorrectOrNote, "Nơi cấp giấy chứng nhận phù hợp thời điểm", "Nơi cấp giấy chứng nhận chưa khớp với ngày cấp {issued} (cấp huyện kết thúc từ 01/7/2025). Xin xem lại giấy gốc.")
        .step("branch S4")
        .since(on(2021, 9, 28))
        .cited("H21 3.1; H25 3.1; H26")
        .seen(Seen::Interpretation)
        .reads("procedure.certificate_date procedure.certificate_issuer_level")
        .run(issuer_fits_the_day),
    Rule::new("CLS-04", Explain, CorrectOrNote, "Được tổ chức đảng cử đi học", "Ngày bắt đầu học lớp nhận thức ({class_start}) sớm hơn ngày được xét là cảm tình Đảng ({listed_date}). Xin chi bộ kiểm tra lại thứ tự.")
        .variants(&[("not_listed", "Chưa ghi ngày được xét là cảm tình Đảng nên chưa kiểm tra được thứ tự cử đi học.")])
        .step("branch S3")
        .since(on(2025, 9, 29))
        .cited("B25 I.1.1d")
        .reads("procedure.class_start procedure.listed_date")
        .run(sent_to_class_after_listing),
    Rule::new("CLS-05", Style, Info, "Chương trình lớp nhận thức", "Lớp nhận thức về Đảng thường có 5 chuyên đề, khoảng 5 ngày; xin đối chiếu với giấy chứng nhận.")
        .step("branch S3")
        .seen(Seen::Secondary)
        .reads("procedure.class_start procedure.class_end")
        .nothing("nội dung lớp chỉ người cầm giấy chứng nhận đối chiếu được"),
];

const CERTIFICATE: &str = "procedure.certificate_date";
const LISTED: &str = "procedure.listed_date";
const START: &str = "procedure.class_start";

/// Months a certificate lives.
const LIFE: i32 = 60;

/// CLS-01.
fn certificate_before_the_meeting(p: &mut Probe<'_, '_>) {
    if p.date(MEETING).is_some() && p.blank(CERTIFICATE) {
        p.block(CERTIFICATE);
    }
}

/// CLS-02.
fn certificate_lives_sixty_months(p: &mut Probe<'_, '_>) {
    let (Some(issued), Some(meeting)) = (p.date(CERTIFICATE), p.date(MEETING)) else {
        return;
    };
    let expires = add_months(issued, LIFE);
    if meeting > expires {
        p.block(CERTIFICATE)
            .with("issued", issued)
            .with("expires", expires)
            .with("meeting_date", meeting);
    }
}

/// Day on which the district level ended.
const NO_DISTRICTS: Date = on(2025, 7, 1);

/// CLS-03.
fn issuer_fits_the_day(p: &mut Probe<'_, '_>) {
    let Some(issued) = p.date(CERTIFICATE) else { return };
    let level = p.text("procedure.certificate_issuer_level");
    if (issued >= NO_DISTRICTS && level == "district") || (issued < NO_DISTRICTS && level == "commune") {
        p.explain("procedure.certificate_issuer_level").with("issued", issued);
    }
}

/// CLS-04.
fn sent_to_class_after_listing(p: &mut Probe<'_, '_>) {
    let Some(start) = p.date(START) else { return };
    match p.date(LISTED) {
        Some(listed) if start < listed => drop(p.explain(START).with("class_start", start).with("listed_date", listed)),
        None if p.blank(LISTED) => drop(p.explain(LISTED).case("not_listed")),
        _ => {}
    }
}
