//! A chi bộ of invented people.

use super::{Line, List, Order, Wanted};
use crate::person::{Group, Person};
use crate::written::record;
use rules::course::{self, Stand};
use rules::{Date, Fields, Settings};

fn today() -> Date {
    Date::new(2026, 11, 22).unwrap()
}

/// Name, unit, group, hand-in, unread, further answers.
type Someone = (
    &'static str,
    &'static str,
    &'static str,
    Option<(i32, u8, u8)>,
    usize,
    &'static [(&'static str, &'static str)],
);

const LISTED: (&str, &str) = ("procedure.listed_date", "2-9-2025");

/// Certificate of 1-2-2022 ends 1-2-2027: warned of from 1-8-2026.
const PEOPLE: [Someone; 7] = [
    (
        "Lò Thị Mẫu",
        "12A1",
        "pupil",
        Some((2026, 11, 1)),
        2,
        &[LISTED, ("procedure.certificate_date", "1-9-2026")],
    ),
    (
        "Vàng A Thử",
        "12A1",
        "pupil",
        None,
        0,
        &[LISTED, ("procedure.certificate_date", "1-2-2022")],
    ),
    (
        "Nguyễn Văn Ơn",
        "Tổ Toán",
        "teacher",
        Some((2026, 11, 20)),
        0,
        &[LISTED, ("procedure.certificate_date", "1-9-2021")],
    ),
    ("Giàng Thị Ân", "12A2", "pupil", None, 0, &[LISTED]),
    (
        "Sùng A Tú",
        "12A3",
        "pupil",
        None,
        1,
        &[
            LISTED,
            ("procedure.certificate_date", "1-9-2026"),
            ("study.graduation_recognised_date", "30-6-2026"),
        ],
    ),
    (
        "Trần Thị Tư",
        "Văn phòng",
        "staff",
        None,
        0,
        &[LISTED, ("procedure.dropped_date", "1-5-2026")],
    ),
    ("Đinh Ẩn", "", "", None, 0, &[]),
];

fn list() -> List {
    let lines = PEOPLE.iter().map(|(name, unit, group, handed_in, unread, more)| {
        let mut whole = record(more);
        whole.set("person.name", name);
        whole.set("person.unit", unit);
        whole.set("person.group", group);
        if *group == "pupil" {
            whole.set("profile.group", "pupil");
        }
        let person = Person {
            whole: &whole,
            handed_in: handed_in.and_then(|(y, m, d)| Date::new(y, m, d)),
            unread: *unread,
        };
        Line::of(&person, today(), &Settings::default())
    });
    List::new(lines.collect())
}

fn names(list: &List, wanted: &Wanted<'_>) -> Vec<String> {
    list.look(wanted)
        .rows
        .iter()
        .map(|at| list.lines()[*at].name.clone())
        .collect()
}

fn words(words: &str) -> Wanted<'_> {
    Wanted { words, ..Wanted::ALL }
}

#[test]
fn everybody_stands_in_the_order_of_given_names() {
    let expected = [
        "Giàng Thị Ân",
        "Đinh Ẩn",
        "Lò Thị Mẫu",
        "Nguyễn Văn Ơn",
        "Vàng A Thử",
        "Sùng A Tú",
        "Trần Thị Tư",
    ];
    assert_eq!(names(&list(), &Wanted::ALL), expected);
}

#[test]
fn a_person_is_found_without_marks_and_in_any_word_order() {
    let list = list();
    let cases: [(&str, &[&str]); 11] = [
        ("mau", &["Lò Thị Mẫu"]),
        ("MẪU lò", &["Lò Thị Mẫu"]),
        ("thi", &["Giàng Thị Ân", "Lò Thị Mẫu", "Trần Thị Tư"]),
        ("a1 12", &[]),
        ("12a1", &["Lò Thị Mẫu", "Vàng A Thử"]),
        ("hoc sinh 12a3", &["Sùng A Tú"]),
        ("giao vien", &["Nguyễn Văn Ơn"]),
        ("toan", &["Nguyễn Văn Ơn"]),
        ("  dinh ", &["Đinh Ẩn"]),
        ("ẫu", &[]),
        ("nguyê\u{303}n", &["Nguyễn Văn Ơn"]),
    ];
    for (wanted, expected) in cases {
        assert_eq!(names(&list, &words(wanted)), expected, "{wanted}");
    }
}

#[test]
fn pupils_with_a_certificate_who_are_still_at_school_are_ready_and_the_first_to_run_out_comes_first() {
    // Sùng A Tú has left school, Giàng Thị Ân has no certificate, Nguyễn Văn Ơn is no pupil
    assert_eq!(names(&list(), &Wanted::READY), ["Vàng A Thử", "Lò Thị Mẫu"]);
}

#[test]
fn whose_clock_runs_out_first_comes_first_and_who_has_none_last() {
    let clock = Wanted {
        order: Order::Clock,
        ..Wanted::ALL
    };
    // Ơn's certificate ended on 1-9-2026, Tú's last day at school was 30-6-2026
    let expected = [
        "Sùng A Tú",
        "Nguyễn Văn Ơn",
        "Vàng A Thử",
        "Lò Thị Mẫu",
        "Giàng Thị Ân",
        "Đinh Ẩn",
        "Trần Thị Tư",
    ];
    assert_eq!(names(&list(), &clock), expected);
}

#[test]
fn who_handed_in_last_comes_first() {
    let handed_in = Wanted {
        order: Order::HandIn,
        ..Wanted::ALL
    };
    assert_eq!(
        names(&list(), &handed_in)[..3],
        ["Nguyễn Văn Ơn", "Lò Thị Mẫu", "Giàng Thị Ân"]
    );
}

