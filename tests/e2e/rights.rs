//! The rights of whoever hands in, and the keys that what is handed in is sealed to: who fetched it, new keys, deleting what is kept too long.

use harness::{Chair, Demo, Endpoint, Phone, Wire, wait};
use sync::{client::Invitation, kind::Role};

use crate::{
    back::{self, NAME},
    branch, door, whole_way,
};

const PUPIL: &str = "Giàng Thị Mẫu";
const BEFORE: &str = "GIÀNG THỊ MẪU TRƯỚC";
const AFTER: &str = "GIÀNG THỊ MẪU SAU";

#[tokio::test]
async fn a_candidate_sees_offline_who_fetched_what_they_handed_in() {
    let endpoint = Endpoint::start().await;
    let demo = Demo::found(&endpoint).await;
    let wire = Wire::to(endpoint.address()).await;
    let mut phone = Phone::new();
    let (screen, key) = back::candidate(&mut phone, &demo.link(&wire.origin(), 1)).await;
    back::type_name(&screen, NAME, BEFORE).await;
    back::hand_in(&screen).await;

    // Nobody has fetched it yet: the page says so.
    back::go(&screen, "#/du-lieu").await;
    screen.press("Gửi nhờ").await;
    screen.press("Tải và mở").await;
    door::unlock(&screen, &key).await;
    back::go(&screen, "#/du-lieu").await;
    screen.press("Ai đã xem lý lịch của tôi").await;
    screen.see("Bản nộp lúc").await;
    screen.see("Chưa có ai lấy bản này về.").await;

    // The secretary fetches it.
    let mut chair = Chair::of(&demo, &endpoint);
    assert_eq!(chair.hand_ins().await.len(), 1);
    screen.press("Hỏi lại máy chủ").await;
    screen.see("Chi ủy giữ khoá").await;
    screen.see("Lấy về một lần, lúc").await;
    // The operator takes an export along: its owner is told, and that it stays sealed.
    assert_eq!(whole_way::open(&endpoint, demo.key_file()).len(), 1);
    screen.press("Hỏi lại máy chủ").await;
    screen.see("Người vận hành máy chủ").await;
    screen.see("bản trong tệp vẫn khoá").await;
    harness::axe::assert_accessible(&screen, "who fetched it").await;

    // And it is there without a network, after a cold start.
    screen.offline_ready().await;
    let outage = wire.cut().await;
    screen.reload().await;
    door::unlock(&screen, &key).await;
    back::go(&screen, "#/ai-da-xem").await;
    screen.see("Lấy về một lần, lúc").await;
    screen.see("Chưa hỏi được máy chủ.").await;
    assert_eq!(outage.heal().0, 0, "nothing passed while the network was cut");
    assert_eq!(screen.faults().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_secretary_replaces_the_keys_reads_before_and_after_and_deletes_what_is_kept_too_long() {
    let endpoint = Endpoint::start().await;
    let wire = Wire::to(endpoint.address()).await;
    let (mut one, mut two) = (Phone::new(), Phone::new());
    let (office, office_key) = branch::founder(&endpoint, &wire, &mut one).await;
    branch::add(&office, PUPIL).await;
    let links = branch::links(&office).await;
    let (pupil, _) = back::candidate(&mut two, &links[0].1).await;
    back::type_name(&pupil, NAME, BEFORE).await;
    back::hand_in(&pupil).await;
    branch::until_listed(&office, "Bản nộp mới").await;
    office.press(PUPIL).await;
    office.press("Nộp ngày").await;
    office.press("Ghi là đã xem").await;
    office.see("Đã ghi. Máy gửi đi khi có mạng.").await;

    // New keys: one act, which goes on by itself.
    back::go(&office, "#/khoa").await;
    office.see("Khoá bạn đang dùng có từ").await;
    harness::axe::assert_accessible(&office, "the page of the keys").await;
    office.press("Đổi khoá của tôi").await;
    office.press("Bấm lần nữa để tạo khoá mới").await;
    office.see("Đã tạo khoá mới.").await;
    let key = wait::until("both keys in the key file", || async {
        branch::again(&office, &office_key).await;
        back::go(&office, "#/khoa").await;
        office.see("Đổi khoá của tôi").await;
        let under_way = office.text().await;
        if under_way.contains("Đang đổi khoá") || under_way.contains("Đang cho khoá cũ") {
            return None;
        }
        office.press("Lưu tệp khoá").await;
        let (_, file) = one.downloaded("khoa-chi-bo-", ".key").await;
        let keys = String::from_utf8_lossy(&file).matches("AGE-SECRET-KEY-1").count();
        (keys == 2).then_some(file)
    })
    .await;

    // The pupil's phone learns of them and hands in again; both versions are read on the secretary's device.
    back::turn(&pupil).await;
    pupil.press("Bản khai").await;
    pupil.press("Nộp cho chi bộ").await;
    pupil.press("Mở lại để sửa").await;
    back::go(&pupil, "#/").await;
    back::type_name(&pupil, NAME, AFTER).await;
    back::hand_in(&pupil).await;
    branch::until_listed(&office, "Bản nộp mới").await;
    office.press(PUPIL).await;
    office.press("Nộp ngày").await;
    office.press("Khác với lần nộp trước").await;
    office.see(&format!("{BEFORE} → {AFTER}")).await;

    // Without this app: the export opens with the file, what was sealed before and after.
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("chi-bo.key");
    std::fs::write(&file, &key).expect("the key file");
    let opened = whole_way::open(&endpoint, &file);
    let names: Vec<&str> = opened
        .iter()
        .filter_map(|each| each["entries"]["birth_name"].as_str())
        .collect();
    assert_eq!(names, [BEFORE, AFTER]);

    // Dropped from the list long ago: the day of keeping is over, and a signed act deletes.
    back::go(&office, "#/").await;
    office.press(PUPIL).await;
    office.see("Việc xét đang tiếp tục").await;
    office.press("Ghi ngày, số văn bản").await;
    office.press("Quyết định, lễ kết nạp").await;
    office
        .fill_parts("Ngày đưa ra khỏi danh sách", &["1", "9", "2025"])
        .await;
    office.see_status("Đã lưu trên máy").await;
    office.press("Về trang của người này").await;
    office.see("đã quá hạn lưu 1-10-2025").await;
    back::go(&office, "#/luu-giu").await;
    office.see("đã quá hạn lưu 1-10-2025").await;
    harness::axe::assert_accessible(&office, "what is kept until when").await;
    office.press(PUPIL).await;
    office.press("Xoá bản đã nộp của người này").await;
    office.press("Xoá hết các bản nộp").await;
    office.press("Bấm lần nữa để xoá hẳn").await;
    office.see("Chưa nộp bản khai nào").await;
    branch::until_arrived(&office, "the endpoint has dropped the bodies", async || {
        whole_way::open_none(&endpoint, &file)
    })
    .await;
    assert_eq!(office.faults().await, Vec::<String>::new());
    assert_eq!(pupil.faults().await, Vec::<String>::new());
}

/// Letters that this wire has carried so far.
fn letters(wire: &Wire) -> usize {
    let up = std::fs::read(wire.capture().join("up")).unwrap_or_default();
    let start = b"POST /v1/letter";
    up.windows(start.len()).filter(|bytes| bytes == start).count()
}

#[tokio::test]
async fn a_pupil_under_sixteen_connects_with_the_paper_of_the_parents_and_takes_the_consent_back() {
    let endpoint = Endpoint::start().await;
    let demo = Demo::found(&endpoint).await;
    let wire = Wire::to(endpoint.address()).await;
    let invitation = Invitation {
        role: Role::Candidate,
        account: None,
        guardian: true,
    };
    let link = Chair::of(&demo, &endpoint).invite(&invitation, &wire.origin()).await;
    let mut phone = Phone::new();
    let screen = phone.open(&link).await;
    let key = door::new_vault(&screen, "Mẫu").await;

    // Without the paper nothing is connected, and the page says what to do.
    screen.see("Trước khi kết nối, xin bạn đọc").await;
    screen.within("Bạn bao nhiêu tuổi?").choose("Chưa đủ 16 tuổi").await;
    screen.press("Đồng ý").await;
    screen.see("Hãy đưa giấy ấy cho chi bộ và xin tờ mời mới").await;
    harness::axe::assert_accessible(&screen, "the parents' consent").await;
    assert_eq!(letters(&wire), 0, "nothing was sent");
    screen.choose("Cha, mẹ hoặc người giám hộ đã ký giấy đồng ý").await;
    screen.press("Đồng ý").await;
    screen.see("Các phần của bản khai").await;
    back::type_name(&screen, NAME, BEFORE).await;
    back::hand_in(&screen).await;
    assert_eq!(whole_way::open(&endpoint, demo.key_file()).len(), 1);

    // The consent is taken back, and what was handed in with it.
    screen.offline_ready().await;
    back::go(&screen, "#/du-lieu").await;
    screen.press("Gửi nhờ").await;
    screen.press("Tải và mở").await;
    door::unlock(&screen, &key).await;
    back::go(&screen, "#/du-lieu").await;
    screen.press("Rút lại đồng ý").await;
    screen.see("Từ nay máy này không gửi gì nữa.").await;
    screen.press("Rút đồng ý và xoá bản đã nộp").await;
    wait::until("nothing of it is left at the branch", || async {
        whole_way::open_none(&endpoint, demo.key_file()).then_some(())
    })
    .await;

    // The record stays on the phone, and from now on nothing leaves it.
    screen.see("Bạn đã rút lại đồng ý: không có gì được gửi nữa.").await;
    harness::axe::assert_accessible(&screen, "a consent that was taken back").await;
    back::go(&screen, "#/khai").await;
    let before = letters(&wire);
    back::type_name(&screen, NAME, AFTER).await;
    screen.reload().await;
    door::unlock(&screen, &key).await;
    screen.press("Họ tên, ngày sinh, giới tính").await;
    assert_eq!(screen.value(NAME).await, AFTER);
    assert_eq!(letters(&wire), before, "nothing was sent any more");
    assert_eq!(screen.faults().await, Vec::<String>::new());
    phone.close().await;
}

#[tokio::test]
async fn a_second_holder_of_the_keys_reads_what_was_handed_in_and_remarked_before() {
    const SECOND: &str = "Lường Văn Mẫu";
    const REMARK: &str = "Ghi đúng như giấy khai sinh.";
    const HAND_ON: &str = "Khoá thêm";
    let endpoint = Endpoint::start().await;
    let wire = Wire::to(endpoint.address()).await;
    let (mut one, mut two, mut three) = (Phone::new(), Phone::new(), Phone::new());
    let (office, _) = branch::founder(&endpoint, &wire, &mut one).await;
    branch::add(&office, PUPIL).await;
    office.press("Đảng viên của chi bộ").await;
    office.press("Thêm đảng viên").await;
    office.fill("Họ và tên", SECOND).await;
    office.within("Mời làm chi ủy giữ khoá").choose("có").await;
    office.see_status("Đã lưu trên máy").await;
    office.press("Về trang của người này").await;
    let links = branch::links(&office).await;
    let link = |name: &str| {
        links
            .iter()
            .find(|(who, _)| who.starts_with(name))
            .expect("a sheet")
            .1
            .clone()
    };

    // There is only one holder yet: a hand-in comes, and a remark on it.
    let (pupil, _) = back::candidate(&mut two, &link(PUPIL)).await;
    back::type_name(&pupil, NAME, BEFORE).await;
    back::hand_in(&pupil).await;
    branch::until_listed(&office, "Bản nộp mới").await;
    office.press(PUPIL).await;
    office.press("Nộp ngày").await;
    office.press("Họ tên, ngày sinh, giới tính").await;
    let field = office.within("Mục 1. Họ và tên khai sinh");
    field.press("Nhắc ở chỗ này").await;
    field.fill("Lời nhắc cho người khai", REMARK).await;
    office.press("Trả lại để bổ sung").await;
    office.see("Đã ghi. Máy gửi đi khi có mạng.").await;

    // The second joins, and becomes a holder by the act of the first.
    let second = three.open(&link(SECOND)).await;
    door::new_vault(&second, "Thầy Mẫu").await;
    door::agree(&second).await;
    back::go(&office, "#/khoa").await;
    branch::until_arrived(&office, "somebody who waits to be a holder", || {
        office.has("press", "Thêm làm người giữ khoá")
    })
    .await;
    office.press("Thêm làm người giữ khoá").await;
    branch::until_arrived(&office, "what came before can be handed on", || {
        office.has("press", HAND_ON)
    })
    .await;
    office.press(HAND_ON).await;
    office.see("Đã ghi").await;
    branch::until_arrived(&second, "the hand-in on the second holder's list", || {
        second.has("press", PUPIL)
    })
    .await;
    second.press(PUPIL).await;
    second.press("Nộp ngày").await;
    second.press("Họ tên, ngày sinh, giới tính").await;
    second.see(REMARK).await;
    assert_eq!(second.value(NAME).await, BEFORE);
    assert_eq!(second.faults().await, Vec::<String>::new());
    for phone in [&mut one, &mut two, &mut three] {
        phone.close().await;
    }
}
