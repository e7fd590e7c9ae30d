//! Drafts of the two end texts of a mentor, 3-KNĐ and 11-KNĐ: the facts of the dated notes under the headings of the form.
//!
//! Invariants: nothing is generated, rated or summed up; every line is somebody's words with their day and name; a heading without a fact stays visibly empty;
//! what the form asks about the lý lịch stays empty always, for the mentor writes it from the certified paper. A note that was corrected gives way to the
//! correction of the same author. What a former mentor saw stays under their name and is not ticked: their review is a paper of its own (PRB-05, PRB-08).
//! Which facts, in which order, is the mentor's choice: ticks and order of a draft may be changed before it is printed.

mod print;

use crate::person::{Note, day_of};
use rules::sorted::sort;
use rules::text::{fold, same};
use rules::{Date, Fields, Record};

/// Which end text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// 3-KNĐ, the introduction, from the notes before admission.
    Introduction,
    /// 11-KNĐ, the review of a probationary member, from the notes of the probation.
    Review,
}

/// A draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Which end text.
    pub paper: Paper,
    /// What stands above: label and what is known of it; an empty text is written by hand.
    pub head: Vec<(&'static str, String)>,
    /// The headings, in the order of the form.
    pub headings: Vec<Heading>,
}

/// A heading of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// As the form has it.
    pub title: &'static str,
    /// The field it belongs to (`introductions.strengths`).
    pub slug: &'static str,
    /// Parts of it.
    pub parts: Vec<Part>,
}

/// A part of a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it is about; empty when the heading has no parts.
    pub title: &'static str,
    /// Whether the app puts nothing here: the mentor writes it by hand.
    pub by_hand: bool,
    /// The facts: the writer's own first, newest first; then those of each former mentor.
    pub facts: Vec<Fact>,
}

/// Something that somebody saw and wrote down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Name of who wrote it.
    pub author: String,
    /// Day of the note.
    pub date: Option<Date>,
    /// The words.
    pub text: String,
    /// The note it stands in ([`Note::id`]).
    pub note: String,
    /// Whether it is taken over.
    pub ticked: bool,
}

/// What a heading without a fact says.
pub const EMPTY: &str = "chưa có việc cụ thể – xin ghi";

/// A part of a heading: what it is about and where in the notes it stands; no source: written by hand.
type Source = (&'static str, &'static [&'static str]);

/// Title, field, parts.
type Layout = &'static [(&'static str, &'static str, &'static [Source])];

/// The rows of tasks in a note.
const TASKS: &str = "tasks";
const WEAKNESSES: &[Source] = &[
    ("Hạn chế, việc cần khắc phục", &["weaknesses"]),
    ("Đã trao đổi, kết quả khắc phục", &["exchange"]),
];

const INTRODUCTION: Layout = &[
    (
        "Về lý lịch: những đặc điểm chính cần lưu ý",
        "introductions.notes_on_lylich",
        &[("", &[])],
    ),
    (
        "Những ưu điểm chính",
        "introductions.strengths",
        &[
            ("Chấp hành chủ trương, chính sách, pháp luật", &["aspects.policy_law"]),
            ("Phẩm chất chính trị, đạo đức, lối sống", &["aspects.political_ethics"]),
            ("Năng lực công tác (học tập)", &["aspects.capacity", TASKS]),
            ("Quan hệ quần chúng", &["aspects.mass_relations"]),
        ],
    ),
    ("Khuyết điểm chính", "introductions.weaknesses", WEAKNESSES),
];

const REVIEW: Layout = &[
    (
        "Ưu điểm",
        "end11.strengths",
        &[
            ("Lập trường tư tưởng, đạo đức, lối sống", &["aspects.political_ethics"]),
            ("Nhận thức về Đảng", &["aspects.awareness"]),
            ("Năng lực công tác (học tập)", &["aspects.capacity"]),
            ("Mức độ hoàn thành nhiệm vụ", &[TASKS]),
        ],
    ),
    ("Khuyết điểm và những vấn đề cần lưu ý", "end11.weaknesses", WEAKNESSES),
    ("Đề nghị", "end11.proposal", &[("", &[])]),
];

