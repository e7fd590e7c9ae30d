//! The real endpoint on a free port with a data directory of its own, and a demo branch founded through its real interface.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

use crate::{place, process, wait};

/// A running `lylich-endpoint serve` that also serves the app.
pub struct Endpoint {
    place: TempDir,
    data: PathBuf,
    running: Option<Child>,
    address: SocketAddr,
}

impl Endpoint {
    /// Starts with an empty data directory.
    pub async fn start() -> Endpoint {
        let place = TempDir::with_prefix("endpoint-").expect("a temporary directory");
        let data = place.path().join("data");
        let mut endpoint = Endpoint {
            place,
            data,
            running: None,
            address: SocketAddr::from(([127, 0, 0, 1], 0)),
        };
        endpoint.start_again().await;
        endpoint
    }

    /// Starts with the same data, on another port: see [`crate::Wire::move_to`].
    pub async fn start_again(&mut self) {
        assert!(self.running.is_none(), "the endpoint runs already");
        let log = File::options()
            .create(true)
            .append(true)
            .open(self.log())
            .expect("a log file");
        let mut running = Command::new(place::program("lylich-endpoint"))
            .args(["serve", "--listen", "127.0.0.1:0", "--app"])
            .arg(place::dist())
            .arg("--data")
            .arg(&self.data)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .expect("the endpoint starts");
        let mut lines = BufReader::new(running.stdout.take().expect("its output"))
            .lines()
            .map_while(Result::ok);
        let address = lines.find_map(|line| line.split_once("http://")?.1.trim().parse().ok());
        self.address = address.unwrap_or_else(|| {
            panic!(
                "no address; its log:\n{}",
                fs::read_to_string(self.log()).unwrap_or_default()
            )
        });
        std::thread::spawn(move || lines.for_each(drop));
        self.running = Some(running);
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// For the address bar, without a wire between.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Its database and keys.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// What it has logged.
    pub fn log(&self) -> PathBuf {
        self.place.path().join("service.log")
    }

    /// Everything it keeps and says: data and log, for the search for planted words.
    pub fn place(&self) -> &Path {
        self.place.path()
    }

    /// Asks it to stop, as the system does, and waits.
    pub async fn stop(&mut self) -> ExitStatus {
        let mut running = self.running.take().expect("the endpoint runs");
        process::signal("TERM", &[running.id()].into());
        wait::until("the endpoint stopped", || {
            std::future::ready(running.try_wait().expect("its end"))
        })
        .await
    }

    /// SIGKILL.
    pub async fn kill(&mut self) {
        let mut running = self.running.take().expect("the endpoint runs");
        running.kill().expect("it is ours to kill");
        running.wait().expect("its end");
    }
}

impl Drop for Endpoint {
    fn drop(&mut self) {
        if let Some(mut running) = self.running.take() {
            let _ = running.kill();
            let _ = running.wait();
        }
    }
}

/// The demo branch: its secretary's keys, and three invites.
pub struct Demo {
    keys: TempDir,
    key_file: PathBuf,
    links: Value,
}

impl Demo {
    /// Founds it.
    pub async fn found(endpoint: &Endpoint) -> Demo {
        let keys = TempDir::with_prefix("demo-").expect("a temporary directory");
        let key_file = keys.path().join("secretary.key");
        let mut demo = Demo {
            keys,
            key_file,
            links: Value::Null,
        };
        demo.run(
            "prepare",
            &[
                "--program",
                &shown(&place::program("lylich-endpoint")),
                "--data",
                &shown(endpoint.data()),
            ],
        )
        .await;
        demo.draw(endpoint).await;
        demo
    }

    /// The line that the operator's command prints, for a branch that nobody founded yet.
    pub async fn founding_line(endpoint: &Endpoint) -> String {
        let mut command = tokio::process::Command::new(place::program("lylich-endpoint"));
        command
            .args(["found", "--name", "Chi bộ mẫu", "--data"])
            .arg(endpoint.data());
        let out = command.output().await.expect("the operator's command runs");
        let said = String::from_utf8_lossy(&out.stdout).into_owned();
        let line = said
            .split_whitespace()
            .find(|word| word.starts_with("lylich-founding-"));
        line.unwrap_or_else(|| panic!("{said}{}", String::from_utf8_lossy(&out.stderr)))
            .to_owned()
    }

    /// Draws three new invites; each is used once.
    pub async fn draw(&mut self, endpoint: &Endpoint) {
        let said = self
            .run("links", &["--at", &endpoint.origin(), "--app", "http://app"])
            .await;
        self.links = serde_json::from_str(&said).expect("the demo says its links as JSON");
    }

    /// The address with the invite of this role (1 candidate, 2 mentor, 3 secretary), for an app served from `origin`.
    pub fn link(&self, origin: &str, role: u8) -> String {
        let name = match role {
            1 => "candidate",
            2 => "mentor",
            3 => "secretary",
            other => panic!("there is no role {other}"),
        };
        let link = self.links[name].as_str().expect("a link");
        format!(
            "{origin}{}",
            link.strip_prefix("http://app").expect("a link of the demo")
        )
    }

    /// Where the founder's keys lie.
    pub fn keys(&self) -> &Path {
        self.keys.path()
    }

    /// The secretary's age identity, for `lylich open`.
    pub fn key_file(&self) -> &Path {
        &self.key_file
    }

    async fn run(&self, word: &str, words: &[&str]) -> String {
        let mut command = tokio::process::Command::new(place::program("demo"));
        command.arg(word).arg("--keys").arg(self.keys.path()).args(words);
        let out = command.output().await.expect("the demo's founder runs");
        assert!(
            out.status.success(),
            "demo {word}: {}",
            String::from_utf8_lossy(&out.stderr)
        );
        String::from_utf8(out.stdout).expect("UTF-8")
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}
