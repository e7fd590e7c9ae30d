//! Item 11: how schooling is written, and whether its levels have a course in item 17.

use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: Family = Family {
    text: include_str!("education.txt"),
    checks: &[
        ("LL-11", way_of_writing),
        ("LL-11b", level_has_a_course),
        ("LL-11c", running_course_is_no_level),
    ],
};

const GENERAL: &str = "education.general";
const PROFESSIONAL: &str = "education.professional";
const THEORY: &str = "education.political_theory";

/// `8/10 phổ thông`, `9/12 bổ túc`: the class and the system that the text begins with.
fn class_of_system(text: &str) -> Option<(i32, i32)> {
    let (class, rest) = text.split_once('/')?;
    let system = rest.split(' ').next()?;
    let ok =
        (1..=2).contains(&class.len()) && class.bytes().all(|b| b.is_ascii_digit()) && matches!(system, "10" | "12");
    ok.then(|| (whole_number(class), whole_number(system)))
}

/// LL-11.
fn way_of_writing(p: &mut Probe<'_, '_>) {
    let text = fold(p.text(GENERAL));
    if text.is_empty() {
        return;
    }
    let class = class_of_system(text.strip_prefix("đang học lớp ").unwrap_or(&text));
    let ok = class.is_some_and(|(n, d)| n >= 1 && n <= d)
        || text.starts_with("tốt nghiệp")
        || text.contains("hoàn thành chương trình");
    if !ok {
        p.explain(GENERAL);
    }
}

/// Words that say nothing about the subject.
const EMPTY_WORDS: [&str; 17] = [
    "trung", "cap", "dai", "hoc", "cao", "dang", "cu", "nhan", "bac", "tot", "nghiep", "chung", "chi", "bang", "nganh",
    "lop", "va",
];

fn content_words(text: &str) -> Vec<String> {
    let text = weak(text);
    let mut words = Vec::new();
    for word in bare_words(&text) {
        if word.chars().count() > 2 && !EMPTY_WORDS.contains(&word) {
            words.push(word.to_string());
        }
    }
    words
}

fn course(row: &Row<'_>) -> String {
    weak(&format!("{} {}", row.text("subject"), row.text("certificate")))
}

fn is_theory(row: &Row<'_>) -> bool {
    let text = course(row);
    ["ly luan chinh tri", "so cap", "trung cap", "cao cap"]
        .iter()
        .any(|w| text.contains(w))
}

/// LL-11b.
fn level_has_a_course(p: &mut Probe<'_, '_>) {
    let words = content_words(p.text(PROFESSIONAL));
    let shared = |row: &Row<'_>| {
        let own = content_words(&course(row));
        words.iter().any(|w| own.contains(w))
    };
    if !p.blank(PROFESSIONAL) && !p.rows("training").any(shared) {
        p.explain(PROFESSIONAL).with("field", "Chuyên môn, nghiệp vụ");
    }
    if !p.blank(THEORY) && !p.rows("training").any(is_theory) {
        p.explain(THEORY).with("field", "Lý luận chính trị");
    }
}

/// LL-11c.
fn running_course_is_no_level(p: &mut Probe<'_, '_>) {
    let value = p.text(THEORY);
    if value.is_empty() {
        return;
    }
    let (mut running, mut ended) = (false, false);
    for course in p.facts.periods("training").filter(|course| is_theory(&course.row)) {
        running = running || course.to == Some(Typed::Present);
        ended = ended || course.to != Some(Typed::Present);
    }
    if fold(value).contains("đang học") || (running && !ended) {
        p.explain(THEORY);
    }
}
