//! Deadlines in working days: decision, sending, ceremony, recognition.
//!
//! Days and extensions are dated values with the citation inside. Every finding says whether holidays were counted; without a list of holidays
//! for the year the deadline is only weekends.

use super::prelude::*;
use crate::law::{Dated, Version};

/// The rules of this family.
pub(super) static RULES: &[Rule] = &[
    Rule::new("DL-01", Explain, CorrectOrNote, "Quyết định trong 60 ngày làm việc (đến 30/6/2025)", "Hạn ra quyết định kết nạp là ngày {limit} (60 ngày làm việc, kể cả gia hạn nếu có). Xin cấp ủy kiểm tra, thông báo lý do nếu chậm.")
        .step("committee S12")
        .since(on(2016, 7, 25))
        .until(on(2025, 6, 30))
        .by(MEETING)
        .cited("Q29 4.3.1 ~seen; Q24 4.3.1; Q232 4.3.1 ~seen")
        .reads("procedure.branch_meeting_date procedure.decision_date procedure.extension.answer")
        .run(decision_in_sixty),
    Rule::new("DL-01b", Explain, CorrectOrNote, "Quyết định trong 45 ngày làm việc (từ 01/7/2025)", "Hạn ra quyết định kết nạp là ngày {limit} (45 ngày làm việc, kể cả gia hạn nếu có). Xin cấp ủy kiểm tra, thông báo lý do nếu chậm.")
        .step("committee S12")
        .since(on(2025, 7, 1))
        .by(MEETING)
        .cited("Q294 4.3.1; Q20; Q208")
        .reads("procedure.branch_meeting_date procedure.decision_date procedure.extension.answer")
        .run(decision_in_forty_five),
    Rule::new("DL-02", Explain, CorrectOrNote, "Quyết định công nhận chính thức trong 30 ngày làm việc", "Hạn ra quyết định công nhận đảng viên chính thức là ngày {limit}. Xin cấp ủy kiểm tra.")
        .step("committee S16")
        .since(on(2016, 7, 25))
        .by("probation.decision_date")
        .cited("Q29 4.3.1; Q24 4.3.1; Q232 4.3.1; Q294 4.3.1; Q20; Q208")
        .reads("probation.branch_meeting_date probation.decision_date probation.extension.answer")
        .run(recognition),
    Rule::new("DL-03", Explain, CorrectOrNote, "Hạn nội bộ (Hà Nội)", "Theo hướng dẫn của Hà Nội, hạn của bước này là ngày {limit}. Xin kiểm tra.")
        .step("branch S11")
        .since(on(2025, 11, 21))
        .by("procedure.grassroots_meeting_date")
        .cited("LHN02 1.1.3.2 ~local")
        .seen(Seen::Local)
        .province("Thành phố Hà Nội")
        .reads("procedure.branch_meeting_date procedure.branch_sent_date procedure.grassroots_meeting_date")
        .run(internal_deadlines),
    Rule::new("DL-04", Approve, Authority, "Lễ kết nạp trong 30 ngày làm việc từ khi nhận quyết định", "Lễ kết nạp cần tổ chức chậm nhất ngày {limit} (30 ngày làm việc từ khi nhận quyết định). Nếu chậm hơn, cần cấp ủy cấp trên đồng ý.")
        .step("branch S13")
        .since(on(2016, 7, 25))
        .until(on(2026, 7, 25))
        .by("procedure.decision_date")
        .cited("Q29 4.1; Q24 4.1; Q232 4.1; Q294 4.1; Q20")
        .reads("procedure.decision_date procedure.decision_received_date procedure.ceremony_date procedure.late_ceremony_consent_date")
        .run(ceremony_from_receipt),
    Rule::new("DL-04b", Approve, Authority, "Lễ kết nạp trong 30 ngày làm việc từ ngày ban hành quyết định", "Lễ kết nạp cần tổ chức chậm nhất ngày {limit} (30 ngày làm việc từ ngày cấp ủy ra quyết định). Nếu chậm hơn, xin ý kiến cấp ủy cấp trên.")
        .step("branch S13")
        .since(on(2026, 7, 26))
        .by("procedure.decision_date")
        .cited("Q208 điểm chưa rõ ~secondary")
        .seen(Seen::Secondary)
        .reads("procedure.decision_date procedure.ceremony_date procedure.late_ceremony_consent_date")
        .run(ceremony_from_decision),
    Rule::new("DL-05", Explain, Info, "Thông báo kết quả cho chi bộ", "Dù đồng ý hay chưa, cấp ủy thông báo kết quả cho chi bộ biết.")
        .step("committee S12")
        .since(on(2016, 7, 25))
        .by("procedure.decision_date")
        .cited("Q29 4.3.1; Q24 4.3.1; Q232 4.3.1; Q294 4.3.1; Q20; Q208")
        .reads("procedure.decision_date")
        .nothing("việc thông báo kết quả không có ngày nào được ghi trong ứng dụng"),
];

