//! Several tabs on one vault: one edits, the others show and say so; the right to edit is asked for; locking one locks all.

use harness::{Endpoint, Phone, Screen, axe, wait};
use serde_json::Value;

use crate::door;

const NAME: &str = "Họ và tên khai sinh";
const ELSEWHERE: &str = "Đang mở để sửa ở thẻ khác";

#[tokio::test]
async fn one_tab_edits_the_others_show_and_the_right_is_handed_over_with_the_last_letter() {
    let endpoint = Endpoint::start().await;
    let mut phone = Phone::new();
    let screen = phone.open(&endpoint.origin()).await;
    let first = phone.tab().await;
    let key = door::new_vault(&screen, "Nếnh").await;
    screen.press("Họ tên, ngày sinh, giới tính").await;
    screen.fill(NAME, "HẠNG A").await;
    screen.see_status("Đã lưu trên máy").await;

    // The second tab shows, says why, and takes no letter.
    let second = phone
        .new_tab(&format!("{}/#/khai/ten-ngay-sinh", endpoint.origin()))
        .await;
    door::unlock_to(&screen, &key, ELSEWHERE).await;
    screen.see_status("Chỉ xem").await;
    assert_eq!(screen.value(NAME).await, "HẠNG A");
    assert!(!writable(&screen).await);
    axe::assert_accessible(&screen, "a form that is edited in another tab").await;

    // Asked for, the right comes with everything that was typed until then.
    phone.turn_to(&first).await;
    screen.type_on(NAME, " NẾNH").await;
    phone.turn_to(&second).await;
    screen.press("Sửa ở đây").await;
    screen.see_status("Đã lưu trên máy").await;
    assert_eq!(screen.value(NAME).await, "HẠNG A NẾNH");
    assert!(writable(&screen).await && !screen.text().await.contains(ELSEWHERE));
    screen.type_on(NAME, " PÁO").await;
    screen.see_status("Đã lưu trên máy").await;

    // Whoever comes back to the first tab sees what was written meanwhile, to read.
    phone.turn_to(&first).await;
    screen.see(ELSEWHERE).await;
    wait::until("the text of the other tab", || async {
        (screen.value(NAME).await == "HẠNG A NẾNH PÁO").then_some(())
    })
    .await;
    assert!(!writable(&screen).await);

    // A tab that holds the right and does not answer keeps it: locks are not stolen.
    let lock = held(&screen)
        .await
        .into_iter()
        .find(|name| name.starts_with("edit:"))
        .expect("the right to edit");
    let silent = phone.new_tab(&format!("{}/config.json", endpoint.origin())).await;
    let hold = "navigator.locks.request(arguments[0], () => new Promise(() => {}))";
    screen
        .run(&format!("{hold}; return true"), vec![Value::from(lock.as_str())])
        .await;
    phone.turn_to(&second).await;
    phone.close_tab().await;
    phone.turn_to(&first).await;
    screen.see(ELSEWHERE).await;
    screen.press("Sửa ở đây").await;
    screen.see("Thẻ kia không trả lời. Đóng thẻ kia rồi thử lại.").await;
    assert!(held(&screen).await.contains(&lock));
    assert!(!writable(&screen).await);
    phone.turn_to(&silent).await;
    phone.close_tab().await;
    phone.turn_to(&first).await;
    screen.see_status("Đã lưu trên máy").await;
    assert!(writable(&screen).await, "free, and taken by who looks at it");
    screen.type_on(NAME, "!").await;
    screen.see_status("Đã lưu trên máy").await;

    // Locking one tab locks all of them.
    let third = phone.new_tab(&endpoint.origin()).await;
    door::unlock_to(&screen, &key, ELSEWHERE).await;
    screen.press("Khoá ngay").await;
    screen.see("Gõ không dấu").await;
    phone.turn_to(&first).await;
    screen.see("Gõ không dấu").await;
    assert!(!screen.text().await.contains("PÁO"));
    assert_eq!(screen.faults().await, Vec::<String>::new());
    phone.turn_to(&third).await;
    door::unlock(&screen, &key).await;
    screen.press("Họ tên, ngày sinh, giới tính").await;
    assert_eq!(screen.value(NAME).await, "HẠNG A NẾNH PÁO!");
    phone.close().await;
}

async fn writable(screen: &Screen) -> bool {
    let script = "const boxes = [...document.querySelectorAll('main input')]; return boxes.length > 0 && boxes.every((it) => !it.readOnly && !it.disabled)";
    screen.run(script, vec![]).await == Value::Bool(true)
}

/// Names of the locks that are held in this browser.
async fn held(screen: &Screen) -> Vec<String> {
    let script =
        "const done = arguments[0]; navigator.locks.query().then((all) => done(all.held.map((it) => it.name)))";
    let names = screen.run_async(script, vec![]).await;
    names
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|name| name.as_str().map(str::to_owned))
        .collect()
}
