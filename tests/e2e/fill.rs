//! Filling a dossier in as a person does: section by section, by the labels on the screen, driven by the form's catalogue and a file of
//! `tests/people`. Nothing is written into the app in any other way.

use harness::Screen;
use rules::form::{Field, Kind, Section};
use serde_json::{Map, Value};

const UNTIL_NOW: &str = "đến nay";

/// Goes to one section from the list and fills it.
pub async fn section(screen: &Screen, section: &'static Section, entries: &Map<String, Value>) -> usize {
    open_section(screen, section).await;
    let mut count = 0;
    for field in section.items.iter().flat_map(|item| item.fields) {
        count += top_field(screen, field, entries).await;
    }
    screen.press("Bản khai").await;
    count
}

/// Opens a section from the list.
pub async fn open_section(screen: &Screen, section: &Section) {
    screen.press(section.title).await;
    screen
        .see(section.intro.split_inclusive('.').next().unwrap_or(section.title))
        .await;
}

async fn top_field(screen: &Screen, field: &'static Field, entries: &Map<String, Value>) -> usize {
    if matches!(field.kind, Kind::Locked | Kind::PaperOnly) {
        return 0;
    }
    if field.kind == Kind::YesNoDetail {
        let part = |name: &str| {
            entries
                .get(&format!("{}.{name}", field.slug))
                .cloned()
                .unwrap_or_default()
        };
        let value = serde_json::json!({ "answer": part("answer"), "detail": part("detail") });
        return Box::pin(fill(screen, field, &value, false)).await;
    }
    match entries.get(field.slug) {
        Some(value) => Box::pin(fill(screen, field, value, false)).await,
        None => 0,
    }
}

/// Fills one field; gives the number of answers.
async fn fill(screen: &Screen, field: &'static Field, value: &Value, in_row: bool) -> usize {
    if blank(value) {
        return 0;
    }
    let inside = screen.within(field.label);
    match field.kind {
        Kind::FullDate | Kind::MonthYear | Kind::MonthYearOrNay if value == "nay" => inside.choose(UNTIL_NOW).await,
        Kind::PartialDateOrNay if value == "nay" => inside.choose(UNTIL_NOW).await,
        Kind::PartialDateOrNay => inside.fill("Năm", text(value)).await,
        Kind::FullDate | Kind::MonthYear | Kind::MonthYearOrNay => {
            let parts: Vec<&str> = text(value).split('-').rev().collect();
            screen.fill_parts(field.label, &parts).await;
        }
        Kind::Choice => choose(screen, field, text(value), in_row).await,
        Kind::FixedText => inside.press("Chép câu này vào bản khai").await,
        Kind::YesNoDetail => {
            inside.choose(text(&value["answer"])).await;
            if !blank(&value["detail"]) {
                inside.fill("", text(&value["detail"])).await;
                return 2;
            }
        }
        Kind::Place | Kind::PlaceWithOldName | Kind::PartyPlace => return place(&inside, field, value).await,
        Kind::ListText => return lines(&inside, value).await,
        Kind::Rows | Kind::PeriodRows | Kind::YearRows => return Box::pin(rows(&inside, field, value)).await,
        Kind::Persons => return Box::pin(family(screen, field, value)).await,
        Kind::Object => {
            let mut count = 0;
            for column in field.columns {
                count += Box::pin(fill(screen, column, &value[last(column.slug)], in_row)).await;
            }
            return count;
        }
        Kind::Locked | Kind::PaperOnly => return 0,
        Kind::Number => screen.fill(field.label, &value.to_string()).await,
        _ => screen.fill(field.label, text(value)).await,
    }
    1
}

/// Few choices are radio buttons under a legend; names from a published list are typed; the rest is a list to pick from.
async fn choose(screen: &Screen, field: &'static Field, value: &str, in_row: bool) {
    let label = field
        .choices
        .iter()
        .find(|choice| choice.value == value)
        .map_or(value, |choice| choice.label);
    let few = if in_row { 3 } else { 6 };
    if field.choices.len() <= few {
        screen.within(field.label).choose(label).await;
    } else if field.choices.len() > 20 {
        screen.fill(field.label, label).await;
    } else {
        screen.select(field.label, label).await;
    }
}

