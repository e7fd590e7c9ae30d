//! Reports of invented schools.

use super::count::{COUNTERS, Part, Split, Tally};
use super::layout::{CENTRAL, Layout, SCHOOL};
use super::period::{Period, SCHOOL_YEAR};
use super::{Reach, Sources, Typed, counter, make};
use crate::person::{Group, Person};
use crate::table::Cell;
use proptest::prelude::*;
use rules::course;
use rules::{Date, Record, Settings};
use std::collections::BTreeMap;

fn day(text: &str) -> Date {
    crate::person::day_of(text).unwrap()
}

/// A day after everything in these tests.
const LATER: Date = Date { y: 2040, m: 1, d: 1 };

fn year_2025() -> Period {
    Period::school_year(day("1-11-2025"), SCHOOL_YEAR)
}

/// A person of these answers, `path=text` parted by `|`.
fn whole(answers: &str) -> Record {
    let mut whole = Record::new();
    for answer in answers.split('|').filter(|answer| !answer.is_empty()) {
        let (path, text) = answer.split_once('=').unwrap();
        whole.set(path, text);
    }
    course::joined(None, whole.fields(), &[])
}

fn people(wholes: &[Record]) -> Vec<Person<'_>> {
    let person = |whole| Person {
        whole,
        handed_in: None,
        unread: 0,
    };
    wholes.iter().map(person).collect()
}

fn counted(answers: &str, period: Period) -> BTreeMap<&'static str, i64> {
    let wholes = [whole(answers)];
    let tally = Tally::of(&people(&wholes), period, LATER, &Settings::default());
    let counts = COUNTERS
        .iter()
        .map(|counter| (counter.key, tally.count(counter, Split::default())));
    counts.filter(|(_, n)| *n > 0).collect()
}

#[test]
fn periods_are_those_of_schools_and_offices() {
    let shown = |period: Period| period.to_string();
    let cases = [
        (year_2025(), "từ 1-9-2025 đến 31-8-2026"),
        (
            Period::school_year(day("31-8-2025"), SCHOOL_YEAR),
            "từ 1-9-2024 đến 31-8-2025",
        ),
        (
            Period::school_year(day("1-9-2025"), SCHOOL_YEAR),
            "từ 1-9-2025 đến 31-8-2026",
        ),
        (
            Period::school_year(day("1-11-2025"), (5, 8)),
            "từ 5-8-2025 đến 4-8-2026",
        ),
        (
            Period::school_year(day("1-11-2025"), (31, 2)),
            "từ 1-9-2025 đến 31-8-2026",
        ),
        (
            Period::school_year(day("1-11-2025"), (1, 1)),
            "từ 1-1-2025 đến 31-12-2025",
        ),
        (Period::calendar_year(2026).unwrap(), "từ 1-1-2026 đến 31-12-2026"),
        (Period::half_year(day("30-6-2026")), "từ 1-1-2026 đến 30-6-2026"),
        (Period::half_year(day("1-7-2026")), "từ 1-7-2026 đến 31-12-2026"),
        (year_2025().before(), "từ 1-9-2024 đến 31-8-2025"),
        (
            Period::between(day("1-2-2025"), day("28-2-2025")).unwrap().before(),
            "từ 1-2-2024 đến 29-2-2024",
        ),
        (
            Period::between(day("29-2-2024"), day("1-3-2024")).unwrap().before(),
            "từ 28-2-2023 đến 1-3-2023",
        ),
    ];
    for (period, expected) in cases {
        assert_eq!(shown(period), expected);
    }
    assert_eq!(Period::between(day("2-1-2025"), day("1-1-2025")), None);
}

