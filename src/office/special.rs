//! The three ways besides the common one: somebody moves to another unit, works by contract or is seconded, is on probation. For each: what
//! is to be noted, what is noted, by when, and the rule it rests on.
//!
//! Invariant: days, terms and grounds are those of the rules and their clocks; nothing is judged, a blank is only a blank. A part concerns
//! somebody only once the case says so. Not here: the findings (`rules::check`), the common way (`rules::course`).

use crate::person::day_of;
use rules::check;
use rules::course::{Clock, Stand};
use rules::date::months_completed;
use rules::{Date, Record, Settings, form};

/// One of the three.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Track {
    /// Chuyển đơn vị.
    Moving,
    /// Hợp đồng, biệt phái.
    Contract,
    /// Dự bị.
    Probation,
}

impl Track {
    /// Each of them.
    pub const ALL: [Track; 3] = [Track::Moving, Track::Contract, Track::Probation];

    /// Name for people.
    pub fn title(self) -> &'static str {
        match self {
            Track::Moving => "Chuyển đơn vị",
            Track::Contract => "Hợp đồng, biệt phái",
            Track::Probation => "Thời gian dự bị, công nhận chính thức",
        }
    }

    /// The section of the case in which it is noted.
    pub fn section(self) -> &'static str {
        match self {
            Track::Moving => "chuyen",
            Track::Contract => "truong-hop-rieng",
            Track::Probation => "du-bi",
        }
    }
}

/// Something to be noted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What is to be done, in words.
    pub what: &'static str,
    /// As it is noted; `None` while it is not.
    pub done: Option<String>,
    /// Last day, where a term runs.
    pub until: Option<Date>,
    /// How that term stands.
    pub stand: Stand,
    /// The rule it rests on, and what that rule is about.
    pub ground: (&'static str, &'static str),
}

/// When a line is asked.
#[derive(Clone, Copy)]
enum When {
    Always,
    /// The dossier was sent up already.
    SentUp,
    /// The move came after the admission.
    Admitted,
    /// Contract teachers, where the province has the rule.
    ByYear,
    Seconded,
    /// The member moved during the probation.
    MovedSince,
}

