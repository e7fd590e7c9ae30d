//! A record begun on the form of 2022, carried over to the form of 2025: nothing is lost, and what changed is listed for the person.
//!
//! Answers that have no place of their own any more stay in the record under their old path, those that the new form asks anew under `form2022.`.
//! What can be answered from them is proposed where nothing is written yet; nothing is decided for the person. The list of what changed follows from
//! the record, so it can be read again later. Invariant: no answer is overwritten or dropped, however often a record goes to and fro.

use crate::form;
use crate::record::Record;

/// Something the person should look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// Field of the new form to look at.
    pub slug: &'static str,
    /// What changed and what to do.
    pub said: &'static str,
}

/// Before the path of an answer that the new form asks anew.
const KEPT: &str = "form2022.";

/// What can change, in the order of the new form, one a line: slug, the old answer by which it is known, words.
static CHANGES: &str = "\
form.version form2022.form.version Bản khai chuyển sang mẫu 2025. Các câu trả lời cũ được giữ nguyên.
birth_name current_name Mẫu cũ hỏi tên đang dùng. Mẫu 2025 ghi tên khai sinh ở mục 1, tên khác ở mục 2. Hãy xem lại cả hai.
birth_registration_place birth_place Mục 5 nay hỏi nơi đăng ký khai sinh. Hãy xem giấy khai sinh do xã, phường nào cấp.
ancestral_home form2022.form.version Mẫu cũ lấy quê quán theo căn cước, mẫu 2025 lấy theo giấy khai sinh. Hãy đối chiếu lại.
permanent_residence form2022.form.version Nay không còn cấp huyện. Hãy ghi tên xã, tỉnh hiện nay.
education.professional education.vocational Trình độ nghề nghiệp của mẫu cũ được chuyển vào đây. Hãy xem lại.
education.highest_degree education.higher Trình độ đại học của mẫu cũ được chuyển vào đây. Hãy xem lại, ghi thêm ở “Chuyên môn, nghiệp vụ”.
disciplines_considered_answer form2022.form.version Mẫu 2025 hỏi thêm: có từng bị xem xét kỷ luật nhưng không bị kỷ luật không. Hãy trả lời.
family form2022.form.version Mẫu 2025 hỏi thêm quốc tịch, tiền án và ông bà của vợ (chồng). Hãy bổ sung.
declaration.text form2022.declaration.text Câu cam đoan của mẫu 2025 có thêm chữ “trung thực”. Hãy chép đúng câu mới.
declaration.date form2022.declaration.date Ngày ký của bản cũ được cất riêng. Hãy ghi ngày bạn ký bản mới.
";

/// Whether a record on the form of 2022 is to go over: unless its declaration is dated in the time of that form, which then stays.
pub fn is_due(r: &Record) -> bool {
    form::edition_of(r).edition == "2022" && form::declared(r).is_none_or(|day| day >= form::EDITION_2025)
}

/// Carries a record over; says whether it did. One that is on the form of 2025 already stays as it is.
pub fn over(r: &mut Record) -> bool {
    if form::edition_of(r).edition != "2022" {
        return false;
    }
    r.set("form.version", "2022");
    for slug in [
        "form.version",
        "ancestral_home_source",
        "declaration.text",
        "declaration.date",
    ] {
        keep(r, slug);
    }
    r.set("form.version", "2025");
    for (from, to) in [
        ("current_name", "birth_name"),
        ("birth_place", "birth_registration_place"),
        ("education.vocational", "education.professional"),
        ("education.higher", "education.highest_degree"),
    ] {
        propose(r, from, to);
    }
    const OTHER: &str = "other_names/form2022/_";
    let current = r.text("current_name").trim().to_string();
    let is_known = crate::text::same(&current, r.text("birth_name"))
        || r.under("other_names", '/')
            .any(|(_, name)| crate::text::same(&current, name));
    if !current.is_empty() && !is_known && r.text(OTHER).is_empty() {
        r.add_row("other_names", "form2022", None);
        r.set(OTHER, &current);
    }
    true
}

/// What changed when the record was carried over, in the order of the new form; empty for one that never was.
pub fn changes(r: &Record) -> Vec<Change> {
    let mut out = Vec::new();
    for line in CHANGES.lines() {
        let mut words = line.splitn(3, ' ');
        let mut word = || words.next().unwrap_or("");
        let (slug, known_by, said) = (word(), word(), word());
        if !r.is_blank("form2022.form.version") && !r.is_blank(known_by) {
            out.push(Change { slug, said });
        }
    }
    out
}

/// Answers for which the form of 2025 has no place: what was asked, and what was answered.
pub fn kept(r: &Record) -> Vec<(&'static str, String)> {
    let mut out = Vec::new();
    for (path, text) in r.fields() {
        if !path.ends_with("/#") && form::field(form::lylich(), path).is_none() {
            out.push(asked(path, text));
        }
    }
    out
}

/// The question in the words of the form that asked it, and the answer as it was shown.
fn asked(path: &str, text: &str) -> (&'static str, String) {
    let slug = path.strip_prefix(KEPT).unwrap_or(path).trim_end_matches('+');
    let whole = slug.rsplit_once('.').map_or(slug, |(whole, _)| whole);
    let find = |slug| form::field(form::lylich_2022(), slug);
    let Some(field) = find(slug).or_else(|| find(whole)) else {
        return ("Câu trả lời khác", text.to_string());
    };
    let choice = field.choices.iter().find(|choice| choice.value == text);
    (field.label, choice.map_or(text, |choice| choice.label).to_string())
}

/// Copies an answer with its parts to where the new form asks for it, if nothing is written there.
fn propose(r: &mut Record, from: &str, to: &str) {
    if !r.is_blank(to) {
        return;
    }
    for (path, text) in r.fields().clone() {
        if let Some(part) = path.strip_prefix(from) {
            let path = format!("{to}{part}");
            if form::field(form::lylich(), &path).is_some() {
                r.set(&path, &text);
            }
        }
    }
}

/// Moves an answer aside, to where nothing lies yet: the new form asks it again.
fn keep(r: &mut Record, slug: &str) {
    let text = r.text(slug).to_string();
    let mut aside = format!("{KEPT}{slug}");
    while !r.text(&aside).is_empty() {
        aside.push('+');
    }
    r.set(&aside, &text);
    r.set(slug, "");
}

#[cfg(test)]
mod tests;
