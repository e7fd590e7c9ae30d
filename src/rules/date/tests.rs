//! Dates as typed, months and working days: the reference examples, then properties.

use super::*;
use proptest::prelude::*;
use serde_json::Value;

fn date(iso: &str) -> Date {
    Date::from_iso(iso).unwrap()
}

#[test]
fn every_spelling_of_the_reference_list_is_read_or_refused() {
    let formats: Value = serde_json::from_str(include_str!("../vectors/formats.json")).unwrap();
    let examples = formats["date_examples"].as_array().unwrap();
    assert!(examples.len() > 20);
    for example in examples {
        let typed = example["input"].as_str().unwrap();
        let read = read(typed).unwrap();
        match example["value"].as_str() {
            Some(value) => assert_eq!(read.iso().as_deref(), Some(value), "{typed}"),
            None => assert_eq!(read, Typed::Unreadable, "{typed}"),
        }
    }
}

#[test]
fn a_date_is_shown_as_people_write_it_and_a_time_in_words() {
    let shown = |typed: &str| read(typed).unwrap().show();
    assert_eq!(shown("2008-09-20").as_deref(), Some("20-9-2008"));
    assert_eq!(shown("09/2024").as_deref(), Some("9-2024"));
    assert_eq!(shown("2024").as_deref(), Some("2024"));
    assert_eq!(shown("đến nay").as_deref(), Some("nay"));
    assert_eq!(shown("khoảng 1991"), None);
    let (a, b) = (Some(date("2025-09-29")), Some(date("2026-05-19")));
    assert_eq!(period(None, None), "luôn luôn");
    assert_eq!(period(a, None), "từ 29-9-2025");
    assert_eq!(period(None, b), "đến 19-5-2026");
    assert_eq!(period(a, b), "từ 29-9-2025 đến 19-5-2026");
    assert_eq!(date("2025-09-29").to_string(), "29-9-2025");
}

#[test]
fn a_typed_date_says_which_months_it_can_mean() {
    let act = date("2026-11-10");
    for (typed, year, months, has_month) in [
        ("20-9-2008", Some(2008), Some((8, 8)), true),
        ("9/2024", Some(2024), Some((8, 8)), true),
        ("1/2024", Some(2024), Some((0, 0)), true),
        ("2024", Some(2024), Some((0, 11)), false),
        ("nay", None, Some((10, 10)), true),
        ("1991?", None, None, false),
    ] {
        let read = read(typed).unwrap();
        assert_eq!((read.year(), read.has_month()), (year, has_month), "{typed}");
        let january = 12 * year.unwrap_or(act.y);
        assert_eq!(
            read.first_month(act),
            months.map(|(first, _)| january + first),
            "{typed}"
        );
        assert_eq!(read.last_month(act), months.map(|(_, last)| january + last), "{typed}");
    }
}

#[test]
fn leap_years_follow_the_calendar() {
    for (year, days) in [(1900, 28), (2000, 29), (2023, 28), (2024, 29), (2100, 28), (2400, 29)] {
        assert_eq!(days_in(year, 2), days, "{year}");
    }
    let lengths: Vec<u8> = (1..=12).map(|month| days_in(2025, month)).collect();
    assert_eq!(lengths, [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]);
    assert_eq!(Date::new(2025, 2, 29), None);
    assert_eq!(
        (Date::new(1899, 12, 31), Date::new(2025, 13, 1), Date::new(2025, 1, 0)),
        (None, None, None)
    );
    assert_eq!(date("2024-12-31").next(), date("2025-01-01"));
    assert_eq!(date("2024-02-29").next(), date("2024-03-01"));
}

#[test]
fn blank_is_not_a_date_and_not_unreadable() {
    assert_eq!(read(""), None);
    assert_eq!(read("  "), None);
}

#[test]
fn decomposed_words_and_missing_marks_are_read() {
    assert_eq!(read("tha\u{301}ng 9-1991").unwrap().iso().as_deref(), Some("1991-09"));
    assert_eq!(read("thang 9 nam 1991").unwrap().iso().as_deref(), Some("1991-09"));
    assert_eq!(read("đê\u{301}n nay").unwrap(), Typed::Present);
    assert_eq!(read("NAY").unwrap(), Typed::Present);
}

#[test]
fn words_around_a_date_are_not_swallowed() {
    for typed in [
        "khoảng 1991",
        "1991?",
        "nay mai",
        "ngày nay là 2020",
        "26-3",
        "9",
        "12-13-14",
        "1-2-3-2001",
        "20011",
    ] {
        assert_eq!(read(typed), Some(Typed::Unreadable), "{typed}");
    }
}

