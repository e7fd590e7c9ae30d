//! A process and its descendants, by pid, from /proc; and ending them. Never by name.

use std::{
    collections::BTreeSet,
    fs,
    process::{Command, Stdio},
};

use crate::wait;

/// This process and all that descend from it, as long as they live.
pub fn tree(root: u32) -> BTreeSet<u32> {
    let parents: Vec<(u32, u32)> = all().into_iter().filter_map(|pid| Some((pid, parent(pid)?))).collect();
    let mut family = BTreeSet::from([root]);
    loop {
        let before = family.len();
        family.extend(
            parents
                .iter()
                .filter(|(_, parent)| family.contains(parent))
                .map(|(pid, _)| *pid)
                .collect::<Vec<_>>(),
        );
        if family.len() == before {
            return family.into_iter().filter(|pid| lives(*pid)).collect();
        }
    }
}

/// Processes whose command line has this argument.
pub fn with_argument(argument: &str) -> Vec<u32> {
    all()
        .into_iter()
        .filter(|pid| {
            fs::read(format!("/proc/{pid}/cmdline"))
                .is_ok_and(|line| line.split(|byte| *byte == 0).any(|word| word == argument.as_bytes()))
        })
        .collect()
}

/// Whether it exists and is not merely waiting to be collected.
pub fn lives(pid: u32) -> bool {
    state(pid).is_some_and(|state| state != 'Z' && state != 'X')
}

/// SIGKILL to each, then waits until none lives.
pub async fn kill(pids: &BTreeSet<u32>) {
    signal("KILL", pids);
    wait::until("the killed processes gone", || async {
        pids.iter().all(|pid| !lives(*pid)).then_some(())
    })
    .await;
}

/// Sends a signal to processes that the test started.
pub fn signal(name: &str, pids: &BTreeSet<u32>) {
    for pid in pids {
        let _ = Command::new("kill")
            .arg(format!("-{name}"))
            .arg(pid.to_string())
            .stderr(Stdio::null())
            .status();
    }
}

fn all() -> Vec<u32> {
    fs::read_dir("/proc")
        .map(|entries| {
            entries
                .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
                .collect()
        })
        .unwrap_or_default()
}

fn parent(pid: u32) -> Option<u32> {
    fields(pid)?.split_whitespace().nth(1)?.parse().ok()
}

fn state(pid: u32) -> Option<char> {
    fields(pid)?.chars().next()
}

/// `/proc/PID/stat` behind the name, which may hold anything.
fn fields(pid: u32) -> Option<String> {
    let line = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    Some(line.rsplit_once(") ")?.1.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_family_is_found_by_descent_and_ended_by_pid() {
        let mut shell = Command::new("sh")
            .args(["-c", "tail -f /dev/null & tail -f /dev/null & wait"])
            .spawn()
            .unwrap();
        let root = shell.id();
        let family = wait::until("a shell with two children", || async {
            Some(tree(root)).filter(|family| family.len() == 3)
        })
        .await;
        signal("KILL", &family);
        shell.wait().unwrap();
        wait::until("nobody left", || async {
            family.iter().all(|pid| !lives(*pid)).then_some(())
        })
        .await;
    }

    #[tokio::test]
    async fn a_process_is_found_by_an_argument_of_its_own() {
        let mark = format!("--mark={}", std::process::id());
        let mut sleeper = Command::new("sh")
            .args(["-c", "read line", &mark])
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        wait::until("the marked process", || async {
            (with_argument(&mark) == [sleeper.id()]).then_some(())
        })
        .await;
        drop(sleeper.stdin.take());
        sleeper.wait().unwrap();
    }
}
