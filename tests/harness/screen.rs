//! What a person does with the screen: reads, presses, fills in, chooses. Everything is found by the words that stand there, never by
//! an id or a class, so that a test is also a proof that the words are there.
//!
//! Inputs go through the driver as real key and pointer events. Each act waits until its target is there ([`wait::LONG`]).

use serde_json::{Value, json};
use thirtyfour::{Key, WebDriver, WebElement, error::WebDriverResult};

use crate::wait;

const FIND: &str = include_str!("find.js");

/// One page on one phone. Clones look at the same page, narrowed or not.
#[derive(Clone)]
pub struct Screen {
    driver: WebDriver,
    /// Names of nested parts (legend, heading, summary) that the search is narrowed to.
    path: Vec<String>,
}

impl Screen {
    /// The page of this session.
    pub fn new(driver: WebDriver) -> Screen {
        Screen {
            driver,
            path: Vec::new(),
        }
    }

    /// The part whose legend, heading or summary is or begins with `name`.
    pub fn within(&self, name: &str) -> Screen {
        let mut path = self.path.clone();
        path.push(name.to_owned());
        Screen {
            driver: self.driver.clone(),
            path,
        }
    }

    /// Opens an address.
    pub async fn go(&self, address: &str) {
        self.driver
            .goto(address)
            .await
            .unwrap_or_else(|fault| panic!("{address} does not open: {fault}"));
    }

    /// Loads the page anew.
    pub async fn reload(&self) {
        self.driver.refresh().await.expect("the page reloads");
    }

    /// The address in the address bar.
    pub async fn address(&self) -> String {
        self.driver.current_url().await.expect("an address").to_string()
    }

    /// Presses the button, link or summary with this name.
    pub async fn press(&self, name: &str) {
        self.act("press", name, async |it: WebElement| it.click().await).await;
    }

    /// Types over whatever the field with this label holds.
    pub async fn fill(&self, label: &str, text: &str) {
        self.act("field", label, async |it: WebElement| type_over(&it, text).await)
            .await;
    }

    /// Types at the end of what the field with this label holds.
    pub async fn type_on(&self, label: &str, text: &str) {
        self.act("field", label, async |it: WebElement| it.send_keys(text).await)
            .await;
    }

    /// Fills the inputs under a legend in their order: day, month, year, or month, year.
    pub async fn fill_parts(&self, legend: &str, parts: &[&str]) {
        self.act("group", legend, async |group: WebElement| {
            let inputs = group
                .find_all(thirtyfour::By::Css("input:not([type=radio]):not([type=checkbox])"))
                .await?;
            assert!(
                inputs.len() >= parts.len(),
                "“{legend}” has {} inputs for {} parts",
                inputs.len(),
                parts.len()
            );
            for (input, part) in inputs.iter().zip(parts) {
                type_over(input, part).await?;
            }
            Ok(())
        })
        .await;
    }

    /// Presses the radio button or checkbox with this label; narrow to the question with [`Screen::within`].
    pub async fn choose(&self, label: &str) {
        self.act("label", label, async |it: WebElement| it.click().await).await;
    }

    /// Chooses an entry of the select box with this label, by its text.
    pub async fn select(&self, label: &str, entry: &str) {
        self.act("field", label, async |select: WebElement| {
            for option in select.find_all(thirtyfour::By::Tag("option")).await? {
                if option.text().await?.trim() == entry {
                    return option.click().await;
                }
            }
            panic!("“{label}” has no entry “{entry}”")
        })
        .await;
    }

    /// What the field with this label holds.
    pub async fn value(&self, label: &str) -> String {
        let script = "return arguments[0].type === 'checkbox' ? String(arguments[0].checked) : arguments[0].value";
        self.act("field", label, async |it: WebElement| {
            let value = self.driver.execute(script, vec![it.to_json()?]).await?;
            Ok(value.json().as_str().unwrap_or_default().to_owned())
        })
        .await
    }

    /// Whether there is a field, button or choice with this name just now.
    pub async fn has(&self, kind: &str, name: &str) -> bool {
        self.look(kind, name).await.is_ok()
    }

    /// Waits until the text can be read on the screen.
    pub async fn see(&self, text: &str) {
        let found = wait::within(wait::LONG, || async { self.text().await.contains(text).then_some(()) }).await;
        if found.is_none() {
            panic!(
                "“{text}” cannot be read; the screen at {} says:\n{}\nfaults: {:?}",
                self.address().await,
                self.text().await,
                self.faults().await
            );
        }
    }

    /// All that can be read, blanks made single. Of a part, when narrowed.
    pub async fn text(&self) -> String {
        let script = "return (document.body.innerText || '').normalize('NFC').replace(/\\s+/g, ' ')";
        self.run(script, vec![]).await.as_str().unwrap_or_default().to_owned()
    }