#[test]
fn a_month_later_stays_inside_the_month() {
    assert_eq!(add_months(date("2020-02-29"), 60), date("2025-02-28"));
    assert_eq!(add_months(date("2008-01-31"), 1), date("2008-02-29"));
    assert_eq!(add_months(date("2026-03-15"), -12), date("2025-03-15"));
}

#[test]
fn months_are_completed_on_their_day() {
    assert_eq!(months_completed(date("2008-03-15"), date("2026-03-14")), 215);
    assert_eq!(months_completed(date("2008-03-15"), date("2026-03-15")), 216);
    assert_eq!(months_calendar(date("2008-03-15"), date("2026-03-01")), 216);
}

#[test]
fn working_days_skip_weekends_and_the_given_holidays() {
    let holidays = |days: &[&str]| days.iter().map(|d| date(d)).collect::<Vec<_>>();
    for (from, n, free, want) in [
        ("2025-06-16", 60, &["2025-09-01", "2025-09-02"][..], "2025-09-10"),
        ("2025-06-16", 60, &[], "2025-09-08"),
        ("2025-09-03", 45, &[], "2025-11-05"),
        ("2025-09-03", 60, &[], "2025-11-26"),
        ("2026-08-10", 30, &["2026-09-01", "2026-09-02"], "2026-09-23"),
        (
            "2026-04-20",
            30,
            &["2026-04-27", "2026-04-30", "2026-05-01"],
            "2026-06-04",
        ),
    ] {
        assert_eq!(
            add_working_days(date(from), n, &holidays(free)),
            date(want),
            "{n} from {from}"
        );
    }
}

#[test]
fn the_weekday_of_a_known_day_is_right() {
    assert!(date("2026-11-21").is_weekend(), "a Saturday");
    assert!(!date("2026-11-20").is_weekend(), "a Friday");
    assert!(date("1900-01-07").is_weekend(), "a Sunday");
}

fn days() -> impl Strategy<Value = Date> {
    (1900..2200i32, 1..=12u8, 1..=31u8).prop_map(|(y, m, d)| Date {
        y,
        m,
        d: d.min(days_in(y, m)),
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_shown_is_read_back(d in days()) {
        prop_assert_eq!(read(&d.show()), Some(Typed::Full(d)));
        prop_assert_eq!(read(&d.iso()), Some(Typed::Full(d)));
        prop_assert_eq!(Date::from_iso(&d.iso()), Some(d));
        prop_assert_eq!(read(&format!("ngày {:02} tháng {} năm {}", d.d, d.m, d.y)), Some(Typed::Full(d)));
    }

    #[test]
    fn any_text_is_read_without_a_panic(text in "\\PC*") {
        let _ = read(&text);
    }

    #[test]
    fn texts_of_date_signs_are_read_without_a_panic(text in "[0-9 ./–-]{0,24}|(ngày|tháng|năm|nay|đến| |-|[0-9]{1,5}){0,8}") {
        if let Some(Typed::Full(d)) = read(&text) {
            prop_assert_eq!(Date::new(d.y, d.m, d.d), Some(d));
        }
    }

    #[test]
    fn the_next_day_is_one_day_later(d in days()) {
        prop_assert_eq!(d.next().ordinal(), d.ordinal() + 1);
        prop_assert!(d.next() > d);
        prop_assert_eq!(Date::new(d.next().y, d.next().m, d.next().d), Some(d.next()));
    }

    #[test]
    fn months_added_are_months_counted(d in days(), n in 0..600i32) {
        let later = add_months(d, n);
        prop_assert_eq!(months_calendar(d, later), n);
        prop_assert!(months_completed(d, later) == n || (later.d < d.d && months_completed(d, later) == n - 1));
        prop_assert!(months_completed(d, later.next()) >= n - 1);
    }

    #[test]
    fn working_days_end_on_a_working_day_and_never_run_backwards(d in days(), n in 1..80u32) {
        let end = add_working_days(d, n, &[]);
        prop_assert!(!end.is_weekend());
        let span = end.ordinal() - d.ordinal();
        prop_assert!(span >= i32::try_from(n).unwrap() && span <= i32::try_from(n).unwrap() * 7 / 5 + 3);
        prop_assert_eq!(add_working_days(add_working_days(d, n, &[]), 1, &[]), add_working_days(d, n + 1, &[]));
        prop_assert!(add_working_days(d, n, &[end]) > end);
    }
}
