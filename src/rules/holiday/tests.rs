//! The table holds what the law fixes and what the notices chose; deadlines skip it and say so.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn date(iso: &str) -> Date {
    Date::from_iso(iso).unwrap()
}

/// Day, how it is fixed, point of article 112 clause 1.
fn lines() -> Vec<(Date, &'static str, &'static str)> {
    let days = TABLE.lines().filter(|line| !line.starts_with("= "));
    days.map(|line| {
        let words: Vec<&str> = line.split(' ').collect();
        assert_eq!(words.len(), 3, "{line}");
        (date(words[0]), words[1], words[2])
    })
    .collect()
}

fn of(year: i32, how: &[&str], point: &str) -> Vec<String> {
    let days = lines()
        .into_iter()
        .filter(|(d, h, p)| d.y == year && how.contains(h) && *p == point);
    days.map(|(d, _, _)| d.iso()[5..].to_string()).collect()
}

#[test]
fn the_law_fixes_its_days_in_every_year_of_the_table() {
    for (year, tet, gio_to) in [
        (2024, "02-10", "04-18"),
        (2025, "01-29", "04-07"),
        (2026, "02-17", "04-26"),
        (2027, "02-06", "04-16"),
    ] {
        for (point, day) in [
            ("a", "01-01"),
            ("b", tet),
            ("c", "04-30"),
            ("d", "05-01"),
            ("đ", "09-02"),
            ("e", gio_to),
        ] {
            assert_eq!(of(year, &["law"], point), [day], "{year} {point}");
        }
    }
    assert_eq!(lines().len(), table().len(), "each line is a day");
    assert!(table().is_sorted());
}

#[test]
fn a_year_with_its_notice_has_five_days_of_tet_and_two_of_the_national_day() {
    let chosen = ["law", "notice"];
    for year in 2024..=2026 {
        assert!(notice(year).is_some_and(|n| !n.is_empty()));
        let tet: Vec<i32> = of(year, &chosen, "b")
            .iter()
            .map(|d| date(&format!("{year}-{d}")).ordinal())
            .collect();
        assert_eq!(tet.len(), 5, "{year}");
        assert!(tet.windows(2).all(|w| w[0] + 1 == w[1]), "{year}: one after the other");
        let national = of(year, &chosen, "đ");
        assert!(
            national == ["09-01", "09-02"] || national == ["09-02", "09-03"],
            "{year}: {national:?}"
        );
    }
    assert_eq!(notice(2027), Some(""));
    assert_eq!(of(2027, &["notice"], "b"), [""; 0]);
    assert_eq!((notice(2023), notice(2028)), (None, None));
}

#[test]
fn a_holiday_on_a_weekend_is_made_up_for_on_the_next_working_day() {
    let all = table();
    for (year, point) in (2024..=2027).flat_map(|y| ["a", "b", "c", "d", "đ", "e"].map(|p| (y, p))) {
        // how Tết of 2027 is made up for stands in the notice that is awaited
        if (year, point) == (2027, "b") {
            continue;
        }
        let days: Vec<Date> = of(year, &["law", "notice"], point)
            .iter()
            .map(|d| date(&format!("{year}-{d}")))
            .collect();
        let weekend = days.iter().filter(|d| d.is_weekend()).count();
        let mut next = *days.last().unwrap();
        let want: Vec<String> = std::iter::repeat_with(|| {
            next = next.next();
            while next.is_weekend() || lines().iter().any(|(d, how, _)| *d == next && *how != "rest") {
                next = next.next();
            }
            next.iso()[5..].to_string()
        })
        .take(weekend)
        .collect();
        assert_eq!(of(year, &["rest"], point), want, "{year} {point}");
    }
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len(), "no day twice");
}

fn settings(holidays: &[&str], more: &[&str]) -> Settings {
    Settings {
        holidays: holidays.iter().map(|d| date(d)).collect(),
        more_holidays: more.iter().map(|d| date(d)).collect(),
        ..Settings::default()
    }
}

/// Deadline of `n` working days and what it says.
fn told(from: &str, n: u32, settings: &Settings) -> (String, String) {
    let limit = Deadline::after(date(from), n, settings);
    (limit.day.iso(), limit.calendar(settings))
}

