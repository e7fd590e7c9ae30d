//! Plays the founding secretary of a demo branch, "Chi bộ thử": `demo prepare` asks the endpoint's operator command for a founding
//! invite, `demo links` founds the branch once through the endpoint's own HTTP interface and draws three fresh invites each time, `demo watch`
//! names each secretary who joins while the endpoint serves.
//!
//! Invariants: what is sent was stored first, so that a run that was cut off goes on where it stopped; every key lies in the one
//! directory that is named, with mode 0600; only loopback is contacted. Not part of the product: a branch is founded by its own
//! secretary's app.

use std::{
    env, fs,
    io::Write,
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
    process::{Command, ExitCode},
    thread,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use sync::{
    Now, Random,
    answer::Row,
    client::{self, Answered, Fate, Identity, Invitation, Mail, OutRow, Reply},
    found::{FoundingInvite, Plan, Root, age_identity_file},
    kind::{Class, Role},
};

const NAME: &str = "Chi bộ thử";
const USAGE: &str = "demo prepare --program LYLICH-ENDPOINT --data DIR\ndemo links --data DIR --at http://127.0.0.1:PORT --app http://127.0.0.1:PORT\ndemo watch --data DIR --at http://127.0.0.1:PORT";
/// Between two looks for somebody new.
const BETWEEN: Duration = Duration::from_secs(3);
/// Looks without an answer after which the endpoint is taken to have ended.
const PATIENCE: u32 = 20;
/// More than three invites ever need.
const LETTER: usize = 64 << 10;

/// One sentence: what went wrong and what to do.
type Told<T> = Result<T, String>;

fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    match command(&words.iter().map(String::as_str).collect::<Vec<_>>()) {
        Ok(line) => {
            println!("{line}");
            ExitCode::SUCCESS
        }
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}

fn command(words: &[&str]) -> Told<String> {
    match words {
        ["prepare", "--keys", keys, "--program", program, "--data", data] => {
            prepare(&Drawer::of(keys)?, Path::new(program), Path::new(data)).map(|()| String::new())
        }
        ["links", "--keys", keys, "--at", at, "--app", app] => links(&Drawer::of(keys)?, at, app),
        ["watch", "--keys", keys, "--at", at] => watch(&Drawer::of(keys)?, at).map(|()| String::new()),
        _ => Err(USAGE.to_owned()),
    }
}

/// Keeps a founding invite, unless there is one or the branch is founded.
fn prepare(drawer: &Drawer, program: &Path, data: &Path) -> Told<()> {
    if drawer.path("founding").exists() || drawer.path("root").exists() {
        return Ok(());
    }
    let made = Command::new(program)
        .args(["found", "--name", NAME, "--data"])
        .arg(data)
        .output()
        .map_err(|fault| format!("{} did not start: {fault}.", program.display()))?;
    let said = String::from_utf8_lossy(&made.stdout).into_owned();
    let line = said
        .split_whitespace()
        .find(|word| FoundingInvite::parse(word).is_ok())
        .ok_or_else(|| {
            format!(
                "the endpoint gave no founding invite: {said}{}",
                String::from_utf8_lossy(&made.stderr)
            )
        })?;
    drawer.keep("founding", line.as_bytes())
}

/// Founds the branch if that was not done yet, draws three invites, has all of it receipted, prints the links as JSON.
fn links(drawer: &Drawer, at: &str, app: &str) -> Told<String> {
    let mut rnd = Machine;
    let (root, mut founder) = match (drawer.read("root")?, drawer.read("founder")?) {
        (Some(root), Some(founder)) => Root::decode(&root)
            .and_then(|root| Ok((root, Identity::decode(&founder)?)))
            .map_err(|_| again(drawer, "the demo branch was founded by another version of this program"))?,
        _ => found(drawer, &mut rnd)?,
    };
    let mut links = serde_json::Map::new();
    for (name, role) in [
        ("candidate", Role::Candidate),
        ("mentor", Role::Mentor),
        ("secretary", Role::Secretary),
    ] {
        let invitation = Invitation {
            role,
            account: None,
            guardian: false,
        };
        let (link, op) =
            client::invite(&mut founder, &invitation, now()?, &mut rnd).map_err(|fault| fault.to_string())?;
        drawer.queue(&[OutRow::new(op)])?;
        links.insert(name.to_owned(), link.show(app).into());
    }
    drawer.keep("founder", &founder.encode())?;
    post(drawer, &root, &mut founder, at, &mut rnd)?;
    links.insert(
        "key".to_owned(),
        drawer.path("secretary.key").display().to_string().into(),
    );
    Ok(serde_json::Value::Object(links).to_string())
}

fn found(drawer: &Drawer, rnd: &mut Machine) -> Told<(Root, Identity)> {
    let line = drawer
        .read("founding")?
        .ok_or("there is no founding invite; run `demo prepare` first.")?;
    let invite = FoundingInvite::parse(&String::from_utf8_lossy(&line))
        .map_err(|_| again(drawer, "the founding invite cannot be read"))?;
    let plan = Plan {
        name: NAME,
        class: Class::C2,
        single_secretary: true,
    };
    let (root, founder, ops) = sync::found::found(&invite, &plan, rnd);
    drawer.keep("secretary.key", age_identity_file(&founder, &[]).as_bytes())?;
    drawer.queue(&ops.into_iter().map(OutRow::new).collect::<Vec<_>>())?;
    drawer.keep("founder", &founder.encode())?;
    drawer.keep("root", &root.encode())?;
    drawer.forget("founding")?;
    Ok((root, founder))
}

/// Posts everything that has no receipt yet; an op leaves the queue with its receipt only. Whoever joined with a secretary's link is then
/// named in a new branch set, as the founding secretary's app would do.
fn post(drawer: &Drawer, root: &Root, founder: &mut Identity, at: &str, rnd: &mut Machine) -> Told<()> {
    let mut read = Read::default();
    while !drawer.queued()?.is_empty() || read.more {
        read.go_on(drawer, root, founder, at, rnd)?;
    }
    Ok(())
}

/// As long as the endpoint answers: names whoever joins with a secretary's link within some seconds.
fn watch(drawer: &Drawer, at: &str) -> Told<()> {
    let bytes = |name: &str| {
        drawer
            .read(name)?
            .ok_or_else(|| again(drawer, "the demo branch was not founded"))
    };
    let unread = |_| again(drawer, "the demo branch was founded by another version of this program");
    let root = Root::decode(&bytes("root")?).map_err(unread)?;
    let mut founder = Identity::decode(&bytes("founder")?).map_err(unread)?;
    let (mut read, mut failures) = (Read::default(), 0);
    while failures < PATIENCE {
        thread::sleep(BETWEEN);
        match read.go_on(drawer, &root, &mut founder, at, &mut Machine) {
            Ok(()) => failures = 0,
            Err(_) => failures += 1,
        }
    }
    Ok(())
}

/// What was read of the branch so far.
#[derive(Default)]
struct Read {
    mail: Mail,
    rows: Vec<Row>,
    more: bool,
}

impl Read {
    /// One letter: what is queued, and the next rows.
    fn go_on(&mut self, drawer: &Drawer, root: &Root, founder: &mut Identity, at: &str, rnd: &mut Machine) -> Told<()> {
        let queue = drawer.queued()?;
        let answered = exchange(drawer, founder, &queue, &self.mail, at, rnd)?;
        for outcome in &answered.outcomes {
            match outcome.fate {
                Fate::Stored(_) => drawer.unqueue(&queue, |row| row.out.op_id == outcome.op_id)?,
                fate => {
                    return Err(again(
                        drawer,
                        &format!("the endpoint did not store an op of the demo branch ({fate:?})"),
                    ));
                }
            }
        }
        if answered.outcomes.len() < queue.len() {
            return Err(again(drawer, "the endpoint answered without a receipt"));
        }
        self.mail.epoch = Some(answered.foot.epoch);
        self.mail.cursor = answered.cursor;
        self.more = answered.more;
        self.rows.extend(answered.rows);
        let sets = root.welcome(founder, &self.rows, rnd);
        if !sets.is_empty() {
            drawer.queue(&sets.into_iter().map(OutRow::new).collect::<Vec<_>>())?;
            drawer.keep("founder", &founder.encode())?;
        }
        Ok(())
    }
}

/// Posts one letter of the founding secretary and believes the answer.
fn exchange(
    drawer: &Drawer,
    founder: &Identity,
    queue: &[OutRow],
    mail: &Mail,
    at: &str,
    rnd: &mut Machine,
) -> Told<Box<Answered>> {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(60)))
        .build()
        .into();
    let posting = client::letter(founder, queue, mail, LETTER, rnd);
    let mut response = agent
        .post(format!("{at}/v1/letter"))
        .header("content-type", "application/cbor")
        .send(posting.bytes.as_slice())
        .map_err(|fault| format!("the endpoint at {at} does not answer: {fault}."))?;
    let status = response.status().as_u16();
    let body = response
        .body_mut()
        .read_to_vec()
        .map_err(|fault| format!("the endpoint's answer was cut: {fault}."))?;
    match client::answer(founder, &posting, status, &body) {
        Reply::Answered(answered) => Ok(answered),
        _ => Err(again(
            drawer,
            &format!("the endpoint did not take the demo branch's letter (status {status})"),
        )),
    }
}

