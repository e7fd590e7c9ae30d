//! A small file server whose files can be exchanged while it runs: another release is put up, one file is wrong. Counts what is
//! asked for. For the tests of the harness and of the service worker; the app itself is served by the real endpoint.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// The app's own policy.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob:; font-src 'self'; \
    connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'";

/// Serves until dropped.
pub struct Shelf {
    /// Where it listens.
    pub address: SocketAddr,
    state: Arc<Mutex<State>>,
    task: JoinHandle<()>,
}

#[derive(Default)]
struct State {
    files: BTreeMap<String, Vec<u8>>,
    asked: Vec<String>,
}

impl Shelf {
    /// Opens on a free port with these files, by name without the first slash.
    pub async fn open(files: BTreeMap<String, Vec<u8>>) -> Shelf {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("its address");
        let state = Arc::new(Mutex::new(State {
            files,
            asked: Vec::new(),
        }));
        let shared = state.clone();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer(stream, shared.clone()));
            }
        });
        Shelf { address, state, task }
    }

    /// Puts these files up in the place of all others.
    pub fn put(&self, files: BTreeMap<String, Vec<u8>>) {
        self.state.lock().expect("not poisoned").files = files;
    }

    /// "GET /name" of every request so far; forgets them.
    pub fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.state.lock().expect("not poisoned").asked)
    }

    /// For the address bar.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Shelf {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(mut stream: TcpStream, state: Arc<Mutex<State>>) -> Option<()> {
    let (from, mut to) = stream.split();
    let mut reader = BufReader::new(from);
    let mut first = String::new();
    reader.read_line(&mut first).await.ok()?;
    let mut length = 0;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).await.ok()? == 0 || line.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().ok()?;
        }
    }
    reader.read_exact(&mut vec![0; length]).await.ok()?;
    let mut words = first.split(' ');
    let (method, path) = (words.next()?, words.next()?.split('?').next()?);
    let name = if path == "/" {
        "index.html"
    } else {
        path.trim_start_matches('/')
    };
    let found = {
        let mut state = state.lock().expect("not poisoned");
        state.asked.push(format!("{method} {path}"));
        state.files.get(name).cloned()
    };
    let (status, body) = found.map_or(("404 Not Found", Vec::new()), |body| ("200 OK", body));
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: {}\r\ncontent-length: {}\r\ncache-control: no-cache\r\ncontent-security-policy: {POLICY}\r\nconnection: close\r\n\r\n",
        kind(name),
        body.len()
    );
    to.write_all(head.as_bytes()).await.ok()?;
    to.write_all(&body).await.ok()
}

fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webmanifest" => "application/manifest+json",
        _ => "text/plain; charset=utf-8",
    }
}
