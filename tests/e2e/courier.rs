//! A phone that never has a signal, and one that travels: two real profiles, files from hand to hand.

use harness::{Demo, Endpoint, Hunt, Phone, Screen, Wire, axe, wait};

use crate::{
    back::go,
    door::{self, Key},
    whole_way::open,
};

pub const NAME: &str = "HẠNG A NẾNH LỀNH";
pub const PAGE: &str = "#/gui-nho";

/// A vault in the second program, ready to work without a network.
pub async fn ready(phone: &mut Phone, link: &str, name: &str) -> (Screen, Key) {
    let screen = phone.open(link).await;
    let key = door::new_vault(&screen, name).await;
    door::agree(&screen).await;
    (screen, key)
}

/// A pupil's phone gets the second program.
pub async fn second_program(pupil: &Screen, key: &Key) {
    pupil.press("Dữ liệu của tôi").await;
    pupil.press("Gửi nhờ; ai đã xem; rút bản nộp, đồng ý").await;
    pupil.press("Tải và mở").await;
    door::unlock(pupil, key).await;
    pupil.offline_ready().await;
}

/// A name is filled in and handed in, with no network there.
pub async fn hand_in(pupil: &Screen) {
    go(pupil, "#/khai").await;
    let section = rules::form::lylich().section("ten-ngay-sinh").expect("the section");
    crate::fill::open_section(pupil, section).await;
    pupil.fill("Họ và tên khai sinh", NAME).await;
    pupil.key(thirtyfour::Key::Tab).await;
    pupil.see_status("Đã lưu trên máy").await;
    pupil.press("Bản khai").await;
    pupil.press("Nộp cho chi bộ").await;
    pupil.press("Nộp cho chi bộ").await;
    pupil.see_status("Chờ mạng").await;
}

/// Opens a file on the page of parcels.
async fn open_file(screen: &Screen, phone: &Phone, file: &[u8]) {
    let path = phone.downloads().join("goi");
    std::fs::create_dir_all(phone.downloads()).expect("a folder");
    std::fs::write(&path, file).expect("the file");
    screen.fill("Mở tệp gói", &path.display().to_string()).await;
}

#[tokio::test]
async fn a_hand_in_is_carried_by_another_phone_and_its_receipt_comes_home_without_a_network() {
    let endpoint = Endpoint::start().await;
    let demo = Demo::found(&endpoint).await;
    let (mountain, road) = (Wire::to(endpoint.address()).await, Wire::to(endpoint.address()).await);
    let (mut pupils, mut mentors) = (Phone::new(), Phone::new());
    let (pupil, key) = ready(&mut pupils, &demo.link(&mountain.origin(), 1), "Nếnh").await;
    let (mentor, _) = ready(&mut mentors, &demo.link(&road.origin(), 2), "Thầy Phiên").await;

    // The pupil's phone gets the second program while there is a network; then none comes any more.
    second_program(&pupil, &key).await;
    mentor.offline_ready().await;
    let outage = mountain.cut().await;
    let away = road.cut().await;
    hand_in(&pupil).await;

    // Packed, and taken in by the mentor's phone, which has no network either.
    go(&pupil, PAGE).await;
    pupil.press("Đóng gói").await;
    pupil.see("Đã đóng gói số 1, chờ thư trả lời.").await;
    axe::assert_accessible(&pupil, "a parcel that is ready").await;
    pupil.press("Lưu tệp gói").await;
    let (_, parcel) = pupils.downloaded("goi-1", ".lylich").await;
    go(&mentor, PAGE).await;
    let mut damaged = parcel.clone();
    let middle = damaged.len() / 2;
    damaged[middle] ^= 1;
    open_file(&mentor, &mentors, &damaged).await;
    mentor.see("Tệp này bị hỏng hoặc thiếu một phần").await;
    open_file(&mentor, &mentors, b"%PDF-1.7").await;
    mentor.see("Tệp này không phải gói của Lý Lịch").await;
    open_file(&mentor, &mentors, &parcel).await;
    mentor.see("Đang mang 1 gói cho người khác.").await;
    mentor.see("Chờ mạng để chuyển.").await;
    open_file(&mentor, &mentors, &parcel).await;
    mentor.see("Đã có gói này.").await;
    axe::assert_accessible(&mentor, "a parcel that is carried").await;

    // The mentor comes into coverage.
    away.heal();
    mentor.signal_returns().await;
    mentor.see("Đã chuyển, có thư trả lời: đưa lại cho chủ gói.").await;
    let opened = open(&endpoint, demo.key_file());
    assert_eq!(opened.len(), 1, "one hand-in");
    assert_eq!(opened[0]["entries"]["birth_name"], NAME);
    mentor.press("Lưu thư trả lời").await;
    let (_, back) = mentors.downloaded("tra-loi-1", ".lylich").await;
    open_file(&mentor, &mentors, &back).await;
    mentor.see("Gói này của máy khác.").await;

    // The pupil opens what came back: still without a network, and the receipt is there.
    open_file(&pupil, &pupils, &back).await;
    pupil.see("Gói số 1: thư trả lời đã về.").await;
    go(&pupil, "#/khai").await;
    let status = pupil.see_status("Chi bộ đã nhận").await;
    assert!(status.contains("mã "), "{status}");

    // Later there is a network after all: nothing is there twice.
    let (passed, turned_away) = outage.heal();
    assert!(
        passed == 0 && turned_away > 0,
        "no byte had passed: {passed}, {turned_away}"
    );
    go(&pupil, "#/du-lieu").await;
    pupil.press("Gửi và nhận ngay").await;
    wait::until("something was sent", || async {
        (mountain.passed() > 0 && pupil.text().await.contains("kB")).then_some(())
    })
    .await;
    assert_eq!(open(&endpoint, demo.key_file()).len(), 1, "still one hand-in");
    go(&pupil, "#/khai").await;
    pupil.see_status("Chi bộ đã nhận").await;

    for screen in [&pupil, &mentor] {
        assert_eq!(screen.faults().await, Vec::<String>::new());
    }
    // The files say nothing to whoever carries them.
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("goi"), [parcel, back].concat()).expect("the files");
    pupils.close().await;
    mentors.close().await;
    Hunt::new([NAME])
        .under(&[folder.path(), mentors.profile(), endpoint.data(), road.capture()])
        .assert_clean("files, carrier, endpoint and wire");
}
