//! Invented people whose ways ended, and what the chi bộ set.

use super::{CAUSES, due, period};
use crate::written::record;
use rules::{Date, Settings, course};

const TODAY: Date = Date { y: 2026, m: 11, d: 22 };

fn told(case: &[(&str, &str)], own: &[(&str, &str)]) -> Option<(&'static str, String, bool, String)> {
    let (case, own) = (record(case), record(own));
    let course = course::of(&case, TODAY, &Settings::default());
    let due = due(&case, &course.clocks, &own, TODAY)?;
    Some((due.cause.slug, due.until.iso(), due.is_past(TODAY), due.reason()))
}

fn slug(case: &[(&str, &str)]) -> Option<&'static str> {
    told(case, &[]).map(|told| told.0)
}

#[test]
fn who_is_on_the_way_is_kept_without_an_end() {
    assert_eq!(told(&[], &[]), None);
    let listed = ("procedure.listed_date", "1-3-2026");
    assert_eq!(slug(&[listed]), None);
    assert_eq!(slug(&[listed, ("procedure.certificate_date", "1-6-2026")]), None);
    assert_eq!(slug(&[("procedure.ceremony_date", "1-12-2026")]), None, "planned only");
    assert_eq!(slug(&[("procedure.dropped_date", "2026")]), None, "no whole day");
}

#[test]
fn each_end_starts_its_own_period() {
    let until = |case: &[(&str, &str)]| told(case, &[]).map(|told| (told.0, told.1, told.2));
    for (path, day, expected) in [
        (
            "procedure.dropped_date",
            "1-11-2026",
            ("retention.dropped", "2026-12-01", false),
        ),
        (
            "procedure.dropped_date",
            "20-10-2026",
            ("retention.dropped", "2026-11-20", true),
        ),
        (
            "procedure.dropped_date",
            "22-10-2026",
            ("retention.dropped", "2026-11-22", false),
        ),
        (
            "procedure.closed_date",
            "31-8-2026",
            ("retention.closed", "2026-09-30", true),
        ),
        (
            "transfer.decision_date",
            "1-9-2026",
            ("retention.moved", "2027-09-01", false),
        ),
        (
            "procedure.ceremony_date",
            "19-5-2025",
            ("retention.admitted", "2026-05-19", true),
        ),
        (
            "procedure.certificate_date",
            "2-10-2021",
            ("retention.certificate", "2027-10-02", false),
        ),
        (
            "procedure.certificate_date",
            "2-10-2020",
            ("retention.certificate", "2026-10-02", true),
        ),
    ] {
        let (slug, last, past) = expected;
        assert_eq!(
            until(&[(path, day)]),
            Some((slug, last.to_string(), past)),
            "{path} {day}"
        );
    }
}

#[test]
fn the_first_to_end_counts_and_a_new_listing_undoes_what_was_before_it() {
    let moved = ("transfer.decision_date", "1-9-2026");
    assert_eq!(
        slug(&[moved, ("procedure.closed_date", "1-11-2026")]),
        Some("retention.closed")
    );
    let dropped = ("procedure.dropped_date", "1-9-2026");
    assert_eq!(
        slug(&[dropped, ("procedure.listed_date", "1-3-2026")]),
        Some("retention.dropped")
    );
    assert_eq!(slug(&[dropped, ("procedure.listed_date", "1-10-2026")]), None);
}

#[test]
fn a_certificate_that_ended_after_the_admission_ends_nothing() {
    let case = [
        ("procedure.certificate_date", "2-10-2021"),
        ("procedure.branch_meeting_date", "1-9-2026"),
        ("procedure.ceremony_date", "1-11-2026"),
    ];
    assert_eq!(slug(&case), Some("retention.admitted"));
}

#[test]
fn the_chi_bo_sets_its_own_period_and_its_ground_stands_beside_it() {
    let case = [("procedure.ceremony_date", "19-5-2026")];
    let (_, until, _, reason) = told(&case, &[]).unwrap();
    assert_eq!(until, "2027-05-19");
    assert_eq!(
        reason,
        "Đã kết nạp ngày 19-5-2026; giữ thêm 12 tháng (do chi bộ đặt, chưa có quy định chung)"
    );
    let own = [
        ("retention.admitted", " 3 "),
        ("retention.admitted.ground", "NQ 07-NQ/CB ngày 02-9-2026"),
    ];
    let (_, until, past, reason) = told(&case, &own).unwrap();
    assert_eq!((until.as_str(), past), ("2026-08-19", true));
    assert!(
        reason.ends_with("(chi bộ đặt theo NQ 07-NQ/CB ngày 02-9-2026; chưa có quy định chung)"),
        "{reason}"
    );
    for unreadable in ["", "0", "121", "ba", "-1"] {
        let (months, _) = period(&CAUSES[3], &record(&[("retention.admitted", unreadable)]));
        assert_eq!(months, 12, "{unreadable}");
    }
}
