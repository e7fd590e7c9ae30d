//! The counters of a report and how each is counted.
//!
//! An event counts in the period of its own day, once that day has come; what is held (a list, papers in preparation, probation) counts as it stood on the last
//! day of the period, or today while the period lasts. Counters and their definitions are those of the reference list under their keys `a` to `k`; those
//! without a counterpart there say so.

use super::{Gap, period::Period};
use crate::person::{Group, Person};
use rules::course::{self, CERTIFICATE_MONTHS};
use rules::date::add_months;
use rules::{Date, Settings};

/// A counter.
#[derive(Debug, PartialEq, Eq)]
pub struct Counter {
    /// Key in the reference list.
    pub key: &'static str,
    /// Name in layouts.
    pub slug: &'static str,
    /// Name for people.
    pub label: &'static str,
    how: How,
}

#[derive(Debug, PartialEq, Eq)]
enum How {
    /// Typed by the school.
    Typed,
    /// The day at this path lies in the period.
    Day(&'static str),
    /// The meeting lies in the period and two thirds of the full members agreed.
    Voted,
    /// Stood in one of these states on the last day.
    Stood(&'static [&'static str]),
    /// Had a certificate of less than 60 months on the last day and was not admitted.
    CertificateCounts,
    /// Certified in the period and admitted until its last day.
    CertifiedAndAdmitted,
}

/// Targets, all parts together.
pub const TARGETS: &str = "chi_tieu";
/// The parts of the targets: given, added, added through the trade union and the Đoàn.
pub const TARGET_PARTS: [&str; 4] = [
    "chi_tieu_giao",
    "chi_tieu_bo_sung",
    "chi_tieu_cong_doan",
    "chi_tieu_doan",
];
/// Reasons for delay.
pub const DELAY: &str = "ly_do_cham";

const CERTIFICATE: &str = "procedure.certificate_date";
const MEETING: &str = "procedure.branch_meeting_date";
const CEREMONY: &str = "procedure.ceremony_date";

const fn counter(key: &'static str, slug: &'static str, label: &'static str, how: How) -> Counter {
    Counter { key, slug, label, how }
}

/// Every counter, in the order of the reference list. `a1` to `a4`, `b1` and `c4` are this project's.
pub static COUNTERS: [Counter; 20] = [
    counter("a", TARGETS, "Chỉ tiêu được giao, bổ sung", How::Typed),
    counter("a1", "chi_tieu_giao", "Chỉ tiêu được giao", How::Typed),
    counter("a2", "chi_tieu_bo_sung", "Chỉ tiêu bổ sung", How::Typed),
    counter("a3", "chi_tieu_cong_doan", "Chỉ tiêu bổ sung qua công đoàn", How::Typed),
    counter("a4", "chi_tieu_doan", "Chỉ tiêu bổ sung qua Đoàn", How::Typed),
    // until the ceremony: whoever is admitted is no longer a quần chúng
    counter(
        "b",
        "danh_sach",
        "Quần chúng trong danh sách cảm tình Đảng",
        How::Stood(&[
            "S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8", "S9", "S10", "S11", "S12",
        ]),
    ),
    counter(
        "b1",
        "vao_danh_sach",
        "Đưa vào danh sách cảm tình Đảng",
        How::Day("procedure.listed_date"),
    ),
    counter(
        "c1",
        "cu_di_hoc",
        "Cử đi học lớp nhận thức",
        How::Day("procedure.class_start"),
    ),
    counter("c2", "co_chung_nhan", "Đã có giấy chứng nhận", How::Day(CERTIFICATE)),
    counter(
        "c3",
        "chung_nhan_con_han",
        "Giấy chứng nhận còn hạn",
        How::CertificateCounts,
    ),
    counter(
        "c4",
        "chung_nhan_da_ket_nap",
        "Có giấy chứng nhận trong kỳ và đã kết nạp",
        How::CertifiedAndAdmitted,
    ),
    counter("d1", "ho_so_dang_lap", "Hồ sơ đang lập", How::Stood(&["S5", "S6"])),
    counter("d2", "dang_tham_tra", "Đang thẩm tra", How::Stood(&["S7", "S8"])),
    counter(
        "e",
        "nghi_quyet_chi_bo",
        "Nghị quyết chi bộ đề nghị kết nạp",
        How::Voted,
    ),
    counter(
        "f",
        "quyet_dinh",
        "Quyết định kết nạp",
        How::Day("procedure.decision_date"),
    ),
    counter("g", "ket_nap", "Lễ kết nạp", How::Day(CEREMONY)),
    counter("h1", "du_bi", "Đảng viên dự bị", How::Stood(&["S14", "S15"])),
    counter(
        "h2",
        "chinh_thuc",
        "Công nhận chính thức",
        How::Day("probation.decision_date"),
    ),
    counter(
        "i",
        "chuyen_di",
        "Chuyển đi có giấy chứng nhận",
        How::Day("transfer.certificate_date"),
    ),
    counter("k", DELAY, "Lý do chậm", How::Typed),
];

