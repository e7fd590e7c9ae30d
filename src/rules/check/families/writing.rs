//! How things are written, whatever the field: letters, dates, names, placeholders, lists of peoples and religions.

use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: &[Rule] = &[
    Rule::new("FMT-07", Explain, Correct, "Mã chữ tiếng Việt", "Có ký tự lạ trong “{label}” (phông chữ cũ hoặc chữ đ sai). Hãy gõ lại bằng bàn phím tiếng Việt Unicode.")
        .by(DECLARED)
        .seen(Seen::Interpretation)
        .reads(&["*"])
        .run(letters),
    Rule::new("FMT-08", Explain, Correct, "Ngày tháng hợp lệ", "Chưa đọc được ngày “{value}”, hoặc ngày này còn ở tương lai. Hãy kiểm tra ngày, tháng, năm (ghi đủ bốn số của năm).")
        .by(DECLARED)
        .seen(Seen::Interpretation)
        .reads(&["*"])
        .run(possible_dates),
    Rule::new("FMT-09", Explain, CorrectOrNote, "Họ tên", "Họ tên “{value}” có vẻ chưa đủ hoặc có chữ số. Hãy kiểm tra lại; tên dân tộc đặc biệt thì giữ nguyên và ghi chú.")
        .by(DECLARED)
        .seen(Seen::Interpretation)
        .reads(&["birth_name", "other_names[]", "family[].name"])
        .run(names),
    Rule::new("FMT-10", Explain, CorrectOrNote, "Dân tộc của người thân", "Tên dân tộc của {person} chưa có trong danh mục. Hãy chọn trong danh sách.")
        .since(on(1979, 3, 2))
        .by(DECLARED)
        .cited(&[at(DT121, "")])
        .seen(Seen::Secondary)
        .reads(&["family[].ethnicity"])
        .run(peoples_of_relatives),
    Rule::new("FMT-11", Explain, CorrectOrNote, "Tên tôn giáo", "Tên tôn giáo “{value}” chưa có trong danh mục. Hãy ghi đúng tên gọi và hỏi chi bộ.")
        .since(on(2008, 11, 12))
        .by(DECLARED)
        .cited(&[at(TG1019, "")])
        .seen(Seen::Secondary)
        .reads(&["religion", "family[].religion"])
        .run(religions),
    Rule::new("FMT-12", Explain, Correct, "Không để chữ tạm", "“{label}” còn chữ tạm ({value}). Hãy ghi nội dung đầy đủ.")
        .by(DECLARED)
        .seen(Seen::Interpretation)
        .reads(&["*"])
        .run(no_placeholders),
    Rule::new("FMT-13", Style, Info, "Vị trí dấu thanh", "Hai cách đặt dấu (hoà, hòa) đều được; nên dùng một cách trong cả bản khai.")
        .since(on(2018, 5, 25))
        .by(DECLARED)
        .cited(&[at(CT1989, "Điều 8")])
        .seen(Seen::Secondary)
        .reads(&["*"])
        .nothing("hai cách đặt dấu thanh đều được, so sánh đã bỏ qua khác biệt này"),
    Rule::new("FMT-16", Style, Info, "Chữ gõ Telex chưa chuyển", "“{value}” có thể là “{suggestion}” (bàn phím chưa bật tiếng Việt).")
        .by(DECLARED)
        .seen(Seen::Interpretation)
        .reads(&["birth_name", "family[].name"])
        .nothing("chỉ là gợi ý lúc gõ; tên riêng của nhiều dân tộc trông giống chữ Telex"),
    Rule::new("FMT-17", Style, Info, "Vừa chỗ trong quyển in", "Mục {item} dài khoảng {lines} dòng, quyển in có chừng {max} dòng. Hãy viết gọn hoặc hỏi chi bộ về tờ phụ.")
        .by(DECLARED)
        .seen(Seen::Interpretation)
        .reads(&["*"])
        .nothing("số dòng tùy bản in và nét chữ viết tay, màn hình chép tay cho biết chỗ trống của từng mục"),
];

/// Where a text stands in a record: path, and the name a shared report gives it.
fn each_text<'f>(p: &Probe<'f, '_>, mut see: impl FnMut(&mut dyn FnMut() -> String, &'f str)) {
    for (slug, text) in &p.facts.flat {
        see(&mut || slug.to_string(), text);
    }
    for row in p.facts.all_rows() {
        for (cell, text) in row.cells {
            if !cell.ends_with("/#") {
                see(&mut || row.path(cell), text);
            }
        }
    }
}

/// Reports a text: its path as `slug`, the label of its field as `label`.
fn report(p: &mut Probe<'_, '_>, places: Vec<(String, &str)>) {
    for (place, value) in places {
        let file = crate::finding::where_of(p.record, &place);
        let label = Param::Shown {
            file: file.clone(),
            people: field_label(&place),
        };
        p.explain(&place)
            .with("slug", file)
            .with("label", label)
            .with("value", value);
    }
}

/// Letters that old fonts leave where Vietnamese letters were, and look-alikes of đ.
fn has_strange_letters(text: &str) -> bool {
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let beside = before.is_alphabetic() || chars.peek().is_some_and(|next| next.is_alphabetic());
        if matches!(c, 'ð' | 'Ɖ' | 'ɖ') || (matches!(c, 'µ' | '¸' | '®' | '¹' | '¶') && beside) {
            return true;
        }
        before = c;
    }
    false
}

