//! How quick a secretary's pages are with 200 candidates, all of whom handed in, and 2,000 notes on them, on this machine and slowed to a sixth.
//!
//! Everything came the way it comes: sealed by the candidates' and the mentor's keys, through the real endpoint, opened in a real Chromium. The
//! page's own clock; a key or a tap counts until the picture after it. Run: `cargo xtask bench`.

use std::{collections::BTreeMap, env, time::Duration};

use harness::{
    Chair, Demo, Endpoint, Hand, Phone, Screen, Wire,
    hand::{Machine, now},
    wait,
};
use serde_json::json;
use sync::{
    Fields,
    body::{Assignment, Card, CardState},
    client::{self, Invitation},
    draft::Draft,
    id::{AccountId, RecordId},
    kind::Role,
    spelling::hex,
};

#[path = "../e2e/door.rs"]
#[allow(dead_code)]
mod door;

const PEOPLE: usize = 200;
const NOTES: usize = 2_000;
const DOSSIER: &str = include_str!("../people/1-pupil-mong.json");
/// Types a word key by key; milliseconds from each key to the picture after it.
const TYPING: &str = "const [word, done] = arguments;
    const box = document.getElementById('search');
    const picture = () => new Promise(shown => requestAnimationFrame(() => setTimeout(shown)));
    (async () => {
        const times = [];
        for (let end = 0; end <= word.length; end++) {
            const start = performance.now();
            box.value = word.slice(0, end);
            box.dispatchEvent(new Event('input', { bubbles: true }));
            await picture();
            times.push(performance.now() - start);
        }
        done(times);
    })();";
/// Taps the link back to the list; milliseconds until the picture that has it.
const BACK: &str = "const [done] = arguments;
    const list = () => document.querySelectorAll('.list--sections > li').length > 0;
    const start = performance.now();
    [...document.querySelectorAll('a')].find(it => it.textContent.trim() === 'Danh sách').click();
    const look = () => list() ? setTimeout(() => done(performance.now() - start)) : requestAnimationFrame(look);
    requestAnimationFrame(look);";

/// From here on the longest time for which the page does not answer.
const LONG_TASKS: &str = "window.longestTask = 0;
    new PerformanceObserver((seen) => seen.getEntries().forEach((it) => {
        window.longestTask = Math.max(window.longestTask, it.duration);
    })).observe({ type: 'longtask' });";

#[tokio::main]
async fn main() {
    // `cargo test --all-targets` starts benches, too, and wants no figures.
    if !env::args().any(|word| word == "--bench") {
        return;
    }
    let endpoint = Endpoint::start().await;
    let mut demo = Demo::found(&endpoint).await;
    let wire = Wire::to(endpoint.address()).await;
    let mut phone = Phone::new();
    let screen = phone.open(&demo.link(&wire.origin(), 3)).await;
    let key = door::new_vault(&screen, "Bí thư").await;
    door::agree(&screen).await;
    screen.see("Những người đang theo dõi").await;
    wait::until("the registration has its receipt", || async {
        (!screen.text().await.contains("Đang chờ máy chủ")).then_some(())
    })
    .await;
    demo.draw(&endpoint).await;
    screen.press("Khoá ngay").await;

    fill(Chair::of(&demo, &endpoint), &endpoint).await;
    door::unlock_to(&screen, &key, "Những người đang theo dõi").await;
    wait::within(Duration::from_secs(600), || async {
        let text = screen.text().await;
        let all = text.contains(&format!("{PEOPLE} người"));
        (all && text.matches("Bản nộp mới").count() > 1 && !text.contains("Đang gửi")).then_some(())
    })
    .await
    .expect("everybody is in the list");

    println!("a branch of {PEOPLE} candidates with {NOTES} notes, in milliseconds: median (least–most)");
    for slower in [1, 6] {
        phone.slow_down(slower).await;
        let (mut back, mut keys) = (Vec::new(), Vec::new());
        for _ in 0..7 {
            screen.press("Vàng Thị Mẫu 10, 12A2").await;
            screen.see("Phân công").await;
            back.extend(screen.run_async(BACK, vec![]).await.as_f64());
        }
        for word in ["vang mau 17", "12a3", "thi"] {
            let times = screen.run_async(TYPING, vec![json!(word)]).await;
            keys.extend(times.as_array().into_iter().flatten().filter_map(|time| time.as_f64()));
            screen.run_async(TYPING, vec![json!("")]).await;
        }
        println!(
            "CPU ÷{slower}: the list {}, a key of the search {}",
            shown(back),
            shown(keys)
        );
        open_again(&screen, &key, slower).await;
    }
    phone.close().await;
}

