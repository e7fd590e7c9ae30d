//! T-07: two tabs write one record in turns, at random; at the end one is closed in the middle of a word.

use std::time::Duration;

use harness::{Endpoint, Phone, wait};

use super::{Dice, FIELD, Row, begin, reopen, save, times};
use crate::door;

#[tokio::test]
async fn t_07_two_tabs_lose_no_letter_and_never_write_at_once() {
    let mut row = Row::new("T-07");
    let mut dice = Dice::of_today();
    row.note(&format!("seed={}", dice.seed()));
    let endpoint = Endpoint::start().await;
    let mut phone = Phone::new();
    let (screen, key) = begin(&mut phone, &endpoint.origin()).await;
    save(&screen, "0").await;
    let first = phone.tab().await;
    let second = phone
        .new_tab(&format!("{}/#/khai/ten-ngay-sinh", endpoint.origin()))
        .await;
    door::unlock_to(&screen, &key, "Đang mở để sửa ở thẻ khác").await;
    let tabs = [first, second];
    let (mut wanted, mut at, mut both) = ("0".to_owned(), 1, 0);
    for edit in 0..times(30) {
        let to = dice.roll(2) as usize;
        if to != at {
            phone.turn_to(&tabs[to]).await;
            at = to;
        }
        // Either this tab writes already, or it shows what is written so far and has to ask.
        if screen.text().await.contains("Đang mở để sửa ở thẻ khác") {
            both += 1;
            // The page is drawn anew when it is seen again: who taps just then taps once more.
            wait::until("the right to edit", || async {
                if screen.status().await.contains("Đã lưu trên máy") {
                    return Some(());
                }
                if screen.has("press", "Sửa ở đây").await {
                    screen.press("Sửa ở đây").await;
                }
                wait::within(Duration::from_secs(7), || async {
                    screen.status().await.contains("Đã lưu trên máy").then_some(())
                })
                .await
            })
            .await;
        }
        let letter = format!(" {edit}");
        screen.type_on(FIELD, &letter).await;
        wanted += &letter;
        let held = screen.value(FIELD).await == wanted;
        row.run(&format!("edit {edit}"), true, held);
        if dice.roll(2) == 0 {
            screen.see_status("Đã lưu trên máy").await;
        }
    }
    row.note(&format!("handed_over={both}"));
    assert!(both > 0, "both had the record open");
    // What is called saved is there when the tab is gone in the same breath.
    screen.type_on(FIELD, " cuối").await;
    screen.see_status("Đã lưu trên máy").await;
    wanted += " cuối";
    screen.type_on(FIELD, " dở").await;
    phone.close_tab().await;
    phone.turn_to(&tabs[1 - at]).await;
    let found = wait::until("the other tab may write", || async {
        let line = screen.status().await;
        let found = screen.value(FIELD).await;
        (line.contains("Đã lưu trên máy") && found.starts_with(&wanted)).then_some(found)
    })
    .await;
    screen.reload().await;
    let stored = reopen(&screen, &key).await;
    row.run(&format!("“{stored}” after “{found}”"), true, stored == found);
    row.end();
}
