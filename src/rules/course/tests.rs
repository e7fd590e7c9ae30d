//! The ways of invented people: where they stand, what sends them back, and what the reference list says of every state.

use super::*;
use crate::record::{Fields, Record, Tree};
use crate::{check, form};
use serde_json::Value;

pub(super) fn day(text: &str) -> Date {
    Date::from_iso(text).unwrap()
}

pub(super) fn record(json: &str) -> Record {
    let tree: Tree<'_> = serde_json::from_str(json).unwrap();
    Record::from_entries(&tree).unwrap()
}

pub(super) const TODAY: &str = "2026-11-22";

pub(super) fn course(json: &str) -> Course {
    of(&record(json), day(TODAY), &Settings::default())
}

fn at(json: &str) -> &'static str {
    course(json).current.map_or("", |state| state.id)
}

#[test]
fn the_states_are_those_of_the_reference_list() {
    let reference: Value = serde_json::from_str(include_str!("../vectors/procedure.json")).unwrap();
    let want = reference["states"].as_array().unwrap();
    assert_eq!(states().len(), want.len());
    for (own, want) in states().iter().zip(want) {
        let text = |key: &str| want[key].as_str().unwrap_or_default();
        let list = |key: &str| -> Vec<&str> {
            let all = want[key].as_array().unwrap().iter();
            all.map(|v| v.as_str().unwrap()).collect()
        };
        assert_eq!((own.id, own.slug, own.name), (text("id"), text("slug"), text("label")));
        assert_eq!(own.guards, list("guards"), "{}", own.id);
        assert_eq!(own.actors, list("actors"), "{}", own.id);
        assert_eq!(own.next().map(|s| s.id).collect::<Vec<_>>(), list("next"), "{}", own.id);
        assert_eq!(own.limit.is_empty(), want["time_limit"].is_null(), "{}", own.id);
        assert!(!own.does.is_empty() && !own.papers.is_empty(), "{}", own.id);
        for slug in &own.days {
            let name = slug.split_once('.').unwrap().1;
            let name = name.split_once('.').map_or(name, |(first, _)| first);
            let said = text("enter_when");
            assert!(said.contains(name) || own.id == "S14", "{slug}: {said}");
        }
        for actor_code in &own.actors {
            assert_ne!(actor(actor_code), *actor_code, "{actor_code} has no name");
        }
    }
    let returns: Vec<(&str, &str, &str)> = states()
        .iter()
        .flat_map(|s| {
            s.returns
                .iter()
                .map(move |back| (back.rule, s.id, back.to().unwrap().id))
        })
        .collect();
    let want = reference["returns"].as_array().unwrap();
    assert_eq!(returns.len(), want.len());
    for want in want {
        let text = |key: &str| want[key].as_str().unwrap();
        assert!(
            returns.contains(&(text("rule"), text("from_state"), text("to_state"))),
            "{want}"
        );
    }
}

#[test]
fn every_day_of_a_state_is_a_field_of_a_form() {
    for slug in states().iter().flat_map(|s| &s.days) {
        let known = form::field(form::case(), slug).or_else(|| form::field(form::lylich(), slug));
        assert!(known.is_some(), "{slug}");
    }
}

#[test]
fn nothing_noted_stands_before_the_first_step() {
    let course = course("{}");
    assert_eq!(course.current, None);
    assert_eq!(course.next.iter().map(|s| s.id).collect::<Vec<_>>(), ["S0", "S1"]);
    assert!(course.clocks.is_empty() && !course.without_helper);
    assert!(course.steps.iter().all(|s| s.mark == Mark::Ahead && s.day.is_none()));
    assert_eq!(
        course.steps.len(),
        17,
        "the states beside the way are shown once they are entered"
    );
}

