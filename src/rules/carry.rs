//! A record begun on the form of 2022, carried over to the form of 2025: nothing is lost, and what changed is listed for the person.
//!
//! Answers that have no place of their own any more stay in the record under their old path. What the new form asks from another paper (ancestral
//! home, place of registration) is proposed and asked again; nothing is decided for the person.

use crate::record::{Fields, Record};

/// A record on the form of 2025, with what changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// The record, still holding every old answer.
    pub record: Record,
    /// What changed, in the order of the new form.
    pub changes: Vec<Change>,
}

/// Something the person should look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// Field of the new form to look at.
    pub slug: &'static str,
    /// What changed and what to do.
    pub said: &'static str,
}

/// Where an old answer that the new form words anew is kept.
const KEPT: &str = "form2022.";

/// Carries a record over. One that is on the form of 2025 already comes back as it is, without changes.
pub fn over(old: &Record) -> Carried {
    let mut record = old.clone();
    let mut changes = Vec::new();
    if old.text("form.version") != "2022" && !is_2022(old) {
        return Carried { record, changes };
    }
    let mut say = |slug: &'static str, said: &'static str| changes.push(Change { slug, said });
    record.set("form.version", "2025");
    say(
        "form.version",
        "Bản khai chuyển sang mẫu 2025. Các câu trả lời cũ được giữ nguyên.",
    );
    names(&mut record, &mut say);
    places(&mut record, &mut say);
    education(&mut record, &mut say);
    closing(&mut record, &mut say);
    Carried { record, changes }
}

/// Whether a record holds answers that only the form of 2022 asks.
pub fn is_2022(r: &Record) -> bool {
    [
        "current_name",
        "birth_place",
        "education.vocational",
        "education.higher",
    ]
    .iter()
    .any(|slug| !r.is_blank(slug))
}

fn names(r: &mut Record, say: &mut impl FnMut(&'static str, &'static str)) {
    let current = r.text("current_name").trim().to_string();
    if current.is_empty() {
        return;
    }
    if r.is_blank("birth_name") {
        r.set("birth_name", &current);
        say(
            "birth_name",
            "Mục 1 lấy tạm theo tên đang dùng. Hãy ghi lại đúng họ tên trong giấy khai sinh.",
        );
    } else if !crate::text::same(&current, r.text("birth_name")) {
        let known = r
            .rows("other_names")
            .iter()
            .any(|row| crate::text::same(r.text(&format!("other_names/{row}/_")), &current));
        if !known {
            r.add_row("other_names", "form2022", None);
            r.set("other_names/form2022/_", &current);
        }
        say(
            "other_names",
            "Tên đang dùng khác tên khai sinh nên được ghi thêm ở mục 2. Hãy xem lại.",
        );
    }
}

fn places(r: &mut Record, say: &mut impl FnMut(&'static str, &'static str)) {
    if r.is_blank("birth_registration_place") && !r.is_blank("birth_place") {
        let mut parts: Vec<(String, String)> = r
            .under("birth_place", '.')
            .map(|(p, t)| (p.replacen("birth_place", "birth_registration_place", 1), t.to_string()))
            .collect();
        let whole = r.text("birth_place").to_string();
        if !whole.is_empty() {
            parts.push(("birth_registration_place.text".to_string(), whole));
        }
        for (path, text) in parts {
            r.set(&path, &text);
        }
        say(
            "birth_registration_place",
            "Mục 5 nay hỏi nơi đăng ký khai sinh. Hãy xem giấy khai sinh do xã, phường nào cấp.",
        );
    }
    if !r.is_blank("ancestral_home") {
        keep(r, "ancestral_home_source");
        say(
            "ancestral_home",
            "Mẫu cũ lấy quê quán theo căn cước, mẫu 2025 lấy theo giấy khai sinh. Hãy đối chiếu lại.",
        );
    }
    let levels = [
        "birth_registration_place",
        "ancestral_home",
        "permanent_residence",
        "temporary_residence",
    ];
    if levels.iter().any(|slug| !r.is_blank(&format!("{slug}.district"))) {
        say(
            "permanent_residence",
            "Nay không còn cấp huyện. Hãy ghi tên xã, tỉnh hiện nay, tên cũ để ở phần chú thích.",
        );
    }
}

fn education(r: &mut Record, say: &mut impl FnMut(&'static str, &'static str)) {
    let old = [r.text("education.vocational").trim(), r.text("education.higher").trim()];
    let joined = old.into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join("; ");
    if joined.is_empty() {
        return;
    }
    let higher = r.text("education.higher").trim().to_string();
    if r.is_blank("education.professional") {
        r.set("education.professional", &joined);
    }
    if r.is_blank("education.highest_degree") && !higher.is_empty() {
        r.set("education.highest_degree", &higher);
    }
    say(
        "education.professional",
        "Trình độ nghề nghiệp, đại học của mẫu cũ được chuyển vào “Chuyên môn, nghiệp vụ” và “Học vị cao nhất”. Hãy xem lại.",
    );
}

fn closing(r: &mut Record, say: &mut impl FnMut(&'static str, &'static str)) {
    if !r.is_blank("declaration.text") {
        keep(r, "declaration.text");
        say(
            "declaration.text",
            "Câu cam đoan của mẫu 2025 có thêm chữ “trung thực”. Hãy chép đúng câu mới.",
        );
    }
    if !r.is_blank("declaration.date") {
        keep(r, "declaration.date");
        say(
            "declaration.date",
            "Ngày ký của bản cũ được cất riêng. Hãy ghi ngày bạn ký bản mới.",
        );
    }
    say(
        "disciplines_considered_answer",
        "Mẫu 2025 hỏi thêm: có từng bị xem xét kỷ luật nhưng không bị kỷ luật không. Hãy trả lời.",
    );
    say(
        "family",
        "Mẫu 2025 hỏi thêm quốc tịch, tiền án và ông bà của vợ (chồng). Hãy bổ sung ở mục 21.",
    );
}

/// Moves an answer aside: it is kept, the new form asks it again.
fn keep(r: &mut Record, slug: &str) {
    let text = r.text(slug).to_string();
    if !text.is_empty() {
        r.set(&format!("{KEPT}{slug}"), &text);
        r.set(slug, "");
    }
}

/// The answers of the old record that the new one no longer holds under any path; always empty, as the tests hold.
pub fn lost(old: &Record, new: &Record) -> Fields {
    let held: Vec<&str> = new.fields().values().map(String::as_str).collect();
    old.fields()
        .iter()
        .filter(|(_, text)| !held.contains(&text.as_str()))
        .map(|(p, t)| (p.clone(), t.clone()))
        .collect()
}

#[cfg(test)]
mod tests;