/// Working days to decide on an admission, and the extension, by the day of the chi bộ's resolution.
static DECIDE: Dated<(u32, u32)> = Dated {
    versions: &[
        Version {
            since: on(2016, 7, 25),
            value: (60, 30),
            cited: "Q29 4.3.1 ~seen",
        },
        Version {
            since: on(2021, 7, 30),
            value: (60, 30),
            cited: "Q24 4.3.1",
        },
        Version {
            since: on(2025, 1, 20),
            value: (60, 30),
            cited: "Q232 4.3.1 ~seen",
        },
        Version {
            since: on(2025, 7, 1),
            value: (45, 15),
            cited: "Q294 4.3.1",
        },
        Version {
            since: on(2026, 4, 8),
            value: (45, 15),
            cited: "Q20",
        },
        Version {
            since: on(2026, 7, 26),
            value: (45, 15),
            cited: "Q208",
        },
    ],
};

/// Working days to decide on recognition as a full member; the extension is that of [`DECIDE`].
const RECOGNISE: u32 = 30;
/// Working days for the ceremony.
const CEREMONY: u32 = 30;

const DECIDED: &str = "procedure.decision_date";

/// DL-01 and DL-01b differ in their days, not in what they do: the version is chosen by the day of the resolution.
fn decision(p: &mut Probe<'_, '_>) {
    let Some(meeting) = p.date(MEETING) else { return };
    let Some(version) = DECIDE.on(meeting) else { return };
    let (days, more) = version.value;
    let days = if p.is("procedure.extension.answer", "có") {
        days + more
    } else {
        days
    };
    let limit = p.working_days(meeting, days);
    p.late(Explain, DECIDED, "limit", limit, p.date(DECIDED));
}

/// DL-01.
fn decision_in_sixty(p: &mut Probe<'_, '_>) {
    decision(p);
}

/// DL-01b.
fn decision_in_forty_five(p: &mut Probe<'_, '_>) {
    decision(p);
}

/// DL-02.
fn recognition(p: &mut Probe<'_, '_>) {
    let Some(meeting) = p.date("probation.branch_meeting_date") else {
        return;
    };
    let more = DECIDE.on(meeting).map_or(0, |v| v.value.1);
    let days = if p.is("probation.extension.answer", "có") {
        RECOGNISE + more
    } else {
        RECOGNISE
    };
    let limit = p.working_days(meeting, days);
    p.late(
        Explain,
        "probation.decision_date",
        "limit",
        limit,
        p.date("probation.decision_date"),
    );
}

/// DL-03.
fn internal_deadlines(p: &mut Probe<'_, '_>) {
    let Some(meeting) = p.date(MEETING).filter(|_| p.in_province("01")) else {
        return;
    };
    for (slug, days) in [
        ("procedure.branch_sent_date", 5),
        ("procedure.grassroots_meeting_date", 25),
    ] {
        let limit = p.working_days(meeting, days);
        p.late(Explain, slug, "limit", limit, p.date(slug));
    }
}

fn ceremony(p: &mut Probe<'_, '_>, from: Option<Date>) {
    let Some(from) = from.filter(|_| p.blank("procedure.late_ceremony_consent_date")) else {
        return;
    };
    let limit = p.working_days(from, CEREMONY);
    p.late(
        Approve,
        "procedure.ceremony_date",
        "limit",
        limit,
        p.date("procedure.ceremony_date"),
    );
}

/// DL-04.
fn ceremony_from_receipt(p: &mut Probe<'_, '_>) {
    if p.date(DECIDED).is_some() {
        ceremony(p, p.date("procedure.decision_received_date"));
    }
}

/// DL-04b.
fn ceremony_from_decision(p: &mut Probe<'_, '_>) {
    ceremony(p, p.date(DECIDED));
}
