//! `cargo xtask serve`: the app and the endpoint on one loopback address, with a demo branch and three fresh invites.
//!
//! The links are drawn while the endpoint runs for a moment on a free port; then this program *becomes* the endpoint, so that
//! Ctrl-C and every other signal reach it directly and it stops as it does in service.

use std::{
    fs,
    io::{BufRead, BufReader, IsTerminal},
    net::{Ipv4Addr, TcpListener},
    os::unix::process::CommandExt,
    path::Path,
    process::{Child, Command, Stdio},
    thread,
};

use crate::{
    endpoint::{self, Programs},
    page, qr,
    run::{Doing, Stop, program, step, stop},
    tree::Tree,
};

const PORT: u16 = 8080;

/// Builds, founds, prints, serves. Returns only when something failed.
pub fn serve(tree: &Tree, words: &[&str]) -> Result<(), Stop> {
    let (port, fresh) = wishes(words)?;
    free(port)?;
    page::build(tree)?;
    let programs = endpoint::build(tree)?;
    let data = tree.root.join("data");
    if fresh && data.exists() {
        fs::remove_dir_all(&data).doing("./data cannot be removed")?;
    }
    let app = format!("http://127.0.0.1:{port}");
    let links = step("Drawing three invites of the demo branch", "seconds", || {
        links(tree, &programs, &data, &app)
    })?;
    announce(tree, &app, &links);
    free(port)?;
    // Ends by itself when nobody answers any more.
    watched(&programs, &data, &app)?;
    let fault = served(tree, &programs, &data, port).exec();
    stop(format!("the endpoint did not start: {fault}."))
}

/// The demo's founding secretary, who goes on naming those that join with a secretary's link.
fn watched(programs: &Programs, data: &Path, at: &str) -> Result<(), Stop> {
    Command::new(&programs.demo)
        .args(["watch", "--keys"])
        .arg(data.join("demo"))
        .args(["--at", at])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .doing("the demo's founder did not start")
        .map(drop)
}

fn wishes(words: &[&str]) -> Result<(u16, bool), Stop> {
    let (mut port, mut fresh) = (PORT, false);
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match *word {
            "--fresh" => fresh = true,
            "--port" => match words.next().and_then(|number| number.parse().ok()) {
                Some(number) => port = number,
                None => return stop("--port wants a number, such as `--port 8081`."),
            },
            other => {
                return stop(format!(
                    "serve does not know `{other}`; `cargo xtask help` lists what it does."
                ));
            }
        }
    }
    Ok((port, fresh))
}

fn free(port: u16) -> Result<(), Stop> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_) => Ok(()),
        Err(fault) => stop(format!(
            "port {port} cannot be used ({fault}); end what listens there (`ss -ltnp 'sport = :{port}'` names it) or take another: `cargo xtask serve --port {}`.",
            port.wrapping_add(1)
        )),
    }
}

/// The endpoint, ready to start. Port 0: a free one.
fn served(tree: &Tree, programs: &Programs, data: &Path, port: u16) -> Command {
    let mut command = Command::new(&programs.endpoint);
    command
        .current_dir(&tree.root)
        .arg("serve")
        .arg("--app")
        .arg(tree.dist())
        .arg("--data")
        .arg(data);
    command.arg("--listen").arg(format!("127.0.0.1:{port}"));
    command
}

fn links(tree: &Tree, programs: &Programs, data: &Path, app: &str) -> Result<serde_json::Value, Stop> {
    let keys = data.join("demo");
    let founder = |word: &str| {
        let mut command = Command::new(&programs.demo);
        command.arg(word).arg("--keys").arg(&keys);
        command
    };
    demo(
        founder("prepare")
            .arg("--program")
            .arg(&programs.endpoint)
            .arg("--data")
            .arg(data),
    )?;
    let (mut running, at) = start(served(tree, programs, data, 0))?;
    let said = demo(founder("links").args(["--at", &at, "--app", app]));
    let _ = program(tree, "kill")
        .arg("-TERM")
        .arg(running.id().to_string())
        .status();
    let _ = running.wait();
    serde_json::from_str(&said?).doing("the demo's links cannot be read")
}

/// Starts it and waits for the line that names its address.
fn start(mut command: Command) -> Result<(Child, String), Stop> {
    let mut running = command
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .doing("the endpoint did not start")?;
    let out = running
        .stdout
        .take()
        .ok_or_else(|| Stop("the endpoint's output is lost; run this again.".to_owned()))?;
    let mut lines = BufReader::new(out).lines().map_while(Result::ok);
    let Some(at) = lines.find_map(|line| address(&line)) else {
        let _ = running.wait();
        return stop(
            "the endpoint ended before it named its address; the lines above say why (an older ./data? `cargo xtask serve --fresh`).",
        );
    };
    // A full pipe would stop it.
    thread::spawn(move || lines.for_each(drop));
    Ok((running, at))
}

/// `http://127.0.0.1:…` in a line that the endpoint prints.
fn address(line: &str) -> Option<String> {
    let from = line.find("http://127.0.0.1:")?;
    line.get(from..)?
        .split(|it: char| it.is_whitespace() || it == '"' || it == ',')
        .next()
        .map(|it| it.trim_end_matches('/').to_owned())
}

fn demo(command: &mut Command) -> Result<String, Stop> {
    let out = command.output().doing("the demo's founder did not start")?;
    if out.status.success() {
        return Ok(String::from_utf8_lossy(&out.stdout).into_owned());
    }
    stop(String::from_utf8_lossy(&out.stderr).trim().to_owned())
}

fn announce(tree: &Tree, app: &str, links: &serde_json::Value) {
    let key = Path::new(links["key"].as_str().unwrap_or_default());
    let key = key.strip_prefix(&tree.root).unwrap_or(key);
    let colour = std::io::stdout().is_terminal();
    for (name, role) in [
        ("candidate", "người khai (candidate)"),
        ("mentor", "đảng viên giúp đỡ (mentor)"),
        ("secretary", "chi ủy (secretary)"),
    ] {
        let link = links[name].as_str().unwrap_or_default();
        println!("\n{role}:\n{link}");
        if let Some(code) = qr::lines(link, colour) {
            print!("{code}");
        }
    }
    println!("\nThe app:  {app}/   (Chromium on this machine; each link works once, every start prints new ones)");
    println!("What the branch received, opened with the secretary's key:");
    println!("  cargo run -q -p lylich-endpoint -- export --data data --out received.lylich");
    println!(
        "  cargo run -q -p lylich-cli -- open --key {} received.lylich",
        key.display()
    );
    println!("Stop with Ctrl-C.\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_read_from_a_line_of_words_or_of_fields() {
        let at = Some("http://127.0.0.1:41234".to_owned());
        assert_eq!(address("listening on http://127.0.0.1:41234/"), at);
        assert_eq!(
            address("2026-11-21T00:00:00Z INFO listening address=\"http://127.0.0.1:41234\" app=true"),
            at
        );
        assert_eq!(address("opened the database"), None);
    }

    #[test]
    fn a_taken_port_is_named_with_the_remedy() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        let Stop(sentence) = free(port).unwrap_err();
        assert!(
            sentence.contains(&port.to_string()) && sentence.contains("--port"),
            "{sentence}"
        );
        drop(taken);
    }

    #[test]
    fn wishes_are_read_and_others_refused() {
        assert_eq!(wishes(&[]).unwrap(), (8080, false));
        assert_eq!(wishes(&["--fresh", "--port", "9000"]).unwrap(), (9000, true));
        assert!(wishes(&["--port"]).is_err() && wishes(&["--prot", "1"]).is_err());
    }
}