#[test]
fn each_counter_counts_what_its_definition_says() {
    const LISTED: &str = "procedure.listed_date=1-10-2025";
    const VOTED: &str =
        "procedure.branch_meeting_date=1-6-2026|procedure.branch_vote.official=9|procedure.branch_vote.agree=";
    let cases: [(String, &[&str]); 18] = [
        (String::new(), &[]),
        (LISTED.into(), &["b", "b1"]),
        ("procedure.listed_date=31-8-2025".into(), &["b"]),
        ("procedure.listed_date=1-9-2026".into(), &[]),
        (format!("{LISTED}|procedure.dropped_date=1-12-2025"), &["b1"]),
        (format!("{LISTED}|procedure.dropped_date=1-12-2026"), &["b", "b1"]),
        (format!("{LISTED}|procedure.class_start=1-11-2025"), &["b", "b1", "c1"]),
        ("procedure.certificate_date=1-9-2025".into(), &["b", "c2", "c3"]),
        ("procedure.certificate_date=31-8-2021".into(), &["b", "c3"]),
        ("procedure.certificate_date=30-8-2021".into(), &["b"]),
        ("procedure.permission_date=1-3-2026".into(), &["b", "d1"]),
        (
            "procedure.application_date=1-3-2026|declaration.date=1-3-2026".into(),
            &["b", "d1"],
        ),
        ("procedure.stamping_date=1-3-2026".into(), &["b", "d2"]),
        ("procedure.certification_date=1-3-2026".into(), &["b", "d2"]),
        (format!("{VOTED}6"), &["b", "e"]),
        (format!("{VOTED}5"), &["b"]),
        (
            "procedure.decision_date=1-7-2026|transfer.certificate_date=1-7-2026".into(),
            &["b", "f", "i"],
        ),
        (
            "procedure.certificate_date=1-10-2025|procedure.ceremony_date=1-8-2026".into(),
            &["c2", "c4", "g", "h1"],
        ),
    ];
    for (answers, expected) in cases {
        let counts = counted(&answers, year_2025());
        assert_eq!(counts.keys().copied().collect::<Vec<_>>(), expected, "{answers}");
        assert!(counts.values().all(|n| *n == 1));
    }
    let member = "procedure.ceremony_date=1-8-2025|probation.decision_date=1-8-2026";
    assert_eq!(counted(member, year_2025()).keys().copied().collect::<Vec<_>>(), ["h2"]);
    assert_eq!(
        counted(member, year_2025().before())
            .keys()
            .copied()
            .collect::<Vec<_>>(),
        ["g", "h1"]
    );
}

#[test]
fn a_person_counts_in_the_group_and_age_of_the_day_of_the_event() {
    let wholes = [whole(
        "person.group=manager|person.former_groups/a/group=teacher|person.former_groups/a/until=1-3-2026\
         |person.former_groups/b/group=staff|person.former_groups/b/until=1-9-2025\
         |person.born=2-3-1996|procedure.listed_date=1-9-2025|procedure.class_start=1-3-2026|procedure.certificate_date=2-3-2026",
    )];
    let tally = Tally::of(&people(&wholes), year_2025(), LATER, &Settings::default());
    for (key, group, age) in [
        ("b1", Group::Staff, 29),
        ("c1", Group::Teacher, 29),
        ("c2", Group::Manager, 30),
        ("b", Group::Manager, 30),
    ] {
        let split = Split {
            group: Some(group),
            ages: Some((age, age)),
            part: None,
        };
        assert_eq!(tally.count(counter(key).unwrap(), split), 1, "{key}");
    }
}

#[test]
fn what_is_planned_for_a_later_day_does_not_count_yet() {
    let wholes = [whole(
        "procedure.listed_date=1-10-2025|procedure.certificate_date=1-12-2025|procedure.ceremony_date=1-6-2026",
    )];
    let people = people(&wholes);
    let cases: [(&str, &[&str]); 5] = [
        ("1-8-2025", &[]),
        ("30-9-2025", &[]),
        ("1-10-2025", &["b", "b1"]),
        ("31-5-2026", &["b", "b1", "c2", "c3"]),
        ("1-6-2026", &["b1", "c2", "c4", "g", "h1"]),
    ];
    for (today, expected) in cases {
        let tally = Tally::of(&people, year_2025(), day(today), &Settings::default());
        let counted = COUNTERS
            .iter()
            .filter(|counter| tally.count(counter, Split::default()) > 0);
        assert_eq!(
            counted.map(|counter| counter.key).collect::<Vec<_>>(),
            expected,
            "{today}"
        );
    }
}

#[test]
fn marks_are_read_as_they_are_written() {
    let cases = [
        ("person.gender=nữ", Part::Women, 1),
        ("person.gender=Nữ", Part::Women, 1),
        ("person.gender=nam", Part::Women, 0),
        ("person.ethnicity=Mông", Part::Minority, 1),
        ("person.ethnicity=H'Mông", Part::Minority, 1),
        ("person.ethnicity=kinh", Part::Minority, 0),
        ("", Part::Minority, 0),
        ("person.religion=Tin Lành", Part::Religious, 1),
        ("person.religion=Không", Part::Religious, 0),
        ("person.religion=không có", Part::Religious, 0),
        ("person.union_member=có", Part::UnionMember, 1),
        ("person.readmission=có", Part::Readmitted, 1),
        ("person.readmission=không", Part::Readmitted, 0),
    ];
    for (answers, part, expected) in cases {
        let wholes = [whole(&format!("{answers}|procedure.ceremony_date=1-10-2025"))];
        let tally = Tally::of(&people(&wholes), year_2025(), LATER, &Settings::default());
        let split = Split {
            part: Some(part),
            ..Split::default()
        };
        assert_eq!(tally.count(counter("g").unwrap(), split), expected, "{answers}");
    }
}

