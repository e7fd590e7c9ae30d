//! The service worker in a real Chromium (rules U1–U5): `public/sw.js` with small releases made here.
//!
//! The page of a release shows the release's name, loads one script with a hash in its name, and can send the message by which a
//! person takes an update. Not here: what the app says about updates (`tests/e2e`).

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use harness::{Phone, Screen, Shelf, Wire, place, wait};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

type Files = BTreeMap<String, Vec<u8>>;

fn sha256(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

/// A whole release, as `cargo xtask build` lays it out.
fn release(name: &str) -> Files {
    let script = format!(
        "document.querySelector('h1').textContent = 'Bản {name}'; navigator.serviceWorker.register('./sw.js', {{ updateViaCache: 'none' }});"
    );
    let script_name = format!("start-{}.js", &sha256(script.as_bytes())[..16]);
    let page = format!(
        "<!DOCTYPE html><html lang=\"vi\"><head><meta charset=\"utf-8\"><title>Thử</title><script type=\"module\" src=\"./{script_name}\"></script></head><body><h1>Chưa chạy</h1></body></html>"
    );
    let mut files = Files::from([
        ("index.html".to_owned(), page.into_bytes()),
        (script_name, script.into_bytes()),
        ("data/places.bin".to_owned(), vec![7; 20_000]),
        ("config.json".to_owned(), br#"{"endpoint": ""}"#.to_vec()),
    ]);
    let list: BTreeMap<&String, String> = files.iter().map(|(name, bytes)| (name, sha256(bytes))).collect();
    let rules = std::fs::read_to_string(place::root().join("public/sw.js")).unwrap();
    let worker = rules
        .replace("const RELEASE = \"\";", &format!("const RELEASE = \"{name}\";"))
        .replace("const FILES = {};", &format!("const FILES = {};", json!(list)));
    files.insert("sw.js".to_owned(), worker.into_bytes());
    // Served, and not of the release.
    files.insert("v1/hello".to_owned(), b"hello".to_vec());
    files.insert("screens/home.png".to_owned(), b"picture".to_vec());
    files
}

async fn open(phone: &mut Phone, origin: &str, name: &str) -> Screen {
    let screen = phone.open(&format!("{origin}/")).await;
    screen.see(&format!("Bản {name}")).await;
    screen.offline_ready().await;
    screen
}

/// Asks the browser to look for a new worker; gives the state that the found one reaches: "installed" (waiting), "redundant"
/// (refused) or "none".
async fn look_for_update(screen: &Screen) -> Value {
    let script = "const done = arguments[0];
        navigator.serviceWorker.getRegistration().then(async (registration) => {
            const found = new Promise((resolve) => { registration.onupdatefound = () => resolve(registration.installing); });
            const nothing = registration.update().then(() => registration.installing || registration.waiting ? new Promise(() => {}) : null);
            const worker = await Promise.race([found, nothing]);
            if (!worker) return done('none');
            const tell = () => { if (worker.state !== 'installing') done(worker.state); };
            worker.onstatechange = tell;
            tell();
        }).catch((fault) => done(String(fault)));";
    screen.run_async(script, vec![]).await
}

/// What the person's word does: the waiting worker takes over, then the page is loaded anew.
async fn take_update(screen: &Screen) {
    let script = "const done = arguments[0];
        navigator.serviceWorker.addEventListener('controllerchange', () => done(true), { once: true });
        navigator.serviceWorker.getRegistration().then((registration) => registration.waiting.postMessage({ type: 'activate' }));";
    assert_eq!(screen.run_async(script, vec![]).await, json!(true));
    screen.reload().await;
}

async fn caches(screen: &Screen) -> Vec<String> {
    let names = screen
        .run_async("const done = arguments[0]; caches.keys().then(done)", vec![])
        .await;
    names
        .as_array()
        .unwrap()
        .iter()
        .map(|name| name.as_str().unwrap().to_owned())
        .collect()
}

async fn fetched(screen: &Screen, method: &str, path: &str) -> Value {
    let script = "const done = arguments[2]; fetch(arguments[1], { method: arguments[0], cache: 'no-store' }).then((it) => done(it.status), () => done('lost'))";
    screen.run_async(script, vec![json!(method), json!(path)]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn after_one_visit_the_whole_release_is_there_without_a_network() {
    let shelf = Shelf::open(release("a")).await;
    let wire = Wire::to(shelf.address).await;
    let mut phone = Phone::new();
    open(&mut phone, &wire.origin(), "a").await;
    phone.close().await;
    let outage = wire.cut().await;
    // A cold start, with a hash route as the app has them.
    let screen = phone.open(&format!("{}/#/khai", wire.origin())).await;
    screen.see("Bản a").await;
    for path in ["./data/places.bin", "./config.json"] {
        assert_eq!(fetched(&screen, "GET", path).await, json!(200), "{path}");
    }
    assert_eq!(fetched(&screen, "GET", "./v1/hello").await, json!("lost"));
    let (passed, turned_away) = outage.heal();
    assert_eq!(passed, 0);
    assert!(turned_away > 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_gets_of_the_list_are_answered_and_everything_else_passes_by() {
    let shelf = Shelf::open(release("a")).await;
    let mut phone = Phone::new();
    let screen = open(&mut phone, &shelf.origin(), "a").await;
    shelf.asked();
    for (method, path) in [
        ("GET", "./data/places.bin"),
        ("GET", "./config.json"),
        ("GET", "./v1/hello"),
        ("POST", "./v1/letter"),
        ("POST", "./config.json"),
        ("GET", "./screens/home.png"),
        ("GET", "./xoa-sach"),
    ] {
        fetched(&screen, method, path).await;
    }
    assert_eq!(
        shelf.asked(),
        [
            "GET /v1/hello",
            "POST /v1/letter",
            "POST /config.json",
            "GET /screens/home.png",
            "GET /xoa-sach"
        ]
    );
    // A visit to another path is the server's, too.
    screen.go(&format!("{}/xoa-sach", shelf.origin())).await;
    assert_eq!(shelf.asked(), ["GET /xoa-sach"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_release_waits_for_the_persons_word_and_fetches_only_what_changed() {
    let shelf = Shelf::open(release("a")).await;
    let mut phone = Phone::new();
    let screen = open(&mut phone, &shelf.origin(), "a").await;
    shelf.put(release("b"));
    shelf.asked();
    assert_eq!(look_for_update(&screen).await, "installed");
    let asked = shelf.asked();
    assert!(asked.iter().any(|it| it.starts_with("GET /start-")), "{asked:?}");
    assert!(
        !asked.contains(&"GET /data/places.bin".to_owned()),
        "unchanged files are taken from the release before: {asked:?}"
    );
    // Not taken: a reload still shows the old one, whole.
    screen.reload().await;
    screen.see("Bản a").await;
    take_update(&screen).await;
    screen.see("Bản b").await;
    assert_eq!(caches(&screen).await, ["lylich-a", "lylich-b"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_wrong_byte_in_a_release_and_the_old_one_stays() {
    let shelf = Shelf::open(release("a")).await;
    let wire = Wire::to(shelf.address).await;
    let mut phone = Phone::new();
    let screen = open(&mut phone, &wire.origin(), "a").await;
    let mut wrong = release("b");
    wrong.get_mut("index.html").unwrap().push(b' ');
    shelf.put(wrong);
    assert_eq!(look_for_update(&screen).await, "redundant");
    assert_eq!(caches(&screen).await, ["lylich-a"]);
    // Cut in the middle of fetching a good one.
    shelf.put(release("c"));
    let listed = release("c");
    let script = listed.keys().find(|name| name.starts_with("start-")).unwrap().clone();
    let mut short = listed.clone();
    short.remove(&script);
    shelf.put(short);
    assert_eq!(look_for_update(&screen).await, "redundant");
    assert_eq!(caches(&screen).await, ["lylich-a"]);
    let outage = wire.cut().await;
    screen.reload().await;
    screen.see("Bản a").await;
    assert_eq!(outage.heal().0, 0);
    // And a whole one is taken later.
    shelf.put(listed);
    assert_eq!(look_for_update(&screen).await, "installed");
    take_update(&screen).await;
    screen.see("Bản c").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_tab_still_gets_its_own_files_and_releases_nobody_uses_go() {
    let shelf = Shelf::open(release("a")).await;
    let mut phone = Phone::new();
    let screen = open(&mut phone, &shelf.origin(), "a").await;
    let old_script = release("a")
        .keys()
        .find(|name| name.starts_with("start-"))
        .unwrap()
        .clone();
    for next in ["b", "c"] {
        shelf.put(release(next));
        assert_eq!(look_for_update(&screen).await, "installed");
        take_update(&screen).await;
        screen.see(&format!("Bản {next}")).await;
    }
    shelf.asked();
    assert_eq!(fetched(&screen, "GET", &format!("./{old_script}")).await, json!(200));
    assert_eq!(
        shelf.asked(),
        Vec::<String>::new(),
        "the server has it no more, the phone has"
    );
    phone.close().await;
    // The next visit finds no page open: what is neither current nor the one before goes.
    let screen = open(&mut phone, &shelf.origin(), "c").await;
    wait::until("two releases left", || async {
        (caches(&screen).await == ["lylich-b", "lylich-c"]).then_some(())
    })
    .await;
}
