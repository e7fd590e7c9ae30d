//! An invented mentor, a pupil, and the next mentor.

use super::{HandOver, hand_over, interval, mentor_now, next_note, tasks, waiting};
use crate::list::Line;
use crate::person::Person;
use proptest::prelude::*;
use rules::course::{self, Stand};
use rules::{Date, Fields, Record, Settings};

fn day(text: &str) -> Date {
    crate::person::day_of(text).unwrap()
}

const CASE: [(&str, &str); 13] = [
    ("person.name", "Lò Thị Mẫu"),
    ("procedure.listed_date", "1-9-2025"),
    ("procedure.mentors/a/#", "1"),
    ("procedure.mentors/a/name", "Lò Văn Cũ"),
    ("procedure.mentors/a/assigned_date", "1-10-2025"),
    ("procedure.tasks/t1/#", "1"),
    ("procedure.tasks/t1/text", "Dạy chữ buổi tối"),
    ("procedure.tasks/t1/due", "12-2025"),
    ("procedure.tasks/t2/#", "2"),
    ("procedure.tasks/t2/text", "Trực Đoàn"),
    ("procedure.tasks/t2/due", "5-1-2026"),
    ("procedure.tasks/t3/text", "Đã xong"),
    ("procedure.tasks/t3/due", "1-11-2025"),
];

fn case(more: &[(&str, &str)]) -> Record {
    let both = CASE.iter().chain(more);
    Record::from_fields(both.map(|(path, text)| (path.to_string(), text.to_string())).collect())
}

fn said(today: &str, notes: &[&str], unread: usize) -> Vec<String> {
    let case = case(&[("procedure.tasks/t3/result", "tốt")]);
    let notes: Vec<Fields> = notes
        .iter()
        .map(|date| {
            Fields::from([
                ("date".to_string(), date.to_string()),
                ("phase".to_string(), "before".to_string()),
            ])
        })
        .collect();
    let whole = course::joined(None, case.fields(), &notes.iter().collect::<Vec<_>>());
    let (today, settings) = (day(today), Settings::default());
    let line = Line::of(
        &Person {
            whole: &whole,
            handed_in: None,
            unread,
        },
        today,
        &settings,
    );
    waiting(&line, &whole, today, &settings)
        .into_iter()
        .map(|wait| format!("{:?} {}", wait.stand, wait.what))
        .collect()
}

#[test]
fn what_waits_is_said_in_time_and_the_most_pressing_first() {
    const RULE: &str = "(3 tháng một kỳ; chưa có quy định chung – do chi bộ đặt)";
    assert_eq!(said("15-11-2025", &[], 0), Vec::<String>::new());
    // a week before: the note of 1-1-2026, the tasks of the end of December and of 5-1
    assert_eq!(
        said("29-12-2025", &[], 2),
        [
            "Soon 2 mục mới chưa xem".to_string(),
            "Soon Nhiệm vụ “Dạy chữ buổi tối”: hạn 12-2025, chưa ghi kết quả".to_string(),
            format!("Soon Nhận xét kỳ tới: 1-1-2026 {RULE}"),
            "Soon Nhiệm vụ “Trực Đoàn”: hạn 5-1-2026, chưa ghi kết quả".to_string(),
        ]
    );
    assert_eq!(
        said("2-1-2026", &[], 0)[..2],
        [
            "Over Nhiệm vụ “Dạy chữ buổi tối”: hạn 12-2025, chưa ghi kết quả".to_string(),
            format!("Over Nhận xét kỳ tới: 1-1-2026 {RULE}"),
        ]
    );
    // a note was written: the next is due three months after it
    assert!(
        !said("2-1-2026", &["20-12-2025"], 0)
            .iter()
            .any(|wait| wait.contains("Nhận xét"))
    );
    assert!(
        said("19-3-2026", &["20-12-2025"], 0)
            .iter()
            .any(|wait| wait.contains("20-3-2026"))
    );
}

#[test]
fn the_interval_of_the_branch_is_said_as_its_convention() {
    let settings = Settings {
        note_interval_months: 2,
        ..Settings::default()
    };
    assert_eq!(
        interval(&settings),
        "2 tháng một kỳ; chưa có quy định chung – do chi bộ đặt"
    );
    let whole = case(&[]);
    let line = Line::of(
        &Person {
            whole: &whole,
            handed_in: None,
            unread: 0,
        },
        day("1-11-2025"),
        &settings,
    );
    assert_eq!(next_note(&line).unwrap().until, day("1-12-2025"));
}