#[test]
fn what_is_not_written_is_named_to_the_secretary() {
    let wholes = [
        whole("person.group=pupil|person.gender=nữ|person.ethnicity=Thái|person.religion=không|person.union_member=có"),
        whole(
            "person.group=pupil|person.gender=nữ|procedure.class_start=10-2025|procedure.branch_meeting_date=1-6-2026",
        ),
    ];
    let sources = Sources {
        people: &people(&wholes),
        typed: &Typed::new(),
        typed_before: &Typed::new(),
        settings: &Settings::default(),
        today: LATER,
    };
    let report = make(&Layout::read(SCHOOL).0, &sources, year_2025(), Reach::Inside);
    let gaps: Vec<(usize, &str)> = report
        .gaps
        .iter()
        .map(|gap| (gap.person, gap.missing.as_str()))
        .collect();
    let missing = "Cử đi học lớp nhận thức: “10-2025” chưa đủ ngày, tháng, năm, số phiếu của chi bộ, dân tộc, tôn giáo, có phải đoàn viên không";
    assert_eq!(gaps, [(1, missing)]);
}

#[test]
fn the_layouts_that_come_with_the_program_are_read_whole() {
    for (text, rows, columns) in [(CENTRAL, 34, 3), (SCHOOL, 26, 10)] {
        let (layout, bad) = Layout::read(text);
        assert_eq!(bad, []);
        assert_eq!(
            (layout.lines.len(), layout.columns.len()),
            (rows, columns),
            "{}",
            layout.name
        );
    }
    assert_eq!(Layout::read(SCHOOL).0.due, "15-11");
    // every counter stands in the school's layout
    let names = COUNTERS.iter().map(|counter| counter.slug);
    let absent: Vec<&str> = names.filter(|slug| !SCHOOL.contains(&format!("= {slug}"))).collect();
    assert!(absent.is_empty(), "{absent:?}");
}

#[test]
fn counters_are_those_of_the_reference_list() {
    let file: serde_json::Value = serde_json::from_str(include_str!("../../rules/vectors/procedure.json")).unwrap();
    let listed = file["reporting"]["counters"].as_array().unwrap();
    assert_eq!(listed.len(), 14);
    for one in listed {
        let own = counter(one["key"].as_str().unwrap()).unwrap();
        assert_eq!(
            (own.slug, own.label),
            (one["slug"].as_str().unwrap(), one["label"].as_str().unwrap())
        );
    }
}

#[test]
fn a_bad_line_is_named_with_line_and_reason_and_the_others_stand() {
    let text = "\
tên: Thử
kết nạp
cột: Tổng số
cột: Nữ = nữ
dòng: Kết nạp = ket_nap
dòng: Sai tên = ket_nạp
dòng: Thiếu
dòng: Hai lần = ket_nap, quyet_dinh
dòng: Nam = ket_nap, đoàn viên
dòng: Tuổi = ket_nap, tuổi già
bảng: gì
hạn: 40-11
chữ: Lý do
dòng: Tỷ lệ = ket_nap / chi
";
    let (layout, bad) = Layout::read(text);
    let said: Vec<String> = bad.iter().map(|bad| bad.to_string()).collect();
    let begins = [
        "Dòng 2: “kết nạp” thiếu dấu hai chấm",
        "Dòng 6: chưa có chỉ số “ket_nạp”. Có: chi_tieu, ",
        "Dòng 7: chưa ghi chỉ số. Ví dụ: “= ket_nap”.",
        "Dòng 8: chỉ số được ghi hai lần khác nhau",
        "Dòng 9: phần được ghi hai lần khác nhau (cột “Nữ”)",
        "Dòng 10: “tuổi già” chưa đọc được.",
        "Dòng 11: chưa hiểu chữ “bảng”.",
        "Dòng 12: hạn “40-11” chưa đọc được.",
        "Dòng 13: “Lý do” thiếu tên ô chữ.",
        "Dòng 14: chưa có chỉ số “chi”.",
    ];
    assert_eq!(said.len(), begins.len(), "{said:#?}");
    for (said, begin) in said.iter().zip(begins) {
        assert!(said.starts_with(begin), "{said}");
    }
    assert_eq!((layout.lines.len(), layout.columns.len()), (1, 2));
}