#[test]
fn a_deadline_says_by_which_calendar_it_was_counted() {
    let own = |holidays: &[&str], more: &[&str]| settings(holidays, more);
    for (from, n, settings, day, words) in [
        (
            "2025-06-16",
            60,
            own(&[], &[]),
            "2025-09-10",
            "Hạn tính theo lịch nghỉ lễ năm 2025.",
        ),
        (
            "2026-04-20",
            30,
            own(&["2026-04-27", "2026-04-30", "2026-05-01"], &[]),
            "2026-06-04",
            "Hạn tính theo lịch nghỉ đã nhập cho năm 2026.",
        ),
        (
            "2026-11-23",
            1,
            own(&[], &["2026-11-24"]),
            "2026-11-25",
            "Hạn tính theo lịch nghỉ lễ năm 2026. Có tính ngày nghỉ nhập thêm cho năm 2026.",
        ),
        (
            "2026-12-30",
            2,
            own(&[], &[]),
            "2027-01-04",
            "Hạn tính theo lịch nghỉ lễ năm 2026. Lịch nghỉ năm 2027 mới có những ngày luật định: ngày nghỉ Tết và ngày liền kề 2/9 chờ thông báo.",
        ),
        (
            "2028-04-28",
            1,
            own(&[], &[]),
            "2028-05-01",
            "Hạn này chưa tính ngày nghỉ lễ: chưa có lịch nghỉ năm 2028, mới trừ thứ bảy, chủ nhật.",
        ),
        (
            "2028-04-28",
            1,
            own(&["2028-05-01"], &[]),
            "2028-05-02",
            "Hạn tính theo lịch nghỉ đã nhập cho năm 2028.",
        ),
    ] {
        assert_eq!(
            told(from, n, &settings),
            (day.to_string(), words.to_string()),
            "{n} from {from}"
        );
    }
}

#[test]
fn an_own_list_stands_instead_of_the_table_of_its_year_only() {
    let own = settings(&["2025-09-05"], &[]);
    assert_eq!(
        told("2025-08-29", 5, &own).0,
        "2025-09-08",
        "1 and 2 September count, the fifth does not"
    );
    assert_eq!(
        told("2026-08-31", 1, &own).0,
        "2026-09-03",
        "the year after is as in the table"
    );
}

#[test]
fn a_file_adds_days_with_a_plus() {
    let file: crate::record::Tree =
        serde_json::from_str(r#"{"holidays": ["2028-05-01", "+2026-11-24", "chưa rõ"]}"#).unwrap();
    let read = Settings::read(&file);
    assert_eq!(
        (read.holidays, read.more_holidays),
        (vec![date("2028-05-01")], vec![date("2026-11-24")])
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_deadline_ends_on_a_working_day_and_passes_exactly_its_days(
        from in (2023..2029i32, 1..=12u8, 1..=28u8).prop_map(|(y, m, d)| Date { y, m, d }),
        n in 1..100u32,
    ) {
        let none = Settings::default();
        let limit = Deadline::after(from, n, &none);
        let works = |d: &Date| !d.is_weekend() && !table().contains(d);
        prop_assert!(works(&limit.day));
        let mut day = from;
        let passed = std::iter::repeat_with(|| { day = day.next(); day }).take_while(|d| *d <= limit.day).filter(works).count();
        prop_assert_eq!(passed, usize::try_from(n).unwrap());
        prop_assert!(limit.day >= add_working_days(from, n, &[]), "holidays only move a deadline back");
        let said = limit.calendar(&none);
        for year in from.next().y..=limit.day.y {
            prop_assert!(said.contains(&year.to_string()), "{} is not in: {}", year, said);
        }
    }

    #[test]
    fn a_day_more_never_brings_a_deadline_forward(
        from in (2024..2028i32, 1..=12u8, 1..=28u8).prop_map(|(y, m, d)| Date { y, m, d }),
        n in 1..60u32,
        after in 0..60u32,
    ) {
        let mut more = from;
        for _ in 0..after { more = more.next(); }
        let added = Settings { more_holidays: vec![more], ..Settings::default() };
        prop_assert!(Deadline::after(from, n, &added).day >= Deadline::after(from, n, &Settings::default()).day);
    }
}
