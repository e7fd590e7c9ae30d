//! A phone: a real Chromium with a profile directory of its own, driven by chromedriver, that can be killed and started again.
//!
//! Invariant: the profile outlives the browser and is removed with the phone; a phone never shares anything with another.

use std::{
    collections::BTreeSet,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::{Capabilities, WebDriver, WindowHandle, extensions::cdp::ChromeDevTools};

use crate::{Screen, place, process, wait};

/// A headless start without anything that goes to the network by itself.
const FLAGS: [&str; 12] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-pings",
    "--lang=vi",
    "--window-size=412,915",
];

/// Keeps what a person would never see: uncaught errors and breaches of the security policy, from the first line of the page on.
const WITNESS: &str = include_str!("witness.js");

/// The phone, switched on or off.
pub struct Phone {
    profile: TempDir,
    driver: Child,
    port: u16,
    session: Option<WebDriver>,
    has_camera: bool,
}

/// One tab of the browser.
#[derive(Clone)]
pub struct Tab(WindowHandle);

impl Phone {
    /// A new phone, switched off.
    pub fn new() -> Phone {
        let profile = TempDir::with_prefix("phone-").expect("a temporary directory");
        let mut driver = Command::new(place::chromedriver())
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver starts");
        let mut lines = BufReader::new(driver.stdout.take().expect("its output")).lines();
        let port = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| {
                line.rsplit_once("started successfully on port ")?
                    .1
                    .trim_end_matches('.')
                    .parse()
                    .ok()
            })
            .expect("chromedriver says its port");
        // Its further words are nobody's, but a full pipe would stop it.
        std::thread::spawn(move || lines.for_each(drop));
        Phone {
            profile,
            driver,
            port,
            session: None,
            has_camera: false,
        }
    }

    /// A new phone with a camera, switched off. What the camera sees is the file [`Phone::camera`], as it is when the camera goes on.
    pub fn with_camera() -> Phone {
        let mut phone = Phone::new();
        phone.has_camera = true;
        phone
    }

    /// The film before the camera: pictures in JPEG one after the other, thirty a second, over and over.
    pub fn camera(&self) -> PathBuf {
        self.profile.path().join("camera.mjpeg")
    }

    /// Everything that the browser keeps.
    pub fn profile(&self) -> &Path {
        self.profile.path()
    }

    /// Where the browser puts what it downloads.
    pub fn downloads(&self) -> PathBuf {
        self.profile.path().join("downloads")
    }

    /// Waits for a downloaded file whose name begins and ends like this, and takes it out of the folder.
    pub async fn downloaded(&self, begins: &str, ends: &str) -> (String, Vec<u8>) {
        wait::until(format!("a file {begins}…{ends}"), || async {
            let entries = std::fs::read_dir(self.downloads()).ok()?;
            let mut names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
            let name = names.find(|name| name.starts_with(begins) && name.ends_with(ends))?;
            let path = self.downloads().join(&name);
            // The browser reserves the name with an empty file first.
            let bytes = std::fs::read(&path).ok().filter(|bytes| !bytes.is_empty())?;
            std::fs::remove_file(path).ok()?;
            Some((name, bytes))
        })
        .await
    }

    /// Switches the browser on with this phone's profile and opens the address.
    pub async fn open(&mut self, address: &str) -> Screen {
        assert!(self.session.is_none(), "the phone is on already");
        let mut flags: Vec<String> = FLAGS.iter().map(|flag| (*flag).to_owned()).collect();
        flags.push(self.user_data());
        if self.has_camera {
            flags.push("--use-fake-device-for-media-stream".to_owned());
            flags.push(format!("--use-file-for-fake-video-capture={}", self.camera().display()));
        }
        let capabilities = json!({
            "browserName": "chrome",
            "goog:chromeOptions": { "binary": place::chromium(), "args": flags },
            "unhandledPromptBehavior": "ignore",
            "timeouts": { "script": 120_000, "pageLoad": 120_000 },
        });
        let capabilities: Capabilities = serde_json::from_value(capabilities).expect("an object");
        let driver = WebDriver::new(format!("http://127.0.0.1:{}", self.port), capabilities)
            .await
            .expect("Chromium starts");
        self.session = Some(driver.clone());
        let screen = Screen::new(driver);
        self.cdp(
            "Browser.setDownloadBehavior",
            json!({ "behavior": "allow", "downloadPath": self.downloads() }),
        )
        .await;
        self.before_each_page(WITNESS).await;
        screen.go(address).await;
        screen
    }

    /// Runs a script in the present tab before each page's own, from the next page on.
    pub async fn before_each_page(&self, script: &str) {
        self.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script }))
            .await;
    }

    /// The tab that is in front.
    pub async fn tab(&self) -> Tab {
        Tab(self.driver().window().await.expect("a tab"))
    }

    /// Opens an address in a new tab, in front; the screen of this phone shows it.
    pub async fn new_tab(&self, address: &str) -> Tab {
        let tab = Tab(self.driver().new_tab().await.expect("a new tab"));
        self.turn_to(&tab).await;
        self.before_each_page(WITNESS).await;
        Screen::new(self.driver().clone()).go(address).await;
        tab
    }

    /// Brings a tab to the front, as a tap on it does: the others are hidden.
    pub async fn turn_to(&self, tab: &Tab) {
        let turned = self.driver().switch_to_window(tab.0.clone()).await;
        turned.expect("the tab is open");
        self.cdp("Page.bringToFront", json!({})).await;
    }

    /// Closes the tab in front. Turn to another one then.
    pub async fn close_tab(&self) {
        self.driver().close_window().await.expect("the tab closes");
    }

    fn driver(&self) -> &WebDriver {
        self.session.as_ref().expect("the phone is on")
    }

    /// The processes of the browser; empty when it is off.
    pub fn processes(&self) -> BTreeSet<u32> {
        process::with_argument(&self.user_data())
            .into_iter()
            .flat_map(process::tree)
            .collect()
    }

    /// The processes that run pages.
    pub fn renderers(&self) -> BTreeSet<u32> {
        let all = self.processes().into_iter();
        all.filter(|pid| is_renderer(*pid)).collect()
    }

    /// After something of the browser was killed: ends the rest of it in the ordinary way, if anything is left, so that it can be
    /// switched on again.
    pub async fn bury(&mut self) {
        if self.processes().is_empty() {
            self.forget_session();
        } else {
            self.close().await;
        }
        self.unlock_profile();
    }

    /// Another phone with a copy of everything this one keeps. This one is off.
    pub fn copy(&self) -> Phone {
        assert!(self.session.is_none(), "a phone that is on cannot be copied");
        let copy = Phone::new();
        let from = self.profile.path().join(".");
        let copied = Command::new("cp").arg("-a").arg(from).arg(copy.profile()).status();
        assert!(copied.is_ok_and(|it| it.success()), "the profile is copied");
        copy
    }

    /// SIGKILL to the whole browser, as when the system or the battery ends it. Gives the number of processes that died.
    pub async fn kill(&mut self) -> usize {
        let processes = self.processes();
        assert!(!processes.is_empty(), "there is no browser to kill");
        process::kill(&processes).await;
        self.forget_session();
        self.unlock_profile();
        processes.len()
    }

    /// SIGKILL to the page's renderers alone.
    pub async fn kill_renderers(&mut self) -> usize {
        let renderers = self.renderers();
        assert!(!renderers.is_empty(), "there is no renderer to kill");
        process::kill(&renderers).await;
        renderers.len()
    }

    /// Closes the browser in the ordinary way.
    pub async fn close(&mut self) {
        if let Some(driver) = self.session.take() {
            driver.quit().await.expect("the browser closes");
        }
        wait::until("the browser closed", || async {
            self.processes().is_empty().then_some(())
        })
        .await;
    }

    /// A slow phone: 6 is a cheap one.
    pub async fn slow_down(&self, factor: u32) {
        self.cdp("Emulation.setCPUThrottlingRate", json!({ "rate": factor }))
            .await;
    }

    /// How many bytes the site may keep: a full phone. `None` lifts it.
    pub async fn limit_storage(&self, origin: &str, bytes: Option<u64>) {
        let mut words = json!({ "origin": origin });
        if let Some(bytes) = bytes {
            words["quotaSize"] = json!(bytes);
        }
        self.cdp("Storage.overrideQuotaForOrigin", words).await;
    }

    /// The size of the screen in CSS pixels.
    pub async fn resize(&self, width: u32, height: u32) {
        let words = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 700 });
        self.cdp("Emulation.setDeviceMetricsOverride", words).await;
    }

    /// Light or dark.
    pub async fn prefer(&self, scheme: &str) {
        self.cdp(
            "Emulation.setEmulatedMedia",
            json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] }),
        )
        .await;
    }

    /// A picture of the page at this size, all of it when `whole`.
    pub async fn picture(&self, width: u32, height: u32, whole: bool, file: &Path) {
        self.resize(width, height).await;
        let picture = self
            .cdp(
                "Page.captureScreenshot",
                json!({ "format": "png", "captureBeyondViewport": whole }),
            )
            .await;
        let bytes = data_encoding::BASE64
            .decode(picture["data"].as_str().unwrap_or_default().as_bytes())
            .expect("base64");
        if let Some(place) = file.parent() {
            std::fs::create_dir_all(place).expect("a directory for pictures");
        }
        std::fs::write(file, bytes).expect("the picture is written");
    }

    /// Any command of the DevTools protocol, to the page.
    pub async fn cdp(&self, command: &str, words: Value) -> Value {
        ChromeDevTools::new(self.driver().handle.clone())
            .execute_cdp_with_params(command, words)
            .await
            .unwrap_or_else(|fault| panic!("{command}: {fault}"))
    }

    fn user_data(&self) -> String {
        format!("--user-data-dir={}", self.profile.path().display())
    }

    /// The driver's session is gone with the browser; asking to end it would only wait.
    fn forget_session(&mut self) {
        if let Some(driver) = self.session.take() {
            let _ = driver.leak();
        }
    }

    /// A killed browser leaves its lock behind, a link that names host and pid.
    fn unlock_profile(&self) {
        for name in ["SingletonLock", "SingletonSocket", "SingletonCookie"] {
            let _ = std::fs::remove_file(self.profile.path().join(name));
        }
    }
}

impl Default for Phone {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Phone {
    fn drop(&mut self) {
        let mut family = self.processes();
        family.insert(self.driver.id());
        self.forget_session();
        process::signal("KILL", &family);
        let _ = self.driver.wait();
        // The profile can be removed when nobody writes to it any more.
        let start = std::time::Instant::now();
        while family.iter().any(|pid| process::lives(*pid)) && start.elapsed() < wait::LONG {
            std::thread::yield_now();
        }
    }
}

/// A renderer writes its command line anew, with blanks between the words.
fn is_renderer(pid: u32) -> bool {
    std::fs::read(format!("/proc/{pid}/cmdline"))
        .is_ok_and(|line| String::from_utf8_lossy(&line).contains("--type=renderer"))
}

/// Where pictures go: the directory `LYLICH_PICTURES` names, else none are made.
pub fn pictures() -> Option<PathBuf> {
    std::env::var_os("LYLICH_PICTURES").map(PathBuf::from)
}