/// FMT-07.
fn letters(p: &mut Probe<'_, '_>) {
    let mut found = Vec::new();
    each_text(p, |place, text| {
        if !text.is_ascii() && has_strange_letters(text) {
            found.push((place(), text));
        }
    });
    report(p, found);
}

/// Steps that are planned ahead: their dates may lie in the future.
const PLANNED: [&str; 6] = [
    "procedure.",
    "probation.",
    "transfer.",
    "study.",
    "contract.",
    "secondment.",
];

/// Whether a slug or cell of the procedure or of a note holds a date; the catalogue of the form says so for its own fields.
fn sounds_like_a_date(name: &str) -> bool {
    name == "date"
        || name.ends_with("_date")
        || name.ends_with(".date")
        || name.ends_with("_from")
        || name.ends_with("_to")
}

/// FMT-08.
fn possible_dates(p: &mut Probe<'_, '_>) {
    let act = p.act;
    let wrong = |text: &str, full: bool, planned: bool| match date::read(text) {
        None => false,
        Some(Typed::Unreadable) => true,
        Some(Typed::Present) => full,
        Some(Typed::Full(day)) => !planned && day > act,
        Some(typed) => !planned && typed.first_month(act).is_some_and(|m| m > act.month_index()),
    };
    let mut found: Vec<(String, &str)> = Vec::new();
    for (slug, text) in &p.facts.flat {
        let kind = crate::form::field(crate::form::lylich(), slug)
            .filter(|f| f.slug == *slug)
            .map(|f| f.kind);
        let planned = PLANNED.iter().any(|step| slug.starts_with(step));
        let is_date = kind.map_or_else(|| sounds_like_a_date(slug), Kind::is_date);
        if is_date && wrong(text, kind == Some(Kind::FullDate), planned) {
            found.push((slug.to_string(), text));
        }
    }
    for row in p.facts.all_rows() {
        let planned = PLANNED.iter().any(|step| row.group.starts_with(step));
        for (cell, text) in row.cells {
            let name = cell.rsplit('/').next().unwrap_or(cell);
            let is_date = match row.group {
                "life_history" | "work_history" | "training" | "foreign_trips" => {
                    matches!(name, "from" | "to" | "certificate_date")
                }
                "commendations" | "disciplines" => name == "date",
                "family" => {
                    matches!(
                        name,
                        "birth_year" | "death.year" | "marriage_year" | "divorce.year" | "party_member.admitted"
                    ) || name == "party_member.confirmed_date"
                        || (cell.starts_with("history/") && matches!(name, "from" | "to"))
                }
                _ => sounds_like_a_date(name),
            };
            if is_date && wrong(text, false, planned) {
                found.push((row.path(cell), text));
            }
        }
    }
    for (place, value) in found {
        p.explain(&place).with("value", value);
    }
}

fn is_odd_name(name: &str, may_be_short: bool) -> bool {
    let count = words(name).count();
    name.chars().any(|c| c.is_ascii_digit()) || count > 8 || (count < 2 && !may_be_short)
}

/// FMT-09.
fn names(p: &mut Probe<'_, '_>) {
    let own = p.text("birth_name");
    if !own.is_empty() && is_odd_name(own, false) {
        p.explain("birth_name").with("value", own);
    }
    for row in p.facts.rows("other_names") {
        let name = row.text("_");
        if !name.is_empty() && is_odd_name(name, true) {
            p.explain(&row.path("_")).with("value", name);
        }
    }
    for q in p.facts.people() {
        if !q.name.is_empty() && is_odd_name(q.name, false) {
            p.explain(&q.row.path("name")).with("value", q.name);
        }
    }
}

/// FMT-10.
fn peoples_of_relatives(p: &mut Probe<'_, '_>) {
    for q in p.facts.people() {
        let value = q.row.text("ethnicity");
        if !value.is_empty() && people::ethnicity_code(value).is_none() {
            p.explain(&q.row.path("ethnicity"))
                .with("person", person(&q.row))
                .with("value", value);
        }
    }
}

fn is_unknown_religion(value: &str) -> bool {
    !value.is_empty() && !is_no_religion(value) && people::religion_code(value).is_none()
}

/// FMT-11.
fn religions(p: &mut Probe<'_, '_>) {
    let value = p.text("religion");
    if is_unknown_religion(value) {
        p.explain("religion").with("value", value);
    }
    for q in p.facts.people() {
        let value = q.row.text("religion");
        if is_unknown_religion(value) {
            p.explain(&q.row.path("religion")).with("value", value);
        }
    }
}

fn is_placeholder(text: &str) -> bool {
    if text.contains("...") || text.contains('…') || text.contains("xxx") || text.contains("XXX") {
        return true;
    }
    text.len() <= 24 && matches!(fold(text).as_str(), "nt" | "như trên" | "như vậy" | "?" | "??")
}

/// FMT-12.
fn no_placeholders(p: &mut Probe<'_, '_>) {
    let mut found = Vec::new();
    each_text(p, |place, text| {
        if is_placeholder(text) {
            found.push((place(), text));
        }
    });
    report(p, found);
}
