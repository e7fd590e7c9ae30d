//! Rows: added, moved, removed and put back, with the focus where the next act is.

use super::*;
use crate::text::form as words;

const TWO: &[(&str, &str)] = &[
    ("life_history/aa/#", "1"),
    ("life_history/aa/from", "9-2015"),
    ("life_history/aa/activity", "Học tiểu học"),
    ("life_history/bb/#", "2"),
    ("life_history/bb/from", "9-2020"),
    ("life_history/bb/activity", "Học trung học cơ sở"),
];

fn heads(page: &Page) -> Vec<String> {
    page.all(".entry__toggle")
        .iter()
        .map(|head| head.text_content().unwrap())
        .collect()
}

#[wasm_bindgen_test]
async fn a_new_row_is_open_and_has_the_focus() {
    let page = Page::of_field("life_history", &[]).await;
    page.button(words::ADD_ROW).click();
    drawn().await;
    let row = page
        .desk
        .with(|record| record.rows("life_history").first().unwrap().to_string());
    assert_eq!(focused(), spot::part_id(&format!("life_history/{row}/from"), "month"));
}

#[wasm_bindgen_test]
async fn a_removed_row_comes_back_where_it_was() {
    let page = Page::of_field("life_history", TWO).await;
    let before = heads(&page);
    let head: HtmlElement = page.one(&format!("#{}", spot::id("life_history/aa"))).unchecked_into();
    head.click();
    drawn().await;
    page.button(words::REMOVE).click();
    drawn().await;
    assert_eq!(heads(&page).len(), 1);
    assert!(page.words().contains("Đã xoá Hàng 1."));
    assert_eq!(focused(), spot::part_id("life_history", "undo"));
    page.button(words::UNDO).click();
    drawn().await;
    assert_eq!(heads(&page), before);
    assert_eq!(focused(), spot::id("life_history/aa"));
    assert_eq!(page.last_saved("life_history/aa/activity"), "Học tiểu học");
}

#[wasm_bindgen_test]
async fn a_moved_row_keeps_the_focus_on_the_button_that_moved_it() {
    let page = Page::of_field("life_history", TWO).await;
    let head: HtmlElement = page.one(&format!("#{}", spot::id("life_history/bb"))).unchecked_into();
    head.click();
    drawn().await;
    let up = page.button(words::UP);
    up.focus().unwrap();
    up.click();
    drawn().await;
    assert_eq!(page.desk.with(|record| record.rows("life_history").join(" ")), "bb aa");
    assert_eq!(focused(), spot::part_id("life_history/bb", "up"));
}

#[wasm_bindgen_test]
async fn until_now_is_a_tick_and_the_month_comes_back_when_it_is_taken_away() {
    let page = Page::of_field(
        "work_history",
        &[("work_history/aa/#", "1"), ("work_history/aa/to", "5-2026")],
    )
    .await;
    let head: HtmlElement = page.one(".entry__toggle").unchecked_into();
    head.click();
    drawn().await;
    let tick: HtmlElement = page.one(".tick input").unchecked_into();
    tick.click();
    drawn().await;
    assert_eq!(page.last_saved("work_history/aa/to"), "nay");
    tick.click();
    drawn().await;
    assert_eq!(page.last_saved("work_history/aa/to"), "5-2026");
    assert_eq!(page.box_of("work_history/aa/to", "year").value(), "2026");
}

#[wasm_bindgen_test]
async fn an_event_is_a_single_day() {
    let page = Page::of_field(
        "life_history",
        &[
            ("life_history/aa/#", "1"),
            ("life_history/aa/from", "2024-03-26"),
            ("life_history/aa/kind", "event"),
        ],
    )
    .await;
    let head: HtmlElement = page.one(".entry__toggle").unchecked_into();
    head.click();
    drawn().await;
    let shown = ["day", "month", "year"].map(|part| page.box_of("life_history/aa/from", part).value());
    assert_eq!(shown, ["26", "03", "2024"]);
}
