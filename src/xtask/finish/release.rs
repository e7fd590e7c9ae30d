//! The release: its id, and the service worker with the list of its files and their SHA-256 (rules U1, U2).

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::Files;
use crate::run::{Stop, stop};

const ID: &str = "const RELEASE = \"\";";
const LIST: &str = "const FILES = {};";
const MORE: &str = "const MORE = {};";

/// The release id: SHA-256, first 16 hex digits, over every file's name and hash, over the page before it carries the id, and over
/// the worker's own rules.
pub fn id(files: &Files, page: &str, worker: &str) -> String {
    let mut all = Sha256::new();
    for (name, bytes) in files {
        all.update(format!("{} {name}\n", sha256(bytes)));
    }
    all.update(format!(
        "{} index.html\n{} sw.js\n",
        sha256(page.as_bytes()),
        sha256(worker.as_bytes())
    ));
    HEXLOWER
        .encode(&all.finalize())
        .get(..16)
        .unwrap_or_default()
        .to_owned()
}

/// Whether a phone keeps the file for use without a network. Pictures that a browser fetches itself while it installs the app, and the licences
/// of the lists, are shipped beside the rest.
pub fn is_precached(name: &str) -> bool {
    let beside = name.starts_with("screens/") || name.starts_with("icons/") || name == "data/PLACES-LICENSES.txt";
    !beside || name == "icons/icon.svg"
}

/// Whether the file belongs to the program of mentor and secretary, which only their devices keep.
pub fn is_of_branch(name: &str) -> bool {
    name.starts_with("lylich-branch") || name.starts_with("branch-")
}

/// The worker with the release id and the list of all files (without itself) written in.
pub fn worker(rules: &str, id: &str, files: &Files) -> Result<String, Stop> {
    if [ID, LIST, MORE].iter().any(|line| rules.matches(line).count() != 1) {
        return stop(format!(
            "public/sw.js must hold the lines `{ID}`, `{LIST}` and `{MORE}` once."
        ));
    }
    let list = |of_branch: bool| {
        let kept = files
            .iter()
            .filter(|(name, _)| is_precached(name) && is_of_branch(name) == of_branch);
        let lines: Vec<String> = kept
            .map(|(name, bytes)| format!("  {name:?}: {:?}", sha256(bytes)))
            .collect();
        format!("{{\n{},\n}};", lines.join(",\n"))
    };
    Ok(rules
        .replace(ID, &format!("const RELEASE = \"{id}\";"))
        .replace(LIST, &format!("const FILES = {}", list(false)))
        .replace(MORE, &format!("const MORE = {}", list(true))))
}

/// The release id in a finished worker.
pub fn read(worker: &str) -> Option<String> {
    let (_, rest) = worker.split_once("const RELEASE = \"")?;
    let (id, _) = rest.split_once('"')?;
    (!id.is_empty()).then(|| id.to_owned())
}

fn sha256(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}
