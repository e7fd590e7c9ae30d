//! Invented people who moved, work by contract, or were admitted.

use super::{Step, Track, certificate, months_helped, steps};
use crate::written::record;
use rules::course::{self, Stand};
use rules::{Date, Settings, check, form};

const TODAY: Date = Date { y: 2026, m: 11, d: 22 };

fn of(track: Track, case: &[(&str, &str)], province: &str) -> Option<Vec<Step>> {
    let settings = Settings {
        province: province.to_string(),
        ..Settings::default()
    };
    let case = record(case);
    let course = course::of(&case, TODAY, &settings);
    steps(track, &case, &course.clocks, TODAY, &settings)
}

fn grounds(steps: &[Step]) -> Vec<&'static str> {
    steps.iter().map(|step| step.ground.0).collect()
}

#[test]
fn each_part_rests_on_rules_that_exist_and_fields_that_the_case_has() {
    for lines in [super::MOVING, super::CONTRACT, super::PROBATION] {
        for (slug, what, rule, _) in lines {
            assert!(check::rule(rule).is_some(), "{rule}");
            assert!(form::field(form::case(), slug).is_some(), "{slug}");
            assert!(!what.is_empty());
        }
    }
    for track in Track::ALL {
        let sections = form::case().sections;
        assert!(
            sections.iter().any(|section| section.slug == track.section()),
            "{}",
            track.title()
        );
    }
}

#[test]
fn a_part_concerns_somebody_only_once_the_case_says_so() {
    for track in Track::ALL {
        assert_eq!(of(track, &[("person.group", "teacher")], ""), None, "{}", track.title());
    }
    assert_eq!(of(Track::Moving, &[("transfer.decision_date", " ")], ""), None);
    assert_eq!(
        of(Track::Probation, &[("procedure.ceremony_date", "1-12-2026")], ""),
        None,
        "planned"
    );
    assert!(of(Track::Moving, &[("transfer.decision_date", "1-9-2026")], "").is_some());
    assert!(of(Track::Contract, &[("contract.kind", "fixed_term")], "").is_some());
    assert!(of(Track::Probation, &[("procedure.ceremony_date", "1-11-2026")], "").is_some());
}

#[test]
fn a_move_with_a_dossier_on_its_way_has_its_terms() {
    let case = [
        ("transfer.decision_date", "2-11-2026"),
        ("transfer.certificate_date", "5-11-2026"),
        ("transfer.dossier_sent_up.answer", "có"),
    ];
    let steps = of(Track::Moving, &case, "").unwrap();
    assert_eq!(
        grounds(&steps),
        ["TRF-01", "TRF-01", "TRF-02", "TRF-04", "TRF-03", "TRF-03"]
    );
    assert_eq!(steps[1].done.as_deref(), Some("5-11-2026"));
    assert_eq!(steps[3].done, None);
    // Fifteen working days from 2-11-2026; 24-11-2026 is a day off in the built-in table.
    assert!(steps[4].until.is_some_and(|until| until > TODAY), "{:?}", steps[4]);
    assert_eq!((steps[4].stand, steps[4].done.as_ref()), (Stand::Soon, None));
    let before = of(Track::Moving, &case[..2], "").unwrap();
    assert_eq!(grounds(&before), ["TRF-01", "TRF-01", "TRF-02", "TRF-04"]);
}

#[test]
fn contract_by_school_year_is_asked_where_the_province_has_the_rule() {
    let case = [("contract.kind", "by_school_year"), ("contract.school_years", "2")];
    assert_eq!(
        grounds(&of(Track::Contract, &case, "11").unwrap()),
        ["TRF-10", "TRF-10", "TRF-10"]
    );
    let hanoi = of(Track::Contract, &case, "01").unwrap();
    assert_eq!(grounds(&hanoi), ["TRF-10", "TRF-10", "TRF-11", "TRF-11", "TRF-10"]);
    assert_eq!(
        hanoi[0].done.as_deref(),
        Some("theo năm học"),
        "in the words of the choice"
    );
    let seconded = of(Track::Contract, &[("secondment.months", "14")], "11").unwrap();
    assert!(grounds(&seconded).contains(&"TRF-12"));
}

#[test]
fn probation_tells_what_is_noted_and_the_terms_that_run() {
    let case = [
        ("procedure.ceremony_date", "1-11-2025"),
        ("probation.records_created_date", "20-11-2025"),
    ];
    let steps = of(Track::Probation, &case, "").unwrap();
    assert_eq!(steps[0].done.as_deref(), Some("20-11-2025"));
    let meeting = steps.iter().find(|step| step.ground.0 == "PRB-02").unwrap();
    assert!(
        meeting
            .until
            .is_some_and(|until| until > Date { y: 2026, m: 11, d: 30 }),
        "{meeting:?}"
    );
    assert!(!grounds(&steps).contains(&"PRB-08"));
    let moved = [&case[..], &[("transfer.party_activity_decision_date", "1-3-2026")]].concat();
    assert!(grounds(&of(Track::Probation, &moved, "").unwrap()).contains(&"PRB-08"));
    assert!(grounds(&of(Track::Moving, &moved, "").unwrap()).contains(&"TRF-14"));
}

#[test]
fn the_time_with_the_mentor_there_is_carried_over() {
    let case = record(&[
        ("received.helped_from", "1-9-2025"),
        ("received.helped_until", "15-3-2026"),
        ("procedure.mentors/a/#", "a"),
        ("procedure.mentors/a/assigned_date", "20-5-2026"),
        ("procedure.mentors/b/#", "b"),
        ("procedure.mentors/b/assigned_date", "20-8-2026"),
    ]);
    assert_eq!(months_helped(&case, TODAY), (6, 6));
    assert_eq!(months_helped(&record(&[]), TODAY), (0, 0));
    let turned = record(&[
        ("received.helped_from", "1-3-2026"),
        ("received.helped_until", "1-9-2025"),
    ]);
    assert_eq!(months_helped(&turned, TODAY), (0, 0));
}

#[test]
fn the_certificate_lays_out_facts_and_leaves_blanks_blank() {
    let case = record(&[
        ("person.name", "Lò Thị Mẫu"),
        ("procedure.listed_date", "5-9-2025"),
        ("procedure.mentors/a/#", "a"),
        ("procedure.mentors/a/name", "Lường Văn Mẫu"),
        ("procedure.mentors/a/assigned_date", "20-9-2025"),
        ("procedure.mentors/a/resolution_no", "12-NQ/CB"),
    ]);
    let facts = certificate(&case);
    let of = |label: &str| {
        facts
            .iter()
            .find(|(own, _)| *own == label)
            .map(|(_, text)| text.as_str())
    };
    assert_eq!(of("Họ và tên"), Some("Lò Thị Mẫu"));
    assert_eq!(of("Ngày được phép làm thủ tục"), Some(""));
    assert_eq!(
        of("Đảng viên được phân công giúp đỡ"),
        Some("Lường Văn Mẫu, từ 20-9-2025 đến nay (nghị quyết số 12-NQ/CB)")
    );
}
