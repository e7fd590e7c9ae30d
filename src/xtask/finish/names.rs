//! Names that carry the hash of their content (rule U1), so that they may be cached for ever, and `integrity` on what the page loads.
//!
//! Only quoted names are replaced, and a file that nothing names is a fault: it would be downloaded by every phone for nothing.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::{Files, html};
use crate::run::{Stop, stop};

/// The script that starts the program; it names the others.
pub const START: &str = "start.js";

/// What gets a hash: code and styles at the root. Icons, the manifest, config.json and data/ are asked for by their plain names.
const HASHED: [&str; 3] = [".js", ".wasm", ".css"];

/// Renames the files and points `page`, the start script and the worker's loader to the new names.
pub fn add_hashes(page: &mut String, files: &mut Files, worker: &str) -> Result<(), Stop> {
    let (start, leaves): (Vec<String>, Vec<String>) = files
        .keys()
        .filter(|name| !name.contains('/') && *name != worker && HASHED.iter().any(|end| name.ends_with(end)))
        .cloned()
        .partition(|name| name == START);
    // The start script names the others, so its own hash comes last.
    for name in leaves.iter().chain(&start) {
        let bytes = files.remove(name).unwrap_or_default();
        let new = hashed(name, &bytes);
        let mut uses = point(page, name, &new);
        for other in [START, worker] {
            if let Some(text) = files.get_mut(other) {
                let mut script = String::from_utf8_lossy(text).into_owned();
                uses += point(&mut script, name, &new);
                *text = script.into_bytes();
            }
        }
        if uses == 0 {
            return stop(format!(
                "{name} is in the release and nothing names it; remove it or refer to it."
            ));
        }
        set_integrity(page, &new, &bytes);
        files.insert(new, bytes);
    }
    Ok(())
}

/// `app.css` → `app-0123456789abcdef.css`
fn hashed(name: &str, bytes: &[u8]) -> String {
    let hash = HEXLOWER.encode(&Sha256::digest(bytes));
    let (stem, end) = name.rsplit_once('.').unwrap_or((name, ""));
    format!("{stem}-{}.{end}", hash.get(..16).unwrap_or_default())
}

fn point(text: &mut String, old: &str, new: &str) -> usize {
    let mut uses = 0;
    for quote in ['"', '\''] {
        for lead in ["./", ""] {
            let wanted = format!("{quote}{lead}{old}{quote}");
            uses += text.matches(&wanted).count();
            *text = text.replace(&wanted, &format!("{quote}./{new}{quote}"));
        }
    }
    uses
}

/// Gives the script, stylesheet or preload tag that names the file its `integrity`, whether it had one or not: the bytes are final
/// only now.
fn set_integrity(page: &mut String, name: &str, bytes: &[u8]) {
    const LEAD: &str = " integrity=\"";
    let quoted = format!("\"./{name}\"");
    let Some(at) = page.find(&quoted) else { return };
    let from = page.get(..at).and_then(|before| before.rfind('<')).unwrap_or(0);
    let to = page
        .get(at..)
        .and_then(|after| after.find('>'))
        .map_or(page.len(), |length| at + length);
    let sum = html::integrity(bytes);
    let stated = page.get(from..to).and_then(|tag| {
        let start = from + tag.find(LEAD)? + LEAD.len();
        Some((start, start + page.get(start..to)?.find('"')?))
    });
    match stated {
        Some((start, end)) => page.replace_range(start..end, &sum),
        None => page.insert_str(at + quoted.len(), &format!("{LEAD}{sum}\"")),
    }
}
