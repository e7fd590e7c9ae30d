//! A parcel goes from a phone that never has a signal to one that travels by what its screen shows, and its answer comes home the same
//! way: two real profiles, the pictures of one screen before the camera of the other.

use harness::{Demo, Endpoint, Phone, Screen, Wire, wait};
use serde_json::json;

use crate::{
    back::go,
    courier::{NAME, PAGE, hand_in, ready, second_program},
    screens::whole,
    whole_way::open,
};

/// Pixels at an edge of what the camera sees.
const EDGE: f64 = 640.0;
/// How often the camera gives one picture, thirty a second.
const TIMES: usize = 4;
/// A hand is never still: each frame is seen with so many pixels of the page around it, one after the other.
const AROUND: [f64; 3] = [6.0, 13.0, 23.0];

/// What a camera gives of the code that the screen shows just now.
async fn picture(phone: &Phone, screen: &Screen) -> Vec<u8> {
    let script = "const code = document.querySelector('svg[aria-label^=\"Mã QR, khung\"]');
        code.scrollIntoView({ block: 'center', behavior: 'instant' });
        const it = code.getBoundingClientRect(); return [it.x + scrollX, it.y + scrollY, it.width]";
    let place = screen.run(script, vec![]).await;
    let [x, y, width] = [0, 1, 2].map(|n| place[n].as_f64().expect("a number"));
    let mut pictures = vec![];
    for around in AROUND {
        let edge = width + 2.0 * around;
        let clip = json!({ "x": x - around, "y": y - around, "width": edge, "height": edge, "scale": EDGE / edge });
        let words = json!({ "format": "jpeg", "quality": 85, "clip": clip });
        let taken = phone.cdp("Page.captureScreenshot", words).await;
        let bytes = data_encoding::BASE64.decode(taken["data"].as_str().unwrap_or_default().as_bytes());
        pictures.extend(bytes.expect("base64").repeat(TIMES));
    }
    pictures
}

/// Every frame of the film that this screen shows, taken one after the other; the film stands.
async fn pictures(phone: &Phone, screen: &Screen) -> Vec<Vec<u8>> {
    let text = screen.text().await;
    let count = text
        .split("Khung 1 trên ")
        .nth(1)
        .and_then(|rest| rest.split(' ').next()?.parse().ok());
    let count: usize = count.unwrap_or_else(|| panic!("no film at its beginning in: {text}"));
    let mut taken = vec![];
    for number in 1..=count {
        screen.see(&format!("Khung {number} trên {count}")).await;
        taken.push(picture(phone, screen).await);
        screen.press("Khung sau").await;
    }
    taken
}

/// Puts pictures before a phone's camera and switches it on.
async fn point(phone: &Phone, screen: &Screen, pictures: &[&Vec<u8>]) {
    let film: Vec<u8> = pictures.iter().flat_map(|picture| picture.iter().copied()).collect();
    std::fs::write(phone.camera(), film).expect("the film");
    screen.press("Quét bằng máy ảnh").await;
}

/// Whether this phone's page may use the camera.
async fn allow(phone: &Phone, screen: &Screen, so: bool) {
    let origin = screen.run("return location.origin", vec![]).await;
    let setting = if so { "granted" } else { "denied" };
    let words = json!({ "origin": origin, "permission": { "name": "camera" }, "setting": setting });
    phone.cdp("Browser.setPermission", words).await;
}

/// Every camera that the page switches on from now on is known to the test.
async fn watch_cameras(screen: &Screen) {
    let script = "const it = navigator.mediaDevices, ask = it.getUserMedia.bind(it); window.cameras = [];
        it.getUserMedia = async (what) => { const stream = await ask(what); window.cameras.push(...stream.getTracks()); return stream; }";
    screen.run(script, vec![]).await;
}

