//! What comes back to a candidate: the branch's word, remarks at their fields, another phone's text, the account on a new phone; and what a
//! candidate takes back.

use harness::{Chair, Demo, Endpoint, Phone, Screen, Wire, wait};
use sync::body::Word;

use crate::door::{self, Key};

pub const NAME: &str = "Họ và tên khai sinh";
pub const USUAL: &str = "Họ và tên thường dùng";
pub const NAMES: &str = "Họ tên, ngày sinh, giới tính";

/// A candidate who has enrolled.
pub async fn candidate(phone: &mut Phone, link: &str) -> (Screen, Key) {
    let screen = phone.open(link).await;
    let key = door::new_vault(&screen, "Nếnh").await;
    door::agree(&screen).await;
    screen.offline_ready().await;
    received(&screen, "Các phần của bản khai").await;
    (screen, key)
}

async fn received(screen: &Screen, page: &str) {
    screen.see(page).await;
    screen.press("Nộp cho chi bộ").await;
    wait::until("the registration has its receipt", || async {
        (!screen.text().await.contains("Đang chờ máy chủ")).then_some(())
    })
    .await;
    screen.press("Bản khai").await;
}

pub async fn type_name(screen: &Screen, label: &str, name: &str) {
    screen.press(NAMES).await;
    screen.fill(label, name).await;
    screen.key(thirtyfour::Key::Tab).await;
    screen.see_status("Đã lưu trên máy").await;
    screen.press("Bản khai").await;
}

pub async fn hand_in(screen: &Screen) {
    screen.press("Nộp cho chi bộ").await;
    screen.press("Nộp cho chi bộ").await;
    screen.see_status("Chi bộ đã nhận").await;
}

/// Sends and fetches at once.
pub async fn turn(screen: &Screen) {
    go(screen, "#/du-lieu").await;
    screen.press("Gửi và nhận ngay").await;
}

pub async fn go(screen: &Screen, page: &str) {
    screen.run("location.hash = arguments[0]", vec![page.into()]).await;
}

/// Starts the second program, which a page offers, and opens the vault in it.
async fn read_more(screen: &Screen, key: &Key) {
    screen.press("Tải và mở").await;
    door::unlock(screen, key).await;
}