/// From the passphrase to the list: every row of the vault opened and read.
async fn open_again(screen: &Screen, key: &door::Key, slower: u32) {
    screen.press("Khoá ngay").await;
    screen.fill("Cụm từ mở kho", &key.words).await;
    screen.run(LONG_TASKS, vec![]).await;
    let start = std::time::Instant::now();
    screen.press("Mở kho").await;
    screen.see("Vàng Thị Mẫu 1").await;
    let list = start.elapsed().as_millis();
    screen.see(&format!("{PEOPLE} người")).await;
    let all = start.elapsed().as_millis();
    let longest = screen.run("return Math.round(window.longestTask)", vec![]).await;
    println!(
        "CPU ÷{slower}: opening the vault: the list {list} ms, everything read {all} ms, the longest task {longest} ms"
    );
}

fn shown(mut times: Vec<f64>) -> String {
    times.sort_by(f64::total_cmp);
    let at = |n: usize| times[n];
    format!("{:.0} ({:.0}–{:.0})", at(times.len() / 2), at(0), at(times.len() - 1))
}

/// Everybody joins, hands in and is written about, without a screen.
async fn fill(mut chair: Chair, endpoint: &Endpoint) {
    let address = endpoint.address();
    chair.0.exchange().await;
    let invitation = |role| Invitation {
        role,
        account: None,
        guardian: false,
    };
    let mut links = Vec::new();
    for n in 0..=PEOPLE {
        let role = if n == 0 { Role::Mentor } else { Role::Candidate };
        let (link, out) = client::invite(&mut chair.0.who, &invitation(role), now(), &mut Machine).expect("an invite");
        chair.0.put(out);
        links.push(link);
    }
    chair.0.exchange().await;
    let mut people = Vec::new();
    for link in &links {
        people.push(Hand::join(link, address).await);
    }
    chair.0.exchange().await;
    let joined: BTreeMap<AccountId, _> = chair
        .0
        .office()
        .people
        .into_iter()
        .map(|one| (one.account, one))
        .collect();
    for one in &people {
        let seen = &joined[&one.who.account_id()];
        let card = Card {
            account: seen.account,
            age_pub: seen.age_pub,
            sign_pub: seen.sign_pub,
            role: seen.role,
            state: CardState::Active,
        };
        let out = client::card(&mut chair.0.who, &card, &[], &mut Machine).expect("a card");
        chair.0.put(out);
    }
    chair.0.exchange().await;
    let mut mentor = people.remove(0);
    let lylich = lylich();
    let mut cases = Vec::new();
    for (n, one) in people.iter_mut().enumerate() {
        let account = one.who.account_id();
        let name = format!("Vàng Thị Mẫu {}", n + 1);
        let mut draft = Draft::new(id(1, n), "2-KNĐ/2025");
        draft.fields = lylich.clone();
        draft.set("birth_name", &name.to_uppercase());
        let out =
            client::hand_in(&mut one.who, &draft, &[], "1", "10-11-2026", now(), &mut Machine).expect("a hand-in");
        one.send(out).await;
        let mut case = Draft::new(id(2, n), "case/1");
        case.about = Some(account);
        let day = format!("2025-{:02}-{:02}", n % 12 + 1, n % 28 + 1);
        for (path, text) in [
            ("person.name", name.as_str()),
            ("person.unit", &format!("12A{}", n % 8 + 1)),
            ("person.group", "pupil"),
            ("procedure.listed_date", &day),
            ("procedure.certificate_date", &day),
        ] {
            case.set(path, text);
        }
        let out = client::case(&mut chair.0.who, &case, &[], now(), &mut Machine).expect("a case");
        chair.0.put(out);
        let assignment = Assignment {
            candidate: account,
            mentor: mentor.who.account_id(),
            from: "2025-09-05".to_owned(),
            to: None,
        };
        let out = client::assign(&mut chair.0.who, &assignment, &[], &mut Machine).expect("an assignment");
        chair.0.put(out);
        cases.push((account, hex(case.record_id.as_bytes())));
    }
    chair.0.exchange().await;
    mentor.exchange().await;
    for n in 0..NOTES {
        let (account, case) = &cases[n % PEOPLE];
        let mut note = Draft::new(id(3, n), "note/1");
        note.about = Some(*account);
        let day = format!("2026-{:02}-{:02}", n / PEOPLE % 10 + 1, n % 28 + 1);
        for (path, text) in [
            ("case", case.as_str()),
            ("date", &day),
            (
                "aspects.capacity",
                "Dự đủ các buổi sinh hoạt, giúp hai bạn cùng lớp ôn bài trong tháng.",
            ),
        ] {
            note.set(path, text);
        }
        let out = client::note(&mut mentor.who, &note, None, now(), &mut Machine).expect("a note");
        mentor.put(out);
    }
    mentor.exchange().await;
}

fn id(kind: u8, n: usize) -> RecordId {
    let mut bytes = [kind; 16];
    bytes[8..].copy_from_slice(&u64::to_be_bytes(n as u64));
    RecordId(bytes)
}

/// What one of the invented candidates wrote.
fn lylich() -> Fields {
    let dossier = serde_json::from_str(DOSSIER).expect("a dossier");
    let dossier = rules::Record::from_dossier(&dossier).expect("a dossier");
    dossier.record.into_fields()
}
