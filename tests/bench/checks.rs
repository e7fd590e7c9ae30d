//! How long the largest dossier (25 relatives, 40 periods) takes to be checked in a real Chromium, on this machine and slowed to a sixth.
//!
//! The program is `src/rules/examples/timed.rs`, compiled as the page is and checking with the units, as the page does. The browser's own clock
//! counts in tenths of a millisecond, so several checks are timed together; the best and the median of many such batches. Run: `cargo xtask bench`.

use std::{collections::BTreeMap, env, fs};

use harness::{Phone, Shelf};
use serde_json::json;

const BATCHES: usize = 60;
const CHECKS: usize = 20;
/// Checks until the browser has compiled what is run often, then times batches: the findings, and milliseconds a check, the quickest batch first.
const STOPWATCH: &str = "const [batches, checks, done] = arguments;
    WebAssembly.instantiateStreaming(fetch('timed.wasm'), {}).then(({ instance: { exports: { main } } }) => {
        const found = main(0, 0);
        for (let n = 0; n < 300; n++) main(0, 0);
        const times = Array.from({ length: batches }, () => {
            const start = performance.now();
            for (let n = 0; n < checks; n++) main(0, 0);
            return (performance.now() - start) / checks;
        });
        done([found, ...times.sort((a, b) => a - b)]);
    }).catch(fault => done(String(fault)));";

#[tokio::main]
async fn main() {
    // `cargo test --all-targets` starts benches, too, and wants no figures.
    if !env::args().any(|word| word == "--bench") {
        return;
    }
    let program =
        env::var_os("LYLICH_TIMED").expect("LYLICH_TIMED names the program; `cargo xtask bench` builds it and sets it");
    let shelf = Shelf::open(BTreeMap::from([
        ("index.html".to_owned(), Vec::new()),
        (
            "timed.wasm".to_owned(),
            fs::read(program).expect("the program can be read"),
        ),
    ]))
    .await;
    println!("the largest dossier in Chromium, {BATCHES} batches of {CHECKS} checks: milliseconds a check");
    for slower in [1, 6] {
        let mut phone = Phone::new();
        let screen = phone.open(&shelf.origin()).await;
        phone.slow_down(slower).await;
        let said = screen.run_async(STOPWATCH, vec![json!(BATCHES), json!(CHECKS)]).await;
        let figures: Vec<f64> = serde_json::from_value(said.clone()).unwrap_or_else(|_| panic!("{said}"));
        assert!(figures[0] > 0.0, "a dossier in which nothing is found was not checked");
        let times = &figures[1..];
        println!(
            "CPU ÷{slower}: best {:.2}, median {:.2}",
            times[0],
            times[times.len() / 2]
        );
        phone.close().await;
    }
}
