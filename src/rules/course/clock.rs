//! What runs out, and when to say so: papers, terms in working days, the next note, the last day at the school.
//!
//! Every term is the one its rule counts by (`check/families`), every working day is counted by the calendar of [`crate::holiday`]. A clock runs while
//! what it waits for is not noted; once it is noted, the rule itself looks at it. Said early: a certificate in its last six months, a paper and the
//! last meeting at the school two months ahead (for the latter no text says it: a choice of this library), a note one week, working days ten days ahead.
//! Deliberately not here: what is late already and noted, which is a finding.

use super::{State, state};
use crate::check::{self, terms};
use crate::date::{Date, add_months};
use crate::facts::{Facts, Row};
use crate::holiday::Deadline;

/// How a clock stands on the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    /// There is time.
    Fine,
    /// It is time to say so.
    Soon,
    /// The last day is over.
    Over,
}

/// Something that runs out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    /// What must come by the last day, or what lives until then, in words.
    pub what: &'static str,
    /// Of which person or paper, where several are possible; often empty.
    pub about: String,
    /// Record path of what it waits for, or of what lives.
    pub place: String,
    /// The step that needs it.
    pub towards: &'static State,
    /// Day from which it is counted.
    pub from: Date,
    /// Last day.
    pub until: Date,
    /// Day from which it is said.
    pub warn_from: Date,
    /// How it stands.
    pub stand: Stand,
    /// By which calendar working days were counted, in words; empty where months are counted.
    pub calendar: String,
    /// The rule it rests on.
    pub ground: &'static str,
}

const MEETING: &str = "procedure.branch_meeting_date";
const DECIDED: &str = "procedure.decision_date";
const CEREMONY: &str = "procedure.ceremony_date";
const CERTIFICATE: &str = "procedure.certificate_date";
const MOVED: &str = "transfer.decision_date";
const CONSIDERED: &str = "probation.branch_meeting_date";
const RECOGNISED: &str = "probation.decision_date";

/// Months before the end of a certificate from which it is said.
const CERTIFICATE_AHEAD: i32 = 6;
/// Months before the end of a paper, and before the last meeting at the school.
const PAPER_AHEAD: i32 = 2;
/// Days before a note is due.
const NOTE_AHEAD: u8 = 7;
/// Days before a term in working days ends.
const WORKING_AHEAD: u8 = 10;

/// Every clock that runs on the day of the facts, the first to run out first.
pub(super) fn running(facts: &Facts<'_>) -> Vec<Clock> {
    let mut dial = Dial {
        facts,
        clocks: Vec::new(),
    };
    dial.until_the_meeting();
    dial.notes();
    dial.answers();
    dial.after_the_meeting();
    dial.probation();
    dial.moving();
    let mut clocks = dial.clocks;
    clocks.sort_by_key(|clock| clock.until);
    clocks
}

struct Dial<'f, 'a> {
    facts: &'f Facts<'a>,
    clocks: Vec<Clock>,
}

/// What a clock is about.
struct Matter {
    what: &'static str,
    about: String,
    place: String,
    towards: &'static str,
    ground: &'static str,
}

fn matter(ground: &'static str, towards: &'static str, what: &'static str, place: impl Into<String>) -> Matter {
    Matter {
        what,
        about: String::new(),
        place: place.into(),
        towards,
        ground,
    }
}

impl Dial<'_, '_> {
    /// A day that is noted and has come.
    fn past(&self, slug: &str) -> Option<Date> {
        self.facts.date(slug).filter(|day| *day <= self.facts.act)
    }

    fn is_open(&self, slug: &str) -> bool {
        self.past(slug).is_none()
    }

    /// Adds a clock, if its rule concerns the person, held on the day that selects its version, and is not switched off.
    fn add(&mut self, matter: Matter, selects: Date, from: Date, until: Date, warn_from: Date, calendar: String) {
        let (Some(towards), Some(rule)) = (state(matter.towards), check::rule(matter.ground)) else {
            return;
        };
        let concerns = rule.applies & check::group_of(self.facts) != 0;
        if !concerns || !rule.holds(selects) || rule.is_off(self.facts.settings) {
            return;
        }
        let today = self.facts.act;
        self.clocks.push(Clock {
            what: matter.what,
            about: matter.about,
            place: matter.place,
            towards,
            from,
            until,
            warn_from,
            stand: match today {
                _ if today > until => Stand::Over,
                _ if today >= warn_from => Stand::Soon,
                _ => Stand::Fine,
            },
            calendar,
            ground: rule.id,
        });
    }

