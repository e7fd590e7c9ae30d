//! T-05: the n-th call to the database fails, once or for ever after, for every n until a run without a fault. (The same for a whole
//! life of a vault, each kind of error, before and after its effect: `src/store/tests/failing.rs`.)

use harness::{Endpoint, Phone, Screen};
use serde_json::json;

use super::{FIELD, Row, begin, reopen, save};

/// Counts transactions and fails as planned: `calls` so far, `fail(n, for_ever)`, `heal()`.
const FAILING: &str = "const open = IDBDatabase.prototype.transaction; let calls = 0, from = 0, ever = false; let hits = 0;
    window.calls = { fail(n, forEver) { calls = 0; hits = 0; from = n; ever = forEver; }, heal() { from = 0; }, hits: () => hits };
    IDBDatabase.prototype.transaction = function (...words) {
        calls += 1;
        if (from && (calls === from || (ever && calls > from))) { hits += 1; throw new DOMException('on purpose', 'UnknownError'); }
        return open.apply(this, words);
    };";

#[tokio::test]
async fn t_05_whichever_call_fails_the_text_stays_and_is_saved_when_the_disk_is_well() {
    let mut row = Row::new("T-05");
    let endpoint = Endpoint::start().await;
    let mut phone = Phone::new();
    let (screen, key) = begin(&mut phone, &endpoint.origin()).await;
    save(&screen, "0").await;
    phone.before_each_page(FAILING).await;
    screen.reload().await;
    reopen(&screen, &key).await;
    let mut wanted = "0".to_owned();
    for for_ever in [false, true] {
        for n in 1.. {
            screen
                .run(
                    "window.calls.fail(arguments[0], arguments[1])",
                    vec![json!(n), json!(for_ever)],
                )
                .await;
            let letter = format!(" {n}");
            screen.type_on(FIELD, &letter).await;
            wanted += &letter;
            let line = settled(&screen, for_ever).await;
            let hits = screen
                .run("return window.calls.hits()", vec![])
                .await
                .as_u64()
                .unwrap_or(0);
            if hits == 0 {
                assert!(n > 3, "a letter makes more than {n} calls");
                break;
            }
            let shown = screen.value(FIELD).await == wanted;
            screen.run("window.calls.heal()", vec![]).await;
            if line.contains("Chưa lưu được") {
                screen.press("Ghi lại").await;
            }
            screen.see_status("Đã lưu trên máy").await;
            // From outside: what lies on the disk after a new start, every few calls.
            let stored = n % 4 != 0 || {
                screen.reload().await;
                reopen(&screen, &key).await == wanted
            };
            row.run(
                &format!("call {n}, for ever: {for_ever}, “{line}”"),
                hits > 0,
                shown && stored,
            );
        }
    }
    screen.reload().await;
    row.run("at the end", true, reopen(&screen, &key).await == wanted);
    row.end();
}

/// The line, once it says how the last letter fared.
async fn settled(screen: &Screen, for_ever: bool) -> String {
    harness::wait::until("saved, or not", || async {
        let line = screen.status().await;
        let hits = screen.run("return window.calls.hits()", vec![]).await;
        let done = line.contains("Chưa lưu được") || line.contains("Đã lưu trên máy");
        // A disk that is dead for ever cannot have saved once it was met.
        (done && !(for_ever && hits != 0 && line.contains("Đã lưu"))).then_some(line)
    })
    .await
}
