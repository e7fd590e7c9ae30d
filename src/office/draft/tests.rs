//! Notes of two invented mentors on one invented pupil.

use super::{Draft, EMPTY, Paper, lay_out, standing};
use crate::person::Note;
use rules::{Fields, Record};

/// Name, correction of, author, answers.
type Written = (
    &'static str,
    Option<&'static str>,
    &'static str,
    &'static [(&'static str, &'static str)],
);

const NOTES: [Written; 7] = [
    (
        "n1",
        None,
        "Lò Văn Cũ",
        &[
            ("date", "5-1-2026"),
            ("phase", "before"),
            ("aspects.policy_law", "Nhắc cả bản đội mũ bảo hiểm."),
            ("aspects.capacity", "Không có việc mới trong kỳ."),
        ],
    ),
    (
        "n2",
        None,
        "Quàng Thị Mới",
        &[
            ("date", "12-4-2026"),
            ("phase", "before"),
            ("aspects.policy_law", "Vận động hai nhà cho con đi học lại."),
            ("weaknesses", "Còn ngại nói trước lớp."),
            ("tasks/a/#", "1"),
            ("tasks/a/task_ref", "Dạy chữ buổi tối"),
            ("tasks/a/result", "Đã dạy 8 buổi"),
            ("tasks/b/#", "2"),
            ("tasks/b/task_ref", "Trực Đoàn"),
        ],
    ),
    (
        "n3",
        None,
        "Quàng Thị Mới",
        &[
            ("date", "1-7-2026"),
            ("phase", "before"),
            ("aspects.policy_law", "Viết sai: giúp 3 nhà."),
            ("exchange", "Ngày 1-7 đã trao đổi về việc nói trước lớp."),
        ],
    ),
    (
        "n4",
        Some("n3"),
        "Quàng Thị Mới",
        &[
            ("date", "2-7-2026"),
            ("phase", "before"),
            ("aspects.policy_law", "Giúp hai nhà\n làm  đường."),
        ],
    ),
    (
        "n5",
        Some("n1"),
        "Quàng Thị Mới",
        &[
            ("date", "3-7-2026"),
            ("phase", "before"),
            ("aspects.political_ethics", "Trả lại ví nhặt được."),
        ],
    ),
    (
        "n6",
        None,
        "Quàng Thị Mới",
        &[
            ("date", "1-2-2027"),
            ("phase", "probation"),
            ("aspects.awareness", "Hỏi về Điều lệ."),
            ("proposal", "Giao thêm việc."),
        ],
    ),
    (
        "n7",
        None,
        "",
        &[
            ("date", "đầu năm"),
            ("phase", "before"),
            ("author", "Quàng Thị Mới"),
            ("aspects.mass_relations", "Bạn bè tin."),
        ],
    ),
];

fn whole() -> Record {
    let mut whole = Record::new();
    for (path, text) in [
        ("person.name", "Vàng Thị Thử"),
        ("procedure.mentors/a/name", "Lò Văn Cũ"),
        ("procedure.mentors/a/assigned_date", "1-10-2025"),
        ("procedure.mentors/b/name", "quàng thị mới"),
        ("procedure.mentors/b/assigned_date", "1-3-2026"),
        ("procedure.mentors/b/admitted_date", "19-5-2015"),
        ("procedure.ceremony_date", "1-12-2026"),
        ("political_history.arrested_or_imprisoned.answer", "có"),
    ] {
        whole.set(path, text);
    }
    whole
}

fn laid_out(paper: Paper) -> Draft {
    let answers: Vec<Fields> = NOTES
        .iter()
        .map(|(_, _, _, answers)| {
            answers
                .iter()
                .map(|(path, text)| (path.to_string(), text.to_string()))
                .collect()
        })
        .collect();
    let notes: Vec<Note<'_>> = NOTES
        .iter()
        .zip(&answers)
        .map(|((id, corrects, author, _), answers)| Note {
            id,
            corrects: *corrects,
            author,
            answers,
        })
        .collect();
    lay_out(paper, &whole(), &notes, "Quàng Thị Mới")
}

#[test]
fn facts_stand_under_their_headings_with_day_and_author_the_newest_first() {
    let draft = laid_out(Paper::Introduction);
    let strengths: Vec<(&str, Vec<String>)> = draft.headings[1]
        .parts
        .iter()
        .map(|part| (part.title, part.facts.iter().map(|fact| fact.shown()).collect()))
        .collect();
    let expected = [
        (
            "Chấp hành chủ trương, chính sách, pháp luật",
            vec![
                "ngày 2-7-2026: Giúp hai nhà làm đường. (Quàng Thị Mới)",
                "ngày 12-4-2026: Vận động hai nhà cho con đi học lại. (Quàng Thị Mới)",
                "ngày 5-1-2026: Nhắc cả bản đội mũ bảo hiểm. (Lò Văn Cũ)",
            ],
        ),
        (
            "Phẩm chất chính trị, đạo đức, lối sống",
            vec!["ngày 3-7-2026: Trả lại ví nhặt được. (Quàng Thị Mới)"],
        ),
        (
            "Năng lực công tác (học tập)",
            vec![
                "ngày 12-4-2026: Dạy chữ buổi tối: Đã dạy 8 buổi (Quàng Thị Mới)",
                "ngày 12-4-2026: Trực Đoàn (Quàng Thị Mới)",
            ],
        ),
        ("Quan hệ quần chúng", vec!["chưa rõ ngày: Bạn bè tin. (Quàng Thị Mới)"]),
    ];
    for ((title, facts), (expected_title, expected_facts)) in strengths.iter().zip(expected) {
        assert_eq!(
            (*title, facts.iter().map(String::as_str).collect()),
            (expected_title, expected_facts)
        );
    }
    // what a former mentor saw is not taken over unasked
    let ticks: Vec<bool> = draft.headings[1].parts[0]
        .facts
        .iter()
        .map(|fact| fact.ticked)
        .collect();
    assert_eq!(ticks, [true, true, false]);
}

