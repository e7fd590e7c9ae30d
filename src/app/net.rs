//! The way out: posts letters and reads `config.json`. The only file that names reqwest; it believes nothing it gets back.

use std::{pin::Pin, time::Duration};

use js_sys::{JSON, Reflect};
use leptos::prelude::window;
use reqwest::{
    RequestBuilder,
    header::{CONTENT_TYPE, HeaderValue, LOCATION},
};

/// What the deployment says: where the endpoint is and who runs it. Never taken from a QR code.
#[derive(Clone, Default)]
pub struct Config {
    /// Origin of the endpoint; empty: the app's own.
    pub endpoint: String,
    /// Who runs the endpoint, for the consent screen.
    pub operator: String,
    /// Whom to ask for help.
    pub support: String,
}

/// Where letters go, below the endpoint's origin.
const LETTERS: &str = "v1/letter";

/// What came back from a request.
pub enum Reached {
    /// Somebody answered; whether it was the endpoint is for the signature to say.
    Answer { status: u16, body: Vec<u8> },
    /// Nobody did, or too late.
    Nobody,
}

/// Reads the deployment's configuration; it is part of the release, so it is there without a network.
pub async fn config() -> Config {
    let text = asset("config.json")
        .await
        .and_then(|bytes| String::from_utf8(bytes).ok());
    let said = text.and_then(|text| JSON::parse(&text).ok()).unwrap_or_default();
    let of = |name: &str| {
        Reflect::get(&said, &name.into())
            .ok()
            .and_then(|value| value.as_string())
            .unwrap_or_default()
    };
    Config {
        endpoint: of("endpoint"),
        operator: of("operator"),
        support: of("support"),
    }
}

/// One of the release's own files; without a network the service worker answers.
pub async fn asset(path: &str) -> Option<Vec<u8>> {
    match ask(reqwest::Client::new().get(absolute("", path)?)).await {
        Reached::Answer { status: 200..300, body } => Some(body),
        _ => None,
    }
}

/// Posts one letter, or the question for an account's sealed keys, which goes where letters go. Waits 60 s and one second more for each
/// kibibyte, at most 300 s (sync protocol §13).
pub async fn post_letter(config: &Config, letter: Vec<u8>) -> Reached {
    let Some(url) = absolute(&config.endpoint, LETTERS) else {
        return Reached::Nobody;
    };
    let patience = Duration::from_secs((60 + letter.len() as u64 / 1024).min(300));
    let request = reqwest::Client::new()
        .post(url)
        .header(CONTENT_TYPE, HeaderValue::from_static("application/cbor"))
        .timeout(patience)
        .body(letter);
    ask(request).await
}

/// The service worker's letter box for one vault (`public/sw.js`, U7); `None` where no worker serves this page.
fn letter_box(db_id: &str) -> Option<String> {
    crate::update::is_served().then(|| format!("{}/.letter/{db_id}", here()))
}

/// Lays a letter ready: the service worker posts it when a signal comes and the app is closed. Nothing depends on it.
pub async fn lay(config: &Config, db_id: &str, letter: Vec<u8>) {
    if let (Some(place), Some(to)) = (letter_box(db_id), absolute(&config.endpoint, LETTERS))
        && let Ok(to) = HeaderValue::try_from(to)
    {
        ask_worker(reqwest::Client::new().put(place).header(LOCATION, to).body(letter)).await;
    }
}

/// Takes back what lies ready: it has arrived, or its vault is gone.
pub async fn take_back(db_id: &str) {
    if let Some(place) = letter_box(db_id) {
        ask_worker(reqwest::Client::new().delete(place)).await;
    }
}

/// The letter that was posted while the app was closed, and what was answered.
pub async fn answered(db_id: &str) -> Option<(Vec<u8>, Vec<u8>)> {
    match ask_worker(reqwest::Client::new().get(letter_box(db_id)?)).await {
        Reached::Answer { status: 200, body } => {
            let (length, rest) = body.split_first_chunk()?;
            let (letter, answer) = rest.split_at_checked(u32::from_be_bytes(*length) as usize)?;
            Some((letter.to_vec(), answer.to_vec()))
        }
        _ => None,
    }
}

/// No letter waits long for the worker's own letter box.
async fn ask_worker(request: RequestBuilder) -> Reached {
    ask(request.timeout(Duration::from_secs(5))).await
}

/// Sends a request and waits for the whole answer.
fn ask(request: RequestBuilder) -> Pin<Box<dyn Future<Output = Reached>>> {
    Box::pin(async move {
        let Ok(response) = request.send().await else {
            return Reached::Nobody;
        };
        let status = response.status().as_u16();
        match response.bytes().await {
            Ok(body) => Reached::Answer {
                status,
                body: body.into(),
            },
            Err(_) => Reached::Nobody,
        }
    })
}

/// The address of the app itself, for invites: `https://host/` with the path it is served under.
pub fn here() -> String {
    let location = window().location();
    let part = |text: Result<String, _>| text.unwrap_or_default();
    let (origin, path) = (part(location.origin()), part(location.pathname()));
    format!("{origin}{}", path.trim_end_matches("index.html").trim_end_matches('/'))
}

fn absolute(origin: &str, path: &str) -> Option<String> {
    let origin = if origin.is_empty() {
        window().location().origin().ok()?
    } else {
        origin.trim_end_matches('/').to_owned()
    };
    Some(format!("{origin}/{path}"))
}
