//! What runs out, for invented people: each last day against the rule it rests on, each warning on its first day and the day before.

use super::super::of;
use super::super::tests::{TODAY, course, day, record};
use super::*;
use crate::check::Context;
use crate::record::Record;
use crate::settings::Settings;

/// Ground, what it is about, last day, first day of the warning, how it stands.
fn clocks(json: &str) -> Vec<(&'static str, String, String, String, Stand)> {
    let clocks = course(json).clocks.into_iter();
    clocks
        .map(|c| (c.ground, c.about, c.until.iso(), c.warn_from.iso(), c.stand))
        .collect()
}

fn clock(json: &str, ground: &str) -> (String, String, Stand) {
    let found: Vec<_> = clocks(json).into_iter().filter(|c| c.0 == ground).collect();
    assert_eq!(found.len(), 1, "{ground} in {json}: {found:?}");
    let (_, _, until, warn_from, stand) = found.into_iter().next().unwrap();
    (until, warn_from, stand)
}

fn silent(json: &str, ground: &str) {
    let found = clocks(json);
    assert!(found.iter().all(|c| c.0 != ground), "{ground} in {json}: {found:?}");
}

#[test]
fn a_certificate_is_announced_from_its_fifty_fourth_month() {
    for (issued, stand) in [
        ("2022-05-23", Stand::Fine),
        ("2022-05-22", Stand::Soon),
        ("2021-11-22", Stand::Soon),
        ("2021-11-21", Stand::Over),
    ] {
        let json = format!(r#"{{"procedure.certificate_date": "{issued}"}}"#);
        assert_eq!(clock(&json, "CLS-02").2, stand, "{issued}");
    }
    let (until, warn_from, _) = clock(r#"{"procedure.certificate_date": "2022-08-31"}"#, "CLS-02");
    assert_eq!((until.as_str(), warn_from.as_str()), ("2027-08-31", "2027-02-28"));
    silent(
        r#"{"procedure.certificate_date": "2021-01-01", "procedure.branch_meeting_date": "2026-01-01"}"#,
        "CLS-02",
    );
    let planned = r#"{"procedure.certificate_date": "2021-12-01", "procedure.branch_meeting_date": "2026-12-05"}"#;
    assert_eq!(clock(planned, "CLS-02").2, Stand::Soon, "the meeting has not come");
}

#[test]
fn a_paper_is_announced_from_its_tenth_month() {
    let json = r#"{"procedure.introductions": [{"date": "2026-01-22"}], "procedure.union_resolution.date": "2026-01-23",
        "procedure.union_resolution.kind": "4A-KNĐ", "procedure.opinions.date": "2025-11-21",
        "procedure.application_date": "2025-11-22", "declaration.date": "2026-03-01"}"#;
    let of = |ground: &'static str, about: &str, until: &str, warn_from: &str, stand: Stand| {
        (
            ground,
            about.to_string(),
            until.to_string(),
            warn_from.to_string(),
            stand,
        )
    };
    assert_eq!(
        clocks(json),
        [
            of("DOS-01", "5-KNĐ", "2026-11-21", "2026-09-21", Stand::Over),
            of("DOS-02", "1-KNĐ", "2026-11-22", "2026-09-22", Stand::Soon),
            of("DOS-01", "3-KNĐ", "2027-01-22", "2026-11-22", Stand::Soon),
            of("DOS-01", "4A-KNĐ", "2027-01-23", "2026-11-23", Stand::Fine),
            of("DOS-02", "2-KNĐ", "2027-03-01", "2027-01-01", Stand::Fine),
        ]
    );
    assert_eq!(course(json).clocks[2].place, "procedure.introductions/r0001/date");
}

