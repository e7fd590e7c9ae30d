//! T-10: another page holds or replaces the database. Nothing hangs, nothing is lost, and the words say what to do.

use harness::{Endpoint, Phone, Screen};
use serde_json::Value;

use super::{FIELD, Row, begin, reopen, save};

/// A page of this site that opens the vault's database and keeps it, whatever is asked of it.
const HOLD: &str = "const done = arguments[1]; indexedDB.databases().then((all) => {
        const name = all.find((it) => it.name.startsWith('lylich-')).name;
        const asked = indexedDB.open(name, arguments[0]);
        asked.onsuccess = () => { window.held = asked.result; window.held.onversionchange = () => {}; done('open'); };
        asked.onblocked = () => { window.wasBlocked = true; };
        asked.onerror = () => done(String(asked.error));
    })";

#[tokio::test]
async fn t_10_a_page_that_holds_the_database_is_named_instead_of_waited_for() {
    let mut row = Row::new("T-10");
    let endpoint = Endpoint::start().await;
    let mut phone = Phone::new();
    let (screen, key) = begin(&mut phone, &endpoint.origin()).await;
    save(&screen, "HẠNG A").await;
    let app = phone.tab().await;

    // A newer release in another tab: this one writes its last letters, gives way and says so.
    screen.type_on(FIELD, " NẾNH").await;
    let newer = phone.new_tab(&format!("{}/config.json", endpoint.origin())).await;
    let opened = hold(&screen, 2).await;
    phone.turn_to(&app).await;
    screen.see("Có bản mới của ứng dụng ở thẻ khác").await;
    row.run("giving way", opened == "open", screen.has("press", "Tải lại").await);
    // Opened again it finds a database that it must not touch.
    screen.press("Tải lại").await;
    screen.fill("Cụm từ mở kho", &key.words).await;
    screen.press("Mở kho").await;
    screen.see("dữ liệu do bản mới hơn ghi").await;
    row.run("a newer database", true, true);

    // What it wrote last is in the database that the newer page has.
    phone.turn_to(&newer).await;
    let script = "const done = arguments[0]; const rows = window.held.transaction('drafts').objectStore('drafts').count(); rows.onsuccess = () => done(rows.result)";
    row.run("the draft", true, screen.run_async(script, vec![]).await == 1);

    // It does not let go: taking the vault away is refused in words, within a bound, and goes through when the page is closed.
    phone.turn_to(&app).await;
    forget(&screen).await;
    screen.see("Một thẻ khác đang giữ kho này").await;
    row.run("taking away", true, true);
    phone.turn_to(&newer).await;
    phone.close_tab().await;
    phone.turn_to(&app).await;
    screen.reload().await;
    screen.see("Bắt đầu").await;
    let text = screen.text().await;
    row.run("gone, on purpose", true, !text.contains("Có chữ không còn thấy"));

    // The control of the words: with nobody holding it the database opens at once.
    let key = crate::door::new_vault(&screen, "Páo").await;
    save(&screen, "SÙNG A PÁO").await;
    screen.reload().await;
    row.run("nobody in the way", true, reopen(&screen, &key).await == "SÙNG A PÁO");
    row.end();
}

async fn hold(screen: &Screen, version: u32) -> String {
    let said = screen.run_async(HOLD, vec![Value::from(version)]).await;
    said.as_str().unwrap_or_default().to_owned()
}

async fn forget(screen: &Screen) {
    screen.press("Xoá kho này trong ứng dụng").await;
    screen.fill("Xoá thì mọi chữ trong kho này", "Nếnh").await;
    let script = "[...document.querySelectorAll('details[open] .btn--danger')].forEach((it) => it.click())";
    screen.run(script, vec![]).await;
}
