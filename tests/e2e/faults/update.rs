//! T-09: another release is put up while somebody types: a broken one, then a whole one. The text is never touched, and old and new
//! never mix. Not here: how the waiting one is taken (`tests/worker`).

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use harness::{Phone, Screen, Shelf, place};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{FIELD, Row, begin, reopen, save};

type Files = BTreeMap<String, Vec<u8>>;

const NEXT: &str = "00000000000000bb";

#[tokio::test(flavor = "multi_thread")]
async fn t_09_a_release_that_changes_in_mid_edit_touches_no_text() {
    let mut row = Row::new("T-09");
    let (now, next) = (release(), next());
    let shelf = Shelf::open(now).await;
    let mut phone = Phone::new();
    let (screen, key) = begin(&mut phone, &shelf.origin()).await;
    screen.offline_ready().await;
    let old = running(&screen).await;
    save(&screen, "HẠNG").await;

    // One wrong byte: refused whole, and writing goes on.
    let mut wrong = next.clone();
    wrong.get_mut("index.html").expect("the page").push(b' ');
    shelf.put(wrong);
    let state = look_for_update(&screen).await;
    screen.type_on(FIELD, " A").await;
    screen.see_status("Đã lưu trên máy").await;
    row.run(
        &format!("a wrong byte: {state}"),
        state == "redundant",
        running(&screen).await == old,
    );

    // A whole one waits for a word.
    shelf.put(next);
    let state = look_for_update(&screen).await;
    screen.see("Có bản mới của ứng dụng.").await;
    screen.type_on(FIELD, " NẾNH").await;
    screen.see_status("Đã lưu trên máy").await;
    row.run(
        &format!("a whole one: {state}"),
        state == "installed",
        running(&screen).await == old,
    );
    // Not taken: a new start still runs the old one, whole, with every letter.
    screen.reload().await;
    let found = reopen(&screen, &key).await;
    row.run(
        &format!("“{found}”"),
        running(&screen).await == old,
        found == "HẠNG A NẾNH",
    );
    assert_eq!(screen.faults().await, Vec::<String>::new());
    row.end();
}

/// The release that was built, file by file as it is served.
fn release() -> Files {
    let mut files = Files::new();
    let mut open = vec![place::dist()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).expect("the page").flatten() {
            let path = entry.path();
            let name = path.strip_prefix(place::dist()).expect("inside").display().to_string();
            if path.is_dir() {
                open.push(path);
            } else if !name.ends_with(".br") && !name.ends_with(".gz") {
                files.insert(name, std::fs::read(&path).expect("a file"));
            }
        }
    }
    files
}

/// The same program as another release.
fn next() -> Files {
    let mut files = release();
    let worker = String::from_utf8(files["sw.js"].clone()).expect("UTF-8");
    let page = String::from_utf8(files["index.html"].clone()).expect("UTF-8");
    let id = worker
        .split("const RELEASE = \"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("its id");
    let renamed = page.replace(id, NEXT);
    assert_ne!(renamed, page);
    let sha = |text: &str| HEXLOWER.encode(&Sha256::digest(text.as_bytes()));
    let worker = worker.replace(id, NEXT).replace(&sha(&page), &sha(&renamed));
    files.insert("sw.js".to_owned(), worker.into_bytes());
    files.insert("index.html".to_owned(), renamed.into_bytes());
    files
}

async fn running(screen: &Screen) -> String {
    let release = screen
        .run("return document.querySelector('meta[name=release]').content", vec![])
        .await;
    release.as_str().unwrap_or_default().to_owned()
}

/// Asks the browser to look for another release; the state that the found one reaches.
async fn look_for_update(screen: &Screen) -> Value {
    let script = "const done = arguments[0];
        navigator.serviceWorker.getRegistration().then(async (registration) => {
            const found = new Promise((resolve) => registration.addEventListener('updatefound', () => resolve(registration.installing)));
            registration.update().catch(() => {});
            const worker = await found;
            const tell = () => { if (worker.state !== 'installing') done(worker.state); };
            worker.addEventListener('statechange', tell);
            tell();
        }).catch((fault) => done(String(fault)));";
    screen.run_async(script, vec![]).await
}
