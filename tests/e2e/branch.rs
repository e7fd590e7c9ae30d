//! The people around the candidate: a secretary invites, assigns, reads, sends back and records; a mentor follows; a candidate mends. Three
//! profiles at once against one endpoint.

use harness::{Demo, Endpoint, Phone, Screen, Wire, wait};

use crate::{
    back,
    door::{self, Key},
};

const PUPIL: &str = "Giàng Thị Mẫu";
const MENTOR: &str = "Lường Văn Mẫu";
const MENDED: &str = "GIÀNG THỊ MẪU MỘT";
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
pub async fn again(screen: &Screen, key: &Key) {
    screen.press("Khoá ngay").await;
    door::unlock_to(screen, key, "Những người đang theo dõi").await;
}

/// Asks for what is new, as when a signal comes back, until something is there.
pub async fn until_arrived<F: Future<Output = bool>>(screen: &Screen, what: &str, is_there: impl Fn() -> F) {
    wait::until(what, || async {
        screen.signal_returns().await;
        let there = || async { is_there().await.then_some(()) };
        wait::within(std::time::Duration::from_secs(5), there).await
    })
    .await;
}

/// Asks for what is new until the list says this.
pub async fn until_listed(screen: &Screen, words: &str) {
    back::go(screen, "#/").await;
    until_arrived(screen, words, async || screen.text().await.contains(words)).await;
}

/// A person of whom only the name is known, from the list and back to it.
pub async fn add(office: &Screen, name: &str) {
    office.press("Thêm người").await;
    office.fill("Họ và tên", name).await;
    office.see_status("Đã lưu trên máy").await;
    office.press("Về trang của người này").await;
    office.press("Danh sách").await;
}