    /// The status line as it stands.
    pub async fn status(&self) -> String {
        let script = "const it = document.querySelector('[data-status]'); return it ? it.innerText.normalize('NFC').replace(/\\s+/g, ' ').trim() : ''";
        self.run(script, vec![]).await.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until the status line says this.
    pub async fn see_status(&self, words: &str) -> String {
        let found = wait::within(wait::LONG, || async {
            Some(self.status().await).filter(|status| status.contains(words))
        })
        .await;
        match found {
            Some(status) => status,
            None => panic!(
                "the status line never said “{words}”; it says “{}”; faults: {:?}",
                self.status().await,
                self.faults().await
            ),
        }
    }

    /// Waits until a service worker controls the page and has a whole release in its cache.
    pub async fn offline_ready(&self) {
        let script = "const done = arguments[0]; if (!navigator.serviceWorker.controller) return done(false);
            const names = (await caches.keys()).filter((name) => name.startsWith('lylich-'));
            for (const name of names) if (await (await caches.open(name)).match('./index.html')) return done(true);
            done(false);";
        let script = format!("(async function() {{ {script} }}).apply(null, arguments)");
        wait::until("a whole release in the service worker's cache", || async {
            let ret = self.driver.execute_async(script.as_str(), vec![]).await.ok()?;
            (ret.json() == &Value::Bool(true)).then_some(())
        })
        .await;
    }

    /// Uncaught errors, errors on the console and breaches of the security policy since this document was loaded.
    pub async fn faults(&self) -> Vec<String> {
        let found = self
            .run("return window.lylichFaults || ['the witness is missing']", vec![])
            .await;
        found
            .as_array()
            .into_iter()
            .flatten()
            .map(|it| it.as_str().unwrap_or_default().to_owned())
            .collect()
    }

    /// A key, for those who work without a pointer.
    pub async fn key(&self, key: Key) {
        self.driver
            .action_chain()
            .send_keys(key)
            .perform()
            .await
            .expect("the key is pressed");
    }

    /// What has the focus: its label or name.
    pub async fn focus(&self) -> String {
        let script = "const it = document.activeElement; if (!it) return '';
            const label = it.labels && it.labels[0]; return ((label || it).innerText || it.getAttribute('aria-label') || '').replace(/\\s+/g, ' ').trim()";
        self.run(script, vec![]).await.as_str().unwrap_or_default().to_owned()
    }

    /// Keys to what has the focus; whether the page still took them.
    pub async fn try_keys(&self, text: &str) -> bool {
        self.driver.action_chain().send_keys(text).perform().await.is_ok()
    }

    /// Runs a script, if the page still answers.
    pub async fn try_run(&self, script: &str) -> Option<Value> {
        Some(self.driver.execute(script, vec![]).await.ok()?.json().clone())
    }

    /// The browser says to the page that there is a network again.
    pub async fn signal_returns(&self) {
        self.run("window.dispatchEvent(new Event('online'))", vec![]).await;
    }

    /// Runs a script in the page and gives its value back.
    pub async fn run(&self, script: &str, words: Vec<Value>) -> Value {
        let ret = self.driver.execute(script, words).await;
        ret.unwrap_or_else(|fault| panic!("the script failed: {fault}"))
            .json()
            .clone()
    }

    /// Runs a script that calls its last argument with its value.
    pub async fn run_async(&self, script: &str, words: Vec<Value>) -> Value {
        let ret = self.driver.execute_async(script, words).await;
        ret.unwrap_or_else(|fault| panic!("the script failed: {fault}"))
            .json()
            .clone()
    }

    async fn look(&self, kind: &str, name: &str) -> WebDriverResult<WebElement> {
        self.driver
            .execute(FIND, vec![json!(kind), json!(name), json!(self.path)])
            .await?
            .element()
    }

    /// Finds and acts, again while the target is missing, covered or just being redrawn.
    async fn act<T>(&self, kind: &str, name: &str, act: impl AsyncFn(WebElement) -> WebDriverResult<T>) -> T {
        let last = std::cell::RefCell::new(String::new());
        let done = wait::within(wait::LONG, || async {
            let result = match self.look(kind, name).await {
                Ok(element) => act(element).await,
                Err(fault) => Err(fault),
            };
            match result {
                Ok(done) => Some(done),
                Err(fault) => {
                    last.replace(fault.to_string());
                    None
                }
            }
        })
        .await;
        match done {
            Some(done) => done,
            None => panic!("{kind} “{name}”: {}\nfaults: {:?}", last.take(), self.faults().await),
        }
    }
}

async fn type_over(field: &WebElement, text: &str) -> WebDriverResult<()> {
    if field.value().await?.is_some_and(|held| !held.is_empty()) {
        field.send_keys(Key::Control + "a").await?;
        field.send_keys(Key::Delete + "").await?;
    }
    if text.is_empty() {
        Ok(())
    } else {
        field.send_keys(text).await
    }
}
