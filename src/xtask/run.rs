//! Running other programs, and the one way a command stops: a clear sentence with its remedy.

use std::{
    fmt::Display,
    io::{BufRead, BufReader, Read},
    process::{Command, Stdio},
    thread,
    time::Instant,
};

use crate::tree::Tree;

/// Why the command stopped: one sentence, what to do included.
#[derive(Debug)]
pub struct Stop(pub String);

/// `Err` with this sentence.
pub fn stop<T>(sentence: impl Into<String>) -> Result<T, Stop> {
    Err(Stop(sentence.into()))
}

/// Turns any fault into a sentence that says what was being done.
pub trait Doing<T> {
    fn doing(self, what: impl Display) -> Result<T, Stop>;
}

impl<T, E: Display> Doing<T> for Result<T, E> {
    fn doing(self, what: impl Display) -> Result<T, Stop> {
        self.map_err(|fault| Stop(format!("{what}: {fault}.")))
    }
}

/// Says what is done now and how long it may take, does it, says how long it took.
pub fn step<T>(what: &str, how_long: &str, act: impl FnOnce() -> Result<T, Stop>) -> Result<T, Stop> {
    println!("· {what} ({how_long})");
    let start = Instant::now();
    let done = act()?;
    let seconds = start.elapsed().as_secs_f32();
    if seconds >= 2.0 {
        println!("  done in {seconds:.0} s");
    }
    Ok(done)
}

/// A command that runs in the repository and finds this project's tools first.
pub fn program(tree: &Tree, name: &str) -> Command {
    let path = tree.program(name).unwrap_or_else(|| name.into());
    let mut command = Command::new(path);
    command
        .current_dir(&tree.root)
        .env("PATH", tree.search_path())
        .env("CARGO_TARGET_DIR", &tree.target)
        .env("CARGO_NET_RETRY", "3");
    // What cargo set for this program is not meant for the programs that it starts.
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_")
            || text.starts_with("CARGO_MANIFEST_")
            || text == "CARGO_BIN_NAME"
            || text == "CARGO_CRATE_NAME"
        {
            command.env_remove(&name);
        }
    }
    command
}

/// `cargo` itself.
pub fn cargo(tree: &Tree) -> Command {
    program(tree, "cargo")
}

/// Runs to the end with its output on the screen; a failure becomes `remedy`.
pub fn run(command: &mut Command, remedy: &str) -> Result<(), Stop> {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => stop(remedy),
        Err(fault) => stop(format!(
            "{} did not start ({fault}): {remedy}",
            command.get_program().to_string_lossy()
        )),
    }
}

/// What a program prints, when it runs and succeeds.
pub fn output(command: &mut Command) -> Option<String> {
    let out = command.stderr(Stdio::null()).stdin(Stdio::null()).output().ok()?;
    out.status
        .success()
        .then(|| String::from_utf8_lossy(&out.stdout).trim().to_owned())
}

/// Runs to the end, shows every line and hands every line on; tells whether it succeeded.
pub fn watched(command: &mut Command, mut line: impl FnMut(&str)) -> Result<bool, Stop> {
    let name = command.get_program().to_string_lossy().into_owned();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .doing(format_args!("{name} did not start"))?;
    let errors = child.stderr.take().map(|errors| {
        thread::spawn(move || {
            let mut lines = Vec::new();
            each_line(errors, |text| {
                eprintln!("{text}");
                lines.push(text.to_owned());
            });
            lines
        })
    });
    if let Some(out) = child.stdout.take() {
        each_line(out, |text| {
            println!("{text}");
            line(text);
        });
    }
    let status = child.wait().doing(format_args!("{name} was lost"))?;
    for text in errors.and_then(|reader| reader.join().ok()).unwrap_or_default() {
        line(&text);
    }
    Ok(status.success())
}

/// Reads to the end, whatever the bytes are: a pipe that is not emptied would stop the child.
fn each_line(from: impl Read, mut act: impl FnMut(&str)) {
    let mut reader = BufReader::new(from);
    let mut bytes = Vec::new();
    while reader.read_until(b'\n', &mut bytes).is_ok_and(|count| count > 0) {
        act(String::from_utf8_lossy(&bytes).trim_end_matches(['\n', '\r']));
        bytes.clear();
    }
}