/// Sheets for everybody who is written down, from a page that leads to them: names, and links.
pub async fn links(screen: &Screen) -> Vec<(String, String)> {
    screen.press("Tờ mời").await;
    screen.press("Chọn tất cả").await;
    screen.press("Tạo tờ mời cho những người đã chọn").await;
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
    let pupils_wire = Wire::to(endpoint.address()).await;
    let (mut one, mut two, mut three) = (Phone::new(), Phone::new(), Phone::new());

    // A secretary, alone so far, writes down a pupil and a member of the branch, and draws an invite for each.
    let (office, _) = secretary(&endpoint, &mut demo, &wire, &mut one).await;
    office.press("Thêm người").await;
    office.fill("Họ và tên", PUPIL).await;
    office.fill_parts("Ngày sinh", &["3", "2", "2007"]).await;
    office.choose("nữ").await;
    office.choose("học sinh").await;
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
    door::new_vault(&mentor, "Thầy Mẫu").await;
    door::agree(&mentor).await;
    receipted(&mentor).await;
    let link = link_of(PUPIL).replace(&wire.origin(), &pupils_wire.origin());
    let pupil = three.open(&link).await;
    let pupil_key = door::new_vault(&pupil, "Mẫu").await;
    door::agree(&pupil).await;

    // The secretary's device confirms them by itself, and assigns the one to the other.
    until_listed(&office, PUPIL).await;
    office.press("Đảng viên của chi bộ").await;
    until_arrived(&office, "the mentor joined", async || {
        office.text().await.contains("Đã kết nối máy")
    })
    .await;
    office.press("Danh sách").await;
    office.press(PUPIL).await;
    office.press("Phân công").await;
    office.select("Đảng viên được phân công", MENTOR).await;
    office.fill("Ngày nghị quyết phân công", "20-10-2024").await;
    office.fill("Số nghị quyết", "12-NQ/CB").await;
    office.press("Ghi phân công").await;
    office.see(&format!("{MENTOR}, từ ngày 20-10-2024")).await;

    // The mentor finds the pupil, by the name that only the case carries, and writes a note.
    until_listed(&mentor, PUPIL).await;
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

    until_listed(&office, "Bản nộp mới").await;
    office.press(PUPIL).await;
    office.see(SEEN).await;
    office.press("Nộp ngày").await;
    office.see("Máy thấy cần xem lại").await;
    office.press("Họ tên, ngày sinh, giới tính").await;
    office
        .within("Mục 1. Họ và tên khai sinh")
        .press("Nhắc ở chỗ này")
        .await;
    office
        .within("Mục 1. Họ và tên khai sinh")
        .fill("Lời nhắc cho người khai", "Ghi đúng như giấy khai sinh.")
        .await;
    harness::axe::assert_accessible(&office, "the page of a hand-in").await;
    office.press("Trả lại để bổ sung").await;
    office.see("Đã ghi. Máy gửi đi khi có mạng.").await;

    // The pupil finds the remark at the field, mends it without a network, and hands in again.
    wait::until("the word of the branch", || async {
        pupil.press("Khoá ngay").await;
        door::unlock_to(&pupil, &pupil_key, "Các phần của bản khai").await;
        wait::within(std::time::Duration::from_secs(5), || async {
            let text = pupil.text().await;
            text.contains("Có thư về bản khai của bạn").then_some(())
        })
        .await
    })
    .await;
    pupil.press("Tải và mở").await;
    door::unlock_to(&pupil, &pupil_key, "Chi bộ nhắc 1 chỗ").await;
    pupil.offline_ready().await;
    let outage = pupils_wire.cut().await;
    pupil.reload().await;
    door::unlock_to(&pupil, &pupil_key, "Chi bộ nhắc 1 chỗ").await;
    pupil.press("Mở lại để sửa").await;
    pupil.see("Ghi đúng như giấy khai sinh.").await;
    pupil.press("Bản khai").await;
    crate::fill::open_section(
        &pupil,
        rules::form::lylich().section("ten-ngay-sinh").expect("the section"),
    )
    .await;
    pupil.see("Ghi đúng như giấy khai sinh.").await;
    pupil.fill("Họ và tên khai sinh", MENDED).await;
    pupil.press("Đã sửa").await;
    pupil.press("Bản khai").await;
    pupil.press("Nộp cho chi bộ").await;
    pupil.press("Nộp cho chi bộ").await;
    pupil.see_status("Chờ mạng").await;
    let (passed, turned_away) = outage.heal();
    assert!(passed == 0 && turned_away > 0, "mended and handed in without a network");
    pupil.press("Khoá ngay").await;
    door::unlock_to(&pupil, &pupil_key, "Các phần của bản khai").await;
    pupil.see_status("Chi bộ đã nhận").await;

    // The secretary sees what is new, and agrees.
    until_listed(&office, "Bản nộp mới").await;
    office.press(PUPIL).await;
    office.press("Nộp ngày").await;
    office.press("Khác với lần nộp trước").await;
    office.see(&format!("{PUPIL} → {MENDED}")).await;
    office.press("Đồng ý cho chép tay").await;
    office.see("Đã ghi. Máy gửi đi khi có mạng.").await;

    // The way to admission, with the days as they stand on paper; the report of that school year counts it.
    walk(&office).await;
    office.press("Báo cáo").await;
    office.select("Kỳ báo cáo", "Từ ngày đến ngày").await;
    office.fill("Từ ngày", "1-9-2024").await;
    office.fill("Đến hết ngày", "31-8-2025").await;
    office.see("Số liệu từ 1-9-2024 đến 31-8-2025").await;
    for (label, count) in [
        ("Được cấp giấy chứng nhận", "1"),
        ("Cử đi học lớp nhận thức về Đảng", "1"),
        ("Đã kết nạp", "1"),
    ] {
        assert_eq!(counted(&office, label).await, count, "{label}");
    }

    assert_eq!(office.faults().await, Vec::<String>::new());
    assert_eq!(mentor.faults().await, Vec::<String>::new());
    assert_eq!(pupil.faults().await, Vec::<String>::new());
}