    /// A life in months.
    fn months(&mut self, matter: Matter, from: Date, months: i32, ahead: i32) {
        let warn_from = add_months(from, months - ahead);
        let today = self.facts.act;
        self.add(matter, today, from, add_months(from, months), warn_from, String::new());
    }

    /// A term in working days; `selects` chooses the version of the rule.
    fn working(&mut self, matter: Matter, selects: Date, from: Date, days: u32) {
        let limit = Deadline::after(from, days, self.facts.settings);
        let calendar = limit.calendar(self.facts.settings);
        self.add(
            matter,
            selects,
            from,
            limit.day,
            limit.day.back(WORKING_AHEAD),
            calendar,
        );
    }

    /// What must still live, or still be, on the day of the chi bộ's meeting.
    fn until_the_meeting(&mut self) {
        let facts = self.facts;
        if self.is_open(MEETING) {
            if let Some(issued) = facts.date(CERTIFICATE) {
                let paper = matter(
                    "CLS-02",
                    "S10",
                    "Giấy chứng nhận lớp nhận thức còn giá trị",
                    CERTIFICATE,
                );
                self.months(paper, issued, terms::CERTIFICATE, CERTIFICATE_AHEAD);
            }
            for (place, name, day) in terms::papers(facts) {
                let mut paper = matter("DOS-01", "S10", "Giấy tờ còn giá trị", place);
                paper.about = name.to_string();
                self.months(paper, day, terms::PAPER, PAPER_AHEAD);
            }
            for (slug, name) in [("procedure.application_date", "1-KNĐ"), ("declaration.date", "2-KNĐ")] {
                if let Some(day) = facts.date(slug) {
                    let mut paper = matter("DOS-02", "S10", "Giấy tờ còn giá trị", slug);
                    paper.about = name.to_string();
                    self.months(paper, day, terms::PAPER, PAPER_AHEAD);
                }
            }
        }
        let (towards, what) = if self.is_open(MEETING) {
            ("S10", "Chi bộ họp xét tại trường, muộn nhất")
        } else {
            ("S13", "Lễ kết nạp tại trường, muộn nhất")
        };
        const GRADUATED: &str = "study.graduation_recognised_date";
        let at_school = facts.blank("procedure.ceremony_place") || facts.is("procedure.ceremony_place", "origin");
        if let Some(last) = facts.date(GRADUATED)
            && self.is_open(CEREMONY)
            && at_school
            && facts.is("profile.group", "pupil")
        {
            let warn_from = add_months(last, -PAPER_AHEAD);
            let from = facts.date("procedure.candidate_unit_from").unwrap_or(warn_from);
            let meeting = matter("TRF-09", towards, what, GRADUATED);
            self.add(meeting, facts.act, from, last, warn_from, String::new());
        }
    }