#[test]
fn the_present_state_is_the_last_one_reached() {
    for (json, state) in [
        (r#"{"procedure.union_selection_date": "2026-01-05"}"#, "S0"),
        (
            r#"{"procedure.listed_date": "2026-02-03", "procedure.union_selection_date": "2026-03-01"}"#,
            "S1",
        ),
        (r#"{"procedure.mentors": [{"assigned_date": "2026-02-10"}]}"#, "S2"),
        (
            r#"{"procedure.mentors": [{"assigned_date": "2-2026"}, {"assigned_date": "2026-02-10"}]}"#,
            "",
        ),
        (r#"{"procedure.class_start": "2026-05-04"}"#, "S3"),
        (r#"{"procedure.certificate_date": "20-5-2026"}"#, "S4"),
        (r#"{"procedure.permission_date": "2026-06-01"}"#, "S5"),
        (r#"{"procedure.application_date": "2026-06-10"}"#, ""),
        (
            r#"{"procedure.application_date": "2026-06-10", "declaration.date": "2026-06-12"}"#,
            "S6",
        ),
        (r#"{"procedure.stamping_date": "2026-06-20"}"#, "S7"),
        (r#"{"procedure.certification_date": "2026-08-20"}"#, "S8"),
        (r#"{"procedure.branch_meeting_date": "2026-09-20"}"#, "S10"),
        (r#"{"procedure.branch_meeting_date": "2026-11-22"}"#, "S10"),
        (r#"{"procedure.branch_meeting_date": "2026-11-23"}"#, ""),
        (r#"{"procedure.grassroots_meeting_date": "2026-10-01"}"#, "S11"),
        (r#"{"procedure.decision_date": "2026-10-20"}"#, "S12"),
        (r#"{"procedure.ceremony_date": "2026-11-02"}"#, "S14"),
        (r#"{"probation.branch_meeting_date": "2026-11-02"}"#, "S15"),
        (r#"{"probation.decision_date": "2026-11-12"}"#, "S16"),
    ] {
        assert_eq!(at(json), state, "{json}");
    }
}

#[test]
fn introductions_are_complete_by_the_path_that_was_taken() {
    let one = r#""procedure.introductions": [{"date": "2026-08-01"}], "procedure.opinions.date": "2026-08-20""#;
    let two = r#""procedure.introductions": [{"date": "2026-08-03"}, {"date": "2026-08-01"}], "procedure.opinions.date": "2026-08-02""#;
    let union = r#""procedure.union_resolution.date": "2026-08-25""#;
    let step = |json: &str| course(json).steps.into_iter().find(|s| s.state.id == "S9").unwrap();
    assert_eq!(step(&format!("{{{one}}}")).day, None);
    assert_eq!(step(&format!("{{{one}, {union}}}")).day, Some(day("2026-08-25")));
    let path = r#""procedure.introduction_path": "two_members""#;
    assert_eq!(step(&format!("{{{one}, {path}}}")).day, None);
    assert_eq!(step(&format!("{{{two}, {path}}}")).day, Some(day("2026-08-03")));
}

#[test]
fn steps_without_a_day_and_planned_steps_are_told_apart() {
    let course = course(
        r#"{"procedure.listed_date": "2026-02-03", "procedure.class_start": "2026-05-04", "procedure.branch_meeting_date": "2026-12-01"}"#,
    );
    let marks: Vec<(&str, Mark)> = course.steps.iter().map(|s| (s.state.id, s.mark)).collect();
    assert_eq!(
        &marks[..5],
        [
            ("S0", Mark::Undated),
            ("S1", Mark::Done),
            ("S2", Mark::Undated),
            ("S3", Mark::Now),
            ("S4", Mark::Ahead)
        ]
    );
    assert_eq!(marks[10], ("S10", Mark::Planned));
    assert_eq!(course.next.iter().map(|s| s.id).collect::<Vec<_>>(), ["S4", "X1", "X2"]);
}

#[test]
fn dropped_moved_and_closed_override_until_a_later_step_follows() {
    let listed = r#""procedure.listed_date": "2026-02-03""#;
    for (json, state) in [
        (r#""procedure.dropped_date": "2026-05-01""#, "X1"),
        (r#""procedure.dropped_date": "2026-02-02""#, "S1"),
        (r#""procedure.dropped_date": "2026-12-01""#, "S1"),
        (
            r#""procedure.closed_date": "2026-05-01", "procedure.dropped_date": "2026-04-01""#,
            "X3",
        ),
        (r#""transfer.decision_date": "2026-05-01""#, "X2"),
        (
            r#""transfer.decision_date": "2026-05-01", "procedure.mentors": [{"assigned_date": "2026-03-01"}]"#,
            "X2",
        ),
        (
            r#""transfer.decision_date": "2026-05-01", "procedure.mentors": [{"assigned_date": "2026-03-01"}, {"assigned_date": "2026-06-01"}]"#,
            "S2",
        ),
        (
            r#""transfer.decision_date": "2026-05-01", "procedure.branch_meeting_date": "2026-12-01"}"#
                .trim_end_matches('}'),
            "X2",
        ),
    ] {
        assert_eq!(at(&format!("{{{listed}, {json}}}")), state, "{json}");
    }
    let dropped = course(
        r#"{"procedure.listed_date": "2026-02-03", "procedure.certificate_date": "2021-12-01", "procedure.dropped_date": "2026-05-01"}"#,
    );
    assert!(dropped.clocks.is_empty(), "nothing runs in a case that is dropped");
    let marks: Vec<(&str, Mark)> = dropped.steps.iter().map(|s| (s.state.id, s.mark)).collect();
    assert_eq!(marks.last(), Some(&("X1", Mark::Now)));
    assert_eq!(marks[4], ("S4", Mark::Done));
}

#[test]
fn what_sends_a_case_back_is_said_with_where_to() {
    let back = |json: &str, act: &str| -> Vec<(&str, &str)> {
        let settings = Settings::default();
        let r = record(json);
        let cx = Context::new(day(act), &settings);
        let course = of(&r, day(act), &settings);
        let returns = course.returns(&guards(&r, &cx)).into_iter();
        returns.map(|back| (back.rule, back.to().unwrap().id)).collect()
    };
    let expired = r#"{"procedure.certificate_date": "2021-11-01", "procedure.branch_meeting_date": "2026-11-20"}"#;
    assert_eq!(back(expired, TODAY), [("CLS-02", "S3")]);
    let votes = r#"{"procedure.certificate_date": "2026-10-01", "procedure.branch_meeting_date": "2026-11-20",
        "procedure.branch_vote.agree": 3, "procedure.branch_vote.official": 9}"#;
    assert_eq!(back(votes, TODAY), [("VOT-01", "S2")]);
    let alone = r#"{"procedure.mentors": [{"name": "A", "assigned_date": "2026-05-01", "ended_date": "2026-11-22"}]}"#;
    assert_eq!(back(alone, TODAY), [("INT-07", "S2")]);
    assert_eq!(back(alone, "2026-11-21"), []);
    let followed = r#"{"procedure.mentors": [{"name": "A", "assigned_date": "2026-05-01", "ended_date": "2026-09-01"}, {"name": "B", "assigned_date": "2026-09-02"}]}"#;
    assert_eq!(back(followed, TODAY), []);
}

#[test]
fn the_findings_of_the_guards_stand_beside_their_step() {
    let settings = Settings::default();
    let r =
        record(r#"{"birth_date": "2009-01-01", "procedure.branch_meeting_date": "2026-11-20", "birth_name": "lò"}"#);
    let cx = Context::new(day(TODAY), &settings);
    let found = guards(&r, &cx);
    let course = of(&r, day(TODAY), &settings);
    let step = course.steps.iter().find(|s| s.state.id == "S10").unwrap();
    assert!(step.findings(&found).iter().any(|f| f.rule == "AGE-01"));
    assert!(
        step.findings(&found)
            .iter()
            .all(|f| step.state.guards.contains(&f.rule))
    );
    let all = check::run(&r, &cx);
    let guarding: Vec<&str> = states().iter().flat_map(|s| s.guards.iter().copied()).collect();
    let count = all.iter().filter(|f| guarding.contains(&f.rule)).count();
    assert_eq!(found.len(), count, "nothing but the guards, and each of them");
    assert!(all.len() > found.len());
}

fn fields(of: &[(&str, &str)]) -> Fields {
    of.iter()
        .map(|(path, text)| (path.to_string(), text.to_string()))
        .collect()
}

#[test]
fn what_the_secretary_noted_stands_in_only_while_no_dossier_was_handed_in() {
    let case = fields(&[
        ("person.name", "Lò Thị Mẫu"),
        ("person.born", "15-3-2009"),
        ("person.gender", "nữ"),
        ("person.ethnicity", "Thái"),
        ("person.religion", "không"),
        ("person.group", "pupil"),
        ("person.union_member", "có"),
        ("person.readmission", "không"),
        ("procedure.branch_meeting_date", "20-11-2026"),
    ]);
    let alone = joined(None, &case, &[]);
    for (path, text) in [
        ("birth_name", "LÒ THỊ MẪU"),
        ("birth_date", "15-3-2009"),
        ("gender", "nữ"),
        ("ethnicity", "Thái"),
        ("religion", "không"),
        ("profile.group", "pupil"),
        ("youth_union_admission.member", "có"),
        ("readmission.applies.answer", "không"),
        ("person.name", "Lò Thị Mẫu"),
    ] {
        assert_eq!(alone.text(path), text, "{path}");
    }
    let settings = Settings::default();
    let age = |r: &Record| check::run_one(r, &Context::new(day(TODAY), &settings), "AGE-01").len();
    assert_eq!(age(&alone), 1, "the age is looked at before there is a dossier");
    let handed_in = fields(&[("birth_date", "15-3-2008"), ("declaration.date", "1-11-2026")]);
    let both = joined(Some(&handed_in), &case, &[]);
    assert_eq!((both.text("birth_date"), both.text("gender")), ("15-3-2008", ""));
    assert_eq!(both.text("procedure.branch_meeting_date"), "20-11-2026");
    assert_eq!(age(&both), 0);
    assert_eq!(both.fields().len(), handed_in.len() + case.len(), "nothing is lost");
}

#[test]
fn notes_are_rows_in_their_order() {
    let notes = [
        fields(&[("date", "1-8-2026"), ("author", "B"), ("tasks/r1/result", "xong")]),
        fields(&[("date", "1-5-2026"), ("author", "A")]),
    ];
    let whole = joined(None, &Fields::new(), &[&notes[0], &notes[1]]);
    let authors: Vec<&str> = whole
        .rows("notes")
        .iter()
        .map(|row| whole.text(&format!("notes/{row}/author")))
        .collect();
    assert_eq!(authors, ["B", "A"]);
    assert_eq!(whole.text("notes/n00000/tasks/r1/result"), "xong");
}

#[test]
fn a_case_asks_who_it_is_and_then_every_step_of_the_procedure() {
    let slugs: Vec<&str> = form::fields(form::case()).map(|f| f.slug).collect();
    let steps: Vec<&str> = form::fields(form::by_id("procedure/1").unwrap())
        .map(|f| f.slug)
        .collect();
    assert!(slugs.ends_with(&steps));
    let own = &slugs[..slugs.len() - steps.len()];
    assert!(own.iter().all(|slug| slug.starts_with("person.")), "{own:?}");
    assert!(
        form::fields(form::lylich()).all(|f| !slugs.contains(&f.slug)),
        "a slug of the lý lịch is asked twice"
    );
    assert!(form::by_id("case/1").is_some_and(|f| std::ptr::eq(f, form::case())));
    for (own, of) in [
        ("person.gender", "gender"),
        ("person.group", "profile.group"),
        ("person.ethnicity", "ethnicity"),
    ] {
        let choices = |form, slug| form::field(form, slug).unwrap().choices;
        assert_eq!(choices(form::case(), own), choices(form::lylich(), of));
    }
    let mut case = Record::new();
    let section = &form::case().sections[0];
    let state = |r: &Record| crate::progress::of_section(r, form::case(), section, &[]).state;
    assert_eq!(state(&case), crate::progress::State::Empty);
    case.set("person.name", "Lò Thị Mẫu");
    assert_eq!(
        state(&case),
        crate::progress::State::Done,
        "nothing but the name is required"
    );
}