/// A day of the way: where it stands in the case, its question, and the step that the list names after it.
type Step = (&'static str, &'static str, [&'static str; 3], &'static str);

/// From the list to the ceremony, in the order in which it happens.
const WAY: [Step; 14] = [
    (
        "Theo dõi, giúp đỡ",
        "Ngày Đoàn (Công đoàn) giới thiệu đoàn viên ưu tú",
        ["6", "10", "2024"],
        "",
    ),
    (
        "Theo dõi, giúp đỡ",
        "Ngày được xét là cảm tình Đảng",
        ["15", "10", "2024"],
        "Được phân công theo dõi, giúp đỡ",
    ),
    (
        "Lớp nhận thức về Đảng",
        "Ngày bắt đầu lớp nhận thức",
        ["20", "1", "2025"],
        "Được cử học lớp nhận thức về Đảng",
    ),
    (
        "Lớp nhận thức về Đảng",
        "Ngày cấp giấy chứng nhận",
        ["24", "1", "2025"],
        "Đã có giấy chứng nhận",
    ),
    (
        "Hồ sơ, thẩm tra, chứng nhận",
        "Ngày được phép làm thủ tục",
        ["20", "3", "2025"],
        "Được phép làm thủ tục",
    ),
    ("Hồ sơ, thẩm tra, chứng nhận", "Ngày làm đơn", ["2", "4", "2025"], ""),
    (
        "Hồ sơ, thẩm tra, chứng nhận",
        "Ngày đóng dấu giáp lai",
        ["10", "4", "2025"],
        "Đang thẩm tra, xác minh",
    ),
    (
        "Hồ sơ, thẩm tra, chứng nhận",
        "Ngày kết luận thẩm tra",
        ["12", "5", "2025"],
        "",
    ),
    (
        "Hồ sơ, thẩm tra, chứng nhận",
        "Ngày cấp ủy chứng nhận (mục 26)",
        ["20", "5", "2025"],
        "Lý lịch đã được chứng nhận",
    ),
    (
        "Giới thiệu, lấy ý kiến",
        "Ngày tổng hợp ý kiến (5-KNĐ)",
        ["28", "5", "2025"],
        "",
    ),
    (
        "Họp xét, biểu quyết",
        "Ngày chi bộ họp xét",
        ["5", "6", "2025"],
        "Chi bộ họp xét",
    ),
    (
        "Họp xét, biểu quyết",
        "Ngày đảng ủy cơ sở họp",
        ["20", "6", "2025"],
        "Đảng ủy cơ sở họp xét",
    ),
    (
        "Quyết định, lễ kết nạp",
        "Ngày quyết định kết nạp",
        ["10", "7", "2025"],
        "Có quyết định kết nạp",
    ),
    (
        "Quyết định, lễ kết nạp",
        "Ngày kết nạp",
        ["25", "7", "2025"],
        "Đảng viên dự bị",
    ),
];

async fn walk(office: &Screen) {
    office.press("Danh sách").await;
    for (section, question, day, step) in WAY {
        office.press(PUPIL).await;
        office.press("Ghi ngày, số văn bản").await;
        office.press(section).await;
        office.fill_parts(question, &day).await;
        office.see_status("Đã lưu trên máy").await;
        office.press("Về trang của người này").await;
        office.press("Danh sách").await;
        office.see("1 người").await;
        let line = door::read(office, ".section-link").await.join(" ");
        assert!(line.contains(step), "after {question}: {line}");
    }
}

/// A figure of the report.
async fn counted(screen: &Screen, label: &str) -> String {
    let rows = door::read(screen, "table tr").await;
    let row = rows.iter().find(|row| row.starts_with(label));
    let row = row.unwrap_or_else(|| panic!("no row “{label}”: {rows:?}"));
    row.split('\t').nth(1).unwrap_or_default().trim().to_owned()
}

/// A founding secretary at the list of people, with the branch's root on this device.
pub async fn founder(endpoint: &Endpoint, wire: &Wire, phone: &mut Phone) -> (Screen, Key) {
    let screen = phone.open(&wire.origin()).await;
    let key = door::new_vault(&screen, "Bí thư").await;

    // The operator's line makes this device the branch's founder.
    let line = Demo::founding_line(endpoint).await;
    screen.press("Kết nối với chi bộ").await;
    screen.fill("Liên kết của chi bộ", &line).await;
    screen.press("Xem nội dung").await;
    wait::until("the second program", || async {
        screen.has("field", "Cụm từ mở kho").await.then_some(())
    })
    .await;
    screen.fill("Cụm từ mở kho", &key.words).await;
    screen.press("Mở kho").await;
    screen.fill("Liên kết của chi bộ", &line).await;
    screen.press("Xem nội dung").await;
    screen.fill("Tên chi bộ", "Chi bộ trường mẫu").await;
    screen.choose("Chi bộ đã có quyết định").await;
    screen.press("Lập chi bộ").await;
    receipted(&screen).await;
    (screen, key)
}

/// A class list of four rows, one of which has no day of birth that can be read.
const CLASS: &str = "STT;Họ và tên;Ngày sinh;Giới tính;Lớp\n1;Vàng Thị Mẫu Một;5/9/2008;Nữ;12A2\n2;Lò Văn Mẫu Hai;17-3-2008;Nam;12A2\n3;Sùng A Mẫu Ba;31/2/2008;Nam;12A2\n4;Hạng Thị Mẫu Bốn;1/1/2009;Nữ;12A2\n";

#[tokio::test]
async fn a_secretary_founds_a_branch_takes_in_a_class_walks_the_way_and_reports() {
    let endpoint = Endpoint::start().await;
    let wire = Wire::to(endpoint.address()).await;
    let mut phone = Phone::new();
    let (screen, key) = founder(&endpoint, &wire, &mut phone).await;
    screen.press("Khoá của chi bộ").await;
    screen.see("Chỉ có một người giữ khoá").await;
    harness::axe::assert_accessible(&screen, "the page of the keys").await;
    screen.press("Danh sách").await;
    screen.offline_ready().await;

    // A class comes in at once, without a network; the row that cannot be read is named, the others stand.
    let outage = wire.cut().await;
    let file = phone.downloads().join("12A2.csv");
    std::fs::create_dir_all(phone.downloads()).expect("a folder");
    std::fs::write(&file, CLASS).expect("the list");
    screen.press("Nhập danh sách lớp").await;
    screen.fill("Tệp danh sách", &file.display().to_string()).await;
    screen.see("Dòng 4 (Sùng A Mẫu Ba)").await;
    screen.press("Thêm 3 người").await;
    screen.see("Đã thêm 3 người").await;
    screen.press("Danh sách").await;
    screen.see("3 người").await;
    screen.fill("Tìm theo tên, lớp", "vang mot").await;
    screen.see("1 trong 3 người").await;

    // The way of one of them: dates as they stand on paper, each step told back, the certificate's end among what runs out.
    screen.press("Vàng Thị Mẫu Một, 12A2").await;
    screen.press("Ghi ngày, số văn bản").await;
    screen.press("Theo dõi, giúp đỡ").await;
    screen
        .fill_parts("Ngày được xét là cảm tình Đảng", &["5", "9", "2025"])
        .await;
    screen.press("Các phần của sổ theo dõi").await;
    screen.press("Lớp nhận thức về Đảng").await;
    screen
        .fill_parts("Ngày bắt đầu lớp nhận thức", &["1", "10", "2025"])
        .await;
    screen
        .fill_parts("Ngày cấp giấy chứng nhận", &["12", "10", "2025"])
        .await;
    screen.see_status("Đã lưu trên máy").await;
    screen.press("Về trang của người này").await;
    screen.see("Đã có giấy chứng nhận").await;
    screen.see("đến hết ngày 12-10-2030").await;
    harness::axe::assert_accessible(&screen, "the page of a person").await;

    // The report counts it, on this device, without a network.
    screen.press("Danh sách").await;
    screen.press("Báo cáo").await;
    screen.select("Kỳ báo cáo", "Từ ngày đến ngày").await;
    screen.fill("Từ ngày", "1-9-2025").await;
    screen.fill("Đến hết ngày", "31-8-2026").await;
    screen.see("Số liệu từ 1-9-2025 đến 31-8-2026").await;
    assert_eq!(counted(&screen, "Được cấp giấy chứng nhận").await, "1");
    assert_eq!(counted(&screen, "Cử đi học lớp nhận thức về Đảng").await, "1");
    assert_eq!(counted(&screen, "Đã kết nạp").await, "0");
    screen.press("Excel (XLSX)").await;
    let (_, sheet) = phone.downloaded("bao-cao-", ".xlsx").await;
    assert!(sheet.starts_with(b"PK"), "a workbook");
    harness::axe::assert_accessible(&screen, "the report").await;

    // Cold, without a network: the second program starts, the vault opens, everybody is there.
    screen.reload().await;
    door::unlock_to(&screen, &key, "Máy đếm trên máy này").await;
    screen.press("Danh sách").await;
    screen.see("3 người").await;
    let (passed, turned_away) = outage.heal();
    assert_eq!(passed, 0, "nothing passed while the network was cut");
    assert!(turned_away > 0, "the device tried");
    assert_eq!(screen.faults().await, Vec::<String>::new());
    phone.close().await;
}