    /// The next note: until the introduction, and again from the ceremony until the chi bộ considers recognition.
    fn notes(&mut self) {
        let facts = self.facts;
        let latest = |notes: Vec<&Row<'_>>, from: Date| {
            let days = notes.into_iter().filter_map(|note| note.date("date"));
            days.fold(from, Date::max)
        };
        let helpers = facts.rows("procedure.mentors");
        let assigned = helpers.clone().next().and_then(|helper| helper.date("assigned_date"));
        let (last, towards) = match self.past(CEREMONY) {
            Some(start) if self.is_open(CONSIDERED) => {
                let notes = facts.rows("notes").filter(|note| note.is("phase", "probation"));
                (latest(notes.collect(), start), "S15")
            }
            None if terms::first_introduction(facts).is_none() && self.is_open(MEETING) => {
                let Some(assigned) = assigned else { return };
                (latest(terms::before(facts), assigned), "S9")
            }
            _ => return,
        };
        let due = add_months(last, i32::from(facts.settings.note_interval_months));
        let note = matter("MON-03", towards, "Nhận xét kỳ tới", "notes");
        self.add(note, facts.act, last, due, due.back(NOTE_AHEAD), String::new());
    }

    /// Answers of committees that were asked.
    fn answers(&mut self) {
        let facts = self.facts;
        for v in facts.rows("procedure.verifications") {
            let (Some(received), true) = (v.date("received_date"), v.blank("waiver")) else {
                continue;
            };
            if v.blank("replied_date") {
                let mut answer = matter("VER-12", "S8", "Trả lời thẩm tra", v.path("replied_date"));
                answer.about = terms::whom(facts, v.text("person")).shown();
                self.working(answer, facts.act, received, terms::to_answer(v));
            }
        }
    }

    /// From the chi bộ's meeting to the ceremony.
    fn after_the_meeting(&mut self) {
        let facts = self.facts;
        if let Some(meeting) = self.past(MEETING).filter(|_| self.is_open(DECIDED)) {
            let what = "Ra quyết định kết nạp";
            if let Some(days) = terms::to_decide(meeting, facts.is("procedure.extension.answer", "có")) {
                for ground in ["DL-01", "DL-01b"] {
                    self.working(matter(ground, "S12", what, DECIDED), meeting, meeting, days);
                }
            }
            if facts.settings.province == "01" {
                let steps = [("S10", "Chi bộ gửi hồ sơ"), ("S11", "Đảng ủy cơ sở họp xét")];
                for ((slug, days), (towards, what)) in terms::HANOI.into_iter().zip(steps) {
                    if self.is_open(slug) {
                        self.working(matter("DL-03", towards, what, slug), facts.act, meeting, days);
                    }
                }
            }
        }
        let Some(decided) = self.past(DECIDED) else { return };
        if self.is_open(CEREMONY) && facts.blank("procedure.late_ceremony_consent_date") {
            let received = facts.date("procedure.decision_received_date");
            for (ground, from) in [("DL-04", received), ("DL-04b", Some(decided))] {
                if let Some(from) = from {
                    let ceremony = matter(ground, "S13", "Làm lễ kết nạp", CEREMONY);
                    self.working(ceremony, decided, from, terms::CEREMONY);
                }
            }
        }
    }

    /// From the ceremony to the recognition.
    fn probation(&mut self) {
        const RECORDS: &str = "probation.records_created_date";
        let facts = self.facts;
        if let Some(start) = self.past(CEREMONY) {
            if self.is_open(RECORDS) {
                let records = matter("PRB-10", "S14", "Lập lý lịch đảng viên, phiếu đảng viên", RECORDS);
                self.working(records, facts.act, start, terms::RECORDS);
            }
            if let Some(end) = terms::probation_end(facts).filter(|_| self.is_open(CONSIDERED)) {
                let meeting = matter("PRB-02", "S15", "Chi bộ xét công nhận chính thức", CONSIDERED);
                self.working(meeting, facts.act, end, terms::CONSIDER);
            }
        }
        if let Some(meeting) = self.past(CONSIDERED).filter(|_| self.is_open(RECOGNISED)) {
            let days = terms::to_recognise(meeting, facts.is("probation.extension.answer", "có"));
            let decision = matter("DL-02", "S16", "Ra quyết định công nhận chính thức", RECOGNISED);
            self.working(decision, facts.act, meeting, days);
        }
    }

    /// When the person moves to another unit.
    fn moving(&mut self) {
        let facts = self.facts;
        if let Some(moved) = self.past(MOVED)
            && facts.is("transfer.dossier_sent_up.answer", "có")
            && self.is_open(DECIDED)
        {
            const FORWARDED: &str = "transfer.forwarded_date";
            if self.is_open(FORWARDED) {
                let sending = matter("TRF-03", "X2", "Chuyển hồ sơ đến nơi mới", FORWARDED);
                self.working(sending, facts.act, moved, terms::FORWARD);
            }
            if let Some(received) = self.past("transfer.dossier_received_date") {
                let decision = matter("TRF-03", "S12", "Nơi đến xem xét hồ sơ", DECIDED);
                self.working(decision, facts.act, received, terms::CONSIDER_THERE);
            }
            if facts.is("transfer.same_committee.answer", "không") {
                let decision = matter("TRF-06", "S12", "Quyết định của nơi đi còn dùng được", DECIDED);
                self.working(decision, facts.act, moved, terms::DECIDE_AFTER_MOVE);
            }
        }
        for (from, done, what, days) in [
            (
                "transfer.party_activity_decision_date",
                "transfer.party_activity_done_date",
                "Làm xong thủ tục chuyển sinh hoạt đảng",
                terms::ACTIVITY,
            ),
            (
                "transfer.paper_issued_date",
                "transfer.paper_presented_date",
                "Nộp giấy giới thiệu sinh hoạt đảng",
                terms::PRESENT,
            ),
        ] {
            if let Some(from) = self.past(from).filter(|_| self.is_open(done)) {
                self.working(matter("TRF-14", "X2", what, done), facts.act, from, days);
            }
        }
    }
}

#[cfg(test)]
mod tests;