fn again(drawer: &Drawer, what: &str) -> String {
    format!(
        "{what}; `cargo xtask serve --fresh` starts anew and forgets ./data with {}.",
        drawer.0.display()
    )
}

fn now() -> Told<Now> {
    let wall = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_err(|_| "this machine's clock stands before 1970.")?;
    Ok(Now { wall_s: wall.as_secs() })
}

/// The machine's own randomness.
struct Machine;

impl Random for Machine {
    fn fill(&mut self, out: &mut [u8]) {
        getrandom::getrandom(out).expect("the system gives random bytes");
    }
}

/// The demo secretary's drawer: small files that only the owner reads.
struct Drawer(PathBuf);

impl Drawer {
    fn of(keys: &str) -> Told<Drawer> {
        let place = PathBuf::from(keys);
        let made = fs::create_dir_all(place.join("queue"));
        made.and_then(|()| fs::set_permissions(&place, fs::Permissions::from_mode(0o700)))
            .map_err(|fault| format!("{} cannot be made: {fault}.", place.display()))?;
        Ok(Drawer(place))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Written beside, flushed, then put in place.
    fn keep(&self, name: &str, bytes: &[u8]) -> Told<()> {
        let (path, beside) = (self.path(name), self.path("beside"));
        let write = || {
            let mut file = fs::OpenOptions::new()
                .create(true)
                .truncate(true)
                .write(true)
                .mode(0o600)
                .open(&beside)?;
            file.write_all(bytes)?;
            file.sync_all()?;
            fs::rename(&beside, &path)
        };
        write().map_err(|fault: std::io::Error| format!("{} cannot be written: {fault}.", path.display()))
    }

    fn read(&self, name: &str) -> Told<Option<Vec<u8>>> {
        match fs::read(self.path(name)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(fault) => Err(format!("{} cannot be read: {fault}.", self.path(name).display())),
        }
    }

    fn forget(&self, name: &str) -> Told<()> {
        fs::remove_file(self.path(name))
            .map_err(|fault| format!("{} cannot be removed: {fault}.", self.path(name).display()))
    }

    fn queue(&self, rows: &[OutRow]) -> Told<()> {
        rows.iter()
            .try_for_each(|row| self.keep(&queue_name(row), &row.encode()))
    }

    fn queued(&self) -> Told<Vec<OutRow>> {
        let entries =
            fs::read_dir(self.path("queue")).map_err(|fault| format!("the demo's queue cannot be read: {fault}."))?;
        let mut rows = Vec::new();
        for entry in entries.filter_map(Result::ok) {
            let bytes = fs::read(entry.path()).map_err(|fault| format!("the demo's queue cannot be read: {fault}."))?;
            rows.push(OutRow::decode(&bytes).map_err(|_| again(self, "the demo's queue is of another version"))?);
        }
        Ok(rows)
    }

    fn unqueue(&self, queue: &[OutRow], which: impl Fn(&OutRow) -> bool) -> Told<()> {
        queue
            .iter()
            .filter(|row| which(row))
            .try_for_each(|row| self.forget(&queue_name(row)))
    }
}

fn queue_name(row: &OutRow) -> String {
    format!("queue/{:06}", row.out.seq)
}
