//! T-11: no network at all, one of 20 kbit/s and 800 ms, one that comes and goes every few seconds.
//!
//! Invariant: while the line is dead nothing passes, for the page and for its service worker; everything but the sending goes on. Not here:
//! a line that breaks behind a given byte (`letters`).

use std::time::Duration;

use harness::{
    Demo, Endpoint, Phone, Wire, wait,
    wire::{Slow, Way},
};

use super::{
    Dice, Row,
    letters::{edit_again, enrolled, hand_in, received},
    save, times,
};
use crate::whole_way::open;

/// One bar of signal in the hills.
const HILLS: Slow = Slow {
    rate: 20_000,
    latency: Duration::from_millis(800),
};

#[tokio::test]
async fn t_11_no_line_a_slow_one_and_one_that_comes_and_goes_cost_no_version_and_double_none() {
    let mut dice = Dice::of_today();
    let mut row = Row::new("T-11");
    row.note(&format!("seed={}", dice.seed()));
    let endpoint = Endpoint::start().await;
    let demo = Demo::found(&endpoint).await;
    let wire = Wire::to(endpoint.address()).await;
    let mut phone = Phone::new();
    let screen = enrolled(&mut phone, &demo, &wire).await;
    let mut versions = 0;
    let mut arrived = || {
        versions += 1;
        open(&endpoint, demo.key_file()).len() == versions
    };

    for round in 0..times(2) {
        let outage = wire.cut().await;
        save(&screen, &format!("KHÔNG MẠNG {round}")).await;
        hand_in(&screen).await;
        screen.see_status("Chờ mạng").await;
        wait::until("a try", || async { (outage.turned_away() > 0).then_some(()) }).await;
        let (passed, tried) = outage.heal();
        received(&screen).await;
        row.run(&format!("dead, round {round}"), passed == 0 && tried > 0, arrived());
        edit_again(&screen).await;
    }

    // Slow: one letter, and nothing is sent twice because its answer takes long.
    wire.slow_down(Some(HILLS));
    for round in 0..times(1) {
        save(&screen, &format!("MẠNG CHẬM {round}")).await;
        let before = wire.passed_on(Way::Up);
        let start = std::time::Instant::now();
        hand_in(&screen).await;
        screen.see_status("Chi bộ đã nhận").await;
        let (bytes, took) = (wire.passed_on(Way::Up) - before, start.elapsed());
        // No sooner than such a line can carry them.
        let slowly = took >= HILLS.latency + Duration::from_millis(bytes * 8 * 1000 / HILLS.rate);
        row.run(&format!("slow, round {round}: {bytes} B"), slowly, arrived());
        edit_again(&screen).await;
    }

    // It comes and goes, one to three seconds each, in the middle of letters, until the receipt is there.
    for round in 0..times(1) {
        save(&screen, &format!("MẠNG CHẬP CHỜN {round}")).await;
        let (mut torn, mut passed, mut tried) = (0, 0, 0);
        let outage = wire.cut().await;
        hand_in(&screen).await;
        tokio::time::sleep(Duration::from_millis(1_000 + dice.roll(2_000))).await;
        tried += outage.heal().1;
        for _ in 0..5 {
            screen.signal_returns().await;
            tokio::time::sleep(Duration::from_millis(1_000 + dice.roll(2_000))).await;
            torn += wire.carrying();
            let outage = wire.cut().await;
            tokio::time::sleep(Duration::from_millis(1_000 + dice.roll(2_000))).await;
            let (through, away) = outage.heal();
            (passed, tried) = (passed + through, tried + away);
        }
        received(&screen).await;
        let fired = passed == 0 && torn + tried > 0;
        row.run(
            &format!("flaps, round {round}: {torn} torn, {tried} turned away"),
            fired,
            arrived(),
        );
        edit_again(&screen).await;
    }
    wire.slow_down(None);
    assert_eq!(screen.faults().await, Vec::<String>::new());
    row.end();
}
