//! T-03: the current is cut while somebody types. The browser's databases lie on a disk that then forgets whatever was not flushed.

use harness::{Endpoint, Phone, cutfs::Mounted};

use super::{Dice, Row, begin, kills::killed_while_typing, reopen, save, times};

/// Transactions as browsers make them unless they are asked for more.
const RELAXED: &str = "const open = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (stores, mode) { return open.call(this, stores, mode, { durability: 'relaxed' }); };";

#[tokio::test]
async fn t_03_a_power_cut_in_a_word_loses_nothing_that_was_called_saved() {
    let mut row = Row::new("T-03");
    let mut dice = Dice::of_today();
    row.note(&format!("seed={}", dice.seed()));
    let endpoint = Endpoint::start().await;
    let mut phone = Phone::new();
    let mut disk = match Mounted::at(&phone.profile().join("Default/IndexedDB")) {
        Ok(disk) => disk,
        Err(fault) => {
            println!("NOT RUN T-03 nothing can be mounted: {fault}");
            assert_eq!(times(1), 1, "asked for more runs, and nothing can be mounted: {fault}");
            return;
        }
    };
    let (mut screen, key) = begin(&mut phone, &endpoint.origin()).await;
    save(&screen, "A").await;
    for _ in 0..times(2) {
        let (claimed, _) = killed_while_typing(&mut phone, &screen, true, dice.roll(1500)).await;
        let lost = disk.cut();
        screen = phone.open(&endpoint.origin()).await;
        let found = reopen(&screen, &key).await;
        let held = claimed.len() > 1 && found.starts_with(&claimed);
        row.run(
            &format!("{lost} bytes lost, “{claimed}” became “{found}”"),
            lost > 0,
            held,
        );
        save(&screen, "A").await;
    }
    // Without strict transactions the same cut must cost something that was called saved.
    phone.before_each_page(RELAXED).await;
    screen.reload().await;
    reopen(&screen, &key).await;
    let (claimed, _) = killed_while_typing(&mut phone, &screen, true, 1500).await;
    disk.cut();
    screen = phone.open(&endpoint.origin()).await;
    let found = reopen(&screen, &key).await;
    row.control("relaxed transactions", found.starts_with(&claimed));
    phone.close().await;
    row.end();
}