/// Lays the facts of the notes out. `whole` is the record of the person ([`crate::Person::whole`]), `writer` the name of the mentor who writes.
pub fn lay_out(paper: Paper, whole: &Record, notes: &[Note<'_>], writer: &str) -> Draft {
    let (layout, phase) = match paper {
        Paper::Introduction => (INTRODUCTION, "before"),
        Paper::Review => (REVIEW, "probation"),
    };
    let standing: Vec<&Note<'_>> = standing(notes)
        .into_iter()
        .filter(|note| text(note.answers, "phase") == phase)
        .collect();
    let part = |(title, slugs): &Source| Part {
        title,
        by_hand: slugs.is_empty(),
        facts: facts(&standing, slugs, writer),
    };
    Draft {
        paper,
        head: head(paper, whole, writer),
        headings: layout
            .iter()
            .map(|(title, slug, parts)| Heading {
                title,
                slug,
                parts: parts.iter().map(part).collect(),
            })
            .collect(),
    }
}

/// The notes that no later note of the same author corrects.
pub fn standing<'n, 'a>(notes: &'n [Note<'a>]) -> Vec<&'n Note<'a>> {
    let is_corrected = |note: &Note<'_>| {
        notes
            .iter()
            .any(|other| other.corrects == Some(note.id) && other.id != note.id && other.author == note.author)
    };
    notes.iter().filter(|note| !is_corrected(note)).collect()
}

fn text<'f>(answers: &'f Fields, slug: &str) -> &'f str {
    answers.get(slug).map_or("", |text| text.trim())
}

/// Facts of the notes at these places.
fn facts(notes: &[&Note<'_>], slugs: &[&str], writer: &str) -> Vec<Fact> {
    let mut facts: Vec<Fact> = Vec::new();
    for note in notes {
        let author = author_of(note);
        let mut add = |text: String| {
            if !text.is_empty() && !is_nothing_new(&text) {
                facts.push(Fact {
                    author: author.to_string(),
                    date: day_of(text_of_date(note)),
                    text,
                    note: note.id.to_string(),
                    ticked: same(author, writer),
                });
            }
        };
        for slug in slugs {
            if *slug == TASKS {
                for (task, result) in tasks(note.answers) {
                    add(if result.is_empty() {
                        task
                    } else {
                        format!("{task}: {result}")
                    });
                }
            } else {
                add(text(note.answers, slug).to_string());
            }
        }
    }
    // the writer first, then each former mentor; newest first
    let key = |fact: &Fact| (!fact.ticked, fold(&fact.author), std::cmp::Reverse(fact.date));
    sort(&mut facts, |a, b| key(a) < key(b));
    facts
}

fn text_of_date<'a>(note: &Note<'a>) -> &'a str {
    text(note.answers, "date")
}

/// Whose name stands by a note: that of the account that signed it; the one typed when the account has none.
fn author_of<'a>(note: &Note<'a>) -> &'a str {
    match note.author.trim() {
        "" => text(note.answers, "author"),
        name => name,
    }
}

/// The words by which a note says that there is no fact.
fn is_nothing_new(text: &str) -> bool {
    fold(text).starts_with("không có việc mới")
}

/// Tasks of a note with their results, in their order.
fn tasks(answers: &Fields) -> Vec<(String, String)> {
    let mut of = Record::new();
    for (path, text) in answers.iter().filter(|(path, _)| path.starts_with(TASKS)) {
        of.set(path, text);
    }
    let cell = |row: &str, column: &str| of.text(&format!("{TASKS}/{row}/{column}")).trim().to_string();
    let rows = of
        .rows(TASKS)
        .into_iter()
        .map(|row| (cell(row, "task_ref"), cell(row, "result")));
    rows.filter(|(task, _)| !task.is_empty()).collect()
}

/// What stands above the headings, as far as the case knows it.
fn head(paper: Paper, whole: &Record, writer: &str) -> Vec<(&'static str, String)> {
    const MENTORS: &str = "procedure.mentors";
    let cell = |row: &str, column: &str| whole.text(&format!("{MENTORS}/{row}/{column}")).trim().to_string();
    let own = whole
        .rows(MENTORS)
        .into_iter()
        .rev()
        .find(|row| same(&cell(row, "name"), writer));
    let of = |column: &str| own.map_or_else(String::new, |row| cell(row, column));
    let name = ["person.name", "birth_name"]
        .map(|path| whole.text(path).trim())
        .into_iter()
        .find(|name| !name.is_empty());
    let name = name.unwrap_or("").to_string();
    let mut head = vec![
        ("Kính gửi", String::new()),
        ("Tôi là", writer.to_string()),
        ("Vào Đảng ngày", of("admitted_date")),
        ("Chính thức ngày", of("official_date")),
        ("Ngày được phân công giúp đỡ", of("assigned_date")),
    ];
    match paper {
        Paper::Introduction => head.push(("Quần chúng được giúp đỡ", name)),
        Paper::Review => {
            head.push(("Đảng viên dự bị", name));
            head.push((
                "Được kết nạp ngày",
                whole.text("procedure.ceremony_date").trim().to_string(),
            ));
        }
    }
    head
}

#[cfg(test)]
mod tests;