/// Twelve pupils (eleven Mông women and a Kinh man) and one teacher certified; four pupils and the teacher admitted; a year before two pupils admitted.
fn school() -> Vec<Record> {
    let mut wholes: Vec<Record> = (0..12)
        .map(|n| {
            let who = if n == 0 {
                "nam|person.ethnicity=Kinh"
            } else {
                "nữ|person.ethnicity=Mông"
            };
            let admitted = if n < 4 { "|procedure.ceremony_date=1-6-2026" } else { "" };
            whole(&format!(
                "person.group=pupil|person.gender={who}|procedure.certificate_date=1-10-2025{admitted}"
            ))
        })
        .collect();
    wholes.push(whole("person.group=teacher|person.gender=nữ|procedure.certificate_date=1-10-2025|procedure.ceremony_date=1-6-2026|person.delay_reason=đã xong"));
    wholes.extend((0..2).map(|_| whole("person.group=pupil|procedure.ceremony_date=1-6-2025")));
    wholes
        .extend(["Chờ  thẩm tra", "chờ thẩm tra", "Mưa"].map(|reason| whole(&format!("person.delay_reason={reason}"))));
    wholes
}

const SMALL: &str = "\
tên: Thử
tiêu đề: Số liệu {kỳ}
cột: Tổng số
cột: Học sinh = học sinh
cột: Giáo viên = giáo viên
cột: Nữ = nữ
cột: Cùng kỳ = cùng kỳ
cột: % = so sánh
dòng: Chỉ tiêu = chi_tieu
dòng: Chứng nhận = co_chung_nhan
dòng: Kết nạp = ket_nap
dòng: Tỷ lệ = ket_nap / co_chung_nhan
chữ: Lý do = ly_do_cham
ghi chú: Lập tại trường
";

fn rows(reach: Reach) -> Vec<String> {
    let typed = Typed::from(
        [
            ("chi_tieu_giao", "5"),
            ("chi_tieu_doan", "3"),
            ("chi_tieu_giao/pupil", "6"),
            ("ly_do_cham", "Mưa lũ"),
        ]
        .map(|(k, v)| (k.to_string(), v.to_string())),
    );
    let before = Typed::from([("chi_tieu".to_string(), "4".to_string())]);
    let wholes = school();
    let sources = Sources {
        people: &people(&wholes),
        typed: &typed,
        typed_before: &before,
        settings: &Settings::default(),
        today: LATER,
    };
    let (layout, bad) = Layout::read(SMALL);
    assert_eq!(bad, []);
    let report = make(&layout, &sources, year_2025(), reach);
    let rows = report
        .table
        .rows
        .iter()
        .map(|row| row.iter().map(Cell::shown).collect::<Vec<_>>().join(" | "));
    rows.collect()
}

#[test]
fn what_is_no_count_is_not_compared() {
    let wholes = [
        whole("person.born=1-1-2008|procedure.ceremony_date=1-6-2026"),
        whole("person.born=1-1-2007|procedure.ceremony_date=1-6-2025"),
    ];
    let typed = Typed::from([("xep_loai".to_string(), "tốt".to_string())]);
    let sources = Sources {
        people: &people(&wholes),
        typed: &typed,
        typed_before: &typed,
        settings: &Settings::default(),
        today: LATER,
    };
    let text = "cột: Kỳ này\ncột: Cùng kỳ = cùng kỳ\ncột: % = so sánh\ndòng: Tuổi = ket_nap, tuổi bình quân\ndòng: Xếp loại = nhập xep_loai\n";
    let report = make(&Layout::read(text).0, &sources, year_2025(), Reach::Inside);
    let outside = make(&Layout::read(text).0, &sources, year_2025(), Reach::Outside);
    assert_eq!(outside.table.rows[2][1].shown(), "•", "a mean of one person");
    let rows: Vec<Vec<String>> = report.table.rows[2..]
        .iter()
        .map(|row| row.iter().map(Cell::shown).collect())
        .collect();
    assert_eq!(rows, [["Tuổi", "18,0", "18,0", ""], ["Xếp loại", "tốt", "tốt", ""]]);
}

#[test]
fn a_report_shows_its_counts() {
    let expected = [
        "Số liệu từ 1-9-2025 đến 31-8-2026",
        "",
        "Nội dung | Tổng số | Học sinh | Giáo viên | Nữ | Cùng kỳ | %",
        "Chỉ tiêu | 8 | 6 |  |  | 4 | 200,0%",
        "Chứng nhận | 13 | 12 | 1 | 12 | 0 | ",
        "Kết nạp | 5 | 4 | 1 | 4 | 2 | 250,0%",
        "Tỷ lệ | 38,5% | 33,3% | 100,0% | 33,3% |  | ",
        "Lý do | Mưa lũ; Chờ thẩm tra (2); Mưa (1)",
        "Lập tại trường",
    ];
    assert_eq!(rows(Reach::Inside), expected);
}

