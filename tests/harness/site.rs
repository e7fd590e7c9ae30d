//! A page of our own for the harness to be tried on: a form with what the app's form has, a worker that keeps it offline, under the
//! app's own content security policy.

use crate::shelf::Shelf;

const PAGE: &str = r#"<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Thử</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="/live"><link rel="stylesheet" href="/page.css"><script src="/page.js" defer></script></head><body><main>
<h1>Lý lịch thử</h1>
<label for="name">Họ và tên <span class="hint">như trong giấy khai sinh</span></label><input id="name" aria-describedby="hint">
<fieldset id="born"><legend>Ngày sinh</legend><label>Ngày <input id="d" inputmode="numeric"></label><label>Tháng <input id="m" inputmode="numeric"></label><label>Năm <input id="y" inputmode="numeric"></label></fieldset>
<fieldset><legend>Đã kết hôn chưa?</legend><label><input type="radio" name="married" value="yes"> Rồi</label><label><input type="radio" name="married" value="no"> Chưa</label></fieldset>
<section><h2>Ông nội</h2><label for="g">Năm sinh</label><input id="g"></section>
<section><h2>Bà nội</h2><label for="h">Năm sinh</label><input id="h"></section>
<label for="s">Dân tộc</label><select id="s"><option>Kinh</option><option>Thái</option></select>
<details><summary>Căn cứ</summary><p>Hướng dẫn</p></details>
<button type="button" id="add">Thêm hàng</button><p role="status" data-status>Trống</p><div id="bad"></div>
</main></body></html>"#;

const SCRIPT: &str = r#"navigator.serviceWorker.register("/sw.js");
const status = document.querySelector("[data-status]");
const name = document.getElementById("name");
const open = indexedDB.open("thu", 1);
open.onupgradeneeded = () => open.result.createObjectStore("it");
open.onsuccess = () => {
  const read = open.result.transaction("it").objectStore("it").get("name");
  read.onsuccess = () => { name.value = read.result || ""; status.textContent = "Đã mở"; };
};
name.addEventListener("input", () => {
  status.textContent = "Đang ghi…";
  const text = name.value;
  const write = open.result.transaction("it", "readwrite", { durability: "strict" });
  write.objectStore("it").put(text, "name");
  write.oncomplete = () => { if (text === name.value) status.textContent = "Đã lưu trên máy"; };
  write.onabort = () => { status.textContent = "Chưa lưu được"; };
});
document.getElementById("add").addEventListener("click", () => { setTimeout(() => { status.textContent = "Đã thêm hàng"; }, 50); });
"#;

const WORKER: &str = r#"self.addEventListener("install", (e) => e.waitUntil(caches.open("lylich-thu").then((c) => Promise.all(["/", "/page.js"].map(async (p) => c.put(p === "/" ? "./index.html" : p, await fetch(p)))))));
self.addEventListener("activate", (e) => e.waitUntil(clients.claim()));
self.addEventListener("fetch", (e) => { const p = new URL(e.request.url).pathname; if (p === "/" || p === "/page.js") e.respondWith(caches.match(p === "/" ? "./index.html" : p)); });
"#;

async fn site() -> Shelf {
    let files = [
        ("index.html", PAGE),
        ("page.js", SCRIPT),
        ("page.css", "button, summary { min-height: 44px }"),
        ("sw.js", WORKER),
        ("live", "live"),
    ];
    Shelf::open(
        files
            .into_iter()
            .map(|(name, text)| (name.to_owned(), text.into()))
            .collect(),
    )
    .await
}

mod tests {
    use serde_json::json;

    use super::site;
    use crate::{Hunt, Phone, Wire, axe, wait};

    const TYPED: &str = "Lò Thị Ngần-58213";

