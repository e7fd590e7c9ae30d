//! The second copy: saved as a file on one phone, opened on another, and refused when a byte is wrong.

use harness::{Demo, Endpoint, Hunt, Phone, Screen, axe};

use crate::{door, fill, whole_way::dossier};

const MARKERS: [&str; 3] = ["Hạng Chứ Páo", "còn ngại nói trước đông người", "38 trên 41 phiếu"];

#[tokio::test]
async fn a_vault_saved_on_one_phone_is_opened_on_another_with_every_field() {
    let entries = dossier("1-pupil-mong.json");
    let endpoint = Endpoint::start().await;
    let demo = Demo::found(&endpoint).await;
    let mut first = Phone::new();
    let screen = first.open(&demo.link(&endpoint.origin(), 1)).await;
    let key = door::new_vault(&screen, "Nếnh").await;
    door::agree(&screen).await;
    let form = rules::form::lylich();
    for slug in ["ten-ngay-sinh", "que-quan-noi-o", "tu-nhan-xet"] {
        let section = form.section(slug).expect("the section");
        fill::section(&screen, section, &entries).await;
    }
    screen.see_status("Đã lưu trên máy").await;
    assert!(
        !screen.text().await.contains("Để sau"),
        "nobody is asked in the middle of the first day"
    );

    // Opened again with something in it that is nowhere else: asked, once a day.
    screen.press("Khoá ngay").await;
    door::unlock(&screen, &key).await;
    screen.see("mất máy là mất chữ").await;
    axe::assert_accessible(&screen, "the question for a backup").await;
    screen.press("Lưu bản dự phòng").await;
    let (name, file) = first.downloaded("du-phong-", ".lylich").await;
    let day = name.trim_start_matches("du-phong-").trim_end_matches(".lylich");
    assert!(
        day.len() == 10 && day.chars().all(|it| it.is_ascii_digit() || it == '-'),
        "{name}"
    );
    screen.press("Khoá ngay").await;
    door::unlock(&screen, &key).await;
    assert!(
        !screen.text().await.contains("mất máy là mất chữ"),
        "not asked twice a day"
    );
    let wanted = readable(&screen, &first).await;
    assert!(wanted.contains("38 trên 41 phiếu"));

    // On another phone, which has never seen the first: the same passphrase, every field equal.
    let mut second = Phone::new();
    let other = second.open(&endpoint.origin()).await;
    door::open_backup(&other, &second, b"{\"schema\": \"ly-lich-dossier/1\"}").await;
    other.see("Tệp này không phải bản dự phòng của Lý Lịch").await;
    let mut changed = file.clone();
    let middle = changed.len() / 2;
    changed[middle] ^= 1;
    door::open_backup(&other, &second, &changed).await;
    other.see("Tệp này bị hỏng hoặc thiếu một phần").await;
    axe::assert_accessible(&other, "a damaged file").await;
    door::open_backup(&other, &second, &file).await;
    other.see("Kho, bản dự phòng").await;
    door::unlock(&other, &key).await;
    assert_eq!(readable(&other, &second).await, wanted);

    // The copy introduced itself as a phone of its own before anything else, and both can hand in.
    for screen in [&other, &screen] {
        screen.press("Bản khai").await;
        screen.press("Nộp cho chi bộ").await;
        screen.press("Nộp cho chi bộ").await;
        screen.see_status("Chi bộ đã nhận").await;
        assert!(!screen.text().await.contains("bản sao ở máy khác"));
    }
    other.press("Bản khai").await;
    other.press("Dữ liệu của tôi").await;
    other.see("Đăng ký máy").await;
    assert_eq!(
        other.text().await.matches("Đăng ký máy:").count(),
        2,
        "its own, and the first phone's"
    );

    // Beside the living vault both are listed, with their days; the recovery sheet opens the copy as well.
    screen.press("Khoá ngay").await;
    door::open_backup(&screen, &first, &file).await;
    screen.see("Chọn kho của bạn").await;
    screen.see("ghi lần cuối").await;
    axe::assert_accessible(&screen, "a vault and its copy").await;
    screen.press("Nếnh, bản dự phòng").await;
    screen.press("Quên cụm từ? Dùng mã khôi phục").await;
    screen.fill("Mã khôi phục", &key.groups.join(" ")).await;
    screen.press("Mở kho").await;
    screen.see("Đặt cụm từ mới").await;

    for screen in [&screen, &other] {
        assert_eq!(screen.faults().await, Vec::<String>::new());
    }
    // The file says nothing to whoever carries it.
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("file"), &file).expect("the file");
    Hunt::new(MARKERS)
        .under(&[folder.path()])
        .assert_clean("the backup file");
    std::fs::write(folder.path().join("readable"), &wanted).expect("the control");
    assert!(
        Hunt::new(MARKERS)
            .under(&[folder.path()])
            .words()
            .contains(&"38 trên 41 phiếu")
    );
    first.close().await;
    second.close().await;
}

/// The readable export of the open vault.
async fn readable(screen: &Screen, phone: &Phone) -> String {
    screen.press("Dữ liệu của tôi").await;
    screen.see("Trên máy này").await;
    // Summary and button have one name.
    let script =
        "const it = [...document.querySelectorAll('details')].find((it) => it.innerText.includes('Lưu bản đọc được'));
        it.open = true; it.querySelector('button').click()";
    screen.run(script, vec![]).await;
    let (_, bytes) = phone.downloaded("ban-khai-", ".json").await;
    String::from_utf8(bytes).expect("UTF-8")
}
