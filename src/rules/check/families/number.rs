//! The personal number, and whether the card agrees. Every mismatch is only asked: corrected civil status keeps the old number.

use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: Family = Family {
    text: include_str!("number.txt"),
    checks: &[
        ("FMT-01", twelve_digits),
        ("FMT-02", province_code),
        ("FMT-03", century_and_gender),
        ("FMT-04", year_digits),
        ("FMT-05", number_of_the_card),
        ("FMT-06", person_of_the_card),
    ],
};

const NUMBER: &str = "id_number";

/// The twelve digits, when there are exactly twelve.
fn twelve(p: &Probe<'_, '_>) -> Option<String> {
    let number = digits(p.text(NUMBER));
    (number.len() == 12 && number.bytes().all(|b| b.is_ascii_digit())).then_some(number)
}

/// FMT-01.
fn twelve_digits(p: &mut Probe<'_, '_>) {
    if !p.blank(NUMBER) && twelve(p).is_none() {
        p.explain(NUMBER);
    }
}

/// FMT-02.
fn province_code(p: &mut Probe<'_, '_>) {
    let Some(number) = twelve(p) else { return };
    let code = number.get(..3).map_or(0, whole_number);
    if !people::PROVINCE_CODES.iter().any(|known| i32::from(*known) == code)
        && !p.is("profile.born_abroad.answer", "có")
    {
        p.explain(NUMBER);
    }
}

/// FMT-03.
fn century_and_gender(p: &mut Probe<'_, '_>) {
    let (Some(number), Some(year)) = (twelve(p), p.year("birth_date")) else {
        return;
    };
    let woman = match fold(p.text("gender")).as_str() {
        "nữ" => 1,
        "nam" => 0,
        _ => return,
    };
    let expected = 2 * (year / 100 - 19) + woman;
    let digit = number.as_bytes().get(3).map_or(0, |b| i32::from(*b - b'0'));
    if digit != expected {
        p.explain(NUMBER);
    }
}

/// FMT-04.
fn year_digits(p: &mut Probe<'_, '_>) {
    let (Some(number), Some(year)) = (twelve(p), p.year("birth_date")) else {
        return;
    };
    if number.get(4..6).map(whole_number) != Some(year % 100) {
        p.explain(NUMBER);
    }
}

/// FMT-05.
fn number_of_the_card(p: &mut Probe<'_, '_>) {
    let card = digits(p.text("papers.id_card.number"));
    if !card.is_empty() && !p.blank(NUMBER) && card != digits(p.text(NUMBER)) {
        p.explain(NUMBER);
    }
}

/// FMT-06.
fn person_of_the_card(p: &mut Probe<'_, '_>) {
    for (card, own, field) in [
        ("papers.id_card.name", "birth_name", "Họ tên"),
        ("papers.id_card.birth_date", "birth_date", "Ngày sinh"),
        ("papers.id_card.gender", "gender", "Giới tính"),
    ] {
        let (a, b) = (p.text(card), p.text(own));
        if a.is_empty() || b.is_empty() {
            continue;
        }
        let equal = if own == "birth_date" {
            date::read(a) == date::read(b)
        } else {
            same(a, b)
        };
        if !equal {
            let file = fold(field);
            p.explain(own).with(
                "field",
                Param::Shown {
                    file,
                    people: field.to_string(),
                },
            );
        }
    }
}
