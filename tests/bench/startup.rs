//! How long until the first words stand on the screen and until the app can be used: first visit and a start without a network, on
//! this machine and slowed to a sixth.
//!
//! The finished page from `dist/`, served on loopback; the phone's own clock (`performance.now()`, from the start of the visit).
//! Median and range over the runs. Run: `cargo xtask bench`.

use std::{collections::BTreeMap, fs, path::PathBuf};

use harness::{Phone, Screen, Shelf, Wire, place, wait};
use serde_json::json;

const RUNS: usize = 7;
/// Notes when the static first screen makes way for the app.
const STOPWATCH: &str = "let seen = false;
    new MutationObserver((_, observer) => {
        const first = document.getElementById('first');
        seen ||= first !== null;
        if (seen && first === null) { window.lylichReady = performance.now(); observer.disconnect(); }
    }).observe(document, { childList: true, subtree: true });";

#[tokio::main]
async fn main() {
    // `cargo test --all-targets` starts benches, too, and wants no figures.
    if !std::env::args().any(|word| word == "--bench") {
        return;
    }
    let shelf = Shelf::open(dist()).await;
    let wire = Wire::to(shelf.address).await;
    println!("start-up, {RUNS} runs each: median (least–most)");
    for slower in [1, 6] {
        let (mut first, mut offline) = (Vec::new(), Vec::new());
        for _ in 0..RUNS {
            let mut phone = Phone::new();
            let screen = visit(&mut phone, &wire.origin(), slower).await;
            first.push(times(&screen).await);
            screen.offline_ready().await;
            phone.close().await;
            let outage = wire.cut().await;
            let screen = visit(&mut phone, &wire.origin(), slower).await;
            offline.push(times(&screen).await);
            assert_eq!(outage.heal().0, 0, "the start without a network had one");
        }
        let speed = if slower == 1 {
            String::new()
        } else {
            format!(", CPU ÷{slower}")
        };
        report(&format!("first visit{speed}"), &first);
        report(&format!("start without a network{speed}"), &offline);
    }
}

async fn visit(phone: &mut Phone, origin: &str, slower: u32) -> Screen {
    let screen = phone.open("about:blank").await;
    phone
        .cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": STOPWATCH }))
        .await;
    phone.slow_down(slower).await;
    screen.go(&format!("{origin}/")).await;
    screen
}

/// First paint with content, and ready to be used, in milliseconds.
async fn times(screen: &Screen) -> [f64; 2] {
    let script = "const paint = performance.getEntriesByName('first-contentful-paint')[0];
        return [paint ? paint.startTime : null, window.lylichReady || null]";
    wait::until("the app ready", || async {
        let found = screen.run(script, vec![]).await;
        Some([found[0].as_f64()?, found[1].as_f64()?])
    })
    .await
}

fn report(what: &str, runs: &[[f64; 2]]) {
    let row = |nth: usize| {
        let mut values: Vec<f64> = runs.iter().map(|run| run[nth]).collect();
        values.sort_by(f64::total_cmp);
        format!(
            "{:.0} ms ({:.0}–{:.0})",
            values[values.len() / 2],
            values[0],
            values[values.len() - 1]
        )
    };
    println!("{what:<40} first paint {:<22} ready {}", row(0), row(1));
}

fn dist() -> BTreeMap<String, Vec<u8>> {
    let dist = place::dist();
    let mut files = BTreeMap::new();
    let mut open: Vec<PathBuf> = vec![dist.clone()];
    while let Some(place) = open.pop() {
        for entry in fs::read_dir(&place).expect("dist can be read").map_while(Result::ok) {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(&dist).expect("inside").to_string_lossy().into_owned();
                files.insert(name, fs::read(&path).expect("a file"));
            }
        }
    }
    files
}