/// Waits until so many cameras were switched on, and all of them off again.
async fn all_off(screen: &Screen, opened: usize) {
    let script = "return window.cameras.map((track) => track.readyState)";
    wait::until("the cameras are off", || async {
        let states = screen.run(script, vec![]).await;
        (states == json!(vec!["ended"; opened])).then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_hand_in_goes_by_screen_and_camera_and_its_receipt_comes_home_the_same_way() {
    let endpoint = Endpoint::start().await;
    let demo = Demo::found(&endpoint).await;
    let (mountain, road) = (Wire::to(endpoint.address()).await, Wire::to(endpoint.address()).await);
    let (mut pupils, mut mentors) = (Phone::with_camera(), Phone::with_camera());
    let (pupil, key) = ready(&mut pupils, &demo.link(&mountain.origin(), 1), "Nếnh").await;
    let (mentor, _) = ready(&mut mentors, &demo.link(&road.origin(), 2), "Thầy Phiên").await;
    second_program(&pupil, &key).await;
    mentor.offline_ready().await;
    let outage = mountain.cut().await;
    let away = road.cut().await;
    hand_in(&pupil).await;

    // The film: it goes on by itself, but stands where less motion is wanted.
    go(&pupil, PAGE).await;
    pupil.press("Đóng gói").await;
    pupil.see("Đã đóng gói số 1, chờ thư trả lời.").await;
    pupil.press("Đưa bằng mã QR").await;
    for number in 1..=3 {
        pupil.see(&format!("Khung {number} trên ")).await;
    }
    pupil.press("Dừng").await;
    pupil.press("Thôi chiếu mã").await;
    let motion = json!({ "features": [{ "name": "prefers-reduced-motion", "value": "reduce" }] });
    pupils.cdp("Emulation.setEmulatedMedia", motion).await;
    pupil.press("Đưa bằng mã QR").await;
    pupil.see("Chiếu tiếp").await;
    let taken = pictures(&pupils, &pupil).await;
    assert!(taken.len() > 4, "{} frames", taken.len());
    pupils.resize(320, 640).await;
    whole(&pupils, &pupil, "a film").await;
    pupils.resize(412, 915).await;

    // A camera that may not be used, then one that misses two frames.
    go(&mentor, PAGE).await;
    watch_cameras(&mentor).await;
    allow(&mentors, &mentor, false).await;
    point(&mentors, &mentor, &[&taken[0]]).await;
    mentor.see("Trình duyệt chưa được phép dùng máy ảnh.").await;
    allow(&mentors, &mentor, true).await;
    let seen: Vec<&Vec<u8>> = taken
        .iter()
        .enumerate()
        .filter(|(at, _)| ![1, 3].contains(at))
        .map(|(_, it)| it)
        .collect();
    point(&mentors, &mentor, &seen).await;
    mentor.see("Còn thiếu khung 2, 4.").await;
    mentors.resize(320, 640).await;
    whole(&mentors, &mentor, "the camera").await;
    mentors.resize(412, 915).await;
    mentor.press("Tắt máy ảnh").await;
    all_off(&mentor, 1).await;
    // What was seen is not forgotten: the two are enough, shown the other way round.
    point(&mentors, &mentor, &[&taken[3], &taken[1]]).await;
    mentor.see("Đang mang 1 gói cho người khác.").await;
    all_off(&mentor, 2).await;

    // It is the same parcel as the file, also as text out of a message.
    pupil.press("Lưu tệp gói").await;
    let (_, parcel) = pupils.downloaded("goi-1", ".lylich").await;
    let text = format!("Gửi thầy: {}", sync::armour::write(&parcel));
    mentor.fill("Dán nội dung gói", "chào thầy").await;
    mentor.press("Nhận nội dung đã dán").await;
    mentor.see("Tệp này không phải gói của Lý Lịch").await;
    mentor.fill("Dán nội dung gói", "").await;
    // In one go, as a paste is.
    let pasted = "document.execCommand('insertText', false, arguments[0])";
    mentor.run(pasted, vec![text.clone().into()]).await;
    assert_eq!(mentor.value("Dán nội dung gói").await.trim(), text.trim());
    mentor.press("Nhận nội dung đã dán").await;
    mentor.see("Đã có gói này.").await;

    // The mentor comes into coverage; the answer goes home in frames that are easier to read.
    away.heal();
    mentor.signal_returns().await;
    mentor.see("Đã chuyển, có thư trả lời: đưa lại cho chủ gói.").await;
    assert_eq!(open(&endpoint, demo.key_file())[0]["entries"]["birth_name"], NAME);
    mentor.press("Đưa bằng mã QR").await;
    mentor.press("Dừng").await;
    mentor.choose("Khung dễ đọc hơn").await;
    let answer = pictures(&mentors, &mentor).await;
    allow(&pupils, &pupil, true).await;
    point(&pupils, &pupil, &answer.iter().collect::<Vec<_>>()).await;
    pupil.see("Gói số 1: thư trả lời đã về.").await;
    go(&pupil, "#/khai").await;
    pupil.see_status("Chi bộ đã nhận").await;
    let (passed, turned_away) = outage.heal();
    assert!(
        passed == 0 && turned_away > 0,
        "no byte had passed: {passed}, {turned_away}"
    );

    // The camera goes off with the page, and with the vault.
    point(&mentors, &mentor, &seen).await;
    mentor.see("Còn thiếu khung").await;
    go(&mentor, "#/khai").await;
    all_off(&mentor, 3).await;
    go(&mentor, PAGE).await;
    point(&mentors, &mentor, &seen).await;
    mentor.see("Còn thiếu khung").await;
    mentor.press("Khoá ngay").await;
    all_off(&mentor, 4).await;
    for screen in [&pupil, &mentor] {
        assert_eq!(screen.faults().await, Vec::<String>::new());
    }
    pupils.close().await;
    mentors.close().await;
}