#[tokio::test]
async fn a_dossier_comes_back_with_remarks_that_are_read_and_answered_offline_and_is_handed_in_again() {
    let endpoint = Endpoint::start().await;
    let demo = Demo::found(&endpoint).await;
    let wire = Wire::to(endpoint.address()).await;
    let mut phone = Phone::new();
    let (screen, key) = candidate(&mut phone, &demo.link(&wire.origin(), 1)).await;
    type_name(&screen, NAME, "HẠNG A NẾNH").await;
    hand_in(&screen).await;

    // The branch returns it with two remarks.
    let mut chair = Chair::of(&demo, &endpoint);
    let first = chair.hand_ins().await.pop().expect("a hand-in");
    let on_name = chair.remark(&first, "birth_name", "Ghi đúng như giấy khai sinh.").await;
    let on_usual = chair.remark(&first, "cover.usual_name", "Bổ sung tháng đổi tên.").await;
    chair.say(&first, Word::HandedBack).await;
    turn(&screen).await;
    screen.see_status("Chi bộ đã trả lại lúc").await;
    screen.press("Bản khai").await;
    screen.see("Có thư về bản khai của bạn").await;
    read_more(&screen, &key).await;

    // Without a network: on the first page, at the field, in the list; one is answered by a tap, the text is mended, the other in words.
    screen.offline_ready().await;
    let outage = wire.cut().await;
    screen.see("Chi bộ nhắc 2 chỗ").await;
    screen.see("Bạn mở lại, xem những chỗ chi bộ nhắc").await;
    harness::axe::assert_accessible(&screen, "the first page of a dossier that came back").await;
    screen.press("Mở lại để sửa").await;
    screen.see("Những chỗ được nhắc").await;
    screen.see("Ghi đúng như giấy khai sinh.").await;
    screen.see("Chi ủy, lúc").await;
    harness::axe::assert_accessible(&screen, "the review with remarks").await;
    screen.press("Bản khai").await;
    screen.press(NAMES).await;
    screen.see("Bổ sung tháng đổi tên.").await;
    screen.fill(NAME, "HẠNG A NẾNH LỀNH").await;
    screen.see_status("Có thay đổi chưa nộp").await;
    screen.press("Đã sửa").await;
    screen.see("Bạn đã trả lời: Đã sửa").await;
    screen.fill("Trả lời", "Theo giấy khai sinh").await;
    screen.press("Trả lời").await;
    screen.see("Bạn đã trả lời: Theo giấy khai sinh").await;
    screen.press("Bản khai").await;
    wait::until("nothing waits to be answered", || async {
        (!screen.text().await.contains("Chi bộ nhắc")).then_some(())
    })
    .await;
    assert_eq!(outage.heal().0, 0, "nothing passed while the network was cut");

    // The answers arrive, the dossier goes again, and what was said of the first is settled.
    turn(&screen).await;
    hand_in_again(&screen).await;
    assert_eq!(
        chair.answers(&on_usual).await,
        ["Đã sửa"],
        "it stands first on the page"
    );
    assert_eq!(chair.answers(&on_name).await, ["Theo giấy khai sinh"]);
    let second = chair.hand_ins().await.pop().expect("a second hand-in");
    assert_ne!(second.op_id, first.op_id);
    screen.press("Bản khai").await;
    screen.press("Soát lại toàn bộ").await;
    wait::until("the remarks are settled", || async {
        (!screen.text().await.contains("Những chỗ được nhắc")).then_some(())
    })
    .await;
    chair.say(&second, Word::Agreed).await;
    turn(&screen).await;
    screen.see_status("Chi bộ đã đồng ý cho chép tay lúc").await;
    screen.see("Lần gửi vừa rồi:").await;

    // Taken back: the branch holds no content any more, the text stays here.
    screen.press("Rút bản đã nộp").await;
    let pressed = "[...document.querySelectorAll('details[open] .btn--danger')][0].click()";
    screen.run(pressed, vec![]).await;
    screen.see_status("Chưa nộp").await;
    screen.see("Rút bản đã nộp: Chi bộ đã nhận").await;
    let left = chair.hand_ins().await;
    assert!(left.iter().all(|each| each.plain.is_none()), "{left:?}");
    assert_eq!(screen.faults().await, Vec::<String>::new());
    phone.close().await;
}

/// A new phone with a vault of its own, at the question for the printed code of the account.
pub async fn new_phone(phone: &mut Phone, origin: &str, link: &str) -> (Screen, Key) {
    let screen = phone.open(origin).await;
    let key = door::new_vault(&screen, "Nếnh máy mới").await;
    screen.press("Kết nối với chi bộ").await;
    screen.press("Khôi phục trên máy mới").await;
    screen.press("Tải và mở").await;
    door::unlock(&screen, &key).await;
    go(&screen, "#/ket-noi").await;
    screen.fill("Liên kết của chi bộ", link).await;
    screen.press("Xem nội dung").await;
    screen.press("Khôi phục trên máy mới").await;
    screen.within("Bạn bao nhiêu tuổi?").choose("Đủ 16 tuổi").await;
    (screen, key)
}

pub async fn give_code(screen: &Screen, printed: &Key) {
    screen.fill("Mã khôi phục", &printed.groups.join(" ")).await;
    screen.press("Đồng ý").await;
}

pub async fn hand_in_again(screen: &Screen) {
    screen.press("Bản khai").await;
    hand_in(screen).await;
}