type Line = (&'static str, &'static str, &'static str, When);

const MOVING: &[Line] = &[
    (
        "transfer.decision_date",
        "Ghi ngày quyết định chuyển đơn vị",
        "TRF-01",
        When::Always,
    ),
    (
        "transfer.certificate_date",
        "Cấp giấy chứng nhận đang được giúp đỡ, xem xét kết nạp",
        "TRF-01",
        When::Always,
    ),
    (
        "transfer.dossier_sent_up.answer",
        "Ghi hồ sơ đã gửi cấp trên chưa",
        "TRF-02",
        When::Always,
    ),
    (
        "transfer.same_committee.answer",
        "Ghi nơi đến có cùng cấp ủy có thẩm quyền không",
        "TRF-04",
        When::Always,
    ),
    (
        "transfer.forwarded_date",
        "Chuyển hồ sơ đến nơi mới",
        "TRF-03",
        When::SentUp,
    ),
    (
        "transfer.dossier_received_date",
        "Nơi đến nhận hồ sơ",
        "TRF-03",
        When::SentUp,
    ),
    (
        "transfer.party_activity_decision_date",
        "Ghi ngày quyết định chuyển sinh hoạt đảng",
        "TRF-14",
        When::Admitted,
    ),
    (
        "transfer.party_activity_done_date",
        "Làm xong thủ tục chuyển sinh hoạt đảng",
        "TRF-14",
        When::Admitted,
    ),
    (
        "transfer.paper_issued_date",
        "Cấp giấy giới thiệu sinh hoạt đảng",
        "TRF-14",
        When::Admitted,
    ),
    (
        "transfer.paper_presented_date",
        "Nộp giấy giới thiệu sinh hoạt đảng",
        "TRF-14",
        When::Admitted,
    ),
];

const CONTRACT: &[Line] = &[
    ("contract.kind", "Ghi loại hợp đồng", "TRF-10", When::Always),
    (
        "contract.months_worked",
        "Ghi số tháng đã làm liên tục",
        "TRF-10",
        When::Always,
    ),
    (
        "contract.school_years",
        "Ghi số năm học tại trường",
        "TRF-11",
        When::ByYear,
    ),
    (
        "contract.summer_activity.answer",
        "Ghi có tham gia hoạt động hè không",
        "TRF-11",
        When::ByYear,
    ),
    ("secondment.months", "Ghi số tháng biệt phái", "TRF-12", When::Seconded),
    (
        "secondment.home_comment_date",
        "Có nhận xét của nơi cử đi",
        "TRF-12",
        When::Seconded,
    ),
    (
        "procedure.considered_at",
        "Chi bộ xác định nơi xem xét",
        "TRF-10",
        When::Always,
    ),
];

const PROBATION: &[Line] = &[
    (
        "probation.records_created_date",
        "Lập lý lịch đảng viên, phiếu đảng viên",
        "PRB-10",
        When::Always,
    ),
    (
        "probation.class_certificate_date",
        "Có giấy chứng nhận lớp đảng viên mới",
        "PRB-04",
        When::Always,
    ),
    (
        "probation.former_helper_review_date",
        "Người giúp đỡ nơi cũ viết nhận xét gửi kèm",
        "PRB-08",
        When::MovedSince,
    ),
    (
        "probation.self_review_date",
        "Đảng viên viết bản tự kiểm điểm (10-KNĐ)",
        "PRB-01",
        When::Always,
    ),
    (
        "probation.helper_review_date",
        "Người giúp đỡ viết bản nhận xét (11-KNĐ)",
        "PRB-05",
        When::Always,
    ),
    (
        "probation.opinions_date",
        "Tổng hợp ý kiến (12-KNĐ)",
        "PRB-05",
        When::Always,
    ),
    (
        "probation.branch_meeting_date",
        "Chi bộ xét công nhận chính thức",
        "PRB-02",
        When::Always,
    ),
    (
        "probation.decision_date",
        "Có quyết định công nhận chính thức",
        "DL-02",
        When::Always,
    ),
    (
        "probation.official_from_date",
        "Ghi ngày công nhận chính thức",
        "PRB-03",
        When::Always,
    ),
    (
        "probation.party_age_from",
        "Ghi ngày tính tuổi đảng",
        "PRB-09",
        When::Always,
    ),
];

/// The steps of a part; `None` when it does not concern this person on this day. `clocks` are those of the same case.
pub fn steps(track: Track, case: &Record, clocks: &[Clock], today: Date, settings: &Settings) -> Option<Vec<Step>> {
    let is = |slug: &str, value: &str| case.text(slug).trim() == value;
    let past = |slug: &str| day_of(case.text(slug)).is_some_and(|day| day <= today);
    let admitted = past("procedure.ceremony_date");
    let (lines, concerns) = match track {
        Track::Moving => (MOVING, noted(case, "transfer.")),
        Track::Contract => (CONTRACT, noted(case, "contract.") || noted(case, "secondment.")),
        Track::Probation => (PROBATION, admitted),
    };
    let asked = |when: When| match when {
        When::Always => true,
        When::SentUp => is("transfer.dossier_sent_up.answer", "có"),
        When::Admitted => admitted,
        When::ByYear => settings.province == "01" && is("contract.kind", "by_school_year"),
        When::Seconded => noted(case, "secondment."),
        When::MovedSince => noted(case, "transfer.party_activity_decision_date"),
    };
    let step = |(slug, what, rule, _): &Line| {
        let clock = clocks.iter().find(|clock| clock.place == *slug);
        let title = check::rule(rule).map_or("", |rule| rule.title);
        Step {
            what,
            done: Some(shown(case, slug)).filter(|text| !text.is_empty()),
            until: clock.map(|clock| clock.until),
            stand: clock.map_or(Stand::Fine, |clock| clock.stand),
            ground: (rule, title),
        }
    };
    concerns.then(|| lines.iter().filter(|(.., when)| asked(*when)).map(step).collect())
}

/// Whether anything below this is written.
fn noted(case: &Record, begins: &str) -> bool {
    let below = case.fields().range(begins.to_string()..);
    below
        .take_while(|(path, _)| path.starts_with(begins))
        .any(|(_, text)| !text.trim().is_empty())
}

/// An answer in the words of its choice.
fn shown(case: &Record, slug: &str) -> String {
    let text = case.text(slug).trim();
    let choices = form::field(form::case(), slug).map_or(&[][..], |field| field.choices);
    let chosen = choices.iter().find(|choice| choice.value == text);
    chosen.map_or(text, |choice| choice.label).to_string()
}

/// Where somebody who came from another unit was helped before, as the paper of a person who came says.
pub const CAME_FROM: &str = "received.unit";
/// First and last day of the help there.
pub const HELPED: (&str, &str) = ("received.helped_from", "received.helped_until");

/// Months of help, completed: at the former unit by its certificate, and here since the first mentor was assigned.
pub fn months_helped(case: &Record, today: Date) -> (i32, i32) {
    let day = |slug: &str| day_of(case.text(slug));
    let there = day(HELPED.0).zip(day(HELPED.1)).filter(|(from, until)| from <= until);
    let assigned = |row: &&str| day_of(case.text(&format!("procedure.mentors/{row}/assigned_date")));
    let rows = case.rows("procedure.mentors");
    let here = rows.iter().filter_map(assigned).min().filter(|from| *from <= today);
    (
        there.map_or(0, |(from, until)| months_completed(from, until)),
        here.map_or(0, |from| months_completed(from, today)),
    )
}

/// The facts of the certificate of somebody who moves (TRF-01), as label and what is noted; blanks stay blank, to be filled in by hand.
pub fn certificate(case: &Record) -> Vec<(&'static str, String)> {
    let mut facts: Vec<(&'static str, String)> = [
        ("Họ và tên", "person.name"),
        ("Ngày sinh", "person.born"),
        ("Đơn vị đang học tập, công tác", "person.unit"),
        ("Ngày được xét là cảm tình Đảng", "procedure.listed_date"),
        ("Số nghị quyết của chi bộ", "procedure.listed_resolution_no"),
        ("Ngày Đoàn (Công đoàn) giới thiệu", "procedure.union_selection_date"),
        (
            "Ngày cấp giấy chứng nhận lớp nhận thức về Đảng",
            "procedure.certificate_date",
        ),
        ("Số giấy chứng nhận lớp", "procedure.certificate_no"),
        ("Ngày được phép làm thủ tục", "procedure.permission_date"),
        ("Ngày quyết định chuyển đơn vị", "transfer.decision_date"),
    ]
    .into_iter()
    .map(|(label, slug)| (label, shown(case, slug)))
    .collect();
    for row in case.rows("procedure.mentors") {
        let cell = |column: &str| case.text(&format!("procedure.mentors/{row}/{column}")).trim();
        let until = match cell("ended_date") {
            "" => "nay",
            day => day,
        };
        let number = match cell("resolution_no") {
            "" => String::new(),
            number => format!(" (nghị quyết số {number})"),
        };
        let line = format!("{}, từ {} đến {until}{number}", cell("name"), cell("assigned_date"));
        facts.push(("Đảng viên được phân công giúp đỡ", line));
    }
    facts
}

#[cfg(test)]
mod tests;