#[test]
fn filters_hold_together() {
    let list = list();
    let pupils = Wanted {
        group: Some(Group::Pupil),
        ..Wanted::ALL
    };
    let cases: [(Wanted<'_>, &[&str]); 8] = [
        (pupils, &["Giàng Thị Ân", "Lò Thị Mẫu", "Vàng A Thử", "Sùng A Tú"]),
        (
            Wanted {
                state: Some("S1"),
                ..pupils
            },
            &["Giàng Thị Ân"],
        ),
        (
            Wanted {
                state: Some("X1"),
                ..Wanted::ALL
            },
            &["Trần Thị Tư"],
        ),
        (Wanted { unread: true, ..pupils }, &["Lò Thị Mẫu", "Sùng A Tú"]),
        (
            Wanted {
                due: Some(Stand::Over),
                ..Wanted::ALL
            },
            &["Nguyễn Văn Ơn", "Sùng A Tú"],
        ),
        (
            Wanted {
                due: Some(Stand::Soon),
                ..Wanted::ALL
            },
            &["Nguyễn Văn Ơn", "Vàng A Thử", "Sùng A Tú"],
        ),
        (
            Wanted {
                due: Some(Stand::Soon),
                clock: Some("CLS-02"),
                ..pupils
            },
            &["Vàng A Thử"],
        ),
        (
            Wanted {
                clock: Some("TRF-09"),
                ..Wanted::ALL
            },
            &["Sùng A Tú"],
        ),
    ];
    for (wanted, expected) in cases {
        assert_eq!(names(&list, &wanted), expected, "{wanted:?}");
    }
}

#[test]
fn a_count_beside_a_filter_is_what_choosing_it_shows() {
    let list = list();
    let states: Vec<&str> = course::states().iter().map(|state| state.id).collect();
    let bases = [
        Wanted::ALL,
        words("thi"),
        Wanted {
            unread: true,
            ..Wanted::ALL
        },
        Wanted {
            group: Some(Group::Pupil),
            ..Wanted::ALL
        },
    ];
    let mut compared = 0;
    for base in bases {
        let counts = list.look(&base).counts;
        assert_eq!(counts.all, PEOPLE.len());
        for group in Group::ALL {
            let shown = list
                .look(&Wanted {
                    group: Some(group),
                    ..base
                })
                .rows
                .len();
            let counted = counts
                .groups
                .iter()
                .find(|(own, _)| *own == Some(group))
                .map_or(0, |(_, n)| *n);
            assert_eq!(counted, shown, "{group:?} of {base:?}");
            compared += 1;
        }
        for id in &states {
            let shown = list
                .look(&Wanted {
                    state: Some(id),
                    ..base
                })
                .rows
                .len();
            let counted = counts
                .states
                .iter()
                .find(|(own, _)| own.id == *id)
                .map_or(0, |(_, n)| *n);
            assert_eq!(counted, shown, "{id} of {base:?}");
        }
        for (rule, _, counted) in &counts.clocks {
            let shown = list
                .look(&Wanted {
                    due: Some(Stand::Soon),
                    clock: Some(rule),
                    ..base
                })
                .rows
                .len();
            assert_eq!(*counted, shown, "{rule} of {base:?}");
        }
        for (counted, wanted) in [
            (
                counts.over,
                Wanted {
                    due: Some(Stand::Over),
                    ..base
                },
            ),
            (
                counts.soon,
                Wanted {
                    due: Some(Stand::Soon),
                    ..base
                },
            ),
            (counts.unread, Wanted { unread: true, ..base }),
            (counts.ready, Wanted { ready: true, ..base }),
        ] {
            assert_eq!(counted, list.look(&wanted).rows.len(), "{wanted:?}");
        }
    }
    assert_eq!(compared, 16);
}

#[test]
fn a_newer_line_takes_its_place_and_a_further_one_comes_behind() {
    let mut list = list();
    let mut line = list.lines()[0].clone();
    let whole = record(&[("person.name", "Lò Thị An")]);
    let person = Person {
        whole: &whole,
        handed_in: None,
        unread: 0,
    };
    let newer = Line::of(&person, today(), &Settings::default());
    list.put(0, newer.clone());
    assert_eq!(list.look(&Wanted::ALL).rows[0], 0);
    line.unread = 9;
    list.put(99, line);
    assert_eq!(list.lines()[7].unread, 9);
}

/// 200 people with ten notes each: what a search looks at does not grow with the notes, and is little.
#[test]
fn a_search_reads_a_line_a_person_and_no_note() {
    let note = Fields::from([
        ("date".to_string(), "1-10-2026".to_string()),
        (
            "aspects.capacity".to_string(),
            "Đã giúp ba bạn cùng lớp ôn toán mỗi chiều thứ tư. ".repeat(20),
        ),
    ]);
    let lines = |notes: usize| -> Vec<Line> {
        let notes = vec![&note; notes];
        let people = (0..200).map(|n| {
            let case = record(&[
                ("person.name", &format!("Lò Thị Mẫu {}", "IVX".repeat(1 + n % 3))),
                ("person.unit", "12A1"),
                ("person.group", "pupil"),
            ]);
            let whole = course::joined(None, case.fields(), &notes);
            Line::of(
                &Person {
                    whole: &whole,
                    handed_in: None,
                    unread: 0,
                },
                today(),
                &Settings::default(),
            )
        });
        people.collect()
    };
    let weight = |lines: &[Line]| lines.iter().map(|line| line.words.len()).sum::<usize>();
    let (bare, full) = (lines(0), lines(10));
    assert_eq!(weight(&bare), weight(&full));
    assert!(weight(&full) < 200 * 48, "{}", weight(&full));
    assert_eq!(List::new(full).look(&words("mau 12a")).rows.len(), 200);
}