#[test]
fn a_note_is_announced_a_week_before_it_is_due() {
    let mentor = r#""procedure.mentors": [{"name": "A", "assigned_date": "2026-05-01"}]"#;
    let note = |day: &str, phase: &str| format!(r#""notes": [{{"date": "{day}", "phase": "{phase}"}}]"#);
    let due = clock(&format!("{{{mentor}}}"), "MON-03");
    assert_eq!(due, ("2026-08-01".to_string(), "2026-07-25".to_string(), Stand::Over));
    let due = clock(&format!("{{{mentor}, {}}}", note("2026-08-29", "before")), "MON-03");
    assert_eq!(due, ("2026-11-29".to_string(), "2026-11-22".to_string(), Stand::Soon));
    let due = clock(&format!("{{{mentor}, {}}}", note("2026-08-30", "before")), "MON-03");
    assert_eq!(due.2, Stand::Fine);
    silent(
        &format!(r#"{{{mentor}, "procedure.introductions": [{{"date": "2026-09-01"}}]}}"#),
        "MON-03",
    );
    silent(
        &format!(r#"{{{mentor}, "procedure.branch_meeting_date": "2026-09-01"}}"#),
        "MON-03",
    );
    silent(r#"{"procedure.listed_date": "2026-02-03"}"#, "MON-03");
    let admitted = r#""procedure.ceremony_date": "2026-06-20""#;
    let due = clock(&format!("{{{mentor}, {admitted}}}"), "MON-03");
    assert_eq!(
        due.0, "2026-09-20",
        "in probation the interval begins with the ceremony"
    );
    let due = clock(
        &format!("{{{mentor}, {admitted}, {}}}", note("2026-09-10", "probation")),
        "MON-03",
    );
    assert_eq!(due.0, "2026-12-10");
    let due = clock(
        &format!("{{{mentor}, {admitted}, {}}}", note("2026-09-10", "before")),
        "MON-03",
    );
    assert_eq!(due.0, "2026-09-20", "a note of the time before does not count");
    silent(
        &format!(r#"{{{mentor}, {admitted}, "probation.branch_meeting_date": "2026-11-02"}}"#),
        "MON-03",
    );
    let settings = Settings {
        note_interval_months: 1,
        ..Settings::default()
    };
    let course = of(&record(&format!("{{{mentor}}}")), day(TODAY), &settings);
    assert_eq!(course.clocks[0].until, day("2026-06-01"));
}

#[test]
fn a_term_in_working_days_is_the_rules_term_by_the_same_calendar() {
    // ground, what starts it, what ends it, last day as the rule's own finding says it
    let starts = [
        (
            "VER-12",
            r#""procedure.verifications": [{"person": "self", "received_date": "2026-10-01"}]"#,
        ),
        (
            "VER-12",
            r#""procedure.verifications": [{"person": "self", "received_date": "2026-06-01", "abroad": "có"}]"#,
        ),
        ("DL-01", r#""procedure.branch_meeting_date": "2025-06-30""#),
        (
            "DL-01",
            r#""procedure.branch_meeting_date": "2025-06-30", "procedure.extension.answer": "có""#,
        ),
        ("DL-01b", r#""procedure.branch_meeting_date": "2026-08-25""#),
        (
            "DL-01b",
            r#""procedure.branch_meeting_date": "2026-08-25", "procedure.extension.answer": "có""#,
        ),
        (
            "DL-04",
            r#""procedure.decision_date": "2026-07-20", "procedure.decision_received_date": "2026-07-30""#,
        ),
        (
            "DL-04b",
            r#""procedure.decision_date": "2026-07-27", "procedure.decision_received_date": "2026-08-30""#,
        ),
        ("PRB-10", r#""procedure.ceremony_date": "2026-08-03""#),
        ("PRB-02", r#""procedure.ceremony_date": "2025-08-03""#),
        ("DL-02", r#""probation.branch_meeting_date": "2026-08-03""#),
        (
            "DL-02",
            r#""probation.branch_meeting_date": "2026-08-03", "probation.extension.answer": "có""#,
        ),
        ("TRF-14", r#""transfer.party_activity_decision_date": "2026-05-04""#),
        ("TRF-14", r#""transfer.paper_issued_date": "2026-05-04""#),
        (
            "TRF-03",
            r#""transfer.decision_date": "2026-05-04", "transfer.dossier_sent_up.answer": "có""#,
        ),
        (
            "TRF-03",
            r#""transfer.decision_date": "2026-05-04", "transfer.dossier_sent_up.answer": "có", "transfer.forwarded_date": "2026-05-08", "transfer.dossier_received_date": "2026-05-11""#,
        ),
    ];
    let settings = Settings::default();
    for (ground, json) in starts {
        let json = format!("{{{json}}}");
        let r = record(&json);
        let course = of(&r, day(TODAY), &settings);
        let clock = course
            .clocks
            .iter()
            .find(|c| c.ground == ground)
            .unwrap_or_else(|| panic!("{ground} {json}"));
        for (late, act) in [(false, clock.until), (true, clock.until.next())] {
            let found = check::run_one(&r, &Context::new(act, &settings), ground);
            assert_eq!(!found.is_empty(), late, "{ground} on {act}: {json}");
            assert!(
                found
                    .iter()
                    .all(|f| f.notices().contains(&clock.calendar) && f.place == clock.place),
                "{json}"
            );
        }
        let ahead = of(&r, clock.warn_from, &settings);
        let soon = ahead.clocks.iter().find(|c| c.ground == ground).map(|c| c.stand);
        assert_eq!(soon, Some(Stand::Soon), "{ground} {json}");
        assert_eq!(clock.warn_from, clock.until.back(10));
        assert!(clock.calendar.contains("202"), "{}", clock.calendar);
    }
}

#[test]
fn a_term_ends_with_what_it_waits_for() {
    for (ground, json) in [
        (
            "VER-12",
            r#"{"procedure.verifications": [{"person": "self", "received_date": "2026-10-01", "replied_date": "2026-10-20"}]}"#,
        ),
        (
            "VER-12",
            r#"{"procedure.verifications": [{"person": "self", "received_date": "2026-10-01", "waiver": "all_local"}]}"#,
        ),
        (
            "DL-01b",
            r#"{"procedure.branch_meeting_date": "2026-08-25", "procedure.decision_date": "2026-10-20"}"#,
        ),
        ("DL-01b", r#"{"procedure.branch_meeting_date": "2026-12-25"}"#),
        ("DL-01", r#"{"procedure.branch_meeting_date": "2026-08-25"}"#),
        ("DL-03", r#"{"procedure.branch_meeting_date": "2026-08-25"}"#),
        (
            "DL-04b",
            r#"{"procedure.decision_date": "2026-07-27", "procedure.ceremony_date": "2026-08-20"}"#,
        ),
        (
            "DL-04b",
            r#"{"procedure.decision_date": "2026-07-27", "procedure.late_ceremony_consent_date": "2026-08-20"}"#,
        ),
        ("DL-04b", r#"{"procedure.decision_date": "2026-07-20"}"#),
        (
            "PRB-10",
            r#"{"procedure.ceremony_date": "2026-08-03", "probation.records_created_date": "2026-08-20"}"#,
        ),
        (
            "PRB-02",
            r#"{"procedure.ceremony_date": "2025-08-03", "probation.branch_meeting_date": "2026-08-20"}"#,
        ),
        (
            "TRF-06",
            r#"{"transfer.decision_date": "2026-11-04", "transfer.dossier_sent_up.answer": "có", "transfer.same_committee.answer": "có"}"#,
        ),
        (
            "TRF-03",
            r#"{"transfer.decision_date": "2026-11-04", "transfer.dossier_sent_up.answer": "không"}"#,
        ),
        (
            "TRF-14",
            r#"{"transfer.paper_issued_date": "2026-11-04", "transfer.paper_presented_date": "2026-11-10"}"#,
        ),
    ] {
        silent(json, ground);
    }
}

#[test]
fn a_move_between_committees_leaves_thirty_working_days_to_decide() {
    let json = r#"{"procedure.branch_meeting_date": "2026-10-05", "transfer.decision_date": "2026-11-04",
        "transfer.dossier_sent_up.answer": "có", "transfer.same_committee.answer": "không"}"#;
    assert_eq!(
        clock(json, "TRF-06"),
        ("2026-12-16".to_string(), "2026-12-06".to_string(), Stand::Fine)
    );
}

#[test]
fn in_ha_noi_the_two_inner_terms_run() {
    let mut settings = Settings {
        province: "01".to_string(),
        ..Settings::default()
    };
    let terms = |r: &Record, settings: &Settings| -> Vec<(&str, String)> {
        let clocks = of(r, day(TODAY), settings).clocks.into_iter();
        clocks
            .filter(|c| c.ground == "DL-03")
            .map(|c| (c.towards.id, c.until.iso()))
            .collect()
    };
    let r = record(r#"{"procedure.branch_meeting_date": "2026-11-16"}"#);
    assert_eq!(
        terms(&r, &settings),
        [("S10", "2026-11-23".to_string()), ("S11", "2026-12-21".to_string())]
    );
    let sent = record(r#"{"procedure.branch_meeting_date": "2026-11-16", "procedure.branch_sent_date": "2026-11-20"}"#);
    assert_eq!(terms(&sent, &settings), [("S11", "2026-12-21".to_string())]);
    settings.rules_off = vec!["DL-03".to_string()];
    assert!(terms(&r, &settings).is_empty(), "a chi bộ may switch a local rule off");
}

#[test]
fn a_pupil_has_a_last_day_at_the_school() {
    let pupil = r#""profile.group": "pupil", "study.graduation_recognised_date": "2027-01-22""#;
    let (until, warn_from, stand) = clock(&format!("{{{pupil}}}"), "TRF-09");
    assert_eq!(
        (until.as_str(), warn_from.as_str(), stand),
        ("2027-01-22", "2026-11-22", Stand::Soon)
    );
    let towards = |more: &str| {
        let course = course(&format!("{{{pupil}{more}}}"));
        let clock = course.clocks.into_iter().find(|c| c.ground == "TRF-09");
        clock.map(|c| (c.towards.id, c.from.iso()))
    };
    assert_eq!(towards(""), Some(("S10", "2026-11-22".to_string())));
    assert_eq!(
        towards(r#", "procedure.candidate_unit_from": "2024-09-05""#),
        Some(("S10", "2024-09-05".to_string()))
    );
    assert_eq!(
        towards(r#", "procedure.branch_meeting_date": "2026-11-02""#).map(|(id, _)| id),
        Some("S13")
    );
    assert_eq!(towards(r#", "procedure.ceremony_place": "destination""#), None);
    assert_eq!(towards(r#", "procedure.ceremony_date": "2026-11-20""#), None);
    silent(
        r#"{"profile.group": "teacher", "study.graduation_recognised_date": "2027-01-22"}"#,
        "TRF-09",
    );
}

#[test]
fn a_person_asked_about_is_named() {
    let json = r#"{"family": [{"id": "f01", "relation": "father", "name": "Lò Văn Cha"}],
        "procedure.verifications": [{"person": "f01", "received_date": "2026-10-01"}, {"person": "self", "received_date": "2026-10-02"}]}"#;
    let about: Vec<String> = course(json).clocks.into_iter().map(|c| c.about).collect();
    assert_eq!(about, ["Cha đẻ Lò Văn Cha", "bản thân"]);
}
