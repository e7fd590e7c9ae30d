//! Nothing that was written is lost: hidden questions, covered answers, values the catalogue does not know.

use super::*;
use crate::text::form as words;

#[wasm_bindgen_test]
async fn a_hidden_answer_is_kept_and_the_page_says_so() {
    let page = Page::of_section(
        "doan",
        &[
            ("youth_union_admission.member", "có"),
            ("youth_union_admission.branch", "Chi đoàn lớp 9A"),
        ],
    )
    .await;
    assert_eq!(page.input("youth_union_admission.branch").value(), "Chi đoàn lớp 9A");
    page.desk.put("youth_union_admission.member", "không".to_owned());
    drawn().await;
    assert!(page.words().contains(words::KEPT));
    assert_eq!(page.desk.peek("youth_union_admission.branch"), "Chi đoàn lớp 9A");
    page.button(words::KEPT_SHOW).click();
    drawn().await;
    assert_eq!(page.input("youth_union_admission.branch").value(), "Chi đoàn lớp 9A");
}

#[wasm_bindgen_test]
async fn a_question_appears_with_the_answer_that_asks_it() {
    let page = Page::of_section("doan", &[]).await;
    let branch = format!("#{}", spot::id("youth_union_admission.branch"));
    assert!(page.all(&branch).is_empty());
    page.desk.put("youth_union_admission.member", "có".to_owned());
    drawn().await;
    assert_eq!(page.all(&branch).len(), 1);
}

#[wasm_bindgen_test]
async fn a_covered_answer_is_shown_on_a_tap() {
    let path = "political_history.arrested_or_imprisoned";
    let page = Page::of_field(
        path,
        &[
            ("political_history.arrested_or_imprisoned.answer", "có"),
            ("political_history.arrested_or_imprisoned.detail", "Chữ riêng"),
        ],
    )
    .await;
    assert!(page.all("textarea").is_empty());
    page.button(words::VEIL).click();
    drawn().await;
    let detail: web_sys::HtmlTextAreaElement = page.one("textarea").unchecked_into();
    assert_eq!(detail.value(), "Chữ riêng");
}

#[wasm_bindgen_test]
async fn nothing_is_covered_while_it_is_typed() {
    let page = Page::of_field("political_history.arrested_or_imprisoned", &[]).await;
    let yes: HtmlElement = page.one("input[value=có]").unchecked_into();
    yes.click();
    drawn().await;
    let detail: HtmlInputElement = page.one("textarea").unchecked_into();
    type_in(&detail, "đang gõ");
    drawn().await;
    assert_eq!(page.all("textarea").len(), 1);
    assert!(page.all(".veil").is_empty());
}

#[wasm_bindgen_test]
async fn a_choice_that_the_catalogue_does_not_know_is_shown_and_kept() {
    let page = Page::of_field("gender", &[("gender", "khác")]).await;
    let checked = page.all("input:checked");
    assert_eq!(
        checked
            .first()
            .unwrap()
            .parent_element()
            .unwrap()
            .text_content()
            .unwrap(),
        "khác"
    );
    assert_eq!(page.desk.peek("gender"), "khác");
}

#[wasm_bindgen_test]
async fn a_message_appears_only_when_the_place_was_left() {
    let page = Page::of_field("birth_name", &[]).await;
    let said = || {
        page.one(&format!("#{}", spot::part_id("birth_name", "said")))
            .text_content()
            .unwrap()
    };
    let input = page.input("birth_name");
    type_in(&input, "Hạng A Nếnh");
    drawn().await;
    assert_eq!(said(), "");
    leave(&input);
    drawn().await;
    assert!(said().contains("HẠNG A NẾNH"), "{}", said());
}

#[wasm_bindgen_test]
async fn taking_the_page_away_under_the_cursor_breaks_nothing() {
    let page = Page::of_section("dan-toc-ton-giao", &[]).await;
    let input = page.input("ethnicity");
    input.focus().unwrap();
    type_in(&input, "Thái");
    let desk = page.desk;
    assert_eq!(desk.peek("ethnicity"), "Thái");
    drop(page);
    drawn().await;
    let next = Page::of_field("occupation", &[("occupation", "học sinh")]).await;
    assert_eq!(next.input("occupation").value(), "học sinh");
}