    #[tokio::test(flavor = "multi_thread")]
    async fn a_person_can_read_press_fill_and_choose_by_the_words_on_the_screen() {
        let site = site().await;
        let mut phone = Phone::new();
        let screen = phone.open(&site.origin()).await;
        screen.see("Lý lịch thử").await;
        screen.fill("Họ và tên", "Nguyễn Văn A").await;
        screen.fill("Họ và tên", TYPED).await;
        assert_eq!(screen.value("Họ và tên").await, TYPED);
        screen.fill_parts("Ngày sinh", &["20", "9", "2008"]).await;
        assert_eq!(screen.within("Ngày sinh").value("Tháng").await, "9");
        screen.within("Đã kết hôn chưa?").choose("Chưa").await;
        assert_eq!(
            screen
                .run(
                    "return document.querySelector('input[name=married]:checked').value",
                    vec![]
                )
                .await,
            json!("no")
        );
        screen.within("Bà nội").fill("Năm sinh", "1941").await;
        assert_eq!(
            (
                screen.within("Bà nội").value("Năm sinh").await,
                screen.within("Ông nội").value("Năm sinh").await
            ),
            ("1941".into(), String::new())
        );
        screen.select("Dân tộc", "Thái").await;
        assert_eq!(screen.value("Dân tộc").await, "Thái");
        screen.press("Căn cứ").await;
        screen.see("Hướng dẫn").await;
        screen.press("Thêm hàng").await;
        screen.see_status("Đã thêm hàng").await;
        assert_eq!(screen.focus().await, "Thêm hàng");
        assert!(!screen.has("press", "Xoá").await);
        assert_eq!(screen.faults().await, Vec::<String>::new());
        phone.close().await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn with_the_wire_cut_neither_page_nor_worker_reaches_the_site_and_the_page_still_opens() {
        let site = site().await;
        let wire = Wire::to(site.address).await;
        let mut phone = Phone::new();
        let screen = phone.open(&wire.origin()).await;
        screen.offline_ready().await;
        let ask = "const done = arguments[0]; fetch('/live', { cache: 'no-store' }).then((it) => done(it.status), () => done('lost'))";
        assert_eq!(screen.run_async(ask, vec![]).await, json!(200));
        let outage = wire.cut().await;
        screen.reload().await;
        screen.see_status("Đã mở").await;
        assert_eq!(screen.run_async(ask, vec![]).await, json!("lost"));
        let (passed, turned_away) = outage.heal();
        assert_eq!(passed, 0);
        assert!(
            turned_away > 0,
            "nothing tried to get through: the outage proves nothing"
        );
        assert_eq!(screen.run_async(ask, vec![]).await, json!(200));
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_killed_phone_is_gone_and_comes_back_with_what_was_stored() {
        let site = site().await;
        let mut phone = Phone::new();
        let address = site.origin();
        let screen = phone.open(&address).await;
        screen.see_status("Đã mở").await;
        screen.fill("Họ và tên", TYPED).await;
        screen.see_status("Đã lưu trên máy").await;
        let before = phone.processes();
        assert!(phone.kill().await >= 3, "browser, zygote, renderer");
        assert!(before.iter().all(|pid| !crate::process::lives(*pid)));
        let screen = phone.open(&address).await;
        screen.see_status("Đã mở").await;
        assert_eq!(screen.value("Họ và tên").await, TYPED);
        // The control of every hunt: what this page stores in the clear is found in the profile.
        phone.close().await;
        let caught = Hunt::new([TYPED, "never typed anywhere"]).under(&[phone.profile()]);
        assert_eq!(caught.words(), [TYPED]);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_full_phone_refuses_to_store_and_a_dead_renderer_can_be_loaded_again() {
        let site = site().await;
        let mut phone = Phone::new();
        let origin = site.origin();
        let screen = phone.open(&origin).await;
        screen.see_status("Đã mở").await;
        phone.limit_storage(&origin, Some(1)).await;
        screen.fill("Họ và tên", TYPED).await;
        screen.see_status("Chưa lưu được").await;
        phone.limit_storage(&origin, None).await;
        screen.type_on("Họ và tên", "!").await;
        screen.see_status("Đã lưu trên máy").await;
        phone.slow_down(4).await;
        assert!(phone.kill_renderers().await >= 1);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn axe_runs_under_the_policy_finds_a_planted_fault_and_only_that() {
        let site = site().await;
        let mut phone = Phone::new();
        let screen = phone.open(&site.origin()).await;
        screen.see("Lý lịch thử").await;
        axe::assert_accessible(&screen, "the page of the harness").await;
        screen
            .run(
                "const bare = document.createElement('input'); document.getElementById('bad').append(bare)",
                vec![],
            )
            .await;
        let found = axe::breaches(&screen).await;
        assert_eq!(found.iter().map(|it| it.rule.as_str()).collect::<Vec<_>>(), ["label"]);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_a_person_never_sees_is_kept_for_the_test() {
        let site = site().await;
        let mut phone = Phone::new();
        let screen = phone.open(&site.origin()).await;
        screen.see("Lý lịch thử").await;
        screen.run("const it = document.createElement('script'); it.textContent = '1'; document.body.append(it); console.error('xin lỗi')", vec![]).await;
        let faults = wait::until("two faults", || async {
            Some(screen.faults().await).filter(|faults| faults.len() >= 2)
        })
        .await;
        assert!(
            faults.iter().any(|fault| fault.starts_with("policy: script-src")),
            "{faults:?}"
        );
        assert!(faults.iter().any(|fault| fault == "console: xin lỗi"), "{faults:?}");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_picture_has_the_size_that_was_asked_for() {
        let site = site().await;
        let mut phone = Phone::new();
        let screen = phone.open(&site.origin()).await;
        screen.see("Lý lịch thử").await;
        let place = tempfile::TempDir::new().unwrap();
        let file = place.path().join("a/360.png");
        phone.picture(360, 740, false, &file).await;
        let png = std::fs::read(file).unwrap();
        let side = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
        assert_eq!((side(16), side(20)), (360, 740));
    }
}
