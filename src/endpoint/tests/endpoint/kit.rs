//! The program started and ended by its own id, a phone that posts over a plain socket, and a founded branch.

use endpoint::database::Engine;
use endpoint::folder::Folder;
use endpoint::home::Home;
use sqlx::AnyConnection;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;
use sync::body::Consent;
use sync::client::{self, Identity, Invitation, KeptOp, Line, Mail, OutRow, Outgoing, Posting, Pulled, Reply, View};
use sync::draft::Draft;
use sync::found::{self, FoundingInvite, Plan, Root};
use sync::id::RecordId;
use sync::kind::{Class, Role};
use sync::link::Link;
use sync::{Now, Random};
use tempfile::TempDir;

/// Generous: only a hang is longer than this.
pub const DEADLINE: Duration = Duration::from_secs(60);

/// The machine's randomness.
pub struct Machine;

impl Random for Machine {
    fn fill(&mut self, out: &mut [u8]) {
        getrandom::getrandom(out).unwrap();
    }
}

pub fn now() -> Now {
    endpoint::random::now()
}

/// The program's folders: data, and its log; and its own schema in the tests' PostgreSQL where the suite runs over that.
pub struct Place {
    folder: TempDir,
    server: Option<String>,
}

impl Place {
    pub fn new() -> Self {
        Self::over(crate::OVER)
    }

    pub fn over(engine: Engine) -> Self {
        Self {
            folder: TempDir::new().unwrap(),
            server: (engine == Engine::Postgres).then(crate::server::schema),
        }
    }

    /// As the commands open it.
    pub fn home(&self) -> Home {
        Home {
            folder: Folder::open(&self.data()).unwrap(),
            server: self.server.clone(),
        }
    }

    /// Does something with the database from outside.
    pub fn with_database<T>(&self, work: impl AsyncFnOnce(&mut AnyConnection) -> T) -> T {
        let rt = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        rt.block_on(async {
            let mut db = endpoint::database::open(&self.home()).await.unwrap();
            let out = work(&mut db).await;
            endpoint::database::close(db).await.unwrap();
            out
        })
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub fn log(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A command of the program on this data.
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lylich-endpoint"));
        command.args(words).arg("--data").arg(self.data());
        if let Some(url) = &self.server {
            command.args(["--database", url]);
        }
        command
    }

    /// Runs a command to its end and gives what it printed.
    pub fn run(&self, words: &[&str]) -> String {
        let out = self.command(words).output().unwrap();
        assert!(
            out.status.success(),
            "{words:?}: {}",
            String::from_utf8_lossy(&out.stderr)
        );
        String::from_utf8(out.stdout).unwrap()
    }

    /// Starts `serve` on a free port.
    pub fn serve(&self, more: &[&str]) -> Running {
        let mut command = self.command(&["serve", "--listen", "127.0.0.1:0"]);
        command.args(more);
        self.start(command)
    }

    /// Starts a command that prints its address.
    pub fn start(&self, command: Command) -> Running {
        self.try_start(command).unwrap_or_else(|_| {
            let log = std::fs::read_to_string(self.log()).unwrap_or_default();
            panic!("no address was said; log: {log}")
        })
    }

    /// As [`Place::start`]; a command that ended before it said its address gives back how it ended.
    pub fn try_start(&self, mut command: Command) -> Result<Running, ExitStatus> {
        let log = std::fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(self.log())
            .unwrap();
        let mut child = command.stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        match line.trim().strip_prefix("listening on http://") {
            Some(address) => Ok(Running {
                address: address.parse().unwrap(),
                child,
            }),
            None => Err(child.wait().unwrap()),
        }
    }

    /// A founding invite from the operator's command.
    pub fn founding_invite(&self) -> FoundingInvite {
        let said = self.run(&["found"]);
        said.split_whitespace()
            .find_map(|word| FoundingInvite::parse(word).ok())
            .unwrap()
    }
}

/// The running program. Dropped, it is killed by its id.
pub struct Running {
    pub address: SocketAddr,
    child: Child,
}

impl Running {
    pub fn kill(&mut self) -> ExitStatus {
        let _ = self.child.kill();
        self.child.wait().unwrap()
    }

    pub fn pid(&self) -> rustix::process::Pid {
        rustix::process::Pid::from_child(&self.child)
    }

    pub fn terminate(&self) {
        rustix::process::kill_process(self.pid(), rustix::process::Signal::TERM).unwrap();
    }

    pub fn wait(&mut self) -> ExitStatus {
        self.child.wait().unwrap()
    }

    /// For a program that is to be struck by somebody else; one that goes on is killed, and its record shows it.
    pub fn wait_or_kill(&mut self) -> ExitStatus {
        let begun = std::time::Instant::now();
        while !self.has_ended() && begun.elapsed() < DEADLINE {
            std::thread::sleep(Duration::from_millis(5));
        }
        self.kill()
    }

    pub fn has_ended(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.kill();
    }
}

/// What came back over a socket.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(found, _)| found == name)
            .map(|(_, value)| value.as_str())
    }

    /// Reads an answer to its end. `None`: the connection broke before it was whole.
    pub fn read(stream: &mut TcpStream) -> Option<Self> {
        stream.set_read_timeout(Some(DEADLINE)).unwrap();
        let mut bytes = Vec::new();
        let whole = stream.read_to_end(&mut bytes);
        let at = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(&bytes[..at]).into_owned();
        let mut lines = head.lines();
        let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
        let headers: Vec<(String, String)> = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
            .collect();
        let answer = Self {
            status,
            headers,
            body: bytes[at + 4..].to_vec(),
        };
        let length = answer
            .header("content-length")
            .and_then(|length| length.parse::<usize>().ok());
        match length {
            Some(length) if length != answer.body.len() => None,
            None if whole.is_err() => None,
            _ => Some(answer),
        }
    }
}

