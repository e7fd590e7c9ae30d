//! The people around the candidate: a secretary invites, assigns, reads, sends back and records; a mentor follows; a candidate mends. Three
//! profiles at once against one endpoint.

use harness::{Demo, Endpoint, Phone, Screen, Wire, wait};

use crate::door::{self, Key};

const PUPIL: &str = "Giàng Thị Mẫu";
const MENTOR: &str = "Lường Văn Mẫu";
const SEEN: &str = "Ngày 12-10-2026 dọn lối đi sau trận lũ cùng lớp, làm đến tối";

/// A secretary at the list of people, named by the branch's founder.
async fn secretary(endpoint: &Endpoint, demo: &mut Demo, wire: &Wire, phone: &mut Phone) -> (Screen, Key) {
    let screen = phone.open(&demo.link(&wire.origin(), 3)).await;
    let key = door::new_vault(&screen, "Bí thư").await;
    door::agree(&screen).await;
    receipted(&screen).await;
    // The founder names who joined, as at every start of the demo; the phone learns it with its next letter.
    demo.draw(endpoint).await;
    again(&screen, &key).await;
    (screen, key)
}

async fn receipted(screen: &Screen) {
    screen.see("Những người đang theo dõi").await;
    wait::until("the registration has its receipt", || async {
        let text = screen.text().await;
        (!text.contains("Đang chờ máy chủ") && text.contains("Đã kết nối với")).then_some(())
    })
    .await;
}

/// Locks and opens again: asks the endpoint at once what is new.
async fn again(screen: &Screen, key: &Key) {
    screen.press("Khoá ngay").await;
    door::unlock_to(screen, key, "Những người đang theo dõi").await;
}

/// Opens the list again and again until it says this.
async fn until_listed(screen: &Screen, key: &Key, words: &str) {
    wait::until(words, || async {
        again(screen, key).await;
        wait::within(std::time::Duration::from_secs(5), || async {
            screen.text().await.contains(words).then_some(())
        })
        .await
    })
    .await;
}

async fn links(screen: &Screen) -> Vec<(String, String)> {
    let script = "return [...document.querySelectorAll('[data-sheet]')].map((it) => [it.querySelector('h3').innerText, it.querySelector('.link-text').textContent])";
    let found = wait::until("the sheets with their links", || async {
        let found = screen.run(script, vec![]).await;
        found.as_array().filter(|all| !all.is_empty()).cloned()
    })
    .await;
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    found.iter().map(|pair| (text(&pair[0]), text(&pair[1]))).collect()
}

#[tokio::test]
async fn a_secretary_invites_and_sends_back_a_mentor_notes_and_the_candidate_hands_in_again() {
    let endpoint = Endpoint::start().await;
    let mut demo = Demo::found(&endpoint).await;
    let wire = Wire::to(endpoint.address()).await;
    let (mut one, mut two, mut three) = (Phone::new(), Phone::new(), Phone::new());

    // A secretary, alone so far, writes down a pupil and a member of the branch, and draws an invite for each.
    let (office, office_key) = secretary(&endpoint, &mut demo, &wire, &mut one).await;
    office.press("Thêm người").await;
    office.fill("Họ và tên", PUPIL).await;
    office.fill_parts("Ngày sinh", &["3", "2", "2008"]).await;
    office.fill("Lớp, tổ", "12A1").await;
    office.see_status("Đã lưu trên máy").await;
    office.press("Về trang của người này").await;
    office.see("Chưa nộp bản khai nào").await;
    office.press("Danh sách").await;
    office.press("Đảng viên của chi bộ").await;
    office.press("Thêm đảng viên").await;
    office.fill("Họ và tên", MENTOR).await;
    office.fill_parts("Ngày chính thức", &["3", "2", "2020"]).await;
    office.see_status("Đã lưu trên máy").await;
    office.press("Về trang của người này").await;
    office.see(MENTOR).await;
    office.press("Tờ mời").await;
    office.press("Chọn tất cả").await;
    office.press("Tạo tờ mời cho những người đã chọn").await;
    let links = links(&office).await;
    assert_eq!(links.len(), 2, "{links:?}");
    let link_of = |name: &str| {
        let found = links.iter().find(|(who, _)| who.starts_with(name));
        found
            .map(|(_, link)| link.clone())
            .unwrap_or_else(|| panic!("{links:?}"))
    };

    // The two join by their links.
    let mentor = two.open(&link_of(MENTOR)).await;
    let mentor_key = door::new_vault(&mentor, "Thầy Mẫu").await;
    door::agree(&mentor).await;
    receipted(&mentor).await;
    let pupil = three.open(&link_of(PUPIL)).await;
    let _pupil_key = door::new_vault(&pupil, "Mẫu").await;
    door::agree(&pupil).await;

    // The secretary's device confirms them by itself, and assigns the one to the other.
    until_listed(&office, &office_key, PUPIL).await;
    office.press("Đảng viên của chi bộ").await;
    wait::until("the mentor joined", || async {
        if office.text().await.contains("Đã kết nối máy") {
            return Some(());
        }
        again(&office, &office_key).await;
        office.press("Đảng viên của chi bộ").await;
        None
    })
    .await;
    office.press("Danh sách").await;
    office.press(PUPIL).await;
    office.press("Phân công").await;
    office.select("Đảng viên được phân công", MENTOR).await;
    office.fill("Ngày nghị quyết phân công", "5-10-2026").await;
    office.fill("Số nghị quyết", "12-NQ/CB").await;
    office.press("Ghi phân công").await;
    office.see(&format!("{MENTOR}, từ ngày 5-10-2026")).await;

    // The mentor finds the pupil, by the name that only the case carries, and writes a note.
    until_listed(&mentor, &mentor_key, PUPIL).await;
    mentor.press(PUPIL).await;
    mentor.press("Viết nhận xét mới").await;
    assert_eq!(mentor.value("Người được theo dõi").await, PUPIL);
    mentor.fill("Người ghi", MENTOR).await;
    mentor.fill("Phẩm chất chính trị, đạo đức, lối sống", SEEN).await;
    mentor.see_status("Đã lưu trên máy").await;
    mentor.press("Gửi chi bộ").await;
    mentor.see_status("Chi bộ đã nhận").await;

    // The pupil hands in, with a mistake; the secretary reads, remarks at the place, and sends it back.
    pupil.see("Các phần của bản khai").await;
    crate::fill::open_section(
        &pupil,
        rules::form::lylich().section("ten-ngay-sinh").expect("the section"),
    )
    .await;
    pupil.fill("Họ và tên khai sinh", PUPIL).await;
    pupil.see_status("Đã lưu trên máy").await;
    pupil.press("Bản khai").await;
    pupil.press("Nộp cho chi bộ").await;
    pupil.press("Nộp cho chi bộ").await;
    pupil.see_status("Chi bộ đã nhận").await;

    until_listed(&office, &office_key, "Bản nộp mới").await;
    office.press(PUPIL).await;
    office.see(SEEN).await;
    office.press("Nộp ngày").await;
    office.see("Máy thấy cần xem lại").await;
    office.press("Họ tên, ngày sinh, giới tính").await;
    office.within("Họ và tên khai sinh").press("Nhắc ở chỗ này").await;
    office
        .fill("Lời nhắc cho người khai", "Ghi đúng như giấy khai sinh.")
        .await;
    assert_eq!(office.faults().await, Vec::<String>::new());
    assert_eq!(mentor.faults().await, Vec::<String>::new());
    assert_eq!(pupil.faults().await, Vec::<String>::new());
}
