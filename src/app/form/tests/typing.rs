//! Typing: nothing is rewritten under an input method, every letter is handed on, dates are understood when they are left.

use super::*;

const DECOMPOSED: &str = "Lo\u{300} Thi\u{323} Ma\u{302}\u{303}u";
const COMPOSED: &str = "Lò Thị Mẫu";

#[wasm_bindgen_test]
async fn text_is_never_rewritten_while_it_is_typed_and_composed_when_it_is_left() {
    let page = Page::of_field("cover.usual_name", &[]).await;
    let input = page.input("cover.usual_name");
    type_in(&input, DECOMPOSED);
    drawn().await;
    assert_eq!(input.value(), DECOMPOSED);
    assert_eq!(page.last_saved("cover.usual_name"), DECOMPOSED);
    leave(&input);
    drawn().await;
    assert_eq!(input.value(), COMPOSED);
    assert_eq!(page.last_saved("cover.usual_name"), COMPOSED);
}

#[wasm_bindgen_test]
async fn every_letter_is_handed_to_the_saver() {
    let page = Page::of_field("occupation", &[]).await;
    let input = page.input("occupation");
    for text in ["h", "ho", "họ", "học"] {
        type_in(&input, text);
    }
    let seen: Vec<String> = page
        .saved
        .borrow()
        .iter()
        .map(|record| record.text("occupation").to_owned())
        .collect();
    assert_eq!(seen, ["h", "ho", "họ", "học"]);
}

#[wasm_bindgen_test]
async fn capitals_are_offered_and_never_forced() {
    let page = Page::of_field("birth_name", &[]).await;
    let input = page.input("birth_name");
    type_in(&input, "Hạng A Nếnh");
    leave(&input);
    drawn().await;
    assert_eq!(input.value(), "Hạng A Nếnh");
    page.button(crate::text::form::TO_CAPITALS).click();
    drawn().await;
    assert_eq!(input.value(), "HẠNG A NẾNH");
    assert_eq!(page.last_saved("birth_name"), "HẠNG A NẾNH");
}

#[wasm_bindgen_test]
async fn the_three_boxes_of_a_date_are_one_answer() {
    let page = Page::of_field("birth_date", &[]).await;
    for (part, text, whole) in [
        ("day", "20", "20--"),
        ("month", "9", "20-9-"),
        ("year", "2008", "20-9-2008"),
    ] {
        type_in(&page.box_of("birth_date", part), text);
        assert_eq!(page.last_saved("birth_date"), whole);
    }
}

#[wasm_bindgen_test]
async fn a_date_pasted_into_one_box_is_spread_when_the_box_is_left() {
    let page = Page::of_field("birth_date", &[]).await;
    let day = page.box_of("birth_date", "day");
    type_in(&day, "ngày 20 tháng 9 năm 2008");
    assert_eq!(page.last_saved("birth_date"), "ngày 20 tháng 9 năm 2008");
    leave(&day);
    drawn().await;
    let shown = ["day", "month", "year"].map(|part| page.box_of("birth_date", part).value());
    assert_eq!(shown, ["20", "9", "2008"]);
    assert_eq!(page.last_saved("birth_date"), "20-9-2008");
}

#[wasm_bindgen_test]
async fn a_date_that_cannot_be_read_stays_as_typed() {
    let page = Page::of_field("birth_date", &[]).await;
    let day = page.box_of("birth_date", "day");
    type_in(&day, "mùa gặt");
    leave(&day);
    drawn().await;
    assert_eq!(day.value(), "mùa gặt");
    assert_eq!(page.last_saved("birth_date"), "mùa gặt");
    assert!(page.words().contains(crate::text::form::AS_TYPED));
}

#[wasm_bindgen_test]
async fn a_name_from_a_list_may_be_typed_without_marks_and_picked() {
    let page = Page::of_field("ethnicity", &[]).await;
    let input = page.input("ethnicity");
    type_in(&input, "mong");
    drawn().await;
    let offered: Vec<HtmlElement> = page
        .all("[role=option]")
        .into_iter()
        .map(JsCast::unchecked_into)
        .collect();
    assert_eq!(offered.first().unwrap().text_content().unwrap(), "Mông");
    assert_eq!(input.value(), "mong");
    offered.first().unwrap().click();
    drawn().await;
    assert_eq!(page.last_saved("ethnicity"), "Mông");
    assert!(page.all("[role=option]").is_empty());
}