/// One request on a connection of its own. `None`: no whole answer.
pub fn request(address: SocketAddr, head: &str, body: &[u8]) -> Option<Answer> {
    let mut stream = TcpStream::connect(address).ok()?;
    let head = format!("{head}\r\nhost: {address}\r\nconnection: close\r\n\r\n");
    // The other side may refuse after the head and close: then there is an answer all the same.
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
    Answer::read(&mut stream)
}

pub fn get(address: SocketAddr, path: &str) -> Answer {
    request(address, &format!("GET {path} HTTP/1.1"), b"").unwrap()
}

/// Posts a letter's bytes.
pub fn post(address: SocketAddr, bytes: &[u8]) -> Option<Answer> {
    let head = format!(
        "POST /v1/letter HTTP/1.1\r\ncontent-type: application/cbor\r\ncontent-length: {}",
        bytes.len()
    );
    request(address, &head, bytes)
}

/// A phone with its rows, as a vault would hold them.
pub struct Phone {
    pub who: Identity,
    pub outbox: Vec<OutRow>,
    pub kept: Vec<KeptOp>,
    pub pulled: Vec<Pulled>,
    pub mail: Mail,
}

pub const AGREED: Consent = Consent {
    text: 1,
    class: Class::C2,
    under16: false,
    guardian: false,
    withdrawn: false,
};

impl Phone {
    /// A new invite, which the endpoint does not know yet.
    pub fn invite(&mut self, role: Role, now: Now) -> (Link, Outgoing) {
        let invitation = Invitation {
            role,
            account: None,
            guardian: false,
        };
        client::invite(&mut self.who, &invitation, now, &mut Machine).unwrap()
    }

    pub fn enrol(founder: &mut Phone, role: Role, address: SocketAddr) -> Self {
        let (link, invite) = founder.invite(role, now());
        founder.outbox.push(OutRow::new(invite));
        founder.sync(address).unwrap();
        let (who, join) = client::enrol(&link, &AGREED, now(), &mut Machine).unwrap();
        let mut phone = Self::of(who, vec![join]);
        phone.sync(address).unwrap();
        assert!(phone.outbox.is_empty(), "the join has its receipt");
        phone
    }

    pub fn of(who: Identity, outs: Vec<Outgoing>) -> Self {
        let outbox = outs.into_iter().map(OutRow::new).collect();
        Self {
            who,
            outbox,
            kept: Vec::new(),
            pulled: Vec::new(),
            mail: Mail::default(),
        }
    }

    pub fn posting(&self) -> Posting {
        client::letter(&self.who, &self.outbox, &self.mail, 65_536, &mut Machine)
    }

    /// Cuts a hand-in of a new draft.
    pub fn hand_in(&mut self, text: &str) -> Outgoing {
        let mut draft = Draft::new(RecordId::draw(&mut Machine), "2-KNĐ/2025");
        draft.set("birth_name", text);
        let out = client::hand_in(&mut self.who, &draft, &[], "rules 1", "21/11/2026", now(), &mut Machine).unwrap();
        self.outbox.push(OutRow::new(out.clone()));
        out
    }

    /// Cuts three versions of one draft.
    pub fn keep_three_versions(&mut self) {
        let mut draft = Draft::new(RecordId::draw(&mut Machine), "2-KNĐ/2025");
        for n in 0..3 {
            draft.set("birth_name", &format!("bản {n}"));
            let out = client::keep(&mut self.who, &draft, now(), &mut Machine).unwrap();
            draft.moved_on(out.op_id);
            self.outbox.push(OutRow::new(out));
        }
    }

    /// One letter and its consequences. `None`: no answer, and the ops are of unknown fate.
    pub fn sync(&mut self, address: SocketAddr) -> Option<Reply> {
        let posting = self.posting();
        let answer = post(address, &posting.bytes);
        let reply = answer.as_ref().map_or(Reply::Foreign, |answer| {
            client::answer(&self.who, &posting, answer.status, &answer.body)
        });
        let view = View {
            outbox: &self.outbox,
            kept: &self.kept,
            pulled: &self.pulled,
            mail: &self.mail,
        };
        let (change, _) = client::conclude(
            &mut self.who,
            view,
            &mut Line::default(),
            &posting,
            &reply,
            &mut Machine,
        );
        for kept in change.kept {
            self.kept.retain(|row| row.out.op_id != kept.out.op_id);
            self.kept.push(kept);
        }
        for pulled in change.pulled {
            self.pulled.retain(|row| row.out.op_id != pulled.out.op_id);
            self.pulled.push(pulled);
        }
        for row in change.outbox {
            self.outbox.retain(|old| old.out.op_id != row.out.op_id);
            self.outbox.push(row);
        }
        self.outbox.retain(|row| !change.done.contains(&row.out.op_id));
        self.mail = change.mail;
        answer.map(|_| reply)
    }
}

/// Founds a branch on a running endpoint.
pub fn found(place: &Place, address: SocketAddr) -> (Phone, Root) {
    let plan = Plan {
        name: "Chi bộ thử",
        class: Class::C2,
        single_secretary: true,
    };
    let (root, who, outs) = found::found(&place.founding_invite(), &plan, &mut Machine);
    let mut phone = Phone::of(who, outs);
    phone.sync(address).unwrap();
    assert!(phone.outbox.is_empty(), "the founding has its receipts");
    (phone, root)
}

/// All files under a folder.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] })
        .collect()
}
