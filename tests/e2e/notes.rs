//! The mentor's note: written offline, checked, sealed, sent, receipted, and corrected by a new one.

use harness::{Demo, Endpoint, Hunt, Phone, Screen, Wire};

use crate::{door, whole_way::open};

const PERSON: &str = "Hạng A Nếnh";
const SEEN: &str = "Ngày 12-1-2026 nộp lại chiếc điện thoại nhặt được ở sân trường cho thầy trực";
const MENDED: &str = "Ngày 13-1-2026 nộp lại chiếc điện thoại nhặt được ở cổng trường cho thầy trực";

#[tokio::test]
async fn a_mentor_writes_offline_the_branch_receives_and_a_new_note_corrects_the_old() {
    let endpoint = Endpoint::start().await;
    let demo = Demo::found(&endpoint).await;
    let wire = Wire::to(endpoint.address()).await;
    let mut phone = Phone::new();
    let screen = phone.open(&demo.link(&wire.origin(), 2)).await;
    let key = door::new_vault(&screen, "Thầy Phiên").await;
    door::agree(&screen).await;
    screen.offline_ready().await;

    // Written without a network, checked while it is written.
    let outage = wire.cut().await;
    screen.press("Viết nhận xét mới").await;
    screen.fill("Người được theo dõi", PERSON).await;
    screen.fill("Người ghi", "Khoàng Văn Phiên").await;
    screen.within("Vai trò").choose("Đảng viên giúp đỡ").await;
    screen.within("Giai đoạn").choose("Trước kết nạp").await;
    screen.fill("Phẩm chất chính trị, đạo đức, lối sống", SEEN).await;
    screen
        .fill(
            "Năng lực công tác (học tập)",
            "Nghe nói về lịch sử chính trị của nhà bạn ấy",
        )
        .await;
    screen.key(thirtyfour::Key::Tab).await;
    screen.see("Hãy bỏ phần này").await;
    screen
        .fill("Năng lực công tác (học tập)", "Điểm trung bình học kỳ I đạt 7,1")
        .await;
    screen.see_status("Đã lưu trên máy").await;

    // Locked and opened again: the note is there.
    screen.press("Khoá ngay").await;
    door::unlock_to(&screen, &key, "Nhận xét của bạn").await;
    screen.press(PERSON).await;
    assert_eq!(screen.value("Phẩm chất chính trị, đạo đức, lối sống").await, SEEN);

    // Sent without a network: it waits; with one: it is received.
    screen.press("Gửi chi bộ").await;
    screen.see_status("Chờ mạng").await;
    assert_eq!(outage.heal().0, 0, "nothing passed while the network was cut");
    receive(&screen).await;
    let opened = open(&endpoint, demo.key_file());
    assert_eq!(opened.len(), 1);
    assert_eq!(opened[0]["entries"]["candidate"], PERSON);
    assert_eq!(opened[0]["entries"]["aspects.political_ethics"], SEEN);

    // A sent note is for reading; the correction is a note of its own that names it.
    screen.press(PERSON).await;
    screen.see("Nhận xét này đã gửi, chỉ để xem").await;
    screen.press("Viết nhận xét thay thế").await;
    screen.see("Nhận xét này thay cho một nhận xét đã gửi").await;
    screen.fill("Phẩm chất chính trị, đạo đức, lối sống", MENDED).await;
    screen.see_status("Đã lưu trên máy").await;
    screen.press("Gửi chi bộ").await;
    receive(&screen).await;
    let opened = open(&endpoint, demo.key_file());
    assert_eq!(opened.len(), 2);
    let (old, new) = match opened[1]["received"]["corrects"].is_string() {
        true => (&opened[0], &opened[1]),
        false => (&opened[1], &opened[0]),
    };
    assert_eq!(new["received"]["corrects"], old["received"]["op"]);
    assert_eq!(new["entries"]["aspects.political_ethics"], MENDED);
    assert_eq!(old["entries"]["aspects.political_ethics"], SEEN);

    assert_eq!(screen.faults().await, Vec::<String>::new());
    phone.close().await;
    Hunt::new([SEEN, MENDED, PERSON])
        .under(&[phone.profile(), endpoint.data(), wire.capture()])
        .assert_clean("profile, endpoint and wire");
}

/// Goes to the list, where "Gửi ngay" stands while something waits, and waits for the receipt.
async fn receive(screen: &Screen) {
    screen.press("Danh sách").await;
    harness::wait::until("the receipt", || async {
        if screen.has("press", "Gửi ngay").await {
            screen.run("[...document.querySelectorAll('button')].find((it) => it.innerText.trim() === 'Gửi ngay')?.click()", vec![]).await;
            return None;
        }
        screen.text().await.contains("Nhận xét: Chi bộ đã nhận lúc").then_some(())
    })
    .await;
}
