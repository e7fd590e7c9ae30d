//! The app is closed and the vault locked when a signal comes: the service worker posts the letter that lies ready.

use harness::{Demo, Endpoint, Phone, Screen, Wire, wait};
use serde_json::{Value, json};

use crate::{
    courier::{NAME, hand_in, ready},
    door,
    whole_way::open,
};

/// Letters and answers in the letter box of this browser.
async fn in_the_box(screen: &Screen) -> Value {
    let script =
        "const done = arguments[0]; caches.open('letters').then((box) => box.keys()).then((all) => done(all.length))";
    screen.run_async(script, vec![]).await
}

#[tokio::test]
async fn a_letter_goes_out_while_the_app_is_closed_and_its_answer_is_read_at_the_next_unlock() {
    let endpoint = Endpoint::start().await;
    let demo = Demo::found(&endpoint).await;
    let wire = Wire::to(endpoint.address()).await;
    let mut phone = Phone::new();
    let (screen, key) = ready(&mut phone, &demo.link(&wire.origin(), 1), "Nếnh").await;
    screen.offline_ready().await;

    let outage = wire.cut().await;
    hand_in(&screen).await;
    wait::until("the letter lies ready", || async {
        (in_the_box(&screen).await == json!(1)).then_some(())
    })
    .await;

    // The app is closed. Then a signal comes, and the browser says so to the worker.
    screen.go("about:blank").await;
    let (passed, _) = outage.heal();
    assert_eq!(passed, 0, "nothing has left the phone so far");
    assert!(open(&endpoint, demo.key_file()).is_empty());
    phone.cdp("ServiceWorker.enable", json!({})).await;
    let signal = json!({ "origin": wire.origin(), "registrationId": "0", "tag": "letters", "lastChance": false });
    phone.cdp("ServiceWorker.dispatchSyncEvent", signal).await;
    wait::until("the branch holds the hand-in", || async {
        (open(&endpoint, demo.key_file()).len() == 1).then_some(())
    })
    .await;
    assert_eq!(open(&endpoint, demo.key_file())[0]["entries"]["birth_name"], NAME);

    // No page of the app, only a file beside it.
    screen.go(&format!("{}/config.json", wire.origin())).await;
    wait::until("the answer lies beside the letter", || async {
        (in_the_box(&screen).await == json!(2)).then_some(())
    })
    .await;

    // Opened without a network: only now is the answer read and believed.
    let outage = wire.cut().await;
    screen.go(&wire.origin()).await;
    door::unlock(&screen, &key).await;
    let status = screen.see_status("Chi bộ đã nhận").await;
    assert!(status.contains("mã "), "{status}");
    wait::until("the box is empty", || async {
        (in_the_box(&screen).await == json!(0)).then_some(())
    })
    .await;
    let (passed, turned_away) = outage.heal();
    assert!(passed == 0 && turned_away > 0, "{passed}, {turned_away}");
    assert_eq!(screen.faults().await, Vec::<String>::new());
    phone.close().await;
}
