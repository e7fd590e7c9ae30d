//! T-12, T-13: the network breaks behind the k-th byte, repeats old letters late and out of order.

use std::{
    io::{Read, Write},
    net::{Shutdown, TcpStream},
};

use harness::{Demo, Endpoint, Phone, Screen, Wire, wait, wire::Way};

use super::{Dice, FIELD, Row, SECTION, save, times};
use crate::{door, whole_way::open};

/// An enrolled phone with the section of names open.
pub async fn enrolled(phone: &mut Phone, demo: &Demo, wire: &Wire) -> Screen {
    let screen = phone.open(&demo.link(&wire.origin(), 1)).await;
    door::new_vault(&screen, "Nếnh").await;
    door::agree(&screen).await;
    screen.offline_ready().await;
    wait::until("the registration has its receipt", || async {
        (!screen.text().await.contains("Đang chờ máy chủ")).then_some(())
    })
    .await;
    screen.press(SECTION).await;
    screen
}

pub async fn hand_in(screen: &Screen) {
    screen.press("Bản khai").await;
    screen.press("Nộp cho chi bộ").await;
    screen.press("Nộp cho chi bộ").await;
}

/// Waits for the receipt, asking again as a person does.
pub async fn received(screen: &Screen) {
    wait::until("the receipt", || async {
        if screen.status().await.contains("Chi bộ đã nhận") {
            return Some(());
        }
        let script =
            "[...document.querySelectorAll('button')].find((it) => it.innerText.trim() === 'Gửi ngay')?.click()";
        screen.run(script, vec![]).await;
        None
    })
    .await;
}

/// From a handed-in version to the field again.
pub async fn edit_again(screen: &Screen) {
    screen.press("Mở lại để sửa").await;
    screen.press("Bản khai").await;
    screen.press(SECTION).await;
}

#[tokio::test]
async fn t_12_t_13_letters_cut_or_repeated_cost_no_version_and_double_none() {
    let mut dice = Dice::of_today();
    let endpoint = Endpoint::start().await;
    let demo = Demo::found(&endpoint).await;
    let wire = Wire::to(endpoint.address()).await;
    let mut phone = Phone::new();
    let screen = enrolled(&mut phone, &demo, &wire).await;
    let mut versions = 0;

    // Behind the k-th byte, either way; the next letter asks before it sends again.
    let mut row = Row::new("T-12");
    row.note(&format!("seed={}", dice.seed()));
    for way in [Way::Up, Way::Down] {
        for k in [0, 1, 200, 500, dice.roll(600)] {
            save(&screen, &format!("CẮT {k} {versions}")).await;
            screen.press("Bản khai").await;
            screen.press("Nộp cho chi bộ").await;
            let breaks = wire.breaks();
            wire.cut_after(way, k);
            screen.press("Nộp cho chi bộ").await;
            let broke = wait::within(wait::LONG, || async { (wire.breaks() > breaks).then_some(()) });
            let fired = broke.await.is_some();
            received(&screen).await;
            versions += 1;
            row.run(
                &format!("{way:?} behind byte {k}"),
                fired,
                open(&endpoint, demo.key_file()).len() == versions,
            );
            edit_again(&screen).await;
        }
    }
    row.end();

    // Every letter of this life once more, in any order: the same receipts, and nothing twice.
    let mut row = Row::new("T-13");
    let before = open(&endpoint, demo.key_file());
    let letters = letters(&wire);
    let mut answered = 0;
    for _ in 0..times(20) {
        let at = dice.roll(letters.len() as u64) as usize;
        let status = post(&endpoint, &letters[at]);
        answered += u32::from(status.starts_with("HTTP/1.1 2"));
        row.run("a replay", !status.is_empty(), !status.starts_with("HTTP/1.1 5"));
    }
    row.note(&format!("answered={answered} letters={}", letters.len()));
    row.run("afterwards", answered > 0, open(&endpoint, demo.key_file()) == before);
    assert!(!screen.value(FIELD).await.is_empty());
    row.end();
}

/// The whole requests with letters that were carried up the wire.
fn letters(wire: &Wire) -> Vec<Vec<u8>> {
    let up = std::fs::read(wire.capture().join("up")).expect("the capture");
    let start = b"POST /v1/letter";
    let mut letters = Vec::new();
    let places = up
        .windows(start.len())
        .enumerate()
        .filter(|(_, window)| window == start);
    for (at, _) in places {
        let rest = &up[at..];
        let Some(head) = rest.windows(4).position(|window| window == b"\r\n\r\n") else {
            continue;
        };
        let words = String::from_utf8_lossy(&rest[..head]).to_lowercase();
        let length = words
            .split("content-length: ")
            .nth(1)
            .and_then(|it| it.split("\r\n").next()?.parse::<usize>().ok());
        if let Some(letter) = length.and_then(|length| rest.get(..head + 4 + length)) {
            letters.push(letter.to_vec());
        }
    }
    assert!(letters.len() > 4, "{} letters", letters.len());
    letters
}

/// Sends the bytes as they are; the first line of the answer.
fn post(endpoint: &Endpoint, letter: &[u8]) -> String {
    let mut stream = TcpStream::connect(endpoint.address()).expect("the endpoint listens");
    stream.write_all(letter).expect("sent");
    let mut answer = [0; 64];
    let length = stream.read(&mut answer).unwrap_or(0);
    let _ = stream.shutdown(Shutdown::Both);
    String::from_utf8_lossy(&answer[..length])
        .lines()
        .next()
        .unwrap_or_default()
        .to_owned()
}
