//! The whole lý lịch in one piece, for the printer and the hand that copies it.

use harness::{Endpoint, Phone, axe};
use serde_json::json;

const SHOWN: &str = "return [...document.querySelectorAll(arguments[0])].filter((it) => it.checkVisibility()).length";

#[tokio::test]
async fn the_whole_draft_is_laid_out_for_the_hand_and_the_branchs_items_stay_blank() {
    let endpoint = Endpoint::start().await;
    let mut phone = Phone::new();
    let screen = phone.open(&endpoint.origin()).await;
    screen.press("Dùng thử, không lưu").await;
    screen.press("Họ tên, ngày sinh, giới tính").await;
    screen.fill("Họ và tên khai sinh", "HẠNG A NẾNH").await;
    screen.press("Bản khai").await;
    screen.press("Bản nháp để chép tay").await;
    screen.see("Họ và tên khai sinh: HẠNG A NẾNH").await;
    let text = screen.text().await;
    for item in ["(nơi không có chi ủy)", "(nơi không có đảng ủy cơ sở)"] {
        assert!(
            text.contains(&format!("{item}: Cấp ủy ghi")),
            "{item} is left to the branch:\n{text}"
        );
    }
    axe::assert_accessible(&screen, "the draft for the hand").await;

    // On paper: the text, and nothing to tap.
    assert_ne!(screen.run(SHOWN, vec![json!("button, .bar")]).await, json!(0));
    phone
        .cdp("Emulation.setEmulatedMedia", json!({ "media": "print" }))
        .await;
    assert_eq!(screen.run(SHOWN, vec![json!("button, .bar, .status")]).await, json!(0));
    assert_ne!(screen.run(SHOWN, vec![json!(".paper section")]).await, json!(0));
    let printed = phone.cdp("Page.printToPDF", json!({})).await;
    let pages = data_encoding::BASE64.decode(printed["data"].as_str().unwrap_or_default().as_bytes());
    assert!(pages.is_ok_and(|pdf| pdf.starts_with(b"%PDF")));
    assert_eq!(screen.faults().await, Vec::<String>::new());
    phone.close().await;
}