async fn place(inside: &Screen, field: &'static Field, value: &Value) -> usize {
    let mut count = 0;
    for part in field.parts {
        let given = match part.slug.split_once('.') {
            Some((outer, inner)) => &value[outer][inner],
            None => &value[part.slug],
        };
        if blank(given) {
            continue;
        }
        let old = part.slug.starts_with("old.");
        let target = if old {
            inside.within("Tên cũ trước tháng 7-2025")
        } else {
            inside.clone()
        };
        // A list of suggestions that closes just now moves the page under the finger; who sees that presses once more.
        for _ in 0..3 {
            if old && !target.has("field", part.label).await {
                inside.press("Tên cũ trước tháng 7-2025").await;
            }
        }
        target.fill(part.label, text(given)).await;
        count += 1;
    }
    count
}

async fn lines(inside: &Screen, value: &Value) -> usize {
    let texts = value.as_array().map(Vec::as_slice).unwrap_or_default();
    for (at, line) in texts.iter().enumerate() {
        inside.press("Thêm dòng").await;
        inside.fill(&format!("Dòng {}", at + 1), text(line)).await;
    }
    texts.len()
}

async fn rows(inside: &Screen, field: &'static Field, value: &Value) -> usize {
    let mut count = 0;
    for (at, row) in value.as_array().into_iter().flatten().enumerate() {
        inside.press("Thêm hàng").await;
        let card = inside.within(&format!("Hàng {}", at + 1));
        // The kind decides whether a day is asked, so it is chosen first.
        let (first, rest): (Vec<&'static Field>, Vec<&'static Field>) =
            field.columns.iter().partition(|column| column.slug == "kind");
        for column in first.into_iter().chain(rest) {
            count += Box::pin(fill(&card, column, &row[column.slug], true)).await;
        }
        inside.press(&format!("Thu gọn Hàng {}", at + 1)).await;
    }
    count
}

/// One relative after the other: the relation's own button, the name, then the rest on the card that now bears the name.
async fn family(screen: &Screen, field: &'static Field, value: &Value) -> usize {
    let mut count = 0;
    for person in value.as_array().into_iter().flatten() {
        let relation = rules::form::relation(text(&person["relation"]))
            .expect("a known relation")
            .label;
        screen.press(&format!("+ {relation}")).await;
        screen
            .within(&format!("{relation} · chưa ghi tên"))
            .fill("Họ và tên", text(&person["name"]))
            .await;
        screen.key(thirtyfour::Key::Tab).await;
        let name = format!("{relation} · {}", text(&person["name"]));
        let card = screen.within(&name);
        for member in field
            .columns
            .iter()
            .filter(|member| !["id", "relation", "name"].contains(&member.slug))
        {
            let given = &person[member.slug];
            if member.kind == Kind::Object && !blank(given) {
                count += object(&card, member, given).await;
            } else {
                count += fill(&card, member, given, true).await;
            }
        }
        count += 2;
        screen.press(&format!("Thu gọn {name}")).await;
    }
    count
}

/// An object of a person is asked by a question of its own ("Đã mất": có), then its members.
async fn object(card: &Screen, member: &'static Field, value: &Value) -> usize {
    let mut count = 0;
    for column in member.columns {
        let given = match last(column.slug) {
            "answer" if blank(&value["answer"]) => Value::from("có"),
            name => value[name].clone(),
        };
        count += Box::pin(fill(card, column, &given, true)).await;
    }
    count
}

fn last(slug: &str) -> &str {
    slug.rsplit('.').next().unwrap_or(slug)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(all) => all.is_empty(),
        Value::Object(all) => all.values().all(blank),
        _ => false,
    }
}
