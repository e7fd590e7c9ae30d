//! T-26: everything a phone keeps is copied to a second one; both go on. Both versions are kept, each under a device of its own.

use harness::{Demo, Endpoint, Phone, Screen};

use super::{Row, SECTION, save};
use crate::{door, whole_way::open};

#[tokio::test]
async fn t_26_of_a_copied_phone_both_halves_go_on_and_both_versions_arrive() {
    let mut row = Row::new("T-26");
    let endpoint = Endpoint::start().await;
    let demo = Demo::found(&endpoint).await;
    let mut first = Phone::new();
    let screen = first.open(&demo.link(&endpoint.origin(), 1)).await;
    let key = door::new_vault(&screen, "Nếnh").await;
    door::agree(&screen).await;
    harness::wait::until("the registration has its receipt", || async {
        (!screen.text().await.contains("Đang chờ máy chủ")).then_some(())
    })
    .await;
    screen.press(SECTION).await;
    save(&screen, "HẠNG A").await;
    first.close().await;
    let mut second = first.copy();

    let one = first.open(&endpoint.origin()).await;
    let two = second.open(&endpoint.origin()).await;
    for (screen, text) in [(&one, "HẠNG A MỘT"), (&two, "HẠNG A HAI")] {
        door::unlock(screen, &key).await;
        screen.press(SECTION).await;
        save(screen, text).await;
        hand_in(screen).await;
    }
    // The second half was told that its numbers were taken: it has introduced itself anew, and goes on.
    let forked = registrations(&two).await > registrations(&one).await;
    two.press("Nộp cho chi bộ").await;
    two.press("Mở lại để sửa").await;
    two.press("Bản khai").await;
    two.press(SECTION).await;
    save(&two, "HẠNG A HAI, SỬA").await;
    hand_in(&two).await;
    let opened = open(&endpoint, demo.key_file());
    let texts: Vec<String> = opened.iter().map(|each| each["entries"].to_string()).collect();
    let kept = |name: &&&str| texts.iter().any(|text| text.contains(&format!("\"{name}\"")));
    let held = ["HẠNG A MỘT", "HẠNG A HAI", "HẠNG A HAI, SỬA"]
        .iter()
        .filter(kept)
        .count();
    row.run(&format!("{held} of 3 in {texts:?}"), forked, held == 3);
    row.end();
}

async fn hand_in(screen: &Screen) {
    screen.press("Bản khai").await;
    screen.press("Nộp cho chi bộ").await;
    screen.press("Nộp cho chi bộ").await;
    screen.see_status("Chi bộ đã nhận").await;
}

async fn registrations(screen: &Screen) -> usize {
    screen.press("Bản khai").await;
    screen.press("Dữ liệu của tôi").await;
    screen.see("Trên máy này").await;
    let words = screen.text().await.matches("Đăng ký máy").count();
    screen.press("Bản khai").await;
    words
}
