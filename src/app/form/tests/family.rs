//! The relatives: offered, never forced, opened one at a time.

use super::*;
use crate::text::form as words;

#[wasm_bindgen_test]
async fn an_expected_relative_is_offered_until_there_is_one() {
    let page = Page::of_field("family", &[("profile.marital_status", "single")]).await;
    page.button("+ Ông nội").click();
    drawn().await;
    let row = page
        .desk
        .with(|record| record.rows("family").first().unwrap().to_string());
    assert_eq!(
        page.desk.peek(&format!("family/{row}/relation")),
        "paternal_grandfather"
    );
    assert_eq!(focused(), spot::id(&format!("family/{row}/name")));
    assert!(
        page.all("button")
            .iter()
            .all(|button| button.text_content().unwrap() != "+ Ông nội")
    );
    assert!(page.words().contains("+ Bà nội"));
}

#[wasm_bindgen_test]
async fn brothers_and_sisters_are_offered_again_and_again() {
    let page = Page::of_field("family", &[("profile.siblings_answer", "có")]).await;
    for _ in 0..3 {
        page.button("+ Em gái ruột").click();
        drawn().await;
    }
    assert_eq!(page.desk.with(|record| record.rows("family").len()), 3);
}

#[wasm_bindgen_test]
async fn the_dead_are_asked_other_questions_and_what_was_written_is_kept() {
    let page = Page::of_field(
        "family",
        &[
            ("family/aa/#", "1"),
            ("family/aa/relation", "father"),
            ("family/aa/name", "Hạng A Mẫu"),
            ("family/aa/occupation", "làm nương"),
        ],
    )
    .await;
    let head: HtmlElement = page.one(".entry__toggle").unchecked_into();
    head.click();
    drawn().await;
    let year = format!("#{}", spot::id("family/aa/death.year"));
    assert!(page.all(&year).is_empty());
    page.desk.put("family/aa/death.answer", "có".to_owned());
    drawn().await;
    assert_eq!(page.all(&year).len(), 1);
    assert!(page.words().contains(words::KEPT));
    assert_eq!(page.desk.peek("family/aa/occupation"), "làm nương");
}

#[wasm_bindgen_test]
async fn folded_cards_draw_no_inputs() {
    let people: Vec<(String, String)> = (0..25)
        .flat_map(|at| {
            [
                (format!("family/{at:02}/#"), format!("{at:02}")),
                (format!("family/{at:02}/relation"), "younger_sister".to_owned()),
            ]
        })
        .collect();
    let people: Vec<(&str, &str)> = people
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    let page = Page::of_field("family", &people).await;
    assert_eq!(page.all(".entry__toggle").len(), 25);
    assert!(page.all(".entry input, .entry textarea").is_empty());
}

#[wasm_bindgen_test]
async fn a_card_moves_to_its_group_with_the_relation_and_stays_open() {
    let page = Page::of_field("family", &[("family/aa/#", "1"), ("family/aa/relation", "father")]).await;
    let head: HtmlElement = page.one(".entry__toggle").unchecked_into();
    head.click();
    drawn().await;
    page.desk.put("family/aa/relation", "elder_sister".to_owned());
    drawn().await;
    let group = page.one(".entry").closest("section").unwrap().unwrap();
    assert_eq!(group.get_attribute("aria-label").unwrap(), "Anh, chị, em ruột");
    assert_eq!(
        page.one(".entry__toggle").get_attribute("aria-expanded").unwrap(),
        "true"
    );
}