#[test]
fn a_task_with_a_result_waits_no_more() {
    let stands: Vec<(String, Stand)> = tasks(&case(&[("procedure.tasks/t1/result", "8 buổi")]), day("1-6-2026"))
        .into_iter()
        .map(|task| (task.row, task.stand))
        .collect();
    let expected =
        [("t1", Stand::Fine), ("t2", Stand::Over), ("t3", Stand::Over)].map(|(row, stand)| (row.to_string(), stand));
    assert_eq!(stands, expected);
}

const NEW: HandOver<'_> = HandOver {
    name: "Quàng Thị Mới",
    assigned: "1-3-2026",
    resolution: "12-NQ/CB",
    admitted: "19-5-2015",
    official: "",
    at_unit_from: "",
    ended: "28-2-2026",
    reason: "moved",
};

#[test]
fn a_hand_over_closes_the_open_row_and_adds_one_behind_it() {
    let mut case = case(&[]);
    let written = hand_over(&case, &NEW, "b").unwrap();
    let expected = [
        ("procedure.mentors/a/end_reason", "moved"),
        ("procedure.mentors/a/ended_date", "28-2-2026"),
        ("procedure.mentors/b/admitted_date", "19-5-2015"),
        ("procedure.mentors/b/assigned_date", "1-3-2026"),
        ("procedure.mentors/b/name", "Quàng Thị Mới"),
        ("procedure.mentors/b/resolution_no", "12-NQ/CB"),
    ];
    let cells: Vec<(&str, &str)> = written
        .iter()
        .filter(|(path, _)| !path.ends_with('#'))
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    assert_eq!(cells, expected);
    written.iter().for_each(|(path, text)| {
        case.set(path, text);
    });
    assert_eq!(case.rows("procedure.mentors"), ["a", "b"]);
    assert_eq!(mentor_now(&case), Some("b"));
}

#[test]
fn the_first_mentor_needs_no_reason() {
    let written = hand_over(
        &Record::new(),
        &HandOver {
            reason: "",
            ended: "",
            ..NEW
        },
        "a",
    )
    .unwrap();
    assert!(written.keys().all(|path| path.starts_with("procedure.mentors/a/")));
}

#[test]
fn what_a_hand_over_still_needs_is_named() {
    let blank = HandOver::default();
    let cases = [
        (
            blank,
            vec!["name", "assigned_date", "resolution_no", "ended_date", "end_reason"],
        ),
        (
            HandOver {
                name: "lò văn cũ",
                ..NEW
            },
            vec!["name"],
        ),
        (
            HandOver {
                assigned: "3-2026",
                ended: "",
                ..NEW
            },
            vec!["assigned_date", "ended_date"],
        ),
        (
            HandOver {
                assigned: "30-9-2025",
                ..NEW
            },
            vec!["assigned_date"],
        ),
        (
            HandOver {
                ended: "30-9-2025",
                ..NEW
            },
            vec!["ended_date"],
        ),
        (HandOver { reason: "tired", ..NEW }, vec!["end_reason"]),
    ];
    for (new, expected) in cases {
        let columns: Vec<&str> = hand_over(&case(&[]), &new, "b")
            .unwrap_err()
            .iter()
            .map(|(column, _)| *column)
            .collect();
        assert_eq!(columns, expected, "{new:?}");
    }
    for row in ["a", "", "x/y"] {
        assert_eq!(hand_over(&case(&[]), &NEW, row).unwrap_err()[0].0, "row");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_cell_that_was_written_is_changed(name in "[a-c]{0,2}", assigned in "(1-3-2026|x|)", ended in "(2-2-2026|x|)", reason in "(moved|other|)", closed in 0..3_usize) {
        let more = [("procedure.mentors/a/end_reason", "other"), ("procedure.mentors/a/ended_date", "1-1-2026")];
        let more = &more[..closed];
        let case = case(more);
        let new = HandOver { name: &name, assigned: &assigned, ended: &ended, reason: &reason, ..NEW };
        if let Ok(written) = hand_over(&case, &new, "b") {
            for path in written.keys() {
                prop_assert_eq!(case.text(path), "");
            }
        }
    }
}
