//! T-01 and T-02: the page, or the whole browser, is killed while somebody types.
//!
//! The oracle looks from outside: the text and the line under it, read in one breath while typing; afterwards the text on the disk.

use std::time::Duration;

use harness::{Endpoint, Phone, Screen, process, wait};

use super::{Dice, FIELD, Row, begin, reopen, save, times};
use crate::door::Key;

/// A store that says it has written and keeps the first text.
const LIAR: &str = "const put = IDBObjectStore.prototype.put; let first = null;
    IDBObjectStore.prototype.put = function (value, key) {
        if (this.name === 'drafts') { first = first || value; return put.call(this, first, key); }
        return put.call(this, value, key);
    };";

#[tokio::test]
async fn t_01_a_page_killed_in_a_word_loses_nothing_that_was_called_saved() {
    row("T-01", 3, false).await;
}

#[tokio::test]
async fn t_02_a_browser_killed_in_a_word_loses_nothing_that_was_called_saved() {
    row("T-02", 3, true).await;
}

async fn row(id: &'static str, ordinary: u32, whole: bool) {
    let mut row = Row::new(id);
    let mut dice = Dice::of_today();
    row.note(&format!("seed={}", dice.seed()));
    let endpoint = Endpoint::start().await;
    let mut phone = Phone::new();
    let (mut screen, key) = begin(&mut phone, &endpoint.origin()).await;
    save(&screen, "A").await;
    for _ in 0..times(ordinary) {
        phone.slow_down(6).await;
        let (claimed, fired) = killed_while_typing(&mut phone, &screen, whole, dice.roll(1500)).await;
        screen = phone.open(&endpoint.origin()).await;
        let found = reopen(&screen, &key).await;
        let held = claimed.len() > 1 && found.starts_with(&claimed);
        row.run(&format!("“{claimed}” became “{found}”"), fired, held);
    }
    // Without the writes behind the words the same oracle must say no.
    control(&mut row, phone, &endpoint, &key, whole).await;
    row.end();
}

async fn control(row: &mut Row, mut phone: Phone, endpoint: &Endpoint, key: &Key, whole: bool) {
    phone.close().await;
    let screen = phone.open(&endpoint.origin()).await;
    phone.before_each_page(LIAR).await;
    screen.reload().await;
    reopen(&screen, key).await;
    let (claimed, _) = killed_while_typing(&mut phone, &screen, whole, 1500).await;
    let screen = phone.open(&endpoint.origin()).await;
    let found = reopen(&screen, key).await;
    row.control("a store that keeps the first text", found.starts_with(&claimed));
}

/// Types until nothing answers any more. Gives back the longest text that was called saved, and whether the victims are gone.
pub async fn killed_while_typing(phone: &mut Phone, screen: &Screen, whole: bool, after_ms: u64) -> (String, bool) {
    screen.type_on(FIELD, "x").await;
    // On a slow machine nothing else may be called saved before the end comes.
    screen.see_status("Đã lưu trên máy").await;
    let mut claimed = screen.value(FIELD).await;
    let victims = if whole { phone.processes() } else { phone.renderers() };
    assert!(!victims.is_empty());
    let doomed = victims.clone();
    let axe = tokio::spawn(async move {
        // The moment is the fault's own parameter; nothing is waited for.
        tokio::time::sleep(Duration::from_millis(300 + after_ms)).await;
        process::signal("KILL", &doomed);
    });
    let script = "return [document.activeElement.value, document.querySelector('[data-status]').innerText]";
    for letter in ('a'..='z').cycle() {
        if !screen.try_keys(&letter.to_string()).await {
            break;
        }
        let Some(seen) = screen.try_run(script).await else {
            break;
        };
        if seen[1].as_str().is_some_and(|line| line.contains("Đã lưu trên máy")) {
            claimed = seen[0].as_str().unwrap_or_default().to_owned();
        }
    }
    axe.await.expect("it was sent");
    let gone = wait::within(wait::LONG, || async {
        victims.iter().all(|pid| !process::lives(*pid)).then_some(())
    });
    let fired = gone.await.is_some();
    phone.bury().await;
    (claimed, fired)
}
