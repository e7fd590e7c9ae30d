//! Invented people, by what is written about them.

use super::{Group, Person, brief};
use crate::list::Line;
use proptest::prelude::*;
use rules::course;
use rules::{Date, Fields, Record, Settings};

fn fields(answers: &[(&str, &str)]) -> Fields {
    answers
        .iter()
        .map(|(path, text)| (path.to_string(), text.to_string()))
        .collect()
}

fn of(whole: &Record) -> Person<'_> {
    Person {
        whole,
        handed_in: None,
        unread: 0,
    }
}

#[test]
fn who_a_person_is_the_lylich_says_once_it_is_there_and_the_case_says_the_rest() {
    let case = fields(&[
        ("person.name", "Lò Thị Mẫu"),
        ("person.gender", "nam"),
        ("person.religion", "Tin Lành"),
        ("person.group", "teacher"),
    ]);
    let lylich = fields(&[
        ("birth_name", "LÒ THỊ MẪU"),
        ("gender", "nữ"),
        ("ethnicity", "Thái"),
        ("profile.group", "pupil"),
    ]);
    let whole = course::joined(Some(&lylich), &case, &[]);
    let person = of(&whole);
    assert_eq!(person.name(), "Lò Thị Mẫu");
    assert_eq!(
        (person.is_woman(), person.is_minority(), person.is_religious()),
        (Some(true), Some(true), Some(true))
    );
    assert_eq!(person.group_on(Date::new(2026, 1, 1).unwrap()), Some(Group::Teacher));
    let whole = course::joined(Some(&lylich), &Fields::new(), &[]);
    assert_eq!((of(&whole).name(), of(&whole).is_union_member()), ("LÒ THỊ MẪU", None));
}

#[test]
fn an_age_is_full_years_on_the_day() {
    let whole = Record::from_fields(fields(&[("person.born", "29-2-2008")]));
    for (y, m, d, age) in [(2026, 2, 28, 17), (2026, 3, 1, 18), (2008, 2, 29, 0)] {
        assert_eq!(of(&whole).age_on(Date::new(y, m, d).unwrap()), Some(age), "{d}-{m}-{y}");
    }
    assert_eq!(of(&whole).age_on(Date::new(2007, 1, 1).unwrap()), None);
}

const LYLICH: [&str; 9] = [
    "birth_name",
    "birth_date",
    "profile.group",
    "declaration.date",
    "gender",
    "family/f1/name",
    "family/f1/relation",
    "family/f1/residence.commune",
    "life_history/r1/from",
];
const CASE: [&str; 22] = [
    "person.name",
    "person.unit",
    "person.group",
    "procedure.listed_date",
    "procedure.mentors/a/name",
    "procedure.mentors/a/assigned_date",
    "procedure.certificate_date",
    "procedure.application_date",
    "procedure.stamping_date",
    "procedure.verifications/v/person",
    "procedure.verifications/v/received_date",
    "procedure.introductions/i/date",
    "procedure.union_resolution.date",
    "procedure.opinions.date",
    "procedure.branch_meeting_date",
    "procedure.decision_date",
    "procedure.ceremony_date",
    "probation.branch_meeting_date",
    "transfer.decision_date",
    "transfer.dossier_sent_up.answer",
    "study.graduation_recognised_date",
    "procedure.dropped_date",
];
const NOTE: [&str; 4] = ["date", "phase", "author", "aspects.capacity"];

fn answers(paths: &'static [&'static str]) -> impl Strategy<Value = Fields> {
    let day = (2022..2028_i32, 1..=12_u8, 1..=28_u8).prop_map(|(y, m, d)| format!("{d}-{m}-{y}"));
    let word = prop::sample::select(vec![
        "pupil",
        "teacher",
        "có",
        "f1",
        "self",
        "before",
        "probation",
        "biological_father",
        "Lò Văn A",
    ]);
    let text = prop_oneof![3 => day, 2 => word.prop_map(str::to_string)];
    prop::collection::btree_map(
        prop::sample::select(paths).prop_map(str::to_string),
        text,
        0..paths.len(),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// What the list shows of a person does not depend on whether everything or the brief of it was read.
    #[test]
    fn a_brief_says_what_the_whole_says(
        lylich in prop::option::of(answers(&LYLICH)),
        case in answers(&CASE),
        notes in prop::collection::vec(answers(&NOTE), 0..6),
    ) {
        let notes: Vec<&Fields> = notes.iter().collect();
        let (today, settings) = (Date { y: 2026, m: 11, d: 22 }, Settings::default());
        let told = |whole: &Record| format!("{:?}", Line::of(&of(whole), today, &settings));
        let whole = course::joined(lylich.as_ref(), &case, &notes);
        prop_assert_eq!(told(&brief(lylich.as_ref(), &case, &notes)), told(&whole));
    }
}
