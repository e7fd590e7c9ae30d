//! Item 11: how schooling is written, and whether its levels have a course in item 17.

use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: &[Rule] = &[
    Rule::new("LL-11", Explain, Correct, "Giáo dục phổ thông ghi đúng cách", "Mục 11 – Giáo dục phổ thông: ghi như “12/12 phổ thông”, “9/12 bổ túc” hoặc “tốt nghiệp trung học phổ thông hệ 12 năm”.")
        .since(on(2025, 9, 29))
        .by(DECLARED)
        .cited("B25 I.1.4.2 mục (11)")
        .reads("education.general")
        .run(way_of_writing),
    Rule::new("LL-11b", Explain, CorrectOrNote, "Trình độ có trong mục 17", "Trình độ “{field}” ở mục 11 chưa thấy lớp học, văn bằng tương ứng ở mục 17. Hãy bổ sung hàng ở mục 17 hoặc xem lại.")
        .since(on(2026, 4, 1))
        .by(DECLARED)
        .cited("LHCM ~local")
        .seen(Seen::Local)
        .province("Thành phố Hồ Chí Minh")
        .reads("education.professional education.political_theory training[]")
        .run(level_has_a_course),
    Rule::new("LL-11c", Explain, CorrectOrNote, "Đang học chưa ghi trình độ", "Lớp lý luận chính trị đang học thì chưa ghi vào mục 11; khi có bằng, chứng chỉ mới ghi.")
        .since(on(2026, 4, 1))
        .by(DECLARED)
        .cited("LHCM ~local")
        .seen(Seen::Local)
        .province("Thành phố Hồ Chí Minh")
        .reads("education.political_theory training[]")
        .run(running_course_is_no_level),
];

const GENERAL: &str = "education.general";
const PROFESSIONAL: &str = "education.professional";
const THEORY: &str = "education.political_theory";

/// `8/10 phổ thông`, `9/12 bổ túc`: the class and the system that the text begins with.
fn class_of_system(text: &str) -> Option<(u32, u32)> {
    let (class, rest) = text.split_once('/')?;
    let system = rest.split(' ').next()?;
    let ok =
        (1..=2).contains(&class.len()) && class.bytes().all(|b| b.is_ascii_digit()) && matches!(system, "10" | "12");
    if ok {
        Some((class.parse().ok()?, system.parse().ok()?))
    } else {
        None
    }
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
    weak(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.chars().count() > 2 && !EMPTY_WORDS.contains(w))
        .map(str::to_string)
        .collect()
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
    let shared = |row: Row<'_>| {
        let own = content_words(&course(&row));
        words.iter().any(|w| own.contains(w))
    };
    if !p.blank(PROFESSIONAL) && !p.rows("training").any(shared) {
        p.explain(PROFESSIONAL).with("field", "Chuyên môn, nghiệp vụ");
    }
    if !p.blank(THEORY) && !p.rows("training").any(|row| is_theory(&row)) {
        p.explain(THEORY).with("field", "Lý luận chính trị");
    }
}

/// LL-11c.
fn running_course_is_no_level(p: &mut Probe<'_, '_>) {
    let value = p.text(THEORY);
    if value.is_empty() {
        return;
    }
    let running = |row: &Row<'_>| date::read(row.text("to")) == Some(Typed::Present);
    let theory: Vec<bool> = p.rows("training").filter(is_theory).map(|row| running(&row)).collect();
    let only_running = !theory.is_empty() && theory.iter().all(|running| *running);
    if fold(value).contains("đang học") || only_running {
        p.explain(THEORY);
    }
}
