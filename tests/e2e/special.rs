//! What a move, a contract and the probation ask besides the common way: written by secretaries on the pages of two branches, told back with
//! its last day and its rule, printed as the certificate that travels on paper, and still there after a cold start.

use harness::{Endpoint, Phone, Screen, Wire, axe};
use serde_json::json;

use crate::{
    back,
    branch::{self, again},
    door::{self, Key},
};

const PUPIL: &str = "Giàng Thị Mẫu";
const MENTOR: &str = "Lường Văn Mẫu";
const TEACHER: &str = "Cà Văn Mẫu";
const SHEET: &str = "Giấy chứng nhận đang được giúp đỡ";
/// The lines of the certificate, each as its label and what stands below.
const FACTS: &str =
    "return [...document.querySelectorAll('dl > div')].map((it) => it.innerText.replace(/\\s+/g, ' ').trim())";
const SHOWN: &str = "return [...document.querySelectorAll(arguments[0])].filter((it) => it.checkVisibility()).length";

/// A person of a group, written down on the page "Thêm người".
async fn add(office: &Screen, name: &str, group: &str, unit: &str) {
    office.press("Thêm người").await;
    office.fill("Họ và tên", name).await;
    office.fill_parts("Ngày sinh", &["3", "2", "2007"]).await;
    office.within("Nhóm").choose(group).await;
    office.fill("Lớp, tổ", unit).await;
    kept(office).await;
    office.see("Chưa nộp bản khai nào").await;
}

/// Opens a section of the case, from the page of its person.
async fn section(office: &Screen, title: &str) {
    office.press("Ghi ngày, số văn bản").await;
    office.press(title).await;
}

/// What was typed is on the disk; back on the person's page.
async fn kept(office: &Screen) {
    office.see_status("Đã lưu trên máy").await;
    office.press("Về trang của người này").await;
}

/// Answers under a legend that is asked as days, one after the other.
async fn days(office: &Screen, answers: &[(&str, [&str; 3])]) {
    for (question, day) in answers {
        office.fill_parts(question, day).await;
    }
}

/// Starts the page cold and comes back to the person.
async fn cold(office: &Screen, key: &Key, name: &str) {
    back::go(office, "#/").await;
    office.reload().await;
    door::unlock_to(office, key, name).await;
    office.press(name).await;
}

/// The step of a part, from what is to be done to the rule it rests on.
async fn sees_step(office: &Screen, what: &str, mark: &str, rule: &str) {
    let steps = door::read(office, ".way__step").await;
    let step = steps.iter().find(|step| step.starts_with(what));
    let step = step.unwrap_or_else(|| panic!("no step “{what}”: {steps:#?}"));
    assert!(step.contains(mark) && step.contains(&format!("({rule}: ")), "{step}");
}