impl Counter {
    /// Whether the school types it.
    pub fn is_typed(&self) -> bool {
        self.how == How::Typed
    }
}

/// A further mark by which a counter is split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Nữ.
    Women,
    /// Dân tộc thiểu số: any other people than the Kinh.
    Minority,
    /// Có tôn giáo.
    Religious,
    /// Đoàn viên.
    UnionMember,
    /// Kết nạp lại.
    Readmitted,
}

/// A part of those counted; `None` asks nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Split {
    /// The group held on the day of the event.
    pub group: Option<Group>,
    /// A further mark.
    pub part: Option<Part>,
    /// Full years of age on the day of the event, first and last.
    pub ages: Option<(i32, i32)>,
}

/// Somebody counted by one counter.
#[derive(Debug, Clone, Copy)]
struct Hit {
    group: Option<Group>,
    age: Option<i32>,
    is: [bool; 5],
}

/// A period, counted.
pub struct Tally {
    period: Period,
    hits: Vec<(&'static Counter, Vec<Hit>)>,
}

impl Tally {
    /// Counts a period, as far as it has come today.
    pub fn of(people: &[Person<'_>], period: Period, today: Date, settings: &Settings) -> Tally {
        let mut hits: Vec<(&'static Counter, Vec<Hit>)> =
            COUNTERS.iter().map(|counter| (counter, Vec::new())).collect();
        let Some(period) = Period::between(period.from, period.to.min(today)) else {
            return Tally { period, hits };
        };
        for person in people {
            let stood = course::of(person.whole, period.to, settings)
                .current
                .map_or("", |state| state.id);
            let is = [
                person.is_woman() == Some(true),
                person.is_minority() == Some(true),
                person.is_religious() == Some(true),
                person.is_union_member() == Some(true),
                person.is_readmitted(),
            ];
            for (counter, hits) in &mut hits {
                if let Some(day) = counter.day(person, period, stood) {
                    hits.push(Hit {
                        group: person.group_on(day),
                        age: person.age_on(day),
                        is,
                    });
                }
            }
        }
        Tally { period, hits }
    }

    fn fitting(&self, counter: &Counter, split: Split) -> impl Iterator<Item = &Hit> {
        let of = self.hits.iter().find(|(own, _)| own.key == counter.key);
        let hits = of.map_or(&[][..], |(_, hits)| hits.as_slice());
        hits.iter().filter(move |hit| {
            let [woman, minority, religious, union_member, readmitted] = hit.is;
            split.group.is_none_or(|group| hit.group == Some(group))
                && split
                    .ages
                    .is_none_or(|(first, last)| hit.age.is_some_and(|age| (first..=last).contains(&age)))
                && match split.part {
                    None => true,
                    Some(Part::Women) => woman,
                    Some(Part::Minority) => minority,
                    Some(Part::Religious) => religious,
                    Some(Part::UnionMember) => union_member,
                    Some(Part::Readmitted) => readmitted,
                }
        })
    }

    /// How many; 0 for what the school types.
    pub fn count(&self, counter: &Counter, split: Split) -> i64 {
        i64::try_from(self.fitting(counter, split).count()).unwrap_or(i64::MAX)
    }

    /// The mean age in tenths of years of those whose birth is written; `None` when it is of nobody.
    pub fn mean_age(&self, counter: &Counter, split: Split) -> Option<i64> {
        let ages: Vec<i64> = self
            .fitting(counter, split)
            .filter_map(|hit| hit.age.map(i64::from))
            .collect();
        let n = i64::try_from(ages.len()).ok().filter(|n| *n > 0)?;
        Some((20 * ages.iter().sum::<i64>() + n) / (2 * n))
    }

    /// What is not written about those who were counted, and days that could not be read.
    pub fn gaps(&self, people: &[Person<'_>]) -> Vec<Gap> {
        let mut gaps = Vec::new();
        for (at, person) in people.iter().enumerate() {
            let mut missing = Vec::new();
            for counter in &COUNTERS {
                if let How::Day(path) = counter.how
                    && !person.whole.is_blank(path)
                    && person.day(path).is_none()
                {
                    let typed = person.whole.text(path);
                    missing.push(format!("{}: “{typed}” chưa đủ ngày, tháng, năm", counter.label));
                }
            }
            if person.day(MEETING).is_some_and(|day| self.period.has(day)) && votes(person).is_none() {
                missing.push("số phiếu của chi bộ".to_string());
            }
            for (path, name, blank) in [
                ("person.group", "nhóm", person.group_on(self.period.to).is_none()),
                ("person.gender", "giới tính", person.is_woman().is_none()),
                ("person.ethnicity", "dân tộc", person.is_minority().is_none()),
                ("person.religion", "tôn giáo", person.is_religious().is_none()),
                (
                    "person.union_member",
                    "có phải đoàn viên không",
                    person.is_union_member().is_none(),
                ),
            ] {
                if blank && (person.text(path).is_empty() || path == "person.group") {
                    missing.push(name.to_string());
                }
            }
            if !missing.is_empty() {
                gaps.push(Gap {
                    person: at,
                    missing: missing.join(", "),
                });
            }
        }
        gaps
    }
}

impl Counter {
    /// The day on which the person counts, if they do: that of the event, or the last of the period.
    fn day(&self, person: &Person<'_>, period: Period, stood: &str) -> Option<Date> {
        let held = |holds: bool| holds.then_some(period.to);
        match self.how {
            How::Typed => None,
            How::Day(path) => person.day(path).filter(|day| period.has(*day)),
            How::Voted => {
                let day = person.day(MEETING).filter(|day| period.has(*day))?;
                // two thirds: VOT-01
                votes(person).filter(|(agree, full)| 3 * agree >= 2 * full).map(|_| day)
            }
            How::Stood(states) => held(states.contains(&stood)),
            How::CertificateCounts => {
                let issued = person.day(CERTIFICATE)?;
                let counts = issued <= period.to && period.to <= add_months(issued, CERTIFICATE_MONTHS);
                let admitted = person.day(CEREMONY).is_some_and(|day| day <= period.to);
                held(counts && !admitted)
            }
            How::CertifiedAndAdmitted => {
                let issued = person.day(CERTIFICATE).filter(|day| period.has(*day))?;
                person.day(CEREMONY).filter(|day| *day <= period.to).map(|_| issued)
            }
        }
    }
}

/// Votes for, and full members, when both are written.
fn votes(person: &Person<'_>) -> Option<(i64, i64)> {
    let number = |path: &str| person.whole.text(path).trim().parse::<i64>().ok();
    let full = number("procedure.branch_vote.official").filter(|full| *full > 0)?;
    Some((number("procedure.branch_vote.agree")?, full))
}