#[test]
fn outside_the_party_line_small_counts_and_what_gives_them_away_are_masked() {
    let expected = [
        "Số liệu từ 1-9-2025 đến 31-8-2026",
        "",
        "Nội dung | Tổng số | Học sinh | Giáo viên | Nữ | Cùng kỳ | %",
        "Chỉ tiêu | 8 | 6 |  |  | 4 | 200,0%",
        "Chứng nhận | từ 12 | 12 | <3 | từ 10 | <3 | •",
        "Kết nạp | từ 4 | 4 | <3 | từ 3 | <3 | •",
        "Tỷ lệ | • | 33,3% | • | • | • | •",
        "Lý do | Mưa lũ",
        "Lập tại trường",
        super::LEGEND,
    ];
    assert_eq!(rows(Reach::Outside), expected);
}

fn arbitrary_person() -> impl Strategy<Value = String> {
    let days = prop::collection::vec(prop::option::weighted(0.6, (2023..2028_i32, 1..=12_u8, 1..=28_u8)), 9);
    let who = (
        prop::sample::select(vec!["pupil", "teacher", "manager", "staff", ""]),
        any::<bool>(),
    );
    (days, who).prop_map(|(days, (group, woman))| {
        const PATHS: [&str; 9] = [
            "procedure.listed_date",
            "procedure.class_start",
            "procedure.certificate_date",
            "procedure.permission_date",
            "procedure.branch_meeting_date",
            "procedure.decision_date",
            "procedure.ceremony_date",
            "probation.decision_date",
            "procedure.dropped_date",
        ];
        let mut out = format!("person.group={group}|procedure.branch_vote.official=3|procedure.branch_vote.agree=2");
        if woman {
            out.push_str("|person.gender=nữ");
        }
        for (path, day) in PATHS.iter().zip(days) {
            if let Some((y, m, d)) = day {
                out.push_str(&format!("|{path}={d}-{m}-{y}"));
            }
        }
        out
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn counts_never_depend_on_the_order_of_people(answers in prop::collection::vec(arbitrary_person(), 1..12), turn in any::<prop::sample::Index>()) {
        let wholes: Vec<Record> = answers.iter().map(|answers| whole(answers)).collect();
        let mut other = wholes.clone();
        let turn = turn.index(other.len());
        other.rotate_left(turn);
        other.reverse();
        let table = |wholes: &[Record]| {
            let sources = Sources { people: &people(wholes), typed: &Typed::new(), typed_before: &Typed::new(), settings: &Settings::default(), today: LATER };
            [CENTRAL, SCHOOL].map(|text| make(&Layout::read(text).0, &sources, year_2025(), Reach::Inside).table)
        };
        prop_assert_eq!(table(&wholes), table(&other));
    }

    #[test]
    fn each_event_counts_once_in_the_period_of_its_own_day(answers in prop::collection::vec(arbitrary_person(), 1..8), first in (1..=28_u8, 1..=12_u8)) {
        let wholes: Vec<Record> = answers.iter().map(|answers| whole(answers)).collect();
        let people = people(&wholes);
        let settings = Settings::default();
        let mut years = vec![Period::school_year(day("1-1-2022"), first)];
        while years.len() < 8 {
            years.push(Period::school_year(years[years.len() - 1].to.next(), first));
        }
        let all = Tally::of(&people, Period::between(years[0].from, years[7].to).unwrap(), LATER, &settings);
        let tallies: Vec<Tally> = years.iter().map(|year| Tally::of(&people, *year, LATER, &settings)).collect();
        for key in ["b1", "c1", "c2", "e", "f", "g", "h2", "i"] {
            let counter = counter(key).unwrap();
            for group in [None, Some(Group::Pupil), Some(Group::Staff)] {
                let split = Split { group, ..Split::default() };
                let sum: i64 = tallies.iter().map(|tally| tally.count(counter, split)).sum();
                prop_assert_eq!(sum, all.count(counter, split), "{} {:?}", key, group);
            }
        }
        let days = ["procedure.class_start", "procedure.ceremony_date"];
        for (key, path) in ["c1", "g"].iter().zip(days) {
            let dated = people.iter().filter(|person| person.day(path).is_some()).count();
            prop_assert_eq!(all.count(counter(key).unwrap(), Split::default()), dated as i64);
        }
    }
}