#[tokio::test]
async fn a_certificate_of_help_goes_on_paper_from_one_branch_to_another() {
    let (there, here) = (Endpoint::start().await, Endpoint::start().await);
    let (wire_there, wire_here) = (Wire::to(there.address()).await, Wire::to(here.address()).await);
    let (mut one, mut two) = (Phone::new(), Phone::new());

    // The branch that lets the pupil go: a helper by resolution, the days of the way, the move.
    let (office, key) = branch::founder(&there, &wire_there, &mut one).await;
    office.press("Đảng viên của chi bộ").await;
    office.press("Thêm đảng viên").await;
    office.fill("Họ và tên", MENTOR).await;
    office.fill_parts("Ngày chính thức", &["3", "2", "2020"]).await;
    kept(&office).await;
    office.see(MENTOR).await;
    office.press("Danh sách").await;
    add(&office, PUPIL, "học sinh", "12A1").await;
    office.press("Phân công").await;
    office.select("Đảng viên được phân công", MENTOR).await;
    office.fill("Ngày nghị quyết phân công", "20-10-2024").await;
    office.fill("Số nghị quyết", "12-NQ/CB").await;
    office.press("Ghi phân công").await;
    office.see(&format!("{MENTOR}, từ ngày 20-10-2024")).await;
    section(&office, "Theo dõi, giúp đỡ").await;
    days(&office, &[("Ngày được xét là cảm tình Đảng", ["15", "10", "2024"])]).await;
    office.fill("Số nghị quyết", "11-NQ/CB").await;
    kept(&office).await;
    section(&office, "Lớp nhận thức về Đảng").await;
    days(&office, &[("Ngày cấp giấy chứng nhận", ["24", "1", "2025"])]).await;
    office.fill("Số giấy chứng nhận", "45/GCN").await;
    kept(&office).await;
    assert!(!office.text().await.contains(SHEET), "nobody moves yet");
    section(&office, "Chuyển đơn vị").await;
    days(&office, &[("Ngày quyết định chuyển đơn vị", ["13", "10", "2025"])]).await;
    office.within("Hồ sơ đã gửi cấp trên").choose("có").await;
    kept(&office).await;

    // What is due, by which rule: fifteen working days after the thirteenth of October.
    office.see("Chuyển đơn vị").await;
    sees_step(
        &office,
        "Ghi ngày quyết định chuyển đơn vị",
        "đã ghi: 13-10-2025",
        "TRF-01",
    )
    .await;
    let late = "đã quá ngày 3-11-2025, xin cấp ủy xem lại";
    sees_step(&office, "Chuyển hồ sơ đến nơi mới", late, "TRF-03").await;
    sees_step(&office, "Cấp giấy chứng nhận đang được giúp đỡ", "chưa ghi", "TRF-01").await;
    axe::assert_accessible(&office, "the page of somebody who moves").await;

    // The certificate: what is noted, and dots where nothing is.
    office.press(SHEET).await;
    office
        .see("Giấy chứng nhận đang được tổ chức đảng giúp đỡ, xem xét kết nạp")
        .await;
    let written = certificate(&office).await;
    for fact in [
        "Họ và tên Giàng Thị Mẫu",
        "Ngày sinh 3-2-2007",
        "Đơn vị đang học tập, công tác 12A1",
        "Ngày được xét là cảm tình Đảng 15-10-2024",
        "Số nghị quyết của chi bộ 11-NQ/CB",
        "Ngày Đoàn (Công đoàn) giới thiệu ………………………………",
        "Ngày cấp giấy chứng nhận lớp nhận thức về Đảng 24-1-2025",
        "Số giấy chứng nhận lớp 45/GCN",
        "Ngày quyết định chuyển đơn vị 13-10-2025",
        "Đảng viên được phân công giúp đỡ Lường Văn Mẫu, từ 20-10-2024 đến nay (nghị quyết số 12-NQ/CB)",
    ] {
        assert!(written.iter().any(|line| line == fact), "{fact}: {written:#?}");
    }
    assert!(
        office.text().await.contains("Chi bộ trường mẫu"),
        "whose certificate it is"
    );
    axe::assert_accessible(&office, "the sheet of the certificate").await;

    // On paper there is nothing to tap; after a cold start the same stands there.
    one.cdp("Emulation.setEmulatedMedia", json!({ "media": "print" })).await;
    assert_eq!(
        office.run(SHOWN, vec![json!("button, .bar, .no-print")]).await,
        json!(0)
    );
    let printed = one.cdp("Page.printToPDF", json!({})).await;
    let pages = data_encoding::BASE64.decode(printed["data"].as_str().unwrap_or_default().as_bytes());
    assert!(pages.is_ok_and(|pdf| pdf.starts_with(b"%PDF")));
    one.cdp("Emulation.setEmulatedMedia", json!({ "media": "screen" }))
        .await;
    cold(&office, &key, PUPIL).await;
    sees_step(&office, "Chuyển hồ sơ đến nơi mới", late, "TRF-03").await;
    office.press(SHEET).await;
    office.see("từ 20-10-2024 đến nay").await;
    assert_eq!(certificate(&office).await, written);

    // Sent: the step is done, and its term runs no more.
    back::go(&office, "#/").await;
    office.press(PUPIL).await;
    section(&office, "Chuyển đơn vị").await;
    days(
        &office,
        &[
            ("Ngày giấy chứng nhận đang được giúp đỡ", ["20", "10", "2025"]),
            ("Ngày chuyển tiếp hồ sơ", ["21", "10", "2025"]),
        ],
    )
    .await;
    kept(&office).await;
    office.see("đã ghi: 21-10-2025").await;
    sees_step(&office, "Chuyển hồ sơ đến nơi mới", "đã ghi: 21-10-2025", "TRF-03").await;
    let issued = "Cấp giấy chứng nhận đang được giúp đỡ";
    sees_step(&office, issued, "đã ghi: 20-10-2025", "TRF-01").await;
    assert!(!office.text().await.contains("đã quá ngày 3-11-2025"));
    assert_eq!(office.faults().await, Vec::<String>::new());

    // The branch that takes the pupil over writes down what the paper says, and the months of help count.
    let (other, other_key) = branch::founder(&here, &wire_here, &mut two).await;
    add(&other, PUPIL, "học sinh", "12B").await;
    assert!(!other.text().await.contains("nơi cũ"), "came from nowhere yet");
    section(&other, "Tiếp nhận từ đơn vị khác").await;
    other.fill("Đơn vị chuyển đến từ", "Chi bộ trường mẫu").await;
    other.fill("Số giấy chứng nhận đang được giúp đỡ", "7-CN/CB").await;
    days(
        &other,
        &[
            ("Ngày cấp giấy chứng nhận ấy", ["20", "10", "2025"]),
            ("Ngày chi bộ tiếp nhận", ["27", "10", "2025"]),
            ("Được giúp đỡ ở nơi cũ từ ngày", ["20", "10", "2024"]),
            ("Được giúp đỡ ở nơi cũ đến ngày", ["13", "10", "2025"]),
        ],
    )
    .await;
    other.fill("Đảng viên giúp đỡ ở nơi cũ", MENTOR).await;
    kept(&other).await;
    let taken_over = [
        "Đơn vị chuyển đến từ Chi bộ trường mẫu",
        "Số giấy chứng nhận đang được giúp đỡ 7-CN/CB",
        "Ngày cấp giấy chứng nhận ấy 20-10-2025",
        "Ngày chi bộ tiếp nhận 27-10-2025",
        "Đảng viên giúp đỡ ở nơi cũ Lường Văn Mẫu",
    ];
    let help = "Thời gian được giúp đỡ: nơi cũ 11 tháng, ở đây 0 tháng; cộng lại 11 tháng.";
    other.see(help).await;
    let noted = certificate(&other).await;
    for fact in taken_over {
        assert!(noted.iter().any(|line| line == fact), "{fact}: {noted:#?}");
    }
    axe::assert_accessible(&other, "the page of somebody who came").await;
    cold(&other, &other_key, PUPIL).await;
    other.see(help).await;
    assert_eq!(certificate(&other).await, noted);
    assert_eq!(other.faults().await, Vec::<String>::new());
}