#[test]
fn a_correction_takes_the_place_of_the_note_of_the_same_author_only() {
    let answers = Fields::new();
    let note = |id, corrects, author| Note {
        id,
        corrects,
        author,
        answers: &answers,
    };
    let notes = [
        note("a", None, "Một"),
        note("b", Some("a"), "Một"),
        note("c", Some("b"), "Một"),
        note("d", Some("c"), "Hai"),
        note("e", Some("e"), "Một"),
    ];
    let ids: Vec<&str> = standing(&notes).iter().map(|note| note.id).collect();
    assert_eq!(ids, ["c", "d", "e"]);
}

#[test]
fn what_belongs_to_the_lylich_stays_empty_whatever_the_record_says() {
    let draft = laid_out(Paper::Introduction);
    let about = &draft.headings[0];
    assert_eq!(about.slug, "introductions.notes_on_lylich");
    assert!(about.parts.iter().all(|part| part.by_hand && part.facts.is_empty()));
    assert_eq!(about.text(), "");
}

#[test]
fn the_review_is_made_of_the_notes_of_the_probation() {
    let draft = laid_out(Paper::Review);
    let facts: Vec<&str> = draft
        .headings
        .iter()
        .flat_map(|heading| &heading.parts)
        .flat_map(|part| &part.facts)
        .map(|fact| fact.text.as_str())
        .collect();
    assert_eq!(facts, ["Hỏi về Điều lệ."]);
    assert!(draft.headings[2].parts[0].by_hand, "the proposal is the helper's own");
}

#[test]
fn the_print_shows_the_ticked_facts_and_leaves_empty_headings_visible() {
    let mut draft = laid_out(Paper::Introduction);
    draft.headings[1].parts[0].facts[1].ticked = false;
    let expected = format!(
        "\
Giấy giới thiệu người vào Đảng (3-KNĐ) – bản nháp

Kính gửi: ……………………
Tôi là: Quàng Thị Mới
Vào Đảng ngày: 19-5-2015
Chính thức ngày: ……………………
Ngày được phân công giúp đỡ: 1-3-2026
Quần chúng được giúp đỡ: Vàng Thị Thử

1. Về lý lịch: những đặc điểm chính cần lưu ý
  ……………………

2. Những ưu điểm chính
– Chấp hành chủ trương, chính sách, pháp luật:
  + ngày 2-7-2026: Giúp hai nhà làm đường. (Quàng Thị Mới)
– Phẩm chất chính trị, đạo đức, lối sống:
  + ngày 3-7-2026: Trả lại ví nhặt được. (Quàng Thị Mới)
– Năng lực công tác (học tập):
  + ngày 12-4-2026: Dạy chữ buổi tối: Đã dạy 8 buổi (Quàng Thị Mới)
  + ngày 12-4-2026: Trực Đoàn (Quàng Thị Mới)
– Quan hệ quần chúng:
  + chưa rõ ngày: Bạn bè tin. (Quàng Thị Mới)

3. Khuyết điểm chính
– Hạn chế, việc cần khắc phục:
  + ngày 12-4-2026: Còn ngại nói trước lớp. (Quàng Thị Mới)
– Đã trao đổi, kết quả khắc phục:
  {EMPTY}
"
    );
    assert_eq!(draft.printed(), expected);
    let review = laid_out(Paper::Review).printed();
    assert!(review.contains("Được kết nạp ngày: 1-12-2026") && review.contains(EMPTY));
}

#[test]
fn every_word_of_a_fact_was_written_by_somebody() {
    let written: Vec<&str> = NOTES
        .iter()
        .flat_map(|(_, _, _, answers)| answers.iter().map(|(_, text)| *text))
        .collect();
    let mut facts = 0;
    for paper in [Paper::Introduction, Paper::Review] {
        for fact in laid_out(paper)
            .headings
            .iter()
            .flat_map(|heading| &heading.parts)
            .flat_map(|part| &part.facts)
        {
            facts += 1;
            for piece in fact.text.split(": ") {
                assert!(written.iter().any(|text| text.contains(piece)), "{piece}");
            }
        }
    }
    assert_eq!(facts, 9);
}
