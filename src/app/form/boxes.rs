//! A date as numeric boxes, without a browser: how stored text is spread over the boxes and how the boxes are joined again.
//!
//! Invariant: joining loses nothing. What is not digits stays in the text as typed, so that the checks, not the boxes, say that it
//! cannot be read. Reading a spelling is the business of `rules::date`, drawing that of `form::date`.

use rules::date::{self, Typed};

/// Day, month and year as they stand in their boxes.
pub type Boxes = [String; 3];

/// Spreads stored text over the boxes: any spelling that can be read, and the joined text of half-filled boxes.
/// What fits no box stands as it is in the first box that is drawn.
pub fn split(text: &str, with_day: bool) -> Boxes {
    let own: Vec<&str> = text.split('-').collect();
    match own.as_slice() {
        [y, m, d] if y.len() == 4 && digits(&[y, m, d]) => boxes(d, m, y),
        [d, m, y] if with_day && digits(&[d, m, y]) => boxes(d, m, y),
        [y, m] if y.len() == 4 && digits(&[y, m]) => boxes("", m, y),
        [m, y] if digits(&[m, y]) => boxes("", m, y),
        [y] if y.len() == 4 && digits(&[y]) => boxes("", "", y),
        _ => spread(text).unwrap_or_else(|| {
            if with_day {
                boxes(text, "", "")
            } else {
                boxes("", text, "")
            }
        }),
    }
}

/// Joins the boxes to the text that is stored: `d-m-yyyy`, `m-yyyy`, `yyyy`; empty boxes keep their place between the hyphens.
/// A box that holds anything but digits, alone, is the text.
pub fn join(boxes: &Boxes, with_day: bool) -> String {
    let filled: Vec<&str> = boxes.iter().map(String::as_str).filter(|b| !b.is_empty()).collect();
    if let [only] = filled.as_slice()
        && !digits(&[only])
    {
        return (*only).to_owned();
    }
    let [day, month, year] = boxes;
    match (day.is_empty(), month.is_empty(), year.is_empty()) {
        (true, true, true) => String::new(),
        (true, true, false) => year.clone(),
        (true, false, false) => format!("{month}-{year}"),
        (true, ..) if !with_day => format!("{month}-{year}"),
        _ => format!("{day}-{month}-{year}"),
    }
}

/// The boxes of a spelling that `rules::date` can read; `None` for anything else, `nay` included.
pub fn spread(text: &str) -> Option<Boxes> {
    match date::read(text)? {
        Typed::Full(date) => Some(boxes(&date.d.to_string(), &date.m.to_string(), &date.y.to_string())),
        Typed::Month { y, m } => Some(boxes("", &m.to_string(), &y.to_string())),
        Typed::Year(y) => Some(boxes("", "", &y.to_string())),
        _ => None,
    }
}

/// Whether a box holds something that is not a plain number, so that the whole may be a pasted spelling.
pub fn has_words(boxes: &Boxes) -> bool {
    boxes.iter().any(|b| !digits(&[b]))
}

/// The text of the boxes when somebody typed or pasted a whole spelling into one of them.
pub fn pasted(boxes: &Boxes) -> Option<Boxes> {
    boxes
        .iter()
        .filter(|b| !digits(&[b]))
        .find_map(|b| spread(b))
        .or_else(|| {
            let trimmed = boxes.each_ref().map(|b| b.trim().to_owned());
            (!has_words(&trimmed)).then_some(trimmed)
        })
}

fn digits(texts: &[&str]) -> bool {
    texts
        .iter()
        .all(|text| text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit()))
}

fn boxes(day: &str, month: &str, year: &str) -> Boxes {
    [day.to_owned(), month.to_owned(), year.to_owned()]
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    fn three(text: &str) -> Boxes {
        split(text, true)
    }

    #[wasm_bindgen_test]
    fn every_spelling_of_a_full_date_is_spread() {
        for typed in [
            "26-3-2001",
            "26/03/2001",
            "26.3.2001",
            "ngày 26 tháng 3 năm 2001",
            "26 tháng 3 năm 2001",
            "26 - 3 - 2001",
        ] {
            assert_eq!(spread(typed), Some(boxes("26", "3", "2001")), "{typed}");
        }
        assert_eq!(three("2001-03-26"), boxes("26", "03", "2001"));
    }

    #[wasm_bindgen_test]
    fn a_month_has_no_day() {
        for typed in ["tháng 9-1991", "tháng 9/1991", "9/1991", "tháng 9 năm 1991"] {
            assert_eq!(split(typed, false), boxes("", "9", "1991"), "{typed}");
        }
        assert_eq!(split("1991-09", false), boxes("", "09", "1991"));
        assert_eq!(split("1991", false), boxes("", "", "1991"));
    }

    #[wasm_bindgen_test]
    fn half_filled_boxes_come_back_into_their_boxes() {
        let cases = [
            ("26", "", ""),
            ("26", "3", ""),
            ("", "3", ""),
            ("26", "", "2001"),
            ("", "3", "2001"),
            ("", "", "2001"),
            ("", "", ""),
        ];
        for (day, month, year) in cases {
            let typed = boxes(day, month, year);
            assert_eq!(three(&join(&typed, true)), typed, "{typed:?}");
        }
        for (month, year) in [("9", ""), ("9", "1991"), ("", "1991"), ("", "")] {
            let typed = boxes("", month, year);
            assert_eq!(split(&join(&typed, false), false), typed, "{typed:?}");
        }
    }

    #[wasm_bindgen_test]
    fn leading_zeros_stay_as_typed() {
        assert_eq!(join(&three("05-07-2023"), true), "05-07-2023");
    }

    #[wasm_bindgen_test]
    fn a_day_is_kept_where_months_are_asked() {
        let event = split("26-3-2024", true);
        assert_eq!(join(&event, true), "26-3-2024");
        assert_eq!(split("2024-03-26", false), boxes("26", "03", "2024"));
        assert_eq!(join(&split("2024-03-26", false), false), "26-03-2024");
    }

    #[wasm_bindgen_test]
    fn what_cannot_be_read_stays_as_typed() {
        for typed in ["khoảng tháng ba", "mùa xuân 1970", "hè lớp 5"] {
            assert_eq!(join(&three(typed), true), typed);
            assert_eq!(join(&split(typed, false), false), typed);
        }
        assert_eq!(join(&boxes("26", "ba", "2001"), true), "26-ba-2001");
    }

    #[wasm_bindgen_test]
    fn a_whole_date_pasted_into_one_box_is_understood() {
        assert_eq!(
            pasted(&boxes("ngày 26 tháng 3 năm 2001", "", "")),
            Some(boxes("26", "3", "2001"))
        );
        assert_eq!(pasted(&boxes(" 26", "3 ", "2001")), Some(boxes("26", "3", "2001")));
        assert_eq!(pasted(&boxes("hai sáu", "3", "2001")), None);
    }
}
