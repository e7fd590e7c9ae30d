//! T-06: the phone is full. The words say it, what was stored stays, and the backup file holds even the text that found no room.

use harness::{Endpoint, Phone};

use super::{FIELD, Row, begin, reopen, save};
use crate::door;

#[tokio::test]
async fn t_06_on_a_full_phone_the_words_say_so_and_the_backup_holds_the_newest_text() {
    let mut row = Row::new("T-06");
    let endpoint = Endpoint::start().await;
    let mut phone = Phone::new();
    let (screen, key) = begin(&mut phone, &endpoint.origin()).await;
    save(&screen, "HẠNG A").await;

    // The browser looks at the room that is left once and remembers it for a while: the phone is full when it is switched on.
    phone.close().await;
    let screen = phone.open("about:blank").await;
    phone.limit_storage(&endpoint.origin(), Some(1)).await;
    screen.go(&endpoint.origin()).await;
    reopen(&screen, &key).await;
    screen.type_on(FIELD, " NẾNH").await;
    screen.see_status("Chưa lưu được").await;
    // These words stand for the browser's QuotaExceededError alone.
    let fired = screen.text().await.contains("Máy đầy bộ nhớ");
    screen.press("Lưu bản dự phòng").await;
    let (_, file) = phone.downloaded("du-phong-", ".lylich").await;
    let mut other = Phone::new();
    let elsewhere = other.open(&endpoint.origin()).await;
    door::open_backup(&elsewhere, &other, &file).await;
    elsewhere.see("Kho, bản dự phòng").await;
    let copied = reopen(&elsewhere, &key).await;
    row.run(&format!("in the file: “{copied}”"), fired, copied == "HẠNG A NẾNH");

    // A text that could not be stored is on the screen only; what was stored before is whole.
    assert_eq!(screen.value(FIELD).await, "HẠNG A NẾNH");
    phone.limit_storage(&endpoint.origin(), None).await;
    screen.press("Ghi lại").await;
    screen.see_status("Đã lưu trên máy").await;
    screen.reload().await;
    let stored = reopen(&screen, &key).await;
    row.run(&format!("on the disk: “{stored}”"), fired, stored == "HẠNG A NẾNH");
    row.end();
}