#[tokio::test]
async fn a_lost_phone_is_replaced_by_invite_and_printed_code_and_two_phones_keep_both_texts_of_one_place() {
    let endpoint = Endpoint::start().await;
    let demo = Demo::found(&endpoint).await;
    let wire = Wire::to(endpoint.address()).await;
    let (mut one, mut two) = (Phone::new(), Phone::new());
    let (first, first_key) = candidate(&mut one, &demo.link(&wire.origin(), 1)).await;
    type_name(&first, NAME, "HẠNG A NẾNH").await;
    hand_in(&first).await;
    let mut chair = Chair::of(&demo, &endpoint);
    let handed_in = chair.hand_ins().await.pop().expect("a hand-in");

    // A new phone: a wrong code is a kind sentence, the right one brings the dossier back.
    let link = chair.invite_again(&handed_in, &wire.origin()).await;
    let (second, key) = new_phone(&mut two, &wire.origin(), &link).await;
    give_code(&second, &key).await;
    second
        .see("Mã khôi phục chưa khớp. Bạn nhìn lại tờ đã in rồi gõ lại nhé.")
        .await;
    give_code(&second, &first_key).await;
    second.see_status("Chi bộ đã nhận").await;
    second.press(NAMES).await;
    assert_eq!(second.value(NAME).await, "HẠNG A NẾNH");

    // Both write without seeing each other: one place alike, one apart.
    second.press("Bản khai").await;
    second.press("Nộp cho chi bộ").await;
    second.press("Mở lại để sửa").await;
    second.press("Bản khai").await;
    first.press("Mở lại để sửa").await;
    first.press("Bản khai").await;
    type_name(&first, NAME, "HẠNG A NẾNH MỘT").await;
    type_name(&second, NAME, "HẠNG A NẾNH HAI").await;
    type_name(&second, USUAL, "Nếnh").await;
    turn(&second).await;

    // The first phone learns of it, and keeps both texts.
    wait::until("the second phone's version has arrived", || async {
        turn(&first).await;
        go(&first, "#/khai").await;
        let heard = || async { first.text().await.contains("Có thư về bản khai của bạn").then_some(()) };
        wait::within(std::time::Duration::from_secs(5), heard).await
    })
    .await;
    read_more(&first, &first_key).await;
    first.press(NAMES).await;
    first.see("Mục này được sửa ở hai máy").await;
    assert_eq!(first.value(USUAL).await, "Nếnh", "what one phone alone wrote is there");
    let shown = first.value(NAME).await;
    let other = if shown.ends_with("MỘT") {
        "HẠNG A NẾNH HAI"
    } else {
        "HẠNG A NẾNH MỘT"
    };
    first.see(other).await;
    harness::axe::assert_accessible(&first, "a place with two texts").await;

    // Nothing is handed in before somebody has chosen.
    first.press("Bản khai").await;
    first.see("1 chỗ có hai bản").await;
    first.press("Nộp cho chi bộ").await;
    first.press("Nộp cho chi bộ").await;
    first.see("Còn 1 mục có hai bản. Bạn chọn xong từng mục rồi nộp.").await;
    go(&first, "#/soat").await;
    first.press("Dùng bản kia").await;
    first.see(&shown).await;
    first.press("Bỏ bản kia").await;
    first.press("Bản khai").await;
    first.press(NAMES).await;
    assert_eq!(first.value(NAME).await, other);
    first.press("Bản khai").await;
    hand_in(&first).await;

    // The choice arrives on the second phone in the middle of a word, and waits until the field is left.
    go(&second, "#/khai").await;
    second.press(NAMES).await;
    let before = second.value(NAME).await;
    second.type_on(USUAL, " Lềnh").await;
    let letters =
        "return performance.getEntriesByType('resource').filter((it) => it.name.endsWith('/v1/letter')).length";
    let sent = second.run(letters, vec![]).await.as_u64();
    second.signal_returns().await;
    wait::until("a letter was answered", || async {
        (second.run(letters, vec![]).await.as_u64() > sent).then_some(())
    })
    .await;
    assert_eq!(second.value(NAME).await, before);
    second.key(thirtyfour::Key::Tab).await;
    second.run("document.activeElement.blur()", vec![]).await;
    wait::until("the other phone's choice", || async {
        (second.value(NAME).await == other).then_some(())
    })
    .await;
    assert_eq!(second.value(USUAL).await, "Nếnh Lềnh", "what was typed meanwhile stays");
    assert_eq!(first.faults().await, Vec::<String>::new());
    assert_eq!(second.faults().await, Vec::<String>::new());
    one.close().await;
    two.close().await;
}
