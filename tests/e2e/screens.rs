//! Every screen, narrow and wide, light and dark: nothing for axe to find, nothing wider than the screen, nothing too small for a thumb;
//! and the ways of the door: wrong phrase, recovery sheet, lock, two people.

use harness::{Demo, Endpoint, Phone, Screen, Wire, axe, wait};
use serde_json::Value;

use crate::{door, fill};

#[tokio::test]
async fn every_screen_is_accessible_narrow_and_in_both_themes() {
    let endpoint = Endpoint::start().await;
    let demo = Demo::found(&endpoint).await;
    let mut phone = Phone::new();
    let screen = phone.open(&demo.link(&endpoint.origin(), 1)).await;
    phone.resize(320, 640).await;
    whole(&phone, &screen, "the first screen").await;
    screen.press("Bắt đầu").await;
    whole(&phone, &screen, "a new vault").await;
    let key = door::vault_form(&screen, "Nếnh").await;
    screen.see("Trước khi kết nối, xin bạn đọc").await;
    whole(&phone, &screen, "the consent").await;
    door::agree(&screen).await;
    screen.see("Các phần của bản khai").await;
    whole(&phone, &screen, "the list of sections").await;

    let form = rules::form::lylich();
    let entries = crate::whole_way::dossier("1-pupil-mong.json");
    for section in form.sections {
        if ["bat-dau", "ten-ngay-sinh", "que-quan-noi-o", "gia-dinh"].contains(&section.slug)
            && section.slug != "gia-dinh"
        {
            fill::section(&screen, section, &entries).await;
        }
        fill::open_section(&screen, section).await;
        whole(&phone, &screen, section.title).await;
        screen.press("Bản khai").await;
    }
    for (name, seen) in [
        ("Soát lại toàn bộ", "Xem lại bản khai"),
        ("Nộp cho chi bộ", "Bản khai được khoá lại"),
        ("Dữ liệu của tôi", "Trên máy này"),
        ("Sổ quy tắc", "Đang hiện 210 trên 210 quy tắc."),
        ("Giới thiệu", "Bản phát hành"),
    ] {
        screen.press(name).await;
        screen.see(seen).await;
        whole(&phone, &screen, name).await;
        screen.press("Bản khai").await;
    }

    // The door: a wrong phrase is said kindly and opens nothing; the sheet opens.
    screen.press("Khoá ngay").await;
    screen.fill("Cụm từ mở kho", "khong phai cum tu nay").await;
    screen.press("Mở kho").await;
    screen.see("Chưa đúng cụm từ mở kho").await;
    whole(&phone, &screen, "the door").await;
    screen.press("Quên cụm từ? Dùng mã khôi phục").await;
    screen.fill("Mã khôi phục", &key.groups.join(" ")).await;
    screen.press("Mở kho").await;
    screen.see("Đặt cụm từ mới").await;
    whole(&phone, &screen, "a new passphrase").await;
    let words = door::read(&screen, "[data-phrase] li").await.join(" ");
    screen.fill("Gõ lại cụm từ", &words).await;
    screen.press("Lưu cụm từ mới").await;
    screen.see("Các phần của bản khai").await;

    // A second person on the same phone sees nothing of the first.
    screen.press("Khoá ngay").await;
    screen.press("Tạo kho cho người khác").await;
    door::vault_form(&screen, "Mẩy").await;
    screen.see("Các phần của bản khai").await;
    screen.press("Khoá ngay").await;
    screen.see("Chọn kho của bạn").await;
    let text = screen.text().await;
    assert!(text.contains("Nếnh") && text.contains("Mẩy"), "{text}");
    whole(&phone, &screen, "the list of vaults").await;
    assert_eq!(screen.faults().await, Vec::<String>::new());
    phone.close().await;
}

#[tokio::test]
async fn after_one_visit_the_app_starts_and_works_with_no_network_at_all() {
    let endpoint = Endpoint::start().await;
    let wire = Wire::to(endpoint.address()).await;
    let mut phone = Phone::new();
    let screen = phone.open(&wire.origin()).await;
    screen.see("Bắt đầu").await;
    screen.offline_ready().await;
    phone.close().await;

    let outage = wire.cut().await;
    let screen = phone.open(&wire.origin()).await;
    let key = door::new_vault(&screen, "Nếnh").await;
    screen.press("Họ tên, ngày sinh, giới tính").await;
    screen.fill("Họ và tên khai sinh", "HẠNG A NẾNH").await;
    screen.see_status("Đã lưu trên máy").await;
    screen.reload().await;
    // Opened again where the person was.
    door::unlock(&screen, &key).await;
    assert_eq!(screen.value("Họ và tên khai sinh").await, "HẠNG A NẾNH");

    // The rule book too: searched without marks, by instrument and by day, and read.
    screen.press("Bản khai").await;
    screen.press("Sổ quy tắc").await;
    screen.see("Đang hiện 210 trên 210 quy tắc.").await;
    screen.fill("Tìm theo chữ", "khoang trong").await;
    let few = shown(&screen).await;
    assert!((1..60).contains(&few), "{few} rules speak of a gap");
    screen.fill("Tìm theo chữ", "").await;
    screen
        .run("document.querySelector('[role=search] summary').click()", vec![])
        .await;
    screen.fill("Ngày áp dụng", "1-1-2015").await;
    let old = shown(&screen).await;
    assert!((1..210).contains(&old), "{old} rules held then");
    screen.fill("Số văn bản", "khong co so nay").await;
    screen.see("Không có quy tắc nào như vậy.").await;
    screen.fill("Số văn bản", "").await;
    screen.fill("Ngày áp dụng", "").await;
    screen.fill("Tìm theo chữ", "LL-14").await;
    screen
        .run("document.querySelector('main .list summary').click()", vec![])
        .await;
    screen.see("Ví dụ bị nhắc").await;
    assert_eq!(outage.heal().0, 0, "nothing passed");
    phone.close().await;
}

/// How many rules the book says it shows, once that is not all of them.
async fn shown(screen: &Screen) -> usize {
    wait::until("fewer rules", || async {
        let text = screen.text().await;
        let count = text.split("Đang hiện ").nth(1)?.split(' ').next()?.parse().ok()?;
        (count < 210).then_some(count)
    })
    .await
}

/// Both themes, at the width that is set: axe, width, size of the targets.
pub async fn whole(phone: &Phone, screen: &Screen, what: &str) {
    for scheme in ["light", "dark"] {
        phone.prefer(scheme).await;
        axe::assert_accessible(screen, &format!("{what}, {scheme}")).await;
    }
    let wide = screen
        .run(
            "return document.documentElement.scrollWidth - window.innerWidth",
            vec![],
        )
        .await;
    assert!(
        wide.as_i64().unwrap_or(1) <= 0,
        "{what} is {wide} px wider than the screen"
    );
    let script = "return [...document.querySelectorAll('button, a.btn, input:not([type=radio]):not([type=checkbox]), select, textarea, summary')]
        .filter((it) => it.checkVisibility() && it.getClientRects().length)
        .filter((it) => it.getBoundingClientRect().height < 43.5).map((it) => it.outerHTML.slice(0, 120))";
    assert_eq!(
        screen.run(script, vec![]).await,
        Value::Array(vec![]),
        "{what}: targets smaller than 44 px"
    );
}