async fn certificate(screen: &Screen) -> Vec<String> {
    let lines = screen.run(FACTS, vec![]).await;
    let lines = lines.as_array().cloned().unwrap_or_default();
    lines
        .iter()
        .filter_map(|line| line.as_str().map(str::to_owned))
        .collect()
}

#[tokio::test]
async fn a_contract_and_a_probation_are_told_step_by_step_with_their_rules() {
    let endpoint = Endpoint::start().await;
    let wire = Wire::to(endpoint.address()).await;
    let mut phone = Phone::new();
    let (office, key) = branch::founder(&endpoint, &wire, &mut phone).await;

    // A teacher on a contract: where they are to be considered is the branch's to settle.
    add(&office, TEACHER, "giáo viên", "Tổ Toán").await;
    assert!(!office.text().await.contains("TRF-10"), "no contract is noted yet");
    section(&office, "Hợp đồng, biệt phái, học tập trung").await;
    office.within("Loại hợp đồng").choose("theo năm học").await;
    office.fill("Số tháng đã làm liên tục", "8").await;
    kept(&office).await;
    office.see("Hợp đồng, biệt phái").await;
    sees_step(&office, "Ghi loại hợp đồng", "đã ghi: theo năm học", "TRF-10").await;
    sees_step(&office, "Ghi số tháng đã làm liên tục", "đã ghi: 8", "TRF-10").await;
    sees_step(&office, "Chi bộ xác định nơi xem xét", "chưa ghi", "TRF-10").await;
    assert!(
        !office.text().await.contains("TRF-11"),
        "a rule of one province is not asked of another"
    );
    section(&office, "Hợp đồng, biệt phái, học tập trung").await;
    office.fill("Số tháng biệt phái", "14").await;
    kept(&office).await;
    office.see("đã ghi: 14").await;
    sees_step(&office, "Có nhận xét của nơi cử đi", "chưa ghi", "TRF-12").await;

    // The same teacher a year after the ceremony: terms run from it, thirty working days each.
    section(&office, "Quyết định, lễ kết nạp").await;
    days(&office, &[("Ngày kết nạp", ["8", "9", "2025"])]).await;
    kept(&office).await;
    office.see("Thời gian dự bị, công nhận chính thức").await;
    let late = "đã quá ngày 20-10-2025, xin cấp ủy xem lại";
    sees_step(&office, "Lập lý lịch đảng viên, phiếu đảng viên", late, "PRB-10").await;
    sees_step(&office, "Chi bộ xét công nhận chính thức", "20-10-2026", "PRB-02").await;
    axe::assert_accessible(&office, "the page of somebody on probation").await;
    section(&office, "Thời gian dự bị, công nhận chính thức").await;
    days(
        &office,
        &[
            ("Ngày bản tự kiểm điểm (10-KNĐ)", ["9", "9", "2026"]),
            ("Ngày bản nhận xét (11-KNĐ)", ["10", "9", "2026"]),
            ("Ngày tổng hợp ý kiến (12-KNĐ)", ["11", "9", "2026"]),
            ("Ngày giấy chứng nhận lớp đảng viên mới", ["3", "2", "2026"]),
            ("Ngày chi bộ xét công nhận", ["15", "9", "2026"]),
            ("Ngày quyết định công nhận", ["12", "10", "2026"]),
            ("Ngày công nhận chính thức", ["8", "9", "2026"]),
            ("Tuổi đảng tính từ", ["8", "9", "2025"]),
            ("Ngày lập lý lịch đảng viên, phiếu đảng viên", ["1", "10", "2025"]),
        ],
    )
    .await;
    kept(&office).await;
    office.see("đã ghi: 12-10-2026").await;

    // All of it after a cold start, in the list as well.
    cold(&office, &key, TEACHER).await;
    for (what, mark, rule) in [
        ("Ghi loại hợp đồng", "đã ghi: theo năm học", "TRF-10"),
        ("Ghi số tháng biệt phái", "đã ghi: 14", "TRF-12"),
        ("Lập lý lịch đảng viên, phiếu đảng viên", "đã ghi: 1-10-2025", "PRB-10"),
        ("Có giấy chứng nhận lớp đảng viên mới", "đã ghi: 3-2-2026", "PRB-04"),
        ("Đảng viên viết bản tự kiểm điểm", "đã ghi: 9-9-2026", "PRB-01"),
        ("Người giúp đỡ viết bản nhận xét", "đã ghi: 10-9-2026", "PRB-05"),
        ("Chi bộ xét công nhận chính thức", "đã ghi: 15-9-2026", "PRB-02"),
        ("Có quyết định công nhận chính thức", "đã ghi: 12-10-2026", "DL-02"),
        ("Ghi ngày công nhận chính thức", "đã ghi: 8-9-2026", "PRB-03"),
        ("Ghi ngày tính tuổi đảng", "đã ghi: 8-9-2025", "PRB-09"),
    ] {
        sees_step(&office, what, mark, rule).await;
    }
    back::go(&office, "#/").await;
    office.see("Đảng viên chính thức").await;
    again(&office, &key).await;
    assert_eq!(office.faults().await, Vec::<String>::new());
}
