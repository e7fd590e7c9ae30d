//! T-18: the phone's clock is wrong by decades, or is set back while somebody types. Nothing is ordered by it, nothing is lost.

use harness::{Demo, Endpoint, Phone};
use serde_json::json;

use super::{Row, SECTION, reopen, save};
use crate::{door, whole_way::open};

/// Shifts every clock that a page can read from `Date`; `arguments` are milliseconds. A later shift is asked for by `shiftClock`.
fn shifted(ms: i64) -> String {
    format!(
        "{{ let shift = {ms}; const Real = Date; window.shiftClock = (more) => {{ shift += more; }};
        window.Date = class extends Real {{ constructor(...words) {{ if (words.length) super(...words); else super(Real.now() + shift); }}
            static now() {{ return Real.now() + shift; }} }}; }}"
    )
}

#[tokio::test]
async fn t_18_a_wrong_clock_changes_no_order_and_loses_nothing() {
    let mut row = Row::new("T-18");
    let year = 365 * 24 * 3_600_000_i64;
    let endpoint = Endpoint::start().await;
    let mut demo = Demo::found(&endpoint).await;
    for (name, shift, year_shown) in [
        ("1970", -(56 * year), 1969..=1972),
        ("twenty years ahead", 20 * year, 2044..=2050),
    ] {
        let mut phone = Phone::new();
        let screen = phone.open("about:blank").await;
        phone.before_each_page(&shifted(shift)).await;
        screen.go(&demo.link(&endpoint.origin(), 1)).await;
        demo.draw(&endpoint).await;
        let key = door::new_vault(&screen, "Nếnh").await;
        door::agree(&screen).await;
        screen.press(SECTION).await;
        save(&screen, "HẠNG A").await;
        let seen = screen
            .run("return new Date().getFullYear()", vec![])
            .await
            .as_i64()
            .unwrap_or(0);
        // Set back in the middle of a sentence.
        screen
            .run("window.shiftClock(arguments[0])", vec![json!(-2 * 24 * 3_600_000_i64)])
            .await;
        save(&screen, "HẠNG A NẾNH").await;
        screen.reload().await;
        let found = reopen(&screen, &key).await;
        screen.press("Bản khai").await;
        screen.press("Nộp cho chi bộ").await;
        screen.press("Nộp cho chi bộ").await;
        let line = screen.see_status("Chi bộ đã nhận").await;
        screen.press("Bản khai").await;
        screen.see("Đồng hồ máy lệch").await;
        let held = found == "HẠNG A NẾNH" && line.contains("mã ");
        row.run(&format!("{name}: “{found}”, {line}"), year_shown.contains(&seen), held);
        assert_eq!(screen.faults().await, Vec::<String>::new());
    }
    // The order is the endpoint's: by its own clock, in the order of arrival.
    let opened = open(&endpoint, demo.key_file());
    let times: Vec<u64> = opened
        .iter()
        .filter_map(|each| each["received"]["server_time"].as_u64())
        .collect();
    row.run("the order of arrival", true, times.len() == 2 && times.is_sorted());
    row.end();
}
