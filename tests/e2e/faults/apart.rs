//! T-08: several phones of one person edit the same draft without a network, one after the other and none knowing of the rest. All of
//! them come to show the same, and no text is lost. `LYLICH_FAULTS=10` takes twenty phones.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

use harness::{Chair, Demo, Endpoint, Phone, Screen, Wire, wait};

use super::{Row, times};
use crate::{
    back::{self, NAME, NAMES, USUAL, candidate, give_code, go, hand_in, new_phone, type_name},
    branch::until_arrived,
    courier::second_program,
    door::{self, Key},
};

const ALONE: &str = "Nếnh Lềnh";

#[tokio::test]
async fn t_08_phones_that_edit_one_draft_apart_come_to_show_the_same_and_no_text_is_lost() {
    let mut row = Row::new("T-08");
    let count = times(2) as usize;
    let endpoint = Endpoint::start().await;
    let demo = Demo::found(&endpoint).await;
    let wire = Wire::to(endpoint.address()).await;
    let origin = wire.origin();
    let mut phone = Phone::new();
    let (screen, printed) = candidate(&mut phone, &demo.link(&origin, 1)).await;
    type_name(&screen, NAME, "HẠNG A").await;
    hand_in(&screen).await;
    let mut chair = Chair::of(&demo, &endpoint);
    let handed_in = chair.hand_ins().await.pop().expect("a hand-in");
    go(&screen, "#/khai").await;
    second_program(&screen, &printed).await;
    phone.close().await;
    let mut phones = vec![(phone, printed)];
    while phones.len() < count {
        let mut phone = Phone::new();
        let link = chair.invite_again(&handed_in, &origin).await;
        let (screen, key) = new_phone(&mut phone, &origin, &link).await;
        // Each phone's sheet replaces the one of the phone before. The endpoint takes only so many strangers a minute.
        let code = &phones.last().expect("a phone").1;
        wait::until("the account on the new phone", || async {
            give_code(&screen, code).await;
            let come = || async { screen.status().await.contains("Chi bộ đã nhận").then_some(()) };
            wait::within(Duration::from_secs(15), come).await
        })
        .await;
        screen.offline_ready().await;
        phone.close().await;
        phones.push((phone, key));
    }

    // Each writes another name; the last one alone writes the usual one, too.
    let text = |n: usize| format!("HẠNG A MÁY {n}.");
    let outage = wire.cut().await;
    for (n, (phone, key)) in phones.iter_mut().enumerate() {
        let screen = unlocked(phone, &origin, key).await;
        screen.press("Nộp cho chi bộ").await;
        screen.press("Mở lại để sửa").await;
        screen.press("Bản khai").await;
        type_name(&screen, NAME, &text(n)).await;
        if n + 1 == count {
            type_name(&screen, USUAL, ALONE).await;
        }
        assert_eq!(screen.faults().await, Vec::<String>::new());
        phone.close().await;
    }
    let (passed, _) = outage.heal();

    // One after the other hands over what was written, whatever it has heard of the rest so far.
    for (phone, key) in &mut phones {
        let screen = unlocked(phone, &origin, key).await;
        let before = stored(&endpoint);
        back::turn(&screen).await;
        wait::until("a version was stored", || async {
            (stored(&endpoint) > before).then_some(())
        })
        .await;
        phone.close().await;
    }

    let mut shown: Option<String> = None;
    for (n, (phone, key)) in phones.iter_mut().enumerate() {
        let screen = unlocked(phone, &origin, key).await;
        screen.press(NAMES).await;
        let texts = || async {
            let seen = format!("{} {}", screen.value(NAME).await, screen.text().await);
            (0..count).filter(|n| seen.contains(&text(*n))).count()
        };
        until_arrived(&screen, "every text", || async { texts().await == count }).await;
        let (name, usual) = (screen.value(NAME).await, screen.value(USUAL).await);
        let same = *shown.get_or_insert_with(|| name.clone()) == name;
        let two = screen.text().await.contains("Mục này được sửa ở hai máy");
        row.run(
            &format!("phone {n}: shows {name}, {usual}"),
            passed == 0 && two,
            same && usual == ALONE,
        );
        assert_eq!(screen.faults().await, Vec::<String>::new());
        phone.close().await;
    }
    row.end();
}

async fn unlocked(phone: &mut Phone, origin: &str, key: &Key) -> Screen {
    let screen = phone.open(origin).await;
    door::unlock(&screen, key).await;
    screen
}

/// Ops that the endpoint stored so far, by its own count.
fn stored(endpoint: &Endpoint) -> u64 {
    let mut stream = TcpStream::connect(endpoint.address()).expect("the endpoint listens");
    stream
        .write_all(b"GET /metrics HTTP/1.0\r\nhost: localhost\r\n\r\n")
        .expect("asked");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    let line = answer
        .lines()
        .find_map(|line| line.strip_prefix("lylich_ops_stored_total "));
    line.and_then(|count| count.trim().parse().ok()).expect("the count")
}
