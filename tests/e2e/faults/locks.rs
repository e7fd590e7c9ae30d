//! T-33: the vault locks by itself, by hand and with another tab, and then needs the passphrase again.

use harness::{Endpoint, Phone, Screen};
use serde_json::json;
use thirtyfour::Key;

use super::{FIELD, Row, begin, reopen, save};
use crate::door;

/// Lets hours pass for the page in no time.
const CLOCK: &str = "{ let shift = 0; const now = Date.now; Date.now = () => now() + shift; window.letPass = (ms) => { shift += ms; }; }";
const MINUTE: i64 = 60_000;

#[tokio::test]
async fn t_33_hidden_or_idle_for_long_it_locks_and_not_before() {
    let mut row = Row::new("T-33");
    let endpoint = Endpoint::start().await;
    let mut phone = Phone::new();
    let (screen, key) = begin(&mut phone, &endpoint.origin()).await;
    save(&screen, "HẠNG A NẾNH").await;
    phone.before_each_page(CLOCK).await;
    screen.reload().await;
    reopen(&screen, &key).await;

    // Hidden for less than three minutes: as it was; for more: locked, and nothing is shown before.
    for (minutes, locks) in [(2, false), (4, true)] {
        let hidden = hide_for(&phone, &screen, minutes).await;
        let text = screen.text().await;
        row.run(
            &format!("hidden for {minutes} minutes"),
            hidden,
            is_locked(&screen, &text).await == locks,
        );
        if locks {
            assert!(!text.contains("NẾNH"), "{text}");
            open_again(&screen, &key).await;
        }
    }
    // Idle, with the page in sight: the touch that ends it finds the door.
    for (minutes, locks) in [(9, false), (11, true)] {
        screen
            .run("window.letPass(arguments[0])", vec![json!(minutes * MINUTE)])
            .await;
        screen.key(Key::Shift).await;
        let text = screen.text().await;
        row.run(
            &format!("idle for {minutes} minutes"),
            true,
            is_locked(&screen, &text).await == locks,
        );
    }
    open_again(&screen, &key).await;
    screen.press("Khoá ngay").await;
    row.run("by hand", true, is_locked(&screen, "").await);
    row.end();
}

/// Hides the page behind another tab, and shows it when so much time has passed. Whether it was hidden.
async fn hide_for(phone: &Phone, screen: &Screen, minutes: i64) -> bool {
    let app = phone.tab().await;
    let plan = "window.wasHidden = false; document.addEventListener('visibilitychange', () => {
        if (document.hidden) { window.wasHidden = true; setTimeout(() => window.letPass(arguments[0]), 0); } }, { once: true })";
    screen
        .run(&plan.replace("arguments[0]", &(minutes * MINUTE).to_string()), vec![])
        .await;
    let other = phone.new_tab("about:blank").await;
    phone.turn_to(&other).await;
    phone.close_tab().await;
    phone.turn_to(&app).await;
    screen.run("return window.wasHidden", vec![]).await == json!(true)
}

/// The door is shown, or comes when the last letters are written.
async fn is_locked(screen: &Screen, text: &str) -> bool {
    let door = "Gõ không dấu";
    if text.contains(door) {
        return true;
    }
    let come = harness::wait::within(std::time::Duration::from_secs(3), || async {
        screen.text().await.contains(door).then_some(())
    });
    come.await.is_some()
}

async fn open_again(screen: &Screen, key: &door::Key) {
    let found = reopen(screen, key).await;
    assert_eq!(found, "HẠNG A NẾNH");
    assert_eq!(screen.value(FIELD).await, found);
}
